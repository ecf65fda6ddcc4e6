#include "../unit.h"

#include "base/limits.h"
#include "lang/tokens.h"

static const struct bs_lang *lang_of(const char *code)
{
	return bs_lang_find(bs_str_c(code));
}

static void assert_tokens(const char *code, const char *text, const char *terms)
{
	struct bs_buf out = BS_BUF(100000);

	bs_tokens_of(lang_of(code), bs_str_c(text), &out);
	assert_str(bs_buf_str(&out), terms);
	bs_buf_free(&out);
}

static void words_are_folded_and_stemmed(void **state)
{
	(void)state;
	assert_tokens("en", "The Ships were SHIPPING iron-ore, 12,000 tons!", "the ship were ship iron ore 12 000 ton");
	assert_tokens("en", "John’s boat isn't Ada's", "john boat isnt ada");
	assert_tokens("de", "Die Häfen, der Hafen; STRASSE Straße", "die haf der haf strass strass");
	assert_tokens("ru", "Ледоколы ёлка Ёлки", "ледокол елк елк");
	assert_tokens("en", "", "");
	assert_tokens("en", " … — !", "");
}

static void accents_do_not_tell_words_apart(void **state)
{
	(void)state;
	assert_tokens("sv", "Malmö malmo MALMÖ", "malmo malmo malmo");
	assert_tokens("pl", "Łódź lodz", "lodz lodz");
	assert_tokens("vi", "Hà Nội", "ha noi");
	assert_tokens("da", "Ærø aero", "aero aero");
	assert_tokens("el", "Αθήνα", "αθην");
	assert_tokens("uk", "йод їжак об’єкт", "йод іжак обєкт");
	assert_tokens("ru", "замо\u0301к", "замок");
	assert_tokens("fr", "cafe\u0301 café", "caf caf");
}

static void apostrophes_part_words_where_the_language_elides(void **state)
{
	(void)state;
	assert_tokens("fr", "l’auteur", "l auteur");
	assert_tokens("it", "dell'acqua", "dell acqua");
	assert_tokens("tr", "Ankara'nın", "ankar nin");
}

static void the_scripts_of_india_lose_the_dot_below_and_write_nasals_in_one_way(void **state)
{
	(void)state;
	assert_tokens("hi", "बर्फ बर्फ\u093C बर्\u095E", "बर्फ बर्फ बर्फ");
	assert_tokens("hi", "जहाज जहाज\u093C जहाज\u093Cों जहाजों", "जहाज जहाज जहाज जहाज");
	assert_tokens("bn", "সড\u09BCক স\u09DCক সডক", "সডক সডক সডক");
	assert_tokens("pa", "ਸ\u0A3Cਹਿਰ \u0A36ਹਿਰ ਸਹਿਰ", "ਸਹਿਰ ਸਹਿਰ ਸਹਿਰ");
	assert_tokens("gu", "ઝ\u0ABC ઝ", "ઝ ઝ");
	assert_tokens("or", "ଡ\u0B3C \u0B5C ଡ", "ଡ ଡ ଡ");
	assert_tokens("kn", "ಫ\u0CBC ಫ", "ಫ ಫ");
	assert_tokens("hi", "हिन्दी हिंदी चाँद चांद", "हिंद हिंद चांद चांद");
	assert_tokens("hi", "नेपाल नाम धन", "नेपाल नाम धन");
}

static void hebrew_has_no_points_and_its_marks_within_words_are_typed_in_many_ways(void **state)
{
	(void)state;
	assert_tokens("he", "שָׁלוֹם שלום", "שלום שלום");
	assert_tokens("he", "צה״ל צה\"ל צה”ל צהל", "צהל צהל צהל צהל");
	assert_tokens("he", "ג׳ורג׳ ג'ורג' ג’ורג", "גורג גורג גורג");
	assert_tokens("he", "אמר \"שלום\" והלך", "אמר שלום והלך");
}

static void turkish_has_two_i(void **state)
{
	(void)state;
	assert_tokens("tr", "IŞIK ışık Işık", "isik isik isik");
	assert_tokens("tr", "İSTANBUL istanbul", "istanbul istanbul");
}

static void arabic_loses_its_points_and_mixed_up_letters(void **state)
{
	(void)state;
	assert_tokens("fa", "کتاب كتاب", "كتاب كتاب");
	assert_tokens("fa", "می‌خواهم", "ميخواهم");
	assert_tokens("ur", "خبریں", "خبرين");
	assert_tokens("ar", "أحمد احمد إحمد آحمد كـــتاب كِتَابٌ", "احمد احمد احمد احمد كتاب كتاب");
	assert_tokens("ar", "المدرسة المدرسه مدرسة مدرسه", "مدرس مدرس مدرس مدرس");
	assert_tokens("fa", "خانهٔ خانۀ خانه", "خانه خانه خانه");
	assert_tokens("ur", "ہے هے ھے مکۃ مکہ", "هے هے هے مكه مكه");
}

