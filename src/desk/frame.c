/* frame.c - see frame.h. */
#include "desk/frame.h"

#include <inttypes.h>

#include "base/sys.h"
#include "desk/pages.h"
#include "lang/date.h"
#include "text/out.h"

enum { ADDRESS_MAX = 8192 }; /* bytes of a link */

struct bs_str bs_word(const struct bs_visit *visit, enum bs_desk_msg id)
{
	return bs_words_message(&bs_desk_msg_words, visit->lang, (int)id);
}

struct bs_str bs_word_of(const struct bs_visit *visit, const char *prefix, struct bs_str word)
{
	struct bs_str name = bs_arena_printf(visit->arena, "%s%.*s", prefix, (int)word.len, word.len > 0 ? word.ptr : "");
	int id;

	if (bs_words_find(&bs_desk_msg_words, name, &id) != BS_OK || bs_words_has_parameters(&bs_desk_msg_words, id))
		return word;
	return bs_word(visit, (enum bs_desk_msg)id);
}

struct bs_value bs_when(const struct bs_visit *visit, int64_t time)
{
	struct bs_dict *dict = bs_dict_new(visit->arena, 2);
	char iso[BS_TIME_ISO_MAX];

	if (time == 0)
		return bs_value_null();
	bs_put_text(dict, BS_D_iso, bs_arena_copy(visit->arena, bs_time_iso(time, iso)));
	bs_put_text(dict, BS_D_text, bs_date(visit->arena, visit->lang, BS_DATE_TIME, visit->publication->zone, time));
	return bs_value_dict(dict);
}

/* --- the frame ------------------------------------------------------------------------------------------------------------- */

/* The one navigation. A page belongs to the entry whose address begins its own, the longest that does. */
static const struct entry {
	const char *href;
	enum bs_desk_msg label;
	enum bs_door door;
	enum bs_action action;
} entries[] = {
	{ "/desk/", BS_DESK_MSG_nav_stories, BS_DOOR_ROLE, BS_ACT_SEE },
	{ "/desk/translations", BS_DESK_MSG_nav_translations, BS_DOOR_ROLE, BS_ACT_TRANSLATE },
	{ "/desk/style", BS_DESK_MSG_nav_style, BS_DOOR_ROLE, BS_ACT_STYLE },
	{ "/desk/pictures", BS_DESK_MSG_nav_pictures, BS_DOOR_ROLE, BS_ACT_MEDIA },
	{ "/desk/paper/home", BS_DESK_MSG_nav_paper, BS_DOOR_ROLE, BS_ACT_HOME },
	{ "/desk/audit", BS_DESK_MSG_nav_audit, BS_DOOR_ROLE, BS_ACT_AUDIT },
	{ "/desk/accounts", BS_DESK_MSG_nav_accounts, BS_DOOR_ROLE, BS_ACT_ACCOUNTS },
};

static const struct entry *entry_here(struct bs_str path)
{
	const struct entry *best = bs_str_starts(path, BS_STR("/desk/me")) ? NULL : &entries[0];

	if (bs_str_find(path, BS_STR("/translate/"), 0) != SIZE_MAX)
		path = BS_STR("/desk/translations");

	for (size_t i = 1; i < BS_COUNT(entries); i++) {
		struct bs_str begin = bs_str_c(entries[i].href);
		if (bs_str_starts(begin, BS_STR("/desk/paper/"))) /* its pages share an entry */
			begin = BS_STR("/desk/paper/");
		if (bs_str_starts(path, begin))
			best = &entries[i];
	}
	return best;
}

static struct bs_value nav_of(struct bs_visit *visit)
{
	struct bs_value *items = BS_ARRAY(visit->arena, BS_COUNT(entries), struct bs_value);
	const struct entry *here = entry_here(visit->request->target.path);
	size_t count = 0;

