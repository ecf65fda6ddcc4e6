/* test_data.c - YAML and TOML become the same tree, with lines; what is broken is refused with its line and advice. */
#include "tests/unit/unit.h"

#include "base/sys.h"
#include "syndicate/import/read/data.h"

struct fixture {
	struct bs_arena *arena;
	struct bs_remarks remarks;
	struct bs_err err;
	struct bs_data *data;
};

#include "tests/unit/syndicate/reading.h"

static enum bs_rc yaml(struct fixture *f, const char *text)
{
	return bs_yaml_read(f->arena, bs_str_c(text), 2, &f->data, &f->remarks, &f->err);
}

static enum bs_rc toml(struct fixture *f, const char *text)
{
	return bs_toml_read(f->arena, bs_str_c(text), 2, &f->data, &f->remarks, &f->err);
}

static struct bs_data *at(struct fixture *f, const char *key)
{
	return bs_data_get(f->data, bs_str_c(key));
}

static void yaml_is_read_with_the_line_of_each_value(void **state)
{
	struct fixture *f = *state;

	assert_ok(yaml(f, "title: 'It''s'\n# nothing\ntags:\n  - a\n  - \"b c\"\nsource: {name: X, date: "
	                  "2025-11-14}\nempty:\nalso: ~\n"),
	          &f->err);
	assert_str(at(f, "title")->text, "It's");
	assert_true(at(f, "title")->quoted);
	assert_int_equal(at(f, "title")->line, 2);
	assert_int_equal(at(f, "tags")->kind, BS_DATA_LIST);
	assert_int_equal(at(f, "tags")->count, 2);
	assert_int_equal(at(f, "tags")->entries[1].value->line, 6);
	assert_str(bs_data_get(at(f, "source"), BS_STR("date"))->text, "2025-11-14");
	assert_null(at(f, "empty"));
	assert_null(at(f, "also"));
	assert_non_null(bs_data_entry(f->data, BS_STR("also")));
	assert_ok(yaml(f, "a: 1\nb: 2\na: 3\n"), &f->err);
	assert_int_equal(f->data->count, 2);
	assert_str(at(f, "a")->text, "3");
	assert_int_equal(f->remarks.items[0].line, 4);
}

static void toml_gives_the_same_tree(void **state)
{
	struct fixture *f = *state;

	assert_ok(toml(f, "title = 'It\"s' # why\ndate = 2025-11-14T09:30:00Z\ndraft = true\ntags = [\"a\", # one\n 'b "
	                  "c',]\nsource.name = \"X\"\n"
	                  "text = \"\"\"\none\n  two\\\n   three\"\"\"\nsmile = \"\\u263A\"\n[params]\nx = {y = 1, z = "
	                  "[2, 3]}\n[[people]]\nname = \"A\"\n[[people]]\nname = \"B\"\n"),
	          &f->err);
	assert_str(at(f, "title")->text, "It\"s");
	assert_str(at(f, "date")->text, "2025-11-14T09:30:00Z");
	assert_false(at(f, "draft")->quoted);
	assert_int_equal(at(f, "tags")->count, 2);
	assert_str(bs_data_get(at(f, "source"), BS_STR("name"))->text, "X");
	assert_str(at(f, "text")->text, "one\n  twothree");
	assert_str(at(f, "smile")->text, "\xE2\x98\xBA");
	assert_str(bs_data_get(bs_data_get(at(f, "params"), BS_STR("x")), BS_STR("y"))->text, "1");
	assert_int_equal(at(f, "people")->count, 2);
	assert_str(bs_data_get(at(f, "people")->entries[1].value, BS_STR("name"))->text, "B");
	assert_int_equal(at(f, "people")->entries[1].value->line, 17);
}

static void what_is_broken_is_refused_where_it_is(void **state)
{
	static const struct {
		bool is_yaml;
		const char *text;
		int line;
		const char *words;
	} broken[] = {
		{ true, "title: Foo: bar\n", 2, "quotes" },
		{ true, "a: [1, 2\nb: 3\n", 3, "" },
		{ true, "a: \"open\n", 3, "" },
		{ true, "a: @b\n", 2, "quotes" },
		{ true, "a: *nobody\n", 2, "nobody" },
		{ true, "? [x]\n: y\n", 2, "key" },
		{ false, "title = Hello\n", 2, "quotes" },
		{ false, "title = \"Hello\n", 2, "closed" },
		{ false, "a = 1\na = 2\n", 3, "twice" },
		{ false, "a = 1\n[a]\nb = 1\n", 3, "table" },
		{ false, "a\n", 2, "=" },
		{ false, "a = [1 2]\n", 2, "quotes" },
		{ false, "a = \"\\ud800\"\n", 2, "Unicode" },
		{ false, "a = 1 b = 2\n", 2, "" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < BS_COUNT(broken); i++) {
		enum bs_rc rc = broken[i].is_yaml ? yaml(f, broken[i].text) : toml(f, broken[i].text);

		if (rc != BS_INVALID || f->remarks.line != broken[i].line ||
		    strstr(f->err.text, broken[i].words) == NULL)
			fail_msg("%s -> %s in line %d: %s", broken[i].text, bs_rc_name(rc), f->remarks.line,
			         f->err.text);
	}
}

static void a_tree_has_its_limits(void **state)
{
	struct fixture *f = *state;
	struct bs_buf deep = BS_BUF(1 << 20), wide = BS_BUF(1 << 20), keys = BS_BUF(1 << 20);
	int64_t start = bs_monotonic_usec();

	bs_buf_lit(&deep, "a: ");
	for (int i = 0; i < 100000; i++)
		bs_buf_putc(&deep, '[');
	assert_int_equal(bs_yaml_read(f->arena, bs_buf_str(&deep), 1, &f->data, &f->remarks, &f->err), BS_LIMIT);
	deep.data[1] = '=';
	assert_int_equal(bs_toml_read(f->arena, bs_buf_str(&deep), 1, &f->data, &f->remarks, &f->err), BS_LIMIT);
	bs_buf_lit(&wide, "a: [");
	for (int i = 0; i < 100000; i++)
		bs_buf_lit(&wide, "1, ");
	bs_buf_lit(&wide, "1]");
	assert_int_equal(bs_yaml_read(f->arena, bs_buf_str(&wide), 1, &f->data, &f->remarks, &f->err), BS_LIMIT);
	for (int i = 0; i < 5000; i++)
		bs_buf_printf(&keys, "k%d: 1\n", i);
	assert_int_equal(bs_yaml_read(f->arena, bs_buf_str(&keys), 1, &f->data, &f->remarks, &f->err), BS_LIMIT);
	assert_true(bs_monotonic_usec() - start < 20 * 1000000LL);
	bs_buf_free(&deep);
	bs_buf_free(&wide);
	bs_buf_free(&keys);
}

static void aliases_share_what_they_name_and_cannot_hold_themselves(void **state)
{
	struct fixture *f = *state;

	assert_ok(yaml(f, "a: &x [1, 2]\nb: *x\n"), &f->err);
	assert_ptr_equal(at(f, "a"), at(f, "b"));
	assert_int_equal(yaml(f, "a: &x [1, *x]\n"), BS_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(yaml_is_read_with_the_line_of_each_value, setup, teardown),
		cmocka_unit_test_setup_teardown(toml_gives_the_same_tree, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_broken_is_refused_where_it_is, setup, teardown),
		cmocka_unit_test_setup_teardown(a_tree_has_its_limits, setup, teardown),
		cmocka_unit_test_setup_teardown(aliases_share_what_they_name_and_cannot_hold_themselves, setup,
		                                teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
