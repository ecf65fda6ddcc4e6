/* static.h - files from a folder: media, fonts, styles.
 *
 * The file is found beneath an open folder without following a symbolic link or leaving the folder (openat2,
 * RESOLVE_BENEATH), must be a regular file, and goes out by sendfile. A single Range is honoured (RFC 9110 section 14), several
 * are answered with the whole; so are If-Range and the four preconditions. SVG is sent so that no script in it runs.
 * Any thread. */
#ifndef BS_HTTP_STATIC_H
#define BS_HTTP_STATIC_H

#include "http/request.h"

struct bs_static_options {
	int folder;                     /* descriptor of the folder; borrowed */
	struct bs_str path;             /* beneath it, "ab/cdef.jpg" */
	bool immutable;                 /* the name changes with the content: a year of Cache-Control */
	struct bs_str type;             /* Content-Type; empty: by the name's ending, application/octet-stream when unknown */
	struct bs_str cache_control;    /* when not immutable; empty: "no-cache" */
	const struct bs_policy *policy; /* as in struct bs_response_options */
};

/* Answer the request (GET, HEAD) with the file, or refuse it: 404 for anything that is not a readable regular file there,
 * 416 for a range behind its end. */
void bs_static_serve(struct bs_request *request, const struct bs_static_options *options);

/* The media type that a name's ending stands for; empty when it is not in the table. */
struct bs_str bs_static_type(struct bs_str name);

#endif
