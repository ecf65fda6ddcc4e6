/* The workers' threads, on the real clock: woken by a change, by the time, working at once, ending in good order. */
#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>

#include "fixture.h"

enum { JOBS = 200, PROCESSES = 3, WORKERS = 3 };

static atomic_int done;
static atomic_int times[JOBS]; /* how often each job was done */
static atomic_bool hold;       /* slow jobs wait until it is cleared */

static enum bs_rc count_it(struct bs_work *work, struct bs_err *err)
{
	int64_t n = 0;

	if (bs_str_int(work->key, &n) != BS_OK || n < 0 || n >= JOBS)
		return bs_fail(err, BS_INVALID, "no number");
	atomic_fetch_add(&times[n], 1);
	atomic_fetch_add(&done, 1);
	return BS_OK;
}

static enum bs_rc take_long(struct bs_work *work, struct bs_err *err)
{
	(void)work;
	(void)err;
	while (atomic_load(&hold))
		usleep(1000);
	return BS_OK;
}

static const struct bs_job_kind kinds[] = {
	{ .name = "count", .handle = count_it, .lease_seconds = 60, .max_attempts = 3, .quick = true },
	{ .name = "slow", .handle = take_long, .lease_seconds = 60, .max_attempts = 3 },
};

static void start(struct bs_queue *queue, int workers)
{
	struct bs_err err;

	atomic_store(&done, 0);
	for (int i = 0; i < JOBS; i++)
		atomic_store(&times[i], 0);
	assert_ok(bs_queue_start(queue, workers, &err), &err);
}

/* At most ten seconds. */
static bool reaches(int count)
{
	for (int i = 0; i < 10000 && atomic_load(&done) < count; i++)
		usleep(1000);
	return atomic_load(&done) >= count;
}

static void add_count(struct fixture *f, int n, int64_t run_at)
{
	char key[16];

	snprintf(key, sizeof(key), "%d", n);
	add(f, (struct bs_job){ .kind = BS_STR("count"), .key = bs_str_c(key), .run_at = run_at });
}

static void a_worker_sleeps_until_the_time_of_the_next_job(void **state)
{
	struct fixture *f = *state;
	struct bs_queue *queue = queue_of(f, kinds, 2, NULL);
	int64_t at = bs_now() + 2;

	add_count(f, 0, at);
	start(queue, 1);
	assert_true(reaches(1));
	assert_true(bs_now() >= at);
	assert_true(bs_now() <= at + 1);
	bs_queue_free(&queue);
}

static void a_change_wakes_a_worker_and_nothing_else_does(void **state)
{
	struct fixture *f = *state;
	struct bs_queue *queue = queue_of(f, kinds, 2, NULL);
	struct rusage before, after;

	start(queue, 2);
	usleep(300000);
	getrusage(RUSAGE_SELF, &before);
	usleep(500000);
	getrusage(RUSAGE_SELF, &after);
	assert_in_range(after.ru_nvcsw - before.ru_nvcsw, 0, 3); /* both workers slept; we woke once */
	add_count(f, 0, 0);
	assert_int_equal(atomic_load(&done), 0);
	bs_queue_changed(BS_STR("job"), queue);
	assert_true(reaches(1));
	bs_queue_free(&queue);
}

static void workers_of_several_processes_do_each_job_once(void **state)
{
	struct fixture *f = *state;
	struct bs_pool *pools[PROCESSES];
	struct bs_queue *queues[PROCESSES];
	struct bs_err err;

	for (int i = 0; i < JOBS; i++)
		add_count(f, i, 0);
	for (int p = 0; p < PROCESSES; p++) { /* what makes them processes is a pool of their own */
		pools[p] = open_pool(f->dsn);
		queues[p] = bs_queue_new(&(struct bs_queue_options){ .pool = pools[p] });
		assert_ok(bs_queue_add(queues[p], kinds, 2, NULL, &err), &err);
	}
	start(queues[0], WORKERS);
	for (int p = 1; p < PROCESSES; p++)
		assert_ok(bs_queue_start(queues[p], WORKERS, &err), &err);
	assert_true(reaches(JOBS));
	for (int p = 0; p < PROCESSES; p++) {
		bs_queue_free(&queues[p]);
		bs_pool_close(&pools[p]);
	}
	for (int i = 0; i < JOBS; i++)
		assert_int_equal(atomic_load(&times[i]), 1);
	assert_int_equal(job_count(f), 0);
}

static void a_quick_job_does_not_wait_behind_long_ones(void **state)
{
	struct fixture *f = *state;
	struct bs_queue *queue = queue_of(f, kinds, 2, NULL);

	atomic_store(&hold, true);
	for (int i = 0; i < 5; i++) {
		char key[8];
		snprintf(key, sizeof(key), "%d", i);
		add(f, (struct bs_job){ .kind = BS_STR("slow"), .key = bs_str_c(key) });
	}
	start(queue, 2);
	usleep(100000);
	add_count(f, 0, 0);
	bs_queue_changed(BS_STR("job"), queue);
	assert_true(reaches(1));
	atomic_store(&hold, false);
	bs_queue_free(&queue);
}

static void stopping_lets_a_job_end(void **state)
{
	struct fixture *f = *state;
	struct bs_queue *queue = queue_of(f, kinds, 2, NULL);

	atomic_store(&hold, true);
	add(f, (struct bs_job){ .kind = BS_STR("slow"), .key = BS_STR("x") });
	start(queue, 1);
	for (int i = 0; i < 5000 && the_job(f).state != BS_JOB_RUNNING; i++)
		usleep(1000);
	assert_int_equal(the_job(f).state, BS_JOB_RUNNING);
	atomic_store(&hold, false);
	bs_queue_free(&queue);
	assert_int_equal(job_count(f), 0);
}

/* PostgreSQL alone: the connections are cut while they wait. */
static void workers_go_on_when_the_database_was_away(void **state)
{
	struct fixture *f = *state;
	struct bs_pool *pool;
	struct bs_queue *queue;
	struct bs_err err;

	if (!on_postgres())
		skip();
	pool = open_pool(f->dsn);
	queue = bs_queue_new(&(struct bs_queue_options){ .pool = pool });
	assert_ok(bs_queue_add(queue, kinds, 2, NULL, &err), &err);
	start(queue, 2);
	usleep(100000);
	bs_pool_close(&f->pool);
	database_disconnect_all();
	f->pool = open_pool(f->dsn);
	add_count(f, 0, 0);
	bs_queue_changed(BS_STR("job"), queue); /* may be in vain; from then on they look by themselves */
	assert_true(reaches(1));
	bs_queue_free(&queue);
	bs_pool_close(&pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		queue_test(a_worker_sleeps_until_the_time_of_the_next_job),
		queue_test(a_change_wakes_a_worker_and_nothing_else_does),
		queue_test(workers_of_several_processes_do_each_job_once),
		queue_test(a_quick_job_does_not_wait_behind_long_ones),
		queue_test(stopping_lets_a_job_end),
		queue_test(workers_go_on_when_the_database_was_away),
	};

	return cmocka_run_group_tests(tests, NULL, fixture_remove);
}
