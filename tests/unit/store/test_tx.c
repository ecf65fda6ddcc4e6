/* Transactions, their levels, and what a failure does to them. */
#include "fixture.h"

static void a_commit_keeps_and_a_rollback_forgets(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;

	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	add_author(f->db, "Ada", 0);
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	add_author(f->db, "Bea", 0);
	bs_db_rollback(f->db);
	assert_int_equal(count_authors(f->db), 1);
}

static void an_inner_level_rolls_back_alone(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;

	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	add_author(f->db, "Ada", 0);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	add_author(f->db, "Bea", 0);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	add_author(f->db, "Cy", 0);
	assert_ok(bs_db_commit(f->db, &err), &err);
	bs_db_rollback(f->db);
	assert_int_equal(count_authors(f->db), 1);
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_int_equal(count_authors(f->db), 1);
}

static void a_failure_fails_its_level_until_that_is_rolled_back(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;
	int64_t out;

	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	add_author(f->db, "Ada", 0);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_int_equal(bs_db_int(f->db, TEST_Q_author_add, BS_VALUES(bs_text(BS_STR("Ada")), bs_null()), &out, &err), BS_CONFLICT);
	assert_int_equal(bs_db_int(f->db, TEST_Q_author_count, BS_NO_VALUES, &out, &err), BS_CONFLICT);
	assert_non_null(strstr(err.text, "roll it back"));
	bs_db_rollback(f->db);
	assert_int_equal(count_authors(f->db), 1);
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_int_equal(count_authors(f->db), 1);
}

static void a_failed_transaction_cannot_be_committed(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;
	int64_t out;

	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	add_author(f->db, "Ada", 0);
	assert_int_equal(bs_db_int(f->db, TEST_Q_author_add, BS_VALUES(bs_text(BS_STR("Ada")), bs_null()), &out, &err), BS_CONFLICT);
	assert_int_equal(bs_db_commit(f->db, &err), BS_CONFLICT);
	assert_non_null(strstr(err.text, "test_tx.c:"));
	assert_int_equal(count_authors(f->db), 0);
}

static void a_posted_failure_shows_at_the_latest_at_commit(void **state)
{
	struct fixture *f = *state;
	enum bs_rc rc;
	struct bs_err err;

	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_db_post(f->db, TEST_Q_author_add, BS_VALUES(bs_text(BS_STR("Ada")), bs_null()), &err), &err);
	rc = bs_db_post(f->db, TEST_Q_author_add, BS_VALUES(bs_text(BS_STR("Ada")), bs_null()), &err);
	if (rc == BS_OK)
		rc = bs_db_commit(f->db, &err);
	else
		bs_db_rollback(f->db);
	assert_int_equal(rc, BS_CONFLICT);
	assert_int_equal(count_authors(f->db), 0);
	/* nothing of it is left for the next */
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	add_author(f->db, "Bea", 0);
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_int_equal(count_authors(f->db), 1);
}

static void an_inner_rollback_forgives_a_posted_failure(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;

	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	add_author(f->db, "Ada", 0);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	(void)!bs_db_post(f->db, TEST_Q_author_add, BS_VALUES(bs_text(BS_STR("Ada")), bs_null()), &err);
	bs_db_rollback(f->db);
	add_author(f->db, "Bea", 0);
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_int_equal(count_authors(f->db), 2);
}

static void many_posted_writes_all_arrive(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;
	int64_t words = 0, item = add_item(f->db, add_author(f->db, "Ada", 0), "t", 1);

	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	for (int i = 0; i < 5000; i++) {
		char word[16];

		snprintf(word, sizeof(word), "word%d", i);
		assert_ok(bs_db_post(f->db, TEST_Q_item_word_add, BS_VALUES(bs_text(bs_str_c(word)), bs_int(item)), &err), &err);
	}
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_ok(bs_db_int(f->db, TEST_Q_item_words, BS_VALUES(bs_int(item)), &words, &err), &err);
	assert_int_equal(words, 5000);
}

