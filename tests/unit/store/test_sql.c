/* Every named query of the program is understood by this database, against the schema that the migrations make, and gives
 * the columns that its file lists. */
#include "fixture.h"

static void check_all(struct bs_db *db, const struct bs_schema *schema)
{
	enum bs_dialect dialect = db->driver->dialect;

	for (int i = 0; i < schema->query_count; i++) {
		const struct bs_query *query = schema->queries[i];
		struct bs_stmt *stmt = NULL;
		struct bs_err err;
		int columns = -1;

		assert_int_equal(query->id, i);
		if (query->sql[dialect] == NULL)
			continue;
		assert_ok(db->driver->prepare(db, query, &stmt, &err), &err);
		assert_ok(db->driver->describe(stmt, &columns, &err), &err);
		if (columns != query->columns)
			fail_msg("%s gives %d columns, its file lists %d", query->name, columns, query->columns);
		bs_stmt_free(&stmt);
	}
}

static void every_query_of_the_program_is_understood(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;

	bs_db_close(&f->db);
	f->db = database_open_at(database_empty(), BS_DB_WRITER, NULL);
	assert_ok(bs_store_migrate(f->db, NULL, &err), &err);
	check_all(f->db, &bs_schema);
}

static void every_query_of_the_tests_is_understood(void **state)
{
	struct fixture *f = *state;

	check_all(f->db, &test_schema);
}

/* What could not be said in common words: in one file per database under one name, or for one of them alone. The fewer the
 * better; whoever adds one has looked for words that both understand and finds it listed here. */
static const char *const differing[] = {
	"change-listen (PostgreSQL alone)", "change-version (SQLite alone)", "file-damage (SQLite alone)",
	"picture-copies", "picture-past", "picture-uses", "rank-interface (SQLite alone)",
	"row-orphan (SQLite alone)", "search-find",
	"search-index-pending", "search-index-remove", "search-rebuild", "search-rebuild-begin", "search-rebuild-end", "table-exists", "tx-read",
	"tx-turn (PostgreSQL alone)", "tx-write", "version-create", "version-strangers",
};

static bool is_listed(const char *entry)
{
	for (size_t i = 0; i < BS_COUNT(differing); i++)
		if (strcmp(entry, differing[i]) == 0)
			return true;
	return false;
}

static void queries_that_differ_are_listed(void **state)
{
	size_t found = 0;
	char entry[200];

	(void)state;
	for (int i = 0; i < bs_schema.query_count; i++) {
		const struct bs_query *query = bs_schema.queries[i];

		if (!query->differs) {
			assert_non_null(query->sql[BS_SQLITE]);
			assert_non_null(query->sql[BS_POSTGRES]);
		}
		if (!query->differs || strchr(query->name, '(') != NULL) /* one that copies a table */
			continue;
		snprintf(entry, sizeof(entry), "%s%s", query->name, query->sql[BS_SQLITE] == NULL ? " (PostgreSQL alone)" :
		         query->sql[BS_POSTGRES] == NULL ? " (SQLite alone)" : "");
		if (!is_listed(entry))
			fail_msg("\"%s\" differs between the databases and is not listed in test_sql.c", entry);
		found++;
	}
	assert_int_equal(found, BS_COUNT(differing));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		store_test(every_query_of_the_program_is_understood),
		store_test(every_query_of_the_tests_is_understood),
		cmocka_unit_test(queries_that_differ_are_listed),
	};

	return cmocka_run_group_tests(tests, NULL, fixture_remove);
}
