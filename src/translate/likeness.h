/* likeness.h - how much of one passage another one says.
 *
 * A passage is its search terms (lang/tokens.h) as hashes, in order. Two are as alike as the share of the longer one's terms that
 * need not be put in, left out or changed (Levenshtein over terms). A passage is found by a few hashes of its groups of terms
 * (docs/decisions/012-fuzzy-memory.md). Pure: no database, no state; safe from any thread. */
#ifndef BS_TRANSLATE_LIKENESS_H
#define BS_TRANSLATE_LIKENESS_H

#include "lang/lang.h"

enum {
	BS_TERMS_MAX = 256, /* of a passage that are looked at */
	BS_GRAMS_MAX = 48,
};

struct bs_terms {
	uint64_t list[BS_TERMS_MAX]; /* never 0; the lowest seven bits are the term's length in bytes */
	size_t count;
};

struct bs_grams {
	int64_t list[BS_GRAMS_MAX]; /* 0 and more; stored, so the same in every process and on every machine */
	size_t count;
};

void bs_terms_of(const struct bs_lang *lang, struct bs_str markup, struct bs_terms *out);

/* What a passage is stored under, and what those are stored under that are like it. */
void bs_grams_of(const struct bs_terms *terms, struct bs_grams *out);
void bs_grams_like(const struct bs_terms *terms, struct bs_grams *out);

/* Where each term of a passage stands, to hold many others against it. */
struct bs_likeness;
struct bs_likeness *bs_likeness_new(struct bs_arena *arena, const struct bs_terms *terms);

/* 0 to 99 percent, 99 being the same terms; `terms` are at most BS_TERMS_MAX. */
int bs_likeness_of(const struct bs_likeness *likeness, const uint64_t *terms, size_t count);

#endif
