/* server.c - starting and stopping; see server.h. The room opens the listening socket itself, so that it can say what is wrong
 * with an address and which port it got. No SO_REUSEPORT: a second server on the same port is a mistake that should be
 * told, and one socket shared by all threads needs no balancing between them.
 *
 * The sweeper is one thread that does what has to be done by the clock: end slow connections, write the access log. */
#include "http/internal.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { DEFAULT_CONNECTIONS = 4096, DEFAULT_PER_ADDRESS = 128, BACKLOG = 1024, OTHER_FILES = 256 };
enum { REQUEST_SECONDS = 15, IDLE_SECONDS = 20, MIN_RATE = 1024, MAX_THREADS = 256 };
enum { SWEEP_MSEC = 250, MSEC = 1000 }; /* MSEC in microseconds */

/* ---- the address ---- */

/* "HOST:PORT" apart; an IPv6 host stands in brackets, an empty one means every address. */
static bool split_address(struct bs_str listen, char host[64], char port[8])
{
	size_t colon = SIZE_MAX;
	struct bs_str name, number;

	for (size_t i = 0; i < listen.len; i++)
		colon = listen.ptr[i] == ':' ? i : colon;
	if (colon == SIZE_MAX)
		return false;
	name = bs_str_sub(listen, 0, colon);
	number = bs_str_sub(listen, colon + 1, SIZE_MAX);
	if (name.len >= 2 && name.ptr[0] == '[' && name.ptr[name.len - 1] == ']')
		name = bs_str_sub(name, 1, name.len - 2);
	else if (bs_str_find_byte(name, ':', 0) != SIZE_MAX)
		return false;
	if (name.len >= 64 || number.len == 0 || number.len > 5)
		return false;
	for (size_t i = 0; i < number.len; i++) {
		if (number.ptr[i] < '0' || number.ptr[i] > '9')
			return false;
	}
	if (number.len == 5 && bs_str_cmp(number, BS_STR("65535")) > 0)
		return false;
	*(char *)mempcpy(host, name.ptr, name.len) = '\0';
	*(char *)mempcpy(port, number.ptr, number.len) = '\0';
	return true;
}

/* Its connections inherit this: at most so many bytes wait in the kernel that the peer has no room for yet. Without it a
 * client that asks for files and reads nothing fills megabytes of kernel memory with each. */
enum { UNSENT_BYTES = 128 * 1024 };

static enum bs_rc open_listener(const struct addrinfo *at, const struct bs_server_options *options, int *out, struct bs_err *err)
{
	int one = 1, zero = 0, unsent = UNSENT_BYTES, fd = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) == 0 &&
	    (at->ai_family != AF_INET6 || setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &zero, sizeof(zero)) == 0) &&
	    setsockopt(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof(unsent)) == 0 &&
	    bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0) {
		*out = fd;
		return BS_OK;
	}
	if (fd >= 0)
		close(fd);
	if (errno == EADDRINUSE)
		return bs_fail(err, BS_BUSY, "the address " BS_FMT " is in use; stop what listens there or choose another port",
		               BS_ARG(options->listen));
	if (errno == EACCES)
		return bs_fail(err, BS_DENIED, "no permission to listen on " BS_FMT "; ports below 1024 need CAP_NET_BIND_SERVICE",
		               BS_ARG(options->listen));
	return bs_fail(err, BS_IO, "can't listen on " BS_FMT ": %s", BS_ARG(options->listen), strerror(errno));
}

static enum bs_rc listen_on(struct bs_server *server, struct bs_err *err)
{
	struct addrinfo hints = { .ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM }, *found = NULL;
	char host[64], port[8];
	enum bs_rc rc;
	int fault;

