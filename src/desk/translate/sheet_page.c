/* sheet_page.c - the translation page as it is printed; see sheet.h. */
#include <inttypes.h>
#include <stdlib.h>

#include "desk/compare.h"
#include "desk/translate/grid.h"
#include "desk/translate/sheet.h"
#include "text/diff.h"
#include "text/markup.h"
#include "text/out.h"
#include "translate/check.h"
#include "translate/engine/inlines.h"
#include "translate/glossary.h"

enum { TERMS_MAX = 12, GLOSSARY_MAX = 2000, ROW_BYTES = 64, SOURCE_MAX = 8 * 1024 * 1024 };

struct printing {
	struct bs_tsheet *sheet;
	struct bs_visit *visit;
	struct bs_kept *kept; /* terms of the glossary that occur in this part */
	size_t kept_count;
	size_t approvable;
};

/* --- the glossary ----------------------------------------------------------------------------------------------------------------- */

static struct bs_str text_of_part(const struct bs_tsheet *sheet)
{
	struct bs_buf buf = BS_BUF(SOURCE_MAX);
	struct bs_str made;

	for (size_t i = 0; i < sheet->count; i++) {
		bs_markup_text(&buf, sheet->passages[i].row->source);
		bs_buf_putc(&buf, '\n');
	}
	made = bs_arena_copy(sheet->visit->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}

static enum bs_rc load_terms(struct printing *p, struct bs_err *err)
{
	struct bs_tsheet *sheet = p->sheet;
	struct bs_str text = text_of_part(sheet);
	struct bs_terms terms;
	enum bs_rc rc = bs_glossary_list(p->visit->arena, p->visit->db, sheet->from->code, sheet->to->code, &terms, err);

	p->kept = BS_ARRAY(p->visit->arena, GLOSSARY_MAX, struct bs_kept);
	for (size_t i = 0; rc == BS_OK && i < terms.count && p->kept_count < GLOSSARY_MAX; i++) {
		if (bs_str_find(text, terms.list[i].source, 0) != SIZE_MAX)
			p->kept[p->kept_count++] = (struct bs_kept){ terms.list[i].source, terms.list[i].target };
	}
	return rc;
}

/* The original, with its terms marked; and these, each once. */
static struct bs_value source_of(struct printing *p, struct bs_str markup, struct bs_value *terms)
{
	struct bs_arena *arena = p->visit->arena;
	struct bs_value *items = BS_ARRAY(arena, TERMS_MAX, struct bs_value);
	struct bs_buf buf = BS_BUF(SOURCE_MAX);
	struct bs_inlines pieces;
	struct bs_str made;
	size_t count = 0;

	bs_inlines_of(arena, p->sheet->from, markup, p->kept, p->kept_count, &pieces);
	for (size_t i = 0; i < pieces.count; i++) {
		const struct bs_inline *piece = &pieces.list[i];
		struct bs_dict *dict;
		if (piece->kind == BS_INLINE_TEXT) {
			bs_out_text(&buf, piece->text);
			continue;
		}
		if (piece->kind != BS_INLINE_TERM) {
			bs_out_raw(&buf, piece->text); /* a tag, or an element, of canonical markup */
			continue;
		}
		bs_buf_lit(&buf, "<mark>");
		bs_out_text(&buf, piece->text);
		bs_buf_lit(&buf, "</mark>");
		if (count == TERMS_MAX)
			continue;
		dict = bs_dict_new(arena, 2);
		bs_put_text(dict, BS_D_text, piece->text);
		bs_put_text(dict, BS_D_said, piece->said);
		items[count++] = bs_value_dict(dict);
	}
	made = bs_arena_copy(arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	*terms = bs_value_list(items, count);
	return bs_value_markup(made);
}

/* --- one passage ------------------------------------------------------------------------------------------------------------------ */

static struct bs_value badge(struct printing *p, enum bs_tone tone, enum bs_desk_msg word)
{
	return bs_badge_value(p->visit, tone, bs_word(p->visit, word));
}

static struct bs_value badges_of(struct printing *p, const struct bs_tsheet_passage *passage)
{
	const struct bs_translation_row *row = passage->row;
	struct bs_value *items = BS_ARRAY(p->visit->arena, 4, struct bs_value);
	size_t count = 0;
	bool put_in = passage->before != NULL && passage->before->source.len == 0;

