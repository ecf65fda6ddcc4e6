/* whole.c - see whole.h. */
#include "desk/paper/whole.h"

#include <inttypes.h>

#include "text/markdown.h"
#include "text/passage.h"

struct bs_whole *bs_whole_new(struct bs_visit *visit)
{
	struct bs_whole *whole = BS_NEW(visit->arena, struct bs_whole);

	whole->visit = visit;
	whole->good = true;
	return whole;
}

static bool is_check(const struct bs_field *field)
{
	return field->type != NULL && bs_str_eq(bs_str_c(field->type), BS_STR("check"));
}

static struct bs_str held(const struct bs_field *field)
{
	return is_check(field) ? (field->checked ? BS_STR("1") : BS_STR("")) : field->value;
}

void bs_whole_add(struct bs_whole *whole, struct bs_field field)
{
	if (whole->count == BS_WHOLE_FIELDS)
		return;
	if (is_check(&field))
		field.value = BS_STR("1");
	whole->stored[whole->count] = held(&field);
	whole->fields[whole->count++] = field;
}

struct bs_str bs_whole_base(const struct bs_whole *whole)
{
	struct bs_buf all = BS_BUF(BS_MAX_DESK_BODY);
	uint8_t hash[BS_PASSAGE_HASH_SIZE];
	char hex[2 * BS_PASSAGE_HASH_SIZE];

	for (size_t i = 0; i < whole->count; i++)
		bs_buf_printf(&all, "%s %zu " BS_FMT "\n", whole->fields[i].name, whole->stored[i].len, BS_ALL(whole->stored[i]));
	bs_passage_hash(BS_STR(""), bs_buf_str(&all), hash);
	bs_hex_encode(hash, sizeof(hash), hex);
	bs_buf_free(&all);
	return bs_arena_copy(whole->visit->arena, bs_str_n(hex, 32));
}

/* What is stored, in the words of the page. */
static struct bs_str said(struct bs_visit *visit, const struct bs_field *field, struct bs_str stored)
{
	for (size_t i = 0; i < field->choice_count; i++) {
		if (bs_str_eq(field->choices[i].value, stored) && field->choices[i].label.len > 0)
			return field->choices[i].label;
	}
	if (stored.len == 0)
		return bs_word(visit, BS_DESK_MSG_paper_nothing);
	return is_check(field) ? BS_STR("\u2713") : stored;
}

void bs_whole_take(struct bs_whole *whole)
{
	const struct bs_form *form = &whole->visit->form;
	bool fresh, differs = false;

	whole->base = bs_whole_base(whole);
	fresh = bs_str_eq(bs_visit_field(whole->visit, "base"), whole->base);
	for (size_t i = 0; i < whole->count; i++) {
		struct bs_field *field = &whole->fields[i];
		if (is_check(field))
			field->checked = bs_form_has(form, bs_str_c(field->name));
		else
			field->value = bs_visit_field(whole->visit, field->name);
		if (fresh || bs_str_eq(bs_str_trim(held(field)), bs_str_trim(whole->stored[i])))
			continue;
		field->error = bs_desk_say_paper_now(whole->visit->arena, whole->visit->lang, said(whole->visit, field, whole->stored[i]));
		differs = true;
	}
	/* The same form once more, because the first answer got lost or a button was pressed twice, takes nothing from anybody. */
	whole->moved = differs;
}

bool bs_whole_is_as_shown(struct bs_whole *whole, struct bs_str *fault)
{
	struct bs_visit *visit = whole->visit;

	whole->base = bs_whole_base(whole);
	if (bs_str_eq(bs_visit_field(visit, "base"), whole->base))
		return true;
	visit->status = 409;
	*fault = bs_word(visit, BS_DESK_MSG_paper_moved_undone);
	return false;
}

bool bs_whole_saved(struct bs_whole *whole, struct bs_str address)
{
	if (whole->moved || !whole->good)
		return false;
	bs_visit_redirect(whole->visit, address, "saved");
	return true;
}

struct bs_str bs_whole_value(const struct bs_whole *whole, const char *name)
{
	for (size_t i = 0; i < whole->count; i++) {
		if (bs_str_eq(bs_str_c(whole->fields[i].name), bs_str_c(name)))
			return bs_str_trim(held(&whole->fields[i]));
	}
	return BS_STR("");
}

