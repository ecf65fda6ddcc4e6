/* person.c - people as the desk changes them; see vocabulary.h. */
#include "newsroom/translation.h"
#include "newsroom/vocabulary/parts.h"
#include "text/slug.h"

static enum bs_rc read_person(struct bs_arena *arena, struct bs_db *db, int64_t id, struct bs_person_record *out, int64_t *body_id,
                              struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_person_read, BS_VALUES(bs_int(id)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		*out = (struct bs_person_record){
			.id = id,
			.slug = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_person_read_slug)),
			.name = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_person_read_name)),
			.portrait_id = bs_stmt_int(stmt, BS_C_person_read_portrait_id),
			.portrait_alt = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_person_read_portrait_alt)),
			.job = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_person_read_job)),
			.url = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_person_read_url)),
			.email = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_person_read_email)),
		};
		*body_id = bs_stmt_int(stmt, BS_C_person_read_bio_id);
	}
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_person_record_read(struct bs_arena *arena, struct bs_db *db, int64_t id, struct bs_person_record *out, struct bs_err *err)
{
	int64_t body_id = 0;
	enum bs_rc rc = read_person(arena, db, id, out, &body_id, err);

	return rc == BS_OK ? bs_vocabulary_body_load(arena, db, body_id, &out->bio, &out->lang, err) : rc;
}

static enum bs_rc check_person(struct bs_arena *arena, struct bs_db *db, const struct bs_person_record *person, struct bs_err *err)
{
	if (!bs_slug_valid(person->slug) || person->name.len == 0)
		return bs_fail(err, BS_INVALID, "a person needs a name and a slug");
	return bs_vocabulary_slug_free(arena, db, BS_Q_person_holder, BS_VALUES(bs_text(person->slug)), person->id, err);
}

/* Cards carry the name; addresses the slug. */
static enum bs_rc change_name(struct bs_arena *arena, struct bs_db *db, const struct bs_person_record *before,
                              const struct bs_person_record *person, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	if (!bs_str_eq(before->slug, person->slug)) {
		rc = bs_db_exec(db, BS_Q_former_person_remove, BS_VALUES(bs_text(person->slug)), err);
		if (rc == BS_OK)
			rc = bs_db_exec(db, BS_Q_former_person_put, BS_VALUES(bs_text(before->slug), bs_int(person->id)), err);
	}
	return rc == BS_OK && !bs_str_eq(before->name, person->name) ? bs_person_on_cards(arena, db, person->id, err) : rc;
}

enum bs_rc bs_person_write(struct bs_arena *arena, struct bs_db *db, struct bs_person_record *person, struct bs_err *err)
{
	struct bs_person_record before = { .id = 0 };
	int64_t body_before = 0, body = 0, line = 0;
	enum bs_rc rc = check_person(arena, db, person, err);

	if (rc == BS_OK && person->id != 0)
		rc = read_person(arena, db, person->id, &before, &body_before, err);
	if (rc == BS_OK)
		rc = bs_vocabulary_body_save(arena, db, person->lang, &person->bio, body_before, &body, err);
	if (rc == BS_OK)
		rc = bs_passage_keep_line(arena, db, person->lang, person->job, &line, err);
	if (rc != BS_OK)
		return rc;
	if (person->id == 0)
		rc = bs_db_int(db, BS_Q_person_add, BS_VALUES(bs_text(person->slug), bs_text(person->name), bs_ref(body), bs_ref(person->portrait_id),
			bs_text(person->portrait_alt), bs_text(person->job), bs_text(person->url), bs_text(person->email),
			bs_ref(line)), &person->id, err);
	else
		rc = bs_db_exec(db, BS_Q_person_change, BS_VALUES(bs_int(person->id), bs_text(person->slug), bs_text(person->name), bs_ref(body),
			bs_ref(person->portrait_id), bs_text(person->portrait_alt), bs_text(person->job), bs_text(person->url),
			bs_text(person->email), bs_ref(line)), err);
	if (rc == BS_OK && before.id != 0)
		rc = change_name(arena, db, &before, person, err);
	return rc == BS_OK ? bs_vocabulary_touch(db, BS_TAG_PERSON, person->id, err) : rc;
}

enum bs_rc bs_person_merge(struct bs_arena *arena, struct bs_db *db, int64_t from_id, int64_t into_id, struct bs_err *err)
{
	static const struct bs_query *const moves[] = { BS_Q_person_merge_stories, BS_Q_person_merge_former, BS_Q_person_merge_translations };
	struct bs_person_record from, into;
	int64_t body;
	enum bs_rc rc = read_person(arena, db, from_id, &from, &body, err);

	if (rc == BS_OK)
		rc = read_person(arena, db, into_id, &into, &body, err);
	if (rc == BS_OK && from_id == into_id)
		rc = bs_fail(err, BS_INVALID, "'" BS_FMT "' cannot become itself", BS_ARG(from.slug));
	if (rc == BS_OK)
		rc = bs_vocabulary_run(db, moves, BS_COUNT(moves), BS_VALUES(bs_int(from_id), bs_int(into_id)), err);
	if (rc == BS_OK)
		rc = bs_vocabulary_lists_merge(db, BS_LIST_PERSON, from_id, into_id, err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_person_merge_doubles, BS_VALUES(bs_int(from_id)), err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_person_merge_authors, BS_VALUES(bs_int(from_id), bs_int(into_id)), err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_person_remove, BS_VALUES(bs_int(from_id)), err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_former_person_put, BS_VALUES(bs_text(from.slug), bs_int(into_id)), err);
	if (rc == BS_OK)
		rc = bs_person_on_cards(arena, db, into_id, err);
	if (rc == BS_OK)
		rc = bs_vocabulary_touch(db, BS_TAG_PERSON, from_id, err);
	return rc == BS_OK ? bs_vocabulary_touch(db, BS_TAG_PERSON, into_id, err) : rc;
}

enum bs_rc bs_person_remove(struct bs_db *db, int64_t id, struct bs_err *err)
{
	static const struct bs_query *const ends[] = { BS_Q_former_people_remove, BS_Q_person_remove };
	int64_t used = 0;
	enum bs_rc rc = bs_db_int(db, BS_Q_person_used, BS_VALUES(bs_int(id)), &used, err);

	if (rc == BS_OK && used)
		rc = bs_fail(err, BS_CONFLICT, "the person is named by a story");
	if (rc == BS_OK)
		rc = bs_vocabulary_run(db, ends, BS_COUNT(ends), BS_VALUES(bs_int(id)), err);
	return rc == BS_OK ? bs_vocabulary_touch(db, BS_TAG_PERSON, id, err) : rc;
}
