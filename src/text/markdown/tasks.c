/* tasks.c - see tasks.h. */
#include "text/markdown/tasks.h"

#include <stdlib.h>
#include <string.h>

#include <cmark-gfm.h>

#include "base/mem.h"

/* The sign for the box with which the text begins; NULL: it begins with none. */
static const char *sign_of(struct bs_str text)
{
	if (bs_str_starts(text, BS_STR("[ ] ")))
		return "\xE2\x98\x90";
	return bs_str_starts(text, BS_STR("[x] ")) || bs_str_starts(text, BS_STR("[X] ")) ? "\xE2\x98\x91" : NULL;
}

static void mark_item(cmark_node *item)
{
	cmark_node *paragraph = cmark_node_first_child(item), *text;
	struct bs_str literal;
	const char *sign;
	char *marked;

	if (paragraph == NULL || cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH)
		return;
	cmark_consolidate_text_nodes(paragraph);
	text = cmark_node_first_child(paragraph);
	literal = bs_str_c(text != NULL && cmark_node_get_type(text) == CMARK_NODE_TEXT ? cmark_node_get_literal(text) : "");
	sign = sign_of(literal);
	if (sign == NULL)
		return;
	marked = bs_alloc(literal.len + 1);
	memcpy(marked, literal.ptr, literal.len + 1);
	memcpy(marked, sign, 3); /* as long as the box in bytes */
	cmark_node_set_literal(text, marked);
	free(marked);
}

void tasks_mark(void *document)
{
	cmark_iter *iter = cmark_iter_new(document);
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		if (event == CMARK_EVENT_EXIT && cmark_node_get_type(cmark_iter_get_node(iter)) == CMARK_NODE_ITEM)
			mark_item(cmark_iter_get_node(iter));
	}
}
