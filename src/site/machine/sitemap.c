/* sitemap.c - the index, and the files of lists and pages; see sitemap.h. Index and walk go through one list of files, so that what
 * one names the other exports. */
#include "site/machine/sitemap.h"

#include <stdio.h>

#include "base/sys.h"
#include "site/front.h"
#include "site/machine/xml.h"

/* --- writing ----------------------------------------------------------------------------------------------------------------- */

static void set_xml(struct bs_page *page)
{
	page->type = BS_STR("application/xml");
	page->policy = bs_press_data_policy(page->press);
}

void bs_sitemap_begin(struct bs_page *page)
{
	set_xml(page);
	bs_buf_lit(page->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
	                      "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
}

void bs_sitemap_end(struct bs_page *page)
{
	bs_buf_lit(page->out, "</urlset>\n");
}

static void put_alternate(struct bs_page *page, struct bs_str lang, struct bs_str path)
{
	struct bs_buf *out = page->out;

	bs_buf_lit(out, "<xhtml:link rel=\"alternate\"");
	bs_xml_attr(out, "hreflang", lang);
	bs_buf_lit(out, " href=\"");
	bs_out_xml(out, page->publication->url);
	bs_out_xml(out, path);
	bs_buf_lit(out, "\"/>\n");
}

void bs_sitemap_address(struct bs_page *page, struct bs_str url, int64_t modified, const struct bs_alternates *alternates)
{
	const struct bs_alternate *usual = bs_alternates_default(page, alternates, page->lang);
	struct bs_buf *out = page->out;

	bs_buf_lit(out, "<url>\n");
	bs_xml_element(out, "loc", url);
	if (modified != 0)
		bs_xml_time(out, "lastmod", modified);
	for (size_t i = 0; usual != NULL && i < alternates->count; i++) {
		if (alternates->list[i].indexed)
			put_alternate(page, alternates->list[i].lang->code, alternates->list[i].path);
	}
	if (usual != NULL)
		put_alternate(page, BS_STR("x-default"), usual->path);
	bs_buf_lit(out, "</url>\n");
}

enum bs_rc bs_sitemap_part(const struct bs_page *page, int64_t *out)
{
	const struct bs_captures *c = page->captures;

	*out = c->text[BS_CAPTURE_PAGE].ptr != NULL ? c->number[BS_CAPTURE_PAGE] - 1 : 0;
	return c->text[BS_CAPTURE_PAGE].ptr != NULL && *out < 1 ? BS_NOT_FOUND : BS_OK;
}

/* --- which files there are --------------------------------------------------------------------------------------------------- */

struct files {
	struct bs_arena *arena;
	struct bs_db *db;
	const struct bs_publication *publication;
	enum bs_rc (*found)(void *ctx, struct bs_str path, int64_t changed, struct bs_err *err);
	void *ctx;
	size_t count;
};

/* "/de/sitemap-2025-11-2.xml" for each part. */
static enum bs_rc parts_found(struct files *f, struct bs_str lang, struct bs_str name, int64_t addresses, int64_t changed, struct bs_err *err)
{
	bool own = bs_str_eq(lang, f->publication->lang->code);
	int64_t parts = (addresses + BS_SITEMAP_ADDRESSES - 1) / BS_SITEMAP_ADDRESSES;
	enum bs_rc rc = BS_OK;

	for (int64_t n = 1; n <= parts && rc == BS_OK && f->count < BS_SITEMAP_FILES; n++) {
		struct bs_str number = n > 1 ? bs_arena_printf(f->arena, "-%lld", (long long)n) : BS_STR("");
		struct bs_str path[] = { own ? BS_STR("") : BS_STR("/"), own ? BS_STR("") : lang, BS_STR("/sitemap-"), name, number, BS_STR(".xml") };
		f->count++;
		rc = f->found(f->ctx, bs_arena_join(f->arena, path, BS_COUNT(path), BS_STR("")), changed, err);
	}
	return rc;
}

static enum bs_rc pages_found(struct files *f, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < f->publication->lang_count && rc == BS_OK; i++)
		rc = parts_found(f, f->publication->langs[i]->code, BS_STR("pages"), 1, 0, err);
	return rc;
}

