/* account.c - see account.h; links are in invitation.c. */
#include "account/account.h"

#include "base/limits.h"
#include "base/sys.h"
#include "lang/lang.h"
#include "text/passage.h"

enum bs_rc bs_email_normalise(struct bs_arena *arena, struct bs_str text, struct bs_str *out, struct bs_err *err)
{
	struct bs_str email = bs_arena_copy(arena, bs_str_trim(text));
	size_t at = bs_str_find_byte(email, '@', 0);
	char *letters = (char *)email.ptr;

	if (email.len > BS_MAX_EMAIL || at == 0 || at == SIZE_MAX || at + 1 == email.len ||
	    bs_str_find_byte(email, '@', at + 1) != SIZE_MAX || bs_str_utf8_fault(email) != SIZE_MAX)
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no e-mail address", BS_ARG(email));
	for (size_t i = 0; i < email.len; i++) {
		if ((unsigned char)letters[i] <= ' ' || letters[i] == 0x7F)
			return bs_fail(err, BS_INVALID, "an e-mail address has no white space");
		if (letters[i] >= 'A' && letters[i] <= 'Z')
			letters[i] = (char)(letters[i] - 'A' + 'a');
	}
	*out = email;
	return BS_OK;
}

/* Every query of accounts has the same columns. */
static enum bs_rc account_of(struct bs_arena *arena, const struct bs_stmt *stmt, struct bs_account *out, struct bs_err *err)
{
	struct bs_str role = bs_stmt_str(stmt, BS_C_account_by_id_role);

	*out = (struct bs_account){
		.id = bs_stmt_int(stmt, BS_C_account_by_id_id),
		.public_id = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_account_by_id_public_id)),
		.email = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_account_by_id_email)),
		.name = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_account_by_id_name)),
		.lang = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_account_by_id_lang)),
		.person_id = bs_stmt_int(stmt, BS_C_account_by_id_person_id),
		.active = bs_stmt_int(stmt, BS_C_account_by_id_active) != 0,
		.password = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_account_by_id_password)),
		.totp_secret = bs_arena_copy(arena, bs_stmt_blob(stmt, BS_C_account_by_id_totp_secret)),
		.totp_used = bs_stmt_int(stmt, BS_C_account_by_id_totp_used),
		.created_at = bs_stmt_int(stmt, BS_C_account_by_id_created_at),
		.changed_at = bs_stmt_int(stmt, BS_C_account_by_id_changed_at),
	};
	if (bs_staff_role_of(role, &out->role) != BS_OK)
		return bs_fail(err, BS_CORRUPT, "the account '" BS_FMT "' has the role '" BS_FMT "', which there is none of", BS_ARG(out->email),
		               BS_ARG(role));
	return BS_OK;
}

