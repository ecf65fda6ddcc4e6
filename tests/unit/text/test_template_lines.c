/* test_template_lines.c - white space: which tags take their line with them, and what is indented by how much. */
#include "tests/unit/text/rendering.h"

static void a_tag_alone_on_its_line_takes_the_line(void **state)
{
	(void)state;
	assert_renders("{\"t\":true}", "a\nb\nc\n", "a\n{{#t}}\nb\n{{/t}}\nc\n");
	assert_renders("{\"t\":true}", "a\n  b\nc\n", "a\n \t{{#t}} \n  b\n\t{{/t}}\t\nc\n");
	assert_renders("{}", "a\nb\n", "a\n{{^t}}\n{{/t}}\nb\n");
	assert_renders("{}", "a\nb\n", "a\n  {{! c\n  d }}\nb\n");
	assert_renders("{}", "a\nb\n", "a\n{{=<% %>=}}\nb\n");
	assert_renders("{\"t\":true}", "a\r\nb\r\nc\r\n", "a\r\n{{#t}}\r\nb\r\n{{/t}}\r\nc\r\n");
}

static void the_first_and_last_line_need_no_break(void **state)
{
	(void)state;
	assert_renders("{\"t\":true}", "b\n", "{{#t}}\nb\n  {{/t}}");
	assert_renders("{}", "", "  {{! c }}");
	assert_renders("{}", "a\n", "a\n{{! c }}  ");
}

static void a_tag_with_anything_beside_it_keeps_its_line(void **state)
{
	(void)state;
	assert_renders("{\"t\":true}", "a  \n  b \n", "a {{#t}} \n {{/t}} b \n");
	assert_renders("{\"t\":true}", " \n \n", " {{#t}}{{/t}}\n {{! c }}{{! d }}\n");
	assert_renders("{\"x\":\"\"}", "  \n\n", "  {{x}}\n{{{x}}}\n");
	assert_renders("{\"t\":true}", "a\r\n", "a{{! c }}\r\n");
}

static void a_partial_alone_on_its_line_is_indented(void **state)
{
	(void)state;
	assert_renders("{}", "<\n  a\n  b\n>\n", "<\n  {{>p}}\n>\n", "p", "a\nb\n");
	assert_renders("{}", "\ta\n\tb>", "\t{{>p}}\n>", "p", "a\nb");
	assert_renders("{}", "< a\nb >\n", "< {{>p}} >\n", "p", "a\nb");
	assert_renders("{}", "  a\n\n  b\n", "  {{>p}}\n", "p", "a\n\nb\n");
	assert_renders("{}", "  a\r\n\r\n  b\r\n", "  {{>p}}\r\n", "p", "a\r\n\r\nb\r\n");
}

static void only_the_lines_of_the_template_are_indented(void **state)
{
	(void)state;
	assert_renders("{\"x\":\"1\\n2\"}", "  1\n2\n  .\n", "  {{>p}}\n", "p", "{{{x}}}\n.\n");
	assert_renders("{\"x\":\"\"}", "  \n  .\n", "  {{>p}}\n", "p", "{{x}}\n.\n");
}

static void sections_in_an_indented_partial_are_indented_line_by_line(void **state)
{
	(void)state;
	assert_renders("{\"l\":[1,2]}", "  <\n  1\n  2\n  >\n", "  {{>p}}\n", "p", "<\n{{#l}}\n{{.}}\n{{/l}}\n>\n");
	assert_renders("{\"l\":[1,2]}", "  1-2-.\n", "  {{>p}}\n", "p", "{{#l}}{{.}}-{{/l}}.\n");
	assert_renders("{\"l\":[1,2]}", "  1\n  2\n  .\n", "  {{>p}}\n", "p", "{{#l}}{{.}}\n{{/l}}.\n");
	assert_renders("{\"l\":[1,2]}", "  a\n  !\n  !b\n", "  {{>p}}\n", "p", "a{{#l}}\n!{{/l}}b\n");
	assert_renders("{}", "  a\n  b\n", "  {{>p}}\n", "p", "{{! c }}\na\n{{! d }}b\n");
}

