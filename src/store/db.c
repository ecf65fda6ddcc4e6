/* db.c - opening by DSN, queries and their statements, whatever the database; see db.h.
 *
 * Each connection keeps its prepared statements when they are freed, found by the query's number: of a query that was open
 * several times at once as many, so that a page or a save that does it again prepares nothing. */
#include "store/db.h"

#include <assert.h>
#include <stdlib.h>

#include "store/driver.h"

static bool is_postgres(struct bs_str dsn)
{
	static const char *const starts[] = { "postgresql://", "postgres://", "host=", "hostaddr=", "service=", "dbname=" };

	for (size_t i = 0; i < BS_COUNT(starts); i++)
		if (bs_str_starts(dsn, bs_str_c(starts[i])))
			return true;
	return false;
}

bool bs_dsn_is_file(const char *dsn)
{
	return !is_postgres(bs_str_c(dsn)) && strstr(dsn, "://") == NULL;
}

enum bs_rc bs_db_open(const struct bs_db_options *options, struct bs_db **out, struct bs_err *err)
{
	struct bs_str dsn = bs_str_c(options->dsn);

	if (dsn.len == 0)
		return bs_fail(err, BS_INVALID, "no database was named; give the path of a file or postgresql://HOST/NAME");
	if (is_postgres(dsn))
		return bs_driver_postgres.open(options, out, err);
	if (!bs_dsn_is_file(options->dsn))
		return bs_fail(err, BS_INVALID, "database '" BS_FMT "' is of no known kind; give the path of a file or "
		               "postgresql://HOST/NAME", BS_ARG(dsn));
	return bs_driver_sqlite.open(options, out, err);
}

void bs_db_init(struct bs_db *db, const struct bs_driver *driver, const struct bs_db_options *options)
{
	db->driver = driver;
	db->schema = options->schema != NULL ? options->schema : &bs_schema;
	db->idle = bs_alloc(sizeof(struct bs_stmt *) * ((size_t)db->schema->query_count + 1));
	db->role = options->role;
	db->lock_ms = options->lock_ms > 0 ? options->lock_ms : BS_LOCK_MS;
	db->statement_ms = options->statement_ms;
	db->since_prune = BS_CHANGE_PRUNE;
}

void bs_db_close(struct bs_db **db)
{
	struct bs_stmt *stmt;

	if (db == NULL || *db == NULL)
		return;
	while ((*db)->depth > 0)
		bs_db_rollback(*db);
	for (int i = 0; i < (*db)->schema->query_count; i++) {
		while ((stmt = (*db)->idle[i]) != NULL) {
			(*db)->idle[i] = stmt->idle;
			(*db)->driver->finalize(stmt);
		}
	}
	free((*db)->idle);
	free((*db)->tags);
	bs_map_free(&(*db)->tag_set);
	bs_arena_free(&(*db)->tag_arena);
	(*db)->driver->close(*db);
	*db = NULL;
}

enum bs_rc bs_db_note(struct bs_db *db, enum bs_rc rc)
{
	if (rc != BS_OK && rc != BS_NOT_FOUND && db->depth > 0)
		db->failed = true;
	return rc;
}

static enum bs_rc check_values(const struct bs_query *query, struct bs_values values, struct bs_err *err)
{
	if (values.count != query->params)
		return bs_fail(err, BS_INVALID, "%s takes %d values and was given %zu", query->name, query->params, values.count);
	for (size_t i = 0; i < values.count; i++) {
		const struct bs_param *value = &values.list[i];

		if (value->kind == BS_PARAM_TEXT && bs_str_utf8_fault(value->as.s) != SIZE_MAX)
			return bs_fail(err, BS_INVALID, "%s: ?%zu is not UTF-8 text without NUL", query->name, i + 1);
	}
	return BS_OK;
}

