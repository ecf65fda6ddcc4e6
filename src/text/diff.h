/* diff.h - what differs between two texts: between lists of passages, and between the words of one passage.
 *
 * The shortest edit script (E. Myers, An O(ND) Difference Algorithm, 1986). Time and memory grow with the differences; beyond BS_DIFF_MOST of
 * them the middle counts as replaced whole. Pure; safe from any thread. */
#ifndef BS_TEXT_DIFF_H
#define BS_TEXT_DIFF_H

#include "base/mem.h"

enum { BS_DIFF_MOST = 1000 };

enum bs_diff_kind { BS_DIFF_SAME, BS_DIFF_GONE, BS_DIFF_NEW };

struct bs_diff_step {
	enum bs_diff_kind kind;
	size_t old_at, new_at; /* index in the one, in the other; of BS_DIFF_SAME both, else the place where it would stand */
};

/* From one list to the other, item by item; items are equal when their bytes are. Where something is replaced, what is gone comes before what
 * is new. In the arena. */
void bs_diff(struct bs_arena *arena, const struct bs_str *old_items, size_t old_count, const struct bs_str *new_items, size_t new_count,
             struct bs_diff_step **out, size_t *count);

/* Two plain texts as HTML, word by word: in *old_html what is gone stands in <del>, in *new_html what is new in <ins>; all else escaped. */
void bs_diff_words(struct bs_arena *arena, struct bs_str old_text, struct bs_str new_text, struct bs_str *old_html, struct bs_str *new_html);

#endif
