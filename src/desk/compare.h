/* compare.h - two versions of a story side by side, passage by passage. */
#ifndef BS_DESK_COMPARE_H
#define BS_DESK_COMPARE_H

#include "desk/frame.h"

/* Put the rows of the partial "compare" into the view: what is the same is counted, what differs stands beside each other, with the words that
 * are gone and new marked. `left` and `right` say what the two are. */
void bs_compare_put(struct bs_visit *visit, struct bs_dict *view, const struct bs_draft *old_draft, struct bs_str left,
                    const struct bs_draft *new_draft, struct bs_str right);
/* What a passage is, by its path: a field by name, a heading, a quotation …; empty for a plain paragraph. */
struct bs_str bs_passage_label(const struct bs_visit *visit, struct bs_str path);

#endif
