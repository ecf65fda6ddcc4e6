/* read.c - Markdown becomes blocks; see markdown.h. With tell.c the only file that knows cmark.
 *
 * What cmark finds is told to the builder node by node. Raw HTML in it takes one of three ways: tags without attributes that are
 * well nested within their paragraph are told likewise; a paragraph, table or HTML block that holds other HTML, all of it
 * closed where it began, goes through the reader of HTML by itself; where HTML begins in one block and ends in another, the
 * whole text does. All three come to the same.
 *
 * cmark keeps the characters that its extensions react to in a global table that each parse writes to: one parse at a time. */
#include "text/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <pthread.h>

#include "base/limits.h"
#include "text/html/walk.h"
#include "text/markdown/figures.h"
#include "text/markdown/guard.h"
#include "text/markdown/indent.h"
#include "text/markdown/raw.h"
#include "text/markdown/tasks.h"
#include "text/markdown/tell.h"

enum { OPTIONS = CMARK_OPT_FOOTNOTES | CMARK_OPT_UNSAFE | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE, TAGS = 16 };

/* The type of a node that an extension brings is known at run time only. */
extern cmark_node_type CMARK_NODE_TABLE;

struct reader {
	struct teller teller; /* of what the result is made */
	struct bs_arena *scratch;
	struct bs_str lang;
	bool converted;
	cmark_node *document;
};

/* cmark's memory: an arena for each parse, never freed in part. A header keeps the size for realloc. */
enum { HEADER = 16 };
static _Thread_local struct bs_arena *memory;

static void *allocate(size_t count, size_t size)
{
	char *block = bs_arena_alloc(memory, count * size + HEADER);

	*(size_t *)(void *)block = count * size;
	return block + HEADER;
}

static void *reallocate(void *old, size_t size)
{
	size_t had = old != NULL ? *(size_t *)(void *)((char *)old - HEADER) : 0;
	void *grown;

	if (size <= had)
		return old;
	grown = allocate(1, size);
	if (had > 0)
		memcpy(grown, old, had);
	return grown;
}

static void keep(void *ptr)
{
	(void)ptr;
}

static cmark_mem arena_memory = { allocate, reallocate, keep };
static pthread_once_t extensions_once = PTHREAD_ONCE_INIT;
static pthread_mutex_t parsing = PTHREAD_MUTEX_INITIALIZER;

static cmark_node *parse(struct bs_str markdown)
{
	struct guarded guarded = guard_markdown(memory, markdown);
	/* Extensions make all text slower to read: only those that have work. */
	const struct { const char *name; bool needed; } extensions[] = {
		{ "table", guarded.tables && bs_str_find_byte(markdown, '|', 0) != SIZE_MAX },
		{ "strikethrough", bs_str_find_byte(markdown, '~', 0) != SIZE_MAX },
		{ "autolink", guarded.addresses && may_have_bare_link(markdown) },
	};
	cmark_parser *parser;
	cmark_node *document;

	pthread_once(&extensions_once, cmark_gfm_core_extensions_ensure_registered);
	pthread_mutex_lock(&parsing);
	parser = cmark_parser_new_with_mem(OPTIONS, &arena_memory);
	for (size_t i = 0; i < BS_COUNT(extensions); i++) {
		if (extensions[i].needed)
			cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i].name));
	}
	cmark_parser_feed(parser, guarded.text.ptr, guarded.text.len);
	document = cmark_parser_finish(parser);
	pthread_mutex_unlock(&parsing);
	return document;
}

static struct bs_str literal_of(cmark_node *node)
{
	return bs_str_c(cmark_node_get_literal(node));
}

/* --- Indented blocks --- */

/* Does the HTML block leave something open, so that what comes behind it belongs to it? */
static bool goes_on(cmark_node *block)
{
	return block != NULL && cmark_node_get_type(block) == CMARK_NODE_HTML_BLOCK && !raw_is_contained(literal_of(block));
}

/* Put what was made in the place of the block. */
static void replace(cmark_node *block, cmark_node *first)
{
	for (cmark_node *made = first, *next; made != NULL; made = next) {
		next = cmark_node_next(made);
		cmark_node_unlink(made);
		cmark_node_insert_before(block, made);
	}
	cmark_node_unlink(block);
}

static void reread_indented(cmark_node *block)
{
	struct bs_str text = literal_of(block);
	cmark_node *html;

	if (goes_on(cmark_node_previous(block)) && indent_is_html(text)) {
		html = cmark_node_new_with_mem(CMARK_NODE_HTML_BLOCK, &arena_memory);
		cmark_node_set_literal(html, text.ptr);
		replace(block, html);
	} else if (indent_is_prose(text)) {
		replace(block, cmark_node_first_child(parse(text)));
	}
}

