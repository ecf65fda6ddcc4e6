/* router.c - routes; see router.h.
 *
 * The tree has one level per path segment, and a slash at the end is an empty last segment: "/" is the segments "",
 * "/a/" is "a" and "". A segment of a pattern is a row of pieces, text and captures by turns; an edge carries that row.
 * Edges of plain text are sorted and found by bisection, those with captures follow in the order in which they are tried.
 * Captures take as many bytes as their kind allows and are then checked, so that a row of pieces matches in one way only. */
#include "http/router.h"

#include <stdlib.h>

enum { MAX_PATTERN = 256, MAX_PIECES = 8, MAX_OPTIONAL = 6, MAX_NUMBER_DIGITS = 19 };

struct piece {
	struct bs_str text;        /* plain text; ptr NULL: a capture */
	enum bs_capture_kind kind;
};

struct claim { /* a route at the end of its pattern */
	const struct bs_route *route;
	void *ctx;
	struct claim *next;
};

struct node;

struct edge {
	struct piece *pieces;
	size_t piece_count;
	struct node *to;
};

struct node {
	struct edge *edges;
	size_t edge_count;
	size_t text_count; /* the first of the edges: plain text, sorted */
	struct claim *claims;
};

struct bs_router {
	struct bs_arena *arena;
	bool (*is_lang)(struct bs_str code, void *ctx);
	void *lang_ctx;
	struct node root;
};

static const struct bs_str kind_names[BS_CAPTURE_KINDS] = {
	[BS_CAPTURE_LANG] = BS_STR_INIT("lang"), [BS_CAPTURE_YEAR] = BS_STR_INIT("yyyy"),
	[BS_CAPTURE_MONTH] = BS_STR_INIT("mm"),  [BS_CAPTURE_DAY] = BS_STR_INIT("dd"),
	[BS_CAPTURE_SLUG] = BS_STR_INIT("slug"), [BS_CAPTURE_PAGE] = BS_STR_INIT("n"),
	[BS_CAPTURE_ID] = BS_STR_INIT("id"),     [BS_CAPTURE_HASH] = BS_STR_INIT("hash"),
	[BS_CAPTURE_WORD] = BS_STR_INIT("word"), [BS_CAPTURE_FILE] = BS_STR_INIT("file"),
};

struct bs_router *bs_router_new(bool (*is_lang)(struct bs_str code, void *ctx), void *ctx)
{
	struct bs_router *router = bs_alloc(sizeof(*router));

	router->arena = bs_arena_new();
	router->is_lang = is_lang;
	router->lang_ctx = ctx;
	return router;
}

void bs_router_free(struct bs_router **router)
{
	if (*router == NULL)
		return;
	bs_arena_free(&(*router)->arena);
	free(*router);
	*router = NULL;
}

/* Which bytes a capture goes on taking. */
static bool kind_takes(enum bs_capture_kind kind, unsigned char c)
{
	bool digit = c >= '0' && c <= '9', lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z';

	switch (kind) {
	case BS_CAPTURE_YEAR:
	case BS_CAPTURE_MONTH:
	case BS_CAPTURE_DAY:
	case BS_CAPTURE_PAGE:
	case BS_CAPTURE_ID:
		return digit;
	case BS_CAPTURE_HASH:
		return digit || (c >= 'a' && c <= 'f');
	case BS_CAPTURE_WORD:
		return digit || lower || c == '-';
	case BS_CAPTURE_LANG:
		return digit || lower || upper || c == '-';
	case BS_CAPTURE_SLUG:
		return digit || lower || upper || c == '-' || c == '_' || c >= 0x80;
	case BS_CAPTURE_FILE:
		return digit || lower || upper || c == '-' || c == '_' || c == '.';
	case BS_CAPTURE_KINDS:
		break;
	}
	return false;
}

/* A number of `digits` digits at most (exactly, where `exact`) between low and high, no zero in front unless exact. */
static bool is_number(struct bs_str s, size_t digits, bool exact, int64_t low, int64_t high, int64_t *number)
{
	if (s.len > digits || (exact && s.len != digits) || (!exact && s.ptr[0] == '0'))
		return false;
	return bs_str_int(s, number) == BS_OK && *number >= low && *number <= high;
}

