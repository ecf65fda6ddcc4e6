/* sheet.c - the translation page: loaded, and what its buttons do; see sheet.h. */
#include "desk/translate/sheet.h"

#include <inttypes.h>

#include "desk/pages.h"
#include "newsroom/catalog.h"
#include "translate/check.h"

/* --- loading --------------------------------------------------------------------------------------------------------------------- */

static enum bs_rc load_approval(struct bs_tsheet *sheet, struct bs_db *db, struct bs_err *err)
{
	struct bs_str value = BS_STR("");
	enum bs_rc rc = bs_setting_get(sheet->visit->arena, db, BS_STR("translation.approval"), &value, err);

	sheet->approval = bs_str_eq(value, BS_STR("shown")) ? BS_APPROVAL_SHOWN : bs_str_eq(value, BS_STR("hidden")) ? BS_APPROVAL_HIDDEN
		: BS_APPROVAL_OFF;
	return rc;
}

static enum bs_rc load_claim(struct bs_tsheet *sheet, struct bs_db *db, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_claim_get, BS_VALUES(bs_int(sheet->story.id), bs_text(sheet->to->code), bs_int(sheet->visit->now)),
	                            &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		sheet->claim.account_id = bs_stmt_int(stmt, BS_C_claim_get_account_id);
		sheet->claim.name = bs_arena_copy(sheet->visit->arena, bs_stmt_str(stmt, BS_C_claim_get_name));
		sheet->claim.claimed_at = bs_stmt_int(stmt, BS_C_claim_get_claimed_at);
		sheet->claim.expires_at = bs_stmt_int(stmt, BS_C_claim_get_expires_at);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc load_state(struct bs_tsheet *sheet, struct bs_db *db, struct bs_err *err)
{
	struct bs_translation_state *states;
	size_t count;
	enum bs_rc rc = bs_translation_states(sheet->visit->arena, db, sheet->story.id, &states, &count, err);

	sheet->state = (struct bs_translation_state){ .lang = sheet->to->code, .state = BS_STR("") };
	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		if (bs_str_eq(states[i].lang, sheet->to->code))
			sheet->state = states[i];
	}
	return rc;
}

static enum bs_rc load_refusals(struct bs_tsheet *sheet, struct bs_db *db, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_translate_refusals_of_story, BS_VALUES(bs_int(sheet->story.id), bs_text(sheet->to->code)), &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_tsheet_passage *p = bs_tsheet_find(sheet, bs_stmt_int(stmt, BS_C_translate_refusals_of_story_passage_id));
		if (p != NULL)
			p->refused = bs_arena_copy(sheet->visit->arena, bs_stmt_str(stmt, BS_C_translate_refusals_of_story_reason));
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* A field of the form by passage: "t-12". */
static struct bs_str sent_field(const struct bs_tsheet *sheet, char kind, int64_t passage_id)
{
	return bs_form_value(&sheet->visit->form, bs_arena_printf(sheet->visit->arena, "%c-%" PRId64, kind, passage_id));
}

static void read_form(struct bs_tsheet *sheet, struct bs_tsheet_passage *p)
{
	struct bs_str typed = sent_field(sheet, 't', p->row->passage_id);

	p->typed = bs_typed_show(sheet->visit->arena, bs_translation_said(p->row));
	p->base = p->row->entry_id;
	if (typed.ptr == NULL)
		return;
	p->sent = true;
	p->accept = sent_field(sheet, 'a', p->row->passage_id).ptr != NULL;
	if (bs_str_int(sent_field(sheet, 'e', p->row->passage_id), &p->base) != BS_OK)
		p->base = 0;
	p->dirty = !bs_str_eq(bs_str_trim(typed), p->typed) || p->base != p->row->entry_id;
	p->typed = typed;
}

static enum bs_rc read_alone(struct bs_tsheet *sheet, struct bs_db *db, int64_t passage_id, struct bs_translation_row *out, struct bs_err *err)
{
	struct bs_arena *arena = sheet->visit->arena;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_passage_alone, BS_VALUES(bs_int(passage_id), bs_text(sheet->to->code)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK && !bs_str_eq(bs_stmt_str(stmt, BS_C_passage_alone_lang), sheet->from->code))
		rc = BS_NOT_FOUND;
	if (rc == BS_OK)
		*out = (struct bs_translation_row){
			.passage_id = passage_id, .path = BS_STR("@gone"),
			.source = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_passage_alone_markup)),
			.target = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_passage_alone_said)),
			.maker = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_passage_alone_maker)),
			.by_person = bs_stmt_int(stmt, BS_C_passage_alone_by_hand) != 0,
			.entry_id = bs_stmt_int(stmt, BS_C_passage_alone_entry_id),
		};
	bs_stmt_free(&stmt);
	return rc;
}

