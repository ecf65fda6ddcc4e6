/* index.c - where every story of an import will stand; see index.h. */
#include "syndicate/import/index.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "base/sys.h"
#include "syndicate/import/files.h"
#include "text/slug.h"

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

static struct bs_str last_part(struct bs_str path, struct bs_str *before)
{
	size_t start = path.len;

	while (start > 0 && path.ptr[start - 1] != '/')
		start--;
	*before = bs_str_sub(path, 0, start > 0 ? start - 1 : 0);
	return bs_str_sub(path, start, SIZE_MAX);
}

static struct bs_str without_ending(struct bs_str path)
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

static void put_name(struct bs_map *map, struct bs_str name, struct bs_import_story *story)
{
	void **place;

	if (name.len == 0)
		return;
	place = bs_map_put(map, name);
	*place = *place == NULL || *place == story ? (void *)story : (void *)&ambiguous;
}

static const struct bs_import_story *get_name(const struct bs_map *map, struct bs_str name)
{
	void *found = name.len > 0 ? bs_map_get(map, name) : NULL;

	return found == &ambiguous ? NULL : found;
}

static void put_names(struct bs_import_index *index, struct bs_import_story *story)
{
	struct bs_str path = without_ending(story->file->path), folder;

	put_name(&index->by_path, path, story);
	put_name(&index->by_name, last_part(path, &folder), story);
	put_name(&index->by_id, story->id, story);
	put_name(&index->by_url, story->own_url, story);
	put_name(&index->by_slug, story->slug, story);
	put_name(&index->by_address, story->old_path, story);
}

