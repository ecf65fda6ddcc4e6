/* xml.h - XML as a tree, for the formats of translators' tools.
 *
 * Namespaces are dropped: an element or attribute has its local name (xml:lang is "lang"). Comments and processing instructions are
 * passed over. A document type may be named, but nothing outside is ever read, and a file that declares entities is
 * refused. Everything lives in the arena. Pure; safe from any thread. expat comes in here alone. */
#ifndef BS_TRANSLATE_FILES_XML_H
#define BS_TRANSLATE_FILES_XML_H

#include "base/mem.h"

struct bs_element_attr {
	struct bs_str name, value;
};

struct bs_element {
	struct bs_str name; /* of an element; empty: a text */
	struct bs_str text; /* of a text */
	struct bs_element_attr *attrs;
	size_t attr_count;
	struct bs_element *parent, *first, *last, *next;
	int line; /* from 1 */
};

/* BS_INVALID with line and reason; BS_LIMIT over BS_MAX_EXCHANGE bytes, or deeper or of more elements than a file of translations has. */
enum bs_rc bs_element_read(struct bs_arena *arena, struct bs_str text, const struct bs_element **out, struct bs_err *err) BS_CHECK;

/* The value; empty when it is not there. */
struct bs_str bs_element_attr(const struct bs_element *element, const char *name);
bool bs_element_is(const struct bs_element *element, const char *name);
/* The first child of that name; NULL: none, or `element` is NULL. */
const struct bs_element *bs_element_child(const struct bs_element *element, const char *name);
/* All text within, in order. */
struct bs_str bs_element_text(struct bs_arena *arena, const struct bs_element *element);
/* The next element of that name behind `at` (or, at first, `within`) in document order, inside `within`; NULL at the end. */
const struct bs_element *bs_element_next(const struct bs_element *within, const struct bs_element *at, const char *name);

#endif
