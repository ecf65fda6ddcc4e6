/* test_shelf.c - what pages show alike lies on the shelf as long as it is true, and each page may keep what it took. */
#include "tests/unit/unit.h"

#include "base/limits.h"
#include "page/shelf.h"

static struct bs_page page_of(struct bs_shelf *shelf, struct bs_versions *versions)
{
	return (struct bs_page){ .arena = bs_arena_new(), .shelf = shelf,
		                 .as_of = versions != NULL ? bs_versions_epoch(versions) : 0 };
}

static void put(struct bs_page *page, const char *key, const char *text, const char *tag)
{
	uint32_t slot = bs_versions_slot(bs_str_c(tag));
	char *box = bs_shelf_box(strlen(text) + 1);

	memcpy(box, text, strlen(text) + 1);
	bs_shelf_put(page, bs_str_c(key), box, &slot, 1);
}

static void what_one_page_put_there_another_takes(void **state)
{
	struct bs_versions *versions = bs_versions_new();
	struct bs_shelf *shelf = bs_shelf_new(BS_SHELF_BYTES, versions);
	struct bs_page first = page_of(shelf, versions), second = page_of(shelf, versions);

	(void)state;
	assert_null(bs_shelf_take(&first, BS_STR("ice")));
	put(&first, "ice", "one", "term:1");
	bs_arena_free(&first.arena);
	assert_string_equal(bs_shelf_take(&second, BS_STR("ice")), "one");
	assert_null(bs_shelf_take(&second, BS_STR("sea")));
	bs_arena_free(&second.arena);
	bs_shelf_free(&shelf);
	bs_versions_free(&versions);
}

static void it_is_gone_with_its_tag_but_not_for_who_took_it(void **state)
{
	struct bs_versions *versions = bs_versions_new();
	struct bs_shelf *shelf = bs_shelf_new(BS_SHELF_BYTES, versions);
	struct bs_page first = page_of(shelf, versions), second;
	const char *taken;

	(void)state;
	put(&first, "ice", "one", "term:1");
	taken = bs_shelf_take(&first, BS_STR("ice"));
	bs_versions_touch(versions, BS_STR("term:1"));
	second = page_of(shelf, versions);
	assert_null(bs_shelf_take(&second, BS_STR("ice")));
	/* A page that began before the change puts there what is untrue by now. */
	put(&first, "ice", "one", "term:1");
	assert_null(bs_shelf_take(&second, BS_STR("ice")));
	put(&second, "ice", "two", "term:1");
	assert_string_equal(bs_shelf_take(&second, BS_STR("ice")), "two");
	assert_string_equal(taken, "one");
	bs_arena_free(&first.arena);
	bs_arena_free(&second.arena);
	bs_shelf_free(&shelf);
	bs_versions_free(&versions);
}

static void a_page_without_a_shelf_keeps_what_it_made(void **state)
{
	struct bs_page page = page_of(NULL, NULL);

	(void)state;
	put(&page, "ice", "one", "term:1");
	assert_null(bs_shelf_take(&page, BS_STR("ice")));
	bs_arena_free(&page.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_one_page_put_there_another_takes),
		cmocka_unit_test(it_is_gone_with_its_tag_but_not_for_who_took_it),
		cmocka_unit_test(a_page_without_a_shelf_keeps_what_it_made),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
