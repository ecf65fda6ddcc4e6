/* list.c - see list.h. */
#include "desk/list.h"

#include <stdlib.h>

#include "lang/tokens.h"
#include "newsroom/search.h"
#include "text/markup.h"

enum along { ALL, STATE, LANGUAGE, TERM, PERSON, OWNER, TIME };
enum { RARE = 4000, SHALLOW = 600, TITLES = 1500, HEAD_MAX = 64 * 1024 };

struct listing {
	struct bs_visit *visit;
	struct bs_arena *arena;
	struct bs_db *db;
	const struct bs_list_filter *filter;
	struct bs_list_result *out;
	struct bs_err *err;
};

static struct bs_list_row row_of(struct bs_arena *arena, const struct bs_stmt *stmt)
{
	return (struct bs_list_row){
		.id = bs_stmt_int(stmt, BS_C_desk_list_id),
		.key = bs_stmt_int(stmt, BS_C_desk_list_key),
		.title = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_desk_list_title)),
		.lang = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_desk_list_lang)),
		.kind = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_desk_list_kind)),
		.status = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_desk_list_status)),
		.authors = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_desk_list_authors)),
		.published_at = bs_stmt_int(stmt, BS_C_desk_list_published_at),
		.changed_at = bs_stmt_int(stmt, BS_C_desk_list_changed_at),
		.number = (int)bs_stmt_int(stmt, BS_C_desk_list_number),
	};
}

/* --- along an index ------------------------------------------------------------------------------------------------------------- */

/* BS_OK: *rare says whether it has few stories. */
static enum bs_rc is_rare(struct listing *l, const struct bs_query *query, int64_t id, bool *rare)
{
	int64_t count = 0;
	enum bs_rc rc = bs_db_int(l->db, query, BS_VALUES(bs_int(id), bs_int(RARE + 1)), &count, l->err);

	*rare = count <= RARE;
	return rc;
}

static enum bs_rc choose(struct listing *l, enum along *along)
{
	const struct bs_list_filter *f = l->filter;
	bool rare = false;
	enum bs_rc rc = BS_OK;

	*along = f->to != 0 ? TIME : f->owner_id != 0 ? OWNER : f->status.len > 0 ? STATE : f->lang.len > 0 ? LANGUAGE : ALL;
	if (f->to != 0 || f->owner_id != 0)
		return BS_OK;
	if (f->person_id != 0) {
		rc = is_rare(l, BS_Q_desk_count_person, f->person_id, &rare);
		if (rare)
			*along = PERSON;
	}
	if (rc == BS_OK && !rare && f->term_id != 0) {
		rc = is_rare(l, BS_Q_desk_count_term, f->term_id, &rare);
		if (rare)
			*along = TERM;
	}
	return rc;
}

/* Whether something is asked for besides that along which the candidates are taken. */
static bool has_more(const struct bs_list_filter *f, enum along along)
{
	return (f->status.len > 0 && along != STATE) || (f->lang.len > 0 && along != LANGUAGE) || (f->term_id != 0 && along != TERM) ||
	       (f->person_id != 0 && along != PERSON);
}

static enum bs_rc read_rows(struct listing *l, enum along along, int64_t depth)
{
	const struct bs_list_filter *f = l->filter;
	struct bs_stmt *stmt = NULL;
	int64_t key = f->key != 0 ? f->key : INT64_MAX, id = f->key != 0 ? f->id : INT64_MAX;
	enum bs_rc rc = bs_db_query(l->db, BS_Q_desk_list, BS_VALUES(bs_int(along), bs_int(key), bs_int(id), bs_int(depth), bs_text(f->status),
		bs_text(f->lang), bs_int(f->term_id), bs_int(f->person_id), bs_int(f->owner_id), bs_int(f->from), bs_int(f->to),
		bs_int(BS_LIST_PAGE + 1)), &stmt, l->err);

