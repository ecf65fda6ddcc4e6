/* home.c - what stands on the home page, and in which order: the lead, stories pinned below it, the sections. It is prepared (setting
 * "home.draft", which everybody who may do this shares), looked at as readers would see it, and then published, all at once.
 *
 * Every step is a button of one form, so that it needs neither a pointer nor a script. The form carries a digest of what it was made from. */
#include "desk/pages.h"
#include "desk/paper/whole.h"
#include "newsroom/catalog.h"
#include "text/json.h"
#include "text/markup.h"

enum { STORIES = 4, SECTIONS = 60, NEWEST = 100 };

struct arranging {
	struct bs_visit *visit;
	struct bs_str stories[STORIES], sections[SECTIONS]; /* public ids, the lead first; slugs */
	size_t story_count, section_count;
	struct bs_str text;   /* of this */
	bool is_draft;        /* it differs from what readers see */
	bool moved;
	const char *done;
};

static struct bs_str write_json(struct arranging *a)
{
	struct bs_json *json = bs_json_new_object(a->visit->arena), *list = bs_json_add_array(json, BS_STR("sections"));
	struct bs_buf buf = BS_BUF(BS_MAX_FIELD);
	struct bs_str made = BS_STR("{}");

	for (size_t i = 0; i < a->section_count; i++)
		bs_json_add_string(list, BS_STR(""), a->sections[i]);
	list = bs_json_add_array(json, BS_STR("stories"));
	for (size_t i = 0; i < a->story_count; i++)
		bs_json_add_string(list, BS_STR(""), a->stories[i]);
	if (bs_json_write(json, &buf, NULL) == BS_OK)
		made = bs_arena_copy(a->visit->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}

static size_t read_list(const struct bs_json *list, struct bs_str *out, size_t max)
{
	size_t count = 0;

	for (const struct bs_json *item = list != NULL ? list->first : NULL; item != NULL && count < max; item = item->next)
		out[count++] = bs_json_string(item);
	return count;
}

/* The sections as readers see them. */
static enum bs_rc live_sections(struct arranging *a, struct bs_db *db, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_paper_sections, BS_NO_VALUES, &stmt, err);

	a->section_count = 0;
	while (rc == BS_OK && a->section_count < SECTIONS && (rc = bs_stmt_next(stmt, err)) == BS_OK)
		a->sections[a->section_count++] = bs_arena_copy(a->visit->arena, bs_stmt_str(stmt, BS_C_paper_sections_slug));
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc load(struct arranging *a, struct bs_db *db, struct bs_err *err)
{
	const struct bs_json *json = NULL;
	struct bs_str live, draft, text;
	enum bs_rc rc = bs_setting_get(a->visit->arena, db, BS_STR("home"), &text, err);

	if (rc == BS_OK)
		rc = bs_json_parse(a->visit->arena, text, &json, err);
	if (rc == BS_OK)
		rc = live_sections(a, db, err);
	if (rc == BS_OK)
		rc = bs_setting_get(a->visit->arena, db, BS_STR("home.draft"), &draft, err);
	if (rc != BS_OK)
		return rc;
	a->story_count = read_list(bs_json_get(json, BS_STR("stories")), a->stories, STORIES);
	live = write_json(a);
	if (draft.len > 0) {
		rc = bs_json_parse(a->visit->arena, draft, &json, err);
		if (rc != BS_OK)
			return rc;
		a->story_count = read_list(bs_json_get(json, BS_STR("stories")), a->stories, STORIES);
		a->section_count = read_list(bs_json_get(json, BS_STR("sections")), a->sections, SECTIONS);
	}
	a->text = write_json(a);
	a->is_draft = !bs_str_eq(a->text, live);
	return BS_OK;
}

/* --- showing --------------------------------------------------------------------------------------------------------------------- */

static void put_row(struct arranging *a, struct bs_dict *dict, const char *kind, struct bs_str key, size_t at, size_t count)
{
	struct bs_arena *arena = a->visit->arena;

	bs_put_text(dict, BS_D_value, bs_arena_printf(arena, "%s:" BS_FMT, kind, BS_ALL(key)));
	bs_put_flag(dict, BS_D_up, at > 0);
	bs_put_flag(dict, BS_D_down, at + 1 < count);
	bs_put(dict, BS_D_count, bs_value_int((int64_t)at + 1));
}

static enum bs_rc put_stories(struct arranging *a, struct bs_dict *view, struct bs_err *err)
{
	struct bs_visit *visit = a->visit;
	struct bs_value *rows = BS_ARRAY(visit->arena, STORIES, struct bs_value);
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < a->story_count && rc == BS_OK; i++) {
		struct bs_dict *dict = bs_dict_new(visit->arena, 10);
		struct bs_stmt *stmt = NULL;
		struct bs_str status = BS_STR("");
		rc = bs_db_query(visit->db, BS_Q_paper_story, BS_VALUES(bs_text(a->stories[i])), &stmt, err);
		if (rc == BS_OK)
			rc = bs_stmt_next(stmt, err);
		if (rc == BS_OK) {
			bs_put_text(dict, BS_D_title, bs_markup_plain(visit->arena, bs_stmt_str(stmt, BS_C_paper_story_title)));
			bs_put_text(dict, BS_D_lang, bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_story_lang)));
			status = bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_story_status));
		} else if (rc == BS_NOT_FOUND) {
			bs_put_text(dict, BS_D_title, a->stories[i]);
			bs_put_text(dict, BS_D_lang, BS_STR(""));
			rc = BS_OK;
		}
		bs_stmt_free(&stmt);
		bs_put_text(dict, BS_D_label, bs_word(visit, i == 0 ? BS_DESK_MSG_home_lead : BS_DESK_MSG_home_pinned));
		/* One that readers do not see is left out until they do. */
		bs_put(dict, BS_D_status, bs_str_eq(status, BS_STR("published")) ? bs_value_null() : bs_status_badge(visit, status));
		put_row(a, dict, "story", a->stories[i], i, a->story_count);
		rows[i] = bs_value_dict(dict);
	}
	bs_put(view, BS_D_pinned, bs_value_list(rows, a->story_count));
	return rc;
}

