/* menus.c - the links at the paper's head and foot. Without entries the pages make their own: sections, and pages without a date. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/limits.h"
#include "desk/pages.h"
#include "desk/paper/whole.h"
#include "newsroom/catalog.h"
#include "text/json.h"
#include "text/markup.h"

enum { MENUS = 2, ROWS_MAX = 30, EMPTY_ROWS = 3, ROW_FIELDS = 4 };
_Static_assert((int)MENUS * (int)ROWS_MAX * (int)ROW_FIELDS <= (int)BS_WHOLE_FIELDS, "a form has room for the longest menus");
static const char *const menu_names[MENUS] = { "menu.header", "menu.footer" };

struct editing {
	struct bs_visit *visit;
	struct bs_whole *whole;
	size_t rows[MENUS];
};

static const char *field_name(struct bs_visit *visit, size_t menu, size_t row, const char *what)
{
	return bs_arena_printf(visit->arena, "%s-%zu-%s", menu == 0 ? "header" : "footer", row, what).ptr;
}

/* Labels in languages other than the publication's: "de: Meinung", one a line. */
static struct bs_str labels_text(struct bs_visit *visit, const struct bs_json *labels)
{
	struct bs_buf out = BS_BUF(BS_MAX_DESK_BODY);
	struct bs_str made;

	for (const struct bs_json *label = labels != NULL && labels->kind == BS_JSON_OBJECT ? labels->first : NULL; label != NULL;
		label = label->next) {
		if (!bs_str_eq(label->name, visit->publication->lang->code))
			bs_buf_printf(&out, BS_FMT ": " BS_FMT "\n", BS_ALL(label->name), BS_ALL(bs_json_string(label)));
	}
	made = bs_arena_copy(visit->arena, bs_str_trim(bs_buf_str(&out)));
	bs_buf_free(&out);
	return made;
}

static void add_row(struct editing *e, size_t menu, size_t row, const struct bs_json *entry)
{
	struct bs_visit *visit = e->visit;
	const struct bs_lang *lang = visit->publication->lang;
	const struct bs_json *labels = bs_json_get(entry, BS_STR("labels"));

	bs_whole_add(e->whole, (struct bs_field){ .name = field_name(visit, menu, row, "place"), .label = bs_word(visit, BS_DESK_MSG_menus_place),
		.type = "number", .value = bs_arena_printf(visit->arena, "%zu", row + 1) });
	bs_whole_add(e->whole, (struct bs_field){ .name = field_name(visit, menu, row, "to"), .label = bs_word(visit, BS_DESK_MSG_menus_to),
		.value = bs_json_string(bs_json_get(entry, BS_STR("to"))), .list = "targets" });
	bs_whole_add(e->whole, (struct bs_field){ .name = field_name(visit, menu, row, "label"),
		.label = bs_paper_label(visit, bs_word(visit, BS_DESK_MSG_menus_label), lang),
		.value = bs_json_string(bs_json_get(labels, lang->code)), .lang = lang->code, .rtl = lang->rtl });
	bs_whole_add(e->whole, (struct bs_field){ .name = field_name(visit, menu, row, "labels"),
		.label = bs_word(visit, BS_DESK_MSG_menus_labels), .type = "area", .rows = 1, .value = labels_text(visit, labels) });
}

static enum bs_rc make_whole(struct editing *e, struct bs_db *db, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	e->whole = bs_whole_new(e->visit);
	for (size_t m = 0; m < MENUS && rc == BS_OK; m++) {
		const struct bs_json *json = NULL, *entry;
		struct bs_str text;
		rc = bs_setting_get(e->visit->arena, db, bs_str_c(menu_names[m]), &text, err);
		if (rc == BS_OK)
			rc = bs_json_parse(e->visit->arena, text, &json, err);
		entry = rc == BS_OK ? json->first : NULL;
		for (e->rows[m] = 0; entry != NULL && e->rows[m] < ROWS_MAX; entry = entry->next)
			add_row(e, m, e->rows[m]++, entry);
		for (size_t i = 0; i < EMPTY_ROWS && e->rows[m] < ROWS_MAX; i++)
			add_row(e, m, e->rows[m]++, NULL);
	}
	return rc;
}

