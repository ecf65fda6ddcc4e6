/* story.h - the pages of one story: as a page, and what its other forms (graph, JSON, text) take from it. */
#ifndef BS_SITE_STORY_H
#define BS_SITE_STORY_H

#include "site/frame.h"

/* The address that a route's captures name. */
struct bs_address bs_address_of(const struct bs_page *page);

/* Find the story of the page's address and fill it in. When the address is an earlier one, page->location is set (with
 * `suffix` behind the new address) and *moved true: the page is done. A withdrawn story is BS_NOT_FOUND with status 410. */
enum bs_rc bs_story_of(struct bs_page *page, const char *suffix, bool extras, struct bs_story *out, bool *moved,
                       struct bs_err *err) BS_CHECK;

/* "/{yyyy}/{mm}/{slug}" and "/{slug}": the page. */
enum bs_rc bs_story_page(struct bs_page *page, struct bs_err *err) BS_CHECK;
enum bs_rc bs_dateless_page(struct bs_page *page, struct bs_err *err) BS_CHECK;
enum bs_rc bs_story_print(struct bs_page *page, struct bs_story *story, struct bs_err *err) BS_CHECK;
enum bs_rc bs_dateless_print(struct bs_page *page, struct bs_story *story, struct bs_err *err) BS_CHECK;

/* Plain: "A and B", those of the byline in this role, and the line about them, "By A and B"; empty when there are none. */
struct bs_str bs_story_names(struct bs_page *page, const struct bs_story *story, enum bs_role role);
struct bs_str bs_story_credit(struct bs_page *page, const struct bs_story *story, enum bs_role role);

/* "First published by <a …><cite>Harbour Review</cite></a>, 13 November 2025"; empty when it was published here first. */
struct bs_str bs_story_source_line(struct bs_page *page, const struct bs_story *story);

/* The notices of one place that stand on this story, by their rule or because it names them; each in the story's language
 * where there is one, else in the publication's. In the order permission, disclaimer, copyright, fair use, others. */
size_t bs_story_notices(const struct bs_page *page, const struct bs_story *story, struct bs_str place,
                        const struct bs_notice *const **out);

/* Who holds the rights: whoever published it first, as far as we know; and "© The Northern Courier". Plain. */
struct bs_str bs_story_holder(struct bs_page *page, const struct bs_story *story);
struct bs_str bs_story_copyright(struct bs_page *page, const struct bs_story *story);

/* The words of a licence, plain: "Free to republish with credit and a link", "CC BY 4.0" … */
struct bs_str bs_licence_text(struct bs_page *page, struct bs_str licence);
/* Where a licence can be read; empty when it has no page. */
struct bs_str bs_licence_url(struct bs_page *page, struct bs_str licence);
/* The licence of the story, linked where it has a page. */
struct bs_str bs_licence_line(struct bs_page *page, const struct bs_story *story);

#endif
