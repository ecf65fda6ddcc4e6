/* suggest.c - what a translator is offered for a passage: what was said of it before, what the memory has of ones like it, and, when asked for,
 * what the engines make of it. See sheet.h. Nothing here saves. */
#include "desk/translate/sheet.h"

#include <inttypes.h>
#include <stdatomic.h>

#include "base/sys.h"
#include "translate/check.h"
#include "translate/memory.h"

enum { ASKING_MAX = 2 }; /* requests that may wait for an engine at once: each holds a thread of the server */

static struct bs_str numbered(struct bs_visit *visit, char kind, int64_t id)
{
	return bs_arena_printf(visit->arena, "%c%" PRId64, kind, id);
}

/* Said of this very passage, by others or earlier. */
static enum bs_rc add_others(struct bs_tsheet *sheet, const struct bs_tsheet_passage *p, struct bs_tsheet_offer *out, size_t *count,
                             struct bs_err *err)
{
	struct bs_arena *arena = sheet->visit->arena;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(sheet->visit->db, BS_Q_entry_others, BS_VALUES(bs_int(p->row->passage_id), bs_text(sheet->to->code)), &stmt, err);

	while (rc == BS_OK && *count < BS_TSHEET_OFFERS && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_str markup = bs_stmt_str(stmt, BS_C_entry_others_markup);
		if (bs_str_eq(markup, bs_translation_said(p->row)))
			continue;
		out[(*count)++] = (struct bs_tsheet_offer){ .what = numbered(sheet->visit, 'e', bs_stmt_int(stmt, BS_C_entry_others_id)),
			.markup = bs_arena_copy(arena, markup),
			.maker = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_entry_others_maker)), .score = 100 };
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_tsheet_offers(struct bs_tsheet *sheet, const struct bs_tsheet_passage *p, struct bs_tsheet_offer *out, size_t *count,
                             struct bs_err *err)
{
	struct bs_memory_hit hits[BS_MEMORY_HITS];
	size_t found = 0;
	enum bs_rc rc;

	*count = 0;
	rc = add_others(sheet, p, out, count, err);
	if (rc != BS_OK || bs_translation_by_hand(p->row))
		return rc;
	rc = bs_memory_find(sheet->visit->arena, sheet->visit->db, sheet->from, p->row->source, sheet->to, hits, &found, err);
	for (size_t i = 0; i < found && *count < BS_TSHEET_OFFERS && rc == BS_OK; i++) {
		bool is_before = p->before != NULL && p->row->back_since != 0 && bs_str_eq(p->before->source, hits[i].source);
		if (hits[i].passage_id == p->row->passage_id || is_before) /* that stands above already, with what changed */
			continue;
		out[(*count)++] = (struct bs_tsheet_offer){ .what = numbered(sheet->visit, 'm', hits[i].passage_id), .markup = hits[i].target,
			.source = hits[i].source, .maker = hits[i].maker, .score = hits[i].score };
	}
	return rc;
}

static void fill(struct bs_tsheet *sheet, struct bs_tsheet_passage *p, struct bs_str markup, struct bs_str maker)
{
	p->typed = bs_typed_show(sheet->visit->arena, markup);
	p->dirty = true;
	p->note = bs_desk_say_sheet_filled(sheet->visit->arena, sheet->visit->lang, maker);
}

enum bs_rc bs_tsheet_use(struct bs_tsheet *sheet, struct bs_tsheet_passage *p, struct bs_str what, struct bs_err *err)
{
	struct bs_arena *arena = sheet->visit->arena;
	struct bs_stmt *stmt = NULL;
	bool memory = bs_str_starts(what, BS_STR("m"));
	int64_t id = 0;
	enum bs_rc rc;

	if (bs_str_eq(what, BS_STR("b"))) {
		if (p->before == NULL || p->before->target.len == 0)
			return BS_NOT_FOUND;
		fill(sheet, p, p->before->target, p->before->maker);
		return BS_OK;
	}
	if ((!memory && !bs_str_starts(what, BS_STR("e"))) || bs_str_int(bs_str_sub(what, 1, SIZE_MAX), &id) != BS_OK)
		return BS_NOT_FOUND;
	rc = memory ? bs_db_query(sheet->visit->db, BS_Q_memory_entry, BS_VALUES(bs_text(sheet->to->code), bs_int(id)), &stmt, err)
	            : bs_db_query(sheet->visit->db, BS_Q_entry_text, BS_VALUES(bs_int(id)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK && !memory && !bs_str_eq(bs_stmt_str(stmt, BS_C_entry_text_lang), sheet->to->code))
		rc = BS_NOT_FOUND;
	if (rc == BS_OK)
		fill(sheet, p, bs_arena_copy(arena, bs_stmt_str(stmt, memory ? BS_C_memory_entry_target : BS_C_entry_text_markup)),
		     bs_arena_copy(arena, bs_stmt_str(stmt, memory ? BS_C_memory_entry_maker : BS_C_entry_text_maker)));
	bs_stmt_free(&stmt);
	return rc;
}

/* What an engine's failure is for a translator. */
static struct bs_str failure(struct bs_visit *visit, enum bs_rc rc)
{
	switch (rc) {
	case BS_INVALID:
		return bs_word(visit, BS_DESK_MSG_sheet_no_engine);
	case BS_LIMIT:
		return bs_word(visit, BS_DESK_MSG_sheet_spent);
	default:
		return bs_word(visit, BS_DESK_MSG_sheet_engine_failed);
	}
}

enum bs_rc bs_tsheet_ask(struct bs_tsheet *sheet, struct bs_tsheet_passage *p, struct bs_err *err)
{
	static atomic_int asking;
	struct bs_visit *visit = sheet->visit;
	struct bs_translate_task task = { .story_id = sheet->story.id, .lang = sheet->to->code, .passage_id = p->row->passage_id };
	struct bs_translated done = { 0 };
	enum bs_rc rc;

	if (atomic_fetch_add(&asking, 1) < ASKING_MAX)
		rc = bs_translator_story(visit->options->translator, visit->arena, &task, visit->now, &done, err);
	else
		rc = bs_fail(err, BS_BUSY, "%d others are asking already", ASKING_MAX);
	atomic_fetch_sub(&asking, 1);
	if (rc == BS_OK && done.said.len > 0) {
		fill(sheet, p, done.said, done.said_by);
	} else if (rc == BS_OK) {
		p->fault = bs_word(visit, BS_DESK_MSG_sheet_engine_refused);
	} else {
		p->fault = failure(visit, rc);
		bs_log(BS_LOG_WARN, "passage %" PRId64 " into " BS_FMT ", which a translator asked for: %s", p->row->passage_id,
		       BS_ARG(sheet->to->code), err->text);
	}
	return BS_OK;
}
