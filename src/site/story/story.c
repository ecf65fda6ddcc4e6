/* story.c - the story page; see story.h. One row by address, one round trip for the rest, one view, one template. */
#include "site/story.h"

#include "base/sys.h"
#include "lang/message.h"
#include "site/frame.h"
#include "site/machine/feed.h"
#include "site/machine/forms.h"
#include "site/site.h"
#include "text/markup.h"
#include "text/out.h"

const char *bs_story_ending(enum bs_story_form form)
{
	static const char *const endings[BS_STORY_FORMS] = { "", ".txt", ".json" };

	return endings[form];
}

struct bs_address bs_address_of(const struct bs_page *page)
{
	const struct bs_captures *c = page->captures;

	return (struct bs_address){ .lang = page->lang, .year = (int)c->number[BS_CAPTURE_YEAR],
		                    .month = (int)c->number[BS_CAPTURE_MONTH], .slug = c->text[BS_CAPTURE_SLUG] };
}

static bool same_address(const struct bs_address *a, const struct bs_address *b)
{
	return a->lang == b->lang && a->year == b->year && a->month == b->month && bs_str_eq(a->slug, b->slug);
}

static void redirect(struct bs_page *page, const struct bs_address *to, const char *suffix, bool *moved)
{
	page->status = 301;
	page->location = bs_url_story(page, to, suffix);
	*moved = true;
}

/* Translated passages make way for a story that tells it in the language itself. */
static void to_story_of_language(struct bs_page *page, const struct bs_story *story, const char *suffix, bool *moved)
{
	for (size_t i = 0; i < story->version_count && story->written != story->address.lang; i++) {
		const struct bs_version *v = &story->versions[i];
		if (v->id != story->id && v->address.lang == story->address.lang) {
			redirect(page, &v->address, suffix, moved);
			return;
		}
	}
}

struct loaded {
	struct bs_story story;
	bool extras;
};

static enum bs_rc load(struct bs_page *page, const char *suffix, bool extras, struct bs_story *out, bool *moved,
                       struct bs_err *err)
{
	struct bs_address asked = bs_address_of(page);
	enum bs_rc rc = bs_story_find(page, asked, out, err);

	if (rc != BS_OK)
		return rc;
	if (out->status == BS_STATUS_WITHDRAWN) {
		page->status = 410;
		page->error_reason = bs_markup_of_text(page->arena, out->reason);
		page->error_since = out->updated_at;
		return BS_NOT_FOUND;
	}
	if (!same_address(&asked, &out->address)) {
		redirect(page, &out->address, suffix, moved);
		return BS_OK;
	}
	rc = bs_story_fill(page, out, extras, err);
	if (rc == BS_OK)
		to_story_of_language(page, out, suffix, moved);
	return rc;
}

enum bs_rc bs_story_of(struct bs_page *page, const char *suffix, bool extras, struct bs_story *out, bool *moved,
                       struct bs_err *err)
{
	struct bs_str parts[] = { BS_STR("story:"), bs_str_sub(page->path, 0, page->path.len - strlen(suffix)) };
	struct bs_str subject = bs_arena_join(page->arena, parts, 2, BS_STR(""));
	const struct loaded *known = bs_page_recall(page, subject);
	struct loaded *fresh = NULL;
	struct bs_arena *own;
	enum bs_rc rc;

	*moved = false;
	if (known != NULL && (known->extras || !extras)) {
		*out = known->story;
		return BS_OK;
	}
	own = bs_page_keep_begin(page);
	rc = load(page, suffix, extras, out, moved, err);
	if (rc == BS_OK && !*moved) {
		fresh = BS_NEW(page->arena, struct loaded);
		*fresh = (struct loaded){ *out, extras };
	}
	bs_page_keep_end(page, own, subject, fresh);
	return rc;
}

/* --- byline -------------------------------------------------------------------------------------------------------------- */

/* <a href="/author/x">Name</a> */
static struct bs_str name_link(struct bs_page *page, const struct bs_person_row *person)
{
	struct bs_buf buf = BS_BUF(8 * 1024);
	struct bs_str made;

