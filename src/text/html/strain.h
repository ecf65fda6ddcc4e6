/* strain.h - HTML made fit for the parser: only elements of the allow-list (rules.h) go through, and no more of them
 * within each other than the parser can stand.
 *
 * The parser's time grows with the depth of the tree, it walks its tree by recursion in places, and what a formatting tag costs
 * it multiplies with every block that follows. So nesting is bounded here, before it: an upper bound of the depth is kept by
 * following start and end tags, counting as ended only what the standard is certain to end. Scripts, styles, svg, math and
 * templates are left out here already, so that no rule of parsing but that of plain HTML ever applies.
 *
 * Nothing here makes the result safe: that is the walk of the tree. A mistake here costs time or text.
 * Linear in the input. Safe from any thread. */
#ifndef BS_TEXT_HTML_STRAIN_H
#define BS_TEXT_HTML_STRAIN_H

#include "base/mem.h"

struct strained {
	struct bs_str html;
	struct bs_str title;    /* raw content of the first <title>; or empty */
	struct bs_str *json_ld; /* raw contents of <script type="application/ld+json"> */
	size_t json_ld_count;
};

/* BS_LIMIT when the parser would make more than BS_MAX_HTML_NODES of it. */
enum bs_rc strain(struct bs_arena *arena, struct bs_str html, struct strained *out, struct bs_err *err) BS_CHECK;

#endif
