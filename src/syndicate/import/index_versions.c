/* index_versions.c - which documents are language versions of one story: by what they say, else by where they lie. See index_parts.h. */
#include <stdlib.h>

#include "syndicate/import/index_parts.h"

/* The path without its first part that is a language; *lang is that language, NULL when there is none. */
static struct bs_str neutral_path(struct bs_arena *arena, const struct bs_import_story *story,
                                  const struct bs_lang **lang)
{
	struct bs_str path = bs_import_without_ending(story->file->path);
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
	const struct bs_import_story *found = bs_import_name_get(&index->by_id, name);
	struct bs_str slug = name, before;

	if (found == NULL)
		found = bs_import_name_get(&index->by_url, name);
	if (found == NULL && bs_str_find_byte(name, '/', 0) != SIZE_MAX) /* an address on this site */
		slug = bs_import_last_part(name, &before);
	return found != NULL ? found : bs_import_name_get(&index->by_slug, slug);
}

/* A slug that several languages share names the one that is no translation itself. */
static void settle_named_originals(struct bs_import_index *index)
{
	struct bs_map firsts = BS_MAP(index->arena);

	for (size_t i = 0; i < index->count; i++) {
		struct bs_import_story *story = &index->stories[i];

		if (story->read && story->translation_of.len == 0 && story->slug.len > 0)
			bs_import_name_put(&firsts, story->slug, story);
	}
	for (size_t i = 0; i < index->count; i++) {
		struct bs_import_story *story = &index->stories[i];

		if (story->translation_of.len == 0)
			continue;
		story->original = bs_import_index_original(index, story->translation_of);
		if (story->original == NULL || story->original == story)
			story->original = bs_import_name_get(&firsts, story->translation_of);
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

void bs_import_settle_versions(struct bs_import_index *index)
{
	settle_versions(index);
	settle_named_originals(index);
}
