/* compile.c - marks to instructions; see parts.h.
 *
 * White space, all of it settled here:
 *   - A section, closing, partial, comment or delimiter tag alone on its line takes the line with it.
 *   - A partial or parent alone on its line (a parent from its opening to its closing tag) indents each line of what it
 *     includes by the blanks before it.
 *   - A block's default content is printed as it is written.
 *   - An argument that starts on a line of its own loses the indentation that all its lines share (`dedent`), and gets
 *     that of the block it fills: the blanks before the block's tag or, where that tag stands alone and has default
 *     content, what the lines of that share. So an argument lines up with what it replaces.
 *   - A block that is opened and closed on one line keeps that line's break.
 *   - An op that begins a line of the template is marked so. For text that is what follows a line break; a tag that
 *     prints nothing hands the mark on to what stands behind it (`line_due`).
 *
 * Every array is allocated once, at the most that the marks could need. */
#include "text/template/parts.h"

#include <stdlib.h>

#include "base/limits.h"

struct compiler {
	struct bs_arena *arena; /* of the template */
	struct bs_symbols *symbols;
	const struct bs_template_source *source;
	const char *text;
	const struct bs_mark *marks;
	struct bs_op *ops;
	struct bs_place *places;
	struct bs_include *includes;
	uint16_t *paths;
	char *blob;
	uint32_t op_count, include_count, path_count, blob_len;
	uint32_t barrier;     /* ops before this one are not to be lengthened: something jumps behind them */
	struct bs_str dedent; /* taken off the start of each line */
	bool line_due;        /* the next op begins a line */
	struct bs_err *err;
	enum bs_rc rc;        /* the first fault, which ends nothing: compiling goes on, and reports it at the end */
};

static void fault(struct compiler *c, const struct bs_mark *mark, enum bs_rc rc, const char *what)
{
	if (c->rc == BS_OK)
		c->rc = bs_template_fault(c->err, rc, c->source->file, (struct bs_place){ mark->line, mark->column },
		                          "'" BS_FMT "': %s", BS_ARG(mark->name), what);
}

static bool begins_line(const struct compiler *c, uint32_t at)
{
	return at == 0 || c->text[at - 1] == '\n';
}

static struct bs_str common_start(struct bs_str a, struct bs_str b)
{
	size_t at = 0;

	while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at])
		at++;
	return bs_str_sub(a, 0, at);
}

/* Without as much of c->dedent as it begins with. */
static struct bs_str dedented(const struct compiler *c, struct bs_str line)
{
	return bs_str_sub(line, common_start(line, c->dedent).len, SIZE_MAX);
}

static struct bs_op *op_add(struct compiler *c, enum bs_op_kind kind, const struct bs_mark *mark)
{
	struct bs_op *op = &c->ops[c->op_count];

	if (mark != NULL)
		c->places[c->op_count] = (struct bs_place){ mark->line, mark->column };
	*op = (struct bs_op){ .kind = (uint8_t)kind, .line = c->line_due };
	c->line_due = false;
	c->op_count++;
	return op;
}

/* --- Text --- */

static void put_bytes(struct compiler *c, struct bs_str bytes)
{
	struct bs_op *last = c->op_count > c->barrier ? &c->ops[c->op_count - 1] : NULL;

	if (bytes.len == 0)
		return;
	if (last == NULL || last->kind != BS_OP_TEXT) {
		last = op_add(c, BS_OP_TEXT, NULL);
		last->at = c->blob_len;
	}
	c->line_due = false;
	memcpy(c->blob + c->blob_len, bytes.ptr, bytes.len);
	c->blob_len += (uint32_t)bytes.len;
	last->end += (uint32_t)bytes.len;
}

/* The text between two tags, line by line. */
static void put_text(struct compiler *c, uint32_t from, uint32_t to)
{
	while (from < to) {
		struct bs_str rest = bs_str_n(c->text + from, to - from);
		size_t broken = bs_str_find_byte(rest, '\n', 0);
		struct bs_str line = bs_str_sub(rest, 0, broken == SIZE_MAX ? rest.len : broken + 1);

		from += (uint32_t)line.len;
		if (begins_line(c, from - (uint32_t)line.len)) {
			c->line_due = true;
			line = dedented(c, line);
		}
		put_bytes(c, line);
	}
}

