/* export.c - see export.h. Once the addresses are found (find.h), several threads take groups of them from a counter, make each page in
 * an arena of their own and write it. The record of the tree (.broadsheet: a line of ETag and name for each file) tells the next export
 * what is as it was. */
#include "page/export.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sys.h"
#include "newsroom/catalog.h"
#include "newsroom/picture.h"
#include "page/find.h"
#include "page/tree.h"
#include "text/out.h"

/* Threads that write into one folder wait for each other, so each takes several groups, which stand together, at once. */
enum { RECORD_MAX = 512 * 1024 * 1024, GROUPS_AT_ONCE = 32 };

/* What came of an address. */
struct made {
	struct bs_str etag; /* empty: no file was written */
	struct bs_str to;   /* where it leads that has moved; empty: nowhere */
};

struct export {
	struct bs_pages *pages;
	const struct bs_export_options *options;
	struct bs_arena *arena;
	struct bs_tree tree;
	struct bs_found_list found;
	struct made *made;    /* of each that was found */
	size_t pictures;
	atomic_size_t next; /* group */
	atomic_size_t done, written, without; /* without: addresses that have no file */
	_Atomic uint64_t bytes;
	pthread_mutex_t lock; /* of failure, progress and the etags' arena */
	enum bs_rc rc;
	struct bs_err err;
};

/* --- making the pages ------------------------------------------------------------------------------------------------------ */

static void note_failure(struct export *e, enum bs_rc rc, const struct bs_err *err)
{
	pthread_mutex_lock(&e->lock);
	if (e->rc == BS_OK) {
		e->rc = rc;
		e->err = *err;
	}
	pthread_mutex_unlock(&e->lock);
	atomic_store(&e->next, SIZE_MAX / 2); /* the others stop, too */
}

/* The answer as the server would send it. */
static enum bs_rc page_answer(struct export *e, struct bs_series *series, struct bs_arena *arena, struct bs_str path,
                              struct bs_response **out, struct bs_err *err)
{
	struct bs_request request = { .method = BS_GET, .target = { .path = path }, .now = e->options->now, .arena = arena };
	struct bs_match match;

	if (bs_router_match(e->options->router, BS_GET, path, &match) != BS_MATCH_FOUND)
		return bs_fail(err, BS_INVALID, "no route leads to " BS_FMT, BS_ARG(path));
	request.captures = match.captures;
	return bs_series_make(series, bs_pages_route(e->pages, (size_t)match.route->which), &request, out, err);
}

static enum bs_rc page_bytes(struct export *e, struct bs_series *series, struct bs_arena *arena, struct bs_str path,
                             struct bs_response **out, struct bs_err *err)
{
	enum bs_rc rc = page_answer(e, series, arena, path, out, err);

	if (rc == BS_OK && bs_response_status(*out) != 200) {
		rc = bs_fail(err, BS_IO, BS_FMT " answered %d; look at the log", BS_ARG(path), bs_response_status(*out));
		bs_response_drop(out);
	}
	return rc;
}

/* What a server without rules shows at an address that has moved: browsers go on at once, search engines take the new one. */
static enum bs_rc moved_page(struct export *e, struct bs_str to, struct bs_response **out, struct bs_err *err)
{
	struct bs_buf body = BS_BUF(16 * 1024);
	struct bs_response_options options = { .type = BS_STR("text/html; charset=utf-8"), .body = &body };
	enum bs_rc rc;

	bs_buf_printf(&body, "<!doctype html>\n<html lang=\"" BS_FMT "\">\n<meta charset=\"utf-8\">\n<title>", BS_ALL(e->found.lang->code));
	bs_out_text(&body, to);
	bs_buf_lit(&body, "</title>\n<link rel=\"canonical\" href=\"");
	bs_out_attr(&body, e->found.url);
	bs_out_attr(&body, to);
	bs_buf_lit(&body, "\">\n<meta http-equiv=\"refresh\" content=\"0; url=");
	bs_out_attr(&body, to);
	bs_buf_lit(&body, "\">\n<p><a href=\"");
	bs_out_attr(&body, to);
	bs_buf_lit(&body, "\">");
	bs_out_text(&body, to);
	bs_buf_lit(&body, "</a></p>\n");
	rc = bs_buf_check(&body, "the page of an address that has moved", err);
	if (rc == BS_OK)
		rc = bs_response_new(&options, out, err);
	bs_buf_free(&body);
	return rc;
}

/* *out is its page; NULL when it needs none: it is no page but a feed or the like, or nothing is there any more. */
static enum bs_rc moved_make(struct export *e, struct bs_series *series, struct bs_arena *arena, size_t at, struct bs_response **out,
                             struct bs_err *err)
{
	const struct bs_found *item = &e->found.items[at];
	struct made *made = &e->made[at];
	struct bs_response *answer = NULL;
	struct bs_str to = BS_STR("");
	enum bs_rc rc = page_answer(e, series, arena, item->path, &answer, err);

