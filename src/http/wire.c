/* wire.c - from a connection to a request and from a response to the connection; libmicrohttpd's side of the server.
 *
 * libmicrohttpd calls back: when a connection opens and closes, when a request line is in (request_begins), then serve() once
 * when the head is in, once for each piece of body, and once more when all is in; at the end request_ends. An answer may be
 * queued in the first call of serve() only to refuse: the library then closes the connection, since it has not read the body.
 * Everything else is answered in the last call, which comes at once where there is no body.
 *
 * Whether a head is taken is head.c's to say, and what answers the request is request.c's. */
#include "http/internal.h"

#include <errno.h>
#include <microhttpd.h>
#include <sys/socket.h>

/* Memory of a connection: both heads, what the library notes of each header field, and some air. It is cleared after each
 * request, so it is not larger than that. */
enum { HEAD_ROOM = BS_MAX_REQUEST_HEAD + BS_MAX_RESPONSE_HEAD + 2048 };

/* ---- large bodies ---- */

/* Take one of the places for large bodies: 0, or the status to refuse with. */
static int roomy_enter(struct bs_connection *connection)
{
	if (connection->roomy)
		return 0;
	if (atomic_fetch_add(&connection->server->roomy, 1) >= BS_SERVER_ROOMY_AT_ONCE) {
		atomic_fetch_sub(&connection->server->roomy, 1);
		return 503;
	}
	connection->roomy = true;
	return 0;
}

static void roomy_leave(struct bs_connection *connection)
{
	if (connection->roomy)
		atomic_fetch_sub(&connection->server->roomy, 1);
	connection->roomy = false;
}

static size_t body_cap(const struct bs_server *server, struct bs_str target)
{
	const struct bs_server_options *options = &server->options;

	for (size_t i = 0; i < BS_SERVER_ROOMS; i++) {
		if (options->roomy[i].prefix.len > 0 && bs_str_starts(target, options->roomy[i].prefix))
			return options->roomy[i].bytes;
	}
	return options->max_body;
}

/* 0, or the status to refuse a body of this length with. */
static int check_length(struct bs_connection *connection, uint64_t length)
{
	if (length > connection->body.cap)
		return 413;
	return length > connection->server->options.max_body ? roomy_enter(connection) : 0;
}

/* ---- answering ---- */

static void queue_line(struct bs_connection *connection, int status);

static void queue(struct bs_connection *connection, struct bs_response *response)
{
	const struct bs_variant *variant;
	enum bs_standing standing = BS_WANTED;
	void *object;
	int status = bs_response_status(response);

	variant = bs_response_variant(response, connection->accept_encoding.len > 0 ? bs_coding_choose(connection->accept_encoding)
	                                                                            : BS_CODING_PLAIN);
	connection->length = connection->method == BS_HEAD ? 0 : variant->length;
	if (status == 200 && (connection->method & (BS_GET | BS_HEAD)) != 0)
		standing = bs_standing(&connection->has, bs_str_c(variant->etag), bs_response_modified(response));
	if (standing == BS_CHANGED) {
		queue_line(connection, 412);
		return;
	}
	if (standing == BS_UNCHANGED) {
		status = 304;
		object = bs_response_unchanged(response, variant);
		connection->length = 0;
	} else {
		object = bs_response_whole(response, variant);
	}
	connection->status = status;
	bs_connection_turn(connection, connection->streams ? BS_PHASE_STREAMING : BS_PHASE_SENDING, connection->started);
	if (MHD_queue_response(connection->wire, (unsigned)status, object) != MHD_YES)
		bs_log(BS_LOG_ERROR, "a response with status %d could not be queued; the connection is closed", status);
}

static void queue_line(struct bs_connection *connection, int status)
{
	struct bs_response *response = bs_response_line(connection->server, status, 0);

	if (response != NULL)
		queue(connection, response);
	bs_response_drop(&response);
}

static struct bs_worker *worker_here(struct bs_server *server)
{
	/* A thread of the library's pool serves one server for all its life. */
	static _Thread_local struct bs_worker *here;

	if (here == NULL)
		here = &server->workers[atomic_fetch_add(&server->workers_known, 1)];
	return here;
}

void bs_wire_handle(struct bs_connection *connection, struct bs_worker *worker, bool closed)
{
	connection->ready = closed ? bs_response_line(connection->server, 503, 0) : bs_request_handle(connection, worker);
}

static enum MHD_Result answer(struct bs_connection *connection)
{
	struct bs_response *response = connection->ready;

