/* remarks.c - what colleagues say to each other about a story, passage by passage, in conversations that can be resolved.
 *
 * A remark is about the text that it was made on (the passage, by its content), not about a place. While that text stands in the story, however it
 * was moved, the conversation stands beside it; when it has been rewritten, the conversation stands below, with the text that it was about. */
#include <inttypes.h>

#include "base/limits.h"
#include "desk/compare.h"
#include "desk/flow/remarks.h"
#include "desk/pages.h"
#include "desk/story.h"

enum { SHOWN = 1000, TWICE_SECONDS = 600 };

struct remark {
	int64_t id, thread, passage;
	struct bs_str who, text, resolver, markup;
	int64_t made_at, resolved_at;
};

struct remarking {
	struct bs_visit *visit;
	struct bs_desk_story story;
	struct bs_dict *view;
	bool may;
	struct remark *all;
	size_t count;
	int64_t on;           /* the passage that a form is shown for, or -1 */
	int64_t answered;     /* the conversation that an answer was meant for, or 0 */
	struct bs_str typed, fault; /* what could not be taken, and why */
};

/* --- showing ------------------------------------------------------------------------------------------------------------------ */

static enum bs_rc read_remarks(struct remarking *r, struct bs_err *err)
{
	struct bs_arena *arena = r->visit->arena;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(r->visit->db, BS_Q_remarks_of_story, BS_VALUES(bs_int(r->story.id), bs_int(SHOWN)), &stmt, err);

	r->all = BS_ARRAY(arena, SHOWN, struct remark);
	while (rc == BS_OK && r->count < SHOWN && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		r->all[r->count++] = (struct remark){
			.id = bs_stmt_int(stmt, BS_C_remarks_of_story_id),
			.thread = bs_stmt_int(stmt, BS_C_remarks_of_story_thread_id),
			.passage = bs_stmt_int(stmt, BS_C_remarks_of_story_passage_id),
			.who = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_remarks_of_story_who)),
			.made_at = bs_stmt_int(stmt, BS_C_remarks_of_story_made_at),
			.text = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_remarks_of_story_text)),
			.resolved_at = bs_stmt_int(stmt, BS_C_remarks_of_story_resolved_at),
			.resolver = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_remarks_of_story_resolver)),
			.markup = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_remarks_of_story_markup)),
		};
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static struct bs_value remark_value(struct remarking *r, const struct remark *remark)
{
	struct bs_dict *dict = bs_dict_new(r->visit->arena, 4);

	bs_put_text(dict, BS_D_who, remark->who);
	bs_put(dict, BS_D_when, bs_when(r->visit, remark->made_at));
	bs_put_text(dict, BS_D_text, remark->text);
	return bs_value_dict(dict);
}

/* A field for what is said, named apart from all others of the page. */
static struct bs_value say_field(struct remarking *r, char kind, int64_t number, enum bs_desk_msg label, bool here)
{
	return bs_field_value(r->visit, &(struct bs_field){ .name = "text", .id = bs_arena_printf(r->visit->arena, "text-%c%" PRId64, kind, number),
		.label = bs_word(r->visit, label), .type = "area", .rows = 3, .required = true, .max = BS_MAX_REMARK / 4,
		.value = here ? r->typed : BS_STR(""), .error = here ? r->fault : BS_STR("") });
}

static struct bs_value thread_value(struct remarking *r, size_t first)
{
	const struct remark *head = &r->all[first];
	struct bs_value *items = BS_ARRAY(r->visit->arena, r->count - first, struct bs_value);
	struct bs_dict *dict = bs_dict_new(r->visit->arena, 8);
	size_t count = 0;

	for (size_t i = first; i < r->count; i++) {
		if (r->all[i].thread == head->id)
			items[count++] = remark_value(r, &r->all[i]);
	}
	bs_put(dict, BS_D_id, bs_value_int(head->id));
	bs_put(dict, BS_D_items, bs_value_list(items, count));
	bs_put(dict, BS_D_count, bs_value_int((int64_t)count));
	bs_put(dict, BS_D_since, bs_when(r->visit, head->resolved_at));
	bs_put_text(dict, BS_D_resolver, head->resolver);
	bs_put_flag(dict, BS_D_write, r->may);
	bs_put(dict, BS_D_form, r->may && head->resolved_at == 0
	       ? say_field(r, 't', head->id, BS_DESK_MSG_remarks_answer, r->answered == head->id) : bs_value_null());
	return bs_value_dict(dict);
}

/* The conversations about one passage (0: the story), as a list. */
static void put_threads(struct remarking *r, struct bs_dict *dict, int64_t passage)
{
	struct bs_value *threads = BS_ARRAY(r->visit->arena, r->count, struct bs_value);
	size_t count = 0;

	for (size_t i = 0; i < r->count; i++) {
		if (r->all[i].id == r->all[i].thread && r->all[i].passage == passage)
			threads[count++] = thread_value(r, i);
	}
	bs_put(dict, BS_D_rows, bs_value_list(threads, count));
	bs_put_flag(dict, BS_D_has_rows, count > 0);
}

