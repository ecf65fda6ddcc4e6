/* shown.h - one story as the tables show it, read back into the draft that it could have been saved from. Private to verify/. */
#ifndef BS_NEWSROOM_VERIFY_SHOWN_H
#define BS_NEWSROOM_VERIFY_SHOWN_H

#include "newsroom/listing.h"
#include "newsroom/verify/verifying.h"

struct bs_shown_listed { /* a list that shows it */
	struct bs_list list;
	int64_t published_at;
	bool own; /* of its own language */
};

struct bs_shown {
	int64_t id, body_id, revision_id;
	const struct bs_stmt *row; /* of shown-walk */
	const struct bs_json *meta; /* as it was signed */
	struct bs_draft draft;
	struct bs_saving saving; /* with what meta.c and derive.c look at */
	struct bs_str *placed;   /* notices that stand in its text */
	int64_t *notes;          /* passages of its corrections */
	struct bs_shown_listed *lists;
	size_t placed_count, list_count;
	size_t notice_room, placed_room, correction_room, note_room, entry_room, list_room;
	const char *fault; /* the first thing that is not as it was signed; NULL: none */
};

static inline void bs_shown_differs(struct bs_shown *story, const char *what)
{
	if (story->fault == NULL)
		story->fault = what;
}

/* The parts of a few hundred stories, begun together and read beside the walk over their rows. */
enum { BS_SHOWN_PARTS = 6 };
struct bs_shown_part {
	struct bs_stmt *rows;
	int64_t story; /* of the row that it stands on; INT64_MAX behind the last */
};
enum bs_rc bs_shown_begin(struct bs_db *db, struct bs_shown_part *parts, int64_t behind, struct bs_err *err) BS_CHECK;
/* Read the story of the row, in the arena. `now` 0: whether a scheduled story is shown before its time is not looked at. */
enum bs_rc bs_shown_read(struct bs_arena *arena, struct bs_db *db, struct bs_shown_part *parts, const struct bs_stmt *row, int64_t now,
                         struct bs_shown *out, struct bs_err *err) BS_CHECK;

#endif
