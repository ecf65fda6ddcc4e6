/* db.h - one connection to the database: named queries, rows, transactions. SQLite or PostgreSQL, chosen by the DSN;
 * the caller never sees which.
 *
 *   struct bs_stmt *stmt = NULL;
 *   rc = bs_db_query(db, BS_Q_story_find, BS_VALUES(bs_text(slug), bs_int(now)), &stmt, err);
 *   if (rc == BS_OK)
 *           rc = bs_stmt_next(stmt, err);           // BS_NOT_FOUND: no such row
 *   if (rc == BS_OK)
 *           title = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_story_find_title));
 *   bs_stmt_free(&stmt);
 *
 * Threads. A connection and its statements belong to one thread at a time; different threads take different ones from
 * a pool (pool.h).
 *
 * Lifetimes. Text and blobs among the values are not copied: they stay as they are until bs_stmt_free. What bs_stmt_str
 * and bs_stmt_blob return lives until the next bs_stmt_next or bs_stmt_free of that statement. A statement is freed
 * before its connection is returned or closed; bs_stmt_free costs nothing, the prepared statement stays with the
 * connection.
 *
 * Round trips. On PostgreSQL a query travels when a row is first asked for, together with every query made before that:
 * make all queries of a page, then read them one after the other, and they cost one round trip. A result is held
 * whole in memory there, so a query over everything is paged by key (WHERE id > ?1 ORDER BY id LIMIT ?2). A query
 * that writes has not happened until it was stepped, executed or posted.
 *
 * Failure. In a transaction, any failure but BS_NOT_FOUND fails the transaction as far as its innermost level: roll that
 * back before anything else (every call until then returns BS_CONFLICT). Both databases behave so. Results of every
 * function that talks to the database, with what to do in err->text:
 *   BS_CONFLICT  a unique key, foreign key or check was violated, or the transaction had failed before
 *   BS_BUSY      locked for too long, over the time limit, connection lost, no free connection: try again later
 *   BS_IO        disk full, or the database could not read or write
 *   BS_DENIED    the file, user or password has not the right
 *   BS_CORRUPT   the database is damaged
 *   BS_LIMIT     a value or result is too large for the database
 *   BS_INVALID   the DSN, or a value that the database cannot hold (NUL in a text) */
#ifndef BS_STORE_DB_H
#define BS_STORE_DB_H

#include "base/core.h"
#include "store/queries.h"
#include "store/schema.h"

struct bs_db;
struct bs_stmt;

enum bs_db_role {
	BS_DB_READER, /* writes are refused */
	BS_DB_WRITER,
};

struct bs_db_options {
	/* "postgresql://…", "postgres://…" or "host=…" is PostgreSQL (libpq's forms); anything else the path of a SQLite
	 * file, made by a writer when it is not there. */
	const char *dsn;
	enum bs_db_role role;
	const struct bs_schema *schema; /* NULL: Broadsheet's own */
	int lock_ms;      /* how long to wait for a lock; 0: 5,000 */
	int statement_ms; /* how long a statement may run; 0: no limit */
	int cache_kb;     /* SQLite's page cache of this connection; 0: 2,048, of a writer 8,192 */
};

/* Is it the path of a SQLite file (or of none that could ever be)? */
bool bs_dsn_is_file(const char *dsn);
/* BS_NOT_FOUND when there is no such file to read. *out is untouched on failure. The schema is not looked at: see
 * bs_store_migrate and bs_store_check in store/migrate.h. */
enum bs_rc bs_db_open(const struct bs_db_options *options, struct bs_db **out, struct bs_err *err) BS_CHECK;
/* Rolls back what is open (and logs where it began). Accepts NULL, leaves NULL. */
void bs_db_close(struct bs_db **db);

/* --- values ---------------------------------------------------------------------------------------------------- */

enum bs_param_kind { BS_PARAM_NULL, BS_PARAM_INT, BS_PARAM_REAL, BS_PARAM_TEXT, BS_PARAM_BLOB };

struct bs_param {
	enum bs_param_kind kind;
	union {
		int64_t i;
		double r;
		struct bs_str s;
	} as;
};

static inline struct bs_param bs_null(void)
{
	return (struct bs_param){ .kind = BS_PARAM_NULL };
}

static inline struct bs_param bs_int(int64_t i)
{
	return (struct bs_param){ .kind = BS_PARAM_INT, .as.i = i };
}

/* An id that may be absent: 0 becomes NULL. */
static inline struct bs_param bs_ref(int64_t id)
{
	return id == 0 ? bs_null() : bs_int(id);
}

static inline struct bs_param bs_real(double r)
{
	return (struct bs_param){ .kind = BS_PARAM_REAL, .as.r = r };
}

/* UTF-8 without NUL. */
static inline struct bs_param bs_text(struct bs_str s)
{
	return (struct bs_param){ .kind = BS_PARAM_TEXT, .as.s = s };
}

static inline struct bs_param bs_blob(struct bs_str bytes)
{
	return (struct bs_param){ .kind = BS_PARAM_BLOB, .as.s = bytes };
}

