/* audit.h - the audit log: who did what, to what, when; append-only.
 *
 * Entry N has number N. Its hash is HMAC-SHA-256, with the vault's key, over the hash of entry N - 1 and the canonical JSON (RFC
 * 8785) of everything in N; the newest one's number and hash are kept apart under a hash of their own. So a row that was changed,
 * removed, put in or put elsewhere shows, and without the key nobody can mend the chain. What does not show: the whole log and its
 * head put back together to what they were at an earlier time, as a backup would. An entry is written in the transaction of what
 * it tells: neither is there without the other. */
#ifndef BS_ACCOUNT_AUDIT_H
#define BS_ACCOUNT_AUDIT_H

#include "account/vault.h"
#include "store/db.h"

struct bs_audit_entry {
	int64_t number;      /* filled by the log */
	int64_t at;          /* seconds UTC; filled by the log */
	int64_t account_id;  /* 0: the command line, or nobody who is known */
	struct bs_str who;   /* the name at that time; "command line" */
	struct bs_str action; /* a dotted word of the catalogue desk's "audit." messages: "story.publish", "account.disable" … */
	int64_t story_id, revision_id; /* 0: none */
	struct bs_str subject; /* plain: what it was done to, where that is no story; or empty */
	struct bs_str detail;  /* plain: a reason, a role; or empty */
	/* When read from the log alone: */
	struct bs_str title; /* markup, of the story now; or empty */
	int revision;        /* number within the story; 0: none */
};

/* Append. Inside the write transaction of what is told. */
enum bs_rc bs_audit_add(struct bs_arena *arena, struct bs_db *db, const struct bs_vault *vault, const struct bs_audit_entry *entry,
                        int64_t now, struct bs_err *err) BS_CHECK;

struct bs_audit_filter {
	int64_t before;     /* entries with smaller numbers; 0: from the newest */
	int64_t story_id;   /* of this story alone, or … */
	int64_t account_id; /* … by this account alone; 0 and 0: all */
	size_t limit;
};
/* Newest first. */
enum bs_rc bs_audit_list(struct bs_arena *arena, struct bs_db *db, const struct bs_audit_filter *filter, struct bs_audit_entry **out,
                         size_t *count, struct bs_err *err) BS_CHECK;

/* How many entries there should be. */
enum bs_rc bs_audit_length(struct bs_db *db, int64_t *out, struct bs_err *err) BS_CHECK;
/* Walk the whole log. BS_CORRUPT, with the first break in err; *entries is how many were good. */
enum bs_rc bs_audit_verify(struct bs_db *db, const struct bs_vault *vault, int64_t *entries, struct bs_err *err) BS_CHECK;

#endif
