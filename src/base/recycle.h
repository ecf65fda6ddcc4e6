/* recycle.h - small blocks of memory that are taken and given back again and again, kept by the thread that gives them back.
 *
 * For a library that asks for the same few sizes with every call: the next one of a size is the last one that came back, at the
 * price of a list. What is larger than BS_RECYCLE_LARGEST, or more than a thread keeps, is malloc's. A block may be given back by
 * another thread than took it. Blocks are aligned for pointers and int64_t. Safe from any thread; what a thread keeps is freed
 * when it ends. */
#ifndef BS_BASE_RECYCLE_H
#define BS_BASE_RECYCLE_H

#include <stddef.h>

enum { BS_RECYCLE_LARGEST = 2048, BS_RECYCLE_KEPT = 4 * 1024 * 1024 /* bytes of a thread, at most */ };

/* At least `size` bytes, uninitialised; NULL when there is no memory. */
void *bs_recycle_take(size_t size);
/* As realloc of a block that is not NULL; NULL, and the block as it was, when there is no memory. */
void *bs_recycle_resize(void *block, size_t size);
/* Accepts NULL. */
void bs_recycle_give(void *block);
/* How many bytes the block has: what was asked for, rounded up as bs_recycle_round does. */
size_t bs_recycle_size(const void *block);
size_t bs_recycle_round(size_t size);

#endif
