/* router.h - which route answers a path.
 *
 * Patterns are compiled once, at the start, into a tree with one level per path segment; matching walks it without
 * allocating. Built by one thread, then read by any number.
 *
 * Patterns. Text stands for itself; {kind} captures (kinds in request.h). A segment may mix both, "{slug}.pdf" or
 * "{n}-{word}": a capture takes as many bytes as its kind allows, so what follows it must begin with one that it does not.
 * A part in [brackets] may be left out: "[/{lang}]/region/{slug}[/page/{n}]" is four patterns in one. A kind occurs at most
 * once in a pattern. Where several patterns match a path, each segment prefers plain text, then captures in the order of
 * enum bs_capture_kind, with more text behind before less; a choice that leads nowhere is taken back.
 *
 * Slash at the end. A pattern that ends in a slash ("/", "/{lang}/") is the address with the slash, every other the
 * address without; the sibling that nobody claimed is answered with 308 to it, by the route itself where it has BS_SEES_SLASH. */
#ifndef BS_HTTP_ROUTER_H
#define BS_HTTP_ROUTER_H

#include "http/request.h"

struct bs_route {
	unsigned methods; /* a set of enum bs_method; BS_GET brings BS_HEAD with it. With BS_SEES_SLASH in it the route is also called for the
	                   * address with the other slash (bs_request.other_slash), to look first whether there is anything */
	const char *pattern;
	void (*handle)(struct bs_request *request, void *ctx); /* ctx: what bs_router_add was given */
	int which;        /* for handlers that serve several routes; copied into the request */
};

struct bs_router;

/* is_lang says what {lang} takes; called while matching, from any thread, and may change its mind while serving.
 * NULL: {lang} matches nothing. */
struct bs_router *bs_router_new(bool (*is_lang)(struct bs_str code, void *ctx), void *ctx);
void bs_router_free(struct bs_router **router);

/* Add a room's table. The routes are borrowed and must live as long as the router.
 *   BS_INVALID   a pattern is none; the text says which and why.
 *   BS_CONFLICT  two routes claim one pattern and method. */
enum bs_rc bs_router_add(struct bs_router *router, const struct bs_route *routes, size_t count, void *ctx,
                         struct bs_err *err) BS_CHECK;

enum bs_match_result {
	BS_MATCH_FOUND,
	BS_MATCH_NONE,   /* 404 */
	BS_MATCH_METHOD, /* 405: the path exists, for the methods in `allowed` */
	BS_MATCH_SLASH,  /* 308: it exists with the slash at the end added, or taken off */
};

struct bs_match {
	const struct bs_route *route; /* of BS_MATCH_FOUND and, where one takes the method, BS_MATCH_SLASH; as the next two */
	void *ctx;
	struct bs_captures captures;  /* views into the path */
	unsigned allowed;             /* methods of the path; of BS_MATCH_FOUND and BS_MATCH_METHOD */
};

/* `path` as bs_target_parse gives it. */
enum bs_match_result bs_router_match(const struct bs_router *router, enum bs_method method, struct bs_str path,
                                     struct bs_match *out) BS_CHECK;

#endif
