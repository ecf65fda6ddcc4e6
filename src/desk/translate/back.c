/* back.c - what came back: passages that must be translated again because their original changed, each with the original as it was and what
 * changed in it; one's own, nobody's, or everybody's. */
#include <inttypes.h>

#include "desk/pages.h"
#include "desk/translate/sheet.h"
#include "text/diff.h"
#include "text/markup.h"

enum { PAGE = 60 };

struct item {
	int64_t story_id, passage_id, since;
	struct bs_str lang, title, story_lang, markup;
};

enum whose { MINE, NOBODYS, ALL };

static enum whose asked(const struct bs_visit *visit)
{
	struct bs_str whose = bs_visit_asked(visit, "whose");

	return bs_str_eq(whose, BS_STR("all")) ? ALL : bs_str_eq(whose, BS_STR("nobody")) ? NOBODYS : MINE;
}

static enum bs_rc read_items(struct bs_visit *visit, enum whose whose, struct item *items, size_t *count, struct bs_err *err)
{
	struct bs_arena *arena = visit->arena;
	struct bs_stmt *stmt = NULL;
	int64_t before = 0;
	enum bs_rc rc;

	if (bs_str_int(bs_visit_asked(visit, "before"), &before) != BS_OK || before <= 0)
		before = INT64_MAX;
	if (whose == ALL)
		rc = bs_db_query(visit->db, BS_Q_back_list_all, BS_VALUES(bs_int(before), bs_int(PAGE + 1)), &stmt, err);
	else if (whose == NOBODYS)
		rc = bs_db_query(visit->db, BS_Q_back_list_nobody, BS_VALUES(bs_int(before), bs_int(PAGE + 1)), &stmt, err);
	else
		rc = bs_db_query(visit->db, BS_Q_back_list, BS_VALUES(bs_int(before), bs_int(PAGE + 1), bs_int(visit->session.account.id)), &stmt,
		                 err);
	for (*count = 0; rc == BS_OK && *count <= PAGE && (rc = bs_stmt_next(stmt, err)) == BS_OK; ++*count)
		items[*count] = (struct item){
			.story_id = bs_stmt_int(stmt, BS_C_back_list_story_id), .passage_id = bs_stmt_int(stmt, BS_C_back_list_passage_id),
			.since = bs_stmt_int(stmt, BS_C_back_list_since), .lang = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_back_list_lang)),
			.title = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_back_list_title)),
			.story_lang = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_back_list_story_lang)),
			.markup = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_back_list_markup)),
		};
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* In which part of the translation page the passage stands is found by its place among those of the story. */
static enum bs_rc link_of(struct bs_visit *visit, const struct item *item, struct bs_str *out, struct bs_err *err)
{
	struct bs_translation_row *rows;
	size_t count, at = 0;
	enum bs_rc rc = bs_translation_of_story(visit->arena, visit->db, item->story_id, item->lang, &rows, &count, err);

	while (rc == BS_OK && at < count && rows[at].passage_id != item->passage_id)
		at++;
	*out = bs_arena_printf(visit->arena, "/desk/story/%" PRId64 "/translate/" BS_FMT "?part=%zu#p-%" PRId64, item->story_id, BS_ALL(item->lang),
	                       at / BS_TSHEET_PASSAGES + 1, item->passage_id);
	return rc;
}

