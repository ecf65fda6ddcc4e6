/* write.c - blocks become Markdown; see bs_body_markdown in markdown.h.
 *
 * The blocks fall into groups, one for each element of the body's own level. A group is written as Markdown where every part of it
 * has a form there, else as HTML. Then the whole is read again: where a block comes out different, its group goes over to
 * HTML, and in the end all of it; so what was written always reads back the same, whatever some rule of Markdown makes of
 * some text. A body that not even its HTML gives back, one that a reader would not have made, is written as what that reads as. */
#include <stdio.h>

#include "base/limits.h"
#include "text/markdown.h"
#include "text/markdown/inline.h"
#include "text/markdown/title.h"
#include "text/markup.h"
#include "text/story/tokens.h"

enum { DEPTH = PATH_DEPTH + 4, ROUNDS = 12 };

struct group {
	size_t from, to; /* blocks */
	bool html;
};

struct level {
	enum part part;
	size_t number;  /* of a list: of its newest item */
	bool marker;    /* of an item: its marker is still to be written */
	size_t indent;  /* of an item: the width of its marker */
};

struct writer {
	struct bs_arena *arena;
	struct bs_buf *buf;
	const struct bs_body *body;
	struct group *groups;
	size_t group_count;
	bool notes; /* notes are written as Markdown */
	struct level levels[DEPTH];
	size_t depth;
	struct bs_body again; /* what was written, read back; empty when it could not be read */
};

struct path {
	enum part parts[DEPTH];
	bool fresh[DEPTH];
	size_t count;
};

static struct path path_of(const struct bs_block *block)
{
	struct bs_str rest = block->path;
	struct path path = { 0 };

	while (path.count < DEPTH - 1 && path_next(&rest, &path.parts[path.count], &path.fresh[path.count]))
		path.count++;
	return path;
}

static bool has_tags(struct bs_str markup)
{
	return bs_str_find_byte(markup, '<', 0) != SIZE_MAX;
}

/* --- What Markdown has a form for --- */

/* All of the block's attributes are among those named? */
static bool has_only(struct bs_str attrs, const char *const *keys, size_t count)
{
	struct bs_str pair;

	while (attrs.len > 0 && bs_str_split(&attrs, ' ', &pair)) {
		struct bs_str key = bs_str_sub(pair, 0, bs_str_find_byte(pair, '=', 0));
		bool known = false;
		for (size_t i = 0; i < count; i++)
			known |= bs_str_eq(key, bs_str_c(keys[i]));
		if (!known)
			return false;
	}
	return true;
}

static bool is_figure_block(const struct writer *w, const struct group *group, size_t at)
{
	static const char *const keys[] = { "href", "src" };
	const struct bs_block *block = &w->body->blocks[at];
	const struct bs_block *next = at + 1 < group->to ? &w->body->blocks[at + 1] : NULL;

	if (has_tags(block->markup))
		return false;
	if (!bs_block_is_picture(block))
		return block->attrs.len == 0;
	/* A second picture in one figure has no form. */
	if (next != NULL && bs_str_ends(next->path, BS_STR("figure/img")) && !bs_str_ends(next->path, BS_STR("figure+/img")))
		return false;
	return has_only(block->attrs, keys, BS_COUNT(keys));
}

static bool is_markdown_block(const struct writer *w, const struct group *group, size_t at)
{
	static const char *const keys[] = { "start", "code" }, *const note[] = { "id" };
	const struct bs_block *block = &w->body->blocks[at];
	struct path path = path_of(block);
	size_t from = path.parts[0] == PART_FOOTNOTES ? 1 : 0, depth = path.count - 1;
	enum part leaf = path.parts[depth];

	if (leaf == PART_IMG || leaf == PART_FIGCAPTION || leaf == PART_CREDIT) {
		if (depth == 0 || path.parts[--depth] != PART_FIGURE || !is_figure_block(w, group, at))
			return false;
	} else if (!has_only(block->attrs, keys, BS_COUNT(keys)) && !(from == 1 && has_only(block->attrs, note, 1))) {
		return false;
	} else if (leaf == PART_PRE ? bs_attrs_get(block->attrs, BS_STR("code")).ptr == NULL || has_tags(block->markup)
	                            : leaf > PART_H6 && leaf != PART_HR && leaf != PART_LI) {
		return false;
	}
	for (size_t i = from; i < depth; i++) {
		if (path.parts[i] != PART_BLOCKQUOTE && path.parts[i] != PART_UL && path.parts[i] != PART_OL && path.parts[i] != PART_LI)
			return false;
	}
	return true;
}

