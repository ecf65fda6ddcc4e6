/* lines.c - the bytes of a printed page become lines, and these blocks; see parts.h.
 *
 * What belongs to the paper and not to the page leaves (pages.c). Some texts have no empty lines: when lines are as long as
 * paragraphs, each line is one. */
#include "base/limits.h"
#include "syndicate/import/printed/parts.h"

static const struct bs_str lost_targets[] = { BS_STR_INIT("#"), BS_STR_INIT("javascript:"),
	                                      BS_STR_INIT("about:blank") };

bool bs_is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* --- links and emphasis --- */

static bool is_lost(struct bs_str url)
{
	for (size_t i = 0; i < BS_COUNT(lost_targets); i++) {
		if (bs_str_eq_nocase(bs_str_sub(url, 0, lost_targets[i].len), lost_targets[i]))
			return true;
	}
	return url.len == 0;
}

enum { LINK_MAX = 2500 }; /* bytes of words or target */

/* The offset behind the bracket that closes the one at `at`, or SIZE_MAX. Links are short: so is the search. */
static size_t behind_closing(struct bs_str s, size_t at, char open, char close)
{
	size_t stop = s.len - at > LINK_MAX ? at + LINK_MAX : s.len;
	int depth = 0;

	if (memchr(s.ptr + at, close, stop - at) == NULL)
		return SIZE_MAX;

	for (size_t i = at; i < stop; i++) {
		if (s.ptr[i] == '\\')
			i++;
		else if (s.ptr[i] == open)
			depth++;
		else if (s.ptr[i] == close && --depth == 0)
			return i + 1;
	}
	return SIZE_MAX;
}

bool bs_printed_next_link(struct bs_str raw, size_t *at, struct bs_printed_link *out)
{
	for (size_t start = bs_str_find_byte(raw, '[', *at); start != SIZE_MAX;
	     start = bs_str_find_byte(raw, '[', start + 1)) {
		size_t middle = behind_closing(raw, start, '[', ']'), end, blank;
		struct bs_str url;

		if (middle == SIZE_MAX || middle >= raw.len || raw.ptr[middle] != '(')
			continue;
		end = behind_closing(raw, middle, '(', ')');
		if (end == SIZE_MAX)
			continue;
		url = bs_str_trim(bs_str_sub(raw, middle + 1, end - middle - 2));
		blank = bs_str_find_byte(url, ' ', 0); /* a title stands behind it */
		url = blank == SIZE_MAX ? url : bs_str_sub(url, 0, blank);
		if (url.len > 1 && url.ptr[0] == '<')
			url = bs_str_sub(url, 1, url.len - 2);
		*out = (struct bs_printed_link){ .start = start,
			                         .end = end,
			                         .text = bs_str_trim(bs_str_sub(raw, start + 1, middle - start - 2)),
			                         .url = is_lost(url) ? (struct bs_str){ 0 } : url };
		*at = end;
		return true;
	}
	return false;
}

struct bs_str bs_printed_bare_url(struct bs_str plain, struct bs_str *before)
{
	size_t start = bs_str_find(plain, BS_STR("http"), 0), end = start;
	struct bs_str url;

	if (start == SIZE_MAX || (!bs_str_starts(bs_str_sub(plain, start, 8), BS_STR("http://")) &&
	                          !bs_str_starts(bs_str_sub(plain, start, 8), BS_STR("https://"))))
		return (struct bs_str){ 0 };
	while (end < plain.len && strchr(" )>,\"", plain.ptr[end]) == NULL)
		end++;
	url = bs_str_sub(plain, start, end - start);
	while (start > 0 && strchr(" (<,:", plain.ptr[start - 1]) != NULL)
		start--;
	if (before != NULL)
		*before = bs_str_sub(plain, 0, start);
	return url;
}

