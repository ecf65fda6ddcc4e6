/* raw.c - raw HTML in Markdown, looked at without parsing it; see raw.h. */
#include "text/markdown/raw.h"

#include "text/html/lexer.h"

enum { OPEN = 32 };

bool raw_is_contained(struct bs_str html)
{
	const struct rule *open[OPEN];
	size_t depth = 0;
	struct lexeme token;

	for (size_t at = 0; lex_next(html, &at, &token);) {
		const struct rule *rule = token.kind == LEX_START || token.kind == LEX_END ? rule_of(token.name) : NULL;
		if (token.kind == LEX_NOTHING && at == html.len && !bs_str_ends(token.raw, BS_STR(">")))
			return false;
		if (rule == NULL || rule->nesting == NEST_VOID || rule->nesting == NEST_NONE)
			continue;
		if (rule->nesting == NEST_PAGE || rule->nesting == NEST_SKIP || rule->nesting == NEST_FOREIGN)
			return false;
		if (rule->nesting == NEST_RAW && token.kind == LEX_START) {
			at = lex_find_end(html, at, rule->name);
			if (at == SIZE_MAX || !lex_next(html, &at, &token))
				return false;
		} else if (token.kind == LEX_START) {
			if (depth == OPEN)
				return false;
			open[depth++] = rule;
		} else if (depth == 0 || open[--depth] != rule) {
			return false;
		}
	}
	return depth == 0;
}

struct inline_tag inline_tag_of(struct bs_str html)
{
	struct inline_tag tag = { 0 };
	struct lexeme token;
	size_t at = 0;

	if (!lex_next(html, &at, &token) || at != html.len)
		return tag;
	if (token.kind == LEX_NOTHING) {
		tag.simple = true;
		return tag;
	}
	if (token.kind != LEX_START && token.kind != LEX_END)
		return tag;
	tag.rule = rule_of(token.name);
	tag.end = token.kind == LEX_END;
	if (tag.rule == NULL || tag.rule->nesting == NEST_NONE)
		tag.simple = true;
	else if (tag.rule->action == ACT_TAG || (tag.rule->action == ACT_BREAK && !tag.end))
		tag.simple = token.keep == token.name.len + (tag.end ? 2 : 1);
	return tag;
}

bool raw_is_blank(struct bs_str html)
{
	struct lexeme token;

	for (size_t at = 0; lex_next(html, &at, &token);) {
		if (token.kind == LEX_NOTHING ? !bs_str_ends(token.raw, BS_STR("-->")) : bs_str_trim(token.raw).len > 0)
			return false;
	}
	return true;
}

static bool is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Does the address whose "://" is at `colon` stand in a link, "](https://…" or "<https://…"? */
static bool is_in_link(struct bs_str markdown, size_t colon)
{
	size_t at = colon;

	while (at > 0 && is_letter(markdown.ptr[at - 1]))
		at--;
	return at > 0 && (markdown.ptr[at - 1] == '<' || (at > 1 && markdown.ptr[at - 1] == '(' && markdown.ptr[at - 2] == ']'));
}

bool may_have_bare_link(struct bs_str markdown)
{
	if (bs_str_find_byte(markdown, '@', 0) != SIZE_MAX)
		return true;
	for (size_t at = 0; (at = bs_str_find_byte(markdown, '.', at)) != SIZE_MAX; at++) {
		if (bs_str_ends(bs_str_sub(markdown, 0, at), BS_STR("www")))
			return true;
	}
	for (size_t at = 0; (at = bs_str_find_byte(markdown, ':', at)) != SIZE_MAX; at++) {
		if (bs_str_eq(bs_str_sub(markdown, at, 3), BS_STR("://")) && !is_in_link(markdown, at))
			return true;
	}
	return false;
}
