/* migrate.c - bringing a database to the schema of this program; see migrate.h.
 *
 * schema_version holds one row per applied migration. All of it runs inside write transactions, so two processes that
 * start at once take turns, and the second finds nothing left to do. */
#include "store/migrate.h"

#include "base/sys.h"
#include "store/driver.h"

/* One recorded migration must be the n-th of the schema. */
static enum bs_rc check_recorded(const struct bs_schema *schema, int n, struct bs_str name, struct bs_str hash,
                                 struct bs_err *err)
{
	if (n >= schema->migration_count)
		return bs_fail(err, BS_INVALID, "the database was made by a newer Broadsheet (it has " BS_FMT ", this program ends at "
		               "%s); install that version or a newer one", BS_ARG(name),
		               n > 0 ? schema->migrations[n - 1].name : "nothing");
	if (!bs_str_eq(name, bs_str_c(schema->migrations[n].name)) || !bs_str_eq(hash, bs_str_c(schema->migrations[n].hash)))
		return bs_fail(err, BS_INVALID, "the database was made with another %s (" BS_FMT "); use the Broadsheet that made it, or "
		               "export its stories there and import them here", schema->migrations[n].name, BS_ARG(name));
	return BS_OK;
}

/* How many of the schema's migrations are recorded; and whether a copy into this database was begun and not finished. */
static enum bs_rc read_applied(struct bs_db *db, int *applied, bool *copying, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_version_list, BS_NO_VALUES, &stmt, err);

	*applied = 0;
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		if (bs_stmt_int(stmt, BS_C_version_list_number) == BS_COPY_MARK) {
			*copying = true;
			continue;
		}
		rc = check_recorded(db->schema, *applied, bs_stmt_str(stmt, BS_C_version_list_name),
		                    bs_stmt_str(stmt, BS_C_version_list_hash), err);
		++*applied;
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_store_find_applied(struct bs_db *db, int *applied, bool *copying, struct bs_err *err)
{
	int64_t found = 0, strangers = 0;
	enum bs_rc rc = bs_db_int(db, BS_Q_table_exists, BS_VALUES(bs_text(BS_STR("schema_version"))), &found, err);

	*applied = -1;
	*copying = false;
	if (rc == BS_OK && found > 0)
		return read_applied(db, applied, copying, err);
	if (rc == BS_OK)
		rc = bs_db_int(db, BS_Q_version_strangers, BS_NO_VALUES, &strangers, err);
	if (rc == BS_OK && strangers > 0)
		return bs_fail(err, BS_CONFLICT, "the database holds tables of something else and none of Broadsheet's; nothing was changed "
		               "in it. Give Broadsheet an empty database of its own");
	return rc;
}

static enum bs_rc fail_copying(struct bs_err *err)
{
	return bs_fail(err, BS_CONFLICT, "a copy into this database was begun and not finished; run broadsheet migrate-store "
	               "again, or take another database");
}

struct applying {
	int count;
	bool copying; /* this is the copy's own doing */
};

/* Apply the next missing one; *ctx counts up. BS_NOT_FOUND when there is none. */
static enum bs_rc apply_next(struct bs_db *db, void *ctx, struct bs_err *err)
{
	const struct bs_migration *next;
	struct applying *applying = ctx;
	int applied;
	bool copying;
	enum bs_rc rc = bs_store_find_applied(db, &applied, &copying, err);

	if (rc == BS_OK && copying && !applying->copying)
		return fail_copying(err);
	if (rc == BS_OK && applied < 0) {
		applied = 0;
		rc = bs_db_exec(db, BS_Q_version_create, BS_NO_VALUES, err);
	}
	if (rc != BS_OK)
		return rc;
	if (applied == db->schema->migration_count)
		return BS_NOT_FOUND;
	next = &db->schema->migrations[applied];
	for (const char *const *sql = next->sql[db->driver->dialect]; rc == BS_OK && *sql != NULL; sql++)
		rc = bs_db_note(db, db->driver->run(db, *sql, err));
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_version_add, BS_VALUES(bs_int(next->number), bs_text(bs_str_c(next->name)),
		                bs_text(bs_str_c(next->hash))), err);
	if (rc != BS_OK)
		return bs_fail_at(err, "migration %s", next->name);
	applying->count++;
	return BS_OK;
}

enum bs_rc bs_store_apply(struct bs_db *db, bool copying, int *applied, struct bs_err *err)
{
	struct applying applying = { 0, copying };
	enum bs_rc rc;

	do
		rc = bs_db_transact(db, apply_next, &applying, err);
	while (rc == BS_OK);
	*applied = applying.count;
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_store_migrate(struct bs_db *db, int *applied, struct bs_err *err)
{
	int count = 0;

	return bs_store_apply(db, false, applied != NULL ? applied : &count, err);
}

enum bs_rc bs_store_check(struct bs_db *db, struct bs_err *err)
{
	int applied;
	bool copying;
	enum bs_rc rc = bs_store_find_applied(db, &applied, &copying, err);

	if (rc == BS_OK && copying)
		return fail_copying(err);
	if (rc == BS_OK && applied < db->schema->migration_count)
		return bs_fail(err, BS_NOT_FOUND, "the database is %s", applied < 0
		               ? "empty; broadsheet init fills a new one, a backup brings an old one back"
		               : "of an older Broadsheet; broadsheet serve brings it up to date");
	return rc;
}
