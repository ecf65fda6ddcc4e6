/* Queries, values and rows. */
#include "fixture.h"

static void every_kind_of_value_comes_back(void **state)
{
	struct fixture *f = *state;
	struct bs_stmt *stmt = NULL;
	struct bs_err err;
	int64_t author = add_author(f->db, "Ada", 0), id = 0;

	assert_ok(bs_db_int(f->db, TEST_Q_item_add, BS_VALUES(bs_int(author), bs_text(BS_STR("Größe — 大きさ")), bs_text(BS_STR("")),
	          bs_blob(BS_STR("\0\1\377x")), bs_real(-0.125), bs_int(INT64_MIN)), &id, &err), &err);
	assert_ok(bs_db_query(f->db, TEST_Q_item_find, BS_VALUES(bs_int(id)), &stmt, &err), &err);
	assert_ok(bs_stmt_next(stmt, &err), &err);
	assert_int_equal(bs_stmt_int(stmt, TEST_C_item_find_id), id);
	assert_str(bs_stmt_str(stmt, TEST_C_item_find_author), "Ada");
	assert_str(bs_stmt_str(stmt, TEST_C_item_find_title), "Größe — 大きさ");
	assert_int_equal(bs_stmt_str(stmt, TEST_C_item_find_body).len, 0);
	assert_false(bs_stmt_is_null(stmt, TEST_C_item_find_body));
	assert_true(bs_str_eq(bs_stmt_blob(stmt, TEST_C_item_find_digest), BS_STR("\0\1\377x")));
	assert_true(bs_stmt_real(stmt, TEST_C_item_find_score) == -0.125);
	assert_true(bs_stmt_int(stmt, TEST_C_item_find_made_at) == INT64_MIN);
	assert_int_equal(bs_stmt_next(stmt, &err), BS_NOT_FOUND);
	bs_stmt_free(&stmt);
	assert_null(stmt);
}

static void null_reads_as_nothing(void **state)
{
	struct fixture *f = *state;
	struct bs_stmt *stmt = NULL;
	struct bs_err err;
	int64_t id = add_item(f->db, add_author(f->db, "Ada", 0), "t", 7);

	assert_ok(bs_db_query(f->db, TEST_Q_item_find, BS_VALUES(bs_int(id)), &stmt, &err), &err);
	assert_ok(bs_stmt_next(stmt, &err), &err);
	assert_true(bs_stmt_is_null(stmt, TEST_C_item_find_digest));
	assert_int_equal(bs_stmt_blob(stmt, TEST_C_item_find_digest).len, 0);
	assert_true(bs_stmt_real(stmt, TEST_C_item_find_score) == 0.0);
	assert_int_equal(bs_stmt_int(stmt, TEST_C_item_find_score), 0);
	bs_stmt_free(&stmt);
}

static void a_query_may_be_open_twice_at_once(void **state)
{
	struct fixture *f = *state;
	struct bs_stmt *outer = NULL, *inner = NULL;
	struct bs_err err;
	int rows = 0;

	for (int i = 0; i < 3; i++)
		add_author(f->db, (char[]){ (char)('a' + i), '\0' }, 0);
	assert_ok(bs_db_query(f->db, TEST_Q_author_names, BS_NO_VALUES, &outer, &err), &err);
	while (bs_stmt_next(outer, &err) == BS_OK) {
		assert_ok(bs_db_query(f->db, TEST_Q_author_names, BS_NO_VALUES, &inner, &err), &err);
		for (int i = 0; i < 3; i++) {
			assert_ok(bs_stmt_next(inner, &err), &err);
			assert_int_equal(bs_stmt_str(inner, 0).ptr[0], 'a' + i);
			rows++;
		}
		bs_stmt_free(&inner);
	}
	bs_stmt_free(&outer);
	assert_int_equal(rows, 9);
}

static void queries_made_together_are_read_in_any_order(void **state)
{
	struct fixture *f = *state;
	struct bs_stmt *find = NULL, *list = NULL, *names = NULL;
	struct bs_err err;
	int64_t ada = add_author(f->db, "Ada", 0), id = add_item(f->db, ada, "one", 1);

	add_item(f->db, ada, "two", 2);
	assert_ok(bs_db_query(f->db, TEST_Q_item_find, BS_VALUES(bs_int(id)), &find, &err), &err);
	assert_ok(bs_db_query(f->db, TEST_Q_item_list, BS_VALUES(bs_int(ada), bs_int(5)), &list, &err), &err);
	assert_ok(bs_db_query(f->db, TEST_Q_author_names, BS_NO_VALUES, &names, &err), &err);
	assert_ok(bs_stmt_next(list, &err), &err);
	assert_str(bs_stmt_str(list, TEST_C_item_list_title), "two");
	bs_stmt_free(&names); /* never read */
	assert_ok(bs_stmt_next(find, &err), &err);
	assert_str(bs_stmt_str(find, TEST_C_item_find_title), "one");
	assert_ok(bs_stmt_next(list, &err), &err);
	assert_str(bs_stmt_str(list, TEST_C_item_list_title), "one");
	assert_int_equal(bs_stmt_next(list, &err), BS_NOT_FOUND);
	bs_stmt_free(&find);
	bs_stmt_free(&list);
}

static void a_missing_row_is_not_found(void **state)
{
	struct fixture *f = *state;
	struct bs_stmt *stmt = NULL;
	struct bs_err err;
	int64_t out = 42;

	assert_ok(bs_db_query(f->db, TEST_Q_item_find, BS_VALUES(bs_int(99)), &stmt, &err), &err);
	assert_int_equal(bs_stmt_next(stmt, &err), BS_NOT_FOUND);
	bs_stmt_free(&stmt);
	assert_int_equal(bs_db_int(f->db, TEST_Q_item_find, BS_VALUES(bs_int(99)), &out, &err), BS_NOT_FOUND);
	assert_int_equal(out, 42);
}

