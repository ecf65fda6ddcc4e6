/* account.c - one colleague's account: name, role, whether it is in use; a link for a new password; taking the second factor off. */
#include "account/totp.h"

#include "desk/flow/suggest.h"
#include "desk/me/me.h"
#include "desk/pages.h"
#include "desk/staff/staff.h"

struct changing {
	struct bs_visit *visit;
	struct bs_account account;          /* as stored, then as typed */
	struct bs_str title;                /* its stored name */
	const struct bs_byline_typed *byline; /* NULL: as stored */
	struct bs_str token;
	struct bs_str fault, name_fault;    /* above the form; at the name */
	bool last; /* nobody would be left to manage accounts */
};

static enum bs_rc put_fields(const struct changing *changing, struct bs_dict *view, struct bs_err *err)
{
	struct bs_visit *visit = changing->visit;
	const struct bs_account *account = &changing->account;
	struct bs_value *fields = BS_ARRAY(visit->arena, 4, struct bs_value);

	fields[0] = bs_field_value(visit, &(struct bs_field){ .name = "name", .label = bs_word(visit, BS_DESK_MSG_accounts_name),
		.value = account->name, .required = true, .max = BS_MAX_PERSON_NAME, .error = changing->name_fault });
	fields[1] = bs_role_field(visit, bs_staff_role_name(account->role));
	fields[3] = bs_field_value(visit, &(struct bs_field){ .name = "active", .label = bs_word(visit, BS_DESK_MSG_accounts_active),
		.hint = bs_word(visit, BS_DESK_MSG_accounts_active_hint), .type = "check", .value = BS_STR("1"), .checked = account->active });
	bs_put(view, BS_D_fields, bs_value_list(fields, 4));
	bs_desk_script(visit, view, "pick.js");
	return bs_byline_field(visit, account->person_id, changing->byline, &fields[2], err);
}

static enum bs_rc print(const struct changing *changing, struct bs_err *err)
{
	struct bs_visit *visit = changing->visit;
	const struct bs_account *account = &changing->account;
	struct bs_dict *view = bs_desk_view(visit, changing->title);
	enum bs_rc rc = put_fields(changing, view, err);

	if (rc == BS_OK)
		rc = bs_suggest_put_people(visit, view, err);
	bs_put_text(view, BS_D_account, account->email);
	bs_put_text(view, BS_D_action, visit->request->target.path);
	bs_put(view, BS_D_error, changing->fault.len > 0 ? bs_notice_value(visit, BS_TONE_BAD, changing->fault) : bs_value_null());
	bs_put_text(view, BS_D_link, changing->token.len > 0 ? bs_join_link(visit, changing->token) : BS_STR(""));
	bs_put_flag(view, BS_D_secret, account->totp_secret.len > 0);
	bs_put(view, BS_D_since, bs_when(visit, account->created_at));
	bs_put_text(view, BS_D_public_id, account->public_id);
	return rc == BS_OK ? bs_desk_print(visit, "account", view, err) : rc;
}

static enum bs_rc find(struct changing *changing, struct bs_err *err)
{
	struct bs_visit *visit = changing->visit;
	enum bs_rc rc = bs_account_by_public_id(visit->arena, visit->db, visit->request->captures.text[BS_CAPTURE_WORD], &changing->account, err);

	changing->title = changing->account.name;
	return rc;
}

BS_DESK_SHOW(account)
{
	struct changing changing = { .visit = visit };
	enum bs_rc rc = find(&changing, err);

	return rc == BS_OK ? print(&changing, err) : rc;
}

struct saving {
	struct changing *changing;
	struct bs_byline_typed byline;
};

static enum bs_rc save(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct saving *saving = ctx;
	struct changing *changing = saving->changing;
	struct bs_account_change change = bs_visit_change(changing->visit, db);
	enum bs_rc rc;

	changing->account.person_id = 0;
	rc = bs_byline_take(changing->visit, &changing->account.person_id, &saving->byline, err);
	if (rc != BS_OK || saving->byline.fault.len > 0)
		return rc;
	rc = bs_account_save(&change, &changing->account, err);
	changing->last = rc == BS_CONFLICT;
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
	struct saving saving = { .changing = changing, .byline = { .text = bs_str_trim(bs_visit_field(visit, "byline")) } };
	struct bs_account *account = &changing->account;
	enum bs_rc rc = BS_OK;

	if (bs_staff_role_of(bs_visit_field(visit, "role"), &account->role) != BS_OK)
		return bs_fail(err, BS_INVALID, "no such role");
	account->name = bs_str_trim(bs_visit_field(visit, "name"));
	account->active = bs_form_has(&visit->form, BS_STR("active"));
	changing->byline = &saving.byline;
	if (account->name.len == 0 || account->name.len > BS_MAX_PERSON_NAME)
		changing->name_fault = bs_word(visit, BS_DESK_MSG_fault_name);
	else
		rc = bs_visit_write(visit, save, &saving, err);
	if (rc == BS_CONFLICT && changing->last)
		changing->fault = bs_word(visit, BS_DESK_MSG_fault_last_administrator);
	else if (rc != BS_OK)
		return rc;
	if (changing->fault.len + changing->name_fault.len + saving.byline.fault.len > 0) {
		visit->status = 422;
		return print(changing, err);
	}
	bs_visit_redirect(visit, visit->request->target.path, "saved");
	return BS_OK;
}

BS_DESK_ACT(account)
{
	struct bs_str what = bs_visit_field(visit, "do");
	struct changing changing = { .visit = visit };
	enum bs_rc rc = find(&changing, err);

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
