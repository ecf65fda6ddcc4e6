/* engine.h - what the files of this room share: the queue's state, taking a job and doing it. */
#ifndef BS_QUEUE_ENGINE_H
#define BS_QUEUE_ENGINE_H

#include <pthread.h>
#include <stdatomic.h>

#include "queue/queue.h"

enum { BS_QUEUE_KINDS = 64, BS_QUEUE_WORKERS = 32 };

struct bs_queue_kind {
	const struct bs_job_kind *is;
	void *ctx;
	struct bs_str name;
	char labels[80]; /* kind="publish" */
	struct bs_counter *done, *retried, *failed;
};

struct bs_queue_worker {
	struct bs_queue *queue;
	pthread_t thread;
	bool quick;     /* takes quick jobs alone */
	int wake, timer; /* eventfd, timerfd; -1: none */
};

struct bs_queue {
	struct bs_queue_options options;
	struct bs_queue_kind kinds[BS_QUEUE_KINDS];
	size_t kind_count;
	atomic_bool stale; /* something was committed since the plans were last asked */
	atomic_bool heal;  /* the clock may have been set back */
	atomic_bool stopping;
	struct bs_queue_worker workers[BS_QUEUE_WORKERS];
	atomic_int worker_count; /* read by whoever wakes them */
};

struct bs_queue_taken {
	struct bs_work work;
	struct bs_queue_kind *kind;
	int64_t next; /* when nothing was due: when to look again, INT64_MAX for never (a change wakes) */
};
/* Take a job that is due, its texts in the arena. BS_NOT_FOUND: nothing is. */
enum bs_rc bs_queue_take(struct bs_queue *queue, struct bs_arena *arena, int64_t now, bool quick,
                         struct bs_queue_taken *out, struct bs_err *err) BS_CHECK;
/* Do it, and write down how it ended. */
void bs_queue_do(struct bs_queue *queue, struct bs_queue_taken *taken, struct bs_queue_result *result);
/* What the workers, which have ended, slept on. */
void bs_queue_workers_free(struct bs_queue *queue);

#endif
