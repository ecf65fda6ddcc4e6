/* store.c - what the store costs, on each database given: taking a connection from the pool, a point query by integer key,
 * a list of 15 rows, a page of five queries in one snapshot, writing 1,000 rows in one transaction, a commit; and what the
 * interface adds to SQLite's own functions.
 *
 *   bench_store DSN…     each an empty database, or one that this program filled before
 *
 * All databases are measured by turns, round after round, so that what else the machine does hits each. Each figure is the
 * median of ROUNDS rounds, in microseconds: what passed on the clock, and the processor's time that this process used (a
 * server's own is not in it), which hardly depends on what else the machine does. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/sys.h"
#include "store/migrate.h"
#include "store/pool.h"
#include "test_queries.h"

enum { AUTHORS = 1000, ITEMS = 100000, ROUNDS = 15, BODY = 2000, MOST = 4 };

static uint64_t seed = 88172645463325252u;

static int64_t random_below(int64_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int64_t)(seed % (uint64_t)n);
}

static void check(enum bs_rc rc, const struct bs_err *err)
{
	if (rc == BS_OK)
		return;
	fprintf(stderr, "bench_store: %s\n", err->text);
	exit(1);
}

static enum bs_rc add_authors(struct bs_db *db, void *ctx, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;
	char name[32];

	(void)ctx;
	for (int i = 0; rc == BS_OK && i < AUTHORS; i++) {
		snprintf(name, sizeof(name), "author %d", i);
		rc = bs_db_post(db, TEST_Q_author_add, BS_VALUES(bs_text(bs_str_c(name)), bs_null()), err);
	}
	return rc;
}

static enum bs_rc add_items(struct bs_db *db, void *ctx, struct bs_err *err)
{
	static char body[BODY];
	int64_t *next = ctx;
	enum bs_rc rc = BS_OK;
	char title[80];

	memset(body, 'x', sizeof(body));
	for (int i = 0; rc == BS_OK && i < 1000; i++, ++*next) {
		snprintf(title, sizeof(title), "The title of item %lld, as long as titles are", (long long)*next);
		rc = bs_db_post(db, TEST_Q_item_add, BS_VALUES(bs_int(1 + *next % AUTHORS), bs_text(bs_str_c(title)),
		                bs_text(bs_str_n(body, sizeof(body))), bs_null(), bs_real(0.5), bs_int(*next)), err);
	}
	return rc;
}

/* --- what is measured: each does `times` of it -------------------------------------------------------------------- */

static void take_and_return(struct bs_pool *pool, int times)
{
	struct bs_err err;

	for (int i = 0; i < times; i++) {
		struct bs_db *db = NULL;

		check(bs_pool_read(pool, &db, &err), &err);
		bs_pool_return(&db);
	}
}

static void read_item(struct bs_db *db, int64_t id)
{
	struct bs_stmt *stmt = NULL;
	struct bs_err err;

	check(bs_db_query(db, TEST_Q_item_short, BS_VALUES(bs_int(id)), &stmt, &err), &err);
	check(bs_stmt_next(stmt, &err), &err);
	if (bs_stmt_int(stmt, TEST_C_item_short_id) != id || bs_stmt_str(stmt, TEST_C_item_short_title).len == 0)
		abort();
	bs_stmt_free(&stmt);
}

static void point(struct bs_pool *pool, int times)
{
	struct bs_db *db = NULL;
	struct bs_err err;

	check(bs_pool_read(pool, &db, &err), &err);
	for (int i = 0; i < times; i++)
		read_item(db, 1 + random_below(500));
	bs_pool_return(&db);
}

static void point_in_snapshot(struct bs_pool *pool, int times)
{
	struct bs_db *db = NULL;
	struct bs_err err;

	check(bs_pool_read(pool, &db, &err), &err);
	check(bs_db_begin(db, BS_TX_READ, &err), &err);
	for (int i = 0; i < times; i++)
		read_item(db, 1 + random_below(500));
	check(bs_db_commit(db, &err), &err);
	bs_pool_return(&db);
}

static void point_anywhere(struct bs_pool *pool, int times)
{
	struct bs_db *db = NULL;
	struct bs_err err;

	check(bs_pool_read(pool, &db, &err), &err);
	for (int i = 0; i < times; i++)
		read_item(db, 1 + random_below(ITEMS));
	bs_pool_return(&db);
}

static void read_list(struct bs_stmt *stmt)
{
	struct bs_err err;
	enum bs_rc rc;
	int rows = 0;

	while ((rc = bs_stmt_next(stmt, &err)) == BS_OK)
		rows += bs_stmt_int(stmt, TEST_C_item_list_id) > 0 && bs_stmt_str(stmt, TEST_C_item_list_title).len > 0;
	if (rows != 15)
		abort();
}

