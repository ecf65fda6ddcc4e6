/* index_addresses.c - where each story of an import will stand, and when it is written. See index_parts.h. */
#include <stdlib.h>

#include "base/sys.h"
#include "syndicate/import/index_parts.h"

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

void bs_import_settle_addresses(struct bs_import_index *index)
{
	for (size_t i = 0; i < index->count; i++)
		settle_month(index, &index->stories[i]);
	settle_rivals(index);
	index->addresses = BS_MAP(index->arena);
	for (size_t i = 0; i < index->count; i++) {
		struct bs_import_story *story = &index->stories[i];

		settle_address(index, story);
		if (story->address.len > 0 && story->rival == NULL)
			*bs_map_put(&index->addresses, story->address) = story;
	}
}

/* --- the order of writing --- */

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

void bs_import_settle_order(struct bs_import_index *index)
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
