/* mem.c - arenas and buffers; see mem.h.
 *
 * An arena is a chain of blocks, each twice the last up to a limit; a request larger than that gets a block of its own
 * behind the current one. With BS_ARENA_MALLOC (sanitizer builds) each allocation is a block. */
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 1024 * 1024, KEPT_BLOCK = 256 * 1024, ALIGN = 16, PRINTF_USUAL = 512, LEAST_ROOM = 512 };

struct block {
	struct block *before;
	size_t size;
	size_t used;
	_Alignas(ALIGN) char bytes[];
};

struct deferred {
	struct deferred *before;
	void (*fn)(void *);
	void *ptr;
};

struct bs_arena {
	struct block *block;
	struct deferred *deferred;
	size_t used;
};

_Noreturn void bs_out_of_memory(size_t size)
{
	fprintf(stderr, "broadsheet: no memory for %zu bytes; the process ends here. "
	                "Give it more memory or a smaller cache in broadsheet.conf\n", size);
	abort();
}

void *bs_alloc(size_t size)
{
	void *ptr = calloc(1, size > 0 ? size : 1);

	if (ptr == NULL)
		bs_out_of_memory(size);
	return ptr;
}

void *bs_realloc(void *old, size_t size)
{
	void *ptr = realloc(old, size > 0 ? size : 1);

	if (ptr == NULL)
		bs_out_of_memory(size);
	return ptr;
}

struct bs_arena *bs_arena_new(void)
{
	return bs_alloc(sizeof(struct bs_arena));
}

static void run_deferred(struct bs_arena *arena)
{
	while (arena->deferred != NULL) {
		struct deferred *last = arena->deferred;
		arena->deferred = last->before;
		last->fn(last->ptr);
	}
}

/* Free every block but `keep`, which may be NULL. */
static void free_blocks(struct bs_arena *arena, struct block *keep)
{
	while (arena->block != NULL) {
		struct block *last = arena->block;
		arena->block = last->before;
		if (last != keep)
			free(last);
	}
	arena->block = keep;
	arena->used = 0;
}

void bs_arena_free(struct bs_arena **arena)
{
	if (*arena == NULL)
		return;
	run_deferred(*arena);
	free_blocks(*arena, NULL);
	free(*arena);
	*arena = NULL;
}

void bs_arena_reset(struct bs_arena *arena)
{
	struct block *keep = NULL;

	run_deferred(arena);
#ifndef BS_ARENA_MALLOC
	for (struct block *block = arena->block; block != NULL; block = block->before) {
		if (block->size <= KEPT_BLOCK && (keep == NULL || block->size > keep->size))
			keep = block;
	}
#endif
	free_blocks(arena, keep);
	if (keep != NULL) {
		keep->before = NULL;
		keep->used = 0;
	}
}

static struct block *block_add(struct bs_arena *arena, size_t need)
{
	size_t size = need;
	struct block *block;

#ifndef BS_ARENA_MALLOC
	size_t usual = arena->block == NULL ? FIRST_BLOCK : 2 * arena->block->size;
	if (usual > LARGEST_BLOCK)
		usual = LARGEST_BLOCK;
	if (size < usual)
		size = usual;
#endif
	block = malloc(sizeof(*block) + size);
	if (block == NULL)
		bs_out_of_memory(size);
	block->before = arena->block;
	block->size = size;
	block->used = 0;
	arena->block = block;
	return block;
}

static void *arena_take(struct bs_arena *arena, size_t size)
{
	struct block *block = arena->block;
	void *ptr;
#ifdef BS_ARENA_MALLOC
	size_t step = size;
	bool full = true;
#else
	size_t step = (size + (ALIGN - 1)) & ~(size_t)(ALIGN - 1);
	bool full = block == NULL || block->size - block->used < step;
#endif

	if (size > SIZE_MAX / 2)
		bs_out_of_memory(size);
	if (full)
		block = block_add(arena, step);
	ptr = block->bytes + block->used;
	block->used += step;
	arena->used += step;
	return ptr;
}

void *bs_arena_alloc(struct bs_arena *arena, size_t size)
{
	return memset(arena_take(arena, size), 0, size);
}

void *bs_arena_array(struct bs_arena *arena, size_t count, size_t size)
{
	size_t all;

	if (__builtin_mul_overflow(count, size, &all))
		bs_out_of_memory(SIZE_MAX);
	return bs_arena_alloc(arena, all);
}

