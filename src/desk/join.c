/* join.c - what a link of an invitation, or for a new password, leads to. */
#include "desk/me/me.h"
#include "desk/pages.h"
#include "desk/sign_in.h"

struct joining {
	struct bs_visit *visit;
	struct bs_invitation invitation;
	struct bs_str hash, token;
	struct bs_account account;
	struct bs_str name_fault;
};

static enum bs_rc print(struct bs_visit *visit, const struct bs_invitation *invitation, struct bs_str name_fault, struct bs_str error,
                        struct bs_err *err)
{
	bool fresh = invitation->account_id == 0;
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, fresh ? BS_DESK_MSG_join_title : BS_DESK_MSG_join_reset_title));
	struct bs_value fields[3];
	size_t count = 0;

	bs_put_text(view, BS_D_account, invitation->email);
	if (fresh)
		fields[count++] = bs_field_value(visit, &(struct bs_field){ .name = "name", .label = bs_word(visit, BS_DESK_MSG_join_name),
			.value = visit->form.count > 0 ? bs_visit_field(visit, "name") : invitation->name, .required = true,
			.hint = bs_word(visit, BS_DESK_MSG_join_name_hint), .autocomplete = "name", .max = BS_MAX_PERSON_NAME,
			.error = name_fault });
	fields[count++] = bs_field_value(visit, &(struct bs_field){ .name = "password", .label = bs_word(visit, BS_DESK_MSG_password_new),
		.type = "password", .autocomplete = "new-password", .required = true, .hint = bs_word(visit, BS_DESK_MSG_password_hint),
		.error = error });
	bs_put(view, BS_D_fields, bs_value_list(fields, count));
	bs_put_text(view, BS_D_action, visit->request->target.path);
	return bs_desk_print(visit, "join", view, err);
}

static enum bs_rc find(struct bs_visit *visit, struct bs_invitation *out, struct bs_err *err)
{
	return bs_invitation_find(visit->arena, visit->db, visit->options->vault, visit->request->captures.text[BS_CAPTURE_SLUG], visit->now,
	                          out, err);
}

/* The page of a link that leads nowhere any more. */
static enum bs_rc gone(struct bs_visit *visit, struct bs_err *err)
{
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_join_over));

	visit->status = 404;
	bs_put_text(view, BS_D_text, bs_word(visit, BS_DESK_MSG_join_over_text));
	return bs_desk_print(visit, "error", view, err);
}

BS_DESK_SHOW(join)
{
	struct bs_invitation invitation;
	enum bs_rc rc = find(visit, &invitation, err);

	if (rc == BS_NOT_FOUND)
		return gone(visit, err);
	return rc == BS_OK ? print(visit, &invitation, BS_STR(""), BS_STR(""), err) : rc;
}

/* The account, and a session for it. */
static enum bs_rc join(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct joining *j = ctx;
	struct bs_visit *visit = j->visit;
	struct bs_account_change change = bs_visit_change(visit, db);
	struct bs_account named = { .name = j->invitation.name };
	enum bs_rc rc = j->invitation.account_id == 0 ? bs_name_check(visit, db, &named, &j->name_fault, err) : BS_OK;

	if (rc != BS_OK || j->name_fault.len > 0)
		return rc;
	rc = bs_invitation_use(&change, &j->invitation, j->hash, &j->account, err);

	/* With a second factor, signing in asks for it. */
	if (rc == BS_OK && j->account.totp_secret.len == 0 && j->account.active)
		rc = bs_session_begin(visit->arena, db, visit->options->vault, j->account.id, bs_request_header(visit->request, "User-Agent"),
		                      visit->now, &j->token, err);
	return rc;
}

BS_DESK_ACT(join)
{
	struct joining j = { .visit = visit };
	struct bs_str password = bs_visit_field(visit, "password"), name = bs_str_trim(bs_visit_field(visit, "name"));
	enum bs_password_fault fault;
	enum bs_rc rc = find(visit, &j.invitation, err);

	if (rc == BS_NOT_FOUND)
		return gone(visit, err);
	if (rc != BS_OK)
		return rc;
	fault = bs_password_fault(password, j.invitation.email);
	if (fault != BS_PASSWORD_GOOD) {
		visit->status = 400;
		return print(visit, &j.invitation, BS_STR(""), bs_password_fault_word(visit, fault), err);
	}
	if (j.invitation.account_id == 0 && name.len > 0 && name.len <= BS_MAX_PERSON_NAME)
		j.invitation.name = name;
	rc = bs_password_hash(visit->arena, password, &j.hash, err);
	if (rc == BS_OK)
		rc = bs_visit_write(visit, join, &j, err);
	if (rc == BS_NOT_FOUND)
		return gone(visit, err);
	if (rc != BS_OK)
		return rc;
	if (j.name_fault.len > 0) {
		visit->status = 422;
		return print(visit, &j.invitation, j.name_fault, BS_STR(""), err);
	}
	if (j.token.len > 0)
		bs_visit_begin_session(visit, j.token);
	bs_visit_redirect(visit, BS_STR("/desk/"), "joined");
	return BS_OK;
}
