/* settings.c - the settings of the site: the same table, and the same checks, as `broadsheet set` has. */
#include "base/limits.h"
#include "desk/pages.h"
#include "desk/paper/whole.h"
#include "newsroom/catalog.h"
#include "text/json.h"

struct editing {
	struct bs_visit *visit;
	struct bs_whole *whole;
};

/* Menus and the home page have pages of their own. */
static bool is_here(const struct bs_setting *setting)
{
	return setting->shape != BS_SETTING_MENU && setting->shape != BS_SETTING_HOME;
}

/* One a line: the name, then the address. */
static struct bs_str channels_text(struct bs_visit *visit, struct bs_str value)
{
	struct bs_buf out = BS_BUF(BS_MAX_FIELD);
	const struct bs_json *json = NULL;
	struct bs_str made;

	if (bs_json_parse(visit->arena, value, &json, NULL) != BS_OK || json->kind != BS_JSON_ARRAY)
		return value;
	for (const struct bs_json *item = json->first; item != NULL; item = item->next)
		bs_buf_printf(&out, BS_FMT " " BS_FMT "\n", BS_ALL(bs_json_string(bs_json_get(item, BS_STR("name")))),
		              BS_ALL(bs_json_string(bs_json_get(item, BS_STR("url")))));
	made = bs_arena_copy(visit->arena, bs_str_trim(bs_buf_str(&out)));
	bs_buf_free(&out);
	return made;
}

static struct bs_str channels_json(struct bs_visit *visit, struct bs_str rest)
{
	struct bs_json *list = bs_json_new_array(visit->arena);
	struct bs_buf out = BS_BUF(2 * BS_MAX_FIELD);
	struct bs_str line, made = BS_STR("!");

	while (rest.len > 0 && bs_str_split(&rest, '\n', &line)) {
		struct bs_json *item;
		size_t at = SIZE_MAX;
		line = bs_str_trim(line);
		for (size_t i = 0; i < line.len; i++)
			at = line.ptr[i] == ' ' ? i : at;
		if (line.len == 0)
			continue;
		item = bs_json_add_object(list, BS_STR(""));
		bs_json_add_string(item, BS_STR("name"), bs_str_trim(bs_str_sub(line, 0, at == SIZE_MAX ? 0 : at)));
		bs_json_add_string(item, BS_STR("url"), at == SIZE_MAX ? line : bs_str_sub(line, at + 1, SIZE_MAX));
	}
	if (bs_json_write(list, &out, NULL) == BS_OK)
		made = bs_arena_copy(visit->arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return made;
}

static void choose_language(struct bs_visit *visit, struct bs_field *field)
{
	struct bs_choice *choices = BS_ARRAY(visit->arena, BS_LANG_COUNT, struct bs_choice);

	for (size_t i = 0; i < BS_LANG_COUNT; i++)
		choices[i] = (struct bs_choice){ bs_langs[i].code, bs_langs[i].own_name };
	field->type = "select";
	field->choices = choices;
	field->choice_count = BS_LANG_COUNT;
}

static void choose_approval(struct bs_visit *visit, struct bs_field *field)
{
	static const char *const values[] = { "off", "shown", "hidden" };
	struct bs_choice *choices = BS_ARRAY(visit->arena, BS_COUNT(values), struct bs_choice);

	for (size_t i = 0; i < BS_COUNT(values); i++)
		choices[i] = (struct bs_choice){ bs_str_c(values[i]), bs_word_of(visit, "approval.", bs_str_c(values[i])) };
	field->type = "select";
	field->choices = choices;
	field->choice_count = BS_COUNT(values);
}

static enum bs_rc field_of(struct bs_visit *visit, struct bs_db *db, const struct bs_setting *setting, const struct bs_lang *lang,
                           struct bs_field *out, struct bs_err *err)
{
	struct bs_str name = lang == NULL ? setting->name : bs_arena_printf(visit->arena, BS_FMT "." BS_FMT,
		BS_ALL(setting->name), BS_ALL(lang->code));
	struct bs_str label = bs_word_of(visit, "setting.", setting->name), hint = bs_word_of(visit, "setting-hint.", setting->name), value;
	bool area = setting->shape == BS_SETTING_CHANNELS || bs_str_eq(setting->name, BS_STR("contact.address"));
	enum bs_rc rc = bs_setting_get(visit->arena, db, name, &value, err);

	if (rc != BS_OK)
		return rc;
	*out = (struct bs_field){ .name = bs_arena_printf(visit->arena, BS_FMT, BS_ALL(name)).ptr,
		.label = lang == NULL ? label : bs_paper_label(visit, label, lang),
		.value = setting->shape == BS_SETTING_CHANNELS ? channels_text(visit, value) : value,
		.hint = lang != NULL || bs_str_eq(hint, setting->name) ? BS_STR("") : hint, .required = setting->needed && lang == NULL,
		.type = area ? "area" : setting->shape == BS_SETTING_MAIL ? "email" : setting->shape == BS_SETTING_URL ? "url" : NULL,
		.lang = lang != NULL ? lang->code : BS_STR(""), .rtl = lang != NULL && lang->rtl };
	if (setting->shape == BS_SETTING_LANGUAGE)
		choose_language(visit, out);
	if (setting->shape == BS_SETTING_APPROVAL)
		choose_approval(visit, out);
	return BS_OK;
}

/* A setting in the publication's language, in those that it has words in, and folded away in the others. */
static enum bs_rc add(struct editing *e, struct bs_db *db, const struct bs_setting *setting, struct bs_err *err)
{
	const struct bs_publication *p = e->visit->publication;
	struct bs_field field, *empty = BS_ARRAY(e->visit->arena, p->lang_count, struct bs_field);
	size_t count = 0;
	enum bs_rc rc = field_of(e->visit, db, setting, NULL, &field, err);
	struct bs_str label = field.label;

