/* sys.c - time, randomness, log, threads; see sys.h. Calendar arithmetic on days since 0000-03-01, so that a leap day ends its
 * year. */
#include "base/sys.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

enum { DAY = 86400, DAYS_PER_ERA = 146097, EPOCH_DAY = 719468 };

int64_t bs_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return ts.tv_sec;
}

int64_t bs_monotonic_usec(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

struct bs_civil bs_civil_of(int64_t time, int offset_minutes)
{
	int64_t local = time + (int64_t)offset_minutes * 60;
	int64_t days = floor_div(local, DAY);
	int second = (int)(local - days * DAY);
	int64_t from = days + EPOCH_DAY;
	int64_t era = floor_div(from, DAYS_PER_ERA);
	int day = (int)(from - era * DAYS_PER_ERA);
	int year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	int in_year = day - (365 * year + year / 4 - year / 100);
	int shifted = (5 * in_year + 2) / 153; /* March is 0 */

	return (struct bs_civil){
		.year = (int)(era * 400) + year + (shifted >= 10),
		.month = shifted < 10 ? shifted + 3 : shifted - 9,
		.day = in_year - (153 * shifted + 2) / 5 + 1,
		.hour = second / 3600,
		.minute = second / 60 % 60,
		.second = second % 60,
		.weekday = (int)(days + 4 - 7 * floor_div(days + 4, 7)),
	};
}

static int days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

enum bs_rc bs_civil_time(const struct bs_civil *civil, int offset_minutes, int64_t *out)
{
	int64_t year, era;
	int of_era, shifted;

	if (civil->year < 1 || civil->year > 9999 || civil->month < 1 || civil->month > 12 || civil->day < 1 ||
	    civil->day > days_in_month(civil->year, civil->month) || civil->hour < 0 || civil->hour > 23 ||
	    civil->minute < 0 || civil->minute > 59 || civil->second < 0 || civil->second > 59)
		return BS_INVALID;
	shifted = civil->month > 2 ? civil->month - 3 : civil->month + 9;
	year = civil->year - (civil->month <= 2);
	era = floor_div(year, 400);
	of_era = (int)(year - era * 400);
	*out = (era * DAYS_PER_ERA + of_era * 365 + of_era / 4 - of_era / 100 + (153 * shifted + 2) / 5 + civil->day - 1 -
	        EPOCH_DAY) * DAY +
	       civil->hour * 3600 + civil->minute * 60 + civil->second - (int64_t)offset_minutes * 60;
	return BS_OK;
}

/* Take exactly `digits` digits off the front. */
static bool take_number(struct bs_str *s, size_t digits, int *out)
{
	int value = 0;

	if (s->len < digits)
		return false;
	for (size_t i = 0; i < digits; i++) {
		if (s->ptr[i] < '0' || s->ptr[i] > '9')
			return false;
		value = value * 10 + (s->ptr[i] - '0');
	}
	*s = bs_str_sub(*s, digits, SIZE_MAX);
	*out = value;
	return true;
}

static bool take_byte(struct bs_str *s, char c)
{
	if (s->len == 0 || s->ptr[0] != c)
		return false;
	*s = bs_str_sub(*s, 1, SIZE_MAX);
	return true;
}

static bool take_clock(struct bs_str *s, struct bs_civil *civil)
{
	int ignored;

	if (!take_number(s, 2, &civil->hour) || !take_byte(s, ':') || !take_number(s, 2, &civil->minute))
		return false;
	if (!take_byte(s, ':'))
		return true;
	if (!take_number(s, 2, &civil->second))
		return false;
	if (take_byte(s, '.')) {
		if (!take_number(s, 1, &ignored))
			return false;
		while (take_number(s, 1, &ignored))
			;
	}
	return true;
}

static bool take_zone(struct bs_str *s, int *offset)
{
	int hours, minutes = 0, sign;

	take_byte(s, ' ');
	if (s->len == 0 || take_byte(s, 'Z') || take_byte(s, 'z'))
		return true;
	sign = take_byte(s, '-') ? -1 : take_byte(s, '+') ? 1 : 0;
	if (sign == 0 || !take_number(s, 2, &hours))
		return false;
	take_byte(s, ':');
	if (s->len > 0 && !take_number(s, 2, &minutes))
		return false;
	*offset = sign * (hours * 60 + minutes);
	return hours < 24 && minutes < 60;
}

enum bs_rc bs_time_parse(struct bs_str text, int64_t *out, struct bs_err *err)
{
	struct bs_str s = bs_str_trim(text);
	struct bs_civil civil = { 0 };
	int offset = 0;
	bool good = take_number(&s, 4, &civil.year) && take_byte(&s, '-') && take_number(&s, 2, &civil.month) &&
	            take_byte(&s, '-') && take_number(&s, 2, &civil.day);

	if (good && (take_byte(&s, 'T') || take_byte(&s, 't') || take_byte(&s, ' ')))
		good = take_clock(&s, &civil) && take_zone(&s, &offset);
	if (!good || s.len > 0)
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no date; write it as 2025-11-14 or 2025-11-14T09:30:00+01:00",
		               BS_ARG(text));
	if (bs_civil_time(&civil, offset, out) != BS_OK)
		return bs_fail(err, BS_INVALID, "the date '" BS_FMT "' does not exist in the calendar", BS_ARG(text));
	return BS_OK;
}

