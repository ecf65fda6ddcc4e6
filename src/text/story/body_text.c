/* body_text.c - blocks become plain text; see bs_body_text in body.h.
 *
 * Each line of a block begins with what its containers put there: "> " for a quotation, the item's marker for its first
 * line and as many spaces for those that follow. */
#include "text/body.h"

#include <stdio.h>

#include "text/markup.h"
#include "text/story/lines.h"
#include "text/story/tags.h"
#include "text/story/tokens.h"

enum { DEPTH = PATH_DEPTH + 4 };

struct level {
	enum part part;
	size_t number; /* of the item in it that was last begun */
	size_t indent; /* of what stands within: the width of the item's marker */
};

struct text_writer {
	struct bs_buf *buf;
	const struct bs_body *body;
	struct level levels[DEPTH];
	size_t depth;
	bool numbered_links;
	size_t link;         /* the next of body->links */
	size_t number;       /* of the last note */
	struct bs_buf line;
	size_t columns;      /* 0: lines are as long as they are */
	struct lines *lines; /* with columns */
};

static void put_spaces(struct bs_buf *buf, size_t count)
{
	while (count-- > 0)
		bs_buf_putc(buf, ' ');
}

/* A link whose words are its address needs no note. */
static bool needs_note(const struct bs_link *link)
{
	static const struct bs_str schemes[] = { BS_STR_INIT("mailto:"), BS_STR_INIT("https://"), BS_STR_INIT("http://") };
	struct bs_str words = bs_str_trim(link->text), bare = link->href;

	if (bare.len == 0 || bs_str_eq(words, bare))
		return false;
	for (size_t i = 0; i < BS_COUNT(schemes); i++) {
		if (bs_str_starts(link->href, schemes[i]))
			bare = bs_str_sub(link->href, schemes[i].len, SIZE_MAX);
	}
	if (bs_str_ends(bare, BS_STR("/")) && !bs_str_ends(words, BS_STR("/")))
		bare.len--;
	return !bs_str_eq(words, bare);
}

/* Behind the words of the next link. */
static void put_note(struct text_writer *w)
{
	if (w->link < w->body->link_count && needs_note(&w->body->links[w->link]))
		bs_buf_printf(&w->line, " [%zu]", ++w->number);
	w->link++;
}

/* Whether the <sup> that ends at `at` holds the reference to a footnote. */
static bool is_footnote(struct bs_str markup, size_t at)
{
	return bs_str_starts(bs_str_sub(markup, at, SIZE_MAX), BS_STR("<a href=\"#fn-")) &&
	       bs_str_find(markup, BS_STR("</sup>"), at) != SIZE_MAX;
}

