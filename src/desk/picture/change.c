/* change.c - another file in a picture's place, and taking one out.
 *
 * A picture that stood in a story stays as long as any version of it names it: that version is signed with the picture's hash, and can be
 * restored. So replacing gives each story that shows the old one a new version with the new one, and leaves the old one in the library. */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "desk/copy/copy.h"
#include "desk/flow.h"
#include "desk/picture/place.h"
#include "desk/picture/upload.h"
#include "desk/story.h"
#include "newsroom/catalog.h"
#include "newsroom/picture.h"
#include "text/markup.h"

struct changing {
	struct bs_visit *visit;
	const struct bs_library_picture *old;
	struct bs_library_picture new;
	int64_t watched;    /* revisions up to this have been looked at */
	struct bs_str fault;
};

/* --- replacing ---------------------------------------------------------------------------------------------------------------- */

static void swap_in_text(struct changing *c, struct bs_draft *draft)
{
	struct bs_str old = bs_arena_printf(c->visit->arena, "media:%" PRId64, c->old->id);
	struct bs_str new = bs_arena_printf(c->visit->arena, "media:%" PRId64, c->new.id);

	for (size_t i = 0; i < draft->body.count; i++) {
		struct bs_block *block = &draft->body.blocks[i];
		if (bs_str_eq(bs_attrs_get(block->attrs, BS_STR("src")), old))
			block->attrs = bs_attrs_set(c->visit->arena, block->attrs, BS_STR("src"), new);
	}
	draft->reckoned = NULL;
}

/* A title is told to nobody who may not see the story. */
static enum bs_rc refuse(struct changing *c, const struct bs_library_use *use, struct bs_err *err)
{
	struct bs_visit *visit = c->visit;
	bool seen;
	enum bs_rc rc = bs_library_use_is_seen(visit, use, &seen, err);

	if (rc != BS_OK)
		return rc;
	c->fault = bs_desk_say_picture_replace_denied(visit->arena, visit->lang,
	                                              seen ? bs_markup_plain(visit->arena, use->title) : bs_library_unseen);
	return BS_DENIED;
}

static enum bs_rc swap_in_story(struct changing *c, struct bs_db *db, const struct bs_library_use *use, struct bs_err *err)
{
	struct bs_visit *visit = c->visit;
	struct bs_saved saved = { 0 };
	struct bs_draft draft = { 0 };
	enum bs_status status = BS_STATUS_DRAFT;
	enum bs_rc rc = bs_status_of(use->status, &status);

	if (rc == BS_OK)
		rc = bs_visit_may(visit, bs_action_of_saving(status), use->id, err);
	if (rc == BS_DENIED)
		return refuse(c, use, err);
	if (rc == BS_OK)
		rc = bs_draft_load(visit->arena, db, use->id, &draft, err);
	if (rc != BS_OK)
		return rc;
	if (draft.image.media_id == c->old->id)
		draft.image.media_id = c->new.id;
	swap_in_text(c, &draft);
	rc = bs_story_save(visit->arena, visit->options->ledger, db, &draft, visit->now, &saved, err);
	if (rc != BS_OK || !saved.changed)
		return rc;
	return bs_visit_tell(visit, db, (struct bs_audit_entry){ .action = BS_STR("story.picture"), .story_id = saved.story_id,
		.revision_id = saved.revision_id, .detail = c->new.name }, err);
}

static enum bs_rc replace(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct changing *c = ctx;
	struct bs_library_use *uses = NULL;
	struct bs_library_picture described = *c->old;
	size_t count = 0;
	enum bs_rc rc = bs_library_uses(c->visit->arena, db, c->old, &uses, &count, err);

	c->fault = BS_STR("");
	if (rc == BS_OK && count == BS_LIBRARY_USES)
		c->fault = bs_word(c->visit, BS_DESK_MSG_picture_replace_many);
	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		if (uses[i].kind == BS_USE_PERSON || uses[i].kind == BS_USE_TERM)
			c->fault = bs_word(c->visit, BS_DESK_MSG_picture_replace_elsewhere);
	}
	if (rc != BS_OK || c->fault.len > 0)
		return rc;
	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		if (uses[i].kind == BS_USE_LEAD || uses[i].kind == BS_USE_TEXT)
			rc = swap_in_story(c, db, &uses[i], err);
	}
	described.id = c->new.id;
	described.name = c->new.name;
	if (rc == BS_OK)
		rc = bs_library_save(c->visit, db, &described, err);
	return rc == BS_OK ? bs_visit_tell(c->visit, db, (struct bs_audit_entry){ .action = BS_STR("picture.replace"), .subject = c->old->name,
		.detail = c->new.name }, err) : rc;
}

enum bs_rc bs_picture_replace(struct bs_visit *visit, const struct bs_library_picture *picture, struct bs_str *fault, struct bs_err *err)
{
	const struct bs_form_field *file = bs_form_file(&visit->form, BS_STR("file"));
	struct changing c = { .visit = visit, .old = picture };
	struct bs_upload upload = { .refusal = bs_word(visit, BS_DESK_MSG_upload_none) };
	enum bs_rc rc = file != NULL ? bs_upload_take(visit, file, &upload, err) : BS_OK;

