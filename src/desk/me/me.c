/* me.c - one's own account: name and language, password, sessions. */
#include "desk/me/me.h"

#include <inttypes.h>

#include "account/totp.h"
#include "desk/flow/suggest.h"
#include "desk/pages.h"

struct mine { /* what a form of this page changes */
	struct bs_visit *visit;
	struct bs_account account;
	struct bs_str hash;
	int64_t session; /* to end; 0: all others */
	struct bs_byline_typed byline;
	struct bs_str name_fault;
};

struct faults {
	struct bs_str name, confirm, password;
	const struct bs_byline_typed *byline; /* NULL: it is as stored */
};

enum bs_rc bs_visit_account(struct bs_visit *visit, struct bs_account *out, struct bs_err *err)
{
	return bs_account_by_id(visit->arena, visit->db, visit->session.account.id, out, err);
}

enum bs_rc bs_visit_confirm(struct bs_visit *visit, const struct bs_account *account, struct bs_str *fault, struct bs_err *err)
{
	struct bs_sign_in with = bs_visit_sign_in(visit);
	int64_t wait = 0;
	bool good = false;
	enum bs_rc rc = bs_sign_in_confirm(&with, account, bs_visit_field(visit, "password"), &good, &wait, err);

	*fault = good ? BS_STR("") : wait > 0 ? bs_visit_wait(visit, wait) : bs_word(visit, BS_DESK_MSG_me_confirm_wrong);
	return rc;
}

enum bs_rc bs_name_check(struct bs_visit *visit, struct bs_db *db, const struct bs_account *account, struct bs_str *fault, struct bs_err *err)
{
	bool is_free = true;
	enum bs_rc rc;

	*fault = BS_STR("");
	if (account->name.len == 0 || account->name.len > BS_MAX_PERSON_NAME) {
		*fault = bs_word(visit, BS_DESK_MSG_fault_name);
		return BS_OK;
	}
	rc = bs_account_name_is_free(visit->arena, db, account->name, account->id, &is_free, err);
	if (rc == BS_OK && !is_free)
		*fault = bs_word(visit, BS_DESK_MSG_fault_name_taken);
	return rc;
}

struct bs_value bs_confirm_field(struct bs_visit *visit, const char *name, struct bs_str fault)
{
	return bs_field_value(visit, &(struct bs_field){ .name = name, .type = "password", .label = bs_word(visit, BS_DESK_MSG_me_confirm),
	                      .autocomplete = "current-password", .required = true, .error = fault });
}

/* --- the page -------------------------------------------------------------------------------------------------------------- */

/* Who may not say it reads it. */
static enum bs_rc put_byline(struct bs_visit *visit, struct bs_dict *view, const struct bs_account *account, struct bs_err *err)
{
	struct bs_byline byline = { 0 };
	enum bs_rc rc = BS_OK;

	if (!bs_byline_is_mine_to_say(visit) && account->person_id != 0)
		rc = bs_byline_of(visit->arena, visit->db, account->person_id, &byline, err);
	bs_put_text(view, BS_D_byline, byline.name);
	bs_put_text(view, BS_D_address, byline.slug.len == 0 ? BS_STR("") : bs_arena_printf(visit->arena, "/author/" BS_FMT, BS_ALL(byline.slug)));
	bs_put_flag(view, BS_D_no_byline, !bs_byline_is_mine_to_say(visit) && account->person_id == 0);
	return rc;
}

static enum bs_rc put_profile(struct bs_visit *visit, struct bs_dict *view, const struct bs_account *account, const struct faults *faults,
                              struct bs_err *err)
{
	struct bs_choice *langs = BS_ARRAY(visit->arena, BS_LANG_COUNT + 1, struct bs_choice);
	struct bs_value *fields = BS_ARRAY(visit->arena, 3, struct bs_value);
	size_t count = 1;
	bool mine = bs_byline_is_mine_to_say(visit);
	struct bs_field byline;
	enum bs_rc rc = mine ? bs_byline_field(visit, account->person_id, faults->byline, &byline, err) : BS_OK;

