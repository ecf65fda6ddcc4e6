/* copy.c - a working copy is written, read and discarded; see copy.h. */
#include "desk/copy/copy.h"

#include <inttypes.h>

#include "base/sys.h"
#include "desk/copy/events.h"
#include "desk/copy/here.h"
#include "desk/pages.h"
#include "text/json.h"

enum { FIELDS_MAX = 2 * BS_MAX_DESK_BODY, OFFERED_MAX = 20 };

struct bs_str bs_copy_id_new(struct bs_arena *arena)
{
	uint8_t random[BS_COPY_ID_LEN / 2];
	char hex[BS_COPY_ID_LEN];

	bs_random_bytes(random, sizeof(random));
	bs_hex_encode(random, sizeof(random), hex);
	return bs_arena_copy(arena, bs_str_n(hex, sizeof(hex)));
}

bool bs_copy_id_good(struct bs_str id)
{
	uint8_t bytes[BS_COPY_ID_LEN / 2];

	return bs_hex_decode(id, bytes, sizeof(bytes)) == BS_OK;
}

enum bs_rc bs_copy_story(struct bs_visit *visit, struct bs_db *db, struct bs_str public_id, int64_t *id, struct bs_err *err)
{
	enum bs_rc rc;

	*id = 0;
	if (public_id.len == 0 || public_id.len > BS_MAX_PUBLIC_ID)
		return bs_fail(err, BS_INVALID, "no public id");
	rc = bs_db_int(db, BS_Q_desk_story_by_public_id, BS_VALUES(bs_text(public_id)), id, err);
	if (rc == BS_OK)
		return bs_visit_may(visit, BS_ACT_SEE, *id, err);
	if (rc == BS_NOT_FOUND && !bs_public_id_good(public_id))
		return bs_fail(err, BS_INVALID, "no story has this public id, and none will");
	return rc == BS_NOT_FOUND ? bs_visit_may(visit, BS_ACT_WRITE, 0, err) : rc;
}

/* --- reading ------------------------------------------------------------------------------------------------------------------- */

enum bs_rc bs_copy_load(struct bs_visit *visit, struct bs_str story, struct bs_str id, struct bs_story_form *form, int64_t *when,
                        struct bs_err *err)
{
	const struct bs_json *json = NULL;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(visit->db, BS_Q_working_copy_get,
	                            BS_VALUES(bs_text(story), bs_int(visit->session.account.id), bs_text(id)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		rc = bs_json_parse_large(visit->arena, bs_stmt_str(stmt, BS_C_working_copy_get_fields), FIELDS_MAX, &json, err);
	if (rc == BS_OK) {
		bool correction = bs_json_get(json, bs_str_c(bs_story_field_name(BS_SF_CORRECTION))) != NULL;
		for (enum bs_story_field i = 0; i < BS_SF_COUNT; i++) {
			if (!correction || bs_story_field_is_text(i) || i == BS_SF_FORMAT || i == BS_SF_CORRECTION || i == BS_SF_NOTE)
				form->value[i] = bs_json_string(bs_json_get(json, bs_str_c(bs_story_field_name(i))));
		}
		form->copy = bs_arena_copy(visit->arena, id);
		form->turn = bs_stmt_int(stmt, BS_C_working_copy_get_turn);
		form->base = bs_stmt_int(stmt, BS_C_working_copy_get_base);
		*when = bs_stmt_int(stmt, BS_C_working_copy_get_saved_at);
	}
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_copy_open(struct bs_visit *visit, struct bs_str story, struct bs_story_form *form, int64_t *when, struct bs_value *notice,
                        struct bs_err *err)
{
	struct bs_str copy = bs_visit_asked(visit, "copy");
	enum bs_rc rc;

	*when = 0;
	if (copy.len == 0)
		return BS_OK;
	rc = bs_copy_load(visit, story, copy, form, when, err);
	if (rc == BS_OK)
		*notice = bs_notice_value(visit, BS_TONE_WARN, bs_desk_say_copy_open(visit->arena, visit->lang,
		                          bs_date(visit->arena, visit->lang, BS_DATE_TIME, visit->publication->zone, *when)));
	else if (rc == BS_NOT_FOUND)
		*notice = bs_notice_value(visit, BS_TONE_WARN, bs_word(visit, BS_DESK_MSG_copy_gone));
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_copies_put(struct bs_visit *visit, struct bs_dict *view, struct bs_str story, struct bs_str open, struct bs_err *err)
{
	struct bs_value *rows = BS_ARRAY(visit->arena, OFFERED_MAX, struct bs_value);
	const struct bs_param me = bs_int(visit->session.account.id), limit = bs_int(OFFERED_MAX);
	struct bs_stmt *stmt = NULL;
	size_t count = 0;
	enum bs_rc rc = story.len > 0 ? bs_db_query(visit->db, BS_Q_working_copies_of_story, BS_VALUES(me, bs_text(story), limit), &stmt, err)
	                              : bs_db_query(visit->db, BS_Q_working_copies_loose, BS_VALUES(me, limit), &stmt, err);

	/* Both have the same columns. */
	while (rc == BS_OK && count < OFFERED_MAX && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_dict *dict = bs_dict_new(visit->arena, 4);
		struct bs_str id = bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_working_copies_of_story_copy));
		if (bs_str_eq(id, open))
			continue;
		bs_put_text(dict, BS_D_copy, id);
		bs_put_text(dict, BS_D_public_id, bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_working_copies_of_story_story)));
		bs_put_text(dict, BS_D_label, bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_working_copies_of_story_title)));
		bs_put(dict, BS_D_when, bs_when(visit, bs_stmt_int(stmt, BS_C_working_copies_of_story_saved_at)));
		rows[count++] = bs_value_dict(dict);
	}
	bs_stmt_free(&stmt);
	bs_put(view, BS_D_copies, bs_value_list(rows, count));
	bs_put_flag(view, BS_D_has_copies, count > 0);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* --- writing ------------------------------------------------------------------------------------------------------------------- */

