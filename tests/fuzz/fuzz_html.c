/* Story HTML: whatever comes in, the blocks are canonical (written as HTML and read again they are the same), the HTML
 * holds no tag and no attribute but those allowed, and the parser's tree stays within its depth. */
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "text/html.h"
#include "text/html/dom.h"
#include "text/markup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good, const char *what, struct bs_str seen)
{
	if (good)
		return;
	fprintf(stderr, "%s:\n%.*s\n", what, (int)seen.len, seen.ptr);
	abort();
}

static bool is_allowed(struct bs_str name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (bs_str_eq(name, bs_str_c(names[i])))
			return true;
	}
	return false;
}

/* As browsers tell a scheme: a letter, then letters, digits, + - . up to the colon. */
static void check_address(struct bs_str address)
{
	static const char *const schemes[] = { "http", "https", "mailto", "tel", "media" };
	size_t colon = 0;

	while (colon < address.len && address.ptr[colon] != ':' &&
	       (((address.ptr[colon] | 32) >= 'a' && (address.ptr[colon] | 32) <= 'z') ||
	        (colon > 0 && strchr("0123456789+-.", address.ptr[colon]))))
		colon++;
	if (colon > 0 && colon < address.len && address.ptr[colon] == ':')
		check(is_allowed(bs_str_sub(address, 0, colon), schemes, BS_COUNT(schemes)), "a scheme that is not allowed", address);
}

/* Every tag of our own HTML is `<name key="value" …>` or `</name>`, with nothing in a value that could end it. */
static void check_tag(struct bs_str tag)
{
	static const char *const tags[] = { "a", "abbr", "aside", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "dd", "del",
		"details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "img", "ins", "kbd", "li",
		"mark", "ol", "p", "pre", "q", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "summary", "sup",
		"table", "td", "th", "time", "tr", "u", "ul", "var" };
	static const char *const keys[] = { "alt", "cite", "class", "colspan", "data-notice", "datetime", "dir", "height", "href", "hreflang", "id",
		"lang", "open", "reversed", "role", "rowspan", "src", "start", "title", "type", "value", "width" };
	struct bs_str name, key, value;
	size_t end = bs_str_find_byte(tag, ' ', 0);

	name = bs_str_sub(tag, 0, end);
	if (bs_str_starts(name, BS_STR("/")))
		name = bs_str_sub(name, 1, SIZE_MAX);
	check(is_allowed(name, tags, BS_COUNT(tags)), "a tag that is not allowed", tag);
	for (tag = bs_str_sub(tag, end, SIZE_MAX); tag.len > 0;) {
		tag = bs_str_sub(tag, 1, SIZE_MAX);
		for (end = 0; end < tag.len && tag.ptr[end] != ' ' && tag.ptr[end] != '='; end++)
			;
		key = bs_str_sub(tag, 0, end);
		check(is_allowed(key, keys, BS_COUNT(keys)), "an attribute that is not allowed", tag);
		tag = bs_str_sub(tag, end, SIZE_MAX);
		if (!bs_str_starts(tag, BS_STR("=\"")))
			continue;
		end = bs_str_find_byte(tag, '"', 2);
		check(end != SIZE_MAX, "an attribute that does not end", tag);
		value = bs_str_sub(tag, 2, end - 2);
		if (bs_str_eq(key, BS_STR("href")) || bs_str_eq(key, BS_STR("src")) || bs_str_eq(key, BS_STR("cite")))
			check_address(value);
		tag = bs_str_sub(tag, end + 1, SIZE_MAX);
	}
}

static void check_html(struct bs_str html)
{
	check(bs_str_utf8_fault(html) == SIZE_MAX, "not UTF-8", html);
	for (size_t at = 0; (at = bs_str_find_byte(html, '<', at)) != SIZE_MAX;) {
		size_t end = bs_str_find_byte(html, '>', at);
		check(end != SIZE_MAX, "a tag that does not end", html);
		check_tag(bs_str_sub(html, at + 1, end - at - 1));
		at = end;
	}
}

static void check_depth(struct bs_arena *arena, struct bs_str html)
{
	struct node *root;

	if (dom_parse(arena, html, &root, NULL, NULL) != BS_OK)
		return;
	for (struct node *node = node_after(root, root); node != NULL; node = node_after(node, root)) {
		size_t depth = 0;
		for (struct node *up = node; up != root; up = up->parent)
			depth++;
		check(depth < 2 * BS_MAX_HTML_DEPTH, "too deep", html);
	}
}

static void check_same(const struct bs_body *a, const struct bs_body *b, struct bs_str html)
{
	check(a->count == b->count, "other blocks when read again", html);
	for (size_t i = 0; i < a->count; i++) {
		const struct bs_block *x = &a->blocks[i], *y = &b->blocks[i];
		if (bs_str_eq(x->path, y->path) && bs_str_eq(x->attrs, y->attrs) && bs_str_eq(x->markup, y->markup))
			continue;
		fprintf(stderr, "%.*s [%.*s] %.*s\n%.*s [%.*s] %.*s\n", (int)x->path.len, x->path.ptr, (int)x->attrs.len, x->attrs.ptr,
		        (int)x->markup.len, x->markup.ptr, (int)y->path.len, y->path.ptr, (int)y->attrs.len, y->attrs.ptr,
		        (int)y->markup.len, y->markup.ptr);
		check(false, "another block when read again", html);
	}
	check(a->link_count == b->link_count, "other links when read again", html);
}

static const struct bs_body *words_of(void *ctx, struct bs_str slug)
{
	return slug.len % 2 == 0 ? ctx : NULL;
}

/* The text with itself in the place of its notices. */
static void check_placed(struct bs_arena *arena, struct bs_body body)
{
	const struct bs_body words = body;
	struct bs_buf out = BS_BUF(BS_MAX_PAGE);

	if (body.count > 1000)
		return;
	bs_body_place(arena, &body, words_of, (void *)(uintptr_t)&words);
	bs_body_html(&out, &body, NULL);
	check_html(bs_buf_str(&out));
	bs_buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_str input = bs_str_n((const char *)data, size), html;
	struct bs_buf out = BS_BUF(BS_MAX_PAGE), plain = BS_BUF(BS_MAX_PAGE);
	struct bs_html_page page;
	struct bs_body body, again;

	check_depth(arena, input);
	if (bs_html_blocks(arena, input, NULL, &body, NULL) != BS_OK || bs_html_page(arena, input, NULL, &page, NULL) != BS_OK)
		goto done;
	bs_body_html(&out, &body, NULL);
	html = bs_buf_str(&out);
	check_html(html);
	if (bs_html_blocks(arena, html, NULL, &again, NULL) == BS_OK)
		check_same(&body, &again, html);
	(void)bs_body_words(&body);
	check_placed(arena, body);
	bs_body_text(&plain, &body, &(struct bs_body_text_options){ .link_notes = true, .columns = 40 });
done:
	bs_buf_free(&plain);
	bs_buf_free(&out);
	bs_arena_free(&arena);
	return 0;
}
