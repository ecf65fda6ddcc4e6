/* Reading and writing PO files. */
#include "tests/unit/unit.h"

#include "translate/files/po.h"

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

static struct bs_units read_po(struct bs_arena *arena, const char *text)
{
	struct bs_units po;
	struct bs_err err;

	assert_ok(bs_po_read(arena, bs_str_c(text), &po, &err), &err);
	return po;
}

static void the_header_says_languages_and_translator(void **state)
{
	struct bs_units po = read_po(*state, "msgid \"\"\nmsgstr \"\"\n\"Language: pt\\n\"\n\"X-Source-Language: en\\n\"\n"
	                                  "\"Last-Translator: Rui Prata <rui@example.org>\\n\"\n");

	assert_str(po.lang, "pt");
	assert_str(po.source_lang, "en");
	assert_str(po.translator, "Rui Prata");
	assert_int_equal(po.count, 0);
}

static void an_entry_has_its_line_and_its_strings_joined(void **state)
{
	struct bs_units po = read_po(*state, "# note\r\n#: story.md:3\r\nmsgctxt \"c\"\r\n"
	                                  "msgid \"one \"\r\n\"two\\n\"\r\nmsgstr \"ein \\\"s\\\" \\\\\"\r\n"
	                                  "msgid \"b\"\nmsgstr \"\"\n\n#~ msgid \"old\"\n#~ msgstr \"alt\"\n");

	assert_int_equal(po.count, 2);
	assert_int_equal(po.entries[0].line, 4);
	assert_str(po.entries[0].context, "c");
	assert_str(po.entries[0].id, "one two\n");
	assert_str(po.entries[0].str, "ein \"s\" \\");
	assert_str(po.entries[1].id, "b");
	assert_int_equal(po.entries[1].str.len, 0);
}

static void fuzzy_belongs_to_the_entry_below_it_alone(void **state)
{
	struct bs_units po = read_po(*state, "msgid \"a\"\nmsgstr \"x\"\n#, c-format, fuzzy\nmsgid \"b\"\nmsgstr \"y\"\n\n"
	                                  "msgid \"c\"\nmsgstr \"z\"\n");

	assert_int_equal(po.count, 3);
	assert_false(po.entries[0].fuzzy);
	assert_true(po.entries[1].fuzzy);
	assert_false(po.entries[2].fuzzy);
}

static void what_is_not_po_is_refused_with_its_line(void **state)
{
	static const struct {
		const char *text, *line;
	} bad[] = {
		{ "msgid \"a\"\n", "line 1" },
		{ "msgid \"a\"\nmsgid \"b\"\n", "line 2" },
		{ "msgstr \"a\"\n", "line 1" },
		{ "\n\"a\"\n", "line 2" },
		{ "msgid a\n", "line 1" },
		{ "msgid \"a\nmsgstr \"b\"\n", "line 1" },
		{ "msgid \"a \"b\"\nmsgstr \"\"\n", "line 1" },
		{ "msgid \"\\q\"\nmsgstr \"\"\n", "line 1" },
		{ "msgid \"a\\\"\nmsgstr \"\"\n", "line 1" },
		{ "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"\"\n", "line 2" },
		{ "msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"\n", "line 3" },
		{ "<html>\n", "line 1" },
	};
	struct bs_units po;
	struct bs_err err;

	for (size_t i = 0; i < BS_COUNT(bad); i++) {
		assert_int_equal(bs_po_read(*state, bs_str_c(bad[i].text), &po, &err), BS_INVALID);
		assert_non_null(strstr(err.text, bad[i].line));
	}
	assert_int_equal(bs_po_read(*state, bs_str_c("msgid \"\xFF\"\nmsgstr \"\"\n"), &po, &err), BS_INVALID);
}

static void what_is_written_reads_back_the_same(void **state)
{
	struct bs_unit entries[] = { { .id = BS_STR("Say “no” to \"it\" \\ <em>x</em>\n\tnow"), .str = BS_STR("naïve"), .context = BS_STR("p") },
		                         { .id = BS_STR("b"), .fuzzy = true } };
	struct bs_units po = { .lang = BS_STR("de"), .source_lang = BS_STR("en"), .translator = BS_STR("Ilse Brandt"),
	                       .entries = entries, .count = 2 };
	struct bs_buf out = BS_BUF(1 << 16);
	struct bs_units back;
	struct bs_err err;

	bs_po_write(&out, &po);
	assert_ok(bs_po_read(*state, bs_buf_str(&out), &back, &err), &err);
	assert_str(back.translator, "Ilse Brandt");
	assert_int_equal(back.count, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_true(bs_str_eq(back.entries[i].id, entries[i].id));
		assert_true(bs_str_eq(back.entries[i].str, entries[i].str));
		assert_true(bs_str_eq(back.entries[i].context, entries[i].context));
		assert_int_equal(back.entries[i].fuzzy, entries[i].fuzzy);
	}
	bs_buf_free(&out);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(the_header_says_languages_and_translator), CASE(an_entry_has_its_line_and_its_strings_joined),
		CASE(fuzzy_belongs_to_the_entry_below_it_alone), CASE(what_is_not_po_is_refused_with_its_line),
		CASE(what_is_written_reads_back_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
