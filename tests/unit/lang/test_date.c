/* What date.c and number.c write is held, for every language, to what ICU's own formatters write. */
#include "../unit.h"

#include <unicode/udat.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "lang/date.h"
#include "lang/locale.h"

static const struct bs_lang *lang_of(const char *code)
{
	return bs_lang_find(bs_str_c(code));
}

static int open_arena(void **state)
{
	*state = bs_arena_new();
	return 0;
}

static int close_arena(void **state)
{
	bs_arena_free((struct bs_arena **)state);
	return 0;
}

static const struct bs_zone *zone_of(const char *name)
{
	struct bs_err err;
	const struct bs_zone *zone = NULL;

	assert_ok(bs_zone_find(bs_str_c(name), &zone, &err), &err);
	return zone;
}

enum { NOV_14 = 1763112600 }; /* 2025-11-14T09:30:00Z, a Friday */

static void dates_stand_as_newspapers_of_the_language_write_them(void **state)
{
	static const struct {
		const char *code;
		enum bs_date_form form;
		const char *text;
	} cases[] = {
		{ "en", BS_DATE_FULL, "Friday, 14 November 2025" },
		{ "en", BS_DATE_LONG, "14 November 2025" },
		{ "en", BS_DATE_SHORT, "14 Nov 2025" },
		{ "en", BS_DATE_TIME, "14 November 2025 at 09:30" },
		{ "en", BS_DATE_CLOCK, "09:30" },
		{ "en", BS_DATE_MONTH, "November 2025" },
		{ "en", BS_DATE_DAY, "14 November" },
		{ "en", BS_DATE_BRIEF, "14 Nov" },
		{ "de", BS_DATE_LONG, "14. November 2025" },
		{ "es", BS_DATE_LONG, "14 de noviembre de 2025" },
		{ "ru", BS_DATE_LONG, "14 ноября 2025\u202Fг." },
		{ "ru", BS_DATE_MONTH, "ноябрь 2025\u202Fг." },
		{ "ja", BS_DATE_FULL, "2025年11月14日金曜日" },
		{ "ar", BS_DATE_LONG, "١٤ نوفمبر ٢٠٢٥" },
		{ "fa", BS_DATE_LONG, "۱۴ نوامبر ۲۰۲۵" },
		{ "th", BS_DATE_LONG, "14 พฤศจิกายน 2568" },
		{ "zh-Hant", BS_DATE_CLOCK, "上午9:30" },
		{ "eo", BS_DATE_LONG, "14-a de novembro 2025" },
		{ "eu", BS_DATE_LONG, "2025(e)ko azaroaren 14(a)" },
	};

	for (size_t i = 0; i < BS_COUNT(cases); i++)
		assert_str(bs_date(*state, lang_of(cases[i].code), cases[i].form, zone_of("UTC"), NOV_14), cases[i].text);
}

static void the_first_of_a_month_is_an_ordinal_where_newspapers_write_one(void **state)
{
	const int64_t dec_1 = NOV_14 + INT64_C(17) * 86400;

	assert_str(bs_date(*state, lang_of("fr"), BS_DATE_LONG, zone_of("UTC"), dec_1), "1er décembre 2025");
	assert_str(bs_date(*state, lang_of("it"), BS_DATE_SHORT, zone_of("UTC"), dec_1), "1º dic 2025");
	assert_str(bs_date(*state, lang_of("pt"), BS_DATE_DAY, zone_of("UTC"), dec_1), "1º de dezembro");
	assert_str(bs_date(*state, lang_of("de"), BS_DATE_LONG, zone_of("UTC"), dec_1), "1. Dezember 2025");
}

static void assert_same_as_icu(struct bs_arena *arena, const struct bs_lang *lang, enum bs_date_form form, int64_t time)
{
	const struct locale *locale = locale_of(lang);
	UErrorCode status = U_ZERO_ERROR;
	struct bs_str mine;
	char id[64];
	size_t len;
	UChar *pattern = units_of_text(arena, locale->patterns[form], &len), out[256], utc[4];
	UDateFormat *format;
	int32_t out_len;

	/* Thai years of ICU's Gregorian calendar are not what we write; its Buddhist calendar has them. */
	snprintf(id, sizeof(id), "%s", lang->id == BS_LANG_th ? "th@calendar=buddhist" : locale->id);
	format = udat_open(UDAT_PATTERN, UDAT_PATTERN, id, u_uastrcpy(utc, "UTC"), -1, pattern, (int32_t)len, &status);
	out_len = udat_format(format, (UDate)time * 1000, out, 256, NULL, &status);
	assert_true(U_SUCCESS(status));
	udat_close(format);
	mine = bs_date(arena, lang, form, zone_of("UTC"), time);
	if (!bs_str_eq(mine, text_of_units(arena, out, (size_t)out_len)))
		fail_msg("%s form %d: '%.*s'", lang->code.ptr, form, (int)mine.len, mine.ptr);
}

