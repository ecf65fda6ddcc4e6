/* html.c - the walk of the tree, and the functions of html.h that need no more than it.
 *
 * Each element is entered and left; on the way in it may open a part or tags of the body, or be passed over with all that is in
 * it. What other tools mean by their classes and styles is told here, by the few that are common. */
#include "text/html.h"

#include "base/limits.h"
#include "text/html/walk.h"
#include "text/markup.h"
#include "text/slug.h"

static void open_part(struct walk *w, struct node *node, enum part part)
{
	struct element element = { .part = part, .attrs = part_attrs(w, node, part), .lang = lang_of(w->arena, node),
		                   .dir = dir_of(node) };

	build_open(w->build, &element);
	node->parts++;
}

static void open_tag(struct walk *w, struct node *node, enum tag tag, struct bs_str attrs)
{
	build_tag(w->build, tag, attrs);
	node->tags++;
}

/* What styles of a span or a <b> really say: word processors write both without meaning them. */
static void enter_styled(struct walk *w, struct node *node, enum tag tag)
{
	struct bs_str attrs = tag_attrs(w, node, TAG_SPAN);
	bool normal = has_style(node, "font-weight", "normal") || has_style(node, "font-weight", "400");
	static const struct { const char *property, *value; enum tag tag; } styles[] = {
		{ "font-weight", "bold", TAG_STRONG }, { "font-weight", "7", TAG_STRONG },     { "font-style", "italic", TAG_EM },
		{ "text-decoration", "line-through", TAG_S }, { "vertical-align", "super", TAG_SUP }, { "vertical-align", "sub", TAG_SUB },
	};

	if (tag == TAG_STRONG) {
		if (!normal)
			open_tag(w, node, TAG_STRONG, attrs);
		return;
	}
	if (attrs.len > 0)
		open_tag(w, node, TAG_SPAN, attrs);
	for (size_t i = 0; i < BS_COUNT(styles); i++) {
		if (has_style(node, styles[i].property, styles[i].value) &&
		    !(styles[i].tag == TAG_SUB && has_style(node, "vertical-align", "super")))
			open_tag(w, node, styles[i].tag, BS_STR(""));
	}
}

/* A link, unless it is an anchor only or the way back from a note. False: pass over what is in it, too. */
static bool enter_link(struct walk *w, struct node *node)
{
	bool anchor = node_attr(node, "href").ptr == NULL &&
		      (node_attr(node, "name").ptr != NULL || node_attr(node, "id").ptr != NULL);

	if (w->notes > 0 && (node_has_class(node, "footnote-backref") || node_has_class(node, "footnote-back") ||
	                     node_has_class(node, "reversefootnote") ||
	                     bs_str_eq(node_attr(node, "role"), BS_STR("doc-backlink"))))
		return false;
	if (!anchor)
		open_tag(w, node, TAG_A, tag_attrs(w, node, TAG_A));
	return true;
}

static bool is_credit(const struct node *node)
{
	static const char *const words[] = { "credit", "image-credit", "photo-credit", "media-credit", "wp-media-credit",
		                             "wp-block-image__credit", "photographer", "copyright" };

	for (size_t i = 0; i < BS_COUNT(words); i++) {
		if (node_has_class(node, words[i]))
			return true;
	}
	return false;
}

static bool is_caption(const struct node *node)
{
	return node_has_class(node, "wp-caption-text") || node_has_class(node, "caption") || node_has_class(node, "image-caption");
}

/* False: pass over what is in it. */
static bool enter_tag(struct walk *w, struct node *node)
{
	enum tag tag = node->rule->tag;
	struct bs_str attrs;

	if (w->figures > 0 && is_credit(node)) {
		open_part(w, node, PART_CREDIT);
		return true;
	}
	if (w->figures > 0 && is_caption(node)) {
		open_part(w, node, PART_FIGCAPTION);
		return true;
	}
	if (tag == TAG_A)
		return enter_link(w, node);
	if (tag == TAG_SPAN || tag == TAG_STRONG) {
		enter_styled(w, node, tag);
		return true;
	}
	if (tag == TAG_CODE && w->pre > 0)
		return true;
	attrs = tag_attrs(w, node, tag);
	if (tag != TAG_BDO || dir_of(node).len > 0)
		open_tag(w, node, tag, attrs);
	return true;
}

static bool holds_table(const struct node *table)
{
	for (const struct node *n = node_after(table, table); n != NULL; n = node_after(n, table)) {
		if (node_is(n, "table"))
			return true;
	}
	return false;
}

/* More than one cell in some row, or a head? */
static bool is_tabular(const struct node *table)
{
	for (const struct node *n = node_after(table, table); n != NULL; n = node_after(n, table)) {
		const struct node *cell = n->rule != NULL && n->rule->part == PART_TR ? n->first : NULL;
		int cells = 0;
		if (n->rule != NULL && n->rule->part == PART_TH)
			return true;
		for (; cell != NULL; cell = cell->next)
			cells += cell->rule != NULL && (cell->rule->part == PART_TD || cell->rule->part == PART_TH);
		if (cells > 1)
			return true;
	}
	return false;
}