/* A tag that keeps its line begins it when nothing stands before it. */
static void keep_line(struct compiler *c, uint32_t at)
{
	c->line_due = c->line_due || begins_line(c, at);
}

/* --- Names --- */

static uint16_t intern(struct compiler *c, const struct bs_mark *mark, struct bs_str name)
{
	uint16_t symbol = bs_symbols_intern(c->symbols, name);

	if (symbol == 0)
		fault(c, mark, BS_LIMIT, "one name more than a theme can have; use fewer names");
	return symbol;
}

/* The dotted name of a mark into the op; `rest` is where its further parts are noted. */
static void put_name(struct compiler *c, const struct bs_mark *mark, struct bs_op *op, uint32_t *rest)
{
	struct bs_str names = mark->name, part;

	if (bs_str_eq(names, BS_STR(".")))
		return;
	*rest = c->path_count;
	while (bs_str_split(&names, '.', &part)) {
		uint16_t symbol = intern(c, mark, part);
		if (part.len == 0)
			fault(c, mark, BS_INVALID, "a dot with nothing beside it; write a name on both sides of each dot");
		if (op->parts == 0)
			op->name = symbol;
		else
			c->paths[c->path_count++] = symbol;
		if (op->parts == UINT16_MAX)
			fault(c, mark, BS_INVALID, "a name with too many dots");
		else
			op->parts++;
	}
}

/* --- Tags --- */

static void put_range(struct compiler *c, uint32_t first, uint32_t last, uint32_t from, uint32_t to);

static bool alone(const struct bs_mark *mark)
{
	return mark->starts_line && mark->ends_line;
}

/* A section, from its opening to its closing mark; returns where the text goes on. */
static uint32_t put_section(struct compiler *c, uint32_t at)
{
	const struct bs_mark *open = &c->marks[at], *close = &c->marks[open->partner];
	uint32_t index;

	if (!alone(open))
		keep_line(c, open->begin);
	index = c->op_count;
	struct bs_op *op = op_add(c, open->kind == BS_MARK_SECTION ? BS_OP_SECTION : BS_OP_INVERTED, open);
	put_name(c, open, op, &op->at);
	c->barrier = c->op_count;
	put_range(c, at + 1, open->partner, alone(open) ? open->right : open->end, alone(close) ? close->left : close->begin);
	if (!alone(close)) {
		keep_line(c, close->begin);
		if (c->line_due) /* an op for the line's start, since the section may leave it to nobody */
			op_add(c, BS_OP_TEXT, close);
	}
	c->line_due = false;
	c->ops[index].end = c->barrier = c->op_count;
	return alone(close) ? close->right : close->end;
}

/* The op of a partial, parent or block with its include. `own_line`: indented as a whole by what stands before `mark`. */
static struct bs_include *put_include(struct compiler *c, enum bs_op_kind kind, const struct bs_mark *mark, bool own_line)
{
	struct bs_include *include = &c->includes[c->include_count];
	struct bs_op *op;

	if (!own_line)
		keep_line(c, mark->begin);
	op = op_add(c, kind, mark);
	op->at = c->include_count++;
	include->own_line = own_line;
	if (own_line)
		include->indent = bs_arena_copy(c->arena, dedented(c, bs_str_n(c->text + mark->left, mark->begin - mark->left)));
	if (kind == BS_OP_BLOCK)
		return include;
	include->dynamic = mark->dynamic;
	if (mark->dynamic) {
		put_name(c, mark, op, &include->rest);
	} else {
		include->name = bs_arena_copy(c->arena, mark->name);
		if (!bs_template_name_valid(mark->name))
			fault(c, mark, BS_INVALID, "no template can have this name; use letters, digits, '_', '-', '.' and '/'");
	}
	return include;
}

/* The blanks that every line of a block's content begins with that has anything on it, from … to; false when there is no
 * such line. Lines within a tag (a long comment) are not looked at. */
