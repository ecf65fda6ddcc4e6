/* chars.c - characters as canonical text sees them; see chars.h.
 *
 * Nearly all text is in NFC already, and ICU wants UTF-16 to say so. So a bitmap of the first plane, made once, says of
 * each character that it starts anew and stays as it is whatever stands before it; text of such characters only is copied.
 * The rest goes through ICU.
 *
 * Order matters in chars_compose: unbalanced directional controls go first, for two characters that one of them held
 * apart may compose; joiners go last, for whether one has something to act on is asked of composed neighbours. */
#include "text/story/chars.h"

#include <pthread.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum { PLANE = 0x10000 };

static uint8_t stays[PLANE / 8];
static pthread_once_t stays_once = PTHREAD_ONCE_INIT;

static void stays_fill(void)
{
	for (UChar32 c = 0; c < PLANE; c++) {
		if (u_getIntPropertyValue(c, UCHAR_NFC_QUICK_CHECK) == UNORM_YES && u_getCombiningClass(c) == 0)
			stays[c / 8] |= (uint8_t)(1U << (c % 8));
	}
}

static bool in(uint32_t c, uint32_t first, uint32_t last)
{
	return c >= first && c <= last;
}

static bool is_tag(uint32_t c)
{
	return in(c, 0xE0020, 0xE007F);
}

enum char_class char_class_of(uint32_t c)
{
	if (c < 0xA0) {
		if (c == ' ' || in(c, '\t', '\r') || c == 0x85)
			return CHAR_WHITE;
		return c < ' ' || c >= 0x7F ? CHAR_DROP : CHAR_TEXT;
	}
	if (c == 0xA0 || in(c, 0x2000, 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0x1680)
		return CHAR_GAP;
	if (c == 0xAD || c == 0x61C || in(c, 0x200B, 0x200F) || in(c, 0x202A, 0x202E) || c == 0x2060 ||
	    in(c, 0x2066, 0x2069) || is_tag(c))
		return CHAR_WEIGHTLESS;
	if (c == 0x2028 || c == 0x2029)
		return CHAR_WHITE;
	if (in(c, 0x2061, 0x206F) || c == 0xFEFF || in(c, 0xFFF9, 0xFFFC) || in(c, 0xFDD0, 0xFDEF) || (c & 0xFFFE) == 0xFFFE ||
	    in(c, 0xE0000, 0xE00FF))
		return CHAR_DROP;
	return CHAR_TEXT;
}

struct bs_str chars_valid(struct bs_arena *arena, struct bs_str s)
{
	size_t fault = bs_str_utf8_fault(s);
	char *copy;
	size_t len = 0;

