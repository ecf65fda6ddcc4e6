/* audit.c - see audit.h. */
#include "account/audit.h"

#include <inttypes.h>
#include <sodium.h>

#include "base/limits.h"
#include "text/json.h"

enum { WALK = 500, ENTRY_MAX = 64 * 1024 };

static struct bs_str as_str(const uint8_t hash[BS_MAC_SIZE])
{
	return bs_str_n((const char *)hash, BS_MAC_SIZE);
}

/* The hash of an entry behind the one with hash `previous` (empty for the first). */
static enum bs_rc hash_entry(const struct bs_vault *vault, struct bs_str previous, const struct bs_audit_entry *entry,
                             uint8_t out[BS_MAC_SIZE], struct bs_err *err)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_json *json = bs_json_new_object(arena);
	struct bs_buf bytes = BS_BUF(ENTRY_MAX);
	enum bs_rc rc;

	bs_json_add_int(json, BS_STR("number"), entry->number);
	bs_json_add_int(json, BS_STR("at"), entry->at);
	bs_json_add_int(json, BS_STR("account"), entry->account_id);
	bs_json_add_string(json, BS_STR("who"), entry->who);
	bs_json_add_string(json, BS_STR("action"), entry->action);
	bs_json_add_int(json, BS_STR("story"), entry->story_id);
	bs_json_add_int(json, BS_STR("revision"), entry->revision_id);
	bs_json_add_string(json, BS_STR("subject"), entry->subject);
	bs_json_add_string(json, BS_STR("detail"), entry->detail);
	bs_buf_put(&bytes, previous);
	rc = bs_json_write(json, &bytes, err);
	if (rc == BS_OK)
		bs_vault_mac(vault, BS_VAULT_AUDIT, bs_buf_str(&bytes), out);
	bs_buf_free(&bytes);
	bs_arena_free(&arena);
	return rc;
}

/* The hash under which the newest entry's number and hash are kept. */
static void hash_head(const struct bs_vault *vault, int64_t number, struct bs_str hash, uint8_t out[BS_MAC_SIZE])
{
	struct bs_buf bytes = BS_BUF(256);

	bs_buf_printf(&bytes, "head %" PRId64 "\n", number);
	bs_buf_put(&bytes, hash);
	bs_vault_mac(vault, BS_VAULT_AUDIT, bs_buf_str(&bytes), out);
	bs_buf_free(&bytes);
}

/* Number and hash of the newest entry; 0 and empty while there is none. */
static enum bs_rc read_head(struct bs_arena *arena, struct bs_db *db, int64_t *number, struct bs_str *hash, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_audit_head, BS_NO_VALUES, &stmt, err);

	*number = 0;
	*hash = BS_STR("");
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		*number = bs_stmt_int(stmt, BS_C_audit_head_number);
		*hash = bs_arena_copy(arena, bs_stmt_blob(stmt, BS_C_audit_head_hash));
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_audit_add(struct bs_arena *arena, struct bs_db *db, const struct bs_vault *vault, const struct bs_audit_entry *given,
                        int64_t now, struct bs_err *err)
{
	struct bs_audit_entry entry = *given;
	uint8_t hash[BS_MAC_SIZE], head[BS_MAC_SIZE];
	struct bs_str previous;
	int64_t last;
	enum bs_rc rc = read_head(arena, db, &last, &previous, err);

	if (rc != BS_OK)
		return rc;
	entry.number = last + 1;
	entry.at = now;
	entry.subject = bs_str_utf8_prefix(entry.subject, BS_MAX_AUDIT_TEXT);
	entry.detail = bs_str_utf8_prefix(entry.detail, BS_MAX_AUDIT_TEXT);
	rc = hash_entry(vault, previous, &entry, hash, err);
	if (rc != BS_OK)
		return rc;
	hash_head(vault, entry.number, as_str(hash), head);
	rc = bs_db_exec(db, BS_Q_audit_add, BS_VALUES(bs_int(entry.number), bs_int(entry.at), bs_ref(entry.account_id),
	                bs_text(entry.who), bs_text(entry.action), bs_ref(entry.story_id), bs_ref(entry.revision_id),
	                bs_text(entry.subject), bs_text(entry.detail), bs_blob(as_str(hash))), err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_audit_head_set, BS_VALUES(bs_int(entry.number), bs_blob(as_str(head))), err);
	return rc;
}

enum bs_rc bs_audit_length(struct bs_db *db, int64_t *out, struct bs_err *err)
{
	enum bs_rc rc = bs_db_int(db, BS_Q_audit_end, BS_NO_VALUES, out, err);

