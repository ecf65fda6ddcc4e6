/* test_template.c - the language of templates, rule by rule: values, sections, partials, inheritance, dynamic names. */
#include "tests/unit/text/rendering.h"

/* --- Values --- */

static void text_without_tags_stays_as_it_is(void **state)
{
	(void)state;
	assert_renders("{}", "a { b } {c}\n\n", "a { b } {c}\n\n");
	assert_renders("{}", "", "");
	assert_renders("{}", "}} {", "}} {");
}

static void a_value_is_escaped_unless_asked_for_raw(void **state)
{
	(void)state;
	assert_renders("{\"x\":\"<a href='b'>\\\"&\"}", "&lt;a href=&#39;b&#39;&gt;&quot;&amp;", "{{x}}");
	assert_renders("{\"x\":\"<a>&\\\"\"}", "<a>&\" <a>&\"", "{{{x}}} {{&x}}");
	assert_renders("{\"x\":\"1\"}", "1 1 1 1 1", "{{ x }} {{{ x }}} {{& x }} {{\n\tx\n}} {{ &x}}");
}

static void a_value_is_never_read_as_a_template(void **state)
{
	(void)state;
	assert_renders("{\"x\":\"{{y}}\",\"y\":\"no\"}", "{{y}}", "{{x}}");
}

static void numbers_print_as_json_has_them(void **state)
{
	(void)state;
	assert_renders("{\"a\":12,\"b\":1.21,\"c\":-0.5,\"d\":1e3,\"e\":true,\"f\":false}", "12 1.21 -0.5 1000 true false",
	               "{{a}} {{b}} {{c}} {{d}} {{e}} {{f}}");
}

static void what_is_null_missing_or_a_container_prints_nothing(void **state)
{
	(void)state;
	assert_renders("{\"n\":null,\"l\":[1],\"d\":{\"a\":1}}", "[][][][][]", "[{{n}}][{{m}}][{{l}}][{{d}}][{{{m}}}]");
}

static void dots_walk_inwards_from_the_first_name_only(void **state)
{
	(void)state;
	assert_renders("{\"a\":{\"b\":{\"c\":\"deep\"}}}", "deep deep", "{{a.b.c}} {{#a.b}}{{c}}{{/a.b}}");
	assert_renders("{\"a\":{\"b\":{}},\"c\":\"outer\"}", "[][][]", "[{{a.b.c}}][{{a.x.c}}][{{c.a}}]");
	assert_renders("{\"a\":{\"b\":{}},\"b\":{\"c\":\"outer\"}}", "[]", "{{#a}}[{{b.c}}]{{/a}}");
	assert_renders("{\"a.b\":\"one key\",\"a\":{\"b\":\"two keys\"}}", "two keys", "{{a.b}}");
}

static void a_dot_is_the_innermost_value_itself(void **state)
{
	(void)state;
	assert_renders("[1,\"<\",2.5]", "1.&lt;.2.5.", "{{#.}}{{.}}.{{/.}}");
	assert_renders("\"<all>\"", "&lt;all&gt; <all>", "{{.}} {{{.}}}");
	assert_renders("[[1,2],[3]]", "(12)(3)", "{{#.}}({{#.}}{{.}}{{/.}}){{/.}}");
}

/* --- Sections --- */

static void a_section_shows_what_is_true(void **state)
{
	(void)state;
	assert_renders("{\"t\":true,\"s\":\"x\",\"n\":1,\"d\":{},\"r\":0.5}", "tsndr",
	               "{{#t}}t{{/t}}{{#s}}s{{/s}}{{#n}}n{{/n}}{{#d}}d{{/d}}{{#r}}r{{/r}}");
	assert_renders("{\"f\":false,\"s\":\"\",\"n\":0,\"l\":[],\"u\":null}", "",
	               "{{#f}}f{{/f}}{{#s}}s{{/s}}{{#n}}n{{/n}}{{#l}}l{{/l}}{{#u}}u{{/u}}{{#m}}m{{/m}}");
}

