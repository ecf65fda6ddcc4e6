/* The pool of connections. */
#include <pthread.h>
#include <stdatomic.h>

#include "base/sys.h"
#include "fixture.h"
#include "store/pool.h"

static struct bs_pool *open_pool(const struct fixture *f, int readers, int wait_ms)
{
	struct bs_pool_options options = { .dsn = f->dsn, .schema = &test_schema, .readers = readers, .wait_ms = wait_ms };
	struct bs_pool *pool = NULL;
	struct bs_err err;

	assert_ok(bs_pool_open(&options, &pool, &err), &err);
	return pool;
}

static void a_full_pool_says_busy_after_its_time(void **state)
{
	struct bs_pool *pool = open_pool(*state, 2, 100);
	struct bs_db *a = NULL, *b = NULL, *c = NULL;
	struct bs_err err;
	int64_t begun;

	assert_ok(bs_pool_read(pool, &a, &err), &err);
	assert_ok(bs_pool_read(pool, &b, &err), &err);
	assert_ptr_not_equal(a, b);
	begun = bs_monotonic_usec();
	assert_int_equal(bs_pool_read(pool, &c, &err), BS_BUSY);
	assert_true(bs_monotonic_usec() - begun >= 100000);
	assert_non_null(strstr(err.text, "all 2 reading connections"));
	bs_pool_return(&a);
	assert_null(a);
	assert_ok(bs_pool_read(pool, &c, &err), &err);
	bs_pool_return(&b);
	bs_pool_return(&c);
	bs_pool_close(&pool);
}

static void *return_later(void *ptr)
{
	struct bs_db *db = ptr;

	usleep(50000);
	bs_pool_return(&db);
	return NULL;
}

static void who_waits_gets_what_is_returned(void **state)
{
	struct bs_pool *pool = open_pool(*state, 1, 5000);
	struct bs_db *a = NULL, *b = NULL;
	struct bs_err err;
	pthread_t thread;

	assert_ok(bs_pool_write(pool, &a, &err), &err);
	assert_int_equal(pthread_create(&thread, NULL, return_later, a), 0);
	assert_ok(bs_pool_write(pool, &b, &err), &err);
	assert_ptr_equal(a, b);
	pthread_join(thread, NULL);
	bs_pool_return(&b);
	bs_pool_close(&pool);
}

static void a_transaction_left_open_is_rolled_back(void **state)
{
	struct bs_pool *pool = open_pool(*state, 1, 100);
	struct bs_db *db = NULL;
	struct bs_err err;

	assert_ok(bs_pool_write(pool, &db, &err), &err);
	assert_ok(bs_db_begin(db, BS_TX_WRITE, &err), &err);
	add_author(db, "Ada", 0);
	bs_log_level_set((enum bs_log_level)-1); /* it is logged, which is not to be looked at here */
	bs_pool_return(&db);
	bs_log_level_set(BS_LOG_INFO);
	assert_ok(bs_pool_write(pool, &db, &err), &err);
	assert_int_equal(count_authors(db), 0);
	bs_pool_return(&db);
	bs_pool_close(&pool);
}

enum { THREADS = 6, ROUNDS = 200 };

struct load {
	struct bs_pool *pool;
	atomic_int readers, writers, most_readers, faults;
};

static void *read_and_write(void *ptr)
{
	struct load *load = ptr;
	struct bs_err err;

	for (int i = 0; i < ROUNDS; i++) {
		bool write = i % 20 == 0;
		atomic_int *inside = write ? &load->writers : &load->readers;
		struct bs_db *db = NULL;
		int64_t count = -1;
		enum bs_rc rc = write ? bs_pool_write(load->pool, &db, &err) : bs_pool_read(load->pool, &db, &err);
		int now;

		if (rc != BS_OK) {
			atomic_fetch_add(&load->faults, 1);
			continue;
		}
		now = atomic_fetch_add(inside, 1) + 1;
		if (now > (write ? 1 : 3))
			atomic_fetch_add(&load->faults, 1);
		if (bs_db_int(db, TEST_Q_author_count, BS_NO_VALUES, &count, &err) != BS_OK || count != 1)
			atomic_fetch_add(&load->faults, 1);
		atomic_fetch_sub(inside, 1);
		bs_pool_return(&db);
	}
	return NULL;
}

static void threads_never_share_a_connection(void **state)
{
	struct fixture *f = *state;
	struct load load = { .pool = open_pool(f, 3, 5000) };
	pthread_t threads[THREADS];

	add_author(f->db, "Ada", 0);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, read_and_write, &load), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(load.faults, 0);
	bs_pool_close(&load.pool);
}

static void a_pool_does_not_open_what_is_not_there(void **state)
{
	struct bs_pool_options options = { .dsn = "/nowhere/at/all.db", .schema = &test_schema };
	struct bs_pool *pool = NULL;
	struct bs_err err;

	(void)state;
	bs_log_level_set((enum bs_log_level)-1);
	assert_int_equal(bs_pool_open(&options, &pool, &err), BS_IO);
	assert_non_null(strstr(err.text, "/nowhere/at/all.db"));
	options.dsn = "host=/nowhere dbname=x";
	assert_int_equal(bs_pool_open(&options, &pool, &err), BS_BUSY);
	assert_non_null(strstr(err.text, "/nowhere"));
	assert_null(pool);
	bs_log_level_set(BS_LOG_INFO);
}

