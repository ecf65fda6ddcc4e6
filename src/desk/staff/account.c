/* account.c - one colleague's account: name, role, whether it is in use; a link for a new password; taking the second factor off. */
#include "account/totp.h"

#include "desk/pages.h"
#include "desk/staff/staff.h"

struct changing {
	struct bs_visit *visit;
	struct bs_account account;
	struct bs_str token;
	bool last; /* nobody would be left to manage accounts */
};

static enum bs_rc find(struct bs_visit *visit, struct bs_account *out, struct bs_err *err)
{
	return bs_account_by_public_id(visit->arena, visit->db, visit->request->captures.text[BS_CAPTURE_WORD], out, err);
}

static enum bs_rc print(struct bs_visit *visit, const struct bs_account *account, struct bs_str link, struct bs_str fault, struct bs_err *err)
{
	struct bs_dict *view = bs_desk_view(visit, account->name);
	struct bs_value *fields = BS_ARRAY(visit->arena, 3, struct bs_value);

	fields[0] = bs_field_value(visit, &(struct bs_field){ .name = "name", .label = bs_word(visit, BS_DESK_MSG_accounts_name),
		.value = account->name, .required = true, .max = BS_MAX_PERSON_NAME });
	fields[1] = bs_role_field(visit, bs_staff_role_name(account->role));
	fields[2] = bs_field_value(visit, &(struct bs_field){ .name = "active", .label = bs_word(visit, BS_DESK_MSG_accounts_active),
		.hint = bs_word(visit, BS_DESK_MSG_accounts_active_hint), .type = "check", .value = BS_STR("1"), .checked = account->active });
	bs_put_text(view, BS_D_account, account->email);
	bs_put_text(view, BS_D_action, visit->request->target.path);
	bs_put(view, BS_D_fields, bs_value_list(fields, 3));
	bs_put(view, BS_D_error, fault.len > 0 ? bs_notice_value(visit, BS_TONE_BAD, fault) : bs_value_null());
	bs_put_text(view, BS_D_link, link);
	bs_put_flag(view, BS_D_secret, account->totp_secret.len > 0);
	bs_put(view, BS_D_since, bs_when(visit, account->created_at));
	bs_put_text(view, BS_D_public_id, account->public_id);
	return bs_desk_print(visit, "account", view, err);
}

BS_DESK_SHOW(account)
{
	struct bs_account account;
	enum bs_rc rc = find(visit, &account, err);

	return rc == BS_OK ? print(visit, &account, BS_STR(""), BS_STR(""), err) : rc;
}

static enum bs_rc save(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct changing *changing = ctx;
	struct bs_account_change change = bs_visit_change(changing->visit, db);
	enum bs_rc rc = bs_account_save(&change, &changing->account, err);

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
	struct bs_str name = bs_str_trim(bs_visit_field(visit, "name"));
	struct bs_account shown = changing->account;
	enum bs_rc rc;

	if (bs_staff_role_of(bs_visit_field(visit, "role"), &changing->account.role) != BS_OK)
		return bs_fail(err, BS_INVALID, "no such role");
	changing->account.name = name;
	changing->account.active = bs_form_has(&visit->form, BS_STR("active"));
	visit->status = 422;
	if (name.len == 0 || name.len > BS_MAX_PERSON_NAME)
		return print(visit, &shown, BS_STR(""), bs_word(visit, BS_DESK_MSG_fault_name), err);
	rc = bs_visit_write(visit, save, changing, err);
	if (rc == BS_CONFLICT && changing->last)
		return print(visit, &shown, BS_STR(""), bs_word(visit, BS_DESK_MSG_fault_last_administrator), err);
	visit->status = 0;
	bs_visit_redirect(visit, visit->request->target.path, "saved");
	return rc;
}

BS_DESK_ACT(account)
{
	struct bs_str what = bs_visit_field(visit, "do");
	struct changing changing = { .visit = visit };
	enum bs_rc rc = find(visit, &changing.account, err);

	if (rc != BS_OK)
		return rc;
	if (bs_str_eq(what, BS_STR("save")))
		return save_fields(&changing, err);
	if (bs_str_eq(what, BS_STR("link"))) {
		rc = bs_visit_write(visit, make_link, &changing, err);
		return rc == BS_OK ? print(visit, &changing.account, bs_join_link(visit, changing.token), BS_STR(""), err) : rc;
	}
	if (!bs_str_eq(what, BS_STR("factor-off")))
		return bs_fail(err, BS_INVALID, "no such step");
	rc = bs_visit_write(visit, factor_off, &changing, err);
	bs_visit_redirect(visit, visit->request->target.path, "factor-off");
	return rc;
}
