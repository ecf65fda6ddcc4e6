/* save.c - what the forms of the translation page do; see sheet.h. Each loads the sheet anew in its write transaction. */
#include "desk/translate/sheet.h"

#include <inttypes.h>

#include "translate/check.h"
#include "translate/jobs.h"

enum { DAY = 86400 };

static enum bs_rc tell(struct bs_tsheet_work *w, struct bs_db *db, struct bs_str action, size_t count, struct bs_err *err)
{
	struct bs_str detail = count > 0 ? bs_arena_printf(w->visit->arena, "%zu", count) : BS_STR("");

	return bs_visit_tell(w->visit, db, (struct bs_audit_entry){ .action = action, .story_id = w->sheet.story.id,
	                     .revision_id = w->sheet.story.revision_id, .subject = w->sheet.to->code, .detail = detail }, err);
}

static enum bs_rc begin(struct bs_tsheet_work *w, struct bs_db *db, struct bs_err *err)
{
	w->saved = w->conflicts = w->faults = w->approved = 0;
	w->refused = false;
	return bs_tsheet_load(w->visit, db, &w->sheet, err);
}

/* --- saving ------------------------------------------------------------------------------------------------------------------------- */

static struct bs_str fault_text(struct bs_visit *visit, const struct bs_typed *typed)
{
	switch (typed->fault) {
	case BS_TYPED_OPEN:
		return bs_desk_say_sheet_tag_open(visit->arena, visit->lang, typed->tag);
	case BS_TYPED_CLOSED:
		return bs_desk_say_sheet_tag_closed(visit->arena, visit->lang, typed->tag);
	case BS_TYPED_LACKS:
		return bs_desk_say_sheet_tag_lacks(visit->arena, visit->lang, typed->tag);
	case BS_TYPED_ADDS:
		return bs_desk_say_sheet_tag_adds(visit->arena, visit->lang, typed->tag);
	case BS_TYPED_EMPTY:
		return bs_word(visit, BS_DESK_MSG_sheet_empty);
	default:
		return bs_word(visit, BS_DESK_MSG_fault_long);
	}
}