static bool is_table(const struct writer *w, const struct group *group)
{
	static const char *const keys[] = { "align" };

	for (size_t i = group->from; i < group->to; i++) {
		const struct bs_block *block = &w->body->blocks[i];
		struct path path = path_of(block);
		if (path.count != 3 || path.parts[1] != PART_TR || !has_only(block->attrs, keys, 1))
			return false;
	}
	return true;
}

static bool has_markdown(const struct writer *w, const struct group *group)
{
	const struct bs_block *first = &w->body->blocks[group->from];

	if (bs_str_starts(first->path, BS_STR("table")))
		return is_table(w, group);
	if (bs_str_starts(first->path, BS_STR("footnotes")) && !w->notes)
		return false;
	for (size_t i = group->from; i < group->to; i++) {
		if (!is_markdown_block(w, group, i))
			return false;
	}
	return true;
}

/* --- Writing --- */

static void put_margin(struct writer *w, struct bs_buf *out, size_t depth, bool markers)
{
	for (size_t i = 0; i < depth; i++) {
		struct level *level = &w->levels[i];
		if (level->part == PART_BLOCKQUOTE) {
			bs_buf_lit(out, "> ");
		} else if (level->part == PART_LI && level->marker && markers) {
			const struct level *list = &w->levels[i - 1];
			if (i > 1 && w->levels[i - 2].part == PART_FOOTNOTES)
				bs_buf_printf(out, "[^%zu]: ", list->number);
			else if (list->part == PART_UL)
				bs_buf_lit(out, "- ");
			else
				bs_buf_printf(out, "%zu. ", list->number);
			level->marker = false;
		} else if (level->part == PART_LI) {
			for (size_t k = 0; k < level->indent; k++)
				bs_buf_putc(out, ' ');
		}
	}
}

/* What every line of a block but its first begins with. */
static struct bs_str margin_of(struct writer *w, size_t depth)
{
	struct bs_buf buf = BS_BUF(1024);
	struct bs_str margin;

