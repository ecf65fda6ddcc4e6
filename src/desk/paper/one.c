/* one.c - see one.h. */
#include "desk/paper/one.h"

#include <inttypes.h>

enum bs_rc bs_paper_one_show(struct bs_paper_one *one, struct bs_err *err)
{
	enum bs_rc rc = one->kind->load(one->own, one->visit->db, err);

	return rc == BS_OK ? one->kind->print(one->own, err) : rc;
}

void bs_paper_one_put(struct bs_paper_one *one, struct bs_dict *view)
{
	struct bs_visit *visit = one->visit;

	bs_paper_tabs(visit, view);
	bs_whole_put(one->whole, view);
	if (one->fault.len > 0)
		bs_put(view, BS_D_error, bs_notice_value(visit, BS_TONE_BAD, one->fault));
	bs_put(view, BS_D_merge, one->id == 0 || one->other_count < 2 ? bs_value_null() : bs_field_value(visit, &(struct bs_field){ .name = "into",
		.label = bs_word(visit, BS_DESK_MSG_paper_merge_into), .type = "select", .value = bs_visit_field(visit, "into"),
		.choices = one->others, .choice_count = one->other_count }));
}

enum bs_rc bs_paper_one_tell(struct bs_paper_one *one, struct bs_db *db, const char *action, struct bs_str detail, struct bs_err *err)
{
	return bs_visit_tell(one->visit, db, (struct bs_audit_entry){ .action = bs_str_c(action), .subject = one->kind->subject(one->own),
		.detail = detail }, err);
}

static enum bs_rc save(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct bs_paper_one *one = ctx;
	enum bs_rc rc = one->kind->load(one->own, db, err);

	if (rc != BS_OK)
		return rc;
	bs_whole_take(one->whole);
	return one->whole->moved ? BS_OK : one->kind->save(one->own, db, err);
}

/* --- buttons alone --------------------------------------------------------------------------------------------------------------- */

/* What a button alone is to be done with; a fault when it is not what the page showed. */
static enum bs_rc load_shown(struct bs_paper_one *one, struct bs_db *db, struct bs_err *err)
{
	enum bs_rc rc = one->kind->load(one->own, db, err);

	one->fault = BS_STR("");
	if (rc == BS_OK)
		(void)bs_whole_is_as_shown(one->whole, &one->fault);
	return rc;
}

static enum bs_rc merge(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct bs_paper_one *one = ctx;
	struct bs_str slug;
	int64_t into = 0;
	enum bs_rc rc = load_shown(one, db, err);

	if (rc != BS_OK || one->fault.len > 0)
		return rc;
	if (!bs_paper_merge_asked(one->visit, one->id, &into)) {
		one->fault = bs_word(one->visit, BS_DESK_MSG_paper_merge_fault);
		return BS_OK;
	}
	rc = one->kind->find(one->own, db, into, &slug, err);
	if (rc == BS_NOT_FOUND) {
		one->fault = bs_word(one->visit, BS_DESK_MSG_paper_merge_gone);
		return BS_OK;
	}
	if (rc == BS_OK)
		rc = one->kind->merge(one->own, db, into, err);
	return rc == BS_OK ? bs_paper_one_tell(one, db, one->kind->merged, slug, err) : rc;
}

static enum bs_rc remove_one(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct bs_paper_one *one = ctx;
	enum bs_rc rc = load_shown(one, db, err);

	if (rc != BS_OK || one->fault.len > 0)
		return rc;
	rc = one->kind->remove(one->own, db, err);
	if (rc == BS_CONFLICT) {
		one->fault = bs_word(one->visit, one->kind->used);
		return BS_OK;
	}
	return rc == BS_OK ? bs_paper_one_tell(one, db, one->kind->removed, BS_STR(""), err) : rc;
}

/* Merged, or removed: back to the list; else the page again with what was wrong. */
static enum bs_rc press(struct bs_paper_one *one, enum bs_rc (*fn)(struct bs_db *db, void *ctx, struct bs_err *err), const char *done,
                        struct bs_err *err)
{
	struct bs_visit *visit = one->visit;
	enum bs_rc rc = bs_visit_write(visit, fn, one, err);

	if (rc != BS_OK)
		return rc;
	if (one->fault.len == 0) {
		bs_visit_redirect(visit, one->kind->list(one->own), done);
		return BS_OK;
	}
	rc = one->kind->load(one->own, visit->db, err);
	if (rc != BS_OK)
		return rc;
	visit->status = visit->status == 0 ? 422 : visit->status;
	return one->kind->print(one->own, err);
}

enum bs_rc bs_paper_one_act(struct bs_paper_one *one, struct bs_err *err)
{
	struct bs_visit *visit = one->visit;
	struct bs_str what = bs_visit_field(visit, "do");
	enum bs_rc rc;

	if (visit->route->which == 0 && bs_str_eq(what, BS_STR("merge")))
		return press(one, merge, "merged", err);
	if (visit->route->which == 0 && bs_str_eq(what, BS_STR("remove")))
		return press(one, remove_one, "removed", err);
	rc = bs_visit_write(visit, save, one, err);
	if (rc != BS_OK || bs_whole_saved(one->whole, bs_arena_printf(visit->arena, "%s/%" PRId64, one->kind->pages, one->id)))
		return rc;
	return one->kind->print(one->own, err);
}