static struct bs_value place_value(struct remarking *r, int64_t passage, struct bs_str label, struct bs_str markup)
{
	struct bs_dict *dict = bs_dict_new(r->visit->arena, 8);

	bs_put(dict, BS_D_id, bs_value_int(passage));
	bs_put_text(dict, BS_D_label, label);
	bs_put(dict, BS_D_text, bs_value_markup(markup)); /* canonical, from the ledger */
	bs_put(dict, BS_D_form, r->may && r->on == passage
	       ? say_field(r, 'p', passage, BS_DESK_MSG_remarks_new, r->answered == 0) : bs_value_null());
	bs_put_text(dict, BS_D_href, r->may && r->on != passage ? bs_arena_printf(r->visit->arena,
	            "/desk/story/%" PRId64 "/remarks?on=%" PRId64 "#p-%" PRId64, r->story.id, passage, passage) : BS_STR(""));
	put_threads(r, dict, passage);
	return bs_value_dict(dict);
}

/* The story and its passages, each with what was said of it. The conversations that were placed are marked by passage -1. */
static enum bs_rc put_places(struct remarking *r, struct bs_err *err)
{
	struct bs_arena *arena = r->visit->arena;
	struct bs_value *places = NULL;
	struct bs_stmt *stmt = NULL;
	size_t count = 0, room = 0;
	enum bs_rc rc = bs_db_query(r->visit->db, BS_Q_desk_passages, BS_VALUES(bs_int(r->story.id)), &stmt, err);

	BS_GROW(arena, places, count, room, 64);
	places[count++] = place_value(r, 0, bs_word(r->visit, BS_DESK_MSG_remarks_whole), BS_STR(""));
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		int64_t passage = bs_stmt_int(stmt, BS_C_desk_passages_passage_id);
		struct bs_str path = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_desk_passages_path));
		struct bs_str markup = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_desk_passages_markup));
		if (markup.len == 0 || bs_str_starts(path, BS_STR("@correction")))
			continue;
		BS_GROW(arena, places, count, room, 64);
		places[count++] = place_value(r, passage, bs_passage_label(r->visit, path), markup);
		for (size_t i = 0; i < r->count; i++)
			r->all[i].passage = r->all[i].passage == passage ? -1 : r->all[i].passage;
	}
	bs_stmt_free(&stmt);
	bs_put(r->view, BS_D_items, bs_value_list(places, count));
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* What was said about words that the story does not have any more. */
static void put_earlier(struct remarking *r)
{
	struct bs_value *places = BS_ARRAY(r->visit->arena, r->count, struct bs_value);
	size_t count = 0;

	for (size_t i = 0; i < r->count; i++) {
		int64_t passage = r->all[i].passage;
		if (r->all[i].id != r->all[i].thread || passage <= 0)
			continue;
		places[count++] = place_value(r, passage, bs_word(r->visit, BS_DESK_MSG_remarks_earlier), r->all[i].markup);
		for (size_t j = i; j < r->count; j++)
			r->all[j].passage = r->all[j].passage == passage ? -1 : r->all[j].passage;
	}
	bs_put(r->view, BS_D_groups, bs_value_list(places, count));
	bs_put_flag(r->view, BS_D_has_groups, count > 0);
}

static enum bs_rc print(struct remarking *r, struct bs_err *err)
{
	struct bs_visit *visit = r->visit;
	const struct bs_lang *lang = bs_lang_find(r->story.lang);
	enum bs_rc rc = bs_visit_may(visit, BS_ACT_COMMENT, r->story.id, err);

	r->may = rc == BS_OK;
	r->view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_remarks_title));
	bs_put_text(r->view, BS_D_path, bs_arena_printf(visit->arena, "/desk/story/%" PRId64, r->story.id));
	bs_put(r->view, BS_D_head, bs_value_markup(r->story.title)); /* canonical, from the ledger */
	bs_put_text(r->view, BS_D_section, r->story.lang);
	bs_put_text(r->view, BS_D_left, lang != NULL && lang->rtl ? BS_STR("rtl") : BS_STR("ltr"));
	bs_put(r->view, BS_D_error, r->fault.len > 0 ? bs_notice_value(visit, BS_TONE_BAD, r->fault) : bs_value_null());
	rc = read_remarks(r, err);
	if (rc == BS_OK)
		rc = put_places(r, err);
	if (rc == BS_OK)
		put_earlier(r);
	return rc == BS_OK ? bs_desk_print(visit, "remarks", r->view, err) : rc;
}

BS_DESK_SHOW(remarks)
{
	struct remarking r = { .visit = visit };
	enum bs_rc rc = bs_desk_story_asked(visit, BS_ACT_SEE, &r.story, err);

	if (bs_str_int(bs_visit_asked(visit, "on"), &r.on) != BS_OK)
		r.on = -1;
	return rc == BS_OK ? print(&r, err) : rc;
}

