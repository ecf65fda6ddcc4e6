/* queue.c - taking jobs and doing them; see queue.h. The threads are in worker.c.
 *
 * A look at the queue reads with a reader: what the plans of the kinds ask for, what the schedule says, which jobs are due.
 * Only when there is something to write is the writer taken. A job is taken by one statement that changes its row if it is
 * still as it was read; whoever comes second changes nothing and tries the next one. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/sys.h"
#include "queue/engine.h"
#include "queue/schedule.h"

enum { PAUSE_FIRST = 10, PAUSE_LAST = 3600, HORIZON = 3600, BATCH = 20, PLAN_MAX = 1000 };

_Static_assert((int)HORIZON >= (int)PAUSE_LAST && (int)HORIZON >= (int)BS_JOB_LEASE_MAX, "no pause or lease reaches beyond");

/* --- kinds --------------------------------------------------------------------------------------------------------------- */

static struct bs_job_counts counts_of(struct bs_queue *queue, bool *known)
{
	struct bs_job_counts counts = { 0 };
	struct bs_db *db = NULL;
	struct bs_err ignored;

	*known = bs_pool_read(queue->options.pool, &db, &ignored) == BS_OK && bs_job_count(db, &counts, &ignored) == BS_OK;
	bs_pool_return(&db);
	return counts;
}

static double waiting(void *queue)
{
	bool known;
	struct bs_job_counts counts = counts_of(queue, &known);

	return known ? (double)counts.waiting : (double)NAN;
}

static double running(void *queue)
{
	bool known;
	struct bs_job_counts counts = counts_of(queue, &known);

	return known ? (double)counts.running : (double)NAN;
}

static double failed(void *queue)
{
	bool known;
	struct bs_job_counts counts = counts_of(queue, &known);

	return known ? (double)counts.failed : (double)NAN;
}

static void gauges_set(struct bs_queue *queue, bool on)
{
	static const char name[] = "broadsheet_queue_jobs", help[] = "Jobs in the database by their state";
	struct bs_metrics *metrics = queue->options.metrics;

	bs_metrics_gauge(metrics, name, "state=\"waiting\"", help, on ? waiting : NULL, queue);
	bs_metrics_gauge(metrics, name, "state=\"running\"", help, on ? running : NULL, queue);
	bs_metrics_gauge(metrics, name, "state=\"failed\"", help, on ? failed : NULL, queue);
}

struct bs_queue *bs_queue_new(const struct bs_queue_options *options)
{
	struct bs_queue *queue = bs_alloc(sizeof(*queue));

	*queue = (struct bs_queue){ .options = *options, .stale = true, .heal = true };
	gauges_set(queue, true);
	return queue;
}

void bs_queue_free(struct bs_queue **queue)
{
	if (*queue == NULL)
		return;
	bs_queue_stop(*queue);
	bs_queue_workers_free(*queue);
	gauges_set(*queue, false);
	free(*queue);
	*queue = NULL;
}

static struct bs_queue_kind *kind_of(struct bs_queue *queue, struct bs_str name)
{
	for (size_t i = 0; i < queue->kind_count; i++) {
		if (bs_str_eq(queue->kinds[i].name, name))
			return &queue->kinds[i];
	}
	return NULL;
}

enum bs_rc bs_queue_add(struct bs_queue *queue, const struct bs_job_kind *kinds, size_t count, void *ctx,
                        struct bs_err *err)
{
	struct bs_metrics *metrics = queue->options.metrics;

