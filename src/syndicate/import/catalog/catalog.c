/* catalog.c - the files of a newsroom that are no stories: its settings, terms, people, notices. See catalog.h and
 * docs/handbook/story-files.md.
 *
 * Order: settings, because the language of all else stands there; terms, parents before children; the home page's
 * sections, which are terms; people; notices; the text about the publication. Each file is settled in a savepoint: a bad
 * one is refused and the rest goes on. */
#include "base/limits.h"
#include "syndicate/import/catalog/catalog.h"

static enum bs_rc open_file(struct bs_catalog *c, bool front)
{
	struct bs_reading reading = { .arena = c->arena,
		                      .document = &c->document,
		                      .path = bs_import_shown(c->arena, c->file->path),
		                      .lang = c->run->index.lang,
		                      .remarks = &c->remarks };
	struct bs_str bytes = { 0 };
	bool whole;
	enum bs_rc rc = bs_import_read_file(c->arena, c->file->path, BS_MAX_DOCUMENT, &bytes, c->err);

	if (rc == BS_OK)
		rc = bs_document_read(bytes, BS_FORMAT_MARKDOWN, &c->document, &c->remarks, c->err);
	whole = rc == BS_OK && !front && c->document.front_kind == BS_FRONT_NONE; /* without a line --- over it */
	if (whole)
		rc = bs_yaml_read_file(c->arena, c->document.body, 1, &c->map, &c->remarks, c->err);
	else if (rc == BS_OK)
		rc = bs_front_parse(&reading, &c->map, c->err);
	if (whole && rc == BS_OK && c->map->kind == BS_DATA_NONE)
		c->map->kind = BS_DATA_MAP;
	if (whole && rc == BS_OK && c->map->kind != BS_DATA_MAP)
		rc = bs_refuse(&c->remarks, 1, c->err, BS_INVALID, "the file must be KEY: VALUE lines");
	c->fields = (struct bs_fields){
		.arena = c->arena, .remarks = &c->remarks, .err = c->err, .map = c->map, .rc = &c->rc
	};
	return rc;
}

/* People, terms and settings have no place for what nothing reads. */
static void keys_are_lost(struct bs_remarks *remarks)
{
	for (size_t i = 0; i < remarks->count; i++) {
		if (remarks->items[i].kind == BS_REMARK_KEY)
			remarks->items[i].kind = BS_REMARK_LOST_KEY;
	}
}

/* What ends the run, and not only the file. */
static bool is_fatal(enum bs_rc rc)
{
	return rc == BS_IO || rc == BS_BUSY || rc == BS_CORRUPT;
}

/* One file in its savepoint. */
static enum bs_rc take_file(struct bs_import_run *run, struct bs_arena *arena, const struct bs_import_file *file,
                            bool front, void (*take)(struct bs_catalog *), bool again, struct bs_err *err)
{
	struct bs_err why = { 0 };
	struct bs_catalog c = { .run = run, .arena = arena, .file = file, .remarks = BS_REMARKS(arena), .err = &why };
	enum bs_rc rc = bs_db_begin(run->db, BS_TX_WRITE, err);
	bool opened;

	if (rc != BS_OK)
		return rc;
	c.rc = open_file(&c, front);
	opened = c.rc == BS_OK;
	if (opened)
		take(&c);
	bs_import_pictures_settle(run, c.rc == BS_OK);
	if (c.rc == BS_OK)
		rc = bs_db_commit(run->db, err);
	else
		bs_db_rollback(run->db);
	if (c.rc != BS_OK && opened && is_fatal(c.rc))
		return bs_fail(err, c.rc, "%s", why.text);
	if (c.rc != BS_OK && (opened || !again))
		bs_import_refuse(run, file->path, &c.remarks, &why);
	keys_are_lost(&c.remarks);
	if (c.rc == BS_OK)
		bs_import_remarks(run, file->path, &c.remarks);
	bs_arena_reset(arena);
	return rc;
}

static enum bs_rc take_files(struct bs_import_run *run, struct bs_arena *arena, enum bs_import_role role, bool front,
                             void (*take)(struct bs_catalog *), bool again, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < run->files.count && rc == BS_OK && !bs_import_stopped(run); i++) {
		if (run->files.items[i].role == role)
			rc = take_file(run, arena, &run->files.items[i], front, take, again, err);
	}
	return rc;
}

enum bs_rc bs_import_catalog(struct bs_import_run *run, struct bs_err *err)
{
	static const struct step {
		enum bs_import_role role;
		bool front;
		void (*take)(struct bs_catalog *);
		bool again; /* the file was opened before: what is wrong with it as a whole has been told */
	} steps[] = {
		{ BS_IMPORT_SETTINGS, false, bs_catalog_settings, false }, { BS_IMPORT_TERMS, false, bs_catalog_terms, false },
		{ BS_IMPORT_TERM, true, bs_catalog_term_page, false },     { BS_IMPORT_SETTINGS, false, bs_catalog_sections, true },
		{ BS_IMPORT_PERSON, true, bs_catalog_person, false },      { BS_IMPORT_NOTICE, true, bs_catalog_own_notice, false },
		{ BS_IMPORT_NOTICE, true, bs_catalog_other_notice, true }, { BS_IMPORT_SOURCE, true, bs_catalog_source, false },
		{ BS_IMPORT_SETTINGS, false, bs_catalog_about, true },
	};
	struct bs_arena *arena = bs_arena_new();
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < BS_COUNT(steps) && rc == BS_OK; i++)
		rc = take_files(run, arena, steps[i].role, steps[i].front, steps[i].take, steps[i].again, err);
	bs_arena_free(&arena);
	return rc;
}
