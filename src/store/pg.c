/* pg.c - the driver for PostgreSQL: connecting, wording errors, transactions, watching; statements are in pg_stmt.c.
 *
 * Limits and the reader's being read-only are given when connecting, so that they cost no round trip and hold from the first
 * statement on. Writers take turns by an advisory lock that the transaction holds to its end: that is what SQLite does,
 * it makes READ COMMITTED as good as SERIALIZABLE, and it gives the change table ids in the order of commit. */
#include "store/pg.h"

#include <errno.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/sys.h"

enum { CONNECT_MS = 5000, OLDEST_SERVER = 150000, IDLE_IN_TX_MS = 60000 };

/* --- errors ------------------------------------------------------------------------------------------------------ */

/* What an SQLSTATE means to the caller, and what to do. The longest prefix that fits counts; `advice` may be NULL. */
struct meaning {
	const char *state;
	enum bs_rc rc;
	bool lost, collided;
	const char *advice;
};

static const struct meaning meanings[] = {
	{ "08", BS_BUSY, true, false, "the connection was lost; try again" },
	{ "0A000", BS_BUSY, true, false, "the database's schema was changed meanwhile; try again" },
	{ "22", BS_INVALID, false, false, NULL },
	{ "23", BS_CONFLICT, false, false, NULL },
	{ "25006", BS_DENIED, false, false, "this connection only reads" },
	{ "25P02", BS_CONFLICT, false, false, "roll the transaction back first" },
	{ "25P03", BS_BUSY, true, false, "a transaction stayed idle for too long and was ended; try again" },
	{ "26000", BS_BUSY, true, false, "connect to the server itself: a pooler between must keep sessions" },
	{ "28P01", BS_DENIED, false, false, "correct the password in the DSN or in ~/.pgpass" },
	{ "28", BS_DENIED, false, false, "correct the user in the DSN, or allow it in the server's pg_hba.conf" },
	{ "3D000", BS_NOT_FOUND, false, false, "make it with createdb, or correct the name in the DSN" },
	{ "3F000", BS_DENIED, false, false, "there is no schema that this user may use: GRANT USAGE, CREATE ON SCHEMA public" },
	{ "40", BS_BUSY, false, true, "another transaction was in the way; try again" },
	{ "42501", BS_DENIED, false, false, "make this user the owner of the database, or GRANT it the right" },
	{ "42704", BS_DENIED, false, false, "the database lacks what each new one has: CREATE EXTENSION plpgsql" },
	{ "53100", BS_IO, false, false, "the server's disk is full: make room; nothing of this change was stored" },
	{ "53300", BS_BUSY, false, false, "the server has no connection left: raise its max_connections, or lower what others take" },
	{ "53", BS_IO, false, false, "the server lacks resources" },
	{ "54", BS_LIMIT, false, false, NULL },
	{ "55P03", BS_BUSY, false, false, NULL },
	{ "57014", BS_BUSY, false, false, NULL },
	{ "57", BS_BUSY, true, false, "the server stops or starts; try again" },
	{ "58", BS_IO, false, false, "the server could not read or write its files" },
	{ "XX001", BS_CORRUPT, false, false, "the database is damaged; restore it from a backup" },
	{ "XX002", BS_CORRUPT, false, false, "an index is damaged; REINDEX DATABASE makes it anew" },
};

static const struct meaning *meaning_of(const char *state)
{
	static const struct meaning unknown = { "", BS_IO, false, false, NULL };
	const struct meaning *found = &unknown;

	for (size_t i = 0; state != NULL && i < BS_COUNT(meanings); i++)
		if (strncmp(state, meanings[i].state, strlen(meanings[i].state)) == 0 && strlen(meanings[i].state) > strlen(found->state))
			found = &meanings[i];
	return found;
}

static struct bs_str first_line(const char *text)
{
	struct bs_str rest = bs_str_c(text != NULL ? text : ""), line = rest;

	(void)bs_str_split(&rest, '\n', &line);
	return bs_str_trim(line);
}

static enum bs_rc fail_lost(struct bs_pg *db, const char *what, struct bs_err *err)
{
	struct bs_str why = first_line(PQerrorMessage(db->conn));

	db->base.lost = true;
	if (db->silent)
		return bs_fail(err, BS_BUSY, "%s: %s did not answer within %d ms; try again, and look whether its machine and the line "
		               "to it are well", what, db->where, db->base.statement_ms + BS_PG_GRACE_MS);
	return bs_fail(err, BS_BUSY, "%s: the connection to %s was lost (%.*s); try again", what, db->where,
	               (int)(why.len < 100 ? why.len : 100), why.ptr);
}

