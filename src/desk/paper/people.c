/* people.c - who stands in bylines: the list; one person, new or known; two made one; one removed. */
#include <inttypes.h>

#include "desk/pages.h"
#include "desk/paper/whole.h"
#include "newsroom/vocabulary.h"
#include "text/address.h"
#include "text/slug.h"

enum { OTHERS = 2000, PORTRAITS = 100 };

static struct bs_value row_of(struct bs_visit *visit, const struct bs_stmt *stmt)
{
	struct bs_dict *dict = bs_dict_new(visit->arena, 6);

	bs_put_text(dict, BS_D_href, bs_arena_printf(visit->arena, "/desk/paper/people/%" PRId64, bs_stmt_int(stmt, BS_C_paper_people_id)));
	bs_put_text(dict, BS_D_name, bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_people_name)));
	bs_put_text(dict, BS_D_slug, bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_people_slug)));
	bs_put_text(dict, BS_D_text, bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_people_job)));
	bs_put_text(dict, BS_D_account, bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_people_account)));
	bs_put(dict, BS_D_count, bs_value_int(bs_stmt_int(stmt, BS_C_paper_people_stories)));
	return bs_value_dict(dict);
}

BS_DESK_SHOW(people)
{
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_paper_people));
	struct bs_value *rows = BS_ARRAY(visit->arena, BS_PAPER_PART + 1, struct bs_value);
	struct bs_stmt *stmt = NULL;
	struct bs_paper_part part = bs_paper_part_asked(visit);
	size_t count = 0;
	enum bs_rc rc = bs_db_query(visit->db, BS_Q_paper_people, BS_VALUES(bs_int(part.limit), bs_int(part.offset),
	                             bs_text(visit->publication->lang->code)), &stmt, err);

	while (rc == BS_OK && count <= BS_PAPER_PART && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		if (bs_paper_found(&part, bs_stmt_str(stmt, BS_C_paper_people_name), bs_stmt_str(stmt, BS_C_paper_people_slug)))
			rows[count++] = row_of(visit, stmt);
	}
	bs_stmt_free(&stmt);
	if (rc != BS_OK && rc != BS_NOT_FOUND)
		return rc;
	bs_paper_tabs(visit, view);
	bs_put(view, BS_D_rows, bs_value_list(rows, count > BS_PAPER_PART ? BS_PAPER_PART : count));
	bs_put_flag(view, BS_D_has_rows, count > 0);
	bs_put_text(view, BS_D_q, bs_visit_asked(visit, "q"));
	bs_put(view, BS_D_pagination, bs_paper_pagination(visit, &part, BS_STR("/desk/paper/people?"), count));
	return bs_desk_print(visit, "paper-people", view, err);
}

/* --- one person ------------------------------------------------------------------------------------------------------------------ */

struct editing {
	struct bs_visit *visit;
	struct bs_person_record person; /* as stored; id 0: somebody new */
	struct bs_str account;          /* whose byline it is; or empty */
	struct bs_choice *others, *portraits;
	size_t other_count, portrait_count;
	struct bs_whole *whole;
	struct bs_str fault;
};

static enum bs_rc load_account(struct editing *e, struct bs_db *db, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_paper_person_account, BS_VALUES(bs_int(e->person.id)), &stmt, err);

	e->account = BS_STR("");
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		e->account = bs_arena_copy(e->visit->arena, bs_stmt_str(stmt, BS_C_paper_person_account_name));
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc load(struct editing *e, struct bs_db *db, struct bs_err *err)
{
	struct bs_visit *visit = e->visit;
	enum bs_rc rc;

	e->person = (struct bs_person_record){ .lang = visit->publication->lang->code };
	if (visit->route->which != 0)
		return BS_OK;
	rc = bs_person_record_read(visit->arena, db, visit->request->captures.number[BS_CAPTURE_ID], &e->person, err);
	return rc == BS_OK ? load_account(e, db, err) : rc;
}

