/* Every message of every language, filled in by message.c and by ICU's own MessageFormat, comes out the same. */
#include "../unit.h"

#include <unicode/umsg.h>
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
	mine = bs_message_format(arena, bs_lang_find(bs_str_c(pattern->lang)), pattern->id, values);
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

static void translators_are_asked_for_the_plurals_that_icu_knows(void **state)
{
	static const char *const names[] = { "zero", "one", "two", "few", "many", "other" };

	(void)state;
	assert_int_equal(needed_plural_count, BS_LANG_OFFERED);
	for (size_t i = 0; i < needed_plural_count; i++) {
		const struct bs_lang *lang = bs_lang_find(bs_str_c(needed_plurals[i].lang));
		bool seen[BS_COUNT(names)] = { [BS_PLURAL_OTHER] = true };
		char categories[64] = "";
		for (int64_t n = 0; n < 1000; n++)
			seen[bs_plural_of(lang, n)] = true;
		seen[bs_plural_of(lang, 1000000)] = true;
		for (size_t k = 0; k < BS_COUNT(names); k++) {
			size_t len = strlen(categories);
			if (seen[k])
				snprintf(categories + len, sizeof(categories) - len, "%s%s", len > 0 ? " " : "", names[k]);
		}
		assert_string_equal(needed_plurals[i].categories, categories);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_message_of_every_language_is_what_icu_makes_of_it),
		cmocka_unit_test(translators_are_asked_for_the_plurals_that_icu_knows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
