/* save.c - bs_story_save: a draft becomes the newest revision of its story.
 *
 * Order: resolve what it names; list its passages; when that and the metadata are what the newest revision says, stop;
 * write passages, body, story, manifest, signature; bring the projections along. */
#include "newsroom/saving.h"

#include <sodium.h>

#include "newsroom/catalog.h"
#include "text/passage.h"

enum { FIELDS_MAX = 7 };

static void add_reckoned(struct bs_saving *saving, struct bs_str path, struct bs_str attrs, const struct bs_reckoned_passage *reckoned)
{
	struct bs_entry *entry = &saving->entries[saving->entry_count++];

	*entry = (struct bs_entry){ .path = path, .attrs = attrs, .markup = reckoned->markup, .text_hashed = true };
	memcpy(entry->hash, reckoned->hash, BS_HASH_SIZE);
	memcpy(entry->text_hash, reckoned->text_hash, BS_HASH_SIZE);
}

static void add_entry(struct bs_saving *saving, struct bs_str path, struct bs_str markup)
{
	const struct bs_reckoned_passage *reckoned = bs_reckoned_field(saving->reckoned, markup);
	struct bs_entry *entry;

	if (reckoned != NULL) {
		add_reckoned(saving, path, BS_STR(""), reckoned);
		return;
	}
	entry = &saving->entries[saving->entry_count++];
	*entry = (struct bs_entry){ .path = path, .attrs = BS_STR(""), .markup = markup };
	bs_passage_hash(saving->draft->lang, markup, entry->hash);
}

/* "src=media:18" of a draft is "src=media:HASH.webp" with width and height in the ledger: what it names must be the same
 * everywhere and for ever. */
static enum bs_rc picture_named(struct bs_saving *saving, struct bs_str *attrs, struct bs_err *err)
{
	struct bs_str src = bs_attrs_get(*attrs, BS_STR("src")), kind;
	struct bs_arena *arena = saving->arena;
	struct bs_stmt *stmt = NULL;
	char hex[2 * BS_HASH_SIZE];
	int64_t id;
	enum bs_rc rc;

	if (!bs_str_starts(src, BS_STR("media:")) || bs_str_int(bs_str_sub(src, 6, SIZE_MAX), &id) != BS_OK)
		return BS_OK;
	rc = bs_db_query(saving->db, BS_Q_media_get, BS_VALUES(bs_int(id)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK && bs_stmt_blob(stmt, BS_C_media_get_hash).len == BS_HASH_SIZE) {
		bs_hex_encode((const uint8_t *)bs_stmt_blob(stmt, BS_C_media_get_hash).ptr, BS_HASH_SIZE, hex);
		kind = bs_media_ending(bs_stmt_str(stmt, BS_C_media_get_mime));
		src = bs_arena_printf(arena, "media:%.64s.%.*s", hex, (int)kind.len, kind.ptr);
		*attrs = bs_attrs_set(arena, *attrs, BS_STR("src"), src);
		*attrs = bs_attrs_set(arena, *attrs, BS_STR("width"),
		                      bs_arena_printf(arena, "%d", (int)bs_stmt_int(stmt, BS_C_media_get_width)));
		*attrs = bs_attrs_set(arena, *attrs, BS_STR("height"),
		                      bs_arena_printf(arena, "%d", (int)bs_stmt_int(stmt, BS_C_media_get_height)));
	} else if (rc == BS_NOT_FOUND) {
		rc = bs_fail(err, BS_NOT_FOUND, "a picture of the text is not among the media");
	}
	bs_stmt_free(&stmt);
	return rc;
}

/* The fields, the blocks of the body, the notes of the corrections, in this order. */
static enum bs_rc list_entries(struct bs_saving *saving, struct bs_err *err)
{
	const struct bs_draft *draft = saving->draft;
	const struct {
		struct bs_str path, markup;
	} fields[FIELDS_MAX] = {
		{ BS_STR("@title"), draft->title },
		{ BS_STR("@subtitle"), draft->subtitle },
		{ BS_STR("@summary"), draft->summary },
		{ BS_STR("@author-line"), draft->author_line },
		{ BS_STR("@image-alt"), draft->image.alt },
		{ BS_STR("@image-caption"), draft->image.caption },
		{ BS_STR("@image-credit"), draft->image.credit },
	};