/* Its number as raised digits; the offset behind it. */
static size_t put_footnote(struct text_writer *w, struct bs_str markup, size_t at)
{
	static const char *const raised[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
	size_t end = bs_str_find(markup, BS_STR("</sup>"), at);

	for (at = bs_str_find_byte(markup, '>', at) + 1; at < end && markup.ptr[at] != '<'; at++) {
		if (markup.ptr[at] >= '0' && markup.ptr[at] <= '9')
			bs_buf_put(&w->line, bs_str_c(raised[markup.ptr[at] - '0']));
		else
			bs_buf_putc(&w->line, markup.ptr[at]);
	}
	return end + sizeof("</sup>") - 1;
}

/* The text of markup; with [n] behind each link out and ¹ where a footnote belongs, when they are wanted. */
static void put_markup(struct text_writer *w, struct bs_str markup)
{
	size_t from = 0;
	struct token token;
	bool out = false;

	for (size_t at = 0; w->numbered_links && token_next(markup, &at, &token);) {
		if (token.kind == TOKEN_OPEN && token.tag == TAG_A)
			out = !token_is_fragment(&token);
		if (token.kind == TOKEN_OPEN && token.tag == TAG_SUP && is_footnote(markup, at)) {
			bs_markup_text(&w->line, bs_str_sub(markup, from, at - from));
			from = at = put_footnote(w, markup, at);
		} else if (token.kind == TOKEN_CLOSE && token.tag == TAG_A && out) {
			bs_markup_text(&w->line, bs_str_sub(markup, from, at - from));
			put_note(w);
			from = at;
		}
	}
	bs_markup_text(&w->line, bs_str_sub(markup, from, SIZE_MAX));
}

/* What a line begins with; the marker of the innermost item only when it begins here. */
static void put_margin(struct text_writer *w, bool first, size_t begun)
{
	for (size_t i = 0; i < w->depth; i++) {
		const struct level *level = &w->levels[i];
		if (level->part == PART_BLOCKQUOTE)
			bs_buf_lit(w->buf, "> ");
		else if (level->part == PART_UL || level->part == PART_OL) {
			bool marked = first && i >= begun;
			if (!marked)
				put_spaces(w->buf, level->indent);
			else if (level->part == PART_UL)
				bs_buf_lit(w->buf, "- ");
			else
				bs_buf_printf(w->buf, "%zu. ", level->number);
		} else if (level->part == PART_DD) {
			bs_buf_lit(w->buf, "  ");
		}
	}
}

static bool is_cell(enum part part)
{
	return part == PART_TD || part == PART_TH;
}

static size_t margin_columns(const struct text_writer *w)
{
	size_t columns = 0;

	for (size_t i = 0; i < w->depth; i++) {
		const struct level *level = &w->levels[i];
		if (level->part == PART_BLOCKQUOTE || level->part == PART_DD)
			columns += 2;
		else if (level->part == PART_UL || level->part == PART_OL)
			columns += level->indent;
	}
	return columns;
}

enum { LEAST_COLUMNS = 20 }; /* however deep it stands */

/* How long the lines of this block may be. Program text and the cells of a table stay as they are. */
static size_t columns_within(const struct text_writer *w, enum part leaf)
{
	size_t margin = margin_columns(w);

	if (w->columns == 0 || leaf == PART_PRE || is_cell(leaf))
		return SIZE_MAX;
	return w->columns > margin + LEAST_COLUMNS ? w->columns - margin : LEAST_COLUMNS;
}

static void put_line(struct text_writer *w, bool first, size_t begun, struct bs_str line)
{
	put_margin(w, first, begun);
	bs_buf_put(w->buf, line);
	bs_buf_putc(w->buf, '\n');
}

static void put_lines(struct text_writer *w, size_t begun, enum part leaf)
{
	struct bs_str rest = bs_buf_str(&w->line), line, part;
	size_t columns = columns_within(w, leaf), widest = 0;
	bool first = true, underlined = w->columns > 0 && leaf >= PART_H2 && leaf <= PART_H6;

	while (bs_str_split(&rest, '\n', &line)) {
		if (columns == SIZE_MAX || line.len == 0) {
			put_line(w, first, begun, line);
			first = false;
			continue;
		}
		while (lines_next(w->lines, &line, columns, &part)) {
			size_t wide = underlined ? text_columns(part) : 0;
			widest = wide > widest ? wide : widest;
			put_line(w, first, begun, part);
			first = false;
		}
	}
	bs_buf_reset(&w->line);
	if (underlined) {
		put_margin(w, false, begun);
		while (widest-- > 0)
			bs_buf_putc(w->buf, leaf == PART_H2 ? '=' : '-');
		bs_buf_putc(w->buf, '\n');
	}
}

static size_t start_of(struct bs_str attrs, const char *key, size_t otherwise)
{
	int64_t n;

	return bs_str_int(bs_attrs_get(attrs, bs_str_c(key)), &n) == BS_OK && n >= 0 ? (size_t)n : otherwise;
}

static void number_item(struct level *list, struct bs_str attrs)
{
	char digits[24];

	list->number = start_of(attrs, "value", list->number + 1);
	list->indent = list->part == PART_UL ? 2 : (size_t)snprintf(digits, sizeof(digits), "%zu. ", list->number);
}

/* Go from the last block's place to this one's. Returns the first level whose item begins here. */
static size_t enter(struct text_writer *w, const struct bs_block *block, enum part *leaf)
{
	struct bs_str path = block->path;
	size_t at = 0, begun = DEPTH;
	bool fresh, same = true;
	enum part part;

	*leaf = PART_P;
	while (path_next(&path, &part, &fresh) && at < DEPTH - 1) {
		bool last = path.ptr == NULL;
		same = same && at < w->depth && w->levels[at].part == part && !fresh && !last;
		if (last)
			*leaf = part;
		if (!same && part_is_container(part)) {
			w->levels[at] = (struct level){ .part = part, .number = start_of(block->attrs, "start", 1) - 1 };
			if (part == PART_LI && at > 0) {
				number_item(&w->levels[at - 1], block->attrs);
				begun = begun == DEPTH ? at - 1 : begun;
			}
		}
		at += part_is_container(part);
	}
	w->depth = at;
	return begun;
}

/* Cells of one row are one line. */
static bool joins_row(const struct bs_block *before, const struct bs_block *block)
{
	struct bs_str row = block->path;

	if (before == NULL || !(bs_str_ends(row, BS_STR("/td")) || bs_str_ends(row, BS_STR("/th"))))
		return false;
	row.len -= 3;
	return bs_str_find_byte(row, '+', 0) == SIZE_MAX && bs_str_find(before->path, BS_STR("/tr"), 0) != SIZE_MAX;
}

static bool is_tight(enum part leaf, const struct bs_block *before)
{
	if (leaf == PART_LI || is_cell(leaf) || leaf == PART_DD)
		return before != NULL && bs_str_find_byte(before->path, '/', 0) != SIZE_MAX;
	return leaf == PART_FIGCAPTION || leaf == PART_CREDIT;
}

/* What it shows, told apart from the text where people read it. */
static void put_picture(struct text_writer *w, const struct bs_block *block)
{
	bool bracketed = w->columns > 0 && block->markup.len > 0;

	if (bracketed)
		bs_buf_putc(&w->line, '[');
	put_markup(w, block->markup);
	if (bracketed)
		bs_buf_putc(&w->line, ']');
	if (w->numbered_links && bs_attrs_get(block->attrs, BS_STR("href")).len > 0)
		put_note(w);
}

static void put_block(struct text_writer *w, const struct bs_block *before, const struct bs_block *block)
{
	enum part leaf;
	size_t begun = enter(w, block, &leaf);

	if (leaf == PART_HR)
		bs_buf_lit(&w->line, "* * *");
	else if (leaf == PART_IMG)
		put_picture(w, block);
	else
		put_markup(w, block->markup);
	if (joins_row(before, block) && w->buf->len > 0) {
		w->buf->data[w->buf->len - 1] = '\t';
		bs_buf_put(w->buf, bs_buf_str(&w->line));
		bs_buf_putc(w->buf, '\n');
		bs_buf_reset(&w->line);
		return;
	}
	if (w->line.len == 0 && !is_cell(leaf))
		return;
	if (before != NULL && !is_tight(leaf, before))
		bs_buf_putc(w->buf, '\n');
	put_lines(w, begun, leaf);
}

static void put_links(struct text_writer *w)
{
	size_t number = 0;

	for (size_t i = 0; i < w->body->link_count; i++) {
		if (!needs_note(&w->body->links[i]))
			continue;
		if (number++ == 0)
			bs_buf_putc(w->buf, '\n');
		bs_buf_printf(w->buf, "[%zu] ", number);
		bs_buf_put(w->buf, w->body->links[i].href);
		bs_buf_putc(w->buf, '\n');
	}
}

void bs_body_text(struct bs_buf *buf, const struct bs_body *body, const struct bs_body_text_options *options)
{
	struct text_writer w = { .buf = buf, .body = body, .line = BS_BUF(SIZE_MAX) };

	w.numbered_links = options != NULL && options->link_notes;
	w.columns = options != NULL ? options->columns : 0;
	if (w.columns > 0)
		w.lines = lines_new();
	for (size_t i = 0; i < body->count; i++)
		put_block(&w, i > 0 ? &body->blocks[i - 1] : NULL, &body->blocks[i]);
	if (w.numbered_links)
		put_links(&w);
	bs_buf_free(&w.line);
	lines_free(&w.lines);
}

size_t bs_body_words(const struct bs_body *body)
{
	size_t words = 0;

	for (size_t i = 0; i < body->count; i++) {
		if (!bs_block_is_picture(&body->blocks[i]))
			words += bs_markup_words(body->blocks[i].markup);
	}
	return words;
}
