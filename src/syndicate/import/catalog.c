/* catalog.c - the files of a newsroom that are no stories: its settings, terms, people, notices. See run.h and
 * docs/handbook/story-files.md.
 *
 * Order: settings, because the language of all else stands there; terms, parents before children; the home page's
 * sections, which are terms; people; notices; the text about the publication. Each file is settled in a savepoint: a bad
 * one is refused and the rest goes on. */
#include "base/limits.h"
#include "lang/message.h"
#include "newsroom/catalog.h"
#include "syndicate/import/run.h"
#include "text/markdown.h"
#include "text/markup.h"
#include "text/slug.h"

enum { TERMS_MAX = 300000 }; /* of a vocabulary in one file */

struct catalog {
	struct bs_import_run *run;
	struct bs_arena *arena; /* of the file */
	const struct bs_import_file *file;
	struct bs_document document;
	struct bs_remarks remarks;
	struct bs_fields fields;
	enum bs_rc rc;
	struct bs_err *err;
	struct bs_data *map;
};

/* --- values --- */

/* A text by language: one text in the publication's, or a mapping. */
static size_t read_texts(struct catalog *c, struct bs_fields *f, const struct bs_entry *entry, bool lines,
                         struct bs_term_name **out)
{
	struct bs_fields map;
	size_t count = 0;

	*out = NULL;
	if (entry == NULL)
		return 0;
	if (entry->value->kind != BS_DATA_MAP) {
		*out = BS_NEW(c->arena, struct bs_term_name);
		**out = (struct bs_term_name){ .lang = c->run->index.lang->code,
			                       .name = lines ? bs_field_lines(f, entry) : bs_field_text(f, entry) };
		return 1;
	}
	map = bs_fields_in(f, entry);
	*out = BS_ARRAY(c->arena, map.map->count, struct bs_term_name);
	for (size_t i = 0; i < map.map->count; i++) {
		struct bs_entry *text = &map.map->entries[i];
		const struct bs_lang *lang = bs_lang_find(text->key);

		text->read = true;
		if (lang == NULL)
			bs_field_refuse(&map, text, BS_INVALID, "'" BS_FMT "' is no language that is known",
			                BS_ARG(text->key));
		else if (text->value->kind != BS_DATA_NONE)
			(*out)[count++] = (struct bs_term_name){ .lang = lang->code,
				                                 .name = lines ? bs_field_lines(&map, text)
				                                               : bs_field_text(&map, text) };
	}
	return count;
}

/* The text in the publication's language, else the first. */
static struct bs_str own_text(const struct catalog *c, const struct bs_term_name *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (bs_str_eq(texts[i].lang, c->run->index.lang->code))
			return texts[i].name;
	}
	return count > 0 ? texts[0].name : (struct bs_str){ 0 };
}

static struct bs_str plain_of(struct catalog *c, struct bs_str markup)
{
	return markup.len > 0 ? bs_markup_plain(c->arena, markup) : markup;
}

/* The picture of a person or term as media. */
static int64_t keep_picture(struct catalog *c, const struct bs_front_image *image)
{
	struct bs_import_picture picture = { 0 };

	if (image->file.len > 0 && c->rc == BS_OK)
		c->rc = bs_import_picture(c->run, c->arena, c->file, (struct bs_import_named){ image->file, image->line }, &picture, c->err);
	return picture.media_id;
}

static void read_body(struct catalog *c, struct bs_str markdown, int line, struct bs_str lang, struct bs_body *out)
{
	struct bs_markdown_options options = { .lang = lang, .converted = true, .first_line = line, .fault_line = &c->remarks.line };

	*out = (struct bs_body){ 0 };
	if (c->rc == BS_OK && bs_str_trim(markdown).len > 0)
		c->rc = bs_markdown_blocks(c->arena, markdown, &options, out, c->err);
}

static struct bs_str slug_or_of_file(struct catalog *c)
{
	struct bs_str slug = bs_field_slug(&c->fields, bs_field(&c->fields, "slug"));
	int64_t day;

	return slug.len > 0 ? slug : bs_front_slug_of_path(c->arena, bs_import_shown(c->arena, c->file->path), c->run->index.lang, &day);
}

