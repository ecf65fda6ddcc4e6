/* pages.c - see pages.h. The order that matters: the epoch is read before the snapshot is taken, so that a change which
 * comes between the two makes the page stale rather than falsely fresh. */
#include "page/pages.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/sys.h"
#include "page/cache.h"
#include "page/shelf.h"
#include "store/feed.h"

enum { FOLLOW_MS = 250, ROUTES_MAX = 128, USUAL_PAGE = 48 * 1024 };

struct bs_pages {
	struct bs_pages_options options;
	struct bs_versions *versions;
	struct bs_cache *cache;
	struct bs_shelf *shelf;
	struct bs_counter *rendered, *failed;
	struct bs_histogram *cost;

	pthread_mutex_t press_lock;
	struct bs_press *press;
	uint64_t press_as_of;

	struct bs_route routes[ROUTES_MAX];
	const struct bs_page_route *page_routes[ROUTES_MAX];
	size_t route_count;

	struct bs_feed *feed;
	pthread_t follower;
	atomic_bool stopping;
	bool following;
	atomic_bool damaged; /* a page found the store so */
};

/* --- following changes ------------------------------------------------------------------------------------------------ */

static void tag_changed(struct bs_str tag, void *ctx)
{
	struct bs_pages *pages = ctx;

	if (tag.len == 0)
		bs_versions_touch_all(pages->versions);
	else
		bs_versions_touch(pages->versions, tag);
	if (pages->options.changed != NULL)
		pages->options.changed(tag, pages->options.changed_ctx);
}

static void *follow(void *ctx)
{
	struct bs_pages *pages = ctx;
	bool away = false;

	while (!atomic_load(&pages->stopping)) {
		struct bs_err err = { 0 };
		enum bs_rc rc = bs_feed_wait(pages->feed, FOLLOW_MS, tag_changed, pages, &err);
		bool lost = rc != BS_OK && rc != BS_NOT_FOUND;
		if (lost && !away)
			bs_log(BS_LOG_ERROR, "changes cannot be followed: %s", err.text);
		if (!lost && away)
			bs_log(BS_LOG_INFO, "changes are followed again");
		away = lost;
	}
	return NULL;
}

static enum bs_rc follow_start(struct bs_pages *pages, struct bs_err *err)
{
	struct bs_db_options db = { .dsn = pages->options.dsn };
	enum bs_rc rc;

	if (pages->options.dsn == NULL)
		return BS_OK;
	rc = bs_feed_open(&db, &pages->feed, err);
	if (rc != BS_OK)
		return rc;
	if (pthread_create(&pages->follower, NULL, follow, pages) != 0)
		return bs_fail(err, BS_IO, "cannot start a thread");
	pages->following = true;
	return BS_OK;
}

/* --- the press -------------------------------------------------------------------------------------------------------- */

static uint32_t site_slot(void)
{
	char tag[BS_TAG_MAX];

	return bs_versions_slot(bs_tag(BS_TAG_SITE, 0, tag));
}

static enum bs_rc press_load(struct bs_pages *pages, struct bs_db *db, uint64_t as_of, struct bs_err *err)
{
	struct bs_press *fresh = NULL;
	enum bs_rc rc = bs_press_new(db, pages->options.theme_dir, pages->options.hsts, &fresh, err);

	if (rc != BS_OK)
		return rc;
	bs_press_drop(&pages->press);
	pages->press = fresh;
	pages->press_as_of = as_of;
	return BS_OK;
}

enum bs_rc bs_pages_press(struct bs_pages *pages, struct bs_db *db, struct bs_press **out, struct bs_err *err)
{
	uint32_t slot = site_slot();
	uint64_t as_of = bs_versions_epoch(pages->versions);
	enum bs_rc rc = BS_OK;