struct bs_str bs_time_iso(int64_t time, char out[BS_TIME_ISO_MAX])
{
	struct bs_civil c = bs_civil_of(time, 0);

	memcpy(out, "0000-00-00T00:00:00Z", BS_TIME_ISO_MAX);
	bs_digits_write(out, (unsigned)c.year, 4);
	bs_digits_write(out + 5, (unsigned)c.month, 2);
	bs_digits_write(out + 8, (unsigned)c.day, 2);
	bs_digits_write(out + 11, (unsigned)c.hour, 2);
	bs_digits_write(out + 14, (unsigned)c.minute, 2);
	bs_digits_write(out + 17, (unsigned)c.second, 2);
	return bs_str_n(out, BS_TIME_ISO_MAX - 1);
}

struct bs_str bs_time_http(int64_t time, char out[BS_TIME_HTTP_MAX])
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct bs_civil c = bs_civil_of(time, 0);

	memcpy(out, "Day, 00 Mon 0000 00:00:00 GMT", BS_TIME_HTTP_MAX);
	memcpy(out, days + 3 * c.weekday, 3);
	bs_digits_write(out + 5, (unsigned)c.day, 2);
	memcpy(out + 8, months + 3 * (c.month - 1), 3);
	bs_digits_write(out + 12, (unsigned)(c.year % 10000), 4);
	bs_digits_write(out + 17, (unsigned)c.hour, 2);
	bs_digits_write(out + 20, (unsigned)c.minute, 2);
	bs_digits_write(out + 23, (unsigned)c.second, 2);
	return bs_str_n(out, BS_TIME_HTTP_MAX - 1);
}

void bs_random_bytes(void *out, size_t len)
{
	uint8_t *at = out;

	while (len > 0) {
		ssize_t got = getrandom(at, len, 0);
		if (got < 0 && errno != EINTR) {
			fprintf(stderr, "broadsheet: the system gives no random bytes (getrandom: %s)\n", strerror(errno));
			abort();
		}
		if (got > 0) {
			at += got;
			len -= (size_t)got;
		}
	}
}

static atomic_int log_level = BS_LOG_INFO;

void bs_log_level_set(enum bs_log_level level)
{
	atomic_store(&log_level, (int)level);
}

void bs_log(enum bs_log_level level, const char *fmt, ...)
{
	static const char *const names[] = { "error", "warning", "info", "debug" };
	char line[1024], stamp[BS_TIME_ISO_MAX];
	va_list args;
	int len;

	if ((int)level > atomic_load(&log_level))
		return;
	va_start(args, fmt);
	len = vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	for (int i = 0; i < len && i < (int)sizeof(line); i++) {
		if (line[i] == '\n' || line[i] == '\r')
			line[i] = ' ';
	}
	bs_time_iso(bs_now(), stamp);
	fprintf(stderr, "%s %s: %s\n", stamp, names[level], line);
}

/* --- threads -------------------------------------------------------------------------------------------------------------- */

unsigned bs_cores(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	return cores > 0 ? (unsigned)cores : 1;
}

struct call {
	void (*fn)(void *ctx);
	void *ctx;
	pthread_t thread;
	bool apart; /* in a thread of its own */
};

static void *call(void *ptr)
{
	const struct call *one = ptr;

	one->fn(one->ctx);
	return NULL;
}

void bs_at_once(void (*fn)(void *ctx), void *contexts, size_t size, unsigned count)
{
	struct call *calls = bs_alloc(count * sizeof(*calls));

	for (unsigned i = 0; i < count; i++)
		calls[i] = (struct call){ .fn = fn, .ctx = (char *)contexts + i * size };
	for (unsigned i = 1; i < count; i++)
		calls[i].apart = pthread_create(&calls[i].thread, NULL, call, &calls[i]) == 0;
	for (unsigned i = 0; i < count; i++)
		if (!calls[i].apart)
			call(&calls[i]);
	for (unsigned i = 0; i < count; i++)
		if (calls[i].apart)
			pthread_join(calls[i].thread, NULL);
	free(calls);
}
