/* date.c - dates by CLDR's patterns, and time zones; see date.h. A zone is its list of changes from 1900 to 2200, read from
 * ICU when it is first asked for, so that an offset is a binary search without a lock. */
#include "lang/locale.h"

#include <pthread.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include "base/map.h"
#include "base/sys.h"

enum { MAX_ZONE_NAME = 64, MAX_CHANGES = 1024, MAX_DATE = 256, FIRST_YEAR = 1900, LAST_YEAR = 2200 };

struct zone_change {
	int64_t from; /* seconds UTC */
	int offset;   /* minutes */
};

struct bs_zone {
	struct zone_change *changes; /* the first from INT64_MIN on */
	size_t count;
};

/* Zones once found, under the lock; they stay until the process ends. */
static struct {
	pthread_mutex_t lock;
	struct bs_arena *arena;
	struct bs_map by_name;
} zones = { .lock = PTHREAD_MUTEX_INITIALIZER };

static int calendar_offset(UCalendar *calendar, UErrorCode *status)
{
	int32_t msec = ucal_get(calendar, UCAL_ZONE_OFFSET, status) + ucal_get(calendar, UCAL_DST_OFFSET, status);

	return msec / 60000;
}

static enum bs_rc read_zone(struct bs_arena *arena, UCalendar *calendar, struct bs_zone **out)
{
	UErrorCode status = U_ZERO_ERROR;
	struct zone_change changes[MAX_CHANGES];
	const struct bs_civil first = { .year = FIRST_YEAR, .month = 1, .day = 1 }, last = { .year = LAST_YEAR, .month = 1, .day = 1 };
	struct bs_zone *zone = BS_NEW(arena, struct bs_zone);
	int64_t from = 0, end = 0;
	UDate next;

	if (bs_civil_time(&first, 0, &from) != BS_OK || bs_civil_time(&last, 0, &end) != BS_OK)
		return BS_INVALID;
	ucal_setMillis(calendar, (UDate)from * 1000, &status);
	changes[0] = (struct zone_change){ INT64_MIN, calendar_offset(calendar, &status) };
	zone->count = 1;
	while (zone->count < MAX_CHANGES && U_SUCCESS(status) &&
	       ucal_getTimeZoneTransitionDate(calendar, UCAL_TZ_TRANSITION_NEXT, &next, &status) &&
	       (int64_t)(next / 1000) < end) {
		ucal_setMillis(calendar, next, &status);
		changes[zone->count++] = (struct zone_change){ (int64_t)(next / 1000), calendar_offset(calendar, &status) };
	}
	zone->changes = BS_ARRAY(arena, zone->count, struct zone_change);
	memcpy(zone->changes, changes, zone->count * sizeof(changes[0]));
	*out = zone;
	return U_SUCCESS(status) ? BS_OK : BS_IO;
}

/* ICU takes an unknown name for GMT; it is known when it has a canonical name. */
static enum bs_rc open_zone(struct bs_arena *arena, struct bs_str name, struct bs_zone **out)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar id[MAX_ZONE_NAME + 1], canonical[MAX_ZONE_NAME + 1];
	UBool is_system = false;
	UCalendar *calendar;
	int32_t len = 0;
	enum bs_rc rc;

	u_strFromUTF8(id, MAX_ZONE_NAME, &len, name.ptr, (int32_t)name.len, &status);
	ucal_getCanonicalTimeZoneID(id, len, canonical, MAX_ZONE_NAME, &is_system, &status);
	if (U_FAILURE(status) || !is_system)
		return BS_NOT_FOUND;
	calendar = ucal_open(id, len, "en@calendar=gregorian", UCAL_GREGORIAN, &status);
	if (U_FAILURE(status))
		return BS_NOT_FOUND;
	rc = read_zone(arena, calendar, out);
	ucal_close(calendar);
	return rc;
}

enum bs_rc bs_zone_find(struct bs_str name, const struct bs_zone **out, struct bs_err *err)
{
	struct bs_zone *zone = NULL;
	enum bs_rc rc = BS_OK;