	pthread_mutex_lock(&pages->press_lock);
	if (db != NULL && (pages->press == NULL || !bs_versions_fresh(pages->versions, &slot, 1, pages->press_as_of))) {
		rc = press_load(pages, db, as_of, err);
		/* A theme that was broken while it serves: the old one goes on. When the database went away just now, the page cannot be
		 * made, and the next one tries again. */
		if (rc != BS_OK && rc != BS_BUSY && pages->press != NULL) {
			bs_log(BS_LOG_ERROR, "the old theme and settings stay in use: %s", err->text);
			pages->press_as_of = as_of;
			rc = BS_OK;
		}
	}
	if (rc == BS_OK && pages->press == NULL)
		rc = bs_fail(err, BS_BUSY, "the database has not been reached yet");
	if (rc == BS_OK)
		*out = bs_press_hold(pages->press);
	pthread_mutex_unlock(&pages->press_lock);
	return rc;
}

enum bs_rc bs_pages_reload(struct bs_pages *pages, struct bs_err *err)
{
	struct bs_db *db = NULL;
	uint64_t as_of = bs_versions_epoch(pages->versions);
	enum bs_rc rc = bs_pool_read(pages->options.pool, &db, err);

	if (rc != BS_OK)
		return rc;
	atomic_store(&pages->damaged, false);
	pthread_mutex_lock(&pages->press_lock);
	rc = press_load(pages, db, as_of, err);
	pthread_mutex_unlock(&pages->press_lock);
	bs_pool_return(&db);
	if (rc == BS_OK)
		bs_versions_touch_all(pages->versions);
	return rc;
}

bool bs_pages_found_damage(const struct bs_pages *pages)
{
	return atomic_load(&pages->damaged);
}

bool bs_pages_is_lang(struct bs_str code, void *ctx)
{
	const struct bs_lang *lang = bs_lang_find(code);

	(void)ctx;
	return lang != NULL && bs_str_eq(lang->code, code);
}

/* --- opening and closing ---------------------------------------------------------------------------------------------- */

enum bs_rc bs_pages_open(const struct bs_pages_options *options, struct bs_pages **out, struct bs_err *err)
{
	struct bs_pages *pages = bs_alloc(sizeof(*pages));
	struct bs_press *press = NULL;
	struct bs_db *db = NULL;
	enum bs_rc rc;

	pages->options = *options;
	pages->versions = bs_versions_new();
	pages->cache = bs_cache_new(options->cache_bytes, &bs_cache_responses, pages->versions, options->metrics);
	pages->shelf = bs_shelf_new(options->shelf_bytes > 0 ? options->shelf_bytes : BS_SHELF_BYTES, pages->versions);
	pages->rendered = bs_metrics_counter(options->metrics, "broadsheet_page_rendered_total", "", "Pages printed by a template");
	pages->failed = bs_metrics_counter(options->metrics, "broadsheet_page_failed_total", "", "Pages that could not be made");
	pages->cost = bs_metrics_histogram(options->metrics, "broadsheet_page_seconds", "", "Time to make a page");
	pthread_mutex_init(&pages->press_lock, NULL);
	rc = follow_start(pages, err);
	if (rc == BS_OK)
		rc = bs_pool_read(options->pool, &db, err);
	if (rc == BS_OK)
		rc = bs_pages_press(pages, db, &press, err);
	bs_press_drop(&press);
	bs_pool_return(&db);
	if (rc == BS_OK)
		*out = pages;
	else
		bs_pages_close(&pages);
	return rc;
}

void bs_pages_close(struct bs_pages **pages)
{
	struct bs_pages *p = *pages;

	if (p == NULL)
		return;
	atomic_store(&p->stopping, true);
	if (p->following)
		pthread_join(p->follower, NULL);
	bs_feed_close(&p->feed);
	bs_cache_free(&p->cache);
	bs_shelf_free(&p->shelf);
	bs_press_drop(&p->press);
	bs_versions_free(&p->versions);
	pthread_mutex_destroy(&p->press_lock);
	free(p);
	*pages = NULL;
}

/* --- making a page ---------------------------------------------------------------------------------------------------- */

