/* http_server.c - a server of the http room with a route for each thing that a client can meet; tests/site/http/http.test.mjs and
 * bench/serve.mjs drive it. Arguments are NAME=VALUE, listed in `settings` below. */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "http/server.h"
#include "http/static.h"
#include "http/stream.h"

enum { STREAMS = 64 };

struct site {
	pthread_mutex_t lock; /* of the streams */
	struct bs_stream *streams[STREAMS];
	struct bs_server_options options;
	struct bs_metrics *metrics;
	int folder;
	struct bs_response *small, *large; /* what the cache holds */
};

static const struct bs_policy policy = { .csp = BS_STR_INIT("default-src 'self'; frame-ancestors 'none'") };

static void answer_text(struct bs_request *request, int status, struct bs_buf *text)
{
	struct bs_response_options options = { .status = status, .type = BS_STR("text/plain; charset=utf-8"), .body = text, .policy = &policy };
	struct bs_response *response;

	if (bs_response_new(&options, &response, NULL) == BS_OK)
		bs_request_answer(request, response);
	bs_buf_free(text);
}

/* Words that compress as prose does. */
static struct bs_response *page_of(size_t bytes)
{
	static const char *const words[] = { "council ", "harbour ", "yesterday ", "the ", "vote ", "of ", "<p>", "river ", "and ", "said " };
	struct bs_header tag = { BS_STR("Cache-Tag"), BS_STR("story:42 latest") };
	struct bs_response_options options = { .type = BS_STR("text/html; charset=utf-8"), .cache_control = BS_STR("public, max-age=60"),
		                               .modified = 1763112600, .policy = &policy, .headers = &tag, .header_count = 1 };
	struct bs_buf body = BS_BUF(bytes + 16);
	struct bs_response *response = NULL;
	unsigned seed = 7;

	while (body.len < bytes) {
		seed = seed * 1103515245 + 12345;
		bs_buf_put(&body, bs_str_c(words[(seed >> 16) % BS_COUNT(words)]));
	}
	body.len = bytes;
	options.body = &body;
	if (bs_response_new(&options, &response, NULL) != BS_OK)
		abort();
	return response;
}

static struct bs_response *lookup(struct bs_request *request, void *ctx)
{
	struct site *site = ctx;

	if (bs_str_eq(request->target.path, BS_STR("/cached/small")))
		return bs_response_hold(site->small);
	if (bs_str_eq(request->target.path, BS_STR("/cached/large")))
		return bs_response_hold(site->large);
	return NULL;
}

static void refuse(struct bs_request *request, void *ctx)
{
	struct bs_buf body = BS_BUF(1024);

	(void)ctx;
	bs_buf_printf(&body, "our own page for %d\n", request->status);
	answer_text(request, request->status, &body);
}

static void show_request(struct bs_request *request, void *ctx)
{
	struct bs_buf body = BS_BUF(64 * 1024);
	char address[BS_ADDRESS_MAX];
	struct bs_str q = { 0 };
	enum bs_rc rc = bs_form_get(request->arena, request->method == BS_POST ? request->body : request->target.query, BS_STR("q"), &q);
	static const char *const kinds[] = { "lang", "year", "month", "day", "slug", "page", "id", "hash", "word", "file" };

	(void)ctx;
	bs_buf_printf(&body, "path=%.*s\nquery=%.*s\nbody=%zu\nq=%s:%.*s\nagent=%.*s\naddress=%.*s\n", BS_ARG(request->target.path),
	              BS_ARG(request->target.query), request->body.len, bs_rc_name(rc), BS_ARG(q),
	              BS_ARG(bs_request_header(request, "user-agent")), BS_ARG(bs_request_address(request, address)));
	for (size_t i = 0; i < BS_CAPTURE_KINDS; i++) {
		if (request->captures.text[i].ptr != NULL)
			bs_buf_printf(&body, "%s=%.*s\n", kinds[i], BS_ARG(request->captures.text[i]));
	}
	answer_text(request, 200, &body);
}

static void work_slowly(struct bs_request *request, void *ctx)
{
	const struct timespec pause = { 0, 400 * 1000000L };
	struct bs_buf body = BS_BUF(64);

	(void)ctx;
	nanosleep(&pause, NULL);
	bs_buf_lit(&body, "done\n");
	answer_text(request, 200, &body);
}

/* As show_request, which leaves its thread to others meanwhile. */
static void show_later(struct bs_request *request, void *ctx)
{
	const struct timespec pause = { 0, 150 * 1000000L };

	if (!bs_request_may_wait(request, BS_WAIT_BRIEF))
		return;
	nanosleep(&pause, NULL);
	show_request(request, ctx);
}

static void leave_unanswered(struct bs_request *request, void *ctx)
{
	(void)request;
	(void)ctx;
}

static void serve_file(struct bs_request *request, void *ctx)
{
	struct site *site = ctx;

	bs_static_serve(request, &(struct bs_static_options){ .folder = site->folder,
	                                                      .path = request->captures.text[BS_CAPTURE_FILE],
	                                                      .immutable = request->which == 1,
	                                                      .policy = &policy });
}

static void open_stream(struct bs_request *request, void *ctx)
{
	struct site *site = ctx;
	struct bs_stream *stream;

	if (bs_stream_open(request, &policy, &stream, NULL) != BS_OK) {
		bs_request_refuse(request, 503);
		return;
	}
	pthread_mutex_lock(&site->lock);
	for (size_t i = 0; i < STREAMS && stream != NULL; i++) {
		if (site->streams[i] == NULL) {
			site->streams[i] = stream;
			stream = NULL;
		}
	}
	pthread_mutex_unlock(&site->lock);
	bs_stream_drop(&stream);
}

