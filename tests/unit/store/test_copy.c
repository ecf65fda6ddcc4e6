/* Copying a whole database into another: from the database under test into a SQLite file, and back. */
#include "fixture.h"
#include "store/copy.h"

enum { AUTHORS = 450, ITEMS = 1300 };

static const char *file_empty(void)
{
	static char path[100], beside[120];

	snprintf(path, sizeof(path), "/tmp/broadsheet-test-%d-copy.db", (int)getpid());
	for (int i = 0; i < 2; i++) {
		snprintf(beside, sizeof(beside), "%s%s", path, i == 0 ? "-wal" : "-shm");
		(void)unlink(beside);
	}
	(void)unlink(path);
	return path;
}

static enum bs_rc fill(struct bs_db *db, void *ctx, struct bs_err *err)
{
	char text[80];
	enum bs_rc rc = BS_OK;

	(void)ctx;
	for (int i = 1; rc == BS_OK && i <= AUTHORS; i++) {
		snprintf(text, sizeof(text), "Autor %d – 作者", i);
		rc = bs_db_post(db, TEST_Q_author_add, BS_VALUES(bs_text(bs_str_c(text)), bs_null()), err);
	}
	for (int i = 1; rc == BS_OK && i < AUTHORS; i += 2) /* each odd one refers to one that comes later */
		rc = bs_db_post(db, TEST_Q_author_mentor, BS_VALUES(bs_int(i), bs_int(i + 1)), err);
	for (int i = 1; rc == BS_OK && i <= ITEMS; i++) {
		char digest[4] = { (char)i, '\0', '\377', 'x' };
		int64_t id = 0;

		snprintf(text, sizeof(text), "item %d", i);
		rc = bs_db_int(db, TEST_Q_item_add, BS_VALUES(bs_int(1 + i % AUTHORS), bs_text(bs_str_c(text)), bs_text(BS_STR("")),
		               i % 3 == 0 ? bs_null() : bs_blob(bs_str_n(digest, i % 5 == 0 ? 0 : 4)), bs_real(1.0 / i), bs_int(-i)), &id, err);
		if (rc == BS_OK)
			rc = bs_db_post(db, TEST_Q_item_word_add, BS_VALUES(bs_text(bs_str_c(i % 2 == 0 ? "Zebra" : "äpfel")), bs_int(id)), err);
	}
	return rc == BS_OK ? bs_change_touch(db, BS_STR("filled"), err) : rc;
}

static int64_t one(struct bs_db *db, const struct bs_query *query)
{
	struct bs_err err;
	int64_t out = -1;

	assert_ok(bs_db_int(db, query, BS_NO_VALUES, &out, &err), &err);
	return out;
}

static void it_is_all_there(struct bs_db *db)
{
	struct bs_err err;
	int64_t id = 0;

	assert_ok(bs_store_check(db, &err), &err);
	assert_int_equal(count_authors(db), AUTHORS);
	assert_int_equal(one(db, TEST_Q_author_mentors), AUTHORS / 2);
	assert_int_equal(one(db, TEST_Q_item_count), ITEMS);
	/* and the next row gets a number of its own */
	id = add_author(db, "the next", 0);
	assert_int_equal(id, AUTHORS + 1);
}

static void a_newsroom_goes_there_and_back(void **state)
{
	struct fixture *f = *state;
	struct bs_db *file = database_open_at(file_empty(), BS_DB_WRITER, &test_schema);
	struct bs_err err;

	assert_ok(bs_db_transact(f->db, fill, NULL, &err), &err);
	assert_ok(bs_store_copy(f->db, file, NULL, &err), &err);
	bs_db_close(&f->db);
	f->db = database_open_at(on_postgres() ? database_empty() : f->dsn, BS_DB_WRITER, &test_schema);
	if (on_postgres())
		assert_ok(bs_store_copy(file, f->db, NULL, &err), &err);
	it_is_all_there(file);
	it_is_all_there(f->db);
	bs_db_close(&file);
	(void)file_empty();
}

/* Stops at the n-th report. */
static bool stop_at(const struct bs_copy_progress *progress, void *ctx)
{
	int *left = ctx;

	assert_in_range(progress->tables_done, 0, progress->tables - 1);
	return (*left)-- > 0;
}

