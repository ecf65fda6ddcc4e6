/* value.h - the data that a template reads.
 *
 * A view is a tree of values made in the request's arena and thrown away with it. Names are not strings here: each name
 * that a template or a view uses is a symbol, a small number that a table hands out once, so that rendering compares
 * numbers only.
 *
 *     static uint16_t title, count;                            once, at the start
 *     title = bs_symbols_intern(symbols, BS_STR("title"));
 *
 *     struct bs_dict *view = bs_dict_new(arena, 8);            per page
 *     bs_dict_set(view, title, bs_value_text(story->title));
 *     bs_template_render(template, &(struct bs_value){…}, 1, &page, err);
 *
 * Safety lies in the kind of a value, not in the template: {{x}} escapes text and prints markup as it is. A theme
 * therefore never needs {{{x}}}; what is safe is decided where the value is made, by code that knows.
 *
 * Values are plain data, copied freely; what they point to is borrowed and must live until rendering is done. Nothing
 * may change while a template reads it; several threads may read at once. */
#ifndef BS_TEXT_VALUE_H
#define BS_TEXT_VALUE_H

#include "base/mem.h"

/* --- Symbols --- */

/* The table of names. Ids count from 1 in the order of interning; 0 is no name. Filled while the program starts (one
 * thread), read by all afterwards. */
struct bs_symbols;

struct bs_symbols *bs_symbols_new(void);
/* A table that begins with these names, each of them once, so that the first has id 1: what a program knows by enums. */
struct bs_symbols *bs_symbols_of(const struct bs_str *names, size_t count);
/* A table that begins with all of these, with the same ids. */
struct bs_symbols *bs_symbols_copy(const struct bs_symbols *symbols);
void bs_symbols_free(struct bs_symbols **symbols);
/* The id of the name, given one if it had none; the bytes are copied. 0 when all 65,535 are given out. */
uint16_t bs_symbols_intern(struct bs_symbols *symbols, struct bs_str name);
/* The id of the name, or 0. */
uint16_t bs_symbols_find(const struct bs_symbols *symbols, struct bs_str name);
/* The name of an id that was given out; empty for 0. Lives as long as the table. */
struct bs_str bs_symbols_name(const struct bs_symbols *symbols, uint16_t id);
/* The highest id given out. */
uint16_t bs_symbols_count(const struct bs_symbols *symbols);

/* --- Values --- */

enum bs_value_kind {
	BS_VALUE_NULL,   /* prints nothing, false */
	BS_VALUE_BOOL,   /* prints true or false */
	BS_VALUE_INT,    /* prints decimal digits; 0 is false */
	BS_VALUE_NUMBER, /* any other number, held as its text; never false */
	BS_VALUE_TEXT,   /* plain text: escaped when printed; empty is false */
	BS_VALUE_MARKUP, /* safe HTML: printed as it is; empty is false */
	BS_VALUE_LIST,   /* a section repeats for each; empty is false; prints nothing */
	BS_VALUE_DICT,   /* a section enters it; true even when empty; prints nothing */
	BS_VALUE_CALL,   /* a C function that writes safe HTML straight into the page; true */
};

struct bs_dict;

/* Writes markup that is not worth making beforehand (a story's body). Called once for each time it is printed; must
 * write the same each time. */
struct bs_call {
	void (*write)(const struct bs_call *call, struct bs_buf *out);
	const void *data;
};

struct bs_value {
	uint8_t kind; /* enum bs_value_kind */
	uint32_t len; /* bytes of text, values of a list */
	union {
		bool boolean;
		int64_t integer;
		const char *text;
		const struct bs_value *items;
		const struct bs_dict *dict;
		const struct bs_call *call;
	};
};

static inline struct bs_value bs_value_null(void)
{
	return (struct bs_value){ .kind = BS_VALUE_NULL };
}

static inline struct bs_value bs_value_bool(bool boolean)
{
	return (struct bs_value){ .kind = BS_VALUE_BOOL, .boolean = boolean };
}

static inline struct bs_value bs_value_int(int64_t integer)
{
	return (struct bs_value){ .kind = BS_VALUE_INT, .integer = integer };
}

/* Plain text, such as a title: escaped when it is printed. Below 4 GiB, as all that the caps of limits.h let in. */
static inline struct bs_value bs_value_text(struct bs_str text)
{
	return (struct bs_value){ .kind = BS_VALUE_TEXT, .len = (uint32_t)text.len, .text = text.ptr };
}

/* HTML that was made by this program from checked parts (canonical markup, bs_out_*): printed as it is. Never text that
 * came from outside. */
static inline struct bs_value bs_value_markup(struct bs_str markup)
{
	return (struct bs_value){ .kind = BS_VALUE_MARKUP, .len = (uint32_t)markup.len, .text = markup.ptr };
}

static inline struct bs_value bs_value_list(const struct bs_value *items, size_t count)
{
	return (struct bs_value){ .kind = BS_VALUE_LIST, .len = (uint32_t)count, .items = items };
}

static inline struct bs_value bs_value_dict(const struct bs_dict *dict)
{
	return (struct bs_value){ .kind = BS_VALUE_DICT, .dict = dict };
}

static inline struct bs_value bs_value_call(const struct bs_call *call)
{
	return (struct bs_value){ .kind = BS_VALUE_CALL, .call = call };
}

/* --- Dictionaries --- */

/* An empty dictionary in the arena, with room for `expected` names; it grows when there are more. */
struct bs_dict *bs_dict_new(struct bs_arena *arena, size_t expected);
/* Set the value of a name (not 0), replacing what it had. */
void bs_dict_set(struct bs_dict *dict, uint16_t name, struct bs_value value);
/* The value of a name, or NULL when the dictionary does not have it. */
const struct bs_value *bs_dict_get(const struct bs_dict *dict, uint16_t name);
/* How many names it has. */
size_t bs_dict_count(const struct bs_dict *dict);

/* Whether a section of this value is shown: see enum bs_value_kind. */
bool bs_value_true(const struct bs_value *value);

#endif