static enum bs_rc remove_copy(struct bs_visit *visit, struct bs_db *db, struct bs_str story, struct bs_str id, struct bs_err *err)
{
	return bs_db_exec(db, BS_Q_working_copy_remove, BS_VALUES(bs_text(story), bs_int(visit->session.account.id), bs_text(id)), err);
}

/* "media:12", and not the beginning of "media:123". */
static bool names_media(struct bs_str text, struct bs_str name)
{
	for (size_t at = bs_str_find(text, name, 0); at != SIZE_MAX; at = bs_str_find(text, name, at + 1)) {
		size_t end = at + name.len;
		if (end == text.len || text.ptr[end] < '0' || text.ptr[end] > '9')
			return true;
	}
	return false;
}

enum bs_rc bs_copy_shows(struct bs_arena *arena, struct bs_db *db, int64_t media_id, bool *shows, struct bs_err *err)
{
	struct bs_str id = bs_arena_printf(arena, "%" PRId64, media_id), name = bs_arena_printf(arena, "media:%" PRId64, media_id);
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_picture_copies, BS_VALUES(bs_text(id)), &stmt, err);

	*shows = false;
	while (rc == BS_OK && !*shows && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		const struct bs_json *json = NULL;
		rc = bs_json_parse_large(arena, bs_stmt_str(stmt, BS_C_picture_copies_fields), FIELDS_MAX, &json, err);
		*shows = rc == BS_OK && (bs_str_eq(bs_str_trim(bs_json_string(bs_json_get(json, bs_str_c(bs_story_field_name(BS_SF_IMAGE))))), id) ||
			names_media(bs_json_string(bs_json_get(json, bs_str_c(bs_story_field_name(BS_SF_BODY)))), name));
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_copy_done(struct bs_visit *visit, struct bs_db *db, const struct bs_story_form *form, struct bs_err *err)
{
	return form->copy.len > 0 ? remove_copy(visit, db, form->public_id, form->copy, err) : BS_OK;
}

struct keeping {
	struct bs_visit *visit;
	struct bs_story_form form;
	struct bs_str fields; /* JSON */
	int64_t story_id;     /* 0: it was never saved */
	bool forked;          /* another page writes to this copy: nothing was written */
};

static enum bs_rc fields_write(struct keeping *k, struct bs_err *err)
{
	struct bs_json *json = bs_json_new_object(k->visit->arena);
	struct bs_buf out = BS_BUF(FIELDS_MAX);
	enum bs_rc rc;

	for (enum bs_story_field i = 0; i < BS_SF_COUNT; i++) {
		if (k->form.value[i].len > 0)
			bs_json_add_string(json, bs_str_c(bs_story_field_name(i)), k->form.value[i]);
	}
	rc = bs_json_write(json, &out, err);
	if (rc == BS_OK)
		k->fields = bs_arena_copy(k->visit->arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return rc;
}

static enum bs_rc keep(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct keeping *k = ctx;
	struct bs_param story = bs_text(k->form.public_id), me = bs_int(k->visit->session.account.id), copy = bs_text(k->form.copy);
	int64_t turn = k->form.turn, copies = 0;
	enum bs_rc rc;

	k->forked = false;
	rc = bs_copy_story(k->visit, db, k->form.public_id, &k->story_id, err);
	if (rc != BS_OK)
		return rc;
	rc = bs_db_int(db, BS_Q_working_copy_turn, BS_VALUES(story, me, copy), &turn, err);
	if (rc == BS_NOT_FOUND) {
		rc = bs_db_int(db, BS_Q_working_copy_count, BS_VALUES(me), &copies, err);
		if (rc == BS_OK && copies >= BS_COPIES_MAX)
			return bs_fail(err, BS_LIMIT, "more than %d working copies of one person", BS_COPIES_MAX);
	}
	k->forked = turn != k->form.turn;
	if (rc != BS_OK || k->forked)
		return rc;
	return bs_db_exec(db, BS_Q_working_copy_put, BS_VALUES(story, me, copy, bs_int(turn + 1), bs_int(k->form.base), bs_int(k->visit->now),
	                  bs_text(bs_str_utf8_prefix(k->form.value[BS_SF_TITLE], BS_MAX_FIELD)), bs_text(k->fields)), err);
}

/* POST: the story's form as it is now, with `copy` and `turn`. The answer is JSON: see here.h. */
BS_DESK_ACT(copy)
{
	struct keeping k = { .visit = visit };
	struct bs_json *answer = bs_json_new_object(visit->arena);
	enum bs_rc rc;

	bs_story_form_read(visit, &k.form);
	if (!bs_copy_id_good(k.form.copy))
		return bs_fail(err, BS_INVALID, "no copy");
	if (!bs_here_same_person(visit))
		return bs_here_answer_other(visit, err);
	rc = fields_write(&k, err);
	if (rc == BS_OK)
		rc = bs_visit_write(visit, keep, &k, err);
	if (rc != BS_OK)
		return rc;
	bs_events_tell(visit->desk->events, k.form.public_id, visit->session.account.id, BS_STR("copy"), k.form.copy);
	bs_json_add_bool(answer, BS_STR("forked"), k.forked);
	bs_json_add_int(answer, BS_STR("turn"), k.form.turn + !k.forked);
	return bs_here_answer(visit, answer, k.form.public_id, k.story_id, err);
}

/* --- discarding ---------------------------------------------------------------------------------------------------------------- */

static enum bs_rc discard(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct bs_visit *visit = ctx;

	return remove_copy(visit, db, bs_visit_field(visit, "public-id"), bs_visit_field(visit, "copy"), err);
}

/* POST: public-id, copy. */
BS_DESK_ACT(copy_discard)
{
	int64_t id;
	enum bs_rc rc = bs_visit_write(visit, discard, visit, err);

	if (rc != BS_OK)
		return rc;
	rc = bs_db_int(visit->db, BS_Q_desk_story_by_public_id, BS_VALUES(bs_text(bs_visit_field(visit, "public-id"))), &id, err);
	if (rc == BS_OK)
		bs_visit_redirect(visit, bs_arena_printf(visit->arena, "/desk/story/%" PRId64, id), "discarded");
	else if (rc == BS_NOT_FOUND)
		bs_visit_redirect(visit, BS_STR("/desk/story/new"), "discarded");
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}