static void indentation_adds_up(void **state)
{
	(void)state;
	assert_renders("{}", " a\n   b\n   c\n a\n", " {{>p}}\n", "p", "a\n  {{>q}}\na\n", "q", "b\nc\n");
	/* A partial within a line starts anew: the lines it brings along are its own. */
	assert_renders("{}", " a b\nc\n a\n", " {{>p}}\n", "p", "a {{>q}}\na\n", "q", "b\nc");
}

static void a_parent_alone_on_its_line_is_indented(void **state)
{
	(void)state;
	assert_renders("{}", "<\n  a\n  b\n>\n", "<\n  {{<p}}{{/p}}\n>\n", "p", "a\nb\n");
	assert_renders("{}", "<\n  a\n  x\n  b\n>\n", "<\n  {{<p}}\n  {{$c}}\n  x\n  {{/c}}\n  {{/p}}\n>\n", "p", "a\n{{$c}}\n{{/c}}\nb\n");
	assert_renders("{}", "< a\nb >\n", "< {{<p}}{{/p}} >\n", "p", "a\nb");
}

static void an_argument_is_indented_like_the_block_it_fills(void **state)
{
	(void)state;
	assert_renders("{}", "<\n    1\n    2\n>\n", "{{<p}}\n{{$b}}\n1\n2\n{{/b}}\n{{/p}}\n", "p", "<\n    {{$b}}\n    {{/b}}\n>\n");
	assert_renders("{}", "<\n  1\n    2\n>\n", "{{<p}}{{$b}}\n      1\n        2\n{{/b}}{{/p}}", "p", "<\n  {{$b}}\n  {{/b}}\n>\n");
	assert_renders("{}", "<\n  1\n  2\n>\n", "{{<p}}{{$b}}1\n2{{/b}}{{/p}}", "p", "<\n  {{$b}}d{{/b}}\n>\n");
	assert_renders("{}", "<\n\t1\n>\n", "{{<p}}{{$b}}\n1\n{{/b}}{{/p}}", "p", "<\n{{$b}}\n\td\n{{/b}}\n>\n");
	assert_renders("{}", "<\n  1\n\n  2\n>\n", "{{<p}}{{$b}}\n1\n\n2\n{{/b}}{{/p}}", "p", "<\n  {{$b}}\n  {{/b}}\n>\n");
}

static void an_argument_that_starts_with_a_tag_alone_is_indented_once(void **state)
{
	(void)state;
	assert_renders("{\"l\":[1,2]}", "<\n  a\n  a\n>\n", "{{<p}}{{$b}}\n{{#l}}\n{{>q}}\n{{/l}}\n{{/b}}{{/p}}", "p",
	               "<\n  {{$b}}\n  {{/b}}\n>\n", "q", "a\n");
	assert_renders("{\"t\":1}", "<\n  a\n>\n", "{{<p}}{{$b}}{{#t}}a{{/t}}{{/b}}{{/p}}", "p", "<\n  {{$b}}d{{/b}}\n>\n");
}

static void an_argument_within_a_line_keeps_the_line(void **state)
{
	(void)state;
	assert_renders("{}", "<b>1</b>\n", "{{<p}}{{$b}}1{{/b}}{{/p}}", "p", "<b>{{$b}}d{{/b}}</b>\n");
	assert_renders("{}", "  <b>1\n2</b>\n", "  {{<p}}{{$b}}1\n2{{/b}}{{/p}}\n", "p", "<b>{{$b}}d{{/b}}</b>\n");
}

