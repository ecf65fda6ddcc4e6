/* verify.c - holding the ledger against itself: every passage against its hash, every revision's manifest, made again
 * from the rows, against its hash, its signature and the two links before it. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>

#include "newsroom/saving.h"
#include "text/passage.h"

struct verifying {
	struct bs_db *db;
	struct bs_arena *arena; /* reset for each revision */
	struct bs_verify_result *result;
	void (*progress)(void *ctx, int64_t done, int64_t all);
	void *ctx;
	int64_t all;
};

static enum bs_rc broken(struct verifying *v, int64_t revision, struct bs_err *err, const char *text)
{
	v->result->bad_revision = revision;
	snprintf(v->result->text, sizeof(v->result->text), "%s", text);
	return bs_fail(err, BS_CORRUPT, "%s", text);
}

static bool hash_is(struct bs_str stored, const uint8_t *hash)
{
	return bs_str_eq(stored, bs_str_n((const char *)hash, BS_HASH_SIZE));
}

static enum bs_rc passage_check(struct verifying *v, const struct bs_stmt *stmt, struct bs_err *err)
{
	struct bs_str markup = bs_stmt_str(stmt, BS_C_passage_walk_markup);
	uint8_t hash[BS_HASH_SIZE], text[BS_HASH_SIZE];
	char message[128];

	bs_passage_hash(bs_stmt_str(stmt, BS_C_passage_walk_lang), markup, hash);
	bs_passage_text_hash(markup, text);
	v->result->passages++;
	if (hash_is(bs_stmt_blob(stmt, BS_C_passage_walk_hash), hash) &&
	    hash_is(bs_stmt_blob(stmt, BS_C_passage_walk_text_hash), text))
		return BS_OK;
	snprintf(message, sizeof(message), "passage %" PRId64 " does not have the text that its hash names",
	         bs_stmt_int(stmt, BS_C_passage_walk_id));
	return broken(v, 0, err, message);
}

/* Every row of a query that begins behind an id, a part at a time: no statement stays open for as long as the whole ledger takes. */
static enum bs_rc walk(struct verifying *v, const struct bs_query *query, int id_column,
                       enum bs_rc (*check)(struct verifying *v, const struct bs_stmt *row, struct bs_err *err), struct bs_err *err)
{
	int64_t last = 0;
	bool more = true;
	enum bs_rc rc = BS_OK;

	while (more && rc == BS_OK) {
		struct bs_stmt *stmt = NULL;
		more = false;
		rc = bs_db_query(v->db, query, BS_VALUES(bs_int(last)), &stmt, err);
		while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
			last = bs_stmt_int(stmt, id_column);
			more = true;
			rc = check(v, stmt, err);
		}
		bs_stmt_free(&stmt);
		if (rc == BS_NOT_FOUND)
			rc = BS_OK;
	}
	return rc;
}

/* The body as entries with the stored hashes, which passage_check has held against the texts. */
static enum bs_rc entries_load(struct bs_arena *arena, struct bs_db *db, int64_t body_id, struct bs_manifest *out,
                               struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	struct bs_entry *entries = NULL;
	size_t room = 0, count = 0;
	enum bs_rc rc = bs_db_query(db, BS_Q_body_load, BS_VALUES(bs_int(body_id)), &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_str hash = bs_stmt_blob(stmt, BS_C_body_load_hash);
		BS_GROW(arena, entries, count, room, 32);
		entries[count] = (struct bs_entry){ .path = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_body_load_path)),
		                                    .attrs = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_body_load_attrs)) };
		if (hash.len == BS_HASH_SIZE)
			memcpy(entries[count].hash, hash.ptr, BS_HASH_SIZE);
		count++;
	}
	bs_stmt_free(&stmt);
	out->entries = entries;
	out->entry_count = count;
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* One hash by a query; NULL in *out when there is none. */
static enum bs_rc hash_load(struct bs_arena *arena, struct bs_db *db, const struct bs_query *query,
                            struct bs_values values, const uint8_t **out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, query, values, &stmt, err);

	*out = NULL;
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK && bs_stmt_blob(stmt, 0).len == BS_HASH_SIZE)
		*out = (const uint8_t *)bs_arena_copy(arena, bs_stmt_blob(stmt, 0)).ptr;
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* Fill the manifest from a row of revision-walk or revision-get, which have the same columns. */
static enum bs_rc manifest_load(struct bs_arena *arena, struct bs_db *db, const struct bs_stmt *row,
                                struct bs_manifest *out, struct bs_err *err)
{
	struct bs_str key = bs_stmt_blob(row, BS_C_revision_walk_public_key);
	int64_t story = bs_stmt_int(row, BS_C_revision_walk_story_id), body = bs_stmt_int(row, BS_C_revision_walk_body_id);
	int64_t id = bs_stmt_int(row, BS_C_revision_walk_id);
	enum bs_rc rc;

