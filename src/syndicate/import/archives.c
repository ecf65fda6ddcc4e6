/* archives.c - the stories that stand in exports of other systems take the place of these among the files; see run.h. */
#include "base/limits.h"
#include "syndicate/import/archive/archive.h"
#include "syndicate/import/run.h"

struct grown {
	struct bs_import_file *items;
	size_t count, room;
};

static enum bs_rc put(struct bs_import_run *run, struct grown *grown, struct bs_import_file file, struct bs_err *err)
{
	if (grown->count == BS_MAX_IMPORT_FILES)
		return bs_fail(err, BS_LIMIT, "more than %d stories; import them in parts", BS_MAX_IMPORT_FILES);
	BS_GROW(run->arena, grown->items, grown->count, grown->room, 256);
	grown->items[grown->count++] = file;
	return BS_OK;
}

/* Its stories; what is wrong with the export ends at it. */
static enum bs_rc put_stories(struct bs_import_run *run, struct grown *grown, const struct bs_import_file *file,
                              enum bs_archive_kind kind, struct bs_str bytes, struct bs_err *err)
{
	struct bs_remarks remarks = BS_REMARKS(run->arena);
	struct bs_archive archive;
	struct bs_err why = { 0 };
	enum bs_rc rc = bs_archive_read(run->arena, kind, bytes, &archive, &remarks, &why);

	if (rc != BS_OK)
		bs_import_refuse(run, file->path, &remarks, &why);
	bs_import_remarks(run, file->path, &remarks);
	rc = BS_OK;
	for (size_t i = 0; i < archive.count && rc == BS_OK; i++) {
		const struct bs_archive_story *story = &archive.stories[i];

		rc = put(run, grown, (struct bs_import_file){
			.path = bs_arena_printf(run->arena, "%s/" BS_FMT, file->path.ptr, BS_ALL(story->name)),
			.root = file->root, .role = BS_IMPORT_STORY, .named = true, .archive = file->path, .bytes = story->bytes,
			.line = story->line }, err);
		if (story->held != NULL)
			bs_import_remark(run, file->path, BS_REMARK_TEXT,
			                 bs_arena_printf(run->arena, "'" BS_FMT "'", BS_ALL(story->name)), story->held);
	}
	return rc;
}

static enum bs_rc take(struct bs_import_run *run, struct grown *grown, struct bs_import_file *file, struct bs_err *err)
{
	struct bs_err why = { 0 };
	struct bs_str bytes = { 0 };
	struct bs_arena *arena = bs_arena_new(); /* most are none, and need not be kept */
	enum bs_rc rc = bs_import_read_file(arena, file->path, BS_MAX_ARCHIVE, &bytes, &why);
	enum bs_archive_kind kind = bs_archive_kind_of(bs_str_sub(bytes, 0, BS_ARCHIVE_HEAD));

	if (rc == BS_OK && kind != BS_ARCHIVE_NONE)
		rc = put_stories(run, grown, file, kind, bytes, err);
	bs_arena_free(&arena);
	if (kind != BS_ARCHIVE_NONE)
		return rc;
	if (!file->named) { /* a program's or a site's own */
		run->files.others++;
		return BS_OK;
	}
	if (rc == BS_OK)
		(void)bs_fail(&why, BS_INVALID, "neither an export of WordPress (Tools, Export, All content) nor of Ghost (Settings, Export)");
	bs_import_refuse(run, file->path, NULL, &why);
	return BS_OK;
}

enum bs_rc bs_import_archives(struct bs_import_run *run, struct bs_err *err)
{
	struct grown grown = { 0 };
	enum bs_rc rc = BS_OK;
	bool any = false;

	for (size_t i = 0; i < run->files.count; i++)
		any = any || run->files.items[i].role == BS_IMPORT_ARCHIVE;
	for (size_t i = 0; any && i < run->files.count && rc == BS_OK; i++) {
		struct bs_import_file *file = &run->files.items[i];

		rc = file->role == BS_IMPORT_ARCHIVE ? take(run, &grown, file, err) : put(run, &grown, *file, err);
	}
	if (any) {
		run->files.items = grown.items;
		run->files.count = grown.count;
	}
	return rc;
}
