/* capitals.c - see capitals.h. Both sides are looked at as one text without tags; a small letter has as many bytes as its capital. */
#include "translate/engine/capitals.h"

static bool is_capital(struct bs_str text, size_t at)
{
	uint8_t c = at < text.len ? (uint8_t)text.ptr[at] : 0, next = at + 1 < text.len ? (uint8_t)text.ptr[at + 1] : 0;

	return (c >= 'A' && c <= 'Z') || (c == 0xC3 && next >= 0x80 && next <= 0x9E && next != 0x97);
}

static bool is_small(struct bs_str text, size_t at)
{
	uint8_t c = at < text.len ? (uint8_t)text.ptr[at] : 0, next = at + 1 < text.len ? (uint8_t)text.ptr[at + 1] : 0;

	return (c >= 'a' && c <= 'z') || (c == 0xC3 && next >= 0x9F && next != 0xB7);
}

static void make_small(char *text, size_t at)
{
	if ((uint8_t)text[at] == 0xC3)
		text[at + 1] = (char)((uint8_t)text[at + 1] + 0x20);
	else
		text[at] = (char)(text[at] + ('a' - 'A'));
}

/* The next offset from `at` on where a sentence may begin: at the start, and behind a mark and spaces. */
static size_t next_sentence(struct bs_str text, size_t at)
{
	for (; at < text.len; at++) {
		size_t before = at;
		while (before > 0 && text.ptr[before - 1] == ' ')
			before--;
		if (text.ptr[at] != ' ' && (before == 0 || (before < at && strchr(".!?:", text.ptr[before - 1]) != NULL)))
			return at;
	}
	return SIZE_MAX;
}

/* The words with capitals that begin there, if a small letter follows behind a space; else empty. */
static struct bs_str run_of_capitals(struct bs_str text, size_t from)
{
	size_t at = from, end = from;

	while (is_capital(text, at)) {
		end = bs_str_find_byte(text, ' ', at);
		if (end == SIZE_MAX)
			return BS_STR("");
		at = end + 1;
	}
	return end > from && is_small(text, end + 1) ? bs_str_sub(text, from, end - from) : BS_STR("");
}

static void mend_after(struct bs_str run, struct bs_str back, char *text)
{
	for (size_t at = next_sentence(back, 0); at != SIZE_MAX; at = next_sentence(back, at + 1)) {
		size_t next = at + run.len + 1;
		if (bs_str_starts(bs_str_sub(back, at, SIZE_MAX), run) && next < back.len && back.ptr[next - 1] == ' ' && is_capital(back, next))
			make_small(text, next);
	}
}

/* A term as it stands in the source: so that both sides have the same words. */
static struct bs_str text_of(const struct bs_inlines *source, const struct bs_inline *inline_)
{
	for (size_t i = 0; inline_->kind == BS_INLINE_TERM && i < source->count; i++) {
		if (source->list[i].kind == BS_INLINE_TERM && source->list[i].id == inline_->id)
			return source->list[i].text;
	}
	return inline_->kind == BS_INLINE_TEXT ? inline_->text : BS_STR("");
}

static struct bs_str flat(struct bs_arena *arena, const struct bs_inlines *source, const struct bs_inlines *list)
{
	struct bs_str *parts = BS_ARRAY(arena, list->count + 1, struct bs_str);

	for (size_t i = 0; i < list->count; i++)
		parts[i] = text_of(source, &list->list[i]);
	return bs_arena_join(arena, parts, list->count, BS_STR(""));
}

void bs_capitals_mend(struct bs_arena *arena, const struct bs_inlines *source, struct bs_inlines *back)
{
	struct bs_str from = flat(arena, source, source), to = flat(arena, source, back), mended = bs_arena_copy(arena, to);
	size_t at = 0;

	for (size_t s = next_sentence(from, 0); s != SIZE_MAX; s = next_sentence(from, s + 1)) {
		struct bs_str run = run_of_capitals(from, s);
		if (run.len > 0)
			mend_after(run, to, (char *)(uintptr_t)mended.ptr);
	}
	for (size_t i = 0; i < back->count; i++) {
		size_t len = text_of(source, &back->list[i]).len;
		if (back->list[i].kind == BS_INLINE_TEXT)
			back->list[i].text = bs_str_sub(mended, at, len);
		at += len;
	}
}
