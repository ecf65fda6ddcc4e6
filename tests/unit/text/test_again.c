/* test_again.c - what is written of a body is read as it was, where elements are missing, left open or too deep. */
#include "tests/unit/unit.h"

#include "text/body.h"
#include "text/html.h"
#include "text/markdown.h"

static struct bs_str html_of(struct bs_arena *arena, struct bs_str html)
{
	struct bs_buf out = BS_BUF(1024 * 1024);
	struct bs_body body;
	struct bs_err err = { 0 };
	struct bs_str made;

	assert_ok(bs_html_blocks(arena, html, NULL, &body, &err), &err);
	bs_body_html(&out, &body, NULL);
	made = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return made;
}

static void lists_without_items_end_at_the_same_depth_when_read_again(void **state)
{
	(void)state;
	for (size_t depth = 1; depth < 30; depth++) {
		struct bs_arena *arena = bs_arena_new();
		struct bs_buf html = BS_BUF(1024);
		struct bs_str once;
		for (size_t i = 0; i < depth; i++)
			bs_buf_lit(&html, "<ul>");
		bs_buf_lit(&html, "ice");
		once = html_of(arena, bs_buf_str(&html));
		assert_str(html_of(arena, once), once.ptr);
		bs_buf_free(&html);
		bs_arena_free(&arena);
	}
}

static void items_at_the_greatest_depth_stay_items(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_buf html = BS_BUF(1024);

	(void)state;
	for (size_t i = 0; i < 10; i++)
		bs_buf_lit(&html, "<ul><li>");
	bs_buf_lit(&html, "one<li>two");
	assert_true(bs_str_find(html_of(arena, bs_buf_str(&html)), BS_STR("<li>one</li>\n<li>two</li>"), 0) != SIZE_MAX);
	bs_buf_free(&html);
	bs_arena_free(&arena);
}

static void links_of_two_paragraphs_stay_two_in_one_line(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_err err = { 0 };
	struct bs_str markup;

	(void)state;
	assert_ok(bs_markdown_markup(arena, BS_STR("<a>one<b>\n\ntwo[]()"), NULL, &markup, &err), &err);
	assert_str(markup, "<a>one</a> <strong><a>two</a></strong>");
	bs_arena_free(&arena);
}

static void a_note_may_be_a_picture_but_not_just_a_way_back(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_str picture = html_of(arena, BS_STR("<p>Ice<a href=\"#n\">1</a></p><section role=\"doc-endnotes\"><ol><li id=\"n\">"
	                                              "<img src=\"ice.png\"></li></ol></section>"));
	struct bs_str nothing = html_of(arena, BS_STR("<p>Ice<a href=\"#n\">1</a></p><section role=\"doc-endnotes\"><ol><li id=\"n\">"
	                                              "<a href=\"#r\">\u21A9</a></li></ol></section>"));

	(void)state;
	assert_true(bs_str_find(picture, BS_STR("src=\"ice.png\""), 0) != SIZE_MAX);
	assert_true(bs_str_find(picture, BS_STR("href=\"#fn-1\""), 0) != SIZE_MAX);
	assert_str(html_of(arena, picture), picture.ptr);
	assert_str(nothing, "<p>Ice<a>1</a></p>\n");
	bs_arena_free(&arena);
}

static void a_table_has_room_for_its_cells_or_is_none(void **state)
{
	struct bs_arena *arena = bs_arena_new();

	(void)state;
	for (int depth = 5; depth < 12; depth++) {
		struct bs_buf deep = BS_BUF(4096);
		struct bs_str html;
		for (int i = 0; i < depth; i++)
			bs_buf_lit(&deep, "<ul>");
		bs_buf_lit(&deep, "<table><th>A<th>");
		html = html_of(arena, bs_buf_str(&deep));
		assert_str(html_of(arena, html), html.ptr);
		bs_buf_free(&deep);
	}
	bs_arena_free(&arena);
}