	if (row->back_since != 0)
		items[count++] = badge(p, BS_TONE_WARN, put_in ? BS_DESK_MSG_sheet_put_in : BS_DESK_MSG_sheet_back);
	if (bs_translation_said(row).len == 0)
		items[count++] = badge(p, BS_TONE_BAD, BS_DESK_MSG_sheet_missing);
	if (row->approved)
		items[count++] = badge(p, BS_TONE_GOOD, BS_DESK_MSG_sheet_approved);
	else if (row->offered.len > 0 || (p->sheet->approval != BS_APPROVAL_OFF && bs_translation_by_hand(row)))
		items[count++] = badge(p, BS_TONE_WARN, BS_DESK_MSG_sheet_waits);
	return bs_value_list(items, count);
}

/* By whom or what. */
static struct bs_str made_by(struct printing *p, const struct bs_translation_row *row)
{
	struct bs_visit *visit = p->visit;

	if (bs_translation_said(row).len == 0)
		return BS_STR("");
	if (!bs_translation_by_hand(row))
		return bs_desk_say_sheet_by_engine(visit->arena, visit->lang, row->maker);
	return bs_desk_say_sheet_by_person(visit->arena, visit->lang, row->offered.len > 0 ? row->offerer : row->maker);
}

static struct bs_str plain(struct printing *p, struct bs_str markup)
{
	return bs_markup_plain(p->visit->arena, markup);
}

/* The original as it was, with what changed, and its translation. */
static struct bs_value before_of(struct printing *p, const struct bs_tsheet_passage *passage)
{
	const struct bs_translation_before *before = passage->before;
	struct bs_dict *dict = bs_dict_new(p->visit->arena, 5);
	struct bs_str was, is;

	if (before == NULL || before->source.len == 0 || passage->row->back_since == 0)
		return bs_value_null();
	bs_diff_words(p->visit->arena, plain(p, before->source), plain(p, passage->row->source), &was, &is);
	/* Escaped words between <del> and <ins>, by text/diff.h. */
	bs_put(dict, BS_D_left, bs_value_markup(was));
	bs_put(dict, BS_D_right, bs_value_markup(is));
	bs_put(dict, BS_D_target, bs_value_markup(before->target)); /* canonical */
	bs_put_text(dict, BS_D_who, before->maker);
	bs_put_text(dict, BS_D_use, bs_arena_printf(p->visit->arena, "%" PRId64 " b", passage->row->passage_id));
	bs_put_text(dict, BS_D_value, bs_typed_show(p->visit->arena, before->target));
	return bs_value_dict(dict);
}

static struct bs_value theirs_of(struct printing *p, const struct bs_tsheet_passage *passage)
{
	struct bs_dict *dict = bs_dict_new(p->visit->arena, 4);
	struct bs_str theirs, mine;

	if (passage->theirs.len == 0)
		return bs_value_null();
	bs_diff_words(p->visit->arena, plain(p, passage->theirs), passage->typed, &theirs, &mine);
	bs_put(dict, BS_D_left, bs_value_markup(theirs)); /* escaped, as above */
	bs_put(dict, BS_D_right, bs_value_markup(mine));
	bs_put_text(dict, BS_D_use, bs_arena_printf(p->visit->arena, "%" PRId64 " e%" PRId64, passage->row->passage_id, passage->row->entry_id));
	bs_put_text(dict, BS_D_value, bs_typed_show(p->visit->arena, passage->theirs));
	return bs_value_dict(dict);
}

static enum bs_rc suggestions_of(struct printing *p, const struct bs_tsheet_passage *passage, struct bs_value *out, struct bs_err *err)
{
	struct bs_tsheet_offer offers[BS_TSHEET_OFFERS];
	struct bs_value *items = BS_ARRAY(p->visit->arena, BS_TSHEET_OFFERS, struct bs_value);
	size_t count = 0;
	enum bs_rc rc = bs_tsheet_offers(p->sheet, passage, offers, &count, err);

	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		const struct bs_tsheet_offer *offer = &offers[i];
		struct bs_dict *dict = bs_dict_new(p->visit->arena, 6);
		struct bs_str was = BS_STR(""), is;
		if (offer->source.len > 0)
			bs_diff_words(p->visit->arena, plain(p, offer->source), plain(p, passage->row->source), &was, &is);
		bs_put(dict, BS_D_left, bs_value_markup(was)); /* escaped, as above */
		bs_put(dict, BS_D_target, bs_value_markup(offer->markup)); /* canonical */
		bs_put_text(dict, BS_D_who, offer->maker);
		bs_put_text(dict, BS_D_score, bs_desk_say_sheet_score(p->visit->arena, p->visit->lang, offer->score));
		bs_put_text(dict, BS_D_use, bs_arena_printf(p->visit->arena, "%" PRId64 " " BS_FMT, passage->row->passage_id, BS_ALL(offer->what)));
		bs_put_text(dict, BS_D_value, bs_typed_show(p->visit->arena, offer->markup));
		items[i] = bs_value_dict(dict);
	}
	*out = bs_value_list(items, rc == BS_OK ? count : 0);
	return rc;
}

static enum bs_rc row_of(struct printing *p, const struct bs_tsheet_passage *passage, struct bs_value *out, struct bs_err *err)
{
	struct bs_visit *visit = p->visit;
	const struct bs_translation_row *row = passage->row;
	struct bs_dict *dict = bs_dict_new(visit->arena, 32);
	bool by_hand = bs_translation_by_hand(row);
	struct bs_value terms = bs_value_null(), suggestions;
	enum bs_rc rc = suggestions_of(p, passage, &suggestions, err);