/* Whether the bytes that a capture took are one of its kind. */
static bool kind_is(const struct bs_router *router, enum bs_capture_kind kind, struct bs_str s, int64_t *number)
{
	switch (kind) {
	case BS_CAPTURE_LANG:
		return router->is_lang != NULL && router->is_lang(s, router->lang_ctx);
	case BS_CAPTURE_YEAR:
		return is_number(s, 4, true, 1000, 9999, number);
	case BS_CAPTURE_MONTH:
		return is_number(s, 2, true, 1, 12, number);
	case BS_CAPTURE_DAY:
		return is_number(s, 2, true, 1, 31, number);
	case BS_CAPTURE_PAGE:
		return is_number(s, 6, false, 1, 999999, number);
	case BS_CAPTURE_ID:
		return is_number(s, MAX_NUMBER_DIGITS, false, 1, INT64_MAX, number);
	case BS_CAPTURE_HASH:
		return s.len == 64;
	case BS_CAPTURE_WORD:
		return s.len <= 64;
	case BS_CAPTURE_SLUG:
		return s.len <= BS_MAX_SLUG;
	case BS_CAPTURE_FILE:
		return s.ptr[0] != '.' && s.len <= 255;
	case BS_CAPTURE_KINDS:
		break;
	}
	return false;
}

/* ---- compiling ---- */

struct compiler {
	struct bs_router *router;
	const struct bs_route *route;
	void *ctx;
	struct bs_err *err;
	bool seen[BS_CAPTURE_KINDS];
};

static enum bs_rc bad_pattern(struct compiler *c, const char *why)
{
	return bs_fail(c->err, BS_INVALID, "the route pattern '%s' is wrong: %s", c->route->pattern, why);
}

static enum bs_rc parse_capture(struct compiler *c, struct bs_str name, struct piece *piece)
{
	for (size_t kind = 0; kind < BS_CAPTURE_KINDS; kind++) {
		if (!bs_str_eq(name, kind_names[kind]))
			continue;
		if (c->seen[kind])
			return bad_pattern(c, "it captures one kind twice");
		c->seen[kind] = true;
		*piece = (struct piece){ .kind = (enum bs_capture_kind)kind };
		return BS_OK;
	}
	return bad_pattern(c, "it names a kind of capture that does not exist");
}

/* Behind a capture must come text that the capture can't take itself. */
static bool pieces_are_distinct(const struct piece *pieces, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (pieces[i - 1].text.ptr != NULL)
			continue;
		if (pieces[i].text.ptr == NULL || kind_takes(pieces[i - 1].kind, (unsigned char)pieces[i].text.ptr[0]))
			return false;
	}
	return true;
}

static enum bs_rc parse_segment(struct compiler *c, struct bs_str segment, struct piece *pieces, size_t *count)
{
	enum bs_rc rc;

	*count = 0;
	while (segment.len > 0 || *count == 0) {
		bool capture = segment.len > 0 && segment.ptr[0] == '{';
		size_t end = bs_str_find_byte(segment, capture ? '}' : '{', 0);

		if (*count == MAX_PIECES)
			return bad_pattern(c, "a segment has too many parts");
		if (capture && end == SIZE_MAX)
			return bad_pattern(c, "a { has no }");
		if (capture) {
			rc = parse_capture(c, bs_str_sub(segment, 1, end - 1), &pieces[*count]);
			if (rc != BS_OK)
				return rc;
			end++;
		} else {
			end = end == SIZE_MAX ? segment.len : end;
			pieces[*count] = (struct piece){ .text = bs_arena_copy(c->router->arena, bs_str_sub(segment, 0, end)) };
		}
		segment = bs_str_sub(segment, end, SIZE_MAX);
		(*count)++;
	}
	return pieces_are_distinct(pieces, *count) ? BS_OK : bad_pattern(c, "what follows a capture can't be told from it");
}

/* The order in which edges are tried: text, then by the first difference of pieces: text before a capture, captures by
 * kind, and the longer row first. */
static int edge_order(const struct piece *a, size_t a_count, const struct piece *b, size_t b_count)
{
	bool a_text = a_count == 1 && a->text.ptr != NULL, b_text = b_count == 1 && b->text.ptr != NULL;

	if (a_text != b_text)
		return a_text ? -1 : 1;
	for (size_t i = 0; i < a_count && i < b_count; i++) {
		int order;
		if ((a[i].text.ptr == NULL) != (b[i].text.ptr == NULL))
			return a[i].text.ptr != NULL ? -1 : 1;
		order = a[i].text.ptr != NULL ? bs_str_cmp(a[i].text, b[i].text) : (int)a[i].kind - (int)b[i].kind;
		if (order != 0)
			return order;
	}
	return (a_count < b_count) - (a_count > b_count);
}