	if (rc == BS_OK && bs_response_status(answer) == 301)
		to = bs_response_header(answer, BS_STR("Location"));
	if (to.len > 0) {
		pthread_mutex_lock(&e->lock);
		made->to = bs_arena_copy(e->arena, to);
		pthread_mutex_unlock(&e->lock);
	}
	bs_response_drop(&answer);
	if (made->to.len > 0 && bs_str_ends(item->file, BS_STR("/index.html")))
		return moved_page(e, made->to, out, err);
	atomic_fetch_add(&e->without, 1);
	return rc;
}

static enum bs_rc item_write(struct export *e, struct bs_series *series, struct bs_arena *arena, size_t at, struct bs_err *err)
{
	const struct bs_found *item = &e->found.items[at];
	struct bs_response *response = NULL;
	struct bs_str etag;
	bool fresh = false;
	enum bs_rc rc = item->moved ? moved_make(e, series, arena, at, &response, err)
	                            : page_bytes(e, series, arena, item->path, &response, err);

	if (rc != BS_OK || response == NULL)
		return rc;
	etag = bs_response_etag(response);
	rc = bs_tree_put(&e->tree, arena, item->file, etag, bs_response_body(response), &fresh, err);
	pthread_mutex_lock(&e->lock);
	e->made[at].etag = bs_arena_copy(e->arena, etag);
	pthread_mutex_unlock(&e->lock);
	atomic_fetch_add(&e->bytes, bs_response_body(response).len);
	if (fresh)
		atomic_fetch_add(&e->written, 1);
	bs_response_drop(&response);
	return rc;
}

static void tell_progress(struct export *e)
{
	size_t done = atomic_fetch_add(&e->done, 1) + 1;

	if (e->options->progress == NULL || (done % 256 != 0 && done != e->found.count))
		return;
	pthread_mutex_lock(&e->lock);
	e->options->progress(e->options->ctx, done, e->found.count);
	pthread_mutex_unlock(&e->lock);
}

static void work(void *ctx)
{
	struct export *e = ctx;
	struct bs_arena *arena = bs_arena_new();
	struct bs_series *series = NULL;
	struct bs_err err = { 0 };
	enum bs_rc rc = bs_series_open(e->pages, &series, &err);
	size_t group;

	while (rc == BS_OK && (group = atomic_fetch_add(&e->next, GROUPS_AT_ONCE)) < e->found.group_count) {
		size_t end = group + GROUPS_AT_ONCE < e->found.group_count ? group + GROUPS_AT_ONCE : e->found.group_count;
		for (size_t at = e->found.groups[group]; at < e->found.groups[end] && rc == BS_OK; at++) {
			rc = item_write(e, series, arena, at, &err);
			bs_arena_reset(arena);
			tell_progress(e);
		}
	}
	if (rc != BS_OK)
		note_failure(e, rc, &err);
	bs_series_close(&series);
	bs_arena_free(&arena);
}

static enum bs_rc make_all(struct export *e, struct bs_pool *pool, struct bs_err *err)
{
	unsigned threads = e->options->threads > 0 ? e->options->threads : bs_cores();
	enum bs_rc rc = bs_find_all(e->pages, pool, e->options->now, threads, &e->found, err);

	if (rc != BS_OK)
		return rc;
	e->made = BS_ARRAY(e->arena, e->found.count, struct made);
	bs_at_once(work, e, 0, threads < BS_FINDERS_MAX ? threads : BS_FINDERS_MAX);
	if (e->rc != BS_OK)
		*err = e->err;
	return e->rc;
}

/* What a bucket shows for an address that is not there. */
static enum bs_rc write_not_found(struct export *e, struct bs_err *err)
{
	struct bs_request request = { .method = BS_GET, .target = { .path = BS_STR("/404") }, .now = e->options->now,
		                      .arena = e->arena, .status = 404 };
	bool fresh;
	enum bs_rc rc;

	bs_pages_refuse(&request, e->pages);
	if (request.response == NULL)
		return bs_fail(err, BS_IO, "the page of a 404 could not be made; look at the log");
	rc = bs_tree_put(&e->tree, e->arena, BS_STR("404.html"), BS_STR(""), bs_response_body(request.response), &fresh, err);
	bs_response_drop(&request.response);
	return rc;
}

/* The addresses that have moved, for hosts that read such a file: FROM TO 301. */
static enum bs_rc write_redirects(struct export *e, struct bs_err *err)
{
	struct bs_buf list = BS_BUF(RECORD_MAX);
	bool fresh;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < e->found.count; i++) {
		if (e->made[i].to.len > 0)
			bs_buf_printf(&list, BS_FMT " " BS_FMT " 301\n", BS_ALL(e->found.items[i].path), BS_ALL(e->made[i].to));
	}
	if (list.len > 0)
		rc = bs_buf_check(&list, "the list of addresses that have moved", err);
	if (rc == BS_OK && list.len > 0)
		rc = bs_tree_put(&e->tree, e->arena, BS_STR("_redirects"), BS_STR(""), bs_buf_str(&list), &fresh, err);
	bs_buf_free(&list);
	return rc;
}

/* --- pictures ------------------------------------------------------------------------------------------------------------- */

