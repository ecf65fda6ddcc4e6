/* test_place.c - notices of the newsroom in a text: read, written, read again, and what they say put in their places. */
#include "tests/unit/unit.h"

#include "text/body.h"
#include "text/html.h"
#include "text/markdown.h"

static struct bs_body html_body(struct bs_arena *arena, struct bs_str html)
{
	struct bs_body body;
	struct bs_err err = { 0 };

	assert_ok(bs_html_blocks(arena, html, NULL, &body, &err), &err);
	return body;
}

static struct bs_str html_of(struct bs_arena *arena, const struct bs_body *body, const struct bs_body_html_options *options)
{
	struct bs_buf out = BS_BUF(1024 * 1024);
	struct bs_str made;

	bs_body_html(&out, body, options);
	made = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return made;
}

/* Read and written in canonical form. */
static void assert_form(const char *html, const char *want)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_body body = html_body(arena, bs_str_c(html));
	struct bs_str made = html_of(arena, &body, NULL);
	struct bs_body again = html_body(arena, made);

	assert_str(made, want);
	assert_str(html_of(arena, &again, NULL), want);
	bs_arena_free(&arena);
}

static void assert_markdown(const char *html, const char *want)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_body body = html_body(arena, bs_str_c(html)), again;
	struct bs_buf out = BS_BUF(1024 * 1024);
	struct bs_err err = { 0 };

	bs_body_markdown(arena, &out, &body);
	assert_str(bs_buf_str(&out), want);
	assert_ok(bs_markdown_blocks(arena, bs_buf_str(&out), NULL, &again, &err), &err);
	assert_str(html_of(arena, &again, NULL), html_of(arena, &body, NULL).ptr);
	bs_buf_free(&out);
	bs_arena_free(&arena);
}

static void a_notice_is_a_block_with_a_slug_and_no_text(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_body body = html_body(arena, BS_STR("<p>Ice.</p><aside data-notice=\"fair-use\"></aside><p>Out.</p>"));

	(void)state;
	assert_int_equal(body.count, 3);
	assert_str(body.blocks[1].path, "notice");
	assert_str(body.blocks[1].attrs, "slug=fair-use");
	assert_str(body.blocks[1].markup, "");
	assert_str(bs_block_notice(&body.blocks[1]), "fair-use");
	assert_str(bs_block_notice(&body.blocks[0]), "");
	bs_arena_free(&arena);
}

static void notices_come_back_the_same(void **state)
{
	(void)state;
	assert_form("<p>Ice.</p><aside data-notice=\" fair-use \"></aside>", "<p>Ice.</p>\n<aside data-notice=\"fair-use\"></aside>\n");
	assert_form("<aside data-notice=a></aside><aside data-notice=b></aside>",
	            "<aside data-notice=\"a\"></aside>\n<aside data-notice=\"b\"></aside>\n");
	assert_form("<blockquote><p>Ice</p><aside data-notice=a></aside></blockquote><ul><li><aside data-notice=b></aside>",
	            "<blockquote>\n<p>Ice</p>\n<aside data-notice=\"a\"></aside>\n</blockquote>\n<ul>\n<li>\n"
	            "<aside data-notice=\"b\"></aside>\n</li>\n</ul>\n");
	assert_form("<aside data-notice=a lang=de dir=rtl id=x class=y></aside><p><a href=\"#x\">up</a>",
	            "<aside data-notice=\"a\" id=\"s-x\"></aside>\n<p><a href=\"#s-x\">up</a></p>\n");
	assert_form("<hr id=x><p><a href=\"#x\">up</a>", "<hr id=\"s-x\">\n<p><a href=\"#s-x\">up</a></p>\n");
}

static void what_is_no_slug_is_an_aside_like_any_other(void **state)
{
	(void)state;
	assert_form("<aside data-notice=\"Not one\"><p>Ice.</p></aside>", "<aside>\n<p>Ice.</p>\n</aside>\n");
	assert_form("<aside data-notice=\"\"><p>Ice.</p></aside>", "<aside>\n<p>Ice.</p>\n</aside>\n");
	assert_form("<div data-notice=\"fair-use\"><p>Ice.</p></div>", "<p>Ice.</p>\n");
}

static void words_within_a_notice_stay_in_the_text(void **state)
{
	(void)state;
	assert_form("<aside data-notice=\"a\"><p>Ice.</p><h2>Then</h2>", "<aside data-notice=\"a\"></aside>\n<p>Ice.</p>\n<h2>Then</h2>\n");
}

static void in_markdown_it_is_a_line_of_its_own(void **state)
{
	(void)state;
	assert_markdown("<p>Ice.</p><aside data-notice=a></aside><p>Out.</p>", "Ice.\n\n<aside data-notice=\"a\"></aside>\n\nOut.\n");
	assert_markdown("<p>Ice.<a href=\"#n\">1</a></p><aside data-notice=a></aside><div class=footnotes><ol><li id=n>Note</ol></div>",
	                "Ice.[^1]\n\n<aside data-notice=\"a\"></aside>\n\n[^1]: Note\n");
}

