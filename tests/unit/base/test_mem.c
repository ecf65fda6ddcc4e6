#include "tests/unit/unit.h"

static void count_up(void *ptr)
{
	++*(int *)ptr;
}

static void what_was_deferred_runs_once_at_the_end(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	int runs = 0;

	(void)state;
	bs_arena_defer(arena, count_up, &runs);
	bs_arena_reset(arena);
	assert_int_equal(runs, 1);
	bs_arena_free(&arena);
	assert_int_equal(runs, 1);
	assert_null(arena);
}

static void memory_is_zeroed_also_after_a_reset(void **state)
{
	struct bs_arena *arena = bs_arena_new();

	(void)state;
	for (int round = 0; round < 3; round++) {
		unsigned char *bytes = bs_arena_alloc(arena, 40000);
		for (int i = 0; i < 40000; i++)
			assert_int_equal(bytes[i], 0);
		memset(bytes, 0xAA, 40000);
		bs_arena_reset(arena);
	}
	bs_arena_free(&arena);
}

static void parts_are_joined_with_what_goes_between(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_str parts[] = { BS_STR("a"), BS_STR(""), BS_STR("c") };

	(void)state;
	assert_str(bs_arena_join(arena, parts, 3, BS_STR(", ")), "a, , c");
	assert_str(bs_arena_printf(arena, "%d-%s", 7, "x"), "7-x");
	bs_arena_free(&arena);
}

static void a_buffer_over_its_cap_fails_and_stays_failed(void **state)
{
	struct bs_buf buf = BS_BUF(5);
	struct bs_err err = { 0 };

	(void)state;
	bs_buf_lit(&buf, "abc");
	bs_buf_lit(&buf, "def");
	bs_buf_lit(&buf, "g");
	assert_str(bs_buf_str(&buf), "abc");
	assert_int_equal(bs_buf_check(&buf, "the page", &err), BS_LIMIT);
	assert_string_equal(err.text, "the page is over its limit of 5 bytes");
	bs_buf_reset(&buf);
	bs_buf_printf(&buf, "%s", "12345");
	assert_int_equal(bs_buf_check(&buf, "the page", &err), BS_OK);
	assert_str(bs_buf_str(&buf), "12345");
	bs_buf_free(&buf);
}

static void an_array_grows_and_keeps_what_it_holds(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	size_t *list = NULL, count = 0, room = 0;

	(void)state;
	for (; count < 1000; count++) {
		BS_GROW(arena, list, count, room, 3);
		assert_true(count < room);
		list[count] = count;
	}
	assert_int_equal(room, 3 * 512);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(list[i], i);
	bs_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_deferred_runs_once_at_the_end),
		cmocka_unit_test(memory_is_zeroed_also_after_a_reset),
		cmocka_unit_test(parts_are_joined_with_what_goes_between),
		cmocka_unit_test(a_buffer_over_its_cap_fails_and_stays_failed),
		cmocka_unit_test(an_array_grows_and_keeps_what_it_holds),
	};

	return cmocka_run_group_tests_name("mem", tests, NULL, NULL);
}