/* PostgreSQL alone: the server throws us out. */
static void a_lost_connection_comes_back(void **state)
{
	struct fixture *f = *state;
	struct bs_pool *pool;
	struct bs_db *db = NULL;
	struct bs_err err;
	int64_t count;

	if (!on_postgres())
		skip();
	pool = open_pool(f, 2, 1000);
	bs_log_level_set((enum bs_log_level)-1);
	add_author(f->db, "Ada", 0);
	bs_db_close(&f->db);
	assert_ok(bs_pool_read(pool, &db, &err), &err);
	assert_int_equal(count_authors(db), 1);
	database_disconnect_all();
	/* whoever holds it is told */
	assert_int_equal(bs_db_int(db, TEST_Q_author_count, BS_NO_VALUES, &count, &err), BS_BUSY);
	assert_non_null(strstr(err.text, "try again"));
	bs_pool_return(&db);
	/* the next one gets a new one */
	assert_ok(bs_pool_read(pool, &db, &err), &err);
	assert_int_equal(count_authors(db), 1);
	bs_pool_return(&db);
	/* and one that lay idle is not given out */
	assert_ok(bs_pool_write(pool, &db, &err), &err);
	add_author(db, "Bea", 0);
	bs_pool_return(&db);
	bs_log_level_set(BS_LOG_INFO);
	bs_pool_close(&pool);
	f->db = database_open_at(f->dsn, BS_DB_WRITER, &test_schema);
	assert_int_equal(count_authors(f->db), 2);
}

static void a_database_that_is_away_refuses_at_once_between_attempts(void **state)
{
	struct fixture *f = *state;
	struct bs_pool *pool;
	struct bs_db *db = NULL;
	struct bs_err err;
	int64_t begun, count;

	if (!on_postgres())
		skip();
	pool = open_pool(f, 2, 1000);
	bs_log_level_set((enum bs_log_level)-1);
	bs_db_close(&f->db);
	cluster_run("ALTER DATABASE ", " ALLOW_CONNECTIONS false");
	assert_ok(bs_pool_read(pool, &db, &err), &err);
	database_disconnect_all();
	assert_int_equal(bs_db_int(db, TEST_Q_author_count, BS_NO_VALUES, &count, &err), BS_BUSY);
	bs_pool_return(&db);
	assert_int_equal(bs_pool_read(pool, &db, &err), BS_BUSY);
	assert_non_null(strstr(err.text, "not currently accepting connections"));
	begun = bs_monotonic_usec();
	assert_int_equal(bs_pool_read(pool, &db, &err), BS_BUSY);
	assert_non_null(strstr(err.text, "away"));
	assert_true(bs_monotonic_usec() - begun < 50000);
	cluster_run("ALTER DATABASE ", " ALLOW_CONNECTIONS true");
	usleep(250000);
	assert_ok(bs_pool_read(pool, &db, &err), &err);
	bs_pool_return(&db);
	bs_log_level_set(BS_LOG_INFO);
	bs_pool_close(&pool);
}

static void *return_soon(void *ptr)
{
	struct bs_db *db = ptr;

	usleep(100000);
	bs_pool_return(&db);
	return NULL;
}

/* PostgreSQL alone: the server gives two connections and no more. */
static void a_server_without_connections_left_is_used_with_those_there_are(void **state)
{
	struct fixture *f = *state;
	struct bs_pool_options options = { .schema = &test_schema, .readers = 4, .wait_ms = 2000 };
	struct bs_pool *pool = NULL;
	struct bs_db *a = NULL, *b = NULL;
	struct bs_err err;
	pthread_t thread;
	char sql[160], dsn[400];

	if (!on_postgres())
		skip();
	snprintf(sql, sizeof(sql), "CREATE ROLE two_%d LOGIN CONNECTION LIMIT 2", (int)getpid());
	database_run(f->db, sql);
	snprintf(sql, sizeof(sql), "GRANT ALL ON ALL TABLES IN SCHEMA public TO two_%d", (int)getpid());
	database_run(f->db, sql);
	snprintf(dsn, sizeof(dsn), "%s user=two_%d", f->dsn, (int)getpid());
	options.dsn = dsn;
	bs_log_level_set((enum bs_log_level)-1);
	assert_ok(bs_pool_open(&options, &pool, &err), &err); /* the writer and one reader */
	assert_ok(bs_pool_read(pool, &a, &err), &err);
	assert_int_equal(bs_pool_read(pool, &b, &err), BS_BUSY);
	assert_non_null(strstr(err.text, "max_connections"));
	assert_int_equal(pthread_create(&thread, NULL, return_soon, a), 0);
	assert_ok(bs_pool_read(pool, &b, &err), &err);
	assert_ptr_equal(a, b);
	assert_int_equal(count_authors(b), 0);
	pthread_join(thread, NULL);
	bs_pool_return(&b);
	bs_pool_close(&pool);
	bs_log_level_set(BS_LOG_INFO);
	snprintf(sql, sizeof(sql), "DROP OWNED BY two_%d", (int)getpid());
	database_run(f->db, sql);
	snprintf(sql, sizeof(sql), "DROP ROLE two_%d", (int)getpid());
	database_run(f->db, sql);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		store_test(a_full_pool_says_busy_after_its_time),
		store_test(who_waits_gets_what_is_returned),
		store_test(a_transaction_left_open_is_rolled_back),
		store_test(threads_never_share_a_connection),
		store_test(a_pool_does_not_open_what_is_not_there),
		store_test(a_lost_connection_comes_back),
		store_test(a_database_that_is_away_refuses_at_once_between_attempts),
		store_test(a_server_without_connections_left_is_used_with_those_there_are),
	};

	return cmocka_run_group_tests(tests, NULL, fixture_remove);
}
