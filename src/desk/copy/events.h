/* events.h - telling pages that are open on a story what happened to it, at once (server-sent events).
 *
 *   copy    the visitor's own working copy was kept; data is its id
 *   saved   the story has a new revision; data is its public id
 *   here    somebody has come to write on it, or has left
 *
 * They carry no more than that: who is told something asks for the rest as always, with all that is checked then. Told to the pages that this
 * process serves; of several servers each tells its own, and the others hear of it when they next ask (here.h). Safe from any thread. */
#ifndef BS_DESK_COPY_EVENTS_H
#define BS_DESK_COPY_EVENTS_H

#include "desk/visit.h"

enum { BS_EVENTS_PER_ACCOUNT = 12 /* pages; further ones hear of it when they next ask */ };

struct bs_events;

struct bs_events *bs_events_new(void);
/* After the server has stopped. Accepts NULL, leaves NULL. */
void bs_events_free(struct bs_events **events);

/* To all pages of the story; to those of one account when it is not 0. */
void bs_events_tell(struct bs_events *events, struct bs_str story, int64_t account_id, struct bs_str event, struct bs_str data);

#endif
