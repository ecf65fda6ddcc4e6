/* read.c - a story as the tables show it: its row, byline, terms, notices, corrections, passages and lists; see shown.h. */
#include "newsroom/verify/shown.h"

#include "base/limits.h"
#include "text/json.h"

struct reading {
	struct bs_arena *arena;
	struct bs_shown *out;
};

static struct bs_str text(const struct reading *r, const struct bs_stmt *row, int column)
{
	return bs_arena_copy(r->arena, bs_stmt_str(row, column));
}

/* --- its parts -------------------------------------------------------------------------------------------------------------- */

static void take_person(struct reading *r, const struct bs_stmt *row)
{
	struct bs_saving *saving = &r->out->saving;
	struct bs_draft *draft = &r->out->draft;
	size_t at = draft->byline_count;

	if (at == BS_MAX_BYLINE || bs_role_of(bs_stmt_str(row, BS_C_shown_people_role), &draft->byline[at].role) != BS_OK) {
		bs_shown_differs(r->out, "byline");
		return;
	}
	saving->people[at] = text(r, row, BS_C_shown_people_slug);
	saving->names[at] = text(r, row, BS_C_shown_people_name);
	saving->person_ids[at] = bs_stmt_int(row, BS_C_shown_people_person_id);
	draft->byline_count++;
}

static void take_term(struct reading *r, const struct bs_stmt *row)
{
	struct bs_saving *saving = &r->out->saving;
	struct bs_draft *draft = &r->out->draft;
	size_t at = draft->term_count;

	if (at == BS_MAX_TERMS || bs_vocabulary_of(bs_stmt_str(row, BS_C_shown_terms_vocabulary), &draft->terms[at].vocabulary) != BS_OK) {
		bs_shown_differs(r->out, "terms");
		return;
	}
	saving->term_slugs[at] = text(r, row, BS_C_shown_terms_slug);
	saving->term_ids[at] = bs_stmt_int(row, BS_C_shown_terms_term_id);
	draft->term_count++;
}

static void take_notice(struct reading *r, const struct bs_stmt *row)
{
	struct bs_shown *out = r->out;
	struct bs_draft *draft = &out->draft;

	if (bs_stmt_int(row, BS_C_shown_notices_placed) != 0) {
		BS_GROW(r->arena, out->placed, out->placed_count, out->placed_room, 4);
		out->placed[out->placed_count++] = text(r, row, BS_C_shown_notices_notice);
		return;
	}
	BS_GROW(r->arena, draft->notices, draft->notice_count, out->notice_room, 4);
	draft->notices[draft->notice_count++] = text(r, row, BS_C_shown_notices_notice);
}

static void take_correction(struct reading *r, const struct bs_stmt *row)
{
	struct bs_draft *draft = &r->out->draft;
	size_t at = draft->correction_count++;

	BS_GROW(r->arena, draft->corrections, at, r->out->correction_room, 4);
	BS_GROW(r->arena, r->out->notes, at, r->out->note_room, 4);
	draft->corrections[at] = (struct bs_draft_correction){ .made_at = bs_stmt_int(row, BS_C_shown_corrections_made_at) };
	r->out->notes[at] = bs_stmt_int(row, BS_C_shown_corrections_note_id);
	if (bs_correction_kind_of(bs_stmt_str(row, BS_C_shown_corrections_kind), &draft->corrections[at].kind) != BS_OK)
		bs_shown_differs(r->out, "corrections");
}

/* Fields, blocks, notes of corrections: in this order, as save.c lists them. */
static void take_passage(struct reading *r, const struct bs_stmt *row)
{
	struct bs_saving *saving = &r->out->saving;
	struct bs_str path = text(r, row, BS_C_shown_passages_path);
	bool note = bs_str_eq(path, BS_STR("@correction"));

	BS_GROW(r->arena, saving->entries, saving->entry_count, r->out->entry_room, 32);
	saving->entries[saving->entry_count++] = (struct bs_entry){ .path = path, .attrs = text(r, row, BS_C_shown_passages_attrs),
		                                                    .passage_id = bs_stmt_int(row, BS_C_shown_passages_passage_id) };
	saving->first_note += !note;
	saving->first_block += !note && bs_str_starts(path, BS_STR("@"));
}

