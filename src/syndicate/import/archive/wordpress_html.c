/* wordpress_html.c - the text of a post as WordPress's editor keeps it becomes the HTML that it shows: its wpautop and its own
 * shortcodes. Since 2018 texts are HTML with comments that mark blocks; older ones have blank lines between paragraphs. See archive.h.
 *
 * A word in brackets is a shortcode when WordPress itself knows it, when it has attributes or when one that closes it follows;
 * "[sic]" stays. Nothing of a shortcode is printed but what stands between its two ends. */
#include "base/limits.h"
#include "syndicate/import/archive/archive.h"

struct mark {
	struct bs_str name, rest;
	size_t end; /* behind its ] */
	bool closing;
};

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* The "[name …]" or "[/name]" at this place. */
static bool mark_at(struct bs_str s, size_t at, struct mark *out)
{
	size_t start = at + 1, end, close = bs_str_find_byte(s, ']', at);
	struct bs_str inner;

	if (close == SIZE_MAX || close - at > 2000)
		return false;
	*out = (struct mark){ .end = close + 1, .closing = start < s.len && s.ptr[start] == '/' };
	start += out->closing;
	for (end = start; end < close && is_name_byte(s.ptr[end]); end++)
		;
	inner = bs_str_sub(s, end, close - end);
	out->name = bs_str_sub(s, start, end - start);
	out->rest = bs_str_trim(inner);
	return out->name.len > 0 && (inner.len == 0 || inner.ptr[0] == ' ' || inner.ptr[0] == '/' || inner.ptr[0] == '\n') &&
	       bs_str_find_byte(inner, '[', 0) == SIZE_MAX;
}

static bool is_known(struct bs_str name)
{
	static const struct bs_str known[] = { BS_STR_INIT("caption"), BS_STR_INIT("wp_caption"), BS_STR_INIT("gallery"), BS_STR_INIT("embed"),
		                               BS_STR_INIT("audio"), BS_STR_INIT("video"), BS_STR_INIT("playlist"),
		                               BS_STR_INIT("contact-form"), BS_STR_INIT("youtube") };

	for (size_t i = 0; i < BS_COUNT(known); i++) {
		if (bs_str_eq(known[i], name))
			return true;
	}
	return false;
}

/* What closes it may be looked for often: only this far. */
static bool is_closed_later(struct bs_str s, size_t at, struct bs_str name)
{
	struct bs_str near = bs_str_sub(s, at, 8 * 1024);

	for (size_t next = bs_str_find(near, BS_STR("[/"), 0); next != SIZE_MAX; next = bs_str_find(near, BS_STR("[/"), next + 2)) {
		if (bs_str_eq(bs_str_sub(near, next + 2, name.len), name) && bs_str_eq(bs_str_sub(near, next + 2 + name.len, 1), BS_STR("]")))
			return true;
	}
	return false;
}

static bool is_shortcode(struct bs_str s, const struct mark *mark)
{
	return is_known(mark->name) || mark->closing || bs_str_find_byte(mark->rest, '=', 0) != SIZE_MAX ||
	       is_closed_later(s, mark->end, mark->name);
}

/* "[caption …]<img …> What it shows[/caption]" */
static void put_opening(struct bs_buf *out, const struct mark *mark, bool caption)
{
	size_t at = bs_str_find(mark->rest, BS_STR("http"), 0);
	struct bs_str url = at == SIZE_MAX ? (struct bs_str){ 0 } : bs_str_sub(mark->rest, at, SIZE_MAX);

	if (caption)
		bs_buf_lit(out, "\n\n<figure>");
	for (size_t i = 0; i < url.len; i++) {
		if (strchr(" \"'<>]", url.ptr[i]) != NULL)
			url.len = i;
	}
	if (!caption && url.len > 0) /* [youtube URL], [audio src="URL"] */
		bs_buf_printf(out, "<a href=\"%.*s\">%.*s</a>", (int)url.len, url.ptr, (int)url.len, url.ptr);
}

