/* shortcode.c - finding the marks of other tools in Markdown; see shortcode.h.
 *
 * Three walks: list the marks; match each end with the nearest open beginning of its name; write the text with what
 * each mark says, from the inside out. */
#include "syndicate/import/read/shortcode.h"

#include "base/limits.h"
#include "syndicate/import/read/shortcode_parts.h"

enum { MARK_MAX = 8192, OPEN_MAX = 256 };

struct found {
	size_t start, end; /* in the text */
	size_t pair;       /* of a beginning: the index of its end; SIZE_MAX: none */
	int line;
	bool in_code;
	struct bs_mark *mark;
};

struct finder {
	struct bs_arena *arena;
	struct bs_str text;
	struct found *items;
	size_t count, room;
	int line; /* of `counted` */
	size_t counted;
};

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
	       c == '.' || c == '/';
}

static void skip_space(struct bs_str *s)
{
	while (s->len > 0 && strchr(" \t\r\n", s->ptr[0]) != NULL)
		*s = bs_str_sub(*s, 1, SIZE_MAX);
}

/* A value in quotes (backslashes guard them), or up to the next blank. */
static struct bs_str take_value(struct bs_arena *arena, struct bs_str *s)
{
	char quote = s->ptr[0];
	struct bs_buf buf = BS_BUF(MARK_MAX);
	struct bs_str value;
	size_t i = 1;

	if (quote != '"' && quote != '\'' && quote != '`') {
		for (i = 0; i < s->len && strchr(" \t\r\n", s->ptr[i]) == NULL; i++)
			;
		value = bs_str_sub(*s, 0, i);
		*s = bs_str_sub(*s, i, SIZE_MAX);
		return value;
	}
	for (; i < s->len && s->ptr[i] != quote; i++) {
		if (quote != '`' && s->ptr[i] == '\\' && i + 1 < s->len && strchr("\"'\\", s->ptr[i + 1]) != NULL)
			i++;
		bs_buf_putc(&buf, s->ptr[i] == '\n' ? ' ' : s->ptr[i]);
	}
	*s = bs_str_sub(*s, i + 1, SIZE_MAX);
	value = bs_arena_copy(arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return value;
}

static void read_params(struct bs_arena *arena, struct bs_str s, struct bs_mark *mark)
{
	for (skip_space(&s); s.len > 0 && mark->param_count < BS_MAX_PARAMS; skip_space(&s)) {
		struct bs_param *param = &mark->params[mark->param_count];
		size_t n = 0;

		if (s.ptr[0] == '|' || s.ptr[0] == ',') { /* Liquid's filters and commas say nothing here */
			s = bs_str_sub(s, 1, SIZE_MAX);
			continue;
		}
		while (n < s.len && is_name_byte(s.ptr[n]) && s.ptr[n] != '/')
			n++;
		if (n > 0 && n < s.len && s.ptr[n] == '=') {
			param->name = bs_str_sub(s, 0, n);
			s = bs_str_sub(s, n + 1, SIZE_MAX);
			if (s.len == 0)
				break;
		}
		param->value = take_value(arena, &s);
		mark->param_count++;
	}
}

/* What stands between the braces. */
static struct bs_mark *read_mark(struct bs_arena *arena, enum bs_shortcode_kind kind, struct bs_str inner)
{
	struct bs_mark *mark = BS_NEW(arena, struct bs_mark);
	size_t n = 0;

