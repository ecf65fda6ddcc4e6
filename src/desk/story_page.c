/* story_page.c - the form of a story as a page: which fields stand in which group, and the steps that may be taken. */
#include <inttypes.h>

#include "desk/compare.h"
#include "desk/copy/copy.h"
#include "desk/flow.h"
#include "desk/flow/remarks.h"
#include "desk/flow/style.h"
#include "desk/flow/suggest.h"
#include "desk/picture/use.h"
#include "desk/story.h"
#include "lang/date.h"
#include "text/markup.h"

enum { CHOICES_MAX = 500, NOTICE_BEGINS = 80 /* bytes */ };

struct printing {
	struct bs_visit *visit;
	const struct bs_desk_story *story;
	const struct bs_story_form *form;
	struct bs_dict *view;
};

/* What a field is, besides its value. `type` as in frame.h. */
static const struct look {
	enum bs_desk_msg label, hint; /* hint 0: none; the first message is none of these */
	const char *type, *list;
	int rows;
	bool in_language; /* what is typed is in the story's language */
	bool required;
} looks[BS_SF_COUNT] = {
	[BS_SF_TITLE] = { BS_DESK_MSG_field_title, 0, "area", NULL, 2, true, true },
	[BS_SF_SUBTITLE] = { BS_DESK_MSG_field_subtitle, 0, "area", NULL, 2, true, false },
	[BS_SF_SUMMARY] = { BS_DESK_MSG_field_summary, BS_DESK_MSG_field_summary_hint, "area", NULL, 3, true, false },
	[BS_SF_BODY] = { BS_DESK_MSG_field_body, BS_DESK_MSG_field_body_hint, "area", NULL, 24, true, false },
	[BS_SF_FORMAT] = { BS_DESK_MSG_field_format, 0, "select", NULL, 0, false, false },
	[BS_SF_LANG] = { BS_DESK_MSG_field_lang, 0, "select", NULL, 0, false, true },
	[BS_SF_KIND] = { BS_DESK_MSG_field_kind, 0, "select", NULL, 0, false, true },
	[BS_SF_SLUG] = { BS_DESK_MSG_field_slug, BS_DESK_MSG_field_slug_hint, NULL, NULL, 0, false, false },
	[BS_SF_AUTHORS] = { BS_DESK_MSG_field_authors, BS_DESK_MSG_field_lines_hint, "area", NULL, 2, false, false },
	[BS_SF_TRANSLATORS] = { BS_DESK_MSG_field_translators, 0, "area", NULL, 1, false, false },
	[BS_SF_PHOTOGRAPHERS] = { BS_DESK_MSG_field_photographers, 0, "area", NULL, 1, false, false },
	[BS_SF_EDITORS] = { BS_DESK_MSG_field_editors, 0, "area", NULL, 1, false, false },
	[BS_SF_AUTHOR_LINE] = { BS_DESK_MSG_field_author_line, BS_DESK_MSG_field_author_line_hint, "area", NULL, 2, true, false },
	[BS_SF_REGIONS] = { BS_DESK_MSG_field_regions, BS_DESK_MSG_field_lines_hint, "area", NULL, 2, true, false },
	[BS_SF_THEMES] = { BS_DESK_MSG_field_themes, 0, "area", NULL, 2, true, false },
	[BS_SF_REPORTS] = { BS_DESK_MSG_field_reports, 0, "area", NULL, 1, true, false },
	[BS_SF_TAGS] = { BS_DESK_MSG_field_tags, 0, "area", NULL, 2, true, false },
	[BS_SF_IMAGE] = { BS_DESK_MSG_field_image, 0, "pictures", NULL, 0, false, false },
	[BS_SF_IMAGE_ALT] = { BS_DESK_MSG_field_image_alt, BS_DESK_MSG_field_image_alt_hint, "area", NULL, 2, true, false },
	[BS_SF_IMAGE_CAPTION] = { BS_DESK_MSG_field_image_caption, 0, "area", NULL, 2, true, false },
	[BS_SF_IMAGE_CREDIT] = { BS_DESK_MSG_field_image_credit, 0, NULL, NULL, 0, true, false },
	[BS_SF_IMAGE_CREDIT_URL] = { BS_DESK_MSG_field_image_credit_url, 0, "url", NULL, 0, false, false },
	[BS_SF_IMAGE_LICENCE] = { BS_DESK_MSG_field_image_licence, 0, NULL, NULL, 0, false, false },
	[BS_SF_IMAGE_SYNDICATE] = { BS_DESK_MSG_field_image_syndicate, 0, "check", NULL, 0, false, false },
	[BS_SF_SOURCE_NAME] = { BS_DESK_MSG_field_source_name, 0, NULL, NULL, 0, false, false },
	[BS_SF_SOURCE_URL] = { BS_DESK_MSG_field_source_url, 0, "url", NULL, 0, false, false },
	[BS_SF_SOURCE_DATE] = { BS_DESK_MSG_field_source_date, 0, "date", NULL, 0, false, false },
	[BS_SF_SOURCE_PERMISSION] = { BS_DESK_MSG_field_source_permission, 0, NULL, NULL, 0, false, false },
	[BS_SF_LICENCE] = { BS_DESK_MSG_field_licence, BS_DESK_MSG_field_licence_hint, NULL, NULL, 0, false, false },
	[BS_SF_CANONICAL] = { BS_DESK_MSG_field_canonical, BS_DESK_MSG_field_canonical_hint, "url", NULL, 0, false, false },
	[BS_SF_MEDIA_CONTACT] = { BS_DESK_MSG_field_media_contact, 0, NULL, NULL, 0, false, false },
	[BS_SF_PUBLISH_AT] = { BS_DESK_MSG_field_publish_at, BS_DESK_MSG_field_publish_at_hint, "datetime-local", NULL, 0, false, false },
	[BS_SF_REASON] = { BS_DESK_MSG_field_reason, BS_DESK_MSG_field_reason_hint, "area", NULL, 2, true, false },
	[BS_SF_NOTE] = { BS_DESK_MSG_correct_note, BS_DESK_MSG_correct_note_kept, "area", NULL, 3, true, false },
};

