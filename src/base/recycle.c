/* recycle.c - see recycle.h. Before each block stands its size; while it is kept, the next one kept of its size stands in it. */
#include "base/recycle.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { STEP = 32, SIZES = BS_RECYCLE_LARGEST / STEP };

struct head {
	size_t size;
};

struct kept {
	struct head *lists[SIZES + 1]; /* by size / STEP */
	size_t bytes;
};

static pthread_key_t kept_key;
static _Thread_local struct kept *own_kept;

static struct head **next_of(struct head *head)
{
	return (struct head **)(void *)(head + 1);
}

static void free_kept(void *ptr)
{
	struct kept *kept = ptr;

	own_kept = NULL;
	for (size_t i = 0; i <= SIZES; i++) {
		while (kept->lists[i] != NULL) {
			struct head *head = kept->lists[i];
			kept->lists[i] = *next_of(head);
			free(head);
		}
	}
	free(kept);
}

static void make_key(void)
{
	if (pthread_key_create(&kept_key, free_kept) != 0)
		abort();
}

/* NULL: there is no memory for keeping any. */
static struct kept *kept_of_thread(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	if (own_kept == NULL) {
		pthread_once(&once, make_key);
		own_kept = calloc(1, sizeof(*own_kept));
		pthread_setspecific(kept_key, own_kept);
	}
	return own_kept;
}

size_t bs_recycle_round(size_t size)
{
	return size == 0 ? STEP : (size + STEP - 1) / STEP * STEP;
}

void *bs_recycle_take(size_t size)
{
	struct kept *kept = own_kept;
	struct head *head;

	size = bs_recycle_round(size);
	if (size <= BS_RECYCLE_LARGEST && kept != NULL && (head = kept->lists[size / STEP]) != NULL) {
		kept->lists[size / STEP] = *next_of(head);
		kept->bytes -= size;
		return head + 1;
	}
	head = malloc(sizeof(*head) + size);
	if (head == NULL)
		return NULL;
	head->size = size;
	return head + 1;
}

void bs_recycle_give(void *block)
{
	struct head *head;
	struct kept *kept;

	if (block == NULL)
		return;
	head = (struct head *)block - 1;
	kept = head->size <= BS_RECYCLE_LARGEST ? kept_of_thread() : NULL;
	if (kept == NULL || kept->bytes + head->size > BS_RECYCLE_KEPT) {
		free(head);
		return;
	}
	*next_of(head) = kept->lists[head->size / STEP];
	kept->lists[head->size / STEP] = head;
	kept->bytes += head->size;
}

size_t bs_recycle_size(const void *block)
{
	return ((const struct head *)block - 1)->size;
}

void *bs_recycle_resize(void *block, size_t size)
{
	struct head *head = (struct head *)block - 1, *grown;
	void *moved;

	size = bs_recycle_round(size);
	if (size == head->size)
		return block;
	if (size > BS_RECYCLE_LARGEST && head->size > BS_RECYCLE_LARGEST) {
		grown = realloc(head, sizeof(*head) + size);
		if (grown == NULL)
			return NULL;
		grown->size = size;
		return grown + 1;
	}
	moved = bs_recycle_take(size);
	if (moved == NULL)
		return NULL;
	memcpy(moved, block, size < head->size ? size : head->size);
	bs_recycle_give(block);
	return moved;
}
