/* sign_in.c - see sign_in.h. */
#include "account/sign_in.h"

#include <inttypes.h>

#include "account/attempt.h"
#include "account/password.h"
#include "account/totp.h"
#include "base/limits.h"

enum { PENDING_SECONDS = 600 };

static const struct bs_str pending_purpose = BS_STR_INIT("sign-in");

struct signing {
	const struct bs_sign_in *with;
	struct bs_signed_in *out;
	struct bs_str email; /* as it was typed, normalised where it could be */
	bool known;          /* account is filled, and in use */
	struct bs_account account;
	struct bs_str code;
	struct bs_str fresh_hash; /* of the password with today's parameters; or empty */
	int64_t tries;
};

static enum bs_rc in_transaction(const struct bs_sign_in *with, enum bs_rc (*fn)(struct bs_db *db, void *ctx, struct bs_err *err),
                                 struct signing *signing, struct bs_err *err)
{
	return bs_pool_transact(with->pool, fn, signing, err);
}

/* Count the try and read the account. */
static enum bs_rc begin(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct signing *s = ctx;
	struct bs_attempt attempt = { .email = s->email, .address = s->with->address };
	enum bs_rc rc = bs_attempt_begin(db, s->with->vault, &attempt, s->with->now, &s->out->wait, err);

	if (rc == BS_LIMIT) {
		s->out->end = BS_SIGN_IN_WAIT;
		return BS_OK;
	}
	if (rc == BS_OK)
		rc = bs_account_by_email(s->with->arena, db, s->email, &s->account, err);
	s->known = rc == BS_OK && s->account.active;
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* A session for the account, and what goes with it. */
static enum bs_rc finish(struct bs_db *db, struct signing *s, struct bs_str detail, struct bs_err *err)
{
	const struct bs_sign_in *with = s->with;
	struct bs_attempt attempt = { .email = s->email, .address = with->address };
	struct bs_audit_entry entry = { .account_id = s->account.id, .who = s->account.name, .action = BS_STR("session.begin"),
		                        .subject = s->account.email, .detail = detail };
	enum bs_rc rc = bs_attempt_succeeded(db, with->vault, &attempt, s->tries, &s->out->failures, err);

	if (rc == BS_OK && s->fresh_hash.len > 0)
		rc = bs_db_exec(db, BS_Q_account_set_password, BS_VALUES(bs_int(s->account.id), bs_text(s->fresh_hash),
		                bs_int(with->now)), err);
	if (rc == BS_OK)
		rc = bs_session_begin(with->arena, db, with->vault, s->account.id, with->agent, with->now, &s->out->session, err);
	if (rc == BS_OK)
		rc = bs_audit_add(with->arena, db, with->vault, &entry, with->now, err);
	s->out->end = BS_SIGN_IN_DONE;
	s->out->account = s->account;
	return rc;
}

static enum bs_rc finish_password(struct bs_db *db, void *ctx, struct bs_err *err)
{
	return finish(db, ctx, BS_STR(""), err);
}

/* What the browser carries from the password to the code: whose, and since when. */
static struct bs_str pending_make(const struct signing *s)
{
	struct bs_str text = bs_arena_printf(s->with->arena, "%" PRId64 " %" PRId64, s->account.id, s->with->now);

	return bs_token_text(s->with->arena, bs_vault_seal(s->with->arena, s->with->vault, pending_purpose, text));
}

enum bs_rc bs_sign_in_password(const struct bs_sign_in *with, struct bs_str email, struct bs_str password, struct bs_signed_in *out,
                               struct bs_err *err)
{
	struct signing s = { .with = with, .out = out, .tries = 1 };
	bool good;
	enum bs_rc rc;

	*out = (struct bs_signed_in){ .end = BS_SIGN_IN_WRONG };
	if (bs_email_normalise(with->arena, bs_str_utf8_prefix(email, BS_MAX_EMAIL), &s.email, err) != BS_OK)
		s.email = bs_str_utf8_prefix(email, BS_MAX_EMAIL);
	rc = in_transaction(with, begin, &s, err);
	if (rc != BS_OK || out->end == BS_SIGN_IN_WAIT)
		return rc;
	good = bs_password_matches(s.known ? s.account.password : BS_STR(""), password);
	if (!good)
		return BS_OK;
	if (s.account.totp_secret.len > 0) {
		out->end = BS_SIGN_IN_CODE;
		out->pending = pending_make(&s);
		return BS_OK;
	}
	if (bs_password_outdated(s.account.password))
		rc = bs_password_hash(with->arena, password, &s.fresh_hash, err);
	return rc == BS_OK ? in_transaction(with, finish_password, &s, err) : rc;
}

/* --- the code ------------------------------------------------------------------------------------------------------------ */

static enum bs_rc take_code(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct signing *s = ctx;
	bool good = false, recovery = false;
	int64_t id = s->account.id;
	enum bs_rc rc = bs_account_by_id(s->with->arena, db, id, &s->account, err);

	s->out->end = BS_SIGN_IN_WRONG;
	if (rc == BS_OK) {
		s->email = s->account.email;
		rc = begin(db, s, err);
	}
	if (rc != BS_OK || s->out->end == BS_SIGN_IN_WAIT || !s->known)
		return rc;
	rc = bs_totp_use(s->with->arena, db, s->with->vault, &s->account, s->code, s->with->now, &good, &recovery, err);
	if (rc != BS_OK || !good)
		return rc;
	return finish(db, s, recovery ? BS_STR("recovery code") : BS_STR(""), err);
}

/* BS_DENIED: it is none of ours; false in *fresh: it is too old. */
static enum bs_rc pending_read(const struct bs_sign_in *with, struct bs_str pending, int64_t *account_id, bool *fresh)
{
	struct bs_str sealed, text, id;
	int64_t since;

	if (bs_token_bytes(with->arena, pending, &sealed) != BS_OK ||
	    bs_vault_open_sealed(with->arena, with->vault, pending_purpose, sealed, &text) != BS_OK || !bs_str_split(&text, ' ', &id) ||
	    bs_str_int(id, account_id) != BS_OK || bs_str_int(text, &since) != BS_OK)
		return BS_DENIED;
	*fresh = with->now - since < PENDING_SECONDS;
	return BS_OK;
}

enum bs_rc bs_sign_in_code(const struct bs_sign_in *with, struct bs_str pending, struct bs_str code, struct bs_signed_in *out,
                           struct bs_err *err)
{
	struct signing s = { .with = with, .out = out, .code = code, .tries = 2 };
	bool fresh = false;

	*out = (struct bs_signed_in){ .end = BS_SIGN_IN_LATE };
	if (pending_read(with, pending, &s.account.id, &fresh) != BS_OK || !fresh)
		return BS_OK;
	return in_transaction(with, take_code, &s, err);
}

/* --- once more ----------------------------------------------------------------------------------------------------------- */

static enum bs_rc forget_tries(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct signing *s = ctx;
	struct bs_attempt attempt = { .email = s->email, .address = s->with->address };
	int64_t failures;

	return bs_attempt_succeeded(db, s->with->vault, &attempt, 1, &failures, err);
}

enum bs_rc bs_sign_in_confirm(const struct bs_sign_in *with, const struct bs_account *account, struct bs_str password, bool *good,
                              int64_t *wait, struct bs_err *err)
{
	struct bs_signed_in out = { .end = BS_SIGN_IN_WRONG };
	struct signing s = { .with = with, .out = &out, .email = account->email };
	enum bs_rc rc = in_transaction(with, begin, &s, err);

	*good = false;
	*wait = out.wait;
	if (rc != BS_OK || out.end == BS_SIGN_IN_WAIT)
		return rc;
	*good = bs_password_matches(s.known ? s.account.password : BS_STR(""), password);
	return *good ? in_transaction(with, forget_tries, &s, err) : BS_OK;
}