static void an_inverted_section_shows_what_a_section_does_not(void **state)
{
	(void)state;
	assert_renders("{\"f\":false,\"s\":\"\",\"n\":0,\"l\":[],\"u\":null}", "fsnlum",
	               "{{^f}}f{{/f}}{{^s}}s{{/s}}{{^n}}n{{/n}}{{^l}}l{{/l}}{{^u}}u{{/u}}{{^m}}m{{/m}}");
	assert_renders("{\"t\":true,\"d\":{},\"l\":[0]}", "", "{{^t}}t{{/t}}{{^d}}d{{/d}}{{^l}}l{{/l}}");
	assert_renders("{\"a\":{}}", "none", "{{^a.b.c}}none{{/a.b.c}}");
}

static void a_list_repeats_its_section(void **state)
{
	(void)state;
	assert_renders("{\"l\":[{\"n\":\"a\"},{\"n\":\"b\"},{}],\"n\":\"outer\"}", "a,b,outer,", "{{#l}}{{n}},{{/l}}");
	assert_renders("{\"l\":[false,null,0]}", "xxx", "{{#l}}x{{/l}}");
}

static void names_are_looked_for_from_the_inside_out(void **state)
{
	(void)state;
	assert_renders("{\"a\":{\"x\":1,\"b\":{\"y\":2,\"c\":{\"x\":3}}},\"y\":9}", "1921 23 1",
	               "{{#a}}{{x}}{{y}}{{#b}}{{y}}{{x}} {{#c}}{{y}}{{x}}{{/c}}{{/b}} {{x}}{{/a}}");
	assert_renders("{\"x\":\"outer\",\"d\":{\"x\":null}}", "[]", "{{#d}}[{{x}}]{{/d}}");
}

static void sections_of_one_name_nest_and_follow(void **state)
{
	(void)state;
	assert_renders("{\"a\":true,\"b\":false}", "| A C |", "| {{#a}}A {{#b}}B{{/b}}{{#a}}C{{/a}} {{/a}}|");
	assert_renders("{\"a\":[{\"a\":[{\"n\":1}]}]}", "1", "{{#a}}{{#a}}{{n}}{{/a}}{{/a}}");
}

/* --- Comments and delimiters --- */

static void a_comment_leaves_nothing(void **state)
{
	(void)state;
	assert_renders("{\"x\":1,\"! c\":2}", "ab", "a{{! x }}b");
	assert_renders("{}", "ab", "a{{! several\nlines {{ #of }}b");
	assert_renders("{}", "", "{{!}}");
}

static void delimiters_change_until_changed_again(void **state)
{
	(void)state;
	assert_renders("{\"x\":1}", "1 {{x}} 1", "{{x}} {{=<% %>=}}{{x}} <%x%>");
	assert_renders("{\"x\":1}", "1{{x}}|x|1", "{{=| |=}}|x|{{x}}|={{ }}=||x|{{x}}");
}

static void delimiters_of_a_page_do_not_reach_its_partials(void **state)
{
	(void)state;
	assert_renders("{\"x\":1}", "1|x|1{{x}}", "{{=| |=}}|>p||x|{{x}}", "p", "{{x}}|x|");
	assert_renders("{\"x\":1}", "1{{x}}1", "{{>p}}{{x}}", "p", "{{=[ ]=}}[x]{{x}}");
}

static void odd_delimiters_work(void **state)
{
	(void)state;
	assert_renders("{\"x\":\"<\"}", "&lt; < <", "{{= @@ $$$ =}}@@x$$$ @@&x$$$ @@{x}$$$");
	assert_renders("{\"x\":[1,2]}", "(1)(2)", "{{=[ ]=}}[#x]([.])[/x]");
	assert_renders("{\"x\":1}", "1", "{{=\xC2\xAB \xC2\xBB=}}\xC2\xABx\xC2\xBB");
}

/* --- Partials --- */

