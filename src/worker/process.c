/* process.c - see process.h. Both ends are sockets, not pipes, so that writing to a program that has died is an error and no signal. */
#include "worker/process.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/sys.h"

enum { NOBODY = 65534, FILES_MAX = 256, READ_SIZE = 64 * 1024, END_MSEC = 500, NAME_MAX_BYTES = 40 };

struct bs_process {
	pid_t pids[BS_PROCESS_PROGRAMS];
	size_t count;
	int in, out; /* our ends; -1: closed */
	char name[NAME_MAX_BYTES]; /* of the first, for messages */
};

/* --- in the child: nothing but system calls until exec, since other threads of the parent may have held any lock ------------------- */

static void limit(int what, rlim_t to)
{
	const struct rlimit limits = { to, to };

	(void)setrlimit((__rlimit_resource_t)what, &limits);
}

/* What the system does not allow to give up is kept: the program is the administrator's own choice. */
static void drop_rights(const struct bs_process_options *options)
{
	if (!options->network)
		(void)unshare(CLONE_NEWNET);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_NOFILE, FILES_MAX);
	if (options->memory > 0)
		limit(RLIMIT_AS, options->memory);
	if (options->nobody && geteuid() == 0) {
		(void)syscall(SYS_setgroups, 0, NULL);
		if (syscall(SYS_setresgid, NOBODY, NOBODY, NOBODY) != 0 || syscall(SYS_setresuid, NOBODY, NOBODY, NOBODY) != 0)
			_exit(126);
	}
	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

_Noreturn static void become(const struct bs_process_options *options, size_t at, int in, int out, pid_t parent)
{
	static const char *const environment[] = { "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=/nonexistent", NULL };
	sigset_t none;

	sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)setsid();
	if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || chdir("/") != 0)
		_exit(126);
	drop_rights(options);
	/* After the change of user, which forgets it; and the parent may have died before. */
	if (!options->shared)
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (getppid() != parent)
		_exit(126);
	execvpe(options->programs[at].args[0], (char *const *)(uintptr_t)options->programs[at].args,
	        (char *const *)(uintptr_t)environment);
	_exit(127);
}

/* --- in the parent ------------------------------------------------------------------------------------------------------------- */

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static bool pair_of_sockets(int ends[2])
{
	return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0;
}

/* *in is what the program reads, and becomes what the next one reads. */
static bool start_one(struct bs_process *process, const struct bs_process_options *options, size_t at, int *in)
{
	bool last = at + 1 == options->count;
	int ends[2] = { -1, -1 };
	pid_t parent = getpid(), pid;

	if (last ? !pair_of_sockets(ends) : pipe2(ends, O_CLOEXEC) != 0)
		return false;
	pid = fork();
	if (pid == 0)
		become(options, at, *in, ends[1], parent);
	close_end(in);
	close(ends[1]);
	*in = ends[0];
	if (pid < 0)
		return false;
	process->pids[process->count++] = pid;
	return true;
}

static void name_it(struct bs_process *process, const char *program)
{
	const char *slash = strrchr(program, '/');

	snprintf(process->name, sizeof(process->name), "%s", slash != NULL ? slash + 1 : program);
}

enum bs_rc bs_process_start(const struct bs_process_options *options, struct bs_process **out, struct bs_err *err)
{
	struct bs_process *process = bs_alloc(sizeof(*process));
	int ends[2] = { -1, -1 };
	bool well = options->count > 0 && options->count <= BS_PROCESS_PROGRAMS && pair_of_sockets(ends);

	*process = (struct bs_process){ .in = ends[0], .out = -1 };
	name_it(process, options->programs[0].args[0]);
	for (size_t i = 0; i < options->count && well; i++)
		well = start_one(process, options, i, &ends[1]);
	process->out = ends[1];
	if (!well) {
		bs_process_free(&process);
		return bs_fail(err, BS_IO, "cannot start %.80s: %s", options->programs[0].args[0], strerror(errno));
	}
	(void)fcntl(process->in, F_SETFL, O_NONBLOCK);
	(void)fcntl(process->out, F_SETFL, O_NONBLOCK);
	*out = process;
	return BS_OK;
}

void bs_process_free(struct bs_process **process)
{
	struct bs_process *p = *process;

	if (p == NULL)
		return;
	close_end(&p->in);
	close_end(&p->out);
	for (size_t i = 0; i < p->count; i++)
		(void)kill(p->pids[i], SIGKILL);
	for (size_t i = 0; i < p->count; i++) {
		while (waitpid(p->pids[i], NULL, 0) < 0 && errno == EINTR)
			;
	}
	free(p);
	*process = NULL;
}

/* Whether all of them have ended; *status is the last one's. What was waited for is taken off the list. */
static bool reap(struct bs_process *p, int *status)
{
	while (p->count > 0) {
		pid_t ended = waitpid(p->pids[p->count - 1], status, WNOHANG);
		if (ended == 0)
			return false;
		p->count -= ended > 0 || errno != EINTR;
	}
	return true;
}

bool bs_process_ready(const struct bs_process *process)
{
	struct pollfd said = { .fd = process->out, .events = POLLIN };

	return poll(&said, 1, 0) == 0;
}

int bs_process_end(struct bs_process **process)
{
	int status = 0;

	close_end(&(*process)->in);
	for (int waited = 0; !reap(*process, &status) && waited < END_MSEC; waited += 10)
		poll(NULL, 0, 10);
	bs_process_free(process);
	return status;
}

/* --- asking ------------------------------------------------------------------------------------------------------------------------- */

