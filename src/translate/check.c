/* check.c - see check.h. */
#include "translate/check.h"

#include "base/limits.h"
#include "text/markup.h"
#include "translate/canonical.h"

enum { DEPTH = 64, TAGS = 256 };

struct tags {
	struct bs_str list[TAGS];
	size_t count;
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The next tag from *at on, "<…>"; what only looks like one ("a < b") is text. An end that is missing is the end of the text. */
static bool next_tag(struct bs_str text, size_t *at, struct bs_str *tag)
{
	for (; *at + 1 < text.len; ++*at) {
		size_t from = *at, end;
		if (text.ptr[from] != '<' || !(is_letter(text.ptr[from + 1]) || text.ptr[from + 1] == '/'))
			continue;
		end = bs_str_find_byte(text, '>', from);
		end = end == SIZE_MAX ? text.len : end + 1;
		*tag = bs_str_sub(text, from, end - from);
		*at = end;
		return true;
	}
	return false;
}

/* "em" of "<em class=x>" and "</em>". */
static struct bs_str name_of(struct bs_str tag)
{
	size_t from = tag.ptr[1] == '/' ? 2 : 1, end = from;

	while (end < tag.len && tag.ptr[end] != ' ' && tag.ptr[end] != '>' && tag.ptr[end] != '/')
		end++;
	return bs_str_sub(tag, from, end - from);
}

static bool is_void(struct bs_str name)
{
	return bs_str_eq_nocase(name, BS_STR("br")) || bs_str_eq_nocase(name, BS_STR("wbr"));
}

static enum bs_typed_fault check_balance(struct bs_str typed, struct bs_str *tag)
{
	struct bs_str open[DEPTH], found;
	size_t depth = 0;

	for (size_t at = 0; next_tag(typed, &at, &found);) {
		bool closes = found.ptr[1] == '/';
		*tag = found;
		if (!bs_str_ends(found, BS_STR(">")))
			return BS_TYPED_OPEN;
		if (is_void(name_of(found)))
			continue;
		if (!closes && depth == DEPTH)
			return BS_TYPED_OPEN;
		if (!closes)
			open[depth++] = found;
		else if (depth == 0 || !bs_str_eq_nocase(name_of(open[depth - 1]), name_of(found)))
			return BS_TYPED_CLOSED;
		else
			depth--;
	}
	if (depth > 0)
		*tag = open[depth - 1];
	return depth > 0 ? BS_TYPED_OPEN : BS_TYPED_GOOD;
}

static void tags_of(struct bs_str markup, struct tags *out)
{
	struct bs_str tag;

	out->count = 0;
	for (size_t at = 0; out->count < TAGS && next_tag(markup, &at, &tag);) {
		if (tag.ptr[1] != '/')
			out->list[out->count++] = tag;
	}
}

/* Those of `a` that `b` has not, or less often. */
static struct bs_str tags_without(struct bs_arena *arena, const struct tags *a, const struct tags *b)
{
	struct bs_str left[TAGS];
	bool used[TAGS] = { false };
	size_t count = 0;

	for (size_t i = 0; i < a->count; i++) {
		size_t at = 0;
		while (at < b->count && (used[at] || !bs_str_eq(a->list[i], b->list[at])))
			at++;
		if (at < b->count)
			used[at] = true;
		else
			left[count++] = a->list[i];
	}
	return bs_arena_join(arena, left, count, BS_STR(" "));
}

/* Those that the reader of HTML dropped, what stood in them perhaps, too: their names are nowhere in what it made. It knows b for strong and
 * i for em. */
static struct bs_str dropped(struct bs_arena *arena, const struct tags *raw, const struct tags *here)
{
	struct bs_str left[TAGS];
	size_t count = 0;

	for (size_t i = 0; i < raw->count; i++) {
		struct bs_str name = name_of(raw->list[i]);
		size_t at = 0;
		if (bs_str_eq_nocase(name, BS_STR("b")))
			name = BS_STR("strong");
		else if (bs_str_eq_nocase(name, BS_STR("i")))
			name = BS_STR("em");
		while (at < here->count && !bs_str_eq_nocase(name, name_of(here->list[at])))
			at++;
		if (at == here->count)
			left[count++] = raw->list[i];
	}
	return bs_arena_join(arena, left, count, BS_STR(" "));
}

/* Tags and links that differ; a link whose address was mistyped is said to be missing. */
static void compare(struct bs_arena *arena, struct bs_str source, struct bs_str typed, struct bs_typed *out)
{
	struct tags *there = BS_NEW(arena, struct tags), *here = BS_NEW(arena, struct tags), *raw = BS_NEW(arena, struct tags);
	bool same = bs_markup_same_tags(source, out->markup);

	tags_of(source, there);
	tags_of(out->markup, here);
	tags_of(typed, raw);
	out->fault = BS_TYPED_LACKS;
	out->tag = same ? BS_STR("") : tags_without(arena, there, here);
	if (out->tag.len > 0)
		return;
	out->fault = BS_TYPED_ADDS;
	out->tag = dropped(arena, raw, here);
	if (out->tag.len == 0 && !same)
		out->tag = tags_without(arena, here, there);
	if (out->tag.len == 0)
		out->fault = same ? BS_TYPED_GOOD : BS_TYPED_LACKS;
}

struct bs_typed bs_typed_check(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str source, struct bs_str typed)
{
	struct bs_typed out = { .fault = BS_TYPED_GOOD };
	struct bs_err ignored;

	typed = bs_str_trim(typed);
	if (typed.len > BS_MAX_PASSAGE)
		return (struct bs_typed){ .fault = BS_TYPED_LONG };
	out.fault = check_balance(typed, &out.tag);
	if (out.fault != BS_TYPED_GOOD)
		return out;
	if (bs_translate_canonical(arena, lang, typed, &out.markup, &ignored) != BS_OK)
		return (struct bs_typed){ .fault = BS_TYPED_LONG };
	if (out.markup.len == 0)
		return (struct bs_typed){ .fault = BS_TYPED_EMPTY };
	compare(arena, source, typed, &out);
	return out;
}

struct bs_str bs_typed_show(struct bs_arena *arena, struct bs_str markup)
{
	struct bs_buf buf = BS_BUF(SIZE_MAX);
	struct bs_str made, escaped = BS_STR("&amp; ");
	size_t from = 0, at;

	while ((at = bs_str_find(markup, escaped, from)) != SIZE_MAX) {
		bs_buf_put(&buf, bs_str_sub(markup, from, at - from));
		bs_buf_lit(&buf, "& ");
		from = at + escaped.len;
	}
	bs_buf_put(&buf, bs_str_sub(markup, from, SIZE_MAX));
	made = bs_arena_copy(arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}