/* One address of a picture, /media/HASH/WIDTH.KIND. */
static enum bs_rc rendition_put(struct export *e, struct bs_arena *arena, const char *master, const char hex[64], int width,
                                const char *kind, struct bs_err *err)
{
	struct bs_str file = bs_arena_printf(arena, "media/%.64s/%d.%s", hex, width, kind);
	struct bs_str made = bs_arena_printf(arena, "%s/%.2s/%.64s.%d.%s", e->options->renditions_dir, hex, hex, width, kind);

	return bs_tree_link(&e->tree, arena, file, access(made.ptr, R_OK) == 0 ? made.ptr : master, err);
}

static enum bs_rc picture_put(struct export *e, struct bs_arena *arena, const struct bs_stmt *row, struct bs_err *err)
{
	struct bs_str hash = bs_stmt_blob(row, BS_C_media_walk_hash), mime = bs_stmt_str(row, BS_C_media_walk_mime);
	struct bs_str kind = bs_arena_copy(arena, bs_media_ending(mime));
	int width = (int)bs_stmt_int(row, BS_C_media_walk_width), widths[BS_PICTURE_WIDTHS];
	size_t count = bs_str_eq(kind, BS_STR("gif")) ? 0 : bs_picture_widths(width, widths);
	const char *master;
	char hex[64];
	enum bs_rc rc;

	if (hash.len != sizeof(hex) / 2 || kind.len == 0)
		return bs_fail(err, BS_CORRUPT, "a picture without its hash");
	bs_hex_encode((const uint8_t *)hash.ptr, hash.len, hex);
	master = bs_media_path(arena, e->options->media_dir, hash, mime).ptr;
	rc = rendition_put(e, arena, master, hex, width, kind.ptr, err);
	for (size_t i = 0; i < count && rc == BS_OK; i++)
		if (widths[i] != width || !bs_str_eq(kind, BS_STR("webp")))
			rc = rendition_put(e, arena, master, hex, widths[i], "webp", err);
	if (rc == BS_OK && count > 0 && (width != bs_picture_usual_width(width) || !bs_str_eq(kind, BS_STR("jpg"))))
		rc = rendition_put(e, arena, master, hex, bs_picture_usual_width(width), "jpg", err);
	return rc;
}

static enum bs_rc put_pictures(struct export *e, struct bs_pool *pool, struct bs_err *err)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_stmt *stmt = NULL;
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_read(pool, &db, err);

	if (rc == BS_OK)
		rc = bs_db_query(db, BS_Q_media_walk, BS_NO_VALUES, &stmt, err);
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		rc = picture_put(e, arena, stmt, err);
		bs_arena_reset(arena);
		e->pictures++;
	}
	bs_stmt_free(&stmt);
	bs_pool_return(&db);
	bs_arena_free(&arena);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* --- the whole ------------------------------------------------------------------------------------------------------------ */

static enum bs_rc write_record(struct export *e, struct bs_err *err)
{
	struct bs_buf record = BS_BUF(RECORD_MAX);
	bool fresh;
	enum bs_rc rc;

	for (size_t i = 0; i < e->found.count; i++) {
		if (e->made[i].etag.len == 0)
			continue;
		bs_buf_put(&record, e->made[i].etag);
		bs_buf_putc(&record, ' ');
		bs_buf_put(&record, e->found.items[i].file);
		bs_buf_putc(&record, '\n');
	}
	rc = bs_buf_check(&record, "the record of the export", err);
	if (rc == BS_OK)
		rc = bs_tree_put(&e->tree, e->arena, BS_STR(".broadsheet"), BS_STR(""), bs_buf_str(&record), &fresh, err);
	bs_buf_free(&record);
	return rc;
}

enum bs_rc bs_export_tree(struct bs_pages *pages, struct bs_pool *pool, const struct bs_export_options *options,
                          struct bs_export_result *out, struct bs_err *err)
{
	struct export *e = bs_alloc(sizeof(*e));
	static const char *const own[] = { "404.html", "_redirects", "media" };
	const struct bs_tree_options tree = { .folder = options->folder, .record = ".broadsheet", .etags = true,
		                              .own = own, .own_count = BS_COUNT(own) };
	enum bs_rc rc;

	e->pages = pages;
	e->options = options;
	e->arena = bs_arena_new();
	pthread_mutex_init(&e->lock, NULL);
	rc = bs_tree_begin(&e->tree, &tree, err);
	if (rc == BS_OK)
		rc = make_all(e, pool, err);
	if (rc == BS_OK)
		rc = write_not_found(e, err);
	if (rc == BS_OK)
		rc = write_redirects(e, err);
	if (rc == BS_OK)
		rc = put_pictures(e, pool, err);
	if (rc == BS_OK)
		rc = write_record(e, err);
	rc = bs_tree_end(&e->tree, rc, err);
	*out = (struct bs_export_result){ .pages = e->found.count - atomic_load(&e->without), .written = atomic_load(&e->written),
		                          .pictures = e->pictures, .bytes = atomic_load(&e->bytes) };
	bs_found_free(&e->found);
	bs_arena_free(&e->arena);
	pthread_mutex_destroy(&e->lock);
	free(e);
	return rc;
}
