/* search.c - see search.h. What is stored are terms, not words: the database's own index does no more than to part them
 * at spaces, so that both databases find the same. */
#include "newsroom/search.h"

#include "lang/lang.h"
#include "text/markup.h"

/* Terms and bytes of each column that are indexed; the rest of longer texts is not found. PostgreSQL knows 16,383 places in a
 * text, and one megabyte, in which each term stands three times: by itself and in two pairs. */
enum { TITLE_TERMS = 1000, SUMMARY_TERMS = 1000, BODY_TERMS = 14000, HEAD_BYTES = 24 * 1024, BODY_BYTES = 256 * 1024 };

/* The order in which the index is read, and so the order of the newest: seconds since 1970, from 1698 to 2242, then the story's id, then the
 * language, 0 for the one that it was written in. Two stories of one second have different ids; ids that differ by a multiple of 2^22 would
 * need four million stories between two of one second. */
static int64_t key_of(const struct bs_search_text *text, const struct bs_lang *lang)
{
	const int64_t end = INT64_C(1) << 33, ids = 1 << 22, langs = 1 << 8; /* of languages there are fewer */
	int64_t at = text->published_at;

	if (at < -end)
		at = -end;
	if (at >= end)
		at = end - 1;
	return (at * ids + text->story_id % ids) * langs + (text->translated ? 1 + lang->id : 0);
}

/* The first `max` terms, or what of them the buffer holds. */
static struct bs_str first_terms(const struct bs_buf *buf, size_t max)
{
	struct bs_str all = bs_buf_str(buf);
	size_t count = 0;

	for (size_t i = 0; i < all.len; i++) {
		if (all.ptr[i] == ' ' && ++count == max)
			return bs_str_n(all.ptr, i);
	}
	return all.len > 0 && all.ptr[all.len - 1] == ' ' ? bs_str_n(all.ptr, all.len - 1) : all;
}

static void add_terms(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str markup, struct bs_buf *out)
{
	if (markup.len > 0)
		bs_tokens_of(lang, bs_markup_plain(arena, markup), out);
}

struct bs_str bs_search_body_terms(struct bs_arena *arena, struct bs_str lang, const struct bs_body *body)
{
	const struct bs_lang *known = bs_lang_find(lang);
	struct bs_buf terms = BS_BUF(BODY_BYTES);
	struct bs_str made;

	for (size_t i = 0; known != NULL && i < body->count; i++)
		add_terms(arena, known, body->blocks[i].markup, &terms);
	made = bs_arena_copy(arena, first_terms(&terms, BODY_TERMS));
	bs_buf_free(&terms);
	return made;
}

struct bs_search_head bs_search_head_terms(struct bs_arena *arena, struct bs_str lang, struct bs_str title, struct bs_str subtitle,
                                           struct bs_str summary)
{
	const struct bs_lang *known = bs_lang_find(lang);
	struct bs_buf first = BS_BUF(HEAD_BYTES), second = BS_BUF(HEAD_BYTES);
	struct bs_search_head made;

	if (known != NULL) {
		add_terms(arena, known, title, &first);
		add_terms(arena, known, subtitle, &second);
		add_terms(arena, known, summary, &second);
	}
	made.title = bs_arena_copy(arena, first_terms(&first, TITLE_TERMS));
	made.summary = bs_arena_copy(arena, first_terms(&second, SUMMARY_TERMS));
	bs_buf_free(&first);
	bs_buf_free(&second);
	return made;
}

void bs_search_of_body(struct bs_arena *arena, struct bs_body *body, struct bs_search_text *text)
{
	size_t kept = 0;

	for (size_t i = 0; i < body->count; i++) {
		const struct bs_block *block = &body->blocks[i];
		if (bs_str_eq(block->path, BS_STR("@title")))
			text->title = block->markup;
		else if (bs_str_eq(block->path, BS_STR("@subtitle")))
			text->subtitle = block->markup;
		else if (bs_str_eq(block->path, BS_STR("@summary")))
			text->summary = block->markup;
		else if (!bs_str_starts(block->path, BS_STR("@")))
			body->blocks[kept++] = *block;
	}
	body->count = kept;
	text->body_terms = bs_search_body_terms(arena, text->lang, body);
}

enum bs_rc bs_search_remove(struct bs_db *db, int64_t story_id, struct bs_str lang, struct bs_err *err)
{
	const struct bs_query *const steps[] = { BS_Q_search_index_remove, BS_Q_search_pending_remove, BS_Q_search_terms_remove };
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < BS_COUNT(steps) && rc == BS_OK; i++)
		rc = bs_db_post(db, steps[i], BS_VALUES(bs_int(story_id), bs_text(lang)), err);
	return rc;
}

/* All that the transaction has put: an index that is given one story at a time, each in its savepoint, writes a part of its
 * own for each and then merges them. */
static enum bs_rc index_pending(struct bs_db *db, struct bs_err *err)
{
	enum bs_rc rc = bs_db_post(db, BS_Q_search_index_pending, BS_NO_VALUES, err);

	return rc == BS_OK ? bs_db_post(db, BS_Q_search_pending_clear, BS_NO_VALUES, err) : rc;
}

enum bs_rc bs_search_put(struct bs_arena *arena, struct bs_db *db, const struct bs_search_text *text, struct bs_err *err)
{
	const struct bs_lang *lang = bs_lang_find(text->lang);
	struct bs_search_head head;
	int64_t key;
	enum bs_rc rc = BS_OK;

	if (lang == NULL)
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no language that is known", BS_ARG(text->lang));
	if (!text->fresh)
		rc = bs_search_remove(db, text->story_id, text->translated ? text->lang : BS_STR(""), err);
	if (rc != BS_OK)
		return rc;
	key = key_of(text, lang);
	head = text->head != NULL ? *text->head : bs_search_head_terms(arena, text->lang, text->title, text->subtitle, text->summary);
	rc = bs_db_post(db, BS_Q_search_terms_add, BS_VALUES(bs_int(key), bs_int(text->story_id), bs_text(text->lang),
	                bs_text(head.title), bs_text(head.summary), bs_text(text->body_terms)), err);
	if (rc == BS_OK)
		rc = bs_db_post(db, BS_Q_search_pending_add, BS_VALUES(bs_int(key)), err);
	return rc == BS_OK ? bs_db_before_commit(db, index_pending, err) : rc;
}

enum bs_rc bs_search_rebuild(struct bs_db *db, struct bs_err *err)
{
	const struct bs_query *const steps[] = { BS_Q_search_pending_clear, BS_Q_search_rebuild_begin, BS_Q_search_rebuild,
		                                 BS_Q_search_rebuild_end };
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < BS_COUNT(steps) && rc == BS_OK; i++)
		rc = bs_db_exec(db, steps[i], BS_NO_VALUES, err);
	return rc;
}

enum bs_rc bs_search_find(struct bs_arena *arena, struct bs_db *db, const struct bs_search *search, struct bs_str lang,
                          struct bs_search_range range, struct bs_search_result *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc;

	*out = (struct bs_search_result){ .stories = BS_ARRAY(arena, (size_t)range.count, int64_t) };
	if (search->count == 0)
		return BS_OK;
	rc = bs_db_query(db, BS_Q_search_find, BS_VALUES(bs_text(bs_search_fts5(arena, search)), bs_text(lang),
	                 bs_int(BS_SEARCH_DEPTH), bs_int(range.count), bs_int(range.from), bs_int(range.by_date)), &stmt, err);
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		out->stories[out->count++] = bs_stmt_int(stmt, BS_C_search_find_story_id);
		out->found = bs_stmt_int(stmt, BS_C_search_find_found);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}
