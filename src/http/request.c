/* request.c - a request on its way to a response: refused, redirected, found in the cache of pages or handed to the handler that the router
 * names; and what that handler asks of it and leaves there (request.h). */
#include "http/internal.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>

/* After a request that could not be read or was too long, the connection ends: what follows on it can't be trusted to be the next one. */
struct bs_response *bs_response_line(const struct bs_server *server, int status, unsigned allow)
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
	return request->response != NULL ? request->response : bs_response_line(server, request->status, 0);
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
	request->other_slash = result == BS_MATCH_SLASH && match.route != NULL && (match.route->methods & BS_SEES_SLASH) != 0;
	switch (request->other_slash ? BS_MATCH_FOUND : result) {
	case BS_MATCH_FOUND:
		request->captures = match.captures;
		request->which = match.route->which;
		match.route->handle(request, match.ctx);
		break;
	case BS_MATCH_METHOD:
		return bs_response_line(server, method == BS_OPTIONS ? 204 : 405, match.allowed);
	case BS_MATCH_SLASH:
		redirect_slash(request);
		break;
	case BS_MATCH_NONE:
		bs_request_refuse(request, 404);
		break;
	}
	return settle(server, request);
}

static struct bs_response *response_to(struct bs_connection *connection, struct bs_request *request, char *room)
{
	struct bs_server *server = connection->server;
	struct bs_str raw = bs_str_n(connection->has_query ? connection->target : connection->path, connection->target_len);
	struct bs_response *response;

	if (connection->refused != 0)
		return bs_response_line(server, connection->refused, 0);
	if (connection->method == BS_OPTIONS && bs_str_eq(raw, BS_STR("*")))
		return bs_response_line(server, 204, BS_GET);
	if (bs_target_parse(raw, room, &request->target) != BS_OK)
		return bs_response_line(server, 400, 0);
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

struct bs_response *bs_request_handle(struct bs_connection *connection, struct bs_worker *worker)
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

bool bs_request_is_forwarded(const struct bs_request *request)
{
	static const char *const marks[] = { "Forwarded", "Via", "X-Forwarded-For", "X-Real-IP" };

	for (size_t i = 0; i < BS_COUNT(marks); i++) {
		if (bs_request_header(request, marks[i]).ptr != NULL)
			return true;
	}
	return false;
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
	const struct bs_connection *connection = request->connection;
	struct bs_header header = { BS_STR("Location"), location };
	struct bs_response_options options = { .status = status, .headers = &header, .header_count = 1,
		                               .policy = connection != NULL ? connection->server->options.policy : NULL };
	struct bs_response *response;
	struct bs_err err;

	if (bs_response_new(&options, &response, &err) == BS_OK) {
		bs_request_answer(request, response);
		return;
	}
	bs_log(BS_LOG_ERROR, "a redirect could not be made: %s", err.text);
	bs_request_refuse(request, 500);
}