static const struct bs_translation_row *row_of_story(const struct bs_tsheet *sheet, int64_t passage_id)
{
	for (size_t i = 0; i < sheet->row_count; i++) {
		if (sheet->rows[i].passage_id == passage_id)
			return &sheet->rows[i];
	}
	return NULL;
}

/* What was typed for passages that are not in this part any more, because the original was edited meanwhile: nothing of it is lost. */
static enum bs_rc load_strays(struct bs_tsheet *sheet, struct bs_db *db, struct bs_err *err)
{
	const struct bs_form *form = &sheet->visit->form;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < form->count && sheet->count < 2 * BS_TSHEET_PASSAGES && rc == BS_OK; i++) {
		struct bs_translation_row *alone = BS_NEW(sheet->visit->arena, struct bs_translation_row);
		struct bs_tsheet_passage *p = &sheet->passages[sheet->count];
		int64_t id;
		if (!bs_str_starts(form->fields[i].name, BS_STR("t-")) || bs_str_int(bs_str_sub(form->fields[i].name, 2, SIZE_MAX), &id) != BS_OK ||
		    bs_tsheet_find(sheet, id) != NULL)
			continue;
		*p = (struct bs_tsheet_passage){ .row = row_of_story(sheet, id) };
		if (p->row == NULL)
			rc = read_alone(sheet, db, id, alone, err);
		if (rc == BS_OK) {
			p->row = p->row != NULL ? p->row : alone;
			read_form(sheet, p);
			sheet->count += p->dirty;
		}
		rc = rc == BS_NOT_FOUND ? BS_OK : rc;
	}
	return rc;
}

static void load_part(struct bs_tsheet *sheet, const struct bs_translation_before *befores, size_t before_count)
{
	struct bs_arena *arena = sheet->visit->arena;
	int64_t part = 0;
	size_t first;

	if (bs_str_int(bs_visit_asked(sheet->visit, "part"), &part) != BS_OK || part < 1)
		part = 1;
	sheet->part_count = (sheet->row_count + BS_TSHEET_PASSAGES - 1) / BS_TSHEET_PASSAGES;
	sheet->part = (size_t)part > sheet->part_count ? 0 : (size_t)part - 1;
	first = sheet->part * BS_TSHEET_PASSAGES;
	sheet->count = sheet->row_count - first < BS_TSHEET_PASSAGES ? sheet->row_count - first : BS_TSHEET_PASSAGES;
	sheet->passages = BS_ARRAY(arena, 2 * BS_TSHEET_PASSAGES, struct bs_tsheet_passage);
	for (size_t i = 0; i < sheet->count; i++) {
		struct bs_tsheet_passage *p = &sheet->passages[i];
		*p = (struct bs_tsheet_passage){ .row = &sheet->rows[first + i] };
		for (size_t k = 0; k < before_count; k++) {
			if (befores[k].passage_id == p->row->passage_id)
				p->before = &befores[k];
		}
		read_form(sheet, p);
	}
}

enum bs_rc bs_tsheet_load(struct bs_visit *visit, struct bs_db *db, struct bs_tsheet *out, struct bs_err *err)
{
	struct bs_translation_before *befores;
	size_t before_count;
	enum bs_rc rc;

