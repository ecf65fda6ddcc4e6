/* number.c - whole numbers, plural categories and lists; see date.h. */
#include "lang/locale.h"

#include <unicode/ulistformatter.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

enum { MAX_NUMBER = 256, MAX_KEYWORD = 16, PLURALS_KNOWN = 128 };

struct bs_str bs_number(struct bs_arena *arena, const struct bs_lang *lang, int64_t number)
{
	const struct locale *locale = locale_of(lang);
	/* Kept below zero, where INT64_MIN fits. */
	int64_t rest = number < 0 ? number : -number;
	char digits[20];
	size_t count = 0;
	struct bs_buf out = BS_BUF(MAX_NUMBER);
	struct bs_str text;

	do {
		digits[count++] = (char)-(rest % 10);
		rest /= 10;
	} while (rest != 0);
	if (number < 0)
		bs_buf_put(&out, locale->minus);
	for (size_t left = count; left > 0; left--) {
		bool group = count >= locale->min_digits && left < count && left >= locale->last_group &&
		             (left - locale->last_group) % locale->other_groups == 0;
		if (group)
			bs_buf_put(&out, locale->group);
		bs_buf_put(&out, locale->digits[(size_t)digits[left - 1]]);
	}
	text = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return text;
}

static enum bs_plural plural_asked(const struct bs_lang *lang, int64_t number)
{
	/* By their second letter, which tells them apart: zEro oNe tWo fEw mAny oTher. */
	UErrorCode status = U_ZERO_ERROR;
	UChar keyword[MAX_KEYWORD];
	int32_t len = uplrules_select(locale_of(lang)->plural_rules, (double)number, keyword, MAX_KEYWORD, &status);

	if (U_FAILURE(status) || len < 3)
		return BS_PLURAL_OTHER;
	switch (keyword[1]) {
	case 'n':
		return BS_PLURAL_ONE;
	case 'w':
		return BS_PLURAL_TWO;
	case 'a':
		return BS_PLURAL_MANY;
	case 'e':
		return keyword[0] == 'z' ? BS_PLURAL_ZERO : BS_PLURAL_FEW;
	default:
		return BS_PLURAL_OTHER;
	}
}

enum bs_plural bs_plural_of(const struct bs_lang *lang, int64_t number)
{
	/* Asking takes longer than all else of a message does. 0: not asked yet. */
	static _Atomic(unsigned char) known[BS_LANG_COUNT][PLURALS_KNOWN];
	enum bs_plural plural;

	if (number < 0 || number >= PLURALS_KNOWN)
		return plural_asked(lang, number);
	if (known[lang->id][number] > 0)
		return (enum bs_plural)(known[lang->id][number] - 1);
	plural = plural_asked(lang, number);
	known[lang->id][number] = (unsigned char)(plural + 1);
	return plural;
}

/* The formatted list, with each item replaced by what is to be shown for it. */
static struct bs_str join_spans(struct bs_arena *arena, const UFormattedList *list, const struct bs_str *shown, size_t count,
                                UErrorCode *status)
{
	const UFormattedValue *value = ulistfmt_resultAsValue(list, status);
	int32_t len = 0, from = 0, begin = 0, end = 0;
	const UChar *units = ufmtval_getString(value, &len, status);
	UConstrainedFieldPosition *span = ucfpos_open(status);
	struct bs_str *parts = BS_ARRAY(arena, 2 * count + 1, struct bs_str);
	size_t part = 0;

	ucfpos_constrainCategory(span, UFIELD_CATEGORY_LIST_SPAN, status);
	while (part + 2 <= 2 * count && ufmtval_nextPosition(value, span, status)) {
		ucfpos_getIndexes(span, &begin, &end, status);
		parts[part] = text_of_units(arena, units + from, (size_t)(begin - from));
		parts[part + 1] = shown[part / 2];
		part += 2;
		from = end;
	}
	parts[part++] = text_of_units(arena, units + from, (size_t)(len - from));
	ucfpos_close(span);
	return bs_arena_join(arena, parts, part, BS_STR(""));
}

/* Of two items and more. */
static struct bs_str format_list(struct bs_arena *arena, const struct bs_lang *lang, const struct bs_str *items,
                                 const struct bs_str *shown, size_t count)
{
	UErrorCode status = U_ZERO_ERROR;
	const UChar **units = BS_ARRAY(arena, count, const UChar *);
	int32_t *lengths = BS_ARRAY(arena, count, int32_t);
	UFormattedList *list = ulistfmt_openResult(&status);
	struct bs_str text = { 0 };

	for (size_t i = 0; i < count; i++) {
		size_t len;
		units[i] = units_of_text(arena, items[i], &len);
		lengths[i] = (int32_t)len;
	}
	ulistfmt_formatStringsToResult(locale_of(lang)->list_formatter, units, lengths, (int32_t)count, list, &status);
	if (U_SUCCESS(status))
		text = join_spans(arena, list, shown, count, &status);
	ulistfmt_closeResult(list);
	if (U_SUCCESS(status))
		return text;
	return bs_arena_join(arena, shown, count, BS_STR(", "));
}

struct bs_str bs_list(struct bs_arena *arena, const struct bs_lang *lang, const struct bs_str *items,
                      const struct bs_str *shown, size_t count)
{
	if (shown == NULL)
		shown = items;
	if (count > 1)
		return format_list(arena, lang, items, shown, count);
	return count == 1 ? bs_arena_copy(arena, shown[0]) : BS_STR("");
}
