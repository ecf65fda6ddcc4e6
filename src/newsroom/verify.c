/* verify.c - holding the ledger against itself: every passage against its hash, every revision's manifest, made again
 * from the rows, against its hash, its signature and the two links before it. What pages are made from is held against
 * the newest of them in verify/. */
#include <inttypes.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>

#include "newsroom/verify/verifying.h"
#include "text/passage.h"

enum bs_rc bs_verify_broken(struct bs_verifying *v, int64_t revision, struct bs_err *err, const char *fmt, ...)
{
	va_list values;

	v->result->bad_revision = revision;
	va_start(values, fmt);
	vsnprintf(v->result->text, sizeof(v->result->text), fmt, values);
	va_end(values);
	return bs_fail(err, BS_CORRUPT, "%s", v->result->text);
}

static bool hash_is(struct bs_str stored, const uint8_t *hash)
{
	return bs_str_eq(stored, bs_str_n((const char *)hash, BS_HASH_SIZE));
}

static enum bs_rc passage_check(void *ctx, const struct bs_stmt *stmt, struct bs_err *err)
{
	struct bs_verifying *v = ctx;
	struct bs_str markup = bs_stmt_str(stmt, BS_C_passage_walk_markup);
	uint8_t hash[BS_HASH_SIZE], text[BS_HASH_SIZE];

	bs_passage_hash(bs_stmt_str(stmt, BS_C_passage_walk_lang), markup, hash);
	bs_passage_text_hash(markup, text);
	v->result->passages++;
	if (hash_is(bs_stmt_blob(stmt, BS_C_passage_walk_hash), hash) &&
	    hash_is(bs_stmt_blob(stmt, BS_C_passage_walk_text_hash), text))
		return BS_OK;
	return bs_verify_broken(v, 0, err, "passage %" PRId64 " does not have the text that its hash names",
	                        bs_stmt_int(stmt, BS_C_passage_walk_id));
}

enum bs_rc bs_verify_walk(struct bs_db *db, const struct bs_verify_walk *walk, struct bs_err *err)
{
	int64_t last = 0;
	bool more = true;
	enum bs_rc rc = BS_OK;

	while (more && rc == BS_OK) {
		struct bs_stmt *stmt = NULL;
		more = false;
		rc = bs_db_query(db, walk->query, BS_VALUES(bs_int(last)), &stmt, err);
		if (rc == BS_OK && walk->begin != NULL)
			rc = walk->begin(walk->ctx, last, err);
		while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
			last = bs_stmt_int(stmt, walk->id_column);
			more = true;
			rc = walk->check(walk->ctx, stmt, err);
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

/* What is wrong with a revision; NULL: nothing. */
static const char *revision_fault(struct bs_verifying *v, const struct bs_stmt *row, const struct bs_manifest *manifest)
{
	struct bs_str signature = bs_stmt_blob(row, BS_C_revision_walk_signature), bytes = bs_manifest_write(v->arena, manifest);
	uint8_t hash[BS_HASH_SIZE], content[BS_HASH_SIZE];

	crypto_hash_sha256(hash, (const uint8_t *)bytes.ptr, bytes.len);
	bs_manifest_content_hash(v->arena, manifest, content);
	if (!hash_is(bs_stmt_blob(row, BS_C_revision_walk_hash), hash))
		return "its content, or a revision before it, is not what was recorded (the manifest's hash differs)";
	if (!hash_is(bs_stmt_blob(row, BS_C_revision_walk_content_hash), content))
		return "the hash of its content is not that of its content";
	if (signature.len != BS_SIGNATURE_SIZE || !bs_key_verifies(manifest->key, bytes, (const uint8_t *)signature.ptr))
		return "its signature is not by the key that it names";
	return manifest->number > 1 && manifest->previous == NULL ? "the revision before it is missing" : NULL;
}

static enum bs_rc revision_check(struct bs_verifying *v, const struct bs_stmt *row, struct bs_err *err)
{
	int64_t id = bs_stmt_int(row, BS_C_revision_walk_id);
	struct bs_manifest manifest;
	const char *fault;
	enum bs_rc rc;

	if (bs_stmt_is_null(row, BS_C_revision_walk_public_id))
		return bs_verify_broken(v, id, err, "the story of revision %" PRId64 " of the chain is missing (its row %" PRId64 ")", id,
		                        bs_stmt_int(row, BS_C_revision_walk_story_id));
	rc = manifest_load(v->arena, v->db, row, &manifest, err);
	if (rc == BS_CORRUPT)
		return bs_verify_broken(v, id, err, "revision %" PRId64 ": its signing key is not in the ledger", id);
	if (rc != BS_OK)
		return rc;
	fault = revision_fault(v, row, &manifest);
	if (fault == NULL)
		return BS_OK;
	return bs_verify_broken(v, id, err, "story " BS_FMT ", revision %d: %s", BS_ARG(manifest.public_id), manifest.number, fault);
}

static enum bs_rc revision_check_and_tell(void *ctx, const struct bs_stmt *row, struct bs_err *err)
{
	struct bs_verifying *v = ctx;
	enum bs_rc rc = revision_check(v, row, err);

	bs_arena_reset(v->arena);
	if (++v->result->revisions % 500 == 0 && v->options->progress != NULL)
		v->options->progress(v->options->ctx, v->result->revisions, v->all);
	return rc;
}

static enum bs_rc counts_load(struct bs_verifying *v, struct bs_err *err)
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

enum bs_rc bs_ledger_verify(struct bs_db *db, const struct bs_verify_options *options, struct bs_verify_result *out, struct bs_err *err)
{
	static const struct bs_verify_options none = { 0 };
	struct bs_verifying v = { .db = db, .result = out, .options = options != NULL ? options : &none };
	const struct bs_verify_walk walks[] = {
		{ BS_Q_passage_walk, BS_C_passage_walk_id, NULL, passage_check, &v },
		{ BS_Q_revision_walk, BS_C_revision_walk_id, NULL, revision_check_and_tell, &v },
	};
	enum bs_rc rc;

	*out = (struct bs_verify_result){ 0 };
	if (sodium_init() < 0)
		return bs_fail(err, BS_IO, "libsodium does not start");
	v.arena = bs_arena_new();
	rc = bs_db_begin(db, BS_TX_READ, err);
	if (rc == BS_OK)
		rc = counts_load(&v, err);
	for (size_t i = 0; i < BS_COUNT(walks) && rc == BS_OK; i++)
		rc = bs_verify_walk(db, &walks[i], err);
	if (rc == BS_OK)
		rc = bs_verify_shown(&v, err);
	bs_db_rollback(db);
	bs_arena_free(&v.arena);
	return rc;
}
