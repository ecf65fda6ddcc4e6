/* inline.c - markup as Markdown; see inline.h.
 *
 * Emphasis is written with asterisks where it is certain that they will be read as such, else as a tag. Everything that text could
 * be mistaken for is escaped, but not what is only dangerous elsewhere: an underscore within a word, a dash amid a line. */
#include "text/markdown/inline.h"

#include "text/story/chars.h"
#include "text/story/tokens.h"

struct writer {
	struct bs_buf *out;
	const struct inline_style *style;
	struct bs_str markup;
	size_t line_start; /* length of the output where the line's text began */
	bool as_tag[64];   /* per open em, strong, del: was it written as a tag? */
	size_t depth;
};

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* Could an entity or a numeric reference begin with the '&' at `at`? */
static bool begins_reference(struct bs_str text, size_t at)
{
	return at + 1 < text.len && (text.ptr[at + 1] == '#' || is_alnum(text.ptr[at + 1]));
}

/* Is the ':' or '.' here in what would be read as an address? */
static bool is_in_address(struct bs_str text, size_t at)
{
	struct bs_str before = bs_str_sub(text, 0, at);

	if (text.ptr[at] == ':')
		return bs_str_starts(bs_str_sub(text, at, SIZE_MAX), BS_STR("://")) && at > 0 && is_alnum(text.ptr[at - 1]);
	return before.len >= 3 && bs_str_eq_nocase(bs_str_sub(before, before.len - 3, 3), BS_STR("www"));
}

static bool must_escape(struct bs_str text, size_t at)
{
	char before = at > 0 ? text.ptr[at - 1] : ' ', behind = at + 1 < text.len ? text.ptr[at + 1] : ' ';

	switch (text.ptr[at]) {
	case '\\':
	case '`':
	case '*':
	case '[':
	case ']':
	case '<': return true;
	case '_': return !is_alnum(before) || !is_alnum(behind);
	case '~': return before == '~' || behind == '~';
	case '&': return begins_reference(text, at);
	case '!': return at + 1 == text.len; /* a link may follow */
	case ':':
	case '.': return is_in_address(text, at);
	default: return false;
	}
}

/* The character at the beginning of a line that would make a block of it, as an offset into the text; or SIZE_MAX. */
static size_t block_mark(struct bs_str text)
{
	size_t digits = 0;

	if (text.len > 0 && strchr("#>+-=|:~", text.ptr[0]))
		return 0;
	while (digits < text.len && text.ptr[digits] >= '0' && text.ptr[digits] <= '9')
		digits++;
	return digits > 0 && digits < text.len && strchr(".)", text.ptr[digits]) ? digits : SIZE_MAX;
}

static void put_text(struct writer *w, struct bs_str escaped)
{
	struct bs_buf plain = BS_BUF(SIZE_MAX);
	struct bs_str text;
	size_t mark;

	markup_put_unescaped(&plain, escaped);
	text = bs_buf_str(&plain);
	mark = w->out->len == w->line_start ? block_mark(text) : SIZE_MAX;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '@' && i > 0 && i + 1 < text.len)
			bs_buf_lit(w->out, "<!-- -->"); /* an address of mail that is no link must not become one */
		else if (must_escape(text, i) || i == mark || (c == '|' && w->style->cell) || (c == '#' && i + 1 == text.len))
			bs_buf_putc(w->out, '\\');
		bs_buf_putc(w->out, c);
	}
	bs_buf_free(&plain);
}

static uint32_t last_char(struct bs_str s)
{
	size_t at = s.len;

	while (at > 0 && ((uint8_t)s.ptr[at - 1] & 0xC0) == 0x80)
		at--;
	at -= at > 0;
	return s.len > 0 ? bs_str_utf8_next(s, &at) : ' ';
}

static uint32_t first_char(struct bs_str s)
{
	size_t at = 0;

	return s.len > 0 ? bs_str_utf8_next(s, &at) : ' ';
}

static bool is_open_ground(uint32_t c)
{
	return c == ' ' || c == '\n' || (c < 0x80 && c != '<' && c != '>' && !is_alnum((char)c) && !strchr("*_~[]&;", (int)c));
}