static void list(struct bs_pool *pool, int times)
{
	struct bs_stmt *stmt = NULL;
	struct bs_db *db = NULL;
	struct bs_err err;

	check(bs_pool_read(pool, &db, &err), &err);
	for (int i = 0; i < times; i++) {
		check(bs_db_query(db, TEST_Q_item_list, BS_VALUES(bs_int(1 + random_below(10)), bs_int(15)), &stmt, &err), &err);
		read_list(stmt);
		bs_stmt_free(&stmt);
	}
	bs_pool_return(&db);
}

/* One query to find, then four at once. */
static void page(struct bs_pool *pool, int times)
{
	struct bs_err err;

	for (int i = 0; i < times; i++) {
		struct bs_stmt *lists[4] = { NULL };
		struct bs_db *db = NULL;

		check(bs_pool_read(pool, &db, &err), &err);
		check(bs_db_begin(db, BS_TX_READ, &err), &err);
		read_item(db, 1 + random_below(1000));
		for (int n = 0; n < 4; n++)
			check(bs_db_query(db, TEST_Q_item_list, BS_VALUES(bs_int(1 + random_below(10)), bs_int(15)), &lists[n], &err), &err);
		for (int n = 0; n < 4; n++) {
			read_list(lists[n]);
			bs_stmt_free(&lists[n]);
		}
		check(bs_db_commit(db, &err), &err);
		bs_pool_return(&db);
	}
}

static int64_t next_item;

static void write_thousand(struct bs_pool *pool, int times)
{
	struct bs_db *db = NULL;
	struct bs_err err;

	check(bs_pool_write(pool, &db, &err), &err);
	for (int i = 0; i < times; i += 1000)
		check(bs_db_transact(db, add_items, &next_item, &err), &err);
	bs_pool_return(&db);
}

static enum bs_rc rename_one(struct bs_db *db, void *ctx, struct bs_err *err)
{
	char name[40];

	snprintf(name, sizeof(name), "renamed %lld", (long long)++*(int64_t *)ctx);
	return bs_db_exec(db, TEST_Q_author_rename, BS_VALUES(bs_int(1), bs_text(bs_str_c(name))), err);
}

static void commit(struct bs_pool *pool, int times)
{
	static int64_t renamed;
	struct bs_db *db = NULL;
	struct bs_err err;

	check(bs_pool_write(pool, &db, &err), &err);
	for (int i = 0; i < times; i++)
		check(bs_db_transact(db, rename_one, &renamed, &err), &err);
	bs_pool_return(&db);
}

/* --- running ------------------------------------------------------------------------------------------------------ */

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double processor_usec(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

struct subject {
	const char *name;
	struct bs_pool *pool;
	double took[ROUNDS], used[ROUNDS];
};

static void run_once(struct subject *subject, void (*fn)(struct bs_pool *pool, int times), int times, int round)
{
	int64_t begun = bs_monotonic_usec();
	double before = processor_usec();

	fn(subject->pool, times);
	subject->took[round] = (double)(bs_monotonic_usec() - begun) / times;
	subject->used[round] = (processor_usec() - before) / times;
}

static void measure(const char *what, void (*fn)(struct bs_pool *pool, int times), struct subject *subjects, int count, int times)
{
	for (int i = 0; i < count; i++)
		fn(subjects[i].pool, times); /* once to warm up */
	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < count; i++)
			run_once(&subjects[(round + i) % count], fn, times, round);
	printf("  %s\n", what);
	for (int i = 0; i < count; i++) {
		qsort(subjects[i].took, ROUNDS, sizeof(double), by_size);
		qsort(subjects[i].used, ROUNDS, sizeof(double), by_size);
		printf("    %-40s %9.2f µs  processor %9.2f µs\n", subjects[i].name, subjects[i].took[ROUNDS / 2],
		       subjects[i].used[ROUNDS / 2]);
	}
	fflush(stdout);
}

/* --- the interface beside SQLite's own functions ------------------------------------------------------------------------ */

static sqlite3 *bare;

static void check_bare(int code)
{
	if (code == SQLITE_OK)
		return;
	fprintf(stderr, "bench_store: %s\n", sqlite3_errmsg(bare));
	exit(1);
}

/* What point_in_snapshot does, by hand. */
static void bare_point(struct bs_pool *pool, int times)
{
	sqlite3_stmt *stmt = NULL;
	int64_t id;

	(void)pool;
	check_bare(sqlite3_exec(bare, "BEGIN", NULL, NULL, NULL));
	check_bare(sqlite3_prepare_v3(bare, TEST_Q_item_short->sql[BS_SQLITE], -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL));
	for (int i = 0; i < times; i++) {
		id = 1 + random_below(500);
		check_bare(sqlite3_bind_int64(stmt, 1, id));
		if (sqlite3_step(stmt) != SQLITE_ROW || sqlite3_column_int64(stmt, TEST_C_item_short_id) != id ||
		    sqlite3_column_text(stmt, TEST_C_item_short_title) == NULL || sqlite3_column_bytes(stmt, TEST_C_item_short_title) == 0)
			abort();
		check_bare(sqlite3_reset(stmt));
	}
	sqlite3_finalize(stmt);
	check_bare(sqlite3_exec(bare, "COMMIT", NULL, NULL, NULL));
}