/* Tables that only put things side by side are no tables. */
static bool is_layout(const struct node *table)
{
	struct bs_str role = node_attr(table, "role");

	return bs_str_eq(role, BS_STR("presentation")) || bs_str_eq(role, BS_STR("none")) || !is_tabular(table) || holds_table(table);
}

/* A figure, where it can be one. */
static enum part figure_part(struct walk *w, struct node *node)
{
	node->figure = w->figures == 0 && is_figure(node);
	w->figures += node->figure;
	return node->figure ? PART_FIGURE : PART_DIV;
}

static bool begins_notes(const struct node *node)
{
	return node_has_class(node, "footnotes") || node_has_class(node, "wp-block-footnotes") ||
	       bs_str_eq(node_attr(node, "role"), BS_STR("doc-endnotes"));
}

/* The notice of the newsroom that stands here. What another site's page calls so is none. */
static struct bs_str notice_of(const struct walk *w, const struct node *node)
{
	struct bs_str slug = bs_str_trim(node_attr(node, "data-notice"));

	return node->rule->part == PART_ASIDE && !w->is_page && bs_slug_valid(slug) ? slug : (struct bs_str){ 0 };
}

static void enter_part(struct walk *w, struct node *node)
{
	struct bs_str notice = notice_of(w, node);
	enum part part = node->rule->part;

	node->notes = begins_notes(node);
	w->notes += node->notes;
	if (part == PART_OL && w->notes > 0) {
		open_part(w, node, PART_FOOTNOTES);
		build_open(w->build, &(struct element){ .part = PART_OL });
		node->parts++;
		return;
	}
	if (notice.len > 0) {
		/* A link to it leads here. What stands within, or behind it where it is left open, is text like any other. */
		build_notice(w->build, notice, node_attr(node, "id"));
		part = PART_DIV;
	}
	if (part == PART_FIGURE || (part == PART_DIV && node_has_class(node, "wp-caption")))
		part = figure_part(w, node);
	else if (w->figures > 0 && is_credit(node))
		part = PART_CREDIT;
	else if (w->figures > 0 && is_caption(node))
		part = PART_FIGCAPTION;
	else if (part == PART_TABLE && is_layout(node))
		part = PART_DIV;
	node->pre = part == PART_PRE;
	w->pre += node->pre;
	open_part(w, node, part);
}

/* False: pass over what is in it. */
static bool enter(struct walk *w, struct node *node)
{
	struct bs_str id;

	if (node->rule == NULL) {
		build_text(w->build, node->text);
		return true;
	}
	if (is_hidden(node) || node == w->heading || (w->is_page && (is_furniture(node) || is_byline(node))))
		return false;
	id = node_attr(node, "id");
	switch (node->rule->action) {
	case ACT_DROP: return false;
	case ACT_UNWRAP: break;
	case ACT_TAG:
		if (!enter_tag(w, node))
			return false;
		break;
	case ACT_PART: enter_part(w, node); break;
	case ACT_BREAK: build_line_break(w->build); break;
	case ACT_RULE:
		if (w->notes == 0)
			build_rule(w->build, id);
		break;
	case ACT_IMAGE: walk_image(w, node); break;
	case ACT_FRAME: walk_frame(w, node); return false;
	}
	build_id(w->build, id);
	if (node_is(node, "a"))
		build_id(w->build, node_attr(node, "name"));
	return true;
}

static void leave(struct walk *w, struct node *node)
{
	for (; node->tags > 0; node->tags--)
		build_untag(w->build);
	for (; node->parts > 0; node->parts--)
		build_close(w->build);
	w->figures -= node->figure;
	w->pre -= node->pre;
	w->notes -= node->notes;
	node->figure = node->pre = node->notes = false;
}

void walk_tree(struct walk *w, const struct node *root)
{
	struct node *node = root->first;

	while (node != NULL && !build_has_failed(w->build)) {
		bool inside = enter(w, node);
		if (inside && node->first != NULL) {
			node = node->first;
			continue;
		}
		leave(w, node);
		while (node->next == NULL && node->parent != root) {
			node = node->parent;
			leave(w, node);
		}
		node = node->next;
	}
}

enum bs_rc bs_html_blocks(struct bs_arena *arena, struct bs_str html, const struct bs_html_options *options,
                          struct bs_body *out, struct bs_err *err)
{
	struct bs_arena *scratch = bs_arena_new();
	struct walk w = { .arena = arena };
	struct node *root;
	enum bs_rc rc = dom_parse(scratch, html, &root, NULL, err);

	if (rc == BS_OK) {
		if (options != NULL) {
			w.base = options->base;
			w.lang = options->lang;
			w.is_there = options->is_there;
			w.ctx = options->ctx;
		}
		w.build = build_new(arena, w.lang);
		walk_tree(&w, root);
		rc = build_finish(w.build, out, err);
	}
	bs_arena_free(&scratch);
	return rc;
}

enum bs_rc bs_html_markup(struct bs_arena *arena, struct bs_str html, const struct bs_html_options *options,
                          struct bs_str *out, struct bs_err *err)
{
	struct bs_body body;
	enum bs_rc rc = bs_html_blocks(arena, html, options, &body, err);

	return rc == BS_OK ? body_join(arena, &body, out, err) : rc;
}
