/* indent.c - indented blocks that are no program; see indent.h. */
#include "text/markdown/indent.h"

#include "text/html/lexer.h"
#include "text/html/rules.h"

enum { LINE = 60, WORDS = 8 }; /* bytes and words that a line of prose has at least */

bool indent_is_html(struct bs_str block)
{
	struct lexeme token;
	size_t at = 0;

	block = bs_str_trim(block);
	if (!lex_next(block, &at, &token) || (token.kind != LEX_START && token.kind != LEX_END))
		return false;
	return rule_of(token.name) != NULL;
}

/* A sentence begins with a capital, a figure, a quotation mark, emphasis or a link; beyond ASCII with anything. */
static bool begins_sentence(struct bs_str line)
{
	char c = line.ptr[0];

	return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80 || strchr("_*[\"'&", c) != NULL;
}

static bool is_long(struct bs_str line)
{
	size_t words = 1;

	for (size_t i = 0; i < line.len; i++)
		words += line.ptr[i] == ' ';
	return line.len >= LINE && words >= WORDS;
}

bool indent_is_prose(struct bs_str block)
{
	struct bs_str rest = block, line;
	size_t signs = 0, lines = 0, long_lines = 0;

	for (size_t i = 0; i < block.len; i++)
		signs += strchr("{}=;$|<>\\", block.ptr[i]) != NULL;
	while (bs_str_split(&rest, '\n', &line)) {
		line = bs_str_trim(line);
		if (line.len == 0)
			continue;
		if (lines++ == 0 && !begins_sentence(line))
			return false;
		long_lines += is_long(line);
	}
	return long_lines * 2 > lines && signs * 50 < block.len;
}
