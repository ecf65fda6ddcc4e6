/* back.c - which passages came back to the translators because the original changed, and to whom; see translation.h. A passage that took
 * the place of one that was translated has to be done again, until a person did; where an engine had translated, an engine will do. */
#include "newsroom/translation/listed.h"

static struct bs_translation_before before_of(struct bs_arena *arena, const struct bs_stmt *stmt)
{
	return (struct bs_translation_before){
		.passage_id = bs_stmt_int(stmt, BS_C_translation_befores_passage_id),
		.source = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_translation_befores_source)),
		.target = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_translation_befores_target)),
		.maker = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_translation_befores_maker)),
		.account_id = bs_stmt_int(stmt, BS_C_translation_befores_account_id),
		.by_person = bs_stmt_int(stmt, BS_C_translation_befores_by_person) != 0,
		.replaced_at = bs_stmt_int(stmt, BS_C_translation_befores_replaced_at),
	};
}

enum bs_rc bs_translation_befores(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct bs_str lang,
                                  struct bs_translation_before **out, size_t *count, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	size_t room = 0;
	enum bs_rc rc = bs_db_query(db, BS_Q_translation_befores, BS_VALUES(bs_int(story_id), bs_text(lang)), &stmt, err);

	*out = NULL;
	*count = 0;
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		int64_t passage = bs_stmt_int(stmt, BS_C_translation_befores_passage_id);
		bool put_in = bs_stmt_int(stmt, BS_C_translation_befores_old_id) == 0;
		bool said = bs_stmt_str(stmt, BS_C_translation_befores_target).len > 0;
		if ((!said && !put_in) || (*count > 0 && (*out)[*count - 1].passage_id == passage))
			continue;
		BS_GROW(arena, *out, *count, room, 16);
		(*out)[(*count)++] = before_of(arena, stmt);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static const struct bs_translation_before *find(const struct bs_translation_before *list, size_t count, int64_t passage_id)
{
	for (size_t i = 0; i < count; i++) {
		if (list[i].passage_id == passage_id)
			return &list[i];
	}
	return NULL;
}

/* What was put in into a story that was told whole is missing as much as what was changed. */
static bool came_back(const struct bs_translation_row *row, const struct bs_translation_before *before, bool whole_once)
{
	if (before == NULL || bs_translation_by_hand(row))
		return false;
	if (before->source.len == 0)
		return whole_once && row->target.len == 0;
	return before->by_person || row->target.len == 0;
}

/* Who is asked about what nobody had before: whoever has translated most of the story. */
static int64_t usual_account(const struct bs_translation_row *rows, size_t count)
{
	int64_t best = 0;
	size_t most = 0;

	for (size_t i = 0; i < count; i++) {
		size_t has = 0;
		for (size_t k = i; k < count && rows[i].account_id != 0 && rows[i].account_id != best; k++)
			has += rows[k].account_id == rows[i].account_id;
		if (has > most) {
			most = has;
			best = rows[i].account_id;
		}
	}
	return best;
}

enum bs_rc bs_translation_back(struct bs_arena *arena, struct bs_db *db, int64_t story_id, const struct bs_translation_row *rows, size_t count,
                               struct bs_translation_state *state, struct bs_str lang, struct bs_err *err)
{
	struct bs_translation_before *befores;
	size_t before_count;
	int64_t usual;
	enum bs_rc rc = bs_translation_befores(arena, db, story_id, lang, &befores, &before_count, err);

	if (rc == BS_OK && state->stale > 0)
		rc = bs_db_exec(db, BS_Q_translation_back_clear, BS_VALUES(bs_int(story_id), bs_text(lang)), err);
	state->stale = 0;
	if (rc != BS_OK || before_count == 0)
		return rc;
	usual = usual_account(rows, count);
	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		const struct bs_translation_before *before = find(befores, before_count, rows[i].passage_id);
		int64_t account = before == NULL ? 0 : before->source.len > 0 ? before->account_id : usual;
		if (!came_back(&rows[i], before, state->number > 0))
			continue;
		state->stale++;
		rc = bs_db_exec(db, BS_Q_translation_back_add, BS_VALUES(bs_int(story_id), bs_text(lang), bs_int(rows[i].passage_id),
		                bs_ref(account), bs_int(before->replaced_at)), err);
	}
	return rc;
}
