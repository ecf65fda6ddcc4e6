/* people.c - who stands in bylines: the list; one person, new or known; two made one; one removed. */
#include <inttypes.h>

#include "desk/pages.h"
#include "desk/paper/one.h"
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
	bs_paper_part_put(visit, view, &part, rows, count, BS_STR("/desk/paper/people?"));
	return bs_desk_print(visit, "paper-people", view, err);
}

/* --- one person ------------------------------------------------------------------------------------------------------------------ */

struct editing {
	struct bs_paper_one one;
	struct bs_person_record person; /* as stored; id 0: somebody new */
	struct bs_str account;          /* whose byline it is; or empty */
	struct bs_choice *portraits;
	size_t portrait_count;
};

static enum bs_rc load_account(struct editing *e, struct bs_db *db, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_paper_person_account, BS_VALUES(bs_int(e->person.id)), &stmt, err);

	e->account = BS_STR("");
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		e->account = bs_arena_copy(e->one.visit->arena, bs_stmt_str(stmt, BS_C_paper_person_account_name));
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc load_person(struct editing *e, struct bs_db *db, struct bs_err *err)
{
	struct bs_visit *visit = e->one.visit;
	enum bs_rc rc = BS_OK;

	e->person = (struct bs_person_record){ .lang = visit->publication->lang->code };
	if (visit->route->which == 0)
		rc = bs_person_record_read(visit->arena, db, visit->request->captures.number[BS_CAPTURE_ID], &e->person, err);
	e->one.id = e->person.id;
	return rc == BS_OK && visit->route->which == 0 ? load_account(e, db, err) : rc;
}

