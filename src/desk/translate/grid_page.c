/* grid_page.c - the page of the grid: a row for each story, a column for each language that the site is read in. */
#include <inttypes.h>

#include "desk/pages.h"
#include "desk/translate/grid.h"

struct page {
	struct bs_visit *visit;
	struct bs_grid_filter filter;
	struct bs_grid grid;
	const struct bs_lang *columns[BS_LANG_COUNT];
	size_t column_count;
};

static enum bs_tone tone_of(struct bs_str state)
{
	if (bs_str_eq(state, BS_STR("stale")))
		return BS_TONE_WARN;
	return bs_str_eq(state, BS_STR("human")) || bs_str_eq(state, BS_STR("approved")) ? BS_TONE_GOOD : BS_TONE_PLAIN;
}

static struct bs_str state_word(struct bs_visit *visit, struct bs_str state, int64_t stale)
{
	if (bs_str_eq(state, BS_STR("stale")))
		return bs_desk_say_tstate_stale_by(visit->arena, visit->lang, stale);
	return bs_word_of(visit, "tstate.", state.len > 0 ? state : BS_STR("none"));
}

struct bs_value bs_tstate_badge(struct bs_visit *visit, struct bs_str state, int64_t stale)
{
	return bs_badge_value(visit, tone_of(state), state_word(visit, state, stale));
}

/* --- the filter ------------------------------------------------------------------------------------------------------------------ */

static const char *const asked_names[] = { "lang", "state", "section", "mine" };

static void ask(struct page *p)
{
	struct bs_visit *visit = p->visit;
	const struct bs_lang *lang = bs_lang_find(bs_visit_asked(visit, "lang"));
	struct bs_str state = bs_visit_asked(visit, "state");

	p->filter = (struct bs_grid_filter){ .lang = lang != NULL ? lang->code : BS_STR(""), .state = BS_STR("") };
	for (size_t i = 0; i < BS_GRID_STATES; i++) {
		if (bs_str_eq(state, bs_grid_states[i]))
			p->filter.state = bs_grid_states[i];
	}
	if (bs_str_int(bs_visit_asked(visit, "section"), &p->filter.term_id) != BS_OK)
		p->filter.term_id = 0;
	if (bs_visit_asked(visit, "mine").len > 0)
		p->filter.account_id = visit->session.account.id;
	if (bs_str_int(bs_visit_asked(visit, "key"), &p->filter.key) != BS_OK || bs_str_int(bs_visit_asked(visit, "id"), &p->filter.id) != BS_OK)
		p->filter.key = p->filter.id = 0;
}

static struct bs_value lang_field(struct bs_visit *visit)
{
	const struct bs_lang *const *langs = bs_langs_by_own_name();
	struct bs_choice *choices = BS_ARRAY(visit->arena, BS_LANG_OFFERED + 1, struct bs_choice);

	for (size_t i = 0; i < BS_LANG_OFFERED; i++)
		choices[i + 1] = (struct bs_choice){ langs[i]->code, langs[i]->own_name };
	return bs_filter_choice(visit, "lang", BS_DESK_MSG_grid_lang, choices, BS_LANG_OFFERED + 1);
}

static struct bs_value state_field(struct bs_visit *visit)
{
	struct bs_choice *choices = BS_ARRAY(visit->arena, BS_GRID_STATES + 1, struct bs_choice);

	for (size_t i = 0; i < BS_GRID_STATES; i++)
		choices[i + 1] = (struct bs_choice){ bs_grid_states[i], bs_word_of(visit, "tstate.", bs_grid_states[i]) };
	return bs_filter_choice(visit, "state", BS_DESK_MSG_grid_state, choices, BS_GRID_STATES + 1);
}

static struct bs_value section_field(struct bs_visit *visit)
{
	const struct bs_publication *pub = visit->publication;
	struct bs_choice *choices = BS_ARRAY(visit->arena, pub->section_count + 1, struct bs_choice);

	for (size_t i = 0; i < pub->section_count; i++)
		choices[i + 1] = (struct bs_choice){ bs_arena_printf(visit->arena, "%" PRId64, pub->sections[i].id),
			bs_publication_text(pub, pub->sections[i].names, pub->sections[i].name_count, visit->lang) };
	return bs_filter_choice(visit, "section", BS_DESK_MSG_grid_section, choices, pub->section_count + 1);
}

static struct bs_value filter_of(struct bs_visit *visit)
{
	struct bs_value *fields = BS_ARRAY(visit->arena, 4, struct bs_value);

	fields[0] = lang_field(visit);
	fields[1] = state_field(visit);
	fields[2] = section_field(visit);
	fields[3] = bs_field_value(visit, &(struct bs_field){ .name = "mine", .label = bs_word(visit, BS_DESK_MSG_grid_mine), .type = "check",
		.value = BS_STR("1"), .checked = bs_visit_asked(visit, "mine").len > 0 });
	return bs_value_list(fields, 4);
}