	for (size_t i = 0; i < count; i++) {
		struct bs_queue_kind *kind = &queue->kinds[queue->kind_count];
		if (queue->kind_count == BS_QUEUE_KINDS)
			return bs_fail(err, BS_LIMIT, "more than %d kinds of jobs", BS_QUEUE_KINDS);
		if (kinds[i].lease_seconds < 1 || kinds[i].lease_seconds > BS_JOB_LEASE_MAX || kinds[i].max_attempts < 1 ||
		    kind_of(queue, bs_str_c(kinds[i].name)) != NULL)
			return bs_fail(err, BS_INVALID, "the kind of jobs '%s' is there already, or its lease or attempts make no sense",
			               kinds[i].name);
		*kind = (struct bs_queue_kind){ .is = &kinds[i], .ctx = ctx, .name = bs_str_c(kinds[i].name) };
		snprintf(kind->labels, sizeof(kind->labels), "kind=\"%s\"", kinds[i].name);
		kind->done = bs_metrics_counter(metrics, "broadsheet_queue_done_total", kind->labels, "Jobs done by this process");
		kind->retried = bs_metrics_counter(metrics, "broadsheet_queue_retried_total", kind->labels,
		                                   "Attempts of this process that did not succeed and will be made again");
		kind->failed = bs_metrics_counter(metrics, "broadsheet_queue_failed_total", kind->labels, "Jobs that this process gave up");
		queue->kind_count++;
	}
	return BS_OK;
}

/* --- what is to be done: plans and the schedule ---------------------------------------------------------------------------- */

struct bs_plan {
	struct bs_arena *arena;
	void *ctx;
	struct bs_str kind;
	struct bs_job *jobs;
	size_t count;
	bool writes;
};

/* What is over the cap waits until some of it is done; plans name what is next first. */
void bs_plan_job(struct bs_plan *plan, struct bs_str key, int64_t run_at)
{
	if (plan->count < PLAN_MAX)
		plan->jobs[plan->count++] = (struct bs_job){ .kind = plan->kind, .key = bs_arena_copy(plan->arena, key), .run_at = run_at,
		                                             .replace = true };
}

void *bs_plan_ctx(const struct bs_plan *plan)
{
	return plan->ctx;
}

bool bs_plan_writes(const struct bs_plan *plan)
{
	return plan->writes;
}

/* Whether the queue has it already: pending, or failed, for that very time. */
static enum bs_rc job_known(struct bs_db *db, const struct bs_job *job, bool *known, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_job_find, BS_VALUES(bs_text(job->kind), bs_text(job->key)), &stmt, err);

	*known = false;
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		*known = bs_stmt_int(stmt, BS_C_job_find_run_at) == job->run_at;
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* Ask every plan; what the queue has already is left out. */
static enum bs_rc ask_plans(struct bs_queue *queue, struct bs_db *db, struct bs_plan *plan, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	if (plan->jobs == NULL)
		plan->jobs = BS_ARRAY(plan->arena, PLAN_MAX, struct bs_job);
	plan->count = 0;
	for (size_t i = 0; i < queue->kind_count && rc == BS_OK; i++) {
		size_t from = plan->count, kept = from;
		if (queue->kinds[i].is->plan == NULL)
			continue;
		plan->kind = queue->kinds[i].name;
		plan->ctx = queue->kinds[i].ctx;
		rc = queue->kinds[i].is->plan(plan, db, err);
		for (size_t at = from; at < plan->count && rc == BS_OK; at++) {
			bool known = false;
			rc = job_known(db, &plan->jobs[at], &known, err);
			if (!known)
				plan->jobs[kept++] = plan->jobs[at];
		}
		plan->count = kept;
	}
	return rc;
}

struct writing {
	struct bs_queue *queue;
	struct bs_arena *arena;
	struct bs_plan *plan;
	bool schedule;
	int64_t now;
};

/* The plans are asked again where nobody else writes: since they were read, another server may have done what they name. */
static enum bs_rc write_in(struct bs_db *db, void *ctx, struct bs_err *err)
{
	const struct writing *w = ctx;
	enum bs_rc rc = BS_OK;

	if (w->plan->count > 0) {
		w->plan->writes = true;
		rc = ask_plans(w->queue, db, w->plan, err);
	}
	for (size_t i = 0; i < w->plan->count && rc == BS_OK; i++)
		rc = bs_job_add(db, &w->plan->jobs[i], NULL, err);
	return rc == BS_OK && w->schedule ? bs_schedule_fire(w->arena, db, w->now, err) : rc;
}

