/* What differs between two lists, and between the words of two texts. */
#include "tests/unit/unit.h"

#include "text/diff.h"

static struct bs_arena *arena;

static size_t letters(const char *text, struct bs_str out[64])
{
	size_t count = 0;

	for (; text[count] != '\0'; count++)
		out[count] = bs_str_n(text + count, 1);
	return count;
}

/* The script as text: "a" the same, "-a" gone, "+a" new. */
static struct bs_str script(const char *old_text, const char *new_text)
{
	struct bs_str old_items[64], new_items[64];
	size_t old_count = letters(old_text, old_items), new_count = letters(new_text, new_items), count;
	struct bs_diff_step *steps;
	struct bs_buf out = BS_BUF(4096);
	struct bs_str made;

	bs_diff(arena, old_items, old_count, new_items, new_count, &steps, &count);
	for (size_t i = 0; i < count; i++) {
		if (steps[i].kind != BS_DIFF_SAME)
			bs_buf_putc(&out, steps[i].kind == BS_DIFF_GONE ? '-' : '+');
		else
			assert_true(bs_str_eq(old_items[steps[i].old_at], new_items[steps[i].new_at]));
		bs_buf_put(&out, steps[i].kind == BS_DIFF_NEW ? new_items[steps[i].new_at] : old_items[steps[i].old_at]);
	}
	made = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return made;
}

static void a_script_is_the_shortest_and_says_what_is_gone_before_what_is_new(void **state)
{
	(void)state;
	assert_str(script("", ""), "");
	assert_str(script("abc", "abc"), "abc");
	assert_str(script("", "ab"), "+a+b");
	assert_str(script("ab", ""), "-a-b");
	assert_str(script("abc", "axc"), "a-b+xc");
	assert_str(script("abcabba", "cbabac"), "-a-bc+bab-ba+c");
	assert_str(script("xaby", "xbay"), "x-ab+ay");
}

/* Every pair of texts of up to five of two letters: the script leads from the one to the other. */
static void every_script_leads_from_the_one_to_the_other(void **state)
{
	(void)state;
	for (unsigned a = 0; a < 64; a++) {
		for (unsigned b = 0; b < 64; b++) {
			char old_text[8], new_text[8], from[64] = "", to[64] = "";
			struct bs_str made;
			size_t la = 0, lb = 0, f = 0, t = 0;
			for (unsigned x = a; x > 1; x /= 2)
				old_text[la++] = x % 2 ? 'a' : 'b';
			for (unsigned x = b; x > 1; x /= 2)
				new_text[lb++] = x % 2 ? 'a' : 'b';
			old_text[la] = new_text[lb] = '\0';
			made = script(old_text, new_text);
			for (size_t i = 0; i < made.len; i++) {
				char sign = made.ptr[i] == '-' || made.ptr[i] == '+' ? made.ptr[i++] : '=';
				if (sign != '+')
					from[f++] = made.ptr[i];
				if (sign != '-')
					to[t++] = made.ptr[i];
			}
			from[f] = to[t] = '\0';
			assert_string_equal(from, old_text);
			assert_string_equal(to, new_text);
		}
		bs_arena_reset(arena);
	}
}

static void lists_that_have_nothing_in_common_are_replaced_whole_and_soon(void **state)
{
	enum { COUNT = 5000 };
	struct bs_str *old_items = BS_ARRAY(arena, COUNT, struct bs_str), *new_items = BS_ARRAY(arena, COUNT, struct bs_str);
	struct bs_diff_step *steps;
	size_t count;

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		old_items[i] = bs_arena_printf(arena, "old %d", i);
		new_items[i] = bs_arena_printf(arena, "new %d", i);
	}
	bs_diff(arena, old_items, COUNT, new_items, COUNT, &steps, &count);
	assert_int_equal(count, 2 * COUNT);
	assert_int_equal(steps[0].kind, BS_DIFF_GONE);
	assert_int_equal(steps[COUNT].kind, BS_DIFF_NEW);
}

static void words_that_are_gone_and_new_are_marked_and_all_is_escaped(void **state)
{
	struct bs_str left, right;

	(void)state;
	bs_diff_words(arena, BS_STR("Ten ships & <b> came."), BS_STR("Eleven ships & <b> came in."), &left, &right);
	assert_str(left, "<del>Ten </del>ships &amp; &lt;b&gt; <del>came.</del>");
	assert_str(right, "<ins>Eleven </ins>ships &amp; &lt;b&gt; <ins>came in.</ins>");
	bs_diff_words(arena, BS_STR(""), BS_STR("New"), &left, &right);
	assert_str(left, "");
	assert_str(right, "<ins>New</ins>");
	bs_diff_words(arena, BS_STR("今天很冷"), BS_STR("今天不冷"), &left, &right);
	assert_str(left, "今天<del>很</del>冷");
	assert_str(right, "今天<ins>不</ins>冷");
}

static int set_up(void **state)
{
	(void)state;
	arena = bs_arena_new();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	bs_arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_script_is_the_shortest_and_says_what_is_gone_before_what_is_new, set_up, tear_down),
		cmocka_unit_test_setup_teardown(every_script_leads_from_the_one_to_the_other, set_up, tear_down),
		cmocka_unit_test_setup_teardown(lists_that_have_nothing_in_common_are_replaced_whole_and_soon, set_up, tear_down),
		cmocka_unit_test_setup_teardown(words_that_are_gone_and_new_are_marked_and_all_is_escaped, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("text/diff", tests, NULL, NULL);
}
