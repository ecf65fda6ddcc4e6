/* po.h - PO files (GNU gettext, "The Format of PO Files"), as translators' tools read and write them.
 *
 * A passage is an entry: msgid is what it says, msgstr the translation, both as inline markup; the header names the languages
 * ("Language", "X-Source-Language") and who made it ("Last-Translator"). Everything lives in the arena; the text is borrowed.
 * Pure; safe from any thread. */
#ifndef BS_TRANSLATE_FILES_PO_H
#define BS_TRANSLATE_FILES_PO_H

#include "translate/files/units.h"

/* Read a whole file.
 *   BS_INVALID  not PO: line and reason. A plural entry is refused: passages have none.
 *   BS_LIMIT    over BS_MAX_DOCUMENT */
enum bs_rc bs_po_read(struct bs_arena *arena, struct bs_str text, struct bs_units *out, struct bs_err *err) BS_CHECK;

/* Write one; what bs_po_read reads back as the same. Lines are not folded but at line feeds. */
void bs_po_write(struct bs_buf *out, const struct bs_units *po);

#endif
