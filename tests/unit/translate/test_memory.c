/* Finding what was translated by what a passage nearly says, on either database. */
#include "../newsroom/fixture.h"

#include "newsroom/translation.h"
#include "translate/memory.h"

static const struct bs_translation_by person = { BS_ORIGIN_PERSON, BS_STR_INIT("Ilse Brandt"), 0, 0 };

static void keep(struct fixture *f, const char *source, const char *target)
{
	struct bs_translation one = { .markup = bs_str_c(target) };
	size_t written;
	struct bs_err err;

	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_passage_keep(f->arena, f->db, BS_STR("en"), bs_str_c(source), &one.passage_id, &err), &err);
	assert_ok(bs_translation_save(f->arena, f->db, BS_STR("de"), &one, 1, &person, NOW, &written, &err), &err);
	assert_ok(bs_db_commit(f->db, &err), &err);
}

static void catch_up(struct fixture *f)
{
	bool more = true;
	struct bs_err err;

	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	while (more)
		assert_ok(bs_memory_index(f->arena, f->db, &more, &err), &err);
	assert_ok(bs_db_commit(f->db, &err), &err);
}

static size_t find(struct fixture *f, const char *markup, const char *to, struct bs_memory_hit hits[BS_MEMORY_HITS])
{
	size_t count;
	struct bs_err err;

	assert_ok(bs_memory_find(f->arena, f->db, bs_lang_find(BS_STR("en")), bs_str_c(markup), bs_lang_find(bs_str_c(to)), hits, &count, &err),
	          &err);
	return count;
}

static void a_sentence_with_one_word_changed_is_found_with_its_score(void **state)
{
	struct fixture *f = *state;
	struct bs_memory_hit hits[BS_MEMORY_HITS];

	keep(f, "The harbour authority closed the port because of strong wind from the north.", "Die Hafenbehörde schloss den Hafen.");
	keep(f, "The minister did not answer our questions before this went to press today.", "Der Minister antwortete nicht.");
	catch_up(f);
	assert_int_equal(find(f, "The harbour authority closed the port because of strong wind from the south.", "de", hits), 1);
	assert_str(hits[0].target, "Die Hafenbehörde schloss den Hafen.");
	assert_true(hits[0].by_person);
	assert_int_equal(hits[0].score, 92);
	assert_int_equal(find(f, "The harbour authority closed the port because of strong wind from the south.", "fr", hits), 0);
}

static void the_passage_itself_is_100_and_the_same_words_in_other_markup_99(void **state)
{
	struct fixture *f = *state;
	struct bs_memory_hit hits[BS_MEMORY_HITS];

	keep(f, "Ice <em>from</em> the north", "Eis <em>aus</em> dem Norden");
	catch_up(f);
	assert_int_equal(find(f, "Ice <em>from</em> the north", "de", hits), 1);
	assert_int_equal(hits[0].score, 100);
	assert_int_equal(find(f, "Ice from the north!", "de", hits), 1);
	assert_int_equal(hits[0].score, 99);
}

static void the_best_comes_first_and_what_is_hardly_alike_not_at_all(void **state)
{
	struct fixture *f = *state;
	struct bs_memory_hit hits[BS_MEMORY_HITS];

	keep(f, "Ten ships waited for pilots outside the harbour on Monday evening", "a");
	keep(f, "Ten ships waited for pilots outside the harbour on Tuesday morning", "b");
	keep(f, "Ten ships were sold", "c");
	catch_up(f);
	assert_int_equal(find(f, "Ten ships waited for pilots outside the harbour on Tuesday", "de", hits), 2);
	assert_str(hits[0].target, "b");
	assert_str(hits[1].target, "a");
	assert_true(hits[0].score >= hits[1].score);
}

static void what_is_far_longer_or_shorter_is_not_offered(void **state)
{
	struct fixture *f = *state;
	struct bs_memory_hit hits[BS_MEMORY_HITS];

	keep(f, "Commissioner presented dredging accounts", "Kommissar legte Baggerkosten vor");
	keep(f, "Commissioner presented dredging accounts and then spoke for an hour on what the port had lost in the winter", "lang");
	catch_up(f);
	assert_int_equal(find(f, "Commissioner presented accounts", "de", hits), 1);
	assert_str(hits[0].target, "Kommissar legte Baggerkosten vor");
}

/* Those that nobody translated into German must not use up what is looked at. */
static void what_is_translated_is_found_behind_many_that_are_not(void **state)
{
	struct fixture *f = *state;
	struct bs_memory_hit hits[BS_MEMORY_HITS];
	struct bs_translation one = { .markup = BS_STR("des phoques") };
	size_t written;
	struct bs_err err;

	keep(f, "Grey seals on the ice of Keld harbour, 0", "Kegelrobben");
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	for (int i = 1; i <= 100; i++) {
		assert_ok(bs_passage_keep(f->arena, f->db, BS_STR("en"), bs_arena_printf(f->arena, "Grey seals on the ice of Keld harbour, %d", i),
		                          &one.passage_id, &err), &err);
		assert_ok(bs_translation_save(f->arena, f->db, BS_STR("fr"), &one, 1, &person, NOW, &written, &err), &err);
	}
	assert_ok(bs_db_commit(f->db, &err), &err);
	catch_up(f);
	assert_int_equal(find(f, "Grey seals on the ice of Keld harbour, now", "de", hits), 1);
	assert_str(hits[0].target, "Kegelrobben");
}

static void what_is_indexed_is_not_asked_for_again(void **state)
{
	struct fixture *f = *state;
	bool behind = false;
	struct bs_err err;

	assert_ok(bs_memory_is_behind(f->db, &behind, &err), &err);
	assert_false(behind);
	keep(f, "One", "Eins");
	assert_ok(bs_memory_is_behind(f->db, &behind, &err), &err);
	assert_true(behind);
	catch_up(f);
	assert_ok(bs_memory_is_behind(f->db, &behind, &err), &err);
	assert_false(behind);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_sentence_with_one_word_changed_is_found_with_its_score, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_passage_itself_is_100_and_the_same_words_in_other_markup_99, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_best_comes_first_and_what_is_hardly_alike_not_at_all, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_far_longer_or_shorter_is_not_offered, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_translated_is_found_behind_many_that_are_not, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_indexed_is_not_asked_for_again, set_up, tear_down),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	database_remove();
	return failed;
}