static void a_snapshot_does_not_see_later_commits(void **state)
{
	struct fixture *f = *state;
	struct bs_db *reader = database_open_at(f->dsn, BS_DB_READER, &test_schema);
	struct bs_err err;

	add_author(f->db, "Ada", 0);
	assert_ok(bs_db_begin(reader, BS_TX_READ, &err), &err);
	assert_int_equal(count_authors(reader), 1);
	add_author(f->db, "Bea", 0);
	assert_int_equal(count_authors(reader), 1);
	assert_ok(bs_db_commit(reader, &err), &err);
	assert_int_equal(count_authors(reader), 2);
	bs_db_close(&reader);
}

static void a_second_writer_waits_its_turn_and_then_gives_up(void **state)
{
	struct fixture *f = *state;
	struct bs_db *other = database_open_at(f->dsn, BS_DB_WRITER, &test_schema);
	struct bs_err err;

	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_int_equal(bs_db_begin(other, BS_TX_WRITE, &err), BS_BUSY);
	assert_non_null(strstr(err.text, "300 ms"));
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_ok(bs_db_begin(other, BS_TX_WRITE, &err), &err);
	assert_ok(bs_db_commit(other, &err), &err);
	bs_db_close(&other);
}

static void a_reader_may_not_begin_to_write(void **state)
{
	struct fixture *f = *state;
	struct bs_db *reader = database_open_at(f->dsn, BS_DB_READER, &test_schema);
	struct bs_err err;

	assert_int_equal(bs_db_begin(reader, BS_TX_WRITE, &err), BS_DENIED);
	assert_ok(bs_db_begin(f->db, BS_TX_READ, &err), &err);
	assert_int_equal(bs_db_begin(f->db, BS_TX_WRITE, &err), BS_DENIED);
	bs_db_rollback(f->db);
	bs_db_close(&reader);
}

static void levels_have_a_bottom(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;

	for (int i = 0; i < BS_TX_DEPTH; i++)
		assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_int_equal(bs_db_begin(f->db, BS_TX_WRITE, &err), BS_LIMIT);
	for (int i = 0; i < BS_TX_DEPTH; i++)
		assert_ok(bs_db_commit(f->db, &err), &err);
	assert_int_equal(bs_db_commit(f->db, &err), BS_CONFLICT);
}

struct again {
	int runs, collide;
};

static enum bs_rc add_and_maybe_collide(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct again *again = ctx;

	add_author(db, "Ada", 0);
	if (again->runs++ < again->collide) {
		db->collided = true; /* as the driver says it of a serialization failure */
		return bs_fail(err, BS_BUSY, "collided");
	}
	return BS_OK;
}

static void transact_runs_again_after_a_collision(void **state)
{
	struct fixture *f = *state;
	struct again twice = { .collide = 2 }, always = { .collide = 1000 };
	struct bs_err err;

	assert_ok(bs_db_transact(f->db, add_and_maybe_collide, &twice, &err), &err);
	assert_int_equal(twice.runs, 3);
	assert_int_equal(count_authors(f->db), 1);
	database_run(f->db, "DELETE FROM author");
	assert_int_equal(bs_db_transact(f->db, add_and_maybe_collide, &always, &err), BS_BUSY);
	assert_int_equal(always.runs, 5);
	assert_int_equal(count_authors(f->db), 0);
}

static enum bs_rc add_and_refuse(struct bs_db *db, void *ctx, struct bs_err *err)
{
	(void)ctx;
	add_author(db, "Ada", 0);
	return bs_fail(err, BS_INVALID, "no");
}

static void transact_rolls_back_what_its_function_refuses(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;

	assert_int_equal(bs_db_transact(f->db, add_and_refuse, NULL, &err), BS_INVALID);
	assert_int_equal(count_authors(f->db), 0);
}

