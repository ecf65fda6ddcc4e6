/* phrasing.c - one passage of markup in the making; see phrasing.h.
 *
 * Text goes through three places: the gap (space and line breaks that may turn out to be at the end of something), the run (plain
 * text up to the next tag, composed as a whole because characters may combine across the pieces in which it came) and the
 * finished markup. Tags are brought up to date ("sync") when a visible character comes, never before. */
#include "text/story/phrasing.h"

#include "base/limits.h"
#include "text/story/chars.h"
#include "text/story/tokens.h"

void open_tags_push(struct open_tags *tags, enum tag tag, struct bs_str attrs)
{
	tags->serial++;
	if (tags->count < TAG_DEPTH)
		tags->items[tags->count] = (struct open_tag){ .tag = tag, .serial = tags->serial, .attrs = attrs };
	tags->count++;
}

void open_tags_pop(struct open_tags *tags)
{
	if (tags->count > 0)
		tags->count--;
}

void phrasing_init(struct phrasing *p)
{
	*p = (struct phrasing){ .markup = BS_BUF(BS_MAX_PASSAGE), .run = BS_BUF(BS_MAX_PASSAGE), .gap = BS_BUF(BS_MAX_PASSAGE),
	                        .held = BS_BUF(64), .composed = BS_BUF(2 * BS_MAX_PASSAGE), .ascii = true };
}

void phrasing_free(struct phrasing *p)
{
	bs_buf_free(&p->markup);
	bs_buf_free(&p->run);
	bs_buf_free(&p->gap);
	bs_buf_free(&p->held);
	bs_buf_free(&p->composed);
}

/* Eight bytes at a time: a bit is set in each byte of the result that is equal to `c`, or, seldom, behind such a one. */
static uint64_t equal_bytes(uint64_t word, char c)
{
	word ^= 0x0101010101010101U * (uint8_t)c;
	return (word - 0x0101010101010101U) & ~word & 0x8080808080808080U;
}

/* The offset at or behind `at` of a character that must become a reference, or the end. */
static size_t find_escape(struct bs_str text, size_t at, bool quotes)
{
	uint64_t word;

	while (text.len - at >= sizeof(word)) {
		memcpy(&word, text.ptr + at, sizeof(word));
		if ((equal_bytes(word, '&') | equal_bytes(word, '<') | equal_bytes(word, '>') | (quotes ? equal_bytes(word, '"') : 0)) != 0)
			break;
		at += sizeof(word);
	}
	while (at < text.len && !strchr(quotes ? "&<>\"" : "&<>", text.ptr[at]))
		at++;
	return at;
}

static void put_escaped(struct bs_buf *out, struct bs_str text, bool quotes)
{
	size_t from = 0, at;

	while ((at = find_escape(text, from, quotes)) < text.len) {
		char c = text.ptr[at];
		bs_buf_put(out, bs_str_n(text.ptr + from, at - from));
		bs_buf_put(out, c == '&' ? BS_STR("&amp;") : c == '<' ? BS_STR("&lt;") : c == '>' ? BS_STR("&gt;") : BS_STR("&quot;"));
		from = at + 1;
	}
	if (from < text.len)
		bs_buf_put(out, bs_str_n(text.ptr + from, text.len - from));
}

/* U+0338 would compose with the '>' of the tag before it. */
static const struct bs_str overlay = BS_STR_INIT("\xCC\xB8");

void markup_put_text(struct bs_buf *out, struct bs_str text)
{
	if (bs_str_starts(text, overlay) && out->len > 0 && out->data[out->len - 1] == '>') {
		bs_buf_lit(out, "&#824;");
		text = bs_str_sub(text, overlay.len, SIZE_MAX);
	}
	put_escaped(out, text, false);
}

void markup_put_value(struct bs_buf *out, struct bs_str value)
{
	put_escaped(out, value, true);
}

static void flush_run(struct phrasing *p)
{
	if (p->run.failed)
		p->markup.failed = true;
	if (p->ascii) {
		put_escaped(&p->markup, bs_buf_str(&p->run), false);
	} else {
		bs_buf_reset(&p->composed);
		chars_compose(&p->composed, bs_buf_str(&p->run));
		markup_put_text(&p->markup, bs_buf_str(&p->composed));
		p->markup.failed |= p->composed.failed;
	}
	bs_buf_reset(&p->run);
	p->ascii = true;
}

bool phrasing_is_empty(const struct phrasing *p)
{
	return p->markup.len == 0 && p->run.len == 0 && !p->markup.failed && !p->run.failed;
}