	*out = (struct bs_tsheet){ .visit = visit, .to = bs_lang_find(visit->request->captures.text[BS_CAPTURE_LANG]), .notice = bs_value_null() };
	rc = bs_desk_story_head(visit->arena, db, visit->request->captures.number[BS_CAPTURE_ID], &out->story, err);
	if (rc == BS_OK)
		rc = bs_visit_may(visit, BS_ACT_TRANSLATE, 0, err);
	if (rc == BS_OK)
		out->from = bs_lang_find(out->story.lang);
	if (rc == BS_OK && (out->to == NULL || out->from == NULL || out->to == out->from || out->story.status == BS_STATUS_WITHDRAWN))
		rc = BS_NOT_FOUND;
	if (rc == BS_OK)
		rc = bs_translation_of_story(visit->arena, db, out->story.id, out->to->code, &out->rows, &out->row_count, err);
	if (rc == BS_OK)
		rc = bs_translation_befores(visit->arena, db, out->story.id, out->to->code, &befores, &before_count, err);
	if (rc != BS_OK)
		return rc;
	load_part(out, befores, before_count);
	rc = load_strays(out, db, err);
	if (rc == BS_OK)
		rc = load_approval(out, db, err);
	if (rc == BS_OK)
		rc = load_claim(out, db, err);
	if (rc == BS_OK)
		rc = load_state(out, db, err);
	return rc == BS_OK ? load_refusals(out, db, err) : rc;
}

struct bs_tsheet_passage *bs_tsheet_find(struct bs_tsheet *sheet, int64_t passage_id)
{
	for (size_t i = 0; i < sheet->count; i++) {
		if (sheet->passages[i].row->passage_id == passage_id)
			return &sheet->passages[i];
	}
	return NULL;
}

struct bs_str bs_tsheet_path(const struct bs_tsheet *sheet, bool with_part)
{
	struct bs_str path = bs_arena_printf(sheet->visit->arena, "/desk/story/%" PRId64 "/translate/" BS_FMT, sheet->story.id,
	                                     BS_ALL(sheet->to->code));

	if (!with_part || sheet->part == 0)
		return path;
	return bs_arena_printf(sheet->visit->arena, BS_FMT "?part=%zu", BS_ALL(path), sheet->part + 1);
}

/* --- the buttons -------------------------------------------------------------------------------------------------------------------- */

static bool has_typed(const struct bs_tsheet *sheet)
{
	for (size_t i = 0; i < sheet->count; i++) {
		if (sheet->passages[i].dirty)
			return true;
	}
	return false;
}

/* The page again with what was typed, or, where nothing is unsaved, a redirect to it. */
static enum bs_rc finish(struct bs_tsheet *sheet, const char *done, enum bs_desk_msg said, struct bs_err *err)
{
	enum bs_rc rc;

	if (!has_typed(sheet)) {
		bs_visit_redirect(sheet->visit, bs_tsheet_path(sheet, true), done);
		return BS_OK;
	}
	rc = bs_tsheet_load(sheet->visit, sheet->visit->db, sheet, err);
	if (rc != BS_OK)
		return rc;
	sheet->notice = bs_notice_value(sheet->visit, BS_TONE_GOOD, bs_word(sheet->visit, said));
	return bs_tsheet_print(sheet, err);
}

/* As it is stored now, but what could not be saved as it was typed. */
static enum bs_rc reload(struct bs_tsheet *sheet, struct bs_err *err)
{
	struct bs_tsheet old = *sheet;
	enum bs_rc rc = bs_tsheet_load(sheet->visit, sheet->visit->db, sheet, err);

	for (size_t i = 0; i < sheet->count && rc == BS_OK; i++) {
		struct bs_tsheet_passage *p = &sheet->passages[i];
		const struct bs_tsheet_passage *was = bs_tsheet_find(&old, p->row->passage_id);
		if (was != NULL && was->fault.len > 0) {
			const struct bs_translation_row *row = p->row;
			const struct bs_translation_before *before = p->before;
			*p = *was;
			p->row = row;
			p->before = before;
		} else {
			p->typed = bs_typed_show(sheet->visit->arena, bs_translation_said(p->row));
			p->base = p->row->entry_id;
			p->accept = p->dirty = false;
		}
	}
	return rc;
}

static enum bs_rc act_save(struct bs_visit *visit, struct bs_tsheet_work *work, struct bs_err *err)
{
	struct bs_tsheet *sheet = &work->sheet;
	enum bs_rc rc = bs_visit_write(visit, bs_tsheet_save, work, err);

