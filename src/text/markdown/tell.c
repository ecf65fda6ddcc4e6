/* tell.c - see tell.h. */
#include "text/markdown/tell.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "base/limits.h"
#include "text/html/walk.h"
#include "text/markdown/figures.h"
#include "text/markdown/raw.h"
#include "text/markdown/title.h"
#include "text/story/url.h"

/* The types of nodes that extensions bring are known at run time only. */
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL, CMARK_NODE_STRIKETHROUGH;

static struct bs_str literal_of(cmark_node *node)
{
	return bs_str_c(cmark_node_get_literal(node));
}

static void open_part(struct teller *t, enum part part, struct bs_str attrs)
{
	build_open(t->build, &(struct element){ .part = part, .attrs = attrs });
}

static void open_heading(struct teller *t, cmark_node *node)
{
	static const enum part levels[] = { PART_H2, PART_H2, PART_H2, PART_H3, PART_H4, PART_H5, PART_H6 };

	open_part(t, levels[cmark_node_get_heading_level(node)], BS_STR(""));
}

static void open_list(struct teller *t, cmark_node *node)
{
	int start = cmark_node_get_list_start(node);

	if (cmark_node_get_list_type(node) == CMARK_BULLET_LIST)
		open_part(t, PART_UL, BS_STR(""));
	else
		open_part(t, PART_OL, start == 1 ? BS_STR("") : bs_arena_printf(t->arena, "start=%d", start));
}

static void open_note(struct teller *t)
{
	if (!t->notes) {
		open_part(t, PART_FOOTNOTES, BS_STR(""));
		open_part(t, PART_OL, BS_STR(""));
		t->notes = true;
	}
	open_part(t, PART_LI, BS_STR(""));
	build_id(t->build, bs_arena_printf(t->arena, "fn-%zu", ++t->note_number));
}

static void put_reference(struct teller *t, cmark_node *node)
{
	struct bs_str number = literal_of(node);

	build_tag(t->build, TAG_SUP, BS_STR(""));
	build_tag(t->build, TAG_A, bs_arena_join(t->arena, (struct bs_str[]){ BS_STR(" href=\"#fn-"), number, BS_STR("\"") }, 3, BS_STR("")));
	build_text(t->build, number);
	build_untag(t->build);
	build_untag(t->build);
}

static void put_code(struct teller *t, cmark_node *node)
{
	const char *info = cmark_node_get_fence_info(node);
	struct bs_str language = bs_str_sub(bs_str_c(info), 0, info != NULL ? strcspn(info, " \t\n") : 0);

	if (!is_code_language(language))
		language = BS_STR("");
	open_part(t, PART_PRE, bs_attrs_set(t->arena, BS_STR(""), BS_STR("code"), language));
	build_text(t->build, literal_of(node));
	build_close(t->build);
}

static void open_link(struct teller *t, cmark_node *node)
{
	struct bs_str href = url_clean(t->arena, bs_str_c(cmark_node_get_url(node)), t->base, URL_LINK);
	struct bs_buf attrs = BS_BUF(SIZE_MAX);

	if (href.len > 0) {
		bs_buf_lit(&attrs, " href=\"");
		markup_put_value(&attrs, href);
		bs_buf_putc(&attrs, '"');
	}
	build_tag(t->build, TAG_A, bs_arena_copy(t->arena, bs_buf_str(&attrs)));
	bs_buf_free(&attrs);
}

static struct bs_str alt_of(struct teller *t, cmark_node *image)
{
	struct bs_buf alt = BS_BUF(BS_MAX_PASSAGE);
	cmark_iter *iter = cmark_iter_new(image);
	struct bs_str text;
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		if (event != CMARK_EVENT_ENTER)
			continue;
		if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE || type == CMARK_NODE_HTML_INLINE)
			bs_buf_put(&alt, literal_of(node));
		else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
			bs_buf_putc(&alt, ' ');
	}
	text = bs_arena_copy(t->arena, bs_buf_str(&alt));
	bs_buf_free(&alt);
	return text;
}

static void put_image(struct teller *t, cmark_node *node)
{
	struct bs_str src = url_clean(t->arena, bs_str_c(cmark_node_get_url(node)), t->base, URL_IMAGE), attrs = BS_STR(""), href = BS_STR("");
	struct bs_str title = bs_str_c(cmark_node_get_title(node));
	bool figure = figure_is_alone(node) && title.len > 0;

	for (cmark_node *up = cmark_node_parent(node); up != NULL && href.len == 0; up = cmark_node_parent(up)) {
		if (cmark_node_get_type(up) == CMARK_NODE_LINK)
			href = url_clean(t->arena, bs_str_c(cmark_node_get_url(up)), t->base, URL_LINK);
	}
	if (leads_elsewhere(href))
		attrs = bs_attrs_set(t->arena, attrs, BS_STR("href"), href);
	attrs = bs_attrs_set(t->arena, attrs, BS_STR("src"), src);
	if (figure)
		open_part(t, PART_FIGURE, BS_STR(""));
	if (src.len > 0)
		build_image(t->build, &(struct element){ .part = PART_FIGURE, .attrs = attrs }, alt_of(t, node));
	else
		build_lost_image(t->build, bs_str_c(cmark_node_get_url(node)), alt_of(t, node));
	if (figure) {
		title_to_figure(t->build, title);
		build_close(t->build);
	}
}