static bool same_tag(const struct open_tag *a, const struct open_tag *b)
{
	if (a->serial == b->serial)
		return true;
	if (a->tag != b->tag || !tag_merges(a->tag) || !bs_str_eq(a->attrs, b->attrs))
		return false;
	/* Two links without a target, or two references to notes, are two. */
	return a->tag != TAG_A || !(a->attrs.len == 0 || bs_str_starts(a->attrs, BS_STR(" href=\"#")));
}

static bool is_void_within(const struct open_tag *tag, struct open_tag *const *outer, size_t count)
{
	for (size_t i = 0; i < count && tag_is_flat(tag->tag); i++) {
		if (outer[i]->tag == tag->tag && (tag->tag == TAG_A || tag->attrs.len == 0 || bs_str_eq(tag->attrs, outer[i]->attrs)))
			return true;
	}
	return false;
}

/* The tags that should be open: those of the document without those that mean nothing where they stand. That the text
 * of a pre is program text, all of it, its block says. */
static size_t wanted_tags(const struct phrasing *p, const struct open_tags *tags, struct open_tag *wanted[TAG_DEPTH])
{
	size_t all = tags->count < TAG_DEPTH ? tags->count : TAG_DEPTH, count = 0;

	for (size_t i = 0; i < all; i++) {
		struct open_tag *tag = (struct open_tag *)&tags->items[i];
		if (!(p->pre && tag->tag == TAG_CODE) && !is_void_within(tag, wanted, count))
			wanted[count++] = tag;
	}
	return count;
}

static void close_tags(struct phrasing *p, size_t keep)
{
	if (p->open_count > keep)
		flush_run(p);
	while (p->open_count > keep) {
		bs_buf_lit(&p->markup, "</");
		bs_buf_put(&p->markup, tag_name(p->open[--p->open_count].tag));
		bs_buf_putc(&p->markup, '>');
	}
}

static void open_tag(struct phrasing *p, const struct open_tag *tag)
{
	flush_run(p);
	bs_buf_putc(&p->markup, '<');
	bs_buf_put(&p->markup, tag_name(tag->tag));
	bs_buf_put(&p->markup, tag->attrs);
	bs_buf_putc(&p->markup, '>');
	p->open[p->open_count++] = *tag;
}

/* What stands in a pre before its first line with text goes, the indentation of that line stays. */
static struct bs_str last_line(struct bs_str gap)
{
	while (gap.len > 0) {
		size_t feed = bs_str_find_byte(gap, '\n', 0);
		if (feed == SIZE_MAX)
			break;
		gap = bs_str_sub(gap, feed + 1, SIZE_MAX);
	}
	return gap;
}

static void put_gap(struct phrasing *p)
{
	struct bs_str gap = bs_buf_str(&p->gap);

	if (p->pre) {
		bs_buf_put(&p->run, phrasing_is_empty(p) ? last_line(gap) : gap);
		p->ascii = false;
	} else if (phrasing_is_empty(p)) {
		/* nothing before it to be apart from */
	} else if (p->breaks > 0) {
		flush_run(p);
		bs_buf_lit(&p->markup, "<br>");
	} else if (p->white) {
		bs_buf_putc(&p->run, ' ');
	} else if (gap.len > 0) {
		bs_buf_put(&p->run, gap);
		p->ascii = false;
	}
	if (p->gap.failed)
		p->markup.failed = true;
	bs_buf_reset(&p->gap);
	p->breaks = 0;
	p->white = false;
}

/* Bring tags, gap and held characters up to date, for a visible character comes next. */
static void sync(struct phrasing *p, const struct open_tags *tags)
{
	struct open_tag *wanted[TAG_DEPTH];
	size_t count = wanted_tags(p, tags, wanted), same = 0;

	while (same < count && same < p->open_count && same_tag(wanted[same], &p->open[same]))
		same++;
	close_tags(p, same);
	put_gap(p);
	for (size_t i = same; i < count; i++)
		open_tag(p, wanted[i]);
	if (p->held.len > 0) {
		bs_buf_put(&p->run, bs_buf_str(&p->held));
		bs_buf_reset(&p->held);
		p->ascii = false;
	}
}

static bool is_plain(char c)
{
	return c > ' ' && c < 0x7F;
}

/* Are the eight bytes at `at` ASCII words with no more than one space between, and no space at the end? */
static bool is_plain_row(struct bs_str text, size_t at)
{
	const uint64_t high = 0x8080808080808080U, ones = 0x0101010101010101U;
	uint64_t row, spaces;

	if (text.len - at < sizeof(row) || text.ptr[at + sizeof(row) - 1] == ' ')
		return false;
	memcpy(&row, text.ptr + at, sizeof(row));
	spaces = equal_bytes(row, ' ');
	/* No byte below 0x20, none above 0x7E, no two spaces side by side. */
	return (((row - 0x20 * ones) | row | (row + ones)) & high) == 0 && (spaces & (spaces << 8)) == 0;
}

