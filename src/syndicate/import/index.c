/* index.c - where every story of an import will stand; see index.h. */
#include "syndicate/import/index_parts.h"

#include <limits.h>
#include <stdlib.h>

#include "syndicate/import/files.h"

/* Stands in a map for a name that several documents have. */
static char ambiguous;

/* --- reading front matter --- */

static void take_incoming(struct bs_import_story *story, const struct bs_incoming *in, struct bs_arena *arena)
{
	story->read = true;
	story->lang_given = in->given & BS_GIVEN_LANGUAGE;
	story->lang = bs_lang_find(in->draft.lang);
	story->slug_given = in->given & BS_GIVEN_SLUG;
	story->slug = bs_arena_copy(arena, in->draft.slug);
	story->id = bs_arena_copy(arena, in->draft.public_id);
	story->own_url = bs_arena_copy(arena, in->own_url);
	story->old_path = bs_arena_copy(arena, in->old_path);
	story->group = bs_arena_copy(arena, in->group);
	story->alias_count = in->alias_count;
	story->aliases = BS_ARRAY(arena, in->alias_count, struct bs_str);
	for (size_t i = 0; i < in->alias_count; i++)
		story->aliases[i] = bs_arena_copy(arena, in->aliases[i]);
	story->translation_of = bs_arena_copy(arena, in->translation_of);
	story->published_at = in->draft.published_at;
	story->accession = in->accession;
	story->page = in->draft.kind == BS_KIND_PAGE;
	story->draft = in->draft.status == BS_STATUS_DRAFT || in->draft.status == BS_STATUS_REVIEW;
}

void bs_import_index_read(struct bs_import_index *index, size_t i, enum bs_format format, struct bs_arena *arena,
                          struct bs_arena *scratch)
{
	struct bs_import_story *story = &index->stories[i];
	struct bs_remarks remarks = BS_REMARKS(scratch);
	struct bs_document document;
	struct bs_incoming in;
	struct bs_str bytes;
	struct bs_reading reading = { .arena = scratch,
		                      .document = &document,
		                      .path = bs_import_shown(scratch, story->file->path),
		                      .lang = index->lang,
		                      .zone = index->zone,
		                      .home = index->lang,
		                      .html_body = story->file->archive.len > 0,
		                      .remarks = &remarks };
	enum bs_rc rc = bs_import_read_story(scratch, story->file, &bytes, NULL);

	if (rc == BS_OK)
		rc = bs_document_read(bytes, format, &document, &remarks, NULL);
	if (rc == BS_OK && document.format == BS_FORMAT_MARKDOWN && document.front_kind != BS_FRONT_NONE)
		rc = bs_incoming_front(&reading, &in, NULL);
	else if (rc == BS_OK)
		rc = bs_incoming_read(&reading, &in, NULL);
	if (rc == BS_OK)
		take_incoming(story, &in, arena);
	bs_arena_reset(scratch);
}

/* --- names of documents --- */

struct bs_str bs_import_last_part(struct bs_str path, struct bs_str *before)
{
	size_t start = path.len;

	while (start > 0 && path.ptr[start - 1] != '/')
		start--;
	*before = bs_str_sub(path, 0, start > 0 ? start - 1 : 0);
	return bs_str_sub(path, start, SIZE_MAX);
}

struct bs_str bs_import_without_ending(struct bs_str path)
{
	static const struct bs_str endings[] = { BS_STR_INIT(".md"), BS_STR_INIT(".markdown"), BS_STR_INIT(".html"),
		                                 BS_STR_INIT(".htm"), BS_STR_INIT(".txt") };

	for (size_t i = 0; i < BS_COUNT(endings); i++) {
		if (path.len > endings[i].len &&
		    bs_str_eq_nocase(bs_str_sub(path, path.len - endings[i].len, SIZE_MAX), endings[i])) {
			path.len -= endings[i].len;
			break;
		}
	}
	for (size_t i = 0; i < 2; i++) { /* a folder's own page is called by the folder */
		static const struct bs_str pages[] = { BS_STR_INIT("/_index"), BS_STR_INIT("/index") };

		if (bs_str_ends(path, pages[i]))
			return bs_str_sub(path, 0, path.len - pages[i].len);
	}
	return path;
}

void bs_import_name_put(struct bs_map *map, struct bs_str name, struct bs_import_story *story)
{
	void **place;

	if (name.len == 0)
		return;
	place = bs_map_put(map, name);
	*place = *place == NULL || *place == story ? (void *)story : (void *)&ambiguous;
}

