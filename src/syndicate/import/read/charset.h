/* charset.h - pages in another encoding than UTF-8, which say so: <meta charset> or <meta http-equiv>, as the HTML standard finds them.
 * Pure but for the C library's tables of encodings; safe from any thread. */
#ifndef BS_SYNDICATE_IMPORT_READ_CHARSET_H
#define BS_SYNDICATE_IMPORT_READ_CHARSET_H

#include "base/mem.h"

/* The encoding that the head of a page declares, a view into it; empty when there is none, or it is UTF-8 or UTF-16, which text that
 * is not UTF-8 and has such a declaration in ASCII cannot be in. */
struct bs_str bs_charset_declared(struct bs_str page);

/* The page in UTF-8, in the arena. *fault is the offset of the first byte that the encoding does not have.
 *   BS_NOT_FOUND  the C library does not know the encoding
 *   BS_INVALID    there is a fault
 *   BS_LIMIT      over BS_MAX_DOCUMENT in UTF-8 */
enum bs_rc bs_charset_convert(struct bs_arena *arena, struct bs_str page, struct bs_str charset, struct bs_str *out, size_t *fault) BS_CHECK;

#endif