	langs[0] = (struct bs_choice){ BS_STR(""), bs_word(visit, BS_DESK_MSG_me_lang_usual) };
	for (size_t i = 0; i < BS_LANG_COUNT; i++) {
		if (bs_desk_lang(&bs_langs[i]) == &bs_langs[i])
			langs[count++] = (struct bs_choice){ bs_langs[i].code, bs_langs[i].own_name };
	}
	fields[0] = bs_field_value(visit, &(struct bs_field){ .name = "name", .label = bs_word(visit, BS_DESK_MSG_join_name), .error = faults->name,
		.value = account->name, .hint = bs_word(visit, BS_DESK_MSG_join_name_hint), .autocomplete = "name", .required = true });
	fields[1] = bs_field_value(visit, &(struct bs_field){ .name = "lang", .label = bs_word(visit, BS_DESK_MSG_me_lang), .type = "select",
		.value = account->lang, .choices = langs, .choice_count = count });
	if (rc == BS_OK && mine) {
		fields[2] = bs_field_value(visit, &byline);
		rc = bs_suggest_put_people(visit, view, err);
	}
	bs_put(view, BS_D_fields, bs_value_list(fields, mine ? 3 : 2));
	if (mine)
		bs_desk_script(visit, view, "pick.js");
	return rc == BS_OK ? put_byline(visit, view, account, err) : rc;
}

static struct bs_value password_fields(struct bs_visit *visit, const struct faults *faults)
{
	struct bs_value *fields = BS_ARRAY(visit->arena, 2, struct bs_value);

	fields[0] = bs_confirm_field(visit, "password", faults->confirm);
	fields[1] = bs_field_value(visit, &(struct bs_field){ .name = "new", .label = bs_word(visit, BS_DESK_MSG_password_new), .required = true,
		.type = "password", .autocomplete = "new-password", .hint = bs_word(visit, BS_DESK_MSG_password_hint), .error = faults->password });
	return bs_value_list(fields, 2);
}

static enum bs_rc put_sessions(struct bs_visit *visit, struct bs_dict *view, struct bs_err *err)
{
	struct bs_session *sessions = NULL;
	struct bs_value *rows;
	size_t count = 0;
	enum bs_rc rc = bs_session_list(visit->arena, visit->db, visit->session.account.id, visit->now, &sessions, &count, err);

	if (rc != BS_OK)
		return rc;
	rows = BS_ARRAY(visit->arena, count, struct bs_value);
	for (size_t i = 0; i < count; i++) {
		struct bs_dict *dict = bs_dict_new(visit->arena, 6);
		bs_put(dict, BS_D_id, bs_value_int(sessions[i].id));
		bs_put_text(dict, BS_D_agent, bs_agent_name(visit, sessions[i].agent));
		bs_put_text(dict, BS_D_detail, sessions[i].agent);
		bs_put(dict, BS_D_since, bs_when(visit, sessions[i].created_at));
		bs_put(dict, BS_D_seen, bs_when(visit, sessions[i].seen_at));
		bs_put_flag(dict, BS_D_is_here, sessions[i].id == visit->session.id);
		rows[i] = bs_value_dict(dict);
	}
	bs_put(view, BS_D_sessions, bs_value_list(rows, count));
	bs_put_flag(view, BS_D_more, count > 1);
	return BS_OK;
}

static enum bs_rc print(struct bs_visit *visit, const struct bs_account *account, const struct faults *faults, struct bs_err *err)
{
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_me_title));
	enum bs_rc rc = put_sessions(visit, view, err);

	if (rc == BS_OK)
		rc = put_profile(visit, view, account, faults, err);
	bs_put_text(view, BS_D_account, account->email);
	bs_put(view, BS_D_form, password_fields(visit, faults));
	bs_put_flag(view, BS_D_secret, account->totp_secret.len > 0);
	return rc == BS_OK ? bs_desk_print(visit, "me", view, err) : rc;
}

BS_DESK_SHOW(me)
{
	struct bs_account account;
	enum bs_rc rc = bs_visit_account(visit, &account, err);

	return rc == BS_OK ? print(visit, &account, &(struct faults){ .name = BS_STR("") }, err) : rc;
}

/* --- what its forms do --------------------------------------------------------------------------------------------------------- */

