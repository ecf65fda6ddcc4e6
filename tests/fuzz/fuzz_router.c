/* Request targets and the router: whatever comes, what is let in keeps the promises of target.h, a target that is written
 * reads back as the same, and captures are what their kinds allow. */
#include <stdlib.h>

#include "http/negotiate.h"
#include "http/router.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static void nothing(struct bs_request *request, void *ctx)
{
	(void)request;
	(void)ctx;
}

static bool is_lang(struct bs_str code, void *ctx)
{
	(void)ctx;
	return code.len == 2;
}

static const struct bs_route routes[] = {
	{ BS_GET, "/[{lang}/]", nothing, 0 },
	{ BS_GET, "[/{lang}]/{yyyy}/{mm}/{slug}", nothing, 0 },
	{ BS_GET, "[/{lang}]/{yyyy}/{mm}/{slug}.pdf", nothing, 0 },
	{ BS_GET, "[/{lang}]/region/{slug}[/page/{n}]", nothing, 0 },
	{ BS_GET, "/media/{hash}/{n}.{word}", nothing, 0 },
	{ BS_GET | BS_POST, "/{slug}", nothing, 0 },
	{ BS_DELETE, "/item/{id}", nothing, 0 },
	{ BS_GET, "/x/{file}", nothing, 0 },
	{ BS_GET, "/pages/{n}/", nothing, 0 },
};

static struct bs_router *router_made_once(void)
{
	static struct bs_router *router;

	if (router == NULL) {
		router = bs_router_new(is_lang, NULL);
		demand(bs_router_add(router, routes, BS_COUNT(routes), NULL, NULL) == BS_OK);
	}
	return router;
}

static void check_path(struct bs_str path)
{
	struct bs_str rest = bs_str_sub(path, 1, SIZE_MAX), segment;

	demand(path.len > 0 && path.ptr[0] == '/');
	demand(bs_str_utf8_fault(path) == SIZE_MAX);
	for (size_t i = 0; i < path.len; i++)
		demand((unsigned char)path.ptr[i] >= ' ' && path.ptr[i] != 0x7F && path.ptr[i] != '\\');
	while (bs_str_split(&rest, '/', &segment)) {
		demand(segment.len > 0 || rest.ptr == NULL);
		demand(!bs_str_eq(segment, BS_STR(".")) && !bs_str_eq(segment, BS_STR("..")));
	}
}

static void check_writing(struct bs_arena *arena, const struct bs_target *target)
{
	static char room[BS_MAX_REQUEST_TARGET];
	struct bs_str written = bs_target_write(arena, target->path, target->query);
	struct bs_target again;
	enum bs_rc rc = bs_target_parse(written, room, &again);

	demand(written.ptr[0] == '/' && (written.len < 2 || written.ptr[1] != '/'));
	if (rc == BS_LIMIT) /* encoded, it may be three times as long */
		return;
	demand(rc == BS_OK && !again.moved && bs_str_eq(again.path, target->path));
}

static void check_match(struct bs_str path)
{
	struct bs_match match;
	enum bs_match_result result = bs_router_match(router_made_once(), BS_GET, path, &match);

	/* With the other slash at the end there may be a route to lead to. */
	demand(match.route == NULL ? result != BS_MATCH_FOUND : result == BS_MATCH_FOUND || result == BS_MATCH_SLASH);
	for (size_t i = 0; i < BS_CAPTURE_KINDS; i++) {
		struct bs_str text = match.captures.text[i];
		demand(text.ptr == NULL || (match.route != NULL && text.len > 0 && text.ptr > path.ptr &&
		                            text.ptr + text.len <= path.ptr + path.len && memchr(text.ptr, '/', text.len) == NULL));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char room[BS_MAX_REQUEST_TARGET];
	struct bs_str raw = bs_str_n((const char *)data, size), value;
	struct bs_arena *arena = bs_arena_new();
	struct bs_target target;
	struct bs_range range;
	int64_t time;

	if (bs_target_parse(raw, room, &target) == BS_OK) {
		check_path(target.path);
		check_writing(arena, &target);
		check_match(target.path);
		if (bs_form_get(arena, target.query, BS_STR("q"), &value) == BS_OK)
			demand(bs_str_utf8_fault(value) == SIZE_MAX);
	}
	demand(bs_coding_choose(raw) < BS_CODINGS);
	(void)bs_etag_listed(raw, BS_STR("\"a\""), false);
	(void)bs_authority_is_good(raw);
	if (bs_http_date_parse(raw, &time) == BS_OK)
		demand(time > -62167219200 && time < 253402300800);
	if (bs_range_parse(raw, 1000, &range) == BS_RANGE_PART)
		demand(range.len > 0 && range.from + range.len <= 1000);
	bs_arena_free(&arena);
	return 0;
}
