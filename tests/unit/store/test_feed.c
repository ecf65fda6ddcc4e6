/* The change feed. */
#include <pthread.h>
#include <sys/wait.h>

#include "base/sys.h"
#include "fixture.h"
#include "store/feed.h"

struct seen {
	char text[8192]; /* the tags, each with a space behind it; "*" for everything */
	int count;
};

static void note(struct bs_str tag, void *ctx)
{
	struct seen *seen = ctx;
	size_t len = strlen(seen->text);

	snprintf(seen->text + len, sizeof(seen->text) - len, "%.*s ", tag.len > 0 ? (int)tag.len : 1, tag.len > 0 ? tag.ptr : "*");
	seen->count++;
}

static struct bs_feed *open_feed(const struct fixture *f)
{
	struct bs_db_options options = { .dsn = f->dsn, .schema = &test_schema };
	struct bs_feed *feed = NULL;
	struct bs_err err;

	assert_ok(bs_feed_open(&options, &feed, &err), &err);
	return feed;
}

/* Wait until `count` tags were seen, at most two seconds. */
static void wait_for(struct bs_feed *feed, struct seen *seen, int count)
{
	int64_t end = bs_monotonic_usec() + 2000000;
	struct bs_err err;

	while (seen->count < count && bs_monotonic_usec() < end)
		(void)!bs_feed_wait(feed, 100, note, seen, &err);
}

static void touch(struct bs_db *db, const char *tag)
{
	struct bs_err err;

	assert_ok(bs_change_touch(db, bs_str_c(tag), &err), &err);
}

static void a_commit_is_seen_within_a_moment_and_in_order(void **state)
{
	struct fixture *f = *state;
	struct bs_feed *feed = open_feed(f);
	struct seen seen = { "", 0 };
	struct bs_err err;
	int64_t begun;

	assert_int_equal(bs_feed_wait(feed, 0, note, &seen, &err), BS_NOT_FOUND);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	touch(f->db, "story:1");
	touch(f->db, "term:9");
	touch(f->db, "story:1");
	assert_int_equal(bs_feed_wait(feed, 60, note, &seen, &err), BS_NOT_FOUND); /* not before the commit */
	assert_ok(bs_db_commit(f->db, &err), &err);
	begun = bs_monotonic_usec();
	assert_ok(bs_feed_wait(feed, 2000, note, &seen, &err), &err);
	assert_true(bs_monotonic_usec() - begun < 1000000);
	assert_string_equal(seen.text, "story:1 term:9 ");
	assert_int_equal(bs_feed_wait(feed, 0, note, &seen, &err), BS_NOT_FOUND);
	bs_feed_close(&feed);
}

static void what_is_rolled_back_touches_nothing(void **state)
{
	struct fixture *f = *state;
	struct bs_feed *feed = open_feed(f);
	struct seen seen = { "", 0 };
	struct bs_err err;

	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	touch(f->db, "lost");
	bs_db_rollback(f->db);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	touch(f->db, "a");
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	touch(f->db, "inner");
	touch(f->db, "a");
	bs_db_rollback(f->db);
	touch(f->db, "inner-again");
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	touch(f->db, "inner");
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_ok(bs_db_commit(f->db, &err), &err);
	wait_for(feed, &seen, 3);
	assert_string_equal(seen.text, "a inner-again inner ");
	bs_feed_close(&feed);
}

static void tags_have_a_size_and_need_a_transaction(void **state)
{
	struct fixture *f = *state;
	char large[BS_TAG_CAP + 1];
	struct bs_err err;

	assert_int_equal(bs_change_touch(f->db, BS_STR("a"), &err), BS_INVALID);
	assert_ok(bs_db_begin(f->db, BS_TX_READ, &err), &err);
	assert_int_equal(bs_change_touch(f->db, BS_STR("a"), &err), BS_INVALID);
	bs_db_rollback(f->db);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	memset(large, 'x', sizeof(large));
	assert_int_equal(bs_change_touch(f->db, bs_str_n(large, BS_TAG_CAP), &err), BS_INVALID);
	assert_int_equal(bs_change_touch(f->db, BS_STR(""), &err), BS_INVALID);
	assert_ok(bs_change_touch(f->db, bs_str_n(large, BS_TAG_CAP - 1), &err), &err);
	bs_db_rollback(f->db);
}

