/* tmx.h - TMX 1.4b (LISA OSCAR, 2005): translation memories, two languages at a time.
 *
 * Everything lives in the arena. Pure; safe from any thread. */
#ifndef BS_TRANSLATE_FILES_TMX_H
#define BS_TRANSLATE_FILES_TMX_H

#include "translate/files/units.h"
#include "translate/files/xml.h"

/* Of a tree whose root is <tmx>: the first two languages of each unit, the header's srclang as the source. Units in other languages than
 * the first one are left out. `lang` (or empty) says which language is wanted where there are several. BS_INVALID with line. */
enum bs_rc bs_tmx_read(struct bs_arena *arena, const struct bs_element *root, struct bs_str lang, struct bs_units *out,
                       struct bs_err *err) BS_CHECK;

/* The head, each unit, the end. What an engine made says so in a <prop>. */
void bs_tmx_begin(struct bs_buf *out, struct bs_str source_lang);
void bs_tmx_write(struct bs_arena *arena, struct bs_buf *out, struct bs_str source_lang, struct bs_str lang, const struct bs_unit *unit);
void bs_tmx_end(struct bs_buf *out);

#endif
