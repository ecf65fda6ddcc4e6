/* How alike two passages are, and that what is like a passage shares what it is found by. */
#include "tests/unit/unit.h"

#include "translate/likeness.h"

enum { TRIES = 3000 };

static int set_up(void **state)
{
	*state = bs_arena_new();
	return 0;
}

static int tear_down(void **state)
{
	struct bs_arena *arena = *state;

	bs_arena_free(&arena);
	return 0;
}

static uint32_t any(uint32_t below)
{
	static uint32_t seed = 2463534242U;

	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % below;
}

/* As the textbook has it: a row of the matrix after another. */
static int plainly(const struct bs_terms *a, const struct bs_terms *b)
{
	size_t row[BS_TERMS_MAX + 1], most = a->count > b->count ? a->count : b->count;

	for (size_t j = 0; j <= b->count; j++)
		row[j] = j;
	for (size_t i = 1; i <= a->count; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= b->count; j++) {
			size_t change = diagonal + (a->list[i - 1] != b->list[j - 1]), less = row[j] < row[j - 1] ? row[j] : row[j - 1];
			diagonal = row[j];
			row[j] = less + 1 < change ? less + 1 : change;
		}
	}
	return most == 0 ? 0 : row[b->count] == 0 ? 99 : (int)(100 * (most - row[b->count]) / most);
}

static void fill(struct bs_terms *terms, size_t count, uint32_t words)
{
	terms->count = count;
	for (size_t i = 0; i < count; i++)
		terms->list[i] = (uint64_t)(any(words) + 1) << 20 | (1 + any(9));
}

static void edit(const struct bs_terms *from, struct bs_terms *out)
{
	out->count = 0;
	for (size_t i = 0; i < from->count && out->count < BS_TERMS_MAX - 1; i++) {
		uint32_t how = any(12);
		if (how < 2)
			out->list[out->count++] = (uint64_t)(any(50) + 1) << 20 | 1;
		if (how != 1 && how != 3)
			out->list[out->count++] = from->list[i];
	}
}

static void it_is_the_distance_of_levenshtein_for_passages_of_every_length(void **state)
{
	struct bs_terms a, b;

	for (int i = 0; i < TRIES; i++) {
		struct bs_arena *arena = *state;
		fill(&a, any(i % 10 == 0 ? BS_TERMS_MAX + 1 : 70), 1 + any(60));
		if (i % 2 == 0)
			fill(&b, any(i % 10 == 0 ? BS_TERMS_MAX + 1 : 70), 1 + any(60));
		else
			edit(&a, &b);
		assert_int_equal(bs_likeness_of(bs_likeness_new(arena, &a), b.list, b.count), plainly(&a, &b));
		bs_arena_reset(arena);
	}
}

static void passages_at_the_edges_of_a_block_are_compared_whole(void **state)
{
	static const size_t lengths[] = { 1, 63, 64, 65, 127, 128, 129, 192, 255, 256 };
	struct bs_terms a, b;

	for (size_t i = 0; i < BS_COUNT(lengths); i++) {
		fill(&a, lengths[i], 100000);
		b = a;
		assert_int_equal(bs_likeness_of(bs_likeness_new(*state, &a), b.list, b.count), 99);
		b.list[b.count - 1] = 12345;
		assert_int_equal(bs_likeness_of(bs_likeness_new(*state, &a), b.list, b.count), plainly(&a, &b));
	}
}

static size_t shared(const struct bs_terms *stored, const struct bs_terms *asked)
{
	struct bs_grams a, b;
	size_t count = 0;

	bs_grams_of(stored, &a);
	bs_grams_like(asked, &b);
	assert_true(a.count <= BS_GRAMS_MAX && b.count <= BS_GRAMS_MAX);
	for (size_t i = 0; i < a.count; i++) {
		for (size_t k = 0; k < b.count; k++)
			count += a.list[i] == b.list[k];
	}
	return count;
}

static void of(const char *text, struct bs_terms *out)
{
	bs_terms_of(bs_lang_find(BS_STR("en")), bs_str_c(text), out);
}

static void a_short_line_is_found_by_one_long_word_that_it_kept(void **state)
{
	struct bs_terms stored, asked;

	(void)state;
	of("The icebreakers leave", &stored);
	of("No icebreakers", &asked);
	assert_true(shared(&stored, &asked) > 0);
	of("Icebreakers left Port Ansel without a word to the pilots", &asked); /* too long to be half of the same */
	assert_int_equal(shared(&stored, &asked), 0);
}

static void seldom_words_that_stand_together_find_a_passage_of_which_half_was_rewritten(void **state)
{
	struct bs_terms stored, asked;

	(void)state;
	of("On the day of the hearing the harbour commissioner presented the quarterly dredging accounts to all of us in the old hall", &stored);
	of("At the end of a long week the harbour commissioner presented the quarterly dredging accounts, and no one said a word on it", &asked);
	assert_true(shared(&stored, &asked) >= 4);
}

static void the_longest_question_and_none_at_all_stay_within_bounds(void **state)
{
	struct bs_terms terms;

	(void)state;
	for (size_t count = 0; count <= BS_TERMS_MAX; count++) {
		fill(&terms, count, 100000);
		assert_true(count == 0 || shared(&terms, &terms) > 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_is_the_distance_of_levenshtein_for_passages_of_every_length, set_up, tear_down),
		cmocka_unit_test_setup_teardown(passages_at_the_edges_of_a_block_are_compared_whole, set_up, tear_down),
		cmocka_unit_test(a_short_line_is_found_by_one_long_word_that_it_kept),
		cmocka_unit_test(seldom_words_that_stand_together_find_a_passage_of_which_half_was_rewritten),
		cmocka_unit_test(the_longest_question_and_none_at_all_stay_within_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
