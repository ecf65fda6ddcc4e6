/* correct.c - a published story is updated, clarified, corrected or retracted: the text is changed and, with the same revision, a note for
 * readers is added to the public log. The ledger keeps which passages the note replaced. */
#include <inttypes.h>

#include "desk/compare.h"
#include "desk/copy/copy.h"
#include "desk/copy/events.h"
#include "desk/flow/check.h"
#include "desk/pages.h"
#include "desk/picture/use.h"
#include "desk/story.h"
#include "text/markdown.h"

struct correcting {
	struct bs_visit *visit;
	struct bs_desk_story story;
	struct bs_story_form form; /* as it was sent */
	enum bs_correction_kind kind;
	struct bs_str note;        /* as typed */
	struct bs_str note_fault;
	bool fresh;                /* the page shows what is stored, or a working copy */
	int64_t kept_at;           /* when what it shows was kept, if it is a working copy; or 0 */
	struct bs_draft theirs, mine; /* when somebody else was quicker */
	enum { DONE, FAULTY, MOVED } end;
	struct bs_saved saved;
};

static struct bs_value earlier(struct bs_visit *visit, const struct bs_draft *draft)
{
	struct bs_value *rows = BS_ARRAY(visit->arena, draft->correction_count, struct bs_value);

	for (size_t i = 0; i < draft->correction_count; i++) {
		struct bs_dict *dict = bs_dict_new(visit->arena, 3);
		bs_put_text(dict, BS_D_label, bs_word_of(visit, "correct.", bs_correction_kind_name(draft->corrections[i].kind)));
		bs_put(dict, BS_D_when, bs_when(visit, draft->corrections[i].made_at));
		bs_put(dict, BS_D_text, bs_value_markup(draft->corrections[i].note)); /* canonical, from the ledger */
		rows[i] = bs_value_dict(dict);
	}
	return bs_value_list(rows, draft->correction_count);
}

static struct bs_value note_fields(const struct correcting *c)
{
	struct bs_visit *visit = c->visit;
	const struct bs_lang *lang = bs_lang_find(c->story.lang);
	struct bs_choice *kinds = BS_ARRAY(visit->arena, BS_CORRECTION_KIND_COUNT, struct bs_choice);
	struct bs_value *fields = BS_ARRAY(visit->arena, 2, struct bs_value);

	for (enum bs_correction_kind kind = 0; kind < BS_CORRECTION_KIND_COUNT; kind++)
		kinds[kind] = (struct bs_choice){ bs_correction_kind_name(kind), bs_word_of(visit, "correct.", bs_correction_kind_name(kind)) };
	fields[0] = bs_field_value(visit, &(struct bs_field){ .name = "correction", .label = bs_word(visit, BS_DESK_MSG_correct_kind),
		.type = "select", .value = bs_correction_kind_name(c->kind), .choices = kinds, .choice_count = BS_CORRECTION_KIND_COUNT });
	fields[1] = bs_field_value(visit, &(struct bs_field){ .name = "note", .label = bs_word(visit, BS_DESK_MSG_correct_note), .type = "area",
		.hint = bs_word(visit, BS_DESK_MSG_correct_note_hint), .value = c->note, .required = true, .error = c->note_fault,
		.lang = c->story.lang, .rtl = lang != NULL && lang->rtl });
	return bs_value_list(fields, 2);
}

/* What the page needs so that what is typed in it is kept. */
static enum bs_rc put_copy(const struct correcting *c, struct bs_dict *view, struct bs_err *err)
{
	struct bs_visit *visit = c->visit;

