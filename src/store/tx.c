/* tx.c - transactions with their levels, the helper that runs again after a collision, and the tags that a transaction
 * touches; see db.h.
 *
 * The outermost level is a transaction of the database, the inner ones are savepoints which all have one name: the
 * database finds the innermost. Tags are collected here and written at the outermost commit, so that a tag that is touched
 * a hundred times is one row, and a level that is rolled back takes its tags along. */
#include <stdlib.h>
#include <unistd.h>

#include "base/sys.h"
#include "store/driver.h"

enum { TX_ATTEMPTS = 5, TX_PAUSE_US = 2000 };

enum bs_rc bs_db_begin_at(struct bs_db *db, enum bs_tx mode, const char *file, int line, struct bs_err *err)
{
	enum bs_rc rc;

	if (mode == BS_TX_WRITE && (db->role != BS_DB_WRITER || (db->depth > 0 && db->mode != BS_TX_WRITE)))
		return bs_fail(err, BS_DENIED, "%s:%d: a write transaction on a %s", file, line,
		               db->depth > 0 ? "snapshot for reading" : "connection for reading");
	if (db->depth == BS_TX_DEPTH)
		return bs_fail(err, BS_LIMIT, "%s:%d: more than %d transactions within each other", file, line, BS_TX_DEPTH);
	if (db->lost)
		return bs_fail(err, BS_BUSY, "the connection to the database was lost; try again");
	if (db->depth > 0) {
		rc = bs_db_exec(db, BS_Q_tx_savepoint, BS_NO_VALUES, err);
	} else {
		db->collided = false;
		rc = db->driver->begin(db, mode, err);
		db->mode = mode;
	}
	if (rc != BS_OK)
		return rc;
	db->levels[db->depth++] = (struct bs_tx_level){ file, line, db->tag_count };
	return BS_OK;
}

enum bs_rc bs_db_before_commit(struct bs_db *db, bs_commit_fn *fn, struct bs_err *err)
{
	if (db->depth == 0 || db->mode != BS_TX_WRITE)
		return bs_fail(err, BS_INVALID, "something is to be done before a commit, and no write transaction is open");
	for (size_t i = 0; i < BS_TX_BEFORE; i++) {
		if (db->before[i] == NULL)
			db->before[i] = fn;
		if (db->before[i] == fn)
			return BS_OK;
	}
	return bs_fail(err, BS_LIMIT, "more than %d things are to be done before a commit", BS_TX_BEFORE);
}

/* The transaction is over, one way or the other. */
static void forget(struct bs_db *db)
{
	db->depth = 0;
	memset(db->before, 0, sizeof(db->before));
	bs_change_forget(db, 0);
}

/* What went wrong in the transaction does not matter any more: only whether it is gone. */
static bool undo(struct bs_db *db, const struct bs_query *query)
{
	struct bs_err err;

	db->failed = false;
	return !db->lost && bs_db_exec(db, query, BS_NO_VALUES, &err) == BS_OK;
}

/* Nobody need wait for the end of a snapshot. A rollback is as good as a commit, and is heard after a failure, too. */
static enum bs_rc leave_snapshot(struct bs_db *db, struct bs_err *err)
{
	enum bs_rc rc = bs_db_send(db, BS_Q_tx_rollback, BS_NO_VALUES, err);

	if (rc == BS_OK && db->driver->flush != NULL)
		db->driver->flush(db);
	return rc;
}

static bool undo_all(struct bs_db *db)
{
	struct bs_err err;

	if (db->mode == BS_TX_WRITE)
		return undo(db, BS_Q_tx_rollback);
	db->failed = false;
	return leave_snapshot(db, &err) == BS_OK;
}

void bs_db_rollback(struct bs_db *db)
{
	if (db->depth == 0)
		return;
	if (db->depth > 1) {
		bool back = undo(db, BS_Q_tx_back) && undo(db, BS_Q_tx_release);

		db->depth--;
		bs_change_forget(db, db->levels[db->depth].tags);
		/* The database had given up the whole of it (a full disk does that): so must the levels around. */
		db->failed = !back;
		return;
	}
	if (!undo_all(db) && db->driver->in_tx(db))
		db->lost = true;
	db->failed = false;
	forget(db);
}

