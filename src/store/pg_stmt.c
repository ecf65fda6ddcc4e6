/* pg_stmt.c - statements on PostgreSQL, in the pipeline; see pg.h.
 *
 * The connection is in pipeline mode all the time. Starting a statement puts it on its way and a request into the ring;
 * the first one whose rows are asked for sends a sync behind all of them and reads answers in order, giving each to
 * whom it belongs, until its own has come. So whatever was started together costs one round trip.
 *
 * After a failure the server skips everything up to the next sync. Who waits for such a skipped statement is told what had
 * failed (cause). A failure that nobody waits for, of a posted write or of a statement that was freed unread, is kept as
 * `late` and handed to the next call of the transaction that waits. A rollback goes behind a sync of its own, or it
 * would be skipped with the rest.
 *
 * Parameters and results are binary. The server infers the parameters' types when it prepares a query; they are asked
 * for along with the first use on each connection, which costs that use a second round trip. */
#include "store/pg.h"

#include <endian.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/sys.h"

enum { DRAIN_AT = 1024 }; /* answers outstanding, after which they are read even if nobody waits */

/* Types by their fixed numbers in pg_type. */
enum {
	TYPE_BOOL = 16,
	TYPE_BYTEA = 17,
	TYPE_INT8 = 20,
	TYPE_INT2 = 21,
	TYPE_INT4 = 23,
	TYPE_TEXT = 25,
	TYPE_FLOAT4 = 700,
	TYPE_FLOAT8 = 701,
	TYPE_VARCHAR = 1043,
	TYPE_VOID = 2278,
};

/* --- requests and answers ---------------------------------------------------------------------------------------- */

static void push(struct bs_pg *db, struct bs_pg_request request)
{
	if (db->count == db->room) {
		size_t room = db->room > 0 ? 2 * db->room : 64;
		struct bs_pg_request *grown = bs_alloc(room * sizeof(*grown));

		for (size_t i = 0; i < db->count; i++)
			grown[i] = db->requests[(db->first + i) % db->room];
		free(db->requests);
		db->requests = grown;
		db->first = 0;
		db->room = room;
	}
	request.turn = db->turn;
	db->requests[(db->first + db->count++) % db->room] = request;
	db->unsynced = request.kind != BS_PG_SYNC;
}

static struct bs_pg_request pop(struct bs_pg *db)
{
	struct bs_pg_request request = db->requests[db->first];

	db->first = (db->first + 1) % db->room;
	db->count--;
	return request;
}

/* Nothing that is on its way will be answered. */
static enum bs_rc lose(struct bs_pg *db, const char *what, struct bs_err *err)
{
	while (db->count > 0) {
		struct bs_pg_request request = pop(db);

		if (request.stmt != NULL)
			request.stmt->state = BS_PG_ANSWERED;
	}
	db->unsynced = false;
	return bs_pg_fail(db, NULL, what, err);
}

void bs_pg_sync(struct bs_pg *db)
{
	/* When it cannot be sent, reading finds the connection lost. */
	if (db->unsynced && PQpipelineSync(db->conn) == 1)
		push(db, (struct bs_pg_request){ .kind = BS_PG_SYNC });
}

static const char *name_of(const struct bs_pg_request *request)
{
	return request->query != NULL ? request->query->name : "script";
}

static void keep_cause(struct bs_pg *db, const struct bs_pg_request *request, const PGresult *result)
{
	struct bs_err failure;

	(void)bs_pg_fail(db, result, name_of(request), &failure);
	if (db->cause.rc == BS_OK && request->turn == db->turn)
		db->cause = failure;
}

static void settle_good(struct bs_pg *db, const struct bs_pg_request *request, const PGresult *result)
{
	struct bs_pg_prepared *prepared;

	if (request->kind != BS_PG_DESCRIBE)
		return;
	prepared = &db->prepared[request->query->id];
	prepared->state = BS_PG_DESCRIBED;
	for (int i = 0; i < PQnparams(result) && i < BS_PARAMS_MAX; i++)
		prepared->types[i] = PQparamtype(result, i);
}

static void settle_bad(struct bs_pg *db, const struct bs_pg_request *request, const PGresult *result)
{
	if (PQresultStatus(result) != PGRES_PIPELINE_ABORTED)
		keep_cause(db, request, result);
	if (request->kind == BS_PG_PREPARE)
		db->prepared[request->query->id].state = BS_PG_UNKNOWN;
	if (request->stmt == NULL && db->base.depth > 0 && request->turn == db->turn)
		db->late = db->cause.rc;
}

static bool is_good(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_PIPELINE_SYNC;
}

