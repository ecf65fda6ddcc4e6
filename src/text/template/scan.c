/* scan.c - finding the tags of a template; see parts.h.
 *
 * One pass from front to back. Delimiters may change on the way; sections nest, and each closing tag is matched here, so
 * that the later steps meet well-formed nesting only. Whether a tag stands alone on its line is looked at here and used
 * in compile.c. */
#include "text/template/parts.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/limits.h"

struct scan {
	struct bs_arena *arena;
	const struct bs_template_source *source;
	struct bs_str text;
	struct bs_str open, close; /* delimiters */
	struct bs_marks *marks;
	uint32_t opened[BS_MAX_TEMPLATE_DEPTH]; /* marks that wait for their partner */
	uint32_t depth;
	struct bs_place place; /* of the byte at `placed` */
	size_t placed;
	struct bs_err *err;
};

enum bs_rc bs_template_fault(struct bs_err *err, enum bs_rc rc, struct bs_str file, struct bs_place place,
                             const char *fmt, ...)
{
	char text[256];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	return bs_fail(err, rc, BS_FMT ":%u:%u: %s", BS_ARG(file), place.line, place.column, text);
}

#define FAULT(scan, mark, ...) \
	bs_template_fault((scan)->err, BS_INVALID, (scan)->source->file, \
	                  (struct bs_place){ (mark)->line, (mark)->column }, __VA_ARGS__)

/* Count lines up to `at`, which never goes back. */
static struct bs_place place_of(struct scan *scan, size_t at)
{
	struct bs_str before = bs_str_sub(scan->text, 0, at);
	size_t broken;