/* Send each stream so many bytes; those that nobody hears are dropped. The answer is how many are left. */
static void tell_streams(struct bs_request *request, void *ctx)
{
	struct site *site = ctx;
	struct bs_buf data = BS_BUF(1024 * 1024), body = BS_BUF(64);
	unsigned left = 0;

	for (int64_t i = 0; i < request->captures.number[BS_CAPTURE_PAGE]; i++)
		bs_buf_putc(&data, 'x');
	pthread_mutex_lock(&site->lock);
	for (size_t i = 0; i < STREAMS; i++) {
		if (site->streams[i] != NULL && bs_stream_send(site->streams[i], BS_STR("tick"), bs_buf_str(&data)))
			left++;
		else
			bs_stream_drop(&site->streams[i]);
	}
	pthread_mutex_unlock(&site->lock);
	bs_buf_free(&data);
	bs_buf_printf(&body, "%u\n", left);
	answer_text(request, 200, &body);
}

static void show_metrics(struct bs_request *request, void *ctx)
{
	struct site *site = ctx;
	struct bs_buf body = BS_BUF(1024 * 1024);

	bs_metrics_write(site->metrics, &body);
	answer_text(request, 200, &body);
}

static const struct bs_route routes[] = {
	{ BS_GET, "/[{lang}/]", show_request, 0 },
	{ BS_GET, "[/{lang}]/{yyyy}/{mm}/{slug}", show_request, 0 },
	{ BS_GET, "/search", show_request, 0 },
	{ BS_POST, "/form", show_request, 0 },
	{ BS_GET, "/slow", work_slowly, 0 },
	{ BS_GET | BS_POST, "/later[/{n}]", show_later, 0 },
	{ BS_GET, "/unanswered", leave_unanswered, 0 },
	{ BS_GET, "/file/{file}", serve_file, 0 },
	{ BS_GET, "/hashed/{file}", serve_file, 1 },
	{ BS_GET, "/metrics", show_metrics, 0 },
	{ BS_GET, "/stream", open_stream, 0 },
	{ BS_GET, "/tell/{n}", tell_streams, 0 },
};

static bool is_lang(struct bs_str code, void *ctx)
{
	(void)ctx;
	return bs_str_eq(code, BS_STR("de"));
}

static void set(struct site *site, struct bs_str name, const char *value)
{
	struct bs_server_options *options = &site->options;
	const struct {
		const char *name;
		unsigned *number;
	} numbers[] = {
		{ "threads", &options->threads },
		{ "max-connections", &options->max_connections },
		{ "max-per-address", &options->max_per_address },
		{ "request-seconds", &options->request_seconds },
		{ "idle-seconds", &options->idle_seconds },
		{ "min-rate", &options->min_rate },
	};
	int64_t number = 0;

	if (bs_str_int(bs_str_c(value), &number) == BS_OK) {
		for (size_t i = 0; i < BS_COUNT(numbers); i++) {
			if (bs_str_eq(name, bs_str_c(numbers[i].name)))
				*numbers[i].number = (unsigned)number;
		}
		if (bs_str_eq(name, BS_STR("max-body")))
			options->max_body = (size_t)number;
	}
	if (bs_str_eq(name, BS_STR("listen")))
		options->listen = bs_str_c(value);
	if (bs_str_eq(name, BS_STR("folder")))
		site->folder = open(value, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (bs_str_eq(name, BS_STR("access-log")))
		options->access_log = value;
	if (bs_str_eq(name, BS_STR("log-addresses")))
		options->log_addresses = true;
}

static void wait_for_the_end(struct bs_server *server)
{
	sigset_t signals;
	int got = 0;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGHUP);
	while (got != SIGTERM) {
		sigwait(&signals, &got);
		if (got == SIGHUP)
			bs_server_reopen_log(server);
	}
}

int main(int argc, char **argv)
{
	struct site site = { .options = { .listen = BS_STR("127.0.0.1:0") }, .folder = -1, .lock = PTHREAD_MUTEX_INITIALIZER };
	struct bs_server *server;
	struct bs_err err;
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	for (int i = 1; i < argc; i++) {
		struct bs_str value = bs_str_c(argv[i]), name;
		if (bs_str_split(&value, '=', &name) && value.ptr != NULL)
			set(&site, name, value.ptr);
	}
	site.metrics = bs_metrics_new();
	site.small = page_of(2048);
	site.large = page_of(20480);
	struct bs_router *router = bs_router_new(is_lang, NULL);
	if (bs_router_add(router, routes, BS_COUNT(routes), &site, &err) != BS_OK)
		abort();
	site.options.router = router;
	site.options.lookup = lookup;
	site.options.refuse = refuse;
	site.options.ctx = &site;
	site.options.policy = &policy;
	site.options.metrics = site.metrics;
	if (bs_server_start(&site.options, &server, &err) != BS_OK) {
		fprintf(stderr, "%s: %s\n", bs_rc_name(err.rc), err.text);
		return 1;
	}
	printf("listening on http://%.*s/\n", BS_ARG(bs_server_address(server)));
	fflush(stdout);
	wait_for_the_end(server);
	bs_server_stop(&server, 5);
	for (size_t i = 0; i < STREAMS; i++)
		bs_stream_drop(&site.streams[i]);
	bs_response_drop(&site.small);
	bs_response_drop(&site.large);
	bs_router_free(&router);
	bs_metrics_free(&site.metrics);
	return 0;
}