	saving->reckoned = bs_reckoned_fits(draft->reckoned, draft->lang, &draft->body)
	                           ? draft->reckoned : bs_reckon(saving->arena, draft->lang, draft);
	saving->entries = BS_ARRAY(saving->arena, FIELDS_MAX + draft->body.count + draft->correction_count, struct bs_entry);
	for (size_t i = 0; i < FIELDS_MAX; i++) {
		if (fields[i].markup.len > 0)
			add_entry(saving, fields[i].path, fields[i].markup);
	}
	saving->first_block = saving->entry_count;
	for (size_t i = 0; i < draft->body.count; i++) {
		struct bs_str attrs = draft->body.blocks[i].attrs;
		enum bs_rc rc = attrs.len > 0 ? picture_named(saving, &attrs, err) : BS_OK;
		if (rc != BS_OK)
			return rc;
		add_reckoned(saving, draft->body.blocks[i].path, attrs, &saving->reckoned->passages[i]);
	}
	saving->first_note = saving->entry_count;
	for (size_t i = 0; i < draft->correction_count; i++)
		add_entry(saving, BS_STR("@correction"), draft->corrections[i].note);
	return BS_OK;
}

/* Look at the newest revision; *same when it says all that the draft says. */
static enum bs_rc compare_newest(struct bs_saving *saving, bool *same, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc;

	saving->number = 1;
	*same = false;
	if (saving->story_id == 0)
		return BS_OK;
	rc = bs_db_query(saving->db, BS_Q_revision_newest, BS_VALUES(bs_int(saving->story_id)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		struct bs_str content = bs_stmt_blob(stmt, BS_C_revision_newest_content_hash);
		struct bs_str hash = bs_stmt_blob(stmt, BS_C_revision_newest_hash);
		*same = bs_str_eq(content, bs_str_n((const char *)saving->content_hash, BS_HASH_SIZE));
		saving->revision_id = bs_stmt_int(stmt, BS_C_revision_newest_id);
		saving->number = (int)bs_stmt_int(stmt, BS_C_revision_newest_number) + (*same ? 0 : 1);
		saving->last_body_id = bs_stmt_int(stmt, BS_C_revision_newest_body_id);
		if (hash.len == BS_HASH_SIZE)
			memcpy(saving->previous, hash.ptr, BS_HASH_SIZE);
	}
	bs_stmt_free(&stmt);
	return rc;
}

static enum bs_rc write_story(struct bs_saving *saving, struct bs_err *err)
{
	const struct bs_draft *d = saving->draft;
	const struct bs_query *query = saving->story_id == 0 ? BS_Q_story_add : BS_Q_story_update;
	struct bs_derived own = bs_saving_derive(saving);
	struct bs_values values = BS_VALUES(bs_text(saving->public_id), bs_text(d->lang), bs_text(bs_kind_name(d->kind)),
		bs_text(bs_status_name(saving->status)), bs_text(saving->slug), bs_int(saving->year), bs_int(saving->month),
		bs_int(saving->published_at), bs_int(d->updated_at), bs_ref(saving->original_id), bs_int(saving->revision_id),
		bs_int(saving->body_id), bs_int(own.title_id), bs_ref(own.summary_id),
		bs_ref(d->image.media_id), bs_int(d->featured), bs_int((int64_t)saving->reckoned->words), bs_text(d->licence),
		bs_text(d->canonical), bs_text(d->source.name), bs_text(d->source.url), bs_int(d->source.published_at),
		bs_text(d->source.permission), bs_text(d->image.credit_url), bs_text(d->image.licence),
		bs_int(d->image.may_syndicate), bs_text(d->media_contact), bs_text(d->reason), bs_ref(own.section_id),
		bs_text(own.authors), bs_ref(own.related_id), bs_ref(own.author_id), bs_ref(own.second_author_id));

	if (saving->story_id == 0)
		return bs_db_int(saving->db, query, values, &saving->story_id, err);
	return bs_db_exec(saving->db, query, values, err);
}

/* The end of the newsroom's chain, and from it the id that the revision will have: so the story names it from the first. Where the
 * database gives another one (PostgreSQL's are not given again after a rollback), the story is told afterwards. */
static enum bs_rc find_chain_end(struct bs_saving *saving, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(saving->db, BS_Q_revision_chain_head, BS_NO_VALUES, &stmt, err);

	saving->revision_id = 1;
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK && bs_stmt_blob(stmt, BS_C_revision_chain_head_hash).len == BS_HASH_SIZE) {
		memcpy(saving->chain, bs_stmt_blob(stmt, BS_C_revision_chain_head_hash).ptr, BS_HASH_SIZE);
		saving->revision_id = bs_stmt_int(stmt, BS_C_revision_chain_head_id) + 1;
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* Make the manifest, hash and sign it, append the revision. */
static enum bs_rc write_revision(struct bs_saving *saving, struct bs_err *err)
{
	struct bs_manifest manifest = {
		.meta = saving->meta, .public_id = saving->public_id, .number = saving->number, .created_at = saving->now,
		.key = saving->ledger->key.pub, .chain = saving->revision_id > 1 ? saving->chain : NULL,
		.previous = saving->number > 1 ? saving->previous : NULL,
		.entries = saving->entries, .entry_count = saving->entry_count,
	};
	struct bs_str bytes = bs_manifest_write(saving->arena, &manifest);
	uint8_t hash[BS_HASH_SIZE], signature[BS_SIGNATURE_SIZE];
	int64_t expected = saving->revision_id;
	enum bs_rc rc;

	crypto_hash_sha256(hash, (const uint8_t *)bytes.ptr, bytes.len);
	bs_key_sign(&saving->ledger->key, bytes, signature);
	rc = bs_db_int(saving->db, BS_Q_revision_add, BS_VALUES(bs_int(saving->story_id), bs_int(saving->number),
		bs_int(saving->now), bs_text(saving->meta), bs_int(saving->body_id),
		bs_blob(bs_str_n((const char *)saving->content_hash, BS_HASH_SIZE)), bs_blob(bs_str_n((const char *)hash, BS_HASH_SIZE)),
		bs_int(saving->ledger->key_id), bs_blob(bs_str_n((const char *)signature, BS_SIGNATURE_SIZE))),
		&saving->revision_id, err);
	if (rc != BS_OK || saving->revision_id == expected)
		return rc;
	return bs_db_post(saving->db, BS_Q_story_set_revision, BS_VALUES(bs_int(saving->story_id), bs_int(saving->revision_id)), err);
}

static enum bs_rc write_all(struct bs_saving *saving, struct bs_err *err)
{
	enum bs_rc rc = bs_passages_write(saving->arena, saving->db, saving->draft->lang, saving->entries,
	                                  saving->entry_count, err);

	if (rc == BS_OK)
		rc = bs_body_write(saving->db, saving->entries, saving->entry_count, &saving->body_id, err);
	if (rc == BS_OK)
		rc = find_chain_end(saving, err);
	if (rc == BS_OK)
		rc = write_story(saving, err);
	if (rc == BS_OK)
		rc = write_revision(saving, err);
	return rc == BS_OK ? bs_saving_project(saving, err) : rc;
}

enum bs_rc bs_story_save(struct bs_arena *arena, struct bs_ledger *ledger, struct bs_db *db,
                         const struct bs_draft *draft, int64_t now, struct bs_saved *out, struct bs_err *err)
{
	struct bs_saving saving = { .arena = arena, .ledger = ledger, .db = db, .draft = draft, .now = now };
	bool same = false;
	enum bs_rc rc = bs_saving_resolve(&saving, err);

	if (rc == BS_OK)
		rc = bs_saving_meta(&saving, err);
	if (rc == BS_OK)
		rc = list_entries(&saving, err);
	if (rc != BS_OK)
		return rc;
	bs_manifest_content_hash(arena, &(struct bs_manifest){ .meta = saving.meta, .entries = saving.entries, .entry_count = saving.entry_count },
	                         saving.content_hash);
	rc = compare_newest(&saving, &same, err);
	if (rc == BS_OK)
		rc = same ? bs_saving_addresses(&saving, err) : write_all(&saving, err);
	if (rc == BS_OK)
		*out = (struct bs_saved){ .story_id = saving.story_id, .revision_id = saving.revision_id,
		                          .number = saving.number, .changed = !same };
	return rc;
}
