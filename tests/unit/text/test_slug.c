/* test_slug.c - titles become addresses. */
#include "tests/unit/unit.h"

#include "text/slug.h"

static void assert_slug(const char *title, const char *want)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_str slug = bs_slug_make(arena, bs_str_c(title), BS_STR("story-7"));

	assert_str(slug, want);
	assert_true(bs_slug_valid(slug));
	bs_arena_free(&arena);
}

static void words_are_joined_by_single_hyphens(void **state)
{
	(void)state;
	assert_slug("  Harbour reopens -- after 12 years!  ", "harbour-reopens-after-12-years");
	assert_slug("100% of A/B", "100-of-a-b");
	assert_slug("Don't stop, it’s fine", "dont-stop-its-fine");
}

static void latin_letters_lose_their_marks(void **state)
{
	(void)state;
	assert_slug("Çà et là, Œuvre", "ca-et-la-oeuvre");
	assert_slug("Straße GROẞ Łódź Ørsted Þór Ærø", "strasse-gross-lodz-orsted-thor-aero");
	assert_slug("Đường phố Hà Nội được mở", "duong-pho-ha-noi-duoc-mo");
	assert_slug("Știință și țară", "stiinta-si-tara");
	assert_slug("Cafe\xCC\x81s", "cafes");
	assert_slug("Işık İstanbul", "isik-istanbul");
}

static void a_long_title_is_cut_behind_a_word(void **state)
{
	(void)state;
	assert_slug("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
	            "one-two-three-four-five-six-seven-eight-nine-ten-eleven-twelve-thirteen-fourteen");
	assert_slug("one two three four five six seven eight nine ten eleven twelve thirteen fourteens sixteen",
	            "one-two-three-four-five-six-seven-eight-nine-ten-eleven-twelve-thirteen");
	assert_slug("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
	            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
}

static void a_title_without_latin_letters_takes_the_fallback(void **state)
{
	(void)state;
	assert_slug("北京", "story-7");
	assert_slug("", "story-7");
	assert_slug("?!", "story-7");
	assert_slug("\xFF\xC3", "story-7");
}

static void only_slugs_are_valid(void **state)
{
	static const char *const bad[] = { "", "-a", "a-", "a--b", "A", "a b", "a/b", "..", "é" };
	char longer[200];

	(void)state;
	for (size_t at = 0; at < BS_COUNT(bad); at++)
		assert_false(bs_slug_valid(bs_str_c(bad[at])));
	assert_true(bs_slug_valid(BS_STR("a-1")));
	memset(longer, 'a', sizeof(longer));
	assert_true(bs_slug_valid(bs_str_n(longer, 120)));
	assert_false(bs_slug_valid(bs_str_n(longer, 121)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_joined_by_single_hyphens),
		cmocka_unit_test(latin_letters_lose_their_marks),
		cmocka_unit_test(a_long_title_is_cut_behind_a_word),
		cmocka_unit_test(a_title_without_latin_letters_takes_the_fallback),
		cmocka_unit_test(only_slugs_are_valid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