	mark->kind = kind;
	skip_space(&inner);
	if (inner.len > 0 && inner.ptr[inner.len - 1] == '/') /* closes itself */
		inner.len--;
	if (kind == BS_MARK_OUTPUT) {
		read_params(arena, inner, mark);
		return mark;
	}
	if (inner.len > 0 && inner.ptr[0] == '/') {
		mark->closing = true;
		inner = bs_str_sub(inner, 1, SIZE_MAX);
		skip_space(&inner);
	}
	while (n < inner.len && is_name_byte(inner.ptr[n]))
		n++;
	mark->name = bs_str_sub(inner, 0, n);
	if (kind == BS_MARK_TAG && bs_str_starts(mark->name, BS_STR("end")) && mark->name.len > 3) {
		mark->closing = true;
		mark->name = bs_str_sub(mark->name, 3, SIZE_MAX);
	}
	read_params(arena, bs_str_sub(inner, n, SIZE_MAX), mark);
	return mark;
}

/* Hugo's way to show a shortcode: it stands as it would without the stars, also where Markdown takes "<" for a tag. */
static struct bs_str shown(struct bs_arena *arena, struct bs_str open, struct bs_str inner, struct bs_str close, bool in_code)
{
	struct bs_str s = bs_str_trim(inner);

	if (s.len < 4 || !bs_str_starts(s, BS_STR("/*")) || !bs_str_ends(s, BS_STR("*/")))
		return (struct bs_str){ 0 };
	return bs_arena_join(arena, (struct bs_str[]){ bs_str_sub(open, 0, 2), in_code || open.ptr[2] != '<' ? BS_STR("") : BS_STR("\\"),
	                     bs_str_sub(open, 2, 1), bs_str_sub(s, 2, s.len - 4), close }, 5, BS_STR(""));
}

/* The offset behind the braces that close what begins at `at` (behind its own), quotes heeded; SIZE_MAX: never. */
static size_t find_end(struct bs_str text, size_t at, struct bs_str close)
{
	size_t stop = text.len - at > MARK_MAX ? at + MARK_MAX : text.len;
	size_t plain = bs_str_find(bs_str_sub(text, 0, stop), close, at);
	char quote = '\0';

	if (plain == SIZE_MAX)
		return SIZE_MAX;
	for (size_t i = at; i < stop; i++) {
		char c = text.ptr[i];

		if (quote == '\0' && bs_str_eq(bs_str_sub(text, i, close.len), close))
			return i + close.len;
		if (quote != '\0' && c == '\\')
			i++;
		else if (quote != '\0' ? c == quote : c == '"' || c == '`')
			quote = quote != '\0' ? '\0' : c;
	}
	return plain + close.len; /* a quote that nobody closed */
}

static int line_at(struct finder *f, size_t at)
{
	for (; f->counted < at; f->counted++)
		f->line += f->text.ptr[f->counted] == '\n';
	return f->line;
}

static void add_found(struct finder *f, struct found item)
{
	BS_GROW(f->arena, f->items, f->count, f->room, 16);
	f->items[f->count++] = item;
}

static const struct opening {
	struct bs_str open, close;
	int kind;
} openings[] = {
	{ BS_STR_INIT("{{<"), BS_STR_INIT(">}}"), BS_MARK_SHORTCODE },
	{ BS_STR_INIT("{{%"), BS_STR_INIT("%}}"), BS_MARK_SHORTCODE },
	{ BS_STR_INIT("{{"), BS_STR_INIT("}}"), BS_MARK_OUTPUT },
	{ BS_STR_INIT("{%"), BS_STR_INIT("%}"), BS_MARK_TAG },
};

/* Whether `at` is in a fenced block or between backticks of its line: program text, which may hold braces of its own. */
struct code {
	bool fenced;
	char fence;
	size_t seen; /* the text is looked through up to here, whole lines */
};

static bool is_fence(struct bs_str line, char *fence)
{
	struct bs_str s = bs_str_trim(line);

	if (!bs_str_starts(s, BS_STR("```")) && !bs_str_starts(s, BS_STR("~~~")))
		return false;
	*fence = s.ptr[0];
	return true;
}

static bool in_code(struct code *code, struct bs_str text, size_t at)
{
	size_t ticks = 0;

	for (;;) {
		size_t end = bs_str_find_byte(text, '\n', code->seen);
		char fence;

		if (end == SIZE_MAX || end >= at)
			break;
		if (is_fence(bs_str_sub(text, code->seen, end - code->seen), &fence) &&
		    (!code->fenced || fence == code->fence)) {
			code->fenced = !code->fenced;
			code->fence = fence;
		}
		code->seen = end + 1;
	}
	for (size_t i = code->seen; i < at; i++)
		ticks += text.ptr[i] == '`';
	return code->fenced || ticks % 2 == 1;
}

/* The mark at `at`, where a brace stands; false when it is none. */
static bool find_mark(struct finder *f, struct code *code, size_t at, struct found *out)
{
	for (size_t i = 0; i < BS_COUNT(openings); i++) {
		const struct opening *o = &openings[i];
		struct bs_str inner;
		size_t end;

		if (!bs_str_eq(bs_str_sub(f->text, at, o->open.len), o->open))
			continue;
		end = find_end(f->text, at + o->open.len, o->close);
		if (end == SIZE_MAX)
			continue;
		*out = (struct found){ .start = at, .end = end, .pair = SIZE_MAX, .line = line_at(f, at) };
		out->in_code = o->kind != BS_MARK_SHORTCODE && in_code(code, f->text, at);
		inner = bs_str_sub(f->text, at + o->open.len, end - at - o->open.len - o->close.len);
		out->mark = read_mark(f->arena, (enum bs_shortcode_kind)o->kind, inner);
		if (o->kind == BS_MARK_SHORTCODE)
			out->mark->literal = shown(f->arena, o->open, inner, o->close, in_code(code, f->text, at));
		return true;
	}
	return false;
}

/* {% raw %} means what stands in it: nothing there is a mark. */
static bool begins_raw(const struct bs_mark *mark)
{
	return mark->kind == BS_MARK_TAG && !mark->closing && bs_str_eq(mark->name, BS_STR("raw"));
}

static enum bs_rc find_marks(struct finder *f, struct bs_remarks *remarks, struct bs_err *err)
{
	struct code code = { 0 };
	bool raw = false;

