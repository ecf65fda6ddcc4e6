/* replaced.c - which passage of a story took the place of which, when it is saved; see translation.h.
 *
 * The passages of both revisions are compared as lists. Where a run of them was replaced, each new one is paired with the one of the
 * old that it shares most of its words with; what is like none of them was put in. Nothing of this is needed while the
 * story is told in one language alone, so it is not done then. */
#include "newsroom/translation.h"

#include <stdlib.h>

#include "base/map.h"
#include "lang/tokens.h"
#include "newsroom/draft.h"
#include "text/diff.h"
#include "text/markup.h"

enum { ALIKE = 40, PAIRS_MAX = 10000, BEFORE_MAX = 4 };

struct place {
	int64_t passage_id;
	struct bs_str path, markup;
	struct bs_str *terms; /* sorted; NULL: not taken apart yet */
	size_t term_count;
	bool taken;
};

struct version {
	struct place *places;
	struct bs_str *keys; /* passage ids, as bytes */
	size_t count;
};

struct replacing {
	struct bs_arena *arena;
	struct bs_db *db;
	int64_t story_id, now;
	int number;
	const struct bs_lang *lang;
	struct version was, is;
	struct bs_map still; /* ids of the old version */
	struct former {
		int64_t passage_id, old_id, replaced_at, number;
	} *formers; /* what was kept of earlier revisions */
	size_t former_count;
};

static enum bs_rc read_version(struct replacing *r, int64_t body_id, struct version *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	size_t room = 0;
	enum bs_rc rc = bs_db_query(r->db, BS_Q_body_load, BS_VALUES(bs_int(body_id)), &stmt, err);

	*out = (struct version){ 0 };
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		BS_GROW(r->arena, out->places, out->count, room, 64);
		r->lang = r->lang != NULL ? r->lang : bs_lang_find(bs_stmt_str(stmt, BS_C_body_load_lang));
		out->places[out->count++] = (struct place){
			.passage_id = bs_stmt_int(stmt, BS_C_body_load_passage_id),
			.path = bs_arena_copy(r->arena, bs_stmt_str(stmt, BS_C_body_load_path)),
			.markup = bs_arena_copy(r->arena, bs_stmt_str(stmt, BS_C_body_load_markup)),
		};
	}
	bs_stmt_free(&stmt);
	out->keys = BS_ARRAY(r->arena, out->count, struct bs_str);
	for (size_t i = 0; i < out->count; i++)
		out->keys[i] = bs_str_n((const char *)&out->places[i].passage_id, sizeof(int64_t));
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* --- how alike two passages are -------------------------------------------------------------------------------------------------- */

static int by_bytes(const void *a, const void *b)
{
	return bs_str_cmp(*(const struct bs_str *)a, *(const struct bs_str *)b);
}

static void take_apart(struct replacing *r, struct place *place)
{
	struct bs_buf buf = BS_BUF(SIZE_MAX);
	struct bs_str rest, term;
	size_t room = 0;

	if (place->terms != NULL || r->lang == NULL)
		return;
	bs_tokens_of(r->lang, bs_markup_plain(r->arena, place->markup), &buf);
	rest = bs_arena_copy(r->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	while (rest.len > 0 && bs_str_split(&rest, ' ', &term)) {
		BS_GROW(r->arena, place->terms, place->term_count, room, 32);
		place->terms[place->term_count++] = term;
	}
	qsort(place->terms, place->term_count, sizeof(*place->terms), by_bytes);
}

/* Percent of the words of both that they share. */
static size_t likeness(struct replacing *r, struct place *a, struct place *b)
{
	size_t shared = 0, i = 0, j = 0;

	take_apart(r, a);
	take_apart(r, b);
	while (i < a->term_count && j < b->term_count) {
		int order = bs_str_cmp(a->terms[i], b->terms[j]);
		shared += order == 0;
		i += order <= 0;
		j += order >= 0;
	}
	return a->term_count + b->term_count == 0 ? 0 : 200 * shared / (a->term_count + b->term_count);
}

/* --- writing ----------------------------------------------------------------------------------------------------------------------- */

static enum bs_rc add(struct replacing *r, int64_t passage_id, int64_t number, int64_t old_id, int64_t at, struct bs_err *err)
{
	return bs_db_exec(r->db, BS_Q_passage_replaced_add, BS_VALUES(bs_int(r->story_id), bs_int(passage_id), bs_int(number), bs_ref(old_id),
	                  bs_int(at)), err);
}

/* What stood before `old_id` stood before this passage, too: it may be what was translated last. */
static enum bs_rc add_formers(struct replacing *r, int64_t passage_id, int64_t old_id, int64_t at, struct bs_err *err)
{
	int added = 0;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < r->former_count && added < BEFORE_MAX && rc == BS_OK; i++) {
		const struct former *former = &r->formers[i];
		if (former->passage_id != old_id)
			continue;
		rc = add(r, passage_id, former->number, former->old_id, at != 0 ? at : former->replaced_at, err);
		added++;
	}
	return rc;
}

static enum bs_rc add_pair(struct replacing *r, struct place *fresh, struct place *old, struct bs_err *err)
{
	int64_t old_id = old != NULL ? old->passage_id : 0;
	enum bs_rc rc = add(r, fresh->passage_id, r->number, old_id, r->now, err);