static void put_terms(struct bs_import_index *index, const struct bs_import_files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		struct bs_str path = without_ending(files->items[i].path), folder, name = last_part(path, &folder);

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

/* --- language versions --- */

/* The path without its first part that is a language; *lang is that language, NULL when there is none. */
static struct bs_str neutral_path(struct bs_arena *arena, const struct bs_import_story *story,
                                  const struct bs_lang **lang)
{
	struct bs_str path = without_ending(story->file->path);
	size_t start = story->file->root > 0 ? story->file->root + 1 : 0, dot = path.len;

	*lang = NULL;
	for (size_t at = start, end; at < path.len; at = end + 1) {
		struct bs_str part;

		end = bs_str_find_byte(path, '/', at);
		part = bs_str_sub(path, at, end == SIZE_MAX ? SIZE_MAX : end - at);
		if (part.len >= 2 && part.len <= 8 && (*lang = bs_lang_find(part)) != NULL)
			return bs_arena_printf(arena, "%.*s%.*s", (int)at, path.ptr,
			                       end == SIZE_MAX ? 0 : (int)(path.len - end - 1),
			                       end == SIZE_MAX ? "" : path.ptr + end + 1);
		if (end == SIZE_MAX)
			break;
	}
	while (dot > start && path.ptr[dot - 1] != '.' && path.ptr[dot - 1] != '/')
		dot--;
	if (dot <= start || path.ptr[dot - 1] != '.' || path.len - dot < 2 || path.len - dot > 8)
		return path;
	*lang = bs_lang_find(bs_str_sub(path, dot, SIZE_MAX));
	return *lang != NULL ? bs_str_sub(path, 0, dot - 1) : path;
}

struct version {
	struct bs_str group;
	const struct bs_lang *path_lang;
	size_t at; /* in stories */
};

static int by_group(const void *a, const void *b)
{
	const struct version *x = a, *y = b;
	int order = bs_str_cmp(x->group, y->group);

	return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

/* The language that a document has as a member of its group: what it says, else what its path says. */
static const struct bs_lang *lang_of(const struct bs_import_index *index, const struct version *version)
{
	const struct bs_import_story *story = &index->stories[version->at];

	return !story->lang_given && version->path_lang != NULL ? version->path_lang : story->lang;
}

/* The one whose address names the group, or that stands outside of all languages' folders, or is in the publication's
 * language; else the first. */
static const struct version *original_of(const struct bs_import_index *index, const struct version *versions,
                                         size_t count)
{
	const struct version *own = NULL, *neutral = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct bs_import_story *story = &index->stories[versions[i].at];

		if (story->own_url.len > 0 && bs_str_eq(story->own_url, versions[i].group))
			return &versions[i];
		if (neutral == NULL && versions[i].path_lang == NULL && story->group.len == 0)
			neutral = &versions[i];
		if (own == NULL && lang_of(index, &versions[i]) == index->lang)
			own = &versions[i];
	}
	return neutral != NULL ? neutral : own != NULL ? own : versions;
}

/* One group: nothing when all of it is in one language, for then a folder's name was no language. */
static void settle_group(struct bs_import_index *index, const struct version *versions, size_t count)
{
	const struct version *original = original_of(index, versions, count);
	bool several = false;

	for (size_t i = 1; i < count; i++)
		several = several || lang_of(index, &versions[i]) != lang_of(index, &versions[0]);
	for (size_t i = 0; several && i < count; i++) {
		struct bs_import_story *story = &index->stories[versions[i].at];

		story->lang = lang_of(index, &versions[i]);
		if (&versions[i] != original && story->lang != lang_of(index, original))
			story->original = &index->stories[original->at];
	}
}

static void settle_versions(struct bs_import_index *index)
{
	struct version *versions = BS_ARRAY(index->arena, index->count, struct version);
	size_t count = 0, start = 0;

	for (size_t i = 0; i < index->count; i++) {
		const struct bs_import_story *story = &index->stories[i];
		struct version *version = &versions[count];

		/* An export says itself what is a translation of what. */
		if (!story->read || story->translation_of.len > 0 || story->accession > 0)
			continue;
		*version = (struct version){ .group = story->group, .at = i };
		if (story->group.len == 0)
			version->group = neutral_path(index->arena, story, &version->path_lang);
		/* Its folder says one language and itself another: the folder means something else. */
		count += version->path_lang == NULL || !story->lang_given || version->path_lang == story->lang;
	}
	if (count > 1)
		qsort(versions, count, sizeof(*versions), by_group);
	for (size_t i = 1; i <= count; i++) {
		if (i == count || !bs_str_eq(versions[i].group, versions[start].group)) {
			if (i - start > 1)
				settle_group(index, versions + start, i - start);
			start = i;
		}
	}
}

const struct bs_import_story *bs_import_index_original(const struct bs_import_index *index, struct bs_str name)
{
	const struct bs_import_story *found = get_name(&index->by_id, name);
	struct bs_str slug = name, before;

	if (found == NULL)
		found = get_name(&index->by_url, name);
	if (found == NULL && bs_str_find_byte(name, '/', 0) != SIZE_MAX) /* an address on this site */
		slug = last_part(name, &before);
	return found != NULL ? found : get_name(&index->by_slug, slug);
}

/* A slug that several languages share names the one that is no translation itself. */
static void settle_named_originals(struct bs_import_index *index)
{
	struct bs_map firsts = BS_MAP(index->arena);

	for (size_t i = 0; i < index->count; i++) {
		struct bs_import_story *story = &index->stories[i];

		if (story->read && story->translation_of.len == 0 && story->slug.len > 0)
			put_name(&firsts, story->slug, story);
	}
	for (size_t i = 0; i < index->count; i++) {
		struct bs_import_story *story = &index->stories[i];

		if (story->translation_of.len == 0)
			continue;
		story->original = bs_import_index_original(index, story->translation_of);
		if (story->original == NULL || story->original == story)
			story->original = get_name(&firsts, story->translation_of);
	}
	/* A translation of a translation is one of the original. */
	for (size_t i = 0; i < index->count; i++) {
		struct bs_import_story *story = &index->stories[i];

		if (story->accession > 0)
			continue;
		for (int steps = 0; story->original != NULL && story->original->original != NULL && steps < 8; steps++)
			story->original = story->original->original;
		if (story->original == story || (story->original != NULL && story->original->original != NULL))
			story->original = NULL; /* a circle */
	}
}

/* --- addresses --- */

static void settle_month(struct bs_import_index *index, struct bs_import_story *story)
{
	const struct bs_import_story *dated =
		story->published_at == 0 && story->original != NULL ? story->original : story;
	int64_t time = dated->published_at != 0 ? dated->published_at : index->now;
	struct bs_civil civil = bs_civil_of(time, bs_zone_offset(index->zone, time));

	if (story->page) {
		story->year = story->month = 0;
		return;
	}
	if (dated->published_at == 0 && (story->story_id != 0 || story->draft))
		return;
	story->year = civil.year;
	story->month = civil.month;
}

static struct bs_str address_key(struct bs_import_index *index, const struct bs_import_story *story, struct bs_str slug)
{
	return bs_arena_printf(index->arena, "%.*s/%04d/%02d/%.*s", (int)story->lang->code.len, story->lang->code.ptr,
	                       story->year, story->month, (int)slug.len, slug.ptr);
}

/* Give each its own: what documents say before what is only made from a file's name. */
static void settle_rivals(struct bs_import_index *index)
{
	struct bs_map taken = BS_MAP(index->arena);

	for (int given = 1; given >= 0; given--) {
		for (size_t i = 0; i < index->count; i++) {
			struct bs_import_story *story = &index->stories[i];
			struct bs_str slug = story->slug;
			void **place;

			if (!story->read || slug.len == 0 || story->lang == NULL ||
			    (story->slug_given || story->story_id != 0) != given)
				continue;
			place = bs_map_put(&taken, address_key(index, story, slug));
			for (int n = 2; *place != NULL && !given && n < 1000; n++) {
				story->slug = bs_arena_printf(index->arena, "%.*s-%d", (int)slug.len, slug.ptr, n);
				place = bs_map_put(&taken, address_key(index, story, story->slug));
			}
			story->rival = *place;
			*place = *place == NULL ? story : *place;
		}
	}
}

static void settle_address(struct bs_import_index *index, struct bs_import_story *story)
{
	bool own = story->lang == index->lang;
	struct bs_str code = own || story->lang == NULL ? BS_STR("") : story->lang->code;

	if (story->slug.len == 0 || (story->year == 0 && !story->page))
		return;
	if (story->page) {
		story->address = bs_arena_printf(index->arena, "%s%.*s/%.*s", own ? "" : "/", (int)code.len, code.ptr,
		                                 (int)story->slug.len, story->slug.ptr);
		return;
	}
	story->address = bs_arena_printf(index->arena, "%s%.*s/%04d/%02d/%.*s", own ? "" : "/", (int)code.len, code.ptr,
	                                 story->year, story->month, (int)story->slug.len, story->slug.ptr);
}

struct turn {
	int64_t accession;
	bool translation;
	size_t at; /* in stories */
};

static int by_turn(const void *a, const void *b)
{
	const struct turn *x = a, *y = b;

	if (x->accession != y->accession)
		return (x->accession > y->accession) - (x->accession < y->accession);
	if (x->translation != y->translation)
		return x->translation ? 1 : -1;
	return (x->at > y->at) - (x->at < y->at);
}

/* A story behind the originals of it that have not been written yet. */
static void put_in_order(struct bs_import_index *index, size_t story, bool *placed, size_t *at)
{
	size_t chain[16], count = 0;

	for (; count < BS_COUNT(chain) && !placed[story]; story = (size_t)(index->stories[story].original - index->stories)) {
		chain[count++] = story;
		if (index->stories[story].original == NULL)
			break;
	}
	while (count > 0) {
		story = chain[--count];
		if (!placed[story])
			index->order[(*at)++] = story;
		placed[story] = true;
	}
}

/* First what an export has numbered, in that order, so that ids stand to each other as they did; then originals, then
 * translations. */
static void settle_order(struct bs_import_index *index)
{
	struct turn *turns = BS_ARRAY(index->arena, index->count, struct turn);
	bool *placed = BS_ARRAY(index->arena, index->count, bool);
	size_t at = 0;

	index->order = BS_ARRAY(index->arena, index->count, size_t);
	for (size_t i = 0; i < index->count; i++) {
		const struct bs_import_story *story = &index->stories[i];

		turns[i] = (struct turn){ story->accession > 0 ? story->accession : INT64_MAX,
			                  story->original != NULL || story->translation_of.len > 0, i };
	}
	if (index->count > 1)
		qsort(turns, index->count, sizeof(*turns), by_turn);
	for (size_t i = 0; i < index->count; i++)
		put_in_order(index, turns[i].at, placed, &at);
}

enum bs_rc bs_import_index_settle(struct bs_import_index *index, const struct bs_import_files *files, struct bs_db *db,
                                  struct bs_err *err)
{
	struct bs_map *const maps[] = { &index->by_path, &index->by_name, &index->by_address, &index->by_id,
		                        &index->by_url,  &index->by_slug, &index->terms };

	for (size_t i = 0; i < BS_COUNT(maps); i++)
		*maps[i] = BS_MAP(index->arena);
	put_terms(index, files);
	for (size_t i = 0; i < index->count; i++) {
		struct bs_import_story *story = &index->stories[i];
		enum bs_rc rc;

		story->key = key_of(index, story);
		rc = look_up(index, db, story, err);
		if (rc != BS_OK)
			return rc;
		put_names(index, story);
	}
	settle_versions(index);
	settle_named_originals(index);
	for (size_t i = 0; i < index->count; i++)
		settle_month(index, &index->stories[i]);
	settle_rivals(index);
	for (size_t i = 0; i < index->count; i++)
		settle_address(index, &index->stories[i]);
	settle_order(index);
	return BS_OK;
}

/* --- references --- */

/* "../b/./c" seen from a folder. */
static struct bs_str joined(struct bs_arena *arena, struct bs_str folder, struct bs_str target)
{
	struct bs_str rest = target, part;

	while (bs_str_split(&rest, '/', &part)) {
		if (part.len == 0 || bs_str_eq(part, BS_STR(".")))
			continue;
		if (bs_str_eq(part, BS_STR("..")))
			(void)last_part(folder, &folder);
		else
			folder = bs_arena_printf(arena, "%.*s%s%.*s", (int)folder.len, folder.len > 0 ? folder.ptr : "",
			                         folder.len > 0 ? "/" : "", (int)part.len, part.ptr);
	}
	return folder;
}

/* A term's page: "/topics/open-data", "topics/open-data/_index.md". */
static struct bs_str term_address(const struct bs_import_index *index, struct bs_arena *arena, struct bs_str target)
{
	struct bs_str path = without_ending(target), folder, name = last_part(path, &folder), vocabulary;

	vocabulary = bs_import_vocabulary_of(
		bs_arena_printf(arena, BS_FMT "/" BS_FMT "/_index.md", BS_ALL(folder), BS_ALL(name)));
	if (vocabulary.len == 0 || bs_map_get(&index->terms, bs_arena_printf(arena, BS_FMT "/" BS_FMT,
	                                                                     BS_ALL(vocabulary), BS_ALL(name))) == NULL)
		return (struct bs_str){ 0 };
	return bs_arena_printf(arena, "/" BS_FMT "/" BS_FMT, BS_ALL(vocabulary), BS_ALL(name));
}

struct bs_str bs_import_index_address(const struct bs_import_index *index, struct bs_arena *arena,
                                      const struct bs_import_story *from, struct bs_str target)
{
	const struct bs_import_story *found;
	struct bs_str path, folder, before, fallback;

	target = bs_str_sub(target, 0, bs_str_find_byte(target, '#', 0));
	target = bs_str_sub(target, 0, bs_str_find_byte(target, '?', 0));
	while (target.len > 1 && target.ptr[target.len - 1] == '/')
		target.len--;
	if (target.len == 0 || target.len > 1024)
		return (struct bs_str){ 0 };
	found = get_name(&index->by_address, target);
	(void)last_part(from->file->path, &folder);
	if (found == NULL && target.ptr[0] != '/')
		found = get_name(&index->by_path, without_ending(joined(arena, folder, target)));
	/* A page of its own folder, as tools show it: ../other/ seen from /this/. */
	if (found == NULL && bs_str_starts(target, BS_STR("../")))
		found = get_name(&index->by_path, joined(arena, folder, bs_str_sub(target, 3, SIZE_MAX)));
	if (found == NULL) {
		path = joined(arena, bs_str_sub(from->file->path, 0, from->file->root), target);
		found = get_name(&index->by_path, without_ending(path));
	}
	/* Zola's "@/blog/a.md" is below the site's content, which is the root or a folder above the document. */
	for (before = folder; found == NULL && bs_str_starts(target, BS_STR("@/")); (void)last_part(before, &before)) {
		found = get_name(&index->by_path, without_ending(joined(arena, before, bs_str_sub(target, 2, SIZE_MAX))));
		if (before.len <= from->file->root)
			break;
	}
	fallback = term_address(index, arena, target);
	if (found == NULL && fallback.len == 0 && bs_str_find_byte(target, '/', 0) == SIZE_MAX)
		found = get_name(&index->by_name, last_part(without_ending(target), &before));
	return found != NULL && found->rival == NULL ? found->address : fallback;
}
