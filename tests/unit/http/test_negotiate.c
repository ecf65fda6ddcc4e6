#include "tests/unit/unit.h"

#include "http/negotiate.h"

static enum bs_coding coding(const char *accept)
{
	return bs_coding_choose(bs_str_c(accept));
}

static void the_smallest_allowed_coding_is_chosen(void **state)
{
	(void)state;
	assert_int_equal(coding(NULL), BS_CODING_PLAIN);
	assert_int_equal(coding(""), BS_CODING_PLAIN);
	assert_int_equal(coding("gzip, deflate, br, zstd"), BS_CODING_BROTLI);
	assert_int_equal(coding("gzip,deflate"), BS_CODING_GZIP);
	assert_int_equal(coding("GZIP"), BS_CODING_GZIP);
	assert_int_equal(coding("x-gzip"), BS_CODING_GZIP);
	assert_int_equal(coding("br;q=0.5, gzip;q=0.8"), BS_CODING_GZIP);
	assert_int_equal(coding("br ; q=0, gzip"), BS_CODING_GZIP);
	assert_int_equal(coding("br;q=0.000, gzip;q=0.001"), BS_CODING_GZIP);
	assert_int_equal(coding("*"), BS_CODING_BROTLI);
	assert_int_equal(coding("*;q=0"), BS_CODING_PLAIN);
	assert_int_equal(coding("br;q=0, *"), BS_CODING_GZIP);
	assert_int_equal(coding("identity;q=1, gzip;q=0"), BS_CODING_PLAIN);
	assert_int_equal(coding("identity;q=1, gzip;q=0.1"), BS_CODING_PLAIN);
	assert_int_equal(coding("br;q=0.4, gzip;q=0.5, identity;q=0.5"), BS_CODING_GZIP);
	assert_int_equal(coding("gzip, identity"), BS_CODING_GZIP);
	assert_int_equal(coding("br;q=0.2, gzip;q=0.1, *;q=0.3"), BS_CODING_PLAIN);
	assert_int_equal(coding("gzip;q=0.1"), BS_CODING_GZIP);
	assert_int_equal(coding("gzipped, brx"), BS_CODING_PLAIN);
	assert_int_equal(coding("gzip;q=x"), BS_CODING_PLAIN);
	assert_int_equal(coding(",,;,gzip;;q=1,"), BS_CODING_GZIP);
}

static void an_entity_tag_is_found_in_the_list_of_them(void **state)
{
	struct bs_str tag = BS_STR("\"a,b\"");

	(void)state;
	assert_true(bs_etag_listed(BS_STR("\"a,b\""), tag, false));
	assert_true(bs_etag_listed(BS_STR("W/\"a,b\""), tag, false));
	assert_true(bs_etag_listed(BS_STR(" \"x\" , W/\"y\",\"a,b\""), tag, false));
	assert_true(bs_etag_listed(BS_STR("*"), tag, false));
	assert_false(bs_etag_listed(BS_STR(""), tag, false));
	assert_false(bs_etag_listed(BS_STR("a,b"), tag, false));
	assert_false(bs_etag_listed(BS_STR("\"a\",\"b\""), tag, false));
	assert_false(bs_etag_listed(BS_STR("\"a,b"), tag, false));
	assert_false(bs_etag_listed(BS_STR("*"), BS_STR(""), false));
	assert_true(bs_etag_listed(BS_STR("W/\"a,b\", \"a,b\""), tag, true));
	assert_false(bs_etag_listed(BS_STR("W/\"a,b\""), tag, true));
}

static void assert_date(const char *text, int64_t expected)
{
	int64_t time;

	if (bs_http_date_parse(bs_str_c(text), &time) != BS_OK)
		fail_msg("'%s' is no date", text);
	assert_int_equal(time, expected);
}

static void dates_are_read_in_all_three_forms(void **state)
{
	static const char *const wrong[] = {
		"", "Fri, 14 Nov 2025 09:30:00", "Thu, 14 Nov 2025 09:30:00 GMT", "Fri, 31 Feb 2025 09:30:00 GMT",
		"Fri, 14 ovD 2025 09:30:00 GMT", "Fri, -1 Nov 2025 09:30:00 GMT", "Friday, 14 Nov 25 09:30:00 GMT", "Fri, 14-Nov-25 09:30:00 GMT",
		"Thursday, 14-Nov-25 09:30:00 GMT", "Friday, 14-Nov-25 09:30:00 CET", "Fri Nov 14 09:30:00 25", "Thu Nov 14 09:30:00 2025",
		"Fri Nov 14 09:30:00 2025 GMT", "Fri, Nov 14 09:30:00 2025", "Friday",
		"Fri, 14 Nov 2025 09:30:00 CET", "Fri, 14 Nov 2025 25:30:00 GMT",
	};
	int64_t time = 0;

	(void)state;
	assert_int_equal(bs_http_date_parse(BS_STR("Fri, 14 Nov 2025 09:30:00 GMT"), &time), BS_OK);
	assert_int_equal(time, 1763112600);
	assert_date("Friday, 14-Nov-25 09:30:00 GMT", 1763112600);
	assert_date("Fri Nov 14 09:30:00 2025", 1763112600);
	assert_date("Sun, 06 Nov 1994 08:49:37 GMT", 784111777);
	assert_date("Sunday, 06-Nov-94 08:49:37 GMT", 784111777);
	assert_date(" Sun Nov  6 08:49:37 1994 ", 784111777);
	for (size_t i = 0; i < BS_COUNT(wrong); i++) {
		if (bs_http_date_parse(bs_str_c(wrong[i]), &time) != BS_INVALID)
			fail_msg("'%s' was taken", wrong[i]);
	}
}

