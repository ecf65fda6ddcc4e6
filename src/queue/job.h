/* job.h - asking for work that is done outside of a request, and looking at what waits or has failed.
 *
 * A job is one piece of work, known by kind and key from when it is asked for until it is done: asked for twice, it is
 * still one. It is done at least once, by any process on this database that knows its kind (queue.h); its payload is for
 * the handler alone. What fails for good stays, with the reason, until a person has it tried again or forgotten.
 *
 * Text is borrowed; times are seconds UTC. */
#ifndef BS_QUEUE_JOB_H
#define BS_QUEUE_JOB_H

#include "base/mem.h"
#include "store/db.h"

struct bs_job {
	struct bs_str kind;
	struct bs_str key;     /* which piece of work: "42"; at most BS_MAX_JOB_KEY bytes, may be empty where there is only one */
	struct bs_str payload; /* JSON or empty; at most BS_MAX_JOB_PAYLOAD bytes */
	int64_t run_at;        /* not before then; 0 is at once */
	/* What happens when the same job is pending already. false: nothing. true: it takes this payload and time, and when
	 * it is being done just now, it is done again behind that. */
	bool replace;
};

/* Inside a write transaction: with its commit the job is there, and idle workers of every process are woken. A job that had failed
 * begins anew. *added (or NULL): false when a pending one was left as it is. BS_LIMIT over a cap. */
enum bs_rc bs_job_add(struct bs_db *db, const struct bs_job *job, bool *added, struct bs_err *err) BS_CHECK;

enum bs_job_state { BS_JOB_WAITING, BS_JOB_RUNNING, BS_JOB_PAUSED, BS_JOB_FAILED };
/* "waiting", "running", "paused" (tried in vain and waiting to be tried again), "failed" */
struct bs_str bs_job_state_name(enum bs_job_state state);

struct bs_job_row {
	int64_t id;
	struct bs_str kind, key;
	enum bs_job_state state;
	int64_t run_at; /* when it was wanted */
	int64_t due_at; /* when it may be taken next; when it failed */
	int attempts;
	struct bs_str error; /* of the last attempt */
};
/* Failed ones first, then by time; at most `max`, in the arena. */
enum bs_rc bs_job_list(struct bs_arena *arena, struct bs_db *db, int64_t max, struct bs_job_row **out, size_t *count,
                       struct bs_err *err) BS_CHECK;

struct bs_job_counts {
	int64_t waiting, running, failed; /* paused ones wait */
};
enum bs_rc bs_job_count(struct bs_db *db, struct bs_job_counts *out, struct bs_err *err) BS_CHECK;

/* Have a failed job tried again from `now` on. BS_NOT_FOUND: no failed job has this number. Inside a write transaction. */
enum bs_rc bs_job_retry(struct bs_db *db, int64_t id, int64_t now, struct bs_err *err) BS_CHECK;
/* Take it out of the queue for good. BS_NOT_FOUND: there is none of this number, or it is being done. Inside a write transaction. */
enum bs_rc bs_job_forget(struct bs_db *db, int64_t id, struct bs_err *err) BS_CHECK;

#endif