	return rc == BS_OK && old_id != 0 ? add_formers(r, fresh->passage_id, old_id, r->now, err) : rc;
}

static struct place *most_alike(struct replacing *r, struct place *fresh, struct place *gone, size_t count, bool pairs)
{
	struct place *best = NULL;
	size_t best_score = ALIKE - 1;

	for (size_t i = 0; i < count && pairs; i++) {
		bool field = bs_str_starts(fresh->path, BS_STR("@")) && bs_str_eq(fresh->path, gone[i].path);
		size_t score = gone[i].taken ? 0 : field ? 100 : likeness(r, fresh, &gone[i]);
		if (score > best_score) {
			best = &gone[i];
			best_score = score;
		}
	}
	return best;
}

/* So many of the old version were replaced by so many of the new one. */
static enum bs_rc add_run(struct replacing *r, struct place *gone, size_t gone_count, struct place *fresh, size_t fresh_count, struct bs_err *err)
{
	bool pairs = gone_count * fresh_count <= PAIRS_MAX;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < fresh_count && rc == BS_OK; i++) {
		struct place *old;
		if (bs_map_get(&r->still, bs_str_n((const char *)&fresh[i].passage_id, sizeof(int64_t))) != NULL)
			continue; /* it has only moved */
		old = most_alike(r, &fresh[i], gone, gone_count, pairs);
		if (old != NULL)
			old->taken = true;
		rc = add_pair(r, &fresh[i], old, err);
	}
	return rc;
}

static enum bs_rc read_formers(struct replacing *r, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	size_t room = 0;
	enum bs_rc rc = bs_db_query(r->db, BS_Q_passage_replaced_list, BS_VALUES(bs_int(r->story_id)), &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		BS_GROW(r->arena, r->formers, r->former_count, room, 16);
		r->formers[r->former_count++] = (struct former){
			bs_stmt_int(stmt, BS_C_passage_replaced_list_passage_id), bs_stmt_int(stmt, BS_C_passage_replaced_list_old_id),
			bs_stmt_int(stmt, BS_C_passage_replaced_list_replaced_at), bs_stmt_int(stmt, BS_C_passage_replaced_list_number) };
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* What is in both versions keeps what was known of it. */
static enum bs_rc keep_formers(struct replacing *r, struct bs_err *err)
{
	struct bs_map done = BS_MAP(r->arena);
	enum bs_rc rc = r->former_count > 0 ? bs_db_exec(r->db, BS_Q_passage_replaced_clear, BS_VALUES(bs_int(r->story_id)), err) : BS_OK;

	for (size_t i = 0; i < r->is.count && r->former_count > 0 && rc == BS_OK; i++) {
		void **slot = bs_map_put(&done, r->is.keys[i]);
		if (*slot == NULL)
			rc = add_formers(r, r->is.places[i].passage_id, r->is.places[i].passage_id, 0, err);
		*slot = r;
	}
	return rc;
}

static enum bs_rc compare(struct replacing *r, struct bs_err *err)
{
	struct bs_diff_step *steps;
	size_t count;
	enum bs_rc rc = BS_OK;

	bs_diff(r->arena, r->was.keys, r->was.count, r->is.keys, r->is.count, &steps, &count);
	for (size_t at = 0; at < count && rc == BS_OK;) {
		size_t gone = 0, fresh = 0;
		while (at + gone < count && steps[at + gone].kind == BS_DIFF_GONE)
			gone++;
		while (at + gone + fresh < count && steps[at + gone + fresh].kind == BS_DIFF_NEW)
			fresh++;
		if (fresh > 0)
			rc = add_run(r, &r->was.places[steps[at].old_at], gone, &r->is.places[steps[at + gone].new_at], fresh, err);
		at += gone + fresh > 0 ? gone + fresh : 1;
	}
	return rc;
}

enum bs_rc bs_translation_replaced(struct bs_arena *arena, struct bs_db *db, int64_t story_id, int64_t old_body_id, int number, int64_t now,
                                   struct bs_err *err)
{
	struct replacing r = { .arena = arena, .db = db, .story_id = story_id, .now = now, .number = number, .still = BS_MAP(arena) };
	struct bs_translation_state *states;
	size_t count;
	int64_t body_id = 0;
	enum bs_rc rc = bs_translation_states(arena, db, story_id, &states, &count, err);

	if (rc != BS_OK || count == 0)
		return rc;
	rc = bs_db_int(db, BS_Q_story_body_id, BS_VALUES(bs_int(story_id)), &body_id, err);
	if (rc != BS_OK || body_id == old_body_id)
		return rc;
	rc = read_version(&r, old_body_id, &r.was, err);
	if (rc == BS_OK)
		rc = read_version(&r, body_id, &r.is, err);
	for (size_t i = 0; i < r.was.count; i++)
		*bs_map_put(&r.still, r.was.keys[i]) = &r;
	if (rc == BS_OK)
		rc = read_formers(&r, err);
	if (rc == BS_OK)
		rc = keep_formers(&r, err);
	return rc == BS_OK ? compare(&r, err) : rc;
}
