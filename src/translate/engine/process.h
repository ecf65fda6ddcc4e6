/* process.h - a pipeline of programs that lives long: frames go in at its beginning and come out at its end.
 *
 * The programs run with least rights: no new privileges, no network where the system lets a process give it up, as user "nobody" when
 * the server is root, an environment of their own, limits on memory and files, in sessions of their own; and they die with
 * whoever started them. Standard error is the server's.
 *
 * Not safe from two threads at once. */
#ifndef BS_TRANSLATE_ENGINE_PROCESS_H
#define BS_TRANSLATE_ENGINE_PROCESS_H

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
	bool network;         /* leave it the network */
	size_t memory;        /* bytes of address space of each; 0: as it has it */
};

/* BS_NOT_FOUND: a program is not there (noticed with the first exchange at the latest); BS_IO: the system gives no process. */
enum bs_rc bs_process_start(const struct bs_process_options *options, struct bs_process **out, struct bs_err *err) BS_CHECK;

/* Write `in` and read until `frames` bytes of value `end` have come, all into `out`, which the caller empties first.
 *   BS_IO     a program has ended, or it took longer than so many seconds; the pipeline is of no use from then on
 *   BS_LIMIT  `out` is full; likewise */
enum bs_rc bs_process_exchange(struct bs_process *process, struct bs_str in, char end, size_t frames, int seconds,
                               struct bs_buf *out, struct bs_err *err) BS_CHECK;

/* Run one to its end: write `in`, close its input, read all it says. BS_IO also when it ends with another status than 0. */
enum bs_rc bs_process_run(const struct bs_process_options *options, struct bs_str in, int seconds, struct bs_buf *out,
                          struct bs_err *err) BS_CHECK;

/* Kills what still runs, and waits for it. Accepts NULL, leaves NULL. */
void bs_process_free(struct bs_process **process);

#endif