	if (fault == SIZE_MAX)
		return s;
	/* Every faulty byte may become three. */
	copy = bs_arena_array(arena, s.len, 3);
	while (fault != SIZE_MAX) {
		memcpy(copy + len, s.ptr, fault);
		memcpy(copy + len + fault, "\xEF\xBF\xBD", 3);
		len += fault + 3;
		s = bs_str_sub(s, fault + 1, SIZE_MAX);
		fault = bs_str_utf8_fault(s);
	}
	if (s.len > 0)
		memcpy(copy + len, s.ptr, s.len);
	return bs_str_n(copy, len + s.len);
}

static void put_utf8(struct bs_buf *out, uint32_t c)
{
	static const uint8_t leads[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	char bytes[4];

	for (size_t i = len; i-- > 1; c >>= 6)
		bytes[i] = (char)(0x80 | (c & 0x3F));
	bytes[0] = (char)(leads[len] | c);
	bs_buf_put(out, bs_str_n(bytes, len));
}

/* Does the character begin anew and stay as it is? That all of Latin and common punctuation do is known without asking. */
static bool is_settled(uint32_t c)
{
	if (c < 0x300 || in(c, 0x2010, 0x2027))
		return true;
	pthread_once(&stays_once, stays_fill);
	return c < PLANE && (stays[c / 8] & 1U << (c % 8)) != 0;
}

/* What chars_compose has to do for this text. */
struct needs {
	bool compose, direction, joiners;
};

static struct needs needs_of(struct bs_str text)
{
	struct needs needs = { 0 };

	for (size_t at = 0; at < text.len;) {
		uint32_t c;
		if ((uint8_t)text.ptr[at] < 0x80) {
			at++;
			continue;
		}
		c = bs_str_utf8_next(text, &at);
		if (!is_settled(c))
			needs.compose = true;
		if (in(c, 0x202A, 0x202E) || in(c, 0x2066, 0x2069))
			needs.direction = true;
		else if (c >= 0xAD && char_class_of(c) == CHAR_WEIGHTLESS)
			needs.joiners = true;
	}
	return needs;
}

/* Directional controls in the order of their code points: 202A LRE, RLE, PDF, LRO, RLO; 2066 LRI, RLI, FSI, PDI. */
enum { LRE = 0x202A, RLE, PDF, LRO, RLO, LRI = 0x2066, RLI, FSI, PDI };
enum { DIRECTION_DEPTH = 60 };

static bool opens_direction(uint32_t c)
{
	return c == LRE || c == RLE || (c >= LRI && c <= FSI);
}

/* Find the controls that have a partner: nested well, isolates with PDI, embeddings with PDF. Overrides have none: they can make
 * text read as what it does not say. Their offsets go, sorted, where `keep` points; returns how many. */
static size_t direction_pairs(struct bs_str text, size_t *keep)
{
	struct { size_t at; uint32_t closer; } open[DIRECTION_DEPTH];
	size_t depth = 0, count = 0;

	for (size_t at = 0; at < text.len;) {
		size_t start = at;
		uint32_t c = bs_str_utf8_next(text, &at);
		if (opens_direction(c) && depth < DIRECTION_DEPTH) {
			open[depth].at = start;
			open[depth++].closer = c < LRI ? PDF : PDI;
		} else if ((c == PDF || c == PDI) && depth > 0 && open[depth - 1].closer == c) {
			keep[count++] = open[--depth].at;
			keep[count++] = start;
		}
	}
	return count;
}

static int by_offset(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

/* Without directional controls that have no partner. */
static void drop_directions(struct bs_buf *out, struct bs_str text)
{
	size_t *keep = bs_alloc((text.len / 3 + 2) * sizeof(*keep));
	size_t count = direction_pairs(text, keep), next = 0;

	qsort(keep, count, sizeof(*keep), by_offset);
	for (size_t at = 0; at < text.len;) {
		size_t start = at;
		uint32_t c = bs_str_utf8_next(text, &at);
		bool control = in(c, LRE, RLO) || in(c, LRI, PDI);
		if (control && (next == count || keep[next] != start))
			continue;
		next += control;
		bs_buf_put(out, bs_str_n(text.ptr + start, at - start));
	}
	free(keep);
}

/* Joiners act on letters beyond Latin (and on emoji); the marks among them on nothing at all. */
static bool takes_joiners(uint32_t c)
{
	return c >= 0x300 && char_class_of(c) == CHAR_TEXT;
}

static bool is_joiner(uint32_t c)
{
	return in(c, 0x200B, 0x200D) || c == 0x2060;
}

/* Does a character that takes joiners come next, other weightless ones aside? */
static bool joiner_ahead(struct bs_str text, size_t at)
{
	while (at < text.len) {
		uint32_t c = bs_str_utf8_next(text, &at);
		if (char_class_of(c) != CHAR_WEIGHTLESS)
			return takes_joiners(c);
	}
	return false;
}

/* Without joiners between characters that do not join, and without tag characters that are no flag's. */
static void drop_joiners(struct bs_buf *out, struct bs_str text)
{
	enum { BLACK_FLAG = 0x1F3F4 };
	uint32_t before = 0; /* the last character that is not weightless */
	bool ahead = false;
	size_t known = 0; /* `ahead` holds up to here, so that a row of joiners is looked through once */

	for (size_t at = 0; at < text.len;) {
		size_t start = at;
		uint32_t c = bs_str_utf8_next(text, &at);
		if (char_class_of(c) != CHAR_WEIGHTLESS) {
			before = c;
			known = 0;
		} else if (is_joiner(c) && !takes_joiners(before)) {
			if (known == 0) {
				ahead = joiner_ahead(text, at);
				known = 1;
			}
			if (!ahead)
				continue;
		} else if (is_tag(c) && before != BLACK_FLAG) {
			continue;
		}
		bs_buf_put(out, bs_str_n(text.ptr + start, at - start));
	}
}

/* UTF-16 of the text, in memory that the caller frees. */
static UChar *to_utf16(struct bs_str text, int32_t *len)
{
	UChar *units = bs_alloc((text.len + 1) * sizeof(*units));
	UErrorCode status = U_ZERO_ERROR;

	u_strFromUTF8WithSub(units, (int32_t)text.len + 1, len, text.ptr, (int32_t)text.len, 0xFFFD, NULL, &status);
	return units;
}

/* The character at *i of well-formed UTF-16, moving *i behind it. */
static uint32_t next_utf16(const UChar *units, int32_t *i, int32_t len)
{
	uint32_t c = units[(*i)++];

	if (U16_IS_LEAD(c) && *i < len)
		c = (uint32_t)U16_GET_SUPPLEMENTARY(c, units[(*i)++]);
	return c;
}

static void put_utf16(struct bs_buf *out, const UChar *units, int32_t len)
{
	for (int32_t i = 0; i < len;)
		put_utf8(out, next_utf16(units, &i, len));
}

/* The units in a form of Unicode normalisation, in memory that the caller frees in place of the given. */
static UChar *normalise(const UNormalizer2 *form, UChar *units, int32_t *len)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t room = 2 * *len + 16;
	UChar *out = bs_alloc((size_t)room * sizeof(*out));
	int32_t need = unorm2_normalize(form, units, *len, out, room, &status);

	if (status == U_BUFFER_OVERFLOW_ERROR) {
		status = U_ZERO_ERROR;
		out = bs_realloc(out, (size_t)need * sizeof(*out));
		need = unorm2_normalize(form, units, *len, out, need, &status);
	}
	free(units);
	*len = need;
	return out;
}

static void compose(struct bs_buf *out, struct bs_str text)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	int32_t len;
	UChar *units = to_utf16(text, &len);

	units = normalise(nfc, units, &len);
	put_utf16(out, units, len);
	free(units);
}

void chars_compose(struct bs_buf *out, struct bs_str text)
{
	struct needs needs = needs_of(text);
	struct bs_buf balanced = BS_BUF(SIZE_MAX), composed = BS_BUF(SIZE_MAX);

	if (needs.direction) {
		drop_directions(&balanced, text);
		text = bs_buf_str(&balanced);
		needs.compose = true;
	}
	if (needs.compose) {
		compose(&composed, text);
		text = bs_buf_str(&composed);
	}
	if (needs.joiners)
		drop_joiners(out, text);
	else
		bs_buf_put(out, text);
	bs_buf_free(&composed);
	bs_buf_free(&balanced);
}

static bool is_among(uint32_t c, uint32_t categories)
{
	return (U_MASK(u_charType((UChar32)c)) & categories) != 0;
}

bool char_is_word(uint32_t c)
{
	return is_among(c, U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK);
}

bool char_is_letter(uint32_t c)
{
	return is_among(c, U_GC_L_MASK);
}

static bool is_dash(uint32_t c)
{
	return c == 0x2212 || is_among(c, U_GC_PD_MASK);
}

/* Is the dash before `i` the sign of a number? */
static bool is_sign(const UChar *units, int32_t i, int32_t len, uint32_t before)
{
	return i < len && !char_is_word(before) && is_among(next_utf16(units, &i, len), U_GC_N_MASK);
}

static bool keeps(uint32_t c)
{
	return c == '%' || c == 0x2030 || char_is_word(c) || is_among(c, U_GC_SM_MASK | U_GC_SC_MASK | U_GC_SO_MASK);
}

/* Steps 3 to 5 of passage.h. */
static void put_folded(struct bs_buf *out, const UChar *units, int32_t len)
{
	uint32_t before = ' ';
	bool gap = false;
	size_t start = out->len;

	for (int32_t i = 0; i < len;) {
		uint32_t c = next_utf16(units, &i, len);
		if (is_among(c, U_GC_CF_MASK))
			continue;
		if (is_dash(c) ? is_sign(units, i, len, before) : keeps(c)) {
			if (gap && out->len > start)
				bs_buf_putc(out, ' ');
			gap = false;
			put_utf8(out, is_dash(c) ? '-' : c);
		} else {
			gap = true;
		}
		before = c;
	}
}

static bool is_ascii_word(uint32_t c)
{
	return in(c, '0', '9') || in(c | 0x20, 'a', 'z');
}

/* Where the ASCII letters and digits from `at` on end. */
static size_t ascii_word_end(struct bs_str text, size_t at)
{
	while (at < text.len && is_ascii_word((uint8_t)text.ptr[at]))
		at++;
	return at;
}

/* What is before: white space, unless nothing is. */
static void put_gap(struct bs_buf *out, bool *gap, size_t start)
{
	if (*gap && out->len > start)
		bs_buf_putc(out, ' ');
	*gap = false;
}

static void put_ascii_lower(struct bs_buf *out, struct bs_str word)
{
	if (!bs_buf_reserve(out, word.len))
		return;
	for (size_t i = 0; i < word.len; i++) /* digits have the bit that small letters have */
		out->data[out->len++] = (char)(word.ptr[i] | 0x20);
}

static bool starts_number(struct bs_str text, size_t at)
{
	return at < text.len && in((uint8_t)text.ptr[at], '0', '9');
}

/* The folding of ASCII, and of the quotes, dashes and no-break spaces of common typography, needs no tables. False, with
 * nothing written, when there is more in the text. */
static bool put_folded_plain(struct bs_buf *out, struct bs_str text)
{
	uint32_t before = ' ', c;
	bool gap = false;
	size_t start = out->len;

	for (size_t at = 0; at < text.len; before = c) {
		size_t end = ascii_word_end(text, at);
		if (end > at) {
			put_gap(out, &gap, start);
			put_ascii_lower(out, bs_str_sub(text, at, end - at));
			c = (uint8_t)text.ptr[end - 1];
			at = end;
			continue;
		}
		c = bs_str_utf8_next(text, &at);
		if (c >= 0x80 && c != 0xA0 && !in(c, 0x2010, 0x2016) && !in(c, 0x2018, 0x2023)) {
			out->len = start;
			return false;
		}
		if (c > ' ' && c < 0x80 && strchr("$+<=>|~%", (int)c) != NULL) {
			put_gap(out, &gap, start);
			bs_buf_putc(out, (char)c);
		} else if ((c == '-' || in(c, 0x2010, 0x2015)) && starts_number(text, at) && !is_ascii_word(before)) {
			put_gap(out, &gap, start);
			bs_buf_putc(out, '-');
		} else {
			gap = true;
		}
	}
	return true;
}

void chars_fold(struct bs_buf *out, struct bs_str text)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
	int32_t len, room;
	UChar *units, *folded;

