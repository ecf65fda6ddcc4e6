/* figures.c - see figures.h. */
#include "text/markdown/figures.h"

#include <stddef.h>

#include <cmark-gfm.h>

static bool is_only_child(cmark_node *node)
{
	return cmark_node_next(node) == NULL && cmark_node_previous(node) == NULL;
}

/* The picture with the link that is around it alone. */
static cmark_node *with_link(cmark_node *image)
{
	cmark_node *outer = cmark_node_parent(image);

	return cmark_node_get_type(outer) == CMARK_NODE_LINK && is_only_child(image) ? outer : image;
}

bool figure_is_alone(void *image)
{
	cmark_node *whole = with_link(image);

	return is_only_child(whole) && cmark_node_get_type(cmark_node_parent(whole)) == CMARK_NODE_PARAGRAPH;
}

/* The paragraph or heading that it stands in; NULL: it stands in none. */
static cmark_node *words_around(cmark_node *node)
{
	while (node != NULL && (cmark_node_get_type(node) & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE)
		node = cmark_node_parent(node);
	return node != NULL && (cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH || cmark_node_get_type(node) == CMARK_NODE_HEADING) ? node : NULL;
}

/* Returns the paragraph that was made for it. */
static cmark_node *put_apart(cmark_node *image, cmark_node *behind, void *memory)
{
	cmark_node *paragraph = cmark_node_new_with_mem(CMARK_NODE_PARAGRAPH, memory), *whole = with_link(image);

	cmark_node_unlink(whole);
	cmark_node_append_child(paragraph, whole);
	cmark_node_insert_after(behind, paragraph);
	return paragraph;
}

void figures_part(void *document, void *memory)
{
	cmark_iter *iter = cmark_iter_new(document);
	cmark_node *words = NULL, *last = NULL;
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter), *around;

		/* Where a node ends the iterator stands behind it already, so that it may leave; a link around it has to end first. */
		if (event != CMARK_EVENT_EXIT)
			continue;
		if (cmark_node_get_type(node) == CMARK_NODE_LINK && cmark_node_first_child(node) != NULL &&
		    is_only_child(cmark_node_first_child(node)))
			node = cmark_node_first_child(node);
		else if (cmark_node_get_type(node) == CMARK_NODE_IMAGE && with_link(node) != node)
			continue;
		around = cmark_node_get_type(node) == CMARK_NODE_IMAGE && cmark_node_get_title(node)[0] != '\0' ? words_around(node) : NULL;
		if (around == NULL || figure_is_alone(node))
			continue;
		last = put_apart(node, around == words ? last : around, memory);
		words = around;
	}
}
