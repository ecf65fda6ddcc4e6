/* keep.c - writing translations; see translation.h. A translation is written like a passage of a story; then every story that holds the
 * passage it belongs to is reckoned anew. That is a handful: what a thousand stories share is a notice, which is none. */
#include "newsroom/translation.h"

#include "base/map.h"
#include "lang/lang.h"
#include "newsroom/catalog.h"
#include "newsroom/saving.h"
#include "newsroom/translation/listed.h"
#include "text/markup.h"
#include "text/passage.h"

/* --- one passage ------------------------------------------------------------------------------------------------------- */

struct writing {
	struct bs_arena *arena;
	struct bs_db *db;
	struct bs_str lang;
	const struct bs_translation_by *by;
	int64_t now;
	bool hold; /* what a person writes waits for a second one */
};

static struct bs_str origin_name(enum bs_origin origin)
{
	return origin == BS_ORIGIN_PERSON ? BS_STR("person") : BS_STR("engine");
}

static enum bs_rc check_passage(const struct writing *w, const struct bs_translation *translation, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(w->db, BS_Q_passage_lang, BS_VALUES(bs_int(translation->passage_id)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_NOT_FOUND)
		rc = bs_fail(err, BS_NOT_FOUND, "there is no passage %lld to translate", (long long)translation->passage_id);
	else if (rc == BS_OK && bs_str_eq(bs_stmt_str(stmt, 0), w->lang))
		rc = bs_fail(err, BS_INVALID, "passage %lld is in '" BS_FMT "' already", (long long)translation->passage_id, BS_ARG(w->lang));
	else if (rc == BS_OK && translation->markup.len == 0)
		rc = bs_fail(err, BS_INVALID, "the translation of passage %lld is empty", (long long)translation->passage_id);
	bs_stmt_free(&stmt);
	return rc;
}

/* What readers have now: *same when it is this, *held when a person wrote it. */
static enum bs_rc look(const struct writing *w, const struct bs_translation *translation, bool *same, bool *held, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(w->db, BS_Q_translation_find, BS_VALUES(bs_text(w->lang), bs_int(translation->passage_id)), &stmt, err);

	*same = *held = false;
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		*same = bs_str_eq(bs_stmt_str(stmt, BS_C_translation_find_markup), translation->markup);
		*held = bs_stmt_int(stmt, BS_C_translation_find_by_person) != 0;
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc set(struct bs_db *db, struct bs_str lang, int64_t passage_id, int64_t target_id, int64_t entry_id, bool by_person,
                      struct bs_err *err)
{
	return bs_db_exec(db, BS_Q_translation_set, BS_VALUES(bs_text(lang), bs_int(passage_id), bs_int(target_id), bs_int(entry_id),
	                  bs_int(by_person)), err);
}

/* What waits for the passage: *same when it is this. */
static enum bs_rc look_at_offer(const struct writing *w, const struct bs_translation *translation, bool *any, bool *same, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(w->db, BS_Q_translation_offer_find, BS_VALUES(bs_text(w->lang), bs_int(translation->passage_id)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	*any = rc == BS_OK;
	*same = rc == BS_OK && bs_str_eq(bs_stmt_str(stmt, BS_C_translation_offer_find_markup), translation->markup);
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc offer_remove(const struct writing *w, int64_t passage_id, struct bs_err *err)
{
	return bs_db_exec(w->db, BS_Q_translation_offer_remove, BS_VALUES(bs_text(w->lang), bs_int(passage_id)), err);
}

static enum bs_rc add_entry(const struct writing *w, const struct bs_translation *translation, int64_t *target_id, int64_t *entry_id,
                            struct bs_err *err)
{
	struct bs_entry target = { .markup = translation->markup };
	enum bs_rc rc;

	bs_passage_hash(w->lang, target.markup, target.hash);
	rc = bs_passages_write(w->arena, w->db, w->lang, &target, 1, err);
	*target_id = target.passage_id;
	return rc == BS_OK ? bs_db_int(w->db, BS_Q_translation_entry_add, BS_VALUES(bs_text(w->lang), bs_int(translation->passage_id),
		bs_int(target.passage_id), bs_text(origin_name(w->by->origin)), bs_text(w->by->maker), bs_ref(w->by->person_id), bs_int(w->now),
		bs_ref(w->by->account_id)), entry_id, err) : rc;
}

/* *changed: readers have something that they did not have before, or somebody is to approve it. */
static enum bs_rc save_one(const struct writing *w, const struct bs_translation *translation, bool *changed, struct bs_err *err)
{
	bool same = false, held = false, offered = false, offered_same = false, person = w->by->origin == BS_ORIGIN_PERSON;
	int64_t entry_id = 0, target_id = 0, passage_id = translation->passage_id;
	enum bs_rc rc = check_passage(w, translation, err);

	*changed = false;
	if (rc == BS_OK)
		rc = look(w, translation, &same, &held, err);
	if (rc == BS_OK && person)
		rc = look_at_offer(w, translation, &offered, &offered_same, err);
	if (rc != BS_OK || (offered && offered_same && w->hold))
		return rc;
	if (same && (held || !person)) { /* readers have it already: what was offered instead is taken back */
		*changed = offered;
		return offered ? offer_remove(w, passage_id, err) : BS_OK;
	}
	rc = add_entry(w, translation, &target_id, &entry_id, err);
	if (rc != BS_OK || (held && !person))
		return rc;
	*changed = true;
	if (w->hold)
		return bs_db_exec(w->db, BS_Q_translation_offer_set, BS_VALUES(bs_text(w->lang), bs_int(passage_id), bs_int(entry_id)), err);
	rc = offered ? offer_remove(w, passage_id, err) : BS_OK;
	return rc == BS_OK ? set(w->db, w->lang, passage_id, target_id, entry_id, person, err) : rc;
}

static enum bs_rc know_approval(struct writing *w, struct bs_err *err)
{
	struct bs_str approval = BS_STR("");
	enum bs_rc rc = bs_setting_get(w->arena, w->db, BS_STR("translation.approval"), &approval, err);

	w->hold = bs_str_eq(approval, BS_STR("hidden"));
	return rc;
}

enum bs_rc bs_passage_keep(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, struct bs_str markup, int64_t *out,
                           struct bs_err *err)
{
	struct bs_entry entry = { .markup = markup };
	enum bs_rc rc;

	bs_passage_hash(lang, markup, entry.hash);
	rc = bs_passages_write(arena, db, lang, &entry, 1, err);
	*out = entry.passage_id;
	return rc;
}

enum bs_rc bs_passage_keep_line(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, struct bs_str line, int64_t *out,
                                struct bs_err *err)
{
	struct bs_str own = lang;
	enum bs_rc rc = BS_OK;

	*out = 0;
	if (line.len == 0)
		return BS_OK;
	if (bs_lang_find(lang) == NULL)
		rc = bs_setting_get(arena, db, BS_STR("language"), &own, err);
	return rc == BS_OK ? bs_passage_keep(arena, db, own, bs_markup_of_text(arena, line), out, err) : rc;
}

/* --- the stories that hold a passage --------------------------------------------------------------------------------------- */

/* Collected first: a story with thirty passages translated at once is reckoned once. */
static enum bs_rc stories_of(const struct writing *w, int64_t passage_id, struct bs_map *stories, bool *any, struct bs_err *err)
{
	int64_t after = 0;
	enum bs_rc rc;

	*any = false;
	do {
		struct bs_stmt *stmt = NULL;
		int64_t before = after;
		rc = bs_db_query(w->db, BS_Q_translation_stories_of_passage, BS_VALUES(bs_int(passage_id), bs_int(after)), &stmt, err);
		while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
			int64_t *id = BS_NEW(w->arena, int64_t);
			*id = after = bs_stmt_int(stmt, 0);
			*any = true;
			*bs_map_put(stories, bs_str_n((const char *)id, sizeof(*id))) = id;
		}
		bs_stmt_free(&stmt);
		if (rc == BS_NOT_FOUND)
			rc = after > before ? BS_OK : BS_NOT_FOUND;
	} while (rc == BS_OK);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_tag_kind tag_of(struct bs_str kind)
{
	if (bs_str_eq(kind, BS_STR("notice")))
		return BS_TAG_SITE;
	return bs_str_eq(kind, BS_STR("person")) ? BS_TAG_PERSON : BS_TAG_TERM;
}

struct use {
	enum bs_tag_kind kind;
	int64_t id;
};

/* What the paper says of itself stands on the pages of what it belongs to; a notice on any. */
static enum bs_rc touch_paper(const struct writing *w, int64_t passage_id, bool *any, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	struct use *uses = NULL;
	size_t count = 0, room = 0;
	char tag[BS_TAG_MAX];
	enum bs_rc rc = bs_db_query(w->db, BS_Q_paper_uses, BS_VALUES(bs_int(passage_id)), &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		enum bs_tag_kind kind = tag_of(bs_stmt_str(stmt, BS_C_paper_uses_kind));
		BS_GROW(w->arena, uses, count, room, 8);
		uses[count++] = (struct use){ kind, kind == BS_TAG_SITE ? 0 : bs_stmt_int(stmt, BS_C_paper_uses_id) };
	}
	bs_stmt_free(&stmt);
	rc = rc == BS_NOT_FOUND ? BS_OK : rc;
	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = bs_change_touch(w->db, bs_tag(uses[i].kind, uses[i].id, tag), err);
	*any = *any || count > 0;
	return rc;
}

static enum bs_rc bring_along(const struct writing *w, const int64_t *passages, size_t count, struct bs_err *err)
{
	struct bs_map stories = BS_MAP(w->arena);
	bool elsewhere = false, any;
	struct bs_str key;
	char tag[BS_TAG_MAX];
	size_t at = 0;
	void *story;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		rc = stories_of(w, passages[i], &stories, &any, err);
		if (rc == BS_OK)
			rc = touch_paper(w, passages[i], &any, err);
		elsewhere = elsewhere || !any;
	}
	while (rc == BS_OK && bs_map_next(&stories, &at, &key, &story))
		rc = bs_translation_refresh(w->arena, w->db, *(const int64_t *)story, w->lang, w->now, err);
	/* Whatever else has passages, such as the notes of corrections: any page may show those. */
	if (rc == BS_OK && elsewhere)
		rc = bs_change_touch(w->db, bs_tag(BS_TAG_SITE, 0, tag), err);
	return rc;
}

enum bs_rc bs_translation_save(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, const struct bs_translation *list,
                               size_t count, const struct bs_translation_by *by, int64_t now, size_t *written, struct bs_err *err)
{
	struct writing w = { .arena = arena, .db = db, .lang = lang, .by = by, .now = now };
	int64_t *passages = BS_ARRAY(arena, count, int64_t);
	size_t changed = 0;
	enum bs_rc rc = BS_OK;

	if (bs_lang_find(lang) == NULL)
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no language that Broadsheet knows", BS_ARG(lang));
	if (by->maker.len == 0)
		return bs_fail(err, BS_INVALID, "a translation must name who or what made it");
	if (by->origin == BS_ORIGIN_PERSON)
		rc = know_approval(&w, err);
	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		bool is_new;
		rc = save_one(&w, &list[i], &is_new, err);
		if (rc == BS_OK && is_new)
			passages[changed++] = list[i].passage_id;
	}
	if (rc == BS_OK)
		rc = bring_along(&w, passages, changed, err);
	if (rc == BS_OK)
		*written = changed;
	return rc;
}

static enum bs_rc approve_one(struct writing *w, int64_t entry_id, int64_t account_id, int64_t *passage, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	int64_t target = 0;
	enum bs_rc rc = bs_db_query(w->db, BS_Q_translation_entry_get, BS_VALUES(bs_int(entry_id)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		w->lang = bs_arena_copy(w->arena, bs_stmt_str(stmt, BS_C_translation_entry_get_lang));
		*passage = bs_stmt_int(stmt, BS_C_translation_entry_get_passage_id);
		target = bs_stmt_int(stmt, BS_C_translation_entry_get_target_id);
	} else if (rc == BS_NOT_FOUND) {
		rc = bs_fail(err, BS_NOT_FOUND, "there is no translation %lld to approve", (long long)entry_id);
	}
	bs_stmt_free(&stmt);
	if (rc == BS_OK)
		rc = set(w->db, w->lang, *passage, target, entry_id, true, err);
	if (rc == BS_OK)
		rc = offer_remove(w, *passage, err);
	return rc == BS_OK ? bs_db_exec(w->db, BS_Q_translation_approval_add, BS_VALUES(bs_int(entry_id), bs_ref(account_id), bs_int(w->now)), err)
	                   : rc;
}

enum bs_rc bs_translation_approve(struct bs_arena *arena, struct bs_db *db, const int64_t *entry_ids, size_t count, int64_t account_id,
                                  int64_t now, struct bs_err *err)
{
	struct writing w = { .arena = arena, .db = db, .now = now };
	int64_t *passages = BS_ARRAY(arena, count, int64_t);
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = approve_one(&w, entry_ids[i], account_id, &passages[i], err);
	return rc == BS_OK ? bring_along(&w, passages, count, err) : rc;
}
