/* What bs_search_fts5 says is tried on SQLite's own FTS5, with texts indexed as the store indexes them. */
#include "../unit.h"

#include <sqlite3.h>

#include "base/limits.h"
#include "lang/tokens.h"

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

static const struct bs_lang *lang_of(const char *code)
{
	return bs_lang_find(bs_str_c(code));
}

static struct bs_search parsed(struct bs_arena *arena, const char *code, const char *typed, bool typing)
{
	struct bs_search search;

	bs_search_parse(arena, lang_of(code), bs_str_c(typed), typing, &search);
	return search;
}

static void assert_fts5(struct bs_arena *arena, const char *code, const char *typed, const char *query)
{
	struct bs_search search = parsed(arena, code, typed, false);

	assert_str(bs_search_fts5(arena, &search), query);
}

static void words_phrases_and_exclusions_are_told_apart(void **state)
{
	assert_fts5(*state, "en", "ships ice", "\"ship\" AND \"ice\"");
	assert_fts5(*state, "en", "\"coast guard\" ice", "\"coast guard\" AND \"ice\"");
	assert_fts5(*state, "en", "ice -cream", "\"ice\" NOT \"cream\"");
	assert_fts5(*state, "en", "-\"soft ice\" cream", "\"cream\" NOT \"soft ice\"");
	assert_fts5(*state, "en", "e-mail", "\"e mail\"");
	assert_fts5(*state, "de", "„Häfen im Eis“", "\"haf im eis\"");
	assert_fts5(*state, "en", "  ice  ", "\"ice\"");
	assert_fts5(*state, "en", "ice - cream", "\"ice\" AND \"cream\"");
}

static void what_asks_for_nothing_is_empty(void **state)
{
	assert_fts5(*state, "en", "", "");
	assert_fts5(*state, "en", "   \"\" - ?!", "");
	assert_fts5(*state, "en", "-ice", "");
	assert_fts5(*state, "en", "\"", "");
}

static void nothing_typed_gets_out_of_its_quotes(void **state)
{
	assert_fts5(*state, "en", "\"a\" OR \"b\" NEAR(c) title:x * ^y", "\"a\" AND \"or\" AND \"b\" AND \"near c\" AND \"titl x\" AND \"y\"");
	assert_fts5(*state, "en", "'; DROP--", "\"drop\"");
	assert_fts5(*state, "en", "\"unfinished", "\"unfinish\"");
	assert_fts5(*state, "zh", "港口\xE9\xCF\" x", "\"港口\"");
}

static void the_word_being_typed_may_be_unfinished(void **state)
{
	struct bs_search search = parsed(*state, "en", "coast gua", true);

	assert_str(bs_search_fts5(*state, &search), "\"coast\" AND \"gua\" *");
	search = parsed(*state, "en", "coast g", true);
	assert_str(bs_search_fts5(*state, &search), "\"coast\" AND \"g\"");
	search = parsed(*state, "en", "coast ", true);
	assert_str(bs_search_fts5(*state, &search), "\"coast\"");
}

static void chinese_is_searched_in_pairs_and_a_lone_character_begins_one(void **state)
{
	assert_fts5(*state, "zh-Hans", "港口新闻", "\"港口 口新 新闻\"");
	assert_fts5(*state, "zh-Hans", "港口。", "\"港口\"");
	assert_fts5(*state, "zh-Hans", "港", "\"港\" *");
	assert_fts5(*state, "zh-Hans", "\"港口 abc\"", "\"港口 口 abc\"");
	assert_fts5(*state, "th", "ข่าวการเมือง", "\"ข่าว\" AND \"การเมือง\"");
}

static void a_search_is_cut_at_its_limits(void **state)
{
	char typed[2000];
	struct bs_search search;

	memset(typed, 'a', sizeof(typed));
	for (size_t i = 0; i < 600; i++)
		typed[i] = i % 2 == 0 ? 'a' : ' ';
	bs_search_parse(*state, lang_of("en"), bs_str_n(typed, sizeof(typed)), true, &search);
	assert_int_equal(search.count, BS_MAX_SEARCH_TERMS);
}