/* Wait for the next answer, where statements have a time limit not much longer than that: the server ends them itself, so
 * one that says nothing has stopped, or the line to it is cut. False when the connection is gone. */
static bool answers(struct bs_pg *db)
{
	int limit = db->base.statement_ms > 0 ? db->base.statement_ms + BS_PG_GRACE_MS : 0;
	int64_t end = bs_monotonic_usec() + (int64_t)limit * 1000;

	while (PQisBusy(db->conn)) {
		struct pollfd readable = { PQsocket(db->conn), POLLIN, 0 };
		int64_t left = (end - bs_monotonic_usec() + 999) / 1000;

		db->silent = limit > 0 && left <= 0;
		if (db->silent)
			return false;
		if (poll(&readable, 1, limit > 0 ? (int)left : -1) > 0 && PQconsumeInput(db->conn) != 1)
			return false;
	}
	return true;
}

/* Read the answer to one request and give it to whom it belongs; false when the connection is gone. */
static bool settle(struct bs_pg *db)
{
	PGresult *result = answers(db) ? PQgetResult(db->conn) : NULL, *more;
	struct bs_pg_request request;

	if (result == NULL || (!is_good(result) && PQstatus(db->conn) == CONNECTION_BAD)) {
		PQclear(result);
		return false;
	}
	request = pop(db);
	/* Every answer but that to a sync ends with a NULL. */
	while (request.kind != BS_PG_SYNC && (more = PQgetResult(db->conn)) != NULL)
		PQclear(more);
	if (is_good(result))
		settle_good(db, &request, result);
	else
		settle_bad(db, &request, result);
	if (request.stmt == NULL) {
		PQclear(result);
		return true;
	}
	request.stmt->result = result;
	request.stmt->state = BS_PG_ANSWERED;
	return true;
}

enum bs_rc bs_pg_read(struct bs_pg *db, const struct bs_pg_stmt *until, struct bs_err *err)
{
	bs_pg_sync(db);
	while (db->count > 0 && (until == NULL || until->state == BS_PG_SENT))
		if (!settle(db))
			return lose(db, until != NULL ? until->base.query->name : "query", err);
	return BS_OK;
}

/* Report what failed without being waited for; BS_OK when nothing did. */
static enum bs_rc take_late(struct bs_pg *db, struct bs_err *err)
{
	if (db->late == BS_OK)
		return BS_OK;
	db->late = BS_OK;
	return bs_fail(err, db->cause.rc, "%s", db->cause.text);
}

/* --- sending ----------------------------------------------------------------------------------------------------- */

static void query_name(const struct bs_query *query, char out[8])
{
	snprintf(out, 8, "q%d", query->id);
}

/* Make the query known to the server, and its parameters' types to us. */
static enum bs_rc know(struct bs_pg *db, const struct bs_query *query, struct bs_err *err)
{
	struct bs_pg_prepared *prepared = &db->prepared[query->id];
	enum bs_rc rc;
	char name[8];

	query_name(query, name);
	if (prepared->state == BS_PG_UNKNOWN) {
		if (PQsendPrepare(db->conn, name, query->sql[BS_POSTGRES], 0, NULL) != 1)
			return lose(db, query->name, err);
		push(db, (struct bs_pg_request){ .kind = BS_PG_PREPARE, .query = query });
		prepared->state = BS_PG_PREPARED;
	}
	if (query->params == 0 || prepared->state == BS_PG_DESCRIBED)
		return BS_OK;
	if (PQsendDescribePrepared(db->conn, name) != 1)
		return lose(db, query->name, err);
	push(db, (struct bs_pg_request){ .kind = BS_PG_DESCRIBE, .query = query });
	rc = bs_pg_read(db, NULL, err);
	if (rc != BS_OK || prepared->state == BS_PG_DESCRIBED)
		return rc;
	db->late = BS_OK;
	return bs_fail(err, db->cause.rc, "%s", db->cause.text);
}

/* The values of one execution in the form that libpq takes. */
struct sent {
	const char *values[BS_PARAMS_MAX];
	int lengths[BS_PARAMS_MAX];
	int formats[BS_PARAMS_MAX];
	uint64_t numbers[BS_PARAMS_MAX]; /* big-endian; what values of numbers point to */
};