/* A mark of emphasis: stars beside text, underlines at the edge of a word, a backslash before punctuation. */
static bool is_mark(struct bs_str s, size_t i)
{
	char c = s.ptr[i], before = i > 0 ? s.ptr[i - 1] : ' ', after = i + 1 < s.len ? s.ptr[i + 1] : ' ';

	if (c == '*')
		return before != ' ' || after != ' ';
	if (c == '_')
		return !bs_is_word_byte(before) || !bs_is_word_byte(after);
	return c == '\\' && after > ' ' && !bs_is_word_byte(after);
}

static void put_plain(struct bs_buf *buf, struct bs_str s, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++) {
		char c = s.ptr[i] == '\n' ? ' ' : s.ptr[i];

		if (!is_mark(s, i) && !(c == ' ' && (buf->len == 0 || buf->data[buf->len - 1] == ' ')))
			bs_buf_putc(buf, c);
	}
}

struct bs_str bs_printed_plain(struct bs_arena *arena, struct bs_str raw)
{
	struct bs_buf buf = BS_BUF(raw.len + 1);
	struct bs_printed_link link;
	struct bs_str plain;
	size_t done = 0;

	for (size_t at = 0; bs_printed_next_link(raw, &at, &link); done = at) {
		put_plain(&buf, raw, done, link.start);
		put_plain(&buf, link.text, 0, link.text.len);
	}
	put_plain(&buf, raw, done, raw.len);
	plain = bs_arena_copy(arena, bs_str_trim(bs_buf_str(&buf)));
	bs_buf_free(&buf);
	return plain;
}

/* --- case --- */

static uint32_t low_of(uint32_t c)
{
	if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F))
		return c + 0x20;
	if (c >= 0x400 && c <= 0x40F)
		return c + 0x50;
	if (c >= 0x100 && c <= 0x17F && c != 0x130 && c != 0x138 && c != 0x149) {
		bool even_is_capital = (c < 0x139) || (c > 0x148 && c < 0x178);
		return (c % 2 == 0) == even_is_capital ? c + 1 : c;
	}
	return c;
}

struct bs_str bs_printed_low(struct bs_arena *arena, struct bs_str plain)
{
	struct bs_str low = bs_arena_copy(arena, plain);
	char *out = (char *)(uintptr_t)low.ptr; /* the copy is ours to write */

	for (size_t i = 0; i < plain.len;) {
		size_t start = i;
		uint32_t c = bs_str_utf8_next(plain, &i), l = low_of(c);

		if (c < 0x80)
			out[start] = c >= 'A' && c <= 'Z' ? (char)(c + 0x20) : (char)c;
		else if (i - start == 2 && l < 0x800 && l >= 0x80) {
			out[start] = (char)(0xC0 | (l >> 6));
			out[start + 1] = (char)(0x80 | (l & 0x3F));
		}
	}
	return low;
}

bool bs_printed_starts_small(struct bs_str plain, bool *uncased)
{
	*uncased = false;
	for (size_t i = 0; i < plain.len;) {
		uint32_t c = bs_str_utf8_next(plain, &i);

		if (c < 0x80) {
			if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))
				return false;
			if (c >= 'a' && c <= 'z')
				return true;
		} else if (c >= 0xC0 && c < 0x530) {
			bool small_latin =
				(c >= 0xDF && c <= 0xFF && c != 0xF7) || (c > 0x100 && c < 0x180 && low_of(c) == c);
			return small_latin || (c >= 0x3AC && c <= 0x3CE) || (c >= 0x430 && c <= 0x45F);
		} else if (c >= 0x531 && c < 0x2000) {
			*uncased = !(c >= 0x561 && c <= 0x587) && c > 0x556;
			return !*uncased && c >= 0x561;
		} else if (c >= 0x2E80) {
			*uncased = true;
			return false;
		}
	}
	return false;
}

/* --- lines --- */