	for (size_t at = bs_str_find_byte(f->text, '{', 0); at != SIZE_MAX; at = bs_str_find_byte(f->text, '{', at)) {
		struct found found;

		if (!find_mark(f, &code, at, &found)) {
			at++;
			continue;
		}
		at = found.end;
		if (found.in_code || (raw && !(found.mark->closing && bs_str_eq(found.mark->name, BS_STR("raw")))))
			continue;
		raw = begins_raw(found.mark);
		if (f->count == BS_MAX_SHORTCODES)
			return bs_refuse(remarks, found.line, err, BS_LIMIT, "more than %d shortcodes",
			                 BS_MAX_SHORTCODES);
		add_found(f, found);
	}
	return BS_OK;
}

static void match_ends(struct finder *f)
{
	size_t open[OPEN_MAX], depth = 0;

	for (size_t i = 0; i < f->count; i++) {
		size_t back = depth;

		if (f->items[i].mark->literal.len > 0)
			continue;
		if (!f->items[i].mark->closing) {
			if (f->items[i].mark->kind != BS_MARK_OUTPUT && depth < OPEN_MAX)
				open[depth++] = i;
			continue;
		}
		while (back > 0 && !bs_str_eq(f->items[open[back - 1]].mark->name, f->items[i].mark->name))
			back--;
		if (back > 0) {
			f->items[open[back - 1]].pair = i;
			depth = back - 1; /* those between have no end */
		}
	}
}

/* --- writing --- */

struct writer {
	const struct finder *found;
	struct bs_arena *arena;
	const struct bs_references *refs;
	struct bs_remarks *remarks;
};

static void write_range(const struct writer *w, struct bs_buf *out, size_t from, size_t to, size_t first, size_t last,
                        int depth);

/* The mark `i`, its inside first. Returns the index behind it. */
static size_t write_mark(const struct writer *w, struct bs_buf *out, size_t i, int depth)
{
	const struct found *mark = &w->found->items[i], *end;
	struct bs_saying saying = {
		.arena = w->arena, .out = out, .refs = w->refs, .remarks = w->remarks, .line = mark->line
	};
	struct bs_buf inner = BS_BUF(BS_MAX_DOCUMENT);
	struct bs_str inside;

	if (mark->pair == SIZE_MAX || depth > BS_MAX_SHORTCODE_DEPTH) {
		bs_mark_say(&saying, mark->mark, NULL);
		return i + 1;
	}
	end = &w->found->items[mark->pair];
	write_range(w, &inner, mark->end, end->start, i + 1, mark->pair, depth + 1);
	inside = bs_arena_copy(w->arena, bs_buf_str(&inner));
	bs_buf_free(&inner);
	bs_mark_say(&saying, mark->mark, &inside);
	return mark->pair + 1;
}

static void write_range(const struct writer *w, struct bs_buf *out, size_t from, size_t to, size_t first, size_t last,
                        int depth)
{
	for (size_t i = first; i < last;) {
		const struct found *mark = &w->found->items[i];
		size_t next;

		bs_buf_put(out, bs_str_sub(w->found->text, from, mark->start - from));
		next = write_mark(w, out, i, depth);
		from = w->found->items[next - 1].end;
		i = next;
	}
	bs_buf_put(out, bs_str_sub(w->found->text, from, to - from));
}

/* --- kramdown --- */

/* "{: .class #id}" and "{:toc}" alone on a line, or at the end of one; "{#id}" behind a heading. */
static size_t attribute_list(struct bs_str line)
{
	struct bs_str s = line;
	size_t open = SIZE_MAX;

	while (s.len > 0 && strchr(" \t\r", s.ptr[s.len - 1]) != NULL)
		s.len--;
	if (s.len < 3 || s.ptr[s.len - 1] != '}')
		return SIZE_MAX;
	for (size_t i = s.len - 1; i > 0 && s.len - i < 200; i--) {
		if (s.ptr[i - 1] == '{') {
			open = i - 1;
			break;
		}
	}
	if (open == SIZE_MAX || (s.ptr[open + 1] != ':' && !(s.ptr[open + 1] == '#' && s.ptr[0] == '#')))
		return SIZE_MAX;
	return open;
}

static struct bs_str without_attributes(struct bs_arena *arena, struct bs_str text)
{
	struct bs_buf out = BS_BUF(BS_MAX_DOCUMENT);
	struct bs_str rest = text, line;
	struct code code = { 0 };