static enum bs_rc find(struct bs_arena *arena, struct bs_db *db, const struct bs_query *query, struct bs_param key,
                       struct bs_account *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, query, BS_VALUES(key), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		rc = account_of(arena, stmt, out, err);
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_account_by_email(struct bs_arena *arena, struct bs_db *db, struct bs_str email, struct bs_account *out, struct bs_err *err)
{
	enum bs_rc rc = find(arena, db, BS_Q_account_by_email, bs_text(email), out, err);

	return rc == BS_NOT_FOUND ? bs_fail(err, rc, "there is no account '" BS_FMT "'", BS_ARG(email)) : rc;
}

enum bs_rc bs_account_by_id(struct bs_arena *arena, struct bs_db *db, int64_t id, struct bs_account *out, struct bs_err *err)
{
	enum bs_rc rc = find(arena, db, BS_Q_account_by_id, bs_int(id), out, err);

	return rc == BS_NOT_FOUND ? bs_fail(err, rc, "there is no such account") : rc;
}

enum bs_rc bs_account_by_public_id(struct bs_arena *arena, struct bs_db *db, struct bs_str public_id, struct bs_account *out,
                                   struct bs_err *err)
{
	enum bs_rc rc = find(arena, db, BS_Q_account_by_public_id, bs_text(public_id), out, err);

	return rc == BS_NOT_FOUND ? bs_fail(err, rc, "there is no such account") : rc;
}

enum bs_rc bs_account_list(struct bs_arena *arena, struct bs_db *db, struct bs_str after, size_t limit, struct bs_account **out,
                           size_t *count, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_account_list, BS_VALUES(bs_text(after), bs_int((int64_t)limit)), &stmt, err);

	*out = BS_ARRAY(arena, limit, struct bs_account);
	for (*count = 0; rc == BS_OK && *count < limit && (rc = bs_stmt_next(stmt, err)) == BS_OK; ++*count) {
		rc = account_of(arena, stmt, &(*out)[*count], err);
		if (rc != BS_OK)
			break;
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_account_tell(const struct bs_account_change *change, struct bs_audit_entry entry, struct bs_err *err)
{
	entry.account_id = change->by.account_id;
	entry.who = change->by.name;
	return bs_audit_add(change->arena, change->db, change->vault, &entry, change->now, err);
}

static enum bs_rc check(const struct bs_account *account, struct bs_err *err)
{
	if (bs_str_trim(account->name).len == 0)
		return bs_fail(err, BS_INVALID, "an account needs a name");
	if (account->name.len > BS_MAX_PERSON_NAME)
		return bs_fail(err, BS_LIMIT, "a name may have %d bytes", BS_MAX_PERSON_NAME);
	if (account->lang.len > 0 && bs_lang_find(account->lang) == NULL)
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no language that is known; write a BCP 47 tag such as en or zh-Hans",
		               BS_ARG(account->lang));
	return BS_OK;
}

enum bs_rc bs_account_name_is_free(struct bs_arena *arena, struct bs_db *db, struct bs_str name, int64_t id, bool *is_free,
                                   struct bs_err *err)
{
	struct bs_str folded = bs_plain_text_fold(arena, name);
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_account_names, BS_VALUES(bs_int(id)), &stmt, err);

	*is_free = true;
	while (rc == BS_OK && *is_free && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_str other = bs_stmt_str(stmt, BS_C_account_names_name);
		/* Nothing is left of a name that is all punctuation. */
		*is_free = folded.len > 0 ? !bs_str_eq(bs_plain_text_fold(arena, other), folded) : !bs_str_eq(bs_str_trim(other), bs_str_trim(name));
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc check_name(const struct bs_account_change *change, const struct bs_account *account, struct bs_err *err)
{
	bool is_free;
	enum bs_rc rc = bs_account_name_is_free(change->arena, change->db, account->name, account->id, &is_free, err);

	return rc == BS_OK && !is_free ? bs_fail(err, BS_CONFLICT, "another account has the name '" BS_FMT "'; give one that tells the two apart",
	                                         BS_ARG(account->name)) : rc;
}

enum bs_rc bs_account_add(const struct bs_account_change *change, struct bs_account *account, struct bs_err *err)
{
	struct bs_account other;
	uint8_t random[8];
	char hex[2 * sizeof(random)];
	enum bs_rc rc = check(account, err);

	if (rc == BS_OK)
		rc = bs_account_by_email(change->arena, change->db, account->email, &other, err);
	if (rc == BS_OK)
		return bs_fail(err, BS_CONFLICT, "there is an account '" BS_FMT "' already", BS_ARG(account->email));
	if (rc == BS_NOT_FOUND)
		rc = check_name(change, account, err);
	if (rc != BS_OK)
		return rc;
	bs_random_bytes(random, sizeof(random));
	bs_hex_encode(random, sizeof(random), hex);
	account->public_id = bs_arena_copy(change->arena, bs_str_n(hex, sizeof(hex)));
	account->active = true;
	account->created_at = account->changed_at = change->now;
	rc = bs_db_int(change->db, BS_Q_account_add, BS_VALUES(bs_text(account->public_id), bs_text(account->email),
	               bs_text(account->name), bs_text(bs_staff_role_name(account->role)), bs_text(account->lang),
	               bs_ref(account->person_id), bs_text(account->password), bs_blob(BS_STR("")), bs_int(change->now)),
	               &account->id, err);
	if (rc == BS_OK)
		rc = bs_account_tell(change, (struct bs_audit_entry){ .action = BS_STR("account.add"), .subject = account->email,
		                     .detail = bs_staff_role_name(account->role) }, err);
	return rc;
}

/* Somebody must be left who can manage accounts. */
static enum bs_rc check_administrators(const struct bs_account_change *change, const struct bs_account *before,
                                       const struct bs_account *after, struct bs_err *err)
{
	bool was = before->active && before->role == BS_STAFF_ADMINISTRATOR;
	bool is = after->active && after->role == BS_STAFF_ADMINISTRATOR;
	int64_t others = 0;
	enum bs_rc rc;

	if (!was || is)
		return BS_OK;
	rc = bs_db_int(change->db, BS_Q_account_administrators, BS_VALUES(bs_int(after->id)), &others, err);
	if (rc == BS_OK && others == 0)
		rc = bs_fail(err, BS_CONFLICT, "'" BS_FMT "' is the only administrator; make another one first", BS_ARG(after->email));
	return rc;
}

static enum bs_rc tell_byline(const struct bs_account_change *change, const struct bs_account *after, struct bs_err *err)
{
	struct bs_byline byline = { 0 };
	enum bs_rc rc = after->person_id != 0 ? bs_byline_of(change->arena, change->db, after->person_id, &byline, err) : BS_OK;

	return rc == BS_OK ? bs_account_tell(change, (struct bs_audit_entry){ .action = BS_STR("account.byline"), .subject = after->email,
	                                     .detail = byline.slug }, err) : rc;
}

/* One entry for each thing that changed. */
static enum bs_rc tell_changes(const struct bs_account_change *change, const struct bs_account *before, const struct bs_account *after,
                               struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	if (before->active != after->active)
		rc = bs_account_tell(change, (struct bs_audit_entry){ .subject = after->email,
		                     .action = after->active ? BS_STR("account.enable") : BS_STR("account.disable") }, err);
	if (rc == BS_OK && before->role != after->role)
		rc = bs_account_tell(change, (struct bs_audit_entry){ .action = BS_STR("account.role"), .subject = after->email,
		                     .detail = bs_staff_role_name(after->role) }, err);
	if (rc == BS_OK && before->person_id != after->person_id)
		rc = tell_byline(change, after, err);
	if (rc == BS_OK && (!bs_str_eq(before->name, after->name) || !bs_str_eq(before->lang, after->lang)))
		rc = bs_account_tell(change, (struct bs_audit_entry){ .action = BS_STR("account.change"), .subject = after->email,
		                     .detail = after->name }, err);
	return rc;
}

enum bs_rc bs_account_save(const struct bs_account_change *change, const struct bs_account *account, struct bs_err *err)
{
	struct bs_account before;
	enum bs_rc rc = check(account, err);

	if (rc == BS_OK)
		rc = bs_account_by_id(change->arena, change->db, account->id, &before, err);
	if (rc == BS_OK)
		rc = check_administrators(change, &before, account, err);
	if (rc == BS_OK && !bs_str_eq(before.name, account->name))
		rc = check_name(change, account, err);
	if (rc == BS_OK)
		rc = bs_db_exec(change->db, BS_Q_account_set, BS_VALUES(bs_int(account->id), bs_text(account->name),
		                bs_text(bs_staff_role_name(account->role)), bs_text(account->lang), bs_ref(account->person_id),
		                bs_int(account->active), bs_int(change->now)), err);
	if (rc == BS_OK && !account->active)
		rc = bs_db_exec(change->db, BS_Q_session_remove_others, BS_VALUES(bs_int(account->id), bs_int(0)), err);
	return rc == BS_OK ? tell_changes(change, &before, account, err) : rc;
}

enum bs_rc bs_account_set_password(const struct bs_account_change *change, const struct bs_account *account, struct bs_str hash,
                                   int64_t keep, struct bs_err *err)
{
	enum bs_rc rc = bs_db_exec(change->db, BS_Q_account_set_password,
	                           BS_VALUES(bs_int(account->id), bs_text(hash), bs_int(change->now)), err);

	if (rc == BS_OK)
		rc = bs_db_exec(change->db, BS_Q_session_remove_others, BS_VALUES(bs_int(account->id), bs_int(keep)), err);
	if (rc == BS_OK)
		rc = bs_account_tell(change, (struct bs_audit_entry){ .action = BS_STR("account.password"), .subject = account->email }, err);
	return rc;
}

enum bs_rc bs_story_is_own(struct bs_db *db, int64_t story_id, int64_t account_id, int64_t person_id, bool *own, struct bs_err *err)
{
	int64_t found = 0;
	enum bs_rc rc = bs_db_int(db, BS_Q_story_is_own, BS_VALUES(bs_int(story_id), bs_int(account_id), bs_int(person_id)), &found, err);

	*own = rc == BS_OK;
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_story_own(struct bs_db *db, int64_t story_id, int64_t account_id, struct bs_err *err)
{
	return bs_db_exec(db, BS_Q_story_owner_add, BS_VALUES(bs_int(story_id), bs_int(account_id)), err);
}