	bs_put_text(view, BS_D_public_id, c->story.public_id);
	bs_put_text(view, BS_D_account, visit->session.account.public_id);
	bs_put_text(view, BS_D_copy, c->form.copy.len > 0 ? c->form.copy : bs_copy_id_new(visit->arena));
	bs_put(view, BS_D_turn, bs_value_int(c->form.turn));
	bs_put(view, BS_D_most, bs_value_int(BS_MAX_MEDIA_FILE));
	bs_put_flag(view, BS_D_fresh, c->fresh && c->form.copy.len == 0);
	bs_put(view, BS_D_kept, c->kept_at != 0 ? bs_value_text(bs_date(visit->arena, visit->lang, BS_DATE_CLOCK, visit->publication->zone,
	                                                             c->kept_at)) : bs_value_null());
	return c->fresh ? bs_copies_put(visit, view, c->story.public_id, c->form.copy, err) : BS_OK;
}

static enum bs_rc print(const struct correcting *c, const struct bs_draft *draft, struct bs_value notice, struct bs_err *err)
{
	struct bs_visit *visit = c->visit;
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_correct_title));
	struct bs_value text, notes = earlier(visit, draft);
	enum bs_rc rc = bs_story_text_fields(visit, &c->form, &text, err);

	if (rc != BS_OK)
		return rc;
	bs_put(view, BS_D_main, text);
	bs_put(view, BS_D_fields, note_fields(c));
	bs_put(view, BS_D_rows, notes);
	bs_put_flag(view, BS_D_has_rows, notes.len > 0);
	bs_put(view, BS_D_error, notice);
	rc = put_copy(c, view, err);
	if (rc != BS_OK)
		return rc;
	bs_put(view, BS_D_base, bs_value_int(c->form.base));
	bs_put_text(view, BS_D_action, visit->request->target.path);
	bs_put_text(view, BS_D_path, bs_arena_printf(visit->arena, "/desk/story/%" PRId64, c->story.id));
	bs_put(view, BS_D_head, bs_value_markup(c->story.title)); /* canonical, from the ledger */
	bs_put_text(view, BS_D_section, c->story.lang);
	if (c->end == MOVED)
		bs_compare_put(visit, view, &c->theirs, bs_word(visit, BS_DESK_MSG_compare_theirs), &c->mine,
		               bs_word(visit, BS_DESK_MSG_compare_mine));
	bs_placeable_put(visit, view, c->story.lang);
	bs_desk_script(visit, view, "editor.js");
	return bs_desk_print(visit, "correct", view, err);
}

BS_DESK_SHOW(correct)
{
	struct correcting c = { .visit = visit, .kind = BS_CORRECTION, .note = BS_STR(""), .fresh = true };
	struct bs_value notice = bs_value_null();
	struct bs_draft draft;
	enum bs_rc rc = bs_desk_story_asked(visit, BS_ACT_CORRECT, &c.story, err);

	if (rc == BS_OK && c.story.status != BS_STATUS_PUBLISHED)
		rc = BS_NOT_FOUND;
	if (rc == BS_OK)
		rc = bs_desk_story_load(visit, visit->db, &c.story, &draft, &c.form, err);
	if (rc == BS_OK)
		rc = bs_copy_open(visit, c.story.public_id, &c.form, &c.kept_at, &notice, err);
	if (rc != BS_OK)
		return rc;
	if (c.kept_at != 0 && c.form.value[BS_SF_CORRECTION].len == 0) { /* it has fields that are not on this page */
		bs_visit_redirect(visit, bs_arena_printf(visit->arena, "/desk/story/%" PRId64 "?copy=" BS_FMT, c.story.id,
		                  BS_ALL(c.form.copy)), NULL);
		return BS_OK;
	}
	c.note = c.form.value[BS_SF_NOTE];
	if (bs_correction_kind_of(c.form.value[BS_SF_CORRECTION], &c.kind) != BS_OK)
		c.kind = BS_CORRECTION;
	return print(&c, &draft, notice, err);
}

struct bs_str bs_correction_add(struct bs_visit *visit, struct bs_draft *draft, enum bs_correction_kind kind, struct bs_str note)
{
	struct bs_draft_correction *all = BS_ARRAY(visit->arena, draft->correction_count + 1, struct bs_draft_correction);
	struct bs_markdown_options options = { .lang = draft->lang };
	struct bs_str markup = BS_STR("");
	struct bs_err ignored;

