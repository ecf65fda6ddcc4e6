#include "../unit.h"

#include "lang/lang.h"

static void assert_ascii(const char *code, const char *text, const char *ascii)
{
	struct bs_arena *arena = bs_arena_new();

	assert_str(bs_lang_ascii(arena, bs_lang_find(bs_str_c(code)), bs_str_c(text)), ascii);
	bs_arena_free(&arena);
}

static void ascii_stays_as_it_is(void **state)
{
	(void)state;
	assert_ascii("en", "Winter 'Readiness' Talks!", "Winter 'Readiness' Talks!");
	assert_ascii("en", "", "");
}

static void each_language_spells_its_letters_in_its_own_way(void **state)
{
	(void)state;
	assert_ascii("de", "Übergröße", "Uebergroesse");
	assert_ascii("sv", "Malmö", "Malmo");
	assert_ascii("da", "Ærø får Å", "Aeroe faar Aa");
	assert_ascii("fr", "L’été à Nîmes", "Lete a Nimes");
	assert_ascii("tr", "Işık İstanbul", "Isik Istanbul");
	assert_ascii("vi", "Đà Nẵng", "Da Nang");
	assert_ascii("pl", "Łódź", "Lodz");
	assert_ascii("ru", "Щука, подъезд", "Shchuka, podezd");
	assert_ascii("ru", "Москва", "Moskva");
	assert_ascii("uk", "Київ і Харків", "Kyiv i Kharkiv");
	assert_ascii("bg", "България", "Balgariya");
	assert_ascii("sr", "Љубљана", "Ljubljana");
}

static void other_scripts_are_written_in_latin_letters(void **state)
{
	(void)state;
	assert_ascii("el", "Αθήνα", "Athena");
	assert_ascii("zh-Hans", "新闻", "xin wen");
	assert_ascii("ja", "ニュース", "nyusu");
	assert_ascii("ka", "თბილისი", "tbilisi");
	assert_ascii("hi", "समाचार", "samacara");
	assert_ascii("ar", "أخبار", "akhbar");
}

static void what_has_no_letters_leaves_nothing(void **state)
{
	(void)state;
	assert_ascii("en", "🧊", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ascii_stays_as_it_is),
		cmocka_unit_test(each_language_spells_its_letters_in_its_own_way),
		cmocka_unit_test(other_scripts_are_written_in_latin_letters),
		cmocka_unit_test(what_has_no_letters_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
