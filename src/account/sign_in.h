/* sign_in.h - from an e-mail address and a password to a session.
 *
 * Whatever is wrong, the answer is the same and takes the same time: an account that there is none of, one that is disabled, a wrong
 * password. Only who knows the password learns that a code is needed. Takes a connection of the pool for short transactions and holds
 * none while a password is hashed. */
#ifndef BS_ACCOUNT_SIGN_IN_H
#define BS_ACCOUNT_SIGN_IN_H

#include "account/session.h"
#include "store/pool.h"

struct bs_sign_in {
	struct bs_arena *arena;
	struct bs_pool *pool;
	const struct bs_vault *vault;
	int64_t now;
	struct bs_str address; /* of the peer */
	struct bs_str agent;   /* what the browser calls itself */
};

enum bs_sign_in_end {
	BS_SIGN_IN_DONE,  /* session is filled */
	BS_SIGN_IN_CODE,  /* the password was right; pending is filled, give it to bs_sign_in_code with a code */
	BS_SIGN_IN_WRONG,
	BS_SIGN_IN_WAIT,  /* too many tries; wait is filled */
	BS_SIGN_IN_LATE,  /* the time between password and code is over: begin anew */
};

struct bs_signed_in {
	enum bs_sign_in_end end;
	struct bs_str session; /* the cookie's token */
	struct bs_str pending; /* sealed; good for ten minutes */
	int64_t wait;          /* seconds */
	int64_t failures;      /* tries that failed since the last time */
	struct bs_account account; /* of BS_SIGN_IN_DONE */
};

/* Results other than BS_OK are the database's. */
enum bs_rc bs_sign_in_password(const struct bs_sign_in *with, struct bs_str email, struct bs_str password, struct bs_signed_in *out,
                               struct bs_err *err) BS_CHECK;
enum bs_rc bs_sign_in_code(const struct bs_sign_in *with, struct bs_str pending, struct bs_str code, struct bs_signed_in *out,
                           struct bs_err *err) BS_CHECK;

/* Whether who is signed in knows the account's password, before something that a session alone should not be enough for. Counted as tries to
 * sign in are: *wait is the seconds until the next, when there were too many. */
enum bs_rc bs_sign_in_confirm(const struct bs_sign_in *with, const struct bs_account *account, struct bs_str password, bool *good,
                              int64_t *wait, struct bs_err *err) BS_CHECK;

#endif
