/* cache.c - see cache.h. The path's hash chooses a shard; each shard is a map and a ring with a hand that sweeps. An
 * entry remembers the epoch at which it was last found fresh, so that between changes a hit compares one number. */
#include "page/cache.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/map.h"

enum { SHARDS = 16 };

struct entry {
	struct entry *next, *before; /* the ring */
	struct bs_response *response;
	struct bs_str path; /* in the same allocation, behind the slots */
	uint64_t as_of;     /* no tag had changed after this when it was made */
	uint64_t checked;   /* the epoch at which it was last found fresh */
	int64_t until;      /* INT64_MAX: as long as its tags */
	size_t bytes;
	bool used;          /* since the hand last passed */
	size_t count;
	uint32_t slots[];
};

struct shard {
	pthread_mutex_t lock;
	struct bs_map entries;
	struct entry *hand;
	size_t bytes;
};

struct bs_cache {
	const struct bs_versions *versions;
	size_t shard_bytes; /* each shard's share */
	struct bs_counter *hits, *misses, *stale, *evicted;
	struct shard shards[SHARDS];
};

static double cache_bytes(void *ctx)
{
	struct bs_cache *cache = ctx;
	size_t bytes = 0;

	for (size_t i = 0; i < SHARDS; i++) {
		pthread_mutex_lock(&cache->shards[i].lock);
		bytes += cache->shards[i].bytes;
		pthread_mutex_unlock(&cache->shards[i].lock);
	}
	return (double)bytes;
}

struct bs_cache *bs_cache_new(size_t bytes, const struct bs_versions *versions, struct bs_metrics *metrics)
{
	struct bs_cache *cache = bs_alloc(sizeof(*cache));

	cache->versions = versions;
	cache->shard_bytes = bytes / SHARDS;
	cache->hits = bs_metrics_counter(metrics, "broadsheet_page_cache_total", "result=\"hit\"", "Pages asked of the cache");
	cache->misses = bs_metrics_counter(metrics, "broadsheet_page_cache_total", "result=\"miss\"", "Pages asked of the cache");
	cache->stale = bs_metrics_counter(metrics, "broadsheet_page_cache_total", "result=\"stale\"", "Pages asked of the cache");
	cache->evicted = bs_metrics_counter(metrics, "broadsheet_page_cache_evicted_total", "", "Pages that made room for others");
	if (metrics != NULL)
		bs_metrics_gauge(metrics, "broadsheet_page_cache_bytes", "", "Memory of the cached pages", cache_bytes, cache);
	for (size_t i = 0; i < SHARDS; i++) {
		pthread_mutex_init(&cache->shards[i].lock, NULL);
		cache->shards[i].entries = BS_MAP(NULL);
	}
	return cache;
}

/* Take an entry out of its shard and let it go. */
static void entry_drop(struct shard *shard, struct entry *entry)
{
	bs_map_take(&shard->entries, entry->path);
	shard->bytes -= entry->bytes;
	if (shard->hand == entry)
		shard->hand = entry->next != entry ? entry->next : NULL;
	entry->next->before = entry->before;
	entry->before->next = entry->next;
	bs_response_drop(&entry->response);
	free(entry);
}

void bs_cache_free(struct bs_cache **cache)
{
	if (*cache == NULL)
		return;
	for (size_t i = 0; i < SHARDS; i++) {
		struct shard *shard = &(*cache)->shards[i];
		while (shard->hand != NULL)
			entry_drop(shard, shard->hand);
		bs_map_free(&shard->entries);
		pthread_mutex_destroy(&shard->lock);
	}
	free(*cache);
	*cache = NULL;
}

static struct shard *shard_of(struct bs_cache *cache, struct bs_str path)
{
	/* The map uses the low bits. */
	return &cache->shards[bs_hash(path) >> 60];
}

static bool entry_fresh(const struct bs_cache *cache, struct entry *entry, int64_t now)
{
	uint64_t epoch = bs_versions_epoch(cache->versions);

	if (now >= entry->until)
		return false;
	if (entry->checked == epoch)
		return true;
	if (!bs_versions_fresh(cache->versions, entry->slots, entry->count, entry->as_of))
		return false;
	entry->checked = epoch;
	return true;
}

struct bs_response *bs_cache_get(struct bs_cache *cache, struct bs_str path, int64_t now)
{
	struct shard *shard = shard_of(cache, path);
	struct bs_response *response = NULL;
	struct bs_counter *counter = cache->misses;
	struct entry *entry;

	pthread_mutex_lock(&shard->lock);
	entry = bs_map_get(&shard->entries, path);
	if (entry != NULL && entry_fresh(cache, entry, now)) {
		entry->used = true;
		response = bs_response_hold(entry->response);
		counter = cache->hits;
	} else if (entry != NULL) {
		entry_drop(shard, entry);
		counter = cache->stale;
	}
	pthread_mutex_unlock(&shard->lock);
	bs_counter_add(counter, 1);
	return response;
}

/* Sweep until there is room: who was used since the last pass gets another round. */
static size_t make_room(struct shard *shard, size_t limit, size_t need)
{
	size_t evicted = 0;

	while (shard->hand != NULL && shard->bytes + need > limit) {
		struct entry *entry = shard->hand;
		shard->hand = entry->next;
		if (entry->used) {
			entry->used = false;
			continue;
		}
		entry_drop(shard, entry);
		evicted++;
	}
	return evicted;
}

static struct entry *entry_new(const struct bs_cache_page *page)
{
	size_t own = sizeof(struct entry) + page->slot_count * sizeof(*page->slots) + page->path.len;
	struct entry *entry = bs_alloc(own);
	char *copy = (char *)&entry->slots[page->slot_count];

	if (page->slot_count > 0)
		memcpy(entry->slots, page->slots, page->slot_count * sizeof(*page->slots));
	memcpy(copy, page->path.ptr, page->path.len);
	entry->path = bs_str_n(copy, page->path.len);
	entry->count = page->slot_count;
	entry->as_of = entry->checked = page->as_of;
	entry->until = page->until != 0 ? page->until : INT64_MAX;
	entry->response = bs_response_hold(page->response);
	/* Room for the compressed forms, which come when first asked for. */
	entry->bytes = own + bs_response_size(page->response) + bs_response_body(page->response).len / 2;
	return entry;
}

void bs_cache_put(struct bs_cache *cache, const struct bs_cache_page *page)
{
	struct shard *shard = shard_of(cache, page->path);
	struct entry *entry, *old;
	size_t evicted;

	if (bs_response_size(page->response) > cache->shard_bytes / 4)
		return;
	entry = entry_new(page);
	pthread_mutex_lock(&shard->lock);
	old = bs_map_get(&shard->entries, page->path);
	if (old != NULL)
		entry_drop(shard, old);
	evicted = make_room(shard, cache->shard_bytes, entry->bytes);
	*bs_map_put(&shard->entries, entry->path) = entry;
	if (shard->hand == NULL) {
		shard->hand = entry->next = entry->before = entry;
	} else { /* just behind the hand: the last to be swept */
		entry->next = shard->hand;
		entry->before = shard->hand->before;
		entry->before->next = entry->next->before = entry;
	}
	shard->bytes += entry->bytes;
	pthread_mutex_unlock(&shard->lock);
	bs_counter_add(cache->evicted, evicted);
}
