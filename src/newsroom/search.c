/* search.c - see search.h. */
#include "newsroom/search.h"

#include "base/limits.h"
#include "lang/tokens.h"
#include "text/markup.h"

static void free_buf(void *ptr)
{
	bs_buf_free(ptr);
}

static struct bs_buf *buf_new(struct bs_arena *arena)
{
	struct bs_buf *buf = BS_NEW(arena, struct bs_buf);

	*buf = BS_BUF(2 * BS_MAX_STORY_HTML);
	bs_arena_defer(arena, free_buf, buf);
	return buf;
}

/* The terms of some markup behind those that are there. */
static void terms_add(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str markup, struct bs_buf *out)
{
	if (markup.len > 0)
		bs_tokens_of(lang, bs_markup_plain(arena, markup), out);
}

enum bs_rc bs_search_put(struct bs_arena *arena, struct bs_db *db, const struct bs_search_text *text, struct bs_err *err)
{
	const struct bs_lang *lang = bs_lang_find(text->lang);
	struct bs_buf *title = buf_new(arena), *summary = buf_new(arena), *body = buf_new(arena);
	enum bs_rc rc = text->fresh ? BS_OK : bs_search_remove(db, text->story_id, err);

	if (rc != BS_OK)
		return rc;
	terms_add(arena, lang, text->title, title);
	terms_add(arena, lang, text->subtitle, summary);
	terms_add(arena, lang, text->summary, summary);
	for (size_t i = 0; i < text->body->count; i++)
		terms_add(arena, lang, text->body->blocks[i].markup, body);
	rc = bs_buf_check(body, "the index of words", err);
	if (rc != BS_OK)
		return rc;
	/* Waited for: the terms die with the arena of the story, the statement must not outlive them. */
	return bs_db_exec(db, BS_Q_search_add, BS_VALUES(bs_int(text->story_id), bs_text(text->lang), bs_text(bs_buf_str(title)),
	                  bs_text(bs_buf_str(summary)), bs_text(bs_buf_str(body))), err);
}

enum bs_rc bs_search_remove(struct bs_db *db, int64_t story_id, struct bs_err *err)
{
	return bs_db_exec(db, BS_Q_search_remove, BS_VALUES(bs_int(story_id)), err);
}
