/* test_json.c - JSON in, canonical JSON (RFC 8785) out. */
#include "tests/unit/unit.h"

#include "text/json.h"

static int setup(void **state)
{
	*state = bs_arena_new();
	return 0;
}

static int teardown(void **state)
{
	struct bs_arena *arena = *state;

	bs_arena_free(&arena);
	return 0;
}

static void assert_canonical(struct bs_arena *arena, const char *text, const char *want)
{
	struct bs_buf out = BS_BUF(4096);
	const struct bs_json *json;
	struct bs_err err;

	assert_ok(bs_json_parse(arena, bs_str_c(text), &json, &err), &err);
	assert_ok(bs_json_write(json, &out, &err), &err);
	assert_str(bs_buf_str(&out), want);
	bs_buf_free(&out);
}

static void white_space_goes_and_members_are_sorted(void **state)
{
	assert_canonical(*state, " { \"b\" : [ 1 , {} , [ ] ] , \"a\" : null, \"\": true } ",
	                 "{\"\":true,\"a\":null,\"b\":[1,{},[]]}");
	assert_canonical(*state, "\"top\"", "\"top\"");
}

static void members_are_sorted_by_utf16_units(void **state)
{
	/* U+1F600 is D83D DE00 and so comes before U+FB33; U+20AC after U+00F6. */
	assert_canonical(*state, "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}",
	                 "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\xEF\xAC\xB3\":3}");
	assert_canonical(*state, "{\"ab\":1,\"a\":2,\"\\ue000\":3,\"\\ud7ff\":4}", "{\"a\":2,\"ab\":1,\"\xED\x9F\xBF\":4,\"\xEE\x80\x80\":3}");
}

static void strings_have_the_shortest_escapes(void **state)
{
	assert_canonical(*state, "\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\\b\\f\\r\\t\\u000b\\u007f<\"",
	                 "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\f\\r\\t\\u000b\x7F<\"");
}

static void numbers_are_written_as_ecmascript_does(void **state)
{
	assert_canonical(*state, "[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001, -0.0, -1.5, 100.0]",
	                 "[333333333.3333333,1e+30,4.5,0.002,1e-27,0,-1.5,100]");
	assert_canonical(*state, "[1e20, 1e21, 123456789012345680000.0, 0.000001, 0.0000001, 5e-324, 1.7976931348623157e308]",
	                 "[100000000000000000000,1e+21,123456789012345680000,0.000001,1e-7,5e-324,1.7976931348623157e+308]");
	assert_canonical(*state, "[9007199254740991, -9007199254740991, 9.999999999999997e22]",
	                 "[9007199254740991,-9007199254740991,9.999999999999997e+22]");
	/* 2^-1017 and 2^-44: the shortest is not the nearest of its length. */
	assert_canonical(*state, "[7.1202363472230444e-307, 5.6843418860808015e-14]", "[7.120236347223045e-307,5.684341886080802e-14]");
}

static void whole_numbers_too_large_for_64_bits_are_read_and_written_again(void **state)
{
	assert_canonical(*state, "[-1.51e20]", "[-151000000000000000000]");
	assert_canonical(*state, "[-151000000000000000000, 1]", "[-151000000000000000000,1]");
	assert_canonical(*state, "[99999999999999999999]", "[100000000000000000000]");
	/* As a double this is 123456789012345664, which is written with fewer digits: the same as it was. */
	assert_canonical(*state, "[1.2345678901234567e17]", "[123456789012345660]");
	assert_canonical(*state, "[123456789012345660]", "[123456789012345660]");
}

static void a_tree_made_by_hand_is_written(void **state)
{
	struct bs_buf out = BS_BUF(4096);
	struct bs_json *root = bs_json_new_object(*state), *list, *row;
	struct bs_err err;

	bs_json_add_string(root, BS_STR("story"), BS_STR("Ωmega"));
	bs_json_add_int(root, BS_STR("broadsheet"), 1);
	bs_json_add_null(root, BS_STR("chain"));
	bs_json_add_bool(root, BS_STR("a"), false);
	list = bs_json_add_array(root, BS_STR("passages"));
	row = bs_json_add_array(list, BS_STR(""));
	bs_json_add_string(row, BS_STR(""), BS_STR("p"));
	bs_json_add_object(list, BS_STR("ignored"));
	bs_json_add_written(list, BS_STR(""), BS_STR("{\"z\":\"as it is\"}"));
	assert_ok(bs_json_write(root, &out, &err), &err);
	assert_str(bs_buf_str(&out), "{\"a\":false,\"broadsheet\":1,\"chain\":null,"
	                            "\"passages\":[[\"p\"],{},{\"z\":\"as it is\"}],\"story\":\"Ωmega\"}");
	bs_buf_free(&out);
}