/* A query that fails on a snapshot, whose rows nobody asks for. */
static void fail_unheard(struct bs_db *db)
{
	struct bs_stmt *stmt = NULL;
	struct bs_err err;

	assert_ok(bs_db_begin(db, BS_TX_READ, &err), &err);
	assert_ok(bs_db_query(db, TEST_Q_author_add, BS_VALUES(bs_text(BS_STR("Ada")), bs_null()), &stmt, &err), &err);
	bs_stmt_free(&stmt);
}

static void what_failed_unheard_does_not_reach_the_next_transaction(void **state)
{
	struct fixture *f = *state;
	struct bs_db *reader = database_open_at(f->dsn, BS_DB_READER, &test_schema);
	struct bs_err err;

	for (int i = 0; i < 4; i++) {
		fail_unheard(reader);
		if (i % 2 == 0)
			bs_db_rollback(reader);
		else
			assert_ok(bs_db_commit(reader, &err), &err);
		if (i < 2)
			assert_ok(bs_db_begin(reader, BS_TX_READ, &err), &err);
		assert_int_equal(count_authors(reader), 0);
		if (i < 2)
			assert_ok(bs_db_commit(reader, &err), &err);
	}
	bs_db_close(&reader);
}

/* What waits for the commit below sees all that was written, and writes itself. */
static enum bs_rc add_the_last(struct bs_db *db, struct bs_err *err)
{
	int64_t count = 0;
	enum bs_rc rc = bs_db_int(db, TEST_Q_author_count, BS_NO_VALUES, &count, err);

	return rc == BS_OK && count == 2 ? bs_db_post(db, TEST_Q_author_add, BS_VALUES(bs_text(BS_STR("Zoe")), bs_null()), err) : rc;
}

static enum bs_rc refuse(struct bs_db *db, struct bs_err *err)
{
	(void)db;
	return bs_fail(err, BS_INVALID, "no");
}

static void what_waits_for_the_commit_is_done_once_and_last(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;

	assert_int_equal(bs_db_before_commit(f->db, add_the_last, &err), BS_INVALID);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_db_before_commit(f->db, add_the_last, &err), &err);
	add_author(f->db, "Ada", 0);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_db_before_commit(f->db, add_the_last, &err), &err);
	add_author(f->db, "Bea", 0);
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_int_equal(count_authors(f->db), 2);
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_int_equal(count_authors(f->db), 3);
	/* The next transaction begins with nothing that waits. */
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_int_equal(count_authors(f->db), 3);
}

static void a_commit_fails_with_what_waits_for_it(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;

	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_db_before_commit(f->db, refuse, &err), &err);
	add_author(f->db, "Ada", 0);
	assert_int_equal(bs_db_commit(f->db, &err), BS_INVALID);
	assert_int_equal(count_authors(f->db), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		store_test(a_commit_keeps_and_a_rollback_forgets),
		store_test(an_inner_level_rolls_back_alone),
		store_test(a_failure_fails_its_level_until_that_is_rolled_back),
		store_test(a_failed_transaction_cannot_be_committed),
		store_test(a_posted_failure_shows_at_the_latest_at_commit),
		store_test(an_inner_rollback_forgives_a_posted_failure),
		store_test(many_posted_writes_all_arrive),
		store_test(a_snapshot_does_not_see_later_commits),
		store_test(a_second_writer_waits_its_turn_and_then_gives_up),
		store_test(a_reader_may_not_begin_to_write),
		store_test(what_failed_unheard_does_not_reach_the_next_transaction),
		store_test(levels_have_a_bottom),
		store_test(what_waits_for_the_commit_is_done_once_and_last),
		store_test(a_commit_fails_with_what_waits_for_it),
		store_test(transact_runs_again_after_a_collision),
		store_test(transact_rolls_back_what_its_function_refuses),
	};

	return cmocka_run_group_tests(tests, NULL, fixture_remove);
}