/* <https://…>; rel="canonical" (RFC 8288), in ASCII. */
static struct bs_str canonical_link(struct bs_page *page)
{
	struct bs_buf buf = BS_BUF(4 * BS_MAX_URL);
	struct bs_str made;

	bs_buf_putc(&buf, '<');
	for (size_t i = 0; i < page->canonical.len; i++) {
		unsigned char c = (unsigned char)page->canonical.ptr[i];
		if (c <= ' ' || c >= 0x7F || c == '<' || c == '>')
			bs_buf_printf(&buf, "%%%02X", c);
		else
			bs_buf_putc(&buf, (char)c);
	}
	bs_buf_lit(&buf, ">; rel=\"canonical\"");
	made = bs_arena_copy(page->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}

static enum bs_rc answer_finish(struct bs_page *page, struct bs_response **out, struct bs_err *err)
{
	struct bs_header headers[4];
	char seconds[24];
	struct bs_response_options options = {
		.status = page->status, .type = page->type.len > 0 ? page->type : BS_STR("text/html; charset=utf-8"),
		.body = page->out, .policy = page->policy, .headers = headers,
		.cache_control = page->uncached ? BS_STR("no-store")
		                 : page->immutable ? BS_STR("public, max-age=31536000, immutable")
		                                   : BS_STR("public, max-age=0, must-revalidate"),
	};

	if (page->location.len > 0) {
		options.type = BS_STR("");
		options.body = NULL;
		headers[options.header_count++] = (struct bs_header){ BS_STR("Location"), page->location };
	}
	if (page->canonical.len > 0)
		headers[options.header_count++] = (struct bs_header){ BS_STR("Link"), canonical_link(page) };
	if (page->tags_len > 0)
		headers[options.header_count++] = (struct bs_header){ BS_STR("Cache-Tag"), bs_str_n(page->tags, page->tags_len) };
	if (page->retry_after > 0) {
		int len = snprintf(seconds, sizeof(seconds), "%lld", (long long)page->retry_after);
		headers[options.header_count++] = (struct bs_header){ BS_STR("Retry-After"), bs_str_n(seconds, (size_t)len) };
	}
	return bs_response_new(&options, out, err);
}

static void free_buf(void *ptr)
{
	bs_buf_free(ptr);
}

void bs_page_want(struct bs_page *page, int64_t story_id, const struct bs_lang *written, const struct bs_lang *lang)
{
	if (page->options->wanted != NULL)
		page->options->wanted(story_id, written, lang, page->options->wanted_ctx);
}

static void page_begin(struct bs_pages *pages, struct bs_page *page, struct bs_request *request)
{
	*page = (struct bs_page){
		.options = &pages->options,
		.arena = request->arena, .captures = &request->captures, .which = request->which,
		.path = request->target.path, .query = request->target.query, .other_slash = request->other_slash, .now = request->now,
		.out = BS_NEW(request->arena, struct bs_buf),
	};
	*page->out = BS_BUF(BS_MAX_PAGE);
	(void)bs_buf_reserve(page->out, USUAL_PAGE);
	bs_arena_defer(request->arena, free_buf, page->out);
}

static void drop_press(void *ptr)
{
	struct bs_press *press = ptr;

	bs_press_drop(&press);
}

/* Give the page what all pages share. db may be NULL: then the press must be there already. BS_NOT_FOUND, dressed all the same,
 * when the address is in a language that nothing is told in. */
static enum bs_rc page_dress(struct bs_pages *pages, struct bs_page *page, struct bs_err *err)
{
	struct bs_str code = page->captures->text[BS_CAPTURE_LANG];
	enum bs_rc rc = bs_pages_press(pages, page->db, &page->press, err);