/* --- choices ------------------------------------------------------------------------------------------------------------------ */

static size_t format_choices(const struct printing *p, struct bs_choice *out)
{
	out[0] = (struct bs_choice){ BS_STR("markdown"), bs_word(p->visit, BS_DESK_MSG_format_markdown) };
	out[1] = (struct bs_choice){ BS_STR("html"), bs_word(p->visit, BS_DESK_MSG_format_html) };
	return 2;
}

static size_t lang_choices(struct bs_choice *out)
{
	for (size_t i = 0; i < BS_LANG_COUNT; i++)
		out[i] = (struct bs_choice){ bs_langs[i].code, bs_langs[i].own_name };
	return BS_LANG_COUNT;
}

static size_t kind_choices(const struct printing *p, struct bs_choice *out)
{
	for (enum bs_kind kind = 0; kind < BS_KIND_COUNT; kind++)
		out[kind] = (struct bs_choice){ bs_kind_name(kind), bs_word_of(p->visit, "kind.", bs_kind_name(kind)) };
	return BS_KIND_COUNT;
}

static void choices_for(const struct printing *p, enum bs_story_field which, struct bs_field *field)
{
	struct bs_choice *choices = BS_ARRAY(p->visit->arena, CHOICES_MAX, struct bs_choice);

	field->choices = choices;
	if (which == BS_SF_FORMAT)
		field->choice_count = format_choices(p, choices);
	else if (which == BS_SF_LANG)
		field->choice_count = lang_choices(choices);
	else
		field->choice_count = kind_choices(p, choices);
}

