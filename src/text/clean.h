/* clean.h - how far a text goes before a byte that its place cannot hold as it is; for the writers of this room.
 *
 * Escaping is mostly finding nothing to escape. So the runs between are found 16 bytes at a time where the machine can
 * (SSE2, part of every x86-64), the end of a text and what is short by two steps that may overlap; the caller copies each run in one
 * piece. `place` is a constant at each call, so that only its own tests are left when this is compiled. */
#ifndef BS_TEXT_CLEAN_H
#define BS_TEXT_CLEAN_H

#include "base/core.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum bs_clean_place {
	BS_CLEAN_TEXT, /* between tags of HTML: & < > */
	BS_CLEAN_ATTR, /* those and both quotes */
	BS_CLEAN_XML,  /* those and the controls */
	BS_CLEAN_HTML_JSON, /* JSON within a script element: & < > " \ and the controls */
	BS_CLEAN_JSON, /* " \ and the controls */
};

static inline bool bs_clean_special(unsigned char c, enum bs_clean_place place)
{
	if (place != BS_CLEAN_JSON && (c == '&' || c == '<' || c == '>'))
		return true;
	if (place != BS_CLEAN_TEXT && c == '"')
		return true;
	if ((place == BS_CLEAN_ATTR || place == BS_CLEAN_XML) && c == '\'')
		return true;
	return place >= BS_CLEAN_XML && (c < 0x20 || (place != BS_CLEAN_XML && c == '\\'));
}

#ifdef __SSE2__
/* A bit for each of 16 bytes that is special. '<' and '>' differ in one bit, '&' and '\'' in another. */
static inline unsigned bs_clean_bits(__m128i bytes, enum bs_clean_place place)
{
	__m128i special = _mm_setzero_si128();

	if (place != BS_CLEAN_JSON)
		special = _mm_cmpeq_epi8(_mm_or_si128(bytes, _mm_set1_epi8(2)), _mm_set1_epi8('>'));
	if (place == BS_CLEAN_ATTR || place == BS_CLEAN_XML)
		special = _mm_or_si128(special, _mm_cmpeq_epi8(_mm_or_si128(bytes, _mm_set1_epi8(1)), _mm_set1_epi8('\'')));
	else if (place != BS_CLEAN_JSON)
		special = _mm_or_si128(special, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('&')));
	if (place != BS_CLEAN_TEXT)
		special = _mm_or_si128(special, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
	if (place > BS_CLEAN_XML)
		special = _mm_or_si128(special, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
	if (place >= BS_CLEAN_XML)
		special = _mm_or_si128(special, _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes));
	return (unsigned)_mm_movemask_epi8(special);
}

/* The bits of `size` bytes, 4, 8 or 16, from here on. */
static inline unsigned bs_clean_mask(const char *at, size_t size, enum bs_clean_place place)
{
	__m128i bytes = _mm_setzero_si128();

	memcpy(&bytes, at, size);
	return bs_clean_bits(bytes, place) & ((1u << size) - 1);
}

/* A text of `size` bytes to twice as many: its first and its last ones, which may overlap. */
static inline size_t bs_clean_ends(struct bs_str text, size_t size, enum bs_clean_place place)
{
	unsigned first = bs_clean_mask(text.ptr, size, place), last;

	if (first != 0)
		return (size_t)__builtin_ctz(first);
	last = bs_clean_mask(text.ptr + text.len - size, size, place);
	return last != 0 ? text.len - size + (size_t)__builtin_ctz(last) : text.len;
}
#endif

/* How many bytes from the start may stay. */
static inline size_t bs_clean_run(struct bs_str text, enum bs_clean_place place)
{
	size_t at = 0;

#ifdef __SSE2__
	for (; text.len - at > 32; at += 16) {
		unsigned mask = bs_clean_mask(text.ptr + at, 16, place);
		if (mask != 0)
			return at + (size_t)__builtin_ctz(mask);
	}
	text = bs_str_n(text.ptr + at, text.len - at);
	if (text.len >= 16)
		return at + bs_clean_ends(text, 16, place);
	if (text.len >= 8)
		return at + bs_clean_ends(text, 8, place);
	if (text.len >= 4)
		return at + bs_clean_ends(text, 4, place);
	at = 0;
#endif
	while (at < text.len && !bs_clean_special((unsigned char)text.ptr[at], place))
		at++;
	return at;
}

#endif
