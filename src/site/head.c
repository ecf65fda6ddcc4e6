/* head.c - what a page's head says for machines: canonical link, languages, feeds, Open Graph, JSON-LD; all of it from the graph. */
#include "base/sys.h"
#include "lang/message.h"
#include "site/frame.h"
#include "text/markup.h"

enum { DESCRIPTION_MAX = 300 };

static struct bs_value pair(struct bs_page *page, enum bs_view_name a, struct bs_str x, enum bs_view_name b, struct bs_str y)
{
	struct bs_dict *dict = bs_dict_new(page->arena, 2);

	bs_set_text(dict, a, x);
	bs_set_text(dict, b, y);
	return bs_value_dict(dict);
}

/* The page in each language, and x-default (RFC 8288, hreflang). */
static struct bs_value alternates(struct bs_page *page, const struct bs_graph *graph)
{
	const struct bs_alternate *usual = bs_alternates_default(page, &graph->alternates, page->lang);
	struct bs_value *list;
	size_t count = 0;

	if (usual == NULL)
		return bs_value_list(NULL, 0);
	list = BS_ARRAY(page->arena, graph->alternates.count + 1, struct bs_value);
	for (size_t i = 0; i < graph->alternates.count; i++) {
		const struct bs_alternate *a = &graph->alternates.list[i];
		if (a->indexed)
			list[count++] = pair(page, BS_N_lang, a->lang->code, BS_N_url, bs_url_absolute(page, a->path));
	}
	list[count++] = pair(page, BS_N_lang, BS_STR("x-default"), BS_N_url, bs_url_absolute(page, usual->path));
	return bs_value_list(list, count);
}

struct bs_str bs_feed_path(struct bs_page *page, const struct bs_feed_link *feed, enum bs_feed_form form)
{
	struct bs_str parts[] = { feed->base, bs_str_c(bs_feed_ending(form)) };

	return feed->base.len > 0 ? bs_arena_join(page->arena, parts, 2, BS_STR("")) : bs_url_path(page, bs_feed_ending(form));
}

static struct bs_value feeds(struct bs_page *page, const struct bs_feed_link *of)
{
	struct bs_value *list = BS_ARRAY(page->arena, BS_FEED_FORMS, struct bs_value);

	for (enum bs_feed_form i = 0; i < BS_FEED_FORMS; i++) {
		struct bs_dict *feed = bs_dict_new(page->arena, 3);
		bs_set_text(feed, BS_N_type, bs_feed_type(i));
		bs_set_text(feed, BS_N_title, of->title.len > 0
		            ? bs_say_feeds_name(page->arena, page->lang, bs_site_name(page), of->title) : bs_site_name(page));
		bs_set_text(feed, BS_N_url, bs_feed_path(page, of, i));
		list[i] = bs_value_dict(feed);
	}
	return bs_value_list(list, BS_FEED_FORMS);
}

/* --- Open Graph (ogp.me): what networks show of a shared address ----------------------------------------------------------- */

struct meta {
	struct bs_page *page;
	struct bs_value *list;
	size_t count;
};

static void add(struct meta *meta, const char *name, struct bs_str content)
{
	if (content.len > 0)
		meta->list[meta->count++] = pair(meta->page, BS_N_name, bs_str_c(name), BS_N_content, content);
}

static void add_time(struct meta *meta, const char *name, int64_t time)
{
	char iso[BS_TIME_ISO_MAX];

	if (time != 0)
		add(meta, name, bs_arena_copy(meta->page->arena, bs_time_iso(time, iso)));
}

static void add_image(struct meta *meta, const struct bs_graph *graph)
{
	struct bs_page *page = meta->page;

	if (graph->image.hash.len == 0)
		return;
	add(meta, "og:image", bs_url_absolute(page, bs_url_media(page, &graph->image)));
	add(meta, "og:image:type", graph->image.mime);
	add(meta, "og:image:width", bs_arena_printf(page->arena, "%d", graph->image.width));
	add(meta, "og:image:height", bs_arena_printf(page->arena, "%d", graph->image.height));
	add(meta, "og:image:alt", graph->image_alt);
	add(meta, "twitter:card", BS_STR("summary_large_image"));
}