	bs_buf_lit(&buf, "<a href=\"");
	bs_out_attr(&buf, bs_url_list(page, BS_STR("author"), person->slug, 1));
	bs_buf_lit(&buf, "\" rel=\"author\">");
	bs_out_text(&buf, person->name);
	bs_buf_lit(&buf, "</a>");
	made = bs_arena_copy(page->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}

static struct bs_str credit_line(struct bs_page *page, enum bs_role role, struct bs_str names)
{
	switch (role) {
	case BS_ROLE_TRANSLATOR:
		return bs_say_credit_translator(page->arena, page->lang, names);
	case BS_ROLE_PHOTOGRAPHER:
		return bs_say_credit_photographer(page->arena, page->lang, names);
	case BS_ROLE_EDITOR:
		return bs_say_credit_editor(page->arena, page->lang, names);
	default:
		return bs_say_credit_author(page->arena, page->lang, names);
	}
}

struct bs_str bs_story_names(struct bs_page *page, const struct bs_story *story, enum bs_role role)
{
	struct bs_str names[BS_MAX_BYLINE];
	size_t count = 0;

	for (size_t i = 0; i < story->person_count && count < BS_MAX_BYLINE; i++) {
		if (story->people[i].role == role)
			names[count++] = story->people[i].name;
	}
	return count > 0 ? bs_list(page->arena, page->lang, names, NULL, count) : BS_STR("");
}

struct bs_str bs_story_credit(struct bs_page *page, const struct bs_story *story, enum bs_role role)
{
	struct bs_str names = bs_story_names(page, story, role);

	return names.len > 0 ? credit_line(page, role, names) : names;
}

/* `shapes` are the people of the byline, by place: they stand in it and, authors, below the story. */
static struct bs_value byline_of(struct bs_page *page, const struct bs_story *story, const struct bs_value *shapes, enum bs_role role)
{
	struct bs_str names[BS_MAX_BYLINE], shown[BS_MAX_BYLINE];
	struct bs_value *people = BS_ARRAY(page->arena, story->person_count, struct bs_value);
	struct bs_dict *dict;
	size_t count = 0;

	for (size_t i = 0; i < story->person_count && count < BS_MAX_BYLINE; i++) {
		if (story->people[i].role != role)
			continue;
		names[count] = story->people[i].name;
		shown[count] = name_link(page, &story->people[i]);
		people[count++] = shapes[i];
	}
	if (count == 0)
		return bs_value_null();
	dict = bs_dict_new(page->arena, 4);
	bs_set_text(dict, BS_N_role, bs_role_name(role));
	/* Links made above from escaped parts; what the message and the list put between holds no markup. */
	bs_set_markup(dict, BS_N_line, credit_line(page, role, bs_list(page->arena, page->lang, names, shown, count)));
	bs_set_list(dict, BS_N_people, BS_N_has_people, bs_value_list(people, count));
	return bs_value_dict(dict);
}

static struct bs_value byline(struct bs_page *page, const struct bs_story *story, const struct bs_value *shapes)
{
	struct bs_value *list = BS_ARRAY(page->arena, BS_ROLE_COUNT, struct bs_value);
	size_t count = 0;

	for (enum bs_role role = 0; role < BS_ROLE_COUNT; role++) {
		list[count] = byline_of(page, story, shapes, role);
		if (list[count].kind != BS_VALUE_NULL)
			count++;
	}
	return bs_value_list(list, count);
}

/* The authors with biography and other stories; those of whom there is something to say. */
static struct bs_value authors(struct bs_page *page, const struct bs_story *story, const struct bs_value *shapes)
{
	struct bs_value *list = BS_ARRAY(page->arena, story->person_count, struct bs_value);
	size_t count = 0;

	for (size_t i = 0; i < story->person_count; i++) {
		const struct bs_person_row *person = &story->people[i];
		if (person->role == BS_ROLE_AUTHOR && (person->bio.count > 0 || person->cards.count > 0))
			list[count++] = shapes[i];
	}
	return bs_value_list(list, count);
}

/* --- where it comes from, what it is about ------------------------------------------------------------------------------- */

static struct bs_value source(struct bs_page *page, const struct bs_story *story)
{
	struct bs_dict *dict;