	if (!split_address(server->options.listen, host, port))
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no address to listen on; write it as 127.0.0.1:8080, [::1]:8080 or :8080",
		               BS_ARG(server->options.listen));
	/* Every address: one IPv6 socket takes IPv4 as well, where the machine has IPv6 at all. */
	hints.ai_family = host[0] == '\0' ? AF_INET6 : AF_UNSPEC;
	fault = getaddrinfo(host[0] != '\0' ? host : NULL, port, &hints, &found);
	if (fault != 0)
		return bs_fail(err, BS_INVALID, "the address '" BS_FMT "' is not known: %s", BS_ARG(server->options.listen),
		               gai_strerror(fault));
	rc = open_listener(found, &server->options, &server->listener, err);
	freeaddrinfo(found);
	if (rc == BS_IO && host[0] == '\0') {
		hints.ai_family = AF_INET;
		if (getaddrinfo(NULL, port, &hints, &found) == 0) {
			rc = open_listener(found, &server->options, &server->listener, err);
			freeaddrinfo(found);
		}
	}
	return rc;
}

static enum bs_rc name_listener(struct bs_server *server, struct bs_err *err)
{
	struct sockaddr_storage bound;
	socklen_t len = sizeof(bound);
	char host[48], port[8];

	if (getsockname(server->listener, (struct sockaddr *)&bound, &len) != 0 ||
	    getnameinfo((struct sockaddr *)&bound, len, host, sizeof(host), port, sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		return bs_fail(err, BS_IO, "the system does not tell which port it gave: %s", strerror(errno));
	if (bound.ss_family == AF_INET6)
		(void)snprintf(server->address, sizeof(server->address), "[%s]:%s", host, port);
	else
		(void)snprintf(server->address, sizeof(server->address), "%s:%s", host, port);
	return BS_OK;
}

/* ---- the clock ---- */

static void *sweep(void *cls)
{
	struct bs_server *server = cls;
	const struct timespec pause = { 0, SWEEP_MSEC * 1000000L };

	while (!atomic_load(&server->stopping)) {
		nanosleep(&pause, NULL);
		bs_guard_sweep(server->guard, bs_monotonic_usec());
		bs_streams_sweep(server, bs_monotonic_usec());
		if (server->log != NULL)
			bs_access_log_flush(server->log);
	}
	return NULL;
}

/* ---- start and stop ---- */

/* As many connections as there may be open files, beside those that the rest of the program needs. */
static unsigned connections_possible(unsigned wanted)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return wanted;
	if (files.rlim_cur < files.rlim_max) {
		files.rlim_cur = files.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &files);
		(void)getrlimit(RLIMIT_NOFILE, &files);
	}
	if (files.rlim_cur < 2 * OTHER_FILES)
		return OTHER_FILES;
	return files.rlim_cur - OTHER_FILES < wanted ? (unsigned)(files.rlim_cur - OTHER_FILES) : wanted;
}

static unsigned or_default(unsigned given, unsigned otherwise)
{
	return given != 0 ? given : otherwise;
}

static void put_defaults(struct bs_server_options *options)
{
	options->threads = or_default(options->threads, bs_cores());
	if (options->threads > MAX_THREADS)
		options->threads = MAX_THREADS;
	options->max_body = options->max_body != 0 ? options->max_body : BS_MAX_REQUEST_BODY;
	options->max_connections = connections_possible(or_default(options->max_connections, DEFAULT_CONNECTIONS));
	if (options->max_connections < options->threads)
		options->max_connections = options->threads;
	options->max_per_address = or_default(options->max_per_address, DEFAULT_PER_ADDRESS);
	options->request_seconds = or_default(options->request_seconds, REQUEST_SECONDS);
	options->idle_seconds = or_default(options->idle_seconds, IDLE_SECONDS);
	options->min_rate = or_default(options->min_rate, MIN_RATE);
}

static void register_metrics(struct bs_server *server)
{
	static const char *const classes[] = { NULL, "class=\"1xx\"", "class=\"2xx\"", "class=\"3xx\"", "class=\"4xx\"", "class=\"5xx\"" };
	struct bs_metrics *metrics = server->options.metrics;

	for (size_t i = 1; i < BS_COUNT(classes); i++)
		server->requests[i] = bs_metrics_counter(metrics, "broadsheet_http_requests_total", classes[i],
		                                         "Requests answered, by class of status.");
	server->bytes = bs_metrics_counter(metrics, "broadsheet_http_body_bytes_total", "", "Bytes of response bodies sent.");
	server->seconds = bs_metrics_histogram(metrics, "broadsheet_http_request_seconds", "",
	                                       "From the request line to the last byte of the answer.");
}

