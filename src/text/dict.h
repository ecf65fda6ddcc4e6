/* dict.h - how a dictionary lies; for value.c, and for rendering, which looks up a thousand names a page and wants that in line.
 *
 * The names stand apart from the values, so that a search touches one line of memory. Up to 64 names, as in all shapes of a page,
 * stand in the order of setting and are compared eight at a time: less work than a hash, to set as to find. A catalogue of
 * 300 is an open-addressed table at most 3/4 full. Symbols are small consecutive numbers: multiplied by the golden ratio they spread
 * evenly in it. */
#ifndef BS_TEXT_DICT_H
#define BS_TEXT_DICT_H

#include "text/value.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

struct bs_dict {
	struct bs_arena *arena;
	uint16_t *names; /* 0: free */
	struct bs_value *values;
	unsigned room; /* of both */
	unsigned count;
	unsigned bits; /* hashed: room is 2^bits; 0: in the order of setting */
};

enum { BS_DICT_STEP = 8, BS_DICT_ORDERED = 64 };

/* Where a name is looked for first in a table: the top bits of its product with 2^32 / phi. */
static inline unsigned bs_dict_slot(uint16_t name, unsigned bits)
{
	return (uint32_t)(name * UINT32_C(2654435769)) >> (32 - bits);
}

static inline unsigned bs_dict_place_hashed(const struct bs_dict *dict, uint16_t name)
{
	unsigned mask = dict->room - 1;
	unsigned at = bs_dict_slot(name, dict->bits);

	while (dict->names[at] != name && dict->names[at] != 0)
		at = (at + 1) & mask;
	return at;
}

static inline unsigned bs_dict_place_ordered(const struct bs_dict *dict, uint16_t name)
{
	unsigned at = 0;

#ifdef __SSE2__
	for (__m128i wanted = _mm_set1_epi16((short)name), names; at < dict->count; at += BS_DICT_STEP) {
		memcpy(&names, dict->names + at, sizeof(names)); /* room is a multiple of BS_DICT_STEP */
		unsigned equal = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi16(names, wanted));
		if (equal != 0)
			return at + (unsigned)__builtin_ctz(equal) / sizeof(name);
	}
	return dict->count;
#else
	while (at < dict->count && dict->names[at] != name)
		at++;
	return at;
#endif
}

/* The name's place, or the free one where it would go, which is `room` when there is none. */
static inline unsigned bs_dict_place(const struct bs_dict *dict, uint16_t name)
{
	return dict->bits == 0 ? bs_dict_place_ordered(dict, name) : bs_dict_place_hashed(dict, name);
}

static inline const struct bs_value *bs_dict_look(const struct bs_dict *dict, uint16_t name)
{
	unsigned at = bs_dict_place(dict, name);

	return at < dict->room && dict->names[at] != 0 ? &dict->values[at] : NULL;
}

#endif
