/* test_listing.c - places in lists, their lengths, and which tags a list touches. */
#include "newsroom.h"

#include "newsroom/listing.h"

enum { DAY = 86400, STORIES = 90 };

static const struct bs_list all = { BS_LIST_ALL, 0 };

/* Stories of about half a year, some of one second, some before 1970; newest first. */
static void save_many(struct newsroom *room)
{
	for (int i = 0; i < STORIES; i++) {
		struct bs_draft draft = newsroom_draft(room, "A story", "Text.");
		draft.published_at = NEWSROOM_NOW - (int64_t)(i / 2) * 4 * DAY;
		if (i >= STORIES - 6)
			draft.published_at = 20 * DAY - (int64_t)(i - (STORIES - 6)) * 15 * DAY;
		(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	}
}

static void a_place_is_the_one_that_walking_leads_to(void **state)
{
	struct newsroom *room = *state;
	struct bs_stmt *stmt = NULL;
	struct bs_err err;
	int64_t from = 0;

	save_many(room);
	assert_ok(bs_db_query(room->db, BS_Q_card_listing, BS_VALUES(bs_int(0), bs_int(0), bs_text(BS_STR("en")),
	                      bs_int(NEWSROOM_NOW), bs_int(INT64_MAX), bs_int(1000)), &stmt, &err), &err);
	for (; bs_stmt_next(stmt, &err) == BS_OK; from++) {
		struct bs_list_place place;
		assert_ok(bs_list_place_of(room->db, all, BS_STR("en"), from, &place, &err), &err);
		if (from > 0)
			assert_int_equal(place.story_id, bs_stmt_int(stmt, BS_C_card_listing_id));
		assert_true(place.published_at >= bs_stmt_int(stmt, BS_C_card_listing_published_at));
	}
	bs_stmt_free(&stmt);
	assert_int_equal(from, STORIES);
}

static void beyond_the_end_there_is_no_place(void **state)
{
	struct newsroom *room = *state;
	struct bs_list_place place;
	struct bs_err err;

	save_many(room);
	assert_int_equal(bs_list_place_of(room->db, all, BS_STR("en"), STORIES, &place, &err), BS_NOT_FOUND);
	assert_int_equal(bs_list_place_of(room->db, all, BS_STR("de"), 1, &place, &err), BS_NOT_FOUND);
}

static int64_t length_of(struct newsroom *room, struct bs_list list)
{
	int64_t length = -1;
	struct bs_err err;

	assert_ok(bs_list_length(room->db, list, BS_STR("en"), &length, &err), &err);
	return length;
}

static void withdrawing_the_last_story_of_a_month_empties_its_list(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = newsroom_draft(room, "A story", "Text.");
	const struct bs_list november = { BS_LIST_MONTH, 202511 };

	draft.public_id = BS_STR("one");
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_int_equal(length_of(room, november), 1);
	assert_int_equal(length_of(room, all), 1);
	draft.status = BS_STATUS_WITHDRAWN;
	draft.reason = BS_STR("It was wrong.");
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_int_equal(length_of(room, november), 0);
	assert_int_equal(length_of(room, all), 0);
}

/* How often the change feed names the tag. */
static int64_t touches(struct newsroom *room, const char *tag)
{
	struct bs_stmt *stmt = NULL;
	struct bs_err err;
	int64_t count = 0;

	assert_ok(bs_db_query(room->db, BS_Q_change_after, BS_VALUES(bs_int(0), bs_int(1000)), &stmt, &err), &err);
	while (bs_stmt_next(stmt, &err) == BS_OK)
		count += bs_str_eq(bs_stmt_str(stmt, BS_C_change_after_tag), bs_str_c(tag));
	bs_stmt_free(&stmt);
	return count;
}

/* Pages of other months stay good when a story is published; those beside it must learn that a month has come to be. */
static void a_story_touches_its_own_month_and_a_new_month_the_others(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = newsroom_draft(room, "A story", "Text.");

	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_int_equal(touches(room, "month:202511"), 1);
	assert_int_equal(touches(room, "month:0"), 1);
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_int_equal(touches(room, "month:202511"), 2);
	assert_int_equal(touches(room, "month:0"), 1);
	draft.published_at -= 40 * DAY;
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_int_equal(touches(room, "month:202511"), 2);
	assert_int_equal(touches(room, "month:0"), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		newsroom_test(a_place_is_the_one_that_walking_leads_to),
		newsroom_test(beyond_the_end_there_is_no_place),
		newsroom_test(withdrawing_the_last_story_of_a_month_empties_its_list),
		newsroom_test(a_story_touches_its_own_month_and_a_new_month_the_others),
	};

	return cmocka_run_group_tests(tests, NULL, newsroom_remove);
}