	if (rc != BS_OK)
		return rc;
	bs_arena_defer(page->arena, drop_press, page->press);
	page->publication = bs_press_publication(page->press);
	page->lang = page->publication->lang;
	bs_page_tag(page, BS_TAG_SITE, 0);
	if (code.len == 0)
		return BS_OK;
	for (size_t i = 0; i < page->publication->lang_count; i++) {
		if (bs_str_eq(page->publication->langs[i]->code, code)) {
			page->lang = page->publication->langs[i];
			return BS_OK;
		}
	}
	/* One story may be wanted in a language in which nothing is told yet: its page finds out (bs_page_want). */
	if (page->captures->text[BS_CAPTURE_YEAR].len > 0 && pages->options.wanted != NULL && bs_lang_find(code) != NULL) {
		page->lang = bs_lang_find(code);
		return BS_OK;
	}
	return bs_fail(err, BS_NOT_FOUND, "nothing is there in '" BS_FMT "'", BS_ARG(code));
}

/* The one address of what the path names: the publication's own language stands in none, nor does the number of a first page. */
static struct bs_str one_address(const struct bs_page *page)
{
	const struct bs_str first = BS_STR("/page/1"), code = page->captures->text[BS_CAPTURE_LANG], slash = BS_STR("/");
	struct bs_str path = page->path;
	bool named = bs_str_eq(code, page->publication->lang->code) && bs_str_starts(bs_str_sub(path, 1, SIZE_MAX), code);

	if (page->other_slash && bs_str_ends(path, slash))
		path.len--;
	else if (page->other_slash)
		path = bs_arena_join(page->arena, (struct bs_str[]){ path, slash }, 2, BS_STR(""));
	if (named)
		path = bs_str_sub(path, 1 + code.len, SIZE_MAX);
	if (page->captures->number[BS_CAPTURE_PAGE] == 1 && bs_str_ends(path, first))
		path.len -= first.len;
	return path;
}

static void lead_to_one_address(struct bs_page *page)
{
	struct bs_str path = one_address(page);

	if (bs_str_eq(path, page->path))
		return;
	page->status = page->other_slash ? 308 : 301;
	/* A query that the page does not read is none of its address, and what is kept is kept by path alone. */
	page->location = bs_target_write(page->arena, path, page->uncached ? page->query : BS_STR(""));
}

static int status_of(const struct bs_page *page, enum bs_rc rc)
{
	if (rc == BS_NOT_FOUND)
		return page->status >= 400 ? page->status : 404;
	if (rc == BS_INVALID)
		return 400;
	return rc == BS_BUSY || rc == BS_IO ? 503 : 500;
}

/* Throw away what was written and print the page of an error instead. */
static enum bs_rc page_fail(struct bs_pages *pages, struct bs_page *page, int status, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	bs_buf_reset(page->out);
	page->type = page->location = page->canonical = BS_STR("");
	page->immutable = false;
	page->until = 0;
	page->slot_count = page->tags_len = 0;
	page->uncached = true;
	if (page->press == NULL)
		rc = page_dress(pages, page, err);
	if (rc == BS_OK || (rc == BS_NOT_FOUND && page->press != NULL))
		rc = pages->options.error(page, status, err);
	page->status = status;
	page->retry_after = status == 503 ? 5 : 0;
	return rc;
}

/* page->db is in a snapshot, unless `rc` says that there is none. */
static enum bs_rc page_make(struct bs_pages *pages, const struct bs_page_route *route, struct bs_page *page, enum bs_rc rc,
                            struct bs_err *err)
{
	int status;

