/* guard.c - Markdown that would take the parser out of all measure; see guard.h.
 *
 * What the parser's time multiplies is bounded by an empty line, so the text is looked at run by run: lines without an empty one
 * between them. */
#include "text/markdown/guard.h"

enum {
	HARMLESS = 8 * 1024, /* bytes in which only a table can do harm */
	OPEN = 64,           /* tags of a kind, pictures of a run that nothing closes */
	PICTURES = 2000,
	MARKERS = 250,       /* quotations and lists within each other on one line */
	CELLS = 100000,      /* of a table; over BS_MAX_PASSAGES by far */
	COLUMNS = 1000,
	CLOSINGS = 500,      /* parentheses in one word */
	EXPANSION = 128 * 1024 * 1024, /* bytes, were each bracket a use of the longest definition */
};

/* Comment-like tags: where each begins, how it ends. */
static const struct { struct bs_str open, close; } tags[] = {
	{ BS_STR_INIT("<?"), BS_STR_INIT("?>") },
	{ BS_STR_INIT("<![CDATA["), BS_STR_INIT("]]>") },
	{ BS_STR_INIT("<!"), BS_STR_INIT(">") },
};

struct guard {
	struct bs_str text;
	struct bs_buf out;
	size_t done;     /* bytes of text that are in out */
	size_t brackets; /* that close, in the whole text */
	struct guarded result;
};

static bool is_blank(struct bs_str line)
{
	return bs_str_trim(line).len == 0;
}

/* Leave what stands at `at` for text. */
static void escape(struct guard *g, size_t at)
{
	bs_buf_put(&g->out, bs_str_sub(g->text, g->done, at - g->done));
	bs_buf_putc(&g->out, '\\');
	g->done = at;
}

static void leave_out(struct guard *g, size_t from, size_t to)
{
	bs_buf_put(&g->out, bs_str_sub(g->text, g->done, from - g->done));
	g->done = to;
}

/* --- tables --- */

/* A table has no more cells than its lines times the strokes of the longest. */
static void check_table(struct guard *g, struct bs_str run)
{
	struct bs_str line;
	size_t lines = 0, columns = 0;

	while (bs_str_split(&run, '\n', &line)) {
		size_t strokes = 1;

		for (size_t at = bs_str_find_byte(line, '|', 0); at != SIZE_MAX; at = bs_str_find_byte(line, '|', at + 1))
			strokes++;
		columns = strokes > columns ? strokes : columns;
		lines++;
	}
	g->result.tables = g->result.tables && columns <= COLUMNS && (columns < 3 || columns * lines <= CELLS);
}

/* --- tags and pictures that nothing closes --- */

static size_t count_of(struct bs_str s, struct bs_str what)
{
	size_t count = 0;

	for (size_t at = bs_str_find(s, what, 0); at != SIZE_MAX; at = bs_str_find(s, what, at + what.len))
		count++;
	return count;
}

/* The first place from which on tags of the kind are not closed any more; run.len when all are. */
static size_t first_unclosed(struct bs_str run, struct bs_str open, struct bs_str close)
{
	size_t at = bs_str_find(run, open, 0), end;

	while (at != SIZE_MAX) {
		end = bs_str_find(run, close, at + open.len);
		if (end == SIZE_MAX)
			return at;
		at = bs_str_find(run, open, end);
	}
	return run.len;
}

/* From these places of the run on, tags and pictures are to be text. */
static void escape_from(struct guard *g, size_t start, struct bs_str run, size_t tag, size_t picture)
{
	for (size_t at = 0; at + 1 < run.len; at++) {
		char next = run.ptr[at + 1];

		if ((at >= tag && run.ptr[at] == '<' && (next == '?' || next == '!')) ||
		    (at >= picture && run.ptr[at] == '!' && next == '['))
			escape(g, start + at);
	}
}

