/* tokens.c - the terms of a text, and what a reader searches for; see tokens.h. */
#include "lang/tokens.h"

#include "base/limits.h"
#include "lang/scan.h"

void bs_tokens_of(const struct bs_lang *lang, struct bs_str text, struct bs_buf *out)
{
	struct scanner scanner = scanner_of(lang, text);
	struct token token;

	while (scan_next(&scanner, &token)) {
		if (out->len > 0 && out->data[out->len - 1] != ' ')
			bs_buf_putc(out, ' ');
		bs_buf_put(out, token.term);
	}
}

void bs_words_of(const struct bs_lang *lang, struct bs_str text,
                 void (*word)(void *ctx, struct bs_str written, struct bs_str term), void *ctx)
{
	struct scanner scanner = scanner_of(lang, text);
	struct token token;

	while (scan_next(&scanner, &token)) {
		if (!token.pair)
			word(ctx, bs_str_sub(text, token.start, token.end - token.start), token.term);
	}
}

struct parsing {
	struct bs_arena *arena;
	const struct bs_lang *lang;
	bool whole; /* words keep their endings */
	struct bs_str rest;
	struct bs_search_part *parts;
	size_t count;
	struct bs_str *terms; /* of all parts, one behind the other */
	size_t term_count;
	bool asks; /* one part at least is not excluded */
};

/* Code points that open or close a phrase. */
static bool is_quote(uint32_t c)
{
	return c == '"' || c == 0x201C || c == 0x201D || c == 0x201E || c == 0xAB || c == 0xBB || c == 0x300C || c == 0x300D;
}

static bool is_white(uint32_t c)
{
	return c <= ' ' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F;
}

/* Take the text up to the closing quote, or to white space or a quote; what ended it is taken too when it is a quote that
 * closes. */
static struct bs_str take_piece(const struct bs_lang *lang, struct bs_str *rest, bool quoted)
{
	size_t at = 0, next;
	struct bs_str piece;

	for (next = 0; at < rest->len; at = next) {
		uint32_t c = bs_str_utf8_next(*rest, &next);
		if ((is_quote(c) && !is_gershayim(lang, *rest, at)) || (!quoted && is_white(c)))
			break;
	}
	piece = bs_str_sub(*rest, 0, at);
	*rest = bs_str_sub(*rest, quoted && next > at ? next : at, SIZE_MAX);
	return piece;
}

/* The terms from `first` on are a part. One letter is no beginning of a word: too many have it. */
static void add_part(struct parsing *parsing, size_t first, bool excluded, bool prefix)
{
	if (parsing->term_count == first)
		return;
	prefix = prefix && parsing->terms[parsing->term_count - 1].len > 1;
	parsing->parts[parsing->count++] = (struct bs_search_part){
		.terms = parsing->terms + first,
		.count = parsing->term_count - first,
		.excluded = excluded,
		.prefix = prefix,
	};
	parsing->asks = parsing->asks || !excluded;
}

/* The terms of a piece stand one behind the other: a phrase, a word like "e-mail", a run of Chinese. But words that only a
 * dictionary told apart are each a part: the same run may have been cut elsewhere in a text. */
static void add_piece(struct parsing *parsing, struct bs_str piece, bool quoted, bool excluded, bool unfinished)
{
	struct scanner scanner = { .lang = parsing->lang, .text = piece, .whole = parsing->whole };
	struct token token;
	size_t first = parsing->term_count;
	bool lone = false, again = false;

	while (parsing->term_count < BS_MAX_SEARCH_TERMS && scan_next(&scanner, &token)) {
		bool begins = parsing->term_count == first;
		parsing->terms[parsing->term_count++] = bs_arena_copy(parsing->arena, token.term);
		again = token.last_of_run && !begins && !lone;
		lone = token.last_of_run && begins;
		if (token.dictionary && !quoted) {
			add_part(parsing, first, excluded, false);
			first = parsing->term_count;
		}
	}
	/* The last character of a run has had its say in the pair before, unless it is all there is. */
	if (again)
		parsing->term_count--;
	lone = lone && parsing->term_count == first + 1;
	add_part(parsing, first, excluded, lone || unfinished);
}

static void parse(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str typed, bool whole, bool typing, struct bs_search *out)
{
	struct parsing parsing = {
		.arena = arena,
		.lang = lang,
		.whole = whole,
		.rest = bs_str_utf8_prefix(bs_str_sub(typed, 0, bs_str_utf8_fault(typed)), BS_MAX_QUERY),
		.parts = BS_ARRAY(arena, BS_MAX_SEARCH_TERMS, struct bs_search_part),
		.terms = BS_ARRAY(arena, BS_MAX_SEARCH_TERMS, struct bs_str),
	};
	bool excluded = false;

	while (parsing.rest.len > 0 && parsing.term_count < BS_MAX_SEARCH_TERMS) {
		size_t next = 0;
		uint32_t c = bs_str_utf8_next(parsing.rest, &next);
		bool quoted = is_quote(c);
		if (is_white(c) || c == '-') {
			excluded = c == '-';
			parsing.rest = bs_str_sub(parsing.rest, next, SIZE_MAX);
			continue;
		}
		if (quoted)
			parsing.rest = bs_str_sub(parsing.rest, next, SIZE_MAX);
		struct bs_str piece = take_piece(lang, &parsing.rest, quoted);
		add_piece(&parsing, piece, quoted, excluded, typing && !quoted && !excluded && parsing.rest.len == 0);
		excluded = false;
	}
	*out = (struct bs_search){ parsing.parts, parsing.asks ? parsing.count : 0 };
}

void bs_search_parse(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str typed, bool typing,
                     struct bs_search *out)
{
	parse(arena, lang, typed, false, typing, out);
}

void bs_names_parse(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str typed, struct bs_names_search *out)
{
	struct bs_buf words = BS_BUF(8 * BS_MAX_QUERY);

	parse(arena, lang, typed, false, false, &out->stems);
	parse(arena, lang, typed, true, false, &out->whole);
	bs_name_words(lang, bs_str_sub(typed, 0, bs_str_utf8_fault(typed)), &words);
	out->words = bs_arena_copy(arena, bs_buf_str(&words));
	bs_buf_free(&words);
}

static void put_part(struct bs_buf *out, const struct bs_search_part *part)
{
	bs_buf_putc(out, '"');
	for (size_t i = 0; i < part->count; i++) {
		if (i > 0)
			bs_buf_putc(out, ' ');
		bs_buf_put(out, part->terms[i]);
	}
	bs_buf_putc(out, '"');
	if (part->prefix)
		bs_buf_lit(out, " *");
}

struct bs_str bs_search_fts5(struct bs_arena *arena, const struct bs_search *search)
{
	struct bs_buf out = BS_BUF(BS_MAX_SEARCH_TERMS * (BS_MAX_TERM + 16));
	struct bs_str text;

	/* NOT binds tighter than AND, which takes the same away from the last part as it would from all. */
	for (int excluded = 0; excluded < 2; excluded++) {
		for (size_t i = 0; i < search->count; i++) {
			if (search->parts[i].excluded != (excluded == 1))
				continue;
			if (out.len > 0)
				bs_buf_put(&out, excluded ? BS_STR(" NOT ") : BS_STR(" AND "));
			put_part(&out, &search->parts[i]);
		}
	}
	text = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return text;
}