	if (rc == BS_NOT_FOUND)
		*out = 0;
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* Both kinds of queries begin with these columns. */
static struct bs_audit_entry entry_of(struct bs_arena *arena, const struct bs_stmt *stmt)
{
	return (struct bs_audit_entry){
		.number = bs_stmt_int(stmt, BS_C_audit_list_number),
		.at = bs_stmt_int(stmt, BS_C_audit_list_at),
		.account_id = bs_stmt_int(stmt, BS_C_audit_list_account_id),
		.who = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_audit_list_who)),
		.action = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_audit_list_action)),
		.story_id = bs_stmt_int(stmt, BS_C_audit_list_story_id),
		.revision_id = bs_stmt_int(stmt, BS_C_audit_list_revision_id),
		.subject = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_audit_list_subject)),
		.detail = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_audit_list_detail)),
	};
}

enum bs_rc bs_audit_list(struct bs_arena *arena, struct bs_db *db, const struct bs_audit_filter *filter, struct bs_audit_entry **out,
                         size_t *count, struct bs_err *err)
{
	struct bs_param values[] = { bs_int(filter->before > 0 ? filter->before : INT64_MAX), bs_int((int64_t)filter->limit),
		                     bs_int(filter->story_id != 0 ? filter->story_id : filter->account_id) };
	bool all = filter->story_id == 0 && filter->account_id == 0;
	const struct bs_query *query = all ? BS_Q_audit_list : filter->story_id != 0 ? BS_Q_audit_list_story : BS_Q_audit_list_account;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, query, (struct bs_values){ values, all ? 2 : 3 }, &stmt, err);

	*count = 0;
	*out = BS_ARRAY(arena, filter->limit, struct bs_audit_entry);
	while (rc == BS_OK && *count < filter->limit && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_audit_entry *entry = &(*out)[(*count)++];
		*entry = entry_of(arena, stmt);
		entry->title = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_audit_list_title));
		entry->revision = (int)bs_stmt_int(stmt, BS_C_audit_list_revision);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* --- verifying ---------------------------------------------------------------------------------------------------------- */

struct walk {
	struct bs_db *db;
	const struct bs_vault *vault;
	int64_t number; /* of the last good entry */
	uint8_t hash[BS_MAC_SIZE];
};

static enum bs_rc check_row(struct walk *walk, const struct bs_stmt *stmt, struct bs_arena *arena, struct bs_err *err)
{
	struct bs_audit_entry entry = entry_of(arena, stmt);
	struct bs_str stored = bs_stmt_blob(stmt, BS_C_audit_walk_hash), previous = BS_STR("");
	uint8_t hash[BS_MAC_SIZE];
	enum bs_rc rc;

	if (entry.number != walk->number + 1)
		return bs_fail(err, BS_CORRUPT, "entry %" PRId64 " of the audit log is missing", walk->number + 1);
	if (walk->number > 0)
		previous = as_str(walk->hash);
	rc = hash_entry(walk->vault, previous, &entry, hash, err);
	if (rc == BS_OK && !bs_str_eq(stored, as_str(hash)))
		rc = bs_fail(err, BS_CORRUPT, "entry %" PRId64 " of the audit log is not as it was written", entry.number);
	if (rc == BS_OK) {
		walk->number = entry.number;
		memcpy(walk->hash, hash, sizeof(hash));
	}
	return rc;
}

/* The next rows; *more is false at the end. */
static enum bs_rc check_some(struct walk *walk, bool *more, struct bs_err *err)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(walk->db, BS_Q_audit_walk, BS_VALUES(bs_int(walk->number), bs_int(WALK)), &stmt, err);
	int seen = 0;

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		rc = check_row(walk, stmt, arena, err);
		seen++;
	}
	bs_stmt_free(&stmt);
	bs_arena_free(&arena);
	*more = seen == WALK;
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc check_head(const struct walk *walk, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	uint8_t head[BS_MAC_SIZE];
	enum bs_rc rc = bs_db_query(walk->db, BS_Q_audit_end, BS_NO_VALUES, &stmt, err);

	hash_head(walk->vault, walk->number, as_str(walk->hash), head);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK && bs_stmt_int(stmt, BS_C_audit_end_number) > walk->number)
		rc = bs_fail(err, BS_CORRUPT, "the audit log ends with entry %" PRId64 "; %" PRId64 " were written", walk->number,
		             bs_stmt_int(stmt, BS_C_audit_end_number));
	if (rc == BS_OK && (bs_stmt_int(stmt, BS_C_audit_end_number) != walk->number ||
	                    !bs_str_eq(bs_stmt_blob(stmt, BS_C_audit_end_hash), as_str(head))))
		rc = bs_fail(err, BS_CORRUPT, "what is kept of the end of the audit log does not fit it");
	if (rc == BS_NOT_FOUND)
		rc = walk->number == 0 ? BS_OK : bs_fail(err, BS_CORRUPT, "what was kept of the end of the audit log is missing");
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_audit_verify(struct bs_db *db, const struct bs_vault *vault, int64_t *entries, struct bs_err *err)
{
	struct walk walk = { .db = db, .vault = vault };
	bool more = true;
	enum bs_rc rc = BS_OK;

	while (rc == BS_OK && more)
		rc = check_some(&walk, &more, err);
	if (rc == BS_OK)
		rc = check_head(&walk, err);
	*entries = walk.number;
	return rc;
}
