/* totp.h - the second factor: six digits that change every 30 seconds (TOTP, RFC 6238, with HMAC-SHA-1 as every application has it;
 * through liboath), and the codes that stand in for them when the telephone is gone. A code of one step before or after counts, for
 * clocks that differ; each step counts once. All that writes runs in a write transaction. */
#ifndef BS_ACCOUNT_TOTP_H
#define BS_ACCOUNT_TOTP_H

#include "account/account.h"

enum { BS_TOTP_SECRET = 20 /* bytes */, BS_TOTP_DIGITS = 6, BS_TOTP_SECONDS = 30, BS_RECOVERY_CODES = 10 };

/* A new secret in base32 (RFC 4648, no padding), as people type it into their application. In the arena. */
struct bs_str bs_totp_new(struct bs_arena *arena);
/* otpauth://totp/ISSUER:EMAIL?secret=…&issuer=… */
struct bs_str bs_totp_uri(struct bs_arena *arena, struct bs_str secret, struct bs_str issuer, struct bs_str email);
/* The same as a QR code: an SVG without a size of its own, dark on light in any surroundings. BS_LIMIT: too long for one. */
enum bs_rc bs_totp_svg(struct bs_arena *arena, struct bs_str uri, struct bs_str *out, struct bs_err *err) BS_CHECK;

/* The time step whose code this is, later than `used`; 0 when it is none. White space in the code does not matter. A `used` that lies further
 * ahead than any code that is taken now is from a clock that was ahead, and blocks none: what it guards against is a code that somebody
 * has just read over a shoulder, and those of now were not used. */
int64_t bs_totp_step(struct bs_arena *arena, struct bs_str secret, struct bs_str code, int64_t now, int64_t used);

/* Set the account's second factor up (with the step whose code showed that it works), with fresh recovery codes in *codes, an array of
 * BS_RECOVERY_CODES; they are shown once and kept as hashes. */
enum bs_rc bs_totp_set(const struct bs_account_change *change, const struct bs_account *account, struct bs_str secret, int64_t step,
                       struct bs_str **codes, struct bs_err *err) BS_CHECK;
/* Take it off. */
enum bs_rc bs_totp_clear(const struct bs_account_change *change, const struct bs_account *account, struct bs_err *err) BS_CHECK;
/* Use a code, of the application or a recovery code: *good, and then it never is again. */
enum bs_rc bs_totp_use(struct bs_arena *arena, struct bs_db *db, const struct bs_vault *vault, const struct bs_account *account,
                       struct bs_str code, int64_t now, bool *good, bool *recovery, struct bs_err *err) BS_CHECK;
/* How many recovery codes are left. */
enum bs_rc bs_recovery_left(struct bs_db *db, int64_t account_id, int64_t *out, struct bs_err *err) BS_CHECK;

#endif
