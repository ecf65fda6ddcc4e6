/* accounts.c - the list of accounts and open invitations, and inviting somebody. */
#include "desk/pages.h"
#include "desk/staff/staff.h"

enum { SHOWN = 200 };

struct inviting {
	struct bs_visit *visit;
	struct bs_invitation invitation;
	struct bs_str token;
	bool known; /* there is such an account */
};

static enum bs_rc account_row(struct bs_visit *visit, const struct bs_account *account, struct bs_value *out, struct bs_err *err)
{
	struct bs_dict *dict = bs_dict_new(visit->arena, 7);
	struct bs_byline byline = { 0 };
	enum bs_rc rc = account->person_id != 0 ? bs_byline_of(visit->arena, visit->db, account->person_id, &byline, err) : BS_OK;

	bs_put_text(dict, BS_D_href, bs_arena_printf(visit->arena, "/desk/accounts/%.*s", (int)account->public_id.len, account->public_id.ptr));
	bs_put_text(dict, BS_D_name, account->name);
	bs_put_text(dict, BS_D_account, account->email);
	bs_put_text(dict, BS_D_role, bs_word_of(visit, "role.", bs_staff_role_name(account->role)));
	bs_put(dict, BS_D_status, account->active ? bs_value_null()
	                                          : bs_badge_value(visit, BS_TONE_BAD, bs_word(visit, BS_DESK_MSG_accounts_disabled)));
	bs_put_text(dict, BS_D_secret, bs_word(visit, account->totp_secret.len > 0 ? BS_DESK_MSG_accounts_factor : BS_DESK_MSG_accounts_no_factor));
	bs_put_text(dict, BS_D_byline, byline.name);
	*out = bs_value_dict(dict);
	return rc;
}

static struct bs_value invitation_row(struct bs_visit *visit, const struct bs_invitation *invitation)
{
	struct bs_dict *dict = bs_dict_new(visit->arena, 4);

	bs_put(dict, BS_D_id, bs_value_int(invitation->id));
	bs_put_text(dict, BS_D_account, invitation->email);
	bs_put_text(dict, BS_D_role, bs_word_of(visit, "role.", bs_staff_role_name(invitation->role)));
	bs_put(dict, BS_D_when, bs_when(visit, invitation->expires_at));
	return bs_value_dict(dict);
}

static enum bs_rc put_lists(struct bs_visit *visit, struct bs_dict *view, struct bs_err *err)
{
	struct bs_account *accounts = NULL;
	struct bs_invitation *invitations = NULL;
	struct bs_value *rows = BS_ARRAY(visit->arena, SHOWN, struct bs_value), *open = BS_ARRAY(visit->arena, SHOWN, struct bs_value);
	size_t count = 0, open_count = 0;
	enum bs_rc rc = bs_account_list(visit->arena, visit->db, bs_visit_asked(visit, "after"), SHOWN, &accounts, &count, err);

	if (rc == BS_OK)
		rc = bs_invitation_list(visit->arena, visit->db, visit->now, SHOWN, &invitations, &open_count, err);
	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = account_row(visit, &accounts[i], &rows[i], err);
	for (size_t i = 0; i < open_count && rc == BS_OK; i++)
		open[i] = invitation_row(visit, &invitations[i]);
	bs_put(view, BS_D_accounts, bs_value_list(rows, count));
	bs_put(view, BS_D_invitations, bs_value_list(open, open_count));
	bs_put_flag(view, BS_D_has_invitations, open_count > 0);
	return rc;
}

static struct bs_value invite_fields(struct bs_visit *visit, struct bs_str fault)
{
	struct bs_value *fields = BS_ARRAY(visit->arena, 3, struct bs_value);
	struct bs_field role = bs_role_field(visit, bs_visit_field(visit, "role"));

	fields[0] = bs_field_value(visit, &(struct bs_field){ .name = "email", .label = bs_word(visit, BS_DESK_MSG_sign_in_email), .type = "email",
		.value = bs_visit_field(visit, "email"), .required = true, .error = fault });
	fields[1] = bs_field_value(visit, &(struct bs_field){ .name = "name", .label = bs_word(visit, BS_DESK_MSG_accounts_name),
		.value = bs_visit_field(visit, "name"), .max = BS_MAX_PERSON_NAME });
	fields[2] = bs_field_value(visit, &role);
	return bs_value_list(fields, 3);
}