	l->out->count = 0;
	while (rc == BS_OK && l->out->count <= BS_LIST_PAGE && (rc = bs_stmt_next(stmt, l->err)) == BS_OK)
		l->out->rows[l->out->count++] = row_of(l->arena, stmt);
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* The page was not filled: it goes on behind the last candidate, if there was one for each place. */
static enum bs_rc find_edge(struct listing *l, enum along along, int64_t depth)
{
	const struct bs_list_filter *f = l->filter;
	struct bs_stmt *stmt = NULL;
	int64_t key = f->key != 0 ? f->key : INT64_MAX, id = f->key != 0 ? f->id : INT64_MAX;
	enum bs_rc rc = bs_db_query(l->db, BS_Q_desk_list_edge, BS_VALUES(bs_int(along), bs_int(key), bs_int(id), bs_int(depth),
		bs_text(f->status), bs_text(f->lang), bs_int(f->from), bs_int(f->to)), &stmt, l->err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, l->err);
	if (rc == BS_OK && bs_stmt_int(stmt, BS_C_desk_list_edge_count) == depth) {
		l->out->next_key = bs_stmt_int(stmt, BS_C_desk_list_edge_key);
		l->out->next_id = bs_stmt_int(stmt, BS_C_desk_list_edge_id);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc read_along(struct listing *l)
{
	enum along along = ALL;
	enum bs_rc rc = choose(l, &along);
	bool more = has_more(l->filter, along), walks = along == ALL || along == STATE || along == LANGUAGE || along == TIME;
	int64_t depth = more ? SHALLOW : BS_LIST_PAGE + 1;

	/* What is common is found among the first; only what is not is looked for deeper. */
	if (rc == BS_OK)
		rc = read_rows(l, along, depth);
	if (rc == BS_OK && more && l->out->count <= BS_LIST_PAGE) {
		depth = BS_LIST_DEPTH;
		rc = read_rows(l, along, depth);
	}
	if (rc != BS_OK)
		return rc;
	if (l->out->count > BS_LIST_PAGE) {
		l->out->count = BS_LIST_PAGE;
		l->out->next_key = l->out->rows[BS_LIST_PAGE - 1].key;
		l->out->next_id = l->out->rows[BS_LIST_PAGE - 1].id;
		return BS_OK;
	}
	return more && walks ? find_edge(l, along, depth) : BS_OK;
}

/* --- by words --------------------------------------------------------------------------------------------------------------------- */

struct found {
	int64_t ids[BS_LIST_FOUND];
	size_t count;
};

static void found_add(struct found *found, int64_t id)
{
	for (size_t i = 0; i < found->count; i++) {
		if (found->ids[i] == id)
			return;
	}
	if (found->count < BS_LIST_FOUND)
		found->ids[found->count++] = id;
}

/* What readers can find, in one language; `typing`: the last word may go on. */
static enum bs_rc find_public(struct listing *l, const struct bs_lang *lang, bool typing, struct found *found)
{
	struct bs_search_range range = { .count = BS_LIST_FOUND, .by_date = true };
	struct bs_search_result result = { 0 };
	struct bs_search search;
	enum bs_rc rc;

	bs_search_parse(l->arena, lang, l->filter->words, typing, &search);
	if (search.count == 0)
		return BS_OK;
	rc = bs_search_find(l->arena, l->db, &search, lang->code, range, &result, l->err);
	for (size_t i = 0; i < result.count && rc == BS_OK; i++)
		found_add(found, result.stories[i]);
	return rc;
}

/* Whether the terms of a title, " so many words ", have all that is searched for. */
static bool title_fits(struct bs_arena *arena, const struct bs_search *search, struct bs_str terms)
{
	for (size_t i = 0; i < search->count; i++) {
		const struct bs_search_part *part = &search->parts[i];
		struct bs_str phrase = bs_arena_join(arena, part->terms, part->count, BS_STR(" "));
		struct bs_str wanted = bs_arena_printf(arena, " %.*s%s", (int)phrase.len, phrase.ptr, part->prefix ? "" : " ");
		if ((bs_str_find(terms, wanted, 0) != SIZE_MAX) == part->excluded)
			return false;
	}
	return search->count > 0;
}

/* What they cannot find yet, or no longer: by title, of each state the newest. */
static enum bs_rc find_unpublished(struct listing *l, struct bs_str status, struct found *found)
{
	struct bs_arena *scratch = bs_arena_new();
	struct bs_buf terms = BS_BUF(HEAD_MAX);
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(l->db, BS_Q_desk_list_titles, BS_VALUES(bs_text(status), bs_int(TITLES)), &stmt, l->err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, l->err)) == BS_OK) {
		const struct bs_lang *lang = bs_lang_find(bs_stmt_str(stmt, BS_C_desk_list_titles_lang));
		struct bs_search search;
		if (lang == NULL)
			continue;
		bs_search_parse(scratch, lang, l->filter->words, true, &search);
		bs_buf_reset(&terms);
		bs_buf_putc(&terms, ' ');
		bs_tokens_of(lang, bs_markup_plain(scratch, bs_stmt_str(stmt, BS_C_desk_list_titles_markup)), &terms);
		bs_buf_putc(&terms, ' ');
		if (title_fits(scratch, &search, bs_buf_str(&terms)))
			found_add(found, bs_stmt_int(stmt, BS_C_desk_list_titles_id));
		bs_arena_reset(scratch);
	}
	bs_stmt_free(&stmt);
	bs_buf_free(&terms);
	bs_arena_free(&scratch);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static int by_key(const void *a, const void *b)
{
	const struct bs_list_row *one = a, *two = b;

	return one->key < two->key ? 1 : one->key > two->key ? -1 : 0;
}

/* Those of the found that the rest of the filter lets in. All are asked for before the first is read: one round trip. */
static enum bs_rc read_found(struct listing *l, const struct found *found)
{
	const struct bs_list_filter *f = l->filter;
	struct bs_stmt **stmts = BS_ARRAY(l->arena, found->count, struct bs_stmt *);
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < found->count && rc == BS_OK; i++)
		rc = bs_db_query(l->db, BS_Q_desk_list_one, BS_VALUES(bs_int(found->ids[i]), bs_text(f->status), bs_text(f->lang),
			bs_int(f->term_id), bs_int(f->person_id), bs_int(f->owner_id), bs_int(f->from), bs_int(f->to)), &stmts[i], l->err);
	for (size_t i = 0; i < found->count; i++) {
		enum bs_rc one = rc == BS_OK ? bs_stmt_next(stmts[i], l->err) : rc;
		if (one == BS_OK)
			l->out->rows[l->out->count++] = row_of(l->arena, stmts[i]);
		else if (one != BS_NOT_FOUND)
			rc = one;
		bs_stmt_free(&stmts[i]);
	}
	qsort(l->out->rows, l->out->count, sizeof(*l->out->rows), by_key);
	if (l->out->count > BS_LIST_WORDS)
		l->out->count = BS_LIST_WORDS;
	return rc;
}

static bool is_asked(struct bs_str asked, struct bs_str one)
{
	return asked.len == 0 || bs_str_eq(asked, one);
}

/* Whole words first: the index has their stories in order, where a beginning of words costs it a look at all that have any. */
static enum bs_rc find_published(struct listing *l, struct found *found)
{
	const struct bs_publication *p = l->visit->publication;
	enum bs_rc rc = BS_OK;

