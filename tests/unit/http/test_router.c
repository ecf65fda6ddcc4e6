#include "tests/unit/unit.h"

#include "http/router.h"

enum { HOME, STORY, STORY_PDF, LISTING, FEED, MEDIA, SEARCH, FORM, ARCHIVE, ITEM, PAGE, NUMBERED };

static void nothing(struct bs_request *request, void *ctx)
{
	(void)request;
	(void)ctx;
}

static const struct bs_route site[] = {
	{ BS_GET, "/[{lang}/]", nothing, HOME },
	{ BS_GET, "[/{lang}]/{yyyy}/{mm}/{slug}", nothing, STORY },
	{ BS_GET, "[/{lang}]/{yyyy}/{mm}/{slug}.pdf", nothing, STORY_PDF },
	{ BS_GET, "[/{lang}]/region/{slug}[/page/{n}]", nothing, LISTING },
	{ BS_GET, "[/{lang}][/region/{slug}]/feed.xml", nothing, FEED },
	{ BS_GET, "/media/{hash}/{n}.{word}", nothing, MEDIA },
	{ BS_GET, "/search", nothing, SEARCH },
	{ BS_POST, "/search", nothing, FORM },
	{ BS_GET, "/archive/{yyyy}/{mm}", nothing, ARCHIVE },
	{ BS_GET | BS_DELETE, "/item/{id}", nothing, ITEM },
	{ BS_GET, "/{slug}", nothing, PAGE },
	{ BS_GET, "/pages/{n}/", nothing, NUMBERED },
};

static bool is_lang(struct bs_str code, void *ctx)
{
	(void)ctx;
	return bs_str_eq(code, BS_STR("de")) || bs_str_eq(code, BS_STR("zh-Hant"));
}

static struct bs_router *router;

static int set_up(void **state)
{
	struct bs_err err;

	(void)state;
	router = bs_router_new(is_lang, NULL);
	assert_ok(bs_router_add(router, site, BS_COUNT(site), &router, &err), &err);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	bs_router_free(&router);
	return 0;
}

/* The `which` of the route found, or a negative enum bs_match_result. */
static int found(enum bs_method method, const char *path, struct bs_match *match)
{
	enum bs_match_result result = bs_router_match(router, method, bs_str_c(path), match);

	return result == BS_MATCH_FOUND ? match->route->which : -(int)result;
}

static void each_address_of_the_site_finds_its_route(void **state)
{
	struct bs_match m;

	(void)state;
	assert_int_equal(found(BS_GET, "/", &m), HOME);
	assert_int_equal(found(BS_GET, "/de/", &m), HOME);
	assert_str(m.captures.text[BS_CAPTURE_LANG], "de");
	assert_int_equal(found(BS_GET, "/2025/11/a-story", &m), STORY);
	assert_ptr_equal(m.ctx, &router);
	assert_null(m.captures.text[BS_CAPTURE_LANG].ptr);
	assert_int_equal(m.captures.number[BS_CAPTURE_YEAR], 2025);
	assert_int_equal(m.captures.number[BS_CAPTURE_MONTH], 11);
	assert_str(m.captures.text[BS_CAPTURE_SLUG], "a-story");
	assert_int_equal(found(BS_GET, "/zh-Hant/2025/11/故事", &m), STORY);
	assert_str(m.captures.text[BS_CAPTURE_SLUG], "故事");
	assert_int_equal(found(BS_GET, "/de/2025/11/a-story.pdf", &m), STORY_PDF);
	assert_str(m.captures.text[BS_CAPTURE_SLUG], "a-story");
	assert_int_equal(found(BS_GET, "/region/asia/page/3", &m), LISTING);
	assert_int_equal(m.captures.number[BS_CAPTURE_PAGE], 3);
	assert_int_equal(found(BS_GET, "/region/asia", &m), LISTING);
	assert_int_equal(m.captures.number[BS_CAPTURE_PAGE], 0);
	assert_int_equal(found(BS_GET, "/de/region/asia/feed.xml", &m), FEED);
	assert_int_equal(found(BS_GET, "/feed.xml", &m), FEED);
	assert_int_equal(found(BS_HEAD, "/about", &m), PAGE);
	assert_int_equal(found(BS_GET, "/media/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef/640.webp", &m), MEDIA);
	assert_int_equal(m.captures.number[BS_CAPTURE_PAGE], 640);
	assert_str(m.captures.text[BS_CAPTURE_WORD], "webp");
}

static void text_wins_over_captures_and_a_dead_end_is_taken_back(void **state)
{
	struct bs_match m;

	(void)state;
	assert_int_equal(found(BS_GET, "/search", &m), SEARCH);
	assert_int_equal(found(BS_GET, "/de", &m), PAGE); /* the home of a language keeps its slash; "de" is a slug as well */
	assert_null(m.captures.text[BS_CAPTURE_LANG].ptr);
	assert_str(m.captures.text[BS_CAPTURE_SLUG], "de");
	assert_int_equal(found(BS_GET, "/archive/2025/11", &m), ARCHIVE);
	assert_int_equal(found(BS_GET, "/archive", &m), PAGE);
}