	if (rc == BS_OK)
		rc = page_dress(pages, page, err);
	if (rc == BS_OK)
		rc = route->make(page, err);
	if (rc == BS_OK && page->location.len == 0) {
		lead_to_one_address(page);
		rc = bs_buf_check(page->out, "the page", err);
	}
	if (rc != BS_OK) {
		status = status_of(page, rc);
		if (status >= 500) {
			bs_log(BS_LOG_ERROR, BS_FMT ": %s", BS_ARG(page->path), err->text);
			bs_counter_add(pages->failed, 1);
			if (rc == BS_CORRUPT)
				atomic_store(&pages->damaged, true);
			bs_db_rollback(page->db);
			page->db = status == 503 ? NULL : page->db;
		}
		rc = page_fail(pages, page, status, err);
	}
	return rc;
}

/* With room for the compressed forms, which come when first asked for. */
static void keep(struct bs_pages *pages, const struct bs_page *page, struct bs_response *response)
{
	bs_cache_put(pages->cache, &(struct bs_cache_item){ .key = page->path, .value = response,
	             .bytes = bs_response_size(response) + bs_response_body(response).len / 2,
	             .slots = page->slots, .slot_count = page->slot_count, .as_of = page->as_of, .until = page->until });
}

enum bs_rc bs_pages_make(struct bs_pages *pages, const struct bs_page_route *route, struct bs_request *request,
                         struct bs_response **out, struct bs_err *err)
{
	uint64_t as_of = bs_versions_epoch(pages->versions);
	int64_t begun = bs_monotonic_usec();
	struct bs_page *page = BS_NEW(request->arena, struct bs_page);
	struct bs_db *db = NULL;
	enum bs_rc rc;

	page_begin(pages, page, request);
	page->which = route->which;
	page->shelf = pages->shelf;
	page->as_of = as_of;
	rc = bs_pool_read(pages->options.pool, &db, err);
	page->db = db;
	if (rc == BS_OK)
		rc = page_make(pages, route, page, bs_db_begin(db, BS_TX_READ, err), err);
	else
		rc = page_fail(pages, page, 503, err);
	if (db != NULL)
		bs_db_rollback(db);
	bs_pool_return(&db);
	if (rc == BS_OK)
		rc = answer_finish(page, out, err);
	if (rc != BS_OK)
		return rc;
	bs_counter_add(pages->rendered, 1);
	bs_histogram_add(pages->cost, bs_monotonic_usec() - begun);
	if (!page->uncached)
		keep(pages, page, *out);
	return BS_OK;
}

/* The page's policy, but for who may show it in a frame. */
static const struct bs_policy *framed(struct bs_page *page)
{
	const struct bs_str nobody = BS_STR("frame-ancestors 'none'"), ourselves = BS_STR("frame-ancestors 'self'");
	size_t at = page->policy != NULL ? bs_str_find(page->policy->csp, nobody, 0) : SIZE_MAX;
	struct bs_policy *policy;

	if (at == SIZE_MAX)
		return page->policy;
	policy = BS_NEW(page->arena, struct bs_policy);
	*policy = *page->policy;
	policy->csp = bs_arena_join(page->arena, (struct bs_str[]){ bs_str_sub(page->policy->csp, 0, at), ourselves,
	                            bs_str_sub(page->policy->csp, at + nobody.len, SIZE_MAX) }, 3, BS_STR(""));
	return policy;
}

enum bs_rc bs_pages_make_in(struct bs_pages *pages, struct bs_db *db, const struct bs_page_route *route, struct bs_request *request,
                            struct bs_response **out, struct bs_err *err)
{
	struct bs_page *page = BS_NEW(request->arena, struct bs_page);
	enum bs_rc rc;

	page_begin(pages, page, request);
	page->which = route->which;
	page->db = db;
	rc = page_make(pages, route, page, BS_OK, err);
	page->uncached = true;
	page->policy = framed(page);
	return rc == BS_OK ? answer_finish(page, out, err) : rc;
}

/* --- series ------------------------------------------------------------------------------------------------------------ */

struct bs_series {
	struct bs_pages *pages;
	struct bs_db *db; /* in the snapshot of all its pages */
	struct bs_page_memo memo;
};

enum bs_rc bs_series_open(struct bs_pages *pages, struct bs_series **out, struct bs_err *err)
{
	struct bs_series *series = bs_alloc(sizeof(*series));
	enum bs_rc rc = bs_pool_read(pages->options.pool, &series->db, err);

