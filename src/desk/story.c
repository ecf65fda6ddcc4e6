/* story.c - a story is written and edited: the form is shown, and what comes back becomes its newest revision.
 *
 * A new story gets its public id when the form is shown, so that a form that is sent twice makes one story. A form says which revision it
 * was made from; when that is not the newest any more, nothing is written, and its author is shown both. */
#include "desk/story.h"

#include <inttypes.h>

#include "base/sys.h"
#include "desk/copy/copy.h"
#include "desk/copy/events.h"
#include "desk/flow.h"
#include "desk/flow/links.h"
#include "desk/pages.h"
#include "desk/picture/use.h"
#include "lang/date.h"

/* --- what is stored ------------------------------------------------------------------------------------------------------------ */

enum bs_rc bs_desk_story_head(struct bs_arena *arena, struct bs_db *db, int64_t id, struct bs_desk_story *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_desk_story_head, BS_VALUES(bs_int(id)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		*out = (struct bs_desk_story){
			.id = bs_stmt_int(stmt, BS_C_desk_story_head_id),
			.public_id = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_desk_story_head_public_id)),
			.lang = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_desk_story_head_lang)),
			.page = bs_str_eq(bs_stmt_str(stmt, BS_C_desk_story_head_kind), bs_kind_name(BS_KIND_PAGE)),
			.slug = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_desk_story_head_slug)),
			.year = (int)bs_stmt_int(stmt, BS_C_desk_story_head_year),
			.month = (int)bs_stmt_int(stmt, BS_C_desk_story_head_month),
			.published_at = bs_stmt_int(stmt, BS_C_desk_story_head_published_at),
			.revision_id = bs_stmt_int(stmt, BS_C_desk_story_head_revision_id),
			.number = (int)bs_stmt_int(stmt, BS_C_desk_story_head_number),
			.changed_at = bs_stmt_int(stmt, BS_C_desk_story_head_changed_at),
			.title = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_desk_story_head_title)),
		};
		if (bs_status_of(bs_stmt_str(stmt, BS_C_desk_story_head_status), &out->status) != BS_OK)
			rc = bs_fail(err, BS_CORRUPT, "story %" PRId64 " has a status that there is none of", id);
	}
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_desk_story_asked(struct bs_visit *visit, enum bs_action action, struct bs_desk_story *out, struct bs_err *err)
{
	enum bs_rc rc = bs_desk_story_head(visit->arena, visit->db, visit->request->captures.number[BS_CAPTURE_ID], out, err);

	return rc == BS_OK ? bs_visit_may(visit, action, out->id, err) : rc;
}

struct bs_str bs_desk_story_path(struct bs_visit *visit, const struct bs_desk_story *story)
{
	const struct bs_lang *lang = bs_lang_find(story->lang);

	return lang == NULL ? BS_STR("") : bs_desk_story_path_in(visit, story, lang);
}

struct bs_str bs_desk_story_path_in(struct bs_visit *visit, const struct bs_desk_story *story, const struct bs_lang *in)
{
	bool own = in == visit->publication->lang;
	struct bs_str lang = own ? BS_STR("") : in->code, slash = own ? BS_STR("") : BS_STR("/");

	if (story->status != BS_STATUS_PUBLISHED)
		return BS_STR("");
	if (story->year == 0)
		return bs_arena_printf(visit->arena, "%.*s%.*s/%.*s", (int)slash.len, slash.ptr, (int)lang.len, lang.ptr, (int)story->slug.len,
		                       story->slug.ptr);
	return bs_arena_printf(visit->arena, "%.*s%.*s/%04d/%02d/%.*s", (int)slash.len, slash.ptr, (int)lang.len, lang.ptr, story->year,
	                       story->month, (int)story->slug.len, story->slug.ptr);
}

/* --- showing ------------------------------------------------------------------------------------------------------------------- */

enum which { NEW, EDIT };