enum bs_rc bs_remarks_open(struct bs_arena *arena, struct bs_db *db, const int64_t *stories, size_t count, int64_t *counts,
                           struct bs_err *err)
{
	struct bs_stmt **stmts = BS_ARRAY(arena, count, struct bs_stmt *);
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = bs_db_query(db, BS_Q_remarks_open, BS_VALUES(bs_int(stories[i])), &stmts[i], err);
	for (size_t i = 0; i < count; i++) {
		rc = rc == BS_OK ? bs_stmt_next(stmts[i], err) : rc;
		counts[i] = rc == BS_OK ? bs_stmt_int(stmts[i], BS_C_remarks_open_count) : 0;
		bs_stmt_free(&stmts[i]);
	}
	return rc;
}

/* --- saying something ------------------------------------------------------------------------------------------------------------ */

/* Whether this was said just now: the same form once more. */
static enum bs_rc is_there(struct remarking *r, struct bs_db *db, int64_t passage, bool *there, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_remark_last, BS_VALUES(bs_int(r->story.id), bs_int(r->visit->session.account.id),
	                            bs_int(r->visit->now - TWICE_SECONDS)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	*there = rc == BS_OK && bs_stmt_int(stmt, BS_C_remark_last_thread_id) == r->answered &&
	         bs_stmt_int(stmt, BS_C_remark_last_passage_id) == passage && bs_str_eq(bs_stmt_str(stmt, BS_C_remark_last_text), r->typed);
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc say(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct remarking *r = ctx;
	int64_t passage = r->on;
	bool there = false;
	enum bs_rc rc = bs_visit_may(r->visit, BS_ACT_COMMENT, r->story.id, err);

	if (rc == BS_OK && r->answered != 0)
		rc = bs_db_int(db, BS_Q_remark_thread, BS_VALUES(bs_int(r->answered), bs_int(r->story.id)), &passage, err);
	else if (rc == BS_OK && passage != 0)
		rc = bs_db_int(db, BS_Q_desk_passage_in, BS_VALUES(bs_int(r->story.id), bs_int(passage)), &passage, err);
	/* It was rewritten while somebody was typing: the remark is kept, with the words that it was made on. */
	if (rc == BS_NOT_FOUND && r->answered == 0)
		rc = bs_db_int(db, BS_Q_desk_passage_ever, BS_VALUES(bs_int(r->story.id), bs_int(passage)), &passage, err);
	if (rc == BS_OK)
		rc = is_there(r, db, passage, &there, err);
	if (rc != BS_OK || there)
		return rc;
	return bs_db_exec(db, BS_Q_remark_add, BS_VALUES(bs_int(r->story.id), bs_ref(r->answered), bs_ref(passage),
	                  bs_int(r->visit->session.account.id), bs_int(r->visit->now), bs_text(r->typed)), err);
}

static enum bs_rc resolve(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct remarking *r = ctx;
	int64_t passage, account = r->visit->session.account.id;
	bool again = bs_str_eq(bs_visit_field(r->visit, "do"), BS_STR("reopen"));
	enum bs_rc rc = bs_visit_may(r->visit, BS_ACT_COMMENT, r->story.id, err);

	if (rc == BS_OK)
		rc = bs_db_int(db, BS_Q_remark_thread, BS_VALUES(bs_int(r->answered), bs_int(r->story.id)), &passage, err);
	if (rc != BS_OK)
		return rc;
	return bs_db_exec(db, BS_Q_remark_resolve, BS_VALUES(bs_int(r->answered), bs_int(again ? 0 : r->visit->now),
	                  again ? bs_null() : bs_int(account)), err);
}

BS_DESK_ACT(remarks)
{
	struct remarking r = { .visit = visit, .typed = bs_str_trim(bs_visit_field(visit, "text")) };
	struct bs_str act = bs_visit_field(visit, "do");
	bool says = bs_str_eq(act, BS_STR("say"));
	enum bs_rc rc = bs_desk_story_asked(visit, BS_ACT_SEE, &r.story, err);

	if (bs_str_int(bs_visit_field(visit, "on"), &r.on) != BS_OK)
		r.on = -1;
	if (bs_str_int(bs_visit_field(visit, "thread"), &r.answered) != BS_OK)
		r.answered = 0;
	if (rc == BS_OK && ((says && r.on < 0 && r.answered == 0) || (!says && r.answered == 0)))
		rc = bs_fail(err, BS_INVALID, "a remark on nothing");
	if (rc != BS_OK)
		return rc;
	if (says && (r.typed.len == 0 || r.typed.len > BS_MAX_REMARK)) {
		r.fault = bs_word(visit, r.typed.len == 0 ? BS_DESK_MSG_fault_remark : BS_DESK_MSG_fault_long);
		visit->status = 422;
		return print(&r, err);
	}
	rc = bs_visit_write(visit, says ? say : resolve, &r, err);
	if (rc == BS_OK)
		bs_visit_redirect(visit, bs_arena_printf(visit->arena, "/desk/story/%" PRId64 "/remarks", r.story.id),
		                  says ? "said" : bs_str_eq(act, BS_STR("reopen")) ? "reopened" : "resolved");
	return rc;
}
