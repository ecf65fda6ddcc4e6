/* ledger.h - the append-only record: passages, bodies, revisions, and the signed chain of their manifests.
 *
 * A revision is published by what its manifest says. The manifest is canonical JSON (RFC 8785):
 *
 *   {"broadsheet":1,                     the version of this form
 *    "chain":"<hex>",                    manifest hash of the revision before this one in the newsroom, null for the first
 *    "created":"2025-11-14T09:30:00Z",
 *    "key":"<hex>",                      Ed25519 public key that signs
 *    "meta":{…},                         kind, status, language, slug, times, byline, terms, source, image, licence …
 *    "passages":[["@title","","<hex>"],["p","","<hex>"],["ol/li","start=3","<hex>"], …]   place, attributes, passage hash
 *    "previous":"<hex>",                 manifest hash of the story's revision before, null for its first
 *    "revision":2,
 *    "story":"<public id>"}
 *
 * Its hash is SHA-256 (FIPS 180-4) of those bytes, its signature Ed25519 (RFC 8032) over those bytes. Manifests are not
 * stored: they are made again from the rows, so that a row changed behind the ledger's back shows.
 *
 * Writers are one at a time (the store's write transaction). A ledger is read-only after opening and safe from any
 * thread, each with its own bs_db. */
#ifndef BS_NEWSROOM_LEDGER_H
#define BS_NEWSROOM_LEDGER_H

#include "lang/lang.h"
#include "newsroom/draft.h"
#include "store/db.h"

struct bs_ledger;

enum { BS_HASH_SIZE = 32, BS_SIGNATURE_SIZE = 64, BS_PUBLIC_KEY_SIZE = 32, BS_PUBLIC_ID_LEN = 16 };

/* Make the signing key in the folder (keys/ledger.key, mode 0600, and keys/ledger.pub). BS_CONFLICT when there is one. */
enum bs_rc bs_ledger_init(const char *keys_dir, struct bs_err *err) BS_CHECK;
/* Read the key and see that the database knows it (writes its public half once). `db` is a writer outside a
 * transaction. BS_DENIED when the key file is readable by others; BS_NOT_FOUND when there is none. */
enum bs_rc bs_ledger_open(const char *keys_dir, struct bs_db *db, int64_t now, struct bs_ledger **out,
                          struct bs_err *err) BS_CHECK;
void bs_ledger_close(struct bs_ledger **ledger);

struct bs_saved {
	int64_t story_id;
	int64_t revision_id;
	int number;   /* of the story's revisions, from 1 */
	bool changed; /* false: the newest revision already says all this; nothing was written */
};

/* Write the draft as the newest revision of its story, with every projection (story, byline, terms, listings, search,
 * citations, corrections) and the tags it touches. Runs inside the caller's write transaction; on anything but BS_OK
 * the caller rolls back (or back to a savepoint).
 *   BS_INVALID   no title, an unknown language, times that contradict the status, a correction that is no longer there
 *   BS_CONFLICT  the slug, as given, is the address of another story, or one of draft->addresses is
 *   BS_NOT_FOUND translation_of, a notice or a nameless person is not known
 *   BS_LIMIT     over a cap of limits.h */
enum bs_rc bs_story_save(struct bs_arena *arena, struct bs_ledger *ledger, struct bs_db *db,
                         const struct bs_draft *draft, int64_t now, struct bs_saved *out, struct bs_err *err) BS_CHECK;

/* The newest revision as the draft that says all of it again: to save it changes nothing, unless people or terms that it names were
 * renamed, merged or removed since; they are named as they are now. `addresses` are all that lead to the story, its own among them.
 *   BS_NOT_FOUND  no such story
 *   BS_CORRUPT    its revision does not say what every one says */
enum bs_rc bs_draft_load(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct bs_draft *out,
                         struct bs_err *err) BS_CHECK;

/* The same of an earlier revision, by its number in the story; what no revision says is as it is now. Times that the text was updated or
 * corrected are those of that revision: who saves it anew sees to them. */
enum bs_rc bs_draft_load_revision(struct bs_arena *arena, struct bs_db *db, int64_t story_id, int number, struct bs_draft *out,
                                  struct bs_err *err) BS_CHECK;

