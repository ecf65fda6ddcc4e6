/* lexer.h - HTML taken apart into text and tags, as the tokenizer of the HTML standard does where neither scripts nor foreign
 * elements are about. Linear in the input. Pure; safe from any thread. */
#ifndef BS_TEXT_HTML_LEXER_H
#define BS_TEXT_HTML_LEXER_H

#include "base/mem.h"

enum lexeme_kind {
	LEX_TEXT,
	LEX_START,
	LEX_END,
	LEX_NOTHING, /* a comment, a doctype, a processing instruction, a tag cut off by the end */
	LEX_ANGLE,   /* a '<' that begins nothing */
};

struct lexeme {
	enum lexeme_kind kind;
	struct bs_str raw;
	struct bs_str name; /* of a tag, case as it stands */
	size_t keep;        /* bytes of raw up to behind its last attribute that is within LEX_ATTRS, so that "…>" is a tag */
};

enum { LEX_ATTRS = 64 }; /* attributes of a tag that count */

bool lex_next(struct bs_str html, size_t *at, struct lexeme *out);

/* Behind the start tag of an element whose content is text: the offset of its end tag, or SIZE_MAX. */
size_t lex_find_end(struct bs_str html, size_t at, struct bs_str name);

#endif