/* Whom somebody may become. */
static enum bs_rc load_others(struct editing *e, struct bs_db *db, struct bs_err *err)
{
	struct bs_arena *arena = e->visit->arena;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_paper_people, BS_VALUES(bs_int(OTHERS), bs_int(0),
	                             bs_text(e->visit->publication->lang->code)), &stmt, err);

	e->others = BS_ARRAY(arena, OTHERS + 1, struct bs_choice);
	e->others[0] = (struct bs_choice){ BS_STR(""), bs_word(e->visit, BS_DESK_MSG_people_nobody) };
	e->other_count = 1;
	while (rc == BS_OK && e->other_count <= OTHERS && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_str name = bs_stmt_str(stmt, BS_C_paper_people_name), slug = bs_stmt_str(stmt, BS_C_paper_people_slug);
		int64_t id = bs_stmt_int(stmt, BS_C_paper_people_id);
		if (id != e->person.id)
			e->others[e->other_count++] = (struct bs_choice){ bs_arena_printf(arena, "%" PRId64, id),
				bs_arena_printf(arena, BS_FMT " (" BS_FMT ")", BS_ALL(name), BS_ALL(slug)) };
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* The newest pictures, and the one that it is. */
static enum bs_rc load_portraits(struct editing *e, struct bs_db *db, struct bs_err *err)
{
	struct bs_arena *arena = e->visit->arena;
	struct bs_stmt *stmt = NULL;
	bool there = e->person.portrait_id == 0;
	enum bs_rc rc = bs_db_query(db, BS_Q_desk_media, BS_VALUES(bs_int(PORTRAITS)), &stmt, err);

	e->portraits = BS_ARRAY(arena, PORTRAITS + 2, struct bs_choice);
	e->portraits[0] = (struct bs_choice){ BS_STR(""), bs_word(e->visit, BS_DESK_MSG_people_no_portrait) };
	e->portrait_count = 1;
	while (rc == BS_OK && e->portrait_count <= PORTRAITS && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		int64_t id = bs_stmt_int(stmt, BS_C_desk_media_id);
		there |= id == e->person.portrait_id;
		e->portraits[e->portrait_count++] = (struct bs_choice){ bs_arena_printf(arena, "%" PRId64, id),
			bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_desk_media_name)) };
	}
	bs_stmt_free(&stmt);
	if (!there)
		e->portraits[e->portrait_count++] = (struct bs_choice){ bs_arena_printf(arena, "%" PRId64, e->person.portrait_id),
			bs_word(e->visit, BS_DESK_MSG_people_portrait_now) };
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc load_all(struct editing *e, struct bs_db *db, struct bs_err *err)
{
	enum bs_rc rc = load(e, db, err);

	if (rc == BS_OK)
		rc = load_others(e, db, err);
	return rc == BS_OK ? load_portraits(e, db, err) : rc;
}

static void make_whole(struct editing *e)
{
	struct bs_visit *visit = e->visit;
	const struct bs_person_record *person = &e->person;
	const struct bs_lang *lang = bs_lang_find(person->lang.len > 0 ? person->lang : visit->publication->lang->code);

	e->whole = bs_whole_new(visit);
	bs_whole_add(e->whole, (struct bs_field){ .name = "name", .label = bs_word(visit, BS_DESK_MSG_accounts_name), .value = person->name,
		.required = true, .max = BS_MAX_PERSON_NAME });
	bs_whole_add(e->whole, (struct bs_field){ .name = "slug", .label = bs_word(visit, BS_DESK_MSG_field_slug), .value = person->slug,
		.hint = bs_word(visit, person->id != 0 ? BS_DESK_MSG_paper_slug_hint : BS_DESK_MSG_paper_slug_new) });
	bs_whole_add(e->whole, (struct bs_field){ .name = "job", .label = bs_word(visit, BS_DESK_MSG_people_job), .value = person->job,
		.hint = bs_word(visit, BS_DESK_MSG_people_job_hint), .max = BS_MAX_PERSON_NAME });
	bs_whole_add(e->whole, (struct bs_field){ .name = "bio", .label = bs_word(visit, BS_DESK_MSG_people_bio), .type = "area", .rows = 6,
		.value = bs_paper_markdown(visit, &person->bio), .hint = bs_word(visit, BS_DESK_MSG_paper_markdown),
			.lang = lang->code, .rtl = lang->rtl });
	bs_whole_add(e->whole, (struct bs_field){ .name = "url", .label = bs_word(visit, BS_DESK_MSG_people_url),
		.value = person->url, .type = "url" });
	bs_whole_add(e->whole, (struct bs_field){ .name = "email", .label = bs_word(visit, BS_DESK_MSG_people_email), .value = person->email,
		.type = "email", .hint = bs_word(visit, BS_DESK_MSG_people_email_hint) });
	bs_whole_add(e->whole, (struct bs_field){ .name = "portrait", .label = bs_word(visit, BS_DESK_MSG_people_portrait), .type = "select",
		.value = person->portrait_id != 0 ? bs_arena_printf(visit->arena, "%" PRId64, person->portrait_id) : BS_STR(""),
		.choices = e->portraits, .choice_count = e->portrait_count });
	bs_whole_add(e->whole, (struct bs_field){ .name = "portrait-alt", .label = bs_word(visit, BS_DESK_MSG_people_portrait_alt),
		.value = person->portrait_alt, .max = BS_MAX_FIELD });
}