	if (connection->turn == BS_TURN_HERE)
		response = bs_request_handle(connection, worker_here(connection->server));
	if (connection->turn == BS_TURN_LATER) {
		bs_later_put(connection);
		return MHD_YES;
	}
	connection->ready = NULL;
	if (response != NULL)
		queue(connection, response);
	bs_response_drop(&response);
	return connection->status != 0 ? MHD_YES : MHD_NO;
}

/* In the first call: the connection ends with this. */
static enum MHD_Result refuse_at_once(struct bs_connection *connection, int status)
{
	connection->accept_encoding = (struct bs_str){ 0 };
	queue_line(connection, status);
	return connection->status != 0 ? MHD_YES : MHD_NO;
}

/* A body over its cap is read on for a while, so that the answer reaches a client that writes before it reads. */
static enum MHD_Result take_body(struct bs_connection *connection, const char *data, size_t len)
{
	size_t cap = connection->server->options.max_body;

	if (connection->refused == 0 && connection->body.len + len > cap && connection->body.cap > cap)
		connection->refused = roomy_enter(connection);
	if (connection->refused == 0)
		bs_buf_put(&connection->body, bs_str_n(data, len));
	if (connection->body.failed)
		connection->refused = 413;
	if (connection->refused != 0)
		connection->thrown_away += len;
	return connection->thrown_away > cap ? MHD_NO : MHD_YES;
}

static enum MHD_Result serve(void *cls, struct MHD_Connection *wire, const char *path, const char *method, const char *version,
                             const char *data, size_t *len, void **ctx)
{
	struct bs_connection *connection = *ctx;
	enum MHD_Result result;
	uint64_t length = 0;
	int status;

	(void)cls;
	(void)wire;
	if (connection == NULL)
		return MHD_NO;
	if (!connection->head_checked) {
		connection->head_checked = true;
		connection->path = path;
		connection->method_text = method;
		connection->version = version;
		status = bs_head_check(connection, &length);
		if (status == 0)
			status = check_length(connection, length);
		return status == 0 ? MHD_YES : refuse_at_once(connection, status);
	}
	if (*len == 0)
		return answer(connection);
	result = take_body(connection, data, *len);
	*len = 0;
	return result;
}

/* ---- the library's other calls ---- */

static struct bs_connection *connection_of(struct MHD_Connection *wire)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(wire, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info != NULL ? info->socket_context : NULL;
}

/* The request line is in. What is returned becomes serve's ctx. */
static void *request_begins(void *cls, const char *target, struct MHD_Connection *wire)
{
	struct bs_connection *connection = connection_of(wire);

	if (connection == NULL)
		return NULL;
	connection->server = cls;
	connection->wire = wire;
	connection->started = bs_monotonic_usec();
	connection->method = BS_GET;
	connection->head_checked = false;
	connection->refused = 0;
	connection->streams = false;
	connection->turn = BS_TURN_HERE;
	connection->thrown_away = 0;
	connection->status = 0;
	connection->length = 0;
	connection->accept_encoding = (struct bs_str){ 0 };
	connection->has = (struct bs_preconditions){ 0 };
	connection->method_text = connection->version = connection->path = "";
	connection->body = BS_BUF(body_cap(connection->server, bs_str_c(target)));
	connection->target_len = strlen(target);
	connection->has_query = strchr(target, '?') != NULL && connection->target_len <= sizeof(connection->target);
	if (connection->has_query)
		memcpy(connection->target, target, connection->target_len);
	bs_connection_turn(connection, BS_PHASE_RECEIVING, connection->started);
	return connection;
}

static void log_request(struct bs_connection *connection)
{
	struct bs_server *server = connection->server;
	struct bs_request request = { .connection = connection };
	char address[BS_ADDRESS_MAX];
	struct bs_access access = { .address = "-", .status = connection->status, .bytes = connection->length };

	if (connection->head_checked) { /* else the library refused the head itself; its parts were not seen */
		access.method = connection->method_text;
		access.version = connection->version;
		access.target = bs_str_n(connection->has_query ? connection->target : connection->path, connection->target_len);
	}
	if (server->options.log_addresses && bs_request_address(&request, address).len > 0)
		access.address = address;
	bs_access_log_put(server->log, worker_here(server)->id, &access);
}

static void note_answer(struct bs_connection *connection)
{
	struct bs_server *server = connection->server;

	bs_counter_add(server->requests[connection->status / 100], 1);
	bs_counter_add(server->bytes, connection->length);
	if (server->log != NULL)
		log_request(connection);
}

