/* stem.c - folding and stemming; see stem.h.
 *
 * The order matters: case folding (NFKC, which also joins what is merely written in another way), then the stemmer, which
 * needs the accents of its language, then the accents go. They go in every language: readers leave them out on keyboards
 * that lack them, and a search that finds "Malmö" by "malmo" and "año" by "ano" beats one that tells them apart. */
#include "lang/stem.h"

#include <libstemmer.h>
#include <pthread.h>
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum { MAX_WORD = 255 /* bytes of a word that are looked at */, MAX_UNITS = 4 * MAX_WORD };

static const char *const stemmers[BS_LANG_COUNT] = {
	[BS_LANG_ar] = "arabic",    [BS_LANG_hy] = "armenian",   [BS_LANG_eu] = "basque",     [BS_LANG_ca] = "catalan",
	[BS_LANG_da] = "danish",    [BS_LANG_nl] = "dutch",      [BS_LANG_en] = "english",    [BS_LANG_fi] = "finnish",
	[BS_LANG_fr] = "french",    [BS_LANG_de] = "german",     [BS_LANG_el] = "greek",      [BS_LANG_hi] = "hindi",
	[BS_LANG_hu] = "hungarian", [BS_LANG_id] = "indonesian", [BS_LANG_ga] = "irish",      [BS_LANG_it] = "italian",
	[BS_LANG_lt] = "lithuanian", [BS_LANG_ne] = "nepali",    [BS_LANG_nb] = "norwegian",  [BS_LANG_nn] = "norwegian",
	[BS_LANG_pt] = "portuguese", [BS_LANG_ro] = "romanian",  [BS_LANG_ru] = "russian",    [BS_LANG_sr] = "serbian",
	[BS_LANG_es] = "spanish",   [BS_LANG_sv] = "swedish",    [BS_LANG_ta] = "tamil",      [BS_LANG_tr] = "turkish",
	[BS_LANG_yi] = "yiddish",
};

/* Words come again and again: most are found among the last ones, as they stood in the text, and cost no folding and no
 * stemming. A word has two places: where a new one comes in, and the one behind, to which it moves when another comes, so that a rare word
 * does not push out a frequent one. Zeroed memory is an entry of no word, and takes no room until it is used. */
enum { CACHED_WORDS = 16384 /* a power of two */, CACHED_WORD = 32, CACHED_TERM = 28 };

struct cached {
	uint16_t lang;
	uint8_t word_len, term_len;
	char word[CACHED_WORD];
	char term[CACHED_TERM];
};

struct tools {
	struct sb_stemmer *stemmers[BS_LANG_COUNT];
	UBreakIterator *words;
	struct cached cache[CACHED_WORDS];
};

static pthread_key_t tools_key;
static _Thread_local struct tools *own_tools;

static void free_tools(void *ptr)
{
	struct tools *tools = ptr;

	for (size_t i = 0; i < BS_LANG_COUNT; i++)
		sb_stemmer_delete(tools->stemmers[i]);
	ubrk_close(tools->words);
	free(tools);
}

static void make_key(void)
{
	if (pthread_key_create(&tools_key, free_tools) != 0)
		abort();
}

static struct tools *tools_of_thread(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	if (own_tools == NULL) {
		pthread_once(&once, make_key);
		own_tools = bs_alloc(sizeof(*own_tools));
		pthread_setspecific(tools_key, own_tools);
	}
	return own_tools;
}

static struct sb_stemmer *stemmer_of(struct tools *tools, const struct bs_lang *lang)
{
	if (stemmers[lang->id] != NULL && tools->stemmers[lang->id] == NULL)
		tools->stemmers[lang->id] = sb_stemmer_new(stemmers[lang->id], "UTF_8");
	return tools->stemmers[lang->id];
}

size_t dictionary_breaks(struct bs_str run, uint16_t *breaks, size_t max)
{
	UErrorCode status = U_ZERO_ERROR;
	UText text = UTEXT_INITIALIZER;
	struct tools *tools = tools_of_thread();
	size_t count = 0;
	int32_t at;

	/* The root's rules look into every dictionary, whatever the language around. */
	if (tools->words == NULL)
		tools->words = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
	utext_openUTF8(&text, run.ptr, (int64_t)run.len, &status);
	ubrk_setUText(tools->words, &text, &status);
	while (U_SUCCESS(status) && count + 1 < max && (at = ubrk_next(tools->words)) != UBRK_DONE)
		breaks[count++] = (uint16_t)at;
	utext_close(&text);
	if (count == 0 || breaks[count - 1] != run.len)
		breaks[count++] = (uint16_t)run.len;
	return count;
}

