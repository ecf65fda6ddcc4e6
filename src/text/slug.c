/* slug.c - titles to slugs; see slug.h. Latin letters with marks are folded by a table of the ranges that Latin-written
 * languages use (Latin-1, Latin Extended-A, and Additional for Vietnamese); all else is room lang's, before this. */
#include "text/slug.h"

#include "base/limits.h"

/* What U+00C0 … U+017F become, four bytes each: "" (a gap), "a", "ss" … in order of code point. */
static const char LATIN[][3] = {
	/* 00C0 */ "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
	/* 00D0 */ "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "ss",
	/* 00E0 */ "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
	/* 00F0 */ "d", "n", "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "th", "y",
	/* 0100 */ "a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d",
	/* 0110 */ "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g",
	/* 0120 */ "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i",
	/* 0130 */ "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l",
	/* 0140 */ "l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o",
	/* 0150 */ "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s",
	/* 0160 */ "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u",
	/* 0170 */ "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s",
};
enum { LATIN_FIRST = 0xC0, LATIN_LAST = 0x17F };
_Static_assert(sizeof(LATIN) / sizeof(LATIN[0]) == LATIN_LAST - LATIN_FIRST + 1, "one entry for each code point");

/* The letters with two marks, one for each row of U+1E00 … U+1EFF that begins a new base letter. */
static const struct {
	uint32_t last;
	char base;
} ADDITIONAL[] = {
	{ 0x1E01, 'a' }, { 0x1E07, 'b' }, { 0x1E09, 'c' }, { 0x1E13, 'd' }, { 0x1E1D, 'e' }, { 0x1E1F, 'f' },
	{ 0x1E21, 'g' }, { 0x1E2B, 'h' }, { 0x1E2F, 'i' }, { 0x1E35, 'k' }, { 0x1E3D, 'l' }, { 0x1E43, 'm' },
	{ 0x1E4B, 'n' }, { 0x1E53, 'o' }, { 0x1E57, 'p' }, { 0x1E5F, 'r' }, { 0x1E69, 's' }, { 0x1E71, 't' },
	{ 0x1E7B, 'u' }, { 0x1E7F, 'v' }, { 0x1E89, 'w' }, { 0x1E8D, 'x' }, { 0x1E8F, 'y' }, { 0x1E95, 'z' },
	{ 0x1E9F, 0 },   { 0x1EB7, 'a' }, { 0x1EC7, 'e' }, { 0x1ECB, 'i' }, { 0x1EE3, 'o' }, { 0x1EF1, 'u' },
	{ 0x1EF9, 'y' }, { 0x1EFF, 0 },
};

/* Letters of Vietnamese, Romanian and Azerbaijani, and the capital of ß, that stand outside those ranges. */
static const struct {
	uint32_t code;
	char base[3];
} STRAY[] = {
	{ 0x18F, "e" }, { 0x1A0, "o" }, { 0x1A1, "o" }, { 0x1AF, "u" }, { 0x1B0, "u" }, { 0x218, "s" },
	{ 0x219, "s" }, { 0x21A, "t" }, { 0x21B, "t" }, { 0x259, "e" }, { 0x1E9E, "ss" },
};

static bool joins(uint32_t code)
{
	/* Apostrophes, and the combining marks that stand behind a letter in decomposed text. */
	return code == '\'' || code == 0x2019 || code == 0x02BC || (code >= 0x300 && code <= 0x36F);
}

static size_t fold_marked(uint32_t code, char out[2])
{
	for (size_t row = 0; row < BS_COUNT(STRAY); row++) {
		if (code == STRAY[row].code) {
			memcpy(out, STRAY[row].base, 2);
			return strlen(STRAY[row].base);
		}
	}
	if (code < 0x1E00 || code > 0x1EFF)
		return 0;
	for (size_t row = 0; row < BS_COUNT(ADDITIONAL); row++) {
		out[0] = ADDITIONAL[row].base;
		if (code <= ADDITIONAL[row].last)
			return out[0] != 0 ? 1 : 0;
	}
	return 0;
}

/* The ASCII for one code point into out[2]; how many bytes, 0 when it is no letter or digit. */
static size_t fold(uint32_t code, char out[2])
{
	if (code >= LATIN_FIRST && code <= LATIN_LAST) {
		memcpy(out, LATIN[code - LATIN_FIRST], 2);
		return strlen(LATIN[code - LATIN_FIRST]);
	}
	if (code >= 0x80)
		return fold_marked(code, out);
	out[0] = (char)code;
	if (code >= 'A' && code <= 'Z')
		out[0] = (char)(code + ('a' - 'A'));
	return (out[0] >= 'a' && out[0] <= 'z') || (out[0] >= '0' && out[0] <= '9') ? 1 : 0;
}

/* The code point at *at, moving behind it; bytes that are not UTF-8 count as a gap each. */
static uint32_t next_code(struct bs_str text, size_t *at)
{
	unsigned char lead = (unsigned char)text.ptr[*at];
	size_t need = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

	if (lead != 0 && need <= text.len - *at && bs_str_utf8_fault(bs_str_n(text.ptr + *at, need)) == SIZE_MAX)
		return bs_str_utf8_next(text, at);
	++*at;
	return ' ';
}

struct bs_str bs_slug_make(struct bs_arena *arena, struct bs_str text, struct bs_str fallback)
{
	char slug[BS_SLUG_MADE_MAX], letters[2];
	size_t len = 0, word = 0; /* word: where the last whole word ends */
	bool gap = false;

	for (size_t at = 0; at < text.len;) {
		uint32_t code = next_code(text, &at);
		size_t count = fold(code, letters);
		if (count == 0) {
			gap = gap || !joins(code);
			continue;
		}
		if (gap && len > 0)
			word = len;
		if (len + count + (gap && len > 0) > sizeof(slug)) {
			len = word > 0 ? word : len;
			break;
		}
		if (gap && len > 0)
			slug[len++] = '-';
		gap = false;
		memcpy(slug + len, letters, count);
		len += count;
	}
	return bs_arena_copy(arena, len > 0 ? bs_str_n(slug, len) : fallback);
}

bool bs_slug_valid(struct bs_str slug)
{
	if (slug.len == 0 || slug.len > BS_MAX_SLUG || slug.ptr[0] == '-' || slug.ptr[slug.len - 1] == '-')
		return false;
	for (size_t at = 0; at < slug.len; at++) {
		char c = slug.ptr[at];
		bool known = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		if (!known && (c != '-' || slug.ptr[at - 1] == '-'))
			return false;
	}
	return true;
}
