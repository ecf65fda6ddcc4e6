/* worker.c - the threads of a queue. Each sleeps in one poll on two descriptors: an eventfd that bs_queue_changed writes to,
 * and a timer on the clock of the wall, set to when the next job is due. The kernel ends that timer early when the clock is
 * set, in either direction, so no worker sleeps by a clock that is no longer true. */
#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/sys.h"
#include "queue/engine.h"

enum { AWAY_FIRST = 1, AWAY_LAST = 30 }; /* seconds between two looks while the database is away */

static void wake(struct bs_queue *queue)
{
	uint64_t one = 1;

	for (int i = 0; i < atomic_load(&queue->worker_count); i++)
		(void)!write(queue->workers[i].wake, &one, sizeof(one));
}

void bs_queue_changed(struct bs_str tag, void *ctx)
{
	struct bs_queue *queue = ctx;

	(void)tag; /* what a plan reads is its room's business */
	if (!atomic_exchange(&queue->stale, true))
		wake(queue);
}

/* Until that time, a change, or the setting of the clock. INT64_MAX: no time. */
static void sleep_until(struct bs_queue_worker *worker, int64_t at)
{
	struct itimerspec when = { .it_value.tv_sec = at == INT64_MAX ? 0 : at > 0 ? at : 1 }; /* 0 would stop it */
	struct pollfd fds[] = { { .fd = worker->wake, .events = POLLIN }, { .fd = worker->timer, .events = POLLIN } };
	uint64_t count;

	(void)timerfd_settime(worker->timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &when, NULL);
	(void)poll(fds, BS_COUNT(fds), -1);
	(void)!read(worker->wake, &count, sizeof(count));
	if (read(worker->timer, &count, sizeof(count)) < 0 && errno == ECANCELED) {
		atomic_store(&worker->queue->heal, true);
		atomic_store(&worker->queue->stale, true);
	}
}

static void *work(void *ctx)
{
	struct bs_queue_worker *worker = ctx;
	struct bs_queue *queue = worker->queue;
	struct bs_arena *arena = bs_arena_new();
	struct bs_queue_result result = { 0 };
	struct bs_queue_taken taken;
	int away = 0;

	while (!atomic_load(&queue->stopping)) {
		struct bs_err err = { 0 };
		int64_t now = bs_now();
		enum bs_rc rc = bs_queue_take(queue, arena, now, worker->quick, &taken, &err);
		bool lost = rc != BS_OK && rc != BS_NOT_FOUND;
		if (lost && away == 0)
			bs_log(BS_LOG_ERROR, "the queue cannot be looked at: %s", err.text);
		if (!lost && away > 0)
			bs_log(BS_LOG_INFO, "the queue is looked at again");
		away = !lost ? 0 : away == 0 ? AWAY_FIRST : 2 * away < AWAY_LAST ? 2 * away : AWAY_LAST;
		if (rc == BS_OK)
			bs_queue_do(queue, &taken, &result);
		else
			sleep_until(worker, lost ? now + away : taken.next);
		bs_arena_reset(arena);
	}
	bs_arena_free(&arena);
	return NULL;
}

static enum bs_rc worker_start(struct bs_queue_worker *worker, struct bs_err *err)
{
	worker->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	worker->timer = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
	if (worker->wake >= 0 && worker->timer >= 0 && pthread_create(&worker->thread, NULL, work, worker) == 0)
		return BS_OK;
	close(worker->wake);
	close(worker->timer);
	return bs_fail(err, BS_IO, "cannot start a thread");
}

enum bs_rc bs_queue_start(struct bs_queue *queue, int workers, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	if (workers < 0 || workers > BS_QUEUE_WORKERS)
		return bs_fail(err, BS_INVALID, "a server has 0 to %d workers", BS_QUEUE_WORKERS);
	for (int i = 0; i < workers && rc == BS_OK; i++) {
		queue->workers[i] = (struct bs_queue_worker){ .queue = queue, .quick = i == 0 && workers > 1 };
		rc = worker_start(&queue->workers[i], err);
		if (rc == BS_OK)
			atomic_store(&queue->worker_count, i + 1);
	}
	return rc;
}

void bs_queue_stop(struct bs_queue *queue)
{
	if (atomic_exchange(&queue->stopping, true))
		return;
	wake(queue);
	for (int i = 0; i < atomic_load(&queue->worker_count); i++)
		pthread_join(queue->workers[i].thread, NULL);
}

/* Only now: a change may come in until the very end. */
void bs_queue_workers_free(struct bs_queue *queue)
{
	for (int i = 0; i < atomic_load(&queue->worker_count); i++) {
		close(queue->workers[i].wake);
		close(queue->workers[i].timer);
	}
}