/* The scheduled stories that are next, in the order of their times. */
struct bs_scheduled {
	int64_t story_id;
	int64_t at; /* when it is to be published */
};
enum { BS_SCHEDULED_MAX = 200 };
enum bs_rc bs_story_scheduled(struct bs_arena *arena, struct bs_db *db, struct bs_scheduled **out, size_t *count,
                              struct bs_err *err) BS_CHECK;
/* Show a scheduled story to readers, if its time has come: its newest revision is projected as published, and the tags of
 * what shows it are touched. No revision is written: the one there is says when it becomes public. *released is false, and
 * nothing was written, when there is no such story, it is not scheduled, or `now` is before its time. Inside a write
 * transaction; on anything but BS_OK the caller rolls back. docs/decisions/008-publishing-on-time.md. */
enum bs_rc bs_story_release(struct bs_arena *arena, struct bs_db *db, int64_t story_id, int64_t now, bool *released,
                            struct bs_err *err) BS_CHECK;

/* Store a list of passages that is not a story's (biography, notice, description); *out is its id. The same list
 * again gives the same id when `same_as` (or 0) holds it. */
enum bs_rc bs_body_save(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, const struct bs_body *body,
                        int64_t same_as, int64_t *out, struct bs_err *err) BS_CHECK;
/* Read one back; blocks with '@' paths included, in order. BS_NOT_FOUND when there is none. */
enum bs_rc bs_body_load(struct bs_arena *arena, struct bs_db *db, int64_t body_id, struct bs_body *out,
                        struct bs_err *err) BS_CHECK;
/* A block's attributes, where it is in another language than what stands around it: readers see the mark, screen readers change their voice. */
struct bs_str bs_attrs_in(struct bs_arena *arena, struct bs_str attrs, const struct bs_lang *lang);
/* The same with what its passages say in `lang`, those that are not translated as they were written. */
enum bs_rc bs_body_load_in(struct bs_arena *arena, struct bs_db *db, int64_t body_id, struct bs_str lang, struct bs_body *out,
                           struct bs_err *err) BS_CHECK;

struct bs_verify_options {
	int64_t now; /* to see that no scheduled story is shown before its time; 0: not looked at */
	void (*progress)(void *ctx, int64_t done, int64_t all); /* or NULL: called now and then with revisions done and all there are */
	void *ctx;
};
struct bs_verify_result {
	int64_t stories, revisions, passages;
	int64_t renamed; /* stories that name people, terms or notices which were renamed, merged or removed since */
	/* The first break; text "" when all is well. */
	int64_t bad_revision; /* 0: it is no revision's */
	char text[256];
};
/* Check every passage against its hash, every revision's manifest against its hash, its signature and both of the links before it, and
 * what pages are made from (the story's row, byline, terms, notices, corrections, address, lists) against its newest revision. Not signed,
 * so not seen here: names and texts of people, terms and notices, settings, translations; nor that the end of the chain was cut off with
 * all that hangs on it. `options` may be NULL. BS_CORRUPT with *out filled when there is a break. */
enum bs_rc bs_ledger_verify(struct bs_db *db, const struct bs_verify_options *options, struct bs_verify_result *out,
                            struct bs_err *err) BS_CHECK;

struct bs_signer {
	char key[2 * BS_PUBLIC_KEY_SIZE + 1]; /* public, of the newest revision, hexadecimal; "" while there is none */
	int64_t others; /* revisions that are signed by another */
	bool compared;  /* with the key in the folder; false: there is none, or it may not be read */
};
/* Look whether the newest revision is signed by the newsroom's own key: what it names by its hash, and what that names, is every revision
 * before it, whatever key signed those. BS_CORRUPT: it is not, or the files of the key do not fit each other. */
enum bs_rc bs_ledger_signer(const char *keys_dir, struct bs_db *db, struct bs_signer *out, struct bs_err *err) BS_CHECK;

/* The manifest's bytes, as they were signed. */
enum bs_rc bs_manifest_make(struct bs_arena *arena, struct bs_db *db, int64_t revision_id, struct bs_str *out,
                            struct bs_err *err) BS_CHECK;

#endif