/* What the library answers before a request line is in it tells of nowhere else: this is its log, and a status the first thing in the line. */
static void library_says(void *cls, const char *format, va_list values)
{
	if (strstr(format, "HTTP response code is %u") != NULL)
		worker_here(cls)->refusal = va_arg(values, unsigned);
}

/* A connection ends with nothing but such an answer. Its status is that of another one at worst, refused by the same thread since. */
static void note_refusal(struct bs_server *server, struct bs_connection *connection, struct MHD_Connection *wire)
{
	unsigned status = worker_here(server)->refusal;

	connection->server = server;
	connection->wire = wire;
	connection->head_checked = false;
	connection->length = 0;
	connection->status = status >= 400 && status < 600 ? (int)status : 400;
	note_answer(connection);
}

static void request_ends(void *cls, struct MHD_Connection *wire, void **ctx, enum MHD_RequestTerminationCode how)
{
	struct bs_connection *connection = *ctx;
	const union MHD_ConnectionInfo *info;
	struct bs_server *server = cls;
	int64_t now;

	(void)how;
	if (connection == NULL)
		return;
	*ctx = NULL;
	if (connection->status == 0) {
		info = MHD_get_connection_info(wire, MHD_CONNECTION_INFO_HTTP_STATUS);
		connection->status = info != NULL ? (int)info->http_status : 0;
	}
	now = bs_monotonic_usec();
	bs_connection_turn(connection, BS_PHASE_IDLE, now);
	if (connection->status >= 100 && connection->status < 600) {
		if (!connection->streams) /* how long one is listened to says nothing of how quick we are */
			bs_histogram_add(server->seconds, now - connection->started);
		note_answer(connection);
	}
	bs_buf_free(&connection->body);
	bs_response_drop(&connection->ready);
	roomy_leave(connection);
}

static enum MHD_Result admit(void *cls, const struct sockaddr *peer, socklen_t len)
{
	struct bs_server *server = cls;

	(void)len;
	return bs_guard_admits(server->guard, peer) ? MHD_YES : MHD_NO;
}

static void connection_changes(void *cls, struct MHD_Connection *wire, void **ctx, enum MHD_ConnectionNotificationCode what)
{
	struct bs_server *server = cls;
	const union MHD_ConnectionInfo *peer, *socket;

	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		if (*ctx != NULL && bs_guard_was_refused(*ctx))
			note_refusal(server, *ctx, wire);
		if (*ctx != NULL)
			bs_guard_leave(server->guard, *ctx);
		*ctx = NULL;
		return;
	}
	peer = MHD_get_connection_info(wire, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	socket = MHD_get_connection_info(wire, MHD_CONNECTION_INFO_CONNECTION_FD);
	*ctx = bs_guard_enter(server->guard, (int)socket->connect_fd, peer != NULL ? peer->client_addr : NULL);
	if (*ctx == NULL)
		shutdown((int)socket->connect_fd, SHUT_RDWR);
}

/* Leave the target as it came: target.c decodes it, once. */
static size_t no_decoding(void *cls, struct MHD_Connection *wire, char *text)
{
	(void)cls;
	(void)wire;
	return strlen(text);
}

enum bs_rc bs_wire_start(struct bs_server *server, struct bs_err *err)
{
	const struct bs_server_options *options = &server->options;

	server->daemon = MHD_start_daemon(
	        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, admit, server, serve, server,
	        MHD_OPTION_EXTERNAL_LOGGER, library_says, server,
	        MHD_OPTION_LISTEN_SOCKET, server->listener,
	        MHD_OPTION_THREAD_POOL_SIZE, options->threads,
	        MHD_OPTION_CONNECTION_LIMIT, options->max_connections,
	        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_ROOM,
	        MHD_OPTION_CONNECTION_TIMEOUT, 0U, /* guard.c keeps the time, and cheaper */
	        MHD_OPTION_URI_LOG_CALLBACK, request_begins, server,
	        MHD_OPTION_UNESCAPE_CALLBACK, no_decoding, NULL,
	        MHD_OPTION_NOTIFY_COMPLETED, request_ends, server,
	        MHD_OPTION_NOTIFY_CONNECTION, connection_changes, server,
	        MHD_OPTION_END);
	if (server->daemon != NULL)
		server->listener = -1; /* the library closes it */
	else
		return bs_fail(err, BS_IO, "the server's threads could not be started on %s: %s", server->address, strerror(errno));
	return BS_OK;
}

void bs_wire_stop(struct bs_server *server)
{
	if (server->daemon != NULL)
		MHD_stop_daemon(server->daemon);
	server->daemon = NULL;
}