static void digits_of_every_script_are_the_same(void **state)
{
	(void)state;
	assert_tokens("fa", "۲۰۲۵ ٢٠٢٥ 2025", "2025 2025 2025");
	assert_tokens("hi", "२०२५", "2025");
	assert_tokens("ja", "２０２５ ＡＢＣ", "2025 abc");
}

static void chinese_japanese_and_korean_go_in_pairs(void **state)
{
	(void)state;
	assert_tokens("zh-Hans", "港口新闻", "港口 口新 新闻 闻");
	assert_tokens("zh-Hans", "中", "中");
	assert_tokens("ja", "ニュース", "ニュ ュー ース ス");
	assert_tokens("ja", "ﾆｭｰｽ", "ニュ ュー ース ス");
	assert_tokens("ko", "뉴스 abc", "뉴스 스 abc");
	assert_tokens("en", "In 東京 today", "in 東京 京 today");
}

static void thai_lao_khmer_and_burmese_are_cut_by_dictionary(void **state)
{
	(void)state;
	assert_tokens("th", "ข่าวการเมืองไทย", "ข่าว การเมือง ไทย");
	assert_tokens("en", "ข่าวไทย 12", "ข่าว ไทย 12");
	assert_tokens("km", "ភាសាខ្មែរ", "ភាសាខ្មែរ");
}

static void indic_vowels_stay(void **state)
{
	(void)state;
	assert_tokens("bn", "সংবাদ", "সংবাদ");
	assert_tokens("hi", "समाचार", "समाचार");
	assert_tokens("ml", "വാർത്ത", "വാർത്ത");
}

static void a_long_run_of_thai_is_cut_the_same_in_time_that_grows_with_it(void **state)
{
	struct bs_buf text = BS_BUF(4 << 20), out = BS_BUF(16 << 20);

	(void)state;
	for (int i = 0; i < 20000; i++)
		bs_buf_lit(&text, "ข่าวการเมือง");
	bs_tokens_of(lang_of("th"), bs_buf_str(&text), &out);
	assert_int_equal(out.len, 20000 * strlen("ข่าว การเมือง ") - 1);
	bs_buf_free(&text);
	bs_buf_free(&out);
}

static void a_word_without_end_is_cut_to_a_term(void **state)
{
	struct bs_buf text = BS_BUF(1 << 20), out = BS_BUF(1 << 20);

	(void)state;
	for (int i = 0; i < 100000; i++)
		bs_buf_lit(&text, "ж");
	bs_tokens_of(lang_of("ru"), bs_buf_str(&text), &out);
	assert_true(out.len > 0 && out.len <= BS_MAX_TERM);
	assert_true(bs_str_utf8_fault(bs_buf_str(&out)) == SIZE_MAX);
	bs_buf_free(&text);
	bs_buf_free(&out);
}

static void terms_of_two_texts_do_not_run_together(void **state)
{
	struct bs_buf out = BS_BUF(1000);

	(void)state;
	bs_tokens_of(lang_of("en"), BS_STR("ice"), &out);
	bs_tokens_of(lang_of("en"), BS_STR("cream"), &out);
	assert_str(bs_buf_str(&out), "ice cream");
	bs_buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_folded_and_stemmed),
		cmocka_unit_test(accents_do_not_tell_words_apart),
		cmocka_unit_test(apostrophes_part_words_where_the_language_elides),
		cmocka_unit_test(the_scripts_of_india_lose_the_dot_below_and_write_nasals_in_one_way),
		cmocka_unit_test(hebrew_has_no_points_and_its_marks_within_words_are_typed_in_many_ways),
		cmocka_unit_test(turkish_has_two_i),
		cmocka_unit_test(arabic_loses_its_points_and_mixed_up_letters),
		cmocka_unit_test(digits_of_every_script_are_the_same),
		cmocka_unit_test(chinese_japanese_and_korean_go_in_pairs),
		cmocka_unit_test(thai_lao_khmer_and_burmese_are_cut_by_dictionary),
		cmocka_unit_test(indic_vowels_stay),
		cmocka_unit_test(a_long_run_of_thai_is_cut_the_same_in_time_that_grows_with_it),
		cmocka_unit_test(a_word_without_end_is_cut_to_a_term),
		cmocka_unit_test(terms_of_two_texts_do_not_run_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