/* Letters that are no base letter with an accent, but are typed as one where keyboards lack them. */
static const char *plain_letter(UChar32 c)
{
	switch (c) {
	case 0xE6:
		return "ae";
	case 0x153:
		return "oe";
	case 0xF8:
		return "o";
	case 0x142:
		return "l";
	case 0x111:
	case 0xF0:
	case 0x257:
		return "d";
	case 0xFE:
		return "th";
	case 0x127:
		return "h";
	case 0x131:
		return "i";
	case 0x14B:
		return "n";
	case 0x259:
		return "e";
	case 0x253:
		return "b";
	case 0x199:
		return "k";
	default:
		return NULL;
	}
}

/* Arabic letters that writers and keyboards mix up, Persian and Urdu ones among them. */
static UChar32 usual_letter(UChar32 c)
{
	switch (c) {
	case 0x671: /* alef wasla */
		return 0x627;
	case 0x649: /* alef maksura */
	case 0x6CC: /* Farsi yeh */
		return 0x64A;
	case 0x6A9: /* keheh */
		return 0x643;
	case 0x6BA: /* noon ghunna */
		return 0x646;
	case 0x629: /* teh marbuta, and its form in Urdu */
	case 0x6C3:
	case 0x6BE: /* heh of Urdu, with two eyes */
	case 0x6C1: /* heh goal */
	case 0x6D5: /* ae, which with a hamza is the ending of Persian */
		return 0x647;
	default:
		return c;
	}
}

/* Accents, points and vowel signs that a reader may leave out. Those of Indic scripts are vowels and stay; so does the
 * breve of Cyrillic, without which й is another letter. */
static bool is_accent(UChar32 c, UChar32 base)
{
	if (c == 0x306 && base >= 0x400 && base <= 0x52F)
		return false;
	return (c >= 0x300 && c <= 0x36F) || (c >= 0x591 && c <= 0x5C7) || (c >= 0x64B && c <= 0x65F) || c == 0x670 ||
	       c == 0x5F3 || c == 0x5F4;
}

/* The code point at *at, as U16_NEXT, which -Wconversion does not like. */
static UChar32 next_point(const UChar *units, int32_t count, int32_t *at)
{
	uint32_t c = units[(*at)++];

	if (U16_IS_LEAD(c) && *at < count && U16_IS_TRAIL(units[*at]))
		return U16_GET_SUPPLEMENTARY(c, units[(*at)++]);
	return (UChar32)c;
}

static size_t put_unit(UChar *out, size_t len, UChar32 c)
{
	if (len + 2 <= MAX_UNITS)
		U16_APPEND_UNSAFE(out, len, c);
	return len;
}

/* Accents off, digits of any script to ASCII, joined letters spelt out; in UTF-16, recomposed. */
static int32_t plain_units(const UChar *in, int32_t in_len, UChar *out, UErrorCode *status)
{
	UChar apart[MAX_UNITS], plain[MAX_UNITS];
	int32_t count = unorm2_normalize(unorm2_getNFDInstance(status), in, in_len, apart, MAX_UNITS, status);
	UChar32 base = 0;
	size_t len = 0;

	for (int32_t i = 0; U_SUCCESS(*status) && i < count;) {
		UChar32 c = next_point(apart, count, &i);
		const char *letters;
		if (is_accent(c, base))
			continue;
		base = c;
		letters = plain_letter(c);
		if (letters != NULL) {
			while (*letters != '\0')
				len = put_unit(plain, len, *letters++);
		} else if (u_charType(c) == U_DECIMAL_DIGIT_NUMBER) {
			len = put_unit(plain, len, '0' + u_charDigitValue(c));
		} else {
			len = put_unit(plain, len, usual_letter(c));
		}
	}
	return unorm2_normalize(unorm2_getNFCInstance(status), plain, (int32_t)len, out, MAX_UNITS, status);
}