	if (note.len > BS_MAX_FIELD)
		return bs_word(visit, BS_DESK_MSG_fault_long);
	if (bs_markdown_markup(visit->arena, note, &options, &markup, &ignored) != BS_OK || markup.len == 0)
		return bs_word(visit, BS_DESK_MSG_fault_note);
	if (draft->correction_count > 0)
		memcpy(all, draft->corrections, draft->correction_count * sizeof(*all));
	all[draft->correction_count] = (struct bs_draft_correction){ .kind = kind, .made_at = visit->now, .note = markup };
	draft->corrections = all;
	draft->correction_count++;
	if (kind == BS_UPDATE)
		draft->updated_at = visit->now;
	return BS_STR("");
}

static enum bs_rc apply(struct correcting *c, struct bs_db *db, struct bs_draft *draft, bool *good, struct bs_err *err)
{
	struct bs_story_form shown;
	enum bs_rc rc = bs_desk_story_load(c->visit, db, &c->story, draft, &shown, err);

	if (rc != BS_OK)
		return rc;
	for (size_t i = 0; i < BS_SF_COUNT; i++) {
		if (!bs_story_field_is_text((enum bs_story_field)i))
			c->form.value[i] = shown.value[i];
	}
	return bs_story_form_apply(c->visit, db, &shown, &c->form, draft, good, err);
}

/* What readers see must not lose the words or the credit of a picture. */
static enum bs_rc check_pictures(struct correcting *c, struct bs_db *db, const struct bs_draft *draft, bool *good, struct bs_err *err)
{
	struct bs_arena *arena = c->visit->arena;
	struct bs_checks before, now = bs_checks_of(arena, draft, c->visit->publication);
	struct bs_draft stored;
	enum bs_rc rc = bs_draft_load(arena, db, c->story.id, &stored, err);

	if (rc != BS_OK)
		return rc;
	before = bs_checks_of(arena, &stored, c->visit->publication);
	/* Only whether they are there: what they lack is held against what they lacked before. The lead is not of this form. */
	rc = bs_picture_check(c->visit, db, &(struct bs_picture_rules){ .shown = &c->form, .before = &stored.body, .draft = draft }, &c->form, err);
	if (c->form.error[BS_SF_BODY].len == 0 && bs_checks_worse(&now, &before) > 0)
		c->form.error[BS_SF_BODY] = bs_word(c->visit, BS_DESK_MSG_check_worse);
	*good &= c->form.error[BS_SF_BODY].len == 0;
	return rc;
}

static bool note_is_newest(struct correcting *c, const struct bs_draft *stored)
{
	struct bs_draft with = *stored;
	const struct bs_draft_correction *was, *is;

	if (stored->correction_count == 0 || bs_correction_add(c->visit, &with, c->kind, c->note).len > 0)
		return false;
	was = &stored->corrections[stored->correction_count - 1];
	is = &with.corrections[stored->correction_count];
	return was->kind == is->kind && bs_str_eq(was->note, is->note);
}

/* Whether the newest revision is just what was sent: the same form once more, because the first answer got lost or a button was pressed twice. */
static enum bs_rc is_there(struct correcting *c, struct bs_db *db, bool *there, struct bs_err *err)
{
	struct bs_story_form shown, again;
	struct bs_draft stored, mine;
	enum bs_rc rc = bs_desk_story_load(c->visit, db, &c->story, &stored, &shown, err);

	*there = false;
	if (rc != BS_OK || !note_is_newest(c, &stored))
		return rc;
	rc = apply(c, db, &mine, there, err);
	if (rc == BS_OK)
		rc = bs_story_form_of(c->visit, db, c->story.id, &mine, &again, err);
	for (size_t i = 0; rc == BS_OK && i < BS_SF_COUNT; i++) {
		if (i != BS_SF_FORMAT && bs_story_field_is_text((enum bs_story_field)i))
			*there &= bs_str_eq(bs_str_trim(again.value[i]), bs_str_trim(shown.value[i]));
	}
	return rc;
}