	if (bs_str_find(text, BS_STR("{:"), 0) == SIZE_MAX && bs_str_find(text, BS_STR("{#"), 0) == SIZE_MAX)
		return text;
	while (bs_str_split(&rest, '\n', &line)) {
		size_t at = attribute_list(line);

		if (at != SIZE_MAX && in_code(&code, text, (size_t)(line.ptr - text.ptr) + at))
			at = SIZE_MAX;
		bs_buf_put(&out, bs_str_sub(line, 0, at));
		if (rest.ptr != NULL)
			bs_buf_putc(&out, '\n');
	}
	text = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return text;
}

enum bs_rc bs_shortcodes_resolve(struct bs_arena *arena, struct bs_str text, int first_line,
                                 const struct bs_references *refs, struct bs_str *out, struct bs_remarks *remarks,
                                 struct bs_err *err)
{
	struct finder found = { .arena = arena, .text = text, .line = first_line };
	struct writer writer = { .found = &found, .arena = arena, .refs = refs, .remarks = remarks };
	struct bs_buf buf = BS_BUF(BS_MAX_DOCUMENT);
	enum bs_rc rc;

	*out = without_attributes(arena, text);
	found.text = *out;
	if (bs_str_find(*out, BS_STR("{{"), 0) == SIZE_MAX && bs_str_find(*out, BS_STR("{%"), 0) == SIZE_MAX)
		return BS_OK;
	rc = find_marks(&found, remarks, err);
	if (rc != BS_OK || found.count == 0)
		return rc;
	match_ends(&found);
	write_range(&writer, &buf, 0, found.text.len, 0, found.count, 0);
	rc = bs_buf_check(&buf, "the text with its shortcodes resolved", err);
	if (rc == BS_OK)
		*out = bs_arena_copy(arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return rc;
}
