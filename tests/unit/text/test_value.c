/* test_value.c - symbols and dictionaries. */
#include "tests/unit/unit.h"

#include "text/value.h"

static void one_name_has_one_symbol(void **state)
{
	struct bs_symbols *symbols = bs_symbols_new();
	uint16_t title = bs_symbols_intern(symbols, BS_STR("title"));

	(void)state;
	assert_int_equal(title, 1);
	assert_int_equal(bs_symbols_intern(symbols, BS_STR("lang")), 2);
	assert_int_equal(bs_symbols_intern(symbols, BS_STR("title")), title);
	assert_int_equal(bs_symbols_find(symbols, BS_STR("lang")), 2);
	assert_int_equal(bs_symbols_find(symbols, BS_STR("titl")), 0);
	assert_str(bs_symbols_name(symbols, 2), "lang");
	assert_str(bs_symbols_name(symbols, 0), "");
	assert_str(bs_symbols_name(symbols, 3), "");
	bs_symbols_free(&symbols);
	assert_null(symbols);
}

static void a_copy_keeps_ids_and_grows_apart(void **state)
{
	struct bs_symbols *symbols = bs_symbols_new(), *copy;
	uint16_t a = bs_symbols_intern(symbols, BS_STR("a"));

	(void)state;
	copy = bs_symbols_copy(symbols);
	assert_int_equal(bs_symbols_find(copy, BS_STR("a")), a);
	assert_int_equal(bs_symbols_intern(copy, BS_STR("b")), a + 1);
	assert_int_equal(bs_symbols_find(symbols, BS_STR("b")), 0);
	bs_symbols_free(&symbols);
	assert_str(bs_symbols_name(copy, a), "a");
	bs_symbols_free(&copy);
}

static void the_last_symbol_is_given_out_and_no_more(void **state)
{
	struct bs_symbols *symbols = bs_symbols_new(), *copy;
	char name[16];

	(void)state;
	for (int n = 1; n <= UINT16_MAX; n++) {
		snprintf(name, sizeof(name), "n%d", n);
		assert_int_equal(bs_symbols_intern(symbols, bs_str_c(name)), n);
	}
	assert_int_equal(bs_symbols_intern(symbols, BS_STR("one too many")), 0);
	assert_int_equal(bs_symbols_intern(symbols, BS_STR("n7")), 7);
	copy = bs_symbols_copy(symbols);
	assert_int_equal(bs_symbols_count(copy), UINT16_MAX);
	bs_symbols_free(&copy);
	bs_symbols_free(&symbols);
}

static void a_dictionary_finds_what_was_set_and_nothing_else(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_dict *dict = bs_dict_new(arena, 4);

	(void)state;
	for (int name = 3; name < 3000; name += 3)
		bs_dict_set(dict, (uint16_t)name, bs_value_int(name));
	assert_int_equal(bs_dict_count(dict), 999);
	for (int name = 1; name < 3100; name++) {
		const struct bs_value *value = bs_dict_get(dict, (uint16_t)name);
		if (name % 3 == 0 && name < 3000)
			assert_int_equal(value->integer, name);
		else
			assert_null(value);
	}
	bs_arena_free(&arena);
}

static void a_full_dictionary_of_all_symbols_works(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_dict *dict = bs_dict_new(arena, UINT16_MAX);

	(void)state;
	for (int name = 1; name <= UINT16_MAX; name++)
		bs_dict_set(dict, (uint16_t)name, bs_value_int(name));
	assert_int_equal(bs_dict_get(dict, UINT16_MAX)->integer, UINT16_MAX);
	assert_int_equal(bs_dict_count(dict), UINT16_MAX);
	bs_arena_free(&arena);
}

static void setting_again_replaces(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_dict *dict = bs_dict_new(arena, 1);

	(void)state;
	bs_dict_set(dict, 5, bs_value_int(1));
	bs_dict_set(dict, 5, bs_value_text(BS_STR("two")));
	assert_int_equal(bs_dict_count(dict), 1);
	assert_int_equal(bs_dict_get(dict, 5)->kind, BS_VALUE_TEXT);
	bs_arena_free(&arena);
}

static void the_name_zero_is_never_kept(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_dict *dict = bs_dict_new(arena, 1);

	(void)state;
	bs_dict_set(dict, 0, bs_value_int(1));
	assert_null(bs_dict_get(dict, 0));
	assert_int_equal(bs_dict_count(dict), 0);
	bs_arena_free(&arena);
}

static void truth_is_by_kind(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_value yes[] = { bs_value_bool(true), bs_value_int(-1), bs_value_text(BS_STR("0")),
		bs_value_markup(BS_STR("<b>")), bs_value_list(&(struct bs_value){ 0 }, 1),
		bs_value_dict(bs_dict_new(arena, 0)), bs_value_call(&(struct bs_call){ 0 }) };
	struct bs_value no[] = { bs_value_null(), bs_value_bool(false), bs_value_int(0), bs_value_text(BS_STR("")),
		bs_value_markup(BS_STR("")), bs_value_list(NULL, 0) };

	(void)state;
	for (size_t at = 0; at < BS_COUNT(yes); at++)
		assert_true(bs_value_true(&yes[at]));
	for (size_t at = 0; at < BS_COUNT(no); at++)
		assert_false(bs_value_true(&no[at]));
	bs_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_name_has_one_symbol),
		cmocka_unit_test(a_copy_keeps_ids_and_grows_apart),
		cmocka_unit_test(the_last_symbol_is_given_out_and_no_more),
		cmocka_unit_test(a_dictionary_finds_what_was_set_and_nothing_else),
		cmocka_unit_test(a_full_dictionary_of_all_symbols_works),
		cmocka_unit_test(setting_again_replaces),
		cmocka_unit_test(the_name_zero_is_never_kept),
		cmocka_unit_test(truth_is_by_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
