/* map.c - the hash map; see map.h. Linear probing, deletion by moving followers back, at most 3/4 full. */
#include "base/map.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/sys.h"

static uint64_t hash_seed;

static void seed_once(void)
{
	bs_random_bytes(&hash_seed, sizeof(hash_seed));
}

static uint64_t mix(uint64_t a, uint64_t b)
{
	__uint128_t product = (__uint128_t)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t bs_hash(struct bs_str s)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	uint64_t hash, word;

	pthread_once(&once, seed_once);
	hash = hash_seed ^ mix(s.len + 1, UINT64_C(0x9E3779B97F4A7C15));
	for (; s.len >= 8; s.ptr += 8, s.len -= 8) {
		memcpy(&word, s.ptr, 8);
		hash = mix(hash ^ word, UINT64_C(0xD6E8FEB86659FD93));
	}
	word = 0;
	if (s.len > 0)
		memcpy(&word, s.ptr, s.len);
	return mix(hash ^ word, UINT64_C(0xA0761D6478BD642F));
}

/* The slot that holds the key, or the free one where it would go. */
static struct bs_map_slot *slot_of(const struct bs_map *map, struct bs_str key, uint64_t hash)
{
	size_t at = hash & (map->room - 1);

	while (map->slots[at].key.ptr != NULL &&
	       !(map->slots[at].hash == hash && bs_str_eq(map->slots[at].key, key)))
		at = (at + 1) & (map->room - 1);
	return &map->slots[at];
}

void *bs_map_get(const struct bs_map *map, struct bs_str key)
{
	return map->count > 0 ? slot_of(map, key, bs_hash(key))->value : NULL;
}

static void map_grow(struct bs_map *map)
{
	struct bs_map old = *map;

	map->room = old.room > 0 ? old.room * 2 : 16;
	map->slots = map->arena != NULL ? BS_ARRAY(map->arena, map->room, struct bs_map_slot)
	                                : bs_alloc(map->room * sizeof(struct bs_map_slot));
	for (size_t i = 0; i < old.room; i++) {
		if (old.slots[i].key.ptr != NULL)
			*slot_of(map, old.slots[i].key, old.slots[i].hash) = old.slots[i];
	}
	if (map->arena == NULL)
		free(old.slots);
}

void **bs_map_put(struct bs_map *map, struct bs_str key)
{
	uint64_t hash = bs_hash(key);
	struct bs_map_slot *slot;

	if (map->count + map->count / 3 >= map->room)
		map_grow(map);
	slot = slot_of(map, key, hash);
	if (slot->key.ptr == NULL) {
		*slot = (struct bs_map_slot){ .key = bs_str_n(key.ptr != NULL ? key.ptr : "", key.len), .hash = hash };
		map->count++;
	}
	return &slot->value;
}

void *bs_map_take(struct bs_map *map, struct bs_str key)
{
	struct bs_map_slot *slot;
	size_t hole, at, mask = map->room - 1;
	void *value;

	if (map->count == 0)
		return NULL;
	slot = slot_of(map, key, bs_hash(key));
	if (slot->key.ptr == NULL)
		return NULL;
	value = slot->value;
	hole = at = (size_t)(slot - map->slots);
	for (;;) {
		at = (at + 1) & mask;
		if (map->slots[at].key.ptr == NULL)
			break;
		/* A follower may fill the hole unless its own home lies between the hole and it. */
		if (((at - (map->slots[at].hash & mask)) & mask) >= ((at - hole) & mask)) {
			map->slots[hole] = map->slots[at];
			hole = at;
		}
	}
	map->slots[hole] = (struct bs_map_slot){ 0 };
	map->count--;
	return value;
}

bool bs_map_next(const struct bs_map *map, size_t *at, struct bs_str *key, void **value)
{
	while (*at < map->room) {
		const struct bs_map_slot *slot = &map->slots[(*at)++];
		if (slot->key.ptr != NULL) {
			*key = slot->key;
			*value = slot->value;
			return true;
		}
	}
	return false;
}

void bs_map_free(struct bs_map *map)
{
	if (map->arena == NULL)
		free(map->slots);
	*map = BS_MAP(map->arena);
}
