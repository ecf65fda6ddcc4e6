/* fixture.h - the store's tests: a database with the tables of tests/unit/store/sql, open for writing. */
#ifndef BS_TESTS_STORE_FIXTURE_H
#define BS_TESTS_STORE_FIXTURE_H

#include "database.h"
#include "store/migrate.h"
#include "test_queries.h"

struct fixture {
	const char *dsn;
	struct bs_db *db;
};

static inline int fixture_set_up(void **state)
{
	static struct fixture fixture;
	struct bs_err err;

	fixture.dsn = database_empty();
	fixture.db = database_open_at(fixture.dsn, BS_DB_WRITER, &test_schema);
	assert_ok(bs_store_migrate(fixture.db, NULL, &err), &err);
	*state = &fixture;
	return 0;
}

static inline int fixture_tear_down(void **state)
{
	struct fixture *fixture = *state;

	bs_db_close(&fixture->db);
	return 0;
}

static inline int fixture_remove(void **state)
{
	(void)state;
	database_remove();
	return 0;
}

#define store_test(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

static inline int64_t add_author(struct bs_db *db, const char *name, int64_t mentor)
{
	struct bs_err err;
	int64_t id = 0;

	assert_ok(bs_db_int(db, TEST_Q_author_add, BS_VALUES(bs_text(bs_str_c(name)), bs_ref(mentor)), &id, &err), &err);
	return id;
}

static inline int64_t add_item(struct bs_db *db, int64_t author, const char *title, int64_t made_at)
{
	struct bs_err err;
	int64_t id = 0;

	assert_ok(bs_db_int(db, TEST_Q_item_add, BS_VALUES(bs_int(author), bs_text(bs_str_c(title)), bs_text(BS_STR("")),
	                    bs_null(), bs_null(), bs_int(made_at)), &id, &err), &err);
	return id;
}

static inline int64_t count_authors(struct bs_db *db)
{
	struct bs_err err;
	int64_t count = -1;

	assert_ok(bs_db_int(db, TEST_Q_author_count, BS_NO_VALUES, &count, &err), &err);
	return count;
}

#endif
