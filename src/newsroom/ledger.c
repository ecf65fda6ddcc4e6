/* ledger.c - opening the ledger; passages and bodies; see ledger.h. */
#include "newsroom/saving.h"

#include <stdlib.h>

#include "base/map.h"
#include "text/passage.h"

static enum bs_rc key_known(struct bs_db *db, struct bs_ledger *ledger, int64_t now, struct bs_err *err)
{
	struct bs_str pub = bs_str_n((const char *)ledger->key.pub, sizeof(ledger->key.pub));
	enum bs_rc rc = bs_db_int(db, BS_Q_signing_key_find, BS_VALUES(bs_blob(pub)), &ledger->key_id, err);

	if (rc != BS_NOT_FOUND)
		return rc;
	return bs_db_int(db, BS_Q_signing_key_add, BS_VALUES(bs_blob(pub), bs_int(now)), &ledger->key_id, err);
}

enum bs_rc bs_ledger_open(const char *keys_dir, struct bs_db *db, int64_t now, struct bs_ledger **out,
                          struct bs_err *err)
{
	struct bs_ledger *ledger = bs_alloc(sizeof(*ledger));
	enum bs_rc rc = bs_key_read(keys_dir, &ledger->key, err);

	if (rc == BS_OK)
		rc = bs_db_begin(db, BS_TX_WRITE, err);
	if (rc == BS_OK) {
		rc = key_known(db, ledger, now, err);
		if (rc == BS_OK)
			rc = bs_db_commit(db, err);
		else
			bs_db_rollback(db);
	}
	if (rc != BS_OK)
		bs_ledger_close(&ledger);
	else
		*out = ledger;
	return rc;
}

void bs_ledger_close(struct bs_ledger **ledger)
{
	if (*ledger == NULL)
		return;
	bs_key_forget(&(*ledger)->key);
	free(*ledger);
	*ledger = NULL;
}

static enum bs_rc signer_read(struct bs_db *db, struct bs_signer *out, uint8_t key[BS_PUBLIC_KEY_SIZE], struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_revision_signer, BS_NO_VALUES, &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK && bs_stmt_blob(stmt, BS_C_revision_signer_public_key).len == BS_PUBLIC_KEY_SIZE) {
		memcpy(key, bs_stmt_blob(stmt, BS_C_revision_signer_public_key).ptr, BS_PUBLIC_KEY_SIZE);
		bs_hex_encode(key, BS_PUBLIC_KEY_SIZE, out->key);
		out->others = bs_stmt_int(stmt, BS_C_revision_signer_others);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_ledger_signer(const char *keys_dir, struct bs_db *db, struct bs_signer *out, struct bs_err *err)
{
	uint8_t key[BS_PUBLIC_KEY_SIZE], own[BS_PUBLIC_KEY_SIZE];
	char hex[2 * BS_PUBLIC_KEY_SIZE + 1] = "";
	enum bs_rc rc;

	*out = (struct bs_signer){ 0 };
	rc = signer_read(db, out, key, err);
	if (rc != BS_OK)
		return rc;
	rc = bs_key_read_public(keys_dir, own, err);
	if (rc == BS_NOT_FOUND || rc == BS_DENIED)
		return BS_OK;
	out->compared = rc == BS_OK;
	if (rc != BS_OK || out->key[0] == '\0' || memcmp(key, own, sizeof(own)) == 0)
		return rc;
	bs_hex_encode(own, sizeof(own), hex);
	return bs_fail(err, BS_CORRUPT, "the newest revision is signed by the key %.16s…, which is not this newsroom's (%.16s…): the database is "
	               "another's, or the key was changed and nothing saved since", out->key, hex);
}

enum { AT_ONCE = 16 }; /* queries under way together: one round trip where the database is far */

static struct bs_str hash_view(const uint8_t *hash)
{
	return bs_str_n((const char *)hash, BS_HASH_SIZE);
}

/* Begin one query for each entry of the slice that has no id yet, then take the ids in. */
static enum bs_rc ids_fetch(struct bs_db *db, struct bs_str lang, struct bs_entry **entries, size_t count, bool add,
                            struct bs_err *err)
{
	struct bs_stmt *stmts[AT_ONCE] = { NULL };
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		struct bs_str hash = hash_view(entries[i]->hash);
		if (entries[i]->passage_id != 0)
			continue;
		if (!add) {
			rc = bs_db_query(db, BS_Q_passage_find, BS_VALUES(bs_blob(hash)), &stmts[i], err);
			continue;
		}
		if (!entries[i]->text_hashed)
			(void)bs_passage_text_hash(entries[i]->markup, entries[i]->text_hash);
		entries[i]->text_hashed = true; /* it must stay while its query is under way */
		rc = bs_db_query(db, BS_Q_passage_add, BS_VALUES(bs_blob(hash), bs_blob(hash_view(entries[i]->text_hash)),
		                 bs_text(lang), bs_text(entries[i]->markup)), &stmts[i], err);
	}
	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		if (stmts[i] == NULL)
			continue;
		rc = bs_stmt_next(stmts[i], err);
		if (rc == BS_OK)
			entries[i]->passage_id = bs_stmt_int(stmts[i], 0);
		else if (rc == BS_NOT_FOUND && add)
			rc = BS_OK; /* it is there already */
	}
	for (size_t i = 0; i < count; i++)
		bs_stmt_free(&stmts[i]);
	return rc;
}