bool bs_public_id_good(struct bs_str id)
{
	uint8_t bytes[BS_PUBLIC_ID_LEN / 2];

	return bs_hex_decode(id, bytes, sizeof(bytes)) == BS_OK;
}

static struct bs_str new_public_id(struct bs_arena *arena)
{
	uint8_t random[BS_PUBLIC_ID_LEN / 2];
	char hex[BS_PUBLIC_ID_LEN];

	bs_random_bytes(random, sizeof(random));
	bs_hex_encode(random, sizeof(random), hex);
	return bs_arena_copy(arena, bs_str_n(hex, sizeof(hex)));
}

enum bs_rc bs_desk_story_load(struct bs_visit *visit, struct bs_db *db, const struct bs_desk_story *story, struct bs_draft *draft,
                              struct bs_story_form *form, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	*draft = (struct bs_draft){ .lang = visit->publication->lang->code, .public_id = story->public_id };
	if (story->id != 0)
		rc = bs_draft_load(visit->arena, db, story->id, draft, err);
	if (rc == BS_OK)
		rc = bs_story_form_of(visit, db, story->id, draft, form, err);
	form->base = story->revision_id;
	return rc;
}

/* A copy that was begun as a correction is gone on with as one, where that can still be made. */
static bool is_correction(struct bs_visit *visit, const struct bs_desk_story *story, const struct bs_story_form *form)
{
	struct bs_err ignored;

	return form->value[BS_SF_CORRECTION].len > 0 && story->status == BS_STATUS_PUBLISHED &&
	       bs_visit_may(visit, BS_ACT_CORRECT, story->id, &ignored) == BS_OK;
}

BS_DESK_SHOW(story)
{
	struct bs_desk_story story = { .status = BS_STATUS_DRAFT };
	struct bs_str asked = bs_visit_asked(visit, "story");
	struct bs_story_form form;
	struct bs_story_page page = { .story = &story, .form = &form, .fresh = true };
	struct bs_checks checks;
	struct bs_draft draft;
	enum bs_rc rc;

	if (visit->route->which == NEW) {
		rc = bs_visit_may(visit, BS_ACT_WRITE, 0, err);
		story.public_id = bs_public_id_good(asked) ? asked : new_public_id(visit->arena);
	} else {
		rc = bs_desk_story_asked(visit, BS_ACT_SEE, &story, err);
	}
	if (rc == BS_OK)
		rc = bs_desk_story_load(visit, visit->db, &story, &draft, &form, err);
	if (rc == BS_OK)
		rc = bs_copy_open(visit, story.public_id, &form, &page.kept_at, &page.notice, err);
	if (rc != BS_OK)
		return rc;
	if (is_correction(visit, &story, &form)) {
		bs_visit_redirect(visit, bs_arena_printf(visit->arena, "/desk/story/%" PRId64 "/correct?copy=" BS_FMT, story.id,
		                  BS_ALL(form.copy)), NULL);
		return BS_OK;
	}
	checks = bs_checks_of(visit->arena, &draft, visit->publication);
	page.draft = &draft;
	page.checks = story.id != 0 ? &checks : NULL;
	return bs_desk_story_page(visit, &page, err);
}

/* --- saving -------------------------------------------------------------------------------------------------------------------- */

struct saving {
	struct bs_visit *visit;
	struct bs_desk_story story; /* as it is stored when the write begins */
	struct bs_story_form form;  /* as it was sent */
	enum bs_step step;
	struct bs_checks checks;    /* of the draft that comes of it */
	enum { SAVED, FAULTY, STOPPED, ASKED, MOVED } end;
	struct bs_saved saved;
};

static bool same_time(const struct saving *s, const struct bs_story_form *shown)
{
	return bs_str_eq(bs_str_trim(s->form.value[BS_SF_PUBLISH_AT]), bs_str_trim(shown->value[BS_SF_PUBLISH_AT]));
}

