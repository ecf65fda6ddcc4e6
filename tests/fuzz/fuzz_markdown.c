/* Markdown, and every body that HTML can make: written as Markdown and read again it is the same, byte for byte. */
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "text/html.h"
#include "text/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fail(const char *what, struct bs_str seen)
{
	fprintf(stderr, "%s:\n%.*s\n", what, (int)seen.len, seen.ptr);
	abort();
}

static void check_block(const struct bs_block *x, const struct bs_block *y, struct bs_str markdown)
{
	if (bs_str_eq(x->path, y->path) && bs_str_eq(x->attrs, y->attrs) && bs_str_eq(x->markup, y->markup))
		return;
	fprintf(stderr, "%.*s [%.*s] %.*s\n%.*s [%.*s] %.*s\n", (int)x->path.len, x->path.ptr, (int)x->attrs.len, x->attrs.ptr,
	        (int)x->markup.len, x->markup.ptr, (int)y->path.len, y->path.ptr, (int)y->attrs.len, y->attrs.ptr, (int)y->markup.len,
	        y->markup.ptr);
	fail("another block when read again", markdown);
}

static void check_body(struct bs_arena *arena, const struct bs_body *body)
{
	struct bs_buf markdown = BS_BUF(BS_MAX_DOCUMENT);
	struct bs_str text;
	struct bs_body again;

	bs_body_markdown(arena, &markdown, body);
	text = bs_buf_str(&markdown);
	if (!markdown.failed && bs_markdown_blocks(arena, text, NULL, &again, NULL) == BS_OK) {
		if (body->count != again.count)
			fail("other blocks when read again", text);
		for (size_t i = 0; i < body->count; i++)
			check_block(&body->blocks[i], &again.blocks[i], text);
	}
	bs_buf_free(&markdown);
}

static void check_markup(struct bs_arena *arena, struct bs_str markup)
{
	struct bs_buf markdown = BS_BUF(BS_MAX_DOCUMENT);
	struct bs_str again;

	bs_markup_markdown(arena, &markdown, markup);
	if (bs_markdown_markup(arena, bs_buf_str(&markdown), NULL, &again, NULL) == BS_OK && !bs_str_eq(markup, again)) {
		fprintf(stderr, "%.*s\n%.*s\n", (int)markup.len, markup.ptr, (int)again.len, again.ptr);
		fail("another passage when read again", bs_buf_str(&markdown));
	}
	bs_buf_free(&markdown);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_str input = bs_str_n((const char *)data, size), markup;
	struct bs_body body;

	if (bs_markdown_blocks(arena, input, NULL, &body, NULL) == BS_OK)
		check_body(arena, &body);
	if (bs_html_blocks(arena, input, NULL, &body, NULL) == BS_OK)
		check_body(arena, &body);
	if (bs_markdown_markup(arena, input, NULL, &markup, NULL) == BS_OK)
		check_markup(arena, markup);
	bs_arena_free(&arena);
	return 0;
}