	if (name.len > 0 && name.len <= MAX_ZONE_NAME) {
		pthread_mutex_lock(&zones.lock);
		if (zones.arena == NULL) {
			zones.arena = bs_arena_new();
			zones.by_name = BS_MAP(zones.arena);
		}
		zone = bs_map_get(&zones.by_name, name);
		if (zone == NULL) {
			rc = open_zone(zones.arena, name, &zone);
			if (rc == BS_OK)
				*bs_map_put(&zones.by_name, bs_arena_copy(zones.arena, name)) = zone;
		}
		pthread_mutex_unlock(&zones.lock);
	}
	if (zone == NULL || rc != BS_OK)
		return bs_fail(err, BS_NOT_FOUND, "there is no time zone '" BS_FMT "'; write it as Europe/Helsinki or UTC",
		               BS_ARG(name));
	*out = zone;
	return BS_OK;
}

int bs_zone_offset(const struct bs_zone *zone, int64_t time)
{
	size_t low = 0, high = zone->count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (zone->changes[middle].from <= time)
			low = middle;
		else
			high = middle;
	}
	return zone->changes[low].offset;
}

static void put_digits(struct bs_buf *out, const struct locale *locale, int number, size_t width)
{
	char digits[16];
	size_t count = 0;

	do {
		digits[count++] = (char)(number % 10);
		number /= 10;
	} while (number > 0 && count < sizeof(digits));
	for (; width > count; width--)
		bs_buf_put(out, locale->digits[0]);
	while (count > 0)
		bs_buf_put(out, locale->digits[(size_t)digits[--count]]);
}

/* One field of a pattern: the letter, and how often it stood there (UTS 35, part 4, date field symbols). */
static void put_field(struct bs_buf *out, const struct locale *locale, const struct bs_civil *civil, char letter, size_t width)
{
	size_t month = (size_t)civil->month - 1;

	switch (letter) {
	case 'y':
		put_digits(out, locale, civil->year + locale->year_offset, width);
		break;
	case 'M':
	case 'L':
		if (width < 3)
			put_digits(out, locale, civil->month, width);
		else if (letter == 'M')
			bs_buf_put(out, width == 3 ? locale->short_months[month] : locale->months[month]);
		else
			bs_buf_put(out, width == 3 ? locale->alone_short_months[month] : locale->alone_months[month]);
		break;
	case 'd':
		if (civil->day == 1 && locale->first_day.len > 0)
			bs_buf_put(out, locale->first_day);
		else
			put_digits(out, locale, civil->day, width);
		break;
	case 'E':
		bs_buf_put(out, locale->weekdays[civil->weekday]);
		break;
	case 'H':
		put_digits(out, locale, civil->hour, width);
		break;
	case 'h':
		put_digits(out, locale, (civil->hour + 11) % 12 + 1, width);
		break;
	case 'm':
		put_digits(out, locale, civil->minute, width);
		break;
	case 'B':
		bs_buf_put(out, locale->day_parts[civil->hour]);
		break;
	default: /* 'a'; the tests see to it that no pattern has another */
		bs_buf_put(out, locale->day_halves[civil->hour / 12]);
	}
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

struct bs_str bs_date(struct bs_arena *arena, const struct bs_lang *lang, enum bs_date_form form,
                      const struct bs_zone *zone, int64_t time)
{
	const struct locale *locale = locale_of(lang);
	struct bs_civil civil = bs_civil_of(time, bs_zone_offset(zone, time));
	struct bs_str pattern = locale->patterns[form];
	char room[MAX_DATE];
	struct bs_buf out = { .data = room, .room = sizeof(room), .cap = sizeof(room) }; /* never over it, so never another's to free */
	bool quoted = false;

	for (size_t i = 0, width; i < pattern.len; i += width) {
		char c = pattern.ptr[i];
		width = 1;
		if (c == '\'') {
			quoted = !quoted;
		} else if (quoted || !is_letter(c)) {
			bs_buf_putc(&out, c);
		} else {
			while (i + width < pattern.len && pattern.ptr[i + width] == c)
				width++;
			put_field(&out, locale, &civil, c, width);
		}
	}
	return bs_arena_copy(arena, bs_buf_str(&out));
}
