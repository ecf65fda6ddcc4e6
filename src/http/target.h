/* target.h - the request target, from the bytes on the wire to a path that nothing below has to distrust.
 *
 * RFC 9112 section 3.2, RFC 3986. Percent-encoding is undone exactly once, here. A path that comes out starts with one
 * slash, is well-formed UTF-8 without ASCII control characters, and has no empty, "." or ".." segment (a slash at the end is
 * kept: the router decides on it). What could mean two things to two programs is refused rather than repaired: NUL, a
 * backslash, an encoded slash, a "%" that begins no two hexadecimal digits, dot segments.
 * Pure; safe from any thread; allocates only in the arena where one is passed. */
#ifndef BS_HTTP_TARGET_H
#define BS_HTTP_TARGET_H

#include "base/limits.h"
#include "base/mem.h"

struct bs_target {
	struct bs_str path;  /* decoded, canonical; a view into `raw` or into `room` */
	struct bs_str query; /* as it was sent, without the "?", its characters checked; a view into `raw` */
	bool moved;          /* the sender wrote the path with doubled slashes: redirect to bs_target_write() of it */
};

/* Take a target in origin form ("/a?b") or absolute form ("http://host/a?b": the authority is dropped, RFC 9112
 * section 3.2.2) apart.
 *   BS_OK       *out is filled.
 *   BS_INVALID  it is none, or one of those refused above: answer 400.
 *   BS_LIMIT    longer than BS_MAX_REQUEST_TARGET: answer 414. */
enum bs_rc bs_target_parse(struct bs_str raw, char room[BS_MAX_REQUEST_TARGET], struct bs_target *out) BS_CHECK;

/* Whether it is a host, perhaps with a port, as in Host: a name, an address of IPv4, or one of IPv6 in brackets (RFC 3986 section 3.2). */
bool bs_authority_is_good(struct bs_str authority);

/* The path (decoded) and query (as sent) as a target in canonical encoding, for Location and links. */
struct bs_str bs_target_write(struct bs_arena *arena, struct bs_str path, struct bs_str query);

/* The first value of a field of application/x-www-form-urlencoded bytes (a query or a form's body), decoded into the
 * arena.
 *   BS_NOT_FOUND  there is no such field.
 *   BS_INVALID    its value is not well-formed UTF-8 without NUL.
 * On anything but BS_OK, *out is empty. */
enum bs_rc bs_form_get(struct bs_arena *arena, struct bs_str form, struct bs_str name, struct bs_str *out) BS_CHECK;
/* Undo the encoding of a form's name or value into `out`, which has room for s.len bytes; their number, or SIZE_MAX where it is no
 * encoding. */
size_t bs_form_decode(struct bs_str s, char *out);

#endif
