/* test_cache.c - finished pages are given out as long as they are true, and no longer. */
#include "tests/unit/unit.h"

#include "http/response.h"
#include "page/cache.h"

enum { NOW = 1763100000 };

struct room {
	struct bs_versions *versions;
	struct bs_cache *cache;
};

static int set_up(void **state)
{
	static struct room room;

	room.versions = bs_versions_new();
	room.cache = bs_cache_new(16 * 1024 * 1024, &bs_cache_responses, room.versions, NULL);
	*state = &room;
	return 0;
}

static int tear_down(void **state)
{
	struct room *room = *state;

	bs_cache_free(&room->cache);
	bs_versions_free(&room->versions);
	return 0;
}

static void put_of(struct room *room, uint64_t as_of, const char *path, const char *text, const char *tag, int64_t until)
{
	struct bs_buf body = BS_BUF(1024 * 1024);
	struct bs_response_options options = { .type = BS_STR("text/plain"), .body = &body };
	uint32_t slot = bs_versions_slot(bs_str_c(tag));
	struct bs_cache_item item = { .key = bs_str_c(path), .bytes = strlen(text), .slots = &slot, .slot_count = 1,
		                      .as_of = as_of, .until = until };
	struct bs_response *response = NULL;
	struct bs_err err = { 0 };

	bs_buf_put(&body, bs_str_c(text));
	assert_ok(bs_response_new(&options, &response, &err), &err);
	item.value = response;
	bs_cache_put(room->cache, &item);
	bs_response_drop(&response);
}

static void put(struct room *room, const char *path, const char *text, const char *tag, int64_t until)
{
	put_of(room, bs_versions_epoch(room->versions), path, text, tag, until);
}

/* "" stands for nothing. */
static void assert_get(struct room *room, const char *path, int64_t now, const char *want)
{
	struct bs_response *response = bs_cache_get(room->cache, bs_str_c(path), now);

	assert_str(response != NULL ? bs_response_body(response) : BS_STR(""), want);
	bs_response_drop(&response);
}

static void a_page_is_good_while_its_tags_stay(void **state)
{
	put(*state, "/a", "one", "story:1", 0);
	put(*state, "/b", "two", "story:2", 0);
	assert_get(*state, "/a", NOW, "one");
	bs_versions_touch(((struct room *)*state)->versions, BS_STR("story:1"));
	assert_get(*state, "/a", NOW, "");
	assert_get(*state, "/b", NOW, "two");
	assert_get(*state, "/c", NOW, "");
}

static void a_change_while_the_page_was_made_makes_it_stale(void **state)
{
	struct room *room = *state;
	uint64_t snapshot = bs_versions_epoch(room->versions);

	bs_versions_touch(room->versions, BS_STR("story:1"));
	put_of(room, snapshot, "/a", "one", "story:1", 0);
	assert_get(room, "/a", NOW, "");
	put_of(room, snapshot, "/b", "two", "story:2", 0);
	assert_get(room, "/b", NOW, "two");
}

static void a_page_ends_when_the_clock_makes_it_untrue(void **state)
{
	put(*state, "/news", "one", "latest", NOW + 60);
	assert_get(*state, "/news", NOW, "one");
	assert_get(*state, "/news", NOW + 59, "one");
	assert_get(*state, "/news", NOW + 60, "");
	assert_get(*state, "/news", NOW, "");
}

static void a_page_without_an_end_is_good_at_any_time(void **state)
{
	put(*state, "/a", "one", "story:1", 0);
	assert_get(*state, "/a", INT64_MAX - 1, "one");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_page_is_good_while_its_tags_stay, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_change_while_the_page_was_made_makes_it_stale, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_page_ends_when_the_clock_makes_it_untrue, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_page_without_an_end_is_good_at_any_time, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
