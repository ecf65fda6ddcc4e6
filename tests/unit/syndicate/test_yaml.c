/* test_yaml.c - what is written as YAML: how it looks, and that it is read back as it was, whatever it is. */
#include "tests/unit/unit.h"

#include "random.h"
#include "syndicate/export/yaml.h"
#include "syndicate/import/read/fields.h"

struct fixture {
	struct bs_arena *arena;
	struct bs_buf out;
};

static int set_up(void **state)
{
	struct fixture *f = bs_alloc(sizeof(*f));

	*f = (struct fixture){ .arena = bs_arena_new(), .out = BS_BUF(1 << 20) };
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	bs_buf_free(&f->out);
	bs_arena_free(&f->arena);
	free(f);
	return 0;
}

static struct bs_str scalar(struct fixture *f, const char *text, bool flow)
{
	bs_buf_reset(&f->out);
	bs_yaml_scalar(&f->out, bs_str_c(text), flow);
	return bs_buf_str(&f->out);
}

static struct bs_data *read_back(struct fixture *f)
{
	struct bs_remarks remarks = BS_REMARKS(f->arena);
	struct bs_data *data = NULL;
	struct bs_err err = { 0 };
	enum bs_rc rc = bs_yaml_read(f->arena, bs_buf_str(&f->out), 1, &data, &remarks, &err);

	if (rc != BS_OK)
		print_error("line %d: %.*s\n", remarks.line, (int)f->out.len, f->out.data);
	assert_ok(rc, &err);
	assert_int_equal(remarks.count, 0);
	return data;
}

static void text_stands_plain_where_nobody_could_take_it_for_anything_else(void **state)
{
	static const char *const plain[] = { "Ice comes early", "ice-season", "It's \"fine\"", "a:b", "https://a.example/?b=c#d", "a#b", "Élan",
		                             "../pictures/a.webp", "/2025/11/a", "\xF0\x9F\xA7\x8A ice" };
	static const char *const quoted[] = { "", "yes", "No", "null", "~", "1984", "2025-11-14", "a: b", "a #b", "trailing:",
		                              "trailing ", " leading",
		                              "- item", "[a]", "{a}", "*a", "&a", "!a", "%a", "@a", "`a",
		                              "'a'", "\"a\"", "|", ">", "? a", "# a", "=",
		                              ".5", "-1", "+1", "a\nb", "a\tb", "a\xC2\x85" "b", "a\xE2\x80\xA8" "b", "a\x01" };

	for (size_t i = 0; i < BS_COUNT(plain); i++)
		assert_str(scalar(*state, plain[i], false), plain[i]);
	for (size_t i = 0; i < BS_COUNT(quoted); i++) {
		if (scalar(*state, quoted[i], false).ptr[0] != '"')
			fail_msg("'%s' stands plain", quoted[i]);
	}
	assert_str(scalar(*state, "a, b", false), "a, b");
	assert_str(scalar(*state, "a, b", true), "\"a, b\"");
}

static void lines_stand_as_a_block_where_that_says_them_exactly(void **state)
{
	struct fixture *f = *state;

	bs_yaml_lines(&f->out, 2, "address", BS_STR("One\n  two\n\n# three"));
	assert_str(bs_buf_str(&f->out), "  address: |-\n    One\n      two\n\n    # three\n");
	bs_buf_reset(&f->out);
	bs_yaml_lines(&f->out, 0, "a", BS_STR(" x\ny"));
	assert_str(bs_buf_str(&f->out), "a: \" x\\ny\"\n");
	bs_buf_reset(&f->out);
	bs_yaml_lines(&f->out, 0, "a", BS_STR("x\ny\n"));
	assert_str(bs_buf_str(&f->out), "a: \"x\\ny\\n\"\n");
}