static void every_form_of_every_language_is_what_icu_writes(void **state)
{
	for (int i = 0; i < BS_LANG_COUNT; i++) {
		for (int form = 0; form < BS_DATE_FORM_COUNT; form++) {
			for (int month = 0; month < 12; month++)
				assert_same_as_icu(*state, &bs_langs[i], (enum bs_date_form)form, NOV_14 + month * 2678400 + month * 7000);
		}
		bs_arena_reset(*state);
	}
}

static void midnight_and_noon_are_twelve_where_clocks_have_twelve_hours(void **state)
{
	assert_str(bs_date(*state, lang_of("ko"), BS_DATE_CLOCK, zone_of("UTC"), 0), "오전 12:00");
	assert_str(bs_date(*state, lang_of("ko"), BS_DATE_CLOCK, zone_of("UTC"), 43200), "오후 12:00");
}

static void hours_are_of_a_part_of_the_day_where_nobody_writes_am_and_pm(void **state)
{
	assert_str(bs_date(*state, lang_of("hi"), BS_DATE_TIME, zone_of("UTC"), NOV_14), "14 नवंबर 2025 को सुबह 9:30 बजे");
	assert_str(bs_date(*state, lang_of("hi"), BS_DATE_CLOCK, zone_of("UTC"), NOV_14 + 12 * 3600), "रात 9:30");
	assert_str(bs_date(*state, lang_of("ur"), BS_DATE_TIME, zone_of("UTC"), NOV_14), "14 نومبر، 2025 کو 9:30 صبح");
	assert_str(bs_date(*state, lang_of("bn"), BS_DATE_CLOCK, zone_of("UTC"), NOV_14), "৯:৩০ সকাল");
}

static void no_clock_of_the_offered_languages_has_english_letters_amid_another_script(void **state)
{
	for (int i = 0; i < BS_LANG_COUNT; i++) {
		struct bs_str text = bs_date(*state, &bs_langs[i], BS_DATE_TIME, zone_of("UTC"), NOV_14);
		const struct bs_str halves[] = { BS_STR(" AM"), BS_STR(" am"), BS_STR(" PM"), BS_STR(" pm") };
		bool other = false, english = false;
		for (size_t at = 0; at < text.len; at++)
			other |= (uint8_t)text.ptr[at] >= 0xE0; /* from Devanagari on */
		for (size_t half = 0; half < BS_COUNT(halves); half++)
			english |= bs_str_find(text, halves[half], 0) != SIZE_MAX;
		if (bs_langs[i].offered && other && english)
			fail_msg("%s: '%.*s'", bs_langs[i].code.ptr, (int)text.len, text.ptr);
	}
}

static void a_zone_knows_its_summers(void **state)
{
	const struct bs_zone *helsinki = zone_of("Europe/Helsinki");

	assert_int_equal(bs_zone_offset(helsinki, NOV_14), 120);
	assert_int_equal(bs_zone_offset(helsinki, 1751328000), 180);          /* 2025-07-01 */
	assert_int_equal(bs_zone_offset(helsinki, 1743296399), 120);          /* a second before the summer of 2025 */
	assert_int_equal(bs_zone_offset(helsinki, 1743296400), 180);
	assert_int_equal(bs_zone_offset(helsinki, 5700000000), 180);          /* August 2150: the rule goes on */
	assert_int_equal(bs_zone_offset(zone_of("Asia/Kathmandu"), NOV_14), 345);
	assert_int_equal(bs_zone_offset(zone_of("America/St_Johns"), NOV_14), -210);
	assert_ptr_equal(zone_of("Europe/Helsinki"), helsinki);
	assert_str(bs_date(*state, lang_of("en"), BS_DATE_TIME, helsinki, NOV_14), "14 November 2025 at 11:30");
}

static void a_zone_that_does_not_exist_is_named_in_the_error(void **state)
{
	struct bs_err err;
	const struct bs_zone *zone = NULL;

	(void)state;
	assert_int_equal(bs_zone_find(BS_STR("Europe/Atlantis"), &zone, &err), BS_NOT_FOUND);
	assert_non_null(strstr(err.text, "Europe/Atlantis"));
	assert_int_equal(bs_zone_find(BS_STR(""), &zone, &err), BS_NOT_FOUND);
	assert_int_equal(bs_zone_find(BS_STR("GMT+3"), &zone, &err), BS_NOT_FOUND);
	assert_null(zone);
}

static void numbers_of_every_language_are_what_icu_writes(void **state)
{
	static const int64_t numbers[] = { 0, 7, 10, 999, 1000, 1234, 9999, 10000, 123456, 1234567, 12345678, -1, -1234567, INT64_MAX, INT64_MIN };

	for (int i = 0; i < BS_LANG_COUNT; i++) {
		UErrorCode status = U_ZERO_ERROR;
		UNumberFormat *format = unum_open(UNUM_DECIMAL, NULL, 0, locale_of(&bs_langs[i])->id, NULL, &status);
		for (size_t k = 0; k < BS_COUNT(numbers); k++) {
			UChar out[128];
			int32_t len = unum_formatInt64(format, numbers[k], out, 128, NULL, &status);
			struct bs_str icu = text_of_units(*state, out, (size_t)len), mine = bs_number(*state, &bs_langs[i], numbers[k]);
			if (!bs_str_eq(mine, icu))
				fail_msg("%s: '%.*s' is not '%.*s'", bs_langs[i].code.ptr, (int)mine.len, mine.ptr, (int)icu.len, icu.ptr);
		}
		unum_close(format);
	}
}

