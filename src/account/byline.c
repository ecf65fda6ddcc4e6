/* byline.c - the person whose byline an account writes under; see account.h. */
#include "account/account.h"

static enum bs_rc read_byline(struct bs_arena *arena, struct bs_stmt *stmt, struct bs_byline *out, struct bs_err *err)
{
	enum bs_rc rc = bs_stmt_next(stmt, err);

	if (rc == BS_OK)
		*out = (struct bs_byline){ .person_id = bs_stmt_int(stmt, BS_C_byline_find_id),
			.slug = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_byline_find_slug)),
			.name = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_byline_find_name)) };
	return rc;
}

enum bs_rc bs_byline_find(struct bs_arena *arena, struct bs_db *db, struct bs_str text, struct bs_byline *out, struct bs_err *err)
{
	struct bs_byline other;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_byline_find, BS_VALUES(bs_text(text)), &stmt, err);

	if (rc == BS_OK)
		rc = read_byline(arena, stmt, out, err);
	if (rc == BS_NOT_FOUND)
		rc = bs_fail(err, rc, "there is nobody '" BS_FMT "' among the people of the byline", BS_ARG(text));
	if (rc == BS_OK && !bs_str_eq(out->slug, text)) {
		rc = read_byline(arena, stmt, &other, err);
		rc = rc == BS_NOT_FOUND ? BS_OK : rc != BS_OK ? rc : bs_fail(err, BS_CONFLICT, "several people are called '" BS_FMT
			"'; write the last part of their page's address, such as '" BS_FMT "' or '" BS_FMT "'", BS_ARG(text),
			BS_ARG(out->slug), BS_ARG(other.slug));
	}
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_byline_of(struct bs_arena *arena, struct bs_db *db, int64_t person_id, struct bs_byline *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_byline_of, BS_VALUES(bs_int(person_id)), &stmt, err);

	if (rc == BS_OK)
		rc = read_byline(arena, stmt, out, err);
	bs_stmt_free(&stmt);
	return rc;
}