static void server_free(struct bs_server **freed)
{
	struct bs_server *server = *freed;

	bs_guard_free(&server->guard);
	bs_access_log_close(&server->log);
	pthread_mutex_destroy(&server->streams_lock);
	pthread_mutex_destroy(&server->later.lock);
	pthread_cond_destroy(&server->later.change);
	for (unsigned i = 0; server->workers != NULL && i < server->options.threads + BS_SERVER_WAITERS; i++)
		bs_arena_free(&server->workers[i].arena);
	free(server->workers);
	if (server->listener >= 0)
		close(server->listener);
	free(server);
	*freed = NULL;
}

static void make_workers(struct bs_server *server)
{
	unsigned count = server->options.threads + BS_SERVER_WAITERS;

	server->workers = bs_alloc(count * sizeof(*server->workers));
	for (unsigned i = 0; i < count; i++) {
		server->workers[i].server = server;
		server->workers[i].id = i;
		server->workers[i].arena = bs_arena_new();
	}
}

enum bs_rc bs_server_start(const struct bs_server_options *options, struct bs_server **out, struct bs_err *err)
{
	struct bs_server *server = bs_alloc(sizeof(*server));
	struct bs_server_options *with = &server->options;
	enum bs_rc rc;

	*out = NULL;
	server->listener = -1;
	pthread_mutex_init(&server->streams_lock, NULL);
	pthread_mutex_init(&server->later.lock, NULL);
	pthread_cond_init(&server->later.change, NULL);
	*with = *options;
	put_defaults(with);
	rc = listen_on(server, err);
	if (rc == BS_OK)
		rc = name_listener(server, err);
	if (rc == BS_OK && options->access_log != NULL)
		rc = bs_access_log_open(options->access_log, with->threads, &server->log, err);
	if (rc != BS_OK)
		goto done;
	make_workers(server);
	register_metrics(server);
	server->guard = bs_guard_new(&(struct bs_guard_options){ with->max_connections, with->max_per_address, with->request_seconds,
	                                                         with->idle_seconds, with->min_rate, with->metrics });
	rc = bs_later_start(server, err);
	if (rc == BS_OK)
		rc = bs_wire_start(server, err);
	if (rc == BS_OK && pthread_create(&server->sweeper, NULL, sweep, server) != 0) {
		bs_wire_stop(server);
		rc = bs_fail(err, BS_IO, "the server's clock could not be started: the system gives no thread");
	}
done:
	if (rc == BS_OK) {
		*out = server;
	} else {
		bs_later_stop(server);
		server_free(&server);
	}
	return rc;
}

struct bs_str bs_server_address(const struct bs_server *server)
{
	return bs_str_c(server->address);
}

unsigned bs_server_threads(const struct bs_server *server)
{
	return server->options.threads;
}

void bs_server_reopen_log(struct bs_server *server)
{
	if (server->log != NULL)
		bs_access_log_reopen(server->log);
}

void bs_server_stop(struct bs_server **stopped, unsigned seconds)
{
	const struct timespec pause = { 0, 20 * 1000000L };
	struct bs_server *server = *stopped;
	int64_t deadline;
	unsigned busy;

	if (server == NULL)
		return;
	deadline = bs_monotonic_usec() + (int64_t)seconds * 1000 * MSEC;
	bs_guard_close(server->guard);
	bs_streams_close(server);
	while (bs_guard_count(server->guard, &busy) > 0 && busy > 0 && bs_monotonic_usec() < deadline)
		nanosleep(&pause, NULL);
	atomic_store(&server->stopping, true);
	pthread_join(server->sweeper, NULL);
	bs_later_stop(server);
	bs_wire_stop(server);
	server_free(&server);
	*stopped = NULL;
}
