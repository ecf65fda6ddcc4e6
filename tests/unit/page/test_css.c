/* What a style sheet may leave open: nothing. */
#include "../unit.h"

#include "page/css.h"

static void assert_whole(const char *css)
{
	struct bs_err err;

	assert_ok(bs_css_check(bs_str_c(css), 0, BS_STR("a.css"), &err), &err);
}

static void assert_fault(const char *css, const char *text)
{
	struct bs_err err;

	assert_int_equal(bs_css_check(bs_str_c(css), 0, BS_STR("a.css"), &err), BS_INVALID);
	assert_string_equal(err.text, text);
}

static void what_is_closed_is_whole(void **state)
{
	(void)state;
	assert_whole("");
	assert_whole("a{color:red}@media (min-width:40em){a[href^=\"(\"]{color:rgb(0 0 0)}}");
	assert_whole("a::after{content:\"}\\\"{\"} b{content:'/*\\\n'} /* } ' */ c{background:url( data:,\\)})}");
	assert_whole("a{background:URL(\"a)b\")} .curl(b){} a\\}{} /* @import */");
	assert_whole("a::after{content:\"a\\\r\nb\\\nc\"} /* no </style> here */ b{}");
	assert_whole("a{--x:{}} @imports{} .é{content:\"é\"}");
}

static void what_is_left_open_is_told_where_it_began(void **state)
{
	(void)state;
	assert_fault("\n.x{color:red", "a.css:2:3: this '{' is never closed");
	assert_fault("a{b:c}}", "a.css:1:7: this '}' closes nothing");
	assert_fault("é{color:rgb(0 0 0}\nb{}", "a.css:1:12: this '(' is never closed");
	assert_fault("a{content:\"x}\nb{}", "a.css:1:11: this string is not ended in its line");
	assert_fault("a{content:'x\\", "a.css:1:11: this string is never ended");
	assert_fault("a{}\n/* b", "a.css:2:1: this comment is never ended");
	assert_fault("a{b:url(x", "a.css:1:8: this url( is never closed");
	assert_fault("a{b:url(x'y)}", "a.css:1:10: an address with such a character stands between quotation marks: url(\"…\")");
	assert_fault("a{}\n@IMPORT url(x.css);", "a.css:2:1: an @import is written as @import \"name.css\"; and stands before everything else");
	assert_fault("a{content:\"\\\r\r\"}", "a.css:1:11: this string is not ended in its line");
	assert_fault("/* */ </style>", "a.css:1:7: this would end the style sheet of the page");
	assert_fault("a{b:url(</style>)}", "a.css:1:9: this would end the style sheet of the page");
	assert_fault("a{content:\"</STYLE>\"}", "a.css:1:12: this would end the style sheet of the page");
}

static void brackets_without_end_cost_nothing(void **state)
{
	char css[1000];

	(void)state;
	memset(css, '{', sizeof(css) - 1);
	css[sizeof(css) - 1] = '\0';
	assert_fault(css, "a.css:1:65: too many brackets within brackets");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_closed_is_whole),
		cmocka_unit_test(what_is_left_open_is_told_where_it_began),
		cmocka_unit_test(brackets_without_end_cost_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
