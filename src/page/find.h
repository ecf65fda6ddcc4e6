/* find.h - every address of a site, for whoever makes all of it. The routes' walks say them; several threads walk at once.
 *
 * Addresses are put in order so that the forms of one subject stand together, the page first: "/2025/11/ice", "/2025/11/ice.json",
 * "/2025/11/ice.txt". Such a group is best made by one thread, which then loads the subject once (bs_series). */
#ifndef BS_PAGE_FIND_H
#define BS_PAGE_FIND_H

#include "page/pages.h"

enum { BS_FINDERS_MAX = 32 };

struct bs_found {
	struct bs_str path;
	struct bs_str file; /* below the folder of a tree: "/a/b" is a/b/index.html; what has an ending keeps it */
	bool moved;         /* it leads elsewhere */
};

struct bs_found_list {
	struct bs_found *items; /* no file twice */
	size_t count;
	size_t *groups;         /* where each begins among the items; `count` behind the last */
	size_t group_count;
	struct bs_str url;      /* of the publication */
	const struct bs_lang *lang;
	struct bs_arena *arenas[BS_FINDERS_MAX]; /* of their texts */
};

/* Each of the threads (BS_FINDERS_MAX at most) has a snapshot of its own, of about the same moment. *out is to be freed whatever comes
 * back: what the store says. */
enum bs_rc bs_find_all(struct bs_pages *pages, struct bs_pool *pool, int64_t now, unsigned threads, struct bs_found_list *out,
                       struct bs_err *err) BS_CHECK;
void bs_found_free(struct bs_found_list *list);

#endif
