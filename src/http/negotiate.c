/* negotiate.c - see negotiate.h. Fields are walked in place, part by part. */
#include "http/negotiate.h"

#include <stdio.h>

#include "base/sys.h"

/* The weight behind ";q=" in thousandths; 1000 where there is none, 0 where it is malformed. */
static int weight_of(struct bs_str parameters)
{
	struct bs_str parameter;
	int weight = 0, unit = 1000;

	while (bs_str_split(&parameters, ';', &parameter)) {
		parameter = bs_str_trim(parameter);
		if (parameter.len < 3 || (parameter.ptr[0] | 0x20) != 'q' || parameter.ptr[1] != '=')
			continue;
		if (parameter.ptr[2] != '0' && parameter.ptr[2] != '1')
			return 0;
		weight = (parameter.ptr[2] - '0') * 1000;
		for (size_t i = 4; i < parameter.len && i < 7; i++) {
			unit /= 10;
			if (parameter.ptr[3] != '.' || parameter.ptr[i] < '0' || parameter.ptr[i] > '9')
				return 0;
			weight += (parameter.ptr[i] - '0') * unit;
		}
		return weight > 1000 ? 1000 : weight;
	}
	return 1000;
}

enum bs_coding bs_coding_choose(struct bs_str accept)
{
	int gzip = -1, brotli = -1, plain = -1, any = 0; /* -1: not mentioned */
	struct bs_str item, name;

	while (bs_str_split(&accept, ',', &item)) {
		if (!bs_str_split(&item, ';', &name))
			continue;
		name = bs_str_trim(name);
		if (bs_str_eq_nocase(name, BS_STR("gzip")) || bs_str_eq_nocase(name, BS_STR("x-gzip")))
			gzip = weight_of(item);
		else if (bs_str_eq_nocase(name, BS_STR("br")))
			brotli = weight_of(item);
		else if (bs_str_eq_nocase(name, BS_STR("identity")))
			plain = weight_of(item);
		else if (bs_str_eq(name, BS_STR("*")))
			any = weight_of(item);
	}
	gzip = gzip < 0 ? any : gzip;
	brotli = brotli < 0 ? any : brotli;
	plain = plain < 0 ? any : plain;
	if (brotli > 0 && brotli >= gzip && brotli >= plain)
		return BS_CODING_BROTLI;
	return gzip > 0 && gzip >= plain ? BS_CODING_GZIP : BS_CODING_PLAIN;
}

bool bs_etag_listed(struct bs_str list, struct bs_str etag, bool strong)
{
	if (etag.len == 0)
		return false;
	list = bs_str_trim(list);
	if (bs_str_eq(list, BS_STR("*")))
		return true;
	/* Tags are quoted and may hold commas, so they are taken one by one. */
	while (list.len > 0) {
		bool weak = bs_str_starts(list, BS_STR("W/"));
		size_t end;
		if (weak)
			list = bs_str_sub(list, 2, SIZE_MAX);
		if (list.len == 0 || list.ptr[0] != '"')
			return false;
		end = bs_str_find_byte(list, '"', 1);
		if (end == SIZE_MAX)
			return false;
		if (!(strong && weak) && bs_str_eq(bs_str_sub(list, 0, end + 1), etag))
			return true;
		list = bs_str_trim(bs_str_sub(list, end + 1, SIZE_MAX));
		if (list.len > 0 && list.ptr[0] == ',')
			list = bs_str_trim(bs_str_sub(list, 1, SIZE_MAX));
	}
	return false;
}

static bool number_at(struct bs_str s, size_t at, size_t digits, int *out)
{
	int64_t number;
	struct bs_str text = bs_str_sub(s, at, digits);

	if (text.ptr[0] < '0' || text.ptr[0] > '9' || bs_str_int(text, &number) != BS_OK)
		return false;
	*out = (int)number;
	return true;
}

static enum bs_rc parse_fixdate(struct bs_str s, int64_t *out)
{
	static const struct bs_str months = BS_STR_INIT("JanFebMarAprMayJunJulAugSepOctNovDec");
	struct bs_civil civil = { 0 };
	char again[BS_TIME_HTTP_MAX];
	size_t month;
	int64_t time;

	if (s.len != BS_TIME_HTTP_MAX - 1)
		return BS_INVALID;
	month = bs_str_find(months, bs_str_sub(s, 8, 3), 0);
	if (month == SIZE_MAX || month % 3 != 0)
		return BS_INVALID;
	civil.month = (int)month / 3 + 1;
	if (!number_at(s, 5, 2, &civil.day) || !number_at(s, 12, 4, &civil.year) || !number_at(s, 17, 2, &civil.hour) ||
	    !number_at(s, 20, 2, &civil.minute) || !number_at(s, 23, 2, &civil.second) ||
	    bs_civil_time(&civil, 0, &time) != BS_OK)
		return BS_INVALID;
	/* Written back it must read the same: that checks the day of the week and every space between. */
	if (!bs_str_eq(bs_time_http(time, again), s))
		return BS_INVALID;
	*out = time;
	return BS_OK;
}

/* Whether it is written as `shape`, where "_" stands for any byte. */
static bool has_shape(struct bs_str s, struct bs_str shape)
{
	bool same = s.len == shape.len;

	for (size_t i = 0; same && i < s.len; i++)
		same = shape.ptr[i] == '_' || shape.ptr[i] == s.ptr[i];
	return same;
}