/* --- settings --- */

/* From an entry of the file, which a refusal names with its line. */
static void set(struct catalog *c, const struct bs_entry *entry, struct bs_str name, struct bs_str value)
{
	bool changed = false;
	struct bs_err why = { 0 };

	if (c->rc != BS_OK || value.len == 0)
		return;
	c->rc = bs_setting_set(c->run->db, name, value, &changed, &why);
	c->run->totals->settings += changed;
	if (c->rc != BS_OK)
		bs_refuse(&c->remarks, entry != NULL ? entry->line : 0, c->err, c->rc, BS_FMT ": %s", BS_ARG(name), why.text);
}

/* NAME in the publication's language, NAME.de in others. */
static void set_texts(struct catalog *c, struct bs_str name, const char *field)
{
	struct bs_term_name *texts;
	const struct bs_entry *entry = bs_field(&c->fields, field);
	size_t count = read_texts(c, &c->fields, entry, false, &texts);

	for (size_t i = 0; i < count; i++) {
		bool own = bs_str_eq(texts[i].lang, c->run->index.lang->code);

		set(c, entry, own ? name : bs_arena_printf(c->arena, BS_FMT "." BS_FMT, BS_ALL(name), BS_ALL(texts[i].lang)),
		    texts[i].name);
	}
}

static void set_contact(struct catalog *c)
{
	static const struct {
		const char *field;
		struct bs_str name;
	} mails[] = {
		{ "email", BS_STR_INIT("contact.email") },
		{ "media", BS_STR_INIT("contact.media") },
		{ "permissions", BS_STR_INIT("contact.permissions") },
		{ "corrections", BS_STR_INIT("contact.corrections") },
	};
	struct bs_fields map = bs_fields_in(&c->fields, bs_field(&c->fields, "contact"));
	const struct bs_entry *phone = bs_field(&map, "phone"), *address = bs_field(&map, "address");

	for (size_t i = 0; i < BS_COUNT(mails); i++) {
		const struct bs_entry *entry = bs_field(&map, mails[i].field);

		set(c, entry, mails[i].name, bs_field_email(&map, entry));
	}
	set(c, phone, BS_STR("contact.phone"), bs_field_text(&map, phone));
	set(c, address, BS_STR("contact.address"), bs_str_trim(bs_field_lines(&map, address)));
	bs_fields_unread(&map);
}

static struct bs_str json_text(struct catalog *c, const struct bs_json *json)
{
	struct bs_buf out = BS_BUF(BS_MAX_FIELD);
	struct bs_str text = { 0 };

