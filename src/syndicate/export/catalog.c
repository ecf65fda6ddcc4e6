/* catalog.c - the files of a newsroom that are no stories: settings.yml, terms.yml, authors/, notices/; the inverse of
 * import/catalog/. See run.h. */
#include "base/limits.h"
#include "newsroom/catalog.h"
#include "newsroom/ledger.h"
#include "syndicate/export/run.h"
#include "syndicate/export/story_file.h"
#include "syndicate/export/yaml.h"
#include "text/json.h"
#include "text/markdown.h"

enum { TEXTS_MAX = 256 }; /* of one value: more than there are languages */

struct catalog {
	struct bs_export_run *run;
	struct bs_arena *arena; /* of one file; of terms.yml, of one term */
	struct bs_buf out;
};

struct texts { /* a text by language */
	struct bs_term_name items[TEXTS_MAX];
	size_t count;
};

static struct bs_str text_of(const struct catalog *c, const struct bs_stmt *row, int column)
{
	return bs_arena_copy(c->arena, bs_stmt_str(row, column));
}

static void add_text(struct texts *texts, struct bs_str lang, struct bs_str text)
{
	if (texts->count < TEXTS_MAX && text.len > 0)
		texts->items[texts->count++] = (struct bs_term_name){ lang, text };
}

/* One text in the publication's language stands alone. */
static void put_texts(struct catalog *c, int indent, const char *key, const struct texts *texts)
{
	if (texts->count == 1 && bs_str_eq(texts->items[0].lang, c->run->home->code)) {
		bs_front_put_line(c->arena, &c->out, indent, key, texts->items[0].name);
		return;
	}
	if (texts->count > 0) {
		bs_yaml_key(&c->out, indent, bs_str_c(key));
		bs_buf_putc(&c->out, '\n');
	}
	for (size_t i = 0; i < texts->count; i++)
		bs_front_put_line(c->arena, &c->out, indent + 2, bs_arena_copy(c->arena, texts->items[i].lang).ptr, texts->items[i].name);
}

static enum bs_rc load_text(struct catalog *c, int64_t body_id, struct bs_buf *markdown, struct bs_err *err)
{
	struct bs_body body;
	enum bs_rc rc;

	if (body_id == 0)
		return BS_OK;
	rc = bs_body_load(c->arena, c->run->db, body_id, &body, err);
	if (rc == BS_OK)
		bs_body_markdown(c->arena, markdown, &body);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* The end of the front matter, and the text behind it. */
static enum bs_rc put_text(struct catalog *c, int64_t body_id, struct bs_err *err)
{
	struct bs_buf markdown = BS_BUF(BS_MAX_DOCUMENT);
	enum bs_rc rc = load_text(c, body_id, &markdown, err);

	bs_buf_lit(&c->out, "---\n");
	if (markdown.len > 0)
		bs_buf_putc(&c->out, '\n');
	bs_buf_put(&c->out, bs_buf_str(&markdown));
	c->out.failed |= markdown.failed;
	bs_buf_free(&markdown);
	return rc;
}

/* A picture with what is said of it; nothing when there is neither. */
static enum bs_rc put_image(struct catalog *c, struct bs_str file, int indent, const char *key, int64_t media_id,
                            struct bs_str alt, struct bs_str credit, struct bs_err *err)
{
	struct bs_str path;
	enum bs_rc rc = bs_export_picture(c->run, c->arena, file, media_id, &path, err);

	if (rc != BS_OK || path.len + alt.len + credit.len == 0)
		return rc;
	bs_yaml_key(&c->out, indent, bs_str_c(key));
	bs_buf_putc(&c->out, '\n');
	bs_yaml_text(&c->out, indent + 2, "file", path);
	bs_front_put_plain(c->arena, &c->out, indent + 2, "alt", alt);
	bs_front_put_plain(c->arena, &c->out, indent + 2, "credit", credit);
	return BS_OK;
}

static enum bs_rc put_file(struct catalog *c, struct bs_str file, struct bs_err *err)
{
	enum bs_rc rc = bs_export_put(c->run, c->arena, file, &c->out, err);

