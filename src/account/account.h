/* account.h - staff accounts and the links that make them.
 *
 * What changes an account takes effect at once: a session looks its account up with each request. All that writes runs in the
 * caller's write transaction and tells the audit log there (audit.h); `by` is who does it. Results live in the arena. */
#ifndef BS_ACCOUNT_ACCOUNT_H
#define BS_ACCOUNT_ACCOUNT_H

#include "account/audit.h"
#include "account/permission.h"

struct bs_account {
	int64_t id;
	struct bs_str public_id; /* 16 hexadecimal digits */
	struct bs_str email;     /* normalised */
	struct bs_str name;      /* plain */
	enum bs_staff_role role;
	struct bs_str lang;      /* BCP 47, that the desk speaks; or empty: the publication's */
	int64_t person_id;       /* whose byline they write under; 0: nobody's */
	bool active;
	struct bs_str password;    /* PHC string; or empty */
	struct bs_str totp_secret; /* sealed; or empty */
	int64_t totp_used;
	int64_t created_at, changed_at;
};

/* Who does something, for the log. */
struct bs_actor {
	int64_t account_id; /* 0: the command line */
	struct bs_str name;
};
#define BS_COMMAND_LINE ((struct bs_actor){ 0, BS_STR_INIT("command line") })

/* The address as it is kept and compared: without white space around it, ASCII letters small. BS_INVALID: it cannot be one (one @
 * with something on both sides, no white space or control character, at most BS_MAX_EMAIL bytes). */
enum bs_rc bs_email_normalise(struct bs_arena *arena, struct bs_str text, struct bs_str *out, struct bs_err *err) BS_CHECK;

enum bs_rc bs_account_by_email(struct bs_arena *arena, struct bs_db *db, struct bs_str email, struct bs_account *out,
                               struct bs_err *err) BS_CHECK;
enum bs_rc bs_account_by_id(struct bs_arena *arena, struct bs_db *db, int64_t id, struct bs_account *out, struct bs_err *err) BS_CHECK;
enum bs_rc bs_account_by_public_id(struct bs_arena *arena, struct bs_db *db, struct bs_str public_id, struct bs_account *out,
                                   struct bs_err *err) BS_CHECK;
/* By address, those behind `after`, `limit` at most. */
enum bs_rc bs_account_list(struct bs_arena *arena, struct bs_db *db, struct bs_str after, size_t limit, struct bs_account **out,
                           size_t *count, struct bs_err *err) BS_CHECK;

struct bs_account_change { /* what all that writes is given */
	struct bs_arena *arena;
	struct bs_db *db;
	const struct bs_vault *vault;
	struct bs_actor by;
	int64_t now;
};

/* Whether nobody but the account `id` (0: nobody at all) is called so: case, blanks and punctuation tell no two names apart. The log, revisions
 * and comments know people by their names. */
enum bs_rc bs_account_name_is_free(struct bs_arena *arena, struct bs_db *db, struct bs_str name, int64_t id, bool *is_free,
                                   struct bs_err *err) BS_CHECK;
/* A new account from email (normalised), name, role, lang, person_id and password (a PHC string, or empty); fills the rest.
 *   BS_CONFLICT  there is an account with this address, or one with this name
 *   BS_INVALID   no name, or a language that is not known */
enum bs_rc bs_account_add(const struct bs_account_change *change, struct bs_account *account, struct bs_err *err) BS_CHECK;
/* Keep name, role, lang, person_id and active as they are in `account`. BS_CONFLICT: nobody would be left to manage accounts, or
 * the name is a new one and another account's.
 * Disabling ends the sessions. */
enum bs_rc bs_account_save(const struct bs_account_change *change, const struct bs_account *account, struct bs_err *err) BS_CHECK;
/* A new password (a PHC string), and the end of all sessions but `keep` (0: of all). */
enum bs_rc bs_account_set_password(const struct bs_account_change *change, const struct bs_account *account, struct bs_str hash,
                                   int64_t keep, struct bs_err *err) BS_CHECK;

/* --- bylines ---- */

struct bs_byline { /* a person of the byline, by what tells them apart */
	int64_t person_id;
	struct bs_str slug, name;
};
/* Whom the text names, by slug or else by name.
 *   BS_NOT_FOUND  nobody
 *   BS_CONFLICT   several are called so: *out is one of them, and the slug says which is meant */
enum bs_rc bs_byline_find(struct bs_arena *arena, struct bs_db *db, struct bs_str text, struct bs_byline *out, struct bs_err *err) BS_CHECK;
/* BS_NOT_FOUND */
enum bs_rc bs_byline_of(struct bs_arena *arena, struct bs_db *db, int64_t person_id, struct bs_byline *out, struct bs_err *err) BS_CHECK;

/* --- links ---- */

enum { BS_LINK_HOURS = 72, BS_LINK_TOKEN = 43 /* characters */ };

struct bs_invitation {
	int64_t id;
	int64_t account_id; /* whose password it is for; 0: it makes an account */
	struct bs_str email, name, lang;
	enum bs_staff_role role;
	int64_t expires_at;
};
/* Make a link for it, in place of an earlier one to the same address; good for BS_LINK_HOURS. *token goes into the link and is kept
 * nowhere. BS_CONFLICT: it would make an account that is there. */
enum bs_rc bs_invitation_add(const struct bs_account_change *change, const struct bs_invitation *invitation, struct bs_str *token,
                             struct bs_err *err) BS_CHECK;
/* BS_NOT_FOUND: no such link, it was used, or it is over: who asks never learns which. */
enum bs_rc bs_invitation_find(struct bs_arena *arena, struct bs_db *db, const struct bs_vault *vault, struct bs_str token, int64_t now,
                              struct bs_invitation *out, struct bs_err *err) BS_CHECK;
enum bs_rc bs_invitation_list(struct bs_arena *arena, struct bs_db *db, int64_t now, size_t limit, struct bs_invitation **out,
                              size_t *count, struct bs_err *err) BS_CHECK;
enum bs_rc bs_invitation_remove(const struct bs_account_change *change, const struct bs_invitation *invitation, struct bs_err *err) BS_CHECK;
/* Take the link up: the account of it, made or with its new password; the link is gone. change->by is not looked at: it is the
 * account itself that does this. */
enum bs_rc bs_invitation_use(const struct bs_account_change *change, const struct bs_invitation *invitation, struct bs_str hash,
                             struct bs_account *out, struct bs_err *err) BS_CHECK;

/* --- whose story ---- */

/* Whether the story is theirs: they began it, or their person stands in its byline. */
enum bs_rc bs_story_is_own(struct bs_db *db, int64_t story_id, int64_t account_id, int64_t person_id, bool *own, struct bs_err *err) BS_CHECK;
enum bs_rc bs_story_own(struct bs_db *db, int64_t story_id, int64_t account_id, struct bs_err *err) BS_CHECK;

/* The log's entry of something done by change->by. */
enum bs_rc bs_account_tell(const struct bs_account_change *change, struct bs_audit_entry entry, struct bs_err *err) BS_CHECK;

#endif