	if (c->rc == BS_OK)
		c->rc = bs_json_write(json, &out, c->err);
	if (c->rc == BS_OK)
		text = bs_arena_copy(c->arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return text;
}

static void set_channels(struct catalog *c)
{
	struct bs_entry *items;
	const struct bs_entry *entry = bs_field(&c->fields, "channels");
	size_t count = bs_field_list(&c->fields, entry, 64, &items);
	struct bs_json *list = bs_json_new_array(c->arena);

	for (size_t i = 0; i < count; i++) {
		struct bs_fields map = bs_fields_in(&c->fields, &items[i]);
		struct bs_json *channel = bs_json_add_object(list, BS_STR(""));
		struct bs_str name = bs_field_text(&map, bs_field(&map, "name")),
			      url = bs_field_url(&map, bs_field(&map, "url"), true);

		if (name.len == 0 || url.len == 0)
			bs_field_refuse(&map, &items[i], BS_INVALID, "a channel needs a `name` and a `url`");
		bs_json_add_string(channel, BS_STR("name"), name);
		bs_json_add_string(channel, BS_STR("url"), url);
	}
	if (count > 0)
		set(c, entry, BS_STR("channels"), json_text(c, list));
}

static void read_settings(struct catalog *c)
{
	struct bs_fields *f = &c->fields;
	const struct bs_entry *language = bs_field(f, "language"), *name = bs_data_entry(c->map, BS_STR("name")),
			      *place = bs_field(f, "url"), *zone = bs_field(f, "time_zone timezone"),
			      *licence = bs_field(f, "licence license");
	struct bs_str tag = bs_field_text(f, language), url = bs_field_url(f, place, false);
	const struct bs_lang *lang = tag.len > 0 ? bs_lang_find(tag) : c->run->index.lang;

	if (lang == NULL)
		bs_field_refuse(f, language, BS_INVALID, "'" BS_FMT "' is no language that is known", BS_ARG(tag));
	else
		c->run->index.lang = lang;
	if (name == NULL)
		c->rc = c->rc != BS_OK ? c->rc
		                       : bs_refuse(&c->remarks, 1, c->err, BS_INVALID,
		                                   "name: missing; what is the publication called?");
	set(c, language, BS_STR("language"), tag.len > 0 && lang != NULL ? lang->code : tag);
	set_texts(c, BS_STR("name"), "name");
	set_texts(c, BS_STR("tagline"), "tagline");
	while (url.len > 0 && url.ptr[url.len - 1] == '/')
		url.len--;
	set(c, place, BS_STR("url"), url);
	set(c, zone, BS_STR("timezone"), bs_field_text(f, zone));
	set(c, licence, BS_STR("licence"), bs_field_text(f, licence));
	set_contact(c);
	set_channels(c);
	(void)bs_field(f, "sections"); /* once the terms are there */
	(void)bs_field(f, "about");
	bs_fields_unread(f);
}

/* Are these the sections already? What is so is not written again, since every page shows them. */
static bool sections_stand(struct catalog *c, const struct bs_str *themes, size_t count)
{
	struct bs_stmt *stmt = NULL;
	bool same = true;
	size_t at = 0;
	enum bs_rc rc = bs_db_query(c->run->db, BS_Q_import_sections, BS_NO_VALUES, &stmt, c->err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, c->err)) == BS_OK) {
		same = same && at < count && bs_str_eq(bs_stmt_str(stmt, 0), themes[at]);
		at++;
	}
	bs_stmt_free(&stmt);
	if (rc != BS_NOT_FOUND)
		c->rc = rc;
	return same && at == count;
}

static void save_section(struct catalog *c, struct bs_fields *map, struct bs_str theme, int place)
{
	struct bs_term_name name = { .lang = c->run->index.lang->code,
		                     .name = bs_front_words_of_slug(c->arena, theme, false) };
	struct bs_term_draft term = { .vocabulary = BS_THEME, .slug = theme, .section = place, .names = &name };
	const struct bs_entry *light = bs_field(map, "colour color"), *dark = bs_field(map, "colour_dark color_dark");
	int64_t id = 0;
	bool changed;

	term.colour = bs_field_text(map, light);
	term.colour_dark = bs_field_text(map, dark);
	bs_fields_unread(map);
	if (c->rc != BS_OK)
		return;
	c->rc = bs_db_int(c->run->db, BS_Q_term_by_slug,
	                  BS_VALUES(bs_text(bs_vocabulary_name(BS_THEME)), bs_text(theme)), &id, c->err);
	term.name_count = c->rc == BS_NOT_FOUND ? 1 : 0; /* a theme that no file explains */
	if (c->rc == BS_OK || c->rc == BS_NOT_FOUND)
		c->rc = bs_term_save(c->arena, c->run->db, &term, &id, &changed, c->err);
}

static void read_sections(struct catalog *c)
{
	struct bs_entry *items;
	size_t count = bs_field_list(&c->fields, bs_field(&c->fields, "sections"), 64, &items);
	struct bs_str *themes = BS_ARRAY(c->arena, count, struct bs_str);
	struct bs_fields *maps = BS_ARRAY(c->arena, count, struct bs_fields);

	for (size_t i = 0; i < count; i++) {
		maps[i] = bs_fields_in(&c->fields, &items[i]);
		themes[i] = bs_field_slug(&maps[i], bs_field(&maps[i], "theme"));
		if (themes[i].len == 0)
			bs_field_refuse(&maps[i], &items[i], BS_INVALID, "a section needs its `theme`");
	}
	if (count == 0 || c->rc != BS_OK)
		return;
	if (!sections_stand(c, themes, count) && c->rc == BS_OK)
		c->rc = bs_sections_clear(c->run->db, c->err);
	for (size_t i = 0; i < count; i++)
		save_section(c, &maps[i], themes[i], (int)i + 1);
}