/* Turkic has two i; NFKC_Casefold knows one. */
static void fold_turkic(UChar *units, int32_t count)
{
	for (int32_t i = 0; i < count; i++) {
		if (units[i] == 'I')
			units[i] = 0x131;
		else if (units[i] == 0x130)
			units[i] = 'i';
	}
}

/* The dot below that makes another letter of one, in the scripts of India. Many type without it. */
static bool is_nukta(UChar c)
{
	return c == 0x93C || c == 0x9BC || c == 0xA3C || c == 0xABC || c == 0xB3C || c == 0xCBC;
}

/* What one hears through the nose is written in several ways: हिन्दी हिंदी, चाँद चांद. To the usual one, a dot, where `at` begins another; how
 * many units that has, else 0. */
static int32_t take_nasal(const UChar *units, int32_t count, int32_t at, UChar *dot)
{
	UChar c = units[at];

	if (c == 0x901 || c == 0xA81) { /* candrabindu */
		*dot = (UChar)(c + 1);
		return 1;
	}
	*dot = 0x902;
	return c == 0x928 && at + 2 < count && units[at + 1] == 0x94D && units[at + 2] >= 0x915 && units[at + 2] <= 0x939 ? 2 : 0;
}

static int32_t fold_indic(UChar *units, int32_t count)
{
	int32_t kept = 0;

	for (int32_t i = 0; i < count; i++) {
		UChar dot;
		int32_t taken = take_nasal(units, count, i, &dot);
		if (taken > 0) {
			units[kept++] = dot;
			i += taken - 1;
		} else if (!is_nukta(units[i])) {
			units[kept++] = units[i];
		}
	}
	return kept;
}

/* A word's last heh is mostly meant to be a teh marbuta, whose dots are left out; the stemmer takes it off only with them. */
static void fold_arabic(UChar *units, int32_t count)
{
	if (count > 0 && units[count - 1] == 0x647)
		units[count - 1] = 0x629;
}

/* The word in small letters and in one way of writing, in UTF-8; SIZE_MAX when it does not fit, which no word does. */
static size_t fold(const struct bs_lang *lang, struct bs_str word, char *out, size_t room)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar units[MAX_UNITS], folded[MAX_UNITS];
	int32_t count = 0, len = 0;

	u_strFromUTF8WithSub(units, MAX_UNITS, &count, word.ptr, (int32_t)word.len, 0xFFFD, NULL, &status);
	if (U_SUCCESS(status) && (lang->id == BS_LANG_tr || lang->id == BS_LANG_az))
		fold_turkic(units, count);
	count = unorm2_normalize(unorm2_getNFKCCasefoldInstance(&status), units, count, folded, MAX_UNITS, &status);
	for (int32_t i = 0; U_SUCCESS(status) && i < count; i++) {
		if (folded[i] == 0x2019 || folded[i] == 0x2018 || folded[i] == 0x2BC || folded[i] == 0x2BB)
			folded[i] = '\'';
		else if (folded[i] == 0x201D)
			folded[i] = '"';
	}
	count = U_SUCCESS(status) ? fold_indic(folded, count) : 0;
	if (lang->id == BS_LANG_ar)
		fold_arabic(folded, count);
	u_strToUTF8(out, (int32_t)room, &len, folded, count, &status);
	return U_SUCCESS(status) ? (size_t)len : SIZE_MAX;
}

