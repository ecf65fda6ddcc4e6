/* join.c - the blocks of a body as one passage; see build.h. */
#include "text/body.h"
#include "text/story/build.h"
#include "text/story/tokens.h"

/* Markup without its links within the text, which lead nowhere from a passage that stands alone; references to notes go
 * with their numbers. */
static void join_markup(struct bs_arena *arena, struct phrasing *p, struct open_tags *tags, struct bs_str markup)
{
	struct token token;

	for (size_t at = 0; token_next(markup, &at, &token);) {
		if (!token_is_fragment(&token)) {
			phrasing_markup(arena, p, tags, token.raw);
		} else if (bs_str_starts(token_attr(&token, BS_STR("href")), BS_STR("#fn-"))) {
			size_t end = bs_str_find(markup, BS_STR("</a>"), at);
			at = end == SIZE_MAX ? markup.len : end + BS_STR("</a>").len;
		} else {
			open_tags_push(tags, TAG_A, BS_STR(""));
		}
	}
}

enum bs_rc body_join(struct bs_arena *arena, const struct bs_body *body, struct bs_str *out, struct bs_err *err)
{
	const struct open_tags none = { 0 };
	struct open_tags tags = { 0 }; /* of all blocks: their serials tell the elements of one from those of the next */
	struct phrasing p;
	enum bs_rc rc;

	phrasing_init(&p);
	for (size_t i = 0; i < body->count; i++) {
		const struct bs_block *block = &body->blocks[i];
		if (bs_block_is_picture(block) || bs_str_starts(block->path, BS_STR("footnotes")))
			continue;
		phrasing_text(&p, &none, BS_STR(" "));
		join_markup(arena, &p, &tags, block->markup);
	}
	rc = phrasing_finish(arena, &p, out, err);
	phrasing_free(&p);
	return rc;
}