/* Blanks of every kind become one kind, what is not seen leaves. */
static struct bs_str clean(struct bs_arena *arena, struct bs_str text)
{
	static const struct {
		struct bs_str from, to;
	} changes[] = {
		{ BS_STR_INIT("\xC2\xA0"), BS_STR_INIT(" ") },
		{ BS_STR_INIT("\xE2\x80\xAF"), BS_STR_INIT(" ") },
		{ BS_STR_INIT("\xE2\x80\x87"), BS_STR_INIT(" ") },
		{ BS_STR_INIT("\xE2\x80\x8B"), BS_STR_INIT("") },
		{ BS_STR_INIT("\xEF\xBB\xBF"), BS_STR_INIT("") },
		/* At the end of a line it says that a word was parted there; elsewhere it says nothing. */
		{ BS_STR_INIT("\xC2\xAD\n"), BS_STR_INIT("\xC2\xAD\n") },
		{ BS_STR_INIT("\xC2\xAD\r\n"), BS_STR_INIT("\xC2\xAD\n") },
		{ BS_STR_INIT("\xC2\xAD"), BS_STR_INIT("") },
		{ BS_STR_INIT("\xE2\x80\xA8"), BS_STR_INIT("\n") },
		{ BS_STR_INIT("\xE2\x80\xA9"), BS_STR_INIT("\n") },
		{ BS_STR_INIT("\r\n"), BS_STR_INIT("\n") },
		{ BS_STR_INIT("\r"), BS_STR_INIT("\n") },
		{ BS_STR_INIT("\t"), BS_STR_INIT(" ") },
		{ BS_STR_INIT("\f"), BS_STR_INIT("\n\f\n") },
	};
	struct bs_buf buf = BS_BUF(text.len * 3 + 1);
	struct bs_str out;

	for (size_t i = 0; i < text.len;) {
		size_t which = BS_COUNT(changes);

		if ((unsigned char)text.ptr[i] < ' ' || (unsigned char)text.ptr[i] >= 0xC2) {
			for (which = 0; which < BS_COUNT(changes) &&
			                !bs_str_eq(bs_str_sub(text, i, changes[which].from.len), changes[which].from);)
				which++;
		}
		if (which < BS_COUNT(changes)) {
			bs_buf_put(&buf, changes[which].to);
			i += changes[which].from.len;
		} else {
			bs_buf_putc(&buf, text.ptr[i++]);
		}
	}
	out = bs_arena_copy(arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return out;
}

struct printed_lines {
	struct bs_printed_line *items;
	size_t count;
	size_t filled, gaps; /* lines with something in them, and without */
	size_t text, ended;  /* lines long enough for a sentence, and those that end one */
};

static void read_lines(struct bs_arena *arena, struct bs_str text, int first_line, struct printed_lines *out, struct bs_str *own_url)
{
	struct bs_str rest = text, part;
	size_t lines = 1;

	for (size_t i = 0; i < rest.len; i++)
		lines += rest.ptr[i] == '\n';
	*out = (struct printed_lines){ .items = BS_ARRAY(arena, lines, struct bs_printed_line) };
	for (int no = first_line; bs_str_split(&rest, '\n', &part);) {
		bool feed = bs_str_eq(part, BS_STR("\f"));

		out->items[out->count++] = (struct bs_printed_line){ .text = feed ? part : bs_str_trim(part), .no = no };
		no += !feed; /* it stands in a line of its own here alone */
	}
	out->count = bs_printed_drop_pages(arena, out->items, out->count, own_url);
	for (size_t i = 0; i < out->count; i++) {
		struct bs_str line = out->items[i].text;

		out->filled += line.len > 0;
		out->gaps += line.len == 0;
		out->text += line.len >= 60;
		out->ended += line.len >= 60 && bs_printed_ends_sentence(line);
	}
}

/* --- blocks --- */

struct bs_piece *bs_pieces_add(struct bs_pieces *pieces, struct bs_str raw, int line)
{
	struct bs_piece *piece;

