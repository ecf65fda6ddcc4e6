/* audit.c - the log of who did what: all of it, or of one story. */
#include <inttypes.h>

#include "desk/pages.h"

enum { PAGE = 100 };

static struct bs_value row_of(struct bs_visit *visit, const struct bs_audit_entry *entry)
{
	struct bs_dict *dict = bs_dict_new(visit->arena, 8);

	bs_put(dict, BS_D_when, bs_when(visit, entry->at));
	bs_put_text(dict, BS_D_who, entry->who);
	bs_put_text(dict, BS_D_action, bs_word_of(visit, "audit.", entry->action));
	bs_put_text(dict, BS_D_href, entry->story_id != 0 ? bs_arena_printf(visit->arena, "/desk/story/%" PRId64, entry->story_id) : BS_STR(""));
	/* Canonical markup of the ledger. */
	bs_put(dict, BS_D_title, bs_value_markup(entry->title));
	bs_put(dict, BS_D_revision, entry->revision > 0 ? bs_value_int(entry->revision) : bs_value_null());
	bs_put_text(dict, BS_D_account, entry->subject);
	bs_put_text(dict, BS_D_detail, entry->detail);
	return bs_value_dict(dict);
}

BS_DESK_SHOW(audit)
{
	struct bs_audit_filter filter = { .limit = PAGE + 1 };
	struct bs_audit_entry *entries = NULL;
	struct bs_dict *view;
	struct bs_value *rows;
	struct bs_str older = BS_STR("");
	size_t count = 0;
	enum bs_rc rc;

	if (bs_str_int(bs_visit_asked(visit, "before"), &filter.before) != BS_OK)
		filter.before = 0;
	if (bs_str_int(bs_visit_asked(visit, "story"), &filter.story_id) != BS_OK)
		filter.story_id = 0;
	rc = bs_audit_list(visit->arena, visit->db, &filter, &entries, &count, err);
	if (rc != BS_OK)
		return rc;
	if (count > PAGE) {
		count = PAGE;
		older = bs_arena_printf(visit->arena, "/desk/audit?before=%" PRId64 "&story=%" PRId64, entries[PAGE - 1].number, filter.story_id);
	}
	rows = BS_ARRAY(visit->arena, count, struct bs_value);
	for (size_t i = 0; i < count; i++)
		rows[i] = row_of(visit, &entries[i]);
	view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_audit_title));
	bs_put(view, BS_D_rows, bs_value_list(rows, count));
	bs_put_flag(view, BS_D_has_rows, count > 0);
	bs_put(view, BS_D_pagination, bs_pagination_value(visit, filter.before > 0 ? BS_STR("/desk/audit") : BS_STR(""), older));
	return bs_desk_print(visit, "audit", view, err);
}
