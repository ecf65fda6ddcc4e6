/* indent.h - indented blocks that are no program. Converters of old sites indent whatever stood in a list or a table, and
 * CommonMark takes that for code. Pure; safe from any thread. */
#ifndef BS_TEXT_MARKDOWN_INDENT_H
#define BS_TEXT_MARKDOWN_INDENT_H

#include "base/core.h"

/* Does the block begin with a tag, as the HTML before it would go on? */
bool indent_is_html(struct bs_str block);

/* Does it read as sentences rather than as a program? */
bool indent_is_prose(struct bs_str block);

#endif
