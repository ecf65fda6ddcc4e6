/* test_template_common.c - what many pages show alike: a partial that reads nothing else is printed once, any other for each page. */
#include <pthread.h>

#include "tests/unit/text/rendering.h"

struct fixture {
	struct bs_arena *arena;
	struct bs_templates *set;
	struct bs_common *common;
	int printed; /* times that {{count}} of what is common was printed */
};

static void count_up(const struct bs_call *call, struct bs_buf *out)
{
	++*(int *)(uintptr_t)call->data;
	bs_buf_lit(out, "made");
}

static const struct bs_dict *dict_of(struct fixture *f, const char *json)
{
	const struct bs_json *data;
	struct bs_err err;

	assert_ok(bs_json_parse(f->arena, bs_str_c(json), &data, &err), &err);
	return bs_value_of_json(f->arena, bs_templates_symbols(f->set), data).dict;
}

/* The theme, and as what is common the JSON and {{count}}. */
static void fixture_open(struct fixture *f, const char *const *theme, const char *json)
{
	struct bs_err err;
	struct bs_dict *values;
	struct bs_call *call;

	*f = (struct fixture){ .arena = bs_arena_new() };
	assert_ok(theme_compile(theme, &f->set, &err), &err);
	values = (struct bs_dict *)(uintptr_t)dict_of(f, json);
	call = BS_NEW(f->arena, struct bs_call);
	*call = (struct bs_call){ count_up, &f->printed };
	bs_dict_set(values, bs_symbols_find(bs_templates_symbols(f->set), BS_STR("count")), bs_value_call(call));
	f->common = bs_common_new(f->set, values);
}

static void fixture_close(struct fixture *f)
{
	bs_common_free(&f->common);
	bs_templates_unref(&f->set);
	bs_arena_free(&f->arena);
}

static void assert_page(struct fixture *f, const char *view, const char *want)
{
	struct bs_buf page = BS_BUF(4096);
	struct bs_err err;

	assert_ok(bs_template_render_common(bs_templates_find(f->set, BS_STR("page")), f->common, dict_of(f, view), &page, &err), &err);
	assert_str(bs_buf_str(&page), want);
	bs_buf_free(&page);
}

static void what_reads_only_what_is_common_is_printed_once(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f, (const char *const[]){ "page", "{{t}}:{{>foot}}", "foot",
	             "{{#links}}[{{url}}]{{/links}}{{^none.x}}{{count}}{{/none.x}}", NULL },
	             "{\"links\":[{\"url\":\"/a\"},{\"url\":\"/b\"}],\"none\":{}}");
	assert_page(&f, "{\"t\":1}", "1:[/a][/b]made");
	assert_page(&f, "{\"t\":2}", "2:[/a][/b]made");
	assert_page(&f, "{\"t\":3}", "3:[/a][/b]made");
	assert_int_equal(f.printed, 1);
	fixture_close(&f);
}

static void what_reads_the_page_is_printed_for_each(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f, (const char *const[]){ "page", "{{>foot}}", "foot", "{{count}} {{t}}", NULL }, "{}");
	assert_page(&f, "{\"t\":1}", "made 1");
	assert_page(&f, "{\"t\":2}", "made 2");
	fixture_close(&f);
}

/* The first page has it not, the second has. */
static void what_asks_for_something_that_a_page_may_have_is_printed_for_each(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f, (const char *const[]){ "page", "{{>foot}}", "foot", "{{count}}{{#t}} t{{/t}}{{#links}} {{t}}{{/links}}", NULL },
	             "{\"links\":[{}]}");
	assert_page(&f, "{}", "made ");
	assert_page(&f, "{\"t\":2}", "made t 2");
	fixture_close(&f);
}