static void plurals_follow_cldr(void **state)
{
	(void)state;
	assert_int_equal(bs_plural_of(lang_of("en"), 1), BS_PLURAL_ONE);
	assert_int_equal(bs_plural_of(lang_of("en"), 0), BS_PLURAL_OTHER);
	assert_int_equal(bs_plural_of(lang_of("ja"), 1), BS_PLURAL_OTHER);
	assert_int_equal(bs_plural_of(lang_of("ar"), 0), BS_PLURAL_ZERO);
	assert_int_equal(bs_plural_of(lang_of("ar"), 2), BS_PLURAL_TWO);
	assert_int_equal(bs_plural_of(lang_of("ar"), 103), BS_PLURAL_FEW);
	assert_int_equal(bs_plural_of(lang_of("ar"), 11), BS_PLURAL_MANY);
	assert_int_equal(bs_plural_of(lang_of("ru"), 21), BS_PLURAL_ONE);
	assert_int_equal(bs_plural_of(lang_of("ru"), 22), BS_PLURAL_FEW);
	assert_int_equal(bs_plural_of(lang_of("ru"), 25), BS_PLURAL_MANY);
}

static struct bs_str list_of(struct bs_arena *arena, const char *code, const char *a, const char *b, const char *c)
{
	const struct bs_str items[] = { bs_str_c(a), bs_str_c(b), bs_str_c(c) };
	size_t count = c != NULL ? 3 : b != NULL ? 2 : a != NULL ? 1 : 0;

	return bs_list(arena, lang_of(code), items, NULL, count);
}

static void names_are_joined_as_the_language_joins_them(void **state)
{
	assert_str(list_of(*state, "en", NULL, NULL, NULL), "");
	assert_str(list_of(*state, "en", "Ada", NULL, NULL), "Ada");
	assert_str(list_of(*state, "en", "Ada", "Ben", NULL), "Ada and Ben");
	assert_str(list_of(*state, "en", "Ada", "Ben", "Cyd"), "Ada, Ben and Cyd");
	assert_str(list_of(*state, "de", "Ada", "Ben", "Cyd"), "Ada, Ben und Cyd");
	assert_str(list_of(*state, "es", "Ada", "Inés", NULL), "Ada e Inés");
	assert_str(list_of(*state, "es", "Ada", "Ben", NULL), "Ada y Ben");
	assert_str(list_of(*state, "ja", "山田", "佐藤", "Cyd"), "山田、佐藤、Cyd");
	assert_str(list_of(*state, "ar", "منى", "علي", NULL), "منى وعلي");
}

static void links_stand_where_their_names_would(void **state)
{
	const struct bs_str names[] = { BS_STR("Ada"), BS_STR("Inés") };
	const struct bs_str links[] = { BS_STR("<a>Ada</a>"), BS_STR("<a>Inés</a>") };

	assert_str(bs_list(*state, lang_of("es"), names, links, 2), "<a>Ada</a> e <a>Inés</a>");
	assert_str(bs_list(*state, lang_of("fr"), names, links, 1), "<a>Ada</a>");
}

static void what_stands_between_items_is_safe_in_html(void **state)
{
	const struct bs_str items[] = { BS_STR("a"), BS_STR("b"), BS_STR("c") };

	for (int i = 0; i < BS_LANG_COUNT; i++) {
		struct bs_str list = bs_list(*state, &bs_langs[i], items, NULL, 3);
		for (size_t k = 0; k < list.len; k++)
			assert_null(strchr("<>&\"'", list.ptr[k]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(dates_stand_as_newspapers_of_the_language_write_them, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(the_first_of_a_month_is_an_ordinal_where_newspapers_write_one, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(every_form_of_every_language_is_what_icu_writes, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(midnight_and_noon_are_twelve_where_clocks_have_twelve_hours, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(hours_are_of_a_part_of_the_day_where_nobody_writes_am_and_pm, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(no_clock_of_the_offered_languages_has_english_letters_amid_another_script, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(a_zone_knows_its_summers, open_arena, close_arena),
		cmocka_unit_test(a_zone_that_does_not_exist_is_named_in_the_error),
		cmocka_unit_test_setup_teardown(numbers_of_every_language_are_what_icu_writes, open_arena, close_arena),
		cmocka_unit_test(plurals_follow_cldr),
		cmocka_unit_test_setup_teardown(names_are_joined_as_the_language_joins_them, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(links_stand_where_their_names_would, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(what_stands_between_items_is_safe_in_html, open_arena, close_arena),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
