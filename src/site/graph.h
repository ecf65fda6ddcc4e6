/* graph.h - what a page says of itself: its address and the one that an index shall keep, its languages, title, description,
 * times, picture. Whatever is made of a page for machines (canonical link, hreflang, Open Graph, JSON-LD, ninjs, feeds, sitemaps)
 * takes these facts from here and works none of them out again, so that no two can disagree.
 *
 * A graph is plain data in the page's arena. */
#ifndef BS_SITE_GRAPH_H
#define BS_SITE_GRAPH_H

#include "site/read.h"

enum bs_graph_kind { BS_GRAPH_PAGE, BS_GRAPH_HOME, BS_GRAPH_LIST, BS_GRAPH_PERSON, BS_GRAPH_STORY };

struct bs_alternate { /* a page in one of its languages */
	const struct bs_lang *lang;
	struct bs_str path;
	bool indexed; /* for hreflang: the one of its language that an index shall keep */
};

struct bs_alternates { /* itself among them; fewer than two: it has no other language */
	struct bs_alternate *list;
	size_t count;
};

struct bs_graph {
	enum bs_graph_kind kind;
	struct bs_str title;       /* plain; empty: the publication's name alone (home) */
	struct bs_str description; /* plain */
	struct bs_str url;         /* absolute, of this page; empty: not to be kept by an index (errors, search) */
	struct bs_str canonical;   /* absolute: url, unless the text has its home elsewhere */
	struct bs_alternates alternates;
	struct bs_media_ref image;
	struct bs_str image_alt;   /* plain */
	int64_t published, modified; /* 0: not said */
	const struct bs_story *story;       /* of BS_GRAPH_STORY; and of a page without a date */
	const struct bs_person_row *person; /* of BS_GRAPH_PERSON */
};

/* --- any page -------------------------------------------------------------------------------------------------------------- */

/* A page at `path` of its own, with title and description still to be set; canonical. */
struct bs_graph bs_graph_of_path(struct bs_page *page, enum bs_graph_kind kind, struct bs_str path);
/* A page that every language has: "/" (home), "/archive". `path` without the language. */
struct bs_alternates bs_alternates_of_path(struct bs_page *page, const char *path);
/* The first page of a list, "/region/baltic", in each language in which it has stories. One query. */
enum bs_rc bs_alternates_of_list(struct bs_page *page, struct bs_list list, struct bs_str kind, struct bs_str slug,
                                 struct bs_alternates *out, struct bs_err *err) BS_CHECK;

/* The alternate that readers of any other language shall get (hreflang x-default): the publication's own language, else the
 * first. NULL where hreflang says nothing: fewer than two are indexed, or the one in `lang` is not. */
const struct bs_alternate *bs_alternates_default(struct bs_page *page, const struct bs_alternates *alternates,
                                                 const struct bs_lang *lang);

/* --- stories --------------------------------------------------------------------------------------------------------------- */

void bs_graph_of_story(struct bs_page *page, const struct bs_story *story, struct bs_graph *out);
/* The versions of story `id`, which is among them and shown in `own`. Of several in one language the first is indexed; none whose text has its
 * home elsewhere. */
struct bs_alternates bs_alternates_of_story(struct bs_page *page, int64_t id, const struct bs_lang *own, const struct bs_version *versions,
                                            size_t count);
/* Whether an index shall keep the story under its own address. */
bool bs_story_is_home(struct bs_page *page, const struct bs_address *address, struct bs_str canonical);

/* The absolute address of the story in its own language. */
struct bs_str bs_story_url(struct bs_page *page, const struct bs_address *address);
/* Where its text has its home: that, or the address that its canonical names. */
struct bs_str bs_story_canonical(struct bs_page *page, const struct bs_story *story);
/* A name that stays when title and address change: tag:HOST,YYYY-MM-DD:ID (RFC 4151), by the day of publication (UTC); in a language
 * into which its passages are translated with ":LANG" behind. */
struct bs_str bs_story_name(struct bs_page *page, const struct bs_story *story);
struct bs_str bs_version_name(struct bs_page *page, const struct bs_version *version);
/* The last time that readers were told of: publication, update or correction (0: none). */
int64_t bs_story_changed(int64_t published_at, int64_t updated_at, int64_t corrected_at);
int64_t bs_story_modified(const struct bs_story *story);
/* Summary, else subtitle, else the beginning of the text; plain, at most 300 bytes. */
struct bs_str bs_story_summary(struct bs_page *page, const struct bs_story *story);
/* The licence of the story, else the publication's: a word such as "CC-BY-4.0" or "permission". */
struct bs_str bs_story_licence(struct bs_page *page, const struct bs_story *story);

/* --- schema.org ------------------------------------------------------------------------------------------------------------ */

/* The graph as finished JSON-LD 1.1, safe within <script>; empty without a url. */
struct bs_str bs_graph_json_ld(struct bs_page *page, const struct bs_graph *graph);

#endif