static enum bs_rc heal(struct bs_db *db, int64_t now, struct bs_err *err)
{
	return bs_db_exec(db, BS_Q_job_heal, BS_VALUES(bs_int(now), bs_int(now + HORIZON)), err);
}

/* Bring the table of jobs to what the plans and the schedule ask for. */
static enum bs_rc look(struct bs_queue *queue, struct bs_arena *arena, int64_t now, int64_t *next, struct bs_err *err)
{
	bool set_back = atomic_exchange(&queue->heal, false), stale = atomic_exchange(&queue->stale, false), due = false;
	struct bs_plan plan = { .arena = arena };
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_read(queue->options.pool, &db, err);

	if (rc == BS_OK && stale)
		rc = ask_plans(queue, db, &plan, err);
	if (rc == BS_OK)
		rc = bs_schedule_look(arena, db, now, &due, next, err);
	bs_pool_return(&db);
	if (rc == BS_OK && (set_back || plan.count > 0 || due)) {
		struct writing w = { .queue = queue, .arena = arena, .plan = &plan, .schedule = due, .now = now };
		rc = bs_pool_write(queue->options.pool, &db, err);
		if (rc == BS_OK && set_back)
			rc = heal(db, now, err);
		if (rc == BS_OK && (plan.count > 0 || due))
			rc = bs_db_transact(db, write_in, &w, err);
		bs_pool_return(&db);
	}
	if (rc != BS_OK) { /* to be looked at again */
		if (set_back)
			atomic_store(&queue->heal, true);
		if (stale)
			atomic_store(&queue->stale, true);
	}
	return rc;
}

/* --- taking ---------------------------------------------------------------------------------------------------------------- */

struct candidate {
	int64_t id, due_at;
	int attempts;
	struct bs_queue_kind *kind; /* NULL: not ours */
};

/* The jobs that are due behind that one, and when the next one will be. */
static enum bs_rc read_due(struct bs_queue *queue, int64_t now, struct candidate *list, size_t *count, int64_t *next,
                           struct bs_err *err)
{
	int64_t after_due = *count > 0 ? list[*count - 1].due_at : INT64_MIN, after_id = *count > 0 ? list[*count - 1].id : 0, at = 0;
	struct bs_stmt *stmt = NULL;
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_read(queue->options.pool, &db, err);

	*count = 0;
	if (rc == BS_OK)
		rc = bs_db_query(db, BS_Q_job_due, BS_VALUES(bs_int(now), bs_int(after_due), bs_int(after_id)), &stmt, err);
	while (rc == BS_OK && *count < BATCH && (rc = bs_stmt_next(stmt, err)) == BS_OK)
		list[(*count)++] = (struct candidate){ .id = bs_stmt_int(stmt, BS_C_job_due_id),
			.due_at = bs_stmt_int(stmt, BS_C_job_due_due_at), .attempts = (int)bs_stmt_int(stmt, BS_C_job_due_attempts),
			.kind = kind_of(queue, bs_stmt_str(stmt, BS_C_job_due_kind)) };
	bs_stmt_free(&stmt);
	if (rc == BS_NOT_FOUND)
		rc = bs_db_int(db, BS_Q_job_next, BS_VALUES(bs_int(now)), &at, err);
	if (rc == BS_OK && at != 0 && at < *next)
		*next = at;
	bs_pool_return(&db);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* BS_NOT_FOUND: somebody else was first. The statement is its own transaction, which ends with its last step. */
static enum bs_rc take_one(struct bs_queue *queue, const struct candidate *c, int64_t now, struct bs_work *work,
                           struct bs_err *err)
{
	uint8_t token[16];
	struct bs_stmt *stmt = NULL;
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_write(queue->options.pool, &db, err);

