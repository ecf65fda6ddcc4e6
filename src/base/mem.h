/* mem.h - memory: the arena of a request or job, and the capped growing buffer.
 *
 * Arena. One per request or job; everything made in it dies with it. Not safe from two threads at once. A returned
 * pointer is aligned for any type. Out of memory ends the process here and nowhere else: what comes from outside is
 * capped (limits.h) before its size gets this far. In sanitizer builds each allocation is its own malloc, so that an
 * overrun by one byte is seen.
 *
 * Buffer. Bytes growing towards a mandatory cap. Passing the cap sets `failed` and leaves the buffer as it was before
 * that call; later puts do nothing. Write a whole page, check once. Owned by the caller, freed with bs_buf_free. */
#ifndef BS_BASE_MEM_H
#define BS_BASE_MEM_H

#include <stdarg.h>

#include "base/core.h"

struct bs_arena;

struct bs_arena *bs_arena_new(void);
/* Runs what was deferred, last first, then frees all. Accepts NULL, leaves NULL. */
void bs_arena_free(struct bs_arena **arena);
/* As free, but keeps a block for the next request: the largest of a usual size. */
void bs_arena_reset(struct bs_arena *arena);
/* Call fn(ptr) when the arena is freed or reset: closes what is not memory. */
void bs_arena_defer(struct bs_arena *arena, void (*fn)(void *ptr), void *ptr);
/* Zeroed bytes. */
void *bs_arena_alloc(struct bs_arena *arena, size_t size);
/* An array of `count` zeroed elements; the product is checked. */
void *bs_arena_array(struct bs_arena *arena, size_t count, size_t size);
#define BS_NEW(arena, type) ((type *)bs_arena_alloc((arena), sizeof(type)))
#define BS_ARRAY(arena, count, type) ((type *)bs_arena_array((arena), (count), sizeof(type)))
/* Have room for one element behind the `count` of an array in the arena: `list` stays, or becomes a copy of twice the room, `first` at the
 * start. `list` and `room` (size_t, of elements; 0 and NULL at the start) are assigned to. */
void *bs_arena_grow(struct bs_arena *arena, const void *list, size_t count, size_t *room, size_t first, size_t size);
#define BS_GROW(arena, list, count, room, first) \
	((list) = bs_arena_grow((arena), (list), (count), &(room), (first), sizeof(*(list))))
/* A copy with a NUL behind it (not counted in len), so that C interfaces can take .ptr. */
struct bs_str bs_arena_copy(struct bs_arena *arena, struct bs_str s);
/* Formatted text with a NUL behind it. */
struct bs_str bs_arena_printf(struct bs_arena *arena, const char *fmt, ...) BS_PRINTF(2, 3);
/* The parts one behind the other, with a NUL behind. */
struct bs_str bs_arena_join(struct bs_arena *arena, const struct bs_str *parts, size_t count, struct bs_str between);
/* Bytes handed out since the last reset. */
size_t bs_arena_used(const struct bs_arena *arena);

struct bs_buf {
	char *data; /* NULL while empty; not NUL-terminated */
	size_t len;
	size_t room; /* bytes allocated */
	size_t cap;  /* bytes it may ever hold */
	bool failed; /* the cap was met: the content is not whole */
};

/* An empty buffer that may hold `cap` bytes; allocates nothing yet. */
#define BS_BUF(max) ((struct bs_buf){ .cap = (max) })
void bs_buf_free(struct bs_buf *buf);
/* Empty it and forget a failure; keeps the memory. */
void bs_buf_reset(struct bs_buf *buf);
/* Make room for `more` bytes behind len; false (and failed) when that is over the cap. */
bool bs_buf_reserve(struct bs_buf *buf, size_t more);
void bs_buf_printf(struct bs_buf *buf, const char *fmt, ...) BS_PRINTF(2, 3);
void bs_buf_vprintf(struct bs_buf *buf, const char *fmt, va_list args) BS_PRINTF(2, 0);

static inline void bs_buf_put(struct bs_buf *buf, struct bs_str s)
{
	if (s.len == 0 || buf->failed)
		return;
	if (s.len > buf->room - buf->len && !bs_buf_reserve(buf, s.len))
		return;
	memcpy(buf->data + buf->len, s.ptr, s.len);
	buf->len += s.len;
}

static inline void bs_buf_putc(struct bs_buf *buf, char c)
{
	if (buf->failed || (buf->len == buf->room && !bs_buf_reserve(buf, 1)))
		return;
	buf->data[buf->len++] = c;
}

#define bs_buf_lit(buf, literal) bs_buf_put((buf), BS_STR(literal))

/* What it holds now; good until the next put or free. */
static inline struct bs_str bs_buf_str(const struct bs_buf *buf)
{
	return (struct bs_str){ buf->len > 0 ? buf->data : "", buf->len };
}

/* BS_LIMIT, worded with `what`, when the cap was met; BS_OK otherwise. */
enum bs_rc bs_buf_check(const struct bs_buf *buf, const char *what, struct bs_err *err) BS_CHECK;

/* malloc, calloc and realloc that end the process when there is no memory; for the few things that outlive an arena. */
void *bs_alloc(size_t size);
void *bs_realloc(void *old, size_t size);
/* How they end it; for a library that reports the lack of memory itself. */
_Noreturn void bs_out_of_memory(size_t size);

#endif
