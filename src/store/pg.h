/* pg.h - what the two halves of the driver for PostgreSQL share: pg.c (connecting, wording errors, watching) and
 * pg_stmt.c (statements in the pipeline). No other file includes it. */
#ifndef BS_STORE_PG_H
#define BS_STORE_PG_H

#include "store/driver.h"

/* libpq's PGconn and PGresult by the names that need no header of its. */
struct pg_conn;
struct pg_result;

/* What the server knows of a query, under the name "qID". */
struct bs_pg_prepared {
	enum { BS_PG_UNKNOWN, BS_PG_PREPARED, BS_PG_DESCRIBED } state;
	uint32_t types[BS_PARAMS_MAX]; /* of its parameters, as the server inferred them */
	bool columns_checked;
};

/* A request on its way, whose answer has yet to be read. */
struct bs_pg_request {
	enum { BS_PG_PREPARE, BS_PG_DESCRIBE, BS_PG_RUN, BS_PG_SYNC } kind;
	const struct bs_query *query; /* NULL for a sync and for SQL without a name */
	struct bs_pg_stmt *stmt;      /* who waits for the rows of a run; NULL: nobody */
	unsigned turn;                /* bs_pg.turn when it was sent */
};

/* How much longer than a statement may run its answer is waited for. */
enum { BS_PG_GRACE_MS = 2000 };

struct bs_pg_stmt {
	struct bs_stmt base;
	enum { BS_PG_IDLE, BS_PG_SENT, BS_PG_ANSWERED } state;
	struct pg_result *result; /* when answered; NULL: the connection was lost before */
	int row, rows;
};

struct bs_pg {
	struct bs_db base;
	struct pg_conn *conn;
	struct bs_pg_prepared *prepared; /* by query id */
	struct bs_pg_request *requests;  /* a ring, oldest first */
	size_t first, count, room;
	bool silent;         /* the server did not answer in time; the connection is lost */
	bool unsynced;       /* something was sent since the last sync */
	unsigned turn;       /* counts transactions: what fails of one that was left is nobody's business any more */
	enum bs_rc late;     /* a request failed for which nobody waited, and nobody was told: cause says why; else BS_OK */
	struct bs_err cause; /* the first failure of the transaction (or batch): others fail because of it */
	char where[160];     /* "news on db.example", for messages */
};

static inline struct bs_pg *bs_pg_of(const struct bs_db *db)
{
	return (struct bs_pg *)(uintptr_t)db;
}

static inline struct bs_pg_stmt *bs_pg_stmt_of(const struct bs_stmt *stmt)
{
	return (struct bs_pg_stmt *)(uintptr_t)stmt;
}

/* Word the failure that the result, or without one the connection, tells of; `what` is the query's name. Finds out
 * whether the connection is lost or the transaction collided. */
enum bs_rc bs_pg_fail(struct bs_pg *db, const struct pg_result *result, const char *what, struct bs_err *err);
/* Send what is on its way and let the server work on it; no waiting. */
void bs_pg_sync(struct bs_pg *db);
/* Read answers until that of `until` (NULL: every one) has come. Anything but BS_OK: the connection is lost. */
enum bs_rc bs_pg_read(struct bs_pg *db, const struct bs_pg_stmt *until, struct bs_err *err);

/* The driver's functions about statements; see driver.h. */
enum bs_rc bs_pg_run(struct bs_db *db, const char *sql, struct bs_err *err);
enum bs_rc bs_pg_prepare(struct bs_db *db, const struct bs_query *query, struct bs_stmt **out, struct bs_err *err);
void bs_pg_finalize(struct bs_stmt *stmt);
enum bs_rc bs_pg_start(struct bs_stmt *stmt, struct bs_values values, struct bs_err *err);
enum bs_rc bs_pg_post(struct bs_stmt *stmt, struct bs_values values, struct bs_err *err);
enum bs_rc bs_pg_next(struct bs_stmt *stmt, struct bs_err *err);
void bs_pg_reset(struct bs_stmt *stmt);
enum bs_rc bs_pg_describe(struct bs_stmt *stmt, int *columns, struct bs_err *err);
int64_t bs_pg_changed(const struct bs_stmt *stmt);
int64_t bs_pg_int(const struct bs_stmt *stmt, int column);
double bs_pg_real(const struct bs_stmt *stmt, int column);
struct bs_str bs_pg_bytes(const struct bs_stmt *stmt, int column);
bool bs_pg_null(const struct bs_stmt *stmt, int column);

#endif
