/* ninjs.c - a story as ninjs 2.1, the IPTC's "news in JSON" (https://iptc.org/std/ninjs/), for partners and programs.
 *
 * It is one revision of the text: `uri` names the story for ever, `version` counts its revisions. What a partner may not carry does
 * not leave: pictures of the text are left out, and the lead picture is named but has no renditions (pubstatus withheld) unless it
 * may be syndicated. Roles and genres are those of the IPTC's NewsCodes where it has them. */
#include "lang/message.h"
#include "site/frame.h"
#include "site/machine/forms.h"
#include "site/machine/whole.h"
#include "site/tree.h"
#include "text/markup.h"

#define NEWSCODES "http://cv.iptc.org/newscodes/"

static const struct bs_str plain_type = BS_STR_INIT("text/plain"), html_type = BS_STR_INIT("text/html");

struct item { /* being made */
	struct bs_page *page;
	const struct bs_story *story;
	const struct bs_graph *graph;
	struct bs_json *root;
};

static struct bs_json *add_object(struct bs_json *list)
{
	return bs_json_add_object(list, BS_STR(""));
}

/* {role, contenttype, value} of headlines, descriptions and bodies; NULL when there is nothing to say. */
static struct bs_json *add_value(struct bs_json *list, struct bs_str role, struct bs_str type, struct bs_str value)
{
	struct bs_json *to;

	if (value.len == 0)
		return NULL;
	to = add_object(list);
	bs_tree_text(to, "role", role);
	bs_tree_text(to, "contenttype", type);
	bs_tree_text(to, "value", value);
	return to;
}

static struct bs_str list_url(const struct item *item, struct bs_str kind, struct bs_str slug)
{
	return bs_url_absolute(item->page, bs_url_list(item->page, kind, slug, 1));
}

/* --- what it is ------------------------------------------------------------------------------------------------------------ */

static void add_identity(const struct item *item)
{
	struct bs_page *page = item->page;
	const struct bs_story *story = item->story;
	struct bs_json *standard = bs_json_add_object(item->root, BS_STR("standard"));

	bs_tree_text(standard, "name", BS_STR("ninjs"));
	bs_tree_text(standard, "version", BS_STR("2.1"));
	bs_tree_text(standard, "schema", BS_STR("https://www.iptc.org/std/ninjs/ninjs-schema_2.1.json"));
	bs_tree_text(item->root, "uri", bs_story_name(page, story));
	bs_tree_text(item->root, "type", BS_STR("text"));
	bs_tree_text(item->root, "representationtype", BS_STR("full"));
	bs_tree_text(item->root, "profile", story->image.hash.len > 0 ? BS_STR("text-photo") : BS_STR("text-only"));
	bs_tree_text(item->root, "pubstatus", BS_STR("usable"));
	bs_tree_text(item->root, "version", bs_arena_printf(page->arena, "%d", story->revision));
	bs_tree_time(page->arena, item->root, "firstcreated", item->graph->published);
	bs_tree_time(page->arena, item->root, "versioncreated", item->graph->modified);
	/* In the zone in which it may have been given as a day alone. */
	bs_tree_text(item->root, "contentcreated", story->source_at != 0 ? bs_moment_iso(page, story->source_at) : BS_STR(""));
	bs_tree_text(item->root, "language", story->address.lang->code);
	bs_tree_text(item->root, "slugline", story->address.slug);
	bs_tree_text(item->root, "title", item->graph->title);
}

static void add_altids(const struct item *item)
{
	const struct {
		const char *role;
		struct bs_str value;
	} all[] = {
		{ "newsroom", item->story->public_id },
		{ "canonical", item->graph->canonical },
		{ "manifest-sha256", item->story->manifest_hash },
	};
	struct bs_json *list = bs_json_add_array(item->root, BS_STR("altids"));

	for (size_t i = 0; i < BS_COUNT(all); i++) {
		struct bs_json *id = add_object(list);
		bs_tree_text(id, "role", bs_str_c(all[i].role));
		bs_tree_text(id, "value", all[i].value);
	}
}