static void what_has_no_canonical_form_is_refused(void **state)
{
	struct bs_buf out = BS_BUF(4096);
	struct bs_json *twice = bs_json_new_object(*state), *large = bs_json_new_array(*state);
	struct bs_json *broken = bs_json_new_array(*state);
	struct bs_err err;

	bs_json_add_int(twice, BS_STR("a"), 1);
	bs_json_add_int(twice, BS_STR("a"), 2);
	assert_int_equal(bs_json_write(twice, &out, &err), BS_INVALID);
	assert_non_null(strstr(err.text, "'a' twice"));
	bs_json_add_int(large, BS_STR(""), INT64_C(9007199254740993));
	assert_int_equal(bs_json_write(large, &out, &err), BS_INVALID);
	bs_json_add_string(broken, BS_STR(""), BS_STR("\xFF"));
	assert_int_equal(bs_json_write(broken, &out, &err), BS_INVALID);
	bs_buf_free(&out);
}

static void writing_over_the_cap_is_refused(void **state)
{
	struct bs_buf out = BS_BUF(8);
	struct bs_json *list = bs_json_new_array(*state);
	struct bs_err err;

	bs_json_add_string(list, BS_STR(""), BS_STR("longer than that"));
	assert_int_equal(bs_json_write(list, &out, &err), BS_LIMIT);
	bs_buf_free(&out);
}

static void what_is_not_json_is_refused_with_its_place(void **state)
{
	static const char *const bad[] = { "", "{", "[1,]", "{\"a\":1,\"a\":2}", "[1] x", "nul", "\"\xFF\"", "\"a\\u0000\"",
		"\"\\ud800\"", "{\"a\\u0000b\":1}", "[1e999]", "'a'", "[01]", "\"a\nb\"" };
	const struct bs_json *json;
	struct bs_err err;

	for (size_t at = 0; at < BS_COUNT(bad); at++) {
		assert_int_equal(bs_json_parse(*state, bs_str_c(bad[at]), &json, &err), BS_INVALID);
		assert_non_null(strstr(err.text, "line "));
	}
	assert_int_equal(bs_json_parse(*state, BS_STR("[1,\n x]"), &json, &err), BS_INVALID);
	assert_non_null(strstr(err.text, "line 2"));
}

static void deep_nesting_ends_in_an_error_not_in_a_crash(void **state)
{
	static char deep[200000];
	const struct bs_json *json;
	struct bs_err err;

	memset(deep, '[', sizeof(deep));
	assert_int_equal(bs_json_parse(*state, bs_str_n(deep, sizeof(deep)), &json, &err), BS_INVALID);
}

static void missing_members_chain_to_nothing(void **state)
{
	const struct bs_json *json;
	struct bs_err err;

	assert_ok(bs_json_parse(*state, BS_STR("{\"author\":{\"name\":\"Ada\"},\"n\":1}"), &json, &err), &err);
	assert_str(bs_json_string(bs_json_get(bs_json_get(json, BS_STR("author")), BS_STR("name"))), "Ada");
	assert_str(bs_json_string(bs_json_get(bs_json_get(json, BS_STR("autor")), BS_STR("name"))), "");
	assert_str(bs_json_string(bs_json_get(json, BS_STR("n"))), "");
}

static void a_template_gets_only_the_names_it_knows(void **state)
{
	struct bs_symbols *symbols = bs_symbols_new();
	uint16_t list = bs_symbols_intern(symbols, BS_STR("list"));
	const struct bs_json *json;
	struct bs_value value;
	struct bs_err err;

	assert_ok(bs_json_parse(*state, BS_STR("{\"list\":[1,1.210,\"x\",true,null,{}],\"other\":2}"), &json, &err), &err);
	value = bs_value_of_json(*state, symbols, json);
	assert_int_equal(value.kind, BS_VALUE_DICT);
	assert_int_equal(bs_dict_count(value.dict), 1);
	value = *bs_dict_get(value.dict, list);
	assert_int_equal(value.len, 6);
	assert_int_equal(value.items[0].integer, 1);
	assert_str(bs_str_n(value.items[1].text, value.items[1].len), "1.21");
	assert_int_equal(value.items[2].kind, BS_VALUE_TEXT);
	assert_int_equal(value.items[3].kind, BS_VALUE_BOOL);
	assert_int_equal(value.items[4].kind, BS_VALUE_NULL);
	assert_int_equal(value.items[5].kind, BS_VALUE_DICT);
	bs_symbols_free(&symbols);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(white_space_goes_and_members_are_sorted, setup, teardown),
		cmocka_unit_test_setup_teardown(members_are_sorted_by_utf16_units, setup, teardown),
		cmocka_unit_test_setup_teardown(strings_have_the_shortest_escapes, setup, teardown),
		cmocka_unit_test_setup_teardown(numbers_are_written_as_ecmascript_does, setup, teardown),
		cmocka_unit_test_setup_teardown(whole_numbers_too_large_for_64_bits_are_read_and_written_again, setup, teardown),
		cmocka_unit_test_setup_teardown(a_tree_made_by_hand_is_written, setup, teardown),
		cmocka_unit_test_setup_teardown(what_has_no_canonical_form_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(writing_over_the_cap_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_not_json_is_refused_with_its_place, setup, teardown),
		cmocka_unit_test_setup_teardown(deep_nesting_ends_in_an_error_not_in_a_crash, setup, teardown),
		cmocka_unit_test_setup_teardown(missing_members_chain_to_nothing, setup, teardown),
		cmocka_unit_test_setup_teardown(a_template_gets_only_the_names_it_knows, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