static bool fold_ascii(struct bs_str word, char *out)
{
	for (size_t i = 0; i < word.len; i++) {
		char c = word.ptr[i];
		if ((uint8_t)c >= 0x80)
			return false;
		out[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	}
	return true;
}

/* Into `out`, without the ASCII that no term holds, cut between code points. */
static struct bs_str keep(const char *text, size_t len, char out[BS_MAX_TERM])
{
	char kept[3 * MAX_UNITS];
	size_t count = 0;
	struct bs_str term;

	for (size_t i = 0; i < len; i++) {
		char c = text[i];
		if ((uint8_t)c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			kept[count++] = c;
	}
	term = bs_str_utf8_prefix(bs_str_n(kept, count), BS_MAX_TERM);
	memcpy(out, term.ptr, term.len);
	return bs_str_n(out, term.len);
}

static struct bs_str finish(struct bs_str stem, char out[BS_MAX_TERM])
{
	UErrorCode status = U_ZERO_ERROR;
	UChar units[MAX_UNITS], plain[MAX_UNITS];
	char text[3 * MAX_UNITS];
	int32_t count = 0, len = 0;

	if (fold_ascii(stem, text))
		return keep(text, stem.len, out);
	u_strFromUTF8WithSub(units, MAX_UNITS, &count, stem.ptr, (int32_t)stem.len, 0xFFFD, NULL, &status);
	count = plain_units(units, count, plain, &status);
	u_strToUTF8(text, (int32_t)sizeof(text), &len, plain, count, &status);
	return U_SUCCESS(status) ? keep(text, (size_t)len, out) : bs_str_n(out, 0);
}

/* `stemmer` may be NULL. */
static struct bs_str make_term(struct sb_stemmer *stemmer, const struct bs_lang *lang, struct bs_str word, char out[BS_MAX_TERM])
{
	char folded[3 * MAX_UNITS];
	bool turkic = lang->id == BS_LANG_tr || lang->id == BS_LANG_az;
	const sb_symbol *stem = NULL;
	size_t len;

	word = bs_str_utf8_prefix(word, MAX_WORD);
	len = !turkic && fold_ascii(word, folded) ? word.len : fold(lang, word, folded, sizeof(folded));
	if (len == SIZE_MAX)
		return bs_str_n(out, 0);
	if (stemmer != NULL)
		stem = sb_stemmer_stem(stemmer, (const sb_symbol *)folded, (int)len);
	if (stem == NULL) /* no stemmer, or no memory in it */
		return finish(bs_str_n(folded, len), out);
	return finish(bs_str_n((const char *)stem, (size_t)sb_stemmer_length(stemmer)), out);
}

/* The first of the word's two places. */
static struct cached *place_of(struct tools *tools, const struct bs_lang *lang, struct bs_str word)
{
	uint64_t hash = (uint64_t)lang->id + word.len;

	for (size_t at = 0; at < word.len; at += sizeof(hash)) {
		uint64_t part = 0;
		memcpy(&part, word.ptr + at, word.len - at < sizeof(part) ? word.len - at : sizeof(part));
		hash = (hash ^ part) * UINT64_C(0x9E3779B97F4A7C15);
		hash ^= hash >> 32;
	}
	return &tools->cache[hash & (CACHED_WORDS - 2)];
}

static bool is_cached(const struct cached *cached, const struct bs_lang *lang, struct bs_str word)
{
	return cached->lang == lang->id && bs_str_eq(bs_str_n(cached->word, cached->word_len), word);
}

static void remember(struct cached *place, const struct bs_lang *lang, struct bs_str word, struct bs_str term)
{
	place[1] = place[0];
	place[0].lang = (uint16_t)lang->id;
	place[0].word_len = (uint8_t)word.len;
	place[0].term_len = (uint8_t)term.len;
	memcpy(place[0].word, word.ptr, word.len);
	memcpy(place[0].term, term.ptr, term.len);
}

struct bs_str term_of_word(const struct bs_lang *lang, struct bs_str word, char out[BS_MAX_TERM])
{
	struct tools *tools = tools_of_thread();
	struct cached *place, moved;
	struct bs_str term;

	if (word.len > CACHED_WORD)
		return make_term(stemmer_of(tools, lang), lang, word, out);
	place = place_of(tools, lang, word);
	if (!is_cached(&place[0], lang, word) && is_cached(&place[1], lang, word)) {
		moved = place[0];
		place[0] = place[1];
		place[1] = moved;
	}
	if (is_cached(&place[0], lang, word)) {
		memcpy(out, place[0].term, place[0].term_len);
		return bs_str_n(out, place[0].term_len);
	}
	term = make_term(stemmer_of(tools, lang), lang, word, out);
	if (term.len <= CACHED_TERM)
		remember(place, lang, word, term);
	return term;
}

struct bs_str term_of_whole(const struct bs_lang *lang, struct bs_str word, char out[BS_MAX_TERM])
{
	return make_term(NULL, lang, word, out);
}

struct bs_str term_of_pair(struct bs_str pair, char out[BS_MAX_TERM])
{
	char folded[3 * MAX_UNITS];
	size_t len = fold(&bs_langs[BS_LANG_ja], pair, folded, sizeof(folded));

	return len != SIZE_MAX ? keep(folded, len, out) : bs_str_n(out, 0);
}
