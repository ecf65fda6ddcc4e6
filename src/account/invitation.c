/* invitation.c - links that make an account, or give one a new password; see account.h. */
#include "account/account.h"

#include "base/sys.h"

enum { TOKEN_BYTES = 32 };

static struct bs_str hash_of(struct bs_arena *arena, const struct bs_vault *vault, struct bs_str token)
{
	uint8_t hash[BS_MAC_SIZE];

	bs_vault_mac(vault, BS_VAULT_TOKEN, token, hash);
	return bs_arena_copy(arena, bs_str_n((const char *)hash, sizeof(hash)));
}

enum bs_rc bs_invitation_add(const struct bs_account_change *change, const struct bs_invitation *invitation, struct bs_str *token,
                             struct bs_err *err)
{
	struct bs_account there;
	char random[TOKEN_BYTES];
	enum bs_rc rc = bs_account_by_email(change->arena, change->db, invitation->email, &there, err);

	if (rc == BS_OK && invitation->account_id == 0)
		return bs_fail(err, BS_CONFLICT, "there is an account '" BS_FMT "' already", BS_ARG(invitation->email));
	if (rc != BS_OK && rc != BS_NOT_FOUND)
		return rc;
	bs_random_bytes(random, sizeof(random));
	*token = bs_token_text(change->arena, bs_str_n(random, sizeof(random)));
	rc = bs_db_exec(change->db, BS_Q_invitation_remove_email, BS_VALUES(bs_text(invitation->email)), err);
	if (rc == BS_OK)
		rc = bs_db_exec(change->db, BS_Q_invitation_remove_old, BS_VALUES(bs_int(change->now)), err);
	if (rc == BS_OK)
		rc = bs_db_exec(change->db, BS_Q_invitation_add, BS_VALUES(bs_blob(hash_of(change->arena, change->vault, *token)),
		                bs_ref(invitation->account_id), bs_text(invitation->email), bs_text(invitation->name),
		                bs_text(bs_staff_role_name(invitation->role)), bs_text(invitation->lang), bs_ref(change->by.account_id),
		                bs_int(change->now), bs_int(change->now + BS_LINK_HOURS * 3600)), err);
	if (rc == BS_OK)
		rc = bs_account_tell(change, (struct bs_audit_entry){ .subject = invitation->email,
		                     .action = invitation->account_id == 0 ? BS_STR("account.invite") : BS_STR("account.link"),
		                     .detail = bs_staff_role_name(invitation->role) }, err);
	return rc;
}

/* Both queries of invitations have these columns. */
static enum bs_rc invitation_of(struct bs_arena *arena, const struct bs_stmt *stmt, struct bs_invitation *out, struct bs_err *err)
{
	*out = (struct bs_invitation){
		.id = bs_stmt_int(stmt, BS_C_invitation_find_id),
		.account_id = bs_stmt_int(stmt, BS_C_invitation_find_account_id),
		.email = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_invitation_find_email)),
		.name = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_invitation_find_name)),
		.lang = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_invitation_find_lang)),
		.expires_at = bs_stmt_int(stmt, BS_C_invitation_find_expires_at),
	};
	if (bs_staff_role_of(bs_stmt_str(stmt, BS_C_invitation_find_role), &out->role) != BS_OK)
		return bs_fail(err, BS_CORRUPT, "the invitation of '" BS_FMT "' is to a role that there is none of", BS_ARG(out->email));
	return BS_OK;
}

enum bs_rc bs_invitation_find(struct bs_arena *arena, struct bs_db *db, const struct bs_vault *vault, struct bs_str token, int64_t now,
                              struct bs_invitation *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_invitation_find, BS_VALUES(bs_blob(hash_of(arena, vault, token)), bs_int(now)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		rc = invitation_of(arena, stmt, out, err);
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_invitation_list(struct bs_arena *arena, struct bs_db *db, int64_t now, size_t limit, struct bs_invitation **out,
                              size_t *count, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_invitation_list, BS_VALUES(bs_int(now), bs_int((int64_t)limit)), &stmt, err);

	*out = BS_ARRAY(arena, limit, struct bs_invitation);
	for (*count = 0; rc == BS_OK && *count < limit && (rc = bs_stmt_next(stmt, err)) == BS_OK; ++*count) {
		rc = invitation_of(arena, stmt, &(*out)[*count], err);
		if (rc != BS_OK)
			break;
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_invitation_remove(const struct bs_account_change *change, const struct bs_invitation *invitation, struct bs_err *err)
{
	enum bs_rc rc = bs_db_exec(change->db, BS_Q_invitation_remove, BS_VALUES(bs_int(invitation->id)), err);

	if (rc == BS_OK)
		rc = bs_account_tell(change, (struct bs_audit_entry){ .action = BS_STR("account.uninvite"), .subject = invitation->email }, err);
	return rc;
}

enum bs_rc bs_invitation_use(const struct bs_account_change *given, const struct bs_invitation *invitation, struct bs_str hash,
                             struct bs_account *out, struct bs_err *err)
{
	struct bs_account_change change = *given;
	enum bs_rc rc = bs_db_exec(change.db, BS_Q_invitation_remove, BS_VALUES(bs_int(invitation->id)), err);

	if (rc == BS_OK && bs_db_changed(change.db) == 0)
		return bs_fail(err, BS_NOT_FOUND, "the link was used already");
	if (rc != BS_OK)
		return rc;
	change.by = (struct bs_actor){ .name = invitation->name };
	if (invitation->account_id == 0) {
		*out = (struct bs_account){ .email = invitation->email, .name = invitation->name, .role = invitation->role,
			                    .lang = invitation->lang, .password = hash };
		return bs_account_add(&change, out, err);
	}
	rc = bs_account_by_id(change.arena, change.db, invitation->account_id, out, err);
	if (rc != BS_OK)
		return rc;
	change.by = (struct bs_actor){ .account_id = out->id, .name = out->name };
	return bs_account_set_password(&change, out, hash, 0, err);
}
