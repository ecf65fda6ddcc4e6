/* stream.c - see stream.h. */
#include "translate/engine/stream.h"

#include <stdlib.h>

#include "translate/engine/capitals.h"

/* The word that stands for a term: no dictionary has it, and rules take it for a name. */
static const struct bs_str unknown = BS_STR_INIT("Qzx");
static const struct bs_str passage_end = BS_STR_INIT(".[]");

enum { DEPTH = 64 };

/* --- writing ------------------------------------------------------------------------------------------------------------------ */

/* "*", "#" and "+" would be taken for marks at the beginning of a word alone, and are words of their own then. */
static void put_escaped(struct bs_buf *out, struct bs_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (strchr("[]{}^$/\\@<>", text.ptr[i]) != NULL)
			bs_buf_putc(out, '\\');
		bs_buf_putc(out, text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
	}
}

static void put_bound(struct bs_buf *out, const int *open, size_t depth, int term)
{
	bs_buf_lit(out, "[[");
	for (size_t i = depth; i > 0; i--)
		bs_buf_printf(out, "%st:g:%d", i == depth ? "" : "; ", open[i - 1]);
	if (term > 0)
		bs_buf_printf(out, "%st:n:%d", depth == 0 ? "" : "; ", term);
	bs_buf_lit(out, "]]");
}

/* Spaces at the ends stay outside: a blank is bound to words. */
static void put_text(struct bs_buf *out, struct bs_str text, const int *open, size_t depth)
{
	struct bs_str words = bs_str_trim(text);
	size_t before = words.len > 0 ? (size_t)(words.ptr - text.ptr) : text.len;

	bs_buf_put(out, bs_str_sub(text, 0, before));
	if (words.len == 0)
		return;
	if (depth > 0)
		put_bound(out, open, depth, 0);
	put_escaped(out, words);
	if (depth > 0)
		bs_buf_lit(out, "[[/]]");
	bs_buf_put(out, bs_str_sub(text, before + words.len, SIZE_MAX));
}

void bs_stream_write(struct bs_buf *out, const struct bs_inlines *pieces)
{
	int open[DEPTH];
	size_t depth = 0;

	for (size_t i = 0; i < pieces->count; i++) {
		const struct bs_inline *piece = &pieces->list[i];
		if (piece->kind == BS_INLINE_TEXT) {
			put_text(out, piece->text, open, depth);
		} else if (piece->kind == BS_INLINE_OPEN && depth < DEPTH) {
			open[depth++] = piece->id;
		} else if (piece->kind == BS_INLINE_CLOSE && depth > 0) {
			depth--;
		} else if (piece->kind == BS_INLINE_TERM) {
			put_bound(out, open, depth, piece->id);
			bs_buf_put(out, unknown);
			bs_buf_lit(out, "[[/]]");
		} else {
			bs_buf_printf(out, "[x%d]", piece->id);
		}
	}
	bs_buf_put(out, passage_end);
	bs_buf_lit(out, "[\n]");
	bs_buf_putc(out, '\0');
}

/* --- reading: the stream becomes atoms, each a run of text that belongs to the same elements --------------------------------------- */

struct atom {
	struct bs_inline piece; /* TEXT, WHOLE or TERM */
	int of[DEPTH];         /* the elements that it is a word of */
	size_t depth;
};

struct reading {
	struct bs_arena *arena;
	struct atom *atoms;
	size_t count, room;
};

static struct atom *add_atom(struct reading *r, enum bs_inline_kind kind)
{
	BS_GROW(r->arena, r->atoms, r->count, r->room, 32);
	r->atoms[r->count] = (struct atom){ .piece.kind = kind };
	return &r->atoms[r->count++];
}

/* "t:g:2; t:g:1; t:n:5"; a word that Apertium made of two has the numbers of both. */
static void read_numbers(struct bs_str list, struct atom *atom)
{
	struct bs_str one;

	while (list.len > 0 && bs_str_split(&list, ';', &one)) {
		int64_t id;
		bool known = false;
		one = bs_str_trim(one);
		if (one.len < 5 || bs_str_int(bs_str_sub(one, 4, SIZE_MAX), &id) != BS_OK || id < 1 || id > INT32_MAX)
			continue;
		if (bs_str_starts(one, BS_STR("t:n:"))) {
			atom->piece.kind = BS_INLINE_TERM;
			atom->piece.id = (int)id;
			continue;
		}
		for (size_t i = 0; i < atom->depth; i++)
			known |= atom->of[i] == (int)id;
		if (!known && atom->depth < DEPTH)
			atom->of[atom->depth++] = (int)id;
	}
}

/* Some pairs put an article to the unknown word ("El Qzx"): it stays, as words of the same elements. */
static void part_term(struct reading *r, struct bs_str words)
{
	size_t at = bs_str_find(words, bs_str_sub(unknown, 1, SIZE_MAX), 0), end = at - 1 + unknown.len;
	struct atom term = r->atoms[r->count - 1], rest = term;

	rest.piece = (struct bs_inline){ .kind = BS_INLINE_TEXT };
	if (at == SIZE_MAX || at == 0)
		return;
	if (at > 1) {
		rest.piece.text = bs_str_sub(words, 0, at - 1);
		r->atoms[r->count - 1] = rest;
		*add_atom(r, BS_INLINE_TERM) = term;
	}
	if (end < words.len) {
		rest.piece.text = bs_str_sub(words, end, SIZE_MAX);
		*add_atom(r, BS_INLINE_TEXT) = rest;
	}
}