	put_margin(w, &buf, depth, false);
	margin = bs_arena_copy(w->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return margin;
}

static void put_empty_line(struct writer *w, size_t depth)
{
	struct bs_str margin = margin_of(w, depth);

	while (margin.len > 0 && margin.ptr[margin.len - 1] == ' ')
		margin.len--;
	bs_buf_put(w->buf, margin);
	bs_buf_putc(w->buf, '\n');
}

static void begin_item(struct writer *w, size_t at)
{
	struct level *list = &w->levels[at - 1];
	bool note = at > 1 && w->levels[at - 2].part == PART_FOOTNOTES;
	char digits[32];

	list->number++;
	w->levels[at] = (struct level){ .part = PART_LI, .marker = true };
	w->levels[at].indent = note ? 4 : list->part == PART_UL ? 2 : (size_t)snprintf(digits, sizeof(digits), "%zu. ", list->number);
}

/* Go from the last block's place to this one's: what both share stays. Returns how many levels do. */
static size_t enter(struct writer *w, const struct bs_block *block, const struct path *path)
{
	size_t shared = 0, count = path->count - (path->parts[path->count - 1] != PART_LI);
	int64_t start;

	while (shared < count && shared < w->depth && shared + 1 < path->count && w->levels[shared].part == path->parts[shared] &&
	       !path->fresh[shared])
		shared++;
	for (size_t i = shared; i < count; i++) {
		w->levels[i] = (struct level){ .part = path->parts[i] };
		if (path->parts[i] == PART_LI)
			begin_item(w, i);
		else if (path->parts[i] == PART_OL && bs_str_int(bs_attrs_get(block->attrs, BS_STR("start")), &start) == BS_OK && start >= 0)
			w->levels[i].number = (size_t)start - 1;
	}
	w->depth = count;
	return shared;
}

/* Part this block from the one before. Items of plain lists follow each other without an empty line; lists of one kind, one behind the
 * other, would be one without a comment between. */
static void put_border(struct writer *w, const struct bs_block *before, const struct path *path, size_t shared)
{
	bool both = bs_str_ends(before->path, BS_STR("/li")) && path->parts[path->count - 1] == PART_LI;
	bool list = shared < path->count && (path->parts[shared] == PART_UL || path->parts[shared] == PART_OL);

	if (both && path->parts[0] != PART_FOOTNOTES && !(list && path->fresh[shared]))
		return;
	put_empty_line(w, shared);
	if (list && path->fresh[shared]) {
		bs_buf_put(w->buf, margin_of(w, shared));
		bs_buf_lit(w->buf, "<!-- -->\n");
		put_empty_line(w, shared);
	}
}

static void put_code(struct writer *w, const struct bs_block *block)
{
	struct bs_str margin = margin_of(w, w->depth), rest, line;
	struct bs_buf plain = BS_BUF(SIZE_MAX);
	size_t ticks = 3, run = 0;

	markup_put_unescaped(&plain, block->markup);
	rest = bs_buf_str(&plain);
	for (size_t i = 0; i < rest.len; i++) {
		run = rest.ptr[i] == '`' ? run + 1 : 0;
		ticks = run >= ticks ? run + 1 : ticks;
	}
	for (size_t i = 0; i < ticks; i++)
		bs_buf_putc(w->buf, '`');
	bs_buf_put(w->buf, bs_attrs_get(block->attrs, BS_STR("code")));
	bs_buf_putc(w->buf, '\n');
	while (bs_str_split(&rest, '\n', &line)) {
		bs_buf_put(w->buf, margin);
		bs_buf_put(w->buf, line);
		bs_buf_putc(w->buf, '\n');
	}
	bs_buf_put(w->buf, margin);
	for (size_t i = 0; i < ticks; i++)
		bs_buf_putc(w->buf, '`');
	bs_buf_free(&plain);
}

/* A picture with its caption and credit, which are the blocks behind it. Returns how many blocks it took. */
static size_t put_figure(struct writer *w, const struct group *group, size_t at)
{
	const struct bs_block *block = &w->body->blocks[at];
	struct bs_str href = bs_attrs_get(block->attrs, BS_STR("href")), caption = { 0 }, credit = { 0 };
	struct bs_buf title = BS_BUF(SIZE_MAX);
	size_t taken = 1;

	if (at + taken < group->to && bs_str_ends(block[taken].path, BS_STR("figure/figcaption")))
		caption = bs_markup_plain(w->arena, block[taken++].markup);
	if (at + taken < group->to && bs_str_ends(block[taken].path, BS_STR("figure/credit")))
		credit = bs_markup_plain(w->arena, block[taken++].markup);
	title_put(&title, caption, credit);
	bs_buf_put(w->buf, href.len > 0 ? BS_STR("[![") : BS_STR("!["));
	inline_put_text(w->buf, bs_markup_plain(w->arena, block->markup));
	bs_buf_putc(w->buf, ']');
	inline_put_target(w->buf, bs_attrs_get(block->attrs, BS_STR("src")), bs_buf_str(&title));
	if (href.len > 0) {
		bs_buf_putc(w->buf, ']');
		inline_put_target(w->buf, href, BS_STR(""));
	}
	bs_buf_free(&title);
	return taken;
}

static size_t put_block(struct writer *w, const struct group *group, size_t at)
{
	const struct bs_block *block = &w->body->blocks[at];
	struct path path = path_of(block);
	enum part leaf = path.parts[path.count - 1];
	struct inline_style style = { .notes = w->notes, .one_line = leaf >= PART_H2 && leaf <= PART_H6 };
	size_t shared, taken = 1;

	if (leaf == PART_IMG)
		path.count--; /* the figure is no level of its own */
	shared = enter(w, block, &path);
	if (at > group->from)
		put_border(w, block - 1, &path, shared);
	put_margin(w, w->buf, w->depth, true);
	style.prefix = margin_of(w, w->depth);
	if (style.one_line)
		bs_buf_put(w->buf, bs_str_sub(BS_STR("###### "), (size_t)(PART_H6 - leaf), SIZE_MAX));
	if (leaf == PART_IMG)
		taken = put_figure(w, group, at);
	else if (leaf == PART_PRE)
		put_code(w, block);
	else if (leaf == PART_HR)
		bs_buf_lit(w->buf, "***");
	else
		inline_put(w->buf, block->markup, &style);
	bs_buf_putc(w->buf, '\n');
	return taken;
}

static void put_rule_of_table(struct writer *w, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		struct bs_str align = bs_attrs_get(w->body->blocks[i].attrs, BS_STR("align"));
		bs_buf_put(w->buf, bs_str_eq(align, BS_STR("center")) ? BS_STR("| :-: ") : align.len > 0 ? BS_STR("| --: ") : BS_STR("| --- "));
	}
	bs_buf_lit(w->buf, "|\n");
}

