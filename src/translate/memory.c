/* memory.c - see memory.h. */
#include "translate/memory.h"

#include <stdlib.h>

#include "translate/likeness.h"

enum {
	CANDIDATES_MAX = 16384, /* passages that share a gram */
	TOGETHER = 48,          /* of them, those that are asked for at once, from those on that promise most */
	ASKED = 16,             /* by one statement */
	TRIED = 240,            /* those that are asked for at all: not each is translated into the language */
	COMPARED_TERMS = 2400,  /* terms of all that are compared: of long passages fewer, for these promise what they keep */
};

/* --- indexing --------------------------------------------------------------------------------------------------------------------- */

static enum bs_rc read_cursor(struct bs_db *db, int64_t *cursor, int64_t *newest, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_memory_cursor, BS_NO_VALUES, &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		*cursor = bs_stmt_int(stmt, BS_C_memory_cursor_entry_id);
		*newest = bs_stmt_int(stmt, BS_C_memory_cursor_newest);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? bs_fail(err, BS_CORRUPT, "the memory has lost its place (table memory_cursor)") : rc;
}

enum bs_rc bs_memory_is_behind(struct bs_db *db, bool *out, struct bs_err *err)
{
	int64_t cursor = 0, newest = 0;
	enum bs_rc rc = read_cursor(db, &cursor, &newest, err);

	*out = cursor < newest;
	return rc;
}

static enum bs_rc index_one(struct bs_arena *arena, struct bs_db *db, int64_t passage_id, struct bs_str lang, struct bs_str markup,
                            struct bs_err *err)
{
	const struct bs_lang *of = bs_lang_find(lang);
	struct bs_terms *terms = BS_NEW(arena, struct bs_terms);
	struct bs_grams grams;
	enum bs_rc rc = BS_OK;

	if (of == NULL)
		return BS_OK;
	bs_terms_of(of, markup, terms);
	bs_grams_of(terms, &grams);
	for (size_t i = 0; i < grams.count && rc == BS_OK; i++)
		rc = bs_db_post(db, BS_Q_memory_gram_add,
		                BS_VALUES(bs_text(of->code), bs_int(grams.list[i]), bs_int(passage_id), bs_int((int64_t)terms->count)), err);
	return rc;
}

enum bs_rc bs_memory_index(struct bs_arena *arena, struct bs_db *db, bool *more, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	int64_t cursor = 0, newest = 0;
	enum bs_rc rc = read_cursor(db, &cursor, &newest, err);

	if (rc == BS_OK)
		rc = bs_db_query(db, BS_Q_memory_new, BS_VALUES(bs_int(cursor)), &stmt, err);
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		cursor = bs_stmt_int(stmt, BS_C_memory_new_entry_id);
		rc = index_one(arena, db, bs_stmt_int(stmt, BS_C_memory_new_passage_id), bs_stmt_str(stmt, BS_C_memory_new_lang),
		               bs_stmt_str(stmt, BS_C_memory_new_markup), err);
	}
	bs_stmt_free(&stmt);
	*more = cursor < newest;
	return rc == BS_NOT_FOUND ? bs_db_exec(db, BS_Q_memory_cursor_set, BS_VALUES(bs_int(cursor)), err) : rc;
}

/* --- finding ---------------------------------------------------------------------------------------------------------------------- */

struct candidate {
	int64_t passage_id;
	int shared, apart; /* grams; terms that one has more than the other */
};

struct finding {
	struct bs_arena *arena;
	struct bs_db *db;
	const struct bs_lang *lang, *to;
	struct bs_str markup;
	struct bs_terms terms;
	struct bs_grams grams;
	struct bs_likeness *likeness;
	struct candidate *list;
	size_t count;
	size_t compared; /* terms */
	struct bs_memory_hit *hits;
	size_t hit_count;
};

static int by_passage(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return x->passage_id < y->passage_id ? -1 : x->passage_id > y->passage_id;
}