enum bs_rc bs_pg_fail(struct bs_pg *db, const struct pg_result *result, const char *what, struct bs_err *err)
{
	const char *state = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
	const struct meaning *meaning = meaning_of(state);
	struct bs_str text, detail;

	if (state == NULL || PQstatus(db->conn) == CONNECTION_BAD)
		return fail_lost(db, what, err);
	db->base.lost |= meaning->lost;
	db->base.collided |= meaning->collided;
	if (strcmp(state, "57014") == 0)
		return bs_fail(err, BS_BUSY, "%s: ran for more than %d ms and was stopped", what, db->base.statement_ms);
	if (strcmp(state, "55P03") == 0)
		return bs_fail(err, BS_BUSY, "%s: %s was locked by another writer for more than %d ms; try again", what, db->where,
		               db->base.lock_ms);
	text = first_line(PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
	detail = first_line(PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL));
	if (meaning->advice != NULL)
		return bs_fail(err, meaning->rc, "%s: " BS_FMT "; %s", what, BS_ARG(text), meaning->advice);
	return bs_fail(err, meaning->rc, "%s: " BS_FMT "%s" BS_FMT, what, BS_ARG(text), detail.len > 0 ? ": " : "",
	               BS_ARG(detail));
}

/* --- connecting -------------------------------------------------------------------------------------------------- */

/* A failed connection has no result to ask, but in the verbose form the SQLSTATE stands in its message:
 * "… FATAL:  28P01: password authentication failed …". Moves *text behind it. */
static const struct meaning *meaning_in(struct bs_str *text)
{
	char state[6] = "";

	for (size_t at = 0; (at = bs_str_find(*text, BS_STR("  "), at)) != SIZE_MAX; at++) {
		struct bs_str code = bs_str_sub(*text, at + 2, 5);

		if (code.len < 5 || !bs_str_starts(bs_str_sub(*text, at + 7, 2), BS_STR(": ")))
			continue;
		memcpy(state, code.ptr, 5);
		*text = bs_str_sub(*text, at + 9, SIZE_MAX);
		return meaning_of(state);
	}
	return NULL;
}

static enum bs_rc fail_connect(PGconn *conn, const char *where, struct bs_err *err)
{
	struct bs_str text = first_line(PQerrorMessage(conn));
	const struct meaning *meaning = meaning_in(&text);
	const char *advice = "start the server, or correct host and port in the DSN";

	if (meaning != NULL && meaning->advice != NULL)
		advice = meaning->advice;
	else if (PQconnectionNeedsPassword(conn))
		return bs_fail(err, BS_DENIED, "%s asks for a password; put it into the DSN or into ~/.pgpass", where);
	return bs_fail(err, meaning != NULL && meaning->rc != BS_IO ? meaning->rc : BS_BUSY, "cannot connect to %s: %.*s; %s", where,
	               (int)(text.len < 140 ? text.len : 140), text.ptr, advice);
}

/* Drive the connection to its end, at most CONNECT_MS: libpq's own waiting knows no limit but whole seconds. */
static bool finish_connecting(PGconn *conn)
{
	int64_t end = bs_monotonic_usec() + CONNECT_MS * 1000;
	PostgresPollingStatusType status = PGRES_POLLING_WRITING;

	while (status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED) {
		struct pollfd wait = { PQsocket(conn), status == PGRES_POLLING_READING ? POLLIN : POLLOUT, 0 };
		int64_t left = (end - bs_monotonic_usec()) / 1000;

		if (left <= 0 || (poll(&wait, 1, (int)left) < 0 && errno != EINTR))
			return false;
		status = PQconnectPoll(conn);
	}
	return status == PGRES_POLLING_OK;
}

/* The run-time options. What only concerns speed the DSN may change, what the store relies on stands behind its options.
 * Plans are made once per query: with a plan of its own for each execution, a list of 15 rows takes twice as long. */