static void add_genre(const struct item *item)
{
	static const char *const genres[BS_KIND_COUNT] = {
		[BS_KIND_NEWS] = "Current",       [BS_KIND_ANALYSIS] = "Analysis",     [BS_KIND_OPINION] = "Opinion",
		[BS_KIND_INTERVIEW] = "Interview", [BS_KIND_REPORT] = "Feature",        [BS_KIND_EXPLAINER] = "Background",
		[BS_KIND_REVIEW] = "Review",      [BS_KIND_OBITUARY] = "Obituary",     [BS_KIND_PAGE] = "Background",
	};
	struct bs_json *genre = add_object(bs_json_add_array(item->root, BS_STR("genres")));
	struct bs_str label = bs_kind_label(item->page, item->story->kind);

	bs_tree_text(genre, "name", label.len > 0 ? label : bs_str_c(genres[item->story->kind]));
	bs_tree_text(genre, "uri", bs_arena_printf(item->page->arena, NEWSCODES "genre/%s", genres[item->story->kind]));
	bs_tree_text(genre, "literal", bs_kind_name(item->story->kind));
}

/* --- the text -------------------------------------------------------------------------------------------------------------- */

static void add_headlines(const struct item *item)
{
	struct bs_json *list = bs_json_add_array(item->root, BS_STR("headlines"));

	add_value(list, BS_STR("main"), plain_type, item->graph->title);
	add_value(list, BS_STR("subtitle"), plain_type, bs_markup_plain(item->page->arena, item->story->subtitle));
}

static void add_notices(const struct item *item, struct bs_json *list, const char *place)
{
	const struct bs_notice *const *notices;
	size_t count = bs_story_notices(item->page, item->story, bs_str_c(place), &notices);

	for (size_t i = 0; i < count; i++)
		add_value(list, notices[i]->kind, html_type, bs_body_absolute(item->page, item->graph->url, &notices[i]->body));
}

/* The summary, and all that must be known of the text: corrections, notices, the line about the author. */
static void add_descriptions(const struct item *item)
{
	struct bs_page *page = item->page;
	const struct bs_story *story = item->story;
	struct bs_json *list = bs_json_add_array(item->root, BS_STR("descriptions"));

	add_value(list, BS_STR("summary"), plain_type, item->graph->description);
	for (size_t i = 0; i < story->correction_count; i++) {
		struct bs_str parts[] = { bs_correction_heading(page, &story->corrections[i]),
			                  bs_markup_plain(page->arena, story->corrections[i].note) };
		add_value(list, bs_correction_kind_name(story->corrections[i].kind), plain_type,
		          bs_arena_join(page->arena, parts, 2, BS_STR(": ")));
	}
	add_notices(item, list, "before");
	add_value(list, BS_STR("author"), plain_type, bs_markup_plain(page->arena, story->author_line));
	add_notices(item, list, "after");
	add_notices(item, list, "end");
}

/* The body without its pictures: whose they are and what may be done with them is not known. */
static struct bs_body without_pictures(const struct item *item)
{
	const struct bs_body *from = &item->story->body;
	struct bs_body body = { .blocks = BS_ARRAY(item->page->arena, from->count, struct bs_block) };

	for (size_t i = 0; i < from->count; i++) {
		if (bs_str_find(from->blocks[i].path, BS_STR("figure"), 0) == SIZE_MAX)
			body.blocks[body.count++] = from->blocks[i];
	}
	return body;
}

static size_t count_characters(struct bs_str text)
{
	size_t count = 0;

	for (size_t at = 0; at < text.len; at++) /* each has one byte that does not continue another */
		count += ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
	return count;
}

