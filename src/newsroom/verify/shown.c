/* shown.c - what pages are made from, held against the newest revision of each story.
 *
 * A story is read back from the tables into a draft (read.c), and that is written as metadata by the code that writes it when a story is
 * saved (meta.c): what comes out must be what was signed. What the tables say besides that follows from the revision, and is found again
 * as it was found then (derive.c, show.c). */
#include "newsroom/verify/shown.h"

#include "base/sys.h"
#include "newsroom/catalog.h"
#include "text/json.h"

enum { EAST = 14 * 60, WEST = -12 * 60 }; /* minutes from UTC of the time zones that are farthest */

struct checking {
	struct bs_verifying *v;
	struct bs_map notices, media; /* those that there are, by slug and by hash in hexadecimal */
	struct bs_shown_part parts[BS_SHOWN_PARTS];
};

/* --- what follows from the revision ----------------------------------------------------------------------------------------- */

/* A term that stands for the story is one of its own; which of them, may have been another before two were merged. */
static bool stands_for(const struct bs_shown *story, int64_t term, int64_t first)
{
	enum bs_vocabulary kinds[] = { BS_VOCABULARY_COUNT, BS_VOCABULARY_COUNT };

	for (size_t i = 0; i < story->draft.term_count; i++) {
		if (story->saving.term_ids[i] == term)
			kinds[0] = story->draft.terms[i].vocabulary;
		if (story->saving.term_ids[i] == first)
			kinds[1] = story->draft.terms[i].vocabulary;
	}
	return term == first || (first != 0 && kinds[0] == kinds[1]);
}

/* Stories and their addresses keep their month when the newsroom moves to another time zone. */
static bool is_month_of(const struct bs_shown *story, int offset)
{
	struct bs_civil civil = bs_civil_of(story->saving.published_at, offset);

	return civil.year == story->saving.year && civil.month == story->saving.month;
}

static void check_address(struct bs_shown *story)
{
	const struct bs_saving *saving = &story->saving;
	bool dated = story->draft.kind != BS_KIND_PAGE && saving->published_at != 0;

	if (dated ? !is_month_of(story, EAST) && !is_month_of(story, WEST) : saving->year != 0 || saving->month != 0)
		bs_shown_differs(story, "month of its address");
	if (bs_stmt_int(story->row, BS_C_shown_walk_addressed) != story->id)
		bs_shown_differs(story, "address");
}

static void check_derived(struct bs_shown *story)
{
	const struct bs_stmt *row = story->row;
	struct bs_derived own = bs_saving_derive(&story->saving);

	if (bs_stmt_int(row, BS_C_shown_walk_title_id) != own.title_id)
		bs_shown_differs(story, "title");
	if (bs_stmt_int(row, BS_C_shown_walk_summary_id) != own.summary_id)
		bs_shown_differs(story, "summary");
	if (!bs_str_eq(bs_stmt_str(row, BS_C_shown_walk_authors), own.authors) ||
	    bs_stmt_int(row, BS_C_shown_walk_author_id) != own.author_id ||
	    bs_stmt_int(row, BS_C_shown_walk_second_author_id) != own.second_author_id)
		bs_shown_differs(story, "authors");
	if (!stands_for(story, bs_stmt_int(row, BS_C_shown_walk_section_id), own.section_id) ||
	    !stands_for(story, bs_stmt_int(row, BS_C_shown_walk_related_id), own.related_id))
		bs_shown_differs(story, "section");
}

static void check_corrections(struct bs_shown *story)
{
	const struct bs_saving *saving = &story->saving;
	bool same = saving->entry_count - saving->first_note == story->draft.correction_count;

	for (size_t i = 0; i < story->draft.correction_count && same; i++)
		same = story->notes[i] == saving->entries[saving->first_note + i].passage_id;
	if (!same)
		bs_shown_differs(story, "corrections");
}

/* Notices and pictures that stand in the text. */
static void check_text(const struct checking *c, struct bs_shown *story)
{
	size_t placed = 0;

	for (size_t i = story->saving.first_block; i < story->saving.first_note; i++) {
		const struct bs_entry *entry = &story->saving.entries[i];
		struct bs_str slug = bs_block_notice(&(struct bs_block){ .path = entry->path, .attrs = entry->attrs });
		struct bs_str src = bs_attrs_get(entry->attrs, BS_STR("src"));
		if (slug.len > 0 && (placed == story->placed_count || !bs_str_eq(story->placed[placed++], slug)))
			bs_shown_differs(story, "notices in its text");
		if (bs_str_starts(src, BS_STR("media:")) && bs_map_get(&c->media, bs_str_sub(src, 6, 2 * BS_HASH_SIZE)) == NULL)
			bs_shown_differs(story, "pictures in its text");
	}
	if (placed != story->placed_count)
		bs_shown_differs(story, "notices in its text");
}

/* --- the lists that show it, as show.c puts it into them -------------------------------------------------------------------- */

static bool has_term(const struct bs_shown *story, int64_t id)
{
	for (size_t i = 0; i < story->draft.term_count; i++) {
		if (story->saving.term_ids[i] == id)
			return true;
	}
	return false;
}

static bool has_person(const struct bs_shown *story, int64_t id)
{
	for (size_t i = 0; i < story->draft.byline_count; i++) {
		if (story->saving.person_ids[i] == id)
			return true;
	}
	return false;
}

static bool belongs(const struct bs_shown *story, struct bs_list list)
{
	switch (list.kind) {
	case BS_LIST_ALL:
		return list.of == 0;
	case BS_LIST_TERM:
		return has_term(story, list.of);
	case BS_LIST_PERSON:
		return has_person(story, list.of);
	case BS_LIST_KIND:
		return list.of == (int64_t)story->draft.kind;
	case BS_LIST_MONTH:
		return list.of == story->saving.year * 100 + story->saving.month;
	}
	return false;
}