/* Will delimiters be read as such here? `inner` is next to them on the inside, `outer` on the outside. */
static bool stands_well(uint32_t inner, uint32_t outer)
{
	if (outer == '*' || outer == '~' || outer == '<' || outer == '>' || outer == '&' || outer == ';')
		return false;
	return char_is_word(inner) || (inner < 0x80 && inner > ' ' && !strchr("<>&;*~_[]`", (int)inner) && is_open_ground(outer));
}

/* The offset of the tag's end tag. */
static size_t find_close(struct bs_str markup, size_t at, enum tag tag)
{
	struct token token;
	size_t depth = 1, start = at;

	while (token_next(markup, &at, &token)) {
		if (token.tag == tag && token.kind == TOKEN_OPEN)
			depth++;
		if (token.tag == tag && token.kind == TOKEN_CLOSE && --depth == 0)
			return start;
		start = at;
	}
	return markup.len;
}

static struct bs_str delimiter_of(enum tag tag)
{
	return tag == TAG_EM ? BS_STR("*") : tag == TAG_STRONG ? BS_STR("**") : BS_STR("~~");
}

static void open_emphasis(struct writer *w, const struct token *token, size_t at)
{
	size_t close = find_close(w->markup, at, token->tag);
	struct bs_str inside = bs_str_sub(w->markup, at, close - at);
	struct bs_str behind = bs_str_sub(w->markup, close + tag_name(token->tag).len + 3, SIZE_MAX);
	struct bs_str before = bs_str_sub(bs_buf_str(w->out), w->line_start, SIZE_MAX);
	bool well = token->attrs.len == 0 && stands_well(first_char(inside), last_char(before)) &&
	            stands_well(last_char(inside), first_char(behind));

	if (w->depth < BS_COUNT(w->as_tag))
		w->as_tag[w->depth] = !well;
	w->depth++;
	bs_buf_put(w->out, well ? delimiter_of(token->tag) : token->raw);
}

static void close_emphasis(struct writer *w, const struct token *token)
{
	w->depth--;
	if (w->depth < BS_COUNT(w->as_tag) && !w->as_tag[w->depth])
		bs_buf_put(w->out, delimiter_of(token->tag));
	else
		bs_buf_put(w->out, token->raw);
}

static size_t longest_ticks(struct bs_str text)
{
	size_t longest = 0, ticks = 0;

	for (size_t i = 0; i < text.len; i++) {
		ticks = text.ptr[i] == '`' ? ticks + 1 : 0;
		longest = ticks > longest ? ticks : longest;
	}
	return longest;
}

/* Code without tags in it, as a code span. Returns the offset behind it; `at` when it cannot be one. */
static size_t put_code(struct writer *w, size_t at)
{
	size_t close = find_close(w->markup, at, TAG_CODE), ticks;
	struct bs_str inside = bs_str_sub(w->markup, at, close - at), text;
	struct bs_buf plain = BS_BUF(SIZE_MAX);
	bool pad;

	if (bs_str_find_byte(inside, '<', 0) != SIZE_MAX || inside.len == 0 ||
	    (w->out->len > w->line_start && w->out->data[w->out->len - 1] == '`'))
		return at;
	markup_put_unescaped(&plain, inside);
	text = bs_buf_str(&plain);
	ticks = longest_ticks(text) + 1;
	pad = text.ptr[0] == '`' || text.ptr[text.len - 1] == '`';
	for (size_t i = 0; i < ticks; i++)
		bs_buf_putc(w->out, '`');
	if (pad)
		bs_buf_putc(w->out, ' ');
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '|' && w->style->cell)
			bs_buf_putc(w->out, '\\');
		bs_buf_putc(w->out, text.ptr[i]);
	}
	if (pad)
		bs_buf_putc(w->out, ' ');
	for (size_t i = 0; i < ticks; i++)
		bs_buf_putc(w->out, '`');
	bs_buf_free(&plain);
	return close + BS_STR("</code>").len;
}