/* What the entry says that the form was made from. One that is of another passage counts as none: the form was tampered with. */
static enum bs_rc base_text(struct bs_tsheet *sheet, struct bs_db *db, const struct bs_tsheet_passage *p, struct bs_str *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc;

	*out = BS_STR("");
	if (p->base == 0)
		return BS_OK;
	rc = bs_db_query(db, BS_Q_entry_text, BS_VALUES(bs_int(p->base)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK && bs_stmt_int(stmt, BS_C_entry_text_passage_id) == p->row->passage_id &&
	    bs_str_eq(bs_stmt_str(stmt, BS_C_entry_text_lang), sheet->to->code))
		*out = bs_arena_copy(sheet->visit->arena, bs_stmt_str(stmt, BS_C_entry_text_markup));
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* Somebody else has saved the passage since the form was made: theirs stands beside it, and the next save is over theirs. */
static void conflict(struct bs_tsheet_work *w, struct bs_tsheet_passage *p)
{
	p->theirs = bs_translation_said(p->row);
	p->theirs_by = p->row->offered.len > 0 ? p->row->offerer : p->row->maker;
	p->base = p->row->entry_id;
	p->fault = bs_desk_say_sheet_conflict(w->visit->arena, w->visit->lang, p->theirs_by);
	w->conflicts++;
}

/* *wanted: it is to be saved, as p->typed says in *markup. */
static enum bs_rc look_at(struct bs_tsheet_work *w, struct bs_db *db, struct bs_tsheet_passage *p, struct bs_str *markup, bool *wanted,
                          struct bs_err *err)
{
	struct bs_str base, typed = bs_str_trim(p->typed), now = bs_translation_said(p->row);
	struct bs_typed checked;
	bool by_hand = bs_translation_by_hand(p->row);
	enum bs_rc rc = base_text(&w->sheet, db, p, &base, err);

	*wanted = false;
	if (rc != BS_OK || !p->sent)
		return rc;
	if (bs_str_eq(typed, bs_typed_show(w->visit->arena, base)) && !(p->accept && !by_hand && base.len > 0)) {
		p->dirty = false; /* nothing was changed here; what others did is what counts */
		p->typed = bs_typed_show(w->visit->arena, now);
		p->base = p->row->entry_id;
		return BS_OK;
	}
	checked = bs_typed_check(w->visit->arena, w->sheet.to, p->row->source, typed);
	if (checked.fault != BS_TYPED_GOOD) {
		p->fault = fault_text(w->visit, &checked);
		w->faults++;
		return BS_OK;
	}
	*markup = checked.markup;
	if (bs_str_eq(checked.markup, now) && by_hand)
		return BS_OK; /* both wrote the same */
	if (p->base != p->row->entry_id && by_hand) { /* an engine that was quicker is nobody to ask */
		conflict(w, p);
		return BS_OK;
	}
	*wanted = true;
	return BS_OK;
}

/* Under which name readers see who wrote it: that of the byline, if there is one. */
static enum bs_rc author(struct bs_visit *visit, struct bs_db *db, struct bs_translation_by *by, struct bs_err *err)
{
	const struct bs_account *me = &visit->session.account;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc;

	*by = (struct bs_translation_by){ .origin = BS_ORIGIN_PERSON, .maker = me->name, .person_id = me->person_id, .account_id = me->id };
	if (me->person_id == 0)
		return BS_OK;
	rc = bs_db_query(db, BS_Q_person_name, BS_VALUES(bs_int(me->person_id)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		by->maker = bs_arena_copy(visit->arena, bs_stmt_str(stmt, 0));
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc renew_claim(struct bs_tsheet_work *w, struct bs_db *db, struct bs_err *err)
{
	return bs_db_exec(db, BS_Q_claim_renew, BS_VALUES(bs_int(w->sheet.story.id), bs_text(w->sheet.to->code),
	                  bs_int(w->visit->session.account.id), bs_int(w->visit->now + BS_CLAIM_DAYS * DAY)), err);
}

enum bs_rc bs_tsheet_save(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct bs_tsheet_work *w = ctx;
	struct bs_translation list[2 * BS_TSHEET_PASSAGES];
	struct bs_translation_by by;
	size_t count = 0, written = 0;
	bool gone = false;
	enum bs_rc rc = begin(w, db, err);

	for (size_t i = 0; i < w->sheet.count && rc == BS_OK; i++) {
		struct bs_tsheet_passage *p = &w->sheet.passages[i];
		bool wanted;
		rc = look_at(w, db, p, &list[count].markup, &wanted, err);
		if (rc != BS_OK || !wanted)
			continue;
		list[count++].passage_id = p->row->passage_id;
		p->dirty = false;
		gone = gone || bs_str_eq(p->row->path, BS_STR("@gone"));
	}
	if (rc == BS_OK && count > 0)
		rc = author(w->visit, db, &by, err);
	if (rc == BS_OK && count > 0)
		rc = bs_translation_save(w->visit->arena, db, w->sheet.to->code, list, count, &by, w->visit->now, &written, err);
	if (rc == BS_OK && gone) /* the story does not hold it any more, and what took its place comes back */
		rc = bs_translation_refresh(w->visit->arena, db, w->sheet.story.id, w->sheet.to->code, w->visit->now, err);
	if (rc == BS_OK && written > 0)
		rc = renew_claim(w, db, err);
	if (rc == BS_OK && written > 0)
		rc = tell(w, db, BS_STR("translation.save"), written, err);
	w->saved = written;
	return rc;
}

/* --- approving ---------------------------------------------------------------------------------------------------------------------- */

/* What who asks saw on the page, somebody else wrote, and nobody has approved. */
static bool may_approve(const struct bs_tsheet_work *w, const struct bs_tsheet_passage *p)
{
	return p->sent && p->base == p->row->entry_id && bs_translation_by_hand(p->row) && !p->row->approved &&
	       p->row->account_id != w->visit->session.account.id;
}

enum bs_rc bs_tsheet_approve(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct bs_tsheet_work *w = ctx;
	int64_t entries[2 * BS_TSHEET_PASSAGES];
	enum bs_rc rc = begin(w, db, err);

	if (rc == BS_OK)
		rc = bs_visit_may(w->visit, BS_ACT_APPROVE_TRANSLATION, 0, err);
	if (rc != BS_OK)
		return rc;
	for (size_t i = 0; i < w->sheet.count; i++) {
		if (may_approve(w, &w->sheet.passages[i]))
			entries[w->approved++] = w->sheet.passages[i].row->entry_id;
	}
	w->refused = w->approved == 0;
	if (w->refused)
		return BS_OK;
	rc = bs_translation_approve(w->visit->arena, db, entries, w->approved, w->visit->session.account.id, w->visit->now, err);
	return rc == BS_OK ? tell(w, db, BS_STR("translation.approve"), w->approved, err) : rc;
}

/* --- claims -------------------------------------------------------------------------------------------------------------------------- */

/* Whether somebody else has it, and it is not for who asks to take it from them. */
static bool is_others(const struct bs_tsheet_work *w)
{
	int64_t holder = w->sheet.claim.account_id;

	return holder != 0 && holder != w->visit->session.account.id && !bs_visit_can(w->visit, BS_ACT_APPROVE_TRANSLATION);
}

enum bs_rc bs_tsheet_claim(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct bs_tsheet_work *w = ctx;
	int64_t now = w->visit->now, me = w->visit->session.account.id;
	bool from_somebody;
	enum bs_rc rc = begin(w, db, err);

	w->refused = rc == BS_OK && is_others(w);
	if (rc != BS_OK || w->refused)
		return rc;
	from_somebody = w->sheet.claim.account_id != 0 && w->sheet.claim.account_id != me;
	rc = bs_db_exec(db, BS_Q_claim_put, BS_VALUES(bs_int(w->sheet.story.id), bs_text(w->sheet.to->code), bs_int(me), bs_int(now),
	                bs_int(now + BS_CLAIM_DAYS * DAY)), err);
	if (rc == BS_OK)
		rc = tell(w, db, from_somebody ? BS_STR("translation.take") : BS_STR("translation.claim"), 0, err);
	return rc;
}

enum bs_rc bs_tsheet_release(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct bs_tsheet_work *w = ctx;
	enum bs_rc rc = begin(w, db, err);

	w->refused = rc == BS_OK && is_others(w);
	if (rc != BS_OK || w->refused || w->sheet.claim.account_id == 0)
		return rc;
	rc = bs_db_exec(db, BS_Q_claim_remove, BS_VALUES(bs_int(w->sheet.story.id), bs_text(w->sheet.to->code)), err);
	return rc == BS_OK ? tell(w, db, BS_STR("translation.release"), 0, err) : rc;
}

enum bs_rc bs_tsheet_ask_all(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct bs_tsheet_work *w = ctx;
	enum bs_rc rc = begin(w, db, err);

	if (rc == BS_OK)
		rc = bs_translate_ask(db, w->sheet.story.id, w->sheet.to->code, 0, err);
	return rc == BS_OK ? tell(w, db, BS_STR("translation.ask"), 0, err) : rc;
}
