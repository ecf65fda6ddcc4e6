/* lines.h - plain text in lines of at most so many columns, for mail and terminals.
 *
 * Lines break at white space, and where Unicode's line breaking (UAX 14; dictionaries for Thai, Khmer, Lao and Burmese) allows it
 * beside a letter beyond ASCII, so that Chinese and Thai break within their sentences but no address is torn. Columns are counted
 * as terminals do: letters that are wide (UAX 11) two, combining marks and joiners none. A word longer than a line stands alone. */
#ifndef BS_TEXT_STORY_LINES_H
#define BS_TEXT_STORY_LINES_H

#include "base/mem.h"

struct lines;

struct lines *lines_new(void);
/* Accepts NULL, leaves NULL. */
void lines_free(struct lines **lines);

/* Take the next line of at most `columns` out of *rest, without the white space that it ends in; false when nothing is left. */
bool lines_next(struct lines *lines, struct bs_str *rest, size_t columns, struct bs_str *line);

size_t text_columns(struct bs_str text);

#endif