static enum bs_rc commit_level(struct bs_db *db, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	if (db->failed)
		return bs_fail(err, BS_CONFLICT, "the transaction begun at %s:%d had failed before and is rolled back",
		               db->levels[db->depth - 1].file, db->levels[db->depth - 1].line);
	if (db->depth > 1)
		return bs_db_exec(db, BS_Q_tx_release, BS_NO_VALUES, err);
	for (size_t i = 0; i < BS_TX_BEFORE && db->before[i] != NULL && rc == BS_OK; i++)
		rc = db->before[i](db, err);
	if (rc == BS_OK && db->tag_count > 0)
		rc = bs_change_write(db, err);
	if (rc != BS_OK)
		return rc;
	if (db->mode == BS_TX_WRITE)
		return bs_db_exec(db, BS_Q_tx_commit, BS_NO_VALUES, err);
	return leave_snapshot(db, err);
}

enum bs_rc bs_db_commit(struct bs_db *db, struct bs_err *err)
{
	enum bs_rc rc;

	if (db->depth == 0)
		return bs_fail(err, BS_CONFLICT, "commit outside of a transaction");
	rc = commit_level(db, err);
	if (rc != BS_OK) {
		bs_db_rollback(db);
		return rc;
	}
	if (db->depth > 1)
		db->depth--;
	else
		forget(db);
	return BS_OK;
}

static enum bs_rc attempt(struct bs_db *db, enum bs_rc (*fn)(struct bs_db *db, void *ctx, struct bs_err *err),
                          void *ctx, const char *file, int line, struct bs_err *err)
{
	enum bs_rc rc = bs_db_begin_at(db, BS_TX_WRITE, file, line, err);

	if (rc != BS_OK)
		return rc;
	rc = fn(db, ctx, err);
	if (rc == BS_OK)
		return bs_db_commit(db, err);
	bs_db_rollback(db);
	return rc;
}

enum bs_rc bs_db_transact_at(struct bs_db *db, enum bs_rc (*fn)(struct bs_db *db, void *ctx, struct bs_err *err),
                             void *ctx, const char *file, int line, struct bs_err *err)
{
	bool outermost = db->depth == 0;
	enum bs_rc rc;

	for (int i = 1;; i++) {
		rc = attempt(db, fn, ctx, file, line, err);
		if (rc == BS_OK || !outermost || !db->collided || db->lost || i == TX_ATTEMPTS)
			return rc;
		usleep((useconds_t)(TX_PAUSE_US << i));
	}
}

/* --- touched tags ------------------------------------------------------------------------------------------------ */

enum bs_rc bs_change_touch(struct bs_db *db, struct bs_str tag, struct bs_err *err)
{
	void **place;

	if (db->depth == 0 || db->mode != BS_TX_WRITE)
		return bs_fail(err, BS_INVALID, "tag '" BS_FMT "' touched outside of a write transaction", BS_ARG(tag));
	if (tag.len == 0 || tag.len >= BS_TAG_CAP)
		return bs_fail(err, BS_INVALID, "tag '" BS_FMT "' must have 1 to %d bytes", BS_ARG(tag), BS_TAG_CAP - 1);
	if (bs_map_get(&db->tag_set, tag) != NULL)
		return BS_OK;
	if (db->tag_arena == NULL)
		db->tag_arena = bs_arena_new();
	if (db->tag_count == db->tag_room) {
		db->tag_room = db->tag_room > 0 ? 2 * db->tag_room : 32;
		db->tags = bs_realloc(db->tags, db->tag_room * sizeof(db->tags[0]));
	}
	tag = bs_arena_copy(db->tag_arena, tag);
	place = bs_map_put(&db->tag_set, tag);
	*place = db;
	db->tags[db->tag_count++] = tag;
	return BS_OK;
}

void bs_change_forget(struct bs_db *db, size_t from)
{
	if (from == 0 && db->tag_count > 0) {
		bs_map_free(&db->tag_set);
		db->tag_set = BS_MAP(NULL);
		db->tag_count = 0;
		bs_arena_reset(db->tag_arena);
	}
	while (db->tag_count > from)
		bs_map_take(&db->tag_set, db->tags[--db->tag_count]);
}

enum bs_rc bs_change_write(struct bs_db *db, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; rc == BS_OK && i < db->tag_count; i++, db->since_prune++)
		rc = bs_db_post(db, BS_Q_change_add, BS_VALUES(bs_text(db->tags[i])), err);
	if (rc == BS_OK && db->since_prune >= BS_CHANGE_PRUNE) {
		rc = bs_db_post(db, BS_Q_change_prune, BS_VALUES(bs_int(BS_CHANGE_KEEP)), err);
		db->since_prune = 0;
	}
	return rc;
}