void bs_whole_complain(struct bs_whole *whole, const char *name, struct bs_str fault)
{
	whole->good = false;
	for (size_t i = 0; i < whole->count; i++) {
		if (bs_str_eq(bs_str_c(whole->fields[i].name), bs_str_c(name)))
			whole->fields[i].error = fault;
	}
}

const char *bs_whole_name(struct bs_visit *visit, const char *prefix, struct bs_str word)
{
	return bs_arena_printf(visit->arena, "%s" BS_FMT, prefix, BS_ALL(word)).ptr;
}

/* The fields of one fold, from that one on. It stands open when there is something to read in it. */
static struct bs_value fold_value(const struct bs_whole *whole, size_t *at)
{
	struct bs_visit *visit = whole->visit;
	const struct bs_field *first = &whole->fields[*at];
	struct bs_value *values = BS_ARRAY(visit->arena, whole->count - *at, struct bs_value);
	struct bs_dict *outer = bs_dict_new(visit->arena, 1), *fold = bs_dict_new(visit->arena, 3);
	bool open = false;
	size_t count = 0;

	for (; *at < whole->count && bs_str_eq(whole->fields[*at].fold, first->fold); (*at)++) {
		open |= whole->fields[*at].error.len > 0;
		values[count++] = bs_field_value(visit, &whole->fields[*at]);
	}
	bs_put_text(fold, BS_D_label, first->fold);
	bs_put_flag(fold, BS_D_open, open);
	bs_put(fold, BS_D_fields, bs_value_list(values, count));
	bs_put(outer, BS_D_fold, bs_value_dict(fold));
	return bs_value_dict(outer);
}

void bs_whole_put(struct bs_whole *whole, struct bs_dict *view)
{
	struct bs_visit *visit = whole->visit;
	struct bs_value *values = BS_ARRAY(visit->arena, whole->count, struct bs_value);
	size_t count = 0;

	for (size_t i = 0; i < whole->count;)
		values[count++] = whole->fields[i].fold.len > 0 ? fold_value(whole, &i) : bs_field_value(visit, &whole->fields[i++]);
	bs_put(view, BS_D_fields, bs_value_list(values, count));
	bs_put_text(view, BS_D_base, whole->base.len > 0 ? whole->base : bs_whole_base(whole));
	bs_put_text(view, BS_D_action, visit->request->target.path);
	bs_put(view, BS_D_error, bs_value_null());
	if (whole->moved) {
		visit->status = 409;
		bs_put(view, BS_D_error, bs_notice_value(visit, BS_TONE_BAD, bs_word(visit, BS_DESK_MSG_paper_moved)));
	} else if (!whole->good) {
		visit->status = 422;
		bs_put(view, BS_D_error, bs_notice_value(visit, BS_TONE_BAD, bs_word(visit, BS_DESK_MSG_paper_faulty)));
	}
}

/* --- what the pages share -------------------------------------------------------------------------------------------------------- */

void bs_paper_tabs(struct bs_visit *visit, struct bs_dict *view)
{
	static const struct {
		const char *href;
		enum bs_desk_msg label;
		enum bs_action action;
	} tabs[] = {
		{ "/desk/paper/home", BS_DESK_MSG_paper_home, BS_ACT_HOME },
		{ "/desk/paper/terms", BS_DESK_MSG_paper_terms, BS_ACT_TERMS },
		{ "/desk/paper/people", BS_DESK_MSG_paper_people, BS_ACT_PEOPLE },
		{ "/desk/paper/notices", BS_DESK_MSG_paper_notices, BS_ACT_NOTICES },
		{ "/desk/paper/menus", BS_DESK_MSG_paper_menus, BS_ACT_MENUS },
		{ "/desk/paper/settings", BS_DESK_MSG_paper_settings, BS_ACT_SETTINGS },
	};
	struct bs_value *items = BS_ARRAY(visit->arena, BS_COUNT(tabs), struct bs_value);
	size_t count = 0;

	for (size_t i = 0; i < BS_COUNT(tabs); i++) {
		struct bs_dict *dict = bs_dict_new(visit->arena, 3);
		if (!bs_visit_can(visit, tabs[i].action))
			continue;
		bs_put_text(dict, BS_D_href, bs_str_c(tabs[i].href));
		bs_put_text(dict, BS_D_label, bs_word(visit, tabs[i].label));
		bs_put_flag(dict, BS_D_current, bs_str_starts(visit->request->target.path, bs_str_c(tabs[i].href)));
		items[count++] = bs_value_dict(dict);
	}
	bs_put(view, BS_D_tabs, bs_value_list(items, count));
}