struct exchange {
	struct bs_process *process;
	const struct bs_str *parts; /* what is to be written yet, and `in` of the first of them */
	size_t count;
	struct bs_str in;
	struct bs_buf *out;
	int64_t until; /* bs_monotonic_usec */
	bool ended;    /* it closed its output */
};

/* Past what is written: the next part that has anything in it. */
static void next_part(struct exchange *x)
{
	while (x->in.len == 0 && x->count > 0) {
		x->in = *x->parts++;
		x->count--;
	}
}

static enum bs_rc write_some(struct exchange *x, struct bs_err *err)
{
	ssize_t wrote = send(x->process->in, x->in.ptr, x->in.len, MSG_NOSIGNAL);

	if (wrote < 0 && errno != EAGAIN && errno != EINTR)
		return bs_fail(err, BS_IO, "%s has ended: %s", x->process->name, strerror(errno));
	if (wrote > 0)
		x->in = bs_str_sub(x->in, (size_t)wrote, SIZE_MAX);
	next_part(x);
	return BS_OK;
}

static enum bs_rc read_some(struct exchange *x, struct bs_err *err)
{
	char data[READ_SIZE];
	ssize_t got = recv(x->process->out, data, sizeof(data), 0);

	if (got < 0 && (errno == EAGAIN || errno == EINTR))
		return BS_OK;
	if (got <= 0) {
		x->ended = true;
		return BS_OK;
	}
	bs_buf_put(x->out, bs_str_n(data, (size_t)got));
	return bs_buf_check(x->out, "what a program says", err);
}

/* Wait until there is something to do, and do it. */
static enum bs_rc step(struct exchange *x, struct bs_err *err)
{
	struct pollfd fds[2] = { { .fd = x->process->out, .events = POLLIN }, { .fd = x->in.len > 0 ? x->process->in : -1, .events = POLLOUT } };
	int64_t left = (x->until - bs_monotonic_usec()) / 1000;
	enum bs_rc rc = BS_OK;

	if (left <= 0)
		return bs_fail(err, BS_LIMIT, "%s did not answer in time", x->process->name);
	if (poll(fds, 2, left > INT32_MAX ? INT32_MAX : (int)left) < 0 && errno != EINTR)
		return bs_fail(err, BS_IO, "waiting for %s: %s", x->process->name, strerror(errno));
	if (fds[1].revents != 0)
		rc = write_some(x, err);
	if (rc == BS_OK && fds[0].revents != 0)
		rc = read_some(x, err);
	return rc;
}

static struct exchange begin(struct bs_process *process, const struct bs_str *in, size_t count, int seconds, struct bs_buf *out)
{
	struct exchange x = { .process = process, .parts = in, .count = count, .out = out,
		                  .until = bs_monotonic_usec() + (int64_t)seconds * 1000000 };

	next_part(&x);
	return x;
}

enum bs_rc bs_process_ask(struct bs_process *process, const struct bs_process_ask *ask, struct bs_buf *out, struct bs_err *err)
{
	struct exchange x = begin(process, ask->in, ask->count, ask->seconds, out);
	enum bs_rc rc = BS_OK;
	bool whole = false;

	while (rc == BS_OK && (!whole || x.in.len > 0) && !x.ended) {
		size_t fresh = out->len;
		rc = step(&x, err);
		if (rc == BS_OK && out->len > fresh)
			whole = ask->whole(ask->ctx, bs_buf_str(out), fresh);
	}
	if (rc == BS_OK && !whole)
		rc = bs_fail(err, BS_IO, "%s has ended; is it installed, and does it run by itself?", process->name);
	return rc;
}

struct frames {
	char end;
	size_t missing;
};

static bool all_frames(void *ctx, struct bs_str said, size_t fresh)
{
	struct frames *frames = ctx;

	for (size_t i = fresh; i < said.len && frames->missing > 0; i++)
		frames->missing -= said.ptr[i] == frames->end;
	return frames->missing == 0;
}

enum bs_rc bs_process_exchange(struct bs_process *process, struct bs_str in, char end, size_t frames, int seconds,
                               struct bs_buf *out, struct bs_err *err)
{
	struct frames missing = { end, frames };
	struct bs_process_ask ask = { .in = &in, .count = 1, .seconds = seconds, .whole = all_frames, .ctx = &missing };
	enum bs_rc rc = bs_process_ask(process, &ask, out, err);

	return rc == BS_LIMIT && !out->failed ? (err->rc = BS_IO) : rc;
}

/* --- once --------------------------------------------------------------------------------------------------------------------------- */

static enum bs_rc wait_all(struct bs_process *process, struct bs_err *err)
{
	int status = 0;

	for (; process->count > 0; process->count--) {
		while (waitpid(process->pids[process->count - 1], &status, 0) < 0 && errno == EINTR)
			;
		if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
			return bs_fail(err, BS_NOT_FOUND, "a program that is needed is not installed");
		if (status != 0)
			return bs_fail(err, BS_IO, "a program has failed (status %d)", status);
	}
	return BS_OK;
}

enum bs_rc bs_process_run(const struct bs_process_options *options, struct bs_str in, int seconds, struct bs_buf *out,
                          struct bs_err *err)
{
	struct bs_process *process = NULL;
	struct exchange x;
	enum bs_rc rc = bs_process_start(options, &process, err);

	x = begin(process, &in, 1, seconds, out);
	while (rc == BS_OK && !x.ended) {
		if (x.in.len == 0 && process->in >= 0)
			close_end(&process->in);
		rc = step(&x, err);
	}
	if (rc == BS_OK)
		rc = wait_all(process, err);
	bs_process_free(&process);
	return rc;
}