/* A new time for what came out while somebody typed it. */
static bool is_too_late(const struct saving *s, const struct bs_story_form *shown)
{
	return s->step == BS_STEP_SAVE && s->story.status == BS_STATUS_PUBLISHED && s->form.value[BS_SF_PUBLISH_AT].len > 0 && !same_time(s, shown);
}

/* What somebody typed of when it is to come is the draft's time, or a fault of its field: an embargo is never dropped without a word. A time
 * counts for what is scheduled, or is now; who publishes what is scheduled may leave the time that stands there, since that is what they end. */
static void take_time(struct saving *s, const struct bs_story_form *shown, struct bs_draft *draft)
{
	struct bs_str at = bs_str_trim(s->form.value[BS_SF_PUBLISH_AT]);
	bool scheduled = s->story.status == BS_STATUS_SCHEDULED, typed = !same_time(s, shown), publishes = s->step == BS_STEP_PUBLISH;
	bool counts = s->step == BS_STEP_SCHEDULE || (s->step == BS_STEP_SAVE && scheduled && typed);
	bool stays = s->step == BS_STEP_SAVE || s->step == BS_STEP_SUBMIT || s->step == BS_STEP_RETURN;
	enum bs_desk_msg fault = 0;
	int64_t time = 0;
	enum bs_rc rc;

	if (!counts && (at.len == 0 || !(publishes ? typed || !scheduled : stays && typed)))
		return;
	rc = bs_local_time_read(s->visit, at, &time);
	if (rc != BS_OK)
		fault = rc == BS_NOT_FOUND ? BS_DESK_MSG_fault_time_skipped : BS_DESK_MSG_fault_time;
	else if (counts && time <= s->visit->now)
		fault = BS_DESK_MSG_fault_past;
	else if (!counts && (!publishes || time > s->visit->now))
		fault = BS_DESK_MSG_fault_time_alone;
	if (fault != 0)
		s->form.error[BS_SF_PUBLISH_AT] = bs_word(s->visit, fault);
	if (counts)
		draft->published_at = time;
}

/* Status and times of the draft after the step. Faults go to the form. */
static void take_step(struct saving *s, const struct bs_story_form *shown, struct bs_draft *draft)
{
	struct bs_visit *visit = s->visit;
	struct bs_str reason = bs_str_trim(s->form.value[BS_SF_REASON]);

	take_time(s, shown, draft);
	if (s->step != BS_STEP_SAVE)
		draft->status = bs_steps[s->step].to;
	switch (s->step) {
	case BS_STEP_PUBLISH:
		/* What was to come later comes now; what has a date of its own (from an archive) keeps it. */
		if (draft->published_at > visit->now || draft->published_at == 0)
			draft->published_at = visit->now;
		break;
	case BS_STEP_UNSCHEDULE:
		draft->published_at = 0;
		break;
	case BS_STEP_WITHDRAW:
		if (reason.len == 0)
			s->form.error[BS_SF_REASON] = bs_word(visit, BS_DESK_MSG_fault_reason);
		draft->reason = bs_str_utf8_prefix(reason, BS_MAX_FIELD);
		draft->updated_at = visit->now;
		break;
	case BS_STEP_RESTORE:
		draft->reason = BS_STR("");
		break;
	default:
		break;
	}
}

/* Whether readers may get it so. What is published for the first time, or again, must have nothing that stops; what they see already must not get
 * worse. What only asks is for an editor to confirm, who has seen just this list. */
static void check(struct saving *s, const struct bs_checks *before, const struct bs_draft *draft)
{
	struct bs_visit *visit = s->visit;
	bool goes_out = s->step == BS_STEP_PUBLISH || s->step == BS_STEP_SCHEDULE || s->step == BS_STEP_RESTORE;
	bool is_out = s->step == BS_STEP_SAVE && (s->story.status == BS_STATUS_PUBLISHED || s->story.status == BS_STATUS_SCHEDULED);
	bool may = bs_reach_of(visit->session.account.role, BS_ACT_PUBLISH) == BS_REACH_ANY;
	struct bs_str token;

	s->checks = bs_checks_of(visit->arena, draft, visit->publication);
	token = bs_checks_token(visit->arena, &s->checks);
	if ((goes_out && s->checks.stops > 0) || (is_out && bs_checks_worse(&s->checks, before) > 0))
		s->end = STOPPED;
	else if (goes_out && token.len > 0 && !(may && bs_str_eq(bs_visit_field(visit, "seen"), token)))
		s->end = ASKED;
}

