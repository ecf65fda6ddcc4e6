/* client.h - asking other machines over HTTP: one request, one answer, both in memory.
 *
 * http and https alone; certificates are checked; redirects are not followed, since requests carry keys. Time, size and
 * connections are limited. A client keeps its connection for the next request; one thread at a time. */
#ifndef BS_HTTP_CLIENT_H
#define BS_HTTP_CLIENT_H

#include "base/mem.h"

struct bs_client;

struct bs_client *bs_client_new(void);
/* Accepts NULL, leaves NULL. */
void bs_client_free(struct bs_client **client);

enum { BS_CLIENT_HEADERS = 8 };

/* Whom a request may reach, by the address that is connected to, whatever name led there. */
enum bs_client_reach {
	BS_REACH_EVERYBODY,
	BS_REACH_PUBLIC, /* machines on the public internet alone: for addresses that people outside have written. No proxy is used */
	BS_REACH_LOCAL,  /* this machine alone: for tests */
};

struct bs_client_request {
	const char *url;                           /* NUL-terminated */
	const char *headers[BS_CLIENT_HEADERS];    /* "Name: value", the rest NULL */
	struct bs_str body;                        /* posted; ptr NULL: GET */
	int seconds;                               /* for all of it */
	size_t max;                                /* bytes of the answer */
	enum bs_client_reach reach;
	bool head;                                 /* HEAD instead of GET */
};

struct bs_client_answer {
	int status;
	int64_t retry_after; /* seconds; 0: not said */
	struct bs_str body;  /* in the arena */
};

/*   BS_OK       there is an answer, of whatever status
 *   BS_DENIED   the address is none that `reach` lets it go to
 *   BS_INVALID  the address is none
 *   BS_LIMIT    the answer is larger; out->status is set
 *   BS_IO       no connection, no certificate, no answer in time; err->text names the host, never headers */
enum bs_rc bs_client_ask(struct bs_client *client, struct bs_arena *arena, const struct bs_client_request *request,
                         struct bs_client_answer *out, struct bs_err *err) BS_CHECK;

#endif
