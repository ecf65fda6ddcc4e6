/* request.h - one request, as a handler sees it, and the ways to answer it.
 *
 * Plain data: the server fills it from a connection; export and tests may fill it by hand (`connection` NULL, then
 * there are no header fields). It and everything it points to live until the handler returns; what must outlive that
 * is copied. It belongs to one thread, the one that calls the handler. */
#ifndef BS_HTTP_REQUEST_H
#define BS_HTTP_REQUEST_H

#include "http/response.h"
#include "http/target.h"

enum bs_method { /* bits, so that a set of them is an unsigned */
	BS_GET = 1,
	BS_HEAD = 2,
	BS_POST = 4,
	BS_PUT = 8,
	BS_DELETE = 16,
	BS_OPTIONS = 32,
	BS_SEES_SLASH = 64, /* no method, but in a route's set of them: see router.h */
};

/* What a pattern's {name} takes; see router.h. */
enum bs_capture_kind {
	BS_CAPTURE_LANG,  /* {lang}  a language that the router's predicate knows */
	BS_CAPTURE_YEAR,  /* {yyyy}  four digits, 1000 … 9999 */
	BS_CAPTURE_MONTH, /* {mm}    two digits, 01 … 12 */
	BS_CAPTURE_DAY,   /* {dd}    two digits, 01 … 31 */
	BS_CAPTURE_SLUG,  /* {slug}  1 … BS_MAX_SLUG bytes of letters, digits, "-", "_" or anything above ASCII; no dot */
	BS_CAPTURE_PAGE,  /* {n}     1 … 999999, no zero in front */
	BS_CAPTURE_ID,    /* {id}    1 … INT64_MAX, no zero in front */
	BS_CAPTURE_HASH,  /* {hash}  64 lower-case hexadecimal digits (SHA-256) */
	BS_CAPTURE_WORD,  /* {word}  1 … 64 bytes of a-z, 0-9, "-" */
	BS_CAPTURE_FILE,  /* {file}  a file name: letters, digits, ".", "-", "_", not beginning with a dot */
	BS_CAPTURE_KINDS,
};

struct bs_captures {
	struct bs_str text[BS_CAPTURE_KINDS];    /* empty (ptr NULL): the route has none, or its optional part was left out */
	int64_t number[BS_CAPTURE_KINDS];        /* of {yyyy} {mm} {dd} {n} {id}; 0 where there is none */
};

struct bs_request {
	enum bs_method method; /* BS_HEAD is shown as BS_GET to handlers of GET: they answer the same */
	struct bs_target target;
	struct bs_captures captures;
	int which;              /* the route's own number, see struct bs_route */
	bool other_slash;       /* of a route that sees to it: its address has a slash at the end and this one none, or the other way about */
	struct bs_str body;     /* of POST and PUT, whole; at most the server's cap */
	int64_t now;            /* seconds UTC, when the request's head was complete */
	unsigned worker;        /* 0 … threads + BS_SERVER_WAITERS - 1: which thread of the server this is, for what is kept per thread */
	struct bs_arena *arena; /* reset after each request */

	/* The answer: a finished response (the request owns one reference), or else a status >= 400 that the server turns
	 * into the page of options.refuse. A handler that sets neither answers 500. */
	struct bs_response *response;
	int status;

	void *connection; /* the server's; NULL in a request made by hand */
};

/* The value of a header field (the first of that name, case-insensitive), or an empty slice with ptr NULL. */
struct bs_str bs_request_header(const struct bs_request *request, const char *name);

/* The peer's address without port, as text ("192.0.2.1", "2001:db8::1"); empty when there is no connection. */
enum { BS_ADDRESS_MAX = 46 };
struct bs_str bs_request_address(const struct bs_request *request, char out[BS_ADDRESS_MAX]);

/* Whether it is an address of this machine: 127.0.0.0/8 or ::1. */
bool bs_address_is_local(struct bs_str address);

/* Whether a proxy passed it on and says so: by Forwarded (RFC 7239), Via, X-Forwarded-For or X-Real-IP. The peer is not the client then. */
bool bs_request_is_forwarded(const struct bs_request *request);

enum bs_wait {
	BS_WAIT_BRIEF, /* less than a second: hashing a password */
	BS_WAIT_LONG,  /* some seconds: a program that develops a picture. Nobody who waits briefly waits behind it */
	BS_WAITS
};
/* To be asked by a handler that is going to wait or compute for more than some milliseconds, before it does anything else. True: go on.
 * False: return at once, without an answer; the handler is called once more for the same request, by a thread that nobody else waits for, and
 * is told true there. When BS_SERVER_LATER requests of its kind are put aside already the answer is 503. */
bool bs_request_may_wait(struct bs_request *request, enum bs_wait wait);

/* Answer with this response; takes the caller's reference. */
void bs_request_answer(struct bs_request *request, struct bs_response *response);
/* Answer with the error page of this status (404, 410, 403, 500 …). */
void bs_request_refuse(struct bs_request *request, int status);
/* Answer 301, 302, 303, 307 or 308 to `location`, an absolute URL or a target in canonical encoding. */
void bs_request_redirect(struct bs_request *request, int status, struct bs_str location);

#endif