static void an_address_of_a_notice_or_a_rule_is_not_that_of_the_words_before_it(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_str html = html_of(arena, BS_STR("<ul><li>Ice<aside data-notice=\"a\" id=\"x\"></aside><p><a href=\"#x\">up</a></ul>"));
	struct bs_str rule = html_of(arena, BS_STR("<p>Ice<hr id=x><p><a href=\"#x\">up</a>"));

	(void)state;
	assert_true(bs_str_find(html, BS_STR("<aside data-notice=\"a\" id=\""), 0) != SIZE_MAX);
	assert_str(html_of(arena, html), html.ptr);
	assert_true(bs_str_find(rule, BS_STR("<p>Ice"), 0) != SIZE_MAX);
	assert_str(html_of(arena, rule), rule.ptr);
	bs_arena_free(&arena);
}

static void what_follows_an_empty_item_is_its_first_block(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_str empty = html_of(arena, BS_STR("<ul><li>one<li></li><ul></ul>two</ul>"));
	struct bs_str filled = html_of(arena, BS_STR("<ul><li>one</li><ul><li>two</ul></ul>"));

	(void)state;
	assert_str(html_of(arena, empty), empty.ptr);
	assert_str(filled, "<ul>\n<li>one\n<ul>\n<li>two</li>\n</ul>\n</li>\n</ul>\n");
	assert_str(html_of(arena, filled), filled.ptr);
	bs_arena_free(&arena);
}

static void a_table_of_one_column_is_one_when_it_has_a_head(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_buf out = BS_BUF(1024);
	struct bs_err err = { 0 };
	struct bs_body body;

	(void)state;
	assert_ok(bs_markdown_blocks(arena, BS_STR("- one\n\n  | two |\n  | - |\n  | three |\n"), NULL, &body, &err), &err);
	bs_body_html(&out, &body, NULL);
	assert_true(bs_str_find(bs_buf_str(&out), BS_STR("<th>two</th>"), 0) != SIZE_MAX);
	assert_str(html_of(arena, bs_buf_str(&out)), bs_arena_copy(arena, bs_buf_str(&out)).ptr);
	assert_str(html_of(arena, BS_STR("<table><tr><td>one</td></tr><tr><td>two</td></tr></table>")), "<p>one</p>\n<p>two</p>\n");
	bs_buf_free(&out);
	bs_arena_free(&arena);
}

static void a_caption_keeps_its_language(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_str own = html_of(arena, BS_STR("<figure><img src=a.png><figcaption lang=de>Eis <span class=credit>Foto: Elm</span></figcaption>"
	                                          "</figure>"));
	struct bs_str both = html_of(arena, BS_STR("<figure><img src=a.png lang=de dir=ltr><figcaption lang=de>Eis</figcaption></figure>"));
	struct bs_str credit = html_of(arena, BS_STR("<figure><img src=a.png><figcaption><span class=credit lang=ar dir=rtl>x</span>"
	                                             "</figcaption></figure>"));
	struct bs_str next = html_of(arena, BS_STR("<figure><img src=a.png><figcaption lang=de>Eis</figcaption></figure>"
	                                           "<figure><img src=b.png><figcaption>Ice</figcaption></figure>"));

	(void)state;
	assert_true(bs_str_find(own, BS_STR("<figcaption lang=\"de\">Eis"), 0) != SIZE_MAX);
	assert_str(html_of(arena, own), own.ptr);
	assert_true(bs_str_find(both, BS_STR("<figcaption lang=\"de\">Eis"), 0) != SIZE_MAX);
	assert_str(html_of(arena, both), both.ptr);
	assert_true(bs_str_find(credit, BS_STR("class=\"credit\" lang=\"ar\" dir=\"rtl\""), 0) != SIZE_MAX);
	assert_str(html_of(arena, credit), credit.ptr);
	assert_true(bs_str_find(next, BS_STR("<figcaption>Ice"), 0) != SIZE_MAX);
	bs_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_without_items_end_at_the_same_depth_when_read_again),
		cmocka_unit_test(what_follows_an_empty_item_is_its_first_block),
		cmocka_unit_test(a_table_of_one_column_is_one_when_it_has_a_head),
		cmocka_unit_test(a_caption_keeps_its_language),
		cmocka_unit_test(items_at_the_greatest_depth_stay_items),
		cmocka_unit_test(a_note_may_be_a_picture_but_not_just_a_way_back),
		cmocka_unit_test(links_of_two_paragraphs_stay_two_in_one_line),
		cmocka_unit_test(a_table_has_room_for_its_cells_or_is_none),
		cmocka_unit_test(an_address_of_a_notice_or_a_rule_is_not_that_of_the_words_before_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
