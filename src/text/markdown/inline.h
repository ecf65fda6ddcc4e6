/* inline.h - markup as Markdown: what Markdown cannot say stands as HTML tags in it. Pure; safe from any thread. */
#ifndef BS_TEXT_MARKDOWN_INLINE_H
#define BS_TEXT_MARKDOWN_INLINE_H

#include "base/mem.h"

struct inline_style {
	bool one_line; /* headings, cells: a line break is <br> */
	bool cell;     /* '|' is escaped */
	bool notes;    /* references to notes are [^1]; else HTML */
	struct bs_str prefix; /* what a line behind a line break begins with */
};

void inline_put(struct bs_buf *out, struct bs_str markup, const struct inline_style *style);

/* Plain text in which nothing means anything: alternative text, titles (in double quotes). */
void inline_put_text(struct bs_buf *out, struct bs_str text);
/* A link's address, "(" to ")", with a title when there is one. */
void inline_put_target(struct bs_buf *out, struct bs_str url, struct bs_str title);

#endif
