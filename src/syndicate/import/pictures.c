/* pictures.c - files that documents name, kept as media; see run.h. */
#include <limits.h>
#include <stdlib.h>

#include "base/limits.h"
#include "newsroom/catalog.h"
#include "syndicate/import/run.h"

struct bs_import_kept {
	struct bs_import_picture picture; /* media_id 0: not kept yet, or not any more */
	struct bs_import_kept *next;      /* of those in the open savepoint */
	char why[200];                    /* it cannot be kept; else empty */
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
	memcpy(kept->why, why.text, sizeof(kept->why) - 1);
	return BS_OK;
}

enum bs_rc bs_import_picture(struct bs_import_run *run, struct bs_arena *arena, const struct bs_import_file *document,
                             struct bs_str name, struct bs_import_picture *out, struct bs_err *err)
{
	struct bs_str path = bs_import_find_file(arena, document->path, document->root, name);
	struct bs_import_kept *kept;
	char real[PATH_MAX];
	enum bs_rc rc = BS_OK;

	*out = (struct bs_import_picture){ 0 };
	if (path.len == 0) {
		bs_import_remark(run, document->path, BS_REMARK_PICTURE, name,
		                 "not found beside the document or above it; left out");
		return BS_OK;
	}
	if (realpath(path.ptr, real) != NULL) /* one picture, from wherever it is named */
		path = bs_arena_copy(arena, bs_str_c(real));
	kept = bs_map_get(&run->pictures, path);
	if (kept == NULL) {
		kept = BS_NEW(run->arena, struct bs_import_kept);
		*bs_map_put(&run->pictures, bs_arena_copy(run->arena, path)) = kept;
	}
	if (kept->picture.media_id == 0 && kept->why[0] == '\0')
		rc = keep(run, arena, path, kept, err);
	if (rc == BS_OK && kept->why[0] != '\0')
		bs_import_remark(run, document->path, BS_REMARK_PICTURE, name,
		                 bs_arena_printf(arena, "left out: %s", kept->why).ptr);
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
