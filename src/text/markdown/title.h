/* title.h - the title of a Markdown picture as caption and credit: "Caption — credit: Name", either part of which may be
 * missing. */
#ifndef BS_TEXT_MARKDOWN_TITLE_H
#define BS_TEXT_MARKDOWN_TITLE_H

#include "text/story/build.h"

/* Write the parts of the title into the figure that is open. */
void title_to_figure(struct build *b, struct bs_str title);

/* The title for a caption and a credit, plain text both, either may be empty. */
void title_put(struct bs_buf *out, struct bs_str caption, struct bs_str credit);

#endif