static bool common_indent(const struct compiler *c, uint32_t open, uint32_t from, uint32_t to, struct bs_str *out)
{
	const struct bs_mark *mark = &c->marks[open + 1]; /* there is one: the closing mark */
	uint32_t start = from; /* of the line */
	bool found = false, blank = true;

	for (uint32_t at = from; at < to;) {
		char byte = c->text[at];
		if (blank && byte != ' ' && byte != '\t' && byte != '\r' && byte != '\n') {
			struct bs_str indent = bs_str_n(c->text + start, at - start);
			*out = found ? common_start(*out, indent) : indent;
			found = true;
			blank = false;
		}
		if (at == mark->begin) {
			at = mark++->end;
			continue;
		}
		at++;
		if (byte == '\n') {
			start = at;
			blank = true;
		}
	}
	return found;
}

/* A block inside a parent tag: the content that goes into the parent's block of this name. */
static void put_argument(struct compiler *c, uint32_t at)
{
	const struct bs_mark *open = &c->marks[at], *close = &c->marks[open->partner];
	uint32_t from = open->ends_line ? open->right : open->end, index = c->op_count;
	struct bs_str outer = c->dedent;

	op_add(c, BS_OP_ARG, open)->name = intern(c, open, open->name);
	if (open->ends_line)
		(void)common_indent(c, at, from, close->left, &c->dedent);
	c->barrier = c->op_count;
	c->line_due = !open->ends_line; /* where it is shown as lines of its own, its start begins one */
	put_range(c, at + 1, open->partner, from, close->left);
	c->line_due = false;
	c->dedent = outer;
	c->ops[index].end = c->barrier = c->op_count;
}

/* A parent and the arguments within; all else between its tags counts as a comment. */
static uint32_t put_parent(struct compiler *c, uint32_t at)
{
	const struct bs_mark *open = &c->marks[at], *close = &c->marks[open->partner];
	bool own_line = open->starts_line && close->ends_line;
	uint32_t index;

	(void)put_include(c, BS_OP_PARENT, open, own_line);
	index = c->op_count - 1;
	for (uint32_t inner = at + 1; inner < open->partner; inner++) {
		if (c->marks[inner].kind == BS_MARK_BLOCK)
			put_argument(c, inner);
		if (c->marks[inner].partner > inner)
			inner = c->marks[inner].partner;
	}
	c->ops[index].end = c->barrier = c->op_count;
	return own_line ? close->right : close->end;
}

/* A block anywhere else: a place that an argument may fill, with its default content, printed as it is written. */
static uint32_t put_block(struct compiler *c, uint32_t at)
{
	const struct bs_mark *open = &c->marks[at], *close = &c->marks[open->partner];
	bool own_line = open->starts_line && (open->ends_line || close->ends_line);
	uint32_t from = alone(open) ? open->right : open->end, index;
	struct bs_include *include = put_include(c, BS_OP_BLOCK, open, own_line);
	struct bs_str shared;

	index = c->op_count - 1;
	c->ops[index].name = intern(c, open, open->name);
	if (alone(open) && common_indent(c, at, from, close->left, &shared))
		include->indent = bs_arena_copy(c->arena, dedented(c, shared));
	c->barrier = c->op_count;
	if (own_line && !alone(open) && from < close->left) {
		put_text(c, open->left, open->begin);
		keep_line(c, open->begin);
	}
	put_range(c, at + 1, open->partner, from, close->left);
	c->line_due = false;
	c->ops[index].end = c->barrier = c->op_count;
	if (alone(close))
		return close->right;
	put_text(c, close->left, close->begin);
	keep_line(c, close->begin);
	return close->end;
}

static uint32_t put_partial(struct compiler *c, const struct bs_mark *mark)
{
	(void)put_include(c, BS_OP_PARTIAL, mark, alone(mark));
	return alone(mark) ? mark->right : mark->end;
}

static uint32_t put_value(struct compiler *c, const struct bs_mark *mark)
{
	struct bs_op *op;

	keep_line(c, mark->begin);
	op = op_add(c, mark->kind == BS_MARK_VALUE ? BS_OP_VALUE : BS_OP_RAW, mark);
	put_name(c, mark, op, &op->at);
	return mark->end;
}

