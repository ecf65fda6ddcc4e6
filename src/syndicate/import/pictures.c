/* pictures.c - files that documents name, kept as media; see run.h. */
#include <limits.h>
#include <stdlib.h>

#include "base/limits.h"
#include "newsroom/catalog.h"
#include "newsroom/picture.h"
#include "syndicate/import/run.h"

struct bs_import_kept {
	struct bs_import_picture picture; /* media_id 0: not kept yet, or not any more */
	struct bs_import_kept *next;      /* of those in the open transaction or savepoint */
	bool refused;                     /* it cannot be kept, and that has been told */
};

static struct bs_str base_name(struct bs_str path)
{
	size_t start = path.len;

	while (start > 0 && path.ptr[start - 1] != '/')
		start--;
	return bs_str_sub(path, start, SIZE_MAX);
}

/* Read and keep the file. What is wrong with the picture is no failure. */
static enum bs_rc keep(struct bs_import_run *run, struct bs_arena *arena, struct bs_str path,
                       struct bs_import_kept *kept, struct bs_err *err)
{
	struct bs_media_file file = { .name = base_name(path) };
	struct bs_err why = { 0 };
	enum bs_rc rc = bs_import_read_file(arena, path, BS_MAX_MEDIA_FILE, &file.bytes, &why);

	if (rc == BS_OK)
		rc = bs_picture_check_whole(file.bytes, &why);
	if (rc == BS_OK) {
		bs_import_hash(&file.bytes, 1, kept->picture.hash);
		rc = bs_media_save(arena, run->db, run->options->media_dir, &file, &kept->picture.media_id, &why);
	}
	if (rc == BS_OK) {
		kept->next = run->fresh;
		run->fresh = kept;
		run->totals->pictures++;
		return BS_OK;
	}
	if (rc == BS_BUSY || rc == BS_CORRUPT || (rc == BS_IO && file.bytes.len > 0))
		return bs_fail(err, rc, "%s", why.text);
	kept->picture.media_id = 0;
	kept->refused = true;
	bs_import_refuse(run, path, NULL, &why);
	return BS_OK;
}

static void refuse_outside(struct bs_import_run *run, struct bs_str document, struct bs_import_named named)
{
	struct bs_remarks place = { .line = named.line };
	struct bs_err err = { 0 };

	(void)bs_fail(&err, BS_DENIED, "the picture '" BS_FMT "' is outside of the folder that is imported; left out", BS_ARG(named.file));
	bs_import_refuse(run, document, &place, &err);
}

enum bs_rc bs_import_picture(struct bs_import_run *run, struct bs_arena *arena, const struct bs_import_file *document,
                             struct bs_import_named named, struct bs_import_picture *out, struct bs_err *err)
{
	bool outside = false;
	struct bs_str path = bs_import_find_file(arena, document->path, document->root, named.file, &outside);
	struct bs_import_kept *kept;
	struct bs_str whole;
	char real[PATH_MAX];
	enum bs_rc rc = BS_OK;

	*out = (struct bs_import_picture){ 0 };
	if (path.len == 0 && outside) {
		refuse_outside(run, document->path, named);
		return BS_OK;
	}
	if (path.len == 0) {
		bs_import_remark(run, document->path, BS_REMARK_PICTURE, named.file,
		                 "not found beside the document or above it; left out");
		return BS_OK;
	}
	/* One picture, from wherever it is named. */
	whole = realpath(path.ptr, real) != NULL ? bs_str_c(real) : path;
	kept = bs_map_get(&run->pictures, whole);
	if (kept == NULL) {
		kept = BS_NEW(run->arena, struct bs_import_kept);
		*bs_map_put(&run->pictures, bs_arena_copy(run->arena, whole)) = kept;
	}
	if (kept->picture.media_id == 0 && !kept->refused)
		rc = keep(run, arena, path, kept, err);
	*out = kept->picture;
	return rc;
}

void bs_import_pictures_settle(struct bs_import_run *run, bool kept)
{
	for (; run->fresh != NULL; run->fresh = run->fresh->next) {
		if (kept)
			continue;
		run->fresh->picture.media_id = 0;
		run->totals->pictures--;
	}
}