static void default_content_is_printed_as_it_is_written(void **state)
{
	(void)state;
	assert_renders("{}", "<\n  a\n    b\n\n  c\n>\n", "<\n  {{$b}}\n  a\n    b\n\n  c\n  {{/b}}\n>\n");
	assert_renders("{}", "<\n  a\n    b\n>\n", "<\n  {{$b}}a\n    b{{/b}}\n>\n");
	assert_renders("{}", " <\n   a\n b\n >\n", " {{>p}}\n", "p", "<\n  {{$b}}a\nb{{/b}}\n>\n");
	assert_renders("{}", "<\n      a\n    b\n>\n", "<\n  {{$b}}\n      a\n    b\n  {{/b}}\n>\n");
	assert_renders("{}", "<\n  a\n  b\n>\n", "<\n  {{$b}}\n  a{{! c\nd }}\n  b\n  {{/b}}\n>\n");
	assert_renders("{}", " <\n   a\n >\n", " {{>p}}\n", "p", "<\n  {{$b}}\n  a\n  {{/b}}\n>\n");
	assert_renders("{}", "<\n>\n", "<\n  {{$b}}\n  {{/b}}\n>\n");
}

static void empty_content_leaves_no_blanks(void **state)
{
	(void)state;
	assert_renders("{}", "<\n\n>\n", "<\n  {{$b}}{{/b}}\n>\n");
	assert_renders("{}", "<\n>\n", "{{<p}}{{$b}}{{/b}}{{/p}}", "p", "<\n  {{$b}}\n  d\n  {{/b}}\n>\n");
}

static void text_behind_a_block_stays_on_its_line(void **state)
{
	(void)state;
	assert_renders("{}", "a\n  x\n  !\nb\n", "a\n  {{$b}}\n  x\n  {{/b}}!\nb\n");
	assert_renders("{}", " a\n   x\n   !\n b\n", " {{>p}}\n", "p", "a\n  {{$b}}\n  x\n  {{/b}}!\nb\n");
	assert_renders("{}", "a x\n!\n", "a {{$b}}x{{/b}}\n!\n");
}

static void nested_blocks_line_up_with_what_is_around_them(void **state)
{
	(void)state;
	assert_renders("{}", "[\n one\n   three\n]\n", "{{<p}}{{$in}}\nthree\n{{/in}}{{/p}}", "p",
	               "{{<g}}{{$out}}\n    one\n    {{$in}}\n      two\n    {{/in}}\n{{/out}}{{/g}}", "g",
	               "[\n {{$out}}\n {{/out}}\n]\n");
}

static void partials_in_an_argument_keep_their_place_in_it(void **state)
{
	(void)state;
	assert_renders("{}", "<\n  a\n    q\n  b\n>\n", "{{<p}}{{$b}}\n      a\n        {{>q}}\n      b\n{{/b}}{{/p}}", "p",
	               "<\n  {{$b}}\n  {{/b}}\n>\n", "q", "q\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tag_alone_on_its_line_takes_the_line),
		cmocka_unit_test(the_first_and_last_line_need_no_break),
		cmocka_unit_test(a_tag_with_anything_beside_it_keeps_its_line),
		cmocka_unit_test(a_partial_alone_on_its_line_is_indented),
		cmocka_unit_test(only_the_lines_of_the_template_are_indented),
		cmocka_unit_test(sections_in_an_indented_partial_are_indented_line_by_line),
		cmocka_unit_test(indentation_adds_up),
		cmocka_unit_test(a_parent_alone_on_its_line_is_indented),
		cmocka_unit_test(an_argument_is_indented_like_the_block_it_fills),
		cmocka_unit_test(an_argument_that_starts_with_a_tag_alone_is_indented_once),
		cmocka_unit_test(an_argument_within_a_line_keeps_the_line),
		cmocka_unit_test(default_content_is_printed_as_it_is_written),
		cmocka_unit_test(empty_content_leaves_no_blanks),
		cmocka_unit_test(text_behind_a_block_stays_on_its_line),
		cmocka_unit_test(nested_blocks_line_up_with_what_is_around_them),
		cmocka_unit_test(partials_in_an_argument_keep_their_place_in_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