	bs_buf_reset(&c->out);
	bs_arena_reset(c->arena);
	return rc;
}

/* --- settings ------------------------------------------------------------------------------------------------------------- */

static enum bs_rc put_names(struct catalog *c, const char *name, struct bs_err *err)
{
	struct texts *texts = BS_NEW(c->arena, struct texts);
	struct bs_str own, key = bs_str_c(name);
	struct bs_stmt *row = NULL;
	enum bs_rc rc = bs_setting_get(c->arena, c->run->db, key, &own, err);

	if (rc == BS_OK)
		rc = bs_db_query(c->run->db, BS_Q_publication_settings, BS_NO_VALUES, &row, err);
	add_text(texts, c->run->home->code, own);
	while (rc == BS_OK && (rc = bs_stmt_next(row, err)) == BS_OK) {
		struct bs_str setting = bs_stmt_str(row, BS_C_publication_settings_name), lang = bs_str_sub(setting, key.len + 1, SIZE_MAX);
		if (bs_str_starts(setting, key) && setting.len > key.len && setting.ptr[key.len] == '.' && !bs_str_eq(lang, c->run->home->code))
			add_text(texts, bs_arena_copy(c->arena, lang), text_of(c, row, BS_C_publication_settings_value));
	}
	bs_stmt_free(&row);
	put_texts(c, 0, name, texts);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc put_setting(struct catalog *c, int indent, const char *key, const char *name, struct bs_err *err)
{
	struct bs_str value;
	enum bs_rc rc = bs_setting_get(c->arena, c->run->db, bs_str_c(name), &value, err);

	if (rc == BS_OK)
		bs_yaml_lines(&c->out, indent, key, bs_str_trim(value));
	return rc;
}

static enum bs_rc put_contact(struct catalog *c, struct bs_err *err)
{
	static const char *const fields[][2] = {
		{ "email", "contact.email" },             { "media", "contact.media" },
		{ "permissions", "contact.permissions" }, { "corrections", "contact.corrections" },
		{ "phone", "contact.phone" },             { "address", "contact.address" },
	};
	size_t start = c->out.len, head;
	enum bs_rc rc = BS_OK;

	bs_buf_lit(&c->out, "contact:\n");
	head = c->out.len;
	for (size_t i = 0; i < BS_COUNT(fields) && rc == BS_OK; i++)
		rc = put_setting(c, 2, fields[i][0], fields[i][1], err);
	if (c->out.len == head)
		c->out.len = start;
	return rc;
}

static enum bs_rc put_channels(struct catalog *c, struct bs_err *err)
{
	const struct bs_json *list = NULL;
	struct bs_str text;
	enum bs_rc rc = bs_setting_get(c->arena, c->run->db, BS_STR("channels"), &text, err);

	if (rc == BS_OK)
		rc = bs_json_parse(c->arena, text, &list, err);
	if (rc != BS_OK || list->kind != BS_JSON_ARRAY || list->count == 0)
		return rc;
	bs_buf_lit(&c->out, "channels:\n");
	for (const struct bs_json *item = list->first; item != NULL; item = item->next) {
		bs_buf_lit(&c->out, "  - {name: ");
		bs_yaml_scalar(&c->out, bs_json_string(bs_json_get(item, BS_STR("name"))), true);
		bs_buf_lit(&c->out, ", url: ");
		bs_yaml_scalar(&c->out, bs_json_string(bs_json_get(item, BS_STR("url"))), true);
		bs_buf_lit(&c->out, "}\n");
	}
	return BS_OK;
}

static void put_colour(struct catalog *c, const char *key, struct bs_str colour)
{
	if (colour.len == 0)
		return;
	bs_buf_printf(&c->out, ", %s: ", key);
	bs_yaml_scalar(&c->out, colour, true);
}

static enum bs_rc put_sections(struct catalog *c, struct bs_err *err)
{
	struct bs_stmt *row = NULL;
	bool any = false;
	enum bs_rc rc = bs_db_query(c->run->db, BS_Q_export_sections, BS_NO_VALUES, &row, err);

