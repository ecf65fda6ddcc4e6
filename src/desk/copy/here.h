/* here.h - who is writing on a story at this moment, and what a page on which somebody writes is told about it.
 *
 * Held in memory, by this process, for BS_HERE_SECONDS after a page was last heard of: pages tell it every so often, with what they keep or
 * alone, and when they are left. Of several servers each knows its own visitors only; that who saves is shown what others have saved does not
 * depend on it. Safe from any thread. */
#ifndef BS_DESK_COPY_HERE_H
#define BS_DESK_COPY_HERE_H

#include "desk/story.h"

enum { BS_HERE_SECONDS = 90, BS_HERE_MAX = 1024 /* pages at once; more are not shown */ };

struct bs_here;
struct bs_json;

struct bs_here *bs_here_new(void);
/* Accepts NULL, leaves NULL. */
void bs_here_free(struct bs_here **here);

/* Whether the form was made for who is signed in now: `account` is a field of it. */
bool bs_here_same_person(const struct bs_visit *visit);
/* 409 {"other": true}: somebody else has signed in meanwhile. */
enum bs_rc bs_here_answer_other(struct bs_visit *visit, struct bs_err *err) BS_CHECK;

/* Count the page of the field `copy` as being here, and answer with `answer` and:
 *
 *   "time"       of now, as people read it
 *   "here"       names of others who write on the story
 *   "revision"   id of the newest revision; 0: it was never saved
 *   "number", "who", "when", "status"   of that revision; status as people read it
 *   "may"        whether the visitor may save the story as it is now
 *
 * story_id 0: it was never saved. */
enum bs_rc bs_here_answer(struct bs_visit *visit, struct bs_json *answer, struct bs_str story, int64_t story_id, struct bs_err *err) BS_CHECK;

#endif
