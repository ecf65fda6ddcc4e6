/* test_reckon.c - what was reckoned ahead of a saving is used only while it is of what is saved. */
#include "newsroom.h"

#include "newsroom/reckon.h"

static void expect_all_well(struct newsroom *room)
{
	struct bs_verify_result result;
	struct bs_err err;

	assert_ok(bs_ledger_verify(room->db, NULL, &result, &err), &err);
	assert_true(result.passages > 1);
}

static void a_body_reckoned_ahead_is_saved_as_it_is(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = newsroom_draft(room, "Ice", "The harbour froze.");

	draft.reckoned = bs_reckon(room->arena, draft.lang, &draft);
	assert_true(bs_reckoned_fits(draft.reckoned, draft.lang, &draft.body));
	assert_int_equal(draft.reckoned->words, 3);
	assert_non_null(bs_reckoned_field(draft.reckoned, draft.title));
	assert_str(bs_reckoned_head(draft.reckoned, &draft)->title, "ice");
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	expect_all_well(room);
}

static void what_has_changed_since_is_reckoned_again(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = newsroom_draft(room, "Ice", "The harbour froze.");
	struct bs_draft other = newsroom_draft(room, "Ice", "The harbour froze.");

	draft.reckoned = bs_reckon(room->arena, draft.lang, &draft);
	other.reckoned = draft.reckoned; /* the same words, but nobody looked at these */
	assert_false(bs_reckoned_fits(draft.reckoned, draft.lang, &other.body));
	assert_false(bs_reckoned_fits(draft.reckoned, BS_STR("de"), &draft.body));
	assert_false(bs_reckoned_fits(NULL, draft.lang, &draft.body));
	draft.title = BS_STR("Thaw");
	assert_null(bs_reckoned_field(draft.reckoned, draft.title));
	assert_null(bs_reckoned_field(draft.reckoned, draft.subtitle));
	assert_null(bs_reckoned_head(draft.reckoned, &draft));
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	draft.body.blocks[0].markup = BS_STR("The harbour thawed.");
	assert_false(bs_reckoned_fits(draft.reckoned, draft.lang, &draft.body));
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	other.lang = BS_STR("de");
	(void)newsroom_save(room, &other, NEWSROOM_NOW);
	expect_all_well(room);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		newsroom_test(a_body_reckoned_ahead_is_saved_as_it_is),
		newsroom_test(what_has_changed_since_is_reckoned_again),
	};

	return cmocka_run_group_tests(tests, NULL, newsroom_remove);
}