	if (story->source_name.len == 0 && story->source_url.len == 0)
		return bs_value_null();
	dict = bs_dict_new(page->arena, 5);
	bs_set_markup(dict, BS_N_line, bs_story_source_line(page, story));
	bs_set_text(dict, BS_N_name, story->source_name);
	bs_set_text(dict, BS_N_url, story->source_url);
	bs_set(dict, BS_N_date, bs_shape_date(page, story->source_at));
	bs_set_text(dict, BS_N_permission, story->source_permission);
	return bs_value_dict(dict);
}

static struct bs_str vocabulary_label(struct bs_page *page, enum bs_vocabulary v, int64_t count)
{
	switch (v) {
	case BS_REGION:
		return bs_say_story_regions(page->arena, page->lang, count);
	case BS_THEME:
		return bs_say_story_themes(page->arena, page->lang, count);
	case BS_REPORT:
		return bs_say_story_reports(page->arena, page->lang, count);
	default:
		return bs_say_story_tags(page->arena, page->lang, count);
	}
}

static struct bs_value subjects(struct bs_page *page, const struct bs_story *story)
{
	struct bs_value *list = BS_ARRAY(page->arena, BS_VOCABULARY_COUNT, struct bs_value);
	size_t count = 0;

	for (enum bs_vocabulary v = 0; v < BS_VOCABULARY_COUNT; v++) {
		struct bs_value *terms = BS_ARRAY(page->arena, story->term_count, struct bs_value);
		struct bs_dict *dict;
		size_t found = 0;
		for (size_t i = 0; i < story->term_count; i++) {
			if (story->terms[i].vocabulary == v)
				terms[found++] = bs_shape_term(page, v, story->terms[i].slug, story->terms[i].name);
		}
		if (found == 0)
			continue;
		dict = bs_dict_new(page->arena, 4);
		bs_set_text(dict, BS_N_vocabulary, bs_vocabulary_name(v));
		bs_set_text(dict, BS_N_label, vocabulary_label(page, v, (int64_t)found));
		bs_set_list(dict, BS_N_terms, BS_N_has_terms, bs_value_list(terms, found));
		list[count++] = bs_value_dict(dict);
	}
	return bs_value_list(list, count);
}

/* The story in the language in which it was first told: of a story that tells another anew that one, of translated passages
 * the story itself. What is translated of the original has its id, too, but is not what was written. */
static bool is_original(const struct bs_story *story, const struct bs_version *v)
{
	return v->address.lang == v->written && v->id == (story->written != story->address.lang ? story->id : story->original_id);
}

/* "Read the original: English", linked, on a translation. */
static struct bs_str original_link(struct bs_page *page, const struct bs_story *story)
{
	for (size_t i = 0; i < story->version_count; i++) {
		const struct bs_version *v = &story->versions[i];
		struct bs_buf buf = BS_BUF(8 * 1024);
		struct bs_str link;
		if (!is_original(story, v))
			continue;
		bs_buf_lit(&buf, "<a href=\"");
		bs_out_attr(&buf, bs_url_story(page, &v->address, ""));
		bs_buf_lit(&buf, "\" hreflang=\"");
		bs_out_attr(&buf, v->address.lang->code);
		bs_buf_lit(&buf, "\" lang=\"");
		bs_out_attr(&buf, v->address.lang->code);
		bs_buf_lit(&buf, "\">");
		bs_out_text(&buf, v->address.lang->own_name);
		bs_buf_lit(&buf, "</a>");
		link = bs_arena_copy(page->arena, bs_buf_str(&buf));
		bs_buf_free(&buf);
		return bs_say_story_original(page->arena, page->lang, link);
	}
	return BS_STR("");
}

/* Who and what translated: "Translated by Ilse Brandt"; when it was programs alone, that is said. */
static struct bs_str makers_line(struct bs_page *page, const struct bs_story_words *words)
{
	struct bs_str names[BS_MAX_BYLINE], rest = words->makers, line;
	size_t count = 0;

	while (rest.len > 0 && count < BS_MAX_BYLINE && bs_str_split(&rest, '\n', &line))
		names[count++] = line;
	line = bs_markup_of_text(page->arena, bs_list(page->arena, page->lang, names, names, count));
	return words->by_person > 0 ? bs_say_credit_translator(page->arena, page->lang, line) : bs_say_story_machine(page->arena, page->lang, line);
}

/* What a reader of a translation should know: who made it, from which revision when that is not the newest, how much is missing,
 * where the original is. */
static struct bs_str translation(struct bs_page *page, const struct bs_story *story)
{
	const struct bs_story_words *words = &story->in_words;
	struct bs_str parts[5], original = original_link(page, story);
	size_t count = 0;