static void take_list(struct reading *r, const struct bs_stmt *row)
{
	struct bs_shown *out = r->out;

	BS_GROW(r->arena, out->lists, out->list_count, out->list_room, 16);
	out->lists[out->list_count++] = (struct bs_shown_listed){
		.list = { (enum bs_list_kind)bs_stmt_int(row, BS_C_shown_lists_kind), bs_stmt_int(row, BS_C_shown_lists_of) },
		.published_at = bs_stmt_int(row, BS_C_shown_lists_published_at),
		.own = bs_str_eq(bs_stmt_str(row, BS_C_shown_lists_lang), out->draft.lang),
	};
}

/* --- its row ---------------------------------------------------------------------------------------------------------------- */

/* Words of small sets, where they are exactly one of their words. */
static void take_words(struct reading *r, const struct bs_stmt *row)
{
	struct bs_str kind = bs_stmt_str(row, BS_C_shown_walk_kind), status = bs_stmt_str(row, BS_C_shown_walk_status);

	if (bs_kind_of(kind, &r->out->draft.kind) != BS_OK || !bs_str_eq(bs_kind_name(r->out->draft.kind), kind))
		bs_shown_differs(r->out, "kind");
	if (bs_status_of(status, &r->out->saving.status) != BS_OK || !bs_str_eq(bs_status_name(r->out->saving.status), status))
		bs_shown_differs(r->out, "status");
}

/* What its revision says of its status, if that is what the row shows: a story that is signed to be published waits there until its time
 * has come, not longer than when it was saved after that, and is not shown before. */
static enum bs_status status_signed(const struct bs_shown *story, int64_t now)
{
	int64_t time = story->saving.published_at, saved = bs_stmt_int(story->row, BS_C_shown_walk_newest_created_at);
	enum bs_status is = story->saving.status, was = is;

	if (bs_status_of(bs_json_string(bs_json_get(story->meta, BS_STR("status"))), &was) != BS_OK ||
	    (was != BS_STATUS_PUBLISHED && was != BS_STATUS_SCHEDULED))
		return is;
	if (is == BS_STATUS_SCHEDULED)
		return time > saved ? was : is;
	return is == BS_STATUS_PUBLISHED && (was == is || now == 0 || time <= now) ? was : is;
}

static struct bs_str hex_of(struct bs_arena *arena, struct bs_str hash)
{
	char hex[2 * BS_HASH_SIZE];

	if (hash.len != BS_HASH_SIZE)
		return BS_STR("");
	bs_hex_encode((const uint8_t *)hash.ptr, BS_HASH_SIZE, hex);
	return bs_arena_copy(arena, bs_str_n(hex, sizeof(hex)));
}

static void take_draft(struct reading *r, const struct bs_stmt *row)
{
	struct bs_draft *draft = &r->out->draft;

	draft->public_id = text(r, row, BS_C_shown_walk_public_id);
	draft->lang = text(r, row, BS_C_shown_walk_lang);
	draft->updated_at = bs_stmt_int(row, BS_C_shown_walk_updated_at);
	draft->licence = text(r, row, BS_C_shown_walk_licence);
	draft->canonical = text(r, row, BS_C_shown_walk_canonical);
	draft->media_contact = text(r, row, BS_C_shown_walk_media_contact);
	draft->reason = text(r, row, BS_C_shown_walk_reason);
	draft->featured = (int)bs_stmt_int(row, BS_C_shown_walk_featured);
	draft->source = (struct bs_draft_source){
		.name = text(r, row, BS_C_shown_walk_source_name), .url = text(r, row, BS_C_shown_walk_source_url),
		.published_at = bs_stmt_int(row, BS_C_shown_walk_source_at), .permission = text(r, row, BS_C_shown_walk_source_permission),
	};
	draft->image.media_id = bs_stmt_int(row, BS_C_shown_walk_image_id);
	draft->image.credit_url = text(r, row, BS_C_shown_walk_image_credit_url);
	draft->image.licence = text(r, row, BS_C_shown_walk_image_licence);
	draft->image.may_syndicate = bs_stmt_int(row, BS_C_shown_walk_image_syndicate) != 0;
	draft->extra = bs_json_get(r->out->meta, BS_STR("extra")); /* kept nowhere else */
}

