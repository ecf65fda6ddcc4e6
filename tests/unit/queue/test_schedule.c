/* Work that recurs: rules, time zones, what was missed, two processes. */
#include "fixture.h"

/* "2025-11-14T07:30:00Z", the first time that the rule names behind `now`. */
static void next_is(const char *rule, const char *zone_name, const char *now_text, const char *expected)
{
	const struct bs_zone *zone = NULL;
	char iso[BS_TIME_ISO_MAX];
	int64_t now = 0, next = 0;
	struct bs_err err;

	assert_ok(bs_zone_find(bs_str_c(zone_name), &zone, &err), &err);
	assert_ok(bs_time_parse(bs_str_c(now_text), &now, &err), &err);
	assert_ok(bs_schedule_next(bs_str_c(rule), zone, now, &next, &err), &err);
	assert_str(bs_time_iso(next, iso), expected);
}

static void rules_name_times_in_their_zone(void **state)
{
	(void)state;
	next_is("every 15m", "UTC", "2025-11-14T09:00:00Z", "2025-11-14T09:15:00Z");
	next_is("every 15m", "UTC", "2025-11-14T09:14:59Z", "2025-11-14T09:15:00Z");
	next_is("every 24h", "UTC", "2025-11-14T09:14:59Z", "2025-11-15T00:00:00Z");
	next_is("daily 07:30", "UTC", "2025-11-14T07:29:59Z", "2025-11-14T07:30:00Z");
	next_is("daily 07:30", "UTC", "2025-11-14T07:30:00Z", "2025-11-15T07:30:00Z");
	next_is("daily 07:30", "Europe/Helsinki", "2025-11-14T05:00:00Z", "2025-11-14T05:30:00Z");
	next_is("daily 00:30", "Pacific/Auckland", "2025-11-14T11:29:00Z", "2025-11-14T11:30:00Z");
	next_is("daily 23:30", "America/New_York", "2025-11-14T03:00:00Z", "2025-11-14T04:30:00Z");
	next_is("weekly mon 06:00", "UTC", "2025-11-14T09:00:00Z", "2025-11-17T06:00:00Z");
	next_is("weekly fri 09:00", "UTC", "2025-11-14T09:00:00Z", "2025-11-21T09:00:00Z");
	next_is("monthly 1 00:00", "UTC", "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z");
	next_is("monthly 28 12:00", "UTC", "2026-01-28T12:00:00Z", "2026-02-28T12:00:00Z");
}

/* Helsinki: at 03:00 on 30 March 2025 it becomes 04:00; at 04:00 on 26 October 2025 it becomes 03:00. */
static void summer_time_neither_skips_nor_doubles(void **state)
{
	(void)state;
	next_is("daily 03:30", "Europe/Helsinki", "2025-03-29T12:00:00Z", "2025-03-30T01:30:00Z"); /* 04:30 there */
	next_is("daily 03:30", "Europe/Helsinki", "2025-03-30T01:30:00Z", "2025-03-31T00:30:00Z");
	next_is("daily 03:30", "Europe/Helsinki", "2025-10-25T12:00:00Z", "2025-10-26T00:30:00Z"); /* the first of the two */
	next_is("daily 03:30", "Europe/Helsinki", "2025-10-26T00:30:00Z", "2025-10-27T01:30:00Z");
	next_is("daily 12:00", "Europe/Helsinki", "2025-10-25T12:00:00Z", "2025-10-26T10:00:00Z");
}

static void what_is_no_rule_is_refused(void **state)
{
	static const char *const wrong[] = { "", "every", "every 0m", "every 25h", "every 15", "every m", "every 99999999999m", "daily 7:30",
		"daily 24:00", "daily 07:60", "daily 07:30 UTC", "weekly monday 07:30", "weekly 07:30", "monthly 0 07:30", "monthly 31 07:30",
		"hourly", "daily  07:30", "daily -1:30" };
	const struct bs_zone *utc = NULL;
	int64_t next;
	struct bs_err err;

	(void)state;
	assert_ok(bs_zone_find(BS_STR("UTC"), &utc, &err), &err);
	for (size_t i = 0; i < BS_COUNT(wrong); i++) {
		if (bs_schedule_next(bs_str_c(wrong[i]), utc, NOW, &next, &err) != BS_INVALID)
			fail_msg("'%s' was taken for a rule", wrong[i]);
	}
}

static int calls;

static enum bs_rc handle(struct bs_work *work, struct bs_err *err)
{
	(void)err;
	assert_str(work->key, "digest");
	assert_str(work->payload, "{}");
	calls++;
	return BS_OK;
}

static const struct bs_job_kind kinds[] = { { .name = "send", .handle = handle, .lease_seconds = 60, .max_attempts = 3 } };

