/* worker.c - see worker.h.
 *
 * Each process has one end of a socket pair as its standard input and output; a socket rather than pipes, so that writing
 * to a dead one is an error and not a signal. A job is written whole before its result is read, as the worker reads it
 * whole before it answers: neither waits for the other in the middle. */
#include "worker/worker.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/sys.h"

enum { END_MSEC = 500 }; /* that a process has to end by itself, once its input is closed */

struct hand {
	pid_t pid; /* 0: not started */
	int fd;
	bool busy;
};

struct bs_crew {
	char *program;
	const char *const *args;
	unsigned count, seconds;
	pthread_mutex_t lock;
	pthread_cond_t free;
	struct hand hands[BS_CREW_MAX];
};

enum bs_rc bs_crew_open(const struct bs_crew_options *options, struct bs_crew **out, struct bs_err *err)
{
	struct bs_crew *crew;
	size_t len = strlen(options->program) + 1;

	if (access(options->program, X_OK) != 0)
		return bs_fail(err, BS_NOT_FOUND, "there is no program %.160s (%s)", options->program, strerror(errno));
	crew = bs_alloc(sizeof(*crew));
	*crew = (struct bs_crew){ .args = options->args, .seconds = options->seconds,
		.count = options->count < 1 ? 1 : options->count > BS_CREW_MAX ? BS_CREW_MAX : options->count };
	crew->program = bs_alloc(len);
	memcpy(crew->program, options->program, len);
	pthread_mutex_init(&crew->lock, NULL);
	pthread_cond_init(&crew->free, NULL);
	*out = crew;
	return BS_OK;
}

/* --- one process ---------------------------------------------------------------------------------------------------------- */

static int spawn_on(const struct bs_crew *crew, int fd, pid_t *pid)
{
	char *argv[16] = { crew->program }, *const env[] = { (char[]){ "LC_ALL=C.UTF-8" }, (char[]){ "PATH=/usr/bin:/bin" }, NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t how;
	sigset_t none, all;
	int failed;

	for (size_t i = 0; crew->args != NULL && crew->args[i] != NULL && i + 2 < BS_COUNT(argv); i++)
		argv[i + 1] = (char *)(uintptr_t)crew->args[i]; /* execve takes them so, and changes nothing */
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_init(&how);
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
	posix_spawnattr_setsigmask(&how, &none);
	posix_spawnattr_setsigdefault(&how, &all);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fd, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, fd, STDOUT_FILENO);
	posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
	failed = posix_spawn(pid, crew->program, &actions, &how, argv, env);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&how);
	return failed;
}

static enum bs_rc start(const struct bs_crew *crew, struct hand *hand, struct bs_err *err)
{
	int pair[2], failed;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return bs_fail(err, BS_IO, "cannot start %.120s: %s", crew->program, strerror(errno));
	failed = spawn_on(crew, pair[1], &hand->pid);
	close(pair[1]);
	if (failed == 0) {
		hand->fd = pair[0];
		return BS_OK;
	}
	close(pair[0]);
	hand->pid = 0;
	return bs_fail(err, BS_IO, "cannot start %.120s: %s", crew->program, strerror(failed));
}

