/* term.c - terms as the desk changes them; see vocabulary.h. A merge moves rows by whole statements, so that a term of a hundred thousand
 * stories is moved in one go; the pages that show it are stale by the tags of the two terms, which every one of them carries. */
#include "newsroom/vocabulary/parts.h"

enum { DEPTH_MAX = 64 };

/* The frame of every page names the terms of these vocabularies, and so do lists of their children. */
static enum bs_rc touch_term(struct bs_db *db, int64_t id, enum bs_vocabulary vocabulary, struct bs_err *err)
{
	enum bs_rc rc = bs_vocabulary_touch(db, BS_TAG_TERM, id, err);

	return rc == BS_OK && vocabulary != BS_TAG ? bs_vocabulary_touch(db, BS_TAG_SITE, 0, err) : rc;
}

static enum bs_rc read_names(struct bs_arena *arena, struct bs_db *db, struct bs_term_record *term, struct bs_err *err)
{
	struct bs_term_name *names = NULL;
	struct bs_stmt *stmt = NULL;
	size_t room = 0;
	enum bs_rc rc = bs_db_query(db, BS_Q_term_names, BS_VALUES(bs_int(term->id)), &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		BS_GROW(arena, names, term->name_count, room, 8);
		names[term->name_count++] = (struct bs_term_name){ bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_term_names_lang)),
			                                           bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_term_names_name)) };
	}
	bs_stmt_free(&stmt);
	term->names = names;
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* *body_id is that of the description. */
static enum bs_rc read_term(struct bs_arena *arena, struct bs_db *db, int64_t id, struct bs_term_record *out, int64_t *body_id,
                            struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_term_read, BS_VALUES(bs_int(id)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		*out = (struct bs_term_record){
			.id = id,
			.slug = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_term_read_slug)),
			.code = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_term_read_code)),
			.parent_id = bs_stmt_int(stmt, BS_C_term_read_parent_id),
			.section = (int)bs_stmt_int(stmt, BS_C_term_read_section),
			.colour = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_term_read_colour)),
			.colour_dark = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_term_read_colour_dark)),
		};
		*body_id = bs_stmt_int(stmt, BS_C_term_read_description_id);
		rc = bs_vocabulary_of(bs_stmt_str(stmt, BS_C_term_read_vocabulary), &out->vocabulary);
	}
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_term_read(struct bs_arena *arena, struct bs_db *db, int64_t id, struct bs_term_record *out, struct bs_err *err)
{
	int64_t body_id = 0;
	enum bs_rc rc = read_term(arena, db, id, out, &body_id, err);

	if (rc == BS_OK)
		rc = read_names(arena, db, out, err);
	return rc == BS_OK ? bs_vocabulary_body_load(arena, db, body_id, &out->description, &out->lang, err) : rc;
}

/* *above: `id` stands somewhere above `below`. */
static enum bs_rc is_above(struct bs_arena *arena, struct bs_db *db, int64_t id, int64_t below, bool *above, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	*above = false;
	for (int depth = 0; depth < DEPTH_MAX && below != 0 && rc == BS_OK && !*above; depth++) {
		struct bs_term_record term;
		int64_t body_id;
		rc = read_term(arena, db, below, &term, &body_id, err);
		if (rc == BS_OK) {
			below = term.parent_id;
			*above = below == id;
		}
	}
	return rc;
}

static enum bs_rc check_term(struct bs_arena *arena, struct bs_db *db, const struct bs_term_record *term, struct bs_err *err)
{
	bool above = false;
	enum bs_rc rc = bs_term_check(term->slug, term->colour, term->colour_dark, err);

	if (rc == BS_OK && term->name_count == 0)
		rc = bs_fail(err, BS_INVALID, "the term '" BS_FMT "' has no name", BS_ARG(term->slug));
	if (rc == BS_OK && term->id != 0 && term->parent_id != 0)
		rc = is_above(arena, db, term->id, term->parent_id, &above, err);
	if (rc == BS_OK && (above || (term->parent_id != 0 && term->parent_id == term->id)))
		rc = bs_fail(err, BS_INVALID, "the parent of '" BS_FMT "' stands below it", BS_ARG(term->slug));
	return rc == BS_OK ? bs_vocabulary_slug_free(arena, db, BS_Q_term_holder,
		BS_VALUES(bs_text(bs_vocabulary_name(term->vocabulary)), bs_text(term->slug)), term->id, err) : rc;
}