static void add_bodies(const struct item *item)
{
	struct bs_json *list = bs_json_add_array(item->root, BS_STR("bodies")), *made[2];
	struct bs_body body = without_pictures(item);
	struct bs_buf buf = BS_BUF(BS_MAX_PAGE);
	/* Counted when the story was saved, if nothing is left out of it. */
	int64_t words = body.count == item->story->body.count ? item->story->words : (int64_t)bs_body_words(&body);
	struct bs_str text;

	bs_body_text(&buf, &body, NULL);
	text = bs_arena_copy(item->page->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	made[0] = add_value(list, BS_STR("main"), html_type, bs_body_absolute(item->page, item->graph->url, &body));
	made[1] = add_value(list, BS_STR("plain"), plain_type, text);
	for (size_t i = 0; i < BS_COUNT(made); i++) {
		if (made[i] == NULL)
			continue;
		bs_json_add_int(made[i], BS_STR("wordcount"), words);
		bs_json_add_int(made[i], BS_STR("charcount"), (int64_t)count_characters(text));
	}
}

/* --- who and what it is about ---------------------------------------------------------------------------------------------- */

static void add_contact(struct bs_json *list, const char *type, struct bs_str value)
{
	struct bs_json *contact;

	if (value.len == 0)
		return;
	contact = add_object(list);
	bs_tree_text(contact, "type", bs_str_c(type));
	bs_tree_text(contact, "value", value);
}

static void add_people(const struct item *item)
{
	const struct bs_story *story = item->story;
	struct bs_json *list;

	bs_tree_text(item->root, "by", bs_story_names(item->page, story, BS_ROLE_AUTHOR));
	if (story->person_count == 0)
		return;
	list = bs_json_add_array(item->root, BS_STR("people"));
	for (size_t i = 0; i < story->person_count; i++) {
		const struct bs_person_row *row = &story->people[i];
		struct bs_json *person = add_object(list), *contacts;
		bs_tree_text(person, "name", row->name);
		bs_tree_text(person, "rel", bs_role_name(row->role));
		bs_tree_text(person, "uri", list_url(item, BS_STR("author"), row->slug));
		bs_tree_text(person, "literal", row->slug);
		if (row->email.len == 0 && row->url.len == 0)
			continue;
		contacts = bs_json_add_array(person, BS_STR("contactinfo"));
		add_contact(contacts, "email", row->email);
		add_contact(contacts, "web", row->url);
	}
}

static void add_source(struct bs_json *list, const char *role, struct bs_str name, struct bs_str uri, struct bs_str email)
{
	struct bs_json *source = add_object(list);

	bs_tree_text(source, "role", bs_str_c(role));
	bs_tree_text(source, "name", name);
	bs_tree_text(source, "uri", uri);
	if (email.len > 0)
		add_contact(bs_json_add_array(source, BS_STR("contactinfo")), "email", email);
}

static void add_sources(const struct item *item)
{
	struct bs_page *page = item->page;
	const struct bs_story *story = item->story;
	struct bs_json *list = bs_json_add_array(item->root, BS_STR("infosources"));

	if (story->source_name.len > 0 || story->source_url.len > 0)
		add_source(list, NEWSCODES "contentprodpartyrole/origcont",
		           story->source_name.len > 0 ? story->source_name : story->source_url, story->source_url, BS_STR(""));
	add_source(list, NEWSCODES "contentprodpartyrole/distributor", bs_site_name(page), bs_url_absolute(page, BS_STR("/")),
	           story->media_contact.len > 0 ? story->media_contact : page->publication->email_media);
}

/* A Media Topic has an address of its own; what has none is named by the page of its stories. */
static struct bs_str term_uri(const struct item *item, const struct bs_term_row *term)
{
	struct bs_str topic = BS_STR("medtop:");

	if (bs_str_starts(term->code, topic))
		return bs_arena_printf(item->page->arena, NEWSCODES "mediatopic/%.*s", (int)(term->code.len - topic.len), term->code.ptr + topic.len);
	return list_url(item, bs_vocabulary_name(term->vocabulary), term->slug);
}

/* Regions are places, all else are subjects. */
static void add_terms(const struct item *item, const char *name, bool places)
{
	struct bs_json *list = NULL;

	for (size_t i = 0; i < item->story->term_count; i++) {
		const struct bs_term_row *row = &item->story->terms[i];
		struct bs_str literal[] = { bs_vocabulary_name(row->vocabulary), row->slug };
		struct bs_json *term;
		if ((row->vocabulary == BS_REGION) != places)
			continue;
		if (list == NULL)
			list = bs_json_add_array(item->root, bs_str_c(name));
		term = add_object(list);
		bs_tree_text(term, "name", row->name);
		bs_tree_text(term, "rel", BS_STR("about"));
		bs_tree_text(term, "uri", term_uri(item, row));
		bs_tree_text(term, "literal", row->code.len > 0 ? row->code : bs_arena_join(item->page->arena, literal, 2, BS_STR(":")));
	}
}

/* --- rights ---------------------------------------------------------------------------------------------------------------- */

static void add_licence(struct bs_page *page, struct bs_json *to, struct bs_str licence, struct bs_str permission)
{
	struct bs_str url = bs_licence_url(page, licence), parts[2];
	size_t count = 0;

	if (licence.len > 0)
		parts[count++] = bs_licence_text(page, licence);
	if (permission.len > 0)
		parts[count++] = permission;
	bs_tree_text(to, "usageterms", bs_arena_join(page->arena, parts, count, BS_STR("\n")));
	if (url.len > 0)
		bs_tree_text(bs_json_add_object(to, BS_STR("rightsinfo")), "linkedrights", url);
}

static void add_rights(const struct item *item)
{
	struct bs_page *page = item->page;
	const struct bs_story *story = item->story;

	bs_tree_text(item->root, "copyrightholder", bs_story_holder(page, story));
	bs_tree_text(item->root, "copyrightnotice", bs_story_copyright(page, story));
	add_licence(page, item->root, bs_story_licence(page, story), story->source_permission);
}

static void add_trust(const struct item *item)
{
	static const struct {
		const char *role, *path;
		enum bs_msg title;
	} all[] = {
		{ NEWSCODES "trustindicator/correctionsPolicy", "/corrections", BS_MSG_site_corrections },
		{ NEWSCODES "trustindicator/archive", "/archive", BS_MSG_site_archive },
	};
	const struct bs_publication *p = item->page->publication;
	struct bs_json *list = bs_json_add_array(item->root, BS_STR("trustindicators")), *to;

	for (size_t i = 0; i < BS_COUNT(all); i++) {
		to = add_object(list);
		bs_tree_text(to, "role", bs_str_c(all[i].role));
		bs_tree_text(to, "title", bs_message(item->page->lang, all[i].title));
		bs_tree_text(to, "href", bs_url_absolute(item->page, bs_url_path(item->page, all[i].path)));
	}
	for (size_t i = 0; i < p->page_count; i++) {
		if (!bs_str_eq(p->pages[i].slug, BS_STR("about")) || !bs_str_eq(p->pages[i].lang, item->page->lang->code))
			continue;
		to = add_object(list);
		bs_tree_text(to, "role", BS_STR(NEWSCODES "trustindicator/partyInfo"));
		bs_tree_text(to, "title", bs_markup_plain(item->page->arena, p->pages[i].title));
		bs_tree_text(to, "href", bs_url_absolute(item->page, bs_url_path(item->page, "/about")));
	}
}

/* --- what stands beside it ------------------------------------------------------------------------------------------------- */

static struct bs_json *add_rendition(struct bs_json *of, struct bs_json **list, const char *name, struct bs_str type, struct bs_str href)
{
	struct bs_json *to;

	if (*list == NULL)
		*list = bs_json_add_array(of, BS_STR("renditions"));
	to = add_object(*list);
	bs_tree_text(to, "name", bs_str_c(name));
	bs_tree_text(to, "contenttype", type);
	bs_tree_text(to, "href", href);
	return to;
}

static void add_renditions(const struct item *item)
{
	struct bs_page *page = item->page;
	struct bs_json *list = NULL;

	add_rendition(item->root, &list, "page", html_type, item->graph->url);
	add_rendition(item->root, &list, "plain", plain_type,
	              bs_url_absolute(page, bs_url_story(page, &item->story->address, bs_story_ending(BS_FORM_TEXT))));
}

/* Named by the hash of its bytes (RFC 6920), which tells nobody where to take it from. */
static void add_picture(const struct item *item, struct bs_json *list)
{
	struct bs_page *page = item->page;
	const struct bs_story *story = item->story;
	struct bs_json *picture, *texts, *renditions = NULL, *original;
	bool free = story->image_syndicate;

	if (story->image.hash.len == 0)
		return;
	picture = add_object(list);
	bs_tree_text(picture, "name", BS_STR("lead"));
	bs_tree_text(picture, "type", BS_STR("picture"));
	bs_tree_text(picture, "uri", bs_arena_printf(page->arena, "nih:sha-256;%.*s", (int)story->image.hash.len, story->image.hash.ptr));
	bs_tree_text(picture, "representationtype", free ? BS_STR("full") : BS_STR("partial"));
	bs_tree_text(picture, "pubstatus", free ? BS_STR("usable") : BS_STR("withheld"));
	bs_tree_text(picture, "by", bs_markup_plain(page->arena, story->image_credit));
	texts = bs_json_add_array(picture, BS_STR("descriptions"));
	add_value(texts, BS_STR("caption"), plain_type, bs_markup_plain(page->arena, story->image_caption));
	add_value(texts, BS_STR("alt"), plain_type, item->graph->image_alt);
	add_licence(page, picture, story->image_licence.len > 0 || free ? story->image_licence : BS_STR("all-rights-reserved"), BS_STR(""));
	if (!free)
		return;
	original = add_rendition(picture, &renditions, "original", story->image.mime, bs_url_absolute(page, bs_url_media(page, &story->image)));
	bs_json_add_int(original, BS_STR("width"), story->image.width);
	bs_json_add_int(original, BS_STR("height"), story->image.height);
	bs_json_add_int(original, BS_STR("sizeinbytes"), story->image.bytes);
}

/* The same story in its other languages. */
static void add_languages(const struct item *item, struct bs_json *list)
{
	struct bs_page *page = item->page;

	for (size_t i = 0; i < item->story->version_count; i++) {
		const struct bs_version *v = &item->story->versions[i];
		struct bs_json *other, *renditions = NULL;
		if (v->address.lang == item->story->address.lang)
			continue;
		other = add_object(list);
		bs_tree_text(other, "name", v->address.lang->own_name);
		bs_tree_text(other, "type", BS_STR("text"));
		bs_tree_text(other, "uri", bs_version_name(page, v));
		bs_tree_text(other, "representationtype", BS_STR("partial"));
		bs_tree_text(other, "language", v->address.lang->code);
		add_rendition(other, &renditions, "page", html_type, bs_story_url(page, &v->address));
		add_rendition(other, &renditions, "ninjs", BS_STR("application/json"),
		              bs_url_absolute(page, bs_url_story(page, &v->address, bs_story_ending(BS_FORM_JSON))));
	}
}

static void add_associations(const struct item *item)
{
	struct bs_json *list = bs_json_add_array(item->root, BS_STR("associations"));

	add_picture(item, list);
	add_languages(item, list);
}

enum bs_rc bs_ninjs_page(struct bs_page *page, struct bs_err *err)
{
	static void (*const parts[])(const struct item *) = {
		add_identity, add_altids, add_genre,  add_headlines, add_descriptions, add_bodies,
		add_people,   add_sources, add_rights, add_trust,     add_renditions,   add_associations,
	};
	struct bs_story *story = BS_NEW(page->arena, struct bs_story);
	struct bs_graph graph;
	struct item item = { page, story, &graph, bs_json_new_object(page->arena) };
	bool moved;
	enum bs_rc rc = bs_story_of(page, bs_story_ending(BS_FORM_JSON), false, story, &moved, err);

	if (rc != BS_OK || moved)
		return rc;
	bs_graph_of_story(page, story, &graph);
	for (size_t i = 0; i < BS_COUNT(parts); i++)
		parts[i](&item);
	add_terms(&item, "places", true);
	add_terms(&item, "subjects", false);
	page->type = BS_STR("application/json");
	page->canonical = graph.canonical;
	page->policy = bs_press_data_policy(page->press);
	return bs_json_write(item.root, page->out, err);
}