	if (rc == BS_OK)
		bs_whole_add(e->whole, field);
	for (size_t k = 0; k < p->lang_count && setting->by_language && rc == BS_OK; k++) {
		if (p->langs[k] == p->lang)
			continue;
		rc = field_of(e->visit, db, setting, p->langs[k], &field, err);
		if (rc == BS_OK && field.value.len > 0)
			bs_whole_add(e->whole, field);
		else if (rc == BS_OK)
			empty[count++] = field;
	}
	for (size_t k = 0; k < count && rc == BS_OK; k++) {
		empty[k].fold = bs_paper_fold(e->visit, label, count);
		bs_whole_add(e->whole, empty[k]);
	}
	return rc;
}

static enum bs_rc make_whole(struct editing *e, struct bs_db *db, struct bs_err *err)
{
	size_t count;
	const struct bs_setting *settings = bs_settings(&count);
	enum bs_rc rc = BS_OK;

	e->whole = bs_whole_new(e->visit);
	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		if (is_here(&settings[i]))
			rc = add(e, db, &settings[i], err);
	}
	return rc;
}

static enum bs_rc print(struct editing *e, struct bs_err *err)
{
	struct bs_dict *view = bs_desk_view(e->visit, bs_word(e->visit, BS_DESK_MSG_paper_settings));

	bs_paper_tabs(e->visit, view);
	bs_whole_put(e->whole, view);
	return bs_desk_print(e->visit, "paper-settings", view, err);
}

BS_DESK_SHOW(settings)
{
	struct editing e = { .visit = visit };
	enum bs_rc rc = make_whole(&e, visit->db, err);

	return rc == BS_OK ? print(&e, err) : rc;
}

static bool is_channels(const struct bs_field *field)
{
	return bs_str_eq(bs_str_c(field->name), BS_STR("channels"));
}

static struct bs_str without_slashes(struct bs_str address)
{
	while (bs_str_ends(address, BS_STR("/")))
		address = bs_str_sub(address, 0, address.len - 1);
	return address;
}

/* What is wrong, and what would do. */
static struct bs_str fault_words(struct bs_visit *visit, const struct bs_setting_fault *fault, struct bs_str value)
{
	struct bs_str what = bs_str_utf8_prefix(value, BS_SETTING_SHOWN), number = bs_arena_printf(visit->arena, "%zu", fault->number);

	switch (fault->wrong) {
	case BS_SETTING_TOO_LONG:
		return bs_desk_say_settings_too_long(visit->arena, visit->lang, bs_arena_printf(visit->arena, "%d", BS_MAX_FIELD));
	case BS_SETTING_EMPTY:
		return bs_word(visit, BS_DESK_MSG_settings_empty);
	case BS_SETTING_NO_ZONE:
		return bs_desk_say_settings_no_zone(visit->arena, visit->lang, what);
	case BS_SETTING_NO_URL:
		return bs_desk_say_settings_no_url(visit->arena, visit->lang, what);
	case BS_SETTING_SLASH:
		return bs_desk_say_settings_slash(visit->arena, visit->lang, without_slashes(what));
	case BS_SETTING_NO_MAIL:
		return bs_desk_say_settings_no_mail(visit->arena, visit->lang, what);
	case BS_SETTING_NO_PERCENT:
		return bs_desk_say_settings_no_percent(visit->arena, visit->lang, what);
	case BS_SETTING_NO_CHANNEL:
		return bs_desk_say_settings_no_channel(visit->arena, visit->lang, number);
	default: /* what no field of this page can be made to send but by hand */
		return bs_desk_say_settings_none_of_these(visit->arena, visit->lang, what);
	}
}

/* Everything is looked at before anything is written. */
static void check(struct editing *e)
{
	struct bs_setting_fault fault;
	struct bs_err ignored;

	for (size_t i = 0; i < e->whole->count; i++) {
		struct bs_field *field = &e->whole->fields[i];
		struct bs_str value = bs_str_trim(field->value);
		if (bs_setting_check(bs_str_c(field->name), is_channels(field) ? channels_json(e->visit, value) : value, &fault, &ignored) != BS_OK)
			bs_whole_complain(e->whole, field->name, fault_words(e->visit, &fault, value));
	}
}

static enum bs_rc save(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct editing *e = ctx;
	enum bs_rc rc = make_whole(e, db, err);

	if (rc != BS_OK)
		return rc;
	bs_whole_take(e->whole);
	if (e->whole->moved)
		return BS_OK;
	check(e);
	for (size_t i = 0; i < e->whole->count && e->whole->good && rc == BS_OK; i++) {
		const struct bs_field *field = &e->whole->fields[i];
		struct bs_str value = bs_str_trim(field->value);
		bool changed = false;
		/* What stands there by default is not written down. */
		if (bs_str_eq(value, e->whole->stored[i]))
			continue;
		if (is_channels(field))
			value = channels_json(e->visit, value);
		rc = bs_setting_set(db, bs_str_c(field->name), value, &changed, err);
		if (rc == BS_OK && changed)
			rc = bs_visit_tell(e->visit, db, (struct bs_audit_entry){ .action = BS_STR("setting.change"),
				.subject = bs_str_c(field->name),
			                   .detail = bs_str_utf8_prefix(value, 200) }, err);
	}
	return rc;
}

BS_DESK_ACT(settings)
{
	struct editing e = { .visit = visit };
	enum bs_rc rc = bs_visit_write(visit, save, &e, err);

	return rc != BS_OK || bs_whole_saved(e.whole, visit->request->target.path) ? rc : print(&e, err);
}
