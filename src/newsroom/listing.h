/* listing.h - which stories stand in which list: the one index that every list of stories on the site is read from. */
#ifndef BS_NEWSROOM_LISTING_H
#define BS_NEWSROOM_LISTING_H

#include "base/mem.h"
#include "newsroom/tags.h"
#include "store/db.h"

enum bs_list_kind { BS_LIST_ALL, BS_LIST_TERM, BS_LIST_PERSON, BS_LIST_KIND, BS_LIST_MONTH };

struct bs_list {
	enum bs_list_kind kind;
	int64_t of; /* term, person, story kind, month of the address (202511); 0 for all */
};

/* A place in a list: it and all that is older. Of two stories of one second the higher id is the newer. */
struct bs_list_place {
	int64_t published_at, story_id;
};

/* Put a published story into exactly these lists (none: take it out of all) of each of the languages, its own first, and
 * touch the tag of each list that changes. Inside a write transaction. */
struct bs_listing {
	int64_t story_id, published_at;
	bool fresh; /* the story stands nowhere yet */
	const struct bs_list *lists;
	size_t list_count;
	const struct bs_str *langs;
	size_t lang_count;
};
enum bs_rc bs_listing_set(struct bs_arena *arena, struct bs_db *db, const struct bs_listing *listing, struct bs_err *err) BS_CHECK;

/* The same lists as until now, in exactly these languages, its own first. */
enum bs_rc bs_listing_languages(struct bs_arena *arena, struct bs_db *db, int64_t story_id, const struct bs_str *langs,
                                size_t count, struct bs_err *err) BS_CHECK;

/* Something that the list of its month shows of a story has changed, or the list itself: note the time and touch the tag. Nothing for a
 * page without a date. Inside a write transaction. */
enum bs_rc bs_month_changed(struct bs_db *db, int64_t story_id, int64_t now, struct bs_err *err) BS_CHECK;

/* The same for the story of that month (202511). */
enum bs_rc bs_month_set(struct bs_db *db, int64_t month, int64_t now, struct bs_err *err) BS_CHECK;

/* The tag of a list: what a page that shows it is stale with. */
enum bs_tag_kind bs_list_tag(struct bs_list list);

/* How many stories stand in it, in this language. */
enum bs_rc bs_list_length(struct bs_db *db, struct bs_list list, struct bs_str lang, int64_t *out, struct bs_err *err) BS_CHECK;
/* The place `from` stories (0 or more) behind the newest. It costs about the same for each: the list
 * is counted in parts of thirty days, and only one of them is walked. BS_NOT_FOUND: the list is shorter. */
enum bs_rc bs_list_place_of(struct bs_db *db, struct bs_list list, struct bs_str lang, int64_t from,
                            struct bs_list_place *out, struct bs_err *err) BS_CHECK;

#endif
