/* stories.c - the page of the list of all stories, with its filter. */
#include <inttypes.h>

#include "base/sys.h"
#include "desk/flow/remarks.h"
#include "desk/list.h"
#include "desk/pages.h"
#include "desk/story_form.h"

struct asking {
	struct bs_list_filter filter;
	struct bs_str fault; /* who or what of the filter is not known */
};

static struct bs_value row_of(struct bs_visit *visit, const struct bs_list_row *row, int64_t remarks)
{
	const struct bs_lang *lang = bs_lang_find(row->lang);
	struct bs_dict *dict = bs_dict_new(visit->arena, 11);

	bs_put_text(dict, BS_D_href, bs_arena_printf(visit->arena, "/desk/story/%" PRId64, row->id));
	bs_put(dict, BS_D_title, bs_value_markup(row->title)); /* canonical, from the ledger */
	bs_put_text(dict, BS_D_lang, row->lang);
	bs_put_text(dict, BS_D_dir, lang != NULL && lang->rtl ? BS_STR("rtl") : BS_STR("ltr"));
	bs_put_text(dict, BS_D_label, lang != NULL ? lang->own_name : row->lang);
	bs_put_text(dict, BS_D_kind, bs_word_of(visit, "kind.", row->kind));
	bs_put(dict, BS_D_status, bs_status_badge(visit, row->status));
	bs_put_text(dict, BS_D_byline, row->authors);
	bs_put(dict, BS_D_when, bs_when(visit, row->published_at));
	bs_put(dict, BS_D_changed, bs_when(visit, row->changed_at));
	bs_put_text(dict, BS_D_remarks, remarks > 0 ? bs_desk_say_remarks_open(visit->arena, visit->lang, remarks) : BS_STR(""));
	return bs_value_dict(dict);
}

static enum bs_rc rows_of(struct bs_visit *visit, const struct bs_list_result *list, struct bs_value **out, struct bs_err *err)
{
	int64_t *ids = BS_ARRAY(visit->arena, list->count, int64_t), *remarks = BS_ARRAY(visit->arena, list->count, int64_t);
	struct bs_value *rows = BS_ARRAY(visit->arena, list->count, struct bs_value);
	enum bs_rc rc;

	for (size_t i = 0; i < list->count; i++)
		ids[i] = list->rows[i].id;
	rc = bs_remarks_open(visit->arena, visit->db, ids, list->count, remarks, err);
	for (size_t i = 0; i < list->count; i++)
		rows[i] = row_of(visit, &list->rows[i], remarks[i]);
	*out = rows;
	return rc;
}

/* --- the filter ------------------------------------------------------------------------------------------------------------------ */

/* The id of who or what is called so; a name that nobody has finds nothing, and the page says so. */
static enum bs_rc find_name(struct bs_visit *visit, const struct bs_query *query, const char *field, int64_t *id, struct asking *asking,
                            struct bs_err *err)
{
	struct bs_str name = bs_str_trim(bs_visit_asked(visit, field));
	enum bs_rc rc;

	*id = 0;
	if (name.len == 0)
		return BS_OK;
	rc = bs_db_int(visit->db, query, BS_VALUES(bs_text(name)), id, err);
	if (rc != BS_NOT_FOUND)
		return rc;
	asking->fault = bs_desk_say_stories_unknown(visit->arena, visit->lang, name);
	return BS_OK;
}

/* The day's beginning in the publication's zone; 0 when there is none. */
static int64_t day_of(struct bs_visit *visit, const char *field)
{
	int64_t time = 0;
	struct bs_str text = bs_str_trim(bs_visit_asked(visit, field));

	return text.len == 10 && bs_local_time_read(visit, text, &time) == BS_OK ? time : 0;
}

static enum bs_rc ask(struct bs_visit *visit, struct asking *out, struct bs_err *err)
{
	struct bs_list_filter *f = &out->filter;
	const struct bs_lang *lang = bs_lang_find(bs_visit_asked(visit, "lang"));
	enum bs_status status;
	int64_t to = day_of(visit, "to");
	enum bs_rc rc;

	*out = (struct asking){ .fault = BS_STR("") };
	f->words = bs_str_utf8_prefix(bs_str_trim(bs_visit_asked(visit, "q")), BS_MAX_QUERY);
	f->status = bs_status_of(bs_visit_asked(visit, "state"), &status) == BS_OK ? bs_status_name(status) : BS_STR("");
	f->lang = lang != NULL ? lang->code : BS_STR("");
	f->from = day_of(visit, "from");
	if (to != 0 && f->from == 0)
		f->from = 1; /* what has no time yet is in no span of it */
	if (to != 0 || f->from != 0)
		f->to = to != 0 ? to + 86400 : INT64_MAX;
	if (bs_str_eq(bs_visit_asked(visit, "mine"), BS_STR("1")) || bs_reach_of(visit->session.account.role, BS_ACT_SEE) != BS_REACH_ANY)
		f->owner_id = visit->session.account.id;
	if (bs_str_int(bs_visit_asked(visit, "key"), &f->key) != BS_OK || bs_str_int(bs_visit_asked(visit, "id"), &f->id) != BS_OK)
		f->key = f->id = 0;
	rc = find_name(visit, BS_Q_desk_person_find, "author", &f->person_id, out, err);
	if (rc == BS_OK)
		rc = find_name(visit, BS_Q_desk_term_find, "term", &f->term_id, out, err);
	return rc;
}

