/* byline.c - the line of a page that says who wrote it, which is no part of the text: told by what marks the author's name in it, and by
 * how little stands round that. See walk.h. */
#include "text/html/walk.h"

enum {
	LINE = 200,  /* bytes of text that a byline may have */
	ROUND = 16,  /* of them, beside names and times: "Written by", "|" */
	NODES = 100, /* that are looked at */
};

static bool has_word(struct bs_str list, const char *word)
{
	struct bs_str item;

	while (bs_str_split(&list, ' ', &item)) {
		if (bs_str_eq_nocase(item, bs_str_c(word)))
			return true;
	}
	return false;
}

bool names_author(const struct node *node)
{
	static const char *const words[] = { "author", "author-name", "byline", "byline-name", "entry-author", "post-author" };

	if (node->attribute_count == 0 || node->rule == NULL || (node->rule->action != ACT_TAG && node->rule->action != ACT_PART))
		return false;
	for (size_t i = 0; i < BS_COUNT(words); i++) {
		if (node_has_class(node, words[i]))
			return true;
	}
	return has_word(node_attr(node, "rel"), "author") || has_word(node_attr(node, "itemprop"), "author");
}

static size_t ink(struct bs_str text)
{
	size_t size = 0;

	for (size_t i = 0; i < text.len; i++)
		size += !strchr(" \t\n\f\r", text.ptr[i]);
	return size;
}

/* Whose words are they? Those of a quotation and a figure have authors of their own. */
static bool is_of_another(const struct node *node)
{
	static const char *const elements[] = { "blockquote", "figure", "aside", "table" };

	for (; node != NULL; node = node->parent) {
		for (size_t i = 0; i < BS_COUNT(elements); i++) {
			if (node_is(node, elements[i]))
				return true;
		}
	}
	return false;
}

static bool is_in_mark(const struct node *text, const struct node *line)
{
	for (const struct node *node = text->parent;; node = node->parent) {
		if (names_author(node) || node_is(node, "time"))
			return true;
		if (node == line)
			return false;
	}
}

/* Pictures and headings are more than a line. */
static bool is_more(const struct node *node)
{
	return node->rule != NULL &&
	       (node->rule->action == ACT_IMAGE || (node->rule->part >= PART_H2 && node->rule->part <= PART_H6));
}

bool is_byline(const struct node *line)
{
	size_t named = 0, round = 0, count = 0;
	bool author = false;

	if (line->rule->action != ACT_PART)
		return false;
	for (const struct node *node = line; node != NULL; node = node_after(node, line)) {
		author |= names_author(node);
		if (node->text.len > 0)
			*(is_in_mark(node, line) ? &named : &round) += ink(node->text);
		if (++count > NODES || named > LINE || round > ROUND || is_more(node))
			return false;
	}
	return author && named > 0 && !is_of_another(line);
}

/* The innermost: "byline" may be round "author". */
const struct node *first_author(const struct node *root)
{
	const struct node *inner;

	for (const struct node *node = node_after(root, root); node != NULL;) {
		bool furniture = node->rule != NULL && is_furniture(node) && !node_is(node, "header");

		if (!furniture && names_author(node) && !is_of_another(node))
			return (inner = first_author(node)) != NULL ? inner : node;
		node = furniture ? node_behind(node, root) : node_after(node, root);
	}
	return NULL;
}
