/* whole.c - whether a database holds what it should, beside what stands in its rows; see migrate.h. */
#include "store/driver.h"
#include "store/migrate.h"

/* The first row of a query that only SQLite has; BS_NOT_FOUND: there is none. */
static enum bs_rc first_row(struct bs_db *db, const struct bs_query *query, struct bs_stmt **stmt, struct bs_err *err)
{
	enum bs_rc rc;

	if (query->sql[db->driver->dialect] == NULL)
		return BS_NOT_FOUND;
	rc = bs_db_query(db, query, BS_NO_VALUES, stmt, err);
	return rc == BS_OK ? bs_stmt_next(*stmt, err) : rc;
}

static enum bs_rc check_pages(struct bs_db *db, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = first_row(db, BS_Q_file_damage, &stmt, err);
	struct bs_str damage = rc == BS_OK ? bs_stmt_str(stmt, BS_C_file_damage_damage) : BS_STR("ok");

	if (!bs_str_eq(damage, BS_STR("ok")))
		rc = bs_fail(err, BS_CORRUPT, "the file of the database is damaged (%.*s); restore it from a backup",
		             (int)(damage.len < 150 ? damage.len : 150), damage.ptr);
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_store_check_file(struct bs_db *db, struct bs_err *err)
{
	enum bs_rc rc = check_pages(db, err);

	for (int i = 0; i < db->schema->table_count && rc == BS_OK; i++) {
		int64_t found = 0;
		rc = bs_db_int(db, BS_Q_table_exists, BS_VALUES(bs_text(bs_str_c(db->schema->tables[i].name))), &found, err);
		if (rc == BS_OK && found == 0)
			rc = bs_fail(err, BS_CORRUPT, "the table %s is missing from the database; restore it from a backup",
			             db->schema->tables[i].name);
	}
	return rc;
}

enum bs_rc bs_store_check_rows(struct bs_db *db, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = first_row(db, BS_Q_row_orphan, &stmt, err);

	if (rc == BS_OK) {
		struct bs_str child = bs_stmt_str(stmt, BS_C_row_orphan_child), parent = bs_stmt_str(stmt, BS_C_row_orphan_parent);
		rc = bs_fail(err, BS_CORRUPT, "a row of the table " BS_FMT " refers to one of " BS_FMT " that is missing; restore the database "
		             "from a backup", BS_ARG(child), BS_ARG(parent));
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}
