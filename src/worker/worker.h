/* worker.h - programs of their own that do risky or heavy work: started when there is something to do, given one job after
 * another, killed at their limit and started anew.
 *
 * A crew is up to `count` processes of one program, which speaks frames (base/frame.h). A job waits for a free one, then for
 * its result. A process that dies or outstays its time costs the job that it had in hand and nothing else: the next one
 * finds a fresh process. One that dies while it has nothing to do costs none. What rights and how much memory it has is the
 * program's own affair: it gives up what it does not need before it reads its first job.
 *
 * A crew is safe from any number of threads. */
#ifndef BS_WORKER_WORKER_H
#define BS_WORKER_WORKER_H

#include "base/frame.h"
#include "base/mem.h"

struct bs_crew;

struct bs_crew_options {
	const char *program;      /* path of the executable; copied */
	const char *const *args;  /* behind the name, NULL at the end; or NULL. Borrowed as long as the crew lives */
	unsigned count;           /* processes at most, 1 … BS_CREW_MAX */
	unsigned seconds;         /* that one job may take */
};

enum { BS_CREW_MAX = 16 };

/* Nothing is started yet. BS_NOT_FOUND: there is no such program; the text says what to install. */
enum bs_rc bs_crew_open(const struct bs_crew_options *options, struct bs_crew **out, struct bs_err *err) BS_CHECK;
/* Ends its processes. No job may be under way. Accepts NULL, leaves NULL. */
void bs_crew_close(struct bs_crew **crew);

struct bs_task {
	uint32_t operation;
	struct bs_str text;   /* lines of "name=value"; at most BS_FRAME_TEXT_MAX bytes */
	struct bs_str bytes;
	/* The result, put behind what they hold: the caller's buffers, and their caps are the limit of what is taken. */
	struct bs_buf *text_out;
	struct bs_buf *bytes_out;
};

/* Have it done, waiting for that.
 *   BS_INVALID  the worker refused it; err has its reason, for a person.
 *   BS_LIMIT    it took longer than `seconds`, or its result is over a buffer's cap.
 *   BS_IO       the worker could not be started, died at it, or failed; err says which. */
enum bs_rc bs_crew_do(struct bs_crew *crew, const struct bs_task *task, struct bs_err *err) BS_CHECK;

#endif