static struct bs_value state_field(struct bs_visit *visit)
{
	struct bs_choice *choices = BS_ARRAY(visit->arena, BS_STATUS_COUNT + 1, struct bs_choice);

	for (enum bs_status status = 0; status < BS_STATUS_COUNT; status++)
		choices[status + 1] = (struct bs_choice){ bs_status_name(status), bs_word_of(visit, "status.", bs_status_name(status)) };
	return bs_filter_choice(visit, "state", BS_DESK_MSG_stories_status, choices, BS_STATUS_COUNT + 1);
}

/* The languages that stories of the publication are in. */
static struct bs_value lang_field(struct bs_visit *visit)
{
	const struct bs_publication *p = visit->publication;
	struct bs_choice *choices = BS_ARRAY(visit->arena, p->lang_count + 1, struct bs_choice);

	for (size_t i = 0; i < p->lang_count; i++)
		choices[i + 1] = (struct bs_choice){ p->langs[i]->code, p->langs[i]->own_name };
	return bs_filter_choice(visit, "lang", BS_DESK_MSG_field_lang, choices, p->lang_count + 1);
}

static struct bs_value text_field(struct bs_visit *visit, const char *name, enum bs_desk_msg label, const char *type)
{
	return bs_field_value(visit, &(struct bs_field){ .name = name, .label = bs_word(visit, label), .type = type,
		.value = bs_visit_asked(visit, name) });
}

/* The fields of the filter; the first two are always seen. */
static const char *const asked_names[] = { "q", "state", "author", "term", "lang", "from", "to", "mine" };

static void put_filter(struct bs_visit *visit, struct bs_dict *view)
{
	struct bs_value *fields = BS_ARRAY(visit->arena, 8, struct bs_value);
	bool more = false;

	fields[0] = text_field(visit, "q", BS_DESK_MSG_stories_words, "search");
	fields[1] = state_field(visit);
	fields[2] = text_field(visit, "author", BS_DESK_MSG_stories_author, NULL);
	fields[3] = text_field(visit, "term", BS_DESK_MSG_stories_term, NULL);
	fields[4] = lang_field(visit);
	fields[5] = text_field(visit, "from", BS_DESK_MSG_stories_from, "date");
	fields[6] = text_field(visit, "to", BS_DESK_MSG_stories_to, "date");
	fields[7] = bs_field_value(visit, &(struct bs_field){ .name = "mine", .label = bs_word(visit, BS_DESK_MSG_stories_mine), .type = "check",
		.value = BS_STR("1"), .checked = bs_visit_asked(visit, "mine").len > 0 });
	bs_put(view, BS_D_filters, bs_value_list(fields, 2));
	bs_put(view, BS_D_fields, bs_value_list(fields + 2, 6));
	for (size_t i = 2; i < BS_COUNT(asked_names); i++)
		more |= bs_visit_asked(visit, asked_names[i]).len > 0;
	bs_put_flag(view, BS_D_more, more);
}

/* The address of this list behind a place; key 0: from the newest. */
static struct bs_str address_of(struct bs_visit *visit, int64_t key, int64_t id)
{
	struct bs_filter_address list = { "/desk/", asked_names, BS_COUNT(asked_names), SIZE_MAX };

	return bs_filter_address(visit, &list, key, id);
}

BS_DESK_SHOW(stories)
{
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_stories_title));
	struct bs_list_result list = { .count = 0 };
	struct asking asking;
	struct bs_value *rows;
	enum bs_rc rc = ask(visit, &asking, err);

	if (rc == BS_OK && asking.fault.len == 0)
		rc = bs_list_read(visit, &asking.filter, &list, err);
	if (rc != BS_OK)
		return rc;
	rc = rows_of(visit, &list, &rows, err);
	if (rc != BS_OK)
		return rc;
	put_filter(visit, view);
	bs_put(view, BS_D_rows, bs_value_list(rows, list.count));
	bs_put_flag(view, BS_D_has_rows, list.count > 0);
	bs_put_flag(view, BS_D_write, bs_visit_can(visit, BS_ACT_WRITE));
	bs_put_text(view, BS_D_text, asking.fault.len > 0 ? asking.fault : visit->query.count == 0 ? bs_word(visit, BS_DESK_MSG_stories_none)
		: list.next_key != 0 ? bs_word(visit, BS_DESK_MSG_stories_further) : bs_word(visit, BS_DESK_MSG_stories_no_match));
	bs_put(view, BS_D_pagination, bs_pagination_value(visit, asking.filter.key != 0 ? address_of(visit, 0, 0) : BS_STR(""),
		list.next_key != 0 ? address_of(visit, list.next_key, list.next_id) : BS_STR("")));
	return bs_desk_print(visit, "stories", view, err);
}

/* "/desk", as people type it. */
enum bs_rc bs_desk_bare_show(struct bs_visit *visit, struct bs_err *err)
{
	(void)err;
	bs_visit_redirect(visit, BS_STR("/desk/"), NULL);
	return BS_OK;
}