enum bs_rc bs_passages_write(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, struct bs_entry *entries,
                             size_t count, struct bs_err *err)
{
	struct bs_map first = BS_MAP(arena); /* of those that repeat a passage, the first is written */
	struct bs_entry **distinct = BS_ARRAY(arena, count, struct bs_entry *);
	size_t distinct_count = 0;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < count; i++) {
		void **slot = bs_map_put(&first, hash_view(entries[i].hash));
		if (*slot == NULL)
			*slot = distinct[distinct_count++] = &entries[i];
	}
	for (size_t i = 0; i < distinct_count && rc == BS_OK; i += AT_ONCE) {
		size_t some = distinct_count - i < AT_ONCE ? distinct_count - i : AT_ONCE;
		/* Most are new. */
		rc = ids_fetch(db, lang, distinct + i, some, true, err);
		if (rc == BS_OK)
			rc = ids_fetch(db, lang, distinct + i, some, false, err);
	}
	if (rc == BS_NOT_FOUND)
		rc = bs_fail(err, BS_CORRUPT, "a passage that is stored is not found by its hash");
	for (size_t i = 0; i < count; i++)
		entries[i].passage_id = ((struct bs_entry *)bs_map_get(&first, hash_view(entries[i].hash)))->passage_id;
	return rc;
}

enum bs_rc bs_body_write(struct bs_db *db, const struct bs_entry *entries, size_t count, int64_t *body_id,
                         struct bs_err *err)
{
	enum bs_rc rc = bs_db_int(db, BS_Q_body_add, BS_NO_VALUES, body_id, err);

	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = bs_db_post(db, BS_Q_body_passage_add, BS_VALUES(bs_int(*body_id), bs_int((int64_t)i),
		                bs_text(entries[i].path), bs_text(entries[i].attrs), bs_int(entries[i].passage_id)), err);
	return rc;
}

/* All rows of body-load or body-load-in, whose first columns are the same; the statement is freed. */
static enum bs_rc read_blocks(struct bs_arena *arena, struct bs_stmt **stmt, struct bs_body *out, struct bs_err *err)
{
	size_t room = 0;
	enum bs_rc rc = BS_OK;

	while ((rc = bs_stmt_next(*stmt, err)) == BS_OK) {
		BS_GROW(arena, out->blocks, out->count, room, 32);
		out->blocks[out->count++] = (struct bs_block){
			.path = bs_arena_copy(arena, bs_stmt_str(*stmt, BS_C_body_load_path)),
			.attrs = bs_arena_copy(arena, bs_stmt_str(*stmt, BS_C_body_load_attrs)),
			.markup = bs_arena_copy(arena, bs_stmt_str(*stmt, BS_C_body_load_markup)),
		};
	}
	bs_stmt_free(stmt);
	return rc == BS_NOT_FOUND && out->count > 0 ? BS_OK : rc;
}

struct bs_str bs_attrs_in(struct bs_arena *arena, struct bs_str attrs, const struct bs_lang *lang)
{
	attrs = bs_attrs_set(arena, attrs, BS_STR("lang"), lang->code);
	return bs_attrs_set(arena, attrs, BS_STR("dir"), lang->rtl ? BS_STR("rtl") : BS_STR("ltr"));
}

enum bs_rc bs_body_load(struct bs_arena *arena, struct bs_db *db, int64_t body_id, struct bs_body *out,
                        struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_body_load, BS_VALUES(bs_int(body_id)), &stmt, err);

	*out = (struct bs_body){ 0 };
	return rc == BS_OK ? read_blocks(arena, &stmt, out, err) : rc;
}

enum bs_rc bs_body_load_in(struct bs_arena *arena, struct bs_db *db, int64_t body_id, struct bs_str lang, struct bs_body *out,
                           struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_body_load_in, BS_VALUES(bs_int(body_id), bs_text(lang)), &stmt, err);

	*out = (struct bs_body){ 0 };
	return rc == BS_OK ? read_blocks(arena, &stmt, out, err) : rc;
}

/* Whether the stored body holds just these blocks. */
static bool body_is(const struct bs_body *a, const struct bs_body *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		if (!bs_str_eq(a->blocks[i].path, b->blocks[i].path) || !bs_str_eq(a->blocks[i].attrs, b->blocks[i].attrs) ||
		    !bs_str_eq(a->blocks[i].markup, b->blocks[i].markup))
			return false;
	}
	return true;
}

enum bs_rc bs_body_save(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, const struct bs_body *body,
                        int64_t same_as, int64_t *out, struct bs_err *err)
{
	struct bs_entry *entries = BS_ARRAY(arena, body->count, struct bs_entry);
	struct bs_body stored;
	enum bs_rc rc;

	if (same_as != 0) {
		rc = bs_body_load(arena, db, same_as, &stored, err);
		if (rc == BS_OK && body_is(&stored, body)) {
			*out = same_as;
			return BS_OK;
		}
		if (rc != BS_OK && rc != BS_NOT_FOUND)
			return rc;
	}
	for (size_t i = 0; i < body->count; i++) {
		entries[i] = (struct bs_entry){ .path = body->blocks[i].path, .attrs = body->blocks[i].attrs,
		                                .markup = body->blocks[i].markup };
		bs_passage_hash(lang, entries[i].markup, entries[i].hash);
	}
	rc = bs_passages_write(arena, db, lang, entries, body->count, err);
	return rc == BS_OK ? bs_body_write(db, entries, body->count, out, err) : rc;
}
