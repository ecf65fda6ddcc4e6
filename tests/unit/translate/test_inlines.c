/* Passages on their way through engines: taken apart, written for them, put together from what came back. */
#include "tests/unit/unit.h"

#include "translate/engine/stream.h"
#include "translate/engine/tagged.h"

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

static struct bs_inlines taken_apart(struct bs_arena *arena, const char *markup)
{
	static const struct bs_kept kept[] = { { BS_STR_INIT("Mara Baker"), BS_STR_INIT("Mara Baker") },
		                               { BS_STR_INIT("ice chart"), BS_STR_INIT("carta de hielos") } };
	struct bs_inlines out;

	bs_inlines_of(arena, bs_lang_find(BS_STR("en")), bs_str_c(markup), kept, BS_COUNT(kept), &out);
	return out;
}

static struct bs_str tagged(struct bs_arena *arena, const char *markup)
{
	struct bs_inlines pieces = taken_apart(arena, markup);
	struct bs_buf buf = BS_BUF(4096);
	struct bs_str text;

	bs_tagged_write(&buf, &pieces);
	text = bs_arena_copy(arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return text;
}

static struct bs_str joined(struct bs_arena *arena, const char *markup, const char *back, struct bs_err *err)
{
	struct bs_inlines source = taken_apart(arena, markup), pieces;
	struct bs_str out = BS_STR("");

	bs_tagged_read(arena, &source, bs_str_c(back), &pieces);
	if (bs_inlines_join(arena, bs_lang_find(BS_STR("es")), &source, &pieces, &out, err) != BS_OK)
		return BS_STR("");
	return out;
}

static struct bs_str streamed(struct bs_arena *arena, const char *markup, const char *back, struct bs_err *err)
{
	struct bs_inlines source = taken_apart(arena, markup), pieces;
	struct bs_str out = BS_STR("");

	if (bs_stream_read(arena, &source, bs_str_c(back), &pieces, err) != BS_OK ||
	    bs_inlines_join(arena, bs_lang_find(BS_STR("es")), &source, &pieces, &out, err) != BS_OK)
		return BS_STR("");
	return out;
}

static void tags_code_names_and_terms_become_numbers(void **state)
{
	assert_str(tagged(*state, "An <em>ice chart</em> &amp; <code>x</code><br>of Mara Baker<sup><a href=\"#fn-1\">1</a></sup>"),
	           "An <g1><x2/></g1> &amp; <x3/><x4/>of <x5/><x6/>");
}

static void a_term_within_a_word_is_none(void **state)
{
	assert_str(tagged(*state, "ice charts, nice chart, ice chart."), "ice charts, nice chart, <x1/>.");
}

static void what_comes_back_has_the_tags_where_the_words_went(void **state)
{
	struct bs_err err = { 0 };

	assert_str(joined(*state, "The <em>old</em> ship of <a href=\"https://e.org/\">Mara Baker</a>",
	                  "El barco <g1>viejo</g1> de <g2><x3></x3></g2>", &err),
	           "El barco <em>viejo</em> de <a href=\"https://e.org/\">Mara Baker</a>");
	assert_str(joined(*state, "It&amp;s <em>a</em> b", "a &lt;b&#39;s &amp; <G1>c</G1 >", &err), "a &lt;b's &amp; <em>c</em>");
}

static void what_lost_doubled_crossed_or_made_up_a_tag_is_refused_with_the_reason(void **state)
{
	static const struct { const char *back, *why; } cases[] = {
		{ "uno dos", "lost the tag <em>" },
		{ "<g1>uno</g1> <g1>dos</g1> <g2>tres</g2>", "2 times" },
		{ "<g1>uno <g2>dos</g1> tres</g2>", "across another tag" },
		{ "<g1>uno</g1> <g2>dos</g2> <x9/>", "made up a tag" },
		{ "<g1></g1><g2></g2>", "no words" },
		{ "<g1>uno <g2>dos</g2>", "lost the tag </em>" },
	};

	for (size_t i = 0; i < BS_COUNT(cases); i++) {
		struct bs_err err = { 0 };
		assert_str(joined(*state, "<em>one</em> <strong>two</strong>", cases[i].back, &err), "");
		if (strstr(err.text, cases[i].why) == NULL)
			fail_msg("%s: %s", cases[i].back, err.text);
	}
}

static void an_element_is_from_its_first_word_to_its_last(void **state)
{
	struct bs_err err = { 0 };

	assert_str(streamed(*state, "the <em>red <strong>house</strong></em>", "la [[t:g:2; t:g:1]]casa[[/]] [[t:g:1]]roja[[/]].[]", &err),
	           "la <em><strong>casa</strong> roja</em>");
	assert_str(streamed(*state, "a <em>red big</em> house", "[[t:g:1]]grande[[/]] casa [[t:g:1]]roja[[/]].[]", &err),
	           "<em>grande casa roja</em>");
	assert_str(streamed(*state, "<em>a</em> <strong>b</strong>", "[[t:g:1]]a[[/]] [[t:g:2]]b[[/]] [[t:g:1]]a[[/]] [[t:g:2]]b[[/]].[]", &err), "");
	assert_str(streamed(*state, "x <em>y</em>", "x.[]", &err), "");
	assert_str(streamed(*state, "x <em>y</em>", "x [[t:g:1", &err), "");
}

static void a_small_letter_behind_a_name_stays_small(void **state)
{
	struct bs_err err = { 0 };

	assert_str(streamed(*state, "Havsund was cold. Mara Baker said so", "Havsund Era fr\xC3\xADo. [[t:n:1]]Qzx[[/]] Lo dijo.[]", &err),
	           "Havsund era fr\xC3\xADo. Mara Baker lo dijo");
	assert_str(streamed(*state, "The ice chart of May", "[[t:n:1]]El Qzx[[/]] de Mayo.[]", &err), "El carta de hielos de Mayo");
}

static void the_stream_escapes_what_is_its_own(void **state)
{
	struct bs_inlines pieces = taken_apart(*state, "a [b] {c} ^d$ e/f \\g @h");
	struct bs_buf buf = BS_BUF(4096);

	bs_stream_write(&buf, &pieces);
	assert_str(bs_str_n(buf.data, buf.len - 1), "a \\[b\\] \\{c\\} \\^d\\$ e\\/f \\\\g \\@h.[][\n]");
	bs_buf_free(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(tags_code_names_and_terms_become_numbers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_term_within_a_word_is_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_comes_back_has_the_tags_where_the_words_went, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_lost_doubled_crossed_or_made_up_a_tag_is_refused_with_the_reason, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_element_is_from_its_first_word_to_its_last, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_small_letter_behind_a_name_stays_small, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_stream_escapes_what_is_its_own, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