static void add_article(struct meta *meta, const struct bs_graph *graph)
{
	const struct bs_story *story = graph->story;

	add_time(meta, "article:published_time", graph->published);
	if (graph->modified > graph->published)
		add_time(meta, "article:modified_time", graph->modified);
	for (size_t i = 0; i < story->person_count; i++) {
		if (story->people[i].role == BS_ROLE_AUTHOR)
			add(meta, "article:author",
			    bs_url_absolute(meta->page, bs_url_list(meta->page, BS_STR("author"), story->people[i].slug, 1)));
	}
	for (size_t i = 0; i < story->term_count; i++)
		add(meta, story->terms[i].id == story->section_id ? "article:section" : "article:tag", story->terms[i].name);
}

static struct bs_value open_graph(struct bs_page *page, const struct bs_graph *graph, struct bs_str description)
{
	static const char *const types[] = { [BS_GRAPH_PAGE] = "website", [BS_GRAPH_HOME] = "website", [BS_GRAPH_LIST] = "website",
		                             [BS_GRAPH_PERSON] = "profile", [BS_GRAPH_STORY] = "article" };
	enum { FIXED = 16 };
	size_t most = FIXED + graph->alternates.count + (graph->story != NULL ? graph->story->person_count + graph->story->term_count : 0);
	struct meta meta = { page, BS_ARRAY(page->arena, most, struct bs_value), 0 };

	if (graph->url.len == 0)
		return bs_value_list(NULL, 0);
	add(&meta, "og:type", bs_str_c(types[graph->kind]));
	add(&meta, "og:title", graph->title.len > 0 ? graph->title : bs_site_name(page));
	add(&meta, "og:description", description);
	add(&meta, "og:url", graph->canonical);
	add(&meta, "og:site_name", bs_site_name(page));
	add(&meta, "og:locale", page->lang->locale);
	for (size_t i = 0; i < graph->alternates.count && bs_alternates_default(page, &graph->alternates, page->lang) != NULL; i++) {
		if (graph->alternates.list[i].indexed && graph->alternates.list[i].lang != page->lang)
			add(&meta, "og:locale:alternate", graph->alternates.list[i].lang->locale);
	}
	add_image(&meta, graph);
	if (graph->kind == BS_GRAPH_STORY)
		add_article(&meta, graph);
	return bs_value_list(meta.list, meta.count);
}

/* A page that has nothing to say of itself, such as the archive, is one of a publication that has. */
static struct bs_graph describe(struct bs_page *page, const struct bs_graph *graph)
{
	const struct bs_publication *p = page->publication;
	struct bs_graph described = *graph;

	if (described.description.len == 0)
		described.description = bs_publication_text(p, p->taglines, p->tagline_count, page->lang);
	return described;
}

struct bs_value bs_frame_head(struct bs_page *page, const struct bs_frame *frame)
{
	const struct bs_graph described = describe(page, &frame->graph), *graph = &described;
	struct bs_dict *dict = bs_dict_new(page->arena, 15);
	struct bs_shape_image image = { .media = &graph->image };
	struct bs_str description = bs_markup_excerpt(page, bs_markup_of_text(page->arena, graph->description), DESCRIPTION_MAX);

	bs_set_text(dict, BS_N_title, bs_frame_title(page, graph->title));
	bs_set_text(dict, BS_N_description, description);
	bs_set_text(dict, BS_N_canonical, graph->canonical);
	bs_set_text(dict, BS_N_robots, frame->noindex ? BS_STR("noindex") : BS_STR(""));
	bs_set_text(dict, BS_N_previous, frame->previous);
	bs_set_text(dict, BS_N_next, frame->next);
	bs_set_list(dict, BS_N_alternates, BS_N_has_alternates, alternates(page, graph));
	bs_set_list(dict, BS_N_feeds, BS_N_has_feeds, feeds(page, &frame->feed));
	bs_set_list(dict, BS_N_meta, BS_N_has_meta, open_graph(page, graph, description));
	/* The lead picture of a story is what its reader waits for. */
	bs_set(dict, BS_N_preload, graph->kind == BS_GRAPH_STORY ? bs_shape_image(page, &image) : bs_value_null());
	/* Made by bs_graph_json_ld, which escapes what could end the script element. */
	bs_set_markup(dict, BS_N_json_ld, bs_graph_json_ld(page, graph));
	return bs_value_dict(dict);
}
