/* reckon.h - what follows from a story's text alone, and costs half of saving it: hashes, words, search terms.
 *
 * Pure, so whoever has many stories to save (an import) reckons in threads of its own and leaves the one writer the rest;
 * bs_story_save does it itself for a draft that brings nothing, or something that its body has moved away from. */
#ifndef BS_NEWSROOM_RECKON_H
#define BS_NEWSROOM_RECKON_H

#include "newsroom/ledger.h"
#include "newsroom/search.h"

enum { BS_RECKONED_FIELDS = 3 };

struct bs_reckoned_passage {
	struct bs_str markup; /* the draft's own, not a copy: how one tells that the text is still the same */
	uint8_t hash[BS_HASH_SIZE], text_hash[BS_HASH_SIZE]; /* text/passage.h */
};

struct bs_reckoned {
	struct bs_str lang;
	struct bs_reckoned_passage *passages; /* one for each block */
	size_t count;
	size_t words;
	struct bs_str terms; /* as newsroom/search.h stores them */
	struct bs_reckoned_passage fields[BS_RECKONED_FIELDS]; /* title, subtitle, summary; markup empty: there is none */
	struct bs_search_head head;
};

/* Made in the arena. `lang` must be one of the table of languages for there to be terms. Safe from any thread. */
const struct bs_reckoned *bs_reckon(struct bs_arena *arena, struct bs_str lang, const struct bs_draft *draft);
/* Whether it is of this body in this language: the same blocks with the same text, whatever their attributes. */
bool bs_reckoned_fits(const struct bs_reckoned *reckoned, struct bs_str lang, const struct bs_body *body);
/* Of what fits: the field that this is the text of, or NULL; and the terms of title, subtitle and summary, or NULL when they are not
 * those of the draft. */
const struct bs_reckoned_passage *bs_reckoned_field(const struct bs_reckoned *reckoned, struct bs_str markup);
const struct bs_search_head *bs_reckoned_head(const struct bs_reckoned *reckoned, const struct bs_draft *draft);

#endif
