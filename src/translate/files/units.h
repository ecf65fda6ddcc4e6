/* units.h - what a file of translations holds, in whatever format: passages with what they say in another language, as inline
 * markup. Plain data in an arena. */
#ifndef BS_TRANSLATE_FILES_UNITS_H
#define BS_TRANSLATE_FILES_UNITS_H

#include "base/mem.h"

struct bs_unit {
	int line;              /* where it stands in the file, from 1 */
	struct bs_str context; /* which passage it is, for the translator; or empty */
	struct bs_str id, str; /* what it says and the translation, markup; str empty: not translated */
	bool fuzzy;            /* to be looked at: not a translation yet */
	struct bs_str engine;  /* that made it, where the file says so; else empty */
};

struct bs_units {
	struct bs_str lang, source_lang; /* or empty */
	struct bs_str translator;        /* a name; or empty */
	struct bs_unit *entries;
	size_t count;
};

/* Append a unit. */
void bs_units_add(struct bs_arena *arena, struct bs_units *units, size_t *room, struct bs_unit unit);

#endif