static enum bs_rc row_of(struct bs_visit *visit, const struct item *item, struct bs_value *out, struct bs_err *err)
{
	struct bs_arena *arena = visit->arena;
	const struct bs_lang *lang = bs_lang_find(item->lang), *from = bs_lang_find(item->story_lang);
	struct bs_dict *dict = bs_dict_new(arena, 12);
	struct bs_translation_before *befores;
	struct bs_str was = BS_STR(""), is, target = BS_STR(""), href;
	size_t count;
	enum bs_rc rc = bs_translation_befores(arena, visit->db, item->story_id, item->lang, &befores, &count, err);

	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		if (befores[i].passage_id != item->passage_id)
			continue;
		was = bs_markup_plain(arena, befores[i].source);
		target = befores[i].target;
	}
	if (rc == BS_OK)
		rc = link_of(visit, item, &href, err);
	if (rc != BS_OK)
		return rc;
	bs_diff_words(arena, was, bs_markup_plain(arena, item->markup), &was, &is);
	bs_put_text(dict, BS_D_href, href);
	bs_put(dict, BS_D_head, bs_value_markup(item->title)); /* canonical, from the ledger */
	bs_put_text(dict, BS_D_from, item->story_lang);
	bs_put_text(dict, BS_D_from_dir, from != NULL && from->rtl ? BS_STR("rtl") : BS_STR("ltr"));
	bs_put_text(dict, BS_D_to, item->lang);
	bs_put_text(dict, BS_D_to_dir, lang != NULL && lang->rtl ? BS_STR("rtl") : BS_STR("ltr"));
	bs_put_text(dict, BS_D_label, lang != NULL ? lang->own_name : item->lang);
	bs_put(dict, BS_D_when, bs_when(visit, item->since));
	bs_put(dict, BS_D_left, bs_value_markup(was)); /* escaped words between <del> and <ins>, by text/diff.h */
	bs_put(dict, BS_D_right, bs_value_markup(is));
	bs_put(dict, BS_D_target, bs_value_markup(target)); /* canonical */
	*out = bs_value_dict(dict);
	return BS_OK;
}

static struct bs_value tabs_of(struct bs_visit *visit, enum whose whose)
{
	static const struct {
		const char *href;
		enum bs_desk_msg label;
	} tabs[] = {
		[MINE] = { "/desk/translations/back", BS_DESK_MSG_back_mine },
		[NOBODYS] = { "/desk/translations/back?whose=nobody", BS_DESK_MSG_back_nobody },
		[ALL] = { "/desk/translations/back?whose=all", BS_DESK_MSG_back_all },
	};
	struct bs_value *items = BS_ARRAY(visit->arena, BS_COUNT(tabs), struct bs_value);

	for (size_t i = 0; i < BS_COUNT(tabs); i++) {
		struct bs_dict *dict = bs_dict_new(visit->arena, 3);
		bs_put_text(dict, BS_D_href, bs_str_c(tabs[i].href));
		bs_put_text(dict, BS_D_label, bs_word(visit, tabs[i].label));
		bs_put_flag(dict, BS_D_current, i == (size_t)whose);
		items[i] = bs_value_dict(dict);
	}
	return bs_value_list(items, BS_COUNT(tabs));
}

BS_DESK_SHOW(back)
{
	struct item *items = BS_ARRAY(visit->arena, PAGE + 1, struct item);
	struct bs_value *rows = BS_ARRAY(visit->arena, PAGE, struct bs_value);
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_back_title));
	struct bs_str older = BS_STR("");
	enum whose whose = asked(visit);
	size_t count = 0;
	enum bs_rc rc = read_items(visit, whose, items, &count, err);

	if (rc == BS_OK && count > PAGE) {
		count = PAGE;
		older = bs_arena_printf(visit->arena, "/desk/translations/back?whose=%s&before=%" PRId64, whose == ALL ? "all" : whose == NOBODYS ?
			"nobody" : "mine", items[PAGE - 1].since);
	}
	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = row_of(visit, &items[i], &rows[i], err);
	if (rc != BS_OK)
		return rc;
	bs_put(view, BS_D_rows, bs_value_list(rows, count));
	bs_put_flag(view, BS_D_has_rows, count > 0);
	bs_put(view, BS_D_tabs, tabs_of(visit, whose));
	bs_put(view, BS_D_pagination, bs_pagination_value(visit, BS_STR(""), older));
	return bs_desk_print(visit, "back", view, err);
}
