/* test_body_text.c - bodies as plain text: lines that fit, margins, notes; and how a passage begins. Read from HTML, as bodies are. */
#include "tests/unit/unit.h"

#include "text/body.h"
#include "text/html.h"
#include "text/markup.h"

static void assert_text(const char *html, const struct bs_body_text_options *options, const char *want)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_buf text = BS_BUF(1024 * 1024);
	struct bs_body body;
	struct bs_err err = { 0 };

	assert_ok(bs_html_blocks(arena, bs_str_c(html), NULL, &body, &err), &err);
	bs_body_text(&text, &body, options);
	assert_str(bs_buf_str(&text), want);
	bs_buf_free(&text);
	bs_arena_free(&arena);
}

static const struct bs_body_text_options narrow = { .columns = 30 }, noted = { .link_notes = true };

static void a_paragraph_is_one_line_unless_columns_are_asked_for(void **state)
{
	(void)state;
	assert_text("<p>It began with a sound that she took for the refrigerator.</p><p>It was not.</p>", NULL,
	            "It began with a sound that she took for the refrigerator.\n\nIt was not.\n");
	assert_text("<p>It began with a sound that she took for the refrigerator.</p><p>It was not.</p>", &narrow,
	            "It began with a sound that she\ntook for the refrigerator.\n\nIt was not.\n");
}

static void a_word_longer_than_a_line_stands_alone(void **state)
{
	(void)state;
	assert_text("<p>See https://northern-courier.example/2025/11/the-first-ice now</p>", &narrow,
	            "See\nhttps://northern-courier.example/2025/11/the-first-ice\nnow\n");
}

static void columns_are_counted_as_terminals_do(void **state)
{
	const struct bs_body_text_options twenty = { .columns = 20 };

	(void)state;
	/* Wide letters take two columns; such text breaks within its sentences, but punctuation does not begin a line. */
	assert_text("<p>海冰今年来得特别特早。比平均早</p>", &twenty, "海冰今年来得特别特\n早。比平均早\n");
	/* Marks that stand on a letter take none: there is no q with an acute accent, so that the two stay two. */
	assert_text("<p>q\xCC\x81q\xCC\x81q\xCC\x81q\xCC\x81q\xCC\x81q\xCC\x81q\xCC\x81q\xCC\x81 twelve more q</p>", &twenty,
	            "q\xCC\x81q\xCC\x81q\xCC\x81q\xCC\x81q\xCC\x81q\xCC\x81q\xCC\x81q\xCC\x81 twelve more\nq\n");
	/* Thai is written without spaces: its dictionary finds the words. */
	assert_text("<p>น้ำแข็งมาเร็วมากน้ำแข็งมาเร็วมาก</p>", &twenty, "น้ำแข็งมาเร็วมากน้ำแข็งมา\nเร็วมาก\n");
	/* No-break spaces hold. */
	assert_text("<p>they burnt about 196\xC2\xA0tonnes</p>", &twenty, "they burnt about\n196\xC2\xA0tonnes\n");
}

static void put_as_text(struct bs_buf *out, struct bs_str line, const char *o)
{
	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] == 'o')
			bs_buf_put(out, bs_str_c(o));
		else
			bs_buf_putc(out, line.ptr[i]);
	}
}

/* Lines of ASCII are found by their spaces alone. */
static void a_letter_beyond_ascii_changes_no_other_line(void **state)
{
	static const char words[] = "Some of those who looked on from the shore, so they told, took no notice: a boat without "
	                            "oars/and-a-sail-and-any-man-at-all goes nowhere; \"no\", they said, o no (no!) nor does it do harm.";
	struct bs_buf html = BS_BUF(4096), plain = BS_BUF(4096), other = BS_BUF(4096), want = BS_BUF(4096);
	struct bs_arena *arena = bs_arena_new();
	struct bs_body body;
	struct bs_err err = { 0 };

	(void)state;
	for (size_t columns = 20; columns < 110; columns++) {
		const struct bs_body_text_options options = { .columns = columns };
		bs_buf_reset(&plain);
		bs_buf_reset(&other);
		bs_buf_reset(&want);
		for (int foreign = 0; foreign < 2; foreign++) {
			bs_buf_reset(&html);
			bs_buf_lit(&html, "<p>");
			put_as_text(&html, bs_str_c(words), foreign ? "ø" : "o");
			bs_buf_lit(&html, "</p>");
			assert_ok(bs_html_blocks(arena, bs_buf_str(&html), NULL, &body, &err), &err);
			bs_body_text(foreign ? &other : &plain, &body, &options);
		}
		put_as_text(&want, bs_buf_str(&plain), "ø");
		assert_true(bs_str_eq(bs_buf_str(&other), bs_buf_str(&want)));
	}
	bs_buf_free(&html);
	bs_buf_free(&plain);
	bs_buf_free(&other);
	bs_buf_free(&want);
	bs_arena_free(&arena);
}

static void words_are_what_white_space_parts(void **state)
{
	static const struct {
		const char *markup;
		size_t words;
	} cases[] = { { "", 0 },
		      { " - ", 0 },
		      { "Well-known, isn't it?", 3 },
		      { "12,5 % of\t<em>bo</em>at\n3", 4 },
		      { "Hallöchen Welt, schön", 3 },
		      { "a b–c", 2 },
		      { "one<br>two", 2 } };

	(void)state;
	for (size_t i = 0; i < BS_COUNT(cases); i++)
		assert_int_equal(bs_markup_words(bs_str_c(cases[i].markup)), cases[i].words);
}

