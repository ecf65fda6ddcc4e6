/* driver.h - what a database must be able to do, as a table of functions; for the files of this room alone.
 *
 * db.c and tx.c keep the rules that hold for both (statement cache, failed transactions, nesting, touched tags); a
 * driver only talks to its library. Every function that may fail words its own error; a driver that finds its
 * connection gone sets db->lost. */
#ifndef BS_STORE_DRIVER_H
#define BS_STORE_DRIVER_H

#include "base/map.h"
#include "store/db.h"

enum {
	BS_LOCK_MS = 5000,
	BS_CACHE_KB = 2048,        /* of a reader */
	BS_WRITER_CACHE_KB = 8192, /* a transaction that does not fit is written twice */
	BS_TX_DEPTH = 8,
	BS_TX_BEFORE = 4,          /* functions that may wait for a commit */
	BS_TAG_CAP = 64,          /* bytes of a tag, its end included */
	BS_CHANGE_KEEP = 65536,   /* rows of the change table that stay for followers that were away */
	BS_COPY_MARK = -1,        /* number in schema_version of the row that stands for an unfinished copy */
	BS_CHANGE_PRUNE = 1024,   /* touches of one connection between two prunings */
};

struct bs_stmt {
	struct bs_db *db;
	const struct bs_query *query;
	struct bs_stmt *idle; /* the next idle one of the same query */
};

struct bs_driver {
	enum bs_dialect dialect;
	enum bs_rc (*open)(const struct bs_db_options *options, struct bs_db **out, struct bs_err *err);
	void (*close)(struct bs_db *db); /* frees what open made; statements were finalized before */
	enum bs_rc (*run)(struct bs_db *db, const char *sql, struct bs_err *err); /* one statement, once: migrations */
	enum bs_rc (*begin)(struct bs_db *db, enum bs_tx mode, struct bs_err *err);
	enum bs_rc (*prepare)(struct bs_db *db, const struct bs_query *query, struct bs_stmt **out, struct bs_err *err);
	void (*finalize)(struct bs_stmt *stmt);
	enum bs_rc (*start)(struct bs_stmt *stmt, struct bs_values values, struct bs_err *err);
	enum bs_rc (*next)(struct bs_stmt *stmt, struct bs_err *err);
	void (*reset)(struct bs_stmt *stmt); /* done with its rows; ready for another start */
	/* NULL: as start, next to the end, reset. */
	enum bs_rc (*post)(struct bs_stmt *stmt, struct bs_values values, struct bs_err *err);
	void (*flush)(struct bs_db *db); /* send what was posted; NULL: nothing ever waits */
	int64_t (*changed)(const struct bs_stmt *stmt);
	int64_t (*column_int)(const struct bs_stmt *stmt, int column);
	double (*column_real)(const struct bs_stmt *stmt, int column);
	struct bs_str (*column_bytes)(const struct bs_stmt *stmt, int column);
	bool (*column_null)(const struct bs_stmt *stmt, int column);
	/* The types of the columns that the database itself gives, for the test of all queries; NULL: it gives none. */
	enum bs_rc (*describe)(struct bs_stmt *stmt, int *columns, struct bs_err *err);
	bool (*in_tx)(const struct bs_db *db); /* does the database think that a transaction is open? */
	bool (*alive)(struct bs_db *db);       /* cheap, no round trip */
	/* For the feed: begin watching; then wait at most timeout_ms. BS_OK: look at the change table. */
	enum bs_rc (*watch)(struct bs_db *db, struct bs_err *err);
	enum bs_rc (*wait)(struct bs_db *db, int timeout_ms, struct bs_err *err);
};

extern const struct bs_driver bs_driver_sqlite;
extern const struct bs_driver bs_driver_postgres;

struct bs_tx_level {
	const char *file; /* where it began */
	int line;
	size_t tags; /* how many were touched before it */
};

struct bs_db {
	const struct bs_driver *driver;
	const struct bs_schema *schema;
	struct bs_stmt **idle; /* by query id: a chain of statements, prepared and not in use */
	enum bs_db_role role;
	int lock_ms;
	int statement_ms;
	bool lost;     /* the connection is gone for good */
	bool collided; /* the last failure was a collision that running again may solve */
	bool failed;   /* the innermost level of the transaction must be rolled back */
	enum bs_tx mode;
	int depth; /* levels open; 0: no transaction */
	struct bs_tx_level levels[BS_TX_DEPTH];
	bs_commit_fn *before[BS_TX_BEFORE]; /* to run before the outermost commit; NULL behind the last */
	int64_t changed;
	/* Touched tags, in order, written when the outermost level commits. */
	struct bs_arena *tag_arena;
	struct bs_map tag_set;
	struct bs_str *tags;
	size_t tag_count, tag_room;
	int since_prune;
	/* Where it belongs when it came from a pool. */
	void *slot;
};

/* How many migrations are recorded (-1: not even the table), and whether a copy into this database was left unfinished. */
enum bs_rc bs_store_find_applied(struct bs_db *db, int *applied, bool *copying, struct bs_err *err) BS_CHECK;
/* bs_store_migrate; `copying`: also in a database that is being copied into. */
enum bs_rc bs_store_apply(struct bs_db *db, bool copying, int *applied, struct bs_err *err) BS_CHECK;
/* Fill the common part of a new connection (zeroed before). */
void bs_db_init(struct bs_db *db, const struct bs_driver *driver, const struct bs_db_options *options);
/* bs_db_post without its condition that a transaction is open. */
enum bs_rc bs_db_send(struct bs_db *db, const struct bs_query *query, struct bs_values values, struct bs_err *err) BS_CHECK;
/* Remember a failure of the database in the open transaction; returns rc. */
enum bs_rc bs_db_note(struct bs_db *db, enum bs_rc rc);
/* Forget the touched tags from the n-th on. */
void bs_change_forget(struct bs_db *db, size_t from);
/* Write the touched tags into the change table, just before the outermost commit. */
enum bs_rc bs_change_write(struct bs_db *db, struct bs_err *err);

#endif
