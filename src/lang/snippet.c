/* snippet.c - the stretch of a text that shows what a search found; see tokens.h.
 *
 * The text is taken apart once, into words with a bit for each term of the search that they are. A part of the search is
 * found where its bits stand one behind the other. The stretch is then chosen among those that begin at a found place. */
#include "lang/scan.h"

#include "lang/tokens.h"

struct word {
	size_t start, end;
	uint32_t is; /* bit i: it is term i of the search, counted through all parts */
};

struct found {
	size_t start, end;
	uint32_t terms;
};

struct finding {
	struct bs_arena *arena;
	const struct bs_search *search;
	struct word *words;
	size_t word_count, word_room;
	struct found *found; /* in the order of their beginnings; may overlap */
	size_t found_count, found_room;
};

/* The bits of a word. A lone character of the search is the beginning of a pair: then only it is marked. */
static uint32_t bits_of(const struct bs_search *search, const struct token *token, size_t *end)
{
	uint32_t bits = 0;
	unsigned bit = 0;

	for (size_t i = 0; i < search->count; i++) {
		const struct bs_search_part *part = &search->parts[i];
		for (size_t k = 0; k < part->count; k++, bit++) {
			bool begins = part->prefix && k + 1 == part->count && bs_str_starts(token->term, part->terms[k]);
			if (part->excluded || (!begins && !bs_str_eq(token->term, part->terms[k])))
				continue;
			bits |= UINT32_C(1) << bit;
			if (token->pair && token->term.len > part->terms[k].len && *end > token->start + part->terms[k].len)
				*end = token->start + part->terms[k].len;
		}
	}
	return bits;
}

static void find_words(struct finding *finding, const struct bs_lang *lang, struct bs_str text)
{
	struct scanner scanner = scanner_of(lang, text);
	struct token token;

	while (scan_next(&scanner, &token)) {
		size_t end = token.end;
		uint32_t bits = bits_of(finding->search, &token, &end);
		BS_GROW(finding->arena, finding->words, finding->word_count, finding->word_room, 256);
		finding->words[finding->word_count++] = (struct word){ token.start, end, bits };
	}
}

/* The terms from bit `first` on that stand at word `at`, all of a part's or none. */
static bool stands_at(const struct finding *finding, size_t at, size_t count, unsigned first)
{
	if (count > finding->word_count - at)
		return false;
	for (size_t k = 0; k < count; k++) {
		if ((finding->words[at + k].is >> (first + k) & 1) == 0)
			return false;
	}
	return true;
}

static void find_parts(struct finding *finding)
{
	for (size_t at = 0; at < finding->word_count; at++) {
		unsigned first = 0;
		for (size_t i = 0; i < finding->search->count && finding->words[at].is != 0; i++) {
			const struct bs_search_part *part = &finding->search->parts[i];
			if (!part->excluded && stands_at(finding, at, part->count, first)) {
				BS_GROW(finding->arena, finding->found, finding->found_count, finding->found_room, 256);
				finding->found[finding->found_count++] = (struct found){
					.start = finding->words[at].start,
					.end = finding->words[at + part->count - 1].end,
					.terms = ((UINT32_C(2) << (part->count - 1)) - 1) << first,
				};
			}
			first += (unsigned)part->count;
		}
	}
}

static size_t count_bits(uint32_t bits)
{
	return (size_t)__builtin_popcount(bits);
}

/* Among the stretches of `max` bytes that begin with something found, the best; in *first and *last what it has. */
static uint32_t best_stretch(const struct finding *finding, size_t max, size_t *first, size_t *last)
{
	uint32_t best_terms = 0;
	size_t best_count = 0;

	for (size_t i = 0; i < finding->found_count; i++) {
		uint32_t terms = 0;
		size_t k = i;
		for (; k < finding->found_count && k - i < max && finding->found[k].end - finding->found[i].start <= max; k++)
			terms |= finding->found[k].terms;
		if (count_bits(terms) > count_bits(best_terms) ||
		    (count_bits(terms) == count_bits(best_terms) && k - i > best_count)) {
			best_terms = terms;
			best_count = k - i;
			*first = i;
			*last = k > i ? k - 1 : i;
		}
	}
	return best_terms;
}

/* From where to where the snippet goes, with as much room before what was found as behind it, cut between words. */
static void choose_ends(const struct finding *finding, struct bs_str text, size_t from, size_t to, size_t max, size_t *start,
                        size_t *end)
{
	size_t spare = max > to - from ? max - (to - from) : 0;
	size_t earliest = from > spare / 2 ? from - spare / 2 : 0;

	if (text.len - earliest < max)
		earliest = text.len > max ? text.len - max : 0;
	*start = earliest == 0 ? 0 : from;
	*end = from;
	for (size_t i = finding->word_count; earliest > 0 && i > 0 && finding->words[i - 1].start >= earliest; i--) {
		if (finding->words[i - 1].start <= from)
			*start = finding->words[i - 1].start;
	}
	for (size_t i = 0; i < finding->word_count; i++) {
		if (finding->words[i].end <= *start + max && finding->words[i].end > *end)
			*end = finding->words[i].end;
	}
	if (text.len <= *start + max)
		*end = text.len;
	if (*end == *start) /* not even one word fits */
		*end = *start + bs_str_utf8_prefix(bs_str_sub(text, *start, SIZE_MAX), max).len;
}

static void put_part(struct bs_snippet_part *parts, size_t *count, struct bs_str text, bool marked)
{
	if (text.len > 0)
		parts[(*count)++] = (struct bs_snippet_part){ text, marked };
}

static void cut_parts(struct finding *finding, struct bs_str text, size_t start, size_t end, struct bs_snippet *out)
{
	struct bs_snippet_part *parts = BS_ARRAY(finding->arena, 2 * finding->found_count + 4, struct bs_snippet_part);
	size_t count = 0, at = start;

	if (start > 0)
		put_part(parts, &count, BS_STR("…"), false);
	for (size_t i = 0; i < finding->found_count; i++) {
		const struct found *found = &finding->found[i];
		size_t from = found->start > at ? found->start : at;
		if (found->end <= at || found->end > end || found->start < start)
			continue;
		/* What touches the last mark goes on with it: pairs overlap, phrases stand side by side. */
		if (from == at && count > 0 && parts[count - 1].marked) {
			parts[count - 1].text.len += found->end - from;
		} else {
			put_part(parts, &count, bs_str_sub(text, at, from - at), false);
			put_part(parts, &count, bs_str_sub(text, from, found->end - from), true);
		}
		at = found->end;
	}
	put_part(parts, &count, bs_str_sub(text, at, end - at), false);
	if (end < text.len)
		put_part(parts, &count, BS_STR("…"), false);
	out->parts = parts;
	out->count = count;
}

void bs_search_snippet(struct bs_arena *arena, const struct bs_lang *lang, const struct bs_search *search, struct bs_str text,
                       size_t max, struct bs_snippet *out)
{
	struct finding finding = { .arena = arena, .search = search };
	size_t first = 0, last = 0, start, end, from = 0, to = 0;
	uint32_t terms;

	find_words(&finding, lang, text);
	find_parts(&finding);
	terms = best_stretch(&finding, max, &first, &last);
	if (terms != 0) {
		from = finding.found[first].start;
		to = finding.found[last].end;
	}
	choose_ends(&finding, text, from, to, max, &start, &end);
	cut_parts(&finding, text, start, end, out);
	out->found = count_bits(terms);
}