/* The about page is a story without a date, one for each language. */
static void save_about(struct catalog *c, const struct bs_lang *lang, struct bs_str markdown, int line,
                       struct bs_str original)
{
	struct bs_draft draft = { .lang = lang->code,
		                  .kind = BS_KIND_PAGE,
		                  .status = BS_STATUS_PUBLISHED,
		                  .slug = BS_STR("about"),
		                  .translation_of = original };
	struct bs_saved saved;

	draft.public_id =
		original.len == 0 ? BS_STR("about") : bs_arena_printf(c->arena, "about-" BS_FMT, BS_ALL(lang->code));
	draft.title = bs_markup_of_text(c->arena, bs_message(lang, BS_MSG_site_about));
	read_body(c, markdown, line, lang->code, &draft.body);
	if (c->rc == BS_OK)
		c->rc = bs_story_save(c->arena, c->run->ledger, c->run->db, &draft, c->run->options->now, &saved,
		                      c->err);
}

static void read_about(struct catalog *c)
{
	const struct bs_entry *entry = bs_field(&c->fields, "about");
	struct bs_term_name *texts;
	size_t count = read_texts(c, &c->fields, entry, true, &texts);
	struct bs_str own = own_text(c, texts, count);

	if (own.len == 0)
		return;
	save_about(c, c->run->index.lang, own, entry->line, BS_STR(""));
	for (size_t i = 0; i < count; i++) {
		if (texts[i].name.ptr != own.ptr)
			save_about(c, bs_lang_find(texts[i].lang), texts[i].name, entry->line, BS_STR("about"));
	}
}

/* --- terms --- */

static void read_term(struct catalog *c, enum bs_vocabulary vocabulary, const struct bs_entry *entry,
                      struct bs_term_draft *term, struct bs_front_image *image)
{
	struct bs_fields map = bs_fields_in(&c->fields, entry);
	struct bs_term_name *names, *texts;
	const struct bs_entry *description = bs_field(&map, "description");
	size_t count;

	*term = (struct bs_term_draft){ .vocabulary = vocabulary, .lang = c->run->index.lang->code };
	term->slug = bs_field_slug(&map, bs_field(&map, "slug"));
	term->name_count = read_texts(c, &map, bs_field(&map, "name"), false, &names);
	term->names = names;
	term->parent = bs_field_slug(&map, bs_field(&map, "parent"));
	term->code = bs_field_text(&map, bs_field(&map, "code"));
	term->colour = bs_field_text(&map, bs_field(&map, "colour color"));
	term->colour_dark = bs_field_text(&map, bs_field(&map, "colour_dark color_dark"));
	bs_front_image(&map, bs_field(&map, "image"), image);
	count = read_texts(c, &map, description, true, &texts);
	if (description != NULL)
		read_body(c, own_text(c, texts, count), description->line, term->lang, &term->description);
	if (term->slug.len == 0 || term->name_count == 0)
		bs_field_refuse(&map, entry, BS_INVALID, "`%s` is missing", term->slug.len == 0 ? "slug" : "name");
	bs_fields_unread(&map);
}

/* True when there was something to change. */
static bool save_term(struct catalog *c, struct bs_term_draft *term, const struct bs_front_image *image)
{
	int64_t id;
	bool changed = false;

	term->image_id = keep_picture(c, image);
	term->image_alt = plain_of(c, image->alt);
	term->image_credit = plain_of(c, image->credit);
	if (c->rc == BS_OK)
		c->rc = bs_term_save(c->arena, c->run->db, term, &id, &changed, c->err);
	return changed;
}

/* Of terms that are each other's parents none could be shown; the name of the first, or empty. */
static struct bs_str circle_in(const struct bs_term_draft *terms, size_t count, const struct bs_map *by_slug)
{
	for (size_t i = 0; i < count; i++) {
		const struct bs_term_draft *term = &terms[i];

		for (size_t steps = 0; term != NULL && term->parent.len > 0; steps++) {
			if (steps == count)
				return terms[i].slug;
			term = bs_map_get(by_slug, term->parent);
		}
	}
	return (struct bs_str){ 0 };
}