/* --- fields and groups ---------------------------------------------------------------------------------------------------------- */

static enum bs_rc field_of(const struct printing *p, enum bs_story_field which, struct bs_value *out, struct bs_err *err)
{
	const struct look *look = &looks[which];
	const struct bs_lang *lang = bs_lang_find(p->form->value[BS_SF_LANG]);
	struct bs_field field = { .name = bs_story_field_name(which), .label = bs_word(p->visit, look->label), .value = p->form->value[which],
		.type = look->type, .rows = look->rows, .list = look->list, .required = look->required, .error = p->form->error[which],
		.checked = p->form->value[which].len > 0 };

	if (which == BS_SF_IMAGE)
		return bs_picture_choice(p->visit, p->form, out, err);
	if (which >= BS_SF_AUTHORS && which <= BS_SF_EDITORS)
		field.pick = "people";
	if (which >= BS_SF_REGIONS && which <= BS_SF_TAGS)
		field.pick = bs_vocabulary_name(which - BS_SF_REGIONS).ptr;
	if (look->hint != 0)
		field.hint = bs_word(p->visit, look->hint);
	if (look->in_language && lang != NULL) {
		field.lang = lang->code;
		field.rtl = lang->rtl;
	}
	if (which == BS_SF_IMAGE_SYNDICATE)
		field.value = BS_STR("1");
	if (look->type != NULL && strcmp(look->type, "select") == 0)
		choices_for(p, which, &field);
	*out = bs_field_value(p->visit, &field);
	return BS_OK;
}

static enum bs_rc fields_of(const struct printing *p, const enum bs_story_field *list, size_t count, struct bs_value *out, struct bs_err *err)
{
	struct bs_value *values = BS_ARRAY(p->visit->arena, count, struct bs_value);
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = field_of(p, list[i], &values[i], err);
	*out = bs_value_list(values, count);
	return rc;
}

static const enum bs_story_field main_fields[] = { BS_SF_TITLE, BS_SF_SUBTITLE, BS_SF_SUMMARY, BS_SF_BODY, BS_SF_FORMAT };
static const enum bs_story_field about_fields[] = { BS_SF_LANG, BS_SF_KIND, BS_SF_SLUG };
static const enum bs_story_field byline_fields[] = { BS_SF_AUTHORS, BS_SF_TRANSLATORS, BS_SF_PHOTOGRAPHERS, BS_SF_EDITORS, BS_SF_AUTHOR_LINE };
static const enum bs_story_field term_fields[] = { BS_SF_REGIONS, BS_SF_THEMES, BS_SF_REPORTS, BS_SF_TAGS };
static const enum bs_story_field image_fields[] = { BS_SF_IMAGE, BS_SF_IMAGE_ALT, BS_SF_IMAGE_CAPTION, BS_SF_IMAGE_CREDIT,
	BS_SF_IMAGE_CREDIT_URL, BS_SF_IMAGE_LICENCE, BS_SF_IMAGE_SYNDICATE };
static const enum bs_story_field source_fields[] = { BS_SF_SOURCE_NAME, BS_SF_SOURCE_URL, BS_SF_SOURCE_DATE, BS_SF_SOURCE_PERMISSION };
static const enum bs_story_field rights_fields[] = { BS_SF_LICENCE, BS_SF_CANONICAL, BS_SF_MEDIA_CONTACT };

static const struct group {
	enum bs_desk_msg label;
	const enum bs_story_field *fields;
	size_t count;
} groups[] = {
	{ BS_DESK_MSG_group_about, about_fields, BS_COUNT(about_fields) },
	{ BS_DESK_MSG_group_byline, byline_fields, BS_COUNT(byline_fields) },
	{ BS_DESK_MSG_group_terms, term_fields, BS_COUNT(term_fields) },
	{ BS_DESK_MSG_group_image, image_fields, BS_COUNT(image_fields) },
	{ BS_DESK_MSG_group_source, source_fields, BS_COUNT(source_fields) },
	{ BS_DESK_MSG_group_rights, rights_fields, BS_COUNT(rights_fields) },
};