static void another_process_is_followed(void **state)
{
	struct fixture *f = *state;
	struct bs_feed *feed = open_feed(f);
	struct seen seen = { "", 0 };
	int status = -1;
	pid_t child;

	fflush(NULL);
	child = fork();
	if (child == 0) {
		struct bs_db *db = database_open_at(f->dsn, BS_DB_WRITER, &test_schema);
		struct bs_err err;

		touch((assert_ok(bs_db_begin(db, BS_TX_WRITE, &err), &err), db), "from-afar");
		assert_ok(bs_db_commit(db, &err), &err);
		bs_db_close(&db);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	wait_for(feed, &seen, 1);
	assert_string_equal(seen.text, "from-afar ");
	bs_feed_close(&feed);
}

enum { WRITERS = 4, COMMITS = 40 };

static void *write_many(void *ptr)
{
	const struct fixture *f = ptr;
	struct bs_db_options options = { .dsn = f->dsn, .role = BS_DB_WRITER, .schema = &test_schema, .lock_ms = 20000 };
	static int numbers;
	int me = __atomic_add_fetch(&numbers, 1, __ATOMIC_SEQ_CST);
	struct bs_db *db = NULL;
	struct bs_err err;

	assert_ok(bs_db_open(&options, &db, &err), &err);
	for (int i = 0; i < COMMITS; i++) {
		char tag[32];

		assert_ok(bs_db_begin(db, BS_TX_WRITE, &err), &err);
		snprintf(tag, sizeof(tag), "%d-%d", me, i);
		touch(db, tag);
		snprintf(tag, sizeof(tag), "w%d-%d", me, i);
		assert_ok(bs_db_post(db, TEST_Q_author_add, BS_VALUES(bs_text(bs_str_c(tag)), bs_null()), &err), &err);
		if (i % 7 == 0) { /* ids are used up by what is rolled back, too */
			bs_db_rollback(db);
			assert_ok(bs_db_begin(db, BS_TX_WRITE, &err), &err);
			snprintf(tag, sizeof(tag), "%d-%d", me, i);
			touch(db, tag);
		}
		usleep((useconds_t)(i * 37 % 900));
		assert_ok(bs_db_commit(db, &err), &err);
	}
	bs_db_close(&db);
	return NULL;
}

static void writers_at_once_hide_nothing_from_a_follower(void **state)
{
	struct fixture *f = *state;
	struct bs_feed *feed = open_feed(f);
	static struct seen seen;
	pthread_t threads[WRITERS];

	memset(&seen, 0, sizeof(seen));
	for (int i = 0; i < WRITERS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, write_many, f), 0);
	for (int tries = 0; seen.count < WRITERS * COMMITS && tries < 10; tries++)
		wait_for(feed, &seen, WRITERS * COMMITS);
	for (int i = 0; i < WRITERS; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(seen.count, WRITERS * COMMITS);
	assert_null(strchr(seen.text, '*'));
	for (int me = 1; me <= WRITERS; me++) {
		for (int i = 0; i < COMMITS; i++) {
			char tag[32];

			snprintf(tag, sizeof(tag), "%d-%d ", me, i);
			assert_non_null(strstr(seen.text, tag));
		}
	}
	bs_feed_close(&feed);
}

static void old_changes_are_pruned_and_who_missed_them_is_told(void **state)
{
	struct fixture *f = *state;
	struct bs_feed *feed = open_feed(f);
	struct seen seen = { "", 0 };
	struct bs_err err;
	char sql[200];

	/* As many as are kept, and some more, from elsewhere; then our own commit prunes. */
	snprintf(sql, sizeof(sql), "INSERT INTO change (tag) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
	         "WHERE i < %d) SELECT 'x' FROM n", BS_CHANGE_KEEP + 10);
	database_run(f->db, sql);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	touch(f->db, "last");
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_ok(bs_feed_wait(feed, 1000, note, &seen, &err), &err);
	assert_string_equal(seen.text, "* ");
	assert_int_equal(bs_feed_wait(feed, 0, note, &seen, &err), BS_NOT_FOUND);
	/* and it goes on from there */
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	touch(f->db, "next");
	assert_ok(bs_db_commit(f->db, &err), &err);
	wait_for(feed, &seen, 2);
	assert_string_equal(seen.text, "* next ");
	bs_feed_close(&feed);
}

static void a_database_put_in_its_place_changes_everything(void **state)
{
	struct fixture *f = *state;
	struct seen seen = { "", 0 };
	struct bs_feed *feed;
	struct bs_err err;

	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	touch(f->db, "a");
	assert_ok(bs_db_commit(f->db, &err), &err);
	feed = open_feed(f);
	database_run(f->db, "DELETE FROM change WHERE id > 1"); /* as an older backup would be */
	assert_int_equal(bs_feed_wait(feed, 0, note, &seen, &err), on_postgres() ? BS_NOT_FOUND : BS_OK);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	touch(f->db, "b");
	assert_ok(bs_db_commit(f->db, &err), &err);
	wait_for(feed, &seen, 1);
	assert_true(seen.count >= 1);
	bs_feed_close(&feed);
}

/* PostgreSQL alone: a follower that was cut off may have missed anything, also changes with the ids of others that were lost. */
static void a_follower_catches_up_after_a_lost_connection(void **state)
{
	struct fixture *f = *state;
	struct seen seen = { "", 0 };
	struct bs_feed *feed;
	struct bs_err err;

	if (!on_postgres())
		skip();
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	touch(f->db, "to be lost");
	assert_ok(bs_db_commit(f->db, &err), &err);
	feed = open_feed(f);
	bs_db_close(&f->db);
	database_disconnect_all();
	f->db = database_open_at(f->dsn, BS_DB_WRITER, &test_schema);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	database_run(f->db, "UPDATE change SET tag = 'meanwhile' WHERE id = (SELECT max(id) FROM change)"); /* its id, given again */
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_int_equal(bs_feed_wait(feed, 1000, note, &seen, &err), BS_BUSY);
	wait_for(feed, &seen, 1);
	assert_string_equal(seen.text, "* ");
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	touch(f->db, "after");
	assert_ok(bs_db_commit(f->db, &err), &err);
	wait_for(feed, &seen, 2);
	assert_string_equal(seen.text, "* after ");
	bs_feed_close(&feed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		store_test(a_commit_is_seen_within_a_moment_and_in_order),
		store_test(what_is_rolled_back_touches_nothing),
		store_test(tags_have_a_size_and_need_a_transaction),
		store_test(another_process_is_followed),
		store_test(writers_at_once_hide_nothing_from_a_follower),
		store_test(old_changes_are_pruned_and_who_missed_them_is_told),
		store_test(a_database_put_in_its_place_changes_everything),
		store_test(a_follower_catches_up_after_a_lost_connection),
	};

	return cmocka_run_group_tests(tests, NULL, fixture_remove);
}
