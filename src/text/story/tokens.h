/* tokens.h - reading canonical markup (markup.h) piece by piece. Markup that is not canonical gives odd tokens, never a
 * read out of bounds. Pure; safe from any thread. */
#ifndef BS_TEXT_STORY_TOKENS_H
#define BS_TEXT_STORY_TOKENS_H

#include "text/story/tags.h"

enum token_kind { TOKEN_TEXT, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_BREAK };

struct token {
	enum token_kind kind;
	enum tag tag;        /* of OPEN and CLOSE */
	struct bs_str raw;   /* the whole token as it stands in the markup */
	struct bs_str attrs; /* of OPEN: each with a space before it, values escaped; or empty */
};

/* The token at *at, moving *at behind it; false at the end. */
bool token_next(struct bs_str markup, size_t *at, struct token *out);
/* The escaped value of an attribute; ptr NULL when it is not there. */
struct bs_str token_attr(const struct token *token, struct bs_str name);
/* Append escaped text, references resolved. */
void markup_put_unescaped(struct bs_buf *out, struct bs_str escaped);
/* The same in the arena; the slice itself when there is nothing to resolve. */
struct bs_str markup_unescape(struct bs_arena *arena, struct bs_str escaped);

/* Is the token a link within the body, "#…"? */
bool token_is_fragment(const struct token *token);

#endif
