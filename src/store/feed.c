/* feed.c - following the change table; see feed.h.
 *
 * The feed remembers the id of the last change that it handed over. Ids are given in order of commit, because writers
 * are one at a time, so reading on from there misses nothing. When that very row is no longer in the table, rows behind it
 * may have been pruned, too: then everything may have changed. The same when the table ends before it (another
 * database was put in its place), and after a lost connection: a server that died without waiting for its disk, or the replica that
 * took its place, may have lost its last changes, and gives their ids to others. */
#include "store/feed.h"

#include <poll.h>
#include <stdlib.h>

#include "base/sys.h"
#include "store/driver.h"

enum { BATCH = 500, PAUSE_FIRST_MS = 100, PAUSE_LAST_MS = 5000 };

struct bs_feed {
	struct bs_db_options options;
	char *dsn;
	struct bs_db *db; /* NULL while it is away */
	int64_t last;
	int pause_ms;     /* until the next attempt to connect */
	int64_t retry_at; /* bs_monotonic_usec */
	bool look;        /* there may be changes to read before waiting */
	bool was_away;    /* since the last look: what came back may have lost its last changes, and give their ids again */
};

static enum bs_rc read_bounds(struct bs_db *db, int64_t *oldest, int64_t *newest, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_change_bounds, BS_NO_VALUES, &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		*oldest = bs_stmt_int(stmt, BS_C_change_bounds_oldest);
		*newest = bs_stmt_int(stmt, BS_C_change_bounds_newest);
	}
	bs_stmt_free(&stmt);
	return rc;
}

/* Hand over at most BATCH changes; *count says how many. */
static enum bs_rc read_batch(struct bs_feed *feed, bs_feed_fn *fn, void *ctx, int *count, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(feed->db, BS_Q_change_after, BS_VALUES(bs_int(feed->last), bs_int(BATCH)), &stmt, err);

	for (*count = 0; rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK; ++*count) {
		feed->last = bs_stmt_int(stmt, BS_C_change_after_id);
		fn(bs_stmt_str(stmt, BS_C_change_after_tag), ctx);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc read_changes(struct bs_feed *feed, bs_feed_fn *fn, void *ctx, bool *any, struct bs_err *err)
{
	int64_t oldest = 0, newest = 0;
	enum bs_rc rc = bs_db_begin(feed->db, BS_TX_READ, err);
	int count = 0;

	if (rc != BS_OK)
		return rc;
	rc = read_bounds(feed->db, &oldest, &newest, err);
	if (rc == BS_OK && (feed->was_away || oldest > feed->last || newest < feed->last)) {
		feed->last = newest;
		feed->was_away = false;
		*any = true;
		fn(BS_STR(""), ctx);
	}
	do {
		if (rc == BS_OK && newest > feed->last)
			rc = read_batch(feed, fn, ctx, &count, err);
		*any |= count > 0;
	} while (rc == BS_OK && count == BATCH && newest > feed->last);
	if (rc == BS_OK)
		return bs_db_commit(feed->db, err);
	bs_db_rollback(feed->db);
	return rc;
}

static enum bs_rc connect_feed(struct bs_feed *feed, struct bs_err *err)
{
	enum bs_rc rc = bs_db_open(&feed->options, &feed->db, err);

	/* Watching begins before the first look: what is committed in between is seen by one of the two. */
	if (rc == BS_OK)
		rc = feed->db->driver->watch(feed->db, err);
	if (rc != BS_OK)
		bs_db_close(&feed->db);
	feed->look = rc == BS_OK;
	return rc;
}

/* Try again when its time has come, waiting for that at most timeout_ms. */
static enum bs_rc reconnect(struct bs_feed *feed, int timeout_ms, struct bs_err *err)
{
	int64_t left = (feed->retry_at - bs_monotonic_usec() + 999) / 1000;
	enum bs_rc rc;

	if (left > 0)
		(void)poll(NULL, 0, left < timeout_ms ? (int)left : timeout_ms);
	if (left > timeout_ms)
		return bs_fail(err, BS_BUSY, "the change feed waits for the database to come back");
	rc = connect_feed(feed, err);
	if (rc == BS_OK) {
		feed->pause_ms = 0;
		feed->was_away = true;
		return rc;
	}
	feed->pause_ms = feed->pause_ms == 0 ? PAUSE_FIRST_MS : 2 * feed->pause_ms;
	if (feed->pause_ms > PAUSE_LAST_MS)
		feed->pause_ms = PAUSE_LAST_MS;
	feed->retry_at = bs_monotonic_usec() + (int64_t)feed->pause_ms * 1000;
	return rc;
}

enum bs_rc bs_feed_wait(struct bs_feed *feed, int timeout_ms, bs_feed_fn *fn, void *ctx, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;
	bool any = false;

	if (feed->db == NULL)
		rc = reconnect(feed, timeout_ms, err);
	if (rc == BS_OK && !feed->look)
		rc = feed->db->driver->wait(feed->db, timeout_ms, err);
	if (rc == BS_OK) {
		feed->look = true; /* until it was read to the end */
		rc = read_changes(feed, fn, ctx, &any, err);
		feed->look = rc != BS_OK;
	}
	if (feed->db != NULL && feed->db->lost)
		bs_db_close(&feed->db);
	if (rc == BS_OK && !any)
		return BS_NOT_FOUND;
	return rc;
}

enum bs_rc bs_feed_open(const struct bs_db_options *options, struct bs_feed **out, struct bs_err *err)
{
	struct bs_feed *feed = bs_alloc(sizeof(*feed));
	size_t size = strlen(options->dsn) + 1;
	int64_t oldest;
	enum bs_rc rc;

	memset(feed, 0, sizeof(*feed));
	feed->options = *options;
	feed->options.role = BS_DB_READER;
	feed->dsn = bs_alloc(size);
	memcpy(feed->dsn, options->dsn, size);
	feed->options.dsn = feed->dsn;
	rc = connect_feed(feed, err);
	if (rc == BS_OK)
		rc = read_bounds(feed->db, &oldest, &feed->last, err);
	feed->look = false; /* the present is where it starts */
	if (rc == BS_OK) {
		*out = feed;
		feed = NULL;
	}
	bs_feed_close(&feed);
	return rc;
}

void bs_feed_close(struct bs_feed **feed)
{
	if (feed == NULL || *feed == NULL)
		return;
	bs_db_close(&(*feed)->db);
	free((*feed)->dsn);
	free(*feed);
	*feed = NULL;
}