	while (rc == BS_OK && (rc = bs_stmt_next(row, err)) == BS_OK) {
		bs_buf_put(&c->out, any ? BS_STR("  - {theme: ") : BS_STR("sections:\n  - {theme: "));
		bs_yaml_scalar(&c->out, bs_stmt_str(row, BS_C_export_sections_slug), true);
		put_colour(c, "colour", bs_stmt_str(row, BS_C_export_sections_colour));
		put_colour(c, "colour_dark", bs_stmt_str(row, BS_C_export_sections_colour_dark));
		bs_buf_lit(&c->out, "}\n");
		any = true;
	}
	bs_stmt_free(&row);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc export_settings(struct catalog *c, struct bs_err *err)
{
	static const char *const fields[][2] = {
		{ "language", "language" }, { "url", "url" }, { "time_zone", "timezone" }, { "licence", "licence" },
	};
	enum bs_rc rc = put_names(c, "name", err);

	if (rc == BS_OK)
		rc = put_names(c, "tagline", err);
	for (size_t i = 0; i < BS_COUNT(fields) && rc == BS_OK; i++)
		rc = put_setting(c, 0, fields[i][0], fields[i][1], err);
	if (rc == BS_OK)
		rc = put_contact(c, err);
	if (rc == BS_OK)
		rc = put_channels(c, err);
	if (rc == BS_OK)
		rc = put_sections(c, err);
	return rc == BS_OK ? put_file(c, BS_STR("settings.yml"), err) : rc;
}

/* --- terms ---------------------------------------------------------------------------------------------------------------- */

struct term {
	int64_t id, description_id, image_id;
	struct bs_str slug, parent, code, colour, colour_dark, alt, credit;
	bool section;
};

static struct term term_of(const struct catalog *c, const struct bs_stmt *row)
{
	return (struct term){
		.id = bs_stmt_int(row, BS_C_export_terms_id),
		.description_id = bs_stmt_int(row, BS_C_export_terms_description_id),
		.image_id = bs_stmt_int(row, BS_C_export_terms_image_id),
		.slug = text_of(c, row, BS_C_export_terms_slug),
		.parent = text_of(c, row, BS_C_export_terms_parent),
		.code = text_of(c, row, BS_C_export_terms_code),
		.colour = text_of(c, row, BS_C_export_terms_colour),
		.colour_dark = text_of(c, row, BS_C_export_terms_colour_dark),
		.alt = text_of(c, row, BS_C_export_terms_image_alt),
		.credit = text_of(c, row, BS_C_export_terms_image_credit),
		.section = bs_stmt_int(row, BS_C_export_terms_section) != 0,
	};
}

static enum bs_rc put_term_names(struct catalog *c, int64_t id, struct bs_err *err)
{
	struct texts *texts = BS_NEW(c->arena, struct texts);
	struct bs_stmt *row = NULL;
	enum bs_rc rc = bs_db_query(c->run->db, BS_Q_export_term_names, BS_VALUES(bs_int(id)), &row, err);

	while (rc == BS_OK && (rc = bs_stmt_next(row, err)) == BS_OK)
		add_text(texts, text_of(c, row, BS_C_export_term_names_lang), text_of(c, row, BS_C_export_term_names_name));
	bs_stmt_free(&row);
	put_texts(c, 4, "name", texts);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc put_term(struct catalog *c, const struct term *term, struct bs_err *err)
{
	struct bs_buf markdown = BS_BUF(BS_MAX_DOCUMENT);
	enum bs_rc rc;

	bs_buf_lit(&c->out, "  - slug: ");
	bs_yaml_scalar(&c->out, term->slug, false);
	bs_buf_putc(&c->out, '\n');
	rc = put_term_names(c, term->id, err);
	bs_yaml_text(&c->out, 4, "parent", term->parent);
	bs_front_put_line(c->arena, &c->out, 4, "code", term->code);
	if (!term->section) { /* else settings.yml has them */
		bs_yaml_text(&c->out, 4, "colour", term->colour);
		bs_yaml_text(&c->out, 4, "colour_dark", term->colour_dark);
	}
	if (rc == BS_OK)
		rc = load_text(c, term->description_id, &markdown, err);
	bs_yaml_lines(&c->out, 4, "description", bs_str_trim(bs_buf_str(&markdown)));
	c->out.failed |= markdown.failed;
	bs_buf_free(&markdown);
	return rc == BS_OK ? put_image(c, BS_STR("terms.yml"), 4, "image", term->image_id, term->alt, term->credit, err) : rc;
}

static enum bs_rc put_vocabulary(struct catalog *c, struct bs_str vocabulary, struct bs_err *err)
{
	bool more = true, any = false;
	struct term last = { 0 };
	enum bs_rc rc = BS_OK;

