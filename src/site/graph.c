/* graph.c - the facts of a page; see graph.h. */
#include "site/graph.h"

#include "base/sys.h"
#include "site/shape.h"
#include "text/markup.h"
#include "text/out.h"

enum { SUMMARY_MAX = 300 };

/* --- languages ------------------------------------------------------------------------------------------------------------ */

const struct bs_alternate *bs_alternates_default(struct bs_page *page, const struct bs_alternates *alternates,
                                                 const struct bs_lang *lang)
{
	const struct bs_alternate *usual = NULL;
	size_t indexed = 0;
	bool here = false;

	for (size_t i = 0; i < alternates->count; i++) {
		const struct bs_alternate *a = &alternates->list[i];
		if (!a->indexed)
			continue;
		indexed++;
		here = here || a->lang == lang;
		if (usual == NULL || a->lang == page->publication->lang)
			usual = a;
	}
	return here && indexed > 1 ? usual : NULL;
}

struct bs_alternates bs_alternates_of_path(struct bs_page *page, const char *path)
{
	const struct bs_publication *p = page->publication;
	struct bs_alternates out = { BS_ARRAY(page->arena, p->lang_count, struct bs_alternate), p->lang_count };

	for (size_t i = 0; i < p->lang_count; i++)
		out.list[i] = (struct bs_alternate){ p->langs[i], bs_url_path_in(page, p->langs[i], path), true };
	return out;
}

enum bs_rc bs_alternates_of_list(struct bs_page *page, struct bs_list list, struct bs_str kind, struct bs_str slug,
                                 struct bs_alternates *out, struct bs_err *err)
{
	const struct bs_publication *p = page->publication;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(page->db, BS_Q_listing_languages, BS_VALUES(bs_int(list.kind), bs_int(list.of)), &stmt, err);

	*out = (struct bs_alternates){ .list = BS_ARRAY(page->arena, p->lang_count, struct bs_alternate) };
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		const struct bs_lang *lang = bs_lang_find(bs_stmt_str(stmt, BS_C_listing_languages_lang));
		if (lang != NULL && out->count < p->lang_count)
			out->list[out->count++] = (struct bs_alternate){ lang, bs_url_list_in(page, lang, kind, slug, 1), true };
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* Of several in one language that have their home here, the first that was made. */
static bool is_first_home(struct bs_page *page, const struct bs_version *versions, size_t count, const struct bs_version *of)
{
	for (size_t i = 0; i < count; i++) {
		const struct bs_version *v = &versions[i];
		if (v->address.lang == of->address.lang && v->id < of->id && bs_story_is_home(page, &v->address, v->canonical))
			return false;
	}
	return bs_story_is_home(page, &of->address, of->canonical);
}

struct bs_alternates bs_alternates_of_story(struct bs_page *page, int64_t id, const struct bs_lang *own, const struct bs_version *versions,
                                            size_t count)
{
	struct bs_alternates out = { .list = BS_ARRAY(page->arena, count, struct bs_alternate) };

	for (size_t i = 0; i < count; i++) {
		const struct bs_version *v = &versions[i];
		/* Another story in this very language is no other language of it. */
		if (v->id == id || v->address.lang != own)
			out.list[out.count++] = (struct bs_alternate){ v->address.lang, bs_url_story(page, &v->address, ""),
				                                       is_first_home(page, versions, count, v) };
	}
	return out;
}

/* --- stories -------------------------------------------------------------------------------------------------------------- */

bool bs_story_is_home(struct bs_page *page, const struct bs_address *address, struct bs_str canonical)
{
	return canonical.len == 0 || bs_str_eq(canonical, bs_story_url(page, address));
}

struct bs_str bs_story_url(struct bs_page *page, const struct bs_address *address)
{
	return bs_url_absolute(page, bs_url_story(page, address, ""));
}

struct bs_str bs_story_canonical(struct bs_page *page, const struct bs_story *story)
{
	return story->canonical.len > 0 ? story->canonical : bs_story_url(page, &story->address);
}

/* "example.org" of the publication's address. */
static struct bs_str host_of(const struct bs_publication *p)
{
	size_t scheme = bs_str_find(p->url, BS_STR("://"), 0);
	struct bs_str rest = scheme != SIZE_MAX ? bs_str_sub(p->url, scheme + 3, SIZE_MAX) : p->url, host = rest;

	(void)bs_str_split(&rest, '/', &host);
	return bs_str_sub(host, 0, bs_str_find_byte(host, ':', 0));
}

struct bs_str bs_version_name(struct bs_page *page, const struct bs_version *version)
{
	struct bs_str host = host_of(page->publication), made;
	struct bs_civil day = bs_civil_of(version->published_at, 0);
	struct bs_buf buf = BS_BUF(16 * 1024);

	bs_buf_printf(&buf, "tag:%.*s,%04d-%02d-%02d:", (int)host.len, host.ptr, day.year, day.month, day.day);
	bs_out_url(&buf, version->public_id);
	if (version->written != version->address.lang) {
		bs_buf_putc(&buf, ':');
		bs_out_url(&buf, version->address.lang->code);
	}
	made = bs_arena_copy(page->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}

struct bs_str bs_story_name(struct bs_page *page, const struct bs_story *story)
{
	return bs_version_name(page, &(struct bs_version){ .public_id = story->public_id, .address = story->address,
	                       .written = story->written, .published_at = story->published_at });
}

int64_t bs_story_changed(int64_t published_at, int64_t updated_at, int64_t corrected_at)
{
	int64_t newest = updated_at > published_at ? updated_at : published_at;

	return corrected_at > newest ? corrected_at : newest;
}

int64_t bs_story_modified(const struct bs_story *story)
{
	int64_t corrected = 0;

	for (size_t i = 0; i < story->correction_count; i++) {
		if (story->corrections[i].made_at > corrected)
			corrected = story->corrections[i].made_at;
	}
	return bs_story_changed(story->published_at, story->updated_at, corrected);
}

struct bs_str bs_story_summary(struct bs_page *page, const struct bs_story *story)
{
	struct bs_str markup = story->summary.len > 0 ? story->summary : story->subtitle;

	for (size_t i = 0; i < story->body.count && markup.len == 0; i++) {
		if (bs_str_eq(story->body.blocks[i].path, BS_STR("p")))
			markup = story->body.blocks[i].markup;
	}
	return bs_markup_excerpt(page, markup, SUMMARY_MAX);
}

struct bs_str bs_story_licence(struct bs_page *page, const struct bs_story *story)
{
	return story->licence.len > 0 ? story->licence : page->publication->licence;
}

void bs_graph_of_story(struct bs_page *page, const struct bs_story *story, struct bs_graph *out)
{
	*out = (struct bs_graph){
		.kind = story->kind == BS_KIND_PAGE ? BS_GRAPH_PAGE : BS_GRAPH_STORY,
		.title = bs_markup_plain(page->arena, story->title),
		.description = bs_story_summary(page, story),
		.url = bs_story_url(page, &story->address),
		.canonical = bs_story_canonical(page, story),
		.alternates = bs_alternates_of_story(page, story->id, story->address.lang, story->versions, story->version_count),
		.image = story->image,
		.image_alt = bs_markup_plain(page->arena, story->image_alt),
		.published = story->published_at,
		.modified = bs_story_modified(story),
		.story = story,
	};
}

struct bs_graph bs_graph_of_path(struct bs_page *page, enum bs_graph_kind kind, struct bs_str path)
{
	struct bs_str url = bs_url_absolute(page, path);

	return (struct bs_graph){ .kind = kind, .url = url, .canonical = url };
}
