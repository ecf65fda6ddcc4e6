#include "../unit.h"

#include "lang/lang.h"

static void assert_finds(const char *tag, const char *code)
{
	const struct bs_lang *lang = bs_lang_find(bs_str_c(tag));

	if (code == NULL) {
		assert_null(lang);
		return;
	}
	assert_non_null(lang);
	assert_str(lang->code, code);
}

static void every_language_is_found_by_its_code_in_any_case(void **state)
{
	char upper[16];

	(void)state;
	for (int i = 0; i < BS_LANG_COUNT; i++) {
		struct bs_str code = bs_langs[i].code;
		assert_int_equal(bs_langs[i].id, i);
		assert_ptr_equal(bs_lang_find(code), &bs_langs[i]);
		for (size_t k = 0; k < code.len; k++)
			upper[k] = (char)(code.ptr[k] == '-' ? '_' : code.ptr[k] & ~0x20);
		assert_ptr_equal(bs_lang_find(bs_str_n(upper, code.len)), &bs_langs[i]);
		assert_true(bs_langs[i].own_name.len > 0);
	}
}

static void other_names_of_a_language_are_known(void **state)
{
	(void)state;
	assert_finds("zh", "zh-Hans");
	assert_finds("zh-CN", "zh-Hans");
	assert_finds("zh-tw", "zh-Hant");
	assert_finds("zh_HK", "zh-Hant");
	assert_finds("no", "nb");
	assert_finds("iw", "he");
	assert_finds("in", "id");
	assert_finds("tl-PH", "fil");
}

