/* Jobs: once however often asked for, retried, failed, taken over, and the clock that jumps. */
#include <sys/wait.h>

#include "base/limits.h"
#include "fixture.h"

/* What the handler of a test is told, and what it saw. */
struct script {
	enum bs_rc rc;      /* what to return */
	bool in_tx;         /* end the job in a transaction of its own */
	int calls, attempts;
	int64_t run_at;
	char seen[256];     /* "key=payload " of each call */
	struct fixture *f;
	struct bs_job more; /* asked for while it is done, when it has a kind */
	int64_t overtake;   /* run the queue from inside at that time */
	struct bs_queue *queue;
};

static int64_t planned_at; /* what the plan of a test names; 0: nothing */

static enum bs_rc finish_in(struct bs_db *db, void *ctx, struct bs_err *err)
{
	return bs_work_done(ctx, db, err);
}

static enum bs_rc handle(struct bs_work *work, struct bs_err *err)
{
	struct script *s = work->ctx;
	size_t len = strlen(s->seen);
	struct bs_db *db = NULL;
	enum bs_rc rc = s->rc;

	planned_at = rc == BS_OK ? 0 : planned_at;
	s->calls++;
	s->attempts = work->attempts;
	s->run_at = work->run_at;
	snprintf(s->seen + len, sizeof(s->seen) - len, "%.*s=%.*s ", (int)work->key.len, work->key.ptr, (int)work->payload.len,
	         work->payload.ptr);
	if (s->more.kind.len > 0) {
		(void)add(s->f, s->more);
		s->more.kind = BS_STR("");
	}
	if (s->overtake != 0) {
		int64_t at = s->overtake;
		s->overtake = 0;
		(void)run_due(s->queue, at);
	}
	if (rc == BS_OK && s->in_tx) {
		assert_ok(bs_pool_write(work->pool, &db, err), err);
		rc = bs_db_transact(db, finish_in, work, err);
		bs_pool_return(&db);
		return rc;
	}
	return rc == BS_OK ? BS_OK : bs_fail(err, rc, "the post is closed");
}

static const struct bs_job_kind letters[] = {
	{ .name = "letter", .handle = handle, .lease_seconds = 60, .max_attempts = 3 },
};

static struct bs_job letter(const char *key, const char *payload, int64_t run_at)
{
	return (struct bs_job){ .kind = BS_STR("letter"), .key = bs_str_c(key), .payload = bs_str_c(payload), .run_at = run_at };
}

static void asked_for_twice_it_is_done_once(void **state)
{
	struct fixture *f = *state;
	struct script s = { .f = f };
	struct bs_queue *queue = queue_of(f, letters, 1, &s);
	struct bs_queue_result result;

	assert_true(add(f, letter("a", "{\"to\":\"Mara\"}", 0)));
	assert_false(add(f, letter("a", "{\"to\":\"Tomas\"}", 0)));
	assert_true(add(f, letter("b", "", 0)));
	result = run_due(queue, NOW);
	assert_int_equal(result.done, 2);
	assert_string_equal(s.seen, "a={\"to\":\"Mara\"} b= ");
	assert_int_equal(job_count(f), 0);
	/* when it is done, the same may be asked for anew */
	assert_true(add(f, letter("a", "", 0)));
	assert_int_equal(run_due(queue, NOW).done, 1);
	bs_queue_free(&queue);
}

static void nothing_is_done_before_its_time(void **state)
{
	struct fixture *f = *state;
	struct script s = { .f = f };
	struct bs_queue *queue = queue_of(f, letters, 1, &s);

	add(f, letter("a", "", NOW + 60));
	assert_int_equal(run_due(queue, NOW + 59).done, 0);
	assert_int_equal(run_due(queue, NOW + 60).done, 1);
	assert_int_equal(s.run_at, NOW + 60);
	bs_queue_free(&queue);
}

