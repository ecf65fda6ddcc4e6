/* wire.c - from a connection to a request and from a response to the connection; libmicrohttpd's side of the server.
 *
 * libmicrohttpd calls back: when a connection opens and closes, when a request line is in (request_begins), then serve() once
 * when the head is in, once for each piece of body, and once more when all is in; at the end request_ends. An answer may be
 * queued in the first call of serve() only to refuse: the library then closes the connection, since it has not read the body.
 * Everything else is answered in the last call, which comes at once where there is no body.
 *
 * A head is taken only if it can be read in one way. What the library forgives (repeated Content-Length, a length together
 * with chunks, folded lines, bare line feeds, spaces in names) is how requests are smuggled past a proxy, so it is refused:
 * check_head. */
#include "http/internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>

/* Memory of a connection: both heads, what the library notes of each header field, and some air. It is cleared after each
 * request, so it is not larger than that. */
enum { HEAD_ROOM = BS_MAX_REQUEST_HEAD + BS_MAX_RESPONSE_HEAD + 2048, FIELD_COST = 80, MAX_FIELDS = 64 };

/* ---- the head ---- */

struct head_check {
	struct bs_connection *connection;
	const char *expected;   /* where the next field must begin if nothing was folded, cut or hidden before it */
	unsigned fields, hosts, lengths, codings;
	size_t noted;           /* bytes that the library keeps beside the head: a note per field, cookies once more */
	uint64_t length;
	bool bad;
	bool chunked;
};

static bool is_token(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)name[i];
		bool alnum = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!alnum && (c <= ' ' || c >= 0x7F || strchr("!#$%&'*+-.^_`|~", c) == NULL))
			return false;
	}
	return len > 0;
}

static bool is_field_value(const char *value, size_t len)
{
	bool bad = false;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)value[i];
		bad |= (c < ' ' && c != '\t') || c == 0x7F;
	}
	return !bad;
}

/* The fields that decide how the request is read and answered; told apart by length first. */
static void note_field(struct head_check *check, struct bs_str name, struct bs_str value)
{
	struct bs_connection *connection = check->connection;

	switch (name.len) {
	case 4:
		check->hosts += bs_str_eq_nocase(name, BS_STR("Host"));
		break;
	case 6:
		check->noted += bs_str_eq_nocase(name, BS_STR("Cookie")) ? value.len : 0;
		break;
	case 13:
		if (bs_str_eq_nocase(name, BS_STR("If-None-Match")))
			connection->has.if_none_match = value;
		break;
	case 14:
		if (bs_str_eq_nocase(name, BS_STR("Content-Length"))) {
			int64_t length = -1;
			check->lengths++;
			check->bad |= value.len == 0 || value.ptr[0] < '0' || value.ptr[0] > '9' ||
			              bs_str_int(bs_str_trim(value), &length) != BS_OK;
			check->length = (uint64_t)length;
		}
		break;
	case 15:
		if (bs_str_eq_nocase(name, BS_STR("Accept-Encoding")))
			connection->accept_encoding = value;
		break;
	case 17:
		if (bs_str_eq_nocase(name, BS_STR("If-Modified-Since")))
			connection->has.if_modified_since = value;
		if (bs_str_eq_nocase(name, BS_STR("Transfer-Encoding"))) {
			check->codings++;
			check->chunked = bs_str_eq_nocase(bs_str_trim(value), BS_STR("chunked"));
		}
		break;
	default:
		break;
	}
}

static enum MHD_Result see_field(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_len, const char *value,
                                 size_t value_len)
{
	struct head_check *check = cls;

	(void)kind;
	check->fields++;
	check->noted += FIELD_COST;
	/* The library leaves each line where it came in, ends name and value with a NUL and forgets the line's CRLF: so the next
	 * name stands two bytes behind. It stands elsewhere after a folded line, a bare LF or a NUL in the line. */
	if (value == NULL || (check->expected != NULL && name != check->expected) || !is_token(name, name_len) ||
	    !is_field_value(value, value_len)) {
		check->bad = true;
		return MHD_NO;
	}
	check->expected = value + value_len + 2;
	note_field(check, bs_str_n(name, name_len), bs_str_n(value, value_len));
	return MHD_YES;
}