	bs_random_bytes(token, sizeof(token));
	bs_hex_encode(token, sizeof(token), work->owner);
	if (rc == BS_OK)
		rc = bs_db_query(db, BS_Q_job_take, BS_VALUES(bs_int(c->id), bs_int(c->due_at), bs_int(c->attempts),
		                 bs_text(bs_str_n(work->owner, 2 * sizeof(token))), bs_int(now + c->kind->is->lease_seconds)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		work->id = c->id;
		work->attempts = c->attempts + 1;
		work->key = bs_arena_copy(work->arena, bs_stmt_str(stmt, BS_C_job_take_key));
		work->payload = bs_arena_copy(work->arena, bs_stmt_str(stmt, BS_C_job_take_payload));
		work->run_at = bs_stmt_int(stmt, BS_C_job_take_run_at);
		rc = bs_stmt_next(stmt, err);
		rc = rc == BS_NOT_FOUND ? BS_OK : rc;
	}
	bs_stmt_free(&stmt);
	bs_pool_return(&db);
	return rc;
}

enum bs_rc bs_queue_take(struct bs_queue *queue, struct bs_arena *arena, int64_t now, bool quick,
                         struct bs_queue_taken *out, struct bs_err *err)
{
	struct candidate list[BATCH];
	size_t count = 0;
	enum bs_rc rc;

	*out = (struct bs_queue_taken){ .work = { .arena = arena, .pool = queue->options.pool, .now = now }, .next = INT64_MAX };
	rc = look(queue, arena, now, &out->next, err);
	do {
		if (rc == BS_OK)
			rc = read_due(queue, now, list, &count, &out->next, err);
		if (rc != BS_OK)
			return rc;
		for (size_t i = 0; i < count; i++) {
			if (list[i].kind == NULL || (quick && !list[i].kind->is->quick))
				continue;
			rc = take_one(queue, &list[i], now, &out->work, err);
			out->kind = list[i].kind;
			out->work.ctx = list[i].kind->ctx;
			if (rc != BS_NOT_FOUND)
				return rc;
		}
		rc = BS_OK;
	} while (count == BATCH);
	return BS_NOT_FOUND;
}

/* --- doing ----------------------------------------------------------------------------------------------------------------- */

static struct bs_param owner_of(const struct bs_work *work)
{
	return bs_text(bs_str_n(work->owner, sizeof(work->owner) - 1));
}

/* Run one of the two or three statements that end a lease; *met says whether the lease was still ours. */
static enum bs_rc end_by(struct bs_db *db, const struct bs_query *query, struct bs_values values, bool *met,
                         struct bs_err *err)
{
	enum bs_rc rc = bs_db_exec(db, query, values, err);

	*met = rc == BS_OK && bs_db_changed(db) > 0;
	return rc;
}

static enum bs_rc end_done(struct bs_work *work, struct bs_db *db, bool *met, struct bs_err *err)
{
	struct bs_values values = BS_VALUES(bs_int(work->id), owner_of(work));
	enum bs_rc rc = end_by(db, BS_Q_job_done, values, met, err);

	return rc == BS_OK && !*met ? end_by(db, BS_Q_job_again, values, met, err) : rc;
}

enum bs_rc bs_work_done(struct bs_work *work, struct bs_db *db, struct bs_err *err)
{
	bool met = false;
	enum bs_rc rc = end_done(work, db, &met, err);

	if (rc == BS_OK && !met)
		return bs_fail(err, BS_CONFLICT, "the job outstayed its lease, and somebody else has it");
	work->done = rc == BS_OK;
	return rc;
}

/* Twice as long after each attempt, and by chance up to half of it shorter, so that jobs which failed together part. */
static int64_t pause_after(int attempts)
{
	int64_t pause = PAUSE_FIRST;
	uint32_t chance;

	for (int i = 1; i < attempts && pause < PAUSE_LAST; i++)
		pause *= 2;
	if (pause > PAUSE_LAST)
		pause = PAUSE_LAST;
	bs_random_bytes(&chance, sizeof(chance));
	return pause - (int64_t)(chance % (uint32_t)(pause / 2 + 1));
}

static enum bs_rc end_badly(struct bs_work *work, struct bs_db *db, bool for_good, const struct bs_err *why,
                            struct bs_err *err)
{
	struct bs_str text = bs_str_utf8_prefix(bs_str_c(why->text), sizeof(why->text));
	int64_t at = work->now + (for_good ? 0 : pause_after(work->attempts));
	bool met = false;
	enum bs_rc rc = end_by(db, BS_Q_job_again, BS_VALUES(bs_int(work->id), owner_of(work)), &met, err);

