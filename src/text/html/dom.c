/* dom.c - gumbo's tree becomes ours; see dom.h. The only file that knows gumbo.
 *
 * Gumbo allocates from an arena and is never told to free: its own destruction of a tree is recursive, and slow. Texts and
 * attribute values stay where gumbo put them. */
#include "text/html/dom.h"

#include <gumbo.h>

#include "base/limits.h"
#include "text/story/chars.h"

static void *allocate(void *arena, size_t size)
{
	return bs_arena_alloc(arena, size);
}

static void keep(void *arena, void *ptr)
{
	(void)arena;
	(void)ptr;
}

static void copy_attributes(struct bs_arena *arena, const GumboElement *element, struct node *node)
{
	size_t count = element->attributes.length;

	if (count == 0)
		return;
	node->attributes = BS_ARRAY(arena, count, struct attribute);
	node->attribute_count = count;
	for (size_t i = 0; i < count; i++) {
		const GumboAttribute *attribute = element->attributes.data[i];
		node->attributes[i] = (struct attribute){ bs_str_c(attribute->name), bs_str_c(attribute->value) };
	}
}

static const struct rule *rule_for(const GumboElement *element)
{
	GumboStringPiece name = element->original_tag;

	if (element->tag != GUMBO_TAG_UNKNOWN)
		return rule_of(bs_str_c(gumbo_normalized_tagname(element->tag)));
	gumbo_tag_from_original_text(&name);
	return rule_of(bs_str_n(name.data, name.length));
}

static struct node *copy_node(struct bs_arena *arena, const GumboNode *from, struct node *parent)
{
	struct node *node;

	switch (from->type) {
	case GUMBO_NODE_ELEMENT:
	case GUMBO_NODE_TEMPLATE:
		node = BS_NEW(arena, struct node);
		node->rule = rule_for(&from->v.element);
		copy_attributes(arena, &from->v.element, node);
		break;
	case GUMBO_NODE_TEXT:
	case GUMBO_NODE_WHITESPACE:
	case GUMBO_NODE_CDATA:
		node = BS_NEW(arena, struct node);
		node->text = bs_str_c(from->v.text.text);
		break;
	default:
		return NULL;
	}
	node->parent = parent;
	return node;
}

static const GumboVector *children_of(const GumboNode *from)
{
	static const GumboVector none = { 0 };

	if (from->type == GUMBO_NODE_DOCUMENT)
		return &from->v.document.children;
	return from->type == GUMBO_NODE_ELEMENT || from->type == GUMBO_NODE_TEMPLATE ? &from->v.element.children : &none;
}

/* Copy the tree below `from`, which becomes `root`, in document order. */
static void copy_tree(struct bs_arena *arena, const GumboNode *from, struct node *root)
{
	struct node *parent = root, *last = NULL;
	size_t index = 0;

	for (;;) {
		const GumboVector *children = children_of(from);
		const GumboNode *child;
		struct node *copy;
		if (index == children->length) {
			if (parent == root)
				return;
			index = from->index_within_parent + 1;
			from = from->parent;
			last = parent;
			parent = parent->parent;
			continue;
		}
		child = children->data[index++];
		copy = copy_node(arena, child, parent);
		if (copy == NULL)
			continue;
		if (last != NULL)
			last->next = copy;
		else
			parent->first = copy;
		last = copy;
		if (children_of(child)->length > 0) {
			from = child;
			parent = copy;
			last = NULL;
			index = 0;
		}
	}
}

enum bs_rc dom_parse(struct bs_arena *arena, struct bs_str html, struct node **root, struct strained *raw, struct bs_err *err)
{
	GumboOptions options = kGumboDefaultOptions;
	struct strained strained;
	GumboOutput *output;
	enum bs_rc rc;

	if (html.len > BS_MAX_STORY_HTML)
		return bs_fail(err, BS_LIMIT, "%zu bytes of HTML are over the limit of %d", html.len, BS_MAX_STORY_HTML);
	rc = strain(arena, chars_valid(arena, html), &strained, err);
	if (rc != BS_OK)
		return rc;
	options.allocator = allocate;
	options.deallocator = keep;
	options.userdata = arena;
	options.max_errors = 0;
	output = gumbo_parse_with_options(&options, strained.html.ptr, strained.html.len);
	*root = BS_NEW(arena, struct node);
	copy_tree(arena, output->document, *root);
	if (raw != NULL)
		*raw = strained;
	return BS_OK;
}

struct bs_str node_attr(const struct node *node, const char *name)
{
	for (size_t i = 0; i < node->attribute_count; i++) {
		if (bs_str_eq(node->attributes[i].name, bs_str_c(name)))
			return node->attributes[i].value;
	}
	return (struct bs_str){ 0 };
}

bool node_is(const struct node *node, const char *name)
{
	return node->rule != NULL && bs_str_eq(node->rule->name, bs_str_c(name));
}

struct node *node_behind(const struct node *node, const struct node *root)
{
	while (node != root && node->next == NULL)
		node = node->parent;
	return node == root ? NULL : node->next;
}

struct node *node_after(const struct node *node, const struct node *root)
{
	return node->first != NULL ? node->first : node_behind(node, root);
}

bool node_has_class(const struct node *node, const char *word)
{
	struct bs_str classes = node_attr(node, "class");
	size_t start = 0;

	for (size_t i = 0; i <= classes.len; i++) {
		if (i < classes.len && !strchr(" \t\n\f\r", classes.ptr[i]))
			continue;
		if (bs_str_eq_nocase(bs_str_sub(classes, start, i - start), bs_str_c(word)))
			return true;
		start = i + 1;
	}
	return false;
}

struct bs_str node_text(struct bs_arena *arena, const struct node *root)
{
	struct bs_buf buf = BS_BUF(BS_MAX_FIELD + 4); /* a character more, which the cut may take */
	struct bs_str text;

	for (const struct node *node = root->first; node != NULL; node = node_after(node, root)) {
		for (size_t i = 0; i < node->text.len; i++) {
			bool white = strchr(" \t\n\f\r", node->text.ptr[i]) != NULL;
			if (!white)
				bs_buf_putc(&buf, node->text.ptr[i]);
			else if (buf.len > 0 && buf.data[buf.len - 1] != ' ')
				bs_buf_putc(&buf, ' ');
		}
		if (node->rule != NULL && node->rule->action == ACT_PART && buf.len > 0 && buf.data[buf.len - 1] != ' ')
			bs_buf_putc(&buf, ' ');
	}
	text = bs_arena_copy(arena, bs_str_trim(bs_str_utf8_prefix(bs_buf_str(&buf), BS_MAX_FIELD)));
	bs_buf_free(&buf);
	return text;
}
