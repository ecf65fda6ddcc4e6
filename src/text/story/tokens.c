/* tokens.c - reading canonical markup; see tokens.h. */
#include "text/story/tokens.h"

static void read_tag(struct bs_str inside, struct token *out)
{
	size_t name_end;

	out->kind = TOKEN_OPEN;
	if (inside.len > 0 && inside.ptr[0] == '/') {
		out->kind = TOKEN_CLOSE;
		inside = bs_str_sub(inside, 1, SIZE_MAX);
	}
	name_end = bs_str_find_byte(inside, ' ', 0);
	out->tag = tag_of(bs_str_sub(inside, 0, name_end));
	out->attrs = bs_str_sub(inside, name_end, SIZE_MAX);
	if (out->tag == TAG_BR)
		out->kind = TOKEN_BREAK;
}

bool token_next(struct bs_str markup, size_t *at, struct token *out)
{
	struct bs_str rest = bs_str_sub(markup, *at, SIZE_MAX);
	size_t end;

	if (rest.len == 0)
		return false;
	*out = (struct token){ .kind = TOKEN_TEXT, .tag = TAG_NONE };
	if (rest.ptr[0] == '<') {
		end = bs_str_find_byte(rest, '>', 0);
		end = end == SIZE_MAX ? rest.len : end + 1;
		read_tag(bs_str_n(rest.ptr + 1, end < 2 ? 0 : end - 2), out);
	} else {
		end = bs_str_find_byte(rest, '<', 0);
	}
	out->raw = bs_str_sub(rest, 0, end);
	*at += out->raw.len;
	return true;
}

struct bs_str token_attr(const struct token *token, struct bs_str name)
{
	struct bs_str rest = token->attrs;

	while (rest.len > 0) {
		size_t equals = bs_str_find(rest, BS_STR("=\""), 0), close;
		if (equals == SIZE_MAX)
			break;
		close = bs_str_find_byte(rest, '"', equals + 2);
		if (close == SIZE_MAX)
			break;
		if (bs_str_eq(bs_str_sub(rest, 1, equals - 1), name))
			return bs_str_sub(rest, equals + 2, close - equals - 2);
		rest = bs_str_sub(rest, close + 1, SIZE_MAX);
	}
	return (struct bs_str){ 0 };
}

void markup_put_unescaped(struct bs_buf *out, struct bs_str escaped)
{
	static const struct { struct bs_str name, text; } references[] = {
		{ BS_STR_INIT("&amp;"), BS_STR_INIT("&") },   { BS_STR_INIT("&lt;"), BS_STR_INIT("<") },
		{ BS_STR_INIT("&gt;"), BS_STR_INIT(">") },    { BS_STR_INIT("&quot;"), BS_STR_INIT("\"") },
		{ BS_STR_INIT("&#824;"), BS_STR_INIT("\xCC\xB8") },
	};

	while (escaped.len > 0) {
		size_t at = bs_str_find_byte(escaped, '&', 0), i;
		bs_buf_put(out, bs_str_sub(escaped, 0, at));
		escaped = bs_str_sub(escaped, at, SIZE_MAX);
		for (i = 0; i < BS_COUNT(references) && !bs_str_starts(escaped, references[i].name); i++)
			;
		if (i < BS_COUNT(references)) {
			bs_buf_put(out, references[i].text);
			escaped = bs_str_sub(escaped, references[i].name.len, SIZE_MAX);
		} else if (escaped.len > 0) {
			bs_buf_putc(out, '&');
			escaped = bs_str_sub(escaped, 1, SIZE_MAX);
		}
	}
}

struct bs_str markup_unescape(struct bs_arena *arena, struct bs_str escaped)
{
	struct bs_buf buf = BS_BUF(SIZE_MAX);
	struct bs_str text;

	if (bs_str_find_byte(escaped, '&', 0) == SIZE_MAX)
		return escaped;
	markup_put_unescaped(&buf, escaped);
	text = bs_arena_copy(arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return text;
}

bool token_is_fragment(const struct token *token)
{
	return token->kind == TOKEN_OPEN && token->tag == TAG_A && bs_str_starts(token->attrs, BS_STR(" href=\"#"));
}
