/* form.h - what a browser sends of a form: application/x-www-form-urlencoded (WHATWG URL) or multipart/form-data (RFC 7578), the
 * latter for long texts, which it does not swell, and for files.
 *
 * Names and values that come out are UTF-8 without NUL; the line ends of values are LF. The bytes of a file are as they came. Fields
 * keep their order; a name may stand several times. Views into the body or into the arena. Pure; safe from any thread. */
#ifndef BS_HTTP_FORM_H
#define BS_HTTP_FORM_H

#include "base/limits.h"
#include "base/mem.h"

struct bs_form_field {
	struct bs_str name, value;
	struct bs_str file, type; /* of a file: its name (no path), and what the browser says it is; file.ptr NULL: no file */
};

struct bs_form {
	const struct bs_form_field *fields;
	size_t count;
};

/* Take a body apart; `type` is its Content-Type.
 *   BS_INVALID  neither of the two types, not well-formed, or text that is no UTF-8 or holds NUL
 *   BS_LIMIT    more than BS_MAX_FORM_FIELDS */
enum bs_rc bs_form_parse(struct bs_arena *arena, struct bs_str type, struct bs_str body, struct bs_form *out, struct bs_err *err) BS_CHECK;

/* The first value of this name; empty, ptr NULL, when there is none. */
struct bs_str bs_form_value(const struct bs_form *form, struct bs_str name);
/* Whether there is one, as a box that is ticked sends it. */
bool bs_form_has(const struct bs_form *form, struct bs_str name);
/* The file of this name, when one was chosen; else NULL. */
const struct bs_form_field *bs_form_file(const struct bs_form *form, struct bs_str name);

#endif
