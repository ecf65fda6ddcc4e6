/* whole.h - a story as it leaves the site: all that belongs to it in one piece of HTML, every address absolute, under a name
 * that lasts. What feeds, ninjs and the plain text share. */
#ifndef BS_SITE_MACHINE_WHOLE_H
#define BS_SITE_MACHINE_WHOLE_H

#include "site/story.h"

/* An address as it stands in a page at `base`, made absolute (RFC 3986, section 5, but that "." and ".." segments are left
 * to whoever follows it). */
struct bs_str bs_url_resolve(struct bs_page *page, struct bs_str base, struct bs_str href);
/* Canonical markup, or HTML that body.h wrote, with every link and picture absolute. */
struct bs_str bs_markup_absolute(struct bs_page *page, struct bs_str base, struct bs_str html);

/* The text as HTML: body alone. */
struct bs_str bs_story_body(struct bs_page *page, const struct bs_story *story);
/* The text with all that a reader must know of it: corrections first, standfirst, lead picture with caption and credit, notices,
 * the body, the line about the author, where it was first published and under which permission, licence. */
struct bs_str bs_story_content(struct bs_page *page, const struct bs_story *story);

#endif
