/* stories.c - the list of all stories. */
#include <inttypes.h>

#include "desk/pages.h"
#include "text/markup.h"

enum { PAGE = 50 };

static struct bs_value row_of(struct bs_visit *visit, const struct bs_stmt *stmt)
{
	struct bs_str lang = bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_desk_list_lang));
	const struct bs_lang *known = bs_lang_find(lang);
	struct bs_dict *dict = bs_dict_new(visit->arena, 10);

	bs_put_text(dict, BS_D_href, bs_arena_printf(visit->arena, "/desk/story/%" PRId64, bs_stmt_int(stmt, BS_C_desk_list_id)));
	/* Canonical markup of the ledger. */
	bs_put(dict, BS_D_title, bs_value_markup(bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_desk_list_title))));
	bs_put_text(dict, BS_D_lang, lang);
	bs_put_text(dict, BS_D_dir, known != NULL && known->rtl ? BS_STR("rtl") : BS_STR("ltr"));
	bs_put_text(dict, BS_D_label, known != NULL ? known->own_name : lang);
	bs_put_text(dict, BS_D_kind, bs_word_of(visit, "kind.", bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_desk_list_kind))));
	bs_put(dict, BS_D_status, bs_status_badge(visit, bs_stmt_str(stmt, BS_C_desk_list_status)));
	bs_put_text(dict, BS_D_byline, bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_desk_list_authors)));
	bs_put(dict, BS_D_when, bs_when(visit, bs_stmt_int(stmt, BS_C_desk_list_published_at)));
	bs_put(dict, BS_D_changed, bs_when(visit, bs_stmt_int(stmt, BS_C_desk_list_changed_at)));
	return bs_value_dict(dict);
}

BS_DESK_SHOW(stories)
{
	struct bs_value *rows = BS_ARRAY(visit->arena, PAGE, struct bs_value);
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_stories_title));
	struct bs_stmt *stmt = NULL;
	size_t count = 0;
	enum bs_rc rc = bs_db_query(visit->db, BS_Q_desk_list, BS_VALUES(bs_int(INT64_MAX), bs_int(PAGE)), &stmt, err);

	while (rc == BS_OK && count < PAGE && (rc = bs_stmt_next(stmt, err)) == BS_OK)
		rows[count++] = row_of(visit, stmt);
	bs_stmt_free(&stmt);
	if (rc != BS_OK && rc != BS_NOT_FOUND)
		return rc;
	bs_put(view, BS_D_rows, bs_value_list(rows, count));
	bs_put_flag(view, BS_D_has_rows, count > 0);
	bs_put_flag(view, BS_D_write, bs_visit_can(visit, BS_ACT_WRITE));
	return bs_desk_print(visit, "stories", view, err);
}