static void a_job_that_replaces_takes_its_place(void **state)
{
	struct fixture *f = *state;
	struct script s = { .f = f };
	struct bs_queue *queue = queue_of(f, letters, 1, &s);
	struct bs_job later = letter("a", "new", NOW + 100);

	later.replace = true;
	add(f, letter("a", "old", NOW));
	assert_true(add(f, later));
	assert_int_equal(run_due(queue, NOW).done, 0);
	assert_int_equal(run_due(queue, NOW + 100).done, 1);
	assert_string_equal(s.seen, "a=new ");
	bs_queue_free(&queue);
}

static void a_job_replaced_while_it_is_done_is_done_again(void **state)
{
	struct fixture *f = *state;

	for (int in_tx = 0; in_tx < 2; in_tx++) {
		struct script s = { .f = f, .in_tx = in_tx, .more = letter("a", "new", 0) };
		struct bs_queue *queue = queue_of(f, letters, 1, &s);

		s.more.replace = true;
		add(f, letter("a", "old", 0));
		assert_int_equal(run_due(queue, NOW).done, 2);
		assert_string_equal(s.seen, "a=old a=new ");
		assert_int_equal(job_count(f), 0);
		bs_queue_free(&queue);
	}
}

static void a_job_asked_for_while_it_is_done_is_not_done_again(void **state)
{
	struct fixture *f = *state;
	struct script s = { .f = f, .more = letter("a", "double click", 0) };
	struct bs_queue *queue = queue_of(f, letters, 1, &s);

	add(f, letter("a", "once", 0));
	assert_int_equal(run_due(queue, NOW).done, 1);
	assert_string_equal(s.seen, "a=once ");
	assert_int_equal(job_count(f), 0);
	bs_queue_free(&queue);
}

static void what_fails_is_tried_again_with_growing_pauses_and_then_kept(void **state)
{
	struct fixture *f = *state;
	struct script s = { .f = f, .rc = BS_BUSY };
	struct bs_queue *queue = queue_of(f, letters, 1, &s);
	struct bs_job_row job;

	add(f, letter("a", "", 0));
	assert_int_equal(run_due(queue, NOW).retried, 1);
	job = the_job(f);
	assert_int_equal(job.state, BS_JOB_PAUSED);
	assert_in_range(job.due_at, NOW + 5, NOW + 10);
	assert_str(job.error, "the post is closed");
	assert_int_equal(run_due(queue, NOW + 4).retried, 0);
	assert_int_equal(run_due(queue, NOW + 10).retried, 1);
	job = the_job(f);
	assert_in_range(job.due_at, NOW + 20, NOW + 30);
	assert_int_equal(run_due(queue, NOW + 100).failed, 1);
	job = the_job(f);
	assert_int_equal(job.state, BS_JOB_FAILED);
	assert_int_equal(job.attempts, 3);
	assert_int_equal(job.due_at, NOW + 100); /* when it failed */
	assert_int_equal(run_due(queue, NOW + 1000000).failed, 0);
	assert_int_equal(s.calls, 3);
	bs_queue_free(&queue);
}

static void what_could_never_be_done_fails_at_once(void **state)
{
	struct fixture *f = *state;
	struct script s = { .f = f, .rc = BS_INVALID };
	struct bs_queue *queue = queue_of(f, letters, 1, &s);

	add(f, letter("a", "", 0));
	assert_int_equal(run_due(queue, NOW).failed, 1);
	assert_int_equal(the_job(f).state, BS_JOB_FAILED);
	bs_queue_free(&queue);
}

static void a_person_has_a_failed_job_tried_again_or_forgotten(void **state)
{
	struct fixture *f = *state;
	struct script s = { .f = f, .rc = BS_INVALID };
	struct bs_queue *queue = queue_of(f, letters, 1, &s);
	struct bs_db *db;
	struct bs_err err;

	add(f, letter("a", "", 0));
	(void)run_due(queue, NOW);
	s.rc = BS_OK;
	db = begin(f);
	assert_int_equal(bs_job_retry(db, 999, NOW, &err), BS_NOT_FOUND);
	bs_db_rollback(db);
	bs_pool_return(&db);
	db = begin(f);
	assert_ok(bs_job_retry(db, the_job(f).id, NOW + 5, &err), &err);
	commit(db);
	assert_int_equal(run_due(queue, NOW + 4).done, 0);
	assert_int_equal(run_due(queue, NOW + 5).done, 1);
	assert_int_equal(s.attempts, 1);
	add(f, letter("b", "", NOW + 1000));
	db = begin(f);
	assert_ok(bs_job_forget(db, the_job(f).id, &err), &err);
	commit(db);
	assert_int_equal(job_count(f), 0);
	bs_queue_free(&queue);
}

