#include "tests/unit/unit.h"

#include <pthread.h>

#include "base/recycle.h"

/* Fill it with a mark of its own, all that it says it has. */
static void *take_marked(size_t size, int mark)
{
	void *block = bs_recycle_take(size);

	assert_non_null(block);
	assert_true(bs_recycle_size(block) >= size);
	memset(block, mark, bs_recycle_size(block));
	return block;
}

static void assert_marked(const void *block, size_t size, int mark)
{
	for (size_t i = 0; i < size; i++)
		assert_int_equal(((const uint8_t *)block)[i], mark);
}

static void blocks_of_all_sizes_stay_apart(void **state)
{
	void *blocks[600];

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 600; i++)
			blocks[i] = take_marked((size_t)i * 7, (i + round) % 251);
		for (int i = 0; i < 600; i++)
			assert_marked(blocks[i], (size_t)i * 7, (i + round) % 251);
		for (int i = 0; i < 600; i++)
			bs_recycle_give(blocks[i * 7 % 600]);
	}
}

static void the_next_of_a_size_is_the_last_that_came_back(void **state)
{
	void *block = take_marked(100, 1), *other = take_marked(100, 2), *large;

	(void)state;
	bs_recycle_give(block);
	assert_ptr_equal(bs_recycle_take(bs_recycle_size(block)), block);
	large = bs_recycle_take(BS_RECYCLE_LARGEST + 1);
	bs_recycle_give(block);
	bs_recycle_give(large);
	bs_recycle_give(other);
	bs_recycle_give(NULL);
}

static void a_block_keeps_what_it_holds_when_it_is_resized(void **state)
{
	static const size_t sizes[] = { 1, 33, 2000, 2048, 2049, 70000, 140000, 5000, 2048, 40, 40, 3 };
	void *block = take_marked(1, 9);

	(void)state;
	for (size_t i = 1; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t least = sizes[i] < sizes[i - 1] ? sizes[i] : sizes[i - 1];
		block = bs_recycle_resize(block, sizes[i]);
		assert_non_null(block);
		assert_marked(block, least, 9);
		assert_true(bs_recycle_size(block) >= sizes[i]);
		memset(block, 9, bs_recycle_size(block));
	}
	bs_recycle_give(block);
}

static void *give_many(void *blocks)
{
	for (int i = 0; i < 20000; i++)
		bs_recycle_give(((void **)blocks)[i]);
	return take_marked(300, 5);
}

static void a_thread_gives_back_what_another_took(void **state)
{
	static void *blocks[20000]; /* more than a thread keeps */
	pthread_t thread;
	void *block;

	(void)state;
	for (int i = 0; i < 20000; i++)
		blocks[i] = take_marked(300, 3);
	assert_int_equal(pthread_create(&thread, NULL, give_many, blocks), 0);
	assert_int_equal(pthread_join(thread, &block), 0);
	assert_marked(block, 300, 5);
	bs_recycle_give(block);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_of_all_sizes_stay_apart),
		cmocka_unit_test(the_next_of_a_size_is_the_last_that_came_back),
		cmocka_unit_test(a_block_keeps_what_it_holds_when_it_is_resized),
		cmocka_unit_test(a_thread_gives_back_what_another_took),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