static void put_table(struct writer *w, const struct group *group)
{
	const struct inline_style style = { .one_line = true, .cell = true, .notes = w->notes };
	bool headed = false;

	for (size_t from = group->from, to; from < group->to; from = to) {
		for (to = from; to < group->to && (to == from || !bs_str_starts(w->body->blocks[to].path, BS_STR("table/tr+"))); to++) {
			bs_buf_lit(w->buf, "| ");
			inline_put(w->buf, w->body->blocks[to].markup, &style);
			bs_buf_putc(w->buf, ' ');
		}
		bs_buf_lit(w->buf, "|\n");
		if (!headed)
			put_rule_of_table(w, from, to);
		headed = true;
	}
}

/* A group as HTML. No line may be empty, for that would end the HTML. */
static void put_html(struct writer *w, const struct group *group)
{
	struct bs_body part = { .blocks = w->body->blocks + group->from, .count = group->to - group->from };
	struct bs_buf html = BS_BUF(BS_MAX_PAGE);
	struct bs_str rest, line;
	bool first = true;

	bs_body_html(&html, &part, NULL);
	rest = bs_str_trim(bs_buf_str(&html));
	while (bs_str_split(&rest, '\n', &line)) {
		if (!first)
			bs_buf_put(w->buf, bs_str_trim(line).len > 0 ? BS_STR("\n") : BS_STR("&#10;"));
		bs_buf_put(w->buf, line);
		first = false;
	}
	bs_buf_putc(w->buf, '\n');
	w->buf->failed |= html.failed;
	bs_buf_free(&html);
}

static bool is_list_of(const struct bs_block *block, const char *list)
{
	struct path path = path_of(block);

	return path.count > 1 && bs_str_eq(part_name(path.parts[0]), bs_str_c(list));
}

static void put_group(struct writer *w, size_t index)
{
	const struct group *group = &w->groups[index];
	const struct bs_block *first = &w->body->blocks[group->from];

	if (index > 0)
		bs_buf_putc(w->buf, '\n');
	if (index > 0 && ((is_list_of(first, "ul") && is_list_of(first - 1, "ul")) || (is_list_of(first, "ol") && is_list_of(first - 1, "ol"))))
		bs_buf_lit(w->buf, "<!-- -->\n\n");
	w->depth = 0;
	if (group->html) {
		put_html(w, group);
	} else if (bs_str_starts(first->path, BS_STR("table"))) {
		put_table(w, group);
	} else {
		for (size_t at = group->from; at < group->to;)
			at += put_block(w, group, at);
	}
}

/* --- Groups, and reading again --- */

static void find_groups(struct writer *w)
{
	struct path path;
	enum part top = PART_NONE;

	w->groups = BS_ARRAY(w->arena, w->body->count + 1, struct group);
	for (size_t i = 0; i < w->body->count; i++) {
		path = path_of(&w->body->blocks[i]);
		if (i == 0 || path.count == 1 || path.fresh[0] || path.parts[0] != top)
			w->groups[w->group_count++].from = i;
		top = path.count > 1 ? path.parts[0] : PART_NONE;
		w->groups[w->group_count - 1].to = i + 1;
	}
}

