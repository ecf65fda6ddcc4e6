/* sitemap_stories.c - the stories of a month with their languages, and the news of two days; see sitemap.h. */
#include <stdlib.h>

#include "base/sys.h"
#include "site/front.h"
#include "site/machine/sitemap.h"
#include "site/machine/xml.h"
#include "text/markup.h"

/* --- a month ----------------------------------------------------------------------------------------------------------------- */

struct story {
	int64_t id, modified;
	struct bs_address address;
	struct bs_str canonical;
};

struct month { /* a part of one */
	struct bs_page *page;
	struct story stories[BS_SITEMAP_ADDRESSES];
	size_t count;
	struct bs_version *versions; /* of the story that is being written */
	size_t version_count, version_room;
};

static enum bs_rc read_stories(struct month *m, struct bs_stmt *stmt, struct bs_err *err)
{
	struct bs_page *page = m->page;
	enum bs_rc rc;

	while ((rc = bs_stmt_next(stmt, err)) == BS_OK && m->count < BS_SITEMAP_ADDRESSES)
		m->stories[m->count++] = (struct story){
			.id = bs_stmt_int(stmt, BS_C_sitemap_stories_id),
			.modified = bs_story_changed(bs_stmt_int(stmt, BS_C_sitemap_stories_published_at),
			                             bs_stmt_int(stmt, BS_C_sitemap_stories_updated_at),
			                             bs_stmt_int(stmt, BS_C_sitemap_stories_corrected_at)),
			.address = { page->lang, (int)bs_stmt_int(stmt, BS_C_sitemap_stories_year),
			             (int)bs_stmt_int(stmt, BS_C_sitemap_stories_month),
			             bs_arena_copy(page->arena, bs_stmt_str(stmt, BS_C_sitemap_stories_slug)) },
			.canonical = bs_arena_copy(page->arena, bs_stmt_str(stmt, BS_C_sitemap_stories_canonical)),
		};
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static void add_version(struct month *m, const struct bs_stmt *stmt)
{
	struct bs_arena *arena = m->page->arena;
	const struct bs_lang *lang = bs_lang_find(bs_stmt_str(stmt, BS_C_sitemap_versions_lang));

	if (lang == NULL)
		return;
	BS_GROW(arena, m->versions, m->version_count, m->version_room, 64);
	/* What is shown of a story of another month changes with that month. */
	bs_page_tag(m->page, BS_TAG_MONTH, bs_stmt_int(stmt, BS_C_sitemap_versions_year) * 100 + bs_stmt_int(stmt, BS_C_sitemap_versions_month));
	m->versions[m->version_count++] = (struct bs_version){
		.id = bs_stmt_int(stmt, BS_C_sitemap_versions_id),
		.address = { lang, (int)bs_stmt_int(stmt, BS_C_sitemap_versions_year), (int)bs_stmt_int(stmt, BS_C_sitemap_versions_month),
		             bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_sitemap_versions_slug)) },
		.canonical = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_sitemap_versions_canonical)),
	};
}

static void put_story(struct month *m, const struct story *story)
{
	struct bs_page *page = m->page;
	struct bs_alternates alternates;

	if (!bs_story_is_home(page, &story->address, story->canonical))
		return;
	alternates = bs_alternates_of_story(page, story->id, page->lang, m->versions, m->version_count);
	bs_sitemap_address(page, bs_story_url(page, &story->address), story->modified, &alternates);
}

/* The versions come in the order of the stories: each story is written when those of the next begin. */
static enum bs_rc put_stories(struct month *m, struct bs_stmt *versions, struct bs_err *err)
{
	size_t at = 0;
	enum bs_rc rc;

	while ((rc = bs_stmt_next(versions, err)) == BS_OK) {
		int64_t of = bs_stmt_int(versions, BS_C_sitemap_versions_of);
		while (at < m->count && m->stories[at].id != of) {
			put_story(m, &m->stories[at++]);
			m->version_count = 0;
		}
		add_version(m, versions);
	}
	while (at < m->count) {
		put_story(m, &m->stories[at++]);
		m->version_count = 0;
	}
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_sitemap_month_page(struct bs_page *page, struct bs_err *err)
{
	int64_t number = page->captures->number[BS_CAPTURE_YEAR] * 100 + page->captures->number[BS_CAPTURE_MONTH], part;
	struct month *m = BS_NEW(page->arena, struct month);
	struct bs_stmt *stories = NULL, *versions = NULL;
	struct bs_values values;
	enum bs_rc rc = bs_sitemap_part(page, &part);

	if (rc != BS_OK)
		return rc;
	m->page = page;
	bs_page_tag(page, BS_TAG_MONTH, number);
	values = BS_VALUES(bs_int(number), bs_text(page->lang->code), bs_int(page->now), bs_int(BS_SITEMAP_ADDRESSES),
	                   bs_int(part * BS_SITEMAP_ADDRESSES));
	rc = bs_db_query(page->db, BS_Q_sitemap_stories, values, &stories, err);
	if (rc == BS_OK)
		rc = bs_db_query(page->db, BS_Q_sitemap_versions, values, &versions, err);
	if (rc == BS_OK)
		rc = read_stories(m, stories, err);
	bs_sitemap_begin(page);
	if (rc == BS_OK)
		rc = m->count > 0 ? put_stories(m, versions, err) : BS_NOT_FOUND;
	bs_stmt_free(&stories);
	bs_stmt_free(&versions);
	bs_sitemap_end(page);
	return rc;
}

/* --- the news of two days ---------------------------------------------------------------------------------------------------- */

enum { NEWS_MAX = 1000, NEWS_SECONDS = 48 * 3600 }; /* as the news sitemap's specification has it */

struct news {
	int64_t published_at;
	const struct bs_lang *lang;
	struct bs_str url, title;
};

/* ISO 639, but for Chinese, whose two scripts are named by country. */
static struct bs_str news_language(const struct bs_lang *lang)
{
	if (bs_str_eq(lang->code, BS_STR("zh-Hans")))
		return BS_STR("zh-cn");
	if (bs_str_eq(lang->code, BS_STR("zh-Hant")))
		return BS_STR("zh-tw");
	return bs_str_sub(lang->code, 0, bs_str_find_byte(lang->code, '-', 0));
}

static enum bs_rc read_news(struct bs_page *page, const struct bs_lang *lang, struct bs_stmt *stmt, struct news *list, size_t *count,
                            struct bs_err *err)
{
	enum bs_rc rc;