/* In the order of the file, which is that of readers: a term whose parent comes later is saved without it first. */
static void save_terms(struct catalog *c, struct bs_term_draft *terms, const struct bs_front_image *images,
                       size_t count)
{
	struct bs_map by_slug = BS_MAP(c->arena);
	bool *changed = BS_ARRAY(c->arena, count, bool);
	struct bs_str circle;

	for (size_t i = 0; i < count; i++)
		*bs_map_put(&by_slug, terms[i].slug) = &terms[i];
	circle = circle_in(terms, count, &by_slug);
	if (circle.len > 0)
		c->rc = bs_refuse(&c->remarks, c->fields.map->line, c->err, BS_INVALID, "the term '" BS_FMT "' is its own parent, by some way",
		                  BS_ARG(circle));
	for (size_t i = 0; i < count && c->rc == BS_OK; i++) {
		struct bs_term_draft first = terms[i];

		if (first.parent.len > 0 && (struct bs_term_draft *)bs_map_get(&by_slug, first.parent) > &terms[i])
			first.parent = (struct bs_str){ 0 };
		changed[i] = save_term(c, &first, &images[i]);
	}
	for (size_t i = 0; i < count && c->rc == BS_OK; i++) {
		if (terms[i].parent.len > 0 && (struct bs_term_draft *)bs_map_get(&by_slug, terms[i].parent) > &terms[i])
			changed[i] |= save_term(c, &terms[i], &images[i]);
		c->run->totals->terms += changed[i];
	}
}

static void read_terms(struct catalog *c)
{
	for (enum bs_vocabulary v = 0; v < BS_VOCABULARY_COUNT && c->rc == BS_OK; v++) {
		struct bs_entry *items;
		size_t count = bs_field_list(&c->fields, bs_field(&c->fields, bs_vocabulary_name(v).ptr), TERMS_MAX, &items);
		struct bs_term_draft *terms = BS_ARRAY(c->arena, count, struct bs_term_draft);
		struct bs_front_image *images = BS_ARRAY(c->arena, count, struct bs_front_image);

		for (size_t i = 0; i < count; i++)
			read_term(c, v, &items[i], &terms[i], &images[i]);
		if (c->rc == BS_OK)
			save_terms(c, terms, images, count);
	}
	bs_fields_unread(&c->fields);
}

/* topics/NAME/_index.md of other tools: a term with a page of its own. */
static void read_term_page(struct catalog *c)
{
	struct bs_term_name name = { .lang = c->run->index.lang->code };
	struct bs_term_draft term = { .lang = name.lang, .names = &name, .name_count = 1 };
	struct bs_fields *f = &c->fields;
	struct bs_front_image image;
	struct bs_str summary;

	if (bs_vocabulary_of(bs_import_vocabulary_of(c->file->path), &term.vocabulary) != BS_OK)
		return;
	term.slug = slug_or_of_file(c);
	name.name = plain_of(c, bs_front_plain(f, bs_field(f, "title name")));
	if (name.name.len == 0)
		name.name = bs_front_words_of_slug(c->arena, term.slug, false);
	bs_front_image(f, bs_field(f, "image cover featured_image primary_image"), &image);
	summary = bs_field_text(f, bs_field(f, "description deck summary"));
	read_body(c, bs_str_trim(c->document.body).len > 0 ? c->document.body : summary, c->document.body_line,
	          term.lang, &term.description);
	bs_fields_unread(f);
	if (c->rc == BS_OK)
		c->run->totals->terms += save_term(c, &term, &image);
}

/* --- people --- */

static struct bs_str person_name(struct catalog *c)
{
	struct bs_fields *f = &c->fields;
	struct bs_term_name *names;
	size_t count = read_texts(c, f, bs_field(f, "name display_name displayname"), false, &names);
	struct bs_str first = bs_field_text(f, bs_field(f, "first_name firstname")),
		      last = bs_field_text(f, bs_field(f, "last_name lastname"));