enum bs_rc bs_story_text_fields(struct bs_visit *visit, const struct bs_story_form *form, struct bs_value *out, struct bs_err *err)
{
	const struct printing p = { .visit = visit, .form = form };

	return fields_of(&p, main_fields, BS_COUNT(main_fields), out, err);
}

bool bs_story_field_is_text(enum bs_story_field field)
{
	for (size_t i = 0; i < BS_COUNT(main_fields); i++) {
		if (main_fields[i] == field)
			return true;
	}
	return false;
}

static bool has_error(const struct printing *p, const struct group *group)
{
	for (size_t i = 0; i < group->count; i++) {
		if (p->form->error[group->fields[i]].len > 0)
			return true;
	}
	return false;
}

static enum bs_rc put_groups(const struct printing *p, struct bs_err *err)
{
	struct bs_value *values = BS_ARRAY(p->visit->arena, BS_COUNT(groups), struct bs_value);
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < BS_COUNT(groups) && rc == BS_OK; i++) {
		struct bs_dict *dict = bs_dict_new(p->visit->arena, 3);
		struct bs_value fields;
		rc = fields_of(p, groups[i].fields, groups[i].count, &fields, err);
		bs_put_text(dict, BS_D_label, bs_word(p->visit, groups[i].label));
		bs_put(dict, BS_D_fields, fields);
		bs_put_flag(dict, BS_D_is_here, i == 0 || has_error(p, &groups[i]));
		values[i] = bs_value_dict(dict);
	}
	bs_put(p->view, BS_D_groups, bs_value_list(values, BS_COUNT(groups)));
	return rc;
}

/* A box for each notice that is carried by the stories which list it. */
static enum bs_rc put_notices(const struct printing *p, struct bs_err *err)
{
	struct bs_value *values = BS_ARRAY(p->visit->arena, CHOICES_MAX, struct bs_value);
	struct bs_stmt *stmt = NULL;
	size_t count = 0;
	enum bs_rc rc = bs_db_query(p->visit->db, BS_Q_desk_notices, BS_VALUES(bs_int(CHOICES_MAX)), &stmt, err);

	while (rc == BS_OK && count < CHOICES_MAX && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_str slug = bs_arena_copy(p->visit->arena, bs_stmt_str(stmt, BS_C_desk_notices_slug));
		struct bs_str title = bs_arena_copy(p->visit->arena, bs_stmt_str(stmt, BS_C_desk_notices_title));
		struct bs_str rest = p->form->value[BS_SF_NOTICES], line;
		struct bs_dict *dict = bs_dict_new(p->visit->arena, 4);
		bool checked = false;
		while (rest.len > 0 && bs_str_split(&rest, '\n', &line))
			checked |= bs_str_eq(bs_str_trim(line), slug);
		bs_put_text(dict, BS_D_value, slug);
		/* One without a title is called by how it begins. */
		if (title.len == 0)
			title = bs_markup_beginning(p->visit->arena, bs_stmt_str(stmt, BS_C_desk_notices_markup), NOTICE_BEGINS);
		bs_put_text(dict, BS_D_label, title);
		bs_put_flag(dict, BS_D_checked, checked);
		values[count++] = bs_value_dict(dict);
	}
	bs_stmt_free(&stmt);
	bs_put(p->view, BS_D_notices, bs_value_list(values, count));
	bs_put_flag(p->view, BS_D_has_notices, count > 0);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* --- the flow --------------------------------------------------------------------------------------------------------------------- */

/* *may: the step can be taken from here by who asks. */
static enum bs_rc step_open(const struct printing *p, enum bs_step step, bool *may, struct bs_err *err)
{
	enum bs_action action = step == BS_STEP_SAVE ? bs_action_of_saving(p->story->status) : bs_steps[step].action;
	enum bs_rc rc = bs_step_from(step, p->story->status) ? bs_visit_may(p->visit, action, p->story->id, err) : BS_DENIED;

