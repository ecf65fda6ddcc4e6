/* xml.c - see xml.h. */
#include "translate/files/xml.h"

#include <expat.h>
#include <stdio.h>

#include "base/limits.h"

enum { DEPTH_MAX = 64, NODES_MAX = 1000000, CHUNK = 1 << 20 };

struct reading {
	struct bs_arena *arena;
	XML_Parser parser;
	struct bs_element *root, *open;
	struct bs_buf text; /* that has not become a node yet */
	size_t nodes, depth;
	const char *refused;
};

static int line_of(const struct reading *r)
{
	return (int)XML_GetCurrentLineNumber(r->parser);
}

static void refuse(struct reading *r, const char *why)
{
	if (r->refused == NULL)
		r->refused = why;
	XML_StopParser(r->parser, XML_FALSE);
}

static struct bs_str local(struct bs_arena *arena, const char *name)
{
	const char *colon = strrchr(name, '\n'); /* the separator that the parser was given */

	return bs_arena_copy(arena, bs_str_c(colon != NULL ? colon + 1 : name));
}

static struct bs_element *add_node(struct reading *r)
{
	struct bs_element *node = BS_NEW(r->arena, struct bs_element);

	if (++r->nodes > NODES_MAX)
		refuse(r, "it has more elements than a file of translations may have: split it");
	node->line = line_of(r);
	node->parent = r->open;
	if (r->open == NULL)
		r->root = node;
	else if (r->open->last == NULL)
		r->open->first = r->open->last = node;
	else
		r->open->last = r->open->last->next = node;
	return node;
}

static void end_text(struct reading *r)
{
	if (r->text.len == 0 || r->open == NULL)
		return;
	add_node(r)->text = bs_arena_copy(r->arena, bs_buf_str(&r->text));
	r->text.len = 0;
}

static void on_start(void *ctx, const XML_Char *name, const XML_Char **attrs)
{
	struct reading *r = ctx;
	struct bs_element *node;
	size_t count = 0;

	end_text(r);
	node = add_node(r);
	node->name = local(r->arena, name);
	while (attrs[2 * count] != NULL)
		count++;
	node->attrs = BS_ARRAY(r->arena, count + 1, struct bs_element_attr);
	for (; node->attr_count < count; node->attr_count++)
		node->attrs[node->attr_count] = (struct bs_element_attr){ local(r->arena, attrs[2 * node->attr_count]),
			                                              bs_arena_copy(r->arena, bs_str_c(attrs[2 * node->attr_count + 1])) };
	r->open = node;
	if (++r->depth > DEPTH_MAX)
		refuse(r, "its elements stand deeper in each other than in any file of translations");
}

static void on_end(void *ctx, const XML_Char *name)
{
	struct reading *r = ctx;

	(void)name;
	end_text(r);
	r->open = r->open->parent;
	r->depth--;
}

static void on_text(void *ctx, const XML_Char *text, int len)
{
	struct reading *r = ctx;

	bs_buf_put(&r->text, bs_str_n(text, (size_t)len));
}

static void on_entity(void *ctx, const XML_Char *name, int is_parameter, const XML_Char *value, int len, const XML_Char *base,
                      const XML_Char *system, const XML_Char *public, const XML_Char *notation)
{
	(void)name, (void)is_parameter, (void)value, (void)len, (void)base, (void)system, (void)public, (void)notation;
	refuse(ctx, "it declares entities, which are not read");
}

static void on_skipped(void *ctx, const XML_Char *name, int is_parameter)
{
	(void)name;
	if (!is_parameter)
		refuse(ctx, "it names an entity that is nowhere declared");
}

static void set_handlers(struct reading *r)
{
	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, on_start, on_end);
	XML_SetCharacterDataHandler(r->parser, on_text);
	XML_SetEntityDeclHandler(r->parser, on_entity);
	XML_SetSkippedEntityHandler(r->parser, on_skipped);
}

enum bs_rc bs_element_read(struct bs_arena *arena, struct bs_str text, const struct bs_element **out, struct bs_err *err)
{
	struct reading r = { .arena = arena, .text = BS_BUF(BS_MAX_EXCHANGE) };
	enum XML_Status status = XML_STATUS_OK;
	enum bs_rc rc = BS_OK;

	if (text.len > BS_MAX_EXCHANGE)
		return bs_fail(err, BS_LIMIT, "%zu bytes; a file of translations may have %d: split it", text.len, BS_MAX_EXCHANGE);
	r.parser = XML_ParserCreateNS(NULL, '\n');
	if (r.parser == NULL)
		bs_out_of_memory(0);
	set_handlers(&r);
	for (size_t at = 0; at <= text.len && status == XML_STATUS_OK && (at < text.len || at == 0); at += CHUNK) {
		struct bs_str part = bs_str_sub(text, at, CHUNK);
		status = XML_Parse(r.parser, part.ptr, (int)part.len, at + CHUNK >= text.len);
	}
	if (r.refused != NULL)
		rc = bs_fail(err, BS_INVALID, "line %d: %s", line_of(&r), r.refused);
	else if (status != XML_STATUS_OK)
		rc = bs_fail(err, BS_INVALID, "line %d: this is not XML: %s", line_of(&r), XML_ErrorString(XML_GetErrorCode(r.parser)));
	XML_ParserFree(r.parser);
	bs_buf_free(&r.text);
	if (rc == BS_OK)
		*out = r.root;
	return rc;
}

struct bs_str bs_element_attr(const struct bs_element *element, const char *name)
{
	for (size_t i = 0; element != NULL && i < element->attr_count; i++) {
		if (bs_str_eq(element->attrs[i].name, bs_str_c(name)))
			return element->attrs[i].value;
	}
	return BS_STR("");
}

bool bs_element_is(const struct bs_element *element, const char *name)
{
	return element != NULL && bs_str_eq(element->name, bs_str_c(name));
}

const struct bs_element *bs_element_child(const struct bs_element *element, const char *name)
{
	const struct bs_element *child = element != NULL ? element->first : NULL;

	while (child != NULL && !bs_element_is(child, name))
		child = child->next;
	return child;
}

static const struct bs_element *following(const struct bs_element *within, const struct bs_element *at)
{
	if (at->first != NULL)
		return at->first;
	while (at != within && at->next == NULL)
		at = at->parent;
	return at == within ? NULL : at->next;
}

const struct bs_element *bs_element_next(const struct bs_element *within, const struct bs_element *at, const char *name)
{
	at = following(within, at != NULL ? at : within);
	while (at != NULL && !bs_element_is(at, name))
		at = following(within, at);
	return at;
}

struct bs_str bs_element_text(struct bs_arena *arena, const struct bs_element *element)
{
	struct bs_buf out = BS_BUF(BS_MAX_EXCHANGE);
	struct bs_str text;

	for (const struct bs_element *at = element; at != NULL; at = following(element, at))
		bs_buf_put(&out, at->text);
	text = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return text;
}
