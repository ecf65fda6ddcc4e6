/* copy.c - a whole newsroom from one database into another; see copy.h.
 *
 * The target needs no record of how far the copy has come but its own rows: they arrive in the order of their keys, so the
 * largest key is the place to go on from. A column that refers to its own table is left NULL first and filled in when all
 * of that table's rows are there. The mark of an unfinished copy is a row of schema_version, which every program looks
 * at before anything else. */
#include "store/copy.h"

#include "store/driver.h"
#include "store/migrate.h"

enum {
	ROWS_AT_ONCE = 200,      /* of one reading: a result is held whole in memory */
	ROWS_PER_COMMIT = 5000,
};

struct copy {
	struct bs_db *from, *to;
	const struct bs_copy_options *options;
	struct bs_copy_progress now;
};

/* A row's key, kept beyond the statement that gave it. */
struct key {
	struct bs_arena *arena;
	struct bs_param values[BS_PARAMS_MAX];
	bool known; /* false: before the first row */
};

/* --- rows --------------------------------------------------------------------------------------------------------- */

static struct bs_param value_at(const struct bs_stmt *stmt, int at, enum bs_column_kind kind)
{
	if (bs_stmt_is_null(stmt, at))
		return bs_null();
	switch (kind) {
	case BS_COLUMN_INT:
		return bs_int(bs_stmt_int(stmt, at));
	case BS_COLUMN_REAL:
		return bs_real(bs_stmt_real(stmt, at));
	case BS_COLUMN_TEXT:
		return bs_text(bs_stmt_str(stmt, at));
	case BS_COLUMN_BLOB:
		break;
	}
	return bs_blob(bs_stmt_blob(stmt, at));
}

static void keep_key(struct key *key, int at, struct bs_param value)
{
	if (value.kind == BS_PARAM_TEXT || value.kind == BS_PARAM_BLOB)
		value.as.s = bs_arena_copy(key->arena, value.as.s);
	key->values[at] = value;
}

/* Remember the key of the row that the statement over all columns stands on. */
static void key_of_row(const struct bs_table *table, const struct bs_stmt *stmt, struct key *key)
{
	bs_arena_reset(key->arena);
	for (int i = 0; i < table->column_count; i++)
		if (table->columns[i].key >= 0)
			keep_key(key, table->columns[i].key, value_at(stmt, i, table->columns[i].kind));
	key->known = true;
}

/* The largest key in the table; unknown when it has no row. */
static enum bs_rc last_key(struct bs_db *db, const struct bs_table *table, struct key *key, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, table->last, BS_NO_VALUES, &stmt, err);

	key->known = false;
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	for (int i = 0; rc == BS_OK && i < table->column_count; i++)
		if (table->columns[i].key >= 0)
			keep_key(key, table->columns[i].key, value_at(stmt, table->columns[i].key, table->columns[i].kind));
	key->known = rc == BS_OK;
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* The next rows behind the key. The key's values must stay until the statement is freed. */
static enum bs_rc rows_behind(struct bs_db *db, const struct bs_table *table, struct key *key, struct bs_stmt **out,
                              struct bs_err *err)
{
	if (!key->known)
		return bs_db_query(db, table->first, BS_VALUES(bs_int(ROWS_AT_ONCE)), out, err);
	key->values[table->key_count] = bs_int(ROWS_AT_ONCE);
	return bs_db_query(db, table->after, (struct bs_values){ key->values, (size_t)table->key_count + 1 }, out, err);
}

static enum bs_rc report(struct copy *copy, int rows, struct bs_err *err)
{
	copy->now.rows += rows;
	if (copy->options->progress == NULL || copy->options->progress(&copy->now, copy->options->ctx))
		return BS_OK;
	return bs_fail(err, BS_BUSY, "the copy was stopped at table %s; run it again to go on", copy->now.table);
}

/* --- copying ------------------------------------------------------------------------------------------------------ */

static enum bs_rc insert_row(struct bs_db *to, const struct bs_table *table, const struct bs_stmt *row, struct bs_err *err)
{
	struct bs_param values[BS_PARAMS_MAX];

	for (int i = 0; i < table->column_count; i++)
		values[i] = table->columns[i].link ? bs_null() : value_at(row, i, table->columns[i].kind);
	return bs_db_post(to, table->insert, (struct bs_values){ values, (size_t)table->column_count }, err);
}

/* Fill in what the row refers to in its own table. */
static enum bs_rc link_row(struct bs_db *to, const struct bs_table *table, const struct bs_stmt *row, struct bs_err *err)
{
	struct bs_param values[BS_PARAMS_MAX];
	size_t count = 1;
	bool any = false;

	for (int i = 0; i < table->column_count; i++) {
		struct bs_param value = value_at(row, i, table->columns[i].kind);

		if (table->columns[i].key >= 0)
			values[0] = value;
		if (!table->columns[i].link)
			continue;
		any |= value.kind != BS_PARAM_NULL;
		values[count++] = value;
	}
	return any ? bs_db_post(to, table->link, (struct bs_values){ values, count }, err) : BS_OK;
}