static enum bs_rc take(struct bs_db *db, const struct bs_query *query, struct bs_stmt **out, struct bs_err *err)
{
	assert(query->id < db->schema->query_count);
	if (db->lost)
		return bs_fail(err, BS_BUSY, "%s: the connection to the database was lost; try again", query->name);
	if (db->failed)
		return bs_fail(err, BS_CONFLICT, "%s: the transaction has failed before; roll it back first", query->name);
	*out = db->idle[query->id];
	if (*out == NULL)
		return db->driver->prepare(db, query, out, err);
	db->idle[query->id] = (*out)->idle;
	return BS_OK;
}

enum bs_rc bs_db_query(struct bs_db *db, const struct bs_query *query, struct bs_values values, struct bs_stmt **out,
                       struct bs_err *err)
{
	enum bs_rc rc;

	*out = NULL;
	rc = check_values(query, values, err);
	if (rc == BS_OK)
		rc = take(db, query, out, err);
	if (rc == BS_OK)
		rc = db->driver->start(*out, values, err);
	if (rc != BS_OK)
		bs_stmt_free(out);
	return bs_db_note(db, rc);
}

enum bs_rc bs_stmt_next(struct bs_stmt *stmt, struct bs_err *err)
{
	return bs_db_note(stmt->db, stmt->db->driver->next(stmt, err));
}

void bs_stmt_free(struct bs_stmt **stmt)
{
	struct bs_stmt **idle;

	if (stmt == NULL || *stmt == NULL)
		return;
	idle = &(*stmt)->db->idle[(*stmt)->query->id];
	(*stmt)->db->driver->reset(*stmt);
	(*stmt)->idle = *idle;
	*idle = *stmt;
	*stmt = NULL;
}

int64_t bs_stmt_int(const struct bs_stmt *stmt, int column)
{
	return stmt->db->driver->column_int(stmt, column);
}

double bs_stmt_real(const struct bs_stmt *stmt, int column)
{
	return stmt->db->driver->column_real(stmt, column);
}

struct bs_str bs_stmt_str(const struct bs_stmt *stmt, int column)
{
	return stmt->db->driver->column_bytes(stmt, column);
}

struct bs_str bs_stmt_blob(const struct bs_stmt *stmt, int column)
{
	return stmt->db->driver->column_bytes(stmt, column);
}

int64_t bs_stmt_changed(const struct bs_stmt *stmt)
{
	return stmt->db->driver->changed(stmt);
}

bool bs_stmt_is_null(const struct bs_stmt *stmt, int column)
{
	return stmt->db->driver->column_null(stmt, column);
}

enum bs_rc bs_db_exec(struct bs_db *db, const struct bs_query *query, struct bs_values values, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, query, values, &stmt, err);

	while (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_NOT_FOUND) {
		db->changed = bs_stmt_changed(stmt);
		rc = BS_OK;
	}
	bs_stmt_free(&stmt);
	return rc;
}

int64_t bs_db_changed(const struct bs_db *db)
{
	return db->changed;
}

enum bs_rc bs_db_post(struct bs_db *db, const struct bs_query *query, struct bs_values values, struct bs_err *err)
{
	return db->depth > 0 ? bs_db_send(db, query, values, err) : bs_db_exec(db, query, values, err);
}

enum bs_rc bs_db_send(struct bs_db *db, const struct bs_query *query, struct bs_values values, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc;

	if (db->driver->post == NULL)
		return bs_db_exec(db, query, values, err);
	rc = check_values(query, values, err);
	if (rc == BS_OK)
		rc = take(db, query, &stmt, err);
	if (rc == BS_OK)
		rc = db->driver->post(stmt, values, err);
	bs_stmt_free(&stmt);
	return bs_db_note(db, rc);
}

enum bs_rc bs_db_int(struct bs_db *db, const struct bs_query *query, struct bs_values values, int64_t *out,
                     struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, query, values, &stmt, err);
	enum bs_rc rest;

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		int64_t first = bs_stmt_int(stmt, 0);

		/* To the end: a query that writes has only then done all of it. */
		do
			rest = bs_stmt_next(stmt, err);
		while (rest == BS_OK);
		rc = rest == BS_NOT_FOUND ? BS_OK : rest;
		if (rc == BS_OK)
			*out = first;
	}
	bs_stmt_free(&stmt);
	return rc;
}
