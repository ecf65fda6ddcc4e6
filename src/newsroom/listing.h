/* listing.h - which stories stand in which list: the one index that every list of stories on the site is read from. */
#ifndef BS_NEWSROOM_LISTING_H
#define BS_NEWSROOM_LISTING_H

#include "base/mem.h"
#include "store/db.h"

enum bs_list_kind { BS_LIST_ALL, BS_LIST_TERM, BS_LIST_PERSON, BS_LIST_KIND };

struct bs_list {
	enum bs_list_kind kind;
	int64_t of; /* term, person, story kind; 0 for all */
};

/* Put a published story into exactly these lists (none: take it out of all), and touch the tag of each list that changes.
 * Inside a write transaction. */
enum bs_rc bs_listing_set(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct bs_str lang,
                          int64_t published_at, const struct bs_list *lists, size_t count, struct bs_err *err) BS_CHECK;

#endif