	for (size_t i = 0; i < BS_COUNT(entries); i++) {
		struct bs_dict *dict = bs_dict_new(visit->arena, 3);
		if (!visit->signed_in || (entries[i].door == BS_DOOR_ROLE && !bs_visit_can(visit, entries[i].action)))
			continue;
		bs_put_text(dict, BS_D_href, bs_str_c(entries[i].href));
		bs_put_text(dict, BS_D_label, bs_word(visit, entries[i].label));
		bs_put_flag(dict, BS_D_current, &entries[i] == here);
		items[count++] = bs_value_dict(dict);
	}
	return bs_value_list(items, count);
}

static struct bs_value me_of(struct bs_visit *visit)
{
	struct bs_dict *dict = bs_dict_new(visit->arena, 2);

	if (!visit->signed_in)
		return bs_value_null();
	bs_put_text(dict, BS_D_name, visit->session.account.name);
	bs_put_text(dict, BS_D_role, bs_word_of(visit, "role.", bs_staff_role_name(visit->session.account.role)));
	return bs_value_dict(dict);
}

/* What was done on the page before: "?done=saved" is the message done.saved. */
static struct bs_value done_of(struct bs_visit *visit)
{
	struct bs_str done = bs_visit_asked(visit, "done"), text;

	if (done.len == 0 || done.len > 40)
		return bs_value_null();
	text = bs_word_of(visit, "done.", done);
	return bs_str_eq(text, done) ? bs_value_null() : bs_notice_value(visit, BS_TONE_GOOD, text);
}

struct bs_dict *bs_desk_view(struct bs_visit *visit, struct bs_str title)
{
	struct bs_dict *view = bs_dict_new(visit->arena, 32);
	struct bs_str site = bs_publication_text(visit->publication, visit->publication->names, visit->publication->name_count, visit->lang);
	struct bs_value nav = nav_of(visit);

	bs_put_text(view, BS_D_lang, visit->lang->code);
	bs_put_text(view, BS_D_dir, visit->lang->rtl ? BS_STR("rtl") : BS_STR("ltr"));
	bs_put_text(view, BS_D_title, title);
	bs_put_text(view, BS_D_site, site);
	bs_put_text(view, BS_D_window_title, bs_desk_say_frame_window_title(visit->arena, visit->lang, title, site));
	bs_put_text(view, BS_D_css, bs_desk_file(visit->desk->files, BS_STR("desk.css"))->address);
	bs_put_text(view, BS_D_csrf, bs_csrf_token(visit->arena, visit->token));
	bs_put(view, BS_D_msg, bs_desk_words(visit->desk->files, visit->lang));
	bs_put(view, BS_D_nav, nav);
	bs_put_flag(view, BS_D_has_nav, nav.len > 0);
	bs_put(view, BS_D_me, me_of(visit));
	bs_put(view, BS_D_done, done_of(visit));
	return view;
}

void bs_desk_script(struct bs_visit *visit, struct bs_dict *view, const char *name)
{
	const struct bs_desk_file *file = bs_desk_file(visit->desk->files, bs_str_c(name));
	const struct bs_value *before = bs_dict_get(view, BS_D_scripts);
	size_t count = before != NULL ? before->len : 0;
	struct bs_value *items = BS_ARRAY(visit->arena, count + 1, struct bs_value);
	struct bs_dict *dict = bs_dict_new(visit->arena, 1);

	if (file == NULL)
		return;
	for (size_t i = 0; i < count; i++)
		items[i] = before->items[i];
	bs_put_text(dict, BS_D_src, file->address);
	items[count] = bs_value_dict(dict);
	bs_put(view, BS_D_scripts, bs_value_list(items, count + 1));
}

enum bs_rc bs_desk_print(struct bs_visit *visit, const char *template, struct bs_dict *view, struct bs_err *err)
{
	struct bs_value context = bs_value_dict(view);

	return bs_template_render(bs_desk_template(visit->desk->files, bs_str_c(template)), &context, 1, visit->out, err);
}

