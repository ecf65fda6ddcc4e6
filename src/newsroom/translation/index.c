/* index.c - translated words in the search; see newsroom/search.h. */
#include "newsroom/translation/listed.h"

#include "newsroom/ledger.h"

enum { DUE = 100 }; /* stories of one transaction: whoever writes waits no longer than that */

enum bs_rc bs_translation_index(struct bs_arena *arena, struct bs_db *db, int64_t body_id, struct bs_search_text *text, struct bs_err *err)
{
	struct bs_body body;
	enum bs_rc rc = bs_body_load_in(arena, db, body_id, text->lang, &body, err);

	if (rc != BS_OK)
		return rc;
	bs_search_of_body(arena, &body, text);
	return bs_search_put(arena, db, text, err);
}

/* This language's terms alone go and come again, also where it is the story's own. */
static enum bs_rc index_again(struct bs_arena *arena, struct bs_db *db, int64_t body_id, struct bs_search_text *text, struct bs_err *err)
{
	enum bs_rc rc = bs_search_remove(db, text->story_id, text->lang, err);

	text->fresh = true;
	return rc == BS_OK ? bs_translation_index(arena, db, body_id, text, err) : rc;
}

struct due {
	struct bs_search_text text;
	int64_t body_id;
	bool listed; /* still */
};

static enum bs_rc read_due(struct bs_arena *arena, struct bs_db *db, struct due *list, size_t *count, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_search_due, BS_VALUES(bs_int(DUE)), &stmt, err);

	for (*count = 0; rc == BS_OK && *count < DUE && (rc = bs_stmt_next(stmt, err)) == BS_OK; ++*count)
		list[*count] = (struct due){
			.text = { .story_id = bs_stmt_int(stmt, BS_C_search_due_story_id),
			          .lang = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_search_due_lang)),
			          .translated = bs_stmt_int(stmt, BS_C_search_due_own) == 0,
			          .published_at = bs_stmt_int(stmt, BS_C_search_due_published_at) },
			.body_id = bs_stmt_int(stmt, BS_C_search_due_body_id),
			.listed = bs_stmt_int(stmt, BS_C_search_due_listed) != 0,
		};
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_translation_index_due(struct bs_arena *arena, struct bs_db *db, struct bs_err *err)
{
	struct due *list = BS_ARRAY(arena, DUE, struct due);
	size_t count;
	enum bs_rc rc = read_due(arena, db, list, &count, err);

	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		if (list[i].listed)
			rc = index_again(arena, db, list[i].body_id, &list[i].text, err);
		if (rc == BS_OK)
			rc = bs_db_exec(db, BS_Q_search_due_remove, BS_VALUES(bs_int(list[i].text.story_id), bs_text(list[i].text.lang)), err);
	}
	return rc;
}

enum bs_rc bs_translation_index_is_due(struct bs_db *db, bool *out, struct bs_err *err)
{
	int64_t due = 0;
	enum bs_rc rc = bs_db_int(db, BS_Q_search_is_due, BS_NO_VALUES, &due, err);

	*out = rc == BS_OK && due != 0;
	return rc;
}