	while ((rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_address address = { lang, (int)bs_stmt_int(stmt, BS_C_sitemap_news_year), (int)bs_stmt_int(stmt, BS_C_sitemap_news_month),
			                      bs_arena_copy(page->arena, bs_stmt_str(stmt, BS_C_sitemap_news_slug)) };
		if (bs_story_is_home(page, &address, bs_stmt_str(stmt, BS_C_sitemap_news_canonical)))
			list[(*count)++] = (struct news){ bs_stmt_int(stmt, BS_C_sitemap_news_published_at), lang, bs_story_url(page, &address),
				                          bs_markup_plain(page->arena, bs_stmt_str(stmt, BS_C_sitemap_news_title)) };
	}
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static int newest_first(const void *a, const void *b)
{
	const struct news *x = a, *y = b;

	if (x->published_at != y->published_at)
		return x->published_at > y->published_at ? -1 : 1;
	return bs_str_cmp(x->url, y->url);
}

static void put_news(struct bs_page *page, const struct news *news)
{
	const struct bs_publication *p = page->publication;
	struct bs_buf *out = page->out;

	bs_buf_lit(out, "<url>\n");
	bs_xml_element(out, "loc", news->url);
	bs_buf_lit(out, "<news:news>\n<news:publication>\n");
	bs_xml_element(out, "news:name", bs_publication_text(p, p->names, p->name_count, news->lang));
	bs_xml_element(out, "news:language", news_language(news->lang));
	bs_buf_lit(out, "</news:publication>\n");
	bs_xml_time(out, "news:publication_date", news->published_at);
	bs_xml_element(out, "news:title", news->title);
	bs_buf_lit(out, "</news:news>\n</url>\n");
}

/* Of each language the newest; all queries first, so that they share one round trip. */
static enum bs_rc load_news(struct bs_page *page, struct news **out, size_t *count, struct bs_err *err)
{
	const struct bs_publication *p = page->publication;
	struct bs_stmt **stmts = BS_ARRAY(page->arena, p->lang_count, struct bs_stmt *);
	enum bs_rc rc = BS_OK;

	*out = BS_ARRAY(page->arena, p->lang_count * NEWS_MAX, struct news);
	*count = 0;
	for (size_t i = 0; i < p->lang_count && rc == BS_OK; i++)
		rc = bs_db_query(page->db, BS_Q_sitemap_news, BS_VALUES(bs_text(p->langs[i]->code), bs_int(page->now - NEWS_SECONDS),
		                 bs_int(page->now), bs_int(NEWS_MAX)), &stmts[i], err);
	for (size_t i = 0; i < p->lang_count && rc == BS_OK; i++)
		rc = read_news(page, p->langs[i], stmts[i], *out, count, err);
	for (size_t i = 0; i < p->lang_count; i++)
		bs_stmt_free(&stmts[i]);
	return rc;
}

enum bs_rc bs_sitemap_news_page(struct bs_page *page, struct bs_err *err)
{
	struct news *news;
	size_t count;
	enum bs_rc rc = load_news(page, &news, &count, err);

	if (rc != BS_OK)
		return rc;
	qsort(news, count, sizeof(*news), newest_first);
	count = count > NEWS_MAX ? NEWS_MAX : count;
	bs_page_tag(page, BS_TAG_STORIES, 0);
	bs_page_tag(page, BS_TAG_LATEST, 0);
	/* The oldest is the first to be two days old. */
	page->until = count > 0 ? news[count - 1].published_at + NEWS_SECONDS : 0;
	page->type = BS_STR("application/xml");
	page->policy = bs_press_data_policy(page->press);
	bs_buf_lit(page->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
	                      "xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\n");
	for (size_t i = 0; i < count; i++)
		put_news(page, &news[i]);
	bs_sitemap_end(page);
	return BS_OK;
}

enum bs_rc bs_sitemap_news_walk(struct bs_page_walk *walk, struct bs_err *err)
{
	return walk->found(walk->ctx, BS_STR("/news-sitemap.xml"), err);
}
