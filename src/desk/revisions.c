/* revisions.c - the revisions of a story: listed, compared with each other, and any of them made the newest again. Also the preview. */
#include <inttypes.h>

#include "desk/compare.h"
#include "desk/copy/events.h"
#include "desk/flow/check.h"
#include "desk/flow.h"
#include "desk/pages.h"
#include "desk/story.h"
#include "text/markup.h"

enum { SHOWN = 500 };

struct restoring {
	struct bs_visit *visit;
	struct bs_desk_story story;
	int number;
	bool moved, worse, unknown; /* why nothing was written */
	struct bs_saved saved;
};

static struct bs_value row_of(struct bs_visit *visit, const struct bs_desk_story *story, const struct bs_stmt *stmt)
{
	int64_t number = bs_stmt_int(stmt, BS_C_desk_revisions_number);
	struct bs_str who = bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_desk_revisions_who));
	struct bs_str action = bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_desk_revisions_action));
	struct bs_dict *dict = bs_dict_new(visit->arena, 6);

	bs_put(dict, BS_D_revision, bs_value_int(number));
	bs_put(dict, BS_D_when, bs_when(visit, bs_stmt_int(stmt, BS_C_desk_revisions_created_at)));
	/* What no one at the desk did was brought in by a command, an import most of the time. */
	bs_put_text(dict, BS_D_who, who.len > 0 ? who : bs_word(visit, BS_DESK_MSG_revisions_machine));
	bs_put_text(dict, BS_D_action, action.len > 0 ? bs_word_of(visit, "audit.", action) : bs_word(visit, BS_DESK_MSG_revisions_imported));
	bs_put_flag(dict, BS_D_current, number == story->number);
	bs_put_text(dict, BS_D_href, number > 1 ? bs_arena_printf(visit->arena, "/desk/story/%" PRId64 "/compare?a=%" PRId64 "&b=%" PRId64,
	            story->id, number - 1, number) : BS_STR(""));
	return bs_value_dict(dict);
}

static void put_story(struct bs_visit *visit, struct bs_dict *view, const struct bs_desk_story *story)
{
	bs_put(view, BS_D_id, bs_value_int(story->id));
	bs_put(view, BS_D_base, bs_value_int(story->revision_id));
	bs_put_text(view, BS_D_path, bs_arena_printf(visit->arena, "/desk/story/%" PRId64, story->id));
	bs_put(view, BS_D_head, bs_value_markup(story->title)); /* canonical, from the ledger */
	bs_put_text(view, BS_D_section, story->lang);
}

BS_DESK_SHOW(revisions)
{
	struct bs_value *rows = BS_ARRAY(visit->arena, SHOWN, struct bs_value);
	struct bs_desk_story story;
	struct bs_stmt *stmt = NULL;
	struct bs_dict *view;
	size_t count = 0;
	enum bs_rc rc = bs_desk_story_asked(visit, BS_ACT_SEE, &story, err);

	if (rc == BS_OK)
		rc = bs_db_query(visit->db, BS_Q_desk_revisions, BS_VALUES(bs_int(story.id), bs_int(SHOWN)), &stmt, err);
	while (rc == BS_OK && count < SHOWN && (rc = bs_stmt_next(stmt, err)) == BS_OK)
		rows[count++] = row_of(visit, &story, stmt);
	bs_stmt_free(&stmt);
	if (rc != BS_OK && rc != BS_NOT_FOUND)
		return rc;
	if (count == 0)
		return BS_NOT_FOUND;
	view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_revisions_title));
	put_story(visit, view, &story);
	bs_put(view, BS_D_rows, bs_value_list(rows, count));
	bs_put_flag(view, BS_D_more, count > 1);
	bs_put_flag(view, BS_D_write, bs_visit_may(visit, bs_action_of_saving(story.status), story.id, err) == BS_OK);
	return bs_desk_print(visit, "revisions", view, err);
}

static int number_of(struct bs_str text, int usual)
{
	int64_t number;

	return bs_str_int(text, &number) == BS_OK && number > 0 && number < INT32_MAX ? (int)number : usual;
}

BS_DESK_SHOW(compare)
{
	struct bs_draft old_draft, new_draft;
	struct bs_desk_story story;
	struct bs_dict *view;
	int a, b;
	enum bs_rc rc = bs_desk_story_asked(visit, BS_ACT_SEE, &story, err);

	if (rc != BS_OK)
		return rc;
	b = number_of(bs_visit_asked(visit, "b"), story.number);
	a = number_of(bs_visit_asked(visit, "a"), b > 1 ? b - 1 : 1);
	rc = bs_draft_load_revision(visit->arena, visit->db, story.id, a, &old_draft, err);
	if (rc == BS_OK)
		rc = bs_draft_load_revision(visit->arena, visit->db, story.id, b, &new_draft, err);
	if (rc != BS_OK)
		return rc;
	view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_compare_title));
	put_story(visit, view, &story);
	bs_compare_put(visit, view, &old_draft, bs_desk_say_compare_revision(visit->arena, visit->lang, a), &new_draft,
	               bs_desk_say_compare_revision(visit->arena, visit->lang, b));
	return bs_desk_print(visit, "compare-page", view, err);
}

