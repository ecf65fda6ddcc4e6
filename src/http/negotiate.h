/* negotiate.h - what a client's header fields ask for: coding, freshness, range. RFC 9110 sections 12.5.3, 13 and 14.
 *
 * A field that can't be understood is as good as absent: the client gets the whole, which is never wrong. Pure functions,
 * safe from any thread, no allocation. For this room only. */
#ifndef BS_HTTP_NEGOTIATE_H
#define BS_HTTP_NEGOTIATE_H

#include "base/core.h"

enum bs_coding { BS_CODING_PLAIN, BS_CODING_GZIP, BS_CODING_BROTLI, BS_CODINGS };

/* The smallest coding that Accept-Encoding allows: brotli before gzip before none (identity) unless the client weighs them otherwise. */
enum bs_coding bs_coding_choose(struct bs_str accept_encoding);

/* Whether the list names this entity tag (with its quotes), or any by "*". If-None-Match compares weakly, so that a proxy that compressed the
 * answer and weakened the tag still gets its 304; If-Match strongly, a weak tag is never the same. */
bool bs_etag_listed(struct bs_str list, struct bs_str etag, bool strong);

/* "Fri, 14 Nov 2025 09:30:00 GMT", what every client sends back, or one of the two older forms (RFC 9110 section 5.6.7),
 * "Friday, 14-Nov-25 09:30:00 GMT" and "Fri Nov 14 09:30:00 2025". BS_INVALID for anything else. */
enum bs_rc bs_http_date_parse(struct bs_str text, int64_t *out) BS_CHECK;

/* What a client has or wants by its own words; ptr NULL: the field is absent. */
struct bs_preconditions {
	struct bs_str if_match, if_unmodified_since, if_none_match, if_modified_since;
};
enum bs_standing {
	BS_WANTED,    /* send it */
	BS_UNCHANGED, /* the client has it: 304 */
	BS_CHANGED,   /* it is not what the client insists on: 412 */
};
/* In the order of RFC 9110 section 13.2.2: a date counts only where the tag of its kind is absent. `etag` empty, `modified` 0: not known. */
enum bs_standing bs_standing(const struct bs_preconditions *has, struct bs_str etag, int64_t modified);

struct bs_range {
	uint64_t from;
	uint64_t len; /* bytes, never 0 */
};

enum bs_range_result {
	BS_RANGE_WHOLE, /* no range, several, or not in bytes: send all of it */
	BS_RANGE_PART,  /* *out is filled: 206 */
	BS_RANGE_NONE,  /* behind the end: 416 */
};
enum bs_range_result bs_range_parse(struct bs_str range, uint64_t size, struct bs_range *out) BS_CHECK;

#endif