static enum bs_rc stopped_copy(struct bs_db *from, struct bs_db *to, int reports, struct bs_err *err)
{
	return bs_store_copy(from, to, &(struct bs_copy_options){ .progress = stop_at, .ctx = &reports }, err);
}

static void a_copy_stopped_anywhere_goes_on(void **state)
{
	struct fixture *f = *state;
	struct bs_db *file = database_open_at(file_empty(), BS_DB_WRITER, &test_schema);
	struct bs_err err;
	enum bs_rc rc = BS_BUSY;
	int attempts = 0;

	assert_ok(bs_db_transact(f->db, fill, NULL, &err), &err);
	while (rc == BS_BUSY) {
		rc = stopped_copy(f->db, file, attempts++, &err);
		if (rc == BS_BUSY) {
			/* nobody takes it for a newsroom meanwhile */
			assert_int_equal(bs_store_check(file, &err), BS_CONFLICT);
			assert_int_equal(bs_store_migrate(file, NULL, &err), BS_CONFLICT);
			assert_non_null(strstr(err.text, "migrate-store again"));
		}
		assert_true(attempts < 100);
	}
	assert_ok(rc, &err);
	assert_true(attempts > 5);
	it_is_all_there(file);
	bs_db_close(&file);
	(void)file_empty();
}

/* Fails the first time. */
static enum bs_rc add_the_last(struct bs_db *to, void *ctx, struct bs_err *err)
{
	int *calls = ctx;

	assert_int_equal(to->depth, 1);
	(void)add_author(to, "the last", 0);
	return ++*calls > 1 ? BS_OK : bs_fail(err, BS_IO, "not yet");
}

static void a_copy_is_finished_with_what_the_caller_adds_or_not_at_all(void **state)
{
	struct fixture *f = *state;
	struct bs_db *file = database_open_at(file_empty(), BS_DB_WRITER, &test_schema);
	int calls = 0;
	struct bs_copy_options options = { .finish = add_the_last, .ctx = &calls };
	struct bs_err err;

	assert_ok(bs_db_transact(f->db, fill, NULL, &err), &err);
	assert_int_equal(bs_store_copy(f->db, file, &options, &err), BS_IO);
	assert_int_equal(bs_store_check(file, &err), BS_CONFLICT);
	assert_int_equal(count_authors(file), AUTHORS);
	assert_ok(bs_store_copy(f->db, file, &options, &err), &err);
	assert_ok(bs_store_check(file, &err), &err);
	assert_int_equal(count_authors(file), AUTHORS + 1);
	bs_db_close(&file);
	(void)file_empty();
}

static void a_newsroom_is_not_copied_over_another(void **state)
{
	struct fixture *f = *state;
	struct bs_db *file = database_open_at(file_empty(), BS_DB_WRITER, &test_schema);
	struct bs_err err;

	assert_ok(bs_store_migrate(file, NULL, &err), &err);
	assert_int_equal(bs_store_copy(f->db, file, NULL, &err), BS_CONFLICT);
	assert_non_null(strstr(err.text, "empty database"));
	assert_int_equal(bs_store_copy(file, f->db, NULL, &err), BS_CONFLICT);
	bs_db_close(&file);
	(void)file_empty();
}

static void a_change_between_two_attempts_is_found(void **state)
{
	struct fixture *f = *state;
	struct bs_db *file = database_open_at(file_empty(), BS_DB_WRITER, &test_schema);
	struct bs_err err;

	assert_ok(bs_db_transact(f->db, fill, NULL, &err), &err);
	assert_int_equal(stopped_copy(f->db, file, 2, &err), BS_BUSY);
	assert_ok(bs_db_exec(f->db, TEST_Q_author_rename, BS_VALUES(bs_int(1), bs_text(BS_STR("changed"))), &err), &err);
	assert_int_equal(bs_store_copy(f->db, file, NULL, &err), BS_CONFLICT);
	assert_non_null(strstr(err.text, "table author differs"));
	assert_int_equal(bs_store_check(file, &err), BS_CONFLICT);
	bs_db_close(&file);
	(void)file_empty();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		store_test(a_newsroom_goes_there_and_back),
		store_test(a_copy_stopped_anywhere_goes_on),
		store_test(a_copy_is_finished_with_what_the_caller_adds_or_not_at_all),
		store_test(a_newsroom_is_not_copied_over_another),
		store_test(a_change_between_two_attempts_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, fixture_remove);
}