struct bs_str bs_paper_label(struct bs_visit *visit, struct bs_str what, const struct bs_lang *lang)
{
	return bs_desk_say_paper_in_language(visit->arena, visit->lang, what, lang->own_name);
}

struct bs_str bs_paper_fold(struct bs_visit *visit, struct bs_str what, size_t count)
{
	return bs_desk_say_paper_more_languages(visit->arena, visit->lang, what, (int64_t)count);
}

struct bs_str bs_paper_markdown(struct bs_visit *visit, const struct bs_body *body)
{
	struct bs_buf out = BS_BUF(BS_MAX_DESK_BODY);
	struct bs_str made;

	bs_body_markdown(visit->arena, &out, body);
	made = bs_arena_copy(visit->arena, bs_str_trim(bs_buf_str(&out)));
	bs_buf_free(&out);
	return made;
}

bool bs_paper_body(struct bs_whole *whole, const char *name, struct bs_str lang, struct bs_body *out)
{
	struct bs_visit *visit = whole->visit;
	struct bs_markdown_options options = { .lang = lang };
	struct bs_err err;

	*out = (struct bs_body){ 0 };
	if (bs_markdown_blocks(visit->arena, bs_whole_value(whole, name), &options, out, &err) == BS_OK)
		return true;
	bs_whole_complain(whole, name, bs_word(visit, BS_DESK_MSG_fault_text));
	return false;
}

struct bs_paper_part bs_paper_part_asked(struct bs_visit *visit)
{
	struct bs_paper_part part = { .words = bs_str_utf8_prefix(bs_str_trim(bs_visit_asked(visit, "q")), BS_MAX_QUERY) };

	if (bs_str_int(bs_visit_asked(visit, "part"), &part.part) != BS_OK || part.part < 0 || part.part > 100000)
		part.part = 0;
	if (part.words.len > 0)
		part.part = 0;
	part.limit = part.words.len > 0 ? INT32_MAX : BS_PAPER_PART + 1;
	part.offset = part.part * BS_PAPER_PART;
	return part;
}

static bool has(struct bs_str text, struct bs_str words)
{
	for (size_t i = 0; i + words.len <= text.len; i++) {
		if (bs_str_eq_nocase(bs_str_sub(text, i, words.len), words))
			return true;
	}
	return false;
}

bool bs_paper_found(const struct bs_paper_part *part, struct bs_str name, struct bs_str slug)
{
	return part->words.len == 0 || has(name, part->words) || has(slug, part->words);
}

static struct bs_value pagination(struct bs_visit *visit, const struct bs_paper_part *part, struct bs_str address, size_t count)
{
	bool more = count > BS_PAPER_PART && part->words.len == 0;

	return bs_pagination_value(visit,
		part->part > 0 ? bs_arena_printf(visit->arena, BS_FMT "part=%" PRId64, BS_ALL(address), part->part - 1) : BS_STR(""),
		more ? bs_arena_printf(visit->arena, BS_FMT "part=%" PRId64, BS_ALL(address), part->part + 1) : BS_STR(""));
}

void bs_paper_part_put(struct bs_visit *visit, struct bs_dict *view, const struct bs_paper_part *part, struct bs_value *rows, size_t count,
                       struct bs_str address)
{
	bs_put(view, BS_D_rows, bs_value_list(rows, count > BS_PAPER_PART ? BS_PAPER_PART : count));
	bs_put_flag(view, BS_D_has_rows, count > 0);
	bs_put_text(view, BS_D_q, bs_visit_asked(visit, "q"));
	bs_put(view, BS_D_pagination, pagination(visit, part, address, count));
}

bool bs_paper_merge_asked(struct bs_visit *visit, int64_t own_id, int64_t *into)
{
	return bs_str_int(bs_visit_field(visit, "into"), into) == BS_OK && *into != own_id && bs_form_has(&visit->form, BS_STR("sure"));
}