static bool parse_method(const char *text, enum bs_method *out)
{
	static const struct {
		const char *text;
		enum bs_method method;
	} known[] = { { "GET", BS_GET },       { "HEAD", BS_HEAD },       { "POST", BS_POST },
		      { "PUT", BS_PUT },       { "DELETE", BS_DELETE },   { "OPTIONS", BS_OPTIONS } };

	for (size_t i = 0; i < BS_COUNT(known); i++) {
		if (strcmp(text, known[i].text) == 0) {
			*out = known[i].method;
			return true;
		}
	}
	return false;
}

/* Whether the bytes of the head are where a head that hides nothing has them. */
static bool head_is_plain(struct bs_connection *connection, const struct head_check *check)
{
	const union MHD_ConnectionInfo *size =
	        MHD_get_connection_info(connection->wire, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

	return connection->path == connection->method_text + strlen(connection->method_text) + 1 &&
	       connection->version == connection->path + connection->target_len + 1 && size != NULL &&
	       check->expected + 2 == connection->method_text + size->header_size;
}

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

/* 0, or the status to refuse the request with. */
static int check_head(struct bs_connection *connection)
{
	struct head_check check = { .connection = connection };
	const union MHD_ConnectionInfo *size;

	if (strcmp(connection->version, "HTTP/1.1") != 0 && strcmp(connection->version, "HTTP/1.0") != 0)
		return 505;
	check.expected = connection->version + strlen(connection->version) + 2;
	MHD_get_connection_values_n(connection->wire, MHD_HEADER_KIND, see_field, &check);
	if (check.bad || !head_is_plain(connection, &check) || check.lengths > 1 || check.codings > 1 || check.hosts > 1 ||
	    (check.lengths > 0 && check.codings > 0) || (check.hosts == 0 && connection->version[7] == '1'))
		return 400;
	if (check.codings > 0 && (!check.chunked || connection->version[7] == '0'))
		return check.chunked ? 400 : 501;
	size = MHD_get_connection_info(connection->wire, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	if (check.fields > MAX_FIELDS || size->header_size + check.noted > BS_MAX_REQUEST_HEAD)
		return 431;
	if (connection->target_len > BS_MAX_REQUEST_TARGET)
		return 414;
	if (!parse_method(connection->method_text, &connection->method))
		return 501;
	if ((check.length > 0 || check.chunked) && (connection->method & (BS_POST | BS_PUT)) == 0)
		return 400;
	return check.length > connection->body.cap ? 413 : check.length > connection->server->options.max_body ? roomy_enter(connection) : 0;
}

/* ---- answering ---- */

static void queue(struct bs_connection *connection, struct bs_response *response)
{
	const struct bs_variant *variant;
	void *object;
	int status = bs_response_status(response);

	variant = bs_response_variant(response, connection->accept_encoding.len > 0 ? bs_coding_choose(connection->accept_encoding)
	                                                                            : BS_CODING_PLAIN);
	connection->length = connection->method == BS_HEAD ? 0 : variant->length;
	if (status == 200 && (connection->method & (BS_GET | BS_HEAD)) != 0 &&
	    bs_still_good(&connection->has, bs_str_c(variant->etag), bs_response_modified(response))) {
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

/* A line of text for programs and for people whom nothing nicer reached. `allow` 0: no Allow. After a request that could
 * not be read or was too long, the connection ends: what follows on it can't be trusted to be the next one. */
static struct bs_response *status_line(const struct bs_server *server, int status, unsigned allow)
{
	static const struct {
		unsigned method;
		const char *text;
	} names[] = { { BS_GET, "GET, HEAD, " }, { BS_POST, "POST, " }, { BS_PUT, "PUT, " }, { BS_DELETE, "DELETE, " } };
	struct bs_buf body = BS_BUF(256), list = BS_BUF(256);
	struct bs_header header = { BS_STR("Connection"), BS_STR("close") };
	struct bs_response_options options = { .status = status, .policy = server->options.policy, .headers = &header,
		                               .header_count = status == 400 || status == 413 };
	struct bs_response *response = NULL;

	for (size_t i = 0; i < BS_COUNT(names) && allow != 0; i++) {
		if ((allow & names[i].method) != 0)
			bs_buf_put(&list, bs_str_c(names[i].text));
	}
	if (allow != 0) {
		bs_buf_lit(&list, "OPTIONS");
		header = (struct bs_header){ BS_STR("Allow"), bs_buf_str(&list) };
		options.header_count = 1;
	}
	if (status != 204) {
		bs_buf_printf(&body, "%d %s\n", status, MHD_get_reason_phrase_for((unsigned)status));
		options.type = BS_STR("text/plain; charset=utf-8");
		options.body = &body;
		options.cache_control = BS_STR("no-store");
	}
	if (bs_response_new(&options, &response, NULL) != BS_OK)
		bs_log(BS_LOG_ERROR, "the server's policy makes no response: a header in it has a control character or is too long");
	bs_buf_free(&body);
	bs_buf_free(&list);
	return response;
}

/* The request's answer, or the page of the status that it left instead. */
static struct bs_response *settle(struct bs_server *server, struct bs_request *request)
{
	struct bs_response *response = request->response;
	const struct bs_connection *connection = request->connection;

	if (response != NULL || connection->turn == BS_TURN_LATER)
		return response;
	if (request->status < 400)
		request->status = 500;
	if (server->options.refuse != NULL)
		server->options.refuse(request, server->options.ctx);
	return request->response != NULL ? request->response : status_line(server, request->status, 0);
}

static void redirect_slash(struct bs_request *request)
{
	struct bs_str path = request->target.path, parts[2] = { path, BS_STR("/") };

	if (bs_str_ends(path, BS_STR("/")))
		path = bs_str_sub(path, 0, path.len - 1);
	else
		path = bs_arena_join(request->arena, parts, 2, BS_STR(""));
	bs_request_redirect(request, 308, bs_target_write(request->arena, path, request->target.query));
}

/* Ask the router, and the handler that it names. */
static struct bs_response *route(struct bs_server *server, struct bs_request *request, enum bs_method method)
{
	struct bs_match match;
	enum bs_match_result result = BS_MATCH_NONE;

	if (server->options.router != NULL)
		result = bs_router_match(server->options.router, method, request->target.path, &match);
	switch (result) {
	case BS_MATCH_FOUND:
		request->captures = match.captures;
		request->which = match.route->which;
		match.route->handle(request, match.ctx);
		break;
	case BS_MATCH_METHOD:
		return status_line(server, method == BS_OPTIONS ? 204 : 405, match.allowed);
	case BS_MATCH_SLASH:
		redirect_slash(request);
		break;
	case BS_MATCH_NONE:
		bs_request_refuse(request, 404);
		break;
	}
	return settle(server, request);
}

static struct bs_worker *worker_here(struct bs_server *server)
{
	/* A thread of the library's pool serves one server for all its life. */
	static _Thread_local struct bs_worker *here;

	if (here == NULL)
		here = &server->workers[atomic_fetch_add(&server->workers_known, 1)];
	return here;
}

static struct bs_response *response_to(struct bs_connection *connection, struct bs_request *request, char *room)
{
	struct bs_server *server = connection->server;
	struct bs_str raw = bs_str_n(connection->has_query ? connection->target : connection->path, connection->target_len);
	struct bs_response *response;

	if (connection->refused != 0)
		return status_line(server, connection->refused, 0);
	if (connection->method == BS_OPTIONS && bs_str_eq(raw, BS_STR("*")))
		return status_line(server, 204, BS_GET);
	if (bs_target_parse(raw, room, &request->target) != BS_OK)
		return status_line(server, 400, 0);
	if (request->target.moved) {
		bs_request_redirect(request, 308, bs_target_write(request->arena, request->target.path, request->target.query));
		return settle(server, request);
	}
	if (request->method == BS_GET && server->options.lookup != NULL) {
		response = server->options.lookup(request, server->options.ctx);
		if (response != NULL)
			return response;
	}
	return route(server, request, connection->method);
}

/* The answer that the request's handler makes; it has the worker's arena as long as it runs. */
static struct bs_response *handle(struct bs_connection *connection, struct bs_worker *worker)
{
	struct bs_request request = {
		.method = connection->method == BS_HEAD ? BS_GET : connection->method,
		.body = bs_buf_str(&connection->body),
		.now = bs_now(),
		.worker = worker->id,
		.arena = worker->arena,
		.connection = connection,
	};
	struct bs_response *response;

	bs_connection_turn(connection, BS_PHASE_ANSWERING, connection->started);
	response = response_to(connection, &request, worker->room);
	bs_arena_reset(worker->arena);
	return response;
}

void bs_wire_handle(struct bs_connection *connection, struct bs_worker *worker, bool closed)
{
	connection->ready = closed ? status_line(connection->server, 503, 0) : handle(connection, worker);
}

static enum MHD_Result answer(struct bs_connection *connection)
{
	struct bs_response *response = connection->ready;

	if (connection->turn == BS_TURN_HERE)
		response = handle(connection, worker_here(connection->server));
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
	struct bs_response *response = status_line(connection->server, status, 0);

	connection->accept_encoding = (struct bs_str){ 0 };
	if (response == NULL)
		return MHD_NO;
	queue(connection, response);
	bs_response_drop(&response);
	return MHD_YES;
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
		status = check_head(connection);
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
	struct bs_access access = {
		.address = "-",
		.method = connection->method_text,
		.version = connection->version,
		.target = bs_str_n(connection->has_query ? connection->target : connection->path, connection->target_len),
		.status = connection->status,
		.bytes = connection->length,
	};

	if (!connection->head_checked) /* the library refused the head itself; its parts were not seen */
		access.target.len = 0;
	if (server->options.log_addresses && bs_request_address(&request, address).len > 0)
		access.address = address;
	bs_access_log_put(server->log, worker_here(server)->id, &access);
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
		bs_counter_add(server->requests[connection->status / 100], 1);
		bs_counter_add(server->bytes, connection->length);
		if (!connection->streams) /* how long one is listened to says nothing of how quick we are */
			bs_histogram_add(server->seconds, now - connection->started);
		if (server->log != NULL)
			log_request(connection);
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
	        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO | MHD_ALLOW_SUSPEND_RESUME, 0, admit, server, serve, server,
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

/* ---- what a handler asks of its request ---- */

struct bs_str bs_request_header(const struct bs_request *request, const char *name)
{
	const struct bs_connection *connection = request->connection;

	if (connection == NULL)
		return (struct bs_str){ 0 };
	return bs_str_c(MHD_lookup_connection_value(connection->wire, MHD_HEADER_KIND, name));
}

bool bs_address_is_local(struct bs_str address)
{
	return bs_str_starts(address, BS_STR("127.")) || bs_str_eq(address, BS_STR("::1")) ||
	       bs_str_starts(address, BS_STR("::ffff:127."));
}

struct bs_str bs_request_address(const struct bs_request *request, char out[BS_ADDRESS_MAX])
{
	const struct bs_connection *connection = request->connection;
	const union MHD_ConnectionInfo *info;
	const void *bytes;

	out[0] = '\0';
	if (connection == NULL)
		return bs_str_c(out);
	info = MHD_get_connection_info(connection->wire, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	if (info == NULL || info->client_addr == NULL)
		return bs_str_c(out);
	if (info->client_addr->sa_family == AF_INET6) {
		const struct in6_addr *address = &((const struct sockaddr_in6 *)(const void *)info->client_addr)->sin6_addr;
		bool mapped = IN6_IS_ADDR_V4MAPPED(address);
		bytes = mapped ? address->s6_addr + 12 : address->s6_addr;
		inet_ntop(mapped ? AF_INET : AF_INET6, bytes, out, BS_ADDRESS_MAX);
	} else if (info->client_addr->sa_family == AF_INET) {
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)info->client_addr)->sin_addr, out, BS_ADDRESS_MAX);
	}
	return bs_str_c(out);
}

void bs_request_answer(struct bs_request *request, struct bs_response *response)
{
	bs_response_drop(&request->response);
	request->response = response;
}

void bs_request_refuse(struct bs_request *request, int status)
{
	bs_response_drop(&request->response);
	request->status = status;
}

void bs_request_redirect(struct bs_request *request, int status, struct bs_str location)
{
	struct bs_header header = { BS_STR("Location"), location };
	struct bs_response_options options = { .status = status, .headers = &header, .header_count = 1 };
	struct bs_response *response;
	struct bs_err err;

	if (bs_response_new(&options, &response, &err) == BS_OK) {
		bs_request_answer(request, response);
		return;
	}
	bs_log(BS_LOG_ERROR, "a redirect could not be made: %s", err.text);
	bs_request_refuse(request, 500);
}
