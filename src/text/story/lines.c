/* lines.c - see lines.h. The iterator is opened for the first text that needs one: opening it costs more than a paragraph. */
#include "text/story/lines.h"

#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>

struct lines {
	UBreakIterator *breaks; /* NULL: not opened yet, or not to be had */
	UText *text;
	struct bs_str of; /* what the iterator looks at now */
};

struct lines *lines_new(void)
{
	return bs_alloc(sizeof(struct lines));
}

void lines_free(struct lines **lines)
{
	if (*lines == NULL)
		return;
	ubrk_close((*lines)->breaks);
	utext_close((*lines)->text);
	free(*lines);
	*lines = NULL;
}

static size_t columns_of(uint32_t c)
{
	if (c < 0x300)
		return c != 0xAD; /* a soft hyphen shows nothing */
	switch (u_charType((UChar32)c)) {
	case U_NON_SPACING_MARK:
	case U_ENCLOSING_MARK:
	case U_FORMAT_CHAR:
		return 0;
	default:
		break;
	}
	switch (u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH)) {
	case U_EA_FULLWIDTH:
	case U_EA_WIDE:
		return 2;
	default:
		return 1;
	}
}

size_t text_columns(struct bs_str text)
{
	size_t columns = 0, at = 0;

	while (at < text.len) {
		if ((unsigned char)text.ptr[at] < 0x80) {
			columns++;
			at++;
		} else {
			columns += columns_of(bs_str_utf8_next(text, &at));
		}
	}
	return columns;
}

static bool is_space(struct bs_str text, size_t at)
{
	return text.ptr[at] == ' ' || text.ptr[at] == '\t';
}

/* Whether UAX 14 lets a line end before the letter at `at`. */
static bool is_boundary(struct lines *lines, struct bs_str text, size_t at)
{
	UErrorCode status = U_ZERO_ERROR;

	if (lines->breaks == NULL)
		lines->breaks = ubrk_open(UBRK_LINE, "", NULL, 0, &status);
	if (lines->breaks == NULL)
		return false;
	if (lines->of.ptr != text.ptr || lines->of.len != text.len) {
		lines->text = utext_openUTF8(lines->text, text.ptr, (int64_t)text.len, &status);
		ubrk_setUText(lines->breaks, lines->text, &status);
		lines->of = text;
	}
	return U_SUCCESS(status) && ubrk_isBoundary(lines->breaks, (int32_t)at);
}

static bool may_break(struct lines *lines, struct bs_str text, size_t at)
{
	unsigned char before = (unsigned char)text.ptr[at - 1], here = (unsigned char)text.ptr[at];

	if (is_space(text, at) || (here & 0xC0) == 0x80)
		return false;
	if (is_space(text, at - 1))
		return true;
	return (before >= 0x80 || here >= 0x80) && is_boundary(lines, text, at);
}

static bool is_plain(char c)
{
	return (unsigned char)c > ' ' && (unsigned char)c < 0x7F;
}

/* Take a run of ASCII without spaces, which is most of most texts: one column each, and no line ends within it. */
static size_t take_plain(struct bs_str text, size_t at, size_t most)
{
	size_t start = at;

	while (at < text.len && at - start < most && is_plain(text.ptr[at]))
		at++;
	return at;
}

static bool is_ascii(struct bs_str text)
{
	uint64_t all = 0, eight;

	for (; text.len >= sizeof(eight); text = bs_str_n(text.ptr + sizeof(eight), text.len - sizeof(eight))) {
		memcpy(&eight, text.ptr, sizeof(eight));
		all |= eight;
	}
	for (size_t i = 0; i < text.len; i++)
		all |= (unsigned char)text.ptr[i];
	return (all & UINT64_C(0x8080808080808080)) == 0;
}

/* Where the first line ends if that can be told by its spaces alone, as in most texts; else 0. */
static size_t ascii_end(struct bs_str text, size_t columns)
{
	size_t end = columns + 1; /* the space behind a line may stand outside */

	if (text.len <= columns)
		return is_ascii(text) ? text.len : 0;
	if (!is_ascii(bs_str_sub(text, 0, end)))
		return 0;
	while (end > 0 && !is_space(text, end - 1))
		end--;
	while (end > 0 && end < text.len && is_space(text, end))
		end++;
	return end;
}

bool lines_next(struct lines *lines, struct bs_str *rest, size_t columns, struct bs_str *line)
{
	struct bs_str text = *rest;
	size_t end = ascii_end(text, columns), at = end > 0 ? text.len : 0, used = 0;

	if (text.len == 0)
		return false;
	lines->of = (struct bs_str){ 0 };
	while (at < text.len) {
		size_t next = at, width;
		if (at > 0 && is_plain(text.ptr[at]) && is_plain(text.ptr[at - 1]) && used < columns) {
			next = take_plain(text, at, columns - used);
			width = next - at;
		} else {
			width = columns_of(bs_str_utf8_next(text, &next));
		}
		if (used + width > columns && end > 0 && !is_space(text, at))
			break;
		used += width;
		at = next;
		if (at == text.len || may_break(lines, text, at))
			end = at;
	}
	*line = bs_str_sub(text, 0, end);
	while (line->len > 0 && is_space(*line, line->len - 1))
		line->len--;
	*rest = bs_str_sub(text, end, SIZE_MAX);
	return true;
}