static bool encode_int(struct sent *out, int n, int64_t value, uint32_t type)
{
	double real = (double)value;
	uint64_t bits;
	uint32_t half = htobe32((uint32_t)value);
	uint8_t truth = value != 0;

	out->values[n] = (const char *)&out->numbers[n];
	switch (type) {
	case TYPE_INT8:
		out->numbers[n] = htobe64((uint64_t)value);
		out->lengths[n] = 8;
		return true;
	case TYPE_INT4:
		memcpy(&out->numbers[n], &half, 4);
		out->lengths[n] = 4;
		return value >= INT32_MIN && value <= INT32_MAX;
	case TYPE_FLOAT8:
		memcpy(&bits, &real, 8);
		out->numbers[n] = htobe64(bits);
		out->lengths[n] = 8;
		return true;
	case TYPE_BOOL:
		memcpy(&out->numbers[n], &truth, 1);
		out->lengths[n] = 1;
		return true;
	default:
		return false;
	}
}

static bool encode(struct sent *out, int n, const struct bs_param *value, uint32_t type)
{
	uint64_t bits;

	out->formats[n] = 1;
	switch (value->kind) {
	case BS_PARAM_NULL:
		out->values[n] = NULL;
		out->lengths[n] = 0;
		return true;
	case BS_PARAM_INT:
		return encode_int(out, n, value->as.i, type);
	case BS_PARAM_REAL:
		memcpy(&bits, &value->as.r, 8);
		out->numbers[n] = htobe64(bits);
		out->values[n] = (const char *)&out->numbers[n];
		out->lengths[n] = 8;
		return type == TYPE_FLOAT8;
	case BS_PARAM_TEXT:
	case BS_PARAM_BLOB:
		/* A NULL pointer would be sent as NULL. */
		out->values[n] = value->as.s.len > 0 ? value->as.s.ptr : "";
		out->lengths[n] = (int)value->as.s.len;
		return value->kind == BS_PARAM_BLOB ? type == TYPE_BYTEA : type == TYPE_TEXT || type == TYPE_VARCHAR;
	}
	return false;
}

static enum bs_rc encode_all(struct bs_pg *db, const struct bs_query *query, struct bs_values values, struct sent *out,
                             struct bs_err *err)
{
	static const char *const kinds[] = { "NULL", "BIGINT", "DOUBLE PRECISION", "TEXT", "BYTEA" };

	for (size_t i = 0; i < values.count; i++) {
		const struct bs_param *value = &values.list[i];

		if (value->kind >= BS_PARAM_TEXT && value->as.s.len > INT32_MAX / 4)
			return bs_fail(err, BS_LIMIT, "%s: ?%zu is larger than the database can hold", query->name, i + 1);
		if (!encode(out, (int)i, value, db->prepared[query->id].types[i]))
			return bs_fail(err, BS_INVALID, "%s: ?%zu does not fit the type that PostgreSQL infers (%u); write CAST(?%zu AS %s) "
			               "in its SQL", query->name, i + 1, db->prepared[query->id].types[i], i + 1, kinds[value->kind]);
	}
	return BS_OK;
}

/* The transaction is left without waiting for the answer: nobody will be told what failed in it. */
static void leave(struct bs_pg *db)
{
	db->turn++;
	db->late = BS_OK;
	db->cause.rc = BS_OK;
}

/* A statement that must be heard even after a failure. */
static bool is_undo(const struct bs_query *query)
{
	return query == BS_Q_tx_rollback || query == BS_Q_tx_back;
}

static enum bs_rc send_run(struct bs_pg *db, const struct bs_query *query, struct bs_values values, struct bs_pg_stmt *waits,
                       struct bs_err *err)
{
	struct sent sent;
	char name[8];
	enum bs_rc rc;

	if (is_undo(query))
		bs_pg_sync(db);
	else if (db->base.depth == 0 && db->count == 0)
		db->cause.rc = BS_OK;
	rc = know(db, query, err);
	if (rc == BS_OK)
		rc = encode_all(db, query, values, &sent, err);
	if (rc != BS_OK)
		return rc;
	query_name(query, name);
	if (PQsendQueryPrepared(db->conn, name, (int)values.count, sent.values, sent.lengths, sent.formats, 1) != 1)
		return lose(db, query->name, err);
	if (waits != NULL)
		waits->state = BS_PG_SENT;
	push(db, (struct bs_pg_request){ .kind = BS_PG_RUN, .query = query, .stmt = waits });
	if (waits == NULL && query == BS_Q_tx_rollback)
		leave(db);
	return db->count >= DRAIN_AT ? bs_pg_read(db, NULL, err) : BS_OK;
}

/* --- the driver's functions -------------------------------------------------------------------------------------- */

enum bs_rc bs_pg_run(struct bs_db *base, const char *sql, struct bs_err *err)
{
	struct bs_pg *db = bs_pg_of(base);
	enum bs_rc rc = bs_pg_read(db, NULL, err);