	series->pages = pages;
	series->memo.arena = bs_arena_new();
	if (rc == BS_OK)
		rc = bs_db_begin(series->db, BS_TX_READ, err);
	if (rc == BS_OK)
		*out = series;
	else
		bs_series_close(&series);
	return rc;
}

enum bs_rc bs_series_make(struct bs_series *series, const struct bs_page_route *route, struct bs_request *request,
                          struct bs_response **out, struct bs_err *err)
{
	struct bs_page *page = BS_NEW(request->arena, struct bs_page);
	enum bs_rc rc;

	page_begin(series->pages, page, request);
	page->which = route->which;
	page->db = series->db;
	page->memo = &series->memo;
	page->shelf = series->pages->shelf;
	rc = page_make(series->pages, route, page, BS_OK, err);
	return rc == BS_OK ? answer_finish(page, out, err) : rc;
}

void bs_series_close(struct bs_series **series)
{
	if (*series == NULL)
		return;
	if ((*series)->db != NULL)
		bs_db_rollback((*series)->db);
	bs_pool_return(&(*series)->db);
	bs_arena_free(&(*series)->memo.arena);
	free(*series);
	*series = NULL;
}

/* --- what the server calls -------------------------------------------------------------------------------------------- */

static void handle(struct bs_request *request, void *ctx)
{
	struct bs_pages *pages = ctx;
	struct bs_response *response = NULL;
	struct bs_err err = { 0 };

	if (bs_pages_make(pages, pages->page_routes[request->which], request, &response, &err) != BS_OK) {
		bs_log(BS_LOG_ERROR, BS_FMT ": %s", BS_ARG(request->target.path), err.text);
		request->status = 500;
		return;
	}
	bs_request_answer(request, response);
}

enum bs_rc bs_pages_add(struct bs_pages *pages, const struct bs_page_route *routes, size_t count, struct bs_err *err)
{
	for (size_t i = 0; i < count; i++) {
		size_t at = pages->route_count;
		if (at == ROUTES_MAX)
			return bs_fail(err, BS_LIMIT, "more than %d routes of pages", ROUTES_MAX);
		pages->page_routes[at] = &routes[i];
		pages->routes[at] = (struct bs_route){ .methods = BS_GET | BS_SEES_SLASH, .pattern = routes[i].pattern, .handle = handle,
		                                       .which = (int)at };
		pages->route_count++;
	}
	return BS_OK;
}

const struct bs_route *bs_pages_routes(const struct bs_pages *pages, size_t *count)
{
	*count = pages->route_count;
	return pages->routes;
}

const struct bs_page_route *bs_pages_route(const struct bs_pages *pages, size_t at)
{
	return pages->page_routes[at];
}

struct bs_response *bs_pages_lookup(struct bs_request *request, void *ctx)
{
	struct bs_pages *pages = ctx;

	return bs_cache_get(pages->cache, request->target.path, request->now);
}

/* What nothing answers to is in a language all the same where its address begins with one. */
static struct bs_str first_segment(struct bs_str path)
{
	struct bs_str rest = bs_str_sub(path, 1, SIZE_MAX), segment = BS_STR("");

	return bs_str_split(&rest, '/', &segment) && rest.ptr != NULL && bs_pages_is_lang(segment, NULL) ? segment : BS_STR("");
}

void bs_pages_refuse(struct bs_request *request, void *ctx)
{
	struct bs_pages *pages = ctx;
	struct bs_response *response = NULL;
	struct bs_page *page = BS_NEW(request->arena, struct bs_page);
	struct bs_err err = { 0 };
	enum bs_rc rc;

	page_begin(pages, page, request);
	request->captures.text[BS_CAPTURE_LANG] = first_segment(page->path);
	if (bs_pool_read(pages->options.pool, &page->db, &err) != BS_OK)
		page->db = NULL;
	rc = page_fail(pages, page, request->status, &err);
	bs_pool_return(&page->db);
	if (rc == BS_OK)
		rc = answer_finish(page, &response, &err);
	if (rc == BS_OK)
		bs_request_answer(request, response);
	else
		bs_log(BS_LOG_ERROR, "the page of a %d: %s", request->status, err.text);
}
