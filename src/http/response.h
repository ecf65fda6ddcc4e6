/* response.h - a finished answer: made once, then sent as often as asked for, from any number of threads.
 *
 * A response is immutable and reference counted. Its body has up to three variants (as it is, gzip, brotli), each with a
 * strong ETag of its own; the compressed ones are made when a client first asks for one, once. From the ETag and the time
 * of change the server answers 304 by itself, from Accept-Encoding it chooses the variant, and HEAD needs nothing. Sending
 * a response again allocates nothing.
 *
 * A finished response is safe from any thread. RFC 9110, RFC 9111. */
#ifndef BS_HTTP_RESPONSE_H
#define BS_HTTP_RESPONSE_H

#include "base/mem.h"

struct bs_response;

struct bs_header {
	struct bs_str name;
	struct bs_str value;
};

/* What a browser may do with the answer. The rest is the same for all and always sent: X-Content-Type-Options,
 * X-Frame-Options, Referrer-Policy, Permissions-Policy, Cross-Origin-Opener-Policy. Lives as long as it is used to make
 * responses. */
struct bs_policy {
	struct bs_str csp;  /* Content-Security-Policy; empty: one that allows nothing at all */
	struct bs_str hsts; /* Strict-Transport-Security; empty: not sent */
	bool embeddable;    /* other sites may show it (Cross-Origin-Resource-Policy: cross-origin); pictures, feeds */
};

struct bs_response_options {
	int status;                   /* 0 is 200 */
	struct bs_str type;           /* Content-Type; empty: no body */
	struct bs_buf *body;          /* its bytes are taken over and it is left empty; NULL: no body */
	struct bs_str cache_control;  /* empty: "no-cache" (keep, but ask each time) */
	int64_t modified;             /* Last-Modified, seconds UTC; 0: none */
	const struct bs_policy *policy; /* NULL: allows nothing */
	const struct bs_header *headers; /* any others: Location, Cache-Tag, Link, Set-Cookie … */
	size_t header_count;
};

/* One reference, the caller's. Everything but the body is copied.
 *   BS_INVALID  a header has a byte that a header can't have (CR, LF, NUL …); *out is NULL, the body is the caller's. */
enum bs_rc bs_response_new(const struct bs_response_options *options, struct bs_response **out, struct bs_err *err) BS_CHECK;

/* Another reference to the same response. */
struct bs_response *bs_response_hold(struct bs_response *response);
/* Give one reference back. Accepts NULL, leaves NULL. Connections that are still sending it keep what they need. */
void bs_response_drop(struct bs_response **response);

int bs_response_status(const struct bs_response *response);
/* The body as it is, and the headers that were given; borrowed. */
struct bs_str bs_response_body(const struct bs_response *response);
struct bs_str bs_response_type(const struct bs_response *response);
/* Of the headers that were given, the one of this name, spelt so; empty when there is none. Borrowed. */
struct bs_str bs_response_header(const struct bs_response *response, struct bs_str name);
/* The strong ETag of the uncompressed variant, with its quotes; empty where there is none (not 200). Depends on the body's bytes
 * alone, so it is the same in every process. */
struct bs_str bs_response_etag(const struct bs_response *response);
/* Bytes of memory that it holds at present, variants included. */
size_t bs_response_size(const struct bs_response *response);

#endif
