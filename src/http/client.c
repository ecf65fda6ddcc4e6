/* client.c - see client.h; libcurl comes in here alone. */
#include "http/client.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "http/internal.h"

enum { CONNECT_SECONDS = 10 };

struct bs_client {
	CURL *curl;
};

static void start_library(void)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		bs_out_of_memory(0);
}

struct bs_client *bs_client_new(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct bs_client *client = bs_alloc(sizeof(*client));

	pthread_once(&once, start_library);
	client->curl = curl_easy_init();
	if (client->curl == NULL)
		bs_out_of_memory(0);
	return client;
}

void bs_client_free(struct bs_client **client)
{
	if (*client == NULL)
		return;
	curl_easy_cleanup((*client)->curl);
	free(*client);
	*client = NULL;
}

/* curl's callback: anything but `size * count` breaks it off. */
static size_t take(char *data, size_t size, size_t count, void *ctx)
{
	struct bs_buf *body = ctx;

	bs_buf_put(body, bs_str_n(data, size * count));
	return body->failed ? 0 : size * count;
}

static struct curl_slist *headers_of(const struct bs_client_request *request)
{
	struct curl_slist *list = NULL;

	for (size_t i = 0; i < BS_CLIENT_HEADERS && request->headers[i] != NULL; i++) {
		struct curl_slist *longer = curl_slist_append(list, request->headers[i]);
		if (longer == NULL)
			bs_out_of_memory(0);
		list = longer;
	}
	return list;
}

struct gate {
	enum bs_client_reach reach;
	bool refused;
};

/* curl's callback: the socket to the address that a name has led to, just before it is connected, so that no second look-up can lead elsewhere. */
static curl_socket_t open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct gate *gate = ctx;
	enum bs_reach_of_address where = bs_reach_of_address(&address->addr);

	(void)purpose;
	if (where != (gate->reach == BS_REACH_LOCAL ? BS_ADDRESS_LOCAL : BS_ADDRESS_PUBLIC)) {
		gate->refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static void guard(CURL *curl, struct gate *gate)
{
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, gate);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
}

static void prepare(CURL *curl, const struct bs_client_request *request, struct curl_slist *headers, struct bs_buf *body)
{
	curl_easy_reset(curl); /* keeps the connection */
	curl_easy_setopt(curl, CURLOPT_URL, request->url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)request->seconds);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "Broadsheet");
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
	if (request->head)
		curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
	if (request->body.ptr != NULL) {
		curl_easy_setopt(curl, CURLOPT_POST, 1L);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.len);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->body.ptr);
	}
}

static enum bs_rc failure(CURLcode code, const struct bs_client_request *request, struct bs_err *err)
{
	struct bs_str host = bs_str_c(request->url);
	size_t scheme = bs_str_find(host, BS_STR("://"), 0);

	host = bs_str_sub(host, scheme == SIZE_MAX ? 0 : scheme + 3, SIZE_MAX);
	host = bs_str_sub(host, 0, bs_str_find_byte(host, '/', 0));
	if (code == CURLE_OUT_OF_MEMORY)
		bs_out_of_memory(0);
	if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no address of http or https", BS_ARG(bs_str_c(request->url)));
	return bs_fail(err, BS_IO, BS_FMT ": %s", BS_ARG(host), curl_easy_strerror(code));
}

enum bs_rc bs_client_ask(struct bs_client *client, struct bs_arena *arena, const struct bs_client_request *request,
                         struct bs_client_answer *out, struct bs_err *err)
{
	struct bs_buf body = BS_BUF(request->max);
	struct gate gate = { .reach = request->reach };
	struct curl_slist *headers = headers_of(request);
	curl_off_t retry_after = 0;
	long status = 0;
	CURLcode code;
	enum bs_rc rc = BS_OK;

	prepare(client->curl, request, headers, &body);
	if (gate.reach != BS_REACH_EVERYBODY)
		guard(client->curl, &gate);
	code = curl_easy_perform(client->curl);
	curl_easy_getinfo(client->curl, CURLINFO_RESPONSE_CODE, &status);
	out->status = (int)status;
	if (body.failed)
		rc = bs_buf_check(&body, "the answer", err);
	else if (code != CURLE_OK && gate.refused)
		rc = bs_fail(err, BS_DENIED, "'" BS_FMT "' leads to an address that is not asked", BS_ARG(bs_str_c(request->url)));
	else if (code != CURLE_OK)
		rc = failure(code, request, err);
	if (rc == BS_OK) {
		curl_easy_getinfo(client->curl, CURLINFO_RETRY_AFTER, &retry_after);
		*out = (struct bs_client_answer){ (int)status, retry_after, bs_arena_copy(arena, bs_buf_str(&body)) };
	}
	curl_slist_free_all(headers);
	bs_buf_free(&body);
	return rc;
}