void bs_arena_defer(struct bs_arena *arena, void (*fn)(void *ptr), void *ptr)
{
	struct deferred *deferred = BS_NEW(arena, struct deferred);

	*deferred = (struct deferred){ .before = arena->deferred, .fn = fn, .ptr = ptr };
	arena->deferred = deferred;
}

void *bs_arena_grow(struct bs_arena *arena, const void *list, size_t count, size_t *room, size_t first, size_t size)
{
	void *more;

	if (count < *room)
		return (void *)(uintptr_t)list;
	*room = *room > 0 ? 2 * *room : first;
	more = bs_arena_array(arena, *room, size);
	if (count > 0)
		memcpy(more, list, count * size);
	return more;
}

struct bs_str bs_arena_copy(struct bs_arena *arena, struct bs_str s)
{
	char *copy = arena_take(arena, s.len + 1);

	if (s.len > 0)
		memcpy(copy, s.ptr, s.len);
	copy[s.len] = '\0';
	return bs_str_n(copy, s.len);
}

struct bs_str bs_arena_printf(struct bs_arena *arena, const char *fmt, ...)
{
	char first[PRINTF_USUAL]; /* what fits in it is formatted once */
	va_list args, again;
	char *text;
	int len;

	va_start(args, fmt);
	va_copy(again, args);
	len = vsnprintf(first, sizeof(first), fmt, args);
	va_end(args);
	if (len < 0)
		len = 0;
	text = arena_take(arena, (size_t)len + 1);
	text[0] = '\0';
	if ((size_t)len < sizeof(first))
		memcpy(text, first, (size_t)len + 1);
	else
		vsnprintf(text, (size_t)len + 1, fmt, again);
	va_end(again);
	return bs_str_n(text, (size_t)len);
}

struct bs_str bs_arena_join(struct bs_arena *arena, const struct bs_str *parts, size_t count, struct bs_str between)
{
	size_t len = 0;
	char *text, *at;

	for (size_t i = 0; i < count; i++)
		len += parts[i].len + (i > 0 ? between.len : 0);
	at = text = arena_take(arena, len + 1);
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && between.len > 0)
			at = mempcpy(at, between.ptr, between.len);
		if (parts[i].len > 0)
			at = mempcpy(at, parts[i].ptr, parts[i].len);
	}
	*at = '\0';
	return bs_str_n(text, len);
}

size_t bs_arena_used(const struct bs_arena *arena)
{
	return arena->used;
}

void bs_buf_free(struct bs_buf *buf)
{
	free(buf->data);
	*buf = (struct bs_buf){ .cap = buf->cap };
}

void bs_buf_reset(struct bs_buf *buf)
{
	buf->len = 0;
	buf->failed = false;
}

bool bs_buf_reserve(struct bs_buf *buf, size_t more)
{
	size_t want;

	if (buf->failed)
		return false;
	if (more <= buf->room - buf->len)
		return true;
	if (more > buf->cap - buf->len) {
		buf->failed = true;
		return false;
	}
	want = buf->room < LEAST_ROOM ? LEAST_ROOM : buf->room > SIZE_MAX / 2 ? SIZE_MAX : 2 * buf->room;
	if (want < buf->len + more)
		want = buf->len + more;
	if (want > buf->cap)
		want = buf->cap;
	buf->data = bs_realloc(buf->data, want);
	buf->room = want;
	return true;
}

void bs_buf_vprintf(struct bs_buf *buf, const char *fmt, va_list args)
{
	char first[PRINTF_USUAL];
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(first, sizeof(first), fmt, args);
	/* One byte more than is kept: vsnprintf ends with a NUL that the buffer does not count. */
	if (len > 0 && !buf->failed && (size_t)len > buf->cap - buf->len) {
		buf->failed = true;
	} else if (len > 0 && (size_t)len < sizeof(first)) {
		bs_buf_put(buf, bs_str_n(first, (size_t)len));
	} else if (len > 0 && !buf->failed) {
		char *text = bs_alloc((size_t)len + 1);
		vsnprintf(text, (size_t)len + 1, fmt, again);
		bs_buf_put(buf, bs_str_n(text, (size_t)len));
		free(text);
	}
	va_end(again);
}

void bs_buf_printf(struct bs_buf *buf, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	bs_buf_vprintf(buf, fmt, args);
	va_end(args);
}

enum bs_rc bs_buf_check(const struct bs_buf *buf, const char *what, struct bs_err *err)
{
	if (!buf->failed)
		return BS_OK;
	return bs_fail(err, BS_LIMIT, "%s is over its limit of %zu bytes", what, buf->cap);
}
