/* inlines.c - see inlines.h. */
#include "translate/engine/inlines.h"

#include "base/limits.h"
#include "text/markup.h"
#include "text/out.h"
#include "text/story/tokens.h"
#include "translate/canonical.h"

void bs_inlines_add(struct bs_arena *arena, struct bs_inlines *pieces, struct bs_inline piece)
{
	BS_GROW(arena, pieces->list, pieces->count, pieces->room, 16);
	pieces->list[pieces->count++] = piece;
}

/* --- terms ------------------------------------------------------------------------------------------------------------------ */

struct taking {
	struct bs_arena *arena;
	const struct bs_lang *lang;
	const struct bs_kept *kept;
	size_t kept_count;
	struct bs_inlines *out;
};

static bool is_word_byte(char c)
{
	return (uint8_t)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Scripts that write without spaces have no edges of words to see. */
static bool has_spaces(const struct bs_lang *lang)
{
	static const int without[] = { BS_LANG_zh_Hans, BS_LANG_zh_Hant, BS_LANG_ja, BS_LANG_th, BS_LANG_km, BS_LANG_lo, BS_LANG_my };

	for (size_t i = 0; i < BS_COUNT(without); i++) {
		if (lang->id == without[i])
			return false;
	}
	return true;
}

static bool stands_alone(const struct taking *t, struct bs_str text, size_t at, size_t len)
{
	if (!has_spaces(t->lang))
		return true;
	return (at == 0 || !is_word_byte(text.ptr[at - 1])) && (at + len == text.len || !is_word_byte(text.ptr[at + len]));
}

/* The first term of the text, of those that begin there the longest. */
static const struct bs_kept *first_term(const struct taking *t, struct bs_str text, size_t *where)
{
	const struct bs_kept *best = NULL;

	for (size_t i = 0; i < t->kept_count; i++) {
		const struct bs_kept *kept = &t->kept[i];
		size_t at = kept->text.len > 0 ? bs_str_find(text, kept->text, 0) : SIZE_MAX;
		while (at != SIZE_MAX && !stands_alone(t, text, at, kept->text.len))
			at = bs_str_find(text, kept->text, at + 1);
		if (at == SIZE_MAX || (best != NULL && (at > *where || (at == *where && kept->text.len <= best->text.len))))
			continue;
		best = kept;
		*where = at;
	}
	return best;
}

static void add_text(const struct taking *t, struct bs_str text)
{
	while (text.len > 0) {
		size_t at = text.len;
		const struct bs_kept *term = first_term(t, text, &at);
		if (at > 0)
			bs_inlines_add(t->arena, t->out, (struct bs_inline){ .kind = BS_INLINE_TEXT, .text = bs_str_sub(text, 0, at) });
		if (term == NULL)
			return;
		bs_inlines_add(t->arena, t->out, (struct bs_inline){ .kind = BS_INLINE_TERM, .id = ++t->out->ids, .text = term->text,
		                                                     .said = term->said });
		text = bs_str_sub(text, at + term->text.len, SIZE_MAX);
	}
}

/* --- taking apart ------------------------------------------------------------------------------------------------------------ */

/* The element that the token at `from` opens, to the end of it; its content in *inner. */
static size_t end_of_element(struct bs_str markup, size_t after_open, struct bs_str *inner)
{
	struct token token;
	size_t depth = 1, at = after_open;

	while (depth > 0 && token_next(markup, &at, &token)) {
		if (token.kind == TOKEN_OPEN)
			depth++;
		else if (token.kind == TOKEN_CLOSE)
			depth--;
		*inner = bs_str_sub(markup, after_open, at - token.raw.len - after_open);
	}
	return at;
}

static bool stays_whole(enum tag tag, struct bs_str inner)
{
	return tag == TAG_CODE || tag == TAG_KBD || tag == TAG_SAMP || tag == TAG_VAR || tag == TAG_RUBY || !bs_markup_has_letters(inner);
}

enum { DEPTH = 64 };

void bs_inlines_of(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str markup, const struct bs_kept *kept,
                  size_t kept_count, struct bs_inlines *out)
{
	struct taking t = { arena, lang, kept, kept_count, out };
	int open[DEPTH];
	size_t depth = 0;
	struct token token;

	*out = (struct bs_inlines){ 0 };
	for (size_t at = 0; token_next(markup, &at, &token);) {
		size_t start = at - token.raw.len, end = at;
		struct bs_str inner = { "", 0 };
		if (token.kind == TOKEN_TEXT) {
			add_text(&t, markup_unescape(arena, token.raw));
			continue;
		}
		if (token.kind == TOKEN_OPEN)
			end = end_of_element(markup, at, &inner);
		if (token.kind == TOKEN_BREAK || (token.kind == TOKEN_OPEN && (depth == DEPTH || stays_whole(token.tag, inner)))) {
			at = end;
			bs_inlines_add(arena, out, (struct bs_inline){ .kind = BS_INLINE_WHOLE, .id = ++out->ids,
			                                               .text = bs_str_sub(markup, start, end - start) });
		} else if (token.kind == TOKEN_OPEN) {
			open[depth++] = ++out->ids;
			bs_inlines_add(arena, out, (struct bs_inline){ .kind = BS_INLINE_OPEN, .id = out->ids, .text = token.raw });
		} else if (depth > 0) {
			bs_inlines_add(arena, out, (struct bs_inline){ .kind = BS_INLINE_CLOSE, .id = open[--depth], .text = token.raw });
		}
	}
}

size_t bs_inlines_characters(const struct bs_inlines *pieces)
{
	size_t characters = 0;

	for (size_t i = 0; i < pieces->count; i++) {
		struct bs_str text = pieces->list[i].text;
		if (pieces->list[i].kind != BS_INLINE_TEXT && pieces->list[i].kind != BS_INLINE_TERM)
			continue;
		for (size_t at = 0; at < text.len; at++)
			characters += ((uint8_t)text.ptr[at] & 0xC0) != 0x80;
	}
	return characters;
}

/* --- putting together -------------------------------------------------------------------------------------------------------- */

static const struct bs_inline *source_of(const struct bs_inlines *source, const struct bs_inline *piece)
{
	for (size_t i = 0; i < source->count; i++) {
		if (source->list[i].id == piece->id && source->list[i].kind == piece->kind)
			return &source->list[i];
	}
	return NULL;
}

static size_t times(const struct bs_inlines *pieces, const struct bs_inline *piece)
{
	size_t count = 0;

	for (size_t i = 0; i < pieces->count; i++)
		count += pieces->list[i].id == piece->id && pieces->list[i].kind == piece->kind;
	return count;
}

static enum bs_rc check_all_there(const struct bs_inlines *source, const struct bs_inlines *back, struct bs_err *err)
{
	for (size_t i = 0; i < source->count; i++) {
		const struct bs_inline *piece = &source->list[i];
		size_t found = piece->id > 0 ? times(back, piece) : 1;
		const char *what = piece->kind == BS_INLINE_TERM ? "term" : "tag";
		if (found == 0)
			return bs_fail(err, BS_INVALID, "the engine lost the %s " BS_FMT, what, BS_ARG(piece->text));
		if (found > 1)
			return bs_fail(err, BS_INVALID, "the engine said the %s " BS_FMT " %zu times", what, BS_ARG(piece->text), found);
	}
	return BS_OK;
}

static enum bs_rc write_pieces(struct bs_buf *out, const struct bs_inlines *source, const struct bs_inlines *back, struct bs_err *err)
{
	int open[DEPTH];
	size_t depth = 0;

	for (size_t i = 0; i < back->count; i++) {
		const struct bs_inline *piece = &back->list[i], *from = piece->id > 0 ? source_of(source, piece) : NULL;
		if (piece->kind == BS_INLINE_TEXT) {
			bs_out_text(out, piece->text);
			continue;
		}
		if (from == NULL)
			return bs_fail(err, BS_INVALID, "the engine made up a tag, number %d", piece->id);
		if (piece->kind == BS_INLINE_CLOSE && (depth == 0 || open[--depth] != piece->id))
			return bs_fail(err, BS_INVALID, "the engine put " BS_FMT " across another tag", BS_ARG(from->text));
		if (piece->kind == BS_INLINE_OPEN && depth == DEPTH)
			return bs_fail(err, BS_INVALID, "the engine put tags more than %d deep into each other", DEPTH);
		if (piece->kind == BS_INLINE_OPEN)
			open[depth++] = piece->id;
		if (piece->kind == BS_INLINE_TERM)
			bs_out_text(out, from->said);
		else
			bs_buf_put(out, from->text); /* of the passage's own canonical markup */
	}
	return depth == 0 ? BS_OK : bs_fail(err, BS_INVALID, "the engine left a tag open");
}

enum bs_rc bs_inlines_join(struct bs_arena *arena, const struct bs_lang *lang, const struct bs_inlines *source,
                          const struct bs_inlines *back, struct bs_str *out, struct bs_err *err)
{
	struct bs_buf buf = BS_BUF(BS_MAX_PASSAGE), was = BS_BUF(2 * BS_MAX_PASSAGE);
	enum bs_rc rc = check_all_there(source, back, err);

	if (rc == BS_OK)
		rc = write_pieces(&buf, source, back, err);
	if (rc == BS_OK)
		rc = bs_buf_check(&buf, "the translation of a passage", err);
	if (rc == BS_OK)
		rc = bs_translate_canonical(arena, lang, bs_buf_str(&buf), out, err);
	if (rc == BS_OK)
		rc = write_pieces(&was, source, source, err);
	if (rc == BS_OK && !bs_markup_has_letters(*out))
		rc = bs_fail(err, BS_INVALID, "the engine gave no words back");
	/* Canonical form may still drop what came to stand where it cannot, as a link within a link. */
	if (rc == BS_OK && !bs_markup_same_tags(bs_buf_str(&was), *out))
		rc = bs_fail(err, BS_INVALID, "the engine put tags where they cannot stand");
	bs_buf_free(&buf);
	bs_buf_free(&was);
	return rc;
}