static void bare_list(struct bs_pool *pool, int times)
{
	sqlite3_stmt *stmt = NULL;

	(void)pool;
	check_bare(sqlite3_prepare_v3(bare, TEST_Q_item_list->sql[BS_SQLITE], -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL));
	for (int i = 0; i < times; i++) {
		int rows = 0;

		check_bare(sqlite3_bind_int64(stmt, 1, 1 + random_below(10)));
		check_bare(sqlite3_bind_int64(stmt, 2, 15));
		while (sqlite3_step(stmt) == SQLITE_ROW)
			rows += sqlite3_column_int64(stmt, TEST_C_item_list_id) > 0 && sqlite3_column_text(stmt, TEST_C_item_list_title) != NULL &&
			        sqlite3_column_bytes(stmt, TEST_C_item_list_title) > 0;
		if (rows != 15)
			abort();
		check_bare(sqlite3_reset(stmt));
	}
	sqlite3_finalize(stmt);
}

/* Opened as the driver opens a reader. */
static void open_bare(const char *path)
{
	check_bare(sqlite3_open_v2(path, &bare, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
	check_bare(sqlite3_exec(bare, "PRAGMA query_only = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -2048", NULL, NULL, NULL));
}

/* One after the other and by turns: the ratio of the processor's time is what the interface adds. */
static void measure_bare(struct subject *sqlite)
{
	static const struct {
		const char *what;
		void (*with)(struct bs_pool *pool, int times), (*without)(struct bs_pool *pool, int times);
		int times;
	} all[] = { { "point query by key, in a snapshot", point_in_snapshot, bare_point, 5000 },
		    { "15 rows in order", list, bare_list, 2000 } };
	struct subject by_hand = { .name = "SQLite's functions" };

	printf("  the interface beside SQLite's own functions\n");
	for (size_t i = 0; i < BS_COUNT(all); i++) {
		for (int round = 0; round < ROUNDS; round++) {
			run_once(sqlite, all[i].with, all[i].times, round);
			run_once(&by_hand, all[i].without, all[i].times, round);
		}
		qsort(sqlite->used, ROUNDS, sizeof(double), by_size);
		qsort(by_hand.used, ROUNDS, sizeof(double), by_size);
		printf("    %-40s %9.2f µs by hand %9.2f µs, %.2f x\n", all[i].what, sqlite->used[ROUNDS / 2], by_hand.used[ROUNDS / 2],
		       sqlite->used[ROUNDS / 2] / by_hand.used[ROUNDS / 2]);
	}
	sqlite3_close(bare);
}

static void fill(struct bs_pool *pool)
{
	struct bs_db *db = NULL;
	struct bs_err err;
	int64_t authors = 0;

	check(bs_pool_write(pool, &db, &err), &err);
	check(bs_store_migrate(db, NULL, &err), &err);
	check(bs_db_int(db, TEST_Q_author_count, BS_NO_VALUES, &authors, &err), &err);
	next_item = 0;
	if (authors == 0) {
		check(bs_db_transact(db, add_authors, NULL, &err), &err);
		while (next_item < ITEMS)
			check(bs_db_transact(db, add_items, &next_item, &err), &err);
	}
	bs_pool_return(&db);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *what;
		void (*fn)(struct bs_pool *pool, int times);
		int times;
	} all[] = {
		{ "take a connection and return it", take_and_return, 20000 },
		{ "point query by key, in a snapshot", point_in_snapshot, 5000 },
		{ "the same, each on its own", point, 5000 },
		{ "the same, among 100,000 rows of 2 KB", point_anywhere, 5000 },
		{ "15 rows in order", list, 2000 },
		{ "snapshot, one query, four at once", page, 500 },
		{ "one row of 2 KB among 1,000 written", write_thousand, 5000 },
		{ "commit of one changed row", commit, 50 },
	};
	struct subject subjects[MOST];
	int count = 0;

	for (int i = 1; i < argc && count < MOST; i++) {
		struct bs_pool_options options = { .dsn = argv[i], .schema = &test_schema };
		struct bs_err err;

		subjects[count] = (struct subject){ .name = bs_dsn_is_file(argv[i]) ? "SQLite" : "PostgreSQL" };
		check(bs_pool_open(&options, &subjects[count].pool, &err), &err);
		fill(subjects[count++].pool);
	}
	for (size_t i = 0; i < BS_COUNT(all); i++)
		measure(all[i].what, all[i].fn, subjects, count, all[i].times);
	if (count > 0 && bs_dsn_is_file(argv[1])) {
		open_bare(argv[1]);
		measure_bare(&subjects[0]);
	}
	while (count > 0)
		bs_pool_close(&subjects[--count].pool);
	return 0;
}
