/* search.h - the index of the stories' words. Terms come from room lang (tokens.h); the ranking is the same on both
 * databases: a story whose title has more of the words stands before one whose summary has, then the body; equal ones
 * newest first. */
#ifndef BS_NEWSROOM_SEARCH_H
#define BS_NEWSROOM_SEARCH_H

#include "base/mem.h"
#include "store/db.h"
#include "text/body.h"

struct bs_search_text {
	int64_t story_id;
	bool fresh; /* the index has nothing of it yet */
	struct bs_str lang;
	struct bs_str title, subtitle, summary; /* markup */
	const struct bs_body *body;
};

/* Index a story, replacing what it had. Inside a write transaction. */
enum bs_rc bs_search_put(struct bs_arena *arena, struct bs_db *db, const struct bs_search_text *text,
                         struct bs_err *err) BS_CHECK;
enum bs_rc bs_search_remove(struct bs_db *db, int64_t story_id, struct bs_err *err) BS_CHECK;

#endif
