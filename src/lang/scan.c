/* scan.c - a text becomes terms; see tokens.h for what a term is.
 *
 * Words are found by the class of each character rather than by ICU's break iterator, which costs several times as much
 * and, for the scripts that put spaces between words, finds the same. It serves where there are no spaces and a
 * dictionary is needed. Han, Kana and Hangul go in overlapping pairs: a dictionary cuts the same characters differently
 * in different surroundings, so that a search for them would miss; pairs, taken as a phrase, find every place. The last
 * character of a run stands alone as well, so that one character, searched as the beginning of a pair, is found there too. */
#include "lang/scan.h"

#include <unicode/uchar.h>

#include "lang/stem.h"

enum { LOOK_AHEAD = 4 };

enum class { OTHER, WORD, APOSTROPHE, INNER, PAIR, DICTIONARY };

static bool between(uint32_t c, uint32_t low, uint32_t high)
{
	return c >= low && c <= high;
}

static bool is_ascii_word(char c)
{
	return between((unsigned char)c | 0x20, 'a', 'z') || between((unsigned char)c, '0', '9');
}

static bool is_pair(uint32_t c)
{
	return between(c, 0x3041, 0x3096) || between(c, 0x30A1, 0x30FA) || between(c, 0x30FC, 0x30FE) || /* Kana */
	       between(c, 0x3005, 0x3007) || between(c, 0x3105, 0x318E) ||                                  /* 々, Jamo */
	       between(c, 0x31F0, 0x31FF) || between(c, 0x3400, 0x4DBF) || between(c, 0x4E00, 0x9FFF) ||    /* Han */
	       between(c, 0xAC00, 0xD7A3) || between(c, 0x1100, 0x11FF) || between(c, 0xF900, 0xFAFF) ||    /* Hangul */
	       between(c, 0xFF66, 0xFF9D) || between(c, 0x20000, 0x3FFFD);
}

static bool is_dictionary(uint32_t c)
{
	return between(c, 0x0E01, 0x0E3A) || between(c, 0x0E40, 0x0E4E) || /* Thai */
	       between(c, 0x0E81, 0x0ECF) || between(c, 0x0EDC, 0x0EDF) || /* Lao */
	       between(c, 0x1000, 0x103F) || between(c, 0x1050, 0x108F) || /* Burmese */
	       between(c, 0x1780, 0x17D3) || c == 0x17DC || c == 0x17DD;   /* Khmer */
}

static enum class class_of(uint32_t c)
{
	if (c < 0x80)
		return is_ascii_word((char)c) ? WORD : c == '\'' ? APOSTROPHE : OTHER;
	if (c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x02BB)
		return APOSTROPHE;
	/* Soft hyphen, joiners, tatweel, Hebrew's own marks of abbreviation: within a word, not of it. */
	if (c == 0xAD || c == 0x200C || c == 0x200D || c == 0x0640 || c == 0x05F3 || c == 0x05F4)
		return INNER;
	if (is_pair(c))
		return PAIR;
	if (is_dictionary(c))
		return DICTIONARY;
	if (U_GET_GC_MASK((UChar32)c) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK))
		return WORD;
	return OTHER;
}

static enum class class_at(const struct scanner *scanner, size_t at, size_t *next)
{
	*next = at;
	if (at >= scanner->text.len)
		return OTHER;
	if ((unsigned char)scanner->text.ptr[at] < 0x80) {
		*next = at + 1;
		return class_of((unsigned char)scanner->text.ptr[at]);
	}
	return class_of(bs_str_utf8_next(scanner->text, next));
}

/* Where an apostrophe belongs to the word. Elsewhere it parts words ("l’auteur") or a name from its ending ("Ankara’nın"). */
static bool joins_by_apostrophe(const struct bs_lang *lang)
{
	switch (lang->id) {
	case BS_LANG_en:
	case BS_LANG_uk:
	case BS_LANG_be:
	case BS_LANG_sw:
	case BS_LANG_uz:
	case BS_LANG_ha:
	case BS_LANG_so:
	case BS_LANG_cy:
	case BS_LANG_he: /* the mark of a foreign sound, typed as one */
	case BS_LANG_yi:
		return true;
	default:
		return false;
	}
}

