/* memory.c - see memory.h. */
#include "translate/memory.h"

#include <stdlib.h>

#include "lang/tokens.h"
#include "text/markup.h"

enum {
	TERMS_MAX = 256,       /* of a passage that are looked at */
	GRAMS = 8,             /* of each size that index a passage */
	LONG_FROM = 6,         /* terms: from here on in threes */
	SHORT_TO = 10,         /* up to here in twos */
	CANDIDATES_MAX = 4096, /* passages that share a gram */
	COMPARED = 24,         /* of them, those that share most */
};

struct terms {
	struct bs_str list[TERMS_MAX];
	size_t count;
};

struct grams {
	int64_t list[2 * GRAMS];
	size_t count;
};

/* --- terms and grams -------------------------------------------------------------------------------------------------------------- */

static void terms_of(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str markup, struct terms *out)
{
	struct bs_buf buf = BS_BUF(SIZE_MAX);
	struct bs_str rest, term;

	bs_tokens_of(lang, bs_markup_plain(arena, markup), &buf);
	rest = bs_arena_copy(arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	out->count = 0;
	while (rest.len > 0 && bs_str_split(&rest, ' ', &term) && out->count < TERMS_MAX)
		out->list[out->count++] = term;
}

/* FNV-1a of 64 bits, without its sign: it is stored, so it must be the same in every process. */
static int64_t hash_of(const struct bs_str *terms, size_t count)
{
	uint64_t hash = 14695981039346656037U;

	for (size_t i = 0; i < count; i++) {
		for (size_t at = 0; at < terms[i].len; at++)
			hash = (hash ^ (uint8_t)terms[i].ptr[at]) * 1099511628211U;
		hash = (hash ^ ' ') * 1099511628211U;
	}
	/* The least ones are chosen, so all of it must depend on all of the text. */
	hash ^= hash >> 31;
	hash *= 0x9E3779B97F4A7C15U;
	return (int64_t)((hash ^ hash >> 29) >> 1);
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* The least hashes of the groups of so many terms. */
static void add_least(const struct terms *terms, size_t group, struct grams *out)
{
	int64_t all[TERMS_MAX];
	size_t count = 0;

	for (size_t i = 0; i + group <= terms->count; i++)
		all[count++] = hash_of(&terms->list[i], group);
	qsort(all, count, sizeof(*all), by_size);
	for (size_t i = 0, kept = 0; i < count && kept < GRAMS; i++) {
		if (i > 0 && all[i] == all[i - 1])
			continue;
		out->list[out->count++] = all[i];
		kept++;
	}
}

static void grams_of(const struct terms *terms, struct grams *out)
{
	out->count = 0;
	if (terms->count >= LONG_FROM)
		add_least(terms, 3, out);
	if (terms->count <= SHORT_TO)
		add_least(terms, terms->count < 2 ? 1 : 2, out);
}

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
	struct terms *terms = BS_NEW(arena, struct terms);
	struct grams grams;
	enum bs_rc rc = BS_OK;

	if (of == NULL)
		return BS_OK;
	terms_of(arena, of, markup, terms);
	grams_of(terms, &grams);
	for (size_t i = 0; i < grams.count && rc == BS_OK; i++)
		rc = bs_db_post(db, BS_Q_memory_gram_add, BS_VALUES(bs_text(of->code), bs_int(grams.list[i]), bs_int(passage_id)), err);
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
	int shared;
};

static int by_passage(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return x->passage_id < y->passage_id ? -1 : x->passage_id > y->passage_id;
}

static int by_shared(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return x->shared != y->shared ? y->shared - x->shared : by_passage(b, a);
}

/* All asked at once, then read: one round trip on PostgreSQL. */
static enum bs_rc read_candidates(struct bs_db *db, struct bs_str lang, const struct grams *grams, struct candidate *list, size_t *count,
                                  struct bs_err *err)
{
	struct bs_stmt *stmts[2 * GRAMS] = { NULL };
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < grams->count && rc == BS_OK; i++)
		rc = bs_db_query(db, BS_Q_memory_with_gram, BS_VALUES(bs_text(lang), bs_int(grams->list[i])), &stmts[i], err);
	for (size_t i = 0; i < grams->count && rc == BS_OK; i++) {
		while (rc == BS_OK && (rc = bs_stmt_next(stmts[i], err)) == BS_OK && *count < CANDIDATES_MAX)
			list[(*count)++] = (struct candidate){ bs_stmt_int(stmts[i], 0), 1 };
		rc = rc == BS_NOT_FOUND ? BS_OK : rc;
	}
	for (size_t i = 0; i < grams->count; i++)
		bs_stmt_free(&stmts[i]);
	return rc;
}