static void a_partial_sees_where_it_stands(void **state)
{
	(void)state;
	assert_renders("{\"l\":[{\"n\":1},{\"n\":2}],\"s\":\"!\"}", "<1!><2!>", "{{#l}}{{>parts/item}}{{/l}}", "parts/item", "<{{n}}{{s}}>");
	assert_renders("{}", "[]", "[{{>missing}}]");
	assert_renders("{\"t\":{\"n\":\"a\",\"t\":{\"n\":\"b\",\"t\":null}}}", "a(b())", "{{#t}}{{>node}}{{/t}}",
	               "node", "{{n}}({{#t}}{{>node}}{{/t}})");
}

static void a_dynamic_partial_is_named_by_the_data(void **state)
{
	(void)state;
	assert_renders("{\"l\":[{\"k\":\"text\",\"v\":1},{\"k\":\"pic\",\"v\":2},{\"k\":\"none\"},{\"k\":3},{}]}", "t1p2",
	               "{{#l}}{{>*k}}{{/l}}", "text", "t{{v}}", "pic", "p{{v}}");
	assert_renders("{\"a\":{\"b\":\"text\"},\"v\":1}", "t1 t1", "{{>*a.b}} {{> * a.b }}", "text", "t{{v}}");
	assert_renders("{\"k\":\"text\",\"text\":\"pic\"}", "[]t", "[{{>**k}}]{{>*k}}", "text", "t", "pic", "p");
	assert_renders("{\"k\":\"layout\"}", "<mine>", "{{<*k}}{{$b}}mine{{/b}}{{/*k}}", "layout", "<{{$b}}{{/b}}>");
	assert_renders("{\"k\":\"layout\"}", "<mine>", "{{<*k}}{{$b}}mine{{/b}}{{/k}}", "layout", "<{{$b}}{{/b}}>");
}

/* --- Inheritance --- */

static void a_block_shows_its_default_or_the_argument(void **state)
{
	(void)state;
	assert_renders("{\"x\":1}", "d1", "{{$b}}d{{x}}{{/b}}");
	assert_renders("{\"x\":1}", "<d1>", "{{<p}}{{/p}}", "p", "<{{$b}}d{{x}}{{/b}}>");
	assert_renders("{\"x\":1}", "<a1>", "{{<p}}{{$b}}a{{x}}{{/b}}{{/p}}", "p", "<{{$b}}d{{x}}{{/b}}>");
	assert_renders("{}", "a-a-d", "{{<p}}{{$b}}a{{/b}}{{/p}}", "p", "{{$b}}1{{/b}}-{{$b}}2{{/b}}-{{$c}}d{{/c}}");
}

static void what_is_not_a_block_in_a_parent_tag_is_a_comment(void **state)
{
	(void)state;
	assert_renders("{\"s\":true}", "a", "{{<p}} text {{x}} {{#s}}s{{/s}} {{>p}} {{$b}}a{{/b}} {{! c }}{{/p}}", "p", "{{$b}}d{{/b}}");
	assert_renders("{}", "{{a}}", "{{<p}}{{=| |=}}|$b|{{a}}|/b||/p|", "p", "{{$b}}d{{/b}}");
	assert_renders("{}", "second", "{{<p}}{{$b}}first{{/b}}{{$b}}second{{/b}}{{/p}}", "p", "{{$b}}d{{/b}}");
}

static void the_data_and_blocks_do_not_mix(void **state)
{
	(void)state;
	assert_renders("{\"b\":\"data\"}", "d data", "{{<p}}{{/p}}", "p", "{{$b}}d{{/b}} {{b}}");
}

static void an_argument_is_rendered_where_it_is_shown(void **state)
{
	(void)state;
	assert_renders("{\"n\":\"outer\",\"l\":[{\"n\":1},{\"n\":2}]}", "(1)(2)", "{{<p}}{{$b}}({{n}}){{/b}}{{/p}}", "p",
	               "{{#l}}{{$b}}{{/b}}{{/l}}");
}

