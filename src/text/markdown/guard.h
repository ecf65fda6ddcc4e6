/* guard.h - Markdown that would take the parser time or memory out of all measure, told before it is parsed.
 *
 * The parser is linear in what people write, but not in everything: it looks for the end of each comment-like tag through the
 * rest of the paragraph, walks over all open pictures at each link, keeps the cells of a row in a list that it walks, fills
 * short rows up, copies an address for each use of its definition, and goes back over each parenthesis behind an address. Texts
 * with thousands of these are nobody's; they lose what makes them costly and keep their words. Linear; safe from any thread. */
#ifndef BS_TEXT_MARKDOWN_GUARD_H
#define BS_TEXT_MARKDOWN_GUARD_H

#include "base/mem.h"

struct guarded {
	struct bs_str text;  /* the one that was given, or a copy in the arena */
	bool tables, addresses; /* may the parser look for tables, and for addresses that are not marked as links? */
};

struct guarded guard_markdown(struct bs_arena *arena, struct bs_str text);

#endif