static enum bs_rc print(struct bs_visit *visit, struct bs_str link, struct bs_str fault, struct bs_err *err)
{
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_accounts_title));
	enum bs_rc rc = put_lists(visit, view, err);

	bs_put_text(view, BS_D_link, link);
	bs_put(view, BS_D_fields, invite_fields(visit, fault));
	return rc == BS_OK ? bs_desk_print(visit, "accounts", view, err) : rc;
}

BS_DESK_SHOW(accounts)
{
	return print(visit, BS_STR(""), BS_STR(""), err);
}

struct bs_str bs_join_link(struct bs_visit *visit, struct bs_str token)
{
	struct bs_str url = visit->publication->url;

	return bs_arena_printf(visit->arena, "%.*s/desk/join/%.*s", (int)url.len, url.ptr, (int)token.len, token.ptr);
}

struct bs_field bs_role_field(struct bs_visit *visit, struct bs_str value)
{
	struct bs_choice *roles = BS_ARRAY(visit->arena, BS_STAFF_ROLE_COUNT, struct bs_choice);

	for (enum bs_staff_role role = 0; role < BS_STAFF_ROLE_COUNT; role++)
		roles[role] = (struct bs_choice){ bs_staff_role_name(role), bs_word_of(visit, "role.", bs_staff_role_name(role)) };
	return (struct bs_field){ .name = "role", .label = bs_word(visit, BS_DESK_MSG_accounts_role), .type = "select",
		.value = value, .choices = roles, .choice_count = BS_STAFF_ROLE_COUNT };
}

static enum bs_rc invite(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct inviting *inviting = ctx;
	struct bs_account_change change = bs_visit_change(inviting->visit, db);
	enum bs_rc rc = bs_invitation_add(&change, &inviting->invitation, &inviting->token, err);

	inviting->known = rc == BS_CONFLICT;
	return rc;
}

static enum bs_rc uninvite(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct inviting *inviting = ctx;
	struct bs_account_change change = bs_visit_change(inviting->visit, db);

	return bs_invitation_remove(&change, &inviting->invitation, err);
}

static enum bs_rc take_back(struct inviting *inviting, struct bs_err *err)
{
	struct bs_visit *visit = inviting->visit;
	struct bs_invitation *list = NULL;
	size_t count = 0;
	int64_t id = 0;
	enum bs_rc rc = bs_invitation_list(visit->arena, visit->db, visit->now, SHOWN, &list, &count, err);

	if (rc != BS_OK || bs_str_int(bs_visit_field(visit, "id"), &id) != BS_OK)
		return rc != BS_OK ? rc : bs_fail(err, BS_INVALID, "no invitation");
	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		if (list[i].id != id)
			continue;
		inviting->invitation = list[i];
		rc = bs_visit_write(visit, uninvite, inviting, err);
	}
	bs_visit_redirect(visit, BS_STR("/desk/accounts"), "uninvited");
	return rc;
}

BS_DESK_ACT(accounts)
{
	struct inviting inviting = { .visit = visit };
	struct bs_str name = bs_str_trim(bs_visit_field(visit, "name"));
	enum bs_rc rc;

	if (bs_str_eq(bs_visit_field(visit, "do"), BS_STR("uninvite")))
		return take_back(&inviting, err);
	visit->status = 422;
	if (bs_email_normalise(visit->arena, bs_visit_field(visit, "email"), &inviting.invitation.email, err) != BS_OK)
		return print(visit, BS_STR(""), bs_word(visit, BS_DESK_MSG_fault_email), err);
	if (bs_staff_role_of(bs_visit_field(visit, "role"), &inviting.invitation.role) != BS_OK)
		return bs_fail(err, BS_INVALID, "no such role");
	inviting.invitation.name = name.len > 0 ? bs_str_utf8_prefix(name, BS_MAX_PERSON_NAME)
		: bs_str_sub(inviting.invitation.email, 0, bs_str_find_byte(inviting.invitation.email, '@', 0));
	rc = bs_visit_write(visit, invite, &inviting, err);
	if (rc == BS_CONFLICT && inviting.known)
		return print(visit, BS_STR(""), bs_word(visit, BS_DESK_MSG_fault_email_taken), err);
	visit->status = 0;
	return rc == BS_OK ? print(visit, bs_join_link(visit, inviting.token), BS_STR(""), err) : rc;
}
