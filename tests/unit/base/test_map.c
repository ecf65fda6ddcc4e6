#include "tests/unit/unit.h"

#include "base/map.h"

static void ten_thousand_keys_come_and_go(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_map map = BS_MAP(NULL);
	struct bs_str keys[10000];
	size_t at = 0, seen = 0;
	struct bs_str key;
	void *value;

	(void)state;
	for (size_t i = 0; i < 10000; i++) {
		keys[i] = bs_arena_printf(arena, "key-%zu", i);
		*bs_map_put(&map, keys[i]) = &keys[i];
	}
	for (size_t i = 0; i < 10000; i += 2)
		assert_ptr_equal(bs_map_take(&map, keys[i]), &keys[i]);
	for (size_t i = 0; i < 10000; i++)
		assert_ptr_equal(bs_map_get(&map, keys[i]), i % 2 == 1 ? &keys[i] : NULL);
	assert_null(bs_map_take(&map, BS_STR("never there")));
	while (bs_map_next(&map, &at, &key, &value))
		seen++;
	assert_int_equal(seen, 5000);
	bs_map_free(&map);
	bs_arena_free(&arena);
}

static void the_empty_key_is_a_key(void **state)
{
	struct bs_map map = BS_MAP(NULL);
	int x;

	(void)state;
	assert_null(bs_map_get(&map, BS_STR("")));
	*bs_map_put(&map, (struct bs_str){ 0 }) = &x;
	assert_ptr_equal(bs_map_get(&map, BS_STR("")), &x);
	bs_map_free(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ten_thousand_keys_come_and_go),
		cmocka_unit_test(the_empty_key_is_a_key),
	};

	return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