typedef enum bs_rc row_fn(struct bs_db *to, const struct bs_table *table, const struct bs_stmt *row, struct bs_err *err);

/* Do fn to the next rows behind the key, which moves on; *count of them. */
static enum bs_rc some_rows(struct copy *copy, const struct bs_table *table, row_fn *fn, struct key *key, int *count,
                            struct bs_err *err)
{
	struct key next = { .arena = bs_arena_new() };
	struct bs_stmt *rows = NULL;
	struct bs_arena *old = key->arena;
	enum bs_rc rc = rows_behind(copy->from, table, key, &rows, err);

	for (*count = 0; rc == BS_OK && (rc = bs_stmt_next(rows, err)) == BS_OK; ++*count) {
		rc = fn(copy->to, table, rows, err);
		key_of_row(table, rows, &next);
	}
	bs_stmt_free(&rows);
	if (rc == BS_NOT_FOUND && *count > 0) {
		*key = next;
		next.arena = old;
	}
	bs_arena_free(&next.arena);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* Do fn to all rows behind the key, in transactions of ROWS_PER_COMMIT. */
static enum bs_rc all_rows(struct copy *copy, const struct bs_table *table, row_fn *fn, struct key *key, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;
	int count = ROWS_AT_ONCE;

	while (rc == BS_OK && count == ROWS_AT_ONCE) {
		int done = 0;

		rc = bs_db_begin(copy->to, BS_TX_WRITE, err);
		if (rc != BS_OK)
			break;
		while (rc == BS_OK && count == ROWS_AT_ONCE && done < ROWS_PER_COMMIT) {
			rc = some_rows(copy, table, fn, key, &count, err);
			done += count;
		}
		if (rc == BS_OK)
			rc = bs_db_commit(copy->to, err);
		else
			bs_db_rollback(copy->to);
		if (rc == BS_OK)
			rc = report(copy, done, err);
	}
	return rc;
}

static enum bs_rc copy_table(struct copy *copy, const struct bs_table *table, struct bs_err *err)
{
	struct key key = { .arena = bs_arena_new() };
	enum bs_rc rc = last_key(copy->to, table, &key, err);

	if (rc == BS_OK)
		rc = all_rows(copy, table, insert_row, &key, err);
	bs_arena_free(&key.arena);
	return rc;
}

static enum bs_rc finish_table(struct copy *copy, const struct bs_table *table, struct bs_err *err)
{
	struct key key = { .arena = bs_arena_new() };
	enum bs_rc rc = table->link != NULL ? all_rows(copy, table, link_row, &key, err) : BS_OK;

	bs_arena_free(&key.arena);
	if (rc == BS_OK && table->restart != NULL && table->restart->sql[copy->to->driver->dialect] != NULL)
		rc = bs_db_exec(copy->to, table->restart, BS_NO_VALUES, err);
	return rc;
}

/* --- comparing ---------------------------------------------------------------------------------------------------- */

static bool same_value(const struct bs_param *a, const struct bs_param *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case BS_PARAM_NULL:
		return true;
	case BS_PARAM_INT:
		return a->as.i == b->as.i;
	case BS_PARAM_REAL:
		return memcmp(&a->as.r, &b->as.r, sizeof(a->as.r)) == 0;
	case BS_PARAM_TEXT:
	case BS_PARAM_BLOB:
		return bs_str_eq(a->as.s, b->as.s);
	}
	return false;
}

static bool same_row(const struct bs_table *table, const struct bs_stmt *a, const struct bs_stmt *b)
{
	for (int i = 0; i < table->column_count; i++) {
		struct bs_param left = value_at(a, i, table->columns[i].kind), right = value_at(b, i, table->columns[i].kind);

		if (!same_value(&left, &right))
			return false;
	}
	return true;
}

/* Compare the next rows behind the key on both sides. */
static enum bs_rc compare_some(struct copy *copy, const struct bs_table *table, struct key *key, struct key *next, int *count,
                               struct bs_err *err)
{
	struct bs_stmt *a = NULL, *b = NULL;
	enum bs_rc rc = rows_behind(copy->from, table, key, &a, err), other = BS_OK;
	bool same = true;

