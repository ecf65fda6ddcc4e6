#include "../unit.h"

#include "lang/message.h"

static const struct bs_lang *en = &bs_langs[BS_LANG_en];

static int open_arena(void **state)
{
	*state = bs_arena_new();
	return 0;
}

static int close_arena(void **state)
{
	bs_arena_free((struct bs_arena **)state);
	return 0;
}

static void a_message_is_found_by_its_constant_and_by_its_name(void **state)
{
	enum bs_msg id;

	(void)state;
	assert_str(bs_message(en, BS_MSG_home_latest), "Latest");
	for (size_t i = 0; i < BS_MSG_COUNT; i++) {
		assert_int_equal(bs_message_find(bs_message_name((enum bs_msg)i), &id), BS_OK);
		assert_int_equal(id, i);
	}
	assert_int_equal(bs_message_find(BS_STR("home.latex"), &id), BS_NOT_FOUND);
	assert_int_equal(bs_message_find(BS_STR(""), &id), BS_NOT_FOUND);
	assert_int_equal(bs_message_find(BS_STR("zzz"), &id), BS_NOT_FOUND);
}

static void text_is_put_where_the_pattern_has_it(void **state)
{
	assert_str(bs_say_credit_author(*state, en, BS_STR("<b>Mara</b>")), "By <b>Mara</b>");
	assert_str(bs_say_story_first_published(*state, en, BS_STR("Harbour Review"), BS_STR("13 November 2025")),
	           "First published by Harbour Review, 13 November 2025");
	assert_str(bs_say_credit_author(*state, en, BS_STR("")), "By ");
}

static void numbers_choose_their_plural_and_are_grouped(void **state)
{
	assert_str(bs_say_list_stories(*state, en, 0), "No stories yet");
	assert_str(bs_say_list_stories(*state, en, 1), "1 story");
	assert_str(bs_say_list_stories(*state, en, 12345), "12,345 stories");
	assert_str(bs_say_search_found(*state, en, 2, BS_STR("ice")), "2 stories for “ice”");
	assert_str(bs_say_list_page_of(*state, en, 3, 1000), "Page 3 of 1,000");
}

static void the_site_speaks_every_language_that_it_is_offered_in(void **state)
{
	(void)state;
	for (int i = 0; i < BS_LANG_COUNT; i++)
		assert_int_equal(bs_message_coverage(&bs_langs[i]), bs_langs[i].offered ? BS_MSG_COUNT : 0);
}

static void what_a_language_lacks_is_said_in_english(void **state)
{
	for (int i = 0; i < BS_LANG_COUNT; i++) {
		for (size_t id = 0; id < BS_MSG_COUNT; id++)
			assert_true(bs_message(&bs_langs[i], (enum bs_msg)id).len > 0);
		assert_true(bs_say_list_stories(*state, &bs_langs[i], 5).len > 0);
	}
}

static void a_message_knows_whether_it_has_parameters(void **state)
{
	(void)state;
	assert_true(bs_message_has_parameters(BS_MSG_credit_author));
	assert_false(bs_message_has_parameters(BS_MSG_home_latest));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_is_found_by_its_constant_and_by_its_name),
		cmocka_unit_test_setup_teardown(text_is_put_where_the_pattern_has_it, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(numbers_choose_their_plural_and_are_grouped, open_arena, close_arena),
		cmocka_unit_test(the_site_speaks_every_language_that_it_is_offered_in),
		cmocka_unit_test_setup_teardown(what_a_language_lacks_is_said_in_english, open_arena, close_arena),
		cmocka_unit_test(a_message_knows_whether_it_has_parameters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
