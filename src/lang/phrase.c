/* phrase.c - see phrase.h. */
#include "lang/phrase.h"

#include <unicode/uchar.h>

static bool is_letter(uint32_t c)
{
	return (U_GET_GC_MASK((UChar32)c) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0;
}

/* Whether spaces part words of its script: only then a word has an edge. */
static bool has_edges(uint32_t c)
{
	int32_t line_break = c < 0x0E00 ? U_LB_ALPHABETIC : u_getIntPropertyValue((UChar32)c, UCHAR_LINE_BREAK);

	return is_letter(c) && line_break != U_LB_IDEOGRAPHIC && line_break != U_LB_COMPLEX_CONTEXT &&
	       line_break != U_LB_CONDITIONAL_JAPANESE_STARTER;
}

static uint32_t plain(uint32_t c, bool exact)
{
	if (c == 0x2019 || c == 0x02BC)
		return '\'';
	if (c == 0xA0 || c == 0x202F || c == '\n' || c == '\t')
		return ' ';
	return exact ? c : (uint32_t)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT);
}

static bool has_capitals(struct bs_str phrase)
{
	for (size_t at = 0; at < phrase.len;) {
		uint32_t c = bs_str_utf8_next(phrase, &at);
		if (u_isupper((UChar32)c) || u_istitle((UChar32)c))
			return true;
	}
	return false;
}

/* Where the phrase ends that begins at `at`, edges not looked at; SIZE_MAX: it does not stand there. */
static size_t match(struct bs_str text, struct bs_str phrase, size_t at, bool exact)
{
	size_t in = 0;

	while (in < phrase.len) {
		if (at >= text.len || plain(bs_str_utf8_next(phrase, &in), exact) != plain(bs_str_utf8_next(text, &at), exact))
			return SIZE_MAX;
	}
	return at;
}

static size_t end_of_word(struct bs_str text, size_t at)
{
	for (size_t next = at; next < text.len; at = next) {
		uint32_t c = bs_str_utf8_next(text, &next);
		if (!is_letter(c) && c != 0xAD)
			break;
	}
	return at;
}

bool bs_phrase_find(struct bs_str text, struct bs_str phrase, size_t from, size_t *at, size_t *len)
{
	bool open = bs_str_ends(phrase, BS_STR("*")), exact, edge_before, edge_after = false;
	uint32_t before = ' ';
	size_t first = 0;

	phrase = bs_str_trim(open ? bs_str_sub(phrase, 0, phrase.len - 1) : phrase);
	if (phrase.len == 0)
		return false;
	exact = has_capitals(phrase);
	edge_before = has_edges(bs_str_utf8_next(phrase, &first));
	for (size_t i = 0; i < phrase.len;)
		edge_after = has_edges(bs_str_utf8_next(phrase, &i));
	for (size_t i = 0; i < text.len;) {
		size_t start = i, end = SIZE_MAX, next;
		if (start >= from && !(edge_before && has_edges(before)))
			end = match(text, phrase, start, exact);
		next = end;
		if (end != SIZE_MAX && open)
			end = end_of_word(text, end);
		if (end != SIZE_MAX && (open || !edge_after || next >= text.len || !has_edges(bs_str_utf8_next(text, &next)))) {
			*at = start;
			*len = end - start;
			return true;
		}
		before = bs_str_utf8_next(text, &i);
	}
	return false;
}
