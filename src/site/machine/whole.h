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
/* The same, but what leads to a place within the page stays as it is: for text that is one document with its notes. */
struct bs_str bs_markup_outward(struct bs_page *page, struct bs_str base, struct bs_str html);

/* A body as HTML with every address absolute. */
struct bs_str bs_body_absolute(struct bs_page *page, struct bs_str base, const struct bs_body *body);
/* The text with all that a reader must know of it: corrections first, standfirst, lead picture with caption and credit, notices,
 * the body, the line about the author, where it was first published and under which permission, licence. */
struct bs_str bs_story_content(struct bs_page *page, const struct bs_story *story);

#endif
