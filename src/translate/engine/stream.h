/* stream.h - pieces in Apertium's stream format, and back.
 *
 * Words of an element carry its numbers as word-bound blanks, [[t:g:2; t:g:1]]word[[/]], which Apertium keeps at the word wherever
 * it moves it: an element is then from the first of its words to the last. What stays whole is a superblank, [x3]. A term
 * is a word that no dictionary has, with the number of the term. A passage ends in ".[]", a full stop that the engine
 * sees and readers do not, and a NUL.
 * Format: https://wiki.apertium.org/wiki/Apertium_stream_format. Pure; safe from any thread. */
#ifndef BS_TRANSLATE_ENGINE_STREAM_H
#define BS_TRANSLATE_ENGINE_STREAM_H

#include "translate/engine/inlines.h"

/* Append one passage, NUL and all. */
void bs_stream_write(struct bs_buf *out, const struct bs_inlines *pieces);
/* Read one passage without its NUL. BS_INVALID: an element without words, brackets that do not close. */
enum bs_rc bs_stream_read(struct bs_arena *arena, const struct bs_inlines *source, struct bs_str text, struct bs_inlines *out,
                          struct bs_err *err) BS_CHECK;

#endif
