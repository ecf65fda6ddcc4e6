/* account.c - one colleague's account: name, role, whether it is in use; a link for a new password; taking the second factor off. */
#include "account/totp.h"

#include "desk/flow/suggest.h"
#include "desk/me/me.h"
#include "desk/pages.h"
#include "desk/paper/whole.h"
#include "desk/staff/staff.h"

struct changing {
	struct bs_visit *visit;
	struct bs_account account; /* as stored */
	struct bs_whole *whole;    /* its form */
	struct bs_str token;
	bool last; /* nobody would be left to manage accounts */
};

static enum bs_rc load(struct changing *changing, struct bs_db *db, struct bs_err *err)
{
	struct bs_visit *visit = changing->visit;
	struct bs_account *account = &changing->account;
	struct bs_field byline;
	enum bs_rc rc = bs_account_by_public_id(visit->arena, db, visit->request->captures.text[BS_CAPTURE_WORD], account, err);

	if (rc == BS_OK)
		rc = bs_byline_field(visit, account->person_id, NULL, &byline, err);
	if (rc != BS_OK)
		return rc;
	changing->whole = bs_whole_new(visit);
	bs_whole_add(changing->whole, (struct bs_field){ .name = "name", .label = bs_word(visit, BS_DESK_MSG_accounts_name),
		.value = account->name, .required = true, .max = BS_MAX_PERSON_NAME });
	bs_whole_add(changing->whole, bs_role_field(visit, bs_staff_role_name(account->role)));
	bs_whole_add(changing->whole, byline);
	bs_whole_add(changing->whole, (struct bs_field){ .name = "active", .label = bs_word(visit, BS_DESK_MSG_accounts_active),
		.hint = bs_word(visit, BS_DESK_MSG_accounts_active_hint), .type = "check", .checked = account->active });
	return BS_OK;
}

static enum bs_rc print(const struct changing *changing, struct bs_err *err)
{
	struct bs_visit *visit = changing->visit;
	const struct bs_account *account = &changing->account;
	struct bs_dict *view = bs_desk_view(visit, account->name);
	enum bs_rc rc = bs_suggest_put_people(visit, view, err);

	bs_whole_put(changing->whole, view);
	if (changing->last)
		bs_put(view, BS_D_error, bs_notice_value(visit, BS_TONE_BAD, bs_word(visit, BS_DESK_MSG_fault_last_administrator)));
	bs_desk_script(visit, view, "pick.js");
	bs_put_text(view, BS_D_account, account->email);
	bs_put_text(view, BS_D_link, changing->token.len > 0 ? bs_join_link(visit, changing->token) : BS_STR(""));
	bs_put_flag(view, BS_D_secret, account->totp_secret.len > 0);
	bs_put(view, BS_D_since, bs_when(visit, account->created_at));
	bs_put_text(view, BS_D_public_id, account->public_id);
	return rc == BS_OK ? bs_desk_print(visit, "account", view, err) : rc;
}

BS_DESK_SHOW(account)
{
	struct changing changing = { .visit = visit };
	enum bs_rc rc = load(&changing, visit->db, err);

	return rc == BS_OK ? print(&changing, err) : rc;
}

/* What was typed, put into the account; what is wrong with it, at its field. */
static enum bs_rc take(struct changing *changing, struct bs_db *db, struct bs_account *account, struct bs_err *err)
{
	struct bs_visit *visit = changing->visit;
	struct bs_byline_typed byline;
	struct bs_str fault;
	enum bs_rc rc;

	account->name = bs_whole_value(changing->whole, "name");
	account->active = bs_whole_value(changing->whole, "active").len > 0;
	account->person_id = 0;
	if (bs_staff_role_of(bs_whole_value(changing->whole, "role"), &account->role) != BS_OK)
		return bs_fail(err, BS_INVALID, "no such role");
	/* A name that was there before names had to differ may stay. */
	if (!bs_str_eq(account->name, changing->account.name)) {
		rc = bs_name_check(visit, db, account, &fault, err);
		if (rc != BS_OK)
			return rc;
		if (fault.len > 0)
			bs_whole_complain(changing->whole, "name", fault);
	}
	rc = bs_byline_take(visit, &account->person_id, &byline, err);
	if (rc == BS_OK && byline.fault.len > 0)
		bs_whole_complain(changing->whole, "byline", byline.fault);
	return rc;
}

static enum bs_rc save(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct changing *changing = ctx;
	struct bs_account_change change = bs_visit_change(changing->visit, db);
	struct bs_account account;
	enum bs_rc rc = load(changing, db, err);

	if (rc != BS_OK)
		return rc;
	bs_whole_take(changing->whole);
	account = changing->account;
	if (!changing->whole->moved)
		rc = take(changing, db, &account, err);
	if (rc != BS_OK || changing->whole->moved || !changing->whole->good)
		return rc;
	rc = bs_account_save(&change, &account, err);
	changing->last = rc == BS_CONFLICT;
	changing->whole->good = !changing->last;
	return rc;
}

static enum bs_rc make_link(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct changing *changing = ctx;
	const struct bs_account *account = &changing->account;
	struct bs_account_change change = bs_visit_change(changing->visit, db);
	struct bs_invitation invitation = { .account_id = account->id, .email = account->email, .name = account->name, .role = account->role,
		                            .lang = account->lang };

	return bs_invitation_add(&change, &invitation, &changing->token, err);
}

static enum bs_rc factor_off(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct changing *changing = ctx;
	struct bs_account_change change = bs_visit_change(changing->visit, db);

	return bs_totp_clear(&change, &changing->account, err);
}

static enum bs_rc save_fields(struct changing *changing, struct bs_err *err)
{
	struct bs_visit *visit = changing->visit;
	enum bs_rc rc = bs_visit_write(visit, save, changing, err);

	if (rc != BS_OK && !(rc == BS_CONFLICT && changing->last))
		return rc;
	return bs_whole_saved(changing->whole, visit->request->target.path) ? BS_OK : print(changing, err);
}

BS_DESK_ACT(account)
{
	struct bs_str what = bs_visit_field(visit, "do");
	struct changing changing = { .visit = visit };
	enum bs_rc rc = load(&changing, visit->db, err);

	if (rc != BS_OK)
		return rc;
	if (bs_str_eq(what, BS_STR("save")))
		return save_fields(&changing, err);
	if (bs_str_eq(what, BS_STR("link"))) {
		rc = bs_visit_write(visit, make_link, &changing, err);
		return rc == BS_OK ? print(&changing, err) : rc;
	}
	if (!bs_str_eq(what, BS_STR("factor-off")))
		return bs_fail(err, BS_INVALID, "no such step");
	rc = bs_visit_write(visit, factor_off, &changing, err);
	bs_visit_redirect(visit, visit->request->target.path, "factor-off");
	return rc;
}