static void lines_of_quotations_and_lists_keep_their_margin(void **state)
{
	(void)state;
	assert_text("<blockquote><p>They were very polite, and asked how thick it was.</p></blockquote>", &narrow,
	            "> They were very polite, and\n> asked how thick it was.\n");
	assert_text("<ol><li>In the 1980s a captain met much ice.<ul><li>It lay still, most of the time.</li></ul></li></ol>", &narrow,
	            "1. In the 1980s a captain met\n   much ice.\n   - It lay still, most of the\n     time.\n");
}

static void text_with_a_layout_of_its_own_is_not_broken(void **state)
{
	(void)state;
	assert_text("<pre>position 65 12.4 N 023 50.1 E, speed 4 knots</pre>", &narrow, "position 65 12.4 N 023 50.1 E, speed 4 knots\n");
	assert_text("<table><tr><td>New ice, as sailors call it</td><td>under ten centimetres</td></tr></table>", &narrow,
	            "New ice, as sailors call it\tunder ten centimetres\n");
}

static void headings_are_underlined_for_people(void **state)
{
	(void)state;
	assert_text("<h2>Home</h2><h3>Überall</h3>", &narrow, "Home\n====\n\nÜberall\n-------\n");
	assert_text("<h2>Home</h2>", NULL, "Home\n");
}

static void what_a_picture_shows_stands_in_brackets_for_people(void **state)
{
	(void)state;
	assert_text("<figure><img src=\"https://a.example/b.png\" alt=\"A fox\"><figcaption>On the ice</figcaption></figure>", &narrow,
	            "[A fox]\nOn the ice\n");
	assert_text("<figure><img src=\"https://a.example/b.png\" alt=\"A fox\"></figure>", NULL, "A fox\n");
}

static void links_are_numbered_notes(void **state)
{
	(void)state;
	assert_text("<p><a href=\"https://a.example/x\">One</a> and <a href=\"https://a.example/y\">two</a>.</p>", &noted,
	            "One [1] and two [2].\n\n[1] https://a.example/x\n[2] https://a.example/y\n");
}

static void a_link_whose_words_are_its_address_needs_no_note(void **state)
{
	(void)state;
	assert_text("<p><a href=\"mailto:desk@a.example\">desk@a.example</a>, <a href=\"https://a.example/\">a.example</a>, "
	            "<a href=\"https://a.example/y\">this</a></p>", &noted, "desk@a.example, a.example, this [1]\n\n[1] https://a.example/y\n");
}

static void a_link_that_lost_its_target_has_no_number(void **state)
{
	(void)state;
	assert_text("<p><a href=\"#\">lost</a>, <a href=\"https://a.example/y\">this</a></p>", &noted,
	            "lost, this [1]\n\n[1] https://a.example/y\n");
}

static void footnotes_are_told_from_links(void **state)
{
	(void)state;
	assert_text("<p>Cut for it.<sup><a href=\"#fn-1\">1</a></sup> <a href=\"https://a.example/y\">This</a></p>"
	            "<section class=\"footnotes\"><ol><li id=\"fn-1\">By contract.</li></ol></section>", &noted,
	            "Cut for it.¹ This [1]\n\n1. By contract.\n\n[1] https://a.example/y\n");
}

static void assert_beginning(const char *markup, size_t max, const char *want)
{
	struct bs_arena *arena = bs_arena_new();

	assert_str(bs_markup_beginning(arena, bs_str_c(markup), max), want);
	bs_arena_free(&arena);
}

static void a_beginning_ends_with_a_word_where_there_is_one(void **state)
{
	(void)state;
	assert_beginning("Sea &amp; <em>land</em>", 10, "Sea & land");
	assert_beginning("Sea &amp; <em>land</em>", 9, "Sea &…");
	assert_beginning("Sea land", 3, "Sea…");
	assert_beginning("Seafarers", 3, "Sea…");
	assert_beginning("海の上", 7, "海の…");
	assert_beginning("", 3, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_paragraph_is_one_line_unless_columns_are_asked_for),
		cmocka_unit_test(a_word_longer_than_a_line_stands_alone),
		cmocka_unit_test(columns_are_counted_as_terminals_do),
		cmocka_unit_test(a_letter_beyond_ascii_changes_no_other_line),
		cmocka_unit_test(words_are_what_white_space_parts),
		cmocka_unit_test(lines_of_quotations_and_lists_keep_their_margin),
		cmocka_unit_test(text_with_a_layout_of_its_own_is_not_broken),
		cmocka_unit_test(headings_are_underlined_for_people),
		cmocka_unit_test(what_a_picture_shows_stands_in_brackets_for_people),
		cmocka_unit_test(links_are_numbered_notes),
		cmocka_unit_test(a_link_whose_words_are_its_address_needs_no_note),
		cmocka_unit_test(a_link_that_lost_its_target_has_no_number),
		cmocka_unit_test(footnotes_are_told_from_links),
		cmocka_unit_test(a_beginning_ends_with_a_word_where_there_is_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
