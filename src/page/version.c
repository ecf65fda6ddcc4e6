/* version.c - see version.h. A slot is written before the epoch that announces it (release), and read after it
 * (acquire): who sees the new epoch sees the slot. */
#include "page/version.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/map.h"

enum { SLOTS = 1 << 17 };

struct bs_versions {
	_Atomic uint64_t epoch;
	_Atomic uint64_t all; /* the epoch of the last touch_all */
	pthread_mutex_t writing;
	_Atomic uint64_t changed[SLOTS];
};

struct bs_versions *bs_versions_new(void)
{
	struct bs_versions *versions = bs_alloc(sizeof(*versions));

	pthread_mutex_init(&versions->writing, NULL);
	atomic_store(&versions->epoch, 1);
	return versions;
}

void bs_versions_free(struct bs_versions **versions)
{
	if (*versions == NULL)
		return;
	pthread_mutex_destroy(&(*versions)->writing);
	free(*versions);
	*versions = NULL;
}

uint32_t bs_versions_slot(struct bs_str tag)
{
	return (uint32_t)(bs_hash(tag) & (SLOTS - 1));
}

uint64_t bs_versions_epoch(const struct bs_versions *versions)
{
	return atomic_load_explicit(&versions->epoch, memory_order_acquire);
}

static void touch(struct bs_versions *versions, _Atomic uint64_t *slot)
{
	uint64_t next;

	pthread_mutex_lock(&versions->writing);
	next = atomic_load_explicit(&versions->epoch, memory_order_relaxed) + 1;
	atomic_store_explicit(slot, next, memory_order_release);
	atomic_store_explicit(&versions->epoch, next, memory_order_release);
	pthread_mutex_unlock(&versions->writing);
}

void bs_versions_touch(struct bs_versions *versions, struct bs_str tag)
{
	touch(versions, &versions->changed[bs_versions_slot(tag)]);
}

void bs_versions_touch_all(struct bs_versions *versions)
{
	touch(versions, &versions->all);
}

bool bs_versions_fresh(const struct bs_versions *versions, const uint32_t *slots, size_t count, uint64_t since)
{
	if (atomic_load_explicit(&versions->all, memory_order_acquire) > since)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (atomic_load_explicit(&versions->changed[slots[i]], memory_order_acquire) > since)
			return false;
	}
	return true;
}
