/* queue.h - doing the work: kinds of jobs and their handlers, workers, leases, retries.
 *
 * A room offers its kinds as a table; main adds the tables and starts the workers, or does what is due in one go. A worker
 * takes a job under a lease: nobody else has it until lease_seconds are over. When it ends well the job goes; when it does
 * not, it pauses, twice as long each time (10 s, 20 s … 1 h, by chance up to half of it shorter), and after max_attempts it
 * is failed and stays for a person to see. When the process dies, the lease runs out and another worker takes the job; a
 * lease that ran out counts as an attempt, so that a job which kills its process does not do so for ever.
 *
 * So a handler may run twice for one job, even at the same time when it outstays its lease. It has its effect once by
 * being idempotent, or by writing it in one transaction with bs_work_done.
 *
 * Workers sleep until the next job is due or bs_queue_changed is called; setting the clock wakes them, too. Nothing polls. */
#ifndef BS_QUEUE_QUEUE_H
#define BS_QUEUE_QUEUE_H

#include "http/metrics.h"
#include "queue/job.h"
#include "store/pool.h"

struct bs_queue;
struct bs_plan;

/* A job that is being done, as its handler sees it; in one thread, for the length of the call. */
struct bs_work {
	struct bs_arena *arena; /* goes when the job is done */
	struct bs_pool *pool;
	void *ctx;              /* as given with the table */
	struct bs_str key, payload;
	int64_t run_at, now;
	int attempts;           /* this one included */
	/* The queue's own. */
	int64_t id;
	char owner[33];
	bool done;
};

struct bs_job_kind {
	const char *name;
	/* BS_OK: done. BS_INVALID: it could never be done, so it fails at once. Anything else: it is tried again. */
	enum bs_rc (*handle)(struct bs_work *work, struct bs_err *err);
	int lease_seconds; /* longer than it ever takes, at most BS_JOB_LEASE_MAX */
	int max_attempts;
	bool quick;        /* takes a moment and must not wait behind long ones: with two workers or more, one does nothing else */
	/* Where the room's own tables say what is to be done and when: name each job with bs_plan_job, what is next first, and the
	 * queue sees that it is there at that time. What was done must not be named again. Called at the start and after every
	 * change, so it must be cheap, and once more in the transaction that writes down what it named. NULL: jobs are only added. */
	enum bs_rc (*plan)(struct bs_plan *plan, struct bs_db *db, struct bs_err *err);
};

enum { BS_JOB_LEASE_MAX = 3600 };

/* For plans: a job of this kind is to be done at that time. `key` is copied. */
void bs_plan_job(struct bs_plan *plan, struct bs_str key, int64_t run_at);
/* The context given with the kind's table. */
void *bs_plan_ctx(const struct bs_plan *plan);
/* Whether what is named now is written down, so that a plan may forget what it has in memory alone. */
bool bs_plan_writes(const struct bs_plan *plan);
/* For handlers: the job is done when this write transaction commits. BS_CONFLICT when the lease was lost to somebody else:
 * then roll back and pass it up. */
enum bs_rc bs_work_done(struct bs_work *work, struct bs_db *db, struct bs_err *err) BS_CHECK;

struct bs_queue_options {
	struct bs_pool *pool;
	struct bs_metrics *metrics; /* or NULL; the numbers of waiting, running and failed jobs are asked for when they are written */
};
struct bs_queue *bs_queue_new(const struct bs_queue_options *options);
/* Add a room's table, which must live as long as the queue. Before any work is done. */
enum bs_rc bs_queue_add(struct bs_queue *queue, const struct bs_job_kind *kinds, size_t count, void *ctx,
                        struct bs_err *err) BS_CHECK;

struct bs_queue_result {
	int done, retried, failed; /* retried: they will be tried again */
};
/* Do in this thread everything that is due at `now`, jobs that this adds included; for tests and commands. */
enum bs_rc bs_queue_run_due(struct bs_queue *queue, int64_t now, struct bs_queue_result *out,
                            struct bs_err *err) BS_CHECK;

/* Start so many workers. Once. */
enum bs_rc bs_queue_start(struct bs_queue *queue, int workers, struct bs_err *err) BS_CHECK;
/* Something was committed, by any process: have the workers look. A bs_feed_fn; from any thread, until bs_queue_free. */
void bs_queue_changed(struct bs_str tag, void *queue);
/* Let each worker end its job, and wait for that. No work is done from then on. */
void bs_queue_stop(struct bs_queue *queue);
/* Stops, too. Accepts NULL, leaves NULL. */
void bs_queue_free(struct bs_queue **queue);

#endif
