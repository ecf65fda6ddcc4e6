/* page.h - one page being made, and the table by which rooms offer theirs.
 *
 * A room of pages is a table of struct bs_page_route. The same functions serve a request and fill a static export: they see
 * an address and a snapshot of the database, never a connection. What a page reads, it names with bs_page_tag; that is all
 * there is to caching.
 *
 * A page lives for one request, in one thread; everything it points to lives as long. */
#ifndef BS_PAGE_PAGE_H
#define BS_PAGE_PAGE_H

#include "http/request.h"
#include "newsroom/tags.h"
#include "page/press.h"
#include "store/db.h"

enum { BS_PAGE_TAGS_MAX = 512 };

/* What a page has loaded that the next of a series may want again: another form of the same story. */
struct bs_page_memo {
	struct bs_arena *arena; /* of all that is kept; emptied for the next subject */
	struct bs_str subject;
	const void *value;
};

struct bs_shelf;

struct bs_page {
	/* What is asked for. */
	struct bs_arena *arena;
	struct bs_db *db; /* in a read transaction: one snapshot */
	struct bs_press *press;
	const struct bs_publication *publication;
	const struct bs_lang *lang; /* of the address; the publication's own when the address names none */
	const struct bs_captures *captures;
	int which;           /* the route's own number */
	struct bs_str path;  /* decoded, "/de/2025/11/erstes-eis" */
	struct bs_str query; /* as it was sent; pages that read it set `uncached` */
	bool other_slash;    /* the path has one at the end and the route none, or the other way about: what is found is redirected to */
	int64_t now;
	int64_t edition; /* of the home page: when its newest story was published, which dates are told from; else 0 */

	const struct bs_pages_options *options; /* for bs_page_want */
	struct bs_shelf *shelf; /* shelf.h; or NULL */
	uint64_t as_of;         /* bs_versions_epoch from before its snapshot */
	struct bs_common *common; /* of its language, from bs_press_common: set by whoever makes the view */

	/* The answer. */
	struct bs_buf *out;
	int status;              /* 0 is 200 */
	struct bs_str type;      /* empty: "text/html; charset=utf-8" */
	struct bs_str canonical; /* absolute: the page of which this is another form (Link, RFC 6596); empty: none */
	struct bs_str location;  /* set: redirect there (a path or URL) instead, with status 301, 302, 303, 307 or 308 */
	int64_t until;           /* from then on the page is no longer true, though none of its tags changes; 0: always true */
	int64_t retry_after;     /* seconds; 0: not said */
	const struct bs_policy *policy; /* NULL: nothing is allowed; bs_page_render sets it */
	struct bs_str error_reason;     /* markup, for the page of a 410: why it was withdrawn */
	int64_t error_since;            /* and when */
	bool uncached;           /* neither kept here nor anywhere on the way */
	bool immutable;          /* the address changes with the content: may be kept for ever */

	struct bs_page_memo *memo; /* of a series (pages.h); NULL: there is none, as in a server */

	/* Filled by bs_page_tag. */
	char *tags;       /* "story:42,term:7" */
	size_t tags_len, tags_room;
	uint32_t slots[BS_PAGE_TAGS_MAX];
	size_t slot_count;
};

/* What the page shows depends on this. The same tag again costs nothing. More than BS_PAGE_TAGS_MAX: the page is not kept. */
void bs_page_tag(struct bs_page *page, enum bs_tag_kind kind, int64_t id);

/* Name what a piece of the page depends on, whose tags were gathered in a page of its own: "story:42,term:7". */
void bs_page_tag_all(struct bs_page *page, struct bs_str tags);

/* What was kept of this subject ("story:/2025/11/the-first-ice"), or NULL: then load it, and let bs_page_keep have it.
 *
 *     struct bs_arena *own = bs_page_keep_begin(page);      page->arena is now one that outlives the page
 *     … load into page->arena …
 *     bs_page_keep_end(page, own, subject, value);          value NULL: keep nothing
 *
 * A page that is recalled does not name what it shows by tags: there are series only where nobody asks for them. */
const void *bs_page_recall(const struct bs_page *page, struct bs_str subject);
struct bs_arena *bs_page_keep_begin(struct bs_page *page);
void bs_page_keep_end(struct bs_page *page, struct bs_arena *own, struct bs_str subject, const void *value);

/* A reader came for this story in a language that it is not, or not wholly, translated into. */
void bs_page_want(struct bs_page *page, int64_t story_id, const struct bs_lang *written, const struct bs_lang *lang);

/* Print page->common and the view by the template of this kind of page into page->out. `view` gets template and css. */
enum bs_rc bs_page_render(struct bs_page *page, const char *template, struct bs_dict *view, struct bs_err *err) BS_CHECK;

/* Where export and sitemaps find the addresses of a route. */
struct bs_page_walk {
	struct bs_arena *arena;
	struct bs_db *db;
	const struct bs_publication *publication;
	const struct bs_press *press;
	int which;
	int64_t now;
	enum bs_rc (*found)(void *ctx, struct bs_str path, struct bs_err *err); /* call for each; pass its failure up */
	/* The same for addresses that lead elsewhere now (301, or 404 when nothing is there in that language); NULL: nobody wants those. */
	enum bs_rc (*moved)(void *ctx, struct bs_str path, struct bs_err *err);
	void *ctx;
};

struct bs_page_route {
	const char *pattern; /* as in http/router.h */
	/* BS_OK: page->out is the page, or location is set. What was asked for by another address than its one (in the publication's own
	 * language, as page 1, with the other slash at the end) is redirected to that: to nothing but a page that there is.
	 * BS_NOT_FOUND: 404, or page->status when that is set (410). Anything else: 503 for BS_BUSY and BS_IO, else 500; err goes to the log. */
	enum bs_rc (*make)(struct bs_page *page, struct bs_err *err);
	enum bs_rc (*walk)(struct bs_page_walk *walk, struct bs_err *err); /* NULL: not exported (search, redirects) */
	int which;
};

#endif
