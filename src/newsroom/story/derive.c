/* derive.c - what a story's row says that follows from its passages, terms and byline: found here when it is saved, and again when what
 * pages show is held against its revision (shown.c). */
#include "newsroom/saving.h"

static int64_t passage_at(const struct bs_saving *saving, struct bs_str path)
{
	for (size_t i = 0; i < saving->first_block; i++) {
		if (bs_str_eq(saving->entries[i].path, path))
			return saving->entries[i].passage_id;
	}
	return 0;
}

/* What a listing says under the headline: the summary, else the standfirst, else the first paragraph. */
static int64_t summary_of(const struct bs_saving *saving)
{
	int64_t id = passage_at(saving, BS_STR("@summary"));

	if (id == 0)
		id = passage_at(saving, BS_STR("@subtitle"));
	for (size_t i = saving->first_block; id == 0 && i < saving->first_note; i++) {
		if (bs_str_eq(saving->entries[i].path, BS_STR("p")))
			id = saving->entries[i].passage_id;
	}
	return id;
}

static int64_t section_of(const struct bs_saving *saving)
{
	for (size_t i = 0; i < saving->draft->term_count; i++) {
		if (saving->draft->terms[i].vocabulary == BS_THEME)
			return saving->term_ids[i];
	}
	return 0;
}

/* The term whose stories are the likeliest to be read next. */
static int64_t related_of(const struct bs_saving *saving)
{
	static const enum bs_vocabulary order[] = { BS_REPORT, BS_THEME, BS_REGION, BS_TAG };

	for (size_t rank = 0; rank < BS_COUNT(order); rank++) {
		for (size_t i = 0; i < saving->draft->term_count; i++) {
			if (saving->draft->terms[i].vocabulary == order[rank])
				return saving->term_ids[i];
		}
	}
	return 0;
}

/* The author at this place among the authors, from 0; or 0. */
static int64_t author_of(const struct bs_saving *saving, size_t place)
{
	for (size_t i = 0; i < saving->draft->byline_count; i++) {
		if (saving->draft->byline[i].role == BS_ROLE_AUTHOR && place-- == 0)
			return saving->person_ids[i];
	}
	return 0;
}

static struct bs_str authors_of(const struct bs_saving *saving)
{
	struct bs_str *names = BS_ARRAY(saving->arena, saving->draft->byline_count, struct bs_str);
	size_t count = 0;

	for (size_t i = 0; i < saving->draft->byline_count; i++) {
		if (saving->draft->byline[i].role == BS_ROLE_AUTHOR)
			names[count++] = saving->names[i];
	}
	return bs_arena_join(saving->arena, names, count, BS_STR("\n"));
}

struct bs_derived bs_saving_derive(const struct bs_saving *saving)
{
	return (struct bs_derived){
		.title_id = passage_at(saving, BS_STR("@title")), .summary_id = summary_of(saving), .section_id = section_of(saving),
		.related_id = related_of(saving), .author_id = author_of(saving, 0), .second_author_id = author_of(saving, 1),
		.authors = authors_of(saving),
	};
}