/* A reference to a note, as [^1]. Returns the offset behind it; `at` when it is none. */
static size_t put_note(struct writer *w, size_t at)
{
	const struct bs_str start = BS_STR("<a href=\"#fn-");
	struct bs_str rest = bs_str_sub(w->markup, at, SIZE_MAX), number;
	size_t quote, end;

	if (!w->style->notes || !bs_str_starts(rest, start))
		return at;
	quote = bs_str_find_byte(rest, '"', start.len);
	end = bs_str_find(rest, BS_STR("</a></sup>"), start.len);
	if (quote == SIZE_MAX || end == SIZE_MAX)
		return at;
	number = bs_str_sub(rest, start.len, quote - start.len);
	if (!bs_str_eq(bs_str_sub(rest, quote + 2, end - quote - 2), number))
		return at;
	bs_buf_lit(w->out, "[^");
	bs_buf_put(w->out, number);
	bs_buf_putc(w->out, ']');
	return at + end + BS_STR("</a></sup>").len;
}

/* Is the link one that Markdown can write: an address and nothing else, or none? */
static bool is_plain_link(const struct token *link)
{
	struct bs_str href = token_attr(link, BS_STR("href"));

	return link->attrs.len == 0 || link->attrs.len == href.len + BS_STR(" href=\"\"").len;
}

static size_t put_open(struct writer *w, const struct token *token, size_t at)
{
	size_t behind = token->tag == TAG_CODE && token->attrs.len == 0 ? put_code(w, at)
	                : token->tag == TAG_SUP && token->attrs.len == 0 ? put_note(w, at)
	                                                                 : at;

	if (behind > at)
		return behind;
	if (token->tag == TAG_EM || token->tag == TAG_STRONG || token->tag == TAG_DEL)
		open_emphasis(w, token, at);
	else if (token->tag == TAG_A && is_plain_link(token))
		bs_buf_putc(w->out, '[');
	else
		bs_buf_put(w->out, token->raw);
	return at;
}

static void put_close(struct writer *w, const struct token *token, const struct token *link)
{
	struct bs_buf url = BS_BUF(SIZE_MAX);

	if (token->tag == TAG_EM || token->tag == TAG_STRONG || token->tag == TAG_DEL) {
		close_emphasis(w, token);
	} else if (token->tag == TAG_A && is_plain_link(link)) {
		markup_put_unescaped(&url, token_attr(link, BS_STR("href")));
		bs_buf_putc(w->out, ']');
		inline_put_target(w->out, url.len > 0 ? bs_buf_str(&url) : BS_STR("#"), BS_STR(""));
		bs_buf_free(&url);
	} else {
		bs_buf_put(w->out, token->raw);
	}
}

void inline_put(struct bs_buf *out, struct bs_str markup, const struct inline_style *style)
{
	struct writer w = { .out = out, .style = style, .markup = markup, .line_start = out->len };
	struct token token, link = { 0 };

	for (size_t at = 0; !out->failed && token_next(markup, &at, &token);) {
		switch (token.kind) {
		case TOKEN_TEXT: put_text(&w, token.raw); break;
		case TOKEN_BREAK:
			if (style->one_line) {
				bs_buf_lit(out, "<br>");
				break;
			}
			bs_buf_lit(out, "\\\n");
			bs_buf_put(out, style->prefix);
			w.line_start = out->len;
			break;
		case TOKEN_OPEN:
			link = token.tag == TAG_A ? token : link;
			at = put_open(&w, &token, at);
			break;
		case TOKEN_CLOSE: put_close(&w, &token, &link); break;
		}
	}
}

void inline_put_text(struct bs_buf *out, struct bs_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (strchr("\\`*_[]<>\"~!", c) || (c == '&' && begins_reference(text, i)))
			bs_buf_putc(out, '\\');
		bs_buf_putc(out, c);
	}
}

void inline_put_target(struct bs_buf *out, struct bs_str url, struct bs_str title)
{
	bool angles = bs_str_find_byte(url, '(', 0) != SIZE_MAX || bs_str_find_byte(url, ')', 0) != SIZE_MAX;

	bs_buf_put(out, angles ? BS_STR("(<") : BS_STR("("));
	for (size_t i = 0; i < url.len; i++) {
		if (url.ptr[i] == '&' && begins_reference(url, i) && bs_str_find_byte(url, ';', i) != SIZE_MAX)
			bs_buf_putc(out, '\\');
		bs_buf_putc(out, url.ptr[i]);
	}
	if (angles)
		bs_buf_putc(out, '>');
	if (title.len > 0) {
		bs_buf_lit(out, " \"");
		inline_put_text(out, title);
		bs_buf_putc(out, '"');
	}
	bs_buf_putc(out, ')');
}