/* Whether SQLite finds the text by what was typed. */
static bool finds(struct bs_arena *arena, const char *code, const char *text, const char *typed)
{
	struct bs_search search = parsed(arena, code, typed, false);
	struct bs_buf terms = BS_BUF(100000);
	sqlite3 *db = NULL;
	sqlite3_stmt *stmt = NULL;
	struct bs_str query = bs_search_fts5(arena, &search);
	bool found;

	bs_tokens_of(lang_of(code), bs_str_c(text), &terms);
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "CREATE VIRTUAL TABLE t USING fts5(x, tokenize='ascii')", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "INSERT INTO t VALUES (?)", -1, &stmt, NULL), SQLITE_OK);
	sqlite3_bind_text(stmt, 1, terms.data, (int)terms.len, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
	sqlite3_finalize(stmt);
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT 1 FROM t WHERE t MATCH ?", -1, &stmt, NULL), SQLITE_OK);
	sqlite3_bind_text(stmt, 1, query.ptr, (int)query.len, SQLITE_STATIC);
	found = sqlite3_step(stmt) == SQLITE_ROW;
	assert_string_equal(sqlite3_errmsg(db), found ? "another row available" : "no more rows available");
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	bs_buf_free(&terms);
	return found;
}

static void sqlite_finds_what_a_reader_means(void **state)
{
	assert_true(finds(*state, "en", "Four icebreakers are shipping out", "icebreaker ship"));
	assert_false(finds(*state, "en", "Four icebreakers are shipping out", "icebreaker plane"));
	assert_true(finds(*state, "sv", "Isen i Malmö", "malmo"));
	assert_true(finds(*state, "en", "the coast guard signs", "\"coast guard\""));
	assert_false(finds(*state, "en", "guard the coast", "\"coast guard\""));
	assert_false(finds(*state, "en", "ice cream", "ice -cream"));
	assert_true(finds(*state, "zh-Hans", "北方港口新闻今天", "港口新闻"));
	assert_true(finds(*state, "zh-Hans", "北方港口新闻今天", "天"));
	assert_true(finds(*state, "zh-Hans", "北方港口新闻今天", "口"));
	assert_false(finds(*state, "zh-Hans", "北方港口新闻今天", "口港"));
	assert_true(finds(*state, "ja", "ニュースを読む", "ニュース"));
	assert_true(finds(*state, "ko", "항구의 소식", "항구"));
	assert_true(finds(*state, "th", "อ่านข่าวการเมืองไทยวันนี้", "การเมือง"));
	assert_true(finds(*state, "ar", "المدرسة والمدينة", "مدرسه"));
	assert_true(finds(*state, "hi", "बंदरगाह के समाचार", "समाचार"));
	assert_true(finds(*state, "el", "Τα νέα της Αθήνας", "αθηνα"));
	assert_true(finds(*state, "ru", "Ледоколы вышли из порта", "ледокол"));
}

/* The snippet with [marks]. */
static struct bs_str snippet(struct bs_arena *arena, const char *code, const char *text, const char *typed, size_t max)
{
	struct bs_search search = parsed(arena, code, typed, false);
	struct bs_snippet snip;
	struct bs_buf out = BS_BUF(100000);
	struct bs_str shown;

	bs_search_snippet(arena, lang_of(code), &search, bs_str_c(text), max, &snip);
	for (size_t i = 0; i < snip.count; i++) {
		if (snip.parts[i].marked)
			bs_buf_putc(&out, '[');
		bs_buf_put(&out, snip.parts[i].text);
		if (snip.parts[i].marked)
			bs_buf_putc(&out, ']');
	}
	shown = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return shown;
}

static void what_was_found_is_marked_whole(void **state)
{
	assert_str(snippet(*state, "en", "The Ships <sail>, shipping ice.", "ship", 100), "The [Ships] <sail>, [shipping] ice.");
	assert_str(snippet(*state, "en", "coast, guard; the coast guard", "\"coast guard\"", 100), "[coast, guard]; the [coast guard]");
	assert_str(snippet(*state, "en", "the guard of the coast", "\"coast guard\"", 100), "the guard of the coast");
	assert_str(snippet(*state, "zh-Hans", "北方港口新闻今天", "港口新闻", 100), "北方[港口新闻]今天");
	assert_str(snippet(*state, "zh-Hans", "北方港口新闻今天", "港", 100), "北方[港]口新闻今天");
	assert_str(snippet(*state, "sv", "Isen i Malmö.", "malmo", 100), "Isen i [Malmö].");
	assert_str(snippet(*state, "en", "ice and cream", "ice -cream", 100), "[ice] and cream");
}