	if (story->written == story->address.lang)
		return original;
	parts[count++] = makers_line(page, words);
	if (page->publication->tells_unapproved && words->approved < words->by_person)
		parts[count++] = bs_message(page->lang, BS_MSG_story_unapproved);
	if (words->done < words->passages && words->number > 0)
		parts[count++] = bs_say_story_revision(page->arena, page->lang, words->number);
	if (words->done < words->passages)
		parts[count++] = bs_say_story_untranslated(page->arena, page->lang, words->passages - words->done);
	if (original.len > 0)
		parts[count++] = original;
	return bs_arena_join(page->arena, parts, count, BS_STR("<br>"));
}

/* "Published <time …>14 November 2025, 06:30</time>" */
static struct bs_str time_markup(struct bs_page *page, int64_t time)
{
	char iso[BS_TIME_ISO_MAX];
	struct bs_str utc = bs_time_iso(time, iso);
	struct bs_str text = bs_date(page->arena, page->lang, bs_moment_form(page, time), page->publication->zone, time);

	/* Dates of ICU hold nothing that HTML would take for markup. */
	return bs_arena_printf(page->arena, "<time datetime=\"%.*s\">%.*s</time>", (int)utc.len, utc.ptr, (int)text.len, text.ptr);
}

static struct bs_value notices(struct bs_page *page, const struct bs_story *story, struct bs_str place)
{
	const struct bs_notice *const *list;
	size_t count = bs_story_notices(page, story, place, &list);
	struct bs_value *shapes = BS_ARRAY(page->arena, count, struct bs_value);

	for (size_t i = 0; i < count; i++)
		shapes[i] = bs_shape_notice(page, list[i]);
	return bs_value_list(shapes, count);
}

static struct bs_value licence(struct bs_page *page, const struct bs_story *story)
{
	struct bs_dict *dict = bs_dict_new(page->arena, 2);

	bs_set_markup(dict, BS_N_line, bs_licence_line(page, story));
	bs_set(dict, BS_N_link, bs_value_null());
	return bs_value_dict(dict);
}

/* --- sharing ---------------------------------------------------------------------------------------------------------------- */

/* For a query of another address: percent-encoded. */
static struct bs_str encoded(struct bs_page *page, struct bs_str text)
{
	struct bs_buf buf = BS_BUF(64 * 1024);
	struct bs_str made;

	bs_out_url(&buf, text);
	made = bs_arena_copy(page->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}

/* `url` and `title` are encoded. */
static struct bs_value networks(struct bs_page *page, struct bs_str url, struct bs_str title)
{
	static const struct {
		struct bs_str name, before, between;
	} all[] = {
		{ BS_STR_INIT("Facebook"), BS_STR_INIT("https://www.facebook.com/sharer/sharer.php?u="), BS_STR_INIT("") },
		{ BS_STR_INIT("Telegram"), BS_STR_INIT("https://t.me/share/url?url="), BS_STR_INIT("&text=") },
		{ BS_STR_INIT("WhatsApp"), BS_STR_INIT("https://wa.me/?text="), BS_STR_INIT("%20") },
		{ BS_STR_INIT("X"), BS_STR_INIT("https://x.com/intent/tweet?url="), BS_STR_INIT("&text=") },
		{ BS_STR_INIT("Bluesky"), BS_STR_INIT("https://bsky.app/intent/compose?text="), BS_STR_INIT("%20") },
		{ BS_STR_INIT("LinkedIn"), BS_STR_INIT("https://www.linkedin.com/sharing/share-offsite/?url="), BS_STR_INIT("") },
		{ BS_STR_INIT("Reddit"), BS_STR_INIT("https://www.reddit.com/submit?url="), BS_STR_INIT("&title=") },
	};
	struct bs_value *list = BS_ARRAY(page->arena, BS_COUNT(all), struct bs_value);

	for (size_t i = 0; i < BS_COUNT(all); i++) {
		struct bs_str parts[] = { all[i].before, url, all[i].between, title };
		struct bs_str to = bs_arena_join(page->arena, parts, all[i].between.len > 0 ? 4 : 2, BS_STR(""));
		list[i] = bs_shape_link(page, to, all[i].name, BS_STR("network"));
	}
	return bs_value_list(list, BS_COUNT(all));
}

/* mailto: (RFC 6068): the title as subject, a line and the address as text. `url` and `title` are encoded. */
static struct bs_value mail(struct bs_page *page, struct bs_str url, struct bs_str title)
{
	struct bs_str parts[] = { BS_STR("mailto:?subject="), title, BS_STR("&body="),
		                  encoded(page, bs_message(page->lang, BS_MSG_share_mail_text)), BS_STR("%0D%0A%0D%0A"), title,
		                  BS_STR("%0D%0A"), url };