const struct bs_import_story *bs_import_name_get(const struct bs_map *map, struct bs_str name)
{
	void *found = name.len > 0 ? bs_map_get(map, name) : NULL;

	return found == &ambiguous ? NULL : found;
}

static void put_names(struct bs_import_index *index, struct bs_import_story *story)
{
	struct bs_str path = bs_import_without_ending(story->file->path), folder, name = bs_import_last_part(path, &folder);

	bs_import_name_put(&index->by_path, path, story);
	bs_import_name_put(&index->by_name, name, story);
	if (story->slug_given) /* Hugo and Zola show a page by its slug in the place of its file's name */
		bs_import_name_put(&index->by_page, bs_arena_printf(index->arena, BS_FMT "/" BS_FMT, BS_ALL(folder), BS_ALL(story->slug)), story);
	bs_import_name_put(&index->by_id, story->id, story);
	bs_import_name_put(&index->by_url, story->own_url, story);
	bs_import_name_put(&index->by_slug, story->slug, story);
	bs_import_name_put(&index->by_address, story->old_path, story);
	for (size_t i = 0; i < story->alias_count; i++)
		bs_import_name_put(&index->by_address, story->aliases[i], story);
}

static void put_terms(struct bs_import_index *index, const struct bs_import_files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		struct bs_str path = bs_import_without_ending(files->items[i].path), folder, name = bs_import_last_part(path, &folder);

		if (files->items[i].role == BS_IMPORT_TERM)
			*bs_map_put(&index->terms,
			            bs_arena_printf(index->arena, BS_FMT "/" BS_FMT,
			                            BS_ALL(bs_import_vocabulary_of(files->items[i].path)),
			                            BS_ALL(name))) = index;
	}
}

/* --- what the newsroom knows of them --- */

/* The lasting name of a document: its path, whatever the folder it was imported from. */
static struct bs_str key_of(struct bs_import_index *index, const struct bs_import_story *story)
{
	char path[PATH_MAX];

	if (story->id.len > 0)
		return bs_arena_printf(index->arena, "id:%s:%.*s", story->lang != NULL ? story->lang->code.ptr : "",
		                       (int)story->id.len, story->id.ptr);
	if (realpath(story->file->path.ptr, path) == NULL)
		return bs_arena_printf(index->arena, "path:%s", bs_import_shown(index->arena, story->file->path).ptr);
	return bs_arena_printf(index->arena, "path:%s", bs_import_shown(index->arena, bs_str_c(path)).ptr);
}

static enum bs_rc look_up(struct bs_import_index *index, struct bs_db *db, struct bs_import_story *story,
                          struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_import_source_find, BS_VALUES(bs_text(story->key)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		struct bs_str hash = bs_stmt_blob(stmt, BS_C_import_source_find_content_hash);

		story->story_id = bs_stmt_int(stmt, BS_C_import_source_find_story_id);
		story->public_id = bs_arena_copy(index->arena, bs_stmt_str(stmt, BS_C_import_source_find_public_id));
		story->year = (int)bs_stmt_int(stmt, BS_C_import_source_find_year);
		story->month = (int)bs_stmt_int(stmt, BS_C_import_source_find_month);
		if (!story->slug_given)
			story->slug = bs_arena_copy(index->arena, bs_stmt_str(stmt, BS_C_import_source_find_slug));
		if (hash.len == sizeof(story->content_hash))
			memcpy(story->content_hash, hash.ptr, hash.len);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* --- all of it --- */

enum bs_rc bs_import_index_settle(struct bs_import_index *index, const struct bs_import_files *files, struct bs_db *db,
                                  struct bs_err *err)
{
	struct bs_map *const maps[] = { &index->by_path, &index->by_name, &index->by_address, &index->by_id,
		                        &index->by_url,  &index->by_slug, &index->by_key, &index->by_page,
		                        &index->terms };

	for (size_t i = 0; i < BS_COUNT(maps); i++)
		*maps[i] = BS_MAP(index->arena);
	put_terms(index, files);
	for (size_t i = 0; i < index->count; i++) {
		struct bs_import_story *story = &index->stories[i];
		enum bs_rc rc;

		story->key = key_of(index, story);
		*bs_map_put(&index->by_key, story->key) = story;
		rc = look_up(index, db, story, err);
		if (rc != BS_OK)
			return rc;
		put_names(index, story);
	}
	bs_import_settle_versions(index);
	bs_import_settle_addresses(index);
	bs_import_settle_order(index);
	return BS_OK;
}