static void merge_options(const PQconninfoOption *given, const struct bs_db *db, char *out, size_t size)
{
	const char *theirs = "";

	for (; given->keyword != NULL; given++)
		if (strcmp(given->keyword, "options") == 0 && given->val != NULL)
			theirs = given->val;
	snprintf(out, size, "-c jit=off -c plan_cache_mode=force_generic_plan %s -c lock_timeout=%d -c statement_timeout=%d "
	         "-c idle_in_transaction_session_timeout=%d -c client_min_messages=warning%s", theirs, db->lock_ms, db->statement_ms, IDLE_IN_TX_MS,
	         db->role == BS_DB_READER ? " -c default_transaction_read_only=on" : "");
}

/* "NAME on HOST", without a password. */
static void name_place(const PQconninfoOption *given, char *out, size_t size)
{
	const char *host = "this machine", *name = "the user's database";

	for (; given->keyword != NULL; given++) {
		if (given->val == NULL || given->val[0] == '\0')
			continue;
		if (strcmp(given->keyword, "host") == 0)
			host = given->val;
		else if (strcmp(given->keyword, "dbname") == 0)
			name = given->val;
	}
	snprintf(out, size, "%.60s on %.80s", name, host);
}

static enum bs_rc connect_to(struct bs_pg *db, const char *dsn, struct bs_err *err)
{
	/* What stands before the DSN it may override; what stands behind it holds. */
	const char *keywords[] = { "fallback_application_name", "keepalives_idle", "keepalives_interval", "keepalives_count",
	                           "tcp_user_timeout", "dbname", "client_encoding", "options", NULL };
	const char *values[] = { "broadsheet", "15", "5", "3", "15000", dsn, "UTF8", NULL, NULL };
	PQconninfoOption *given = PQconninfoParse(dsn, NULL);
	char options[1024];

	if (given == NULL)
		return bs_fail(err, BS_INVALID, "the DSN is none that PostgreSQL understands; write it as "
		               "postgresql://USER:PASSWORD@HOST:PORT/NAME or host=… dbname=…");
	merge_options(given, &db->base, options, sizeof(options));
	values[7] = options;
	name_place(given, db->where, sizeof(db->where));
	PQconninfoFree(given);
	db->conn = PQconnectStartParams(keywords, values, 1);
	if (db->conn == NULL)
		return bs_fail(err, BS_IO, "libpq gave no connection");
	(void)PQsetErrorVerbosity(db->conn, PQERRORS_VERBOSE);
	if (PQstatus(db->conn) == CONNECTION_BAD || !finish_connecting(db->conn))
		return fail_connect(db->conn, db->where, err);
	return BS_OK;
}

static enum bs_rc check_server(const struct bs_pg *db, struct bs_err *err)
{
	const char *encoding = PQparameterStatus(db->conn, "server_encoding");

	if (PQserverVersion(db->conn) < OLDEST_SERVER)
		return bs_fail(err, BS_INVALID, "%s is PostgreSQL %d; Broadsheet needs 15 or newer", db->where,
		               PQserverVersion(db->conn) / 10000);
	if (encoding == NULL || strcmp(encoding, "UTF8") != 0)
		return bs_fail(err, BS_INVALID, "%s is encoded in %s; make a database with createdb -E UTF8 -T template0", db->where,
		               encoding != NULL ? encoding : "something unknown");
	return BS_OK;
}

static void drop_notice(void *ctx, const char *text)
{
	(void)ctx;
	(void)text;
}

/* After much was written, count anew what the planner reckons with. The server does so by itself, but a minute later, and until then a search
 * behind a large import may take a plan of many seconds. What fails here is not missed. */
static void optimize(struct bs_db *base)
{
	static const char *const steps[] = {
		"DO $$ BEGIN PERFORM pg_stat_force_next_flush(); END $$", /* of what this connection wrote */
		"DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_stat_user_tables WHERE n_mod_since_analyze > 500 + n_live_tup / 5)\n"
		"THEN ANALYZE; END IF; END $$",
	};
	struct bs_err ignored;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < BS_COUNT(steps) && rc == BS_OK; i++)
		rc = bs_pg_run(base, steps[i], &ignored);
}

static void pg_close(struct bs_db *base)
{
	struct bs_pg *db = bs_pg_of(base);

	if (base->role == BS_DB_WRITER && PQstatus(db->conn) == CONNECTION_OK)
		optimize(base);
	PQfinish(db->conn);
	free(db->prepared);
	free(db->requests);
	free(db);
}

static enum bs_rc pg_open(const struct bs_db_options *options, struct bs_db **out, struct bs_err *err)
{
	struct bs_pg *db = bs_alloc(sizeof(*db));
	struct bs_db *base = &db->base;
	size_t size;
	enum bs_rc rc;

