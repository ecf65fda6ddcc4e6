/* sqlite.c - the driver for SQLite: one file, write-ahead log, every commit on the disk before it is acknowledged.
 *
 * One connection per thread at a time, so SQLite's own mutexes are off. Text and blobs are bound without a copy
 * (db.h promises that they stay until the statement is freed). A statement that has come to its end is reset at once: an
 * open read would hold back the log's checkpoint. For RETURNING SQLite makes a temporary table each time; an INSERT that
 * gives nothing but its row's id has come here without the clause, and its one row is made of what SQLite knows anyway. The
 * time limit of a statement costs nothing until the statement has run for some 100,000 steps of SQLite's machine; only then is
 * the clock read. */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/recycle.h"
#include "base/sys.h"
#include "store/driver.h"

enum { STEPS_BETWEEN_CHECKS = 100000, WATCH_EVERY_MS = 20 };

struct sqlite_db {
	struct bs_db base;
	sqlite3 *handle;
	int64_t deadline; /* of the statement that runs, in bs_monotonic_usec; 0: its clock has not begun */
	int64_t seen_version; /* PRAGMA data_version when the change table was last looked at */
	char path[1024]; /* for messages */
};

struct sqlite_stmt {
	struct bs_stmt base;
	sqlite3_stmt *handle;
	int64_t changed;
	int64_t new_id; /* of the row that gives_id stands on; 0: on none */
};

static struct sqlite_db *db_of(const struct bs_db *db)
{
	return (struct sqlite_db *)(uintptr_t)db;
}

static struct sqlite_stmt *stmt_of(const struct bs_stmt *stmt)
{
	return (struct sqlite_stmt *)(uintptr_t)stmt;
}

/* A statement asks for its cursors with every run and gives them back at its end. */
#ifndef BS_ARENA_MALLOC
static void *memory_take(int size)
{
	return bs_recycle_take((size_t)size);
}

static void *memory_resize(void *block, int size)
{
	return bs_recycle_resize(block, (size_t)size);
}

static int memory_size(void *block)
{
	return block != NULL ? (int)bs_recycle_size(block) : 0;
}

static int memory_round(int size)
{
	return (int)bs_recycle_round((size_t)size);
}

static int memory_begin(void *unused)
{
	(void)unused;
	return SQLITE_OK;
}

static void memory_end(void *unused)
{
	(void)unused;
}

static void recycle_memory(void)
{
	static const sqlite3_mem_methods methods = { memory_take, bs_recycle_give, memory_resize, memory_size, memory_round,
		                                     memory_begin, memory_end, NULL };

	sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}
#endif