/* The values of a query's ?1, ?2 … in order; their number must be the query's. */
struct bs_values {
	const struct bs_param *list;
	size_t count;
};
#define BS_VALUES(...) \
	((struct bs_values){ (const struct bs_param[]){ __VA_ARGS__ }, \
	                     sizeof((const struct bs_param[]){ __VA_ARGS__ }) / sizeof(struct bs_param) })
#define BS_NO_VALUES ((struct bs_values){ NULL, 0 })

/* --- queries --------------------------------------------------------------------------------------------------- */

/* Begin a query. The same query may be open several times at once. *out is NULL on failure; else free it. */
enum bs_rc bs_db_query(struct bs_db *db, const struct bs_query *query, struct bs_values values, struct bs_stmt **out,
                       struct bs_err *err) BS_CHECK;
/* BS_OK: on a row. BS_NOT_FOUND: there are no more (err untouched). */
enum bs_rc bs_stmt_next(struct bs_stmt *stmt, struct bs_err *err) BS_CHECK;
/* Columns of the row that next stands on, from 0. NULL reads as 0, 0.0 and empty. */
int64_t bs_stmt_int(const struct bs_stmt *stmt, int column);
double bs_stmt_real(const struct bs_stmt *stmt, int column);
struct bs_str bs_stmt_str(const struct bs_stmt *stmt, int column);
struct bs_str bs_stmt_blob(const struct bs_stmt *stmt, int column);
bool bs_stmt_is_null(const struct bs_stmt *stmt, int column);
/* Rows that a query which writes has changed, once bs_stmt_next has returned BS_NOT_FOUND. */
int64_t bs_stmt_changed(const struct bs_stmt *stmt);
/* Accepts NULL, leaves NULL. */
void bs_stmt_free(struct bs_stmt **stmt);

/* Run to the end a query whose rows nobody needs. */
enum bs_rc bs_db_exec(struct bs_db *db, const struct bs_query *query, struct bs_values values,
                      struct bs_err *err) BS_CHECK;
/* Rows that the last bs_db_exec changed. */
int64_t bs_db_changed(const struct bs_db *db);
/* As exec inside a write transaction, without waiting: on PostgreSQL it travels with the next call that waits, and a
 * failure is that call's (at the latest bs_db_commit's). For the many writes of one story. */
enum bs_rc bs_db_post(struct bs_db *db, const struct bs_query *query, struct bs_values values,
                      struct bs_err *err) BS_CHECK;
/* The first column of the first row: a count, or the id of INSERT … RETURNING id. BS_NOT_FOUND when there is no row
 * (*out untouched). */
enum bs_rc bs_db_int(struct bs_db *db, const struct bs_query *query, struct bs_values values, int64_t *out,
                     struct bs_err *err) BS_CHECK;

/* --- transactions ---------------------------------------------------------------------------------------------- */

enum bs_tx {
	BS_TX_READ,  /* one snapshot for all that follows */
	BS_TX_WRITE, /* one writer at a time in the whole newsroom, all processes: waits its turn, at most lock_ms */
};

/* Levels nest: a begin inside a transaction opens a savepoint, its commit or rollback ends that alone (at most 8 deep).
 * Outside a transaction every query is its own. */
#define bs_db_begin(db, mode, err) bs_db_begin_at((db), (mode), __FILE__, __LINE__, (err))
enum bs_rc bs_db_begin_at(struct bs_db *db, enum bs_tx mode, const char *file, int line, struct bs_err *err) BS_CHECK;
/* On failure the level is rolled back. BS_BUSY from the outermost commit of PostgreSQL when the connection was lost
 * just then: the outcome is unknown, look before doing it again. */
enum bs_rc bs_db_commit(struct bs_db *db, struct bs_err *err) BS_CHECK;
/* Never fails to the caller: a connection that cannot roll back is closed. Does nothing outside a transaction. */
void bs_db_rollback(struct bs_db *db);

/* Have fn run in the open write transaction just before its outermost commit, once however often it was asked for; its failure
 * is the commit's. For what costs less done once for all changes than with each. A level that is rolled back does not take this
 * back: fn sees in the database what there is to do. */
typedef enum bs_rc bs_commit_fn(struct bs_db *db, struct bs_err *err);
enum bs_rc bs_db_before_commit(struct bs_db *db, bs_commit_fn *fn, struct bs_err *err) BS_CHECK;

/* fn inside a write transaction (a level, when one is open): committed when it returns BS_OK, rolled back otherwise.
 * When the outermost transaction collides with another (a lock, a serialization failure) it is run again from the
 * start, at most 5 times with a growing pause; so fn must be able to run twice. */
#define bs_db_transact(db, fn, ctx, err) bs_db_transact_at((db), (fn), (ctx), __FILE__, __LINE__, (err))
enum bs_rc bs_db_transact_at(struct bs_db *db, enum bs_rc (*fn)(struct bs_db *db, void *ctx, struct bs_err *err),
                             void *ctx, const char *file, int line, struct bs_err *err) BS_CHECK;

/* --- the change feed, writing side (feed.h follows it) ------------------------------------------------------------ */

/* Say that what `tag` names has changed. Inside a write transaction only; goes out when that commits, once however
 * often it was touched. `tag` is copied: 1 to 63 bytes. */
enum bs_rc bs_change_touch(struct bs_db *db, struct bs_str tag, struct bs_err *err) BS_CHECK;

#endif
