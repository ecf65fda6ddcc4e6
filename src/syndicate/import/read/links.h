/* links.h - addresses in a body that were written for another place: links to other documents and pictures beside the
 * file become what they are on this site. */
#ifndef BS_SYNDICATE_IMPORT_READ_LINKS_H
#define BS_SYNDICATE_IMPORT_READ_LINKS_H

#include "syndicate/import/read/incoming.h"
#include "text/body.h"

/* Give each relative link the address that refs find for it; one that they do not know loses its target and is remarked,
 * BS_REMARK_REFERENCE. Links from the site's root, and whole ones of the documents' own site, are tried and else left as they are.
 * body->links is listed anew.
 *   BS_LIMIT as bs_body_links */
enum bs_rc bs_links_resolve(struct bs_arena *arena, struct bs_body *body, const struct bs_references *refs,
                            struct bs_remarks *remarks, struct bs_err *err) BS_CHECK;

/* Is this the address of something beside the file: neither of another site, nor "media:…", nor of a mail? */
bool bs_is_local_file(struct bs_str address);

/* What stands behind the scheme of a web address, "a.example/b"; empty for what has none. "//a.example/b" is one, too. */
struct bs_str bs_link_place(struct bs_str address);
/* Whether a web address is within the site at a place, "a.example/blog": by whatever scheme, and the host in whatever letters. *rest is
 * what stands behind the place: nothing, or what begins with one of / ? # */
bool bs_link_within(struct bs_str address, struct bs_str site, struct bs_str *rest);

/* Remark the pictures of other sites, BS_REMARK_PICTURE, where the document names them: they are not fetched. And those within the
 * text (data:), which are left out. */
void bs_pictures_remark(const struct bs_reading *reading, const struct bs_incoming *in);

/* Bring blocks that were changed into the form that a reader of them gives (an item that lost its picture begins with its text),
 * and list the links anew. BS_LIMIT as bs_html_blocks. */
enum bs_rc bs_body_mend(struct bs_arena *arena, struct bs_body *body, struct bs_err *err) BS_CHECK;
/* Take picture `i` out, with the caption and credit that belong to it; mend the body when all is done. Returns the index of what
 * follows. */
size_t bs_picture_drop(struct bs_body *body, size_t i);

#endif
