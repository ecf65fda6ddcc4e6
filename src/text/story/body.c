/* body.c - attributes and links of blocks; see body.h. */
#include "text/body.h"

#include "base/limits.h"
#include "text/markup.h"
#include "text/story/tokens.h"

static struct bs_str key_of(struct bs_str pair)
{
	return bs_str_sub(pair, 0, bs_str_find_byte(pair, '=', 0));
}

struct bs_str bs_attrs_get(struct bs_str attrs, struct bs_str key)
{
	struct bs_str pair;

	while (attrs.len > 0 && bs_str_split(&attrs, ' ', &pair)) {
		if (bs_str_eq(key_of(pair), key))
			return bs_str_sub(pair, key.len + 1, SIZE_MAX);
	}
	return (struct bs_str){ 0 };
}

static void put_pair(struct bs_buf *out, struct bs_str key, struct bs_str value)
{
	if (out->len > 0)
		bs_buf_putc(out, ' ');
	bs_buf_put(out, key);
	bs_buf_putc(out, '=');
	for (size_t i = 0; i < value.len; i++) {
		uint8_t c = (uint8_t)value.ptr[i];
		if (c <= ' ' || c == '"' || c == 0x7F)
			bs_buf_printf(out, "%%%02X", (unsigned)c);
		else
			bs_buf_putc(out, (char)c);
	}
}

struct bs_str bs_attrs_set(struct bs_arena *arena, struct bs_str attrs, struct bs_str key, struct bs_str value)
{
	struct bs_buf out = BS_BUF(SIZE_MAX);
	struct bs_str pair, result;
	bool done = value.ptr == NULL;

	while (attrs.len > 0 && bs_str_split(&attrs, ' ', &pair)) {
		if (!done && bs_str_cmp(key, key_of(pair)) <= 0) {
			put_pair(&out, key, value);
			done = true;
		}
		if (!bs_str_eq(key, key_of(pair)))
			put_pair(&out, key_of(pair), bs_str_sub(pair, key_of(pair).len + 1, SIZE_MAX));
	}
	if (!done)
		put_pair(&out, key, value);
	result = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return result;
}

struct links {
	struct bs_arena *arena;
	struct bs_body *body;
	size_t room;
	struct bs_err *err;
};

static enum bs_rc add_link(struct links *links, struct bs_link link)
{
	struct bs_body *body = links->body;

	if (body->link_count == BS_MAX_CITATIONS)
		return bs_fail(links->err, BS_LIMIT, "the text has more than %d links; split it", BS_MAX_CITATIONS);
	BS_GROW(links->arena, body->links, body->link_count, links->room, 16);
	body->links[body->link_count++] = link;
	return BS_OK;
}

static enum bs_rc links_of_block(struct links *links, size_t block)
{
	struct bs_str markup = links->body->blocks[block].markup;
	struct token token;

	for (size_t at = 0; (at = bs_str_find_byte(markup, '<', at)) != SIZE_MAX;) {
		struct bs_str words, href;
		size_t end = at++;
		enum bs_rc rc;
		if (at == markup.len || markup.ptr[at] != 'a' || !token_next(markup, &end, &token))
			continue;
		at = end;
		if (token.kind != TOKEN_OPEN || token.tag != TAG_A || token_is_fragment(&token))
			continue;
		end = bs_str_find(markup, BS_STR("</a>"), at);
		words = bs_str_sub(markup, at, end == SIZE_MAX ? SIZE_MAX : end - at);
		href = markup_unescape(links->arena, token_attr(&token, BS_STR("href")));
		rc = add_link(links, (struct bs_link){ .block = block, .href = href, .text = bs_markup_plain(links->arena, words) });
		if (rc != BS_OK)
			return rc;
	}
	return BS_OK;
}

bool bs_block_is_picture(const struct bs_block *block)
{
	return bs_str_eq(block->path, BS_STR("img")) || bs_str_ends(block->path, BS_STR("/img"));
}

enum bs_rc bs_body_links(struct bs_arena *arena, struct bs_body *body, struct bs_err *err)
{
	struct links links = { .arena = arena, .body = body, .err = err };
	enum bs_rc rc = BS_OK;

	body->links = NULL;
	body->link_count = 0;
	for (size_t i = 0; i < body->count && rc == BS_OK; i++) {
		const struct bs_block *block = &body->blocks[i];
		struct bs_str href = bs_attrs_get(block->attrs, BS_STR("href"));
		if (href.len > 0 && bs_block_is_picture(block))
			rc = add_link(&links, (struct bs_link){ .block = i, .href = href, .text = bs_markup_plain(arena, block->markup) });
		else if (block->markup.len > 0 && memchr(block->markup.ptr, '<', block->markup.len) != NULL)
			rc = links_of_block(&links, i);
	}
	return rc;
}
