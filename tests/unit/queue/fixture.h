/* fixture.h - for the tests of the queue: a migrated database on the driver of this run, and a pool on it. */
#ifndef BS_TESTS_QUEUE_FIXTURE_H
#define BS_TESTS_QUEUE_FIXTURE_H

#include "base/sys.h"
#include "database.h"
#include "queue/queue.h"
#include "queue/schedule.h"
#include "store/migrate.h"

enum { NOW = 1763100000 }; /* 14 November 2025, 06:00 UTC */

struct fixture {
	const char *dsn;
	struct bs_arena *arena;
	struct bs_pool *pool;
};

static inline struct bs_pool *open_pool(const char *dsn)
{
	struct bs_pool_options options = { .dsn = dsn, .readers = 8 };
	struct bs_pool *pool = NULL;
	struct bs_err err;

	assert_ok(bs_pool_open(&options, &pool, &err), &err);
	return pool;
}

static inline int fixture_set_up(void **state)
{
	static struct fixture fixture;
	struct bs_db *db;
	struct bs_err err;

	fixture = (struct fixture){ .dsn = database_empty(), .arena = bs_arena_new() };
	db = database_open_at(fixture.dsn, BS_DB_WRITER, NULL);
	assert_ok(bs_store_migrate(db, NULL, &err), &err);
	bs_db_close(&db);
	fixture.pool = open_pool(fixture.dsn);
	bs_log_level_set((enum bs_log_level)-1); /* that jobs fail here is no news */
	*state = &fixture;
	return 0;
}

static inline int fixture_tear_down(void **state)
{
	struct fixture *fixture = *state;

	bs_pool_close(&fixture->pool);
	bs_arena_free(&fixture->arena);
	return 0;
}

static inline int fixture_remove(void **state)
{
	(void)state;
	database_remove();
	return 0;
}

#define queue_test(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

/* The writer, in a transaction. */
static inline struct bs_db *begin(struct fixture *f)
{
	struct bs_db *db = NULL;
	struct bs_err err;

	assert_ok(bs_pool_write(f->pool, &db, &err), &err);
	assert_ok(bs_db_begin(db, BS_TX_WRITE, &err), &err);
	return db;
}

static inline void commit(struct bs_db *db)
{
	struct bs_err err;

	assert_ok(bs_db_commit(db, &err), &err);
	bs_pool_return(&db);
}

/* Whether it was new. */
static inline bool add(struct fixture *f, struct bs_job job)
{
	struct bs_db *db = begin(f);
	bool added = false;
	struct bs_err err;

	assert_ok(bs_job_add(db, &job, &added, &err), &err);
	commit(db);
	return added;
}

static inline struct bs_job_row *list(struct fixture *f, size_t *count)
{
	struct bs_job_row *rows = NULL;
	struct bs_db *db = NULL;
	struct bs_err err;

	assert_ok(bs_pool_read(f->pool, &db, &err), &err);
	assert_ok(bs_job_list(f->arena, db, 1000, &rows, count, &err), &err);
	bs_pool_return(&db);
	return rows;
}

/* The only job that there is. */
static inline struct bs_job_row the_job(struct fixture *f)
{
	size_t count = 0;
	struct bs_job_row *rows = list(f, &count);

	assert_int_equal(count, 1);
	return rows[0];
}

static inline size_t job_count(struct fixture *f)
{
	size_t count = 0;

	(void)list(f, &count);
	return count;
}

static inline struct bs_queue *queue_of(struct fixture *f, const struct bs_job_kind *kinds, size_t count, void *ctx)
{
	struct bs_queue *queue = bs_queue_new(&(struct bs_queue_options){ .pool = f->pool });
	struct bs_err err;

	assert_ok(bs_queue_add(queue, kinds, count, ctx, &err), &err);
	return queue;
}

static inline struct bs_queue_result run_due(struct bs_queue *queue, int64_t now)
{
	struct bs_queue_result result;
	struct bs_err err;

	assert_ok(bs_queue_run_due(queue, now, &result, &err), &err);
	return result;
}

#endif
