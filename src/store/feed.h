/* feed.h - following what changed, in this process and every other on the same database.
 *
 * A feed starts at the present. It belongs to one thread, which calls bs_feed_wait in a loop. Nothing that was committed
 * after bs_feed_open is missed: after a lost connection, and when the record of changes has been cut, the feed says that everything
 * may have changed. */
#ifndef BS_STORE_FEED_H
#define BS_STORE_FEED_H

#include "store/db.h"

struct bs_feed;

/* Called for each tag, in order of commit; the text lives for the call. An empty tag: everything may have changed. */
typedef void bs_feed_fn(struct bs_str tag, void *ctx);

/* `options` as for bs_db_open; the role is ignored. */
enum bs_rc bs_feed_open(const struct bs_db_options *options, struct bs_feed **out, struct bs_err *err) BS_CHECK;
/* Wait for changes, at most timeout_ms, and hand them to fn.
 *   BS_OK         some were handed over
 *   BS_NOT_FOUND  none came in time
 *   BS_BUSY       the database is away; call again, it is tried again with a growing pause (waited for in here)
 * Other failures pass up; calling again is safe after any. */
enum bs_rc bs_feed_wait(struct bs_feed *feed, int timeout_ms, bs_feed_fn *fn, void *ctx, struct bs_err *err) BS_CHECK;
void bs_feed_close(struct bs_feed **feed);

#endif
