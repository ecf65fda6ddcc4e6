/* rules.h - the allow-list: every HTML element that means something to a story, how it nests, and what becomes of it.
 * Elements that are not in it never reach the parser. Constant data; safe from any thread. */
#ifndef BS_TEXT_HTML_RULES_H
#define BS_TEXT_HTML_RULES_H

#include "text/story/tags.h"

enum nesting { /* how the element stands in the markup, as the HTML standard classes it */
	NEST_ORDINARY,
	NEST_VOID,    /* no content, no end tag */
	NEST_FORMAT,  /* goes on behind a block that ends before it does */
	NEST_BLOCK,   /* ends an open paragraph */
	NEST_ITEM,    /* li, dd, dt: a block that ends an item before it */
	NEST_TABLE,
	NEST_ROW,  /* a part of a table: only within one */
	NEST_PAGE, /* html, head, body: the parser makes them anyway */
	NEST_RAW,  /* its content is text up to its end tag, and left out with it */
	NEST_SKIP, /* left out with its content */
	NEST_FOREIGN, /* svg, math: left out up to the end tag, or to the first tag that cannot be within */
	NEST_NONE, /* the tags are left out, the content stays */
};

enum action {
	ACT_DROP,   /* with its content */
	ACT_UNWRAP, /* the content stays, in line */
	ACT_TAG,    /* an inline tag */
	ACT_PART,   /* a block */
	ACT_BREAK,
	ACT_RULE,
	ACT_IMAGE,
	ACT_FRAME, /* shows something from elsewhere: a link takes its place */
};

struct rule {
	struct bs_str name;
	enum nesting nesting;
	enum action action;
	enum tag tag;   /* of ACT_TAG */
	enum part part; /* of ACT_PART */
	bool breaks_out; /* cannot be within svg or math, and ends them */
};

/* Case does not matter. NULL for a name that has no rule. */
const struct rule *rule_of(struct bs_str name);
enum { RULES = 128 }; /* at most */
/* Which of the rules it is, less than RULES. */
size_t rule_number(const struct rule *rule);

#endif