/* The address of the grid behind a place; key 0: from the newest. */
static struct bs_str address_of(struct bs_visit *visit, int64_t key, int64_t id)
{
	struct bs_filter_address list = { "/desk/translations", asked_names, BS_COUNT(asked_names), 40 };

	return bs_filter_address(visit, &list, key, id);
}

/* --- the table ------------------------------------------------------------------------------------------------------------------- */

static void add_column(struct page *p, const struct bs_lang *lang)
{
	for (size_t i = 0; i < p->column_count; i++) {
		if (p->columns[i] == lang)
			return;
	}
	if (lang != NULL)
		p->columns[p->column_count++] = lang;
}

/* The one that is asked for; else those that the site is read in, and what else the stories of this page are begun in. */
static void know_columns(struct page *p)
{
	const struct bs_publication *pub = p->visit->publication;

	if (p->filter.lang.len > 0) {
		add_column(p, bs_lang_find(p->filter.lang));
		return;
	}
	for (size_t i = 0; i < pub->lang_count; i++)
		add_column(p, pub->langs[i]);
	for (size_t i = 0; i < p->grid.count; i++) {
		for (size_t k = 0; k < p->grid.rows[i].state_count; k++)
			add_column(p, bs_lang_find(p->grid.rows[i].states[k].lang));
	}
}

static const struct bs_translation_state *state_in(const struct bs_grid_row *row, const struct bs_lang *lang)
{
	for (size_t i = 0; i < row->state_count; i++) {
		if (bs_str_eq(row->states[i].lang, lang->code) && row->states[i].state.len > 0)
			return &row->states[i];
	}
	return NULL;
}

static struct bs_str holder_of(const struct bs_grid_row *row, const struct bs_lang *lang)
{
	for (size_t i = 0; i < row->claim_count; i++) {
		if (bs_str_eq(row->claims[i].lang, lang->code))
			return row->claims[i].name;
	}
	return BS_STR("");
}

static struct bs_value cell_of(struct page *p, const struct bs_grid_row *row, const struct bs_lang *lang)
{
	struct bs_visit *visit = p->visit;
	const struct bs_translation_state *state = state_in(row, lang);
	struct bs_dict *dict = bs_dict_new(visit->arena, 10);
	struct bs_str name = state != NULL ? state->state : BS_STR("none"), holder = holder_of(row, lang);
	int64_t done = state == NULL ? 0 : state->done > state->hands ? state->done : state->hands;
	struct bs_str word = state_word(visit, name, state != NULL ? state->stale : 0);
	bool own = bs_str_eq(row->lang, lang->code);

	bs_put_text(dict, BS_D_href, own ? BS_STR("") : bs_arena_printf(visit->arena, "/desk/story/%" PRId64 "/translate/" BS_FMT, row->id,
		BS_ALL(lang->code)));
	bs_put_text(dict, BS_D_to, lang->code);
	bs_put_text(dict, BS_D_to_dir, lang->rtl ? BS_STR("rtl") : BS_STR("ltr"));
	bs_put_text(dict, BS_D_label, lang->own_name);
	bs_put_text(dict, BS_D_name, name);
	bs_put_text(dict, BS_D_text, word);
	bs_put_text(dict, BS_D_progress, state == NULL ? BS_STR("") : bs_arena_printf(visit->arena, "%" PRId64 "/%" PRId64, done, state->passages));
	bs_put_text(dict, BS_D_title, state == NULL ? word : bs_desk_say_grid_cell(visit->arena, visit->lang, lang->own_name, word, done,
		state->passages));
	bs_put_text(dict, BS_D_claim, holder.len == 0 ? holder : bs_desk_say_grid_claimed(visit->arena, visit->lang, holder));
	return bs_value_dict(dict);
}

static struct bs_value row_of(struct page *p, const struct bs_grid_row *row)
{
	struct bs_visit *visit = p->visit;
	const struct bs_lang *lang = bs_lang_find(row->lang);
	struct bs_dict *dict = bs_dict_new(visit->arena, 8);
	struct bs_value *cells = BS_ARRAY(visit->arena, p->column_count, struct bs_value);

	for (size_t i = 0; i < p->column_count; i++)
		cells[i] = cell_of(p, row, p->columns[i]);
	bs_put_text(dict, BS_D_href, bs_arena_printf(visit->arena, "/desk/story/%" PRId64, row->id));
	bs_put(dict, BS_D_head, bs_value_markup(row->title)); /* canonical, from the ledger */
	bs_put_text(dict, BS_D_from, row->lang);
	bs_put_text(dict, BS_D_from_dir, lang != NULL && lang->rtl ? BS_STR("rtl") : BS_STR("ltr"));
	bs_put_text(dict, BS_D_label, lang != NULL ? lang->own_name : row->lang);
	bs_put(dict, BS_D_status, bs_str_eq(row->status, BS_STR("published")) ? bs_value_null() : bs_status_badge(visit, row->status));
	bs_put(dict, BS_D_cells, bs_value_list(cells, p->column_count));
	return bs_value_dict(dict);
}

