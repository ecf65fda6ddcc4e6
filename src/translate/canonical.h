/* canonical.h - text from outside, a file or an engine, as the canonical markup of a passage that stands alone.
 *
 * A link within its story ("#fn-1") leads nowhere from there, and is kept all the same: the passage goes back into the story.
 * Results live in the arena. Safe from any thread. */
#ifndef BS_TRANSLATE_CANONICAL_H
#define BS_TRANSLATE_CANONICAL_H

#include "lang/lang.h"

/* BS_LIMIT: longer or more tangled than a passage may be. */
enum bs_rc bs_translate_canonical(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str text, struct bs_str *out,
                                  struct bs_err *err) BS_CHECK;

#endif
