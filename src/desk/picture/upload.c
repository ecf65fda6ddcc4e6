/* upload.c - see upload.h. A thread waits here while broadsheet-image works: one beside those that serve readers, which
 * takes what is sent one after another (BS_DOOR_FILES, visit.h). */
#include "desk/picture/upload.h"

#include "darkroom/darkroom.h"
#include "desk/pages.h"
#include "newsroom/catalog.h"

struct keeping {
	struct bs_visit *visit;
	struct bs_media_file file;
	struct bs_picture_credit credit;
	struct bs_upload *upload;
};

static enum bs_rc keep(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct keeping *k = ctx;
	struct bs_visit *visit = k->visit;
	struct bs_library_picture picture = { .caption = k->credit.caption, .licence = k->credit.copyright };
	struct bs_upload *upload = k->upload;
	enum bs_rc rc = bs_media_save(visit->arena, db, visit->options->media_dir, &k->file, &picture.id, err);

	/* The agency, or who made it, or both. */
	picture.credit = k->credit.credit.len == 0 ? k->credit.creator : k->credit.creator.len == 0 ? k->credit.credit
		: bs_arena_printf(visit->arena, "%.*s/%.*s", (int)k->credit.creator.len, k->credit.creator.ptr, (int)k->credit.credit.len,
		                  k->credit.credit.ptr);
	picture.name = k->file.name;
	if (rc == BS_OK)
		rc = bs_library_add(visit, db, &picture, err);
	upload->known = rc == BS_OK && bs_db_changed(db) == 0;
	if (rc == BS_OK)
		rc = bs_visit_tell(visit, db, (struct bs_audit_entry){ .action = BS_STR("picture.add"), .subject = k->file.name }, err);
	return rc == BS_OK ? bs_library_get(visit->arena, db, picture.id, &upload->picture, err) : rc;
}

/* The worker's own words behind the name of the file; what is not the file's fault in words of ours. */
static struct bs_str refusal_of(struct bs_visit *visit, struct bs_str name, enum bs_rc rc, const struct bs_err *why)
{
	if (!bs_darkroom_works(visit->options->darkroom))
		return bs_word(visit, BS_DESK_MSG_upload_no_program);
	if (rc == BS_IO)
		return bs_desk_say_upload_crash(visit->arena, visit->lang, name);
	if (rc == BS_LIMIT && bs_str_find(bs_str_c(why->text), BS_STR("MB"), 0) == SIZE_MAX)
		return bs_desk_say_upload_slow(visit->arena, visit->lang, name);
	return bs_desk_say_upload_refused(visit->arena, visit->lang, name, bs_arena_copy(visit->arena, bs_str_c(why->text)));
}

static void free_buf(void *ptr)
{
	bs_buf_free(ptr);
}

enum bs_rc bs_upload_take(struct bs_visit *visit, const struct bs_form_field *file, struct bs_upload *out, struct bs_err *err)
{
	struct bs_buf *master = BS_NEW(visit->arena, struct bs_buf);
	struct keeping k = { .visit = visit, .upload = out };
	struct bs_err why = { 0 };
	enum bs_rc rc;

	*out = (struct bs_upload){ .name = bs_str_utf8_prefix(file->file, BS_MAX_PICTURE_NAME) };
	*master = BS_BUF(BS_MAX_MEDIA_FILE);
	bs_arena_defer(visit->arena, free_buf, master);
	if (file->value.len == 0) {
		out->refusal = bs_desk_say_upload_empty(visit->arena, visit->lang, out->name);
		return BS_OK;
	}
	rc = bs_darkroom_take(visit->options->darkroom, visit->arena, file->value, master, &k.credit, &why);
	if (rc != BS_OK) {
		out->refusal = refusal_of(visit, out->name, rc, &why);
		return BS_OK;
	}
	k.file = (struct bs_media_file){ .name = out->name, .bytes = bs_buf_str(master) };
	return bs_visit_write(visit, keep, &k, err);
}
