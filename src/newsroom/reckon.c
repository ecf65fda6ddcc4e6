/* reckon.c - see reckon.h. */
#include "newsroom/reckon.h"

#include "text/passage.h"

static bool same_place(struct bs_str a, struct bs_str b)
{
	return a.ptr == b.ptr && a.len == b.len;
}

static struct bs_reckoned_passage reckon_passage(struct bs_str lang, struct bs_str markup)
{
	struct bs_reckoned_passage passage = { .markup = markup };

	bs_passage_hash(lang, markup, passage.hash);
	(void)bs_passage_text_hash(markup, passage.text_hash);
	return passage;
}

const struct bs_reckoned *bs_reckon(struct bs_arena *arena, struct bs_str lang, const struct bs_draft *draft)
{
	const struct bs_str fields[BS_RECKONED_FIELDS] = { draft->title, draft->subtitle, draft->summary };
	const struct bs_body *body = &draft->body;
	struct bs_reckoned *reckoned = BS_NEW(arena, struct bs_reckoned);

	*reckoned = (struct bs_reckoned){
		.lang = bs_arena_copy(arena, lang), .count = body->count, .words = bs_body_words(body),
		.passages = BS_ARRAY(arena, body->count, struct bs_reckoned_passage),
		.terms = bs_search_body_terms(arena, lang, body),
		.head = bs_search_head_terms(arena, lang, draft->title, draft->subtitle, draft->summary),
	};
	for (size_t i = 0; i < body->count; i++)
		reckoned->passages[i] = reckon_passage(lang, body->blocks[i].markup);
	for (size_t i = 0; i < BS_RECKONED_FIELDS; i++) {
		if (fields[i].len > 0)
			reckoned->fields[i] = reckon_passage(lang, fields[i]);
	}
	return reckoned;
}

bool bs_reckoned_fits(const struct bs_reckoned *reckoned, struct bs_str lang, const struct bs_body *body)
{
	if (reckoned == NULL || reckoned->count != body->count || !bs_str_eq(reckoned->lang, lang))
		return false;
	for (size_t i = 0; i < body->count; i++) {
		if (!same_place(body->blocks[i].markup, reckoned->passages[i].markup))
			return false;
	}
	return true;
}

const struct bs_reckoned_passage *bs_reckoned_field(const struct bs_reckoned *reckoned, struct bs_str markup)
{
	for (size_t i = 0; i < BS_RECKONED_FIELDS; i++) {
		if (markup.len > 0 && same_place(markup, reckoned->fields[i].markup))
			return &reckoned->fields[i];
	}
	return NULL;
}

const struct bs_search_head *bs_reckoned_head(const struct bs_reckoned *reckoned, const struct bs_draft *draft)
{
	const struct bs_str fields[BS_RECKONED_FIELDS] = { draft->title, draft->subtitle, draft->summary };

	for (size_t i = 0; i < BS_RECKONED_FIELDS; i++) {
		if (fields[i].len != reckoned->fields[i].markup.len || (fields[i].len > 0 && !same_place(fields[i], reckoned->fields[i].markup)))
			return NULL;
	}
	return &reckoned->head;
}
