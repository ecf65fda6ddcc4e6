/* feed_form.h - the forms a feed has, and how they are called; for whoever links to feeds. */
#ifndef BS_SITE_MACHINE_FEED_FORM_H
#define BS_SITE_MACHINE_FEED_FORM_H

#include "base/core.h"

enum bs_feed_form { BS_FEED_RSS, BS_FEED_ATOM, BS_FEED_JSON, BS_FEED_FORMS };

/* "/feed.xml" …: what stands behind the address of a list. */
const char *bs_feed_ending(enum bs_feed_form form);
/* "application/rss+xml" … */
struct bs_str bs_feed_type(enum bs_feed_form form);

#endif