	while (more && rc == BS_OK) {
		struct bs_stmt *row = NULL;
		more = false;
		rc = bs_db_query(c->run->db, BS_Q_export_terms, BS_VALUES(bs_text(vocabulary), bs_int(last.id)), &row, err);
		while (rc == BS_OK && (rc = bs_stmt_next(row, err)) == BS_OK) {
			last = term_of(c, row);
			if (!any)
				bs_buf_printf(&c->out, "%s:\n", vocabulary.ptr);
			rc = put_term(c, &last, err);
			bs_arena_reset(c->arena);
			c->run->result->terms++;
			more = any = true;
		}
		bs_stmt_free(&row);
		if (rc == BS_NOT_FOUND)
			rc = BS_OK;
	}
	return rc;
}

static enum bs_rc export_terms(struct catalog *c, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (enum bs_vocabulary v = 0; v < BS_VOCABULARY_COUNT && rc == BS_OK; v++)
		rc = put_vocabulary(c, bs_vocabulary_name(v), err);
	return rc == BS_OK && c->out.len > 0 ? put_file(c, BS_STR("terms.yml"), err) : rc;
}

/* --- people --------------------------------------------------------------------------------------------------------------- */

static enum bs_rc put_person(struct catalog *c, const struct bs_stmt *row, struct bs_str slug, struct bs_err *err)
{
	struct bs_str file = bs_arena_printf(c->arena, "authors/%s", bs_export_name(c->arena, slug, BS_STR("")).ptr);
	enum bs_rc rc;

	bs_buf_lit(&c->out, "---\n");
	bs_front_put_line(c->arena, &c->out, 0, "name", bs_stmt_str(row, BS_C_export_people_name));
	bs_yaml_text(&c->out, 0, "slug", slug);
	bs_front_put_line(c->arena, &c->out, 0, "title", bs_stmt_str(row, BS_C_export_people_job));
	bs_front_put_line(c->arena, &c->out, 0, "url", bs_stmt_str(row, BS_C_export_people_url));
	bs_front_put_line(c->arena, &c->out, 0, "email", bs_stmt_str(row, BS_C_export_people_email));
	rc = put_image(c, file, 0, "portrait", bs_stmt_int(row, BS_C_export_people_portrait_id),
	               text_of(c, row, BS_C_export_people_portrait_alt), BS_STR(""), err);
	if (rc == BS_OK)
		rc = put_text(c, bs_stmt_int(row, BS_C_export_people_bio_id), err);
	c->run->result->people++;
	return rc == BS_OK ? put_file(c, file, err) : rc;
}

static enum bs_rc export_people(struct catalog *c, struct bs_err *err)
{
	char slug[BS_MAX_SLUG];
	struct bs_str last = { slug, 0 };
	bool more = true;
	enum bs_rc rc = BS_OK;

	while (more && rc == BS_OK) {
		struct bs_stmt *row = NULL;
		more = false;
		rc = bs_db_query(c->run->db, BS_Q_export_people, BS_VALUES(bs_text(last)), &row, err);
		while (rc == BS_OK && (rc = bs_stmt_next(row, err)) == BS_OK) {
			last.len = bs_str_sub(bs_stmt_str(row, BS_C_export_people_slug), 0, sizeof(slug)).len;
			memcpy(slug, bs_stmt_str(row, BS_C_export_people_slug).ptr, last.len);
			rc = put_person(c, row, last, err);
			more = true;
		}
		bs_stmt_free(&row);
		if (rc == BS_NOT_FOUND)
			rc = BS_OK;
	}
	return rc;
}

/* --- notices -------------------------------------------------------------------------------------------------------------- */

/* "all", or a rule: stories: {kinds: [opinion], themes: [energy]} */
static enum bs_rc put_rule(struct catalog *c, struct bs_str applies, struct bs_err *err)
{
	const struct bs_json *rule = NULL;
	enum bs_rc rc;