enum bs_rc bs_desk_error_page(struct bs_visit *visit, int status, struct bs_err *err)
{
	static const struct {
		int status;
		enum bs_desk_msg title, text;
	} words[] = {
		{ 404, BS_DESK_MSG_error_not_found, BS_DESK_MSG_error_not_found_text },
		{ 403, BS_DESK_MSG_error_denied, BS_DESK_MSG_error_denied_text },
		{ 413, BS_DESK_MSG_error_large, BS_DESK_MSG_error_large_text },
		{ 503, BS_DESK_MSG_error_busy, BS_DESK_MSG_error_busy_text },
		{ 400, BS_DESK_MSG_error_form, BS_DESK_MSG_error_form_text },
		{ 500, BS_DESK_MSG_error_server, BS_DESK_MSG_error_server_text },
	};
	size_t i = 0;
	struct bs_dict *view;

	while (i + 1 < BS_COUNT(words) && words[i].status != status)
		i++;
	visit->status = status;
	view = bs_desk_view(visit, bs_word(visit, words[i].title));
	bs_put_text(view, BS_D_text, bs_word(visit, words[i].text));
	return bs_desk_print(visit, "error", view, err);
}

/* --- components ------------------------------------------------------------------------------------------------------------ */

static struct bs_str tone_name(enum bs_tone tone)
{
	static const struct bs_str names[] = {
		[BS_TONE_PLAIN] = BS_STR_INIT("plain"), [BS_TONE_GOOD] = BS_STR_INIT("good"), [BS_TONE_WARN] = BS_STR_INIT("warn"),
		[BS_TONE_BAD] = BS_STR_INIT("bad"),
	};

	return names[tone];
}

struct bs_value bs_notice_value(struct bs_visit *visit, enum bs_tone tone, struct bs_str text)
{
	struct bs_dict *dict = bs_dict_new(visit->arena, 3);

	bs_put_text(dict, BS_D_tone, tone_name(tone));
	bs_put_text(dict, BS_D_text, text);
	bs_put_text(dict, BS_D_role, tone >= BS_TONE_WARN ? BS_STR("alert") : BS_STR("status"));
	return bs_value_dict(dict);
}

struct bs_value bs_badge_value(struct bs_visit *visit, enum bs_tone tone, struct bs_str text)
{
	struct bs_dict *dict = bs_dict_new(visit->arena, 2);

	bs_put_text(dict, BS_D_tone, tone_name(tone));
	bs_put_text(dict, BS_D_text, text);
	return bs_value_dict(dict);
}

struct bs_value bs_status_badge(struct bs_visit *visit, struct bs_str status)
{
	static const enum bs_tone tones[BS_STATUS_COUNT] = { [BS_STATUS_REVIEW] = BS_TONE_WARN, [BS_STATUS_SCHEDULED] = BS_TONE_WARN,
		                                             [BS_STATUS_PUBLISHED] = BS_TONE_GOOD, [BS_STATUS_WITHDRAWN] = BS_TONE_BAD };
	enum bs_status which = BS_STATUS_DRAFT;

	if (bs_status_of(status, &which) != BS_OK)
		which = BS_STATUS_DRAFT;
	return bs_badge_value(visit, tones[which], bs_word_of(visit, "status.", status));
}

struct bs_value bs_pagination_value(struct bs_visit *visit, struct bs_str newer, struct bs_str older)
{
	struct bs_dict *dict = bs_dict_new(visit->arena, 2);

	if (newer.len == 0 && older.len == 0)
		return bs_value_null();
	bs_put_text(dict, BS_D_newer, newer);
	bs_put_text(dict, BS_D_older, older);
	return bs_value_dict(dict);
}

/* --- forms ----------------------------------------------------------------------------------------------------------------- */

static struct bs_value choices_of(struct bs_visit *visit, const struct bs_field *field)
{
	struct bs_value *items = BS_ARRAY(visit->arena, field->choice_count, struct bs_value);