	if (count > 0)
		return own_text(c, names, count);
	if (first.len + last.len > 0)
		return bs_str_trim(bs_arena_printf(c->arena, "%.*s %.*s", (int)first.len,
		                                   first.len > 0 ? first.ptr : "", (int)last.len,
		                                   last.len > 0 ? last.ptr : ""));
	return plain_of(c, bs_front_plain(f, bs_field(f, "title"))); /* Hugo's page of an author */
}

static void read_person(struct catalog *c)
{
	struct bs_person_draft person = { .lang = c->run->index.lang->code };
	struct bs_fields *f = &c->fields;
	const struct bs_entry *language = bs_field(f, "language lang"), *bio;
	struct bs_str tag = bs_field_text(f, language);
	struct bs_front_image portrait;
	struct bs_term_name *jobs;
	size_t job_count;
	int64_t id;
	bool changed = false;

	if (tag.len > 0 && bs_lang_find(tag) != c->run->index.lang) {
		bs_remark(&c->remarks, BS_REMARK_TEXT, language->line, tag,
		          BS_STR("a person's text in another language than the publication's; left out"));
		return;
	}
	person.slug = slug_or_of_file(c);
	person.name = person_name(c);
	job_count = read_texts(c, f, bs_field(f, "title job position agency_full_name organization"), false, &jobs);
	person.job = own_text(c, jobs, job_count);
	person.url = bs_field_url(f, bs_field(f, "url website homepage"), false);
	person.email = bs_field_email(f, bs_field(f, "email"));
	bs_front_image(f, bs_field(f, "portrait avatar photo image"), &portrait);
	bio = bs_field(f, "bio biography description summary");
	read_body(c, bs_str_trim(c->document.body).len > 0 ? c->document.body : bs_field_lines(f, bio),
	          c->document.body_line, person.lang, &person.bio);
	bs_fields_unread(f);
	if (person.name.len == 0 && c->rc == BS_OK)
		c->rc = bs_refuse(&c->remarks, c->document.front_line, c->err, BS_INVALID,
		                  "name: missing; what is the person called?");
	person.portrait_id = keep_picture(c, &portrait);
	person.portrait_alt = plain_of(c, portrait.alt);
	if (c->rc == BS_OK)
		c->rc = bs_person_save(c->arena, c->run->db, &person, &id, &changed, c->err);
	c->run->totals->people += changed;
}

/* --- notices --- */

/* {kinds: [opinion], themes: [energy]} as the canonical JSON that the newsroom keeps. */
static struct bs_str read_rule(struct catalog *c, const struct bs_entry *entry)
{
	static const char *const lists[] = { "kinds", "regions", "reports", "tags", "themes" };
	struct bs_fields map = bs_fields_in(&c->fields, entry);
	struct bs_json *rule = bs_json_new_object(c->arena);

	for (size_t i = 0; i < BS_COUNT(lists); i++) {
		struct bs_entry *items;
		size_t count = bs_field_list(&map, bs_field(&map, lists[i]), BS_MAX_TERMS, &items);
		struct bs_json *list = count > 0 ? bs_json_add_array(rule, bs_str_c(lists[i])) : NULL;

		for (size_t n = 0; n < count; n++)
			bs_json_add_string(list, BS_STR(""), bs_field_slug(&map, &items[n]));
	}
	bs_fields_unread(&map);
	return json_text(c, rule);
}

/* What a notice in another language takes from the one in the publication's. */
static void take_rule_of_original(struct catalog *c, struct bs_notice_draft *notice)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(c->run->db, BS_Q_notice_by_slug,
	                            BS_VALUES(bs_text(notice->slug), bs_text(c->run->index.lang->code)), &stmt, c->err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, c->err);
	if (rc == BS_OK) {
		notice->kind = bs_arena_copy(c->arena, bs_stmt_str(stmt, BS_C_notice_by_slug_kind));
		notice->placement = bs_arena_copy(c->arena, bs_stmt_str(stmt, BS_C_notice_by_slug_placement));
		notice->applies = bs_arena_copy(c->arena, bs_stmt_str(stmt, BS_C_notice_by_slug_applies));
	} else if (rc != BS_NOT_FOUND) {
		c->rc = rc;
	}
	bs_stmt_free(&stmt);
}

