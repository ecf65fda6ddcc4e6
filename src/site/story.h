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

/* The story's pages in its languages, version_count of them. */
struct bs_frame_version *bs_story_versions(struct bs_page *page, const struct bs_story *story);

/* Whether a notice stands on this story, by its rule or because the story names it; in the story's language where the
 * notice has one, else in the publication's. */
bool bs_notice_applies(const struct bs_page *page, const struct bs_story *story, const struct bs_notice *notice);

/* The words of a licence, plain: "Free to republish with credit and a link", "CC BY 4.0" … */
struct bs_str bs_licence_text(struct bs_page *page, struct bs_str licence);
/* Where a licence can be read; empty when it has no page. */
struct bs_str bs_licence_url(struct bs_page *page, struct bs_str licence);

struct bs_json;
/* A graph as JSON-LD that is safe within <script>. */
struct bs_str bs_graph_write(struct bs_page *page, const struct bs_json *graph);
/* schema.org's graph of a story page as finished JSON-LD, safe within <script>. */
struct bs_str bs_story_graph(struct bs_page *page, const struct bs_story *story);

#endif