	if (rc == BS_OK)
		rc = rows_behind(copy->to, table, key, &b, err);
	for (*count = 0; rc == BS_OK; ++*count) {
		rc = bs_stmt_next(a, err);
		if (rc == BS_OK || rc == BS_NOT_FOUND)
			other = bs_stmt_next(b, err);
		if (rc != BS_OK || other != BS_OK || !(same = same_row(table, a, b)))
			break;
		key_of_row(table, a, next);
	}
	bs_stmt_free(&a);
	bs_stmt_free(&b);
	if ((rc == BS_OK || rc == BS_NOT_FOUND) && other != BS_OK && other != BS_NOT_FOUND)
		return other;
	if (!same || (rc == BS_OK) != (other == BS_OK))
		return bs_fail(err, BS_CONFLICT, "table %s differs behind row %lld: the newsroom was changed between two attempts to copy "
		               "it; stop what writes to it and copy into an empty database", table->name,
		               (long long)copy->now.rows + *count);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc compare_table(struct copy *copy, const struct bs_table *table, struct bs_err *err)
{
	struct key keys[2] = { { .arena = bs_arena_new() }, { .arena = bs_arena_new() } };
	enum bs_rc rc;
	int at = 0, count;

	do {
		rc = compare_some(copy, table, &keys[at], &keys[!at], &count, err);
		at = !at;
		if (rc == BS_OK)
			rc = report(copy, count, err);
	} while (rc == BS_OK && count == ROWS_AT_ONCE);
	bs_arena_free(&keys[0].arena);
	bs_arena_free(&keys[1].arena);
	return rc;
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static enum bs_rc set_mark(struct bs_db *to, const char *state, struct bs_err *err)
{
	enum bs_rc rc = bs_db_exec(to, BS_Q_version_remove, BS_VALUES(bs_int(BS_COPY_MARK)), err);

	if (rc == BS_OK && state != NULL)
		rc = bs_db_exec(to, BS_Q_version_add, BS_VALUES(bs_int(BS_COPY_MARK), bs_text(bs_str_c(state)), bs_text(BS_STR(""))), err);
	return rc;
}

/* The first step into an empty database. */
static enum bs_rc mark_begun(struct bs_db *to, void *ctx, struct bs_err *err)
{
	enum bs_rc rc = bs_db_exec(to, BS_Q_version_create, BS_NO_VALUES, err);

	(void)ctx;
	return rc == BS_OK ? set_mark(to, "copy: tables", err) : rc;
}

/* What migrations put into the tables would be there twice. */
static enum bs_rc clear_tables(struct bs_db *to, void *ctx, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	(void)ctx;
	for (int i = to->schema->table_count - 1; rc == BS_OK && i >= 0; i--)
		rc = bs_db_exec(to, to->schema->tables[i].clear, BS_NO_VALUES, err);
	return rc == BS_OK ? set_mark(to, "copy: rows", err) : rc;
}

static enum bs_rc end_copy(struct bs_db *to, void *ctx, struct bs_err *err)
{
	const struct bs_copy_options *options = ctx;
	enum bs_rc rc = options->finish != NULL ? options->finish(to, options->ctx, err) : BS_OK;

	return rc == BS_OK ? set_mark(to, NULL, err) : rc;
}

/* Has the copy come as far as to rows? */
static enum bs_rc has_rows(struct bs_db *to, bool *out, struct bs_err *err)
{
	int64_t marks = 0;
	enum bs_rc rc = bs_db_int(to, BS_Q_version_named, BS_VALUES(bs_text(BS_STR("copy: rows"))), &marks, err);

	*out = marks > 0;
	return rc;
}

static enum bs_rc make_ready(struct bs_db *to, struct bs_err *err)
{
	int applied;
	bool copying, rows = false;
	enum bs_rc rc = bs_store_find_applied(to, &applied, &copying, err);

	if (rc == BS_OK && applied < 0)
		rc = bs_db_transact(to, mark_begun, NULL, err);
	else if (rc == BS_OK && !copying)
		return bs_fail(err, BS_CONFLICT, "the target holds a newsroom already; give an empty database");
	if (rc == BS_OK)
		rc = bs_store_apply(to, true, &applied, err);
	if (rc == BS_OK)
		rc = has_rows(to, &rows, err);
	if (rc == BS_OK && !rows)
		rc = bs_db_transact(to, clear_tables, NULL, err);
	return rc;
}

static enum bs_rc each_table(struct copy *copy, const char *doing,
                             enum bs_rc (*fn)(struct copy *copy, const struct bs_table *table, struct bs_err *err),
                             struct bs_err *err)
{
	const struct bs_schema *schema = copy->from->schema;
	enum bs_rc rc = BS_OK;

	copy->now = (struct bs_copy_progress){ .doing = doing, .tables = schema->table_count };
	for (int i = 0; rc == BS_OK && i < schema->table_count; i++) {
		copy->now.table = schema->tables[i].name;
		copy->now.tables_done = i;
		rc = fn(copy, &schema->tables[i], err);
	}
	return rc;
}

enum bs_rc bs_store_copy(struct bs_db *from, struct bs_db *to, const struct bs_copy_options *options, struct bs_err *err)
{
	struct bs_copy_options end = options != NULL ? *options : (struct bs_copy_options){ 0 };
	struct copy copy = { .from = from, .to = to, .options = &end };
	enum bs_rc rc = bs_store_check(from, err);

	if (rc == BS_OK)
		rc = make_ready(to, err);
	if (rc == BS_OK)
		rc = bs_db_begin(from, BS_TX_READ, err);
	if (rc != BS_OK)
		return rc;
	rc = each_table(&copy, "copy", copy_table, err);
	if (rc == BS_OK)
		rc = each_table(&copy, "link", finish_table, err);
	if (rc == BS_OK)
		rc = each_table(&copy, "compare", compare_table, err);
	bs_db_rollback(from);
	return rc == BS_OK ? bs_db_transact(to, end_copy, &end, err) : rc;
}
