/* cache.h - finished pages by path, each with the slots of the tags it was made from.
 *
 * A hit hashes the path, takes one of several locks for a few instructions, and touches no memory but the entry: no
 * database, no allocation. Entries that have gone stale are found out when asked for; when the cache is full, those not
 * asked for lately go first (clock). Safe from any thread. */
#ifndef BS_PAGE_CACHE_H
#define BS_PAGE_CACHE_H

#include "http/metrics.h"
#include "http/response.h"
#include "page/version.h"

struct bs_cache;

/* At most `bytes` of responses, their compressed forms reckoned in; 0 keeps nothing. */
struct bs_cache *bs_cache_new(size_t bytes, const struct bs_versions *versions, struct bs_metrics *metrics);
void bs_cache_free(struct bs_cache **cache);

/* The fresh page of this path with a reference for the caller, or NULL. `now` in seconds UTC. */
struct bs_response *bs_cache_get(struct bs_cache *cache, struct bs_str path, int64_t now);

struct bs_cache_page {
	struct bs_str path;
	struct bs_response *response; /* the cache takes a reference of its own; all else is copied */
	const uint32_t *slots;        /* of its tags */
	size_t slot_count;
	uint64_t as_of; /* bs_versions_epoch from before the snapshot that it was made of */
	int64_t until;  /* seconds UTC; from then on it is no longer true. 0: as long as its tags */
};
void bs_cache_put(struct bs_cache *cache, const struct bs_cache_page *page);

#endif