	return bs_shape_link(page, bs_arena_join(page->arena, parts, BS_COUNT(parts), BS_STR("")),
	                     bs_message(page->lang, BS_MSG_share_mail), BS_STR("mail"));
}

static void set_sharing(struct bs_page *page, struct bs_str url, struct bs_str title, struct bs_dict *dict)
{
	struct bs_str url_encoded = encoded(page, url), title_encoded = encoded(page, title);

	bs_set(dict, BS_N_mail, mail(page, url_encoded, title_encoded));
	bs_set_list(dict, BS_N_networks, BS_N_has_networks, networks(page, url_encoded, title_encoded));
}

static struct bs_value forms(struct bs_page *page, const struct bs_story *story)
{
	struct bs_value *list = BS_ARRAY(page->arena, 2, struct bs_value);

	list[0] = bs_shape_link(page, bs_url_story(page, &story->address, bs_story_ending(BS_FORM_TEXT)),
	                        bs_message(page->lang, BS_MSG_story_plain_text), BS_STR("text"));
	list[1] = bs_shape_link(page, bs_url_story(page, &story->address, bs_story_ending(BS_FORM_JSON)), BS_STR("JSON"),
	                        BS_STR("json"));
	return bs_value_list(list, 2);
}

/* --- the view --------------------------------------------------------------------------------------------------------------- */

static struct bs_value citations(struct bs_page *page, const struct bs_body *body)
{
	struct bs_value *list = BS_ARRAY(page->arena, body->link_count, struct bs_value);
	size_t count = 0;

	for (size_t i = 0; i < body->link_count; i++) {
		struct bs_str href = body->links[i].href;
		struct bs_dict *dict;
		if (href.len == 0)
			continue;
		dict = bs_dict_new(page->arena, 2);
		bs_set_text(dict, BS_N_url, href.ptr[0] == '/' ? bs_url_absolute(page, href) : href);
		bs_set_text(dict, BS_N_title, BS_STR(""));
		list[count++] = bs_value_dict(dict);
	}
	return bs_value_list(list, count);
}

static struct bs_value corrections(struct bs_page *page, const struct bs_story *story)
{
	struct bs_value *list = BS_ARRAY(page->arena, story->correction_count, struct bs_value);

	for (size_t i = 0; i < story->correction_count; i++)
		list[i] = bs_shape_correction(page, &story->corrections[i], NULL, NULL);
	return bs_value_list(list, story->correction_count);
}

static struct bs_value media_contact(struct bs_page *page, const struct bs_story *story)
{
	struct bs_str address = story->media_contact.len > 0 ? story->media_contact : page->publication->email_media;
	struct bs_str parts[] = { BS_STR("mailto:"), address };