/* Whether who asks may do this to the story as it is now. Also what is theirs to see they may not send somewhere else. */
static enum bs_rc check_permission(struct saving *s, struct bs_err *err)
{
	enum bs_rc rc = bs_visit_may(s->visit, bs_action_of_saving(s->story.status), s->story.id, err);

	if (rc == BS_OK && s->step != BS_STEP_SAVE)
		rc = bs_visit_may(s->visit, bs_steps[s->step].action, s->story.id, err);
	if (rc == BS_OK && !bs_step_from(s->step, s->story.status))
		s->end = MOVED;
	return rc;
}

static enum bs_rc tell(struct saving *s, struct bs_db *db, struct bs_err *err)
{
	struct bs_str name = bs_steps[s->step].name;
	bool fresh = s->story.id == 0;
	struct bs_audit_entry entry = { .story_id = s->saved.story_id, .revision_id = s->saved.revision_id };
	enum bs_rc rc = fresh ? bs_story_own(db, s->saved.story_id, s->visit->session.account.id, err) : BS_OK;

	if (!s->saved.changed && !fresh)
		return rc;
	entry.action = fresh && s->step == BS_STEP_SAVE ? BS_STR("story.create")
	                                                : bs_arena_printf(s->visit->arena, "story.%.*s", (int)name.len, name.ptr);
	if (s->step == BS_STEP_WITHDRAW)
		entry.detail = s->form.value[BS_SF_REASON];
	else if (s->step == BS_STEP_PUBLISH || s->step == BS_STEP_SCHEDULE)
		entry.detail = bs_checks_token(s->visit->arena, &s->checks);
	return rc == BS_OK ? bs_visit_tell(s->visit, db, entry, err) : rc;
}

/* Whether the newest revision is just what was sent: the same form once more, because the first answer got lost or a button was pressed twice. */
static bool is_there(const struct saving *s, const struct bs_story_form *shown)
{
	if (s->step != BS_STEP_SAVE && s->story.status != bs_steps[s->step].to)
		return false;
	if (s->story.status == BS_STATUS_SCHEDULED && !same_time(s, shown))
		return false;
	for (enum bs_story_field i = 0; i <= BS_SF_NOTICES; i++) {
		struct bs_str sent = bs_str_trim(s->form.value[i]);
		bool made = i == BS_SF_SLUG && sent.len == 0;
		if (i != BS_SF_FORMAT && !made && !bs_str_eq(sent, bs_str_trim(shown->value[i])))
			return false;
	}
	return true;
}

static enum bs_rc check_pictures(struct saving *s, struct bs_db *db, struct bs_picture_rules *rules, bool *good, struct bs_err *err)
{
	enum bs_status status = rules->draft->status;
	enum bs_rc rc;

	rules->is_public = s->step == BS_STEP_SAVE && (status == BS_STATUS_PUBLISHED || status == BS_STATUS_SCHEDULED);
	rules->going_public = s->step == BS_STEP_PUBLISH || s->step == BS_STEP_SCHEDULE;
	rc = bs_picture_check(s->visit, db, rules, &s->form, err);
	for (size_t i = 0; i < BS_SF_COUNT; i++)
		*good &= s->form.error[i].len == 0;
	return rc;
}

