/* likeness.c - see likeness.h.
 *
 * The distance is reckoned for 64 terms at once (Myers 1999, in blocks as Hyyrö 2003): a bit for each term of the passage says whether the
 * matrix of Levenshtein rises or falls there from the row above. */
#include "translate/likeness.h"

#include <stdlib.h>

#include "lang/tokens.h"
#include "text/markup.h"

enum {
	PAIRS = 8,       /* that index a passage */
	SHORT_TO = 10,   /* terms: up to here a passage is found by single terms, too */
	SHORTER_TO = 5,  /* terms: up to here by more of them */
	SINGLES = 2,
	MORE_SINGLES = 4,
	BLOCKS = BS_TERMS_MAX / 64,
	PLACES = 2 * BS_TERMS_MAX, /* of the table of terms; a power of two */
};

struct bs_likeness {
	size_t count, blocks;
	uint64_t terms[PLACES]; /* 0: free */
	uint64_t where[PLACES][BLOCKS];
};

/* --- terms and grams -------------------------------------------------------------------------------------------------------------- */

/* FNV-1a of 64 bits, with all of it made to depend on all of the text: the least are chosen, and the lowest bits are looked at. */
static uint64_t mixed(uint64_t hash)
{
	hash ^= hash >> 31;
	hash *= 0x9E3779B97F4A7C15U;
	return hash ^ hash >> 29;
}

/* Never 0. */
static uint64_t hash_of(struct bs_str term)
{
	uint64_t hash = 14695981039346656037U;

	for (size_t at = 0; at < term.len; at++)
		hash = (hash ^ (uint8_t)term.ptr[at]) * 1099511628211U;
	return (mixed(hash) & ~(uint64_t)0x7F) | term.len;
}

void bs_terms_of(const struct bs_lang *lang, struct bs_str markup, struct bs_terms *out)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_buf buf = BS_BUF(SIZE_MAX);
	struct bs_str rest, term;

	bs_tokens_of(lang, bs_markup_plain(arena, markup), &buf);
	rest = bs_buf_str(&buf);
	out->count = 0;
	while (rest.len > 0 && bs_str_split(&rest, ' ', &term) && out->count < BS_TERMS_MAX)
		out->list[out->count++] = hash_of(term);
	bs_buf_free(&buf);
	bs_arena_free(&arena);
}

struct gram {
	uint64_t hash, rank;
};