	if (bs_str_utf8_fault(text) == SIZE_MAX && put_folded_plain(out, text))
		return;
	units = to_utf16(text, &len);
	units = normalise(nfkc, units, &len);
	room = 3 * len + 1; /* full case folding makes at most three units of one */
	folded = bs_alloc((size_t)room * sizeof(*folded));
	len = u_strFoldCase(folded, room, units, len, U_FOLD_CASE_DEFAULT, &status);
	free(units);
	folded = normalise(nfkc, folded, &len);
	put_folded(out, folded, len);
	free(folded);
}

/* Words are counted in tenths: a Han or Kana letter is five, a Thai, Lao, Khmer or Myanmar letter two. */
static size_t tenths_of(uint32_t c)
{
	if (in(c, 0x3041, 0x30FF) || in(c, 0x3400, 0x9FFF) || in(c, 0xF900, 0xFAFF) || in(c, 0x20000, 0x3FFFF))
		return 5;
	if (in(c, 0x0E01, 0x0EFF) || in(c, 0x1000, 0x109F) || in(c, 0x1780, 0x17FF))
		return is_among(c, U_GC_L_MASK) ? 2 : 0;
	return 10;
}

/* Of each byte of ASCII: 1 letters and digits, 2 white space, which parts words. */
static const char word_kinds[] = "0000000002222200" "0000000000000000" "2000000000000000" "1111111111000000"
                                 "0111111111111111" "1111111111100000" "0111111111111111" "1111111111100000";

