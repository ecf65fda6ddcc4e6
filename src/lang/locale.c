/* locale.c - reads a language's conventions from ICU's CLDR data; see locale.h.
 *
 * ICU's own formatters are slow to make, bound to a thread and return UTF-16. What a newsroom writes is so little (whole
 * numbers, a handful of date forms) that their data serves better: patterns, names and digits are taken out once, and
 * date.c and number.c write with them. The tests hold every language to what ICU's formatters would have written. */
#include "lang/locale.h"

#include "base/sys.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <unicode/ucol.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/ulistformatter.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

enum { MAX_UNITS = 256, BUDDHIST_ERA = 543 };

/* Where the territory makes a difference and is not the one that ICU would take: English dates are those of most of the
 * world. */
static const char *const territories[BS_LANG_COUNT] = { [BS_LANG_en] = "en_GB", [BS_LANG_ar] = "ar_EG" };

/* CLDR has no Esperanto dates but the full one; these are made after it. */
static const char *const esperanto[BS_DATE_FORM_COUNT] = {
	[BS_DATE_LONG] = "d-'a' 'de' MMMM y", [BS_DATE_SHORT] = "d MMM y", [BS_DATE_TIME] = "d-'a' 'de' MMMM y, HH:mm",
	[BS_DATE_MONTH] = "MMMM y",           [BS_DATE_DAY] = "d-'a' 'de' MMMM", [BS_DATE_BRIEF] = "d MMM",
};

/* The first of a month has an ordinal in these, which CLDR's patterns can't say. */
static const char *const first_days[BS_LANG_COUNT] = { [BS_LANG_fr] = "1er", [BS_LANG_it] = "1º", [BS_LANG_pt] = "1º" };

static const char *const skeletons[BS_DATE_FORM_COUNT] = {
	[BS_DATE_FULL] = "yMMMMEEEEd", [BS_DATE_LONG] = "yMMMMd", [BS_DATE_SHORT] = "yMMMd", [BS_DATE_TIME] = "yMMMMdjmm",
	[BS_DATE_CLOCK] = "jmm",       [BS_DATE_MONTH] = "yMMMM", [BS_DATE_DAY] = "MMMMd", [BS_DATE_BRIEF] = "MMMd",
};

/* Where CLDR's halves of the day are English letters amid another script, and nobody writes them: hours are of the morning, the evening or
 * the night there. */
static const bool has_parts_of_day[BS_LANG_COUNT] = { [BS_LANG_bn] = true, [BS_LANG_hi] = true, [BS_LANG_ur] = true };
static const char *const by_part_of_day[BS_DATE_FORM_COUNT] = { [BS_DATE_TIME] = "yMMMMdBhmm", [BS_DATE_CLOCK] = "Bhmm" };

/* Our own fault, or ICU's data are not installed: nothing can be written without them. */
static _Noreturn void no_data(const char *what, const char *locale, UErrorCode status)
{
	bs_log(BS_LOG_ERROR, "ICU has no %s for the locale %s (%s); install ICU's full data", what, locale, u_errorName(status));
	abort();
}

struct bs_str text_of_units(struct bs_arena *arena, const uint16_t *units, size_t len)
{
	UErrorCode status = U_ZERO_ERROR;
	char *text = bs_arena_alloc(arena, 3 * len + 1);
	int32_t bytes = 0;

	u_strToUTF8WithSub(text, (int32_t)(3 * len + 1), &bytes, units, (int32_t)len, 0xFFFD, NULL, &status);
	return bs_str_n(text, (size_t)bytes);
}

uint16_t *units_of_text(struct bs_arena *arena, struct bs_str text, size_t *len)
{
	UErrorCode status = U_ZERO_ERROR;
	uint16_t *units = BS_ARRAY(arena, text.len + 1, uint16_t);
	int32_t count = 0;

	u_strFromUTF8WithSub(units, (int32_t)(text.len + 1), &count, text.ptr, (int32_t)text.len, 0xFFFD, NULL, &status);
	*len = (size_t)count;
	return units;
}

static void read_patterns(struct bs_arena *arena, struct locale *locale, const struct bs_lang *lang)
{
	UErrorCode status = U_ZERO_ERROR;
	UDateTimePatternGenerator *generator = udatpg_open(locale->id, &status);

	for (size_t i = 0; i < BS_DATE_FORM_COUNT; i++) {
		const char *wanted = has_parts_of_day[lang->id] && by_part_of_day[i] != NULL ? by_part_of_day[i] : skeletons[i];
		UChar skeleton[MAX_UNITS], pattern[MAX_UNITS];
		int32_t len = udatpg_getBestPattern(generator, u_uastrcpy(skeleton, wanted), -1, pattern, MAX_UNITS, &status);
		if (U_FAILURE(status))
			no_data("date patterns", locale->id, status);
		locale->patterns[i] = text_of_units(arena, pattern, (size_t)len);
		if (lang->id == BS_LANG_eo && esperanto[i] != NULL)
			locale->patterns[i] = bs_str_c(esperanto[i]);
	}
	udatpg_close(generator);
}

static void read_symbols(struct bs_arena *arena, const UDateFormat *format, UDateFormatSymbolType type, int first,
                         struct bs_str *out, int count)
{
	for (int i = 0; i < count; i++) {
		UErrorCode status = U_ZERO_ERROR;
		UChar name[MAX_UNITS];
		int32_t len = udat_getSymbols(format, type, first + i, name, MAX_UNITS, &status);
		if (U_FAILURE(status))
			no_data("names of months and days", "", status);
		out[i] = text_of_units(arena, name, (size_t)len);
	}
}

