/* Tokens, searches and snippets. The first two bytes name a language, the third is skipped, the rest is both the text and
 * what is typed. Whatever comes: terms hold no ASCII but a-z and 0-9, quotes in the query are balanced, the pieces of a
 * snippet are pieces of the text. Text in the newsroom is well-formed UTF-8; what readers type need not be. */
#include <stdlib.h>

#include "base/limits.h"
#include "lang/tokens.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good)
{
	if (!good)
		abort();
}

static void check_terms(struct bs_str terms)
{
	for (size_t i = 0; i < terms.len; i++) {
		char c = terms.ptr[i];
		check((uint8_t)c >= 0x80 || c == ' ' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
		check(c != ' ' || (i > 0 && terms.ptr[i - 1] != ' '));
	}
}

static void check_query(struct bs_str query)
{
	size_t quotes = 0;

	for (size_t i = 0; i < query.len; i++)
		quotes += query.ptr[i] == '"';
	check(quotes % 2 == 0);
}

static void check_snippet(const struct bs_snippet *snippet, struct bs_str text, size_t max)
{
	size_t len = 0;

	for (size_t i = 0; i < snippet->count; i++) {
		struct bs_str piece = snippet->parts[i].text;
		if (piece.ptr < text.ptr || piece.ptr > text.ptr + text.len)
			continue; /* the … */
		check(piece.ptr + piece.len <= text.ptr + text.len);
		len += piece.len;
	}
	check(len <= max);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { SNIPPET = 60 };
	struct bs_arena *arena = bs_arena_new();
	struct bs_str all = bs_str_n((const char *)data, size), text = bs_str_sub(all, 3, SIZE_MAX);
	const struct bs_lang *lang = bs_lang_find(bs_str_sub(all, 0, 2));
	struct bs_buf terms = BS_BUF(1 << 24);
	struct bs_search search;
	struct bs_snippet snippet;

	lang = lang != NULL ? lang : &bs_langs[BS_LANG_en];
	bs_search_parse(arena, lang, text, size % 2 == 0, &search);
	check_query(bs_search_fts5(arena, &search));
	if (bs_str_utf8_fault(text) == SIZE_MAX) {
		bs_tokens_of(lang, text, &terms);
		check_terms(bs_buf_str(&terms));
		bs_search_snippet(arena, lang, &search, text, SNIPPET, &snippet);
		check_snippet(&snippet, text, SNIPPET);
	}
	bs_buf_free(&terms);
	bs_arena_free(&arena);
	return 0;
}
