/* Every message of every language, filled in by message.c and by ICU's own MessageFormat, comes out the same. */
#include "../unit.h"

#include <unicode/uloc.h>
#include <unicode/umsg.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "lang/date.h"
#include "lang/locale.h"
#include "patterns.h"

enum { MAX_TEXT = 4096 };

static const int64_t numbers[] = { 0, 1, 2, 3, 5, 11, 21, 22, 100, 101, 1000, 12345, 1000000 };

/* ICU's answer; values of type d are all `number`, those of type s "A", "B" … in their order. */
static int32_t format_by_icu(const UMessageFormat *format, const char *types, int64_t number, UChar *out, UErrorCode *status)
{
	static const UChar a[] = { 'A', 0 }, b[] = { 'B', 0 }, c[] = { 'C', 0 };
	double n = (double)number;

	if (strcmp(types, "") == 0)
		return umsg_format(format, out, MAX_TEXT, status);
	if (strcmp(types, "s") == 0)
		return umsg_format(format, out, MAX_TEXT, status, a);
	if (strcmp(types, "d") == 0)
		return umsg_format(format, out, MAX_TEXT, status, n);
	if (strcmp(types, "ss") == 0)
		return umsg_format(format, out, MAX_TEXT, status, a, b);
	if (strcmp(types, "ds") == 0)
		return umsg_format(format, out, MAX_TEXT, status, n, b);
	if (strcmp(types, "sd") == 0)
		return umsg_format(format, out, MAX_TEXT, status, a, n);
	if (strcmp(types, "dd") == 0)
		return umsg_format(format, out, MAX_TEXT, status, n, n);
	if (strcmp(types, "sss") == 0)
		return umsg_format(format, out, MAX_TEXT, status, a, b, c);
	fail_msg("a message has parameters of the types %s, for which this test has no line yet", types);
	return 0;
}

static void compare(struct bs_arena *arena, const struct pattern *pattern, const UMessageFormat *format, int64_t number)
{
	static const struct bs_str texts[] = { BS_STR_INIT("A"), BS_STR_INIT("B"), BS_STR_INIT("C") };
	union bs_msg_value values[3] = { { .number = 0 } };
	UErrorCode status = U_ZERO_ERROR;
	UChar out[MAX_TEXT];
	int32_t len = format_by_icu(format, pattern->types, number, out, &status);
	struct bs_str icu, mine;

	assert_true(U_SUCCESS(status));
	for (size_t i = 0; pattern->types[i] != '\0'; i++) {
		if (pattern->types[i] == 's')
			values[i].text = texts[i];
		else
			values[i].number = number;
	}
	icu = text_of_units(arena, out, (size_t)len);
	mine = bs_words_format(arena, &bs_msg_words, bs_lang_find(bs_str_c(pattern->lang)), (int)pattern->id, values);
	if (!bs_str_eq(mine, icu))
		fail_msg("%s %s with %d: \"%s\", and ICU says \"%s\"", pattern->lang, bs_message_name(pattern->id).ptr, (int)number,
		         mine.ptr, icu.ptr);
}

static void every_message_of_every_language_is_what_icu_makes_of_it(void **state)
{
	struct bs_arena *arena = bs_arena_new();

	(void)state;
	for (size_t i = 0; i < pattern_count; i++) {
		UErrorCode status = U_ZERO_ERROR;
		size_t len;
		const char *locale = locale_of(bs_lang_find(bs_str_c(patterns[i].lang)))->id;
		UChar *units = units_of_text(arena, bs_str_c(patterns[i].text), &len);
		UParseError where;
		UMessageFormat *format = umsg_open(units, (int32_t)len, locale, &where, &status);
		if (U_FAILURE(status))
			fail_msg("%s: ICU refuses \"%s\" at %d", patterns[i].lang, patterns[i].text, where.offset);
		for (size_t k = 0; k < BS_COUNT(numbers); k++) {
			compare(arena, &patterns[i], format, numbers[k]);
			if (strchr(patterns[i].types, 'd') == NULL)
				break;
		}
		umsg_close(format);
		bs_arena_reset(arena);
	}
	bs_arena_free(&arena);
}

/* How many of the whole numbers up to a thousand, and a million, fall into each category. */
static void count_by_plural(const struct bs_lang *lang, int counts[BS_PLURAL_OTHER + 1])
{
	for (int64_t n = 0; n <= 1000; n++)
		counts[bs_plural_of(lang, n)]++;
	counts[bs_plural_of(lang, 1000000)]++;
}

