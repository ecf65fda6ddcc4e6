/* map.h - a hash map from byte strings to pointers, and the hash it uses.
 *
 * Open addressing. The hash is seeded once per process from the system's random source, so that nobody outside can aim
 * at one bucket. Keys are borrowed views and must live as long as the map does (put them into the same arena).
 * Not safe from two threads while one of them writes. */
#ifndef BS_BASE_MAP_H
#define BS_BASE_MAP_H

#include "base/mem.h"

/* A 64-bit hash of the bytes; differs from process to process. */
uint64_t bs_hash(struct bs_str s);

struct bs_map_slot {
	struct bs_str key; /* key.ptr NULL: free */
	uint64_t hash;
	void *value;
};

struct bs_map {
	struct bs_arena *arena; /* where the table lives; NULL: malloc, freed by bs_map_free */
	struct bs_map_slot *slots;
	size_t room;  /* a power of two, or 0 */
	size_t count;
};

#define BS_MAP(in_arena) ((struct bs_map){ .arena = (in_arena) })

/* The value of the key, or NULL. */
void *bs_map_get(const struct bs_map *map, struct bs_str key);
/* The place of the key's value, made (NULL) when it was not there; good until the next put. */
void **bs_map_put(struct bs_map *map, struct bs_str key);
/* Forget the key; returns what it held, or NULL. */
void *bs_map_take(struct bs_map *map, struct bs_str key);
/* Walk in no order: start with *at = 0; false at the end. Do not put while walking. */
bool bs_map_next(const struct bs_map *map, size_t *at, struct bs_str *key, void **value);
void bs_map_free(struct bs_map *map);

#endif
