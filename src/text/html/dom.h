/* dom.h - the tree of an HTML document, as the parser made it: plain nodes, so that the parser's own types stay in one file.
 * All of it lives in the arena passed in. */
#ifndef BS_TEXT_HTML_DOM_H
#define BS_TEXT_HTML_DOM_H

#include "text/html/rules.h"
#include "text/html/strain.h"

struct attribute {
	struct bs_str name; /* lower case */
	struct bs_str value;
};

struct node {
	struct node *parent, *first, *next;
	const struct rule *rule; /* NULL for text, and for the root */
	struct bs_str text;      /* of a text */
	struct attribute *attributes;
	size_t attribute_count;
	/* For the walk, what entering it began: parts and tags of the body, a figure, preformatted text, notes. */
	unsigned char parts, tags;
	bool figure, pre, notes;
};

/* Parse any bytes. The root holds <html>; raw (or NULL) gets what the parser never sees: title and structured data. */
enum bs_rc dom_parse(struct bs_arena *arena, struct bs_str html, struct node **root, struct strained *raw,
                     struct bs_err *err) BS_CHECK;

/* The value of an attribute; ptr NULL when it is not there. */
struct bs_str node_attr(const struct node *node, const char *name);
bool node_is(const struct node *node, const char *name);
/* The node after this one in document order, within `root`, children first; NULL at the end. */
struct node *node_after(const struct node *node, const struct node *root);
/* The same without the children of this one. */
struct node *node_behind(const struct node *node, const struct node *root);
/* Does the class attribute have the word? */
bool node_has_class(const struct node *node, const char *word);
/* The text within, white space folded, in the arena; at most BS_MAX_FIELD bytes of it. */
struct bs_str node_text(struct bs_arena *arena, const struct node *root);

#endif
