/* Migrations. */
#include "fixture.h"

static void a_second_run_finds_nothing_to_do(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;
	int applied = -1;

	assert_ok(bs_store_migrate(f->db, &applied, &err), &err);
	assert_int_equal(applied, 0);
	assert_ok(bs_store_check(f->db, &err), &err);
}

static void an_empty_database_is_told_from_an_old_one(void **state)
{
	struct fixture *f = *state;
	struct bs_schema old = test_schema;
	struct bs_db *db;
	struct bs_err err;
	int applied;

	bs_db_close(&f->db);
	old.migration_count = 1;
	db = database_open_at(database_empty(), BS_DB_WRITER, &old);
	assert_int_equal(bs_store_check(db, &err), BS_NOT_FOUND);
	assert_non_null(strstr(err.text, "empty"));
	assert_ok(bs_store_migrate(db, &applied, &err), &err);
	assert_int_equal(applied, 1);
	bs_db_close(&db);

	f->db = database_open_at(f->dsn, BS_DB_WRITER, &test_schema);
	assert_int_equal(bs_store_check(f->db, &err), BS_NOT_FOUND);
	assert_non_null(strstr(err.text, "older"));
	assert_ok(bs_store_migrate(f->db, &applied, &err), &err);
	assert_int_equal(applied, test_schema.migration_count - 1);
}

static void a_database_from_the_future_is_refused(void **state)
{
	struct fixture *f = *state;
	struct bs_schema old = test_schema;
	struct bs_db *db;
	struct bs_err err;

	old.migration_count = 1;
	db = database_open_at(f->dsn, BS_DB_WRITER, &old);
	assert_int_equal(bs_store_migrate(db, NULL, &err), BS_INVALID);
	assert_non_null(strstr(err.text, "newer Broadsheet"));
	assert_non_null(strstr(err.text, "install"));
	assert_int_equal(bs_store_check(db, &err), BS_INVALID);
	bs_db_close(&db);
}

static void tables_of_something_else_are_left_alone(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;

	bs_db_close(&f->db);
	f->db = database_open_at(database_empty(), BS_DB_WRITER, &test_schema);
	database_run(f->db, "CREATE TABLE author (shoe_size INTEGER)");
	assert_int_equal(bs_store_check(f->db, &err), BS_CONFLICT);
	assert_int_equal(bs_store_migrate(f->db, NULL, &err), BS_CONFLICT);
	assert_non_null(strstr(err.text, "an empty database of its own"));
	database_run(f->db, "DROP TABLE author");
	assert_ok(bs_store_migrate(f->db, NULL, &err), &err); /* nothing was left behind */
}

static void a_changed_migration_is_refused(void **state)
{
	struct fixture *f = *state;
	struct bs_migration changed[8];
	struct bs_schema schema = test_schema;
	struct bs_db *db;
	struct bs_err err;

	memcpy(changed, test_schema.migrations, sizeof(changed[0]) * (size_t)test_schema.migration_count);
	changed[0].hash = "0000";
	schema.migrations = changed;
	db = database_open_at(f->dsn, BS_DB_WRITER, &schema);
	assert_int_equal(bs_store_migrate(db, NULL, &err), BS_INVALID);
	assert_non_null(strstr(err.text, "000-store"));
	bs_db_close(&db);
}

static void a_migration_that_fails_leaves_nothing(void **state)
{
	struct fixture *f = *state;
	struct bs_migration more[8];
	struct bs_schema schema = test_schema;
	struct bs_db *db;
	struct bs_err err;
	const char *const bad[] = { "CREATE TABLE half (id INTEGER PRIMARY KEY)", "CREATE TABLE author (id INTEGER PRIMARY KEY)", NULL };

	memcpy(more, test_schema.migrations, sizeof(more[0]) * (size_t)test_schema.migration_count);
	more[schema.migration_count++] = (struct bs_migration){ 900, "900-bad", { bad, bad }, "00" };
	schema.migrations = more;
	db = database_open_at(f->dsn, BS_DB_WRITER, &schema);
	assert_int_not_equal(bs_store_migrate(db, NULL, &err), BS_OK);
	assert_non_null(strstr(err.text, "900-bad"));
	assert_ok(bs_store_check(f->db, &err), &err); /* still at the schema before */
	database_run(f->db, "CREATE TABLE half (id INTEGER PRIMARY KEY)");
	bs_db_close(&db);
}

static void the_schema_of_the_program_applies(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;

	bs_db_close(&f->db);
	f->db = database_open_at(database_empty(), BS_DB_WRITER, NULL);
	assert_ok(bs_store_migrate(f->db, NULL, &err), &err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		store_test(a_second_run_finds_nothing_to_do),
		store_test(an_empty_database_is_told_from_an_old_one),
		store_test(a_database_from_the_future_is_refused),
		store_test(tables_of_something_else_are_left_alone),
		store_test(a_changed_migration_is_refused),
		store_test(a_migration_that_fails_leaves_nothing),
		store_test(the_schema_of_the_program_applies),
	};

	return cmocka_run_group_tests(tests, NULL, fixture_remove);
}