	*may = rc == BS_OK;
	return rc == BS_DENIED ? BS_OK : rc;
}

static enum bs_rc put_flow(const struct printing *p, struct bs_err *err)
{
	struct bs_value *values = BS_ARRAY(p->visit->arena, BS_STEP_COUNT, struct bs_value), field;
	bool may[BS_STEP_COUNT];
	size_t count = 0;
	enum bs_rc rc = BS_OK;

	for (enum bs_step step = 0; step < BS_STEP_COUNT && rc == BS_OK; step++) {
		struct bs_dict *dict = bs_dict_new(p->visit->arena, 3);
		bool publishes = step == BS_STEP_SAVE && p->story->status == BS_STATUS_PUBLISHED;
		rc = step_open(p, step, &may[step], err);
		if (rc != BS_OK || !may[step])
			continue;
		bs_put_text(dict, BS_D_value, bs_steps[step].name);
		bs_put_text(dict, BS_D_label, bs_word(p->visit, publishes ? BS_DESK_MSG_step_update : bs_steps[step].label));
		bs_put_text(dict, BS_D_tone, step == BS_STEP_WITHDRAW ? BS_STR("bad") : step == BS_STEP_PUBLISH ? BS_STR("good") : BS_STR("plain"));
		values[count++] = bs_value_dict(dict);
	}
	bs_put(p->view, BS_D_actions, bs_value_list(values, count));
	bs_put_flag(p->view, BS_D_has_actions, count > 0);
	if (rc == BS_OK && may[BS_STEP_SCHEDULE]) {
		rc = field_of(p, BS_SF_PUBLISH_AT, &field, err);
		bs_put(p->view, BS_D_schedule, rc == BS_OK ? field : bs_value_null());
	}
	if (rc == BS_OK && may[BS_STEP_WITHDRAW]) {
		rc = field_of(p, BS_SF_REASON, &field, err);
		bs_put(p->view, BS_D_withdraw, rc == BS_OK ? field : bs_value_null());
	}
	return rc;
}

/* The words for readers of a correction that was begun while the story was published, and that it cannot take as it is now. */
static enum bs_rc put_note(const struct printing *p, struct bs_err *err)
{
	bool has = p->form->value[BS_SF_NOTE].len > 0;
	struct bs_value field = bs_value_null();
	enum bs_rc rc = has ? field_of(p, BS_SF_NOTE, &field, err) : BS_OK;

	bs_put(p->view, BS_D_note, field);
	return rc;
}

static enum bs_rc put_head(const struct printing *p, struct bs_err *err)
{
	const struct bs_desk_story *story = p->story;
	struct bs_dict *dict = bs_dict_new(p->visit->arena, 9);
	int64_t remarks = 0;
	enum bs_rc rc = story->id != 0 ? bs_remarks_open(p->visit->arena, p->visit->db, &story->id, 1, &remarks, err) : BS_OK;