/* Its input closed, a worker ends; one that doesn't is ended. Returns how it went, as waitpid says. */
static int end(struct hand *hand, bool at_once)
{
	int status = 0;

	close(hand->fd);
	for (int waited = 0; !at_once && waitpid(hand->pid, &status, WNOHANG) == 0; waited += 10) {
		at_once = waited >= END_MSEC;
		poll(NULL, 0, 10);
	}
	if (at_once) {
		kill(hand->pid, SIGKILL);
		while (waitpid(hand->pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	hand->pid = 0;
	return status;
}

/* --- one exchange --------------------------------------------------------------------------------------------------------- */

/* BS_LIMIT when the time is over. */
static enum bs_rc wait_for(int fd, short what, int64_t deadline)
{
	struct pollfd poller = { .fd = fd, .events = what };

	for (;;) {
		int64_t left = deadline - bs_monotonic_usec();
		int ready = left > 0 ? poll(&poller, 1, (int)(left / 1000 + 1)) : 0;

		if (ready > 0)
			return BS_OK;
		if (ready == 0 && left <= 0)
			return BS_LIMIT;
		if (ready < 0 && errno != EINTR)
			return BS_IO;
	}
}

static enum bs_rc send_all(int fd, const void *from, size_t len, int64_t deadline)
{
	const char *at = from;

	while (len > 0) {
		ssize_t sent = send(fd, at, len, MSG_NOSIGNAL | MSG_DONTWAIT);
		enum bs_rc rc = BS_OK;

		if (sent < 0 && errno == EAGAIN)
			rc = wait_for(fd, POLLOUT, deadline);
		else if (sent < 0 && errno != EINTR)
			rc = BS_IO;
		if (rc != BS_OK)
			return rc;
		at += sent > 0 ? sent : 0;
		len -= sent > 0 ? (size_t)sent : 0;
	}
	return BS_OK;
}

static enum bs_rc receive(int fd, void *to, size_t len, int64_t deadline)
{
	char *at = to;

	while (len > 0) {
		ssize_t got = recv(fd, at, len, MSG_DONTWAIT);
		enum bs_rc rc = BS_OK;

		if (got < 0 && errno == EAGAIN)
			rc = wait_for(fd, POLLIN, deadline);
		else if (got == 0 || (got < 0 && errno != EINTR))
			rc = BS_IO;
		if (rc != BS_OK)
			return rc;
		at += got > 0 ? got : 0;
		len -= got > 0 ? (size_t)got : 0;
	}
	return BS_OK;
}

static enum bs_rc receive_into(int fd, struct bs_buf *to, uint64_t len, int64_t deadline)
{
	enum bs_rc rc;

	if (len > to->cap || !bs_buf_reserve(to, (size_t)len))
		return BS_CORRUPT;
	rc = receive(fd, to->data + to->len, (size_t)len, deadline);
	if (rc == BS_OK)
		to->len += (size_t)len;
	return rc;
}

/* BS_OK: the worker answered, and *status is what. Anything else: it is out of step and must go. */
static enum bs_rc exchange(int fd, const struct bs_task *task, int64_t deadline, uint32_t *status)
{
	struct bs_frame frame = { task->operation, (uint32_t)task->text.len, task->bytes.len };
	uint8_t head[BS_FRAME_HEAD];
	enum bs_rc rc;

	bs_frame_write(&frame, head);
	rc = send_all(fd, head, sizeof(head), deadline);
	if (rc == BS_OK)
		rc = send_all(fd, task->text.ptr, task->text.len, deadline);
	if (rc == BS_OK)
		rc = send_all(fd, task->bytes.ptr, task->bytes.len, deadline);
	if (rc == BS_OK)
		rc = receive(fd, head, sizeof(head), deadline);
	if (rc != BS_OK)
		return rc;
	frame = bs_frame_read(head);
	*status = frame.word;
	rc = receive_into(fd, task->text_out, frame.text_len, deadline);
	return rc == BS_OK ? receive_into(fd, task->bytes_out, frame.bytes_len, deadline) : rc;
}

/* --- the crew ------------------------------------------------------------------------------------------------------------- */

static struct hand *take(struct bs_crew *crew)
{
	struct hand *hand = NULL;

	pthread_mutex_lock(&crew->lock);
	for (;;) {
		for (unsigned i = 0; i < crew->count; i++) /* one that runs rather than one to be started */
			if (!crew->hands[i].busy && (hand == NULL || hand->pid == 0))
				hand = &crew->hands[i];
		if (hand != NULL)
			break;
		pthread_cond_wait(&crew->free, &crew->lock);
	}
	hand->busy = true;
	pthread_mutex_unlock(&crew->lock);
	return hand;
}

static void give_back(struct bs_crew *crew, struct hand *hand)
{
	pthread_mutex_lock(&crew->lock);
	hand->busy = false;
	pthread_cond_signal(&crew->free);
	pthread_mutex_unlock(&crew->lock);
}

/* The process is out of step: end it and say why. */
static enum bs_rc lose(const struct bs_crew *crew, struct hand *hand, enum bs_rc rc, struct bs_err *err)
{
	const char *name = strrchr(crew->program, '/') != NULL ? strrchr(crew->program, '/') + 1 : crew->program;
	int how = end(hand, rc != BS_IO);

	if (rc == BS_LIMIT)
		return bs_fail(err, BS_LIMIT, "%.60s took longer than %u seconds and was stopped", name, crew->seconds);
	if (rc == BS_CORRUPT)
		return bs_fail(err, BS_LIMIT, "%.60s gave a larger result than is allowed", name);
	if (WIFSIGNALED(how))
		return bs_fail(err, BS_IO, "%.60s ended by signal %d (%s)", name, WTERMSIG(how), strsignal(WTERMSIG(how)));
	return bs_fail(err, BS_IO, "%.60s ended with exit code %d", name, WEXITSTATUS(how));
}

static enum bs_rc judge(const struct bs_task *task, uint32_t status, struct bs_err *err)
{
	struct bs_str reason = bs_str_utf8_prefix(bs_buf_str(task->text_out), sizeof(err->text) - 1);

	if (status == BS_FRAME_WELL)
		return BS_OK;
	return bs_fail(err, status == BS_FRAME_REFUSED ? BS_INVALID : BS_IO, "%.*s", (int)reason.len, reason.ptr);
}

enum bs_rc bs_crew_do(struct bs_crew *crew, const struct bs_task *task, struct bs_err *err)
{
	struct hand *hand;
	uint32_t status = 0;
	enum bs_rc rc = BS_OK;

	if (task->text.len > BS_FRAME_TEXT_MAX)
		return bs_fail(err, BS_LIMIT, "a job's text has %zu bytes; %d are allowed", task->text.len, BS_FRAME_TEXT_MAX);
	hand = take(crew);
	if (hand->pid == 0)
		rc = start(crew, hand, err);
	if (rc == BS_OK) {
		rc = exchange(hand->fd, task, bs_monotonic_usec() + (int64_t)crew->seconds * 1000000, &status);
		rc = rc == BS_OK ? judge(task, status, err) : lose(crew, hand, rc, err);
	}
	give_back(crew, hand);
	return rc;
}

void bs_crew_close(struct bs_crew **crew)
{
	if (*crew == NULL)
		return;
	for (unsigned i = 0; i < (*crew)->count; i++)
		if ((*crew)->hands[i].pid != 0)
			end(&(*crew)->hands[i], false);
	pthread_cond_destroy(&(*crew)->free);
	pthread_mutex_destroy(&(*crew)->lock);
	free((*crew)->program);
	free(*crew);
	*crew = NULL;
}