static void read_notice(struct catalog *c)
{
	struct bs_fields *f = &c->fields;
	struct bs_notice_draft notice = { 0 };
	const struct bs_entry *kind = bs_field(f, "kind"), *where = bs_field(f, "where"),
			      *stories = bs_field(f, "stories"), *language = bs_field(f, "language lang");
	struct bs_str tag = bs_field_text(f, language);
	const struct bs_lang *lang = tag.len > 0 ? bs_lang_find(tag) : c->run->index.lang;
	int64_t id;
	bool changed = false;

	if (lang == NULL)
		bs_field_refuse(f, language, BS_INVALID, "'" BS_FMT "' is no language that is known", BS_ARG(tag));
	notice.lang = lang != NULL ? lang->code : tag;
	notice.slug = slug_or_of_file(c);
	notice.kind = bs_field_text(f, kind);
	notice.placement = bs_field_text(f, where);
	if (notice.placement.len == 0)
		notice.placement = bs_str_eq(notice.kind, BS_STR("note")) ? BS_STR("after") : BS_STR("end");
	notice.applies = stories == NULL                       ? BS_STR("all")
	                 : stories->value->kind == BS_DATA_MAP ? read_rule(c, stories)
	                                                       : bs_field_text(f, stories);
	if (stories != NULL && stories->value->kind != BS_DATA_MAP && !bs_str_eq(notice.applies, BS_STR("all")) &&
	    !bs_str_eq(notice.applies, BS_STR("listed")) && !bs_str_eq(notice.applies, BS_STR("elsewhere")))
		bs_field_refuse(f, stories, BS_INVALID,
		                "'" BS_FMT "' is none of all, listed, elsewhere, nor a mapping of kinds, themes …",
		                BS_ARG(notice.applies));
	notice.title = plain_of(c, bs_front_plain(f, bs_field(f, "title")));
	read_body(c, c->document.body, c->document.body_line, notice.lang, &notice.body);
	bs_fields_unread(f);
	if (c->rc == BS_OK && lang != c->run->index.lang)
		take_rule_of_original(c, &notice);
	if (c->rc == BS_OK)
		c->rc = bs_notice_save(c->arena, c->run->db, &notice, &id, &changed, c->err);
	c->run->totals->notices += changed;
}

/* --- sources --- */

static void read_source(struct catalog *c)
{
	struct bs_str slug = slug_or_of_file(c), name = bs_field_text(&c->fields, bs_field(&c->fields, "name title"));
	struct bs_str *kept = BS_NEW(c->run->arena, struct bs_str);

	if (name.len == 0 || slug.len == 0)
		return;
	*kept = bs_arena_copy(c->run->arena, name);
	*bs_map_put(&c->run->sources, bs_arena_copy(c->run->arena, slug)) = kept;
}

/* --- files --- */

static enum bs_rc open_file(struct catalog *c, bool front)
{
	struct bs_reading reading = { .arena = c->arena,
		                      .document = &c->document,
		                      .path = bs_import_shown(c->arena, c->file->path),
		                      .lang = c->run->index.lang,
		                      .remarks = &c->remarks };
	struct bs_str bytes = { 0 };
	bool whole;
	enum bs_rc rc = bs_import_read_file(c->arena, c->file->path, BS_MAX_DOCUMENT, &bytes, c->err);

	if (rc == BS_OK)
		rc = bs_document_read(bytes, BS_FORMAT_MARKDOWN, &c->document, &c->remarks, c->err);
	whole = rc == BS_OK && !front && c->document.front_kind == BS_FRONT_NONE; /* without a line --- over it */
	if (whole)
		rc = bs_yaml_read_file(c->arena, c->document.body, 1, &c->map, &c->remarks, c->err);
	else if (rc == BS_OK)
		rc = bs_front_parse(&reading, &c->map, c->err);
	if (whole && rc == BS_OK && c->map->kind == BS_DATA_NONE)
		c->map->kind = BS_DATA_MAP;
	if (whole && rc == BS_OK && c->map->kind != BS_DATA_MAP)
		rc = bs_refuse(&c->remarks, 1, c->err, BS_INVALID, "the file must be KEY: VALUE lines");
	c->fields = (struct bs_fields){
		.arena = c->arena, .remarks = &c->remarks, .err = c->err, .map = c->map, .rc = &c->rc
	};
	return rc;
}