	if (rc != BS_OK)
		return rc;
	if (work->faults + work->conflicts == 0) {
		bs_visit_redirect(visit, bs_tsheet_path(sheet, true), work->saved > 0 ? "saved" : "unchanged");
		return BS_OK;
	}
	visit->status = work->conflicts > 0 ? 409 : 422;
	rc = reload(sheet, err);
	if (rc != BS_OK)
		return rc;
	sheet->notice = bs_notice_value(visit, BS_TONE_BAD, bs_desk_say_sheet_partly_saved(visit->arena, visit->lang, (int64_t)work->saved,
		(int64_t)(work->faults + work->conflicts)));
	return bs_tsheet_print(sheet, err);
}

/* The other buttons: the write, and then what is told. */
static enum bs_rc act_other(struct bs_visit *visit, struct bs_tsheet_work *work, struct bs_str step, struct bs_err *err)
{
	static const struct {
		const char *step;
		enum bs_rc (*write)(struct bs_db *db, void *ctx, struct bs_err *err);
		const char *done;
		enum bs_desk_msg said;
	} steps[] = {
		{ "approve", bs_tsheet_approve, "approved", BS_DESK_MSG_done_approved },
		{ "claim", bs_tsheet_claim, "claimed", BS_DESK_MSG_done_claimed },
		{ "release", bs_tsheet_release, "released", BS_DESK_MSG_done_released },
		{ "ask-all", bs_tsheet_ask_all, "engines-asked", BS_DESK_MSG_done_engines_asked },
	};
	size_t i = 0;
	enum bs_rc rc;

	while (i < BS_COUNT(steps) && !bs_str_eq(step, bs_str_c(steps[i].step)))
		i++;
	if (i == BS_COUNT(steps))
		return bs_fail(err, BS_INVALID, "no such step");
	rc = bs_visit_write(visit, steps[i].write, work, err);
	if (rc != BS_OK)
		return rc;
	if (work->refused) {
		visit->status = 409;
		work->sheet.notice = bs_notice_value(visit, BS_TONE_BAD, i == 0 ? bs_word(visit, BS_DESK_MSG_sheet_not_yours)
			: bs_desk_say_sheet_taken(visit->arena, visit->lang, work->sheet.claim.name));
		return bs_tsheet_print(&work->sheet, err);
	}
	return finish(&work->sheet, steps[i].done, steps[i].said, err);
}

/* Something is put into a field: "12 m34" of a suggestion, "12" to ask the engines. */
static enum bs_rc act_fill(struct bs_visit *visit, struct bs_tsheet *sheet, struct bs_str use, struct bs_str ask, struct bs_err *err)
{
	struct bs_str what = use.len > 0 ? use : ask, number = what;
	struct bs_tsheet_passage *p;
	int64_t id = 0;
	enum bs_rc rc = bs_tsheet_load(visit, visit->db, sheet, err);

	if (use.len > 0)
		bs_str_split(&what, ' ', &number);
	if (rc == BS_OK && (bs_str_int(number, &id) != BS_OK || (p = bs_tsheet_find(sheet, id)) == NULL))
		rc = BS_NOT_FOUND;
	if (rc == BS_OK)
		rc = use.len > 0 ? bs_tsheet_use(sheet, p, what, err) : bs_tsheet_ask(sheet, p, err);
	return rc == BS_OK ? bs_tsheet_print(sheet, err) : rc;
}

BS_DESK_SHOW(sheet)
{
	struct bs_tsheet sheet;
	enum bs_rc rc = bs_tsheet_load(visit, visit->db, &sheet, err);

	return rc == BS_OK ? bs_tsheet_print(&sheet, err) : rc;
}

BS_DESK_ACT(sheet)
{
	struct bs_tsheet_work work = { .visit = visit };
	struct bs_str use = bs_visit_field(visit, "use"), ask = bs_visit_field(visit, "ask"), step = bs_visit_field(visit, "do");

	if (use.len > 0 || ask.len > 0)
		return act_fill(visit, &work.sheet, use, ask, err);
	return bs_str_eq(step, BS_STR("save")) ? act_save(visit, &work, err) : act_other(visit, &work, step, err);
}
