/* tagged.c - see tagged.h. Services move spaces about tags, write <x2></x2> for <x2/> and entities for letters: all of it is read. */
#include "translate/engine/tagged.h"

#include <stdlib.h>

#include "text/out.h"
#include "text/story/tokens.h"

void bs_tagged_write(struct bs_buf *out, const struct bs_inlines *pieces)
{
	for (size_t i = 0; i < pieces->count; i++) {
		const struct bs_inline *piece = &pieces->list[i];
		if (piece->kind == BS_INLINE_TEXT)
			bs_out_text(out, piece->text);
		else if (piece->kind == BS_INLINE_OPEN)
			bs_buf_printf(out, "<g%d>", piece->id);
		else if (piece->kind == BS_INLINE_CLOSE)
			bs_buf_printf(out, "</g%d>", piece->id);
		else
			bs_buf_printf(out, "<x%d/>", piece->id);
	}
}

/* Whether it stands for a term or for what stays whole, the source knows. */
static enum bs_inline_kind kind_of(const struct bs_inlines *source, int id)
{
	for (size_t i = 0; i < source->count; i++) {
		if (source->list[i].id == id && source->list[i].kind == BS_INLINE_TERM)
			return BS_INLINE_TERM;
	}
	return BS_INLINE_WHOLE;
}

/* "g1", "/g1", "x2/", "x2 /", "x2", "/x2": *ours is false for anything else; a closing x says nothing. */
static bool read_tag(const struct bs_inlines *source, struct bs_str inside, struct bs_inline *out, bool *ours)
{
	bool closing = bs_str_starts(inside, BS_STR("/"));
	int64_t id;
	char letter;

	inside = bs_str_trim(bs_str_sub(inside, closing ? 1 : 0, SIZE_MAX));
	if (bs_str_ends(inside, BS_STR("/")))
		inside = bs_str_trim(bs_str_sub(inside, 0, inside.len - 1));
	*ours = inside.len > 1 && bs_str_int(bs_str_sub(inside, 1, SIZE_MAX), &id) == BS_OK && id > 0 && id < INT32_MAX;
	if (!*ours)
		return false;
	letter = inside.ptr[0];
	*ours = letter == 'g' || letter == 'G' || letter == 'x' || letter == 'X';
	*out = (struct bs_inline){ .id = (int)id, .kind = closing ? BS_INLINE_CLOSE : BS_INLINE_OPEN };
	if (letter == 'x' || letter == 'X')
		out->kind = kind_of(source, (int)id);
	return *ours && !(closing && (letter == 'x' || letter == 'X'));
}

static void put_code_point(struct bs_buf *out, uint32_t c)
{
	if (c >= 0x10000)
		bs_buf_printf(out, "%c%c%c%c", (int)(0xF0 | c >> 18), (int)(0x80 | (c >> 12 & 0x3F)), (int)(0x80 | (c >> 6 & 0x3F)),
		              (int)(0x80 | (c & 0x3F)));
	else if (c >= 0x800)
		bs_buf_printf(out, "%c%c%c", (int)(0xE0 | c >> 12), (int)(0x80 | (c >> 6 & 0x3F)), (int)(0x80 | (c & 0x3F)));
	else if (c >= 0x80)
		bs_buf_printf(out, "%c%c", (int)(0xC0 | c >> 6), (int)(0x80 | (c & 0x3F)));
	else
		bs_buf_putc(out, (char)c);
}

/* "&#39;" and "&#x27;" at the beginning of the text; its length, 0 when it is none. */
static size_t read_number(struct bs_str text, uint32_t *out)
{
	bool hex = bs_str_starts(text, BS_STR("&#x")) || bs_str_starts(text, BS_STR("&#X"));
	size_t end = bs_str_find_byte(text, ';', 0);
	char digits[12] = "", *rest;

	if (!bs_str_starts(text, BS_STR("&#")) || end == SIZE_MAX || end < (hex ? 4 : 3) || end > 10)
		return 0;
	memcpy(digits, text.ptr + (hex ? 3 : 2), end - (hex ? 3 : 2));
	*out = (uint32_t)strtoul(digits, &rest, hex ? 16 : 10);
	return *rest == '\0' && *out >= ' ' && *out <= 0x10FFFF && (*out < 0xD800 || *out > 0xDFFF) ? end + 1 : 0;
}

/* Services write letters as numbers that we had written as themselves. */
static struct bs_str without_numbers(struct bs_arena *arena, struct bs_str text)
{
	struct bs_buf out = BS_BUF(text.len + 1);
	struct bs_str made = text;
	uint32_t c;

	if (bs_str_find(text, BS_STR("&#"), 0) == SIZE_MAX)
		return text;
	while (text.len > 0) {
		size_t len = read_number(text, &c);
		/* What would be markup stays escaped until the end. */
		if (len > 0 && c != '&' && c != '<' && c != '>')
			put_code_point(&out, c);
		else if (len > 0)
			bs_out_text(&out, bs_str_n(&(const char){ (char)c }, 1));
		else
			bs_buf_putc(&out, text.ptr[0]);
		text = bs_str_sub(text, len > 0 ? len : 1, SIZE_MAX);
	}
	made = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return made;
}

static void add_text(struct bs_arena *arena, struct bs_inlines *out, struct bs_str text)
{
	if (text.len > 0)
		bs_inlines_add(arena, out, (struct bs_inline){ .kind = BS_INLINE_TEXT,
		                                               .text = markup_unescape(arena, without_numbers(arena, text)) });
}

void bs_tagged_read(struct bs_arena *arena, const struct bs_inlines *source, struct bs_str text, struct bs_inlines *out)
{
	*out = (struct bs_inlines){ 0 };
	while (text.len > 0) {
		size_t start = bs_str_find_byte(text, '<', 0), end = bs_str_find_byte(text, '>', start == SIZE_MAX ? text.len : start);
		struct bs_inline piece;
		bool ours = false, is_piece = false;
		if (end != SIZE_MAX)
			is_piece = read_tag(source, bs_str_sub(text, start + 1, end - start - 1), &piece, &ours);
		if (!ours) { /* a '<' that opens nothing of ours is text, and what is behind it is looked at anew */
			size_t len = start == SIZE_MAX ? text.len : start + 1;
			add_text(arena, out, bs_str_sub(text, 0, len));
			text = bs_str_sub(text, len, SIZE_MAX);
			continue;
		}
		add_text(arena, out, bs_str_sub(text, 0, start));
		if (is_piece)
			bs_inlines_add(arena, out, piece);
		text = bs_str_sub(text, end + 1, SIZE_MAX);
	}
}
