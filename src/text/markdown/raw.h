/* raw.h - raw HTML and bare addresses in Markdown, looked at without parsing it. Pure; safe from any thread. */
#ifndef BS_TEXT_MARKDOWN_RAW_H
#define BS_TEXT_MARKDOWN_RAW_H

#include "text/html/rules.h"

/* Is the HTML closed where it began, by the book, so that it means the same whatever stands around it? */
bool raw_is_contained(struct bs_str html);

/* Nothing but comments and white space? */
bool raw_is_blank(struct bs_str html);

/* What one tag of inline HTML is. */
struct inline_tag {
	bool simple; /* an inline tag or line break without attributes, or nothing that means anything */
	bool end;
	const struct rule *rule; /* NULL: means nothing */
};

struct inline_tag inline_tag_of(struct bs_str html);

/* Might there be an address in the text that is not marked as a link? False only when there is none. */
bool may_have_bare_link(struct bs_str markdown);

#endif