static void a_more_exact_tag_falls_back_part_by_part(void **state)
{
	(void)state;
	assert_finds("de-AT", "de");
	assert_finds("zh-Hant-HK", "zh-Hant");
	assert_finds("sr-Latn-RS", "sr");
	assert_finds("en-US-u-hc-h12", "en");
	assert_finds("de-x-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "de");
}

static void stories_may_be_in_more_languages_than_the_site(void **state)
{
	(void)state;
	assert_int_equal(BS_LANG_OFFERED, 52);
	assert_finds("ta-LK", "ta");
	assert_finds("nn-NO", "nn");
	assert_false(bs_lang_find(BS_STR("ta"))->offered);
	assert_true(bs_lang_find(BS_STR("ckb"))->rtl);
}

static void what_is_no_language_of_ours_is_not_found(void **state)
{
	(void)state;
	assert_finds("", NULL);
	assert_finds("-", NULL);
	assert_finds("xx", NULL);
	assert_finds("den", NULL);
	assert_finds("*", NULL);
	assert_finds("e", NULL);
}

static void four_languages_run_from_right_to_left(void **state)
{
	int rtl = 0;

	(void)state;
	for (int i = 0; i < BS_LANG_OFFERED; i++)
		rtl += bs_langs[i].rtl;
	assert_int_equal(rtl, 4);
	assert_true(bs_langs[BS_LANG_ar].rtl && bs_langs[BS_LANG_fa].rtl && bs_langs[BS_LANG_he].rtl && bs_langs[BS_LANG_ur].rtl);
}

static const struct bs_lang *const offered[] = {
	&bs_langs[BS_LANG_en], &bs_langs[BS_LANG_de], &bs_langs[BS_LANG_fr], &bs_langs[BS_LANG_zh_Hant],
};

static void assert_negotiates(const char *header, int id)
{
	const struct bs_lang *lang = bs_lang_negotiate(bs_str_c(header), offered, BS_COUNT(offered));

	if (id < 0)
		assert_null(lang);
	else
		assert_ptr_equal(lang, &bs_langs[id]);
}

static void the_best_liked_of_what_is_offered_is_chosen(void **state)
{
	(void)state;
	assert_negotiates("fr, en;q=0.8", BS_LANG_fr);
	assert_negotiates("en;q=0.3, de;q=0.8", BS_LANG_de);
	assert_negotiates("de ; q=0.5 , fr;q=0.50", BS_LANG_de);
	assert_negotiates("sv, de-CH;q=0.9, en;q=0.1", BS_LANG_de);
	assert_negotiates("zh", BS_LANG_zh_Hant);
	assert_negotiates("DE", BS_LANG_de);
}

static void a_star_takes_the_first_that_is_not_refused(void **state)
{
	(void)state;
	assert_negotiates("*", BS_LANG_en);
	assert_negotiates("sv, *;q=0.1", BS_LANG_en);
	assert_negotiates("*, en;q=0", BS_LANG_de);
	assert_negotiates("en;q=0", -1);
}

static void a_broken_header_likes_nothing_it_does_not_say(void **state)
{
	(void)state;
	assert_negotiates("", -1);
	assert_negotiates(",,;", -1);
	assert_negotiates("sv", -1);
	assert_negotiates("de;q=x, fr;q=0.1", BS_LANG_fr);
	assert_negotiates("de;q=2", -1);
	assert_negotiates("de;q=0.0001", -1);
	assert_negotiates("de;level=1", -1);
}

static void a_header_of_a_thousand_ranges_is_looked_at_in_part(void **state)
{
	char header[6000] = "";
	size_t len = 0;

	(void)state;
	while (len + 8 < sizeof(header))
		len += (size_t)snprintf(header + len, sizeof(header) - len, "sv;q=1,");
	snprintf(header + len, sizeof(header) - len, "de");
	assert_negotiates(header, -1);
}

static void menus_list_languages_by_their_own_names(void **state)
{
	const struct bs_lang *const *sorted = bs_langs_by_own_name();
	int deutsch = -1, greek = -1, russian = -1, seen = 0;

	(void)state;
	for (int i = 0; i < BS_LANG_OFFERED; i++) {
		assert_true(sorted[i]->offered);
		deutsch = sorted[i]->id == BS_LANG_de ? i : deutsch;
		greek = sorted[i]->id == BS_LANG_el ? i : greek;
		russian = sorted[i]->id == BS_LANG_ru ? i : russian;
		seen |= sorted[i]->id == BS_LANG_zh_Hant;
	}
	assert_true(deutsch < greek && greek < russian && seen);
	assert_str(sorted[0]->own_name, "Azərbaycanca");
}

static void names_order_as_the_language_orders_them(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	const struct bs_lang *sv = &bs_langs[BS_LANG_sv], *de = &bs_langs[BS_LANG_de];

	(void)state;
	assert_true(bs_str_cmp(bs_lang_sort_key(arena, sv, BS_STR("Ångström")), bs_lang_sort_key(arena, sv, BS_STR("Zorn"))) > 0);
	assert_true(bs_str_cmp(bs_lang_sort_key(arena, de, BS_STR("Ångström")), bs_lang_sort_key(arena, de, BS_STR("Zorn"))) < 0);
	assert_true(bs_str_cmp(bs_lang_sort_key(arena, de, BS_STR("ärger")), bs_lang_sort_key(arena, de, BS_STR("Arm"))) < 0);
	assert_int_equal(bs_lang_sort_key(arena, de, BS_STR("")).len > 0, 1);
	bs_arena_free(&arena);
}

static void a_text_tells_its_language(void **state)
{
	static const struct {
		int lang; /* -1: none */
		struct bs_str text;
	} cases[] = {
		{ BS_LANG_en, BS_STR_INIT("The ferry left at nine, and it was the last that the harbour saw in that winter. For "
		              "the people of the island this is not news: they have been asking for a bridge since "
		              "the war, and they are still on their own with it.") },
		{ BS_LANG_de, BS_STR_INIT("Wer im Herbst am Kanal steht, hört zuerst nichts. Die Gemeinden am Ufer wollen das "
		              "nicht hinnehmen, und im November entscheidet der Kreistag, ob die Schleuse bleibt "
		              "oder ob sie auf eine andere Weise zu retten ist.") },
		{ BS_LANG_fr, BS_STR_INIT("À deux heures du matin, la criée est plus éclairée que la mairie. On y trie le "
		              "poisson avant l’aube, et les équipes sont parties depuis que les machines sont dans "
		              "le port, dit le plus ancien des hommes qui sont là.") },
		{ BS_LANG_es, BS_STR_INIT("El último camión salió en junio con cuarenta sacos y ninguna factura. Desde entonces "
		              "las salinas brillan solas, y los vecinos que trabajaban en las eras ya no esperan "
		              "que el ministerio tenga un plan para ellas.") },
		{ BS_LANG_pt, BS_STR_INIT("O último caminhão saiu em junho e não voltou. Os vizinhos que trabalhavam nas "
		              "salinas já não esperam que o ministério tenha um plano para elas, e a cidade dorme "
		              "mais do que em outros anos, com as luzes da noite.") },
		{ BS_LANG_ru, BS_STR_INIT("Последний паром ушёл в девять, и это был последний, который порт видел за ту зиму. "
		              "Для жителей острова это не новость: они просят мост с войны, но до сих пор остались "
		              "с этим одни, как и все, кто живёт на берегу из года в год.") },
		{ BS_LANG_ar, BS_STR_INIT("غادرت العبارة الأخيرة في التاسعة، وكانت آخر ما رآه الميناء في ذلك الشتاء. يطالب سكان "
		              "الجزيرة بجسر منذ الحرب.") },
		{ BS_LANG_fa, BS_STR_INIT("آخرین کشتی ساعت نه رفت و این آخرین کشتی بود که بندر در آن زمستان دید. مردم جزیره از "
		              "زمان جنگ پل می‌خواهند.") },
		{ BS_LANG_ja, BS_STR_INIT("最後のフェリーは九時に出て、それがその冬に港が見た最後の船だった。島の人々は戦争の時から橋を求めているが、まだ来ない。") },
		{ BS_LANG_zh_Hans, BS_STR_INIT("最后一班渡轮九点开出，那是港口在那个冬天见到的最后一艘船。岛上的人们从战争时起就在要求建一座桥，这不是什么新闻，他们还在等。") },
		{ BS_LANG_zh_Hant, BS_STR_INIT("最後一班渡輪九點開出，那是港口在那個冬天見到的最後一艘船。島上的人們從戰爭時起就在要求建一座橋，這不是什麼新聞，他們還在等。") },
		{ -1, BS_STR_INIT("Port Elden, 14 November.") },
		{ -1, BS_STR_INIT("") },
		{ -1, BS_STR_INIT("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 "
		              "32 33 34 35 36") },
	};

	(void)state;
	for (size_t i = 0; i < BS_COUNT(cases); i++) {
		const struct bs_lang *lang = bs_lang_guess(cases[i].text);

		assert_int_equal(lang != NULL ? lang->id : -1, cases[i].lang);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_language_is_found_by_its_code_in_any_case),
		cmocka_unit_test(other_names_of_a_language_are_known),
		cmocka_unit_test(a_more_exact_tag_falls_back_part_by_part),
		cmocka_unit_test(stories_may_be_in_more_languages_than_the_site),
		cmocka_unit_test(what_is_no_language_of_ours_is_not_found),
		cmocka_unit_test(four_languages_run_from_right_to_left),
		cmocka_unit_test(the_best_liked_of_what_is_offered_is_chosen),
		cmocka_unit_test(a_star_takes_the_first_that_is_not_refused),
		cmocka_unit_test(a_broken_header_likes_nothing_it_does_not_say),
		cmocka_unit_test(a_header_of_a_thousand_ranges_is_looked_at_in_part),
		cmocka_unit_test(menus_list_languages_by_their_own_names),
		cmocka_unit_test(a_text_tells_its_language),
		cmocka_unit_test(names_order_as_the_language_orders_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