	for (size_t i = 0; i < field->choice_count; i++) {
		struct bs_dict *dict = bs_dict_new(visit->arena, 3);
		bs_put_text(dict, BS_D_value, field->choices[i].value);
		bs_put_text(dict, BS_D_label, field->choices[i].label);
		bs_put_flag(dict, BS_D_selected, bs_str_eq(field->choices[i].value, field->value));
		items[i] = bs_value_dict(dict);
	}
	return bs_value_list(items, field->choice_count);
}

struct bs_value bs_field_value(struct bs_visit *visit, const struct bs_field *field)
{
	struct bs_str type = field->type != NULL ? bs_str_c(field->type) : BS_STR("text");
	bool area = bs_str_eq(type, BS_STR("area")), select = bs_str_eq(type, BS_STR("select")), check = bs_str_eq(type, BS_STR("check"));
	struct bs_dict *dict = bs_dict_new(visit->arena, 24);

	/* All of them, always: what a field lacks would be looked for in what stands around it. */
	bs_put_text(dict, BS_D_name, bs_str_c(field->name));
	bs_put_text(dict, BS_D_id, field->id.len > 0 ? field->id : bs_str_c(field->name));
	bs_put_text(dict, BS_D_label, field->label);
	bs_put_text(dict, BS_D_value, field->value);
	bs_put_text(dict, BS_D_type, type);
	bs_put_flag(dict, BS_D_is_area, area);
	bs_put_flag(dict, BS_D_is_select, select);
	bs_put_flag(dict, BS_D_is_check, check);
	bs_put_flag(dict, BS_D_is_input, !area && !select && !check);
	bs_put_text(dict, BS_D_hint, field->hint);
	bs_put_text(dict, BS_D_error, field->error);
	bs_put_text(dict, BS_D_autocomplete, bs_str_c(field->autocomplete));
	bs_put_text(dict, BS_D_list, bs_str_c(field->list));
	bs_put_text(dict, BS_D_pick, bs_str_c(field->pick));
	bs_put_flag(dict, BS_D_required, field->required);
	bs_put_flag(dict, BS_D_checked, field->checked);
	bs_put(dict, BS_D_rows, bs_value_int(field->rows > 0 ? field->rows : 3));
	bs_put(dict, BS_D_max, field->max > 0 ? bs_value_int((int64_t)field->max) : bs_value_null());
	bs_put_text(dict, BS_D_lang, field->lang);
	bs_put_text(dict, BS_D_dir, field->lang.len == 0 ? BS_STR("") : field->rtl ? BS_STR("rtl") : BS_STR("ltr"));
	bs_put(dict, BS_D_choices, choices_of(visit, field));
	return bs_value_dict(dict);
}

struct bs_value bs_filter_choice(struct bs_visit *visit, const char *name, enum bs_desk_msg label, struct bs_choice *choices, size_t count)
{
	choices[0] = (struct bs_choice){ BS_STR(""), bs_word(visit, BS_DESK_MSG_stories_any) };
	return bs_field_value(visit, &(struct bs_field){ .name = name, .label = bs_word(visit, label), .type = "select",
		.value = bs_visit_asked(visit, name), .choices = choices, .choice_count = count });
}

struct bs_str bs_filter_address(struct bs_visit *visit, const struct bs_filter_address *list, int64_t key, int64_t id)
{
	struct bs_buf out = BS_BUF(ADDRESS_MAX);
	struct bs_str made;
	char between = '?';

	bs_buf_printf(&out, "%s", list->path);
	for (size_t i = 0; i < list->name_count; i++) {
		struct bs_str value = bs_str_utf8_prefix(bs_visit_asked(visit, list->names[i]), list->value_max);
		if (value.len == 0)
			continue;
		bs_buf_printf(&out, "%c%s=", between, list->names[i]);
		bs_out_url(&out, value);
		between = '&';
	}
	if (key != 0)
		bs_buf_printf(&out, "%ckey=%" PRId64 "&id=%" PRId64, between, key, id);
	made = bs_arena_copy(visit->arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return made;
}