/* Whom somebody may become. */
static enum bs_rc load_others(struct editing *e, struct bs_db *db, struct bs_err *err)
{
	struct bs_arena *arena = e->one.visit->arena;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_paper_people, BS_VALUES(bs_int(OTHERS), bs_int(0),
	                             bs_text(e->one.visit->publication->lang->code)), &stmt, err);

	e->one.others = BS_ARRAY(arena, OTHERS + 1, struct bs_choice);
	e->one.others[0] = (struct bs_choice){ BS_STR(""), bs_word(e->one.visit, BS_DESK_MSG_people_nobody) };
	e->one.other_count = 1;
	while (rc == BS_OK && e->one.other_count <= OTHERS && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_str name = bs_stmt_str(stmt, BS_C_paper_people_name), slug = bs_stmt_str(stmt, BS_C_paper_people_slug);
		int64_t id = bs_stmt_int(stmt, BS_C_paper_people_id);
		if (id != e->person.id)
			e->one.others[e->one.other_count++] = (struct bs_choice){ bs_arena_printf(arena, "%" PRId64, id),
				bs_arena_printf(arena, BS_FMT " (" BS_FMT ")", BS_ALL(name), BS_ALL(slug)) };
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* The newest pictures, and the one that it is. */
static enum bs_rc load_portraits(struct editing *e, struct bs_db *db, struct bs_err *err)
{
	struct bs_arena *arena = e->one.visit->arena;
	struct bs_stmt *stmt = NULL;
	bool there = e->person.portrait_id == 0;
	enum bs_rc rc = bs_db_query(db, BS_Q_desk_media, BS_VALUES(bs_int(PORTRAITS)), &stmt, err);

	e->portraits = BS_ARRAY(arena, PORTRAITS + 2, struct bs_choice);
	e->portraits[0] = (struct bs_choice){ BS_STR(""), bs_word(e->one.visit, BS_DESK_MSG_people_no_portrait) };
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
			bs_word(e->one.visit, BS_DESK_MSG_people_portrait_now) };
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static void make_whole(struct editing *e)
{
	struct bs_visit *visit = e->one.visit;
	const struct bs_person_record *person = &e->person;
	const struct bs_lang *lang = bs_lang_find(person->lang.len > 0 ? person->lang : visit->publication->lang->code);

	e->one.whole = bs_whole_new(visit);
	bs_whole_add(e->one.whole, (struct bs_field){ .name = "name", .label = bs_word(visit, BS_DESK_MSG_accounts_name), .value = person->name,
		.required = true, .max = BS_MAX_PERSON_NAME });
	bs_whole_add(e->one.whole, (struct bs_field){ .name = "slug", .label = bs_word(visit, BS_DESK_MSG_field_slug), .value = person->slug,
		.hint = bs_word(visit, person->id != 0 ? BS_DESK_MSG_paper_slug_hint : BS_DESK_MSG_paper_slug_new) });
	bs_whole_add(e->one.whole, (struct bs_field){ .name = "job", .label = bs_word(visit, BS_DESK_MSG_people_job), .value = person->job,
		.hint = bs_word(visit, BS_DESK_MSG_people_job_hint), .max = BS_MAX_PERSON_NAME });
	bs_whole_add(e->one.whole, (struct bs_field){ .name = "bio", .label = bs_word(visit, BS_DESK_MSG_people_bio), .type = "area", .rows = 6,
		.value = bs_paper_markdown(visit, &person->bio), .hint = bs_word(visit, BS_DESK_MSG_paper_markdown),
			.lang = lang->code, .rtl = lang->rtl });
	bs_whole_add(e->one.whole, (struct bs_field){ .name = "url", .label = bs_word(visit, BS_DESK_MSG_people_url),
		.value = person->url, .type = "url" });
	bs_whole_add(e->one.whole, (struct bs_field){ .name = "email", .label = bs_word(visit, BS_DESK_MSG_people_email), .value = person->email,
		.type = "email", .hint = bs_word(visit, BS_DESK_MSG_people_email_hint) });
	bs_whole_add(e->one.whole, (struct bs_field){ .name = "portrait", .label = bs_word(visit, BS_DESK_MSG_people_portrait), .type = "select",
		.value = person->portrait_id != 0 ? bs_arena_printf(visit->arena, "%" PRId64, person->portrait_id) : BS_STR(""),
		.choices = e->portraits, .choice_count = e->portrait_count });
	bs_whole_add(e->one.whole, (struct bs_field){ .name = "portrait-alt", .label = bs_word(visit, BS_DESK_MSG_people_portrait_alt),
		.value = person->portrait_alt, .max = BS_MAX_FIELD });
}

static enum bs_rc load(void *own, struct bs_db *db, struct bs_err *err)
{
	struct editing *e = own;
	enum bs_rc rc = load_person(e, db, err);

	if (rc == BS_OK)
		rc = load_others(e, db, err);
	if (rc == BS_OK)
		rc = load_portraits(e, db, err);
	if (rc == BS_OK)
		make_whole(e);
	return rc;
}

static enum bs_rc print(void *own, struct bs_err *err)
{
	struct editing *e = own;
	struct bs_visit *visit = e->one.visit;
	bool known = e->person.id != 0;
	struct bs_dict *view = bs_desk_view(visit, known ? e->person.name
		: bs_desk_say_paper_new(visit->arena, visit->lang, bs_word(visit, BS_DESK_MSG_people_one)));
	int64_t used = 1;
	enum bs_rc rc = known ? bs_db_int(visit->db, BS_Q_person_used, BS_VALUES(bs_int(e->person.id)), &used, err) : BS_OK;

	bs_paper_one_put(&e->one, view);
	bs_put_text(view, BS_D_href, BS_STR("/desk/paper/people"));
	bs_put_text(view, BS_D_label, bs_word(visit, BS_DESK_MSG_paper_people));
	bs_put_text(view, BS_D_address, known ? bs_arena_printf(visit->arena, "/author/" BS_FMT, BS_ALL(e->person.slug)) : BS_STR(""));
	bs_put_text(view, BS_D_account, e->account);
	bs_put_flag(view, BS_D_secret, !used && e->account.len == 0);
	bs_put_text(view, BS_D_text, bs_word(visit, BS_DESK_MSG_people_merge_hint));
	return rc == BS_OK ? bs_desk_print(visit, "paper-one", view, err) : rc;
}

/* --- saving ---------------------------------------------------------------------------------------------------------------------- */

/* The picture that was chosen is one of those that were offered. */
static int64_t take_portrait(struct editing *e)
{
	struct bs_str value = bs_whole_value(e->one.whole, "portrait");
	int64_t id = 0;

	for (size_t i = 1; i < e->portrait_count; i++) {
		if (bs_str_eq(e->portraits[i].value, value) && bs_str_int(value, &id) == BS_OK)
			return id;
	}
	return 0;
}

static void take_person(struct editing *e, struct bs_person_record *person)
{
	struct bs_visit *visit = e->one.visit;
	struct bs_whole *whole = e->one.whole;

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

static enum bs_rc save(void *own, struct bs_db *db, struct bs_err *err)
{
	struct editing *e = own;
	struct bs_person_record person;
	bool fresh = e->person.id == 0;
	enum bs_rc rc;

	take_person(e, &person);
	if (!e->one.whole->good)
		return BS_OK;
	rc = bs_person_write(e->one.visit->arena, db, &person, err);
	if (rc == BS_CONFLICT) {
		bs_whole_complain(e->one.whole, "slug", bs_word(e->one.visit, BS_DESK_MSG_paper_slug_taken));
		return BS_OK;
	}
	if (rc != BS_OK)
		return rc;
	e->person = person;
	e->one.id = person.id;
	return bs_paper_one_tell(&e->one, db, fresh ? "person.create" : "person.change", BS_STR(""), err);
}

/* --- what a button does ---------------------------------------------------------------------------------------------------------- */

static enum bs_rc find(void *own, struct bs_db *db, int64_t id, struct bs_str *slug, struct bs_err *err)
{
	struct editing *e = own;
	struct bs_person_record other;
	enum bs_rc rc = bs_person_record_read(e->one.visit->arena, db, id, &other, err);

	if (rc == BS_OK)
		*slug = other.slug;
	return rc;
}

static enum bs_rc merge(void *own, struct bs_db *db, int64_t into, struct bs_err *err)
{
	struct editing *e = own;
	enum bs_rc rc = bs_db_exec(db, BS_Q_account_person_move, BS_VALUES(bs_int(e->person.id), bs_int(into)), err);

	return rc == BS_OK ? bs_person_merge(e->one.visit->arena, db, e->person.id, into, err) : rc;
}

static enum bs_rc remove_person(void *own, struct bs_db *db, struct bs_err *err)
{
	struct editing *e = own;

	return e->account.len > 0 ? BS_CONFLICT : bs_person_remove(db, e->person.id, err);
}

static struct bs_str list_address(const void *own)
{
	(void)own;
	return BS_STR("/desk/paper/people");
}

static struct bs_str subject(const void *own)
{
	const struct editing *e = own;

	return bs_arena_printf(e->one.visit->arena, "author/" BS_FMT, BS_ALL(e->person.slug));
}

static struct bs_paper_one *edit(struct bs_visit *visit)
{
	static const struct bs_paper_kind kind = {
		.pages = "/desk/paper/people", .merged = "person.merge", .removed = "person.remove", .used = BS_DESK_MSG_people_used,
		.load = load, .save = save, .find = find, .merge = merge, .remove = remove_person, .print = print,
		.list = list_address, .subject = subject,
	};
	struct editing *e = BS_NEW(visit->arena, struct editing);

	e->one = (struct bs_paper_one){ .visit = visit, .kind = &kind, .own = e };
	return &e->one;
}

BS_DESK_SHOW(person)
{
	return bs_paper_one_show(edit(visit), err);
}

BS_DESK_ACT(person)
{
	return bs_paper_one_act(edit(visit), err);
}
