/* url.h - addresses as they may stand in a story: read as browsers read them (WHATWG URL), so that no disguise of a
 * scheme gets through, and written in one form: ASCII but for the host, nothing in it that HTML, Markdown or attrs would
 * need to quote. Pure; safe from any thread. */
#ifndef BS_TEXT_STORY_URL_H
#define BS_TEXT_STORY_URL_H

#include "base/mem.h"

enum url_use {
	URL_LINK,  /* http, https, mailto, tel, relative, #fragment */
	URL_IMAGE, /* http, https, relative, media:ID */
	URL_PLACE, /* http, https, relative: cite, frames */
};

/* The address in its one form, in the arena; ptr NULL when it leads nowhere that is allowed: another scheme, no host, "", "#",
 * over BS_MAX_URL. `raw` is UTF-8. A relative address is resolved against `base` when that is not empty; one that then
 * only differs from base in its fragment is returned as "#fragment". */
struct bs_str url_clean(struct bs_arena *arena, struct bs_str raw, struct bs_str base, enum url_use use);

/* The host of an absolute http(s) address, without "www."; or empty. */
struct bs_str url_host(struct bs_str url);

#endif