/* "Sun Nov  6 08:49:37 1994" and "Sunday, 06-Nov-94 08:49:37 GMT" (in this century) as "Sun, 06 Nov 1994 08:49:37 GMT". */
static bool to_fixdate(struct bs_str s, const char century[2], char out[BS_TIME_HTTP_MAX])
{
	static const struct bs_str days[] = { BS_STR_INIT("Monday"), BS_STR_INIT("Tuesday"), BS_STR_INIT("Wednesday"), BS_STR_INIT("Thursday"),
		                              BS_STR_INIT("Friday"), BS_STR_INIT("Saturday"), BS_STR_INIT("Sunday") };
	const char *rest;

	if (has_shape(s, BS_STR("___ ___ __ __:__:__ ____"))) {
		(void)snprintf(out, BS_TIME_HTTP_MAX, "%.3s, %c%c %.3s %.4s %.8s GMT", s.ptr, s.ptr[8] == ' ' ? '0' : s.ptr[8], s.ptr[9], s.ptr + 4,
		               s.ptr + 20, s.ptr + 11);
		return true;
	}
	for (size_t i = 0; i < BS_COUNT(days); i++) {
		if (!bs_str_starts(s, days[i]) || !has_shape(bs_str_sub(s, days[i].len, SIZE_MAX), BS_STR(", __-___-__ __:__:__ GMT")))
			continue;
		rest = s.ptr + days[i].len;
		(void)snprintf(out, BS_TIME_HTTP_MAX, "%.3s, %.2s %.3s %.2s%.2s %.8s GMT", s.ptr, rest + 2, rest + 5, century, rest + 9, rest + 12);
		return true;
	}
	return false;
}

/* A year of two digits is that of the century in which its day of the week is right: it never is in two that follow each other. */
enum bs_rc bs_http_date_parse(struct bs_str s, int64_t *out)
{
	static const char centuries[][2] = { "20", "19" };
	char text[BS_TIME_HTTP_MAX];
	enum bs_rc rc;

	s = bs_str_trim(s);
	rc = parse_fixdate(s, out);
	for (size_t i = 0; i < BS_COUNT(centuries) && rc != BS_OK && to_fixdate(s, centuries[i], text); i++)
		rc = parse_fixdate(bs_str_c(text), out);
	return rc;
}

/* A field that can't be understood is as good as absent, and so is one that asks for a time of change where none is known. */
static bool is_date(struct bs_str field, int64_t modified, int64_t *out)
{
	return field.ptr != NULL && modified != 0 && bs_http_date_parse(field, out) == BS_OK;
}

enum bs_standing bs_standing(const struct bs_preconditions *has, struct bs_str etag, int64_t modified)
{
	int64_t since;

	if (has->if_match.ptr != NULL) {
		if (etag.len > 0 && !bs_etag_listed(has->if_match, etag, true))
			return BS_CHANGED;
	} else if (is_date(has->if_unmodified_since, modified, &since) && modified > since) {
		return BS_CHANGED;
	}
	if (has->if_none_match.ptr != NULL)
		return bs_etag_listed(has->if_none_match, etag, false) ? BS_UNCHANGED : BS_WANTED;
	return is_date(has->if_modified_since, modified, &since) && modified <= since ? BS_UNCHANGED : BS_WANTED;
}

/* Digits only; more than fit are as good as the most. False where there are none. */
static bool parse_position(struct bs_str s, uint64_t *out)
{
	*out = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
		if (__builtin_mul_overflow(*out, 10, out) || __builtin_add_overflow(*out, (uint64_t)(s.ptr[i] - '0'), out))
			*out = UINT64_MAX;
	}
	return s.len > 0;
}

enum bs_range_result bs_range_parse(struct bs_str range, uint64_t size, struct bs_range *out)
{
	struct bs_str first, last = bs_str_trim(range);
	uint64_t from = 0, to = UINT64_MAX;

	if (last.len < 6 || !bs_str_eq_nocase(bs_str_sub(last, 0, 6), BS_STR("bytes=")))
		return BS_RANGE_WHOLE;
	last = bs_str_sub(last, 6, SIZE_MAX);
	if (bs_str_find_byte(last, ',', 0) != SIZE_MAX || bs_str_find_byte(last, '-', 0) == SIZE_MAX)
		return BS_RANGE_WHOLE;
	bs_str_split(&last, '-', &first);
	first = bs_str_trim(first);
	last = bs_str_trim(last);
	if (first.len == 0) { /* "-500": the last 500 bytes */
		if (!parse_position(last, &to))
			return BS_RANGE_WHOLE;
		if (to == 0 || size == 0)
			return BS_RANGE_NONE;
		*out = to < size ? (struct bs_range){ size - to, to } : (struct bs_range){ 0, size };
		return BS_RANGE_PART;
	}
	if (!parse_position(first, &from) || (last.len > 0 && !parse_position(last, &to)) || to < from)
		return BS_RANGE_WHOLE;
	if (from >= size)
		return BS_RANGE_NONE;
	*out = (struct bs_range){ from, (to < size - 1 ? to + 1 : size) - from };
	return BS_RANGE_PART;
}