	if (key.len != BS_PUBLIC_KEY_SIZE)
		return bs_fail(err, BS_CORRUPT, "revision %" PRId64 ": its signing key is not in the ledger", id);
	*out = (struct bs_manifest){
		.meta = bs_arena_copy(arena, bs_stmt_str(row, BS_C_revision_walk_meta)),
		.public_id = bs_arena_copy(arena, bs_stmt_str(row, BS_C_revision_walk_public_id)),
		.number = (int)bs_stmt_int(row, BS_C_revision_walk_number),
		.created_at = bs_stmt_int(row, BS_C_revision_walk_created_at),
		.key = (const uint8_t *)bs_arena_copy(arena, key).ptr,
	};
	rc = hash_load(arena, db, BS_Q_revision_before_in_chain, BS_VALUES(bs_int(id)), &out->chain, err);
	if (rc == BS_OK)
		rc = hash_load(arena, db, BS_Q_revision_before_in_story, BS_VALUES(bs_int(story), bs_int(out->number)),
		               &out->previous, err);
	return rc == BS_OK ? entries_load(arena, db, body, out, err) : rc;
}

enum bs_rc bs_manifest_make(struct bs_arena *arena, struct bs_db *db, int64_t revision_id, struct bs_str *out,
                            struct bs_err *err)
{
	struct bs_manifest manifest;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_revision_get, BS_VALUES(bs_int(revision_id)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		rc = manifest_load(arena, db, stmt, &manifest, err);
	bs_stmt_free(&stmt);
	if (rc == BS_OK)
		*out = bs_manifest_write(arena, &manifest);
	return rc;
}

static enum bs_rc revision_check(struct verifying *v, const struct bs_stmt *row, struct bs_err *err)
{
	int64_t id = bs_stmt_int(row, BS_C_revision_walk_id);
	struct bs_str signature = bs_stmt_blob(row, BS_C_revision_walk_signature), bytes;
	struct bs_manifest manifest;
	uint8_t hash[BS_HASH_SIZE];
	const char *fault = NULL;
	char message[192];
	enum bs_rc rc = manifest_load(v->arena, v->db, row, &manifest, err);

	if (rc == BS_CORRUPT)
		return broken(v, id, err, err != NULL ? err->text : "a revision is damaged");
	if (rc != BS_OK)
		return rc;
	bytes = bs_manifest_write(v->arena, &manifest);
	crypto_hash_sha256(hash, (const uint8_t *)bytes.ptr, bytes.len);
	if (!hash_is(bs_stmt_blob(row, BS_C_revision_walk_hash), hash))
		fault = "its content, or a revision before it, is not what was recorded (the manifest's hash differs)";
	else if (signature.len != BS_SIGNATURE_SIZE ||
	         !bs_key_verifies(manifest.key, bytes, (const uint8_t *)signature.ptr))
		fault = "its signature is not by the key that it names";
	else if (manifest.number > 1 && manifest.previous == NULL)
		fault = "the revision before it is missing";
	if (fault == NULL)
		return BS_OK;
	snprintf(message, sizeof(message), "story %.*s, revision %d: %s", (int)(manifest.public_id.len > 40 ? 40 : manifest.public_id.len),
	         manifest.public_id.ptr, manifest.number, fault);
	return broken(v, id, err, message);
}

static enum bs_rc revision_check_and_tell(struct verifying *v, const struct bs_stmt *row, struct bs_err *err)
{
	enum bs_rc rc = revision_check(v, row, err);

	bs_arena_reset(v->arena);
	if (++v->result->revisions % 500 == 0 && v->progress != NULL)
		v->progress(v->ctx, v->result->revisions, v->all);
	return rc;
}

/* What readers see is the newest revision of each story. */
static enum bs_rc projection_check(struct verifying *v, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(v->db, BS_Q_story_newest_mismatch, BS_NO_VALUES, &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		struct bs_str id = bs_stmt_str(stmt, 0);
		char message[192];
		snprintf(message, sizeof(message), "story %.*s does not show its newest revision", BS_ARG(id));
		rc = broken(v, 0, err, message);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc counts_load(struct verifying *v, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(v->db, BS_Q_revision_counts, BS_NO_VALUES, &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		v->all = bs_stmt_int(stmt, BS_C_revision_counts_revisions);
		v->result->stories = bs_stmt_int(stmt, BS_C_revision_counts_stories);
	}
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_ledger_verify(struct bs_db *db, void (*progress)(void *ctx, int64_t done, int64_t all), void *ctx,
                            struct bs_verify_result *out, struct bs_err *err)
{
	struct verifying v = { .db = db, .result = out, .progress = progress, .ctx = ctx };
	enum bs_rc rc;

	*out = (struct bs_verify_result){ 0 };
	if (sodium_init() < 0)
		return bs_fail(err, BS_IO, "libsodium does not start");
	v.arena = bs_arena_new();
	rc = bs_db_begin(db, BS_TX_READ, err);
	if (rc == BS_OK)
		rc = counts_load(&v, err);
	if (rc == BS_OK)
		rc = walk(&v, BS_Q_passage_walk, BS_C_passage_walk_id, passage_check, err);
	if (rc == BS_OK)
		rc = walk(&v, BS_Q_revision_walk, BS_C_revision_walk_id, revision_check_and_tell, err);
	if (rc == BS_OK)
		rc = projection_check(&v, err);
	bs_db_rollback(db);
	bs_arena_free(&v.arena);
	return rc;
}
