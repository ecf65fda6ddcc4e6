/* xliff.h - XLIFF: 2.1 (OASIS Standard, 2018) read and written, 2.0 and 1.2 read.
 *
 * A unit is a passage. A translation that no person has looked at has the state "initial"; people's have "final". What comes back
 * with a target counts, whatever the tool calls its state, but "initial" and, in 1.2, "new" and "needs-…".
 *
 * Everything lives in the arena. Pure; safe from any thread. */
#ifndef BS_TRANSLATE_FILES_XLIFF_H
#define BS_TRANSLATE_FILES_XLIFF_H

#include "translate/files/units.h"
#include "translate/files/xml.h"

/* Of a tree whose root is <xliff>. BS_INVALID with line and reason. */
enum bs_rc bs_xliff_read(struct bs_arena *arena, const struct bs_element *root, struct bs_units *out, struct bs_err *err) BS_CHECK;
/* BS_XLIFF of `units`, whose markup is canonical; `id` names the file within. */
void bs_xliff_write(struct bs_arena *arena, struct bs_buf *out, struct bs_str id, const struct bs_units *units);

#endif
