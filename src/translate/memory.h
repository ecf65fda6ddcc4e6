/* memory.h - the translation memory: what was ever translated, found by what a passage says or nearly says.
 *
 * What a passage says exactly needs nothing of this: a translation is keyed by it. For what it nearly says, each translated passage is
 * indexed by some of its pairs of words (docs/decisions/012-fuzzy-memory.md); what shares some of them is compared word by word, and the
 * score is how much of the longer one is the same (likeness.h).
 *
 * Results live in the arena. */
#ifndef BS_TRANSLATE_MEMORY_H
#define BS_TRANSLATE_MEMORY_H

#include "lang/lang.h"
#include "store/db.h"

struct bs_memory_hit {
	int64_t passage_id;
	struct bs_str source, target; /* canonical markup */
	struct bs_str maker;          /* as readers see it */
	bool by_person;
	int score;                    /* percent; 100 is the passage itself, 99 the same words in other markup or punctuation */
};

enum { BS_MEMORY_HITS = 8, BS_MEMORY_LEAST = 50 };

/* Translations into `to` of passages like this one, best first, at most BS_MEMORY_HITS, none below BS_MEMORY_LEAST percent.
 * Inside a transaction: what was compared must still be there when it is read. */
enum bs_rc bs_memory_find(struct bs_arena *arena, struct bs_db *db, const struct bs_lang *lang, struct bs_str markup, const struct bs_lang *to,
                          struct bs_memory_hit *out, size_t *count, struct bs_err *err) BS_CHECK;

/* Index the next thousand translations that are not found yet; *more: there are others. Inside a write transaction. */
enum bs_rc bs_memory_index(struct bs_arena *arena, struct bs_db *db, bool *more, struct bs_err *err) BS_CHECK;

/* Whether there are any. */
enum bs_rc bs_memory_is_behind(struct bs_db *db, bool *out, struct bs_err *err) BS_CHECK;

#endif