static struct bs_value columns_of(struct page *p)
{
	struct bs_value *items = BS_ARRAY(p->visit->arena, p->column_count, struct bs_value);

	for (size_t i = 0; i < p->column_count; i++) {
		struct bs_dict *dict = bs_dict_new(p->visit->arena, 3);
		bs_put_text(dict, BS_D_to, p->columns[i]->code);
		bs_put_text(dict, BS_D_label, p->columns[i]->own_name);
		bs_put_text(dict, BS_D_to_dir, p->columns[i]->rtl ? BS_STR("rtl") : BS_STR("ltr"));
		items[i] = bs_value_dict(dict);
	}
	return bs_value_list(items, p->column_count);
}

/* One story, in every language that the site is offered in. */
static enum bs_rc put_story(struct page *p, struct bs_dict *view, int64_t id, struct bs_err *err)
{
	const struct bs_lang *const *langs = bs_langs_by_own_name(), *own;
	struct bs_value *cells = BS_ARRAY(p->visit->arena, BS_LANG_OFFERED, struct bs_value);
	struct bs_grid_row row;
	size_t count = 0;
	enum bs_rc rc = bs_grid_story(p->visit, id, &row, err);

	if (rc != BS_OK)
		return rc;
	own = bs_lang_find(row.lang);
	for (size_t i = 0; i < BS_LANG_OFFERED; i++) {
		if (langs[i] != own)
			cells[count++] = cell_of(p, &row, langs[i]);
	}
	bs_put(view, BS_D_cells, bs_value_list(cells, count));
	bs_put_flag(view, BS_D_has_cells, count > 0);
	bs_put(view, BS_D_head, bs_value_markup(row.title)); /* canonical, from the ledger */
	bs_put_text(view, BS_D_from, row.lang);
	bs_put_text(view, BS_D_from_dir, own != NULL && own->rtl ? BS_STR("rtl") : BS_STR("ltr"));
	bs_put_text(view, BS_D_path, bs_arena_printf(p->visit->arena, "/desk/story/%" PRId64, id));
	return BS_OK;
}

static enum bs_rc put_back(struct page *p, struct bs_dict *view, struct bs_err *err)
{
	int64_t count = 0;
	enum bs_rc rc = bs_db_int(p->visit->db, BS_Q_back_count, BS_VALUES(bs_int(p->visit->session.account.id)), &count, err);

	bs_put_text(view, BS_D_back, bs_desk_say_back_count(p->visit->arena, p->visit->lang, count));
	return rc;
}

BS_DESK_SHOW(grid)
{
	struct page *p = BS_NEW(visit->arena, struct page);
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_grid_title));
	struct bs_value *rows;
	int64_t story_id = 0;
	bool lacks_lang;
	enum bs_rc rc;

	p->visit = visit;
	ask(p);
	lacks_lang = bs_str_eq(p->filter.state, BS_STR("none")) && p->filter.lang.len == 0;
	if (bs_str_int(bs_visit_asked(visit, "story"), &story_id) == BS_OK && story_id > 0)
		rc = put_story(p, view, story_id, err);
	else
		rc = lacks_lang ? BS_OK : bs_grid_read(visit, &p->filter, &p->grid, err);
	if (rc == BS_OK)
		rc = put_back(p, view, err);
	if (rc != BS_OK)
		return rc;
	know_columns(p);
	rows = BS_ARRAY(visit->arena, p->grid.count, struct bs_value);
	for (size_t i = 0; i < p->grid.count; i++)
		rows[i] = row_of(p, &p->grid.rows[i]);
	bs_put(view, BS_D_filters, filter_of(visit));
	bs_put(view, BS_D_columns, columns_of(p));
	bs_put(view, BS_D_rows, bs_value_list(rows, p->grid.count));
	bs_put_flag(view, BS_D_has_rows, p->grid.count > 0);
	bs_put_text(view, BS_D_text, lacks_lang ? bs_word(visit, BS_DESK_MSG_grid_which_lang) : p->grid.next_key != 0
		? bs_word(visit, BS_DESK_MSG_stories_further) : bs_word(visit, BS_DESK_MSG_grid_none));
	bs_put(view, BS_D_pagination, bs_pagination_value(visit, p->filter.key != 0 ? address_of(visit, 0, 0) : BS_STR(""),
		p->grid.next_key != 0 ? address_of(visit, p->grid.next_key, p->grid.next_id) : BS_STR("")));
	return bs_desk_print(visit, "grid", view, err);
}