static int by_rank(const void *a, const void *b)
{
	const struct gram *x = a, *y = b;

	return x->rank != y->rank ? (x->rank < y->rank ? -1 : 1) : x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* -log2 of a number that has the hash's bits behind the point, times 2^32; between powers of two it is a straight line. */
static uint64_t minus_log(uint64_t hash)
{
	unsigned zeros = hash == 0 ? 63 : (unsigned)__builtin_clzll(hash);

	return ((uint64_t)zeros << 32) + (UINT32_MAX - (uint32_t)(hash << zeros << 1 >> 32));
}

/* The chance to be among the first grows with `bytes` to the fourth power: long words are seldom ones (weighted sampling as Efraimidis
 * and Spirakis have it, the same for a gram wherever it stands). */
static struct gram gram_of(const uint64_t *terms, size_t count)
{
	uint64_t hash = count, bytes = 0;

	for (size_t i = 0; i < count; i++) {
		hash = mixed((hash ^ terms[i]) * 1099511628211U);
		bytes += terms[i] & 0x7F;
	}
	bytes = bytes < 2 ? 2 : bytes > 127 ? 127 : bytes;
	return (struct gram){ hash, (minus_log(hash) << 24) / (bytes * bytes * bytes * bytes) };
}

/* The first `most` of the groups of so many terms, each once. */
static size_t first_of(const struct bs_terms *terms, size_t group, size_t most, uint64_t *out)
{
	struct gram all[BS_TERMS_MAX];
	size_t count = 0, kept = 0;

	for (size_t i = 0; i + group <= terms->count; i++)
		all[count++] = gram_of(&terms->list[i], group);
	qsort(all, count, sizeof(*all), by_rank);
	for (size_t i = 0; i < count && kept < most; i++) {
		if (i == 0 || all[i].hash != all[i - 1].hash)
			out[kept++] = all[i].hash;
	}
	return kept;
}

static void add(uint64_t hash, struct bs_grams *out)
{
	out->list[out->count++] = (int64_t)(hash >> 1);
}

/* A short passage's terms, each together with how many terms those have that are looked for, `from` to `to`. */
static void add_singles(const struct bs_terms *terms, size_t from, size_t to, struct bs_grams *out)
{
	uint64_t singles[MORE_SINGLES];
	size_t count = first_of(terms, 1, terms->count <= SHORTER_TO ? MORE_SINGLES : SINGLES, singles);

	for (size_t of = from; of <= to && of <= SHORT_TO; of++) {
		for (size_t i = 0; i < count; i++)
			add(mixed(singles[i] + of), out);
	}
}

static void add_pairs(const struct bs_terms *terms, struct bs_grams *out)
{
	uint64_t pairs[PAIRS];
	size_t count = first_of(terms, 2, PAIRS, pairs);

	for (size_t i = 0; i < count; i++)
		add(pairs[i], out);
}

void bs_grams_of(const struct bs_terms *terms, struct bs_grams *out)
{
	out->count = 0;
	add_pairs(terms, out);
	if (terms->count <= SHORT_TO)
		add_singles(terms, terms->count, terms->count, out);
}

void bs_grams_like(const struct bs_terms *terms, struct bs_grams *out)
{
	out->count = 0;
	add_pairs(terms, out);
	if (terms->count <= SHORT_TO)
		add_singles(terms, (terms->count + 1) / 2, 2 * terms->count, out);
}

/* --- likeness --------------------------------------------------------------------------------------------------------------------- */

/* Where the term is in the table, or the free place where it would be. */
static size_t place_of(const struct bs_likeness *likeness, uint64_t term)
{
	size_t place = (term >> 8) % PLACES;

	while (likeness->terms[place] != 0 && likeness->terms[place] != term)
		place = (place + 1) % PLACES;
	return place;
}

struct bs_likeness *bs_likeness_new(struct bs_arena *arena, const struct bs_terms *terms)
{
	struct bs_likeness *likeness = BS_NEW(arena, struct bs_likeness);

	likeness->count = terms->count;
	likeness->blocks = (terms->count + 63) / 64;
	for (size_t i = 0; i < terms->count; i++) {
		size_t place = place_of(likeness, terms->list[i]);
		likeness->terms[place] = terms->list[i];
		likeness->where[place][i / 64] |= (uint64_t)1 << i % 64;
	}
	return likeness;
}

/* One column of one block: `rises` and `falls` say where the matrix does, downwards; what it does along the row above comes in by `carry`
 * (-1, 0, 1), what it does along the row of bit `last` is returned. */
static int step(uint64_t where, uint64_t *rises, uint64_t *falls, int carry, unsigned last)
{
	uint64_t eq = where | (carry < 0), vertical = where | *falls;
	uint64_t same = (((eq & *rises) + *rises) ^ *rises) | eq;
	uint64_t up = *falls | ~(same | *rises), down = *rises & same;
	int out = (int)(up >> last & 1) - (int)(down >> last & 1);

	up = up << 1 | (carry > 0);
	down = down << 1 | (carry < 0);
	*rises = down | ~(vertical | up);
	*falls = up & vertical;
	return out;
}

static size_t distance(const struct bs_likeness *likeness, const uint64_t *terms, size_t count)
{
	uint64_t rises[BLOCKS], falls[BLOCKS] = { 0 };
	size_t apart = likeness->count;
	unsigned last = (unsigned)(likeness->count - 1) % 64;

	memset(rises, 0xFF, sizeof(rises));
	for (size_t i = 0; i < count; i++) {
		const uint64_t *where = likeness->where[place_of(likeness, terms[i])];
		int carry = 1;
		for (size_t block = 0; block < likeness->blocks; block++)
			carry = step(where[block], &rises[block], &falls[block], carry, block + 1 < likeness->blocks ? 63 : last);
		apart = (size_t)((int64_t)apart + carry);
	}
	return apart;
}

int bs_likeness_of(const struct bs_likeness *likeness, const uint64_t *terms, size_t count)
{
	size_t most = likeness->count > count ? likeness->count : count;
	size_t apart = likeness->count == 0 ? count : distance(likeness, terms, count);

	return most == 0 ? 0 : apart == 0 ? 99 : (int)(100 * (most - apart) / most);
}
