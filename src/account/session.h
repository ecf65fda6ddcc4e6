/* session.h - being signed in: a random token in a cookie, whose keyed hash is the key of a row.
 *
 * A session ends when it was not used for BS_SESSION_IDLE, when it is BS_SESSION_LENGTH old, when it is revoked, and when its account
 * is disabled or gets another password. It is looked up with every request, so all of that holds at once. */
#ifndef BS_ACCOUNT_SESSION_H
#define BS_ACCOUNT_SESSION_H

#include "account/account.h"

enum {
	BS_SESSION_IDLE = 12 * 3600,        /* seconds */
	BS_SESSION_LENGTH = 14 * 24 * 3600,
	BS_SESSION_TOUCH = 300,             /* `seen_at` is written this seldom */
	BS_SESSION_TOKEN = 43,              /* characters: 256 bits in base64url */
	BS_SESSIONS_SHOWN = 100,
};

struct bs_session {
	int64_t id;
	int64_t created_at, seen_at;
	struct bs_str agent;       /* only from bs_session_list */
	struct bs_account account; /* without password and second factor; only from bs_session_find */
};

/* Begin one; *token goes into the cookie and is kept nowhere. In a write transaction. */
enum bs_rc bs_session_begin(struct bs_arena *arena, struct bs_db *db, const struct bs_vault *vault, int64_t account_id,
                            struct bs_str agent, int64_t now, struct bs_str *token, struct bs_err *err) BS_CHECK;
/* BS_NOT_FOUND: no such session, or no longer. */
enum bs_rc bs_session_find(struct bs_arena *arena, struct bs_db *db, const struct bs_vault *vault, struct bs_str token, int64_t now,
                           struct bs_session *out, struct bs_err *err) BS_CHECK;
/* Whether it is time to write down that it is in use; then bs_session_touch in a write transaction. */
bool bs_session_needs_touch(const struct bs_session *session, int64_t now);
enum bs_rc bs_session_touch(struct bs_db *db, int64_t id, int64_t now, struct bs_err *err) BS_CHECK;

/* Those of an account that are good still, last used first. */
enum bs_rc bs_session_list(struct bs_arena *arena, struct bs_db *db, int64_t account_id, int64_t now, struct bs_session **out,
                           size_t *count, struct bs_err *err) BS_CHECK;
/* End one of the account's sessions, or all but `keep` (0: all). In a write transaction; the log is told by the caller. */
enum bs_rc bs_session_end(struct bs_db *db, int64_t account_id, int64_t id, struct bs_err *err) BS_CHECK;
enum bs_rc bs_session_end_others(struct bs_db *db, int64_t account_id, int64_t keep, struct bs_err *err) BS_CHECK;

/* The token that every form of a session carries: made of the session's own, so that another site cannot know it. In the arena. */
struct bs_str bs_csrf_token(struct bs_arena *arena, struct bs_str session_token);
bool bs_csrf_good(struct bs_arena *arena, struct bs_str session_token, struct bs_str given);

#endif
