/* version.h - how fresh each tag is: what tells a cached page from a stale one.
 *
 * Time here is an epoch: a counter that every change of the feed moves on by one. The table keeps, per tag, the epoch
 * of its last change; a page keeps the epoch that was current before its snapshot was taken, and is good while no tag
 * of it has a later one. Tags are hashed into a fixed table, so it never grows, and two tags that share a slot cost at
 * most one page rendered for nothing.
 *
 * One thread (the follower of the change feed) or any that has just committed calls touch; any thread asks. Lock-free
 * for readers. */
#ifndef BS_PAGE_VERSION_H
#define BS_PAGE_VERSION_H

#include "base/mem.h"

struct bs_versions;

struct bs_versions *bs_versions_new(void);
void bs_versions_free(struct bs_versions **versions);

/* The slot of a tag: what a page stores instead of the name. */
uint32_t bs_versions_slot(struct bs_str tag);
/* The epoch now. Read it before the snapshot that a page is made from. */
uint64_t bs_versions_epoch(const struct bs_versions *versions);
/* A tag has changed. */
void bs_versions_touch(struct bs_versions *versions, struct bs_str tag);
/* Everything may have changed (the feed has lost its place, the theme was reloaded). */
void bs_versions_touch_all(struct bs_versions *versions);
/* Has none of the slots changed since the epoch? */
bool bs_versions_fresh(const struct bs_versions *versions, const uint32_t *slots, size_t count, uint64_t since);

#endif