static int by_promise(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return x->shared != y->shared ? y->shared - x->shared : x->apart != y->apart ? x->apart - y->apart : by_passage(b, a);
}

/* One that is too short or too long can't be like it, whatever it says. */
static void add_candidate(struct finding *f, int64_t passage_id, size_t terms)
{
	size_t own = f->terms.count, most = own > terms ? own : terms, apart = own > terms ? own - terms : terms - own;

	if (100 * (most - apart) >= BS_MEMORY_LEAST * most)
		f->list[f->count++] = (struct candidate){ passage_id, 1, (int)apart };
}

/* All asked at once, then read: one round trip on PostgreSQL. */
static enum bs_rc read_candidates(struct finding *f, struct bs_err *err)
{
	struct bs_stmt *stmts[BS_GRAMS_MAX] = { NULL };
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < f->grams.count && rc == BS_OK; i++)
		rc = bs_db_query(f->db, BS_Q_memory_with_gram, BS_VALUES(bs_text(f->lang->code), bs_int(f->grams.list[i])), &stmts[i], err);
	for (size_t i = 0; i < f->grams.count && rc == BS_OK; i++) {
		while (rc == BS_OK && f->count < CANDIDATES_MAX && (rc = bs_stmt_next(stmts[i], err)) == BS_OK)
			add_candidate(f, bs_stmt_int(stmts[i], BS_C_memory_with_gram_passage_id),
			              (size_t)bs_stmt_int(stmts[i], BS_C_memory_with_gram_terms));
		rc = rc == BS_NOT_FOUND ? BS_OK : rc;
	}
	for (size_t i = 0; i < f->grams.count; i++)
		bs_stmt_free(&stmts[i]);
	return rc;
}

/* Each once, those first that share most and are of about the same length. */
static void rank(struct finding *f)
{
	size_t kept = 0;

	qsort(f->list, f->count, sizeof(*f->list), by_passage);
	for (size_t i = 0; i < f->count; i++) {
		if (kept > 0 && f->list[kept - 1].passage_id == f->list[i].passage_id)
			f->list[kept - 1].shared++;
		else
			f->list[kept++] = f->list[i];
	}
	f->count = kept;
	qsort(f->list, f->count, sizeof(*f->list), by_promise);
}

static int score_of(struct finding *f, struct bs_str other)
{
	struct bs_terms terms;

	if (bs_str_eq(f->markup, other))
		return 100;
	bs_terms_of(f->lang, other, &terms);
	f->compared += terms.count;
	return bs_likeness_of(f->likeness, terms.list, terms.count);
}

static void put_hit(struct finding *f, struct bs_memory_hit hit)
{
	size_t at = f->hit_count;

	if (hit.score < BS_MEMORY_LEAST)
		return;
	if (f->hit_count < BS_MEMORY_HITS)
		f->hit_count++;
	else if (f->hits[--at].score >= hit.score)
		return;
	for (; at > 0 && f->hits[at - 1].score < hit.score; at--)
		f->hits[at] = f->hits[at - 1];
	f->hits[at] = hit;
}

static enum bs_rc ask_sources(struct finding *f, const struct candidate *list, size_t count, struct bs_stmt **stmt, struct bs_err *err)
{
	struct bs_param params[1 + ASKED] = { bs_text(f->to->code) };

	for (size_t i = 0; i < ASKED; i++)
		params[1 + i] = bs_int(i < count ? list[i].passage_id : 0);
	return bs_db_query(f->db, BS_Q_memory_sources, (struct bs_values){ params, 1 + ASKED }, stmt, err);
}

/* What they say, each at the place of its candidate; the others, which are not translated, stay empty. */
static enum bs_rc read_sources(struct finding *f, const struct candidate *list, size_t count, struct bs_str *texts, struct bs_stmt *stmt,
                               struct bs_err *err)
{
	enum bs_rc rc;

