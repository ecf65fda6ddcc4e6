/* address.h - whether a text could be an address of the web or of mail, as far as can be told without asking. One answer for
 * whatever brings addresses in: files, settings, forms. Pure; safe from any thread. */
#ifndef BS_TEXT_ADDRESS_H
#define BS_TEXT_ADDRESS_H

#include "base/core.h"

/* http: or https: (RFC 3986) with a host, no blanks or controls, at most BS_MAX_URL bytes. */
bool bs_url_is_web(struct bs_str url);
/* mailto: (RFC 6068) with something behind it, otherwise as above. */
bool bs_url_is_mail(struct bs_str url);
/* NAME@HOST (RFC 5321), at most 254 bytes. */
bool bs_email_is_valid(struct bs_str email);

#endif