/* Where entries can lead, to choose from. */
static struct bs_value targets(struct bs_visit *visit)
{
	const struct bs_publication *p = visit->publication;
	struct bs_value *items = BS_ARRAY(visit->arena, p->section_count + p->page_count + 3, struct bs_value);
	static const char *const own[] = { "/archive", "/corrections", "/search" };
	size_t count = 0;

	for (size_t i = 0; i < p->section_count + p->page_count + BS_COUNT(own); i++) {
		struct bs_dict *dict = bs_dict_new(visit->arena, 2);
		if (i < p->section_count) {
			const struct bs_section *s = &p->sections[i];
			bs_put_text(dict, BS_D_value, bs_arena_printf(visit->arena, "/" BS_FMT "/" BS_FMT,
				BS_ALL(bs_vocabulary_name(s->vocabulary)), BS_ALL(s->slug)));
			bs_put_text(dict, BS_D_label, bs_publication_text(p, s->names, s->name_count, visit->lang));
		} else if (i < p->section_count + p->page_count) {
			const struct bs_dateless *page = &p->pages[i - p->section_count];
			bs_put_text(dict, BS_D_value, bs_arena_printf(visit->arena, "/" BS_FMT, BS_ALL(page->slug)));
			bs_put_text(dict, BS_D_label, bs_markup_plain(visit->arena, page->title));
		} else {
			bs_put_text(dict, BS_D_value, bs_str_c(own[i - p->section_count - p->page_count]));
			bs_put_text(dict, BS_D_label, BS_STR(""));
		}
		items[count++] = bs_value_dict(dict);
	}
	return bs_value_list(items, count);
}

static enum bs_rc print(struct editing *e, struct bs_err *err)
{
	struct bs_visit *visit = e->visit;
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_paper_menus));
	struct bs_value *groups = BS_ARRAY(visit->arena, MENUS, struct bs_value);
	size_t at = 0;

	bs_paper_tabs(visit, view);
	bs_desk_script(visit, view, "arrange.js");
	bs_whole_put(e->whole, view);
	for (size_t m = 0; m < MENUS; m++) {
		struct bs_value *rows = BS_ARRAY(visit->arena, e->rows[m], struct bs_value);
		struct bs_dict *group = bs_dict_new(visit->arena, 2);
		for (size_t r = 0; r < e->rows[m]; r++) {
			struct bs_value *fields = BS_ARRAY(visit->arena, ROW_FIELDS, struct bs_value);
			struct bs_dict *row = bs_dict_new(visit->arena, 2);
			for (size_t i = 0; i < ROW_FIELDS; i++)
				fields[i] = bs_field_value(visit, &e->whole->fields[at++]);
			bs_put(row, BS_D_fields, bs_value_list(fields, ROW_FIELDS));
			bs_put(row, BS_D_count, bs_value_int((int64_t)r + 1));
			rows[r] = bs_value_dict(row);
		}
		bs_put_text(group, BS_D_label, bs_word(visit, m == 0 ? BS_DESK_MSG_menus_header : BS_DESK_MSG_menus_footer));
		bs_put(group, BS_D_rows, bs_value_list(rows, e->rows[m]));
		groups[m] = bs_value_dict(group);
	}
	bs_put(view, BS_D_groups, bs_value_list(groups, MENUS));
	bs_put(view, BS_D_entries, targets(visit));
	return bs_desk_print(visit, "paper-menus", view, err);
}

BS_DESK_SHOW(menus)
{
	struct editing e = { .visit = visit };
	enum bs_rc rc = make_whole(&e, visit->db, err);

	return rc == BS_OK ? print(&e, err) : rc;
}

/* --- saving ---------------------------------------------------------------------------------------------------------------------- */

struct typed {
	int64_t place;
	size_t row;
};

static int by_place(const void *a, const void *b)
{
	const struct typed *one = a, *two = b;

	if (one->place != two->place)
		return one->place < two->place ? -1 : 1;
	return one->row < two->row ? -1 : 1;
}