/* Go on over ASCII; without a branch for what a byte is, which could not be foretold. */
static size_t ascii_words(struct bs_str text, size_t *at, bool *in_word)
{
	unsigned within = *in_word;
	size_t words = 0, i = *at;

	for (; i < text.len && (uint8_t)text.ptr[i] < 0x80; i++) {
		unsigned kind = (uint8_t)word_kinds[(uint8_t)text.ptr[i]] & 3;
		words += kind & ~within & 1;
		within = (within | kind) & ~(kind >> 1) & 1;
	}
	*at = i;
	*in_word = within;
	return words;
}

size_t chars_words(struct bs_str text, bool *in_word)
{
	size_t words = 0, tenths = 0;

	for (size_t at = 0; at < text.len;) {
		enum char_class class;
		size_t weight;
		uint32_t c;
		words += ascii_words(text, &at, in_word);
		if (at == text.len)
			break;
		c = bs_str_utf8_next(text, &at);
		class = char_class_of(c);
		if (class == CHAR_WHITE || class == CHAR_GAP) {
			*in_word = false;
			continue;
		}
		weight = c < 0x0E01 ? 10 : tenths_of(c);
		if (weight < 10) {
			tenths += weight;
			*in_word = false;
		} else if (!*in_word && char_is_word(c)) {
			words++;
			*in_word = true;
		}
	}
	return words + (tenths + 5) / 10;
}