static void configure(void)
{
#ifndef BS_ARENA_MALLOC
	recycle_memory(); /* sanitizers are to see each block */
#endif
	sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* --- errors ------------------------------------------------------------------------------------------------------ */

/* SQLite tells a full disk, but not one that is over a quota, from one that fails; the system's own word is often lost
 * by the time that the statement has ended. */
static enum bs_rc fail_io(struct sqlite_db *db, int code, const char *what, struct bs_err *err)
{
	int system = sqlite3_system_errno(db->handle);

	if (code == SQLITE_FULL)
		return bs_fail(err, BS_IO, "%s: the disk of %s is full; nothing of this change was stored. Make room", what, db->path);
	if (code == SQLITE_IOERR_WRITE)
		return bs_fail(err, BS_IO, "%s: %s could not be written; nothing of this change was stored. Look whether its disk is full, "
		               "over a quota or failing", what, db->path);
	return bs_fail(err, BS_IO, "%s: %s could not be read or written (%s); look at its disk and its rights", what,
	               db->path, system != 0 ? strerror(system) : sqlite3_errmsg(db->handle));
}

/* Word SQLite's last failure; `what` is the query's name. */
static enum bs_rc fail(struct sqlite_db *db, int code, const char *what, struct bs_err *err)
{
	switch (code & 0xff) {
	case SQLITE_CONSTRAINT:
		return bs_fail(err, BS_CONFLICT, "%s: %s", what, sqlite3_errmsg(db->handle));
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		db->base.collided = code == SQLITE_BUSY_SNAPSHOT;
		return bs_fail(err, BS_BUSY, "%s: %s was locked by another writer for more than %d ms; try again", what, db->path,
		               db->base.lock_ms);
	case SQLITE_INTERRUPT:
		return bs_fail(err, BS_BUSY, "%s: ran for more than %d ms and was stopped", what, db->base.statement_ms);
	case SQLITE_FULL:
	case SQLITE_IOERR:
		return fail_io(db, code, what, err);
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return bs_fail(err, BS_DENIED, "%s: %s may not be written: %s", what, db->path,
		               db->base.role == BS_DB_READER ? "this connection only reads" :
		               "give this user the right to write to it and to its folder");
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return bs_fail(err, BS_CORRUPT, "%s: %s is %s; restore it from a backup", what, db->path,
		               (code & 0xff) == SQLITE_NOTADB ? "no SQLite database" : "damaged");
	case SQLITE_TOOBIG:
		return bs_fail(err, BS_LIMIT, "%s: a value is larger than the database can hold", what);
	case SQLITE_MISMATCH:
		return bs_fail(err, BS_INVALID, "%s: %s", what, sqlite3_errmsg(db->handle));
	default:
		return bs_fail(err, BS_IO, "%s: %s (SQLite code %d)", what, sqlite3_errmsg(db->handle), code);
	}
}

/* --- the rank of a full-text match: the same number that PostgreSQL computes in SQL --------------------------------- */

/* best_place(TABLE): the sum over the words of a match of the weight of the best column that the word stands in: 4 in the
 * first, 2 in the second, 1 in any other. */
static void best_place(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context, int count,
                       sqlite3_value **values)
{
	static const int weights[] = { 4, 2 };
	int phrases = api->xPhraseCount(fts);
	int rank = 0;

	(void)count;
	(void)values;
	for (int i = 0; i < phrases; i++) {
		Fts5PhraseIter iter;
		int column = -1;
		int code = api->xPhraseFirstColumn(fts, i, &iter, &column);

		if (code != SQLITE_OK) {
			sqlite3_result_error_code(context, code);
			return;
		}
		/* Columns come in order: the first is the best. */
		if (column >= 0)
			rank += (size_t)column < BS_COUNT(weights) ? weights[column] : 1;
	}
	sqlite3_result_int(context, rank);
}

static enum bs_rc register_rank(struct sqlite_db *db, struct bs_err *err)
{
	sqlite3_stmt *stmt = NULL;
	fts5_api *api = NULL;
	bool done = false;

	/* The way that FTS5 gives its interface out: through a bound pointer. */
	if (sqlite3_prepare_v2(db->handle, BS_Q_rank_interface->sql[BS_SQLITE], -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_bind_pointer(stmt, 1, (void *)&api, "fts5_api_ptr", NULL) == SQLITE_OK) {
		(void)sqlite3_step(stmt);
		done = api != NULL && api->xCreateFunction(api, "best_place", NULL, best_place, NULL) == SQLITE_OK;
	}
	sqlite3_finalize(stmt);
	return done ? BS_OK : bs_fail(err, BS_IO, "this SQLite has no full-text search (FTS5); use the one of Debian 12 or newer");
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

/* Called every STEPS_BETWEEN_CHECKS steps; not 0 stops the statement. */
static int check_clock(void *ptr)
{
	struct sqlite_db *db = ptr;
	int64_t now = bs_monotonic_usec();

	if (db->deadline == 0)
		db->deadline = now + (int64_t)db->base.statement_ms * 1000;
	return now > db->deadline;
}

static enum bs_rc sqlite_run(struct bs_db *db, const char *sql, struct bs_err *err)
{
	sqlite3_stmt *handle = NULL;
	int code = sqlite3_prepare_v2(db_of(db)->handle, sql, -1, &handle, NULL);
	enum bs_rc rc;

	do
		code = code == SQLITE_OK || code == SQLITE_ROW ? sqlite3_step(handle) : code;
	while (code == SQLITE_ROW);
	rc = code == SQLITE_DONE ? BS_OK : fail(db_of(db), code, "script", err);
	sqlite3_finalize(handle);
	return rc;
}

static enum bs_rc set_up(struct sqlite_db *db, int cache_kb, struct bs_err *err)
{
	char cache[64];
	const char *const pragmas[] = {
		"PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON", "PRAGMA mmap_size = 0", "PRAGMA temp_store = MEMORY",
		"PRAGMA analysis_limit = 400", cache,
		db->base.role == BS_DB_WRITER ? "PRAGMA journal_mode = WAL" : "PRAGMA query_only = ON",
		"PRAGMA journal_size_limit = 67108864", "PRAGMA wal_autocheckpoint = 8192",
	};
	enum bs_rc rc = BS_OK;

	sqlite3_busy_timeout(db->handle, db->base.lock_ms);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	if (db->base.statement_ms > 0)
		sqlite3_progress_handler(db->handle, STEPS_BETWEEN_CHECKS, check_clock, db);
	if (cache_kb <= 0)
		cache_kb = db->base.role == BS_DB_WRITER ? BS_WRITER_CACHE_KB : BS_CACHE_KB;
	snprintf(cache, sizeof(cache), "PRAGMA cache_size = -%d", cache_kb);
	for (size_t i = 0; rc == BS_OK && i < BS_COUNT(pragmas); i++)
		rc = sqlite_run(&db->base, pragmas[i], err);
	return rc;
}

static enum bs_rc fail_open(struct sqlite_db *db, int code, struct bs_err *err)
{
	int system = db->handle != NULL ? sqlite3_system_errno(db->handle) : 0;

	if ((code & 0xff) != SQLITE_CANTOPEN)
		return fail(db, code, "open", err);
	return bs_fail(err, system == EACCES || system == EPERM || system == EROFS ? BS_DENIED : BS_IO,
	               "the database %s cannot be opened (%s); look at the path and the rights of its folder", db->path,
	               system != 0 ? strerror(system) : sqlite3_errstr(code));
}

static void sqlite_close(struct bs_db *base)
{
	struct sqlite_db *db = db_of(base);
	struct bs_err ignored;

	if (db->base.role == BS_DB_WRITER && db->handle != NULL)
		(void)!sqlite_run(base, "PRAGMA optimize", &ignored);
	sqlite3_close(db->handle);
	free(db);
}

/* Open the path or "file:" name; on failure the handle is closed again. */
static enum bs_rc attempt(struct sqlite_db *db, const char *name, int flags, int cache_kb, struct bs_err *err)
{
	int code = sqlite3_open_v2(name, &db->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
	enum bs_rc rc = code == SQLITE_OK ? set_up(db, cache_kb, err) : fail_open(db, code, err);

	if (rc == BS_OK)
		rc = register_rank(db, err);
	if (rc == BS_OK)
		return rc;
	sqlite3_close(db->handle);
	db->handle = NULL;
	return rc;
}

/* The size of a file beside the database; -1: there is none. */
static int64_t size_beside(const char *path, const char *ending)
{
	struct bs_buf name = BS_BUF(PATH_MAX);
	struct stat info;
	int64_t size;

	bs_buf_printf(&name, "%s%s", path, ending);
	bs_buf_putc(&name, '\0');
	size = !name.failed && stat(name.data, &info) == 0 ? info.st_size : -1;
	bs_buf_free(&name);
	return size;
}

static bool log_is_empty(const char *path)
{
	return size_beside(path, "-wal") <= 0;
}

/* A file that this process may not write to and nobody has open: beside it nothing is to be made either. */
static bool stands_still(const char *path)
{
	return access(path, R_OK) == 0 && access(path, W_OK) != 0 && log_is_empty(path) && size_beside(path, "-shm") < 0;
}

/* As a URI, with whatever would mean something there percent-encoded. */
static void write_still_name(struct bs_buf *out, const char *path)
{
	bs_buf_put(out, bs_str_c(path[0] == '/' ? "file://" : "file:"));
	for (; *path != '\0'; path++) {
		if (strchr("%?#", *path) != NULL)
			bs_buf_printf(out, "%%%02X", (unsigned)*path);
		else
			bs_buf_putc(out, *path);
	}
	bs_buf_lit(out, "?immutable=1");
	bs_buf_putc(out, '\0');
}

/* Readers, too, share memory in a file beside the database, and make it when nobody else has it open. Where that may not be made, as on a
 * backup that is mounted for reading, a file that nobody changes is read without. `rc` is what came before. */
static enum bs_rc attempt_still(struct sqlite_db *db, const struct bs_db_options *options, enum bs_rc rc, struct bs_err *err)
{
	struct bs_buf name = BS_BUF(3 * PATH_MAX);

	if (rc == BS_CORRUPT || access(options->dsn, R_OK) != 0 || access(options->dsn, W_OK) == 0)
		return rc;
	if (!log_is_empty(options->dsn))
		return bs_fail(err, BS_DENIED, "%s has a log (%s-wal) that cannot be read where nothing may be written beside it; copy both "
		               "to another folder", db->path, db->path);
	write_still_name(&name, options->dsn);
	if (!name.failed)
		rc = attempt(db, name.data, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, options->cache_kb, err);
	bs_buf_free(&name);
	return rc;
}

static enum bs_rc sqlite_open(const struct bs_db_options *options, struct bs_db **out, struct bs_err *err)
{
	static pthread_once_t configured = PTHREAD_ONCE_INIT;
	bool reader = options->role == BS_DB_READER;
	struct bs_db *base = NULL;
	struct sqlite_db *db;
	struct stat info;
	enum bs_rc rc;

	pthread_once(&configured, configure);
	if (reader && stat(options->dsn, &info) != 0 && errno == ENOENT)
		return bs_fail(err, BS_NOT_FOUND, "there is no database at %s; broadsheet init makes a new one, a backup brings an old one back",
		               options->dsn);
	db = bs_alloc(sizeof(*db));
	memset(db, 0, sizeof(*db));
	bs_db_init(&db->base, &bs_driver_sqlite, options);
	base = &db->base;
	snprintf(db->path, sizeof(db->path), "%s", options->dsn);
	rc = reader && stands_still(options->dsn) ? BS_DENIED
		: attempt(db, options->dsn, SQLITE_OPEN_READWRITE | (reader ? 0 : SQLITE_OPEN_CREATE), options->cache_kb, err);
	if (rc != BS_OK && reader)
		rc = attempt_still(db, options, rc, err);
	if (rc == BS_OK) {
		*out = base;
		base = NULL;
	}
	bs_db_close(&base);
	return rc;
}

/* --- statements -------------------------------------------------------------------------------------------------- */

static enum bs_rc sqlite_prepare(struct bs_db *db, const struct bs_query *query, struct bs_stmt **out, struct bs_err *err)
{
	struct sqlite_stmt *stmt;
	sqlite3_stmt *handle = NULL;
	int code = sqlite3_prepare_v3(db_of(db)->handle, query->sql[BS_SQLITE], -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);

	if (code != SQLITE_OK)
		return fail(db_of(db), code, query->name, err);
	stmt = bs_alloc(sizeof(*stmt));
	*stmt = (struct sqlite_stmt){ .base = { .db = db, .query = query }, .handle = handle };
	*out = &stmt->base;
	return BS_OK;
}

static void sqlite_finalize(struct bs_stmt *stmt)
{
	sqlite3_finalize(stmt_of(stmt)->handle);
	free(stmt_of(stmt));
}

static int bind(sqlite3_stmt *handle, int n, const struct bs_param *value)
{
	/* A NULL pointer would be stored as NULL. */
	const char *bytes = value->kind >= BS_PARAM_TEXT && value->as.s.len > 0 ? value->as.s.ptr : "";

	switch (value->kind) {
	case BS_PARAM_INT:
		return sqlite3_bind_int64(handle, n, value->as.i);
	case BS_PARAM_REAL:
		return sqlite3_bind_double(handle, n, value->as.r);
	case BS_PARAM_TEXT:
		return sqlite3_bind_text64(handle, n, bytes, value->as.s.len, SQLITE_STATIC, SQLITE_UTF8);
	case BS_PARAM_BLOB:
		return sqlite3_bind_blob64(handle, n, bytes, value->as.s.len, SQLITE_STATIC);
	case BS_PARAM_NULL:
		break;
	}
	return sqlite3_bind_null(handle, n);
}

static enum bs_rc sqlite_start(struct bs_stmt *base, struct bs_values values, struct bs_err *err)
{
	struct sqlite_stmt *stmt = stmt_of(base);
	int code = SQLITE_OK;

	for (size_t i = 0; code == SQLITE_OK && i < values.count; i++)
		code = bind(stmt->handle, (int)i + 1, &values.list[i]);
	db_of(base->db)->deadline = 0;
	return code == SQLITE_OK ? BS_OK : fail(db_of(base->db), code, base->query->name, err);
}

static enum bs_rc sqlite_next(struct bs_stmt *base, struct bs_err *err)
{
	struct sqlite_stmt *stmt = stmt_of(base);
	struct sqlite_db *db = db_of(base->db);
	enum bs_rc rc = BS_NOT_FOUND;
	int code;

	if (stmt->new_id != 0) {
		stmt->new_id = 0;
		return BS_NOT_FOUND;
	}
	code = sqlite3_step(stmt->handle);
	if (code == SQLITE_ROW)
		return BS_OK;
	if (code == SQLITE_DONE)
		stmt->changed = sqlite3_changes64(db->handle);
	else
		rc = fail(db, code, base->query->name, err);
	if (code == SQLITE_DONE && base->query->gives_id && stmt->changed > 0) {
		stmt->new_id = sqlite3_last_insert_rowid(db->handle);
		rc = BS_OK;
	}
	sqlite3_reset(stmt->handle);
	return rc;
}

static void sqlite_reset(struct bs_stmt *stmt)
{
	sqlite3_reset(stmt_of(stmt)->handle);
	stmt_of(stmt)->new_id = 0;
}

static int64_t sqlite_changed(const struct bs_stmt *stmt)
{
	return stmt_of(stmt)->changed;
}

static int64_t sqlite_column_int(const struct bs_stmt *stmt, int column)
{
	if (stmt_of(stmt)->new_id != 0)
		return stmt_of(stmt)->new_id;
	return sqlite3_column_int64(stmt_of(stmt)->handle, column);
}

static double sqlite_column_real(const struct bs_stmt *stmt, int column)
{
	return sqlite3_column_double(stmt_of(stmt)->handle, column);
}

static struct bs_str sqlite_column_bytes(const struct bs_stmt *stmt, int column)
{
	sqlite3_stmt *handle = stmt_of(stmt)->handle;
	const char *bytes = sqlite3_column_blob(handle, column);

	return bs_str_n(bytes != NULL ? bytes : "", (size_t)sqlite3_column_bytes(handle, column));
}

static bool sqlite_column_null(const struct bs_stmt *stmt, int column)
{
	return stmt_of(stmt)->new_id == 0 && sqlite3_column_type(stmt_of(stmt)->handle, column) == SQLITE_NULL;
}

static enum bs_rc sqlite_describe(struct bs_stmt *stmt, int *columns, struct bs_err *err)
{
	(void)err;
	*columns = stmt->query->gives_id ? 1 : sqlite3_column_count(stmt_of(stmt)->handle);
	return BS_OK;
}

/* --- transactions, watching -------------------------------------------------------------------------------------- */

static enum bs_rc sqlite_begin(struct bs_db *db, enum bs_tx mode, struct bs_err *err)
{
	return bs_db_exec(db, mode == BS_TX_WRITE ? BS_Q_tx_write : BS_Q_tx_read, BS_NO_VALUES, err);
}

static bool sqlite_in_tx(const struct bs_db *db)
{
	return sqlite3_get_autocommit(db_of(db)->handle) == 0;
}

static bool sqlite_alive(struct bs_db *db)
{
	return !db->lost;
}

/* data_version is a number that changes whenever another connection has committed. */
static enum bs_rc sqlite_watch(struct bs_db *db, struct bs_err *err)
{
	return bs_db_int(db, BS_Q_change_version, BS_NO_VALUES, &db_of(db)->seen_version, err);
}

static enum bs_rc sqlite_wait(struct bs_db *base, int timeout_ms, struct bs_err *err)
{
	struct sqlite_db *db = db_of(base);
	int64_t end = bs_monotonic_usec() + (int64_t)timeout_ms * 1000;
	enum bs_rc rc;
	int64_t version = 0;

	for (;;) {
		int64_t left = (end - bs_monotonic_usec()) / 1000;

		rc = bs_db_int(base, BS_Q_change_version, BS_NO_VALUES, &version, err);
		if (rc != BS_OK)
			return rc;
		if (version != db->seen_version) {
			db->seen_version = version;
			return BS_OK;
		}
		if (left <= 0)
			return BS_NOT_FOUND;
		(void)poll(NULL, 0, left < WATCH_EVERY_MS ? (int)left : WATCH_EVERY_MS);
	}
}

const struct bs_driver bs_driver_sqlite = {
	.dialect = BS_SQLITE,
	.open = sqlite_open,
	.close = sqlite_close,
	.run = sqlite_run,
	.begin = sqlite_begin,
	.prepare = sqlite_prepare,
	.finalize = sqlite_finalize,
	.start = sqlite_start,
	.next = sqlite_next,
	.reset = sqlite_reset,
	.changed = sqlite_changed,
	.column_int = sqlite_column_int,
	.column_real = sqlite_column_real,
	.column_bytes = sqlite_column_bytes,
	.column_null = sqlite_column_null,
	.describe = sqlite_describe,
	.in_tx = sqlite_in_tx,
	.alive = sqlite_alive,
	.watch = sqlite_watch,
	.wait = sqlite_wait,
};