static bool refers_to_notes(const struct writer *w, const struct group *group)
{
	for (size_t i = group->from; i < group->to; i++) {
		if (bs_str_find(w->body->blocks[i].markup, BS_STR("<a href=\"#fn-"), 0) != SIZE_MAX)
			return true;
	}
	return false;
}

/* Which groups are HTML, those that must be included. Where one of them refers to a note, cmark would not know of it: then all
 * notes are HTML. */
static void choose_forms(struct writer *w)
{
	bool notes = w->notes;

	for (size_t i = 0; i < w->group_count; i++) {
		struct group *group = &w->groups[i];
		group->html = group->html || !has_markdown(w, group);
		if (group->html && (refers_to_notes(w, group) || bs_str_starts(w->body->blocks[group->from].path, BS_STR("footnotes"))))
			notes = false;
	}
	if (notes != w->notes) {
		w->notes = notes;
		choose_forms(w);
	}
}

static bool same_block(const struct bs_block *a, const struct bs_block *b)
{
	return bs_str_eq(a->path, b->path) && bs_str_eq(a->attrs, b->attrs) && bs_str_eq(a->markup, b->markup);
}

/* The first block that reads back different; count when all is well. */
static size_t first_difference(struct writer *w, size_t start)
{
	struct bs_str written = bs_str_sub(bs_buf_str(w->buf), start, SIZE_MAX);
	struct bs_body *again = &w->again;
	size_t at = 0;

	*again = (struct bs_body){ 0 };
	if (bs_markdown_blocks(w->arena, written, NULL, again, NULL) != BS_OK)
		return 0;
	while (at < w->body->count && at < again->count && same_block(&w->body->blocks[at], &again->blocks[at]))
		at++;
	return at == w->body->count && again->count > at ? at - 1 : at;
}

static void write_groups(struct writer *w, size_t start)
{
	w->buf->len = start;
	for (size_t i = 0; i < w->group_count; i++)
		put_group(w, i);
}

/* Each round takes over to HTML the group that read back different; the round before the last takes all, the last the body as one. */
static void give_way(struct writer *w, size_t wrong, int round)
{
	for (size_t i = 0; i < w->group_count; i++)
		w->groups[i].html |= round + 2 >= ROUNDS || (wrong >= w->groups[i].from && wrong < w->groups[i].to);
	if (round + 1 == ROUNDS) {
		w->groups[0].to = w->body->count;
		w->group_count = 1;
	}
}

/* True when it reads back the same. */
static bool write_body(struct writer *w)
{
	size_t start = w->buf->len, wrong;

	find_groups(w);
	for (int round = 0; round <= ROUNDS; round++) {
		choose_forms(w);
		write_groups(w, start);
		wrong = w->buf->failed ? w->body->count : first_difference(w, start);
		if (wrong == w->body->count)
			return true;
		give_way(w, wrong, round);
	}
	return false;
}

void bs_body_markdown(struct bs_arena *arena, struct bs_buf *buf, const struct bs_body *body)
{
	struct writer w = { .arena = arena, .buf = buf, .body = body, .notes = true };
	size_t start = buf->len;

	if (body->count == 0 || buf->failed || write_body(&w) || w.again.count == 0)
		return;
	buf->len = start;
	w = (struct writer){ .arena = arena, .buf = buf, .body = &(struct bs_body){ .blocks = w.again.blocks, .count = w.again.count },
		             .notes = true };
	(void)write_body(&w); /* blocks that a reader made come back the same */
}

void bs_markup_markdown(struct bs_arena *arena, struct bs_buf *buf, struct bs_str markup)
{
	const struct inline_style style = { .one_line = true };
	size_t start = buf->len;
	struct bs_str again;

	inline_put(buf, markup, &style);
	if (buf->failed || (bs_markdown_markup(arena, bs_str_sub(bs_buf_str(buf), start, SIZE_MAX), NULL, &again, NULL) == BS_OK &&
	                    bs_str_eq(again, markup)))
		return;
	buf->len = start;
	bs_buf_lit(buf, "<p>");
	bs_buf_put(buf, markup);
	bs_buf_lit(buf, "</p>");
}