static void a_long_text_is_cut_between_words_around_what_was_found(void **state)
{
	const char *text = "one two three four five six seven eight nine ten eleven twelve thirteen";

	assert_str(snippet(*state, "en", text, "seven", 24), "…five six [seven] eight…");
	assert_str(snippet(*state, "en", text, "one", 14), "[one] two three…");
	assert_str(snippet(*state, "en", text, "thirteen", 20), "…twelve [thirteen]");
	assert_str(snippet(*state, "en", text, "zebra", 14), "one two three…");
	assert_str(snippet(*state, "en", text, "two nine ten", 30), "…eight [nine] [ten] eleven twelve…");
	assert_str(snippet(*state, "en", "", "ice", 30), "");
}

static void no_snippet_is_longer_than_asked_for_and_none_cuts_a_character(void **state)
{
	const char *text = "Ледоколы вышли из порта, 港口新闻今天 と ข่าวการเมือง, and then some more words about ледоколы";

	for (size_t max = 0; max < 150; max++) {
		struct bs_search search = parsed(*state, "ru", "ледокол", false);
		struct bs_snippet snip;
		size_t len = 0;
		bs_search_snippet(*state, lang_of("ru"), &search, bs_str_c(text), max, &snip);
		for (size_t i = 0; i < snip.count; i++) {
			assert_true(bs_str_utf8_fault(snip.parts[i].text) == SIZE_MAX);
			len += bs_str_eq(snip.parts[i].text, BS_STR("…")) ? 0 : snip.parts[i].text.len;
		}
		assert_true(len <= max);
	}
}

static enum bs_named named(struct bs_arena *arena, const char *code, const char *typed, const char *name)
{
	struct bs_buf words = BS_BUF(1000), terms = BS_BUF(1000);
	struct bs_names_search search;
	enum bs_named found;

	bs_names_parse(arena, lang_of(code), bs_str_c(typed), &search);
	bs_name_words(lang_of(code), bs_str_c(name), &words);
	bs_tokens_of(lang_of(code), bs_str_c(name), &terms);
	found = bs_names_fit(&search, bs_buf_str(&words), bs_buf_str(&terms));
	bs_buf_free(&words);
	bs_buf_free(&terms);
	return found;
}

static void a_name_is_found_by_its_words_and_how_they_begin(void **state)
{
	assert_int_equal(named(*state, "en", "INES calloway", "Inés Calloway"), BS_NAMED_SO);
	assert_int_equal(named(*state, "en", "calloway", "Inés Calloway"), BS_NAMED_IN_PART);
	assert_int_equal(named(*state, "en", "Calloway, Ines", "Inés Calloway"), BS_NAMED_IN_PART);
	assert_int_equal(named(*state, "en", "fishery", "Fisheries"), BS_NAMED_IN_PART);
	assert_int_equal(named(*state, "en", "i. callow", "Inés Calloway"), BS_NAMED_BEGINS);
	assert_int_equal(named(*state, "en", "shipping", "Shipyards"), BS_NAMED_NOT);
	assert_int_equal(named(*state, "en", "calloway ferry", "Inés Calloway"), BS_NAMED_NOT);
	assert_int_equal(named(*state, "en", "calloway -ines", "Inés Calloway"), BS_NAMED_NOT);
	assert_int_equal(named(*state, "en", "i", "Inés Calloway"), BS_NAMED_NOT);
	assert_int_equal(named(*state, "en", "", "Inés Calloway"), BS_NAMED_NOT);
	assert_int_equal(named(*state, "en", "?", "?"), BS_NAMED_NOT);
	assert_int_equal(named(*state, "ja", "灯台", "港の灯台"), BS_NAMED_IN_PART);
	assert_int_equal(named(*state, "ja", "港", "港の灯台"), BS_NAMED_BEGINS);
	assert_int_equal(named(*state, "ru", "ёлкин", "Анна Елкина"), BS_NAMED_IN_PART);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(words_phrases_and_exclusions_are_told_apart, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(what_asks_for_nothing_is_empty, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(nothing_typed_gets_out_of_its_quotes, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(the_word_being_typed_may_be_unfinished, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(chinese_is_searched_in_pairs_and_a_lone_character_begins_one, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(a_search_is_cut_at_its_limits, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(sqlite_finds_what_a_reader_means, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(what_was_found_is_marked_whole, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(a_long_text_is_cut_between_words_around_what_was_found, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(no_snippet_is_longer_than_asked_for_and_none_cuts_a_character, open_arena, close_arena),
		cmocka_unit_test_setup_teardown(a_name_is_found_by_its_words_and_how_they_begin, open_arena, close_arena),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