static enum bs_rc print(struct editing *e, struct bs_err *err)
{
	struct bs_visit *visit = e->visit;
	bool known = e->person.id != 0;
	struct bs_dict *view = bs_desk_view(visit, known ? e->person.name
		: bs_desk_say_paper_new(visit->arena, visit->lang, bs_word(visit, BS_DESK_MSG_people_one)));
	int64_t used = 1;
	enum bs_rc rc = known ? bs_db_int(visit->db, BS_Q_person_used, BS_VALUES(bs_int(e->person.id)), &used, err) : BS_OK;

	bs_paper_tabs(visit, view);
	bs_whole_put(e->whole, view);
	if (e->fault.len > 0)
		bs_put(view, BS_D_error, bs_notice_value(visit, BS_TONE_BAD, e->fault));
	bs_put_text(view, BS_D_href, BS_STR("/desk/paper/people"));
	bs_put_text(view, BS_D_label, bs_word(visit, BS_DESK_MSG_paper_people));
	bs_put_text(view, BS_D_address, known ? bs_arena_printf(visit->arena, "/author/" BS_FMT, BS_ALL(e->person.slug)) : BS_STR(""));
	bs_put_text(view, BS_D_account, e->account);
	bs_put_flag(view, BS_D_secret, !used && e->account.len == 0);
	bs_put_text(view, BS_D_text, bs_word(visit, BS_DESK_MSG_people_merge_hint));
	bs_put(view, BS_D_merge, !known || e->other_count < 2 ? bs_value_null() : bs_field_value(visit, &(struct bs_field){ .name = "into",
		.label = bs_word(visit, BS_DESK_MSG_paper_merge_into), .type = "select", .value = bs_visit_field(visit, "into"), .choices = e->others,
		.choice_count = e->other_count }));
	return rc == BS_OK ? bs_desk_print(visit, "paper-one", view, err) : rc;
}

BS_DESK_SHOW(person)
{
	struct editing e = { .visit = visit };
	enum bs_rc rc = load_all(&e, visit->db, err);

	if (rc != BS_OK)
		return rc;
	make_whole(&e);
	return print(&e, err);
}

/* --- saving ---------------------------------------------------------------------------------------------------------------------- */

static enum bs_rc tell(struct editing *e, struct bs_db *db, const char *action, struct bs_str detail, struct bs_err *err)
{
	return bs_visit_tell(e->visit, db, (struct bs_audit_entry){ .action = bs_str_c(action), .detail = detail,
		.subject = bs_arena_printf(e->visit->arena, "author/" BS_FMT, BS_ALL(e->person.slug)) }, err);
}

/* The picture that was chosen is one of those that were offered. */
static int64_t take_portrait(struct editing *e)
{
	struct bs_str value = bs_whole_value(e->whole, "portrait");
	int64_t id = 0;

	for (size_t i = 1; i < e->portrait_count; i++) {
		if (bs_str_eq(e->portraits[i].value, value) && bs_str_int(value, &id) == BS_OK)
			return id;
	}
	return 0;
}

static void take_person(struct editing *e, struct bs_person_record *person)
{
	struct bs_visit *visit = e->visit;
	struct bs_whole *whole = e->whole;

	*person = e->person;
	person->name = bs_whole_value(whole, "name");
	person->slug = bs_whole_value(whole, "slug");
	person->job = bs_whole_value(whole, "job");
	person->url = bs_whole_value(whole, "url");
	person->email = bs_whole_value(whole, "email");
	person->portrait_id = take_portrait(e);
	person->portrait_alt = bs_whole_value(whole, "portrait-alt");
	if (person->name.len == 0 || person->name.len > BS_MAX_PERSON_NAME)
		bs_whole_complain(whole, "name", bs_word(visit, BS_DESK_MSG_fault_name));
	if (person->slug.len == 0)
		person->slug = bs_slug_make(visit->arena, bs_lang_ascii(visit->arena, visit->publication->lang, person->name), BS_STR("person"));
	if (!bs_slug_valid(person->slug))
		bs_whole_complain(whole, "slug", bs_word(visit, BS_DESK_MSG_fault_slug));
	if (person->url.len > 0 && !bs_url_is_web(person->url))
		bs_whole_complain(whole, "url", bs_word(visit, BS_DESK_MSG_fault_url));
	if (person->email.len > 0 && !bs_email_is_valid(person->email))
		bs_whole_complain(whole, "email", bs_word(visit, BS_DESK_MSG_fault_email));
	if (person->portrait_id != 0 && person->portrait_alt.len == 0)
		bs_whole_complain(whole, "portrait-alt", bs_word(visit, BS_DESK_MSG_people_alt_fault));
	if (person->lang.len == 0)
		person->lang = visit->publication->lang->code;
	bs_paper_body(whole, "bio", person->lang, &person->bio);
}

