/* json.h - JSON as a tree: reading it, making it, writing it in its one canonical form.
 *
 * A tree lives in the arena that its root was made in; text is borrowed (parsed text is copied into the arena). Numbers
 * are int64_t where they are whole and fit, else double; when a whole one does not fit, all of the text's are double, as
 * they are in ECMAScript. Not safe from two threads while one of them writes.
 *
 * Canonical is RFC 8785: no white space, members sorted by the UTF-16 units of their names, ECMAScript's numbers,
 * the shortest escapes. It is what is hashed and signed, and equally good JSON for everyone else. */
#ifndef BS_TEXT_JSON_H
#define BS_TEXT_JSON_H

#include "text/value.h"

enum bs_json_kind {
	BS_JSON_NULL,
	BS_JSON_BOOL,
	BS_JSON_INT,
	BS_JSON_REAL, /* finite */
	BS_JSON_STRING,
	BS_JSON_ARRAY,
	BS_JSON_OBJECT,
	BS_JSON_WRITTEN, /* `string` is the canonical form of a value: only bs_json_add_written makes it */
};

struct bs_json {
	enum bs_json_kind kind;
	struct bs_str name;   /* of a member of an object */
	struct bs_json *next; /* the next element or member, in the order written; NULL at the end */
	union {
		bool boolean;
		int64_t integer;
		double real;
		struct bs_str string;
		struct {
			struct bs_json *first, *last;
			size_t count;
			struct bs_arena *arena; /* where more is put */
		};
	};
};

/* --- Making --- */

struct bs_json *bs_json_new_object(struct bs_arena *arena);
struct bs_json *bs_json_new_array(struct bs_arena *arena);

/* Append to an array or an object; `name` is not looked at in an array (BS_STR("") reads well). An object must not be
 * given one name twice: bs_json_write refuses it. */
struct bs_json *bs_json_add_object(struct bs_json *parent, struct bs_str name);
struct bs_json *bs_json_add_array(struct bs_json *parent, struct bs_str name);
void bs_json_add_string(struct bs_json *parent, struct bs_str name, struct bs_str string);
void bs_json_add_int(struct bs_json *parent, struct bs_str name, int64_t integer);
void bs_json_add_bool(struct bs_json *parent, struct bs_str name, bool boolean);
void bs_json_add_null(struct bs_json *parent, struct bs_str name);
/* A value that bs_json_write has written; borrowed. */
void bs_json_add_written(struct bs_json *parent, struct bs_str name, struct bs_str canonical);

/* --- Reading --- */

/* Parse one whole JSON text (RFC 8259; any value at the top; UTF-8). BS_INVALID with line, column and reason: not JSON,
 * a name twice in one object, NUL in a string, a number that does not fit; BS_LIMIT over BS_MAX_DOCUMENT. */
enum bs_rc bs_json_parse(struct bs_arena *arena, struct bs_str text, const struct bs_json **out,
                         struct bs_err *err) BS_CHECK;
/* The same of a file that may be larger: up to `cap` bytes. */
enum bs_rc bs_json_parse_large(struct bs_arena *arena, struct bs_str text, size_t cap, const struct bs_json **out,
                               struct bs_err *err) BS_CHECK;
/* The member of this name; NULL when there is none or `object` is NULL or no object, so that calls can be chained. */
const struct bs_json *bs_json_get(const struct bs_json *object, struct bs_str name);
/* The text of a string; empty for anything else, and for NULL. */
struct bs_str bs_json_string(const struct bs_json *json);

/* --- Writing --- */

/* Append the canonical form. BS_INVALID for what has none: one name twice, text that is not UTF-8, an integer beyond
 * ±(2^53 - 1), which readers would not agree on. BS_LIMIT when `out` is full. */
enum bs_rc bs_json_write(const struct bs_json *json, struct bs_buf *out, struct bs_err *err) BS_CHECK;

/* --- For templates --- */

/* The tree as the data of a template. Members whose name is no symbol are dropped: no template asks for them. */
struct bs_value bs_value_of_json(struct bs_arena *arena, const struct bs_symbols *symbols, const struct bs_json *json);

#endif
