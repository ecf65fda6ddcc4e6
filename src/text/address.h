/* address.h - whether a text could be an address of the web or of mail, as far as can be told without asking. One answer for
 * whatever brings addresses in: files, settings, forms. Pure; safe from any thread. */
#ifndef BS_TEXT_ADDRESS_H
#define BS_TEXT_ADDRESS_H

#include "base/mem.h"

/* http: or https: (RFC 3986) with a host that holds nothing a host may not, no blanks or controls, at most BS_MAX_URL bytes. */
bool bs_url_is_web(struct bs_str url);
/* An address of the web as it may stand on a page: what an address may not hold (RFC 3986: " < > \ ^ ` { | }, square brackets behind the
 * host, a percent sign that begins no escape) becomes %XX, as a browser would ask for it. Letters beyond ASCII stay. What is no
 * address stays as it is. `url` itself, or in the arena. */
struct bs_str bs_url_tidy(struct bs_arena *arena, struct bs_str url);
/* mailto: (RFC 6068) with something behind it, otherwise as above. */
bool bs_url_is_mail(struct bs_str url);
/* NAME@HOST (RFC 5321), at most 254 bytes. */
bool bs_email_is_valid(struct bs_str email);

#endif
