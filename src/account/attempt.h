/* attempt.h - how often somebody may try to sign in.
 *
 * Three counts of failures: of an account from one address, of an address, of an account from everywhere. Beyond the first few each
 * further failure doubles the time until the next try, up to an end; a day without one forgets. The counts are in the database, so
 * they survive a restart and hold for all processes. Accounts that there are none of are counted alike, so nobody learns which there
 * are. Addresses of IPv6 count by /64. Neither addresses nor accounts are stored, only keyed hashes of them. */
#ifndef BS_ACCOUNT_ATTEMPT_H
#define BS_ACCOUNT_ATTEMPT_H

#include "account/vault.h"
#include "store/db.h"

struct bs_attempt {
	struct bs_str email;   /* normalised */
	struct bs_str address; /* of the peer, as bs_request_address has it; or empty */
};

/* Count a try as failed before it is judged, so that tries at the same time count, too. Runs in a write transaction.
 *   BS_LIMIT  too many: *wait is the seconds until the next may be made. Nothing was counted. */
enum bs_rc bs_attempt_begin(struct bs_db *db, const struct bs_vault *vault, const struct bs_attempt *attempt, int64_t now, int64_t *wait,
                            struct bs_err *err) BS_CHECK;
/* `tries` of them (password and code) succeeded: forget the failures of the account, and so many of the address. *failures is how often
 * somebody else failed at the account meanwhile. In a write transaction. */
enum bs_rc bs_attempt_succeeded(struct bs_db *db, const struct bs_vault *vault, const struct bs_attempt *attempt, int64_t tries,
                                int64_t *failures, struct bs_err *err) BS_CHECK;

#endif