static enum bs_rc write_names(struct bs_db *db, const struct bs_term_record *before, const struct bs_term_record *term, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < before->name_count && rc == BS_OK; i++) {
		bool stays = false;
		for (size_t k = 0; k < term->name_count; k++)
			stays |= bs_str_eq(term->names[k].lang, before->names[i].lang);
		if (!stays)
			rc = bs_db_exec(db, BS_Q_term_name_remove, BS_VALUES(bs_int(term->id), bs_text(before->names[i].lang)), err);
	}
	for (size_t i = 0; i < term->name_count && rc == BS_OK; i++)
		rc = bs_db_exec(db, BS_Q_term_name_put, BS_VALUES(bs_int(term->id), bs_text(term->names[i].lang), bs_text(term->names[i].name)), err);
	return rc;
}

static enum bs_rc change_slug(struct bs_arena *arena, struct bs_db *db, const struct bs_term_record *before, const struct bs_term_record *term,
                              struct bs_err *err)
{
	struct bs_param vocabulary = bs_text(bs_vocabulary_name(term->vocabulary));
	enum bs_rc rc;

	if (bs_str_eq(before->slug, term->slug))
		return BS_OK;
	/* Its own from earlier, taken up again. */
	rc = bs_db_exec(db, BS_Q_former_term_remove, BS_VALUES(vocabulary, bs_text(term->slug)), err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_former_term_put, BS_VALUES(vocabulary, bs_text(before->slug), bs_int(term->id)), err);
	if (rc == BS_OK)
		rc = bs_vocabulary_rename_in_menus(arena, db, term->vocabulary, before->slug, term->slug, err);
	return rc == BS_OK ? bs_vocabulary_rename_in_rules(arena, db, term->vocabulary, before->slug, term->slug, err) : rc;
}

enum bs_rc bs_term_write(struct bs_arena *arena, struct bs_db *db, struct bs_term_record *term, struct bs_err *err)
{
	struct bs_term_record before = { .id = 0 };
	int64_t body_before = 0, body = 0;
	enum bs_rc rc = check_term(arena, db, term, err);

	if (rc == BS_OK && term->id != 0)
		rc = read_term(arena, db, term->id, &before, &body_before, err);
	if (rc == BS_OK && term->id != 0)
		rc = read_names(arena, db, &before, err);
	if (rc == BS_OK)
		rc = bs_vocabulary_body_save(arena, db, term->lang, &term->description, body_before, &body, err);
	if (rc != BS_OK)
		return rc;
	if (term->id == 0)
		rc = bs_db_int(db, BS_Q_term_add, BS_VALUES(bs_text(bs_vocabulary_name(term->vocabulary)), bs_text(term->slug), bs_text(term->code),
			bs_ref(term->parent_id), bs_int(0), bs_text(term->colour), bs_text(term->colour_dark), bs_ref(body),
				bs_null(), bs_text(BS_STR("")),
			bs_text(BS_STR(""))), &term->id, err);
	else
		rc = bs_db_exec(db, BS_Q_term_change, BS_VALUES(bs_int(term->id), bs_text(term->slug), bs_text(term->code), bs_ref(term->parent_id),
			bs_text(term->colour), bs_text(term->colour_dark), bs_ref(body)), err);
	if (rc == BS_OK)
		rc = write_names(db, &before, term, err);
	if (rc == BS_OK && before.id != 0)
		rc = change_slug(arena, db, &before, term, err);
	if (rc == BS_OK && before.parent_id != 0)
		rc = bs_vocabulary_touch(db, BS_TAG_TERM, before.parent_id, err);
	if (rc == BS_OK && term->parent_id != 0)
		rc = bs_vocabulary_touch(db, BS_TAG_TERM, term->parent_id, err);
	return rc == BS_OK ? touch_term(db, term->id, term->vocabulary, err) : rc;
}

