/* grid.c - see grid.h. */
#include "desk/translate/grid.h"

#include "desk/story.h"

enum along { ALL, LANGUAGE_STATE, STATE, TERM, CLAIMS };
enum { RARE = 4000, SHALLOW = 400, CLAIMS_MAX = 60 };

const struct bs_str bs_grid_states[BS_GRID_STATES] = {
	BS_STR_INIT("none"), BS_STR_INIT("machine"), BS_STR_INIT("partly"), BS_STR_INIT("human"), BS_STR_INIT("approved"), BS_STR_INIT("stale"),
};

struct reading {
	struct bs_visit *visit;
	const struct bs_grid_filter *filter;
	struct bs_grid *out;
	struct bs_err *err;
};

static enum bs_rc choose(struct reading *r, enum along *along)
{
	const struct bs_grid_filter *f = r->filter;
	bool state = f->state.len > 0 && !bs_str_eq(f->state, BS_STR("none"));
	int64_t stories = RARE + 1;
	enum bs_rc rc = BS_OK;

	*along = f->account_id != 0 ? CLAIMS : state && f->lang.len > 0 ? LANGUAGE_STATE : state ? STATE : ALL;
	if (*along != ALL || f->term_id == 0)
		return BS_OK;
	rc = bs_db_int(r->visit->db, BS_Q_desk_count_term, BS_VALUES(bs_int(f->term_id), bs_int(RARE + 1)), &stories, r->err);
	*along = stories <= RARE ? TERM : ALL;
	return rc;
}

static struct bs_grid_row row_of(struct bs_arena *arena, const struct bs_stmt *stmt)
{
	return (struct bs_grid_row){
		.id = bs_stmt_int(stmt, BS_C_translate_grid_id),
		.key = bs_stmt_int(stmt, BS_C_translate_grid_key),
		.title = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_translate_grid_title)),
		.lang = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_translate_grid_lang)),
		.status = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_translate_grid_status)),
	};
}

static enum bs_rc read_rows(struct reading *r, enum along along, int64_t depth)
{
	const struct bs_grid_filter *f = r->filter;
	struct bs_stmt *stmt = NULL;
	int64_t key = f->key != 0 ? f->key : INT64_MAX, id = f->key != 0 ? f->id : INT64_MAX;
	enum bs_rc rc = bs_db_query(r->visit->db, BS_Q_translate_grid, BS_VALUES(bs_int(along), bs_int(key), bs_int(id), bs_int(depth),
		bs_text(f->lang), bs_text(f->state), bs_int(f->term_id), bs_int(f->account_id), bs_int(r->visit->now), bs_int(BS_GRID_PAGE + 1)),
		&stmt, r->err);

	r->out->count = 0;
	while (rc == BS_OK && r->out->count <= BS_GRID_PAGE && (rc = bs_stmt_next(stmt, r->err)) == BS_OK)
		r->out->rows[r->out->count++] = row_of(r->visit->arena, stmt);
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* The page was not filled: it goes on behind the last candidate, if there was one for each place. */
static enum bs_rc find_edge(struct reading *r, enum along along, int64_t depth)
{
	const struct bs_grid_filter *f = r->filter;
	struct bs_stmt *stmt = NULL;
	int64_t key = f->key != 0 ? f->key : INT64_MAX, id = f->key != 0 ? f->id : INT64_MAX;
	enum bs_rc rc = bs_db_query(r->visit->db, BS_Q_translate_grid_edge, BS_VALUES(bs_int(along), bs_int(key), bs_int(id), bs_int(depth),
		bs_text(f->lang), bs_text(f->state)), &stmt, r->err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, r->err);
	if (rc == BS_OK && bs_stmt_int(stmt, BS_C_translate_grid_edge_count) == depth) {
		r->out->next_key = bs_stmt_int(stmt, BS_C_translate_grid_edge_key);
		r->out->next_id = bs_stmt_int(stmt, BS_C_translate_grid_edge_id);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* What is common is found among the first; only what is not is looked for deeper. */
static enum bs_rc read_stories(struct reading *r)
{
	enum along along = ALL;
	int64_t depth = SHALLOW;
	enum bs_rc rc = choose(r, &along);

	if (rc == BS_OK)
		rc = read_rows(r, along, depth);
	if (rc == BS_OK && r->out->count <= BS_GRID_PAGE) {
		depth = BS_GRID_DEPTH;
		rc = read_rows(r, along, depth);
	}
	if (rc != BS_OK)
		return rc;
	if (r->out->count <= BS_GRID_PAGE)
		return along == ALL || along == LANGUAGE_STATE || along == STATE ? find_edge(r, along, depth) : BS_OK;
	r->out->count = BS_GRID_PAGE;
	r->out->next_key = r->out->rows[BS_GRID_PAGE - 1].key;
	r->out->next_id = r->out->rows[BS_GRID_PAGE - 1].id;
	return BS_OK;
}

static enum bs_rc read_claims(struct reading *r, struct bs_grid_row *row)
{
	struct bs_stmt *stmt = NULL;
	size_t room = 0;
	enum bs_rc rc = bs_db_query(r->visit->db, BS_Q_claims_of_story, BS_VALUES(bs_int(row->id), bs_int(r->visit->now)), &stmt, r->err);

	while (rc == BS_OK && row->claim_count < CLAIMS_MAX && (rc = bs_stmt_next(stmt, r->err)) == BS_OK) {
		BS_GROW(r->visit->arena, row->claims, row->claim_count, room, 4);
		row->claims[row->claim_count++] = (struct bs_grid_claim){
			bs_arena_copy(r->visit->arena, bs_stmt_str(stmt, BS_C_claims_of_story_lang)),
			bs_arena_copy(r->visit->arena, bs_stmt_str(stmt, BS_C_claims_of_story_name)) };
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc read_languages(struct reading *r, struct bs_grid_row *row)
{
	enum bs_rc rc = bs_translation_states(r->visit->arena, r->visit->db, row->id, &row->states, &row->state_count, r->err);

	return rc == BS_OK ? read_claims(r, row) : rc;
}

enum bs_rc bs_grid_read(struct bs_visit *visit, const struct bs_grid_filter *filter, struct bs_grid *out, struct bs_err *err)
{
	struct reading r = { visit, filter, out, err };
	enum bs_rc rc;

	*out = (struct bs_grid){ .rows = BS_ARRAY(visit->arena, BS_GRID_PAGE + 1, struct bs_grid_row) };
	rc = read_stories(&r);
	for (size_t i = 0; i < out->count && rc == BS_OK; i++)
		rc = read_languages(&r, &out->rows[i]);
	return rc;
}

enum bs_rc bs_grid_story(struct bs_visit *visit, int64_t story_id, struct bs_grid_row *out, struct bs_err *err)
{
	struct reading r = { .visit = visit, .err = err };
	struct bs_desk_story story;
	enum bs_rc rc = bs_desk_story_head(visit->arena, visit->db, story_id, &story, err);

	if (rc != BS_OK)
		return rc;
	*out = (struct bs_grid_row){ .id = story.id, .title = story.title, .lang = story.lang, .status = bs_status_name(story.status) };
	return read_languages(&r, out);
}
