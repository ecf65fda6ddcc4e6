/* figures.h - pictures with a caption among the words of a paragraph.
 *
 * A node is cmark's, a void pointer here. */
#ifndef BS_TEXT_MARKDOWN_FIGURES_H
#define BS_TEXT_MARKDOWN_FIGURES_H

#include <stdbool.h>

/* Whether a picture is alone in its paragraph, as a link or not: then it is a figure, with its title as caption. */
bool figure_is_alone(void *image);

/* Give each picture that has a title and stands among words a paragraph of its own behind them: where a picture stands anyway, and
 * where it can have a caption. Pictures in tables stay. `memory` is that of the tree. */
void figures_part(void *document, void *memory);

#endif