	*fault = upload.refusal;
	if (rc != BS_OK || fault->len > 0)
		return rc;
	c.new = upload.picture;
	if (c.new.id == picture->id) {
		*fault = bs_word(visit, BS_DESK_MSG_picture_replace_same);
		return BS_OK;
	}
	rc = bs_visit_write(visit, replace, &c, err);
	*fault = c.fault;
	if (rc == BS_DENIED && c.fault.len > 0)
		return BS_OK;
	if (rc == BS_OK && c.fault.len == 0)
		bs_visit_redirect(visit, bs_arena_printf(visit->arena, "/desk/pictures/%" PRId64, c.new.id), "picture-replaced");
	return rc;
}

/* --- taking out --------------------------------------------------------------------------------------------------------------- */

/* Sets the fault when anything names it, now, in an earlier version, or in what somebody is writing. */
static enum bs_rc look_for_uses(struct changing *c, struct bs_db *db, struct bs_err *err)
{
	struct bs_library_use *uses = NULL;
	size_t count = 0;
	int64_t story = 0, newest = 0;
	bool copied = false;
	enum bs_rc rc = bs_library_uses(c->visit->arena, db, c->old, &uses, &count, err);

	if (rc == BS_OK && count == 0) {
		rc = bs_db_int(db, BS_Q_picture_past, BS_VALUES(bs_int(c->watched), bs_text(c->old->hash)), &story, err);
		rc = rc == BS_NOT_FOUND ? BS_OK : rc;
	}
	if (rc == BS_OK)
		rc = bs_copy_shows(c->visit->arena, db, c->old->id, &copied, err);
	if (rc == BS_OK)
		rc = bs_db_int(db, BS_Q_picture_newest_revision, BS_NO_VALUES, &newest, err);
	c->watched = newest;
	c->fault = count > 0 || story != 0 || copied ? bs_word(c->visit, BS_DESK_MSG_picture_used) : BS_STR("");
	return rc;
}

static enum bs_rc remove_rows(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct changing *c = ctx;
	struct bs_values id = BS_VALUES(bs_int(c->old->id));
	enum bs_rc rc = look_for_uses(c, db, err);

	if (rc != BS_OK || c->fault.len > 0)
		return rc;
	rc = bs_db_exec(db, BS_Q_picture_words_clear, id, err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_picture_remove, id, err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_picture_media_remove, id, err);
	return rc == BS_OK ? bs_visit_tell(c->visit, db, (struct bs_audit_entry){ .action = BS_STR("picture.delete"), .subject = c->old->name }, err)
	                   : rc;
}

/* The files, once the rows are gone for good, and unless the same picture has come in again meanwhile: nobody else writes now. */
static enum bs_rc remove_files(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct changing *c = ctx;
	const struct bs_library_picture *old = c->old;
	const struct bs_desk_options *options = c->visit->options;
	uint8_t hash[BS_HASH_SIZE];
	int widths[BS_PICTURE_WIDTHS];
	size_t count = bs_picture_widths(old->width, widths);
	int64_t id;
	enum bs_rc rc = bs_hex_decode(old->hash, hash, sizeof(hash));
	struct bs_str bytes = bs_str_n((const char *)hash, sizeof(hash));

	if (rc == BS_OK)
		rc = bs_db_int(db, BS_Q_media_by_hash, BS_VALUES(bs_blob(bytes)), &id, err);
	if (rc != BS_NOT_FOUND)
		return rc;
	unlink(bs_media_path(c->visit->arena, options->media_dir, bytes, old->mime).ptr);
	for (size_t i = 0; i < 2 * count; i++)
		unlink(bs_arena_printf(c->visit->arena, "%s/%.2s/%.64s.%d.%s", options->renditions_dir, old->hash.ptr, old->hash.ptr, widths[i / 2],
		                       i % 2 == 0 ? "webp" : "jpg").ptr);
	return BS_OK;
}

enum bs_rc bs_picture_delete(struct bs_visit *visit, const struct bs_library_picture *picture, struct bs_str *fault, struct bs_err *err)
{
	struct changing c = { .visit = visit, .old = picture };
	/* All versions of all stories are looked through before anybody has to wait for it; then, with the pen in hand, what came since. */
	enum bs_rc rc = look_for_uses(&c, visit->db, err);

	if (rc == BS_OK && c.fault.len == 0)
		rc = bs_visit_write(visit, remove_rows, &c, err);
	*fault = c.fault;
	if (rc != BS_OK || fault->len > 0)
		return rc;
	rc = bs_visit_write(visit, remove_files, &c, err);
	bs_visit_redirect(visit, BS_STR("/desk/pictures"), "picture-deleted");
	return rc;
}
