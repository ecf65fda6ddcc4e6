/* export.c - the whole of an export of stories; see export.h and run.h. */
#include "syndicate/export/export.h"

#include "newsroom/catalog.h"
#include "syndicate/export/run.h"

/* --- files ---------------------------------------------------------------------------------------------------------------- */

enum bs_rc bs_export_put(struct bs_export_run *run, struct bs_arena *arena, struct bs_str file, const struct bs_buf *text,
                         struct bs_err *err)
{
	bool written = false;
	enum bs_rc rc = bs_buf_check(text, file.ptr, err);

	if (rc == BS_OK)
		rc = bs_tree_put(&run->tree, arena, file, BS_STR(""), bs_buf_str(text), &written, err);
	run->result->files += rc == BS_OK;
	run->result->written += written;
	return rc;
}

void bs_export_remark(struct bs_export_run *run, struct bs_str file, const char *why)
{
	run->result->remarks++;
	if (run->options->remark != NULL)
		run->options->remark(run->options->ctx, file, why);
}

/* Names that Windows keeps for devices, whatever stands behind a dot. */
bool bs_export_is_device(struct bs_str name)
{
	static const struct bs_str devices[] = { BS_STR_INIT("con"), BS_STR_INIT("prn"), BS_STR_INIT("aux"), BS_STR_INIT("nul") };

	for (size_t i = 0; i < BS_COUNT(devices); i++) {
		if (bs_str_eq_nocase(name, devices[i]))
			return true;
	}
	return name.len == 4 && name.ptr[3] >= '0' && name.ptr[3] <= '9' &&
	       (bs_str_eq_nocase(bs_str_sub(name, 0, 3), BS_STR("com")) || bs_str_eq_nocase(bs_str_sub(name, 0, 3), BS_STR("lpt")));
}

struct bs_str bs_export_name(struct bs_arena *arena, struct bs_str slug, struct bs_str lang)
{
	return bs_arena_printf(arena, "%.*s%s%s%.*s.md", (int)slug.len, slug.ptr, bs_export_is_device(slug) ? "_" : "", lang.len > 0 ? "." : "",
	                       (int)lang.len, lang.len > 0 ? lang.ptr : "");
}

/* --- the whole ------------------------------------------------------------------------------------------------------------ */

static enum bs_rc know_the_newsroom(struct bs_export_run *run, struct bs_arena *arena, struct bs_err *err)
{
	struct bs_str lang, zone;
	enum bs_rc rc = bs_setting_get(arena, run->db, BS_STR("language"), &lang, err);

	if (rc == BS_OK)
		rc = bs_setting_get(arena, run->db, BS_STR("timezone"), &zone, err);
	if (rc == BS_OK)
		rc = bs_zone_find(zone, &run->zone, err);
	if (rc == BS_OK)
		run->home = bs_lang_find(lang);
	if (rc == BS_OK && run->home == NULL)
		run->home = &bs_langs[BS_LANG_en];
	return rc;
}

/* What says that the folder is ours. The tree has no file whose name begins with a dot but this. */
static enum bs_rc put_record(struct bs_export_run *run, struct bs_arena *arena, struct bs_err *err)
{
	bool written;

	return bs_tree_put(&run->tree, arena, bs_str_c(run->tree.options.record), BS_STR(""),
	                   BS_STR("This folder was written by 'broadsheet export --stories'; the next export replaces it as a whole.\n"),
	                   &written, err);
}

static enum bs_rc export_all(struct bs_export_run *run, struct bs_err *err)
{
	struct bs_arena *arena = bs_arena_new();
	enum bs_rc rc = bs_db_begin(run->db, BS_TX_READ, err);

	if (rc == BS_OK) {
		rc = know_the_newsroom(run, arena, err);
		if (rc == BS_OK)
			rc = bs_export_catalog(run, err);
		if (rc == BS_OK)
			rc = bs_export_stories(run, err);
		if (rc == BS_OK)
			rc = put_record(run, arena, err);
		bs_db_rollback(run->db);
	}
	bs_arena_free(&arena);
	return rc;
}

enum bs_rc bs_story_export(struct bs_db *db, const struct bs_story_export_options *options,
                           struct bs_story_export_result *result, struct bs_err *err)
{
	static const char *const own[] = { "authors", "notices", "pages", "pictures", "settings.yml", "stories", "terms.yml" };
	const struct bs_tree_options tree = { .folder = options->folder, .record = ".broadsheet-stories", .own = own,
		                              .own_count = BS_COUNT(own) };
	struct bs_export_run run = { .db = db, .options = options, .result = result };
	enum bs_rc rc = bs_tree_begin(&run.tree, &tree, err);

	*result = (struct bs_story_export_result){ 0 };
	if (rc == BS_OK)
		rc = export_all(&run, err);
	return bs_tree_end(&run.tree, rc, err);
}
