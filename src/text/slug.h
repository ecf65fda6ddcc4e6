/* slug.h - the readable part of an address, made from a title. Safe from any thread. */
#ifndef BS_TEXT_SLUG_H
#define BS_TEXT_SLUG_H

#include "base/mem.h"

enum { BS_SLUG_MADE_MAX = 80 }; /* bytes of a slug that is made here; one that a person gave may have BS_MAX_SLUG */

/* Lower-case ASCII letters and digits of `text`, every run of anything else one hyphen, none at the ends; cut behind a
 * word at BS_SLUG_MADE_MAX bytes. Apostrophes join ("don't" is "dont"). `text` should be transliterated to Latin
 * already (room lang does that); Latin letters with marks lose them ("é" is "e", "ß" is "ss"), other scripts' letters
 * count as anything else. When nothing is left the result is `fallback`, which must be a slug. In the arena. */
struct bs_str bs_slug_make(struct bs_arena *arena, struct bs_str text, struct bs_str fallback);

/* Whether it could be a slug: 1 … BS_MAX_SLUG bytes of a-z 0-9 and single hyphens within. */
bool bs_slug_valid(struct bs_str slug);

#endif