static void a_failed_job_that_is_asked_for_again_begins_anew(void **state)
{
	struct fixture *f = *state;
	struct script s = { .f = f, .rc = BS_INVALID };
	struct bs_queue *queue = queue_of(f, letters, 1, &s);

	add(f, letter("a", "old", 0));
	(void)run_due(queue, NOW);
	s.rc = BS_OK;
	assert_true(add(f, letter("a", "new", 0)));
	assert_int_equal(run_due(queue, NOW).done, 1);
	assert_string_equal(s.seen, "a=old a=new ");
	assert_int_equal(s.attempts, 1);
	bs_queue_free(&queue);
}

/* A process of its own takes the job and is gone before it is done. */
static void die_with_a_job(const char *dsn, int64_t now)
{
	int status = -1;
	pid_t child;

	fflush(NULL);
	child = fork();
	if (child == 0) {
		struct bs_db *db = database_open_at(dsn, BS_DB_WRITER, NULL);
		struct bs_stmt *stmt = NULL;
		struct bs_err err;
		int64_t id, due_at, attempts;

		assert_ok(bs_db_query(db, BS_Q_job_due, BS_VALUES(bs_int(now), bs_int(INT64_MIN), bs_int(0)), &stmt, &err), &err);
		assert_ok(bs_stmt_next(stmt, &err), &err);
		id = bs_stmt_int(stmt, BS_C_job_due_id);
		due_at = bs_stmt_int(stmt, BS_C_job_due_due_at);
		attempts = bs_stmt_int(stmt, BS_C_job_due_attempts);
		bs_stmt_free(&stmt);
		assert_ok(bs_db_exec(db, BS_Q_job_take, BS_VALUES(bs_int(id), bs_int(due_at), bs_int(attempts), bs_text(BS_STR("dead")),
		                     bs_int(now + 60)), &err), &err);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void the_job_of_a_process_that_died_is_done_by_another_when_the_lease_is_over(void **state)
{
	struct fixture *f = *state;
	struct script s = { .f = f };
	struct bs_queue *queue = queue_of(f, letters, 1, &s);

	add(f, letter("a", "", 0));
	bs_pool_close(&f->pool); /* a fork and open connections do not go together */
	die_with_a_job(f->dsn, NOW);
	f->pool = open_pool(f->dsn);
	bs_queue_free(&queue);
	queue = queue_of(f, letters, 1, &s);
	assert_int_equal(the_job(f).state, BS_JOB_RUNNING);
	assert_int_equal(run_due(queue, NOW + 59).done, 0);
	assert_int_equal(run_due(queue, NOW + 60).done, 1);
	assert_int_equal(s.attempts, 2);
	assert_int_equal(job_count(f), 0);
	bs_queue_free(&queue);
}

static void a_job_that_kills_its_process_each_time_fails_in_the_end(void **state)
{
	struct fixture *f = *state;
	struct script s = { .f = f };
	struct bs_queue *queue;

	add(f, letter("a", "", 0));
	bs_pool_close(&f->pool);
	for (int i = 0; i < 3; i++)
		die_with_a_job(f->dsn, NOW + 100 * i);
	f->pool = open_pool(f->dsn);
	queue = queue_of(f, letters, 1, &s);
	assert_int_equal(run_due(queue, NOW + 1000).failed, 1);
	assert_int_equal(s.calls, 0);
	assert_int_equal(the_job(f).state, BS_JOB_FAILED);
	assert_non_null(strstr(the_job(f).error.ptr, "begun 3 times"));
	bs_queue_free(&queue);
}

/* The lease runs out while the handler is at it; another takes the job and does it. The first must not have its effect. */
static void who_outstays_the_lease_has_no_effect_in_a_transaction(void **state)
{
	struct fixture *f = *state;
	struct script s = { .f = f, .in_tx = true, .overtake = NOW + 60 };
	struct bs_queue *queue = queue_of(f, letters, 1, &s);
	struct bs_queue_result result;

	s.queue = queue;
	add(f, letter("a", "", 0));
	result = run_due(queue, NOW);
	assert_int_equal(s.calls, 2);
	assert_int_equal(result.done, 0); /* the inner run did it */
	assert_int_equal(result.retried, 1);
	assert_int_equal(job_count(f), 0);
	bs_queue_free(&queue);
}

static void who_outstays_the_lease_does_not_end_the_other_ones_work(void **state)
{
	struct fixture *f = *state;
	struct script s = { .f = f };
	struct bs_queue *queue = queue_of(f, letters, 1, &s);
	struct bs_db *db = NULL;
	struct bs_err err;

	add(f, letter("a", "", 0));
	assert_ok(bs_pool_write(f->pool, &db, &err), &err);
	assert_ok(bs_db_exec(db, BS_Q_job_take, BS_VALUES(bs_int(the_job(f).id), bs_int(0), bs_int(0), bs_text(BS_STR("first")),
	                     bs_int(NOW + 60)), &err), &err);
	assert_ok(bs_db_exec(db, BS_Q_job_take, BS_VALUES(bs_int(the_job(f).id), bs_int(NOW + 60), bs_int(1), bs_text(BS_STR("second")),
	                     bs_int(NOW + 120)), &err), &err);
	assert_int_equal(bs_db_changed(db), 1);
	assert_ok(bs_db_exec(db, BS_Q_job_done, BS_VALUES(bs_int(the_job(f).id), bs_text(BS_STR("first"))), &err), &err);
	assert_int_equal(bs_db_changed(db), 0);
	assert_int_equal(the_job(f).state, BS_JOB_RUNNING);
	bs_pool_return(&db);
	bs_queue_free(&queue);
}

static void a_clock_that_was_set_back_holds_up_neither_leases_nor_pauses(void **state)
{
	struct fixture *f = *state;
	struct script s = { .f = f, .rc = BS_BUSY };
	struct bs_queue *queue = queue_of(f, letters, 1, &s);
	const int64_t year = 365 * 86400;

	add(f, letter("a", "", 0));
	(void)run_due(queue, NOW + year);
	assert_int_equal(the_job(f).state, BS_JOB_PAUSED);
	s.rc = BS_OK;
	assert_int_equal(run_due(queue, NOW).done, 1);
	/* and a job that is really wanted in a year stays for then */
	add(f, letter("b", "", NOW + year));
	assert_int_equal(run_due(queue, NOW).done, 0);
	assert_int_equal(run_due(queue, NOW + year).done, 1);
	bs_queue_free(&queue);
}

static void jobs_of_kinds_that_are_not_known_here_are_left_to_others(void **state)
{
	struct fixture *f = *state;
	struct script s = { .f = f };
	struct bs_queue *queue = queue_of(f, letters, 1, &s);

	for (int i = 0; i < 50; i++) {
		char key[8];
		snprintf(key, sizeof(key), "%d", i);
		add(f, (struct bs_job){ .kind = BS_STR("from-the-future"), .key = bs_str_c(key) });
	}
	add(f, letter("a", "", 5));
	assert_int_equal(run_due(queue, NOW).done, 1);
	assert_int_equal(job_count(f), 50);
	bs_queue_free(&queue);
}

static void sizes_have_their_caps(void **state)
{
	struct fixture *f = *state;
	static char large[BS_MAX_JOB_PAYLOAD + 2];
	struct bs_job job = letter("a", "", 0);
	struct bs_db *db = begin(f);
	struct bs_err err;

	memset(large, 'x', sizeof(large) - 1);
	job.payload = bs_str_n(large, BS_MAX_JOB_PAYLOAD + 1);
	assert_int_equal(bs_job_add(db, &job, NULL, &err), BS_LIMIT);
	job.payload.len--;
	assert_ok(bs_job_add(db, &job, NULL, &err), &err);
	job.key = bs_str_n(large, BS_MAX_JOB_KEY + 1);
	assert_int_equal(bs_job_add(db, &job, NULL, &err), BS_LIMIT);
	bs_db_rollback(db);
	bs_pool_return(&db);
}

/* --- plans ----------------------------------------------------------------------------------------------------------------- */

static bool overtaken; /* another server does what is planned as soon as it was named */

static enum bs_rc plan(struct bs_plan *plan, struct bs_db *db, struct bs_err *err)
{
	(void)db;
	(void)err;
	if (planned_at != 0)
		bs_plan_job(plan, BS_STR("7"), planned_at);
	if (overtaken)
		planned_at = 0;
	return BS_OK;
}

static const struct bs_job_kind planned[] = {
	{ .name = "letter", .handle = handle, .lease_seconds = 60, .max_attempts = 3, .plan = plan },
};

static void what_is_planned_is_done_at_its_time_and_follows_when_that_moves(void **state)
{
	struct fixture *f = *state;
	struct script s = { .f = f };
	struct bs_queue *queue = queue_of(f, planned, 1, &s);

	planned_at = NOW + 60;
	assert_int_equal(run_due(queue, NOW).done, 0);
	assert_int_equal(the_job(f).run_at, NOW + 60);
	planned_at = NOW + 30;
	assert_int_equal(run_due(queue, NOW).done, 0);
	planned_at = NOW + 90;
	assert_int_equal(run_due(queue, NOW + 60).done, 0);
	assert_int_equal(the_job(f).due_at, NOW + 90);
	s.rc = BS_INVALID;
	(void)run_due(queue, NOW + 90); /* fails, and is planned still: that must go no further */
	assert_int_equal(s.calls, 1);
	(void)run_due(queue, NOW + 91);
	assert_int_equal(s.calls, 1);
	planned_at = NOW + 200; /* another time is another attempt */
	s.rc = BS_OK;
	assert_int_equal(run_due(queue, NOW + 200).done, 1);
	assert_int_equal(job_count(f), 0);
	bs_queue_free(&queue);
}

static void what_another_server_did_since_the_plan_was_read_is_not_done_again(void **state)
{
	struct fixture *f = *state;
	struct script s = { .f = f };
	struct bs_queue *queue = queue_of(f, planned, 1, &s);

	overtaken = true;
	planned_at = NOW;
	assert_int_equal(run_due(queue, NOW).done, 0);
	assert_int_equal(s.calls, 0);
	assert_int_equal(job_count(f), 0);
	overtaken = false;
	bs_queue_free(&queue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		queue_test(asked_for_twice_it_is_done_once),
		queue_test(nothing_is_done_before_its_time),
		queue_test(a_job_that_replaces_takes_its_place),
		queue_test(a_job_replaced_while_it_is_done_is_done_again),
		queue_test(a_job_asked_for_while_it_is_done_is_not_done_again),
		queue_test(what_fails_is_tried_again_with_growing_pauses_and_then_kept),
		queue_test(what_could_never_be_done_fails_at_once),
		queue_test(a_person_has_a_failed_job_tried_again_or_forgotten),
		queue_test(a_failed_job_that_is_asked_for_again_begins_anew),
		queue_test(the_job_of_a_process_that_died_is_done_by_another_when_the_lease_is_over),
		queue_test(a_job_that_kills_its_process_each_time_fails_in_the_end),
		queue_test(who_outstays_the_lease_has_no_effect_in_a_transaction),
		queue_test(who_outstays_the_lease_does_not_end_the_other_ones_work),
		queue_test(a_clock_that_was_set_back_holds_up_neither_leases_nor_pauses),
		queue_test(jobs_of_kinds_that_are_not_known_here_are_left_to_others),
		queue_test(sizes_have_their_caps),
		queue_test(what_is_planned_is_done_at_its_time_and_follows_when_that_moves),
		queue_test(what_another_server_did_since_the_plan_was_read_is_not_done_again),
	};

	return cmocka_run_group_tests(tests, NULL, fixture_remove);
}
