/* parts.c - see parts.h. */
#include "newsroom/vocabulary/parts.h"

#include "newsroom/ledger.h"

enum bs_rc bs_vocabulary_touch(struct bs_db *db, enum bs_tag_kind kind, int64_t id, struct bs_err *err)
{
	char tag[BS_TAG_MAX];

	return bs_change_touch(db, bs_tag(kind, id, tag), err);
}

enum bs_rc bs_vocabulary_body_load(struct bs_arena *arena, struct bs_db *db, int64_t body_id, struct bs_body *body, struct bs_str *lang,
                                   struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc;

	*body = (struct bs_body){ 0 };
	*lang = BS_STR("");
	if (body_id == 0)
		return BS_OK;
	rc = bs_body_load(arena, db, body_id, body, err);
	if (rc == BS_OK)
		rc = bs_db_query(db, BS_Q_body_load, BS_VALUES(bs_int(body_id)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		*lang = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_body_load_lang));
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* The same text again keeps its body. */
enum bs_rc bs_vocabulary_body_save(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, const struct bs_body *body, int64_t before,
                                   int64_t *out, struct bs_err *err)
{
	*out = 0;
	return body->count > 0 ? bs_body_save(arena, db, lang, body, before, out, err) : BS_OK;
}

/* Who has the slug, now or formerly; id 0: nobody. */
static enum bs_rc holder(struct bs_arena *arena, struct bs_db *db, const struct bs_query *query, struct bs_values values, int64_t *id,
                         struct bs_str *slug, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, query, values, &stmt, err);

	*id = 0;
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		*id = bs_stmt_int(stmt, BS_C_term_holder_id);
		*slug = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_term_holder_slug));
	}
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_term_slug_now(struct bs_arena *arena, struct bs_db *db, enum bs_vocabulary vocabulary, struct bs_str slug, struct bs_str *out,
                            struct bs_err *err)
{
	int64_t id;

	return holder(arena, db, BS_Q_term_holder, BS_VALUES(bs_text(bs_vocabulary_name(vocabulary)), bs_text(slug)), &id, out, err);
}

enum bs_rc bs_person_slug_now(struct bs_arena *arena, struct bs_db *db, struct bs_str slug, struct bs_str *out, struct bs_err *err)
{
	int64_t id;

	return holder(arena, db, BS_Q_person_holder, BS_VALUES(bs_text(slug)), &id, out, err);
}

enum bs_rc bs_vocabulary_slug_free(struct bs_arena *arena, struct bs_db *db, const struct bs_query *query, struct bs_values values, int64_t own,
                                   struct bs_err *err)
{
	struct bs_str slug;
	int64_t id;
	enum bs_rc rc = holder(arena, db, query, values, &id, &slug, err);

	if (rc == BS_OK && id != own)
		return bs_fail(err, BS_CONFLICT, "the slug leads to '" BS_FMT "'", BS_ARG(slug));
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_vocabulary_run(struct bs_db *db, const struct bs_query *const *queries, size_t count, struct bs_values values, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = bs_db_exec(db, queries[i], values, err);
	return rc;
}

/* All that stands in one list stands in the other, once; and is counted anew. */
enum bs_rc bs_vocabulary_lists_merge(struct bs_db *db, enum bs_list_kind kind, int64_t from, int64_t into, struct bs_err *err)
{
	enum bs_rc rc = bs_db_exec(db, BS_Q_listing_merge, BS_VALUES(bs_int(kind), bs_int(from), bs_int(into)), err);

	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_listing_clear, BS_VALUES(bs_int(kind), bs_int(from)), err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_listing_parts_clear, BS_VALUES(bs_int(kind), bs_int(from), bs_int(into)), err);
	return rc == BS_OK ? bs_db_exec(db, BS_Q_listing_parts_count, BS_VALUES(bs_int(kind), bs_int(into)), err) : rc;
}

enum bs_rc bs_notice_remove(struct bs_db *db, struct bs_str slug, struct bs_err *err)
{
	char tag[BS_TAG_MAX];
	int64_t id;
	enum bs_rc rc = bs_db_int(db, BS_Q_notice_known, BS_VALUES(bs_text(slug)), &id, err);

	if (rc == BS_NOT_FOUND)
		return bs_fail(err, rc, "there is no notice '" BS_FMT "'", BS_ARG(slug));
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_notice_remove, BS_VALUES(bs_text(slug)), err);
	return rc == BS_OK ? bs_change_touch(db, bs_tag(BS_TAG_SITE, 0, tag), err) : rc;
}
