/* graph_ld.c - the graph of a page in schema.org's words as JSON-LD 1.1: of a story the article with its people, its publisher, what
 * it cites, what it is based on, what was corrected; of any other page what it is and of which site. */
#include "site/frame.h"
#include "site/graph.h"
#include "site/story.h"
#include "site/tree.h"
#include "text/clean.h"
#include "text/markup.h"

enum { GRAPH_MAX = 4 * 1024 * 1024 };

static const char *article_type(enum bs_kind kind)
{
	switch (kind) {
	case BS_KIND_OPINION:
		return "OpinionNewsArticle";
	case BS_KIND_ANALYSIS:
		return "AnalysisNewsArticle";
	case BS_KIND_EXPLAINER:
		return "BackgroundNewsArticle";
	case BS_KIND_REPORT:
		return "ReportageNewsArticle";
	case BS_KIND_REVIEW:
		return "ReviewNewsArticle";
	default:
		return "NewsArticle";
	}
}

static void add_people(struct bs_page *page, struct bs_json *article, const struct bs_story *story, enum bs_role role,
                       const char *property)
{
	struct bs_json *list = NULL;

	for (size_t i = 0; i < story->person_count; i++) {
		const struct bs_person_row *row = &story->people[i];
		struct bs_json *person;
		if (row->role != role)
			continue;
		if (list == NULL)
			list = bs_json_add_array(article, bs_str_c(property));
		person = bs_json_add_object(list, BS_STR(""));
		bs_tree_text(person, "@type", BS_STR("Person"));
		bs_tree_text(person, "name", row->name);
		bs_tree_text(person, "jobTitle", row->job);
		bs_tree_text(person, "url", bs_url_absolute(page, bs_url_list(page, BS_STR("author"), row->slug, 1)));
	}
}

static void add_publisher(struct bs_page *page, struct bs_json *article)
{
	struct bs_json *publisher = bs_json_add_object(article, BS_STR("publisher")), *logo;

	bs_tree_text(publisher, "@type", BS_STR("NewsMediaOrganization"));
	bs_tree_text(publisher, "name", bs_site_name(page));
	bs_tree_text(publisher, "url", bs_url_absolute(page, BS_STR("/")));
	logo = bs_json_add_object(publisher, BS_STR("logo"));
	bs_tree_text(logo, "@type", BS_STR("ImageObject"));
	bs_tree_text(logo, "url", bs_url_absolute(page, BS_STR("/icon-512.png")));
	bs_json_add_int(logo, BS_STR("width"), 512);
	bs_json_add_int(logo, BS_STR("height"), 512);
	bs_tree_text(publisher, "correctionsPolicy", bs_url_absolute(page, BS_STR("/corrections")));
}

static void add_image(struct bs_page *page, struct bs_json *article, const struct bs_story *story)
{
	struct bs_json *image;

	if (story->image.hash.len == 0)
		return;
	image = bs_json_add_object(bs_json_add_array(article, BS_STR("image")), BS_STR(""));
	bs_tree_text(image, "@type", BS_STR("ImageObject"));
	bs_tree_text(image, "url", bs_url_absolute(page, bs_url_media(page, &story->image)));
	bs_json_add_int(image, BS_STR("width"), story->image.width);
	bs_json_add_int(image, BS_STR("height"), story->image.height);
	bs_tree_text(image, "caption", bs_markup_plain(page->arena, story->image_caption));
	bs_tree_text(image, "creditText", bs_markup_plain(page->arena, story->image_credit));
	bs_tree_text(image, "license", bs_licence_url(page, story->image_licence));
}

static void add_citations(struct bs_json *article, const struct bs_story *story)
{
	struct bs_json *list = NULL;

	for (size_t i = 0; i < story->body.link_count; i++) {
		struct bs_str href = story->body.links[i].href;
		struct bs_json *citation;
		if (!bs_str_starts(href, BS_STR("http")))
			continue;
		if (list == NULL)
			list = bs_json_add_array(article, BS_STR("citation"));
		citation = bs_json_add_object(list, BS_STR(""));
		bs_tree_text(citation, "@type", BS_STR("CreativeWork"));
		bs_tree_text(citation, "url", href);
		bs_tree_text(citation, "name", bs_str_trim(story->body.links[i].text));
	}
}