static enum bs_rc save(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct saving *s = ctx;
	struct bs_checks before;
	struct bs_story_form shown;
	struct bs_draft draft;
	struct bs_body was;
	bool good;
	int64_t id = s->story.id;
	enum bs_rc rc = BS_OK;

	s->end = SAVED;
	if (id == 0)
		rc = bs_db_int(db, BS_Q_desk_story_by_public_id, BS_VALUES(bs_text(s->form.public_id)), &id, err);
	if (rc == BS_OK && id != 0)
		rc = bs_desk_story_head(s->visit->arena, db, id, &s->story, err);
	if (rc == BS_OK || rc == BS_NOT_FOUND)
		rc = bs_desk_story_load(s->visit, db, &s->story, &draft, &shown, err);
	if (rc == BS_OK)
		rc = bs_picture_fill(s->visit, db, &shown, &s->form, err);
	if (rc != BS_OK)
		return rc;
	if (s->story.revision_id != s->form.base && is_there(s, &shown)) {
		s->saved = (struct bs_saved){ .story_id = s->story.id, .revision_id = s->story.revision_id, .number = s->story.number };
		rc = bs_visit_may(s->visit, BS_ACT_SEE, s->story.id, err);
		return rc == BS_OK ? bs_copy_done(s->visit, db, &s->form, err) : rc;
	}
	rc = check_permission(s, err);
	if (rc == BS_OK && (s->story.revision_id != s->form.base || is_too_late(s, &shown)))
		s->end = MOVED;
	if (rc != BS_OK || s->end == MOVED)
		return rc;
	before = bs_checks_of(s->visit->arena, &draft, s->visit->publication);
	take_step(s, &shown, &draft);
	was = draft.body;
	rc = bs_story_form_apply(s->visit, db, &shown, &s->form, &draft, &good, err);
	if (rc == BS_OK)
		rc = check_pictures(s, db, &(struct bs_picture_rules){ .shown = &shown, .before = &was, .draft = &draft }, &good, err);
	if (rc != BS_OK)
		return rc;
	check(s, &before, &draft);
	if (!good && s->end == SAVED)
		s->end = FAULTY;
	if (s->end != SAVED)
		return BS_OK;
	draft.public_id = s->form.public_id;
	rc = bs_story_save(s->visit->arena, s->visit->options->ledger, db, &draft, s->visit->now, &s->saved, err);
	if (rc == BS_OK && s->form.value[BS_SF_NOTE].len == 0) /* words that are in no revision yet stay where they are */
		rc = bs_copy_done(s->visit, db, &s->form, err);
	if (rc == BS_OK && draft.body.link_count > 0)
		rc = bs_links_look(db, s->saved.story_id, s->visit->now, err);
	return rc == BS_OK ? tell(s, db, err) : rc;
}

enum { RETRY_SECONDS = 10 };

/* The form once more, with what is wrong in it or in the way. */
static enum bs_rc show_again(struct saving *s, struct bs_err *err)
{
	static const enum bs_desk_msg words[] = { [STOPPED] = BS_DESK_MSG_check_stopped, [ASKED] = BS_DESK_MSG_check_asked };
	bool may = bs_reach_of(s->visit->session.account.role, BS_ACT_PUBLISH) == BS_REACH_ANY;
	enum bs_desk_msg word = s->end == STOPPED || s->end == ASKED ? words[s->end] : BS_DESK_MSG_story_faulty;

	if (s->end == ASKED && !may)
		word = BS_DESK_MSG_check_for_editor;
	s->visit->status = 422;
	return bs_desk_story_page(s->visit, &(struct bs_story_page){ .story = &s->story, .form = &s->form, .checks = &s->checks,
		.notice = bs_notice_value(s->visit, s->end == ASKED ? BS_TONE_WARN : BS_TONE_BAD, bs_word(s->visit, word)) }, err);
}

/* The database did not take it, for want of room or of time: reading goes on, so what was typed need not depend on the browser. */
static enum bs_rc show_unsaved(struct saving *s, struct bs_err *err)
{
	struct bs_visit *visit = s->visit;