static void read_names(struct bs_arena *arena, struct locale *locale)
{
	UErrorCode status = U_ZERO_ERROR;
	UDateFormat *format = udat_open(UDAT_LONG, UDAT_LONG, locale->id, NULL, 0, NULL, 0, &status);

	if (U_FAILURE(status))
		no_data("dates", locale->id, status);
	read_symbols(arena, format, UDAT_MONTHS, 0, locale->months, 12);
	read_symbols(arena, format, UDAT_SHORT_MONTHS, 0, locale->short_months, 12);
	read_symbols(arena, format, UDAT_STANDALONE_MONTHS, 0, locale->alone_months, 12);
	read_symbols(arena, format, UDAT_STANDALONE_SHORT_MONTHS, 0, locale->alone_short_months, 12);
	read_symbols(arena, format, UDAT_WEEKDAYS, 1, locale->weekdays, 7);
	read_symbols(arena, format, UDAT_AM_PMS, 0, locale->day_halves, 2);
	udat_close(format);
}

static void read_parts_of_day(struct bs_arena *arena, struct locale *locale)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar utc[4], pattern[2], name[MAX_UNITS];
	UDateFormat *format = udat_open(UDAT_PATTERN, UDAT_PATTERN, locale->id, u_uastrcpy(utc, "UTC"), -1, u_uastrcpy(pattern, "B"), -1, &status);

	for (int hour = 0; hour < 24 && U_SUCCESS(status); hour++) {
		int32_t len = udat_format(format, hour * 3600000.0, name, MAX_UNITS, NULL, &status);
		locale->day_parts[hour] = text_of_units(arena, name, U_SUCCESS(status) ? (size_t)len : 0);
	}
	if (U_FAILURE(status))
		no_data("parts of the day", locale->id, status);
	udat_close(format);
}

static struct bs_str read_symbol(struct bs_arena *arena, const UNumberFormat *format, UNumberFormatSymbol symbol)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar units[MAX_UNITS];
	int32_t len = unum_getSymbol(format, symbol, units, MAX_UNITS, &status);

	if (U_FAILURE(status))
		no_data("number symbols", "", status);
	return text_of_units(arena, units, (size_t)len);
}

static void read_numbers(struct bs_arena *arena, struct locale *locale)
{
	UErrorCode status = U_ZERO_ERROR;
	UNumberFormat *format = unum_open(UNUM_DECIMAL, NULL, 0, locale->id, NULL, &status);
	UChar thousand[MAX_UNITS];

	if (U_FAILURE(status))
		no_data("numbers", locale->id, status);
	locale->digits[0] = read_symbol(arena, format, UNUM_ZERO_DIGIT_SYMBOL);
	for (int i = 1; i < 10; i++)
		locale->digits[i] = read_symbol(arena, format, (UNumberFormatSymbol)(UNUM_ONE_DIGIT_SYMBOL + i - 1));
	locale->group = read_symbol(arena, format, UNUM_GROUPING_SEPARATOR_SYMBOL);
	locale->minus = read_symbol(arena, format, UNUM_MINUS_SIGN_SYMBOL);
	locale->last_group = (size_t)unum_getAttribute(format, UNUM_GROUPING_SIZE);
	locale->other_groups = (size_t)unum_getAttribute(format, UNUM_SECONDARY_GROUPING_SIZE);
	if (locale->other_groups == 0)
		locale->other_groups = locale->last_group;
	if (locale->last_group == 0) /* never grouped */
		locale->last_group = locale->other_groups = SIZE_MAX;
	/* Some languages group from five digits on; the attribute for it is not set from the locale. */
	locale->min_digits = unum_formatInt64(format, 1000, thousand, MAX_UNITS, NULL, &status) > 4 ? 4 : 5;
	unum_close(format);
}

static struct locale *read_locale(struct bs_arena *arena, const struct bs_lang *lang)
{
	UErrorCode status = U_ZERO_ERROR;
	struct locale *locale = BS_NEW(arena, struct locale);

	locale->id = bs_arena_printf(arena, "%s@calendar=gregorian",
	                             territories[lang->id] != NULL ? territories[lang->id] : lang->code.ptr).ptr;
	read_patterns(arena, locale, lang);
	read_names(arena, locale);
	if (has_parts_of_day[lang->id])
		read_parts_of_day(arena, locale);
	read_numbers(arena, locale);
	locale->first_day = bs_str_c(first_days[lang->id]);
	locale->year_offset = lang->id == BS_LANG_th ? BUDDHIST_ERA : 0;
	locale->plural_rules = uplrules_open(locale->id, &status);
	locale->list_formatter = ulistfmt_open(locale->id, &status);
	locale->collator = ucol_open(locale->id, &status);
	if (U_FAILURE(status))
		no_data("plurals, lists and order", locale->id, status);
	return locale;
}

const struct locale *locale_of(const struct bs_lang *lang)
{
	static struct {
		_Atomic(struct locale *) locale;
		struct bs_arena *arena;
	} cache[BS_LANG_COUNT];
	struct locale *known = atomic_load_explicit(&cache[lang->id].locale, memory_order_acquire);
	struct bs_arena *arena;
	struct locale *mine;

	if (known != NULL)
		return known;
	arena = bs_arena_new();
	mine = read_locale(arena, lang);
	if (atomic_compare_exchange_strong(&cache[lang->id].locale, &known, mine)) {
		cache[lang->id].arena = arena;
		return mine;
	}
	/* Another thread was first. */
	uplrules_close(mine->plural_rules);
	ulistfmt_close(mine->list_formatter);
	ucol_close(mine->collator);
	bs_arena_free(&arena);
	return known;
}
