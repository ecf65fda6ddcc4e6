/* test_html_links.c - which addresses of links a story keeps. */
#include "tests/unit/unit.h"

#include "text/html.h"

/* The address that <a href="ADDRESS"> keeps; empty for none. */
static struct bs_str kept(struct bs_arena *arena, const char *address)
{
	struct bs_err err = { 0 };
	struct bs_body body;

	assert_ok(bs_html_blocks(arena, bs_arena_printf(arena, "<p><a href=\"%s\">x</a></p>", address), NULL, &body, &err), &err);
	assert_int_equal(body.link_count, 1);
	return body.links[0].href;
}

static void an_address_that_hides_a_scheme_in_escapes_is_none(void **state)
{
	static const char *const hidden[] = {
		"%E2%80%A8javascript:alert(1)", "%C2%A0javascript:alert(1)", "%EF%BF%BDjavascript:x", "java%0Ascript:x", "%6aavascript:x",
		"javascript%3Ax", "%00javascript:x", "%20%01VBscript:x",
		"%E2%80%8Bdata:text/html,x", "\xE2\x80\xA8javascript:x", "javascript:x", "%FFjavascript:x",
	};
	struct bs_arena *arena = bs_arena_new();

	(void)state;
	for (size_t i = 0; i < BS_COUNT(hidden); i++)
		assert_str(kept(arena, hidden[i]), "");
	bs_arena_free(&arena);
}

static void an_address_that_only_speaks_of_a_scheme_stays(void **state)
{
	static const char *const shown[] = { "/javascript:x", "about/javascript:x", "javascript", "dat%C3%A1:x", "https://a.example/javascript:x",
		                             "?q=javascript:x", "%D1%8Fjavascript:x" };
	struct bs_arena *arena = bs_arena_new();

	(void)state;
	for (size_t i = 0; i < BS_COUNT(shown); i++)
		assert_str(kept(arena, shown[i]), shown[i]);
	bs_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_that_hides_a_scheme_in_escapes_is_none),
		cmocka_unit_test(an_address_that_only_speaks_of_a_scheme_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