static bool check_unclosed(struct guard *g, size_t start, struct bs_str run)
{
	size_t tag = run.len, picture = count_of(run, BS_STR("![")) > PICTURES ? 0 : run.len;

	for (size_t i = 0; i < BS_COUNT(tags); i++) {
		size_t first = first_unclosed(run, tags[i].open, tags[i].close);

		if (first < tag && count_of(bs_str_sub(run, first, SIZE_MAX), tags[i].open) > OPEN)
			tag = first;
	}
	if (tag == run.len && picture == run.len)
		return false;
	escape_from(g, start, run, tag, picture);
	return true;
}

/* --- quotations and lists within each other --- */

static size_t behind_markers(struct bs_str line, size_t most)
{
	size_t count = 0, at = 0;

	for (; at < line.len && count < most && strchr(" \t>-+*", line.ptr[at]) != NULL; at++)
		count += line.ptr[at] == '>' || (line.ptr[at] != ' ' && line.ptr[at] != '\t' && at + 1 < line.len && line.ptr[at + 1] == ' ');
	return at;
}

static bool check_markers(struct guard *g, size_t start, struct bs_str run)
{
	struct bs_str rest = run, line;
	size_t done = g->done;

	while (bs_str_split(&rest, '\n', &line)) {
		size_t most = behind_markers(line, MARKERS), at = start + (size_t)(line.ptr - run.ptr), all;

		if (most >= MARKERS && (all = behind_markers(line, SIZE_MAX)) > most)
			leave_out(g, at + most, at + all);
	}
	return g->done > done;
}

/* --- parentheses behind an address --- */

static void check_words(struct guard *g, struct bs_str run)
{
	size_t closings = 0;

	for (size_t at = 0; at < run.len && g->result.addresses; at++) {
		if (run.ptr[at] == ' ' || run.ptr[at] == '\n')
			closings = 0;
		else if (run.ptr[at] == ')' && ++closings > CLOSINGS)
			g->result.addresses = false;
	}
}

/* --- definitions --- */

static bool begins_definition(struct bs_str line)
{
	struct bs_str s = bs_str_trim(line);

	return s.len > 3 && s.ptr[0] == '[' && bs_str_find(s, BS_STR("]:"), 0) != SIZE_MAX;
}

/* As long as the whole run a definition may be, with its title. */
static bool check_definitions(struct guard *g, size_t start, struct bs_str run)
{
	struct bs_str rest = run, line;

	size_t done = g->done;

	if (run.len * g->brackets <= EXPANSION)
		return false;
	while (bs_str_split(&rest, '\n', &line)) {
		if (begins_definition(line))
			escape(g, start + (size_t)(bs_str_trim(line).ptr - run.ptr));
	}
	return g->done > done;
}

/* --- the whole --- */

static void check_run(struct guard *g, size_t start, struct bs_str run)
{
	check_table(g, run);
	if (g->text.len <= HARMLESS)
		return;
	check_words(g, run);
	/* The text is written in order: one remedy for a run, and whatever else is in it loses its means with it. */
	if (!check_markers(g, start, run) && !check_unclosed(g, start, run))
		(void)check_definitions(g, start, run);
}

struct guarded guard_markdown(struct bs_arena *arena, struct bs_str text)
{
	struct guard g = { .text = text, .out = BS_BUF(text.len * 2), .result = { text, true, true } };
	struct bs_str rest = text, line;
	size_t start = SIZE_MAX;

	if (text.len <= HARMLESS && bs_str_find_byte(text, '|', 0) == SIZE_MAX)
		return g.result;
	g.brackets = text.len > HARMLESS ? count_of(text, BS_STR("]")) : 0;
	while (bs_str_split(&rest, '\n', &line)) {
		size_t at = (size_t)(line.ptr - text.ptr);
		bool last = rest.ptr == NULL, blank = is_blank(line);

		if (!blank && start == SIZE_MAX)
			start = at;
		if ((blank || last) && start != SIZE_MAX) {
			check_run(&g, start, bs_str_sub(text, start, (blank ? at : text.len) - start));
			start = SIZE_MAX;
		}
	}
	if (g.done > 0) {
		bs_buf_put(&g.out, bs_str_sub(text, g.done, SIZE_MAX));
		g.result.text = bs_arena_copy(arena, bs_buf_str(&g.out));
	}
	bs_buf_free(&g.out);
	return g.result;
}