/* Ids that stand there twice are one list. */
static size_t distinct(const int64_t *ids, size_t count)
{
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		bool before = false;
		for (size_t k = 0; k < i && !before; k++)
			before = ids[k] == ids[i];
		found += !before;
	}
	return found;
}

static void check_lists(struct bs_shown *story)
{
	const struct bs_saving *saving = &story->saving;
	bool listed = saving->status == BS_STATUS_PUBLISHED && story->draft.kind != BS_KIND_PAGE, good = true;
	size_t expected = listed ? 3 + distinct(saving->term_ids, story->draft.term_count) +
	                           distinct(saving->person_ids, story->draft.byline_count) : 0;
	size_t own = 0;

	for (size_t i = 0; i < story->list_count && good; i++) {
		good = listed && belongs(story, story->lists[i].list) && story->lists[i].published_at == saving->published_at;
		own += story->lists[i].own;
	}
	if (!good || own != expected)
		bs_shown_differs(story, "lists");
}

/* --- a story ---------------------------------------------------------------------------------------------------------------- */

static enum bs_rc check_meta(struct checking *c, struct bs_shown *story, struct bs_err *err)
{
	const struct bs_json *shown = NULL;
	const char *member = NULL;
	bool renamed = false;
	enum bs_rc rc = bs_saving_meta(&story->saving, err);

	if (rc == BS_INVALID || rc == BS_LIMIT) {
		bs_shown_differs(story, "words that no revision could have");
		return BS_OK;
	}
	if (rc != BS_OK || bs_str_eq(story->saving.meta, bs_stmt_str(story->row, BS_C_shown_walk_newest_meta)))
		return rc;
	rc = bs_json_parse(c->v->arena, story->saving.meta, &shown, err);
	if (rc == BS_OK)
		rc = bs_verify_differs(c->v->arena, c->v->db, &c->notices, story->meta, shown, &member, &renamed, err);
	if (member != NULL)
		bs_shown_differs(story, member);
	c->v->result->renamed += renamed && member == NULL;
	return rc;
}

static enum bs_rc check_story(struct checking *c, const struct bs_stmt *row, struct bs_err *err)
{
	struct bs_shown story;
	struct bs_str id = bs_stmt_str(row, BS_C_shown_walk_public_id);
	int64_t revision = bs_stmt_int(row, BS_C_shown_walk_newest_id);
	int number = (int)bs_stmt_int(row, BS_C_shown_walk_newest_number);
	enum bs_rc rc;

	if (revision == 0)
		return bs_verify_broken(c->v, 0, err, "story " BS_FMT " has no revision", BS_ARG(id));
	if (bs_stmt_int(row, BS_C_shown_walk_revision_id) != revision ||
	    bs_stmt_int(row, BS_C_shown_walk_body_id) != bs_stmt_int(row, BS_C_shown_walk_newest_body_id))
		return bs_verify_broken(c->v, revision, err, "story " BS_FMT " does not show its newest revision", BS_ARG(id));
	rc = bs_shown_read(c->v->arena, c->v->db, c->parts, row, c->v->options->now, &story, err);
	if (rc == BS_OK)
		rc = check_meta(c, &story, err);
	if (rc != BS_OK)
		return rc;
	check_address(&story);
	check_derived(&story);
	check_corrections(&story);
	check_text(c, &story);
	check_lists(&story);
	if (story.fault == NULL)
		return BS_OK;
	return bs_verify_broken(c->v, revision, err, "story " BS_FMT " (" BS_FMT "): what pages are made from is not what its newest revision (%d) "
	                        "says: %s", BS_ARG(id), BS_ARG(story.saving.slug), number, story.fault);
}

static enum bs_rc check(void *ctx, const struct bs_stmt *row, struct bs_err *err)
{
	struct checking *c = ctx;
	enum bs_rc rc = check_story(c, row, err);

	bs_arena_reset(c->v->arena);
	return rc;
}

static enum bs_rc begin(void *ctx, int64_t behind, struct bs_err *err)
{
	struct checking *c = ctx;

	return bs_shown_begin(c->v->db, c->parts, behind, err);
}

static void remember(struct bs_map *map, struct bs_str key)
{
	*bs_map_put(map, key) = map;
}

static enum bs_rc read_known(struct checking *c, struct bs_arena *arena, struct bs_err *err)
{
	struct bs_str *hashes;
	struct bs_stmt *stmt = NULL;
	size_t count;
	enum bs_rc rc = bs_media_hashes(arena, c->v->db, &hashes, &count, err);

	for (size_t i = 0; i < count && rc == BS_OK; i++)
		remember(&c->media, hashes[i]);
	if (rc == BS_OK)
		rc = bs_db_query(c->v->db, BS_Q_shown_notices_known, BS_NO_VALUES, &stmt, err);
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK)
		remember(&c->notices, bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_shown_notices_known_slug)));
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_verify_shown(struct bs_verifying *v, struct bs_err *err)
{
	struct bs_arena *arena = bs_arena_new();
	struct checking c = { .v = v, .notices = BS_MAP(arena), .media = BS_MAP(arena) };
	const struct bs_verify_walk walk = { BS_Q_shown_walk, BS_C_shown_walk_id, begin, check, &c };
	enum bs_rc rc = read_known(&c, arena, err);

	if (rc == BS_OK)
		rc = bs_verify_walk(v->db, &walk, err);
	for (size_t i = 0; i < BS_SHOWN_PARTS; i++)
		bs_stmt_free(&c.parts[i].rows);
	bs_arena_free(&arena);
	return rc;
}