static const struct bs_section *theme_of(const struct bs_visit *visit, struct bs_str slug)
{
	for (size_t i = 0; i < visit->publication->section_count; i++) {
		const struct bs_section *s = &visit->publication->sections[i];
		if (s->vocabulary == BS_THEME && bs_str_eq(s->slug, slug))
			return s;
	}
	return NULL;
}

static struct bs_str section_name(struct bs_visit *visit, const struct bs_section *s)
{
	return bs_publication_text(visit->publication, s->names, s->name_count, visit->lang);
}

static bool has(const struct bs_str *list, size_t count, struct bs_str key)
{
	for (size_t i = 0; i < count; i++) {
		if (bs_str_eq(list[i], key))
			return true;
	}
	return false;
}

static void put_sections(struct arranging *a, struct bs_dict *view)
{
	struct bs_visit *visit = a->visit;
	const struct bs_publication *p = visit->publication;
	struct bs_value *rows = BS_ARRAY(visit->arena, SECTIONS, struct bs_value);
	struct bs_choice *choices = BS_ARRAY(visit->arena, p->section_count + 1, struct bs_choice);
	size_t count = 0;

	for (size_t i = 0; i < a->section_count; i++) {
		const struct bs_section *s = theme_of(visit, a->sections[i]);
		struct bs_dict *dict = bs_dict_new(visit->arena, 8);
		bs_put_text(dict, BS_D_title, s != NULL ? section_name(visit, s) : a->sections[i]);
		bs_put(dict, BS_D_status, bs_value_null());
		put_row(a, dict, "section", a->sections[i], i, a->section_count);
		rows[i] = bs_value_dict(dict);
	}
	choices[count++] = (struct bs_choice){ BS_STR(""), bs_word(visit, BS_DESK_MSG_home_choose) };
	for (size_t i = 0; i < p->section_count; i++) {
		if (p->sections[i].vocabulary == BS_THEME && !has(a->sections, a->section_count, p->sections[i].slug))
			choices[count++] = (struct bs_choice){ p->sections[i].slug, section_name(visit, &p->sections[i]) };
	}
	bs_put(view, BS_D_sections, bs_value_list(rows, a->section_count));
	bs_put(view, BS_D_section, bs_field_value(visit, &(struct bs_field){ .name = "section", .label = bs_word(visit, BS_DESK_MSG_home_add_section),
		.type = "select", .choices = choices, .choice_count = count }));
}

static enum bs_rc put_newest(struct arranging *a, struct bs_dict *view, struct bs_err *err)
{
	struct bs_visit *visit = a->visit;
	struct bs_choice *choices = BS_ARRAY(visit->arena, NEWEST + 1, struct bs_choice);
	struct bs_stmt *stmt = NULL;
	size_t count = 0;
	enum bs_rc rc = bs_db_query(visit->db, BS_Q_paper_newest, BS_VALUES(bs_text(visit->publication->lang->code), bs_int(NEWEST)), &stmt, err);