/* Whether the tag takes the blanks before it along, as indentation or with its whole line. */
static bool takes_left(const struct compiler *c, const struct bs_mark *mark)
{
	switch ((enum bs_mark_kind)mark->kind) {
	case BS_MARK_VALUE:
	case BS_MARK_RAW:
		return false;
	case BS_MARK_PARENT:
		return mark->starts_line && c->marks[mark->partner].ends_line;
	case BS_MARK_BLOCK:
		return mark->starts_line && (mark->ends_line || c->marks[mark->partner].ends_line);
	default:
		return alone(mark);
	}
}

/* One tag, with all that it encloses; returns where the text goes on. */
static uint32_t put_mark(struct compiler *c, uint32_t at)
{
	const struct bs_mark *mark = &c->marks[at];

	switch ((enum bs_mark_kind)mark->kind) {
	case BS_MARK_VALUE:
	case BS_MARK_RAW:
		return put_value(c, mark);
	case BS_MARK_SECTION:
	case BS_MARK_INVERTED:
		return put_section(c, at);
	case BS_MARK_PARTIAL:
		return put_partial(c, mark);
	case BS_MARK_PARENT:
		return put_parent(c, at);
	case BS_MARK_BLOCK:
		return put_block(c, at);
	case BS_MARK_SILENT:
	case BS_MARK_CLOSE: /* met by what it closes, never here */
		break;
	}
	if (alone(mark))
		return mark->right;
	keep_line(c, mark->begin);
	return mark->end;
}

/* The marks first … last - 1 and the text around them, from … to. */
static void put_range(struct compiler *c, uint32_t first, uint32_t last, uint32_t from, uint32_t to)
{
	for (uint32_t at = first; at < last; at++) {
		const struct bs_mark *mark = &c->marks[at];
		put_text(c, from, takes_left(c, mark) ? mark->left : mark->begin);
		from = put_mark(c, at);
		if (mark->partner > at)
			at = mark->partner;
	}
	put_text(c, from, to);
}

/* --- The whole --- */

static void make_arrays(struct compiler *c, struct bs_arena *scratch, const struct bs_marks *marks, size_t len)
{
	size_t dots = 0;

	for (uint32_t at = 0; at < marks->count; at++) {
		for (size_t byte = 0; byte < marks->list[at].name.len; byte++)
			dots += marks->list[at].name.ptr[byte] == '.';
	}
	/* Each mark makes at most its own op and texts before, behind, and for the start of its line. */
	c->ops = BS_ARRAY(scratch, 4 * (size_t)marks->count + 1, struct bs_op);
	c->places = BS_ARRAY(scratch, 4 * (size_t)marks->count + 1, struct bs_place);
	c->includes = BS_ARRAY(c->arena, marks->count, struct bs_include);
	c->paths = BS_ARRAY(c->arena, dots, uint16_t);
	c->blob = bs_arena_alloc(c->arena, len);
}

static void *keep(struct bs_arena *arena, const void *array, size_t count, size_t size)
{
	void *copy = bs_arena_array(arena, count, size);

	if (count > 0)
		memcpy(copy, array, count * size);
	return copy;
}

enum bs_rc bs_template_compile(struct bs_arena *arena, struct bs_symbols *symbols,
                               const struct bs_template_source *source, struct bs_template *out, struct bs_err *err)
{
	struct bs_arena *scratch = bs_arena_new();
	struct compiler c = { .arena = arena, .symbols = symbols, .source = source, .text = source->text.ptr, .err = err };
	struct bs_marks marks;

	c.rc = bs_template_scan(scratch, source, &marks, err);
	if (c.rc != BS_OK)
		goto done;
	make_arrays(&c, scratch, &marks, source->text.len);
	c.marks = marks.list;
	put_range(&c, 0, marks.count, 0, (uint32_t)source->text.len);
	out->file = bs_arena_copy(arena, source->file);
	out->blob = c.blob;
	out->paths = c.paths;
	out->includes = c.includes;
	out->include_count = c.include_count;
	out->op_count = c.op_count;
	out->ops = keep(arena, c.ops, c.op_count, sizeof(*c.ops));
	out->places = keep(arena, c.places, c.op_count, sizeof(*c.places));
done:
	bs_arena_free(&scratch);
	return c.rc;
}
