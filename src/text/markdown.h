/* markdown.h - Markdown becomes blocks (body.h), and blocks become Markdown.
 *
 * CommonMark 0.29 with GitHub's tables, strikethrough, autolinks and footnotes; raw HTML in it is cleaned as html.h says. A
 * picture alone in its paragraph is a figure, its title "Caption — credit: Name" (either part may be missing) caption and
 * credit; one with a title among words gets a paragraph of its own behind them.
 *
 * A # heading becomes ##. Quotes and dashes stay as typed. Front matter and shortcodes are the caller's.
 *
 * Results live in the arena. Time is linear in the input. Safe from any thread. */
#ifndef BS_TEXT_MARKDOWN_H
#define BS_TEXT_MARKDOWN_H

#include "text/body.h"

struct bs_markdown_options {
	struct bs_str base; /* as in html.h */
	struct bs_str lang;
	bool converted; /* the text was made from another form: indented blocks that read as HTML or as sentences are that, not programs;
	                 * boxes of lists of tasks are signs */
	int first_line; /* line of the file at which the text begins, for messages; 0 counts from 1 */
	int *fault_line; /* where the line of a fault goes, which then does not stand in the message; or NULL */
};

/* options may be NULL.
 *   BS_INVALID  not UTF-8, or a NUL in it: with the line
 *   BS_LIMIT    over BS_MAX_DOCUMENT, BS_MAX_PASSAGES, BS_MAX_PASSAGE or BS_MAX_CITATIONS; with the line where one can be
 *               told */
enum bs_rc bs_markdown_blocks(struct bs_arena *arena, struct bs_str markdown, const struct bs_markdown_options *options,
                              struct bs_body *out, struct bs_err *err) BS_CHECK;

/* Markdown as one passage of canonical markup, blocks joined by spaces: the "inline" fields of front matter. */
enum bs_rc bs_markdown_markup(struct bs_arena *arena, struct bs_str markdown, const struct bs_markdown_options *options,
                              struct bs_str *out, struct bs_err *err) BS_CHECK;

/* Write the body as Markdown that bs_markdown_blocks reads back to the same blocks, whatever is in them: what Markdown
 * cannot say stands as HTML. Ends with a line feed. Scratch memory comes from the arena. */
void bs_body_markdown(struct bs_arena *arena, struct bs_buf *buf, const struct bs_body *body);

/* One passage as one line of Markdown that bs_markdown_markup reads back to the same markup. */
void bs_markup_markdown(struct bs_arena *arena, struct bs_buf *buf, struct bs_str markup);

#endif