/* A whole address and nothing else. */
static bool is_address(struct bs_str s)
{
	if (s.len > 2000 || (!bs_str_starts(s, BS_STR("https://")) && !bs_str_starts(s, BS_STR("http://"))))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (strchr(" \t\n\"'<>[]", s.ptr[i]) != NULL)
			return false;
	}
	return true;
}

/* An address alone on its line is what WordPress shows the film or post of: it becomes a link. */
static struct bs_str with_links(struct bs_arena *arena, struct bs_str text)
{
	struct bs_buf out = BS_BUF(4 * text.len + 64);
	struct bs_str rest = text, line;
	bool program = false;

	while (bs_str_split(&rest, '\n', &line)) {
		struct bs_str s = bs_str_trim(line);
		bool paragraph = bs_str_starts(s, BS_STR("<p>")) && bs_str_ends(s, BS_STR("</p>")) && s.len > 7;

		program = (program || bs_str_find(line, BS_STR("<pre"), 0) != SIZE_MAX) && bs_str_find(line, BS_STR("</pre>"), 0) == SIZE_MAX;
		s = paragraph ? bs_str_sub(s, 3, s.len - 7) : s;
		if (!program && is_address(s))
			bs_buf_printf(&out, "%s<a href=\"%.*s\">%.*s</a>%s", paragraph ? "<p>" : "", (int)s.len, s.ptr, (int)s.len, s.ptr,
			              paragraph ? "</p>" : "");
		else
			bs_buf_put(&out, line);
		if (rest.ptr != NULL)
			bs_buf_putc(&out, '\n');
	}
	text = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return text;
}

static bool is_caption(struct bs_str name)
{
	return bs_str_eq(name, BS_STR("caption")) || bs_str_eq(name, BS_STR("wp_caption"));
}

/* Behind the picture of a caption the text begins. */
static size_t put_picture(struct bs_buf *out, struct bs_str s, size_t at)
{
	size_t image = bs_str_find(s, BS_STR("<img"), at), close = bs_str_find(s, BS_STR("[/"), at), end;

	if (image == SIZE_MAX || (close != SIZE_MAX && close < image))
		return at;
	end = bs_str_find_byte(s, '>', image);
	if (end == SIZE_MAX)
		return at;
	end++;
	if (bs_str_eq(bs_str_sub(s, end, 4), BS_STR("</a>")))
		end += 4;
	bs_buf_put(out, bs_str_sub(s, at, end - at));
	bs_buf_lit(out, "<figcaption>");
	return end;
}

/* "[embed]ADDRESS[/embed]": behind its opening mark the address becomes a link. */
static size_t put_embedded(struct bs_buf *out, struct bs_str s, size_t at)
{
	size_t end = bs_str_find_byte(s, '[', at);
	struct bs_str url = bs_str_trim(bs_str_sub(s, at, end == SIZE_MAX ? 0 : end - at));

	if (!is_address(url))
		return at;
	bs_buf_printf(out, "<a href=\"%.*s\">%.*s</a>", (int)url.len, url.ptr, (int)url.len, url.ptr);
	return end;
}

static struct bs_str without_shortcodes(struct bs_arena *arena, struct bs_str s, struct bs_remarks *remarks)
{
	struct bs_buf out = BS_BUF(2 * s.len + 4096);
	struct bs_str made;
	size_t done = 0;