	if (rc != BS_OK)
		return rc;
	db->cause.rc = BS_OK;
	if (PQsendQueryParams(db->conn, sql, 0, NULL, NULL, NULL, NULL, 1) != 1)
		return lose(db, "script", err);
	push(db, (struct bs_pg_request){ .kind = BS_PG_RUN });
	rc = bs_pg_read(db, NULL, err);
	db->late = BS_OK;
	if (rc == BS_OK && db->cause.rc != BS_OK)
		return bs_fail(err, db->cause.rc, "%s", db->cause.text);
	return rc;
}

enum bs_rc bs_pg_prepare(struct bs_db *db, const struct bs_query *query, struct bs_stmt **out, struct bs_err *err)
{
	struct bs_pg_stmt *stmt = bs_alloc(sizeof(*stmt));

	(void)err;
	*stmt = (struct bs_pg_stmt){ .base = { .db = db, .query = query }, .rows = -1 };
	*out = &stmt->base;
	return BS_OK;
}

void bs_pg_finalize(struct bs_stmt *stmt)
{
	bs_pg_reset(stmt);
	free(bs_pg_stmt_of(stmt));
}

enum bs_rc bs_pg_start(struct bs_stmt *stmt, struct bs_values values, struct bs_err *err)
{
	return send_run(bs_pg_of(stmt->db), stmt->query, values, bs_pg_stmt_of(stmt), err);
}

enum bs_rc bs_pg_post(struct bs_stmt *stmt, struct bs_values values, struct bs_err *err)
{
	struct bs_pg *db = bs_pg_of(stmt->db);
	enum bs_rc rc = send_run(db, stmt->query, values, NULL, err);

	return rc == BS_OK ? take_late(db, err) : rc;
}

/* Results are of the five kinds that both databases have. */
static enum bs_rc check_columns(const struct bs_query *query, const PGresult *result, struct bs_err *err)
{
	for (int i = 0; i < PQnfields(result); i++) {
		switch (PQftype(result, i)) {
		case TYPE_BOOL:
		case TYPE_BYTEA:
		case TYPE_INT8:
		case TYPE_INT2:
		case TYPE_INT4:
		case TYPE_TEXT:
		case TYPE_FLOAT4:
		case TYPE_FLOAT8:
		case TYPE_VARCHAR:
		case TYPE_VOID:
			break;
		default:
			return bs_fail(err, BS_INVALID, "%s: column %d is of PostgreSQL's type %u; CAST it to BIGINT or TEXT in its SQL",
			               query->name, i, PQftype(result, i));
		}
	}
	return BS_OK;
}

/* The answer has come: is it a success? */
static enum bs_rc accept(struct bs_pg *db, struct bs_pg_stmt *stmt, struct bs_err *err)
{
	const struct bs_query *query = stmt->base.query;
	struct bs_pg_prepared *prepared = &db->prepared[query->id];
	enum bs_rc rc = BS_OK;

	if (is_undo(query)) {
		db->late = BS_OK;
		db->cause.rc = BS_OK;
	}
	if (stmt->result == NULL)
		return bs_pg_fail(db, NULL, query->name, err);
	if (PQresultStatus(stmt->result) == PGRES_PIPELINE_ABORTED) {
		db->late = BS_OK;
		if (db->cause.rc == BS_OK)
			return bs_fail(err, BS_CONFLICT, "%s: not run, because a query before it had failed", query->name);
		return bs_fail(err, db->cause.rc, "%s", db->cause.text);
	}
	rc = take_late(db, err);
	if (rc == BS_OK && !is_good(stmt->result))
		return bs_pg_fail(db, stmt->result, query->name, err);
	if (rc == BS_OK && query == BS_Q_tx_commit && strcmp(PQcmdStatus(stmt->result), "ROLLBACK") == 0)
		return bs_fail(err, BS_CONFLICT, "the transaction had failed before and was rolled back");
	if (rc == BS_OK && !prepared->columns_checked) {
		rc = check_columns(query, stmt->result, err);
		prepared->columns_checked = rc == BS_OK;
	}
	stmt->row = -1;
	stmt->rows = PQntuples(stmt->result);
	return rc;
}

enum bs_rc bs_pg_next(struct bs_stmt *base, struct bs_err *err)
{
	struct bs_pg_stmt *stmt = bs_pg_stmt_of(base);
	struct bs_pg *db = bs_pg_of(base->db);
	enum bs_rc rc;