static void exec_counts_the_changed_rows(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;
	int64_t id = add_author(f->db, "Ada", 0);

	assert_ok(bs_db_exec(f->db, TEST_Q_author_rename, BS_VALUES(bs_int(id), bs_text(BS_STR("Bea"))), &err), &err);
	assert_int_equal(bs_db_changed(f->db), 1);
	assert_ok(bs_db_exec(f->db, TEST_Q_author_rename, BS_VALUES(bs_int(id + 1), bs_text(BS_STR("Cy"))), &err), &err);
	assert_int_equal(bs_db_changed(f->db), 0);
}

static void the_same_key_twice_is_a_conflict(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;
	int64_t id;

	add_author(f->db, "Ada", 0);
	assert_int_equal(bs_db_int(f->db, TEST_Q_author_add, BS_VALUES(bs_text(BS_STR("Ada")), bs_null()), &id, &err), BS_CONFLICT);
	assert_non_null(strstr(err.text, "author-add"));
	/* and a key that leads nowhere */
	assert_int_equal(bs_db_int(f->db, TEST_Q_author_add, BS_VALUES(bs_text(BS_STR("Bea")), bs_int(77)), &id, &err), BS_CONFLICT);
	assert_int_equal(count_authors(f->db), 1);
}

static void text_must_be_utf8_without_nul(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;
	int64_t id;

	assert_int_equal(bs_db_int(f->db, TEST_Q_author_add, BS_VALUES(bs_text(BS_STR("a\0b")), bs_null()), &id, &err), BS_INVALID);
	assert_int_equal(bs_db_int(f->db, TEST_Q_author_add, BS_VALUES(bs_text(BS_STR("\xff")), bs_null()), &id, &err), BS_INVALID);
	assert_int_equal(bs_db_int(f->db, TEST_Q_author_add, BS_VALUES(bs_text(BS_STR("a"))), &id, &err), BS_INVALID);
	assert_non_null(strstr(err.text, "takes 2 values and was given 1"));
}

static void text_sorts_by_its_bytes(void **state)
{
	static const char *const names[] = { "zebra", "Zebra", "äpfel", "apfel", "Ω", "_x", "a b", "a-b", "ab" };
	static const char *const sorted[] = { "Zebra", "_x", "a b", "a-b", "ab", "apfel", "zebra", "äpfel", "Ω" };
	struct fixture *f = *state;
	struct bs_stmt *stmt = NULL;
	struct bs_err err;

	for (size_t i = 0; i < BS_COUNT(names); i++)
		add_author(f->db, names[i], 0);
	assert_ok(bs_db_query(f->db, TEST_Q_author_names, BS_NO_VALUES, &stmt, &err), &err);
	for (size_t i = 0; i < BS_COUNT(sorted); i++) {
		assert_ok(bs_stmt_next(stmt, &err), &err);
		assert_str(bs_stmt_str(stmt, 0), sorted[i]);
	}
	bs_stmt_free(&stmt);
}

static void a_reader_may_not_write(void **state)
{
	struct fixture *f = *state;
	struct bs_db *reader = database_open_at(f->dsn, BS_DB_READER, &test_schema);
	struct bs_err err;
	int64_t id;

	assert_int_equal(count_authors(reader), 0);
	assert_int_equal(bs_db_int(reader, TEST_Q_author_add, BS_VALUES(bs_text(BS_STR("x")), bs_null()), &id, &err), BS_DENIED);
	assert_non_null(strstr(err.text, "only reads"));
	bs_db_close(&reader);
}

static void a_statement_that_runs_too_long_is_stopped(void **state)
{
	struct fixture *f = *state;
	struct bs_db_options options = { .dsn = f->dsn, .role = BS_DB_READER, .schema = &test_schema, .statement_ms = 50 };
	struct bs_db *db = NULL;
	struct bs_err err;
	int64_t out;

	assert_ok(bs_db_open(&options, &db, &err), &err);
	assert_int_equal(bs_db_int(db, TEST_Q_count_all, BS_VALUES(bs_int(100000000)), &out, &err), BS_BUSY);
	assert_non_null(strstr(err.text, "count-all: ran for more than 50 ms"));
	/* and the next one has the whole time again */
	assert_ok(bs_db_int(db, TEST_Q_count_all, BS_VALUES(bs_int(10)), &out, &err), &err);
	assert_int_equal(out, 10);
	bs_db_close(&db);
}

static void a_result_of_many_rows_is_read_to_the_end(void **state)
{
	struct fixture *f = *state;
	struct bs_stmt *stmt = NULL;
	struct bs_err err;
	int64_t sum = 0;

	assert_ok(bs_db_query(f->db, TEST_Q_count_to, BS_VALUES(bs_int(20000)), &stmt, &err), &err);
	while (bs_stmt_next(stmt, &err) == BS_OK)
		sum += bs_stmt_int(stmt, 0);
	assert_int_equal(sum, 20000LL * 20001 / 2);
	bs_stmt_free(&stmt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		store_test(every_kind_of_value_comes_back),
		store_test(null_reads_as_nothing),
		store_test(a_query_may_be_open_twice_at_once),
		store_test(queries_made_together_are_read_in_any_order),
		store_test(a_missing_row_is_not_found),
		store_test(exec_counts_the_changed_rows),
		store_test(the_same_key_twice_is_a_conflict),
		store_test(text_must_be_utf8_without_nul),
		store_test(text_sorts_by_its_bytes),
		store_test(a_reader_may_not_write),
		store_test(a_statement_that_runs_too_long_is_stopped),
		store_test(a_result_of_many_rows_is_read_to_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, fixture_remove);
}