/* --- restoring ------------------------------------------------------------------------------------------------------------------- */

/* Whether readers would get a picture without words or credit that they have with them now. */
static bool is_worse(struct bs_visit *visit, const struct bs_draft *before, const struct bs_draft *draft)
{
	struct bs_checks was = bs_checks_of(visit->arena, before, visit->publication);
	struct bs_checks is = bs_checks_of(visit->arena, draft, visit->publication);

	return (draft->status == BS_STATUS_PUBLISHED || draft->status == BS_STATUS_SCHEDULED) && bs_checks_worse(&is, &was) > 0;
}

/* Whether it names somebody, or a term, that the newsroom does not have any more: saving it introduces them anew, which not everybody may. */
static enum bs_rc look_for_unknown(struct bs_visit *visit, struct bs_db *db, const struct bs_draft *draft, bool *unknown, struct bs_err *err)
{
	int64_t id;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < draft->byline_count && rc == BS_OK && !bs_visit_can(visit, BS_ACT_PEOPLE); i++)
		rc = bs_db_int(db, BS_Q_person_by_slug, BS_VALUES(bs_text(draft->byline[i].slug)), &id, err);
	for (size_t i = 0; i < draft->term_count && rc == BS_OK && !bs_visit_can(visit, BS_ACT_TERMS); i++)
		rc = bs_db_int(db, BS_Q_term_by_slug, BS_VALUES(bs_text(bs_vocabulary_name(draft->terms[i].vocabulary)),
		               bs_text(draft->terms[i].slug)), &id, err);
	*unknown = rc == BS_NOT_FOUND;
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* The text and all that was said of it as it was; state, times and the public log of corrections as they are now. */
static enum bs_rc restore(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct restoring *r = ctx;
	struct bs_visit *visit = r->visit;
	struct bs_draft now_draft, draft;
	int64_t base = 0;
	enum bs_rc rc = bs_desk_story_head(visit->arena, db, r->story.id, &r->story, err);

	if (rc == BS_OK)
		rc = bs_visit_may(visit, bs_action_of_saving(r->story.status), r->story.id, err);
	r->moved = bs_str_int(bs_visit_field(visit, "base"), &base) != BS_OK || base != r->story.revision_id;
	if (rc != BS_OK || r->moved)
		return rc;
	rc = bs_draft_load(visit->arena, db, r->story.id, &now_draft, err);
	if (rc == BS_OK)
		rc = bs_draft_load_revision(visit->arena, db, r->story.id, r->number, &draft, err);
	if (rc == BS_OK)
		rc = look_for_unknown(visit, db, &draft, &r->unknown, err);
	if (rc != BS_OK || r->unknown)
		return rc;
	draft.status = now_draft.status;
	draft.published_at = now_draft.published_at;
	draft.updated_at = now_draft.updated_at;
	draft.reason = now_draft.reason;
	draft.slug = now_draft.slug;
	draft.corrections = now_draft.corrections;
	draft.correction_count = now_draft.correction_count;
	r->worse = is_worse(visit, &now_draft, &draft);
	if (r->worse)
		return BS_OK;
	rc = bs_story_save(visit->arena, visit->options->ledger, db, &draft, visit->now, &r->saved, err);
	if (rc == BS_OK && r->saved.changed)
		rc = bs_visit_tell(visit, db, (struct bs_audit_entry){ .action = BS_STR("story.revert"), .story_id = r->saved.story_id,
		                   .revision_id = r->saved.revision_id, .detail = bs_arena_printf(visit->arena, "%d", r->number) }, err);
	return rc;
}

BS_DESK_ACT(revisions)
{
	struct restoring r = { .visit = visit, .number = number_of(bs_visit_field(visit, "number"), 0) };
	enum bs_rc rc = bs_desk_story_asked(visit, BS_ACT_SEE, &r.story, err);

	if (rc == BS_OK)
		rc = bs_visit_write(visit, restore, &r, err);
	if (rc != BS_OK)
		return rc;
	bs_events_tell(visit->desk->events, r.story.public_id, 0, BS_STR("saved"), r.story.public_id);
	if (r.moved || r.worse || r.unknown)
		bs_visit_redirect(visit, visit->request->target.path, r.moved ? "moved" : r.unknown ? "unknown" : "worse");
	else
		bs_visit_redirect(visit, bs_arena_printf(visit->arena, "/desk/story/%" PRId64, r.story.id),
		                  r.saved.changed ? "reverted" : "unchanged");
	return BS_OK;
}

/* --- preview --------------------------------------------------------------------------------------------------------------------- */

static enum bs_rc look(struct bs_visit *visit, enum bs_rc (*make)(struct bs_page *, struct bs_err *), struct bs_err *err)
{
	const struct bs_page_route route = { .pattern = visit->route->pattern, .make = make };
	struct bs_desk_story story;
	enum bs_rc rc = bs_desk_story_asked(visit, BS_ACT_SEE, &story, err);

	return rc == BS_OK ? bs_pages_make(visit->options->pages, &route, visit->request, &visit->response, err) : rc;
}

BS_DESK_SHOW(preview)
{
	return look(visit, visit->options->preview, err);
}

BS_DESK_SHOW(share)
{
	return look(visit, visit->options->preview_share, err);
}