/* The end of a stretch of ASCII words, single spaces between them, that begins at `at`. */
static size_t plain_end(struct bs_str text, size_t at)
{
	for (;;) {
		if (is_plain_row(text, at))
			at += sizeof(uint64_t);
		else if (at < text.len && (is_plain(text.ptr[at]) || (text.ptr[at] == ' ' && at + 1 < text.len && is_plain(text.ptr[at + 1]))))
			at++;
		else
			return at;
	}
}

static void gap_put(struct phrasing *p, struct bs_str space, bool white)
{
	/* A carriage return is half of a line feed; other white space than these counts as a space. */
	if (white && (space.len > 1 || !memchr(" \t\n\r", space.ptr[0], 4)))
		space = BS_STR(" ");
	if (space.ptr[0] != '\r' && (p->pre || !white || !p->white))
		bs_buf_put(&p->gap, space);
	p->white |= white;
}

/* Is a tag open or closed in the document that is not so here? Then a weightless character waits. */
static bool is_behind(const struct phrasing *p, const struct open_tags *tags)
{
	struct open_tag *wanted[TAG_DEPTH];
	size_t count = wanted_tags(p, tags, wanted);

	if (p->run.len == 0 || p->gap.len > 0 || p->white || p->breaks > 0 || count != p->open_count)
		return true;
	for (size_t i = 0; i < count; i++) {
		if (!same_tag(wanted[i], &p->open[i]))
			return true;
	}
	return false;
}

/* A character that is not plain ASCII: put it where it belongs. Returns whether tags and gap are up to date after it. */
static bool other_text(struct phrasing *p, const struct open_tags *tags, struct bs_str bytes, uint32_t c, bool synced)
{
	switch (char_class_of(c)) {
	case CHAR_WHITE:
		gap_put(p, bytes, true);
		return false;
	case CHAR_GAP:
		gap_put(p, bytes, false);
		return false;
	case CHAR_DROP:
		return synced;
	case CHAR_WEIGHTLESS:
		if (!synced && is_behind(p, tags)) {
			if (p->held.len + bytes.len <= p->held.cap)
				bs_buf_put(&p->held, bytes);
			return false;
		}
		break;
	case CHAR_TEXT:
		if (!synced)
			sync(p, tags);
		synced = true;
		break;
	}
	bs_buf_put(&p->run, bytes);
	p->ascii = false;
	return synced;
}

void phrasing_text(struct phrasing *p, const struct open_tags *tags, struct bs_str text)
{
	bool synced = false;

	for (size_t at = 0; at < text.len;) {
		size_t start = at;
		if (is_plain(text.ptr[at])) {
			if (!synced)
				sync(p, tags);
			synced = true;
			at = plain_end(text, at);
			bs_buf_put(&p->run, bs_str_n(text.ptr + start, at - start));
		} else {
			uint32_t c = bs_str_utf8_next(text, &at);
			synced = other_text(p, tags, bs_str_n(text.ptr + start, at - start), c, synced);
		}
	}
}

void phrasing_break(struct phrasing *p)
{
	if (p->pre) {
		gap_put(p, BS_STR("\n"), true);
		return;
	}
	p->breaks++;
}

void phrasing_markup(struct bs_arena *arena, struct phrasing *p, struct open_tags *tags, struct bs_str markup)
{
	struct token token;

	for (size_t at = 0; token_next(markup, &at, &token);) {
		switch (token.kind) {
		case TOKEN_TEXT: phrasing_text(p, tags, markup_unescape(arena, token.raw)); break;
		case TOKEN_OPEN: open_tags_push(tags, token.tag, token.attrs); break;
		case TOKEN_CLOSE: open_tags_pop(tags); break;
		case TOKEN_BREAK: phrasing_break(p); break;
		}
	}
}

void phrasing_border(struct phrasing *p)
{
	if (p->pre ? bs_str_find_byte(bs_buf_str(&p->gap), '\n', 0) == SIZE_MAX : p->breaks == 0)
		phrasing_break(p);
}

enum bs_rc phrasing_finish(struct bs_arena *arena, struct phrasing *p, struct bs_str *out, struct bs_err *err)
{
	enum bs_rc rc;

	close_tags(p, 0);
	flush_run(p);
	rc = bs_buf_check(&p->markup, "one passage of text", err);
	if (rc == BS_OK)
		*out = bs_arena_copy(arena, bs_buf_str(&p->markup));
	bs_buf_reset(&p->markup);
	bs_buf_reset(&p->run);
	bs_buf_reset(&p->gap);
	bs_buf_reset(&p->held);
	p->breaks = 0;
	p->open_count = 0;
	p->white = p->pre = false;
	p->ascii = true;
	return rc;
}
