/* test_address.c - what may be an address of the web, and how it is written so that it may stand on a page. */
#include "tests/unit/unit.h"

#include "text/address.h"

static void an_address_of_the_web_has_a_host(void **state)
{
	(void)state;
	assert_true(bs_url_is_web(BS_STR("https://example.org")));
	assert_true(bs_url_is_web(BS_STR("HTTP://example.org:8080/a?b#c")));
	assert_true(bs_url_is_web(BS_STR("http://[::1]/")));
	assert_false(bs_url_is_web(BS_STR("https:///a")));
	assert_false(bs_url_is_web(BS_STR("https://:80/a")));
	assert_false(bs_url_is_web(BS_STR("ftp://example.org")));
	assert_false(bs_url_is_web(BS_STR("https://example.org/a b")));
	assert_false(bs_url_is_web(BS_STR("https://exam<ple.org/")));
}

static void assert_tidy(const char *url, const char *want)
{
	struct bs_arena *arena = bs_arena_new();

	assert_str(bs_url_tidy(arena, bs_str_c(url)), want);
	assert_str(bs_url_tidy(arena, bs_str_c(want)), want); /* again changes nothing */
	bs_arena_free(&arena);
}

static void what_an_address_may_not_hold_is_encoded(void **state)
{
	(void)state;
	assert_tidy("https://example.org/a?b=1&c=<2>", "https://example.org/a?b=1&c=%3C2%3E");
	assert_tidy("https://example.org/{a}|\\^`\"", "https://example.org/%7Ba%7D%7C%5C%5E%60%22");
	assert_tidy("http://[::1]/a[0]", "http://[::1]/a%5B0%5D");
	assert_tidy("https://example.org/100%?a=50%25&b=%zz", "https://example.org/100%25?a=50%25&b=%25zz");
}

static void what_is_right_or_no_address_stays(void **state)
{
	(void)state;
	assert_tidy("https://example.org/stra\xC3\x9F" "e?a=1#b", "https://example.org/stra\xC3\x9F" "e?a=1#b");
	assert_tidy("https://exam<ple.org/<a>", "https://exam<ple.org/<a>");
	assert_tidy("mailto:a@example.org", "mailto:a@example.org");
	assert_tidy("", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_of_the_web_has_a_host),
		cmocka_unit_test(what_an_address_may_not_hold_is_encoded),
		cmocka_unit_test(what_is_right_or_no_address_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
