#include "tests/unit/unit.h"

static void a_slice_is_split_with_its_empty_parts(void **state)
{
	struct bs_str rest = BS_STR("a,,b"), part;

	(void)state;
	assert_true(bs_str_split(&rest, ',', &part));
	assert_str(part, "a");
	assert_true(bs_str_split(&rest, ',', &part));
	assert_str(part, "");
	assert_true(bs_str_split(&rest, ',', &part));
	assert_str(part, "b");
	assert_false(bs_str_split(&rest, ',', &part));
}

static void numbers_are_whole_or_refused(void **state)
{
	int64_t n = 7;

	(void)state;
	assert_int_equal(bs_str_int(BS_STR("-9223372036854775808"), &n), BS_OK);
	assert_true(n == INT64_MIN);
	assert_int_equal(bs_str_int(BS_STR("9223372036854775807"), &n), BS_OK);
	assert_true(n == INT64_MAX);
	assert_int_equal(bs_str_int(BS_STR("9223372036854775808"), &n), BS_INVALID);
	assert_int_equal(bs_str_int(BS_STR("12 "), &n), BS_INVALID);
	assert_int_equal(bs_str_int(BS_STR("-"), &n), BS_INVALID);
	assert_int_equal(bs_str_int(BS_STR(""), &n), BS_INVALID);
}

static void utf8_faults_are_found_where_they_are(void **state)
{
	(void)state;
	assert_true(bs_str_utf8_fault(BS_STR("Ünïcode 漢字 🧊")) == SIZE_MAX);
	assert_int_equal(bs_str_utf8_fault(BS_STR("ab\xC0\xAF")), 2);         /* overlong */
	assert_int_equal(bs_str_utf8_fault(BS_STR("a\xED\xA0\x80")), 1);      /* surrogate */
	assert_int_equal(bs_str_utf8_fault(BS_STR("\xF4\x90\x80\x80")), 0);   /* above U+10FFFF */
	assert_int_equal(bs_str_utf8_fault(BS_STR("abc\xE2\x82")), 3);        /* cut */
	assert_int_equal(bs_str_utf8_fault(bs_str_n("a\0b", 3)), 1);
}

static void a_prefix_never_cuts_a_code_point(void **state)
{
	(void)state;
	assert_str(bs_str_utf8_prefix(BS_STR("aé漢"), 4), "aé");
	assert_str(bs_str_utf8_prefix(BS_STR("aé漢"), 2), "a");
	assert_str(bs_str_utf8_prefix(BS_STR("aé漢"), 6), "aé漢");
}

static void an_error_gains_its_place_on_the_way_up(void **state)
{
	struct bs_err err = { 0 };

	(void)state;
	assert_int_equal(bs_fail(&err, BS_INVALID, "no %s", "title"), BS_INVALID);
	assert_int_equal(bs_fail_at(&err, "file %d", 3), BS_INVALID);
	assert_string_equal(err.text, "file 3: no title");
}

static void hexadecimal_goes_there_and_back(void **state)
{
	uint8_t bytes[3] = { 0x00, 0x9f, 0xff }, back[3];
	char hex[6];

	(void)state;
	bs_hex_encode(bytes, 3, hex);
	assert_str(bs_str_n(hex, 6), "009fff");
	assert_int_equal(bs_hex_decode(BS_STR("009fFF"), back, 3), BS_OK);
	assert_memory_equal(bytes, back, 3);
	assert_int_equal(bs_hex_decode(BS_STR("009fFg"), back, 3), BS_INVALID);
	assert_int_equal(bs_hex_decode(BS_STR("009f"), back, 3), BS_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slice_is_split_with_its_empty_parts),
		cmocka_unit_test(numbers_are_whole_or_refused),
		cmocka_unit_test(utf8_faults_are_found_where_they_are),
		cmocka_unit_test(a_prefix_never_cuts_a_code_point),
		cmocka_unit_test(an_error_gains_its_place_on_the_way_up),
		cmocka_unit_test(hexadecimal_goes_there_and_back),
	};

	return cmocka_run_group_tests_name("core", tests, NULL, NULL);
}