	memset(db, 0, sizeof(*db));
	bs_db_init(base, &bs_driver_postgres, options);
	size = sizeof(db->prepared[0]) * ((size_t)base->schema->query_count + 1);
	db->prepared = bs_alloc(size);
	memset(db->prepared, 0, size);
	rc = connect_to(db, options->dsn, err);
	if (rc == BS_OK)
		rc = check_server(db, err);
	if (rc == BS_OK && PQenterPipelineMode(db->conn) != 1)
		rc = bs_fail(err, BS_IO, "libpq has no pipeline mode; use the one of Debian 12 or newer");
	if (rc == BS_OK) {
		(void)PQsetNoticeProcessor(db->conn, drop_notice, NULL);
		(void)PQsetErrorVerbosity(db->conn, PQERRORS_DEFAULT);
		*out = base;
		base = NULL;
	}
	bs_db_close(&base);
	return rc;
}

/* --- transactions, watching -------------------------------------------------------------------------------------- */

static enum bs_rc pg_begin(struct bs_db *base, enum bs_tx mode, struct bs_err *err)
{
	enum bs_rc rc;
	struct bs_err ignored;

	bs_pg_of(base)->cause.rc = BS_OK;
	bs_pg_of(base)->late = BS_OK;
	if (mode == BS_TX_READ)
		return bs_db_send(base, BS_Q_tx_read, BS_NO_VALUES, err);
	rc = bs_db_send(base, BS_Q_tx_write, BS_NO_VALUES, err);
	if (rc == BS_OK)
		rc = bs_db_exec(base, BS_Q_tx_turn, BS_NO_VALUES, err);
	if (rc != BS_OK && !base->lost && bs_db_exec(base, BS_Q_tx_rollback, BS_NO_VALUES, &ignored) != BS_OK)
		base->lost = true;
	return rc;
}

static bool pg_in_tx(const struct bs_db *db)
{
	return PQtransactionStatus(bs_pg_of(db)->conn) != PQTRANS_IDLE;
}

static bool pg_alive(struct bs_db *base)
{
	struct bs_pg *db = bs_pg_of(base);
	struct pollfd hung_up = { PQsocket(db->conn), POLLRDHUP, 0 };

	return !base->lost && poll(&hung_up, 1, 0) == 0;
}

static void pg_flush(struct bs_db *db)
{
	bs_pg_sync(bs_pg_of(db));
}

static enum bs_rc pg_watch(struct bs_db *db, struct bs_err *err)
{
	return bs_db_exec(db, BS_Q_change_listen, BS_NO_VALUES, err);
}

static bool take_notifies(PGconn *conn)
{
	PGnotify *notify;
	bool any = false;

	while ((notify = PQnotifies(conn)) != NULL) {
		PQfreemem(notify);
		any = true;
	}
	return any;
}

static enum bs_rc pg_wait(struct bs_db *base, int timeout_ms, struct bs_err *err)
{
	struct bs_pg *db = bs_pg_of(base);
	int64_t end = bs_monotonic_usec() + (int64_t)timeout_ms * 1000;
	enum bs_rc rc = bs_pg_read(db, NULL, err);

	while (rc == BS_OK && !take_notifies(db->conn)) {
		struct pollfd readable = { PQsocket(db->conn), POLLIN, 0 };
		int64_t left = (end - bs_monotonic_usec()) / 1000;

		if (left <= 0)
			return BS_NOT_FOUND;
		(void)poll(&readable, 1, (int)left);
		if (PQconsumeInput(db->conn) != 1)
			rc = fail_lost(db, "change feed", err);
	}
	return rc;
}

const struct bs_driver bs_driver_postgres = {
	.dialect = BS_POSTGRES,
	.open = pg_open,
	.close = pg_close,
	.run = bs_pg_run,
	.begin = pg_begin,
	.prepare = bs_pg_prepare,
	.finalize = bs_pg_finalize,
	.start = bs_pg_start,
	.next = bs_pg_next,
	.reset = bs_pg_reset,
	.post = bs_pg_post,
	.flush = pg_flush,
	.changed = bs_pg_changed,
	.column_int = bs_pg_int,
	.column_real = bs_pg_real,
	.column_bytes = bs_pg_bytes,
	.column_null = bs_pg_null,
	.describe = bs_pg_describe,
	.in_tx = pg_in_tx,
	.alive = pg_alive,
	.watch = pg_watch,
	.wait = pg_wait,
};
