#include "tests/unit/unit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/sys.h"

static void the_calendar_agrees_with_the_c_library(void **state)
{
	(void)state;
	for (int64_t t = -30000000000; t < 30000000000; t += 86400 * 13 + 3661) {
		time_t when = (time_t)t;
		struct tm tm;
		struct bs_civil c = bs_civil_of(t, 0);
		int64_t back = 1;

		gmtime_r(&when, &tm);
		assert_int_equal(c.year, tm.tm_year + 1900);
		assert_int_equal(c.month, tm.tm_mon + 1);
		assert_int_equal(c.day, tm.tm_mday);
		assert_int_equal(c.second, tm.tm_sec);
		assert_int_equal(c.weekday, tm.tm_wday);
		assert_int_equal(bs_civil_time(&c, 0, &back), BS_OK);
		assert_true(back == t);
	}
}

static void dates_are_read_as_documents_write_them(void **state)
{
	static const struct {
		const char *text;
		int64_t time;
	} good[] = {
		{ "2025-11-14", 1763078400 },
		{ "2025-11-14T09:30Z", 1763112600 },
		{ " 2025-11-14 09:30:00 +0100 ", 1763109000 },
		{ "2025-11-14T09:30:00.250-05:00", 1763130600 },
	};
	int64_t t;

	(void)state;
	for (size_t i = 0; i < BS_COUNT(good); i++) {
		assert_int_equal(bs_time_parse(bs_str_c(good[i].text), &t, NULL), BS_OK);
		assert_true(t == good[i].time);
	}
}

static void a_date_that_does_not_exist_is_refused_by_name(void **state)
{
	struct bs_err err = { 0 };
	int64_t t;

	(void)state;
	assert_int_equal(bs_time_parse(BS_STR("2025-02-29"), &t, &err), BS_INVALID);
	assert_string_equal(err.text, "the date '2025-02-29' does not exist in the calendar");
	assert_int_equal(bs_time_parse(BS_STR("14 Nov"), &t, &err), BS_INVALID);
	assert_int_equal(bs_time_parse(BS_STR("2025-11-14T25:00"), &t, &err), BS_INVALID);
	assert_int_equal(bs_time_parse(BS_STR("2025-11-14 and more"), &t, &err), BS_INVALID);
}

static void times_are_written_as_the_protocols_want(void **state)
{
	char iso[BS_TIME_ISO_MAX], http[BS_TIME_HTTP_MAX];

	(void)state;
	assert_str(bs_time_iso(1763112600, iso), "2025-11-14T09:30:00Z");
	assert_str(bs_time_http(1763112600, http), "Fri, 14 Nov 2025 09:30:00 GMT");
}

/* Each waits until all have come: they are at work at the same time, each with its own context. */
struct meeting {
	pthread_barrier_t *all;
	int calls;
};

static void meet(void *ctx)
{
	struct meeting *meeting = ctx;

	meeting->calls++;
	pthread_barrier_wait(meeting->all);
}

static void count(void *ctx)
{
	atomic_int *calls = ctx;

	atomic_fetch_add(calls, 1);
}

static void calls_at_once_have_a_context_each_or_one_for_all(void **state)
{
	enum { CALLS = 5 };
	pthread_barrier_t all;
	struct meeting meetings[CALLS];
	atomic_int calls = 0;

	(void)state;
	assert_true(bs_cores() >= 1);
	pthread_barrier_init(&all, NULL, CALLS);
	for (int i = 0; i < CALLS; i++)
		meetings[i] = (struct meeting){ &all, 0 };
	bs_at_once(meet, meetings, sizeof(meetings[0]), CALLS);
	for (int i = 0; i < CALLS; i++)
		assert_int_equal(meetings[i].calls, 1);
	pthread_barrier_destroy(&all);
	bs_at_once(count, &calls, 0, CALLS);
	assert_int_equal(calls, CALLS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_calendar_agrees_with_the_c_library),
		cmocka_unit_test(dates_are_read_as_documents_write_them),
		cmocka_unit_test(a_date_that_does_not_exist_is_refused_by_name),
		cmocka_unit_test(times_are_written_as_the_protocols_want),
		cmocka_unit_test(calls_at_once_have_a_context_each_or_one_for_all),
	};

	return cmocka_run_group_tests_name("sys", tests, NULL, NULL);
}