static enum bs_rc save_profile(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct mine *mine = ctx;
	struct bs_account_change change = bs_visit_change(mine->visit, db);
	enum bs_rc rc = BS_OK;

	/* A name that was there before names had to differ may stay. */
	if (!bs_str_eq(mine->account.name, mine->visit->session.account.name))
		rc = bs_name_check(mine->visit, db, &mine->account, &mine->name_fault, err);
	if (rc == BS_OK && bs_byline_is_mine_to_say(mine->visit)) {
		mine->account.person_id = 0;
		rc = bs_byline_take(mine->visit, &mine->account.person_id, &mine->byline, err);
	}
	return rc != BS_OK || mine->name_fault.len + mine->byline.fault.len > 0 ? rc : bs_account_save(&change, &mine->account, err);
}

BS_DESK_ACT(me)
{
	struct bs_str lang = bs_visit_field(visit, "lang");
	struct mine mine = { .visit = visit, .byline = { .text = bs_str_trim(bs_visit_field(visit, "byline")) } };
	struct faults faults = { .byline = &mine.byline };
	enum bs_rc rc = bs_visit_account(visit, &mine.account, err);

	if (rc != BS_OK)
		return rc;
	mine.account.name = bs_str_trim(bs_visit_field(visit, "name"));
	mine.account.lang = bs_lang_find(lang) != NULL ? bs_lang_find(lang)->code : BS_STR("");
	rc = bs_visit_write(visit, save_profile, &mine, err);
	faults.name = mine.name_fault;
	if (rc == BS_OK && (faults.name.len > 0 || mine.byline.fault.len > 0)) {
		visit->status = 422;
		return print(visit, &mine.account, &faults, err);
	}
	bs_visit_redirect(visit, BS_STR("/desk/me"), "saved");
	return rc;
}

static enum bs_rc save_password(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct mine *mine = ctx;
	struct bs_account_change change = bs_visit_change(mine->visit, db);

	return bs_account_set_password(&change, &mine->account, mine->hash, mine->visit->session.id, err);
}

BS_DESK_ACT(me_password)
{
	struct bs_str wanted = bs_visit_field(visit, "new");
	struct mine mine = { .visit = visit };
	struct faults faults = { .name = BS_STR("") };
	enum bs_rc rc = bs_visit_account(visit, &mine.account, err);

	if (rc == BS_OK)
		rc = bs_visit_confirm(visit, &mine.account, &faults.confirm, err);
	if (rc != BS_OK)
		return rc;
	faults.password = bs_password_fault_word(visit, bs_password_fault(wanted, mine.account.email));
	if (faults.confirm.len > 0 || faults.password.len > 0) {
		visit->status = 422;
		return print(visit, &mine.account, &faults, err);
	}
	rc = bs_password_hash(visit->arena, wanted, &mine.hash, err);
	if (rc == BS_OK)
		rc = bs_visit_write(visit, save_password, &mine, err);
	bs_visit_redirect(visit, BS_STR("/desk/me"), "password");
	return rc;
}

static enum bs_rc end_sessions(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct mine *mine = ctx;
	struct bs_visit *visit = mine->visit;
	const struct bs_account *me = &visit->session.account;
	enum bs_rc rc;

	if (mine->session != 0)
		rc = bs_session_end(db, me->id, mine->session, err);
	else
		rc = bs_session_end_others(db, me->id, visit->session.id, err);
	if (rc == BS_OK)
		rc = bs_visit_tell(visit, db, (struct bs_audit_entry){ .subject = me->email,
		                   .action = mine->session != 0 ? BS_STR("session.revoke") : BS_STR("session.revoke-others") }, err);
	return rc;
}

BS_DESK_ACT(me_sessions)
{
	struct mine mine = { .visit = visit };
	enum bs_rc rc;

	if (bs_visit_field(visit, "id").len > 0 && bs_str_int(bs_visit_field(visit, "id"), &mine.session) != BS_OK)
		return bs_fail(err, BS_INVALID, "no session");
	rc = bs_visit_write(visit, end_sessions, &mine, err);
	bs_visit_redirect(visit, BS_STR("/desk/me"), "session-ended");
	return rc;
}