static size_t merge(struct candidate *list, size_t count)
{
	size_t kept = 0;

	qsort(list, count, sizeof(*list), by_passage);
	for (size_t i = 0; i < count; i++) {
		if (kept > 0 && list[kept - 1].passage_id == list[i].passage_id)
			list[kept - 1].shared++;
		else
			list[kept++] = list[i];
	}
	qsort(list, kept, sizeof(*list), by_shared);
	return kept < COMPARED ? kept : COMPARED;
}

/* Terms that must be put in, left out or changed (Levenshtein). */
static size_t distance(const struct terms *a, const struct terms *b)
{
	size_t row[TERMS_MAX + 1];

	for (size_t j = 0; j <= b->count; j++)
		row[j] = j;
	for (size_t i = 1; i <= a->count; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b->count; j++) {
			size_t change = diagonal + !bs_str_eq(a->list[i - 1], b->list[j - 1]), less = row[j] < row[j - 1] ? row[j] : row[j - 1];
			diagonal = row[j];
			row[j] = less + 1 < change ? less + 1 : change;
		}
	}
	return row[b->count];
}

static int score_of(struct bs_arena *arena, const struct bs_lang *lang, const struct terms *terms, struct bs_str markup, struct bs_str other)
{
	struct terms *others = BS_NEW(arena, struct terms);
	size_t most, apart;

	if (bs_str_eq(markup, other))
		return 100;
	terms_of(arena, lang, other, others);
	most = terms->count > others->count ? terms->count : others->count;
	apart = distance(terms, others);
	return most == 0 ? 0 : apart == 0 ? 99 : (int)(100 * (most - apart) / most);
}

static void put_hit(struct bs_memory_hit *out, size_t *count, struct bs_memory_hit hit)
{
	size_t at = *count < BS_MEMORY_HITS ? (*count)++ : BS_MEMORY_HITS - 1;

	if (at == BS_MEMORY_HITS - 1 && *count == BS_MEMORY_HITS && out[at].score > 0 && out[at].score >= hit.score)
		return;
	for (; at > 0 && out[at - 1].score < hit.score; at--)
		out[at] = out[at - 1];
	out[at] = hit;
}

enum bs_rc bs_memory_find(struct bs_arena *arena, struct bs_db *db, const struct bs_lang *lang, struct bs_str markup, const struct bs_lang *to,
                          struct bs_memory_hit *out, size_t *count, struct bs_err *err)
{
	struct candidate *list = BS_ARRAY(arena, CANDIDATES_MAX, struct candidate);
	struct bs_stmt *stmts[COMPARED] = { NULL };
	struct terms *terms = BS_NEW(arena, struct terms);
	struct grams grams;
	size_t found = 0;
	enum bs_rc rc;

	*count = 0;
	memset(out, 0, BS_MEMORY_HITS * sizeof(*out));
	terms_of(arena, lang, markup, terms);
	grams_of(terms, &grams);
	rc = read_candidates(db, lang->code, &grams, list, &found, err);
	found = merge(list, found);
	for (size_t i = 0; i < found && rc == BS_OK; i++)
		rc = bs_db_query(db, BS_Q_memory_entry, BS_VALUES(bs_text(to->code), bs_int(list[i].passage_id)), &stmts[i], err);
	for (size_t i = 0; i < found && rc == BS_OK; i++) {
		rc = bs_stmt_next(stmts[i], err);
		if (rc == BS_OK) {
			struct bs_memory_hit hit = { .passage_id = list[i].passage_id,
				                     .source = bs_arena_copy(arena, bs_stmt_str(stmts[i], BS_C_memory_entry_source)),
				                     .target = bs_arena_copy(arena, bs_stmt_str(stmts[i], BS_C_memory_entry_target)),
				                     .maker = bs_arena_copy(arena, bs_stmt_str(stmts[i], BS_C_memory_entry_maker)),
				                     .by_person = bs_stmt_int(stmts[i], BS_C_memory_entry_by_person) != 0 };
			hit.score = score_of(arena, lang, terms, markup, hit.source);
			if (hit.score >= BS_MEMORY_LEAST)
				put_hit(out, count, hit);
		}
		rc = rc == BS_NOT_FOUND ? BS_OK : rc;
	}
	for (size_t i = 0; i < found; i++)
		bs_stmt_free(&stmts[i]);
	return rc;
}