	while ((rc = bs_stmt_next(stmt, err)) == BS_OK) {
		for (size_t i = 0; i < count; i++) {
			if (list[i].passage_id == bs_stmt_int(stmt, BS_C_memory_sources_passage_id))
				texts[i] = bs_arena_copy(f->arena, bs_stmt_str(stmt, BS_C_memory_sources_markup));
		}
	}
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* The next candidates from `at` on. */
static enum bs_rc compare_some(struct finding *f, size_t at, struct bs_err *err)
{
	struct bs_stmt *stmts[TOGETHER / ASKED] = { NULL };
	struct bs_str texts[TOGETHER] = { 0 };
	const struct candidate *list = f->list + at;
	size_t count = f->count - at < TOGETHER ? f->count - at : TOGETHER;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < count && rc == BS_OK; i += ASKED)
		rc = ask_sources(f, list + i, count - i, &stmts[i / ASKED], err);
	for (size_t i = 0; i < count && rc == BS_OK; i += ASKED)
		rc = read_sources(f, list + i, count - i < ASKED ? count - i : ASKED, texts + i, stmts[i / ASKED], err);
	for (size_t i = 0; i < BS_COUNT(stmts); i++)
		bs_stmt_free(&stmts[i]);
	for (size_t i = 0; i < count && rc == BS_OK && f->compared < COMPARED_TERMS; i++) {
		if (texts[i].len > 0)
			put_hit(f, (struct bs_memory_hit){ .passage_id = list[i].passage_id, .score = score_of(f, texts[i]) });
	}
	return rc;
}

/* What the best say. */
static enum bs_rc read_hits(struct finding *f, struct bs_err *err)
{
	struct bs_stmt *stmts[BS_MEMORY_HITS] = { NULL };
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < f->hit_count && rc == BS_OK; i++)
		rc = bs_db_query(f->db, BS_Q_memory_entry, BS_VALUES(bs_text(f->to->code), bs_int(f->hits[i].passage_id)), &stmts[i], err);
	for (size_t i = 0; i < f->hit_count && rc == BS_OK; i++) {
		struct bs_memory_hit *hit = &f->hits[i];
		rc = bs_stmt_next(stmts[i], err);
		if (rc != BS_OK)
			break;
		hit->source = bs_arena_copy(f->arena, bs_stmt_str(stmts[i], BS_C_memory_entry_source));
		hit->target = bs_arena_copy(f->arena, bs_stmt_str(stmts[i], BS_C_memory_entry_target));
		hit->maker = bs_arena_copy(f->arena, bs_stmt_str(stmts[i], BS_C_memory_entry_maker));
		hit->by_person = bs_stmt_int(stmts[i], BS_C_memory_entry_by_person) != 0;
	}
	for (size_t i = 0; i < f->hit_count; i++)
		bs_stmt_free(&stmts[i]);
	return rc;
}

enum bs_rc bs_memory_find(struct bs_arena *arena, struct bs_db *db, const struct bs_lang *lang, struct bs_str markup, const struct bs_lang *to,
                          struct bs_memory_hit *out, size_t *count, struct bs_err *err)
{
	struct finding *f = BS_NEW(arena, struct finding);
	enum bs_rc rc;

	*f = (struct finding){ .arena = arena, .db = db, .lang = lang, .to = to, .markup = markup, .hits = out,
		.list = BS_ARRAY(arena, CANDIDATES_MAX, struct candidate) };
	bs_terms_of(lang, markup, &f->terms);
	bs_grams_like(&f->terms, &f->grams);
	f->likeness = bs_likeness_new(arena, &f->terms);
	rc = read_candidates(f, err);
	rank(f);
	for (size_t at = 0; at < f->count && at < TRIED && f->compared < COMPARED_TERMS && rc == BS_OK; at += TOGETHER)
		rc = compare_some(f, at, err);
	if (rc == BS_OK)
		rc = read_hits(f, err);
	*count = rc == BS_OK ? f->hit_count : 0;
	return rc;
}