static void what_no_kind_allows_is_not_found(void **state)
{
	static const char *const absent[] = {
		"/2025/13/x", "/2025/00/x", "/0999/11/x", "/20255/11/x", "/2025/1/x", "/2025/11/x.y", "/2025/11/a b", "/fr/2025/11/x",
		"/region/asia/page/0", "/region/asia/page/01", "/region/asia/page/1000000", "/region/asia/page/", "/item/0",
		"/item/9223372036854775808", "/item/-1", "/media/0123/640.webp", "/2025/11/x.pdf.pdf", "/x.html", "/de/fr/",
		"/media/0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef/640.webp", "/2025/11//x",
	};
	struct bs_match m;

	(void)state;
	for (size_t i = 0; i < BS_COUNT(absent); i++) {
		if (found(BS_GET, absent[i], &m) != -BS_MATCH_NONE)
			fail_msg("'%s' was found", absent[i]);
	}
	assert_int_equal(found(BS_GET, "/item/9223372036854775807", &m), ITEM);
	assert_true(m.captures.number[BS_CAPTURE_ID] == INT64_MAX);
}

static void the_slash_at_the_end_has_one_right_form(void **state)
{
	struct bs_match m;

	(void)state;
	assert_int_equal(found(BS_GET, "/search/", &m), -BS_MATCH_SLASH);
	assert_int_equal(found(BS_GET, "/2025/11/x/", &m), -BS_MATCH_SLASH);
	assert_int_equal(found(BS_GET, "/zh-Hant", &m), PAGE);
	assert_int_equal(found(BS_GET, "/pages/7", &m), -BS_MATCH_SLASH);
	assert_int_equal(found(BS_GET, "/pages/7/", &m), NUMBERED);
	assert_int_equal(found(BS_GET, "/pages/x/", &m), -BS_MATCH_NONE);
	assert_int_equal(found(BS_GET, "/de/2025/11/x/", &m), -BS_MATCH_SLASH);
	assert_int_equal(m.route->which, STORY);
	assert_str(m.captures.text[BS_CAPTURE_LANG], "de");
	assert_int_equal(found(BS_PUT, "/search/", &m), -BS_MATCH_SLASH);
	assert_null(m.route);
}

static void another_method_is_told_which_are_allowed(void **state)
{
	struct bs_match m;

	(void)state;
	assert_int_equal(found(BS_POST, "/search", &m), FORM);
	assert_int_equal(found(BS_DELETE, "/search", &m), -BS_MATCH_METHOD);
	assert_int_equal(m.allowed, BS_GET | BS_POST);
	assert_int_equal(found(BS_DELETE, "/item/4", &m), ITEM);
	assert_int_equal(found(BS_PUT, "/item/4", &m), -BS_MATCH_METHOD);
	assert_int_equal(m.allowed, BS_GET | BS_DELETE);
	assert_int_equal(found(BS_POST, "/nowhere/at/all", &m), -BS_MATCH_NONE);
}

static void a_wrong_pattern_is_named_with_its_reason(void **state)
{
	static const char *const wrong[] = {
		"", "x", "/{slug", "/{what}", "/{slug}{n}", "/{slug}-{n}", "/{file}.x", "/{n}/{n}", "/[x", "/x]", "/[[x]]", "//x",
		"[/a][/b][/c][/d][/e][/f][/g]/",
	};
	struct bs_err err;

	(void)state;
	for (size_t i = 0; i < BS_COUNT(wrong); i++) {
		struct bs_route route = { BS_GET, wrong[i], nothing, 0 };
		if (bs_router_add(router, &route, 1, NULL, &err) != BS_INVALID)
			fail_msg("the pattern '%s' was taken", wrong[i]);
		assert_non_null(strstr(err.text, wrong[i]));
	}
}

static void two_routes_cannot_claim_one_address(void **state)
{
	struct bs_route again = { BS_GET | BS_PUT, "/[{lang}/]search", nothing, 0 };
	struct bs_err err;

	(void)state;
	assert_int_equal(bs_router_add(router, &again, 1, NULL, &err), BS_CONFLICT);
	again.methods = BS_PUT;
	assert_ok(bs_router_add(router, &again, 1, NULL, &err), &err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_address_of_the_site_finds_its_route, set_up, tear_down),
		cmocka_unit_test_setup_teardown(text_wins_over_captures_and_a_dead_end_is_taken_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_no_kind_allows_is_not_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_slash_at_the_end_has_one_right_form, set_up, tear_down),
		cmocka_unit_test_setup_teardown(another_method_is_told_which_are_allowed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_wrong_pattern_is_named_with_its_reason, set_up, tear_down),
		cmocka_unit_test_setup_teardown(two_routes_cannot_claim_one_address, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("router", tests, NULL, NULL);
}