static void take_row(struct reading *r, const struct bs_stmt *row, int64_t now)
{
	struct bs_saving *saving = &r->out->saving;

	take_words(r, row);
	take_draft(r, row);
	saving->slug = text(r, row, BS_C_shown_walk_slug);
	saving->year = (int)bs_stmt_int(row, BS_C_shown_walk_year);
	saving->month = (int)bs_stmt_int(row, BS_C_shown_walk_month);
	saving->published_at = bs_stmt_int(row, BS_C_shown_walk_published_at);
	saving->original = text(r, row, BS_C_shown_walk_original);
	saving->media_hash = hex_of(r->arena, bs_stmt_blob(row, BS_C_shown_walk_image_hash));
	r->out->draft.status = status_signed(r->out, now);
}

/* --- all of it -------------------------------------------------------------------------------------------------------------- */

enum { PEOPLE, TERMS, NOTICES, CORRECTIONS, PASSAGES, LISTS };

enum bs_rc bs_shown_begin(struct bs_db *db, struct bs_shown_part *parts, int64_t behind, struct bs_err *err)
{
	const struct bs_query *const queries[BS_SHOWN_PARTS] = {
		[PEOPLE] = BS_Q_shown_people, [TERMS] = BS_Q_shown_terms, [NOTICES] = BS_Q_shown_notices,
		[CORRECTIONS] = BS_Q_shown_corrections, [PASSAGES] = BS_Q_shown_passages, [LISTS] = BS_Q_shown_lists,
	};
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < BS_SHOWN_PARTS && rc == BS_OK; i++) {
		bs_stmt_free(&parts[i].rows);
		parts[i].story = 0;
		rc = bs_db_query(db, queries[i], BS_VALUES(bs_int(behind)), &parts[i].rows, err);
	}
	return rc;
}

static enum bs_rc step(struct bs_shown_part *part, struct bs_err *err)
{
	enum bs_rc rc = bs_stmt_next(part->rows, err);

	part->story = rc == BS_OK ? bs_stmt_int(part->rows, 0) : INT64_MAX;
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* Take each row of the part that is this story's. */
static enum bs_rc each(struct reading *r, struct bs_shown_part *part, void (*take)(struct reading *r, const struct bs_stmt *row),
                       struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	while (rc == BS_OK && part->story < r->out->id)
		rc = step(part, err);
	while (rc == BS_OK && part->story == r->out->id) {
		take(r, part->rows);
		rc = step(part, err);
	}
	return rc;
}

enum bs_rc bs_shown_read(struct bs_arena *arena, struct bs_db *db, struct bs_shown_part *parts, const struct bs_stmt *row, int64_t now,
                         struct bs_shown *out, struct bs_err *err)
{
	static void (*const takes[BS_SHOWN_PARTS])(struct reading *r, const struct bs_stmt *row) = {
		[PEOPLE] = take_person, [TERMS] = take_term, [NOTICES] = take_notice, [CORRECTIONS] = take_correction,
		[PASSAGES] = take_passage, [LISTS] = take_list,
	};
	struct reading r = { arena, out };
	enum bs_rc rc;

	*out = (struct bs_shown){
		.id = bs_stmt_int(row, BS_C_shown_walk_id), .row = row,
		.draft = { .byline = BS_ARRAY(arena, BS_MAX_BYLINE, struct bs_draft_credit),
		           .terms = BS_ARRAY(arena, BS_MAX_TERMS, struct bs_draft_term) },
		.saving = { .arena = arena, .db = db, .draft = &out->draft, .people = BS_ARRAY(arena, BS_MAX_BYLINE, struct bs_str),
		            .names = BS_ARRAY(arena, BS_MAX_BYLINE, struct bs_str), .person_ids = BS_ARRAY(arena, BS_MAX_BYLINE, int64_t),
		            .term_slugs = BS_ARRAY(arena, BS_MAX_TERMS, struct bs_str), .term_ids = BS_ARRAY(arena, BS_MAX_TERMS, int64_t) },
	};
	rc = bs_json_parse(arena, text(&r, row, BS_C_shown_walk_newest_meta), &out->meta, err);
	if (rc != BS_OK)
		return rc;
	take_row(&r, row, now);
	for (size_t i = 0; i < BS_SHOWN_PARTS && rc == BS_OK; i++)
		rc = each(&r, &parts[i], takes[i], err);
	return rc;
}