static enum bs_rc correct(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct correcting *c = ctx;
	struct bs_visit *visit = c->visit;
	struct bs_draft draft;
	bool good = false, there = false;
	enum bs_rc rc = bs_desk_story_head(visit->arena, db, c->story.id, &c->story, err);

	c->end = DONE;
	if (rc == BS_OK)
		rc = bs_visit_may(visit, BS_ACT_CORRECT, c->story.id, err);
	if (rc == BS_OK && c->story.revision_id != c->form.base)
		rc = is_there(c, db, &there, err);
	if (rc == BS_OK && there)
		return bs_copy_done(visit, db, &c->form, err);
	if (rc == BS_OK && (c->story.revision_id != c->form.base || c->story.status != BS_STATUS_PUBLISHED))
		c->end = MOVED;
	if (rc != BS_OK || c->end == MOVED)
		return rc;
	rc = apply(c, db, &draft, &good, err);
	if (rc != BS_OK)
		return rc;
	rc = check_pictures(c, db, &draft, &good, err);
	if (rc != BS_OK)
		return rc;
	c->note_fault = bs_correction_add(visit, &draft, c->kind, c->note);
	if (!good || c->note_fault.len > 0) {
		c->end = FAULTY;
		return BS_OK;
	}
	rc = bs_story_save(visit->arena, visit->options->ledger, db, &draft, visit->now, &c->saved, err);
	if (rc == BS_OK)
		rc = bs_copy_done(visit, db, &c->form, err);
	if (rc == BS_OK)
		rc = bs_visit_tell(visit, db, (struct bs_audit_entry){ .action = BS_STR("story.correct"), .story_id = c->saved.story_id,
		                   .revision_id = c->saved.revision_id, .detail = bs_correction_kind_name(c->kind) }, err);
	return rc;
}

static enum bs_rc show_again(struct correcting *c, struct bs_err *err)
{
	struct bs_visit *visit = c->visit;
	bool moved = c->end == MOVED, good;
	struct bs_story_form shown;
	struct bs_draft draft;
	enum bs_rc rc = bs_desk_story_load(visit, visit->db, &c->story, &draft, &shown, err);

	if (rc == BS_OK && moved) {
		c->theirs = draft;
		rc = apply(c, visit->db, &c->mine, &good, err);
		c->form.base = c->story.revision_id;
	}
	visit->status = moved ? 409 : 422;
	return rc == BS_OK ? print(c, &draft, bs_notice_value(visit, BS_TONE_BAD,
		bs_word(visit, moved ? BS_DESK_MSG_story_moved : BS_DESK_MSG_story_faulty)), err) : rc;
}

BS_DESK_ACT(correct)
{
	struct correcting c = { .visit = visit, .note = bs_str_trim(bs_visit_field(visit, "note")) };
	enum bs_rc rc = bs_desk_story_asked(visit, BS_ACT_CORRECT, &c.story, err);

	bs_story_form_read(visit, &c.form);
	if (rc == BS_OK && bs_correction_kind_of(bs_visit_field(visit, "correction"), &c.kind) != BS_OK)
		rc = bs_fail(err, BS_INVALID, "no such kind of correction");
	if (rc == BS_OK)
		rc = bs_visit_write(visit, correct, &c, err);
	if (rc != BS_OK)
		return rc;
	if (c.end != DONE)
		return show_again(&c, err);
	bs_events_tell(visit->desk->events, c.story.public_id, 0, BS_STR("saved"), c.story.public_id);
	bs_visit_redirect(visit, bs_arena_printf(visit->arena, "/desk/story/%" PRId64, c.story.id), "corrected");
	return BS_OK;
}
