/* pages.h - the house that serves the pages: database, press, cache and the follower of changes, tied together.
 *
 * From opening to closing it follows the change feed in a thread of its own; a commit of any process touches its tags here
 * within 50 ms (SQLite) or at once (PostgreSQL). bs_pages_lookup and bs_pages_handle are what the server calls; safe from any
 * thread. */
#ifndef BS_PAGE_PAGES_H
#define BS_PAGE_PAGES_H

#include "http/router.h"
#include "page/page.h"
#include "store/pool.h"

struct bs_pages;

struct bs_pages_options {
	struct bs_pool *pool;
	const char *dsn;         /* of the same database, for following it; NULL: changes are not followed (export) */
	const char *theme_dir;   /* NULL: the built-in theme */
	const char *hsts;        /* Strict-Transport-Security; NULL: not sent */
	size_t cache_bytes;      /* 0: nothing is kept */
	size_t shelf_bytes;      /* 0: BS_SHELF_BYTES */
	struct bs_metrics *metrics; /* may be NULL */
	/* Called with each tag of the change feed, in the thread that follows it; or NULL. */
	void (*changed)(struct bs_str tag, void *ctx);
	void *changed_ctx;
	/* Called when a reader came for a story in a language that it is not wholly translated into, in the thread that makes the page;
	 * or NULL. Must be quick. */
	void (*wanted)(int64_t story_id, const struct bs_lang *written, const struct bs_lang *lang, void *ctx);
	void *wanted_ctx;
	/* Prints the page of an error status. Called with page->db NULL when the database is away. */
	enum bs_rc (*error)(struct bs_page *page, int status, struct bs_err *err);
};

enum bs_rc bs_pages_open(const struct bs_pages_options *options, struct bs_pages **out, struct bs_err *err) BS_CHECK;
void bs_pages_close(struct bs_pages **pages);

/* Add a room's table; borrowed, so it must live as long as the pages. Before serving begins. */
enum bs_rc bs_pages_add(struct bs_pages *pages, const struct bs_page_route *routes, size_t count, struct bs_err *err) BS_CHECK;
/* The routes, for the server's own router, whose ctx must be these pages; lives as long as they do. */
const struct bs_route *bs_pages_routes(const struct bs_pages *pages, size_t *count);
const struct bs_page_route *bs_pages_route(const struct bs_pages *pages, size_t at);

/* struct bs_server_options: lookup and refuse, with ctx = pages. */
struct bs_response *bs_pages_lookup(struct bs_request *request, void *pages);
void bs_pages_refuse(struct bs_request *request, void *pages);
/* {lang} of addresses: the code of a language. Whether anything is told in it, the page finds out: what was published a moment ago
 * must be found by the first who asks. */
bool bs_pages_is_lang(struct bs_str code, void *pages);

/* Make one page, by a route that need not be in a table: another room's view of a page of the site. *out is a response of the
 * caller's, of whatever status. */
enum bs_rc bs_pages_make(struct bs_pages *pages, const struct bs_page_route *route, struct bs_request *request,
                         struct bs_response **out, struct bs_err *err) BS_CHECK;

/* The same in the transaction that db is in, with what is not committed in it. It is kept nowhere, and our own pages may show it in a frame. */
enum bs_rc bs_pages_make_in(struct bs_pages *pages, struct bs_db *db, const struct bs_page_route *route, struct bs_request *request,
                            struct bs_response **out, struct bs_err *err) BS_CHECK;

/* Making many pages one behind the other from one snapshot, in one thread: an export. Pages of one subject that follow each other
 * load it once (bs_page_recall); what many pages show alike lies on the shelf for all series of these pages. For pages that follow no
 * changes: each series has its own snapshot, of about the same moment, and the shelf what any of them saw. */
struct bs_series;
enum bs_rc bs_series_open(struct bs_pages *pages, struct bs_series **out, struct bs_err *err) BS_CHECK;
/* *out is a response of the caller's, of whatever status. */
enum bs_rc bs_series_make(struct bs_series *series, const struct bs_page_route *route, struct bs_request *request,
                          struct bs_response **out, struct bs_err *err) BS_CHECK;
/* Accepts NULL, leaves NULL. */
void bs_series_close(struct bs_series **series);

/* Whether a page could not be made because the store is damaged, since these pages were opened or last read again. A database keeps much in
 * memory, so that what one reads to find that out may well be whole. */
bool bs_pages_found_damage(const struct bs_pages *pages);

/* Read the theme again (SIGHUP): a fault leaves the old one in place. */
enum bs_rc bs_pages_reload(struct bs_pages *pages, struct bs_err *err) BS_CHECK;
/* The press as it is now, with a reference for the caller; loads it when `site` has changed. */
enum bs_rc bs_pages_press(struct bs_pages *pages, struct bs_db *db, struct bs_press **out, struct bs_err *err) BS_CHECK;

#endif
