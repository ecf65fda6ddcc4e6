/* preview.c - the page that readers would see if the working copy were saved now.
 *
 * It is saved, shown by the one renderer that there is, and taken back: all of it in one transaction that is rolled back. So nothing has to know
 * how to show a story that is not stored, and nothing is stored. */
#include "desk/copy/copy.h"
#include "desk/pages.h"
#include "text/markup.h"

struct previewing {
	struct bs_visit *visit;
	enum bs_rc (*make)(struct bs_page *page, struct bs_err *err);
	struct bs_str story, copy;
};

/* Faults of single fields leave these as they are stored: half of a text is what one looks at here. */
static enum bs_rc draft_of(struct previewing *p, struct bs_db *db, struct bs_draft *draft, struct bs_err *err)
{
	struct bs_visit *visit = p->visit;
	struct bs_desk_story story = { .status = BS_STATUS_DRAFT, .public_id = p->story };
	struct bs_story_form shown, sent;
	enum bs_correction_kind kind;
	int64_t id, when;
	bool good;
	enum bs_rc rc = bs_copy_story(visit, db, p->story, &id, err);

	if (rc == BS_OK && id != 0)
		rc = bs_desk_story_head(visit->arena, db, id, &story, err);
	if (rc == BS_OK)
		rc = bs_desk_story_load(visit, db, &story, draft, &shown, err);
	if (rc != BS_OK)
		return rc;
	sent = shown;
	rc = bs_copy_load(visit, p->story, p->copy, &sent, &when, err);
	if (rc == BS_NOT_FOUND && story.id != 0)
		rc = BS_OK; /* nothing was typed yet */
	sent.value[BS_SF_SLUG] = shown.value[BS_SF_SLUG];
	if (rc == BS_OK)
		rc = bs_story_form_apply(visit, db, &shown, &sent, draft, &good, err);
	if (rc == BS_OK && bs_correction_kind_of(sent.value[BS_SF_CORRECTION], &kind) == BS_OK)
		(void)bs_correction_add(visit, draft, kind, bs_str_trim(sent.value[BS_SF_NOTE])); /* without words there is none yet */
	if (draft->title.len == 0)
		draft->title = bs_markup_of_text(visit->arena, bs_word(visit, BS_DESK_MSG_story_new));
	return rc;
}

static enum bs_rc show(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct previewing *p = ctx;
	struct bs_visit *visit = p->visit;
	const struct bs_page_route route = { .pattern = visit->route->pattern, .make = p->make };
	struct bs_saved saved = { 0 };
	struct bs_draft draft;
	enum bs_rc rc = draft_of(p, db, &draft, err);

	if (rc == BS_OK)
		rc = bs_story_save(visit->arena, visit->options->ledger, db, &draft, visit->now, &saved, err);
	if (rc != BS_OK)
		return rc;
	visit->request->captures.number[BS_CAPTURE_ID] = saved.story_id;
	return bs_pages_make_in(visit->options->pages, db, &route, visit->request, &visit->response, err);
}

/* GET: ?story=, its public id, and copy=. */
static enum bs_rc look(struct bs_visit *visit, enum bs_rc (*make)(struct bs_page *, struct bs_err *), struct bs_err *err)
{
	struct previewing p = { visit, make, bs_visit_asked(visit, "story"), bs_visit_asked(visit, "copy") };

	if (!bs_copy_id_good(p.copy))
		return bs_fail(err, BS_INVALID, "no copy");
	return bs_visit_try(visit, show, &p, err);
}

BS_DESK_SHOW(copy_preview)
{
	return look(visit, visit->options->preview, err);
}

BS_DESK_SHOW(copy_share)
{
	return look(visit, visit->options->preview_share, err);
}