static void the_outermost_argument_wins(void **state)
{
	(void)state;
	assert_renders("{}", "child", "{{<a}}{{$x}}child{{/x}}{{/a}}", "a", "{{<b}}{{$x}}a{{/x}}{{/b}}", "b",
	               "{{<c}}{{$x}}b{{/x}}{{/c}}", "c", "{{$x}}c{{/x}}");
	assert_renders("{}", "a", "{{<a}}{{/a}}", "a", "{{<b}}{{$x}}a{{/x}}{{/b}}", "b", "{{<c}}{{$x}}b{{/x}}{{/c}}", "c",
	               "{{$x}}c{{/x}}");
}

static void arguments_reach_partials_as_parents_without_any(void **state)
{
	(void)state;
	assert_renders("{}", "1 1 d", "{{<a}}{{$x}}1{{/x}}{{/a}} {{>b}}", "a", "{{>b}} {{<b}}{{/b}}", "b", "{{$x}}d{{/x}}");
}

static void blocks_in_an_argument_belong_to_the_template_that_writes_it(void **state)
{
	(void)state;
	/* `y` is a place of the page, not of the layout: the page's own argument for `y` is not for itself. */
	assert_renders("{}", "[d] a", "{{<p}}{{$x}}[{{$y}}d{{/y}}]{{/x}}{{$y}}a{{/y}}{{/p}}", "p", "{{$x}}{{/x}} {{$y}}{{/y}}");
	assert_renders("{}", "(1)", "{{<p}}{{$x}}({{$x}}1{{/x}}){{/x}}{{/p}}", "p", "{{$x}}{{/x}}");
	/* One more page around it fills the place. */
	assert_renders("{}", "[b] b", "{{<q}}{{$y}}b{{/y}}{{/q}}", "q",
	               "{{<p}}{{$x}}[{{$y}}d{{/y}}]{{/x}}{{$y}}a{{/y}}{{/p}}", "p", "{{$x}}{{/x}} {{$y}}{{/y}}");
}

static void parents_nest_in_arguments(void **state)
{
	(void)state;
	assert_renders("{}", "<(in)>", "{{<p}}{{$b}}{{<q}}{{$c}}in{{/c}}{{/q}}{{/b}}{{/p}}", "p", "<{{$b}}{{/b}}>", "q", "({{$c}}{{/c}})");
	assert_renders("{}", "[]", "[{{<missing}}{{$b}}x{{/b}}{{/missing}}]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_without_tags_stays_as_it_is),
		cmocka_unit_test(a_value_is_escaped_unless_asked_for_raw),
		cmocka_unit_test(a_value_is_never_read_as_a_template),
		cmocka_unit_test(numbers_print_as_json_has_them),
		cmocka_unit_test(what_is_null_missing_or_a_container_prints_nothing),
		cmocka_unit_test(dots_walk_inwards_from_the_first_name_only),
		cmocka_unit_test(a_dot_is_the_innermost_value_itself),
		cmocka_unit_test(a_section_shows_what_is_true),
		cmocka_unit_test(an_inverted_section_shows_what_a_section_does_not),
		cmocka_unit_test(a_list_repeats_its_section),
		cmocka_unit_test(names_are_looked_for_from_the_inside_out),
		cmocka_unit_test(sections_of_one_name_nest_and_follow),
		cmocka_unit_test(a_comment_leaves_nothing),
		cmocka_unit_test(delimiters_change_until_changed_again),
		cmocka_unit_test(delimiters_of_a_page_do_not_reach_its_partials),
		cmocka_unit_test(odd_delimiters_work),
		cmocka_unit_test(a_partial_sees_where_it_stands),
		cmocka_unit_test(a_dynamic_partial_is_named_by_the_data),
		cmocka_unit_test(a_block_shows_its_default_or_the_argument),
		cmocka_unit_test(what_is_not_a_block_in_a_parent_tag_is_a_comment),
		cmocka_unit_test(the_data_and_blocks_do_not_mix),
		cmocka_unit_test(an_argument_is_rendered_where_it_is_shown),
		cmocka_unit_test(the_outermost_argument_wins),
		cmocka_unit_test(arguments_reach_partials_as_parents_without_any),
		cmocka_unit_test(blocks_in_an_argument_belong_to_the_template_that_writes_it),
		cmocka_unit_test(parents_nest_in_arguments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