	while ((broken = bs_str_find_byte(before, '\n', scan->placed)) != SIZE_MAX) {
		scan->place.line++;
		scan->place.column = 1;
		scan->placed = broken + 1;
	}
	scan->place.column += (uint32_t)(at - scan->placed);
	scan->placed = at;
	return scan->place;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

/* Where the closing delimiter stands, or `before` when that must be just before it; SIZE_MAX when it is not there. */
static size_t find_close(const struct scan *scan, size_t from, char before)
{
	if (before == '\0')
		return bs_str_find(scan->text, scan->close, from);
	while ((from = bs_str_find_byte(scan->text, before, from)) != SIZE_MAX) {
		if (bs_str_starts(bs_str_sub(scan->text, ++from, SIZE_MAX), scan->close))
			return from - 1;
	}
	return SIZE_MAX;
}

static void look_around(const struct bs_str text, struct bs_mark *mark)
{
	uint32_t at = mark->begin;

	while (at > 0 && (text.ptr[at - 1] == ' ' || text.ptr[at - 1] == '\t'))
		at--;
	mark->starts_line = at == 0 || text.ptr[at - 1] == '\n';
	mark->left = mark->starts_line ? at : mark->begin;

	at = mark->end;
	while (at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t'))
		at++;
	if (at + 1 < text.len && text.ptr[at] == '\r' && text.ptr[at + 1] == '\n')
		at++;
	mark->ends_line = at == text.len || text.ptr[at] == '\n';
	mark->right = !mark->ends_line ? mark->end : at < text.len ? at + 1 : at;
}

static bool has_blank(struct bs_str s)
{
	for (size_t at = 0; at < s.len; at++) {
		if (is_blank(s.ptr[at]))
			return true;
	}
	return false;
}

static enum bs_rc set_delimiters(struct scan *scan, const struct bs_mark *mark)
{
	struct bs_str rest = mark->name;
	size_t first = 0;

	while (first < rest.len && !is_blank(rest.ptr[first]))
		first++;
	scan->open = bs_str_sub(rest, 0, first);
	scan->close = bs_str_trim(bs_str_sub(rest, first, SIZE_MAX));
	if (scan->open.len == 0 || scan->close.len == 0 || has_blank(scan->close) ||
	    bs_str_find_byte(rest, '=', 0) != SIZE_MAX)
		return FAULT(scan, mark, "bad delimiters '" BS_FMT "'; give two without '=', as in {{=<%% %%>=}}", BS_ARG(rest));
	return BS_OK;
}

static enum bs_rc push_open(struct scan *scan, const struct bs_mark *mark)
{
	if (scan->depth == BS_MAX_TEMPLATE_DEPTH)
		return FAULT(scan, mark, "'" BS_FMT "' is nested more than %d deep; move an inner part into a partial",
		             BS_ARG(mark->name), BS_MAX_TEMPLATE_DEPTH);
	scan->opened[scan->depth++] = scan->marks->count - 1;
	return BS_OK;
}

static enum bs_rc pop_close(struct scan *scan, struct bs_mark *mark)
{
	struct bs_mark *open;

	if (scan->depth == 0)
		return FAULT(scan, mark, "'/" BS_FMT "' closes a section that was never opened; delete it", BS_ARG(mark->name));
	mark->partner = scan->opened[--scan->depth];
	open = &scan->marks->list[mark->partner];
	if (open->dynamic && bs_str_starts(mark->name, BS_STR("*")))
		mark->name = bs_str_trim(bs_str_sub(mark->name, 1, SIZE_MAX));
	if (!bs_str_eq(open->name, mark->name))
		return FAULT(scan, mark, "'/" BS_FMT "' where '" BS_FMT "' (opened at %u:%u) should be closed", BS_ARG(mark->name),
		             BS_ARG(open->name), open->line, open->column);
	open->partner = scan->marks->count - 1;
	return BS_OK;
}

static enum bs_rc check_mark(struct scan *scan, struct bs_mark *mark, char sigil)
{
	if (sigil == '!')
		return BS_OK;
	if (sigil == '=')
		return set_delimiters(scan, mark);
	if ((sigil == '>' || sigil == '<') && bs_str_starts(mark->name, BS_STR("*"))) {
		mark->dynamic = true;
		mark->name = bs_str_trim(bs_str_sub(mark->name, 1, SIZE_MAX));
	}
	if (mark->name.len == 0)
		return FAULT(scan, mark, "a tag without a name; write one, or delete the tag");
	if (has_blank(mark->name))
		return FAULT(scan, mark, "a name has no blanks: '" BS_FMT "'", BS_ARG(mark->name));
	switch (sigil) {
	case '#':
	case '^':
	case '<':
	case '$':
		return push_open(scan, mark);
	case '/':
		return pop_close(scan, mark);
	default:
		return BS_OK;
	}
}

static enum bs_mark_kind kind_of(char sigil)
{
	switch (sigil) {
	case '#':
		return BS_MARK_SECTION;
	case '^':
		return BS_MARK_INVERTED;
	case '/':
		return BS_MARK_CLOSE;
	case '>':
		return BS_MARK_PARTIAL;
	case '<':
		return BS_MARK_PARENT;
	case '$':
		return BS_MARK_BLOCK;
	case '&':
	case '{':
		return BS_MARK_RAW;
	case '!':
	case '=':
		return BS_MARK_SILENT;
	default:
		return BS_MARK_VALUE;
	}
}

static struct bs_mark *mark_add(struct scan *scan)
{
	struct bs_marks *marks = scan->marks;

	BS_GROW(scan->arena, marks->list, marks->count, marks->room, 64);
	return &marks->list[marks->count++];
}

/* The tag whose opening delimiter is at `begin`; *next is behind it. */
static enum bs_rc scan_mark(struct scan *scan, size_t begin, size_t *next)
{
	struct bs_place place = place_of(scan, begin);
	struct bs_mark *mark = mark_add(scan);
	size_t at = begin + scan->open.len, end;
	char sigil, before;

	*mark = (struct bs_mark){ .begin = (uint32_t)begin, .line = place.line, .column = place.column };
	while (at < scan->text.len && is_blank(scan->text.ptr[at]))
		at++;
	sigil = at < scan->text.len ? scan->text.ptr[at] : '\0';
	mark->kind = (uint8_t)kind_of(sigil);
	if (mark->kind != BS_MARK_VALUE)
		at++;
	before = sigil == '=' ? '=' : sigil == '{' ? '}' : '\0';
	end = find_close(scan, at, before);
	if (end == SIZE_MAX)
		return FAULT(scan, mark, "this tag is never closed; write '%s" BS_FMT "' behind it",
		             before == '=' ? "=" : before == '}' ? "}" : "", BS_ARG(scan->close));
	*next = end + (before != 0) + scan->close.len;
	mark->name = bs_str_trim(bs_str_sub(scan->text, at, end - at));
	mark->end = (uint32_t)*next;
	look_around(scan->text, mark);
	return check_mark(scan, mark, sigil);
}

enum bs_rc bs_template_scan(struct bs_arena *arena, const struct bs_template_source *source, struct bs_marks *out,
                            struct bs_err *err)
{
	struct scan scan = { .arena = arena, .source = source, .text = source->text, .open = BS_STR("{{"),
		.close = BS_STR("}}"), .marks = out, .place = { 1, 1 }, .err = err };
	size_t begin, next = 0, fault = bs_str_utf8_fault(source->text);

	*out = (struct bs_marks){ 0 };
	if (source->text.len > BS_MAX_TEMPLATE)
		return bs_fail(err, BS_LIMIT, BS_FMT ": a template of %zu bytes is over the limit of %d; split it into partials",
		               BS_ARG(source->file), source->text.len, BS_MAX_TEMPLATE);
	if (fault != SIZE_MAX)
		return bs_template_fault(err, BS_INVALID, source->file, place_of(&scan, fault),
		                         "not UTF-8; save the template in that encoding");
	while ((begin = bs_str_find(scan.text, scan.open, next)) != SIZE_MAX) {
		enum bs_rc rc = scan_mark(&scan, begin, &next);
		if (rc != BS_OK)
			return rc;
	}
	if (scan.depth > 0) {
		const struct bs_mark *open = &out->list[scan.opened[scan.depth - 1]];
		return FAULT(&scan, open, "'" BS_FMT "' is opened here and never closed; write {{/" BS_FMT "}}",
		             BS_ARG(open->name), BS_ARG(open->name));
	}
	return BS_OK;
}
