/* out.h - writing text into a place, each function named by the place.
 *
 * The only way that text from outside (a story, a setting, an address, a form) comes onto a page, into a feed or an
 * address. Choose by where the text lands, not by what it holds. Input is UTF-8; bytes that are not are passed on as
 * they are except where said. Each appends to the buffer and fails as the buffer does (stickily, at its cap).
 * Safe from any thread. */
#ifndef BS_TEXT_OUT_H
#define BS_TEXT_OUT_H

#include "base/mem.h"

/* Between tags in HTML: & < > become references. Not for attributes, <script> or <style>. */
void bs_out_text(struct bs_buf *out, struct bs_str text);

/* Inside a quoted HTML attribute, either quote: & < > " ' become references. Right between tags, too. */
void bs_out_attr(struct bs_buf *out, struct bs_str text);

/* One component of an address (a path segment, a query's name or value), RFC 3986: all but A-Z a-z 0-9 - . _ ~ becomes
 * %XX of its bytes. The result needs no further escaping in HTML, XML or JSON. */
void bs_out_url(struct bs_buf *out, struct bs_str component);

/* Inside a quoted JSON string (RFC 8259), quotes not written. Safe within <script> and in JavaScript too: < > & and
 * U+2028, U+2029 are written \uXXXX. A byte that is not UTF-8 becomes U+FFFD. */
void bs_out_json(struct bs_buf *out, struct bs_str text);

/* XML 1.0 character data or a quoted attribute: & < > " ' become references, and CR, which a parser would change. What
 * XML cannot hold (other controls than tab and LF, U+FFFE, U+FFFF, bytes that are not UTF-8) becomes U+FFFD. */
void bs_out_xml(struct bs_buf *out, struct bs_str text);

/* As it is. Each use says why that is safe. */
void bs_out_raw(struct bs_buf *out, struct bs_str bytes);

/* A decimal number: "-42". */
void bs_out_int(struct bs_buf *out, int64_t number);

#endif
