/* cache.h - what was made from the database, by key, each with the slots of the tags it was made from: finished pages by path,
 * and what many pages show alike (shelf.h).
 *
 * A hit hashes the key, takes one of several locks for a few instructions, and touches no memory but the entry: no
 * database, no allocation. Entries that have gone stale are found out when asked for; when the cache is full, those not
 * asked for lately go first (clock). Safe from any thread. */
#ifndef BS_PAGE_CACHE_H
#define BS_PAGE_CACHE_H

#include "http/metrics.h"
#include "page/version.h"

struct bs_cache;

/* What is kept: counted by references. */
struct bs_cache_kind {
	void *(*hold)(void *value); /* one reference more */
	void (*drop)(void *value);
};
extern const struct bs_cache_kind bs_cache_responses; /* struct bs_response (http/response.h) */

/* At most `bytes` of values; 0 keeps nothing. `versions` NULL: nothing ever changes. `metrics` NULL: nothing is counted. */
struct bs_cache *bs_cache_new(size_t bytes, const struct bs_cache_kind *kind, const struct bs_versions *versions,
                              struct bs_metrics *metrics);
/* Accepts NULL, leaves NULL. */
void bs_cache_free(struct bs_cache **cache);

/* The fresh value of this key with a reference for the caller, or NULL. `now` in seconds UTC. */
void *bs_cache_get(struct bs_cache *cache, struct bs_str key, int64_t now);

struct bs_cache_item {
	struct bs_str key;
	void *value;  /* the cache takes a reference of its own; all else is copied */
	size_t bytes; /* of memory that the value takes, now or later */
	const uint32_t *slots; /* of its tags */
	size_t slot_count;
	uint64_t as_of; /* bs_versions_epoch from before the snapshot that it was made of */
	int64_t until;  /* seconds UTC; from then on it is no longer true. 0: as long as its tags */
};
void bs_cache_put(struct bs_cache *cache, const struct bs_cache_item *item);

#endif
