/* password.h - passwords: what is accepted, and how they are kept (argon2id, RFC 9106, through libsodium).
 *
 * A hash takes 64 MiB and two passes, some 100 ms on one core of a small machine, so one is made at a time in a process: the memory
 * that sign-ins take has an end, whoever asks. Safe from any thread; the callers wait for each other. */
#ifndef BS_ACCOUNT_PASSWORD_H
#define BS_ACCOUNT_PASSWORD_H

#include "base/mem.h"

enum { BS_PASSWORD_LEAST = 12 }; /* characters */

enum bs_password_fault {
	BS_PASSWORD_GOOD,
	BS_PASSWORD_SHORT,  /* fewer than BS_PASSWORD_LEAST characters */
	BS_PASSWORD_LONG,   /* over BS_MAX_PASSWORD bytes */
	BS_PASSWORD_SIMPLE, /* fewer than five different characters, or the beginning of the e-mail address */
	BS_PASSWORD_BROKEN, /* no UTF-8, or with a control character */
};

/* Whether somebody with this e-mail address may choose it. There is no rule about kinds of characters: length is what helps. */
enum bs_password_fault bs_password_fault(struct bs_str password, struct bs_str email);
/* The fault in a line for the terminal, without a full stop. */
const char *bs_password_fault_text(enum bs_password_fault fault);

/* The PHC string to store, in the arena. BS_BUSY: not enough memory for it. */
enum bs_rc bs_password_hash(struct bs_arena *arena, struct bs_str password, struct bs_str *out, struct bs_err *err) BS_CHECK;
/* Whether it is the password of this hash. An empty hash matches nothing and takes as long to find out, so that nobody can tell
 * which accounts there are by the clock. */
bool bs_password_matches(struct bs_str hash, struct bs_str password);
/* Whether the hash was made with other parameters than are used now: make it anew when the password is at hand. */
bool bs_password_outdated(struct bs_str hash);

#endif