static void put(struct fixture *f, const char *rule, int64_t now)
{
	struct bs_schedule entry = { .name = BS_STR("digest"), .kind = BS_STR("send"), .payload = BS_STR("{}"), .rule = bs_str_c(rule),
		                     .zone = BS_STR("UTC") };
	struct bs_db *db = begin(f);
	struct bs_err err;

	assert_ok(bs_schedule_put(db, &entry, now, &err), &err);
	commit(db);
}

static int64_t next_at(struct fixture *f)
{
	struct bs_schedule *list = NULL;
	struct bs_db *db = NULL;
	size_t count = 0;
	struct bs_err err;

	assert_ok(bs_pool_read(f->pool, &db, &err), &err);
	assert_ok(bs_schedule_list(f->arena, db, &list, &count, &err), &err);
	bs_pool_return(&db);
	assert_int_equal(count, 1);
	return list[0].next_at;
}

/* NOW is 06:00 UTC. */
enum { SEVEN = NOW + 3600, DAY = 86400 };

static void each_time_makes_one_job(void **state)
{
	struct fixture *f = *state;
	struct bs_queue *queue = queue_of(f, kinds, 1, NULL);

	calls = 0;
	put(f, "daily 07:00", NOW);
	assert_int_equal(run_due(queue, SEVEN - 1).done, 0);
	assert_int_equal(run_due(queue, SEVEN).done, 1);
	assert_int_equal(run_due(queue, SEVEN).done, 0);
	assert_int_equal(run_due(queue, SEVEN + DAY).done, 1);
	assert_int_equal(next_at(f), SEVEN + 2 * DAY);
	bs_queue_free(&queue);
}

static void times_that_were_missed_make_one_job_in_all(void **state)
{
	struct fixture *f = *state;
	struct bs_queue *queue = queue_of(f, kinds, 1, NULL);

	put(f, "daily 07:00", NOW);
	assert_int_equal(run_due(queue, SEVEN + 10 * DAY + 5).done, 1);
	assert_int_equal(next_at(f), SEVEN + 11 * DAY);
	bs_queue_free(&queue);
}

static void the_same_entry_again_keeps_its_time_and_another_rule_does_not(void **state)
{
	struct fixture *f = *state;

	put(f, "daily 07:00", NOW);
	put(f, "daily 07:00", SEVEN + 5); /* must not lose the time that is due */
	assert_int_equal(next_at(f), SEVEN);
	put(f, "daily 08:00", SEVEN + 5);
	assert_int_equal(next_at(f), SEVEN + 3600);
}

static void a_clock_that_ran_ahead_does_not_silence_it_for_a_year(void **state)
{
	struct fixture *f = *state;
	struct bs_queue *queue = queue_of(f, kinds, 1, NULL);

	put(f, "daily 07:00", NOW);
	assert_int_equal(run_due(queue, SEVEN + 365 * DAY).done, 1);
	assert_int_equal(run_due(queue, NOW).done, 0);
	assert_int_equal(next_at(f), SEVEN);
	assert_int_equal(run_due(queue, SEVEN).done, 1);
	bs_queue_free(&queue);
}

static void an_entry_that_was_removed_makes_no_jobs(void **state)
{
	struct fixture *f = *state;
	struct bs_queue *queue = queue_of(f, kinds, 1, NULL);
	struct bs_db *db;
	struct bs_err err;

	put(f, "daily 07:00", NOW);
	db = begin(f);
	assert_ok(bs_schedule_remove(db, BS_STR("digest"), &err), &err);
	commit(db);
	assert_int_equal(run_due(queue, SEVEN).done, 0);
	bs_queue_free(&queue);
}

static void two_processes_make_one_job_of_a_time(void **state)
{
	struct fixture *f = *state;
	struct bs_db *db;
	struct bs_err err;

	put(f, "daily 07:00", NOW);
	db = begin(f);
	assert_ok(bs_schedule_fire(f->arena, db, SEVEN, &err), &err);
	assert_ok(bs_schedule_fire(f->arena, db, SEVEN, &err), &err);
	commit(db);
	assert_int_equal(job_count(f), 1);
	assert_int_equal(the_job(f).run_at, SEVEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_name_times_in_their_zone),
		cmocka_unit_test(summer_time_neither_skips_nor_doubles),
		cmocka_unit_test(what_is_no_rule_is_refused),
		queue_test(each_time_makes_one_job),
		queue_test(times_that_were_missed_make_one_job_in_all),
		queue_test(the_same_entry_again_keeps_its_time_and_another_rule_does_not),
		queue_test(a_clock_that_ran_ahead_does_not_silence_it_for_a_year),
		queue_test(an_entry_that_was_removed_makes_no_jobs),
		queue_test(two_processes_make_one_job_of_a_time),
	};

	return cmocka_run_group_tests(tests, NULL, fixture_remove);
}
