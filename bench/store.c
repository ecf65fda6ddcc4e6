/* store.c - what the store costs, on each database given: taking a connection from the pool, a point query by integer key,
 * a list of 15 rows, a page of five queries in one snapshot, writing 1,000 rows in one transaction, a commit.
 *
 *   bench_store DSN…     each an empty database, or one that this program filled before
 *
 * Each figure is the median of ROUNDS rounds, in microseconds: what passed on the clock, and the processor's time that
 * this process used (a server's own is not in it), which hardly depends on what else the machine does. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/sys.h"
#include "store/migrate.h"
#include "store/pool.h"
#include "test_queries.h"

enum { AUTHORS = 1000, ITEMS = 100000, ROUNDS = 15, BODY = 2000 };

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

static void measure(const char *what, void (*fn)(struct bs_pool *pool, int times), struct bs_pool *pool, int times)
{
	double took[ROUNDS], used[ROUNDS];

	fn(pool, times); /* once to warm up */
	for (int i = 0; i < ROUNDS; i++) {
		int64_t begun = bs_monotonic_usec();
		double before = processor_usec();

		fn(pool, times);
		took[i] = (double)(bs_monotonic_usec() - begun) / times;
		used[i] = (processor_usec() - before) / times;
	}
	qsort(took, ROUNDS, sizeof(took[0]), by_size);
	qsort(used, ROUNDS, sizeof(used[0]), by_size);
	printf("  %-44s %9.2f µs  processor %9.2f µs\n", what, took[ROUNDS / 2], used[ROUNDS / 2]);
	fflush(stdout);
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
	for (int i = 1; i < argc; i++) {
		struct bs_pool_options options = { .dsn = argv[i], .schema = &test_schema };
		struct bs_pool *pool = NULL;
		struct bs_err err;

		check(bs_pool_open(&options, &pool, &err), &err);
		fill(pool);
		printf("%s\n", strchr(argv[i], '=') != NULL ? "PostgreSQL" : "SQLite");
		measure("take a connection and return it", take_and_return, pool, 100000);
		measure("point query by key, in a snapshot", point_in_snapshot, pool, 5000);
		measure("the same, each on its own", point, pool, 5000);
		measure("the same, among 100,000 rows of 2 KB", point_anywhere, pool, 5000);
		measure("15 rows in order", list, pool, 2000);
		measure("snapshot, one query, four at once", page, pool, 500);
		measure("one row of 2 KB among 1,000 written", write_thousand, pool, 5000);
		measure("commit of one changed row", commit, pool, 50);
		bs_pool_close(&pool);
	}
	return 0;
}