/* A Date or a DateTime, as it was given. */
static struct bs_str day_or_time(struct bs_page *page, int64_t time)
{
	struct bs_str iso = time != 0 ? bs_moment_iso(page, time) : BS_STR("");

	return bs_moment_form(page, time) == BS_DATE_LONG ? bs_str_sub(iso, 0, sizeof("2025-11-14") - 1) : iso;
}

static void add_source(struct bs_page *page, struct bs_json *article, const struct bs_story *story)
{
	struct bs_json *source, *publisher;

	if (story->source_url.len == 0 && story->source_name.len == 0)
		return;
	source = bs_json_add_object(article, BS_STR("isBasedOn"));
	bs_tree_text(source, "@type", BS_STR("CreativeWork"));
	bs_tree_text(source, "url", story->source_url);
	bs_tree_text(source, "datePublished", day_or_time(page, story->source_at));
	if (story->source_name.len > 0) {
		publisher = bs_json_add_object(source, BS_STR("publisher"));
		bs_tree_text(publisher, "@type", BS_STR("Organization"));
		bs_tree_text(publisher, "name", story->source_name);
	}
}

static void add_corrections(struct bs_page *page, struct bs_json *article, const struct bs_story *story)
{
	struct bs_json *list = NULL;

	for (size_t i = 0; i < story->correction_count; i++) {
		struct bs_json *correction;
		if (list == NULL)
			list = bs_json_add_array(article, BS_STR("correction"));
		correction = bs_json_add_object(list, BS_STR(""));
		bs_tree_text(correction, "@type", BS_STR("CorrectionComment"));
		bs_tree_text(correction, "text", bs_markup_plain(page->arena, story->corrections[i].note));
		bs_tree_time(page->arena, correction, "datePublished", story->corrections[i].made_at);
	}
}

static void add_terms(struct bs_json *article, const struct bs_story *story)
{
	struct bs_json *list = NULL;

	for (size_t i = 0; i < story->term_count; i++) {
		if (list == NULL)
			list = bs_json_add_array(article, BS_STR("keywords"));
		bs_json_add_string(list, BS_STR(""), story->terms[i].name);
		if (story->terms[i].id == story->section_id)
			bs_tree_text(article, "articleSection", story->terms[i].name);
	}
}

/* What a browser might take for the end of the script element, as JSON escapes. */
static struct bs_str script_safe(struct bs_page *page, struct bs_str json)
{
	struct bs_buf buf = BS_BUF(6 * GRAPH_MAX);
	struct bs_str made;
	size_t clean;

	while ((clean = bs_clean_run(json, BS_CLEAN_TEXT)) < json.len) {
		bs_buf_put(&buf, bs_str_n(json.ptr, clean));
		bs_buf_printf(&buf, "\\u%04x", (unsigned)json.ptr[clean]);
		json = bs_str_sub(json, clean + 1, SIZE_MAX);
	}
	if (buf.len == 0)
		return bs_arena_copy(page->arena, json);
	bs_buf_put(&buf, json);
	made = bs_arena_copy(page->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}

static struct bs_str graph_write(struct bs_page *page, const struct bs_json *graph)
{
	struct bs_buf buf = BS_BUF(GRAPH_MAX);
	struct bs_str made = BS_STR("");
	struct bs_err ignored;