	choices[count++] = (struct bs_choice){ BS_STR(""), bs_word(visit, BS_DESK_MSG_home_choose) };
	while (rc == BS_OK && count <= NEWEST && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		if (!has(a->stories, a->story_count, bs_stmt_str(stmt, BS_C_paper_newest_public_id)))
			choices[count++] = (struct bs_choice){ bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_newest_public_id)),
				bs_markup_plain(visit->arena, bs_stmt_str(stmt, BS_C_paper_newest_title)) };
	}
	bs_stmt_free(&stmt);
	bs_put(view, BS_D_story, a->story_count == STORIES ? bs_value_null() : bs_field_value(visit, &(struct bs_field){ .name = "story",
		.label = bs_word(visit, BS_DESK_MSG_home_add_story), .type = "select", .choices = choices, .choice_count = count }));
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static struct bs_str base_of(struct arranging *a)
{
	struct bs_whole *whole = bs_whole_new(a->visit);

	bs_whole_add(whole, (struct bs_field){ .name = "home", .value = a->text });
	return bs_whole_base(whole);
}

static enum bs_rc print(struct arranging *a, struct bs_err *err)
{
	struct bs_visit *visit = a->visit;
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_paper_home));
	enum bs_rc rc = put_stories(a, view, err);

	if (rc == BS_OK)
		rc = put_newest(a, view, err);
	if (rc != BS_OK)
		return rc;
	put_sections(a, view);
	bs_paper_tabs(visit, view);
	bs_desk_script(visit, view, "arrange.js");
	bs_put(view, BS_D_error, a->moved ? bs_notice_value(visit, BS_TONE_BAD, bs_word(visit, BS_DESK_MSG_home_moved)) : bs_value_null());
	bs_put(view, BS_D_status, a->is_draft ? bs_badge_value(visit, BS_TONE_WARN, bs_word(visit, BS_DESK_MSG_home_not_live))
	                                      : bs_badge_value(visit, BS_TONE_GOOD, bs_word(visit, BS_DESK_MSG_home_live)));
	bs_put_flag(view, BS_D_changed, a->is_draft);
	bs_put_text(view, BS_D_base, base_of(a));
	return bs_desk_print(visit, "paper-home", view, err);
}

BS_DESK_SHOW(home)
{
	struct arranging a = { .visit = visit };
	enum bs_rc rc = load(&a, visit->db, err);

	return rc == BS_OK ? print(&a, err) : rc;
}

BS_DESK_SHOW(home_preview)
{
	const struct bs_page_route route = { .pattern = visit->route->pattern, .make = visit->options->preview_home };

	return bs_pages_make(visit->options->pages, &route, visit->request, &visit->response, err);
}

/* --- changing -------------------------------------------------------------------------------------------------------------------- */

static void move(struct bs_str *list, size_t *count, struct bs_str key, int by)
{
	for (size_t i = 0; i < *count; i++) {
		size_t to = i + (size_t)by;
		struct bs_str other;
		if (!bs_str_eq(list[i], key))
			continue;
		if (by == 0) {
			memmove(list + i, list + i + 1, (*count - i - 1) * sizeof(*list));
			--*count;
		} else if (to < *count) {
			other = list[to];
			list[to] = list[i];
			list[i] = other;
		}
		return;
	}
}

static void move_to(struct bs_str *list, size_t count, struct bs_str key, size_t place)
{
	for (size_t i = 0; i < count; i++) {
		if (!bs_str_eq(list[i], key))
			continue;
		for (; i < place; i++)
			list[i] = list[i + 1];
		for (; i > place; i--)
			list[i] = list[i - 1];
		list[place] = key;
		return;
	}
}

static void add(struct bs_str *list, size_t *count, size_t max, struct bs_str key)
{
	if (key.len > 0 && *count < max && !has(list, *count, key))
		list[(*count)++] = key;
}

/* "up:story:0123…": what, to which list, to which entry. "to:2:story:0123…": to that place. */
static void take_step(struct arranging *a)
{
	struct bs_str rest = bs_visit_field(a->visit, "do"), what, kind, *list;
	size_t *count;
	int64_t place = 0;
	int by;

	if (bs_str_eq(rest, BS_STR("add"))) {
		int64_t known;
		struct bs_err ignored;
		struct bs_str id = bs_visit_field(a->visit, "story"), slug = bs_visit_field(a->visit, "section");
		if (bs_db_int(a->visit->db, BS_Q_paper_story, BS_VALUES(bs_text(id)), &known, &ignored) == BS_OK)
			add(a->stories, &a->story_count, STORIES, id);
		if (theme_of(a->visit, slug) != NULL)
			add(a->sections, &a->section_count, SECTIONS, slug);
		return;
	}
	if (!bs_str_split(&rest, ':', &what) || !bs_str_split(&rest, ':', &kind))
		return;
	if (bs_str_eq(what, BS_STR("to")) && (bs_str_int(kind, &place) != BS_OK || !bs_str_split(&rest, ':', &kind)))
		return;
	list = bs_str_eq(kind, BS_STR("story")) ? a->stories : a->sections;
	count = list == a->stories ? &a->story_count : &a->section_count;
	if (bs_str_eq(what, BS_STR("to"))) {
		if (place >= 1 && place <= (int64_t)*count)
			move_to(list, *count, rest, (size_t)place - 1);
		return;
	}
	by = bs_str_eq(what, BS_STR("up")) ? -1 : bs_str_eq(what, BS_STR("down")) ? 1 : 0;
	move(list, count, rest, by);
}