static enum bs_rc lists_found(struct files *f, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(f->db, BS_Q_sitemap_vocabularies, BS_NO_VALUES, &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK)
		rc = parts_found(f, bs_stmt_str(stmt, BS_C_sitemap_vocabularies_lang), bs_stmt_str(stmt, BS_C_sitemap_vocabularies_vocabulary),
		                 bs_stmt_int(stmt, BS_C_sitemap_vocabularies_lists), 0, err);
	bs_stmt_free(&stmt);
	if (rc == BS_NOT_FOUND)
		rc = bs_db_query(f->db, BS_Q_sitemap_authors, BS_NO_VALUES, &stmt, err);
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK)
		rc = parts_found(f, bs_stmt_str(stmt, BS_C_sitemap_authors_lang), BS_STR("author"),
		                 bs_stmt_int(stmt, BS_C_sitemap_authors_lists), 0, err);
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* Newest first: should there ever be more files than an index may have, the oldest are left out. */
static enum bs_rc months_found(struct files *f, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(f->db, BS_Q_sitemap_months, BS_NO_VALUES, &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		int month = (int)bs_stmt_int(stmt, BS_C_sitemap_months_month);
		rc = parts_found(f, bs_stmt_str(stmt, BS_C_sitemap_months_lang), bs_arena_printf(f->arena, "%04d-%02d", month / 100, month % 100),
		                 bs_stmt_int(stmt, BS_C_sitemap_months_stories), bs_stmt_int(stmt, BS_C_sitemap_months_changed_at), err);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc files_found(struct files *f, struct bs_err *err)
{
	enum bs_rc rc = pages_found(f, err);

	if (rc == BS_OK)
		rc = lists_found(f, err);
	return rc == BS_OK ? months_found(f, err) : rc;
}

static enum bs_rc put_file(void *ctx, struct bs_str path, int64_t changed, struct bs_err *err)
{
	struct bs_page *page = ctx;

	(void)err;
	bs_buf_lit(page->out, "<sitemap>\n");
	bs_xml_element(page->out, "loc", bs_url_absolute(page, path));
	if (changed != 0)
		bs_xml_time(page->out, "lastmod", changed);
	bs_buf_lit(page->out, "</sitemap>\n");
	return BS_OK;
}

enum bs_rc bs_sitemap_index_page(struct bs_page *page, struct bs_err *err)
{
	struct files files = { page->arena, page->db, page->publication, put_file, page, 0 };
	enum bs_rc rc;

	set_xml(page);
	bs_page_tag(page, BS_TAG_STORIES, 0);
	bs_page_tag(page, BS_TAG_LATEST, 0);
	bs_buf_lit(page->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	                      "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	rc = files_found(&files, err);
	bs_buf_lit(page->out, "</sitemapindex>\n");
	return rc;
}

enum bs_rc bs_sitemap_index_walk(struct bs_page_walk *walk, struct bs_err *err)
{
	return walk->found(walk->ctx, BS_STR("/sitemap.xml"), err);
}

static enum bs_rc walk_file(void *ctx, struct bs_str path, int64_t changed, struct bs_err *err)
{
	struct bs_page_walk *walk = ctx;

	(void)changed;
	return walk->found(walk->ctx, path, err);
}

enum bs_rc bs_sitemap_files_walk(struct bs_page_walk *walk, struct bs_err *err)
{
	struct files files = { walk->arena, walk->db, walk->publication, walk_file, walk, 0 };

	return files_found(&files, err);
}

/* --- lists ------------------------------------------------------------------------------------------------------------------- */

struct list { /* being gathered: all its languages come one behind the other */
	int64_t id, newest;
	struct bs_str kind, slug;
	struct bs_alternates alternates;
};

static void put_list(struct bs_page *page, const struct list *list)
{
	if (list->id != 0)
		bs_sitemap_address(page, bs_url_absolute(page, bs_url_list(page, list->kind, list->slug, 1)), list->newest, &list->alternates);
}

/* Rows of sitemap-terms or sitemap-people, which have the same columns. */
static enum bs_rc put_lists(struct bs_page *page, struct bs_str kind, struct bs_stmt *stmt, struct bs_err *err)
{
	struct list list = { .kind = kind };
	enum bs_rc rc;

	while ((rc = bs_stmt_next(stmt, err)) == BS_OK) {
		const struct bs_lang *lang = bs_lang_find(bs_stmt_str(stmt, BS_C_sitemap_terms_lang));
		if (bs_stmt_int(stmt, BS_C_sitemap_terms_id) != list.id) {
			put_list(page, &list);
			list.id = bs_stmt_int(stmt, BS_C_sitemap_terms_id);
			list.slug = bs_arena_copy(page->arena, bs_stmt_str(stmt, BS_C_sitemap_terms_slug));
			list.alternates = (struct bs_alternates){ .list = BS_ARRAY(page->arena, BS_LANG_COUNT, struct bs_alternate) };
		}
		if (lang == page->lang)
			list.newest = bs_stmt_int(stmt, BS_C_sitemap_terms_newest);
		if (lang != NULL && list.alternates.count < BS_LANG_COUNT)
			list.alternates.list[list.alternates.count++] =
				(struct bs_alternate){ lang, bs_url_list_in(page, lang, kind, list.slug, 1), true };
	}
	put_list(page, &list);
	return rc == BS_NOT_FOUND && list.id != 0 ? BS_OK : rc;
}

enum bs_rc bs_sitemap_lists_page(struct bs_page *page, struct bs_err *err)
{
	bool people = page->which == BS_SITEMAP_AUTHORS;
	struct bs_str kind = people ? BS_STR("author") : bs_vocabulary_name((enum bs_vocabulary)page->which);
	struct bs_param lang = bs_text(page->lang->code), most = bs_int(BS_SITEMAP_ADDRESSES), from;
	struct bs_stmt *stmt = NULL;
	int64_t part;
	enum bs_rc rc = bs_sitemap_part(page, &part);

	if (rc != BS_OK)
		return rc;
	from = bs_int(part * BS_SITEMAP_ADDRESSES);
	bs_page_tag(page, BS_TAG_STORIES, 0);
	rc = people ? bs_db_query(page->db, BS_Q_sitemap_people, BS_VALUES(lang, most, from), &stmt, err)
	            : bs_db_query(page->db, BS_Q_sitemap_terms, BS_VALUES(lang, bs_text(kind), most, from), &stmt, err);
	bs_sitemap_begin(page);
	if (rc == BS_OK)
		rc = put_lists(page, kind, stmt, err);
	bs_stmt_free(&stmt);
	bs_sitemap_end(page);
	return rc;
}

/* --- pages ------------------------------------------------------------------------------------------------------------------- */

static void put_path(struct bs_page *page, const char *path)
{
	struct bs_alternates alternates = bs_alternates_of_path(page, path);

	bs_sitemap_address(page, bs_url_absolute(page, bs_url_path(page, path)), 0, &alternates);
}

/* The months that have stories in the page's language, each with all its languages. */
static enum bs_rc put_months(struct bs_page *page, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	struct bs_alternates alternates = { .list = BS_ARRAY(page->arena, BS_LANG_COUNT, struct bs_alternate) };
	struct bs_str here = BS_STR("");
	int64_t last = 0, changed = 0;
	enum bs_rc rc = bs_db_query(page->db, BS_Q_sitemap_months, BS_NO_VALUES, &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		const struct bs_lang *lang = bs_lang_find(bs_stmt_str(stmt, BS_C_sitemap_months_lang));
		int64_t month = bs_stmt_int(stmt, BS_C_sitemap_months_month);
		char path[40];
		if (month != last) {
			if (here.len > 0)
				bs_sitemap_address(page, here, changed, &alternates);
			here = BS_STR("");
			alternates.count = 0;
			last = month;
		}
		snprintf(path, sizeof(path), "/archive/%04d/%02d", (int)(month / 100), (int)(month % 100));
		changed = bs_stmt_int(stmt, BS_C_sitemap_months_changed_at);
		if (lang == page->lang)
			here = bs_url_absolute(page, bs_url_path(page, path));
		if (lang != NULL && alternates.count < BS_LANG_COUNT)
			alternates.list[alternates.count++] = (struct bs_alternate){ lang, bs_url_path_in(page, lang, path), true };
	}
	if (here.len > 0)
		bs_sitemap_address(page, here, changed, &alternates);
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum { DATELESS_MAX = 200 };

/* A handful: each is read as for its page. */
static enum bs_rc put_dateless(struct bs_page *page, struct bs_err *err)
{
	int64_t ids[DATELESS_MAX];
	struct bs_stmt *stmt = NULL;
	size_t count = 0;
	enum bs_rc rc = bs_db_query(page->db, BS_Q_sitemap_dateless, BS_VALUES(bs_text(page->lang->code)), &stmt, err);

	while (rc == BS_OK && count < DATELESS_MAX && (rc = bs_stmt_next(stmt, err)) == BS_OK)
		ids[count++] = bs_stmt_int(stmt, BS_C_sitemap_dateless_id);
	bs_stmt_free(&stmt);
	if (rc == BS_NOT_FOUND)
		rc = BS_OK;
	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		struct bs_story *story = BS_NEW(page->arena, struct bs_story);
		struct bs_graph graph;
		rc = bs_story_load(page, ids[i], story, err);
		if (rc == BS_OK)
			rc = bs_story_fill(page, story, false, err);
		if (rc != BS_OK)
			break;
		bs_graph_of_story(page, story, &graph);
		if (bs_story_is_home(page, &story->address, story->canonical))
			bs_sitemap_address(page, graph.url, graph.modified, &graph.alternates);
	}
	return rc;
}

enum bs_rc bs_sitemap_pages_page(struct bs_page *page, struct bs_err *err)
{
	enum bs_rc rc;

	bs_page_tag(page, BS_TAG_STORIES, 0);
	bs_sitemap_begin(page);
	put_path(page, "/");
	put_path(page, "/archive");
	put_path(page, "/corrections");
	rc = put_dateless(page, err);
	if (rc == BS_OK)
		rc = put_months(page, err);
	bs_sitemap_end(page);
	return rc;
}
