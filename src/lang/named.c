/* named.c - whether what a reader typed is a name, or the beginning of one; see tokens.h. */
#include "lang/tokens.h"

#include "lang/scan.h"

_Static_assert(BS_MAX_SEARCH_TERMS <= 32, "a set of terms is a word of 32 bits");

void bs_name_words(const struct bs_lang *lang, struct bs_str name, struct bs_buf *out)
{
	struct scanner scanner = { .lang = lang, .text = name, .whole = true };
	struct token token;
	bool first = true;

	while (scan_next(&scanner, &token)) {
		if (!first)
			bs_buf_putc(out, ' ');
		bs_buf_put(out, token.term);
		first = false;
	}
}

/* Of the search's terms, each a bit, those that the word is, and those that it begins with. */
static void compare(const struct bs_search *search, struct bs_str word, uint32_t *is, uint32_t *begins)
{
	size_t at = 0;

	for (size_t i = 0; i < search->count; i++) {
		for (size_t k = 0; k < search->parts[i].count; k++, at++) {
			struct bs_str term = search->parts[i].terms[k];
			if (!bs_str_starts(word, term))
				continue;
			*begins |= UINT32_C(1) << at;
			*is |= word.len == term.len ? UINT32_C(1) << at : 0;
		}
	}
}

/* The set of all terms that are wanted, and of those that must not be there. */
static void sets_of(const struct bs_search *search, uint32_t *wanted, uint32_t *unwanted)
{
	size_t at = 0;

	*wanted = *unwanted = 0;
	for (size_t i = 0; i < search->count; i++) {
		for (size_t k = 0; k < search->parts[i].count; k++, at++)
			*(search->parts[i].excluded ? unwanted : wanted) |= UINT32_C(1) << at;
	}
}

/* One letter alone is no beginning of a name: too many have it. */
static bool is_one_letter(const struct bs_search *search)
{
	return search->count == 1 && search->parts[0].count == 1 && search->parts[0].terms[0].len == 1;
}

static enum bs_named fits(const struct bs_search *search, struct bs_str words)
{
	uint32_t wanted, unwanted, is = 0, begins = 0;
	struct bs_str word;

	sets_of(search, &wanted, &unwanted);
	while (bs_str_split(&words, ' ', &word))
		compare(search, word, &is, &begins);
	if (wanted == 0 || (is & unwanted) != 0)
		return BS_NAMED_NOT;
	if ((is & wanted) == wanted)
		return BS_NAMED_IN_PART;
	return (begins & wanted) == wanted && !is_one_letter(search) ? BS_NAMED_BEGINS : BS_NAMED_NOT;
}

enum bs_named bs_names_fit(const struct bs_names_search *search, struct bs_str words, struct bs_str terms)
{
	enum bs_named found = fits(&search->whole, words);

	if (found == BS_NAMED_IN_PART && bs_str_eq(search->words, words))
		return BS_NAMED_SO;
	/* Words alone have beginnings; that of a stem would be that of anything. */
	return found < BS_NAMED_IN_PART && fits(&search->stems, terms) == BS_NAMED_IN_PART ? BS_NAMED_IN_PART : found;
}