static void in_a_footnote_it_is_none(void **state)
{
	(void)state;
	assert_markdown("<p>Ice<a href=\"#n\">1</a></p><div class=footnotes><ol><li id=n>Note<aside data-notice=a></aside></ol></div>",
	                "Ice[^1]\n\n[^1]: Note\n");
}

/* --- what they say --- */

struct known {
	const char *slug;
	struct bs_body words;
};

static const struct bs_body *words_of(void *ctx, struct bs_str slug)
{
	const struct known *known = ctx;

	return bs_str_eq(slug, bs_str_c(known->slug)) ? &known->words : NULL;
}

static void assert_placed(const char *html, const char *words, const char *want, const char *text)
{
	static const struct bs_body_html_options page = { .heading_offset = 0 };
	struct bs_arena *arena = bs_arena_new();
	struct bs_body body = html_body(arena, bs_str_c(html));
	struct known known = { "a", html_body(arena, bs_str_c(words)) };
	struct bs_buf out = BS_BUF(1024 * 1024);

	bs_body_place(arena, &body, words_of, &known);
	assert_str(html_of(arena, &body, &page), want);
	bs_body_text(&out, &body, NULL);
	assert_str(bs_buf_str(&out), text);
	bs_buf_free(&out);
	bs_arena_free(&arena);
}

static void words_stand_in_an_aside_of_their_own(void **state)
{
	(void)state;
	assert_placed("<p>Ice.</p><aside data-notice=a></aside><p>Out.</p>", "<p>Ours</p><ul><li>one<li>two</ul>",
	              "<p>Ice.</p>\n<aside>\n<p>Ours</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n</aside>\n<p>Out.</p>\n",
	              "Ice.\n\nOurs\n- one\n- two\n\nOut.\n");
	assert_placed("<aside><p>Mine</p></aside><aside data-notice=a></aside><aside data-notice=a></aside><aside><p>Mine</p></aside>", "<p>Ours</p>",
	              "<aside>\n<p>Mine</p>\n</aside>\n<aside>\n<p>Ours</p>\n</aside>\n"
	              "<aside>\n<p>Ours</p>\n</aside>\n<aside>\n<p>Mine</p>\n</aside>\n",
	              "Mine\n\nOurs\n\nOurs\n\nMine\n");
	assert_placed("<ul><li>one</ul><ul><li><aside data-notice=a></aside><p>two", "<p>Ours</p>",
	              "<ul>\n<li>one</li>\n</ul>\n<ul>\n<li>\n<aside>\n<p>Ours</p>\n</aside>\n<p>two</p>\n</li>\n</ul>\n",
	              "- one\n\n- Ours\n\n  two\n");
}

static void a_link_to_it_leads_to_its_words(void **state)
{
	(void)state;
	assert_placed("<aside data-notice=a id=x></aside><p><a href=\"#x\">up</a></p>", "<p>Ours</p><p>Too</p>",
	              "<aside>\n<p id=\"s-x\">Ours</p>\n<p>Too</p>\n</aside>\n<p><a href=\"#s-x\">up</a></p>\n", "Ours\n\nToo\n\nup\n");
}

static void a_notice_that_nobody_knows_shows_nothing(void **state)
{
	(void)state;
	assert_placed("<p>Ice.</p><aside data-notice=gone></aside><p>Out.</p>", "<p>Ours</p>", "<p>Ice.</p>\n<p>Out.</p>\n", "Ice.\n\nOut.\n");
}

static void notes_and_ids_of_its_words_do_not_meet_those_of_the_text(void **state)
{
	(void)state;
	assert_placed("<p>Ice<a href=\"#n\">1</a></p><aside data-notice=a></aside><div class=footnotes><ol><li id=n>Mine</ol></div>",
	              "<p>Ours<a href=\"#m\">1</a> here</p><aside data-notice=a></aside><div class=footnotes><ol><li id=m>Theirs</ol></div>",
	              "<p>Ice<sup><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup></p>\n<aside>\n<p>Ours here</p>\n</aside>\n"
	              "<div class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n<li id=\"fn-1\">"
	              "Mine <a href=\"#fnref-1\" role=\"doc-backlink\">↩</a></li>\n</ol>\n</div>\n",
	              "Ice\n\nOurs here\n1. Mine\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_notice_is_a_block_with_a_slug_and_no_text),
		cmocka_unit_test(notices_come_back_the_same),
		cmocka_unit_test(what_is_no_slug_is_an_aside_like_any_other),
		cmocka_unit_test(words_within_a_notice_stay_in_the_text),
		cmocka_unit_test(in_markdown_it_is_a_line_of_its_own),
		cmocka_unit_test(in_a_footnote_it_is_none),
		cmocka_unit_test(words_stand_in_an_aside_of_their_own),
		cmocka_unit_test(a_link_to_it_leads_to_its_words),
		cmocka_unit_test(a_notice_that_nobody_knows_shows_nothing),
		cmocka_unit_test(notes_and_ids_of_its_words_do_not_meet_those_of_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