/* The mark of an abbreviation, typed as a quotation mark before the last letter of the word: צה"ל. */
bool is_gershayim(const struct bs_lang *lang, struct bs_str text, size_t at)
{
	size_t next = at, before = at;
	uint32_t c = at < text.len ? bs_str_utf8_next(text, &next) : 0;

	if ((lang->id != BS_LANG_he && lang->id != BS_LANG_yi) || (c != '"' && c != 0x201D) || at < 2 || next >= text.len)
		return false;
	before -= 2; /* of two bytes each, as all letters of Hebrew */
	if (!between(bs_str_utf8_next(text, &before), 0x5D0, 0x5EA) || before != at || !between(bs_str_utf8_next(text, &next), 0x5D0, 0x5EA))
		return false;
	return next >= text.len || !between(bs_str_utf8_next(text, &next), 0x5D0, 0x5EA);
}

static struct bs_str term_between(struct scanner *scanner, const struct token *token)
{
	struct bs_str word = bs_str_sub(scanner->text, token->start, token->end - token->start);

	return scanner->whole ? term_of_whole(scanner->lang, word, scanner->term) : term_of_word(scanner->lang, word, scanner->term);
}

static bool take_word(struct scanner *scanner, struct token *out)
{
	size_t end = scanner->at, next = 0, after;

	for (;;) {
		enum class class;
		while (end < scanner->text.len && is_ascii_word(scanner->text.ptr[end]))
			end++;
		class = class_at(scanner, end, &next);
		if (class == APOSTROPHE && joins_by_apostrophe(scanner->lang) && class_at(scanner, next, &after) == WORD)
			class = WORD;
		if (class == OTHER && is_gershayim(scanner->lang, scanner->text, end))
			class = INNER;
		if (class != WORD && class != INNER)
			break;
		end = next;
	}
	out->start = scanner->at;
	out->end = end;
	scanner->at = end;
	out->term = term_between(scanner, out);
	return out->term.len > 0;
}

static bool take_pair(struct scanner *scanner, struct token *out)
{
	size_t second = scanner->at, end = 0;
	bool has_second;

	class_at(scanner, scanner->at, &second);
	has_second = class_at(scanner, second, &end) == PAIR;
	out->pair = true;
	out->last_of_run = !has_second;
	out->start = scanner->at;
	out->end = has_second ? end : second;
	scanner->at = second;
	out->term = term_of_pair(bs_str_sub(scanner->text, out->start, out->end - out->start), scanner->term);
	return out->term.len > 0;
}

/* The next word of the run that begin_run took apart. */
static bool take_from_run(struct scanner *scanner, struct token *out)
{
	out->dictionary = true;
	out->start = scanner->at;
	out->end = scanner->run_start + scanner->breaks[scanner->break_at++];
	scanner->at = out->end;
	out->term = term_between(scanner, out);
	return out->term.len > 0;
}

/* Find the words of the run at `at`. Of a run that is too long for one time the last words found are left for the next: one
 * may be cut, and the dictionary looks three words ahead before it decides. */
static void begin_run(struct scanner *scanner)
{
	size_t start = scanner->at, end = start, next = 0;
	bool whole = false;

	while (!whole) {
		enum class class = class_at(scanner, end, &next);
		whole = class != DICTIONARY && class != INNER;
		if (whole || next - start > MAX_RUN)
			break;
		end = next;
	}
	scanner->run_start = start;
	scanner->break_at = 0;
	scanner->break_count = dictionary_breaks(bs_str_sub(scanner->text, start, end - start), scanner->breaks, MAX_RUN);
	if (!whole && scanner->break_count > LOOK_AHEAD)
		scanner->break_count -= LOOK_AHEAD;
}

bool scan_next(struct scanner *scanner, struct token *out)
{
	while (scanner->at < scanner->text.len) {
		size_t next;
		bool found = false;
		*out = (struct token){ 0 };
		if (scanner->break_at < scanner->break_count) {
			if (take_from_run(scanner, out))
				return true;
			continue;
		}
		switch (class_at(scanner, scanner->at, &next)) {
		case WORD:
			found = take_word(scanner, out);
			break;
		case PAIR:
			found = take_pair(scanner, out);
			break;
		case DICTIONARY:
			begin_run(scanner);
			break;
		default:
			scanner->at = next;
		}
		if (found)
			return true;
	}
	return false;
}