static void a_page_that_has_its_own_of_something_common_shows_its_own(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f, (const char *const[]){ "page", "{{>foot}}", "foot", "{{site}}{{count}}", NULL }, "{\"site\":\"Courier\"}");
	assert_page(&f, "{\"site\":\"own\"}", "ownmade");
	assert_page(&f, "{}", "Couriermade");
	assert_page(&f, "{\"site\":\"own\"}", "ownmade");
	assert_page(&f, "{}", "Couriermade");
	assert_int_equal(f.printed, 3);
	fixture_close(&f);
}

static void in_a_section_a_partial_is_printed_for_each(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f, (const char *const[]){ "page", "{{#list}}{{>foot}}{{/list}}", "foot", "{{site}}{{count}};", NULL }, "{\"site\":\"C\"}");
	assert_page(&f, "{\"list\":[{\"site\":\"a\"},{\"site\":\"b\"},{}]}", "amade;bmade;Cmade;");
	fixture_close(&f);
}

/* What a page puts into a block of the partial's is the page's; as is what "." is. */
static void blocks_and_the_page_itself_are_nothing_common(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f, (const char *const[]){ "page", "{{<frame}}{{$name}}{{#a}}A{{/a}}{{^a}}B{{/a}}{{/name}}{{/frame}}",
	             "frame", "{{>foot}}", "foot", "{{count}} {{$name}}usual{{/name}}{{#.}}{{b}}{{/.}}", NULL }, "{}");
	assert_page(&f, "{\"a\":true}", "made A");
	assert_page(&f, "{\"b\":\"b\"}", "made Bb");
	fixture_close(&f);
}

static void indentation_is_of_the_place_that_includes(void **state)
{
	struct fixture f;

	(void)state;
	fixture_open(&f, (const char *const[]){ "page", "{{>foot}}\n  {{>foot}}\n", "foot", "{{site}}\n", NULL }, "{\"site\":\"C\"}");
	assert_page(&f, "{}", "C\n  C\n");
	assert_page(&f, "{}", "C\n  C\n");
	fixture_close(&f);
}

static void *print_many(void *ptr)
{
	struct fixture *f = ptr;
	const struct bs_template *page = bs_templates_find(f->set, BS_STR("page"));
	struct bs_arena *arena = bs_arena_new();
	const struct bs_dict *view = bs_dict_new(arena, 0);
	struct bs_err err;
	bool same = true;

	for (int i = 0; i < 200; i++) {
		struct bs_buf out = BS_BUF(4096);
		same = same && bs_template_render_common(page, f->common, view, &out, &err) == BS_OK && bs_str_eq(bs_buf_str(&out), BS_STR("C, C"));
		bs_buf_free(&out);
	}
	bs_arena_free(&arena);
	return same ? f : NULL;
}

static void threads_that_print_the_first_page_at_once_agree(void **state)
{
	struct fixture f;
	pthread_t threads[4];
	void *same;

	(void)state;
	fixture_open(&f, (const char *const[]){ "page", "{{>a}}, {{>b}}", "a", "{{site}}", "b", "{{site}}", NULL }, "{\"site\":\"C\"}");
	for (size_t i = 0; i < BS_COUNT(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, print_many, &f), 0);
	for (size_t i = 0; i < BS_COUNT(threads); i++) {
		assert_int_equal(pthread_join(threads[i], &same), 0);
		assert_ptr_equal(same, &f);
	}
	fixture_close(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_reads_only_what_is_common_is_printed_once),
		cmocka_unit_test(what_reads_the_page_is_printed_for_each),
		cmocka_unit_test(what_asks_for_something_that_a_page_may_have_is_printed_for_each),
		cmocka_unit_test(a_page_that_has_its_own_of_something_common_shows_its_own),
		cmocka_unit_test(in_a_section_a_partial_is_printed_for_each),
		cmocka_unit_test(blocks_and_the_page_itself_are_nothing_common),
		cmocka_unit_test(indentation_is_of_the_place_that_includes),
		cmocka_unit_test(threads_that_print_the_first_page_at_once_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
