/* tokens.h - what search compares: a text becomes terms, and so does what a reader types.
 *
 * A term is a word after NFKC case folding, stemming (Snowball, where the language has a stemmer) and loss of accents, so
 * that "malmo" finds "Malmö" and "ships" finds "shipping". Chinese, Japanese and Korean writing becomes overlapping pairs
 * of characters, Thai, Lao, Khmer and Burmese the words of ICU's dictionaries. Nothing is a stop-word. docs/rooms/lang.md
 * says why.
 *
 * Terms hold no ASCII but a-z and 0-9 and stand between single spaces: index them with FTS5's tokenize='ascii', or split
 * at spaces. Text is UTF-8, plain (no markup). Stemmers and dictionaries are kept per thread; safe from any. */
#ifndef BS_LANG_TOKENS_H
#define BS_LANG_TOKENS_H

#include "lang/lang.h"

enum {
	BS_MAX_TERM = 64,       /* bytes of a term; longer words are cut */
	BS_MAX_SEARCH_TERMS = 32 /* terms of a search; the rest is left out */
};

/* Append the terms of the text to out, behind a space when out already ends in a term. */
void bs_tokens_of(const struct bs_lang *lang, struct bs_str text, struct bs_buf *out);

/* Call `word` for every word of the text in order: as it is written, a view of `text`, and as a term, which is good until it
 * returns. Chinese, Japanese and Korean writing, which has no words here but pairs of characters, is passed over. */
void bs_words_of(const struct bs_lang *lang, struct bs_str text,
                 void (*word)(void *ctx, struct bs_str written, struct bs_str term), void *ctx);

/* One condition of a search: the terms stand one behind the other. */
struct bs_search_part {
	const struct bs_str *terms;
	size_t count;  /* at least 1 */
	bool excluded; /* the text must not have them: -word, -"two words" */
	bool prefix;   /* the last term is the beginning of one: the word still being typed, or a lone CJK character */
};

struct bs_search { /* every part must hold */
	const struct bs_search_part *parts;
	size_t count; /* 0: nothing to search for */
};

/* Understand what a reader typed, of which the first BS_MAX_QUERY bytes count, up to the first that is no UTF-8: words,
 * "phrases", -excluded. Nothing is an error. With `typing` the last word may be unfinished. A search of exclusions alone has count 0. */
void bs_search_parse(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str typed, bool typing,
                     struct bs_search *out);
/* What was typed, to be compared with names: as terms, as words with their endings, and as a name itself. */
struct bs_names_search {
	struct bs_search stems, whole;
	struct bs_str words;
};
enum bs_named {
	BS_NAMED_NOT,
	BS_NAMED_BEGINS,  /* each word begins one of the name's: "cal" of "Ines Calloway" */
	BS_NAMED_IN_PART, /* each word is one of the name's, whatever their endings and order */
	BS_NAMED_SO,
};

/* Append the words of a name (plain text), folded as terms are but with their endings, between single spaces. */
void bs_name_words(const struct bs_lang *lang, struct bs_str name, struct bs_buf *out);
void bs_names_parse(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str typed, struct bs_names_search *out);
/* How a name with these words (bs_name_words) and terms (bs_tokens_of) fits; NOT with a word that was excluded. */
enum bs_named bs_names_fit(const struct bs_names_search *search, struct bs_str words, struct bs_str terms);

/* The search in FTS5's own language; empty when there is nothing to search for. Holds terms, quotes, * and AND NOT alone,
 * whatever was typed. */
struct bs_str bs_search_fts5(struct bs_arena *arena, const struct bs_search *search);

/* A stretch of text in pieces, to be written one behind the other, each escaped by whoever writes it. */
struct bs_snippet_part {
	struct bs_str text;
	bool marked; /* what the search found */
};
struct bs_snippet {
	const struct bs_snippet_part *parts;
	size_t count;
	size_t found; /* terms of the search, each counted once, that the stretch has; 0: it is the beginning of the text */
};

/* The stretch of the text, at most `max` bytes of it, that shows the search best: most of its terms, then most often, then
 * earliest. Cut between words, with a part "…" where it was. Lives in the arena and in `text`. */
void bs_search_snippet(struct bs_arena *arena, const struct bs_lang *lang, const struct bs_search *search, struct bs_str text,
                       size_t max, struct bs_snippet *out);

#endif