/* People, terms and settings have no place for what nothing reads. */
static void keys_are_lost(struct bs_remarks *remarks)
{
	for (size_t i = 0; i < remarks->count; i++) {
		if (remarks->items[i].kind == BS_REMARK_KEY)
			remarks->items[i].kind = BS_REMARK_LOST_KEY;
	}
}

/* What ends the run, and not only the file. */
static bool is_fatal(enum bs_rc rc)
{
	return rc == BS_IO || rc == BS_BUSY || rc == BS_CORRUPT;
}

/* One file in its savepoint. */
static enum bs_rc take_file(struct bs_import_run *run, struct bs_arena *arena, const struct bs_import_file *file,
                            bool front, void (*take)(struct catalog *), bool again, struct bs_err *err)
{
	struct bs_err why = { 0 };
	struct catalog c = { .run = run, .arena = arena, .file = file, .remarks = BS_REMARKS(arena), .err = &why };
	enum bs_rc rc = bs_db_begin(run->db, BS_TX_WRITE, err);
	bool opened;

	if (rc != BS_OK)
		return rc;
	c.rc = open_file(&c, front);
	opened = c.rc == BS_OK;
	if (opened)
		take(&c);
	bs_import_pictures_settle(run, c.rc == BS_OK);
	if (c.rc == BS_OK)
		rc = bs_db_commit(run->db, err);
	else
		bs_db_rollback(run->db);
	if (c.rc != BS_OK && opened && is_fatal(c.rc))
		return bs_fail(err, c.rc, "%s", why.text);
	if (c.rc != BS_OK && (opened || !again))
		bs_import_refuse(run, file->path, &c.remarks, &why);
	keys_are_lost(&c.remarks);
	if (c.rc == BS_OK)
		bs_import_remarks(run, file->path, &c.remarks);
	bs_arena_reset(arena);
	return rc;
}

static enum bs_rc take_files(struct bs_import_run *run, struct bs_arena *arena, enum bs_import_role role, bool front,
                             void (*take)(struct catalog *), bool again, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < run->files.count && rc == BS_OK && !bs_import_stopped(run); i++) {
		if (run->files.items[i].role == role)
			rc = take_file(run, arena, &run->files.items[i], front, take, again, err);
	}
	return rc;
}

static bool in_other_language(struct catalog *c)
{
	const struct bs_data *tag = bs_data_get(c->map, BS_STR("language"));

	return tag != NULL && tag->kind == BS_DATA_TEXT && bs_lang_find(tag->text) != c->run->index.lang;
}

static void read_own_notice(struct catalog *c)
{
	if (!in_other_language(c))
		read_notice(c);
}

static void read_other_notice(struct catalog *c)
{
	if (in_other_language(c))
		read_notice(c);
}

enum bs_rc bs_import_catalog(struct bs_import_run *run, struct bs_err *err)
{
	static const struct step {
		enum bs_import_role role;
		bool front;
		void (*take)(struct catalog *);
		bool again; /* the file was opened before: what is wrong with it as a whole has been told */
	} steps[] = {
		{ BS_IMPORT_SETTINGS, false, read_settings, false }, { BS_IMPORT_TERMS, false, read_terms, false },
		{ BS_IMPORT_TERM, true, read_term_page, false },     { BS_IMPORT_SETTINGS, false, read_sections, true },
		{ BS_IMPORT_PERSON, true, read_person, false },      { BS_IMPORT_NOTICE, true, read_own_notice, false },
		{ BS_IMPORT_NOTICE, true, read_other_notice, true }, { BS_IMPORT_SOURCE, true, read_source, false },
		{ BS_IMPORT_SETTINGS, false, read_about, true },
	};
	struct bs_arena *arena = bs_arena_new();
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < BS_COUNT(steps) && rc == BS_OK; i++)
		rc = take_files(run, arena, steps[i].role, steps[i].front, steps[i].take, steps[i].again, err);
	bs_arena_free(&arena);
	return rc;
}