static enum bs_standing standing(struct bs_preconditions has)
{
	return bs_standing(&has, BS_STR("\"a\""), 1763112600);
}

#define WAS BS_STR("Fri, 14 Nov 2025 09:29:59 GMT") /* before it changed */
#define IS  BS_STR("Fri, 14 Nov 2025 09:30:00 GMT")

static void preconditions_count_in_their_order(void **state)
{
	struct bs_str same = BS_STR("\"a\""), other = BS_STR("\"zz\""), nothing = BS_STR("soon");
	struct bs_preconditions match = { .if_match = other, .if_unmodified_since = IS };

	(void)state;
	assert_int_equal(standing((struct bs_preconditions){ 0 }), BS_WANTED);
	assert_int_equal(standing((struct bs_preconditions){ .if_match = same }), BS_WANTED);
	assert_int_equal(standing((struct bs_preconditions){ .if_match = BS_STR("*") }), BS_WANTED);
	assert_int_equal(standing((struct bs_preconditions){ .if_match = other }), BS_CHANGED);
	assert_int_equal(standing((struct bs_preconditions){ .if_match = BS_STR("W/\"a\"") }), BS_CHANGED);
	assert_int_equal(standing((struct bs_preconditions){ .if_match = same, .if_none_match = same }), BS_UNCHANGED);
	assert_int_equal(standing((struct bs_preconditions){ .if_match = other, .if_none_match = same }), BS_CHANGED);
	assert_int_equal(standing((struct bs_preconditions){ .if_unmodified_since = IS }), BS_WANTED);
	assert_int_equal(standing((struct bs_preconditions){ .if_unmodified_since = WAS }), BS_CHANGED);
	assert_int_equal(standing((struct bs_preconditions){ .if_unmodified_since = nothing }), BS_WANTED);
	assert_int_equal(standing((struct bs_preconditions){ .if_match = same, .if_unmodified_since = WAS }), BS_WANTED);
	assert_int_equal(standing(match), BS_CHANGED);
	assert_int_equal(standing((struct bs_preconditions){ .if_none_match = same }), BS_UNCHANGED);
	assert_int_equal(standing((struct bs_preconditions){ .if_none_match = other, .if_modified_since = IS }), BS_WANTED);
	assert_int_equal(standing((struct bs_preconditions){ .if_modified_since = IS }), BS_UNCHANGED);
	assert_int_equal(standing((struct bs_preconditions){ .if_modified_since = WAS }), BS_WANTED);
	/* Nothing is known of this one. */
	assert_int_equal(bs_standing(&match, BS_STR(""), 0), BS_WANTED);
	match.if_match.ptr = NULL;
	match.if_unmodified_since = match.if_modified_since = WAS;
	assert_int_equal(bs_standing(&match, same, 0), BS_WANTED);
}

static void assert_range(const char *text, uint64_t size, uint64_t from, uint64_t len)
{
	struct bs_range range;

	if (bs_range_parse(bs_str_c(text), size, &range) != BS_RANGE_PART)
		fail_msg("'%s' is no part", text);
	assert_int_equal(range.from, from);
	assert_int_equal(range.len, len);
}

static void one_range_is_cut_to_the_file(void **state)
{
	struct bs_range range;

	(void)state;
	assert_range("bytes=0-0", 10, 0, 1);
	assert_range("bytes=2-5", 10, 2, 4);
	assert_range("bytes=2-", 10, 2, 8);
	assert_range("bytes=2-99", 10, 2, 8);
	assert_range("bytes=-3", 10, 7, 3);
	assert_range("bytes=-99", 10, 0, 10);
	assert_range("bytes=0-18446744073709551615", 10, 0, 10);
	assert_range("bytes=0-99999999999999999999999", 10, 0, 10);
	assert_range("Bytes=0-1", 10, 0, 2);
	assert_int_equal(bs_range_parse(BS_STR("bytes=10-"), 10, &range), BS_RANGE_NONE);
	assert_int_equal(bs_range_parse(BS_STR("bytes=-0"), 10, &range), BS_RANGE_NONE);
	assert_int_equal(bs_range_parse(BS_STR("bytes=0-"), 0, &range), BS_RANGE_NONE);
	assert_int_equal(bs_range_parse(BS_STR("bytes=-1"), 0, &range), BS_RANGE_NONE);
}

static void other_ranges_get_the_whole(void **state)
{
	static const char *const whole[] = { "", "bytes", "bytes=", "bytes=-", "bytes=x-", "bytes=1-x", "bytes=5-2", "bytes=1",
		                             "bytes=0-1,3-4", "lines=1-2", "bytes=1--2", "bytes=+1-2" };
	struct bs_range range;

	(void)state;
	for (size_t i = 0; i < BS_COUNT(whole); i++) {
		if (bs_range_parse(bs_str_c(whole[i]), 10, &range) != BS_RANGE_WHOLE)
			fail_msg("'%s' was taken for a range", whole[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_smallest_allowed_coding_is_chosen),
		cmocka_unit_test(an_entity_tag_is_found_in_the_list_of_them),
		cmocka_unit_test(dates_are_read_in_all_three_forms),
		cmocka_unit_test(preconditions_count_in_their_order),
		cmocka_unit_test(one_range_is_cut_to_the_file),
		cmocka_unit_test(other_ranges_get_the_whole),
	};

	return cmocka_run_group_tests_name("negotiate", tests, NULL, NULL);
}