/* The sections as they are prepared become those of the paper; its head is the same for all pages. */
static enum bs_rc publish_sections(struct arranging *a, struct bs_db *db, struct bs_err *err)
{
	struct arranging live = { .visit = a->visit };
	enum bs_rc rc = live_sections(&live, db, err);
	bool same = live.section_count == a->section_count;

	for (size_t i = 0; i < a->section_count && same; i++)
		same = bs_str_eq(a->sections[i], live.sections[i]);
	if (rc != BS_OK || same)
		return rc;
	rc = bs_sections_clear(db, err);
	for (size_t i = 0; i < a->section_count && rc == BS_OK; i++)
		rc = bs_db_exec(db, BS_Q_paper_section_put, BS_VALUES(bs_text(a->sections[i]), bs_int((int64_t)i + 1)), err);
	return rc;
}

static enum bs_rc publish(struct arranging *a, struct bs_db *db, struct bs_err *err)
{
	struct bs_json *json = bs_json_new_object(a->visit->arena), *list = bs_json_add_array(json, BS_STR("stories"));
	struct bs_buf buf = BS_BUF(BS_MAX_FIELD);
	bool changed;
	enum bs_rc rc;

	for (size_t i = 0; i < a->story_count; i++)
		bs_json_add_string(list, BS_STR(""), a->stories[i]);
	rc = bs_json_write(json, &buf, err);
	if (rc == BS_OK)
		rc = bs_setting_set(db, BS_STR("home"), bs_arena_copy(a->visit->arena, bs_buf_str(&buf)), &changed, err);
	bs_buf_free(&buf);
	if (rc == BS_OK)
		rc = publish_sections(a, db, err);
	if (rc == BS_OK)
		rc = bs_setting_set(db, BS_STR("home.draft"), BS_STR(""), &changed, err);
	a->done = "home-live";
	return rc == BS_OK ? bs_visit_tell(a->visit, db, (struct bs_audit_entry){ .action = BS_STR("home.publish"),
		.detail = bs_str_utf8_prefix(a->text, 200) }, err) : rc;
}

static enum bs_rc change(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct arranging *a = ctx;
	struct bs_str what = bs_visit_field(a->visit, "do"), before;
	bool changed;
	enum bs_rc rc = load(a, db, err);

	a->done = NULL;
	a->moved = rc == BS_OK && !bs_str_eq(bs_visit_field(a->visit, "base"), base_of(a));
	if (rc != BS_OK || a->moved)
		return rc;
	if (bs_str_eq(what, BS_STR("publish")))
		return publish(a, db, err);
	if (bs_str_eq(what, BS_STR("discard"))) {
		a->done = "home-discarded";
		rc = bs_setting_set(db, BS_STR("home.draft"), BS_STR(""), &changed, err);
		return rc == BS_OK ? bs_visit_tell(a->visit, db, (struct bs_audit_entry){ .action = BS_STR("home.discard") }, err) : rc;
	}
	before = a->text;
	take_step(a);
	a->text = write_json(a);
	if (bs_str_eq(a->text, before))
		return BS_OK;
	a->done = "home-prepared";
	rc = bs_setting_set(db, BS_STR("home.draft"), a->text, &changed, err);
	return rc == BS_OK ? bs_visit_tell(a->visit, db, (struct bs_audit_entry){ .action = BS_STR("home.prepare"), .detail = what }, err) : rc;
}

BS_DESK_ACT(home)
{
	struct arranging a = { .visit = visit };
	enum bs_rc rc = bs_visit_write(visit, change, &a, err);

	if (rc != BS_OK)
		return rc;
	if (a.moved) {
		visit->status = 409;
		return print(&a, err);
	}
	bs_visit_redirect(visit, visit->request->target.path, a.done);
	return BS_OK;
}