static void end_text(struct reading *r, struct bs_buf *text, const struct atom *bound)
{
	struct atom *atom;

	if (text->len == 0)
		return;
	atom = add_atom(r, BS_INLINE_TEXT);
	if (bound != NULL)
		*atom = *bound;
	if (atom->piece.kind == BS_INLINE_TEXT)
		atom->piece.text = bs_arena_copy(r->arena, bs_buf_str(text));
	else
		part_term(r, bs_arena_copy(r->arena, bs_buf_str(text)));
	bs_buf_reset(text);
}

/* What stands in brackets at *at: a bound blank (*bound is filled or, at its end, emptied) or a superblank. */
static bool read_blank(struct reading *r, struct bs_str text, size_t *at, struct atom *bound, bool *is_bound)
{
	bool twice = bs_str_starts(bs_str_sub(text, *at, 2), BS_STR("[["));
	size_t end = bs_str_find(text, twice ? BS_STR("]]") : BS_STR("]"), *at);
	struct bs_str inside;
	int64_t id;

	if (end == SIZE_MAX)
		return false;
	inside = bs_str_sub(text, *at + (twice ? 2 : 1), end - *at - (twice ? 2 : 1));
	*at = end + (twice ? 2 : 1);
	if (twice) {
		*is_bound = !bs_str_eq(inside, BS_STR("/"));
		*bound = (struct atom){ .piece.kind = BS_INLINE_TEXT };
		read_numbers(inside, bound);
	} else if (inside.len > 1 && inside.ptr[0] == 'x' && bs_str_int(bs_str_sub(inside, 1, SIZE_MAX), &id) == BS_OK && id < INT32_MAX) {
		add_atom(r, BS_INLINE_WHOLE)->piece.id = (int)id;
	}
	return true;
}

static enum bs_rc read_atoms(struct reading *r, struct bs_str text, struct bs_err *err)
{
	struct bs_buf run = BS_BUF(text.len + 1);
	struct atom bound = { .piece.kind = BS_INLINE_TEXT };
	bool is_bound = false, well = true;

	for (size_t at = 0; at < text.len && well;) {
		if (bs_str_starts(bs_str_sub(text, at, SIZE_MAX), passage_end)) {
			at += passage_end.len;
		} else if (text.ptr[at] == '[') {
			end_text(r, &run, is_bound ? &bound : NULL);
			well = read_blank(r, text, &at, &bound, &is_bound);
		} else {
			at += text.ptr[at] == '\\' && at + 1 < text.len;
			bs_buf_putc(&run, text.ptr[at++]);
		}
	}
	end_text(r, &run, is_bound ? &bound : NULL);
	bs_buf_free(&run);
	return well ? BS_OK : bs_fail(err, BS_INVALID, "the engine left a bracket open");
}

/* --- elements again: each from its first word to its last ----------------------------------------------------------------------- */

struct span {
	int id;
	size_t first, last;
	int order; /* in the passage: of two over the same words the outer came first */
};

static bool is_of(const struct atom *atom, int id)
{
	for (size_t i = 0; i < atom->depth; i++) {
		if (atom->of[i] == id)
			return true;
	}
	return false;
}

/* Those that begin first, of these the longer one, of these the outer one. */
static int by_place(const void *left, const void *right)
{
	const struct span *a = left, *b = right;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	if (a->last != b->last)
		return a->last > b->last ? -1 : 1;
	return a->order - b->order;
}

static enum bs_rc find_spans(const struct reading *r, const struct bs_inlines *source, struct span *spans, size_t *count,
                             struct bs_err *err)
{
	for (size_t i = 0; i < source->count; i++) {
		const struct bs_inline *piece = &source->list[i];
		struct span span = { .id = piece->id, .first = SIZE_MAX, .order = (int)i };
		if (piece->kind != BS_INLINE_OPEN)
			continue;
		for (size_t a = 0; a < r->count; a++) {
			if (!is_of(&r->atoms[a], piece->id))
				continue;
			span.last = a;
			if (span.first == SIZE_MAX)
				span.first = a;
		}
		if (span.first == SIZE_MAX)
			return bs_fail(err, BS_INVALID, "the engine left no word of " BS_FMT, BS_ARG(piece->text));
		spans[(*count)++] = span;
	}
	qsort(spans, *count, sizeof(*spans), by_place);
	return BS_OK;
}

enum bs_rc bs_stream_read(struct bs_arena *arena, const struct bs_inlines *source, struct bs_str text, struct bs_inlines *out,
                          struct bs_err *err)
{
	struct reading r = { .arena = arena };
	struct span *spans = BS_ARRAY(arena, source->count + 1, struct span), *open[DEPTH];
	size_t count = 0, next = 0, depth = 0;
	enum bs_rc rc = read_atoms(&r, text, err);

	*out = (struct bs_inlines){ 0 };
	if (rc == BS_OK)
		rc = find_spans(&r, source, spans, &count, err);
	for (size_t a = 0; a < r.count && rc == BS_OK; a++) {
		for (; next < count && spans[next].first == a && depth < DEPTH; next++) {
			open[depth++] = &spans[next];
			bs_inlines_add(arena, out, (struct bs_inline){ .kind = BS_INLINE_OPEN, .id = spans[next].id });
		}
		bs_inlines_add(arena, out, r.atoms[a].piece);
		/* One that ends later than what it is in stays open, and joining the pieces refuses it. */
		while (depth > 0 && open[depth - 1]->last == a)
			bs_inlines_add(arena, out, (struct bs_inline){ .kind = BS_INLINE_CLOSE, .id = open[--depth]->id });
	}
	if (rc == BS_OK)
		bs_capitals_mend(arena, source, out);
	return rc;
}
