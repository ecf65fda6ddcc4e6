/* server.h - the server: from the socket to a handler and back, with a limit on everything.
 *
 * The way of a request: target -> lookup (the page cache: a hit goes out as it is) -> router -> the route's handler -> response.
 * Handlers run in the server's threads, many at once, and must be safe for that; what they need per thread they keep by
 * request->worker. A thread that waits in a handler keeps its other connections waiting, so handlers don't wait there; what takes
 * long is put aside by bs_request_may_wait.
 *
 * Clients are held to time and number: a request's head and body must be complete within `request_seconds`, an answer must
 * be read at `min_rate` or faster, an idle connection is closed. RFC 9110, RFC 9112. */
#ifndef BS_HTTP_SERVER_H
#define BS_HTTP_SERVER_H

#include "http/metrics.h"
#include "http/router.h"

enum { BS_SERVER_ROOMY_AT_ONCE = 16, BS_SERVER_ROOMS = 2 };
/* Threads for handlers that have to wait (bs_request_may_wait): so many for what takes a moment, and for what takes long, and how many requests
 * may be with each of the two. */
enum { BS_SERVER_WAITERS_BRIEF = 2, BS_SERVER_WAITERS_LONG = 1, BS_SERVER_WAITERS = BS_SERVER_WAITERS_BRIEF + BS_SERVER_WAITERS_LONG };
enum { BS_SERVER_LATER = 64 };

struct bs_server_options {
	struct bs_str listen;  /* "127.0.0.1:8080", "[::1]:8080", ":8080" (every address, IPv4 and IPv6); port 0: any free one */
	unsigned threads;      /* 0: one per core */

	/* The fast path, asked first for each GET and HEAD: a response with a reference for the server, or NULL. target, now and
	 * worker of the request are set, captures are not. May be NULL. */
	struct bs_response *(*lookup)(struct bs_request *request, void *ctx);
	/* Make the page of request->status (404, 405, 500 …) and bs_request_answer() it; the server sees to the status and to
	 * Allow. NULL, or left without an answer: a line of plain text. */
	void (*refuse)(struct bs_request *request, void *ctx);
	void *ctx; /* of lookup and refuse */
	const struct bs_router *router;
	const struct bs_policy *policy; /* of the server's own redirects and lines of text */

	size_t max_body;             /* bytes; 0: BS_MAX_REQUEST_BODY; over it: 413 */
	/* Targets that begin with `prefix` may have bodies of `bytes` bytes; the first that fits counts. At most BS_SERVER_ROOMY_AT_ONCE bodies
	 * over max_body are taken in at the same time, the next gets 503. Empty prefixes: none. */
	struct bs_server_room {
		struct bs_str prefix;
		size_t bytes;
	} roomy[BS_SERVER_ROOMS];
	unsigned max_connections;    /* 0: 4096, less where the process may not open so many files */
	unsigned max_per_address;    /* 0: 128 connections; BS_SERVER_UNLIMITED: none, for a server behind a proxy */
	unsigned request_seconds;    /* 0: 15; for the whole head and body */
	unsigned idle_seconds;       /* 0: 20; between two requests; shorter when connections get scarce */
	unsigned min_rate;           /* bytes per second an answer must be read at, over any request_seconds; 0: 1024 */

	const char *access_log; /* file of Common Log Format lines; "-": stdout; NULL: none */
	bool log_addresses;     /* the peer's address in it; "-" stands there otherwise */
	struct bs_metrics *metrics; /* NULL: nothing is counted */
};

#define BS_SERVER_UNLIMITED ((unsigned)-1)

struct bs_server;

/* Listen and serve, in threads of its own. What the options point to must outlive the server.
 *   BS_INVALID  `listen` is no address.
 *   BS_BUSY     the address is in use.
 *   BS_DENIED   no permission for that port.
 *   BS_IO       anything else the system refused. */
enum bs_rc bs_server_start(const struct bs_server_options *options, struct bs_server **out, struct bs_err *err) BS_CHECK;

/* Where it listens, with the port it got: "127.0.0.1:49152". */
struct bs_str bs_server_address(const struct bs_server *server);
unsigned bs_server_threads(const struct bs_server *server);

/* Close the access log and open it again under its name, after a rotation. Safe from any thread, not from a signal handler. */
void bs_server_reopen_log(struct bs_server *server);

/* Accept nobody new, let the requests that have begun finish within `seconds`, then end and free. Accepts NULL, leaves NULL. */
void bs_server_stop(struct bs_server **server, unsigned seconds);

#endif