	bs_log(BS_LOG_ERROR, "a story could not be saved: %s", err->text);
	visit->status = 503;
	visit->retry_after = RETRY_SECONDS;
	return bs_desk_story_page(visit, &(struct bs_story_page){ .story = &s->story, .form = &s->form,
		.notice = bs_notice_value(visit, BS_TONE_BAD, bs_word(visit, BS_DESK_MSG_story_unsaved)) }, err);
}

/* Somebody else was quicker: the form stays as it was sent, and is made to follow the newest revision, which stands beside it. */
static enum bs_rc show_moved(struct saving *s, struct bs_err *err)
{
	struct bs_visit *visit = s->visit;
	struct bs_story_form shown, sent = s->form;
	struct bs_draft theirs, mine;
	bool good;
	enum bs_rc rc = bs_desk_story_load(visit, visit->db, &s->story, &theirs, &shown, err);

	if (rc == BS_OK)
		rc = bs_desk_story_load(visit, visit->db, &s->story, &mine, &shown, err);
	if (rc == BS_OK)
		rc = bs_story_form_apply(visit, visit->db, &shown, &sent, &mine, &good, err);
	if (rc != BS_OK)
		return rc;
	s->form.base = s->story.revision_id;
	visit->status = 409;
	return bs_desk_story_page(visit, &(struct bs_story_page){ .story = &s->story, .form = &s->form, .theirs = &theirs, .mine = &mine,
		.notice = bs_notice_value(visit, BS_TONE_BAD, bs_word(visit, BS_DESK_MSG_story_moved)) }, err);
}

/* The form as it was sent, with other pictures to choose from; nothing is saved. */
static enum bs_rc show_pictures(struct saving *s, struct bs_err *err)
{
	struct bs_story_form shown;
	struct bs_draft draft;
	enum bs_rc rc = bs_desk_story_load(s->visit, s->visit->db, &s->story, &draft, &shown, err);

	if (rc == BS_OK)
		rc = bs_picture_fill(s->visit, s->visit->db, &shown, &s->form, err);
	return rc == BS_OK ? bs_desk_story_page(s->visit, &(struct bs_story_page){ .story = &s->story, .form = &s->form }, err) : rc;
}

BS_DESK_ACT(story)
{
	struct saving s = { .visit = visit, .story.status = BS_STATUS_DRAFT };
	bool choosing = bs_visit_field(visit, "look").len > 0;
	enum bs_rc rc = BS_OK;

	bs_story_form_read(visit, &s.form);
	if (!choosing && bs_step_of(bs_visit_field(visit, "do"), &s.step) != BS_OK)
		return bs_fail(err, BS_INVALID, "no such step");
	if (visit->route->which == EDIT)
		rc = bs_desk_story_asked(visit, BS_ACT_SEE, &s.story, err);
	else if (!bs_public_id_good(s.form.public_id))
		return bs_fail(err, BS_INVALID, "no public id");
	if (rc != BS_OK)
		return rc;
	if (visit->route->which == EDIT)
		s.form.public_id = s.story.public_id;
	if (choosing)
		return show_pictures(&s, err);
	rc = bs_visit_write(visit, save, &s, err);
	if (rc == BS_CONFLICT) {
		s.form.error[BS_SF_SLUG] = bs_word(visit, BS_DESK_MSG_fault_slug_taken);
		return show_again(&s, err);
	}
	if ((rc == BS_BUSY || rc == BS_IO) && visit->db != NULL)
		return show_unsaved(&s, err);
	if (rc != BS_OK)
		return rc;
	if (s.end == MOVED)
		return show_moved(&s, err);
	if (s.end != SAVED)
		return show_again(&s, err);
	bs_events_tell(visit->desk->events, s.form.public_id, 0, BS_STR("saved"), s.form.public_id);
	bs_visit_redirect(visit, bs_arena_printf(visit->arena, "/desk/story/%" PRId64, s.saved.story_id),
	                  s.saved.changed ? bs_steps[s.step].done : "unchanged");
	return BS_OK;
}