static enum bs_rc save(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct editing *e = ctx;
	struct bs_person_record person;
	bool fresh;
	enum bs_rc rc = load_all(e, db, err);

	if (rc != BS_OK)
		return rc;
	make_whole(e);
	bs_whole_take(e->whole);
	if (e->whole->moved)
		return BS_OK;
	take_person(e, &person);
	fresh = person.id == 0;
	if (!e->whole->good)
		return BS_OK;
	rc = bs_person_write(e->visit->arena, db, &person, err);
	if (rc == BS_CONFLICT) {
		bs_whole_complain(e->whole, "slug", bs_word(e->visit, BS_DESK_MSG_paper_slug_taken));
		return BS_OK;
	}
	if (rc != BS_OK)
		return rc;
	e->person = person;
	return tell(e, db, fresh ? "person.create" : "person.change", BS_STR(""), err);
}

/* What a button alone is to be done with; e->fault when it is not what the page showed. */
static enum bs_rc load_shown(struct editing *e, struct bs_db *db, struct bs_err *err)
{
	enum bs_rc rc = load_all(e, db, err);

	e->fault = BS_STR("");
	if (rc != BS_OK)
		return rc;
	make_whole(e);
	(void)bs_whole_is_as_shown(e->whole, &e->fault);
	return BS_OK;
}

static enum bs_rc merge(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct editing *e = ctx;
	struct bs_person_record into;
	int64_t id = 0;
	enum bs_rc rc = load_shown(e, db, err);

	if (rc != BS_OK || e->fault.len > 0)
		return rc;
	if (!bs_paper_merge_asked(e->visit, e->person.id, &id)) {
		e->fault = bs_word(e->visit, BS_DESK_MSG_paper_merge_fault);
		return BS_OK;
	}
	rc = bs_person_record_read(e->visit->arena, db, id, &into, err);
	if (rc == BS_NOT_FOUND) {
		e->fault = bs_word(e->visit, BS_DESK_MSG_paper_merge_gone);
		return BS_OK;
	}
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_account_person_move, BS_VALUES(bs_int(e->person.id), bs_int(id)), err);
	if (rc == BS_OK)
		rc = bs_person_merge(e->visit->arena, db, e->person.id, id, err);
	return rc == BS_OK ? tell(e, db, "person.merge", into.slug, err) : rc;
}

static enum bs_rc remove_person(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct editing *e = ctx;
	enum bs_rc rc = load_shown(e, db, err);

	if (rc != BS_OK || e->fault.len > 0)
		return rc;
	rc = e->account.len > 0 ? BS_CONFLICT : bs_person_remove(db, e->person.id, err);
	if (rc == BS_CONFLICT) {
		e->fault = bs_word(e->visit, BS_DESK_MSG_people_used);
		return BS_OK;
	}
	return rc == BS_OK ? tell(e, db, "person.remove", BS_STR(""), err) : rc;
}

static enum bs_rc finish(struct editing *e, enum bs_rc (*fn)(struct bs_db *db, void *ctx, struct bs_err *err), const char *done, struct bs_err *err)
{
	enum bs_rc rc = bs_visit_write(e->visit, fn, e, err);

	if (rc != BS_OK)
		return rc;
	if (e->fault.len == 0) {
		bs_visit_redirect(e->visit, BS_STR("/desk/paper/people"), done);
		return BS_OK;
	}
	rc = load_all(e, e->visit->db, err);
	if (rc != BS_OK)
		return rc;
	make_whole(e);
	e->visit->status = e->visit->status == 0 ? 422 : e->visit->status;
	return print(e, err);
}

BS_DESK_ACT(person)
{
	struct bs_str what = bs_visit_field(visit, "do");
	struct editing e = { .visit = visit };
	enum bs_rc rc;

	if (visit->route->which == 0 && bs_str_eq(what, BS_STR("merge")))
		return finish(&e, merge, "merged", err);
	if (visit->route->which == 0 && bs_str_eq(what, BS_STR("remove")))
		return finish(&e, remove_person, "removed", err);
	rc = bs_visit_write(visit, save, &e, err);
	if (rc != BS_OK)
		return rc;
	if (e.whole->moved || !e.whole->good)
		return print(&e, err);
	bs_visit_redirect(visit, bs_arena_printf(visit->arena, "/desk/paper/people/%" PRId64, e.person.id), "saved");
	return BS_OK;
}