	if (applies.len == 0 || applies.ptr[0] != '{') {
		bs_yaml_text(&c->out, 0, "stories", applies);
		return BS_OK;
	}
	rc = bs_json_parse(c->arena, applies, &rule, err);
	if (rc != BS_OK)
		return rc;
	bs_buf_lit(&c->out, "stories: {");
	for (const struct bs_json *set = rule->first; set != NULL; set = set->next) {
		bs_buf_put(&c->out, set == rule->first ? BS_STR("") : BS_STR(", "));
		bs_yaml_scalar(&c->out, set->name, true);
		bs_buf_lit(&c->out, ": [");
		for (const struct bs_json *word = set->kind == BS_JSON_ARRAY ? set->first : NULL; word != NULL; word = word->next) {
			bs_buf_put(&c->out, word == set->first ? BS_STR("") : BS_STR(", "));
			bs_yaml_scalar(&c->out, bs_json_string(word), true);
		}
		bs_buf_putc(&c->out, ']');
	}
	bs_buf_lit(&c->out, "}\n");
	return BS_OK;
}

/* Whether a notice takes what it is and where it stands from the one in the publication's language. */
static enum bs_rc follows(struct catalog *c, struct bs_str slug, bool own, bool *out, struct bs_err *err)
{
	int64_t id = 0;
	enum bs_rc rc = BS_NOT_FOUND;

	if (!own)
		rc = bs_db_int(c->run->db, BS_Q_notice_by_slug, BS_VALUES(bs_text(slug), bs_text(c->run->home->code)), &id, err);
	*out = rc == BS_OK;
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc put_notice(struct catalog *c, const struct bs_stmt *row, struct bs_err *err)
{
	struct bs_str slug = text_of(c, row, BS_C_publication_notices_slug), lang = text_of(c, row, BS_C_publication_notices_lang);
	bool own = bs_str_eq(lang, c->run->home->code);
	struct bs_str file = bs_arena_printf(c->arena, "notices/%s", bs_export_name(c->arena, slug, own ? BS_STR("") : lang).ptr);
	bool follower;
	enum bs_rc rc = follows(c, slug, own, &follower, err);

	bs_buf_lit(&c->out, "---\n");
	bs_yaml_text(&c->out, 0, "slug", slug);
	if (!follower)
		bs_yaml_text(&c->out, 0, "kind", bs_stmt_str(row, BS_C_publication_notices_kind));
	bs_front_put_plain(c->arena, &c->out, 0, "title", bs_stmt_str(row, BS_C_publication_notices_title));
	if (!follower)
		bs_yaml_text(&c->out, 0, "where", bs_stmt_str(row, BS_C_publication_notices_placement));
	if (rc == BS_OK && !follower)
		rc = put_rule(c, text_of(c, row, BS_C_publication_notices_applies), err);
	if (!own)
		bs_yaml_text(&c->out, 0, "language", lang);
	if (rc == BS_OK)
		rc = put_text(c, bs_stmt_int(row, BS_C_publication_notices_body_id), err);
	c->run->result->notices++;
	return rc == BS_OK ? put_file(c, file, err) : rc;
}

static enum bs_rc export_notices(struct catalog *c, struct bs_err *err)
{
	struct bs_stmt *row = NULL;
	enum bs_rc rc = bs_db_query(c->run->db, BS_Q_publication_notices, BS_NO_VALUES, &row, err);

	while (rc == BS_OK && (rc = bs_stmt_next(row, err)) == BS_OK)
		rc = put_notice(c, row, err);
	bs_stmt_free(&row);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_export_catalog(struct bs_export_run *run, struct bs_err *err)
{
	static enum bs_rc (*const steps[])(struct catalog *, struct bs_err *) = { export_settings, export_terms, export_people,
		                                                                  export_notices };
	struct catalog c = { .run = run, .arena = bs_arena_new(), .out = BS_BUF(BS_MAX_DOCUMENT) };
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < BS_COUNT(steps) && rc == BS_OK; i++)
		rc = steps[i](&c, err);
	bs_buf_free(&c.out);
	bs_arena_free(&c.arena);
	return rc;
}
