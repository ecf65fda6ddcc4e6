/* What translators type, against the passage that it is the translation of. */
#include "tests/unit/unit.h"

#include "text/markup.h"
#include "translate/check.h"

static void what_is_wrong_with_tags_is_named(void **state)
{
	static const struct {
		const char *source, *typed;
		enum bs_typed_fault fault;
		const char *tag;
	} cases[] = {
		{ "It was <em>cold</em>.", "Es war <em>kalt</em>.", BS_TYPED_GOOD, "" },
		{ "It was <em>cold</em>.", "  <em>Kalt</em> war es.  ", BS_TYPED_GOOD, "" },
		{ "It was <em>cold</em>.", "Es war <em>kalt.", BS_TYPED_OPEN, "<em>" },
		{ "It was <em>cold</em>.", "Es war <em", BS_TYPED_OPEN, "<em" },
		{ "It was <em>cold</em>.", "Es war kalt</em>.", BS_TYPED_CLOSED, "</em>" },
		{ "<strong>a <em>b</em></strong>", "<strong>a <em>b</strong></em>", BS_TYPED_CLOSED, "</strong>" },
		{ "It was <em>cold</em>.", "Es war kalt.", BS_TYPED_LACKS, "<em>" },
		{ "It was cold.", "Es war <strong>kalt</strong>.", BS_TYPED_ADDS, "<strong>" },
		{ "<a href=\"https://example.org/t\">x</a>", "<a href=\"https://example.org/u\">y</a>", BS_TYPED_LACKS,
		  "<a href=\"https://example.org/t\">" },
		{ "a &lt; b", "a < b, c > d", BS_TYPED_GOOD, "" },
		{ "It was cold.", "   ", BS_TYPED_EMPTY, "" },
		{ "It was cold.", "<em></em>", BS_TYPED_EMPTY, "" },
		{ "one<br>two", "eins<br>zwei", BS_TYPED_GOOD, "" },
		{ "It was <em>cold</em>.", "Es war <i>kalt</i>.", BS_TYPED_GOOD, "" },
		{ "It was cold.", "Es war <blink>kalt</blink>.", BS_TYPED_ADDS, "<blink>" },
		{ "It was cold.", "Es war <script>kalt</script>.", BS_TYPED_ADDS, "<script>" },
	};
	struct bs_arena *arena = bs_arena_new();

	(void)state;
	for (size_t i = 0; i < BS_COUNT(cases); i++) {
		struct bs_typed typed = bs_typed_check(arena, &bs_langs[BS_LANG_de], bs_str_c(cases[i].source), bs_str_c(cases[i].typed));
		if (typed.fault != cases[i].fault)
			fail_msg("%s: %d, not %d", cases[i].typed, typed.fault, cases[i].fault);
		assert_str(typed.tag, cases[i].tag);
	}
	bs_arena_free(&arena);
}

static void what_is_shown_and_sent_back_is_the_same(void **state)
{
	static const char *const cases[] = {
		"Eis &amp; Hafen", "AT&amp;T", "&amp;copy; &amp;lt;", "a &lt; b", "x<sup><a href=\"#fn-1\">1</a></sup>", "eins<br>zwei", "A\u00A0B",
	};
	struct bs_arena *arena = bs_arena_new();

	(void)state;
	for (size_t i = 0; i < BS_COUNT(cases); i++) {
		struct bs_str shown = bs_typed_show(arena, bs_str_c(cases[i]));
		struct bs_typed typed = bs_typed_check(arena, &bs_langs[BS_LANG_de], bs_str_c(cases[i]), shown);
		assert_int_equal(typed.fault, BS_TYPED_GOOD);
		assert_str(typed.markup, cases[i]);
	}
	assert_str(bs_typed_show(arena, BS_STR("Eis &amp; Hafen")), "Eis & Hafen");
	bs_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_wrong_with_tags_is_named),
		cmocka_unit_test(what_is_shown_and_sent_back_is_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