/* The node behind the edge with these pieces, made where there is none. */
static struct node *node_below(struct compiler *c, struct node *node, const struct piece *pieces, size_t count)
{
	struct edge *edges;
	size_t at = 0;

	while (at < node->edge_count) {
		struct edge *edge = &node->edges[at];
		int order = edge_order(edge->pieces, edge->piece_count, pieces, count);
		if (order == 0)
			return edge->to;
		if (order > 0)
			break;
		at++;
	}
	edges = BS_ARRAY(c->router->arena, node->edge_count + 1, struct edge);
	for (size_t i = 0; i < node->edge_count; i++)
		edges[i + (i >= at)] = node->edges[i];
	edges[at] = (struct edge){ BS_ARRAY(c->router->arena, count, struct piece), count, BS_NEW(c->router->arena, struct node) };
	memcpy(edges[at].pieces, pieces, count * sizeof(*pieces));
	node->edges = edges;
	node->edge_count++;
	node->text_count += count == 1 && pieces->text.ptr != NULL;
	return edges[at].to;
}

/* One pattern without brackets. */
static enum bs_rc add_plain(struct compiler *c, struct bs_str pattern)
{
	struct piece pieces[MAX_PIECES];
	struct node *node = &c->router->root;
	struct claim *claim;
	struct bs_str segment;
	size_t count;
	enum bs_rc rc;

	memset(c->seen, 0, sizeof(c->seen));
	if (pattern.len == 0 || pattern.ptr[0] != '/')
		return bad_pattern(c, "it does not begin with a slash");
	if (bs_str_find(pattern, BS_STR("//"), 0) != SIZE_MAX)
		return bad_pattern(c, "it has an empty segment");
	pattern = bs_str_sub(pattern, 1, SIZE_MAX);
	while (bs_str_split(&pattern, '/', &segment)) {
		rc = parse_segment(c, segment, pieces, &count);
		if (rc != BS_OK)
			return rc;
		node = node_below(c, node, pieces, count);
	}
	for (claim = node->claims; claim != NULL; claim = claim->next) {
		if ((claim->route->methods & c->route->methods) != 0)
			return bs_fail(c->err, BS_CONFLICT, "the route patterns '%s' and '%s' claim the same address",
			               claim->route->pattern, c->route->pattern);
	}
	claim = BS_NEW(c->router->arena, struct claim);
	*claim = (struct claim){ c->route, c->ctx, node->claims };
	node->claims = claim;
	return BS_OK;
}

/* Write the pattern with those bracketed parts that are set in `kept`, by their order; returns how many there are. */
static size_t expand(struct bs_str pattern, unsigned kept, struct bs_buf *out, bool *balanced)
{
	size_t parts = 0;
	bool inside = false;

	bs_buf_reset(out);
	*balanced = true;
	for (size_t i = 0; i < pattern.len; i++) {
		char ch = pattern.ptr[i];
		if (ch == '[' || ch == ']') {
			*balanced = *balanced && inside == (ch == ']');
			inside = ch == '[';
			parts += ch == '[';
		} else if (!inside || (parts <= MAX_OPTIONAL && (kept >> (parts - 1) & 1) != 0)) {
			bs_buf_putc(out, ch);
		}
	}
	*balanced = *balanced && !inside;
	return parts;
}

static enum bs_rc add_route(struct compiler *c)
{
	struct bs_str pattern = bs_str_c(c->route->pattern);
	struct bs_buf plain = BS_BUF(MAX_PATTERN);
	bool balanced;
	size_t parts = expand(pattern, 0, &plain, &balanced);
	enum bs_rc rc = BS_OK;

	if (!balanced || parts > MAX_OPTIONAL || pattern.len > MAX_PATTERN)
		rc = bad_pattern(c, "its brackets are not in pairs, or nested, or it is too long");
	for (unsigned kept = 0; rc == BS_OK && kept < 1u << parts; kept++) {
		expand(pattern, kept, &plain, &balanced);
		rc = add_plain(c, bs_buf_str(&plain));
	}
	bs_buf_free(&plain);
	return rc;
}

enum bs_rc bs_router_add(struct bs_router *router, const struct bs_route *routes, size_t count, void *ctx,
                         struct bs_err *err)
{
	struct compiler c = { .router = router, .ctx = ctx, .err = err };
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; rc == BS_OK && i < count; i++) {
		c.route = &routes[i];
		rc = add_route(&c);
	}
	return rc;
}

/* ---- matching ---- */