	for (int typing = 0; typing < 2; typing++) {
		for (size_t i = 0; i < p->lang_count && found->count < BS_LIST_FOUND && rc == BS_OK; i++) {
			if (is_asked(l->filter->lang, p->langs[i]->code))
				rc = find_public(l, p->langs[i], typing == 1, found);
		}
	}
	return rc;
}

static enum bs_rc read_words(struct listing *l)
{
	static const enum bs_status hidden[] = { BS_STATUS_DRAFT, BS_STATUS_REVIEW, BS_STATUS_SCHEDULED, BS_STATUS_WITHDRAWN };
	struct found *found = BS_NEW(l->arena, struct found);
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < BS_COUNT(hidden) && rc == BS_OK; i++) {
		if (is_asked(l->filter->status, bs_status_name(hidden[i])))
			rc = find_unpublished(l, bs_status_name(hidden[i]), found);
	}
	if (rc == BS_OK && is_asked(l->filter->status, bs_status_name(BS_STATUS_PUBLISHED)))
		rc = find_published(l, found);
	return rc == BS_OK ? read_found(l, found) : rc;
}

enum bs_rc bs_list_read(struct bs_visit *visit, const struct bs_list_filter *filter, struct bs_list_result *out, struct bs_err *err)
{
	struct listing l = { .visit = visit, .arena = visit->arena, .db = visit->db, .filter = filter, .out = out, .err = err };

	*out = (struct bs_list_result){ .rows = BS_ARRAY(visit->arena, BS_LIST_FOUND, struct bs_list_row) };
	return filter->words.len > 0 ? read_words(&l) : read_along(&l);
}