	bs_put(dict, BS_D_id, bs_value_int(story->id));
	bs_put_text(dict, BS_D_translations, bs_visit_can(p->visit, BS_ACT_TRANSLATE)
		? bs_arena_printf(p->visit->arena, "/desk/translations?story=%" PRId64, story->id) : BS_STR(""));
	bs_put(dict, BS_D_status, bs_status_badge(p->visit, bs_status_name(story->status)));
	bs_put(dict, BS_D_changed, bs_when(p->visit, story->changed_at));
	bs_put(dict, BS_D_revision, bs_value_int(story->number));
	bs_put_text(dict, BS_D_remarks, remarks > 0 ? bs_desk_say_remarks_open(p->visit->arena, p->visit->lang, remarks) : BS_STR(""));
	bs_put_text(dict, BS_D_public, bs_desk_story_path(p->visit, story));
	bs_put_flag(dict, BS_D_note, story->status == BS_STATUS_PUBLISHED && bs_visit_can(p->visit, BS_ACT_CORRECT));
	bs_put(dict, BS_D_when, story->status == BS_STATUS_DRAFT ? bs_value_null() : bs_when(p->visit, story->published_at));
	bs_put(p->view, BS_D_story, story->id != 0 ? bs_value_dict(dict) : bs_value_null());
	bs_put_text(p->view, BS_D_public_id, p->form->public_id);
	bs_put(p->view, BS_D_base, bs_value_int(p->form->base));
	bs_put_text(p->view, BS_D_copy, p->form->copy.len > 0 ? p->form->copy : bs_copy_id_new(p->visit->arena));
	bs_put(p->view, BS_D_turn, bs_value_int(p->form->turn));
	bs_put_text(p->view, BS_D_account, p->visit->session.account.public_id);
	bs_put_text(p->view, BS_D_action, p->visit->request->target.path);
	return rc;
}

enum bs_rc bs_desk_story_page(struct bs_visit *visit, const struct bs_story_page *page, struct bs_err *err)
{
	const struct bs_desk_story *story = page->story;
	struct bs_str title = story->id != 0 ? bs_markup_plain(visit->arena, story->title) : bs_word(visit, BS_DESK_MSG_story_new);
	struct printing p = { .visit = visit, .story = story, .form = page->form, .view = bs_desk_view(visit, title) };
	struct bs_value fields;
	enum bs_rc rc = bs_story_text_fields(visit, page->form, &fields, err);

	bs_put(p.view, BS_D_main, rc == BS_OK ? fields : bs_value_null());
	if (rc == BS_OK)
		rc = put_groups(&p, err);
	if (rc == BS_OK)
		rc = put_notices(&p, err);
	if (rc == BS_OK)
		rc = put_flow(&p, err);
	if (rc == BS_OK)
		rc = put_note(&p, err);
	if (rc == BS_OK && page->fresh)
		rc = bs_copies_put(visit, p.view, story->id != 0 ? story->public_id : BS_STR(""), page->form->copy, err);
	bs_put(p.view, BS_D_kept, page->kept_at != 0 ? bs_value_text(bs_date(visit->arena, visit->lang, BS_DATE_CLOCK, visit->publication->zone,
	                                                             page->kept_at)) : bs_value_null());
	bs_put_flag(p.view, BS_D_fresh, page->fresh && page->form->copy.len == 0);
	bs_put(p.view, BS_D_most, bs_value_int(BS_MAX_MEDIA_FILE));
	bs_placeable_put(visit, p.view, page->form->value[BS_SF_LANG]);
	bs_desk_script(visit, p.view, "editor.js");
	if (rc == BS_OK)
		rc = put_head(&p, err);
	if (rc == BS_OK && page->draft != NULL)
		rc = bs_style_put(visit, p.view, story->id, page->draft, err);
	if (rc == BS_OK)
		rc = bs_suggest_put(visit, p.view, err);
	bs_desk_script(visit, p.view, "pick.js");
	bs_desk_script(visit, p.view, "style.js");
	if (page->checks != NULL)
		bs_checks_put(visit, p.view, page->checks, bs_reach_of(visit->session.account.role, BS_ACT_PUBLISH) == BS_REACH_ANY);
	bs_desk_script(visit, p.view, "choose.js");
	bs_put(p.view, BS_D_error, page->notice);
	if (page->theirs != NULL)
		bs_compare_put(visit, p.view, page->theirs, bs_word(visit, BS_DESK_MSG_compare_theirs), page->mine,
		               bs_word(visit, BS_DESK_MSG_compare_mine));
	return rc == BS_OK ? bs_desk_print(visit, "story", p.view, err) : rc;
}
