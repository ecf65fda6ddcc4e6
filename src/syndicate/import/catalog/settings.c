/* settings.c - the settings of a newsroom, the sections of its home page, the text about it; see catalog.h. */
#include "lang/message.h"
#include "syndicate/import/catalog/catalog.h"
#include "text/markup.h"

/* From an entry of the file, which a refusal names with its line. */
static void set(struct bs_catalog *c, const struct bs_entry *entry, struct bs_str name, struct bs_str value)
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
static void set_texts(struct bs_catalog *c, struct bs_str name, const char *field)
{
	struct bs_term_name *texts;
	const struct bs_entry *entry = bs_field(&c->fields, field);
	size_t count = bs_catalog_texts(c, &c->fields, entry, false, &texts);

	for (size_t i = 0; i < count; i++) {
		bool own = bs_str_eq(texts[i].lang, c->run->index.lang->code);

		set(c, entry, own ? name : bs_arena_printf(c->arena, BS_FMT "." BS_FMT, BS_ALL(name), BS_ALL(texts[i].lang)),
		    texts[i].name);
	}
}

static void set_contact(struct bs_catalog *c)
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

static void set_channels(struct bs_catalog *c)
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
		set(c, entry, BS_STR("channels"), bs_catalog_json(c, list));
}

void bs_catalog_settings(struct bs_catalog *c)
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
static bool sections_stand(struct bs_catalog *c, const struct bs_str *themes, size_t count)
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

static void save_section(struct bs_catalog *c, struct bs_fields *map, struct bs_str theme, int place)
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

void bs_catalog_sections(struct bs_catalog *c)
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
static void save_about(struct bs_catalog *c, const struct bs_lang *lang, struct bs_str markdown, int line,
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
	bs_catalog_body(c, markdown, line, lang->code, &draft.body);
	if (c->rc == BS_OK)
		c->rc = bs_story_save(c->arena, c->run->ledger, c->run->db, &draft, c->run->options->now, &saved,
		                      c->err);
}

void bs_catalog_about(struct bs_catalog *c)
{
	const struct bs_entry *entry = bs_field(&c->fields, "about");
	struct bs_term_name *texts;
	size_t count = bs_catalog_texts(c, &c->fields, entry, true, &texts);
	struct bs_str own = bs_catalog_own_text(c, texts, count);

	if (own.len == 0)
		return;
	save_about(c, c->run->index.lang, own, entry->line, BS_STR(""));
	for (size_t i = 0; i < count; i++) {
		if (texts[i].name.ptr != own.ptr)
			save_about(c, bs_lang_find(texts[i].lang), texts[i].name, entry->line, BS_STR("about"));
	}
}
