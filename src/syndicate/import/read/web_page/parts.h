/* parts.h - a page of the web while it becomes a draft; for the files of this folder alone.
 *
 *   web_page.c  the order; language, titles, addresses, picture, corrections
 *   times.c     when it was published and changed
 *   names.c     whom and what the page names: people, terms
 *   said.c      what a page says of itself: its <meta> and the nodes of its JSON-LD
 *
 * What is missing or broken is empty: a page is refused only for want of a title, and for a time of publication that does not
 * exist. Pure; views into the page, or in its arena. */
#ifndef BS_SYNDICATE_IMPORT_READ_WEB_PAGE_PARTS_H
#define BS_SYNDICATE_IMPORT_READ_WEB_PAGE_PARTS_H

#include "syndicate/import/read/incoming.h"
#include "text/html.h"

struct bs_web_page {
	const struct bs_reading *reading;
	struct bs_arena *arena;
	struct bs_incoming *out;
	struct bs_html_page html;
	const struct bs_json *graph[8]; /* the roots of the page's JSON-LD */
	size_t graph_count;
	const struct bs_json *article; /* or NULL */
	const struct bs_lang *lang;
};

/* --- said.c: a node may be NULL everywhere --- */

/* The first of these names that the page has, or empty. Names are parted by spaces. */
struct bs_str bs_page_meta(const struct bs_web_page *p, const char *names);
bool bs_page_is_web(struct bs_str url);
/* Find graphs and article. */
void bs_page_graphs(struct bs_web_page *p);

/* Types in small letters, parted by spaces. */
bool bs_node_has_type(const struct bs_json *node, const char *types);
/* The first node of these types in a tree; not deeper than graphs go. `depth` 0. */
const struct bs_json *bs_node_find(const struct bs_json *tree, const char *types, int depth);
/* {"@id": "#ann"} stands for the node of that id. */
const struct bs_json *bs_node_resolved(const struct bs_web_page *p, const struct bs_json *node);
const struct bs_json *bs_node_member(const struct bs_web_page *p, const struct bs_json *node, const char *name);
/* The first of what may be one or a list. */
const struct bs_json *bs_node_first(const struct bs_web_page *p, const struct bs_json *node);
/* A text, or the name of the thing that stands instead of it. HTML in it is read as text. */
struct bs_str bs_node_text(const struct bs_web_page *p, const struct bs_json *node);
struct bs_str bs_node_url(const struct bs_web_page *p, const struct bs_json *node);

/* --- times.c --- */

/* A time as pages write it, ISO 8601 or a day in words of many languages, where the story can do without: 0, and a remark that calls it
 * `name`, for what is none. Empty: 0. */
int64_t bs_page_time(const struct bs_web_page *p, const char *name, struct bs_str text);
/* BS_INVALID when the page says of its publication only what is no time, or does not exist: today's would be wrong, too. */
enum bs_rc bs_page_times(struct bs_web_page *p, struct bs_err *err) BS_CHECK;

/* --- names.c --- */

void bs_page_people(struct bs_web_page *p);
void bs_page_terms(struct bs_web_page *p);

#endif
