/* date.h - dates, numbers and lists as a language writes them, after CLDR (through ICU).
 *
 * Times are seconds UTC; a zone is an IANA name such as "Europe/Helsinki" that bs_zone_find has looked up once and that
 * lives for ever. Dates are Gregorian in every language, because addresses and archives are; Thai counts the years of the
 * Buddhist era, as Thai newspapers do; the first of a month is 1er in French. Results live in the arena.
 * Safe from any thread. */
#ifndef BS_LANG_DATE_H
#define BS_LANG_DATE_H

#include "lang/lang.h"

struct bs_zone;

/* BS_NOT_FOUND, with the name in err, when there is no such zone. "UTC" always is. */
enum bs_rc bs_zone_find(struct bs_str name, const struct bs_zone **out, struct bs_err *err) BS_CHECK;
/* Minutes east of UTC at that moment, daylight saving included. */
int bs_zone_offset(const struct bs_zone *zone, int64_t time);

enum bs_date_form {
	BS_DATE_FULL,  /* Friday, 14 November 2025: the masthead */
	BS_DATE_LONG,  /* 14 November 2025: a story */
	BS_DATE_SHORT, /* 14 Nov 2025: a list */
	BS_DATE_TIME,  /* 14 November 2025 at 09:30: when it was updated, corrected */
	BS_DATE_CLOCK, /* 09:30: the river */
	BS_DATE_MONTH, /* November 2025: the archive */
	BS_DATE_DAY,   /* 14 November: within a year */
	BS_DATE_BRIEF, /* 14 Nov: a list, within a year */
	BS_DATE_FORM_COUNT
};

struct bs_str bs_date(struct bs_arena *arena, const struct bs_lang *lang, enum bs_date_form form,
                      const struct bs_zone *zone, int64_t time);

/* 1,234,567 in the digits and grouping of the language. */
struct bs_str bs_number(struct bs_arena *arena, const struct bs_lang *lang, int64_t number);
/* "A, B and C", where languages differ in what stands between, even by the next item ("y" or "e" in Spanish). The items
 * are plain text; with `shown` (or NULL) what is written is shown[i] in place of items[i], such as a link around it. What
 * stands between holds no < > & " ', so that with HTML in `shown` the list is HTML. */
struct bs_str bs_list(struct bs_arena *arena, const struct bs_lang *lang, const struct bs_str *items,
                      const struct bs_str *shown, size_t count);

/* The plural category of a whole number (CLDR): what {n, plural, …} chooses by. */
enum bs_plural { BS_PLURAL_ZERO, BS_PLURAL_ONE, BS_PLURAL_TWO, BS_PLURAL_FEW, BS_PLURAL_MANY, BS_PLURAL_OTHER };
enum bs_plural bs_plural_of(const struct bs_lang *lang, int64_t number);

#endif
