/* passage.h - the identities of a passage, exactly enough to be checked by outsiders.
 *
 * The passage hash is SHA-256 (FIPS 180-4) over the bytes
 *
 *     broadsheet-passage-1 LF language LF markup
 *
 * where language is the BCP 47 tag of the story's version and markup is canonical (markup.h). Neither the first line
 * nor the language holds a line feed, so no two passages share these bytes. `printf 'broadsheet-passage-1\n%s\n%s' en 'Some
 * <em>text</em>' | sha256sum` gives the same.
 *
 * The text hash is SHA-256 over the normalised text, for finding a passage again in a copy whose quotes, dashes, case, markup
 * or spacing have changed:
 *   1. the plain text of the markup, as bs_markup_text gives it;
 *   2. NFKC, Unicode case folding (full), NFKC again (ICU);
 *   3. format characters (Cf) are dropped;
 *   4. letters, marks, numbers, and the symbols Sm, Sc, So, '%' and U+2030 stay; a dash or minus (Pd, U+2212) stays, as '-', when a
 *      number follows it and neither letter nor number stands before it;
 *   5. whatever else there is counts as white space; runs of it become one U+0020, none at the ends.
 *
 * Safe from any thread. */
#ifndef BS_TEXT_PASSAGE_H
#define BS_TEXT_PASSAGE_H

#include "base/mem.h"

enum { BS_PASSAGE_HASH_SIZE = 32 };

void bs_passage_hash(struct bs_str lang, struct bs_str markup, uint8_t out[BS_PASSAGE_HASH_SIZE]);

/* Of a passage's markup, and of plain text from elsewhere; equal for equal text. False, *out all zero, when nothing is left
 * of it (an empty passage, a lone dash): such text identifies nothing. */
bool bs_passage_text_hash(struct bs_str markup, uint8_t out[BS_PASSAGE_HASH_SIZE]);
bool bs_plain_text_hash(struct bs_str text, uint8_t out[BS_PASSAGE_HASH_SIZE]);

/* The normalised text itself, for showing what was compared. */
struct bs_str bs_plain_text_fold(struct bs_arena *arena, struct bs_str text);

#endif