static void add_name(char *list, size_t size, const char *name)
{
	size_t len = strlen(list);

	snprintf(list + len, size - len, "%s%s", len > 0 ? " " : "", name);
}

static void translators_are_asked_for_the_plurals_that_icu_knows(void **state)
{
	static const char *const names[] = { "zero", "one", "two", "few", "many", "other" };

	(void)state;
	assert_int_equal(needed_plural_count, BS_LANG_OFFERED);
	for (size_t i = 0; i < needed_plural_count; i++) {
		const struct bs_lang *lang = bs_lang_find(bs_str_c(needed_plurals[i].lang));
		int counts[BS_PLURAL_OTHER + 1] = { 0 };
		char categories[64] = "", alone[64] = "";
		assert_true(lang->offered);
		count_by_plural(lang, counts);
		for (size_t k = 0; k < BS_COUNT(names); k++) {
			if (counts[k] > 0 || k == BS_PLURAL_OTHER)
				add_name(categories, sizeof(categories), names[k]);
			if (counts[k] == 1 && k < BS_PLURAL_FEW)
				add_name(alone, sizeof(alone), names[k]);
		}
		assert_string_equal(needed_plurals[i].categories, categories);
		assert_string_equal(needed_plurals[i].alone, alone);
	}
}

static void a_language_runs_the_way_icu_has_it(void **state)
{
	(void)state;
	for (int i = 0; i < BS_LANG_COUNT; i++) {
		if (bs_langs[i].rtl != uloc_isRightToLeft(locale_of(&bs_langs[i])->id))
			fail_msg("%s: right to left is %d, and ICU says the other", bs_langs[i].code.ptr, bs_langs[i].rtl);
	}
}

/* CLDR has "中文（简体）", a foreign name or "Kazakh language" for these; here stands what their readers look for in a menu. */
static bool is_named_otherwise(const struct bs_lang *lang)
{
	static const int ids[] = { BS_LANG_zh_Hans, BS_LANG_zh_Hant, BS_LANG_bo, BS_LANG_ht, BS_LANG_kk, BS_LANG_tk };

	for (size_t i = 0; i < BS_COUNT(ids); i++) {
		if (lang->id == ids[i])
			return true;
	}
	return false;
}

static bool holds_whatever_the_case(const UChar *text, int32_t text_len, const UChar *part, int32_t part_len)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar folded[MAX_TEXT], wanted[MAX_TEXT];
	int32_t folded_len = u_strFoldCase(folded, MAX_TEXT, text, text_len, U_FOLD_CASE_DEFAULT, &status);
	int32_t wanted_len = u_strFoldCase(wanted, MAX_TEXT, part, part_len, U_FOLD_CASE_DEFAULT, &status);

	assert_true(U_SUCCESS(status));
	return u_strFindFirst(folded, folded_len, wanted, wanted_len) != NULL;
}

static void a_language_has_the_name_it_gives_itself(void **state)
{
	struct bs_arena *arena = bs_arena_new();

	(void)state;
	for (int i = 0; i < BS_LANG_COUNT; i++) {
		const struct bs_lang *lang = &bs_langs[i];
		UErrorCode status = U_ZERO_ERROR;
		UChar own[MAX_TEXT];
		int32_t own_len = uloc_getDisplayName(lang->code.ptr, lang->code.ptr, own, MAX_TEXT, &status);
		size_t len;
		UChar *units = units_of_text(arena, lang->own_name, &len);
		assert_true(unorm2_isNormalized(unorm2_getNFCInstance(&status), units, (int32_t)len, &status));
		assert_true(U_SUCCESS(status));
		if (!is_named_otherwise(lang) && !holds_whatever_the_case(units, (int32_t)len, own, own_len))
			fail_msg("%s: \"%s\", and ICU says \"%s\"", lang->code.ptr, lang->own_name.ptr,
			         text_of_units(arena, own, (size_t)own_len).ptr);
	}
	bs_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_message_of_every_language_is_what_icu_makes_of_it),
		cmocka_unit_test(translators_are_asked_for_the_plurals_that_icu_knows),
		cmocka_unit_test(a_language_runs_the_way_icu_has_it),
		cmocka_unit_test(a_language_has_the_name_it_gives_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