	if (stmt->state == BS_PG_IDLE)
		return BS_NOT_FOUND;
	if (stmt->rows < 0) {
		/* Outside a transaction it is done when the sync behind it is answered. */
		rc = bs_pg_read(db, base->db->depth > 0 ? stmt : NULL, err);
		if (rc == BS_OK)
			rc = accept(db, stmt, err);
		if (rc != BS_OK) {
			bs_pg_reset(base);
			return rc;
		}
	}
	return ++stmt->row < stmt->rows ? BS_OK : BS_NOT_FOUND;
}

void bs_pg_reset(struct bs_stmt *base)
{
	struct bs_pg_stmt *stmt = bs_pg_stmt_of(base);
	struct bs_pg *db = bs_pg_of(base->db);

	for (size_t i = 0; stmt->state == BS_PG_SENT && i < db->count; i++) {
		struct bs_pg_request *request = &db->requests[(db->first + i) % db->room];

		if (request->stmt == stmt)
			request->stmt = NULL; /* its answer will be read and dropped */
	}
	PQclear(stmt->result);
	stmt->result = NULL;
	stmt->state = BS_PG_IDLE;
	stmt->rows = -1;
}

enum bs_rc bs_pg_describe(struct bs_stmt *stmt, int *columns, struct bs_err *err)
{
	struct bs_pg *db = bs_pg_of(stmt->db);
	enum bs_rc rc = know(db, stmt->query, err);
	struct bs_pg_stmt *self = bs_pg_stmt_of(stmt);
	char name[8];

	if (rc != BS_OK)
		return rc;
	query_name(stmt->query, name);
	if (PQsendDescribePrepared(db->conn, name) != 1)
		return lose(db, stmt->query->name, err);
	push(db, (struct bs_pg_request){ .kind = BS_PG_RUN, .query = stmt->query, .stmt = self });
	self->state = BS_PG_SENT;
	rc = bs_pg_read(db, NULL, err);
	if (rc == BS_OK)
		rc = accept(db, self, err);
	*columns = rc == BS_OK ? PQnfields(self->result) : 0;
	return rc;
}

int64_t bs_pg_changed(const struct bs_stmt *stmt)
{
	int64_t rows = 0;

	(void)!bs_str_int(bs_str_c(PQcmdTuples(bs_pg_stmt_of(stmt)->result)), &rows);
	return rows;
}

/* --- columns ----------------------------------------------------------------------------------------------------- */

bool bs_pg_null(const struct bs_stmt *base, int column)
{
	const struct bs_pg_stmt *stmt = bs_pg_stmt_of(base);

	return PQgetisnull(stmt->result, stmt->row, column) == 1;
}

struct bs_str bs_pg_bytes(const struct bs_stmt *base, int column)
{
	const struct bs_pg_stmt *stmt = bs_pg_stmt_of(base);

	return bs_str_n(PQgetvalue(stmt->result, stmt->row, column), (size_t)PQgetlength(stmt->result, stmt->row, column));
}

/* A signed big-endian number of 1, 2, 4 or 8 bytes. */
static int64_t number(struct bs_str bytes)
{
	uint64_t value = bytes.len > 0 && (bytes.ptr[0] & 0x80) != 0 ? UINT64_MAX : 0;

	for (size_t i = 0; i < bytes.len && i < 8; i++)
		value = value << 8 | (uint8_t)bytes.ptr[i];
	return (int64_t)value;
}

double bs_pg_real(const struct bs_stmt *base, int column)
{
	const struct bs_pg_stmt *stmt = bs_pg_stmt_of(base);
	struct bs_str bytes = bs_pg_bytes(base, column);
	int64_t bits = number(bytes);
	uint32_t half = (uint32_t)bits;
	double real = 0;
	float small = 0;

	switch (PQftype(stmt->result, column)) {
	case TYPE_FLOAT8:
		memcpy(&real, &bits, 8);
		return real;
	case TYPE_FLOAT4:
		memcpy(&small, &half, 4);
		return (double)small;
	case TYPE_TEXT:
	case TYPE_VARCHAR:
	case TYPE_BYTEA:
		return 0;
	default:
		return (double)bits;
	}
}

int64_t bs_pg_int(const struct bs_stmt *base, int column)
{
	const struct bs_pg_stmt *stmt = bs_pg_stmt_of(base);

	switch (PQftype(stmt->result, column)) {
	case TYPE_FLOAT8:
	case TYPE_FLOAT4:
		return (int64_t)bs_pg_real(base, column);
	case TYPE_TEXT:
	case TYPE_VARCHAR:
	case TYPE_BYTEA:
		return 0;
	default:
		return number(bs_pg_bytes(base, column));
	}
}