	for (size_t at = bs_str_find_byte(s, '[', 0); at != SIZE_MAX; at = bs_str_find_byte(s, '[', at)) {
		struct mark mark;
		bool caption;

		if (!mark_at(s, at, &mark) || !is_shortcode(s, &mark)) {
			at++;
			continue;
		}
		caption = is_caption(mark.name);
		bs_buf_put(&out, bs_str_sub(s, done, at - done));
		done = mark.end;
		if (mark.closing && caption)
			bs_buf_lit(&out, "</figcaption></figure>\n\n");
		else if (!mark.closing)
			put_opening(&out, &mark, caption);
		if (!mark.closing && caption)
			done = put_picture(&out, s, done);
		else if (!mark.closing && bs_str_eq(mark.name, BS_STR("embed")))
			done = put_embedded(&out, s, done);
		else if (!mark.closing)
			bs_remark(remarks, BS_REMARK_SHORTCODE, 0, mark.name, BS_STR("left out"));
		at = done;
	}
	bs_buf_put(&out, bs_str_sub(s, done, SIZE_MAX));
	made = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return made;
}

/* Does the chunk begin with an element that is no part of a paragraph? */
static bool is_block(struct bs_str s)
{
	static const char names[] = "p div h1 h2 h3 h4 h5 h6 ul ol li dl table blockquote pre figure section article aside hr "
				    "header footer form iframe script style !--";
	struct bs_str rest = bs_str_c(names), name;

	while (s.len > 0 && bs_str_split(&rest, ' ', &name)) {
		struct bs_str after = bs_str_sub(s, 1 + name.len, 1);

		if (s.ptr[0] == '<' && bs_str_eq_nocase(bs_str_sub(s, 1, name.len), name) &&
		    (after.len == 0 || name.ptr[0] == '!' || strchr(" >/\n\t", after.ptr[0]) != NULL))
			return true;
	}
	return s.len > 1 && s.ptr[0] == '<' && s.ptr[1] == '/';
}

static void put_paragraph(struct bs_buf *out, struct bs_str chunk)
{
	struct bs_str line;
	bool first = true;

	bs_buf_lit(out, "<p>");
	while (bs_str_split(&chunk, '\n', &line)) {
		if (!first)
			bs_buf_lit(out, "<br>\n");
		bs_buf_put(out, bs_str_trim(line));
		first = false;
	}
	bs_buf_lit(out, "</p>\n");
}

static struct bs_str without_returns(struct bs_arena *arena, struct bs_str s)
{
	struct bs_str copy = bs_arena_copy(arena, s);
	char *to = (char *)(uintptr_t)copy.ptr; /* the copy is ours to write */
	size_t len = 0;

	for (size_t i = 0; i < copy.len; i++) {
		if (copy.ptr[i] != '\r')
			to[len++] = copy.ptr[i];
	}
	copy.len = len;
	return copy;
}

struct bs_str bs_wordpress_html(struct bs_arena *arena, struct bs_str text, struct bs_remarks *remarks)
{
	struct bs_buf out;
	struct bs_str rest = without_shortcodes(arena, with_links(arena, without_returns(arena, text)), remarks), html;

	if (bs_str_find(text, BS_STR("<!-- wp:"), 0) != SIZE_MAX)
		return rest;
	out = BS_BUF(8 * rest.len + 64);
	while (rest.len > 0) {
		size_t end = bs_str_find(rest, BS_STR("\n\n"), 0);
		struct bs_str chunk = bs_str_trim(bs_str_sub(rest, 0, end));

		/* What stands within pre has its blank lines to itself. */
		if (bs_str_starts(chunk, BS_STR("<pre")) && bs_str_find(chunk, BS_STR("</pre>"), 0) == SIZE_MAX) {
			end = bs_str_find(rest, BS_STR("</pre>"), 0);
			end = end == SIZE_MAX ? end : end + 6;
			chunk = bs_str_trim(bs_str_sub(rest, 0, end));
		}
		rest = end == SIZE_MAX ? (struct bs_str){ 0 } : bs_str_sub(rest, end, SIZE_MAX);
		while (rest.len > 0 && rest.ptr[0] == '\n')
			rest = bs_str_sub(rest, 1, SIZE_MAX);
		if (is_block(chunk)) {
			bs_buf_put(&out, chunk);
			bs_buf_putc(&out, '\n');
		} else if (chunk.len > 0) {
			put_paragraph(&out, chunk);
		}
	}
	html = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return html;
}
