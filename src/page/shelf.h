/* shelf.h - what many pages show alike (the newest stories of a list), kept from one page to the next while it is true.
 *
 * What lies there is plain data in one block of memory, a box, never changed once it was put there: pages of other threads read it.
 * It is as fresh as a cached page is (cache.h): gone when one of its tags changes. A page that shows it names the same tags. */
#ifndef BS_PAGE_SHELF_H
#define BS_PAGE_SHELF_H

#include "page/cache.h"
#include "page/page.h"

struct bs_shelf;

/* At most `bytes` of boxes. `versions` NULL: nothing ever changes. */
struct bs_shelf *bs_shelf_new(size_t bytes, const struct bs_versions *versions);
/* Accepts NULL, leaves NULL. */
void bs_shelf_free(struct bs_shelf **shelf);

/* What lies under this key, for as long as the page's arena lives; or NULL. */
const void *bs_shelf_take(struct bs_page *page, struct bs_str key);

/* A box of so many bytes, to be filled; aligned for any type. */
void *bs_shelf_box(size_t size);
/* Put a filled box there, made of what the page's snapshot has; it is the shelf's from then on, and the page's while its arena
 * lives. The slots are those of its tags (version.h). */
void bs_shelf_put(struct bs_page *page, struct bs_str key, void *box, const uint32_t *slots, size_t count);

#endif
