/* capitals.h - mends a fault of Apertium's: behind a name that it does not know at the beginning of a sentence it writes the next
 * word as if the sentence began there ("Havsund Era fría"). Where the original goes on with a small letter behind the same
 * words, so does the translation.
 *
 * Scripts of one case have nothing to mend; of the others Latin is looked at. Pure; safe from any thread. */
#ifndef BS_TRANSLATE_ENGINE_CAPITALS_H
#define BS_TRANSLATE_ENGINE_CAPITALS_H

#include "translate/engine/inlines.h"

/* Changes texts of `back`, which are then in the arena. */
void bs_capitals_mend(struct bs_arena *arena, const struct bs_inlines *source, struct bs_inlines *back);

#endif
