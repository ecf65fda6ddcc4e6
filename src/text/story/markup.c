/* markup.c - markup out of plain text, and plain text out of markup; see markup.h. */
#include "text/markup.h"

#include <stdlib.h>

#include "base/limits.h"
#include "text/story/chars.h"
#include "text/story/phrasing.h"
#include "text/story/tokens.h"

/* Plain and in one run already: nothing to escape, fold or compose. */
static bool is_simple(struct bs_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		uint8_t c = (uint8_t)text.ptr[i];
		bool edge = i == 0 || i + 1 == text.len || text.ptr[i - 1] == ' ';
		if (c < ' ' || c >= 0x7F || c == '&' || c == '<' || c == '>' || (c == ' ' && edge))
			return false;
	}
	return true;
}

struct bs_str bs_markup_of_text(struct bs_arena *arena, struct bs_str text)
{
	const struct open_tags none = { 0 };
	struct phrasing p;
	struct bs_str markup = { "", 0 };

	if (is_simple(text))
		return bs_arena_copy(arena, text);
	phrasing_init(&p);
	/* References can make text longer than BS_MAX_PASSAGE, which bounds what readers hand over; here the caller does. */
	p.markup.cap = p.run.cap = p.composed.cap = SIZE_MAX;
	phrasing_text(&p, &none, chars_valid(arena, text));
	if (phrasing_finish(arena, &p, &markup, NULL) != BS_OK)
		markup = BS_STR("");
	phrasing_free(&p);
	return markup;
}

/* Behind a <sup>: the offset at which the reference to a note ends that it holds; 0 when it holds none. */
static size_t end_of_note(struct bs_str markup, size_t at)
{
	size_t end;

	if (!bs_str_starts(bs_str_sub(markup, at, SIZE_MAX), BS_STR("<a href=\"#fn-")))
		return 0;
	end = bs_str_find(markup, BS_STR("</sup>"), at);
	return end == SIZE_MAX ? 0 : end;
}

static void put_plain(struct bs_buf *out, struct bs_str markup, char line_break)
{
	struct token token;
	size_t skip = 0; /* offset up to which a reference to a note is left out */

	for (size_t at = 0; token_next(markup, &at, &token);) {
		if (token.kind == TOKEN_TEXT && at > skip)
			markup_put_unescaped(out, token.raw);
		else if (token.kind == TOKEN_BREAK)
			bs_buf_putc(out, line_break);
		else if (token.tag == TAG_RT)
			bs_buf_putc(out, token.kind == TOKEN_OPEN ? '(' : ')');
		if (token.kind == TOKEN_OPEN && token.tag == TAG_SUP)
			skip = end_of_note(markup, at);
	}
}

void bs_markup_text(struct bs_buf *buf, struct bs_str markup)
{
	put_plain(buf, markup, '\n');
}

struct bs_str bs_markup_plain(struct bs_arena *arena, struct bs_str markup)
{
	struct bs_buf buf = BS_BUF(SIZE_MAX);
	struct bs_str text;

	if (bs_str_find_byte(markup, '<', 0) == SIZE_MAX && bs_str_find_byte(markup, '&', 0) == SIZE_MAX)
		return bs_arena_copy(arena, markup);
	put_plain(&buf, markup, ' ');
	text = bs_arena_copy(arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return text;
}

struct bs_str bs_markup_beginning(struct bs_arena *arena, struct bs_str markup, size_t max)
{
	struct bs_str whole = bs_markup_plain(arena, markup), part = bs_str_utf8_prefix(whole, max);
	size_t end = part.len;

	if (part.len == whole.len)
		return whole;
	while (end > 0 && whole.ptr[end] != ' ')
		end--;
	return bs_arena_printf(arena, BS_FMT "…", BS_ALL(bs_str_sub(part, 0, end > 0 ? end : part.len)));
}

size_t bs_markup_words(struct bs_str markup)
{
	struct token token;
	size_t words = 0;
	bool in_word = false;

	for (size_t at = 0; token_next(markup, &at, &token);) {
		if (token.kind == TOKEN_TEXT)
			words += chars_words(token.raw, &in_word);
		else if (token.kind == TOKEN_BREAK)
			in_word = false;
	}
	return words;
}

bool bs_markup_has_letters(struct bs_str markup)
{
	struct token token;

	for (size_t at = 0; token_next(markup, &at, &token);) {
		for (size_t i = 0; token.kind == TOKEN_TEXT && i < token.raw.len;) {
			if (char_is_letter(bs_str_utf8_next(token.raw, &i)))
				return true;
		}
	}
	return false;
}

enum { TAGS_MAX = 1024 }; /* elements of one passage that are compared; more are compared by number alone */

struct tag_list {
	struct bs_str of[TAGS_MAX]; /* the name, or of a link its target */
	size_t count;
};

static int by_bytes(const void *a, const void *b)
{
	return bs_str_cmp(*(const struct bs_str *)a, *(const struct bs_str *)b);
}

/* span and bdi carry languages and directions, which are the translation's own. */
static void list_tags(struct bs_str markup, struct tag_list *out)
{
	struct token token;

	out->count = 0;
	for (size_t at = 0; token_next(markup, &at, &token);) {
		struct bs_str what;
		if (token.kind == TOKEN_BREAK)
			what = BS_STR("br");
		else if (token.kind != TOKEN_OPEN || token.tag == TAG_SPAN || token.tag == TAG_BDI)
			continue;
		else
			what = token.tag == TAG_A ? token_attr(&token, BS_STR("href")) : tag_name(token.tag);
		if (out->count < TAGS_MAX)
			out->of[out->count] = what;
		out->count++;
	}
	qsort(out->of, out->count < TAGS_MAX ? out->count : TAGS_MAX, sizeof(out->of[0]), by_bytes);
}

bool bs_markup_same_tags(struct bs_str a, struct bs_str b)
{
	struct tag_list in_a, in_b;

	list_tags(a, &in_a);
	list_tags(b, &in_b);
	if (in_a.count != in_b.count)
		return false;
	for (size_t i = 0; i < in_a.count && i < TAGS_MAX; i++) {
		if (!bs_str_eq(in_a.of[i], in_b.of[i]))
			return false;
	}
	return true;
}
