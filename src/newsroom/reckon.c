/* reckon.c - see reckon.h. */
#include "newsroom/reckon.h"

#include "newsroom/search.h"
#include "text/passage.h"

const struct bs_reckoned *bs_reckon(struct bs_arena *arena, struct bs_str lang, const struct bs_body *body)
{
	struct bs_reckoned *reckoned = BS_NEW(arena, struct bs_reckoned);

	*reckoned = (struct bs_reckoned){
		.lang = bs_arena_copy(arena, lang), .count = body->count, .words = bs_body_words(body),
		.passages = BS_ARRAY(arena, body->count, struct bs_reckoned_passage),
		.terms = bs_search_body_terms(arena, lang, body),
	};
	for (size_t i = 0; i < body->count; i++) {
		struct bs_reckoned_passage *passage = &reckoned->passages[i];
		passage->markup = body->blocks[i].markup;
		bs_passage_hash(lang, passage->markup, passage->hash);
		(void)bs_passage_text_hash(passage->markup, passage->text_hash);
	}
	return reckoned;
}

bool bs_reckoned_fits(const struct bs_reckoned *reckoned, struct bs_str lang, const struct bs_body *body)
{
	if (reckoned == NULL || reckoned->count != body->count || !bs_str_eq(reckoned->lang, lang))
		return false;
	for (size_t i = 0; i < body->count; i++) {
		struct bs_str markup = body->blocks[i].markup;
		if (markup.ptr != reckoned->passages[i].markup.ptr || markup.len != reckoned->passages[i].markup.len)
			return false;
	}
	return true;
}