	/* All of them, always: what a passage lacks would be looked for in what stands around it. */
	bs_put(dict, BS_D_id, bs_value_int(row->passage_id));
	bs_put_text(dict, BS_D_label, bs_passage_label(visit, row->path));
	bs_put(dict, BS_D_items, badges_of(p, passage));
	bs_put_text(dict, BS_D_by, made_by(p, row));
	bs_put(dict, BS_D_source, source_of(p, row->source, &terms));
	bs_put(dict, BS_D_terms, terms);
	bs_put_flag(dict, BS_D_has_terms, terms.len > 0);
	bs_put_text(dict, BS_D_value, passage->typed);
	bs_put(dict, BS_D_base, bs_value_int(passage->base));
	bs_put(dict, BS_D_lines, bs_value_int((int64_t)(row->source.len / ROW_BYTES) + 1));
	bs_put_text(dict, BS_D_error, passage->fault);
	bs_put_text(dict, BS_D_note, passage->note);
	bs_put_text(dict, BS_D_reason, bs_translation_said(row).len == 0 && passage->refused.len > 0
		? bs_desk_say_sheet_refused(visit->arena, visit->lang, passage->refused) : BS_STR(""));
	bs_put_flag(dict, BS_D_accept, row->target.len > 0 && !by_hand);
	bs_put_flag(dict, BS_D_checked, passage->accept);
	bs_put(dict, BS_D_before, before_of(p, passage));
	bs_put(dict, BS_D_theirs, theirs_of(p, passage));
	bs_put(dict, BS_D_suggestions, suggestions);
	bs_put_flag(dict, BS_D_has_suggestions, suggestions.len > 0);
	/* For the script: what is next for a person to do. */
	bs_put_flag(dict, BS_D_pending, !by_hand || row->back_since != 0 || passage->fault.len > 0);
	p->approvable += by_hand && !row->approved && row->account_id != visit->session.account.id;
	*out = bs_value_dict(dict);
	return rc;
}

/* --- the page ---------------------------------------------------------------------------------------------------------------------- */

static struct bs_str tone_state(const struct bs_tsheet *sheet)
{
	return sheet->state.state.len > 0 ? sheet->state.state : BS_STR("none");
}

static void put_head(struct printing *p, struct bs_dict *view)
{
	struct bs_tsheet *sheet = p->sheet;
	struct bs_visit *visit = p->visit;
	size_t done = 0, hands = 0;

	for (size_t i = 0; i < sheet->row_count; i++) {
		done += bs_translation_said(&sheet->rows[i]).len > 0;
		hands += bs_translation_by_hand(&sheet->rows[i]);
	}
	bs_put(view, BS_D_head, bs_value_markup(sheet->story.title)); /* canonical, from the ledger */
	bs_put(view, BS_D_status, bs_tstate_badge(visit, tone_state(sheet), sheet->state.stale));
	bs_put_text(view, BS_D_progress, bs_desk_say_sheet_progress(visit->arena, visit->lang, (int64_t)done, (int64_t)sheet->row_count));
	bs_put_text(view, BS_D_hands, bs_desk_say_sheet_hands(visit->arena, visit->lang, (int64_t)hands));
	bs_put_text(view, BS_D_path, bs_arena_printf(visit->arena, "/desk/story/%" PRId64, sheet->story.id));
	bs_put_text(view, BS_D_public, sheet->state.done == 0 ? BS_STR("") : bs_desk_story_path_in(visit, &sheet->story, sheet->to));
	bs_put_text(view, BS_D_from, sheet->from->code);
	bs_put_text(view, BS_D_from_dir, sheet->from->rtl ? BS_STR("rtl") : BS_STR("ltr"));
	bs_put_text(view, BS_D_to, sheet->to->code);
	bs_put_text(view, BS_D_to_dir, sheet->to->rtl ? BS_STR("rtl") : BS_STR("ltr"));
	bs_put_text(view, BS_D_hint, sheet->approval == BS_APPROVAL_OFF ? BS_STR("") : bs_word(visit,
		sheet->approval == BS_APPROVAL_SHOWN ? BS_DESK_MSG_sheet_approval_shown : BS_DESK_MSG_sheet_approval_hidden));
}

static struct bs_value button(struct printing *p, const char *value, struct bs_str label)
{
	struct bs_dict *dict = bs_dict_new(p->visit->arena, 2);

