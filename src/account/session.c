/* session.c - see session.h. */
#include "account/session.h"

#include <sodium.h>

#include "base/limits.h"
#include "base/sys.h"

enum { TOKEN_BYTES = 32 };

static struct bs_str hash_of(struct bs_arena *arena, const struct bs_vault *vault, struct bs_str token)
{
	uint8_t hash[BS_MAC_SIZE];

	bs_vault_mac(vault, BS_VAULT_TOKEN, token, hash);
	return bs_arena_copy(arena, bs_str_n((const char *)hash, sizeof(hash)));
}

enum bs_rc bs_session_begin(struct bs_arena *arena, struct bs_db *db, const struct bs_vault *vault, int64_t account_id,
                            struct bs_str agent, int64_t now, struct bs_str *token, struct bs_err *err)
{
	char random[TOKEN_BYTES];
	int64_t id;
	enum bs_rc rc;

	if (bs_str_utf8_fault(agent) != SIZE_MAX)
		agent = BS_STR("");
	bs_random_bytes(random, sizeof(random));
	*token = bs_token_text(arena, bs_str_n(random, sizeof(random)));
	rc = bs_db_exec(db, BS_Q_session_remove_old, BS_VALUES(bs_int(now - BS_SESSION_LENGTH), bs_int(now - BS_SESSION_IDLE)), err);
	if (rc == BS_OK)
		rc = bs_db_int(db, BS_Q_session_add, BS_VALUES(bs_blob(hash_of(arena, vault, *token)), bs_int(account_id), bs_int(now),
		               bs_text(bs_str_utf8_prefix(agent, BS_MAX_AGENT))), &id, err);
	return rc;
}

enum bs_rc bs_session_find(struct bs_arena *arena, struct bs_db *db, const struct bs_vault *vault, struct bs_str token, int64_t now,
                           struct bs_session *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc;

	if (token.len != BS_SESSION_TOKEN)
		return BS_NOT_FOUND;
	rc = bs_db_query(db, BS_Q_session_find, BS_VALUES(bs_blob(hash_of(arena, vault, token)), bs_int(now - BS_SESSION_LENGTH),
	                 bs_int(now - BS_SESSION_IDLE)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		*out = (struct bs_session){
			.id = bs_stmt_int(stmt, BS_C_session_find_id),
			.created_at = bs_stmt_int(stmt, BS_C_session_find_created_at),
			.seen_at = bs_stmt_int(stmt, BS_C_session_find_seen_at),
			.account = {
				.id = bs_stmt_int(stmt, BS_C_session_find_account_id),
				.public_id = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_session_find_public_id)),
				.email = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_session_find_email)),
				.name = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_session_find_name)),
				.lang = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_session_find_lang)),
				.person_id = bs_stmt_int(stmt, BS_C_session_find_person_id),
				.active = true,
			},
		};
		if (bs_staff_role_of(bs_stmt_str(stmt, BS_C_session_find_role), &out->account.role) != BS_OK)
			rc = bs_fail(err, BS_CORRUPT, "the account '" BS_FMT "' has a role that there is none of", BS_ARG(out->account.email));
	}
	bs_stmt_free(&stmt);
	return rc;
}

bool bs_session_needs_touch(const struct bs_session *session, int64_t now)
{
	return now - session->seen_at >= BS_SESSION_TOUCH;
}

enum bs_rc bs_session_touch(struct bs_db *db, int64_t id, int64_t now, struct bs_err *err)
{
	return bs_db_exec(db, BS_Q_session_touch, BS_VALUES(bs_int(id), bs_int(now)), err);
}

enum bs_rc bs_session_list(struct bs_arena *arena, struct bs_db *db, int64_t account_id, int64_t now, struct bs_session **out,
                           size_t *count, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_session_list, BS_VALUES(bs_int(account_id), bs_int(now - BS_SESSION_LENGTH),
	                            bs_int(now - BS_SESSION_IDLE), bs_int(BS_SESSIONS_SHOWN)), &stmt, err);

	*out = BS_ARRAY(arena, BS_SESSIONS_SHOWN, struct bs_session);
	for (*count = 0; rc == BS_OK && *count < BS_SESSIONS_SHOWN && (rc = bs_stmt_next(stmt, err)) == BS_OK; ++*count)
		(*out)[*count] = (struct bs_session){ .id = bs_stmt_int(stmt, BS_C_session_list_id),
		                                      .created_at = bs_stmt_int(stmt, BS_C_session_list_created_at),
		                                      .seen_at = bs_stmt_int(stmt, BS_C_session_list_seen_at),
		                                      .agent = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_session_list_agent)) };
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_session_end(struct bs_db *db, int64_t account_id, int64_t id, struct bs_err *err)
{
	return bs_db_exec(db, BS_Q_session_remove, BS_VALUES(bs_int(account_id), bs_int(id)), err);
}

enum bs_rc bs_session_end_others(struct bs_db *db, int64_t account_id, int64_t keep, struct bs_err *err)
{
	return bs_db_exec(db, BS_Q_session_remove_others, BS_VALUES(bs_int(account_id), bs_int(keep)), err);
}

struct bs_str bs_csrf_token(struct bs_arena *arena, struct bs_str session_token)
{
	static const char use[] = "form";
	uint8_t hash[crypto_generichash_BYTES];

	crypto_generichash(hash, sizeof(hash), (const uint8_t *)use, sizeof(use) - 1, (const uint8_t *)session_token.ptr,
	                   session_token.len < crypto_generichash_KEYBYTES_MAX ? session_token.len : crypto_generichash_KEYBYTES_MAX);
	return bs_token_text(arena, bs_str_n((const char *)hash, sizeof(hash)));
}

bool bs_csrf_good(struct bs_arena *arena, struct bs_str session_token, struct bs_str given)
{
	struct bs_str wanted = bs_csrf_token(arena, session_token);

	return wanted.len == given.len && sodium_memcmp(wanted.ptr, given.ptr, given.len) == 0;
}
