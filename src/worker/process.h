/* process.h - a program, or a pipeline of programs, that lives long: bytes go in at its beginning and come out at its end.
 *
 * The programs run with least rights: no new privileges, no network where the system lets a process give it up, as user "nobody"
 * where that is asked for and the server is root, an environment of their own, limits on memory and files, in sessions of their own;
 * and they die with the thread that started them, unless threads share them. Standard error is the server's.
 *
 * Not safe from two threads at once. */
#ifndef BS_WORKER_PROCESS_H
#define BS_WORKER_PROCESS_H

#include "base/mem.h"

struct bs_process;

enum { BS_PROCESS_PROGRAMS = 64, BS_PROCESS_ARGS = 32 };

/* One program: its arguments, [0] its name as PATH or the file system knows it, the last NULL. */
struct bs_program {
	const char *args[BS_PROCESS_ARGS];
};

struct bs_process_options {
	const struct bs_program *programs; /* each writes into the next one; borrowed for the call */
	size_t count;
	bool nobody;          /* give up the user, where it is root */
	bool network;         /* leave it the network */
	bool shared;          /* lives on when the thread that started it ends; then its input's end must be its own */
	size_t memory;        /* bytes of address space of each; 0: as it has it */
};

/* BS_NOT_FOUND: a program is not there (noticed with the first exchange at the latest); BS_IO: the system gives no process. */
enum bs_rc bs_process_start(const struct bs_process_options *options, struct bs_process **out, struct bs_err *err) BS_CHECK;

/* Whether what was said so far is the whole answer; what is behind `fresh` bytes is new since the last call. */
typedef bool bs_process_whole(void *ctx, struct bs_str said, size_t fresh);

struct bs_process_ask {
	const struct bs_str *in; /* these parts, one behind the other */
	size_t count;
	int seconds;             /* for all of it */
	bs_process_whole *whole;
	void *ctx;
};

/* Write and read at the same time, until the answer is whole; all of it into `out`, which the caller empties first. On anything but BS_OK
 * the pipeline is of no use from then on.
 *   BS_LIMIT  it took longer than so many seconds, or `out` is full (out->failed)
 *   BS_IO     a program has ended */
enum bs_rc bs_process_ask(struct bs_process *process, const struct bs_process_ask *ask, struct bs_buf *out,
                          struct bs_err *err) BS_CHECK;

/* The same for answers that are so many frames, each ended by the byte `end`. That it took too long is BS_IO here, too: the
 * next one may be quicker. */
enum bs_rc bs_process_exchange(struct bs_process *process, struct bs_str in, char end, size_t frames, int seconds,
                               struct bs_buf *out, struct bs_err *err) BS_CHECK;

/* Run one to its end: write `in`, close its input, read all it says. BS_IO also when it ends with another status than 0. */
enum bs_rc bs_process_run(const struct bs_process_options *options, struct bs_str in, int seconds, struct bs_buf *out,
                          struct bs_err *err) BS_CHECK;

/* Whether it may be asked: it runs, and has said nothing that it was not asked for. One that has died since its last answer is told here,
 * before it is given anything. */
bool bs_process_ready(const struct bs_process *process);

/* Close its input, give it half a second to end by itself, then free it. Returns what waitpid says of the last program. */
int bs_process_end(struct bs_process **process);
/* Kills what still runs, and waits for it. Accepts NULL, leaves NULL. */
void bs_process_free(struct bs_process **process);

#endif
