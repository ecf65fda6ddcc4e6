/* scan.h - walking through the terms of a text, one by one and with their places; for the files of this room only. */
#ifndef BS_LANG_SCAN_H
#define BS_LANG_SCAN_H

#include "lang/tokens.h"

enum { MAX_RUN = 1024 }; /* bytes of a run of a dictionary script taken at a time */

struct scanner {
	const struct bs_lang *lang;
	struct bs_str text;
	bool whole;                    /* words keep their endings: no stemmer */
	size_t at;
	size_t run_start;              /* of the run of a dictionary script that is being taken apart */
	uint16_t breaks[MAX_RUN];      /* where its words end, from run_start */
	size_t break_count, break_at;
	char term[BS_MAX_TERM];
};

struct token {
	size_t start, end;  /* bytes of the text */
	struct bs_str term; /* good until the next one is taken */
	bool pair;          /* two characters, or the last one of a run of Han, Kana or Hangul */
	bool last_of_run;   /* that last one */
	bool dictionary;    /* a word of Thai, Lao, Khmer, Burmese */
};

static inline struct scanner scanner_of(const struct bs_lang *lang, struct bs_str text)
{
	return (struct scanner){ .lang = lang, .text = text };
}

/* Whether what looks like a quotation mark there belongs to the word. */
bool is_gershayim(const struct bs_lang *lang, struct bs_str text, size_t at);
/* False at the end of the text. */
bool scan_next(struct scanner *scanner, struct token *out);

#endif