	if (rc == BS_OK && !met)
		rc = end_by(db, for_good ? BS_Q_job_fail : BS_Q_job_pause,
		            BS_VALUES(bs_int(work->id), owner_of(work), bs_int(at), bs_text(text)), &met, err);
	return rc;
}

static void log_end(const struct bs_queue_kind *kind, const struct bs_work *work, bool for_good,
                    const struct bs_err *why)
{
	if (for_good)
		bs_log(BS_LOG_ERROR, "job %lld, %s " BS_FMT ", has failed: %s. 'broadsheet jobs' shows it", (long long)work->id, kind->is->name,
		       BS_ARG(work->key), why->text);
	else
		bs_log(BS_LOG_WARN, "job %lld, %s " BS_FMT ", did not succeed and will be tried again: %s", (long long)work->id,
		       kind->is->name, BS_ARG(work->key), why->text);
}

/* Write down how it ended. When that cannot be written, the lease runs out and the job is done again. */
static void settle(struct bs_queue *queue, struct bs_work *work, enum bs_rc rc, bool for_good, const struct bs_err *why)
{
	struct bs_db *db = NULL;
	struct bs_err err = { 0 };
	bool met = false;
	enum bs_rc wrote;

	if (work->done)
		return;
	wrote = bs_pool_write(queue->options.pool, &db, &err);
	if (wrote == BS_OK)
		wrote = rc == BS_OK ? end_done(work, db, &met, &err) : end_badly(work, db, for_good, why, &err);
	bs_pool_return(&db);
	if (wrote != BS_OK)
		bs_log(BS_LOG_ERROR, "how job %lld ended could not be written, so it will be done again: %s", (long long)work->id, err.text);
}

void bs_queue_do(struct bs_queue *queue, struct bs_queue_taken *taken, struct bs_queue_result *result)
{
	struct bs_queue_kind *kind = taken->kind;
	struct bs_work *work = &taken->work;
	struct bs_err err = { 0 };
	bool crashed = work->attempts > kind->is->max_attempts, for_good;
	int64_t begun = bs_monotonic_usec();
	enum bs_rc rc;

	if (crashed)
		rc = bs_fail(&err, BS_IO, "it was begun %d times and never came to an end; whoever did it may have died of it",
		             kind->is->max_attempts);
	else
		rc = kind->is->handle(work, &err);
	if (rc != BS_OK)
		work->done = false;
	work->now += (bs_monotonic_usec() - begun) / 1000000;
	for_good = rc == BS_INVALID || work->attempts >= kind->is->max_attempts;
	settle(queue, work, rc, for_good, &err);
	if (rc == BS_OK) {
		result->done++;
		bs_counter_add(kind->done, 1);
	} else {
		*(for_good ? &result->failed : &result->retried) += 1;
		bs_counter_add(for_good ? kind->failed : kind->retried, 1);
		log_end(kind, work, for_good, &err);
	}
	if (kind->is->plan != NULL)
		atomic_store(&queue->stale, true);
}

enum bs_rc bs_queue_run_due(struct bs_queue *queue, int64_t now, struct bs_queue_result *out, struct bs_err *err)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_queue_taken taken;
	enum bs_rc rc;

	*out = (struct bs_queue_result){ 0 };
	atomic_store(&queue->stale, true);
	atomic_store(&queue->heal, true);
	while ((rc = bs_queue_take(queue, arena, now, false, &taken, err)) == BS_OK) {
		bs_queue_do(queue, &taken, out);
		bs_arena_reset(arena);
	}
	bs_arena_free(&arena);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}