static void a_time_is_told_at_its_offset_or_as_a_day_alone(void **state)
{
	struct fixture *f = *state;

	bs_yaml_time(&f->out, 0, "a", 1763094600, 120, false);
	bs_yaml_time(&f->out, 0, "b", 1763094600, -210, false);
	bs_yaml_time(&f->out, 0, "c", 1763094600, 0, false);
	bs_yaml_time(&f->out, 0, "d", 1763094600, 120, true);
	bs_yaml_time(&f->out, 0, "e", 0, 0, false);
	assert_str(bs_buf_str(&f->out), "a: 2025-11-14T06:30:00+02:00\nb: 2025-11-14T01:00:00-03:30\nc: 2025-11-14T04:30:00Z\nd: 2025-11-14\n");
}

static void any_text_is_read_back_as_it_was(void **state)
{
	struct fixture *f = *state;
	struct random r = { f->arena, 1 };

	for (int n = 0; n < 6000; n++) {
		struct bs_str text = random_text(&r, 10, true), key = random_text(&r, 4, true);
		struct bs_data *data;
		bs_buf_reset(&f->out);
		bs_yaml_key(&f->out, 0, key);
		bs_buf_lit(&f->out, "\n  - ");
		bs_yaml_scalar(&f->out, text, false);
		bs_buf_lit(&f->out, "\n  - [");
		bs_yaml_scalar(&f->out, text, true);
		bs_buf_lit(&f->out, ", {a: ");
		bs_yaml_scalar(&f->out, text, true);
		bs_buf_lit(&f->out, "}]\n");
		data = read_back(f);
		assert_true(bs_str_eq(data->entries[0].key, key));
		data = data->entries[0].value;
		assert_true(bs_str_eq(data->entries[0].value->text, text));
		assert_int_equal(data->entries[0].value->kind, BS_DATA_TEXT);
		data = data->entries[1].value;
		assert_true(bs_str_eq(data->entries[0].value->text, text));
		assert_true(bs_str_eq(data->entries[1].value->entries[0].value->text, text));
	}
}

static void any_lines_are_read_back_as_they_were(void **state)
{
	struct fixture *f = *state;
	struct random r = { f->arena, 2 };

	for (int n = 0; n < 6000; n++) {
		struct bs_str text = random_text(&r, 20, true);
		bs_buf_reset(&f->out);
		bs_buf_lit(&f->out, "outer:\n");
		bs_yaml_lines(&f->out, 2, "text", text);
		bs_yaml_text(&f->out, 2, "behind", BS_STR("x"));
		if (text.len > 0)
			assert_true(bs_str_eq(bs_data_get(bs_data_get(read_back(f), BS_STR("outer")), BS_STR("text"))->text, text));
	}
}

static struct bs_str canonical(struct fixture *f, const struct bs_json *json)
{
	struct bs_buf buf = BS_BUF(1 << 20);
	struct bs_err err;
	struct bs_str text;

	assert_ok(bs_json_write(json, &buf, &err), &err);
	text = bs_arena_copy(f->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return text;
}

static void any_tree_is_read_back_as_it_was(void **state)
{
	struct fixture *f = *state;
	struct random r = { f->arena, 3 };

	for (int n = 0; n < 1000; n++) {
		struct bs_json *tree = bs_json_new_object(f->arena), *again;
		struct bs_fields fields = { .arena = f->arena };
		for (size_t i = 0; i < 4; i++)
			random_json(&r, tree, bs_arena_printf(f->arena, "%s%zu", random_text(&r, 3, true).ptr, i), 4);
		bs_buf_reset(&f->out);
		bs_yaml_members(&f->out, 0, tree);
		fields.map = read_back(f);
		again = bs_fields_rest(&fields);
		if (!bs_str_eq(canonical(f, tree), canonical(f, again)))
			fail_msg("%s\n%s\n%.*s", canonical(f, tree).ptr, canonical(f, again).ptr, (int)f->out.len, f->out.data);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(text_stands_plain_where_nobody_could_take_it_for_anything_else),
		TEST(lines_stand_as_a_block_where_that_says_them_exactly),
		TEST(a_time_is_told_at_its_offset_or_as_a_day_alone),
		TEST(any_text_is_read_back_as_it_was),
		TEST(any_lines_are_read_back_as_they_were),
		TEST(any_tree_is_read_back_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