	BS_GROW(pieces->arena, pieces->items, pieces->count, pieces->room, 64);
	piece = &pieces->items[pieces->count++];
	*piece = (struct bs_piece){ .raw = raw, .line = line };
	piece->plain = bs_printed_plain(pieces->arena, raw);
	piece->low = bs_printed_low(pieces->arena, piece->plain);
	return piece;
}

enum {
	HEAD_LINES = 60, /* beyond these, "By Monday" begins a sentence */
	LOOKS_MAX = 300, /* parted words that are looked for in the whole text */
};

/* A line that is a block of its own though no empty line parts it from its neighbours. */
static bool stands_alone(struct bs_arena *arena, struct bs_str line, bool in_head)
{
	struct bs_piece piece = { .raw = line };

	if (line.len > 600)
		return false;
	piece.plain = bs_printed_plain(arena, line);
	piece.low = bs_printed_low(arena, piece.plain);
	return bs_head_dateline(arena, &piece, NULL) || bs_head_labels(arena, &piece, NULL) ||
	       (in_head && bs_head_byline(arena, &piece, NULL));
}

/* A line with which something labelled begins: "Disclaimer:", "Copyright ©". */
static bool begins_anew(struct bs_arena *arena, struct bs_str line)
{
	struct bs_piece piece = { .raw = line };

	piece.plain = bs_printed_plain(arena, bs_str_utf8_prefix(line, 400));
	piece.low = bs_printed_low(arena, piece.plain);
	return bs_printed_shape_of(&piece, true) != BS_PRINTED_SHAPE_TEXT;
}

static struct bs_str join_lines(struct bs_pieces *pieces, const struct bs_printed_line *lines, size_t count)
{
	struct bs_buf buf = BS_BUF(BS_MAX_DOCUMENT * 2);
	struct bs_str raw;

	if (count == 1)
		return lines->text;
	for (size_t i = 0; i < count; i++) {
		struct bs_str line = lines[i].text;
		bool whole = i + 1 < count && bs_printed_mend_hyphen(pieces, &line, lines[i + 1].text);

		bs_buf_put(&buf, line);
		if (i + 1 < count && !whole)
			bs_buf_putc(&buf, '\n');
	}
	raw = bs_arena_copy(pieces->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return raw;
}

/* Does a new block begin with line i of the lines from `start` on? `apart`: the line before was a block of its own. */
static bool begins_block(struct bs_arena *arena, const struct printed_lines *lines, size_t start, size_t i, bool each,
                         bool *apart)
{
	bool was_apart = *apart;

	*apart = false;
	if (i == lines->count || lines->items[i].text.len == 0)
		return true;
	*apart = each || stands_alone(arena, lines->items[i].text, i < HEAD_LINES);
	return *apart || was_apart || (i > start && begins_anew(arena, lines->items[i].text));
}

bool bs_printed_pieces(struct bs_arena *arena, struct bs_str text, int first_line, struct bs_pieces *out)
{
	struct printed_lines lines;
	bool each, apart = false;
	size_t start = 0;

	text = clean(arena, text);
	*out = (struct bs_pieces){ .arena = arena, .low = bs_printed_low(arena, text), .looks = LOOKS_MAX };
	read_lines(arena, text, first_line, &lines, &out->own_url);
	/* Hardly an empty line, and most lines of text end a sentence, as wrapped ones do not. */
	each = lines.gaps * 6 < lines.filled && lines.text > 2 && lines.ended * 10 >= lines.text * 7;
	for (size_t i = 0; i <= lines.count; i++) {
		if (begins_block(arena, &lines, start, i, each, &apart) && i > start) {
			const struct bs_printed_line *first = &lines.items[start];

			if (out->count == BS_MAX_PASSAGES)
				return false;
			bs_pieces_add(out, join_lines(out, first, i - start), first->no)->after_page =
				first->after_page;
			start = i;
		}
		if (i < lines.count && lines.items[i].text.len == 0)
			start = i + 1;
	}
	return true;
}
