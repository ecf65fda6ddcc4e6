/* tagged.h - pieces with their numbers as tags, <g1>…</g1> for elements, <x2/> for what stays whole and for terms, and back: for
 * engines that are told to leave tags alone. Text is escaped as XML.
 *
 * Pure; safe from any thread. */
#ifndef BS_TRANSLATE_ENGINE_TAGGED_H
#define BS_TRANSLATE_ENGINE_TAGGED_H

#include "translate/engine/inlines.h"

void bs_tagged_write(struct bs_buf *out, const struct bs_inlines *pieces);
/* Tags that are none of ours become text; what is missing or twice is for bs_inlines_join to refuse. */
void bs_tagged_read(struct bs_arena *arena, const struct bs_inlines *source, struct bs_str text, struct bs_inlines *out);

#endif