static void put_tag(struct teller *t, struct bs_str html)
{
	struct inline_tag tag = inline_tag_of(html);

	if (tag.rule == NULL || tag.rule->nesting == NEST_NONE)
		return;
	if (tag.rule->action == ACT_BREAK)
		build_line_break(t->build);
	else if (tag.rule->tag == TAG_SPAN || tag.rule->tag == TAG_BDO)
		return; /* nothing without attributes */
	else if (tag.end)
		build_untag(t->build);
	else
		build_tag(t->build, tag.rule->tag, BS_STR(""));
}

static void open_cell(struct teller *t, cmark_node *cell)
{
	cmark_node *row = cmark_node_parent(cell), *table = cmark_node_parent(row);
	const uint8_t *alignments = cmark_gfm_extensions_get_table_alignments(table);
	size_t column = 0;
	uint8_t align;

	for (cmark_node *before = cmark_node_previous(cell); before != NULL; before = cmark_node_previous(before))
		column++;
	align = alignments != NULL && column < cmark_gfm_extensions_get_table_columns(table) ? alignments[column] : 0;
	open_part(t, cmark_gfm_extensions_get_table_row_is_header(row) ? PART_TH : PART_TD,
	          align == 'c' ? BS_STR("align=center") : align == 'r' ? BS_STR("align=right") : BS_STR(""));
}

static void enter_inline(struct teller *t, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	switch (type) {
	case CMARK_NODE_TEXT: build_text(t->build, literal_of(node)); break;
	case CMARK_NODE_SOFTBREAK: build_text(t->build, BS_STR("\n")); break;
	case CMARK_NODE_LINEBREAK: build_line_break(t->build); break;
	case CMARK_NODE_CODE:
		build_tag(t->build, TAG_CODE, BS_STR(""));
		build_text(t->build, literal_of(node));
		build_untag(t->build);
		break;
	case CMARK_NODE_HTML_INLINE: put_tag(t, literal_of(node)); break;
	case CMARK_NODE_EMPH: build_tag(t->build, TAG_EM, BS_STR("")); break;
	case CMARK_NODE_STRONG: build_tag(t->build, TAG_STRONG, BS_STR("")); break;
	case CMARK_NODE_LINK: open_link(t, node); break;
	case CMARK_NODE_FOOTNOTE_REFERENCE: put_reference(t, node); break;
	default:
		if (type == CMARK_NODE_STRIKETHROUGH)
			build_tag(t->build, TAG_DEL, BS_STR(""));
	}
}

static void enter_block(struct teller *t, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	switch (type) {
	case CMARK_NODE_PARAGRAPH: open_part(t, PART_P, BS_STR("")); break;
	case CMARK_NODE_HEADING: open_heading(t, node); break;
	case CMARK_NODE_BLOCK_QUOTE: open_part(t, PART_BLOCKQUOTE, BS_STR("")); break;
	case CMARK_NODE_LIST: open_list(t, node); break;
	case CMARK_NODE_ITEM: open_part(t, PART_LI, BS_STR("")); break;
	case CMARK_NODE_CODE_BLOCK: put_code(t, node); break;
	case CMARK_NODE_THEMATIC_BREAK: build_rule(t->build, BS_STR("")); break;
	case CMARK_NODE_FOOTNOTE_DEFINITION: open_note(t); break;
	default:
		if (type == CMARK_NODE_TABLE)
			open_part(t, PART_TABLE, BS_STR(""));
		else if (type == CMARK_NODE_TABLE_ROW)
			open_part(t, PART_TR, BS_STR(""));
		else if (type == CMARK_NODE_TABLE_CELL)
			open_cell(t, node);
	}
}

void tell_leave(struct teller *t, void *node)
{
	cmark_node_type type = cmark_node_get_type(node);

	switch (type) {
	case CMARK_NODE_PARAGRAPH:
	case CMARK_NODE_HEADING:
	case CMARK_NODE_BLOCK_QUOTE:
	case CMARK_NODE_LIST:
	case CMARK_NODE_ITEM:
	case CMARK_NODE_FOOTNOTE_DEFINITION: build_close(t->build); break;
	case CMARK_NODE_EMPH:
	case CMARK_NODE_STRONG:
	case CMARK_NODE_LINK: build_untag(t->build); break;
	default:
		if (type == CMARK_NODE_STRIKETHROUGH)
			build_untag(t->build);
		else if (type == CMARK_NODE_TABLE || type == CMARK_NODE_TABLE_ROW || type == CMARK_NODE_TABLE_CELL)
			build_close(t->build);
	}
}

bool tell_enter(struct teller *t, void *node)
{
	if (cmark_node_get_type(node) == CMARK_NODE_IMAGE) {
		put_image(t, node);
		return true;
	}
	if ((cmark_node_get_type(node) & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE)
		enter_inline(t, node);
	else
		enter_block(t, node);
	return false;
}