static void reread_all_indented(cmark_node *document)
{
	cmark_iter *iter = cmark_iter_new(document);
	cmark_event_type event;
	int length, offset;
	char fence;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		/* The iterator stands behind the node already, so that it may leave the tree. */
		if (cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK && !cmark_node_get_fenced(node, &length, &offset, &fence))
			reread_indented(node);
	}
}

/* --- Which way the HTML takes --- */

/* Follows the inline tags of one paragraph: each must end within the node that it began in. */
struct inline_nesting {
	struct { const struct rule *rule; cmark_node *within; } open[TAGS];
	size_t count;
	unsigned links;
	bool good;
};

static void follow_tag(struct inline_nesting *n, cmark_node *node)
{
	struct inline_tag tag = inline_tag_of(literal_of(node));

	n->good = n->good && tag.simple;
	if (!n->good || tag.rule == NULL || tag.rule->action == ACT_BREAK || tag.rule->nesting == NEST_NONE)
		return;
	if (!tag.end) {
		n->good = n->count < TAGS && !(tag.rule->tag == TAG_A && n->links++ > 0);
		if (n->good) {
			n->open[n->count].rule = tag.rule;
			n->open[n->count++].within = cmark_node_parent(node);
		}
		return;
	}
	n->good = n->count > 0 && n->open[n->count - 1].rule == tag.rule && n->open[n->count - 1].within == cmark_node_parent(node);
	n->count -= n->good;
	n->links -= n->good && tag.rule->tag == TAG_A;
}

/* Is the inline HTML below this block such that it can be told directly? */
static bool is_simple(cmark_node *block)
{
	struct inline_nesting n = { .good = true };
	cmark_iter *iter = cmark_iter_new(block);
	cmark_event_type event;

	while (n.good && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		if (event == CMARK_EVENT_EXIT) {
			n.good = n.count == 0 || n.open[n.count - 1].within != node;
			n.links -= type == CMARK_NODE_LINK;
		} else if (type == CMARK_NODE_HTML_INLINE) {
			follow_tag(&n, node);
		} else if (type == CMARK_NODE_LINK) {
			n.good = n.links++ == 0;
		}
	}
	return n.good;
}

enum way { WAY_DIRECT, WAY_ALONE, WAY_WHOLE };

static bool holds(cmark_node *block, cmark_node_type wanted)
{
	cmark_iter *iter = cmark_iter_new(block);
	bool found = false;

	while (!found && cmark_iter_next(iter) != CMARK_EVENT_DONE)
		found = cmark_node_get_type(cmark_iter_get_node(iter)) == wanted;
	return found;
}

static struct bs_str html_of(cmark_node *block)
{
	return bs_str_c(cmark_render_html(block, OPTIONS, NULL));
}

/* The way of a block that may hold HTML: a paragraph, a heading, a table, an HTML block. */
static enum way way_of(cmark_node *block)
{
	cmark_node_type type = cmark_node_get_type(block);

	if (type == CMARK_NODE_HTML_BLOCK)
		return raw_is_blank(literal_of(block)) ? WAY_DIRECT : raw_is_contained(literal_of(block)) ? WAY_ALONE : WAY_WHOLE;
	if (!holds(block, CMARK_NODE_HTML_INLINE) || is_simple(block))
		return WAY_DIRECT;
	/* References to notes get their names from cmark only in the whole. */
	return !holds(block, CMARK_NODE_FOOTNOTE_REFERENCE) && raw_is_contained(html_of(block)) ? WAY_ALONE : WAY_WHOLE;
}

/* Go on behind the node. */
static void skip(cmark_iter *iter, cmark_node *node)
{
	cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
}

/* Mark the blocks that go alone; false when the whole text must take the way through HTML. */
static bool choose_ways(cmark_node *document)
{
	cmark_iter *iter = cmark_iter_new(document);
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		enum way way;
		if (event != CMARK_EVENT_ENTER || (type != CMARK_NODE_PARAGRAPH && type != CMARK_NODE_HEADING &&
		                                   type != CMARK_NODE_HTML_BLOCK && type != CMARK_NODE_TABLE))
			continue;
		way = way_of(node);
		if (way == WAY_WHOLE)
			return false;
		if (way == WAY_ALONE)
			cmark_node_set_user_data(node, node);
		if (type != CMARK_NODE_HTML_BLOCK)
			skip(iter, node);
	}
	return true;
}

/* --- Telling the builder --- */