struct walk {
	const struct bs_router *router;
	unsigned method;
	struct bs_match *match;
	bool slash; /* a route was met whose address differs by the slash at the end, */
	struct bs_match sibling; /* the first such that takes the method */
};

static bool take_capture(struct walk *walk, enum bs_capture_kind kind, struct bs_str *rest)
{
	struct bs_captures *captures = &walk->match->captures;
	struct bs_str taken;
	size_t len = 0;

	while (len < rest->len && kind_takes(kind, (unsigned char)rest->ptr[len]))
		len++;
	taken = bs_str_sub(*rest, 0, len);
	if (len == 0 || !kind_is(walk->router, kind, taken, &captures->number[kind]))
		return false;
	captures->text[kind] = taken;
	*rest = bs_str_sub(*rest, len, SIZE_MAX);
	return true;
}

static bool take_pieces(struct walk *walk, const struct edge *edge, struct bs_str segment)
{
	for (size_t i = 0; i < edge->piece_count; i++) {
		const struct piece *piece = &edge->pieces[i];
		if (piece->text.ptr == NULL) {
			if (!take_capture(walk, piece->kind, &segment))
				return false;
		} else {
			if (!bs_str_starts(segment, piece->text))
				return false;
			segment = bs_str_sub(segment, piece->text.len, SIZE_MAX);
		}
	}
	return segment.len == 0;
}

static void forget_captures(struct walk *walk, const struct edge *edge)
{
	for (size_t i = 0; i < edge->piece_count; i++) {
		if (edge->pieces[i].text.ptr == NULL) {
			walk->match->captures.text[edge->pieces[i].kind] = (struct bs_str){ 0 };
			walk->match->captures.number[edge->pieces[i].kind] = 0;
		}
	}
}

static const struct edge *text_edge(const struct node *node, struct bs_str segment)
{
	size_t low = 0, high = node->text_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = bs_str_cmp(node->edges[middle].pieces->text, segment);
		if (order == 0)
			return &node->edges[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* This node would be met if the path ended with a slash, or without. */
static void note_sibling(struct walk *walk, const struct node *node)
{
	walk->slash = walk->slash || node->claims != NULL;
	for (const struct claim *claim = node->claims; claim != NULL && walk->sibling.route == NULL; claim = claim->next) {
		if ((claim->route->methods & walk->method) != 0)
			walk->sibling = (struct bs_match){ claim->route, claim->ctx, walk->match->captures, 0 };
	}
}

/* The path ends at this node. */
static bool claim_here(struct walk *walk, const struct node *node)
{
	const struct edge *slash = text_edge(node, BS_STR(""));

	if (slash != NULL)
		note_sibling(walk, slash->to);
	for (const struct claim *claim = node->claims; claim != NULL; claim = claim->next) {
		walk->match->allowed |= claim->route->methods;
		if ((claim->route->methods & walk->method) != 0) {
			walk->match->route = claim->route;
			walk->match->ctx = claim->ctx;
		}
	}
	return walk->match->route != NULL;
}

/* `rest` is what follows the slash behind this node; its ptr is NULL at the end of the path. As deep as the deepest
 * pattern at most. */
static bool walk_from(struct walk *walk, const struct node *node, struct bs_str rest)
{
	const struct edge *text;
	struct bs_str segment;

	if (!bs_str_split(&rest, '/', &segment))
		return claim_here(walk, node);
	if (segment.len == 0 && rest.ptr == NULL && node != &walk->router->root)
		note_sibling(walk, node);
	text = text_edge(node, segment);
	if (text != NULL && walk_from(walk, text->to, rest))
		return true;
	for (size_t i = node->text_count; i < node->edge_count; i++) {
		const struct edge *edge = &node->edges[i];
		if (take_pieces(walk, edge, segment) && walk_from(walk, edge->to, rest))
			return true;
		forget_captures(walk, edge);
	}
	return false;
}

enum bs_match_result bs_router_match(const struct bs_router *router, enum bs_method method, struct bs_str path,
                                     struct bs_match *out)
{
	struct walk walk = { .router = router, .method = method == BS_HEAD ? BS_GET : method, .match = out };

	*out = (struct bs_match){ 0 };
	if (walk_from(&walk, &router->root, bs_str_sub(path, 1, SIZE_MAX)))
		return BS_MATCH_FOUND;
	if (out->allowed != 0)
		return BS_MATCH_METHOD;
	*out = walk.sibling;
	return walk.slash ? BS_MATCH_SLASH : BS_MATCH_NONE;
}