	if (bs_json_write(graph, &buf, &ignored) == BS_OK)
		made = script_safe(page, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}

/* --- pages --------------------------------------------------------------------------------------------------------------- */

static void write_story(struct bs_page *page, const struct bs_graph *graph, struct bs_json *article)
{
	const struct bs_story *story = graph->story;

	bs_tree_text(article, "@type", bs_str_c(article_type(story->kind)));
	bs_tree_text(article, "mainEntityOfPage", graph->canonical);
	bs_tree_text(article, "headline", graph->title);
	bs_json_add_bool(article, BS_STR("isAccessibleForFree"), true);
	bs_json_add_int(article, BS_STR("wordCount"), story->words);
	bs_tree_time(page->arena, article, "datePublished", graph->published);
	bs_tree_time(page->arena, article, "dateModified", graph->modified);
	add_people(page, article, story, BS_ROLE_AUTHOR, "author");
	add_people(page, article, story, BS_ROLE_TRANSLATOR, "translator");
	add_people(page, article, story, BS_ROLE_EDITOR, "editor");
	add_publisher(page, article);
	add_image(page, article, story);
	add_terms(article, story);
	add_citations(article, story);
	add_source(page, article, story);
	add_corrections(page, article, story);
	bs_tree_text(article, "license", bs_licence_url(page, bs_story_licence(page, story)));
}

/* The person that the page is of. */
static void add_person(struct bs_page *page, struct bs_json *root, const struct bs_graph *graph)
{
	struct bs_json *person = bs_json_add_object(root, BS_STR("mainEntity"));

	bs_tree_text(person, "@type", BS_STR("Person"));
	bs_tree_text(person, "name", graph->person->name);
	bs_tree_text(person, "jobTitle", graph->person->job);
	bs_tree_text(person, "url", graph->canonical);
	if (graph->person->url.len > 0)
		bs_json_add_string(bs_json_add_array(person, BS_STR("sameAs")), BS_STR(""), graph->person->url);
	if (graph->image.hash.len > 0)
		bs_tree_text(person, "image", bs_url_absolute(page, bs_url_media(page, &graph->image)));
}

static void add_search(struct bs_page *page, struct bs_json *site)
{
	struct bs_json *action = bs_json_add_object(site, BS_STR("potentialAction")), *target;
	struct bs_str parts[] = { bs_url_absolute(page, bs_url_path(page, "/search")), BS_STR("?q={search_term_string}") };

	bs_tree_text(action, "@type", BS_STR("SearchAction"));
	bs_tree_text(action, "query-input", BS_STR("required name=search_term_string"));
	target = bs_json_add_object(action, BS_STR("target"));
	bs_tree_text(target, "@type", BS_STR("EntryPoint"));
	bs_tree_text(target, "urlTemplate", bs_arena_join(page->arena, parts, 2, BS_STR("")));
}

static void write_page(struct bs_page *page, const struct bs_graph *graph, struct bs_json *root)
{
	static const char *const types[] = { [BS_GRAPH_PAGE] = "WebPage", [BS_GRAPH_HOME] = "WebSite", [BS_GRAPH_LIST] = "CollectionPage",
		                             [BS_GRAPH_PERSON] = "ProfilePage", [BS_GRAPH_STORY] = "" };

	bs_tree_text(root, "@type", bs_str_c(types[graph->kind]));
	bs_tree_text(root, "name", graph->title.len > 0 ? graph->title : bs_site_name(page));
	bs_tree_time(page->arena, root, "dateModified", graph->modified);
	add_publisher(page, root);
	if (graph->kind == BS_GRAPH_HOME)
		add_search(page, root);
	if (graph->person != NULL)
		add_person(page, root, graph);
}

struct bs_str bs_graph_json_ld(struct bs_page *page, const struct bs_graph *graph)
{
	struct bs_json *root;

	if (graph->url.len == 0)
		return BS_STR("");
	root = bs_json_new_object(page->arena);
	bs_tree_text(root, "@context", BS_STR("https://schema.org"));
	bs_tree_text(root, "@id", graph->canonical);
	bs_tree_text(root, "url", graph->canonical);
	bs_tree_text(root, "description", graph->description);
	bs_tree_text(root, "inLanguage", page->lang->code);
	if (graph->kind == BS_GRAPH_STORY)
		write_story(page, graph, root);
	else
		write_page(page, graph, root);
	return graph_write(page, root);
}