/* A block that goes through the reader of HTML by itself. */
static enum bs_rc put_html(struct reader *r, struct bs_str html, struct bs_err *err)
{
	struct walk walk = { .arena = r->teller.arena, .build = r->teller.build, .base = r->teller.base, .lang = r->lang, .titles = true };
	struct node *root;
	enum bs_rc rc = dom_parse(r->scratch, html, &root, NULL, err);

	if (rc == BS_OK)
		walk_tree(&walk, root);
	return rc;
}

static enum bs_rc tell(struct reader *r, struct bs_err *err, int *line)
{
	cmark_iter *iter = cmark_iter_new(r->document);
	enum bs_rc rc = BS_OK;
	cmark_event_type event;

	while (rc == BS_OK && !build_has_failed(r->teller.build) && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		bool alone = cmark_node_get_user_data(node) != NULL, is_html = cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK;
		if (cmark_node_get_start_line(node) > 0)
			*line = cmark_node_get_start_line(node);
		if (event == CMARK_EVENT_EXIT) {
			tell_leave(&r->teller, node);
		} else if (alone) {
			rc = put_html(r, is_html ? literal_of(node) : html_of(node), err);
			if (!is_html)
				skip(iter, node);
		} else if (tell_enter(&r->teller, node)) {
			skip(iter, node);
		}
	}
	return rc;
}

/* The whole text through the reader of HTML. */
static enum bs_rc tell_html(struct reader *r, struct bs_err *err)
{
	return put_html(r, html_of(r->document), err);
}

static size_t line_of(struct bs_str text, size_t offset)
{
	size_t line = 1;

	for (size_t i = 0; i < offset; i++)
		line += text.ptr[i] == '\n';
	return line;
}

/* Say where the fault is: to the caller, or in the message. */
static void place_fault(const struct bs_markdown_options *options, size_t line, struct bs_err *err)
{
	int whole = (int)line + (options != NULL && options->first_line > 0 ? options->first_line - 1 : 0);

	if (options != NULL && options->fault_line != NULL)
		*options->fault_line = whole;
	else
		(void)bs_fail_at(err, "line %d", whole);
}

static enum bs_rc check_text(struct bs_str markdown, const struct bs_markdown_options *options, struct bs_err *err)
{
	size_t fault;

	if (markdown.len > BS_MAX_DOCUMENT)
		return bs_fail(err, BS_LIMIT, "%zu bytes of Markdown are over the limit of %d", markdown.len, BS_MAX_DOCUMENT);
	fault = bs_str_utf8_fault(markdown);
	if (fault == SIZE_MAX)
		return BS_OK;
	(void)bs_fail(err, BS_INVALID, "not UTF-8; save the file in that encoding");
	place_fault(options, line_of(markdown, fault), err);
	return BS_INVALID;
}

static enum bs_rc read_document(struct reader *r, struct bs_str markdown, const struct bs_markdown_options *options,
                                struct bs_body *out, struct bs_err *err)
{
	enum bs_rc rc;
	int line = 0;

	r->document = parse(markdown);
	if (r->converted) {
		reread_all_indented(r->document);
		tasks_mark(r->document);
	}
	figures_part(r->document, &arena_memory);
	r->teller.build = build_new(r->teller.arena, r->lang);
	rc = bs_str_find_byte(markdown, '<', 0) == SIZE_MAX || choose_ways(r->document) ? tell(r, err, &line) : tell_html(r, err);
	if (rc == BS_OK)
		rc = build_finish(r->teller.build, out, err);
	if (rc != BS_OK && line > 0)
		place_fault(options, (size_t)line, err);
	return rc;
}

enum bs_rc bs_markdown_blocks(struct bs_arena *arena, struct bs_str markdown, const struct bs_markdown_options *options,
                              struct bs_body *out, struct bs_err *err)
{
	struct reader r = { .teller = { .arena = arena } };
	enum bs_rc rc = check_text(markdown, options, err);

	if (rc != BS_OK)
		return rc;
	if (options != NULL) {
		r.teller.base = options->base;
		r.lang = options->lang;
		r.converted = options->converted;
	}
	memory = r.scratch = bs_arena_new();
	rc = read_document(&r, markdown, options, out, err);
	memory = NULL;
	bs_arena_free(&r.scratch);
	return rc;
}

enum bs_rc bs_markdown_markup(struct bs_arena *arena, struct bs_str markdown, const struct bs_markdown_options *options,
                              struct bs_str *out, struct bs_err *err)
{
	struct bs_body body;
	enum bs_rc rc = bs_markdown_blocks(arena, markdown, options, &body, err);

	return rc == BS_OK ? body_join(arena, &body, out, err) : rc;
}