	if (address.len == 0)
		return bs_value_null();
	return bs_shape_link(page, bs_arena_join(page->arena, parts, 2, BS_STR("")), address, BS_STR("media"));
}

static void set_head_matter(struct bs_page *page, const struct bs_story *story, struct bs_dict *dict)
{
	struct bs_shape_image image = { .media = &story->image, .alt = bs_markup_plain(page->arena, story->image_alt),
		                        .caption = story->image_caption, .credit = story->image_credit,
		                        .credit_url = story->image_credit_url };

	bs_set_markup(dict, BS_N_title, bs_markup_phrase(page, story->title));
	bs_set_markup(dict, BS_N_standfirst, story->subtitle);
	bs_set_text(dict, BS_N_kind, bs_kind_name(story->kind));
	bs_set_text(dict, BS_N_label, bs_kind_label_in(page, story->kind, story->section_id));
	bs_set(dict, BS_N_section, bs_shape_section(page, story->section_id));
	bs_set_markup(dict, BS_N_translation, translation(page, story)); /* a message around a link made of escaped parts */
	bs_set(dict, BS_N_published, bs_shape_date(page, story->published_at));
	bs_set_markup(dict, BS_N_published_line, bs_say_story_published(page->arena, page->lang, time_markup(page, story->published_at)));
	bs_set(dict, BS_N_updated, bs_shape_date(page, story->updated_at));
	bs_set_markup(dict, BS_N_updated_line, story->updated_at == 0 ? BS_STR("")
	              : bs_say_story_updated(page->arena, page->lang, time_markup(page, story->updated_at)));
	bs_set(dict, BS_N_source, source(page, story));
	bs_set(dict, BS_N_image, bs_shape_image(page, &image));
	bs_set_markup(dict, BS_N_image_credit, story->image.hash.len > 0 ? BS_STR("")
	              : bs_credit_markup(page, story->image_credit, story->image_credit_url));
}

static void set_people(struct bs_page *page, const struct bs_story *story, struct bs_dict *dict)
{
	struct bs_value *shapes = BS_ARRAY(page->arena, story->person_count, struct bs_value), list;

	for (size_t i = 0; i < story->person_count; i++)
		shapes[i] = bs_shape_person(page, &story->people[i]);
	list = authors(page, story, shapes);
	bs_set_list(dict, BS_N_byline, BS_N_has_byline, byline(page, story, shapes));
	bs_set_list(dict, BS_N_authors, BS_N_has_authors, list);
	bs_set_text(dict, BS_N_authors_label, bs_say_story_about_authors(page->arena, page->lang, (int64_t)list.len));
}

static struct bs_value story_shape(struct bs_page *page, const struct bs_story *story)
{
	struct bs_dict *dict = bs_dict_new(page->arena, 48);
	struct bs_str url = bs_story_url(page, &story->address);
	struct bs_str title = bs_markup_plain(page->arena, story->title);

	set_head_matter(page, story, dict);
	bs_set_text(dict, BS_N_url, url);
	bs_set_list(dict, BS_N_subjects, BS_N_has_subjects, subjects(page, story));
	set_sharing(page, url, title, dict);
	bs_set_list(dict, BS_N_forms, BS_N_has_forms, forms(page, story));
	bs_set_list(dict, BS_N_corrections, BS_N_has_corrections, corrections(page, story));
	bs_set_text(dict, BS_N_corrections_label,
	            bs_say_correction_of_story(page->arena, page->lang, (int64_t)story->correction_count));
	bs_set_list(dict, BS_N_notices_before, BS_N_has_notices_before, notices(page, story, BS_STR("before")));
	bs_set_list(dict, BS_N_notices_after, BS_N_has_notices_after, notices(page, story, BS_STR("after")));
	bs_set_list(dict, BS_N_notices_end, BS_N_has_notices_end, notices(page, story, BS_STR("end")));
	bs_set(dict, BS_N_body, bs_shape_body(page, &story->body));
	bs_set_list(dict, BS_N_citations, BS_N_has_citations, citations(page, &story->body));
	bs_set_markup(dict, BS_N_author_line, story->author_line);
	set_people(page, story, dict);
	bs_set_list(dict, BS_N_related, BS_N_has_related, bs_shape_cards(page, &story->related));
	bs_set(dict, BS_N_licence, licence(page, story));
	bs_set(dict, BS_N_media_contact, media_contact(page, story));
	bs_set_list(dict, BS_N_offers, BS_N_has_offers, bs_value_list(NULL, 0));
	return bs_value_dict(dict);
}

enum bs_rc bs_story_print(struct bs_page *page, struct bs_story *story, struct bs_err *err)
{
	struct bs_frame frame = { 0 };
	struct bs_dict *view;
	enum bs_rc rc = bs_body_links(page->arena, &story->body, err);

	if (rc != BS_OK)
		return rc;
	bs_graph_of_story(page, story, &frame.graph);
	frame.noindex = story->status != BS_STATUS_PUBLISHED || (story->written != story->address.lang && !story->in_words.listed);
	view = bs_frame_view(page, &frame);
	bs_set(view, BS_N_story, story_shape(page, story));
	return bs_page_render(page, "story", view, err);
}

enum bs_rc bs_story_page(struct bs_page *page, struct bs_err *err)
{
	struct bs_story *story = BS_NEW(page->arena, struct bs_story);
	bool moved;
	enum bs_rc rc = bs_story_of(page, "", true, story, &moved, err);

	if (rc != BS_OK || moved)
		return rc;
	rc = bs_story_print(page, story, err);
	return rc == BS_OK && page->memo != NULL ? bs_feed_prepare(page, story, err) : rc;
}
