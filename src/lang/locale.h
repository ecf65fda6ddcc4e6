/* locale.h - what CLDR knows of a language's dates, numbers, plurals and lists, read from ICU once per language and never
 * changed after. For the files of this room only; pointers last as long as the process. Safe from any thread. */
#ifndef BS_LANG_LOCALE_H
#define BS_LANG_LOCALE_H

#include "lang/date.h"

struct locale {
	const char *id;                                /* ICU's name of it: "ar_EG@calendar=gregorian" */
	struct bs_str patterns[BS_DATE_FORM_COUNT];    /* date patterns of UTS 35: y M L d E H h m a B, quotes */
	struct bs_str months[12], short_months[12];    /* within a date: November, Nov */
	struct bs_str alone_months[12], alone_short_months[12]; /* without a day */
	struct bs_str weekdays[7];                     /* Sunday first */
	struct bs_str day_halves[2];                   /* am, pm */
	struct bs_str day_parts[24];                   /* of each hour: in the morning … ; empty where no pattern has B */
	struct bs_str digits[10];
	struct bs_str first_day;                       /* how the first of a month is written; empty: as the others */
	struct bs_str group, minus;
	int year_offset;                               /* what is added to the Gregorian year */
	size_t last_group, other_groups;               /* digits: 1,234,567 is 3 3, 12,34,567 is 3 2 */
	size_t min_digits;                             /* whole numbers with fewer digits are not grouped */
	void *plural_rules;                            /* UPluralRules */
	void *list_formatter;                          /* UListFormatter */
	void *collator;                                /* UCollator */
};

const struct locale *locale_of(const struct bs_lang *lang);

/* UTF-8 from ICU's UTF-16, in the arena, NUL behind; and the other way, `len` units in *out_len. Text that is no
 * Unicode comes out with U+FFFD. */
struct bs_str text_of_units(struct bs_arena *arena, const uint16_t *units, size_t len);
uint16_t *units_of_text(struct bs_arena *arena, struct bs_str text, size_t *len);

#endif