/* --- merging ---------------------------------------------------------------------------------------------------------------------- */

/* What stood below the one stands below the other, which must not come to stand below itself. */
static enum bs_rc merge_places(struct bs_arena *arena, struct bs_db *db, const struct bs_term_record *from, const struct bs_term_record *into,
                               struct bs_err *err)
{
	bool above;
	enum bs_rc rc = is_above(arena, db, from->id, into->id, &above, err);

	if (rc == BS_OK && above)
		rc = bs_db_exec(db, BS_Q_term_parent_put, BS_VALUES(bs_int(into->id), bs_ref(from->parent_id)), err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_term_merge_children, BS_VALUES(bs_int(from->id), bs_int(into->id)), err);
	return rc;
}

enum bs_rc bs_term_merge(struct bs_arena *arena, struct bs_db *db, int64_t from_id, int64_t into_id, struct bs_err *err)
{
	static const struct bs_query *const moves[] = { BS_Q_term_merge_stories };
	static const struct bs_query *const others[] = { BS_Q_term_merge_sections, BS_Q_term_merge_former };
	static const struct bs_query *const ends[] = { BS_Q_term_merge_doubles, BS_Q_term_names_remove, BS_Q_term_remove };
	struct bs_values both = BS_VALUES(bs_int(from_id), bs_int(into_id));
	struct bs_term_record from, into;
	int64_t body;
	enum bs_rc rc = read_term(arena, db, from_id, &from, &body, err);

	if (rc == BS_OK)
		rc = read_term(arena, db, into_id, &into, &body, err);
	if (rc == BS_OK && (from_id == into_id || from.vocabulary != into.vocabulary))
		rc = bs_fail(err, BS_INVALID, "'" BS_FMT "' cannot become '" BS_FMT "'", BS_ARG(from.slug), BS_ARG(into.slug));
	if (rc == BS_OK)
		rc = bs_vocabulary_run(db, moves, BS_COUNT(moves), both, err);
	if (rc == BS_OK)
		rc = bs_vocabulary_run(db, others, BS_COUNT(others), both, err);
	if (rc == BS_OK)
		rc = merge_places(arena, db, &from, &into, err);
	if (rc == BS_OK)
		rc = bs_vocabulary_lists_merge(db, BS_LIST_TERM, from_id, into_id, err);
	if (rc == BS_OK)
		rc = bs_vocabulary_run(db, ends, BS_COUNT(ends), BS_VALUES(bs_int(from_id)), err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_former_term_put, BS_VALUES(bs_text(bs_vocabulary_name(from.vocabulary)),
			bs_text(from.slug), bs_int(into_id)), err);
	if (rc == BS_OK)
		rc = bs_vocabulary_rename_in_rules(arena, db, from.vocabulary, from.slug, into.slug, err);
	if (rc == BS_OK)
		rc = bs_vocabulary_rename_in_menus(arena, db, from.vocabulary, from.slug, into.slug, err);
	if (rc == BS_OK)
		rc = touch_term(db, from_id, from.vocabulary, err);
	return rc == BS_OK ? touch_term(db, into_id, into.vocabulary, err) : rc;
}

enum bs_rc bs_term_remove(struct bs_db *db, int64_t id, struct bs_err *err)
{
	static const struct bs_query *const ends[] = { BS_Q_former_terms_remove, BS_Q_term_names_remove, BS_Q_term_remove };
	int64_t used = 0;
	enum bs_rc rc = bs_db_int(db, BS_Q_term_used, BS_VALUES(bs_int(id)), &used, err);

	if (rc == BS_OK && used)
		rc = bs_fail(err, BS_CONFLICT, "the term is in use");
	if (rc == BS_OK)
		rc = bs_vocabulary_run(db, ends, BS_COUNT(ends), BS_VALUES(bs_int(id)), err);
	return rc == BS_OK ? touch_term(db, id, BS_THEME, err) : rc;
}