/* The rows that lead somewhere, by their places. */
static size_t typed_rows(struct editing *e, size_t menu, struct typed *out)
{
	size_t count = 0;

	for (size_t r = 0; r < e->rows[menu]; r++) {
		const char *to = field_name(e->visit, menu, r, "to");
		struct bs_str target = bs_whole_value(e->whole, to);
		if (target.len == 0)
			continue;
		if (!bs_menu_target_valid(target))
			bs_whole_complain(e->whole, to, bs_word(e->visit, BS_DESK_MSG_menus_to_fault));
		out[count] = (struct typed){ .row = r };
		if (bs_str_int(bs_whole_value(e->whole, field_name(e->visit, menu, r, "place")), &out[count].place) != BS_OK)
			out[count].place = (int64_t)r + 1;
		count++;
	}
	qsort(out, count, sizeof(*out), by_place);
	return count;
}

/* Put what was typed for one row into its entry; a line that is no label is complained of. */
static void put_labels(struct editing *e, struct bs_json *entry, size_t menu, size_t row)
{
	struct bs_visit *visit = e->visit;
	const char *name = field_name(visit, menu, row, "labels");
	struct bs_str own = bs_whole_value(e->whole, field_name(visit, menu, row, "label")), rest = bs_whole_value(e->whole, name), line;
	struct bs_json *labels = own.len > 0 || rest.len > 0 ? bs_json_add_object(entry, BS_STR("labels")) : NULL;

	if (own.len > 0)
		bs_json_add_string(labels, visit->publication->lang->code, own);
	while (rest.len > 0 && bs_str_split(&rest, '\n', &line)) {
		size_t colon = bs_str_find_byte(line, ':', 0);
		const struct bs_lang *lang = bs_lang_find(bs_str_trim(bs_str_sub(line, 0, colon)));
		struct bs_str label = bs_str_trim(bs_str_sub(line, colon + 1, SIZE_MAX));
		if (bs_str_trim(line).len == 0)
			continue;
		if (colon >= line.len || lang == NULL || label.len == 0 || bs_json_get(labels, lang->code) != NULL)
			bs_whole_complain(e->whole, name, bs_desk_say_menus_labels_fault(visit->arena, visit->lang, bs_str_trim(line)));
		else
			bs_json_add_string(labels, lang->code, label);
	}
}

static enum bs_rc menu_json(struct editing *e, size_t menu, struct bs_str *out, struct bs_err *err)
{
	struct bs_visit *visit = e->visit;
	struct bs_json *list = bs_json_new_array(visit->arena);
	struct bs_buf buf = BS_BUF(BS_MAX_DESK_BODY);
	struct typed rows[ROWS_MAX];
	size_t count = typed_rows(e, menu, rows);
	enum bs_rc rc;

	for (size_t i = 0; i < count; i++) {
		struct bs_json *entry = bs_json_add_object(list, BS_STR(""));
		put_labels(e, entry, menu, rows[i].row);
		bs_json_add_string(entry, BS_STR("to"), bs_whole_value(e->whole, field_name(visit, menu, rows[i].row, "to")));
	}
	rc = bs_json_write(list, &buf, err);
	*out = bs_arena_copy(visit->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return rc;
}

static enum bs_rc save(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct editing *e = ctx;
	struct bs_str json[MENUS];
	enum bs_rc rc = make_whole(e, db, err);

	if (rc != BS_OK)
		return rc;
	bs_whole_take(e->whole);
	if (e->whole->moved)
		return BS_OK;
	for (size_t m = 0; m < MENUS && rc == BS_OK; m++)
		rc = menu_json(e, m, &json[m], err);
	for (size_t m = 0; m < MENUS && e->whole->good && rc == BS_OK; m++) {
		bool changed = false;
		struct bs_str before;
		rc = bs_setting_get(e->visit->arena, db, bs_str_c(menu_names[m]), &before, err);
		if (rc == BS_OK && !bs_str_eq(before, json[m]))
			rc = bs_setting_set(db, bs_str_c(menu_names[m]), json[m], &changed, err);
		if (rc == BS_OK && changed)
			rc = bs_visit_tell(e->visit, db, (struct bs_audit_entry){ .action = BS_STR("menu.change"),
				.subject = bs_str_c(menu_names[m]) }, err);
	}
	return rc;
}

BS_DESK_ACT(menus)
{
	struct editing e = { .visit = visit };
	enum bs_rc rc = bs_visit_write(visit, save, &e, err);

	return rc != BS_OK || bs_whole_saved(e.whole, visit->request->target.path) ? rc : print(&e, err);
}
