/* copy.h - working copies: what somebody has written on a page and not saved yet, kept while they type.
 *
 * One for each page on which a story is written, found by the story's public id, the account, and the copy's own id, which the page was given
 * when it was made: two tabs of one person keep apart. The form as it is (story_form.h) stands in it as JSON, {"title": "…", "body": "…"},
 * empty fields left out. It goes with the save that its form becomes, or when its author discards it; until then it is offered on the
 * story's page. Nobody but its author sees it. */
#ifndef BS_DESK_COPY_COPY_H
#define BS_DESK_COPY_COPY_H

#include "desk/story.h"

enum { BS_COPY_ID_LEN = 16, BS_COPIES_MAX = 100 /* of one person */ };

/* A new copy's id; and whether this is one. */
struct bs_str bs_copy_id_new(struct bs_arena *arena);
bool bs_copy_id_good(struct bs_str id);

/* Which story it is that somebody writes on: *id is 0 when it was never saved, as one whose form was just made. Whoever sees the story may write
 * on a copy of their own, whether or not they may save it as it is now: one that was published or withdrawn meanwhile takes nobody's words away.
 *   BS_DENIED   the visitor may not see it, or not write anything new
 *   BS_INVALID  it is no story, and none whose form was ever made */
enum bs_rc bs_copy_story(struct bs_visit *visit, struct bs_db *db, struct bs_str public_id, int64_t *id, struct bs_err *err) BS_CHECK;

/* Put what the copy says in the place of the form's fields, its base and turn with it. *when is the time that it was kept. One of a correction
 * (it has BS_SF_CORRECTION) says nothing of fields that its form does not have: these stay.
 *   BS_NOT_FOUND  the visitor has no such copy; *form is untouched. */
enum bs_rc bs_copy_load(struct bs_visit *visit, struct bs_str story, struct bs_str id, struct bs_story_form *form, int64_t *when,
                        struct bs_err *err) BS_CHECK;
/* What was asked for by "?copy=" in the place of what the form has. *notice says so, or that the copy is gone; *when is 0 then, or when none was
 * asked for, and *notice as it was. */
enum bs_rc bs_copy_open(struct bs_visit *visit, struct bs_str story, struct bs_story_form *form, int64_t *when, struct bs_value *notice,
                        struct bs_err *err) BS_CHECK;
/* The copy that this form was kept in has become a revision. Inside of the write; nothing happens when there is none. */
enum bs_rc bs_copy_done(struct bs_visit *visit, struct bs_db *db, const struct bs_story_form *form, struct bs_err *err) BS_CHECK;

/* Whether anybody's copy has the picture as its lead or in its text: who goes on with it must find it. */
enum bs_rc bs_copy_shows(struct bs_arena *arena, struct bs_db *db, int64_t media_id, bool *shows, struct bs_err *err) BS_CHECK;

/* Offer the visitor's copies in the view: of the story with this public id; when it is empty, of stories that were never saved. That with the
 * id `open` is left out: it is what the page shows. */
enum bs_rc bs_copies_put(struct bs_visit *visit, struct bs_dict *view, struct bs_str story, struct bs_str open, struct bs_err *err) BS_CHECK;

#endif
