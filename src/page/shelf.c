/* shelf.c - see shelf.h. */
#include "page/shelf.h"

#include <stdalign.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

struct box {
	atomic_uint references;
	size_t size;
	alignas(max_align_t) unsigned char bytes[];
};

struct bs_shelf {
	struct bs_cache *boxes;
};

static struct box *box_of(const void *bytes)
{
	return (struct box *)(uintptr_t)((const unsigned char *)bytes - offsetof(struct box, bytes));
}

static void *box_hold(void *ptr)
{
	struct box *box = ptr;

	atomic_fetch_add_explicit(&box->references, 1, memory_order_relaxed);
	return box;
}

static void box_drop(void *ptr)
{
	struct box *box = ptr;

	if (atomic_fetch_sub_explicit(&box->references, 1, memory_order_acq_rel) == 1)
		free(box);
}

static const struct bs_cache_kind boxes = { box_hold, box_drop };

struct bs_shelf *bs_shelf_new(size_t bytes, const struct bs_versions *versions)
{
	struct bs_shelf *shelf = bs_alloc(sizeof(*shelf));

	shelf->boxes = bs_cache_new(bytes, &boxes, versions, NULL);
	return shelf;
}

void bs_shelf_free(struct bs_shelf **shelf)
{
	if (*shelf == NULL)
		return;
	bs_cache_free(&(*shelf)->boxes);
	free(*shelf);
	*shelf = NULL;
}

const void *bs_shelf_take(struct bs_page *page, struct bs_str key)
{
	struct box *box = page->shelf != NULL ? bs_cache_get(page->shelf->boxes, key, page->now) : NULL;

	if (box == NULL)
		return NULL;
	bs_arena_defer(page->arena, box_drop, box);
	return box->bytes;
}

void *bs_shelf_box(size_t size)
{
	struct box *box = bs_realloc(NULL, sizeof(*box) + size);

	atomic_init(&box->references, 1);
	box->size = size;
	return box->bytes;
}

void bs_shelf_put(struct bs_page *page, struct bs_str key, void *bytes, const uint32_t *slots, size_t count)
{
	struct box *box = box_of(bytes);

	if (page->shelf != NULL)
		bs_cache_put(page->shelf->boxes, &(struct bs_cache_item){ .key = key, .value = box, .bytes = sizeof(*box) + box->size,
		             .slots = slots, .slot_count = count, .as_of = page->as_of });
	bs_arena_defer(page->arena, box_drop, box);
}