	bs_put_text(dict, BS_D_value, bs_str_c(value));
	bs_put_text(dict, BS_D_label, label);
	return bs_value_dict(dict);
}

/* The buttons besides saving, as far as they are for who asks. */
static struct bs_value actions_of(struct printing *p)
{
	struct bs_tsheet *sheet = p->sheet;
	struct bs_visit *visit = p->visit;
	struct bs_value *items = BS_ARRAY(visit->arena, 4, struct bs_value);
	int64_t holder = sheet->claim.account_id, me = visit->session.account.id;
	bool editor = bs_visit_can(visit, BS_ACT_APPROVE_TRANSLATION);
	size_t count = 0, missing = 0;

	for (size_t i = 0; i < sheet->row_count; i++)
		missing += sheet->rows[i].target.len == 0;
	if (editor && sheet->approval != BS_APPROVAL_OFF && p->approvable > 0)
		items[count++] = button(p, "approve", bs_desk_say_sheet_approve(visit->arena, visit->lang, (int64_t)p->approvable));
	if (holder == 0)
		items[count++] = button(p, "claim", bs_word(visit, BS_DESK_MSG_sheet_claim));
	else if (holder == me || editor)
		items[count++] = holder == me ? button(p, "release", bs_word(visit, BS_DESK_MSG_sheet_release))
			: button(p, "claim", bs_word(visit, BS_DESK_MSG_sheet_take));
	if (missing > 0 && bs_translator_has_path(visit->options->translator, sheet->from, sheet->to))
		items[count++] = button(p, "ask-all", bs_word(visit, BS_DESK_MSG_sheet_ask_all));
	return bs_value_list(items, count);
}

static void put_claim(struct printing *p, struct bs_dict *view)
{
	struct bs_tsheet *sheet = p->sheet;
	struct bs_dict *dict = bs_dict_new(p->visit->arena, 2);

	if (sheet->claim.account_id == 0)
		return;
	bs_put_text(dict, BS_D_text, sheet->claim.account_id == p->visit->session.account.id ? bs_word(p->visit, BS_DESK_MSG_sheet_claimed_mine)
		: bs_desk_say_sheet_claimed_by(p->visit->arena, p->visit->lang, sheet->claim.name));
	bs_put(dict, BS_D_until, bs_when(p->visit, sheet->claim.expires_at));
	bs_put(view, BS_D_claim, bs_value_dict(dict));
}

static struct bs_value parts_of(struct printing *p)
{
	struct bs_tsheet *sheet = p->sheet;
	struct bs_value *items = BS_ARRAY(p->visit->arena, sheet->part_count, struct bs_value);

	for (size_t i = 0; i < sheet->part_count; i++) {
		struct bs_dict *dict = bs_dict_new(p->visit->arena, 3);
		bs_put(dict, BS_D_label, bs_value_int((int64_t)i + 1));
		bs_put_text(dict, BS_D_href, bs_arena_printf(p->visit->arena, BS_FMT "?part=%zu", BS_ALL(bs_tsheet_path(sheet, false)), i + 1));
		bs_put_flag(dict, BS_D_current, i == sheet->part);
		items[i] = bs_value_dict(dict);
	}
	return bs_value_list(items, sheet->part_count);
}

enum bs_rc bs_tsheet_print(struct bs_tsheet *sheet, struct bs_err *err)
{
	struct printing p = { .sheet = sheet, .visit = sheet->visit };
	struct bs_visit *visit = sheet->visit;
	struct bs_dict *view = bs_desk_view(visit, bs_desk_say_sheet_title(visit->arena, visit->lang,
		visit->lang == &bs_langs[BS_LANG_en] ? sheet->to->name : sheet->to->own_name));
	struct bs_value *rows = BS_ARRAY(visit->arena, sheet->count, struct bs_value);
	enum bs_rc rc = load_terms(&p, err);

	for (size_t i = 0; i < sheet->count && rc == BS_OK; i++)
		rc = row_of(&p, &sheet->passages[i], &rows[i], err);
	if (rc != BS_OK)
		return rc;
	put_head(&p, view);
	put_claim(&p, view);
	bs_put(view, BS_D_error, sheet->notice);
	bs_put(view, BS_D_rows, bs_value_list(rows, sheet->count));
	bs_put(view, BS_D_actions, actions_of(&p));
	bs_put(view, BS_D_parts, parts_of(&p));
	bs_put_flag(view, BS_D_has_parts, sheet->part_count > 1);
	bs_put_text(view, BS_D_action, bs_tsheet_path(sheet, true));
	bs_put_flag(view, BS_D_engines, bs_translator_has_path(visit->options->translator, sheet->from, sheet->to));
	bs_desk_script(visit, view, "sheet.js");
	return bs_desk_print(visit, "sheet", view, err);
}
