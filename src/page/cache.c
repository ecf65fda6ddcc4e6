/* cache.c - see cache.h. The key's hash chooses a shard; each shard is a map and a ring with a hand that sweeps. An
 * entry remembers the epoch at which it was last found fresh, so that between changes a hit compares one number. */
#include "page/cache.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/map.h"
#include "http/response.h"

enum { SHARDS = 16 };

struct entry {
	struct entry *next, *before; /* the ring */
	void *value;
	struct bs_str key; /* in the same allocation, behind the slots */
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
	const struct bs_cache_kind *kind;
	size_t shard_bytes; /* each shard's share */
	struct bs_counter *hits, *misses, *stale, *evicted;
	struct shard shards[SHARDS];
};

static void *response_hold(void *response)
{
	return bs_response_hold(response);
}

static void response_drop(void *ptr)
{
	struct bs_response *response = ptr;

	bs_response_drop(&response);
}

const struct bs_cache_kind bs_cache_responses = { response_hold, response_drop };

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

struct bs_cache *bs_cache_new(size_t bytes, const struct bs_cache_kind *kind, const struct bs_versions *versions,
                              struct bs_metrics *metrics)
{
	struct bs_cache *cache = bs_alloc(sizeof(*cache));

	cache->kind = kind;
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
static void entry_drop(const struct bs_cache *cache, struct shard *shard, struct entry *entry)
{
	bs_map_take(&shard->entries, entry->key);
	shard->bytes -= entry->bytes;
	if (shard->hand == entry)
		shard->hand = entry->next != entry ? entry->next : NULL;
	entry->next->before = entry->before;
	entry->before->next = entry->next;
	cache->kind->drop(entry->value);
	free(entry);
}

void bs_cache_free(struct bs_cache **cache)
{
	if (*cache == NULL)
		return;
	for (size_t i = 0; i < SHARDS; i++) {
		struct shard *shard = &(*cache)->shards[i];
		while (shard->hand != NULL)
			entry_drop(*cache, shard, shard->hand);
		bs_map_free(&shard->entries);
		pthread_mutex_destroy(&shard->lock);
	}
	free(*cache);
	*cache = NULL;
}

static struct shard *shard_of(struct bs_cache *cache, struct bs_str key)
{
	/* The map uses the low bits. */
	return &cache->shards[bs_hash(key) >> 60];
}

static bool entry_fresh(const struct bs_cache *cache, struct entry *entry, int64_t now)
{
	uint64_t epoch;

	if (now >= entry->until)
		return false;
	if (cache->versions == NULL)
		return true;
	epoch = bs_versions_epoch(cache->versions);
	if (entry->checked == epoch)
		return true;
	if (!bs_versions_fresh(cache->versions, entry->slots, entry->count, entry->as_of))
		return false;
	entry->checked = epoch;
	return true;
}

void *bs_cache_get(struct bs_cache *cache, struct bs_str key, int64_t now)
{
	struct shard *shard = shard_of(cache, key);
	void *value = NULL;
	struct bs_counter *counter = cache->misses;
	struct entry *entry;

	pthread_mutex_lock(&shard->lock);
	entry = bs_map_get(&shard->entries, key);
	if (entry != NULL && entry_fresh(cache, entry, now)) {
		entry->used = true;
		value = cache->kind->hold(entry->value);
		counter = cache->hits;
	} else if (entry != NULL) {
		entry_drop(cache, shard, entry);
		counter = cache->stale;
	}
	pthread_mutex_unlock(&shard->lock);
	bs_counter_add(counter, 1);
	return value;
}

/* Sweep until there is room: who was used since the last pass gets another round. */
static size_t make_room(const struct bs_cache *cache, struct shard *shard, size_t limit, size_t need)
{
	size_t evicted = 0;

	while (shard->hand != NULL && shard->bytes + need > limit) {
		struct entry *entry = shard->hand;
		shard->hand = entry->next;
		if (entry->used) {
			entry->used = false;
			continue;
		}
		entry_drop(cache, shard, entry);
		evicted++;
	}
	return evicted;
}

static struct entry *entry_new(const struct bs_cache *cache, const struct bs_cache_item *item)
{
	size_t own = sizeof(struct entry) + item->slot_count * sizeof(*item->slots) + item->key.len;
	struct entry *entry = bs_alloc(own);
	char *copy = (char *)&entry->slots[item->slot_count];

	if (item->slot_count > 0)
		memcpy(entry->slots, item->slots, item->slot_count * sizeof(*item->slots));
	memcpy(copy, item->key.ptr, item->key.len);
	entry->key = bs_str_n(copy, item->key.len);
	entry->count = item->slot_count;
	entry->as_of = entry->checked = item->as_of;
	entry->until = item->until != 0 ? item->until : INT64_MAX;
	entry->value = cache->kind->hold(item->value);
	entry->bytes = own + item->bytes;
	return entry;
}

void bs_cache_put(struct bs_cache *cache, const struct bs_cache_item *item)
{
	struct shard *shard = shard_of(cache, item->key);
	struct entry *entry, *old;
	size_t evicted;

	if (item->bytes > cache->shard_bytes / 4)
		return;
	entry = entry_new(cache, item);
	pthread_mutex_lock(&shard->lock);
	old = bs_map_get(&shard->entries, item->key);
	if (old != NULL)
		entry_drop(cache, shard, old);
	evicted = make_room(cache, shard, cache->shard_bytes, entry->bytes);
	*bs_map_put(&shard->entries, entry->key) = entry;
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
