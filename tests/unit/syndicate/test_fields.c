/* test_fields.c - typed values out of front matter; each fault names its field and line. */
#include "tests/unit/unit.h"

#include "base/sys.h"
#include "syndicate/import/read/fields.h"

struct fixture {
	struct bs_arena *arena;
	struct bs_remarks remarks;
	struct bs_err err;
	enum bs_rc rc;
	struct bs_fields fields;
};

#include "tests/unit/syndicate/reading.h"

static struct bs_fields *read_yaml(struct fixture *f, const char *text)
{
	struct bs_data *map = NULL;

	assert_ok(bs_yaml_read(f->arena, bs_str_c(text), 2, &map, &f->remarks, &f->err), &f->err);
	f->rc = BS_OK;
	f->fields = (struct bs_fields){
		.arena = f->arena, .remarks = &f->remarks, .err = &f->err, .map = map, .rc = &f->rc
	};
	return &f->fields;
}

static void values_are_read_as_what_they_are(void **state)
{
	struct fixture *f = *state;
	struct bs_fields *y = read_yaml(
		f,
		"Title: '  A\n\n  b '\nlastMod: 2015-06-29 1:00:19 -0400\nday: 2025-1-4\ntags: [a, ~, b]\none: x\nurl: "
		"https://a.example/\n"
		"mail: mailto:a@b.example\nslug: a-1\ndraft: yes\nno: 'no'\nsource: {date: 2025-11-14}\nempty: ''\n");
	struct bs_fields inner;
	struct bs_entry *list;
	bool value;

	assert_str(bs_field_text(y, bs_field(y, "title")), "A b");
	assert_int_equal(bs_field_time(y, bs_field(y, "updated lastmod")), 1435554019);
	assert_int_equal(bs_field_time(y, bs_field(y, "day")), 1735948800);
	assert_int_equal(bs_field_list(y, bs_field(y, "tags"), 10, &list), 2);
	assert_str(bs_field_text(y, &list[1]), "b");
	assert_int_equal(bs_field_list(y, bs_field(y, "one"), 10, &list), 1);
	assert_str(bs_field_url(y, bs_field(y, "url"), false), "https://a.example/");
	assert_str(bs_field_url(y, bs_field(y, "mail"), true), "mailto:a@b.example");
	assert_str(bs_field_slug(y, bs_field(y, "slug")), "a-1");
	assert_true(bs_field_bool(y, bs_field(y, "draft"), false));
	assert_false(bs_data_is_bool(bs_field(y, "no")->value, &value));
	inner = bs_fields_in(y, bs_field(y, "source"));
	assert_int_equal(bs_field_time(&inner, bs_field(&inner, "date")), 1763078400);
	assert_null(bs_field(y, "empty"));
	assert_null(bs_field(y, "missing"));
	assert_ok(f->rc, &f->err);
	bs_fields_unread(y);
	assert_int_equal(f->remarks.count, 0);
}

static void the_first_fault_names_its_field_and_line(void **state)
{
	static const struct {
		const char *text, *words;
		int line;
	} faults[] = {
		{ "a: 1\nv: 2025-02-30\n", "v: the date '2025-02-30' does not exist", 3 },
		{ "v: yesterday\n", "v: 'yesterday' is no date", 2 },
		{ "v: [2025-01-01]\n", "v: expected text, found a list", 2 },
	};
	struct fixture *f = *state;
	struct bs_fields inner, *y;

	for (size_t i = 0; i < BS_COUNT(faults); i++) {
		y = read_yaml(f, faults[i].text);
		(void)bs_field_time(y, bs_field(y, "v"));
		(void)bs_field_slug(y, bs_field(y, "a"));
		if (f->rc != BS_INVALID || f->remarks.line != faults[i].line ||
		    strstr(f->err.text, faults[i].words) != f->err.text)
			fail_msg("%s: line %d, %s", faults[i].text, f->remarks.line, f->err.text);
	}
	y = read_yaml(f, "source:\n  url: harbour-review.example\n");
	inner = bs_fields_in(y, bs_field(y, "source"));
	(void)bs_field_url(&inner, bs_field(&inner, "url"), false);
	assert_int_equal(f->remarks.line, 3);
	assert_non_null(strstr(f->err.text, "source.url: 'harbour-review.example' is no whole address"));
	y = read_yaml(f, "slug: Not a slug\n");
	(void)bs_field_slug(y, bs_field(y, "slug"));
	assert_int_equal(f->rc, BS_INVALID);
	y = read_yaml(f, "source: text\n");
	inner = bs_fields_in(y, bs_field(y, "source"));
	assert_non_null(strstr(f->err.text, "expected a mapping"));
	y = read_yaml(f, "url: 'javascript:alert(1)'\n");
	(void)bs_field_url(y, bs_field(y, "url"), true);
	assert_int_equal(f->rc, BS_INVALID);
}

static void what_nobody_reads_is_remarked(void **state)
{
	struct fixture *f = *state;
	struct bs_fields *y = read_yaml(f, "title: A\nweight: 3\nlayout: post\n");

	(void)bs_field(y, "title");
	bs_fields_unread(y);
	assert_int_equal(f->remarks.count, 2);
	assert_str(f->remarks.items[1].subject, "layout");
	assert_int_equal(f->remarks.items[1].line, 4);
	assert_int_equal(f->remarks.items[1].kind, BS_REMARK_KEY);
}

static void a_name_in_its_own_letters_comes_before_others(void **state)
{
	struct fixture *f = *state;
	struct bs_fields *y = read_yaml(f, "titLe: B\ntitle: A\nDay: 2025-01-04\nDAY: 2025-01-05\n");

	assert_str(bs_field_text(y, bs_field(y, "title")), "A");
	assert_int_equal(bs_field_time(y, bs_field(y, "day")), 1735948800);
	bs_fields_unread(y);
	assert_int_equal(f->remarks.count, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(values_are_read_as_what_they_are, setup, teardown),
		cmocka_unit_test_setup_teardown(the_first_fault_names_its_field_and_line, setup, teardown),
		cmocka_unit_test_setup_teardown(what_nobody_reads_is_remarked, setup, teardown),
		cmocka_unit_test_setup_teardown(a_name_in_its_own_letters_comes_before_others, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
