/* chars.h - characters as canonical text sees them. With lines.c the only part of the room that calls ICU; none of its types leave.
 * Pure; safe from any thread. */
#ifndef BS_TEXT_STORY_CHARS_H
#define BS_TEXT_STORY_CHARS_H

#include "base/mem.h"

enum char_class {
	CHAR_TEXT,
	CHAR_WHITE,      /* folds: ASCII white space, next line, line and paragraph separators */
	CHAR_GAP,        /* a space that means itself (no-break, thin, ideographic); dropped at the ends of a passage only */
	CHAR_WEIGHTLESS, /* joiners, soft hyphens, marks of direction: only beside text that they can act on */
	CHAR_DROP,       /* controls, byte order marks, noncharacters, invisible operators */
};

enum char_class char_class_of(uint32_t c);
/* A letter, mark or number? */
bool char_is_word(uint32_t c);
bool char_is_letter(uint32_t c);

/* The same bytes when they are UTF-8 without NUL, else a copy in the arena with U+FFFD for each fault. */
struct bs_str chars_valid(struct bs_arena *arena, struct bs_str s);

/* Append well-formed text in NFC, without unbalanced directional controls, and without joiners that have nothing to join.
 * Doing it again changes nothing. */
void chars_compose(struct bs_buf *out, struct bs_str text);

/* Append the text as passage.h normalises it for comparing. `text` may be any bytes. */
void chars_fold(struct bs_buf *out, struct bs_str text);

/* How many words; see bs_markup_words. *in_word carries over between pieces of one text. */
size_t chars_words(struct bs_str text, bool *in_word);

#endif
