/* test_template_set.c - sets of templates: faults with their places, limits, findings, values from C, reloading. */
#include <pthread.h>
#include <time.h>

#include "tests/unit/text/rendering.h"

#include "base/limits.h"
#include "text/out.h"

/* --- Faults --- */

static void faults_name_file_line_and_column(void **state)
{
	(void)state;
	assert_fails(BS_INVALID, "page.mustache:2:3: 'a' is opened here and never closed; write {{/a}}", "{}", "x\n  {{#a}}\n");
	assert_fails(BS_INVALID, "page.mustache:1:1: '/a' closes a section that was never opened", "{}", "{{/a}}");
	assert_fails(BS_INVALID, "page.mustache:3:2: '/b' where 'a' (opened at 2:1) should be closed", "{}", "\n{{#a}}\n {{/b}}");
	assert_fails(BS_INVALID, "page.mustache:2:5: this tag is never closed; write '}}'", "{}", "{{x}}\n ab {{y }\n");
	assert_fails(BS_INVALID, "page.mustache:1:1: this tag is never closed; write '}}}'", "{}", "{{{y}}\n");
	assert_fails(BS_INVALID, "page.mustache:1:1: this tag is never closed; write '=}}'", "{}", "{{=<% %>}}\n");
	assert_fails(BS_INVALID, "page.mustache:1:1: bad delimiters '<%'", "{}", "{{=<%=}}");
	assert_fails(BS_INVALID, "page.mustache:1:1: bad delimiters 'a b c'", "{}", "{{=a b c=}}");
	assert_fails(BS_INVALID, "page.mustache:1:1: bad delimiters 'a= b'", "{}", "{{=a= b=}}");
	assert_fails(BS_INVALID, "page.mustache:1:1: a tag without a name", "{}", "{{}}");
	assert_fails(BS_INVALID, "page.mustache:1:1: a tag without a name", "{}", "{{# }}");
	assert_fails(BS_INVALID, "page.mustache:1:2: a name has no blanks: 'a b'", "{}", " {{a b}}");
	assert_fails(BS_INVALID, "page.mustache:1:1: 'a..b': a dot with nothing beside it", "{}", "{{a..b}}");
	assert_fails(BS_INVALID, "page.mustache:1:1: 'a.': a dot", "{}", "{{#a.}}{{/a.}}");
	assert_fails(BS_INVALID, "page.mustache:2:2: not UTF-8", "{}", "a\nb\xFF");
}

static void a_fault_in_a_partial_is_a_fault_of_the_set(void **state)
{
	(void)state;
	assert_fails(BS_INVALID, "p.mustache:1:2: 'x' is opened", "{}", "{{#never}}{{>p}}{{/never}}", "p", " {{#x}}");
}

static void a_partial_cannot_leave_the_theme(void **state)
{
	static const char *const bad[] = { "../secret", "/etc/passwd", "a/../b", "a//b", "a/", ".hidden", "a/.b", "a\\b", "C:x" };
	char page[64];

	(void)state;
	for (size_t at = 0; at < BS_COUNT(bad); at++) {
		snprintf(page, sizeof(page), "{{> %s }}", bad[at]);
		assert_fails(BS_INVALID, "no template can have this name", "{}", page);
	}
	assert_true(bs_template_name_valid(BS_STR("parts/card-2_b.old")));
	assert_false(bs_template_name_valid(BS_STR("")));
	/* What data asks for is only ever looked up among the loaded. */
	assert_renders("{\"k\":\"../page\"}", "[]", "[{{>*k}}]");
}

static void a_missing_page_is_said_to_be_missing(void **state)
{
	static const char *const none[] = { NULL };
	struct bs_template_loader loader = { theme_load, (void *)(uintptr_t)none };
	struct bs_symbols *symbols = bs_symbols_new();
	struct bs_templates *set = NULL;
	struct bs_str name = BS_STR("story");
	struct bs_err err;

	(void)state;
	assert_int_equal(bs_templates_load(symbols, &loader, &name, 1, &set, &err), BS_NOT_FOUND);
	assert_non_null(strstr(err.text, "'story'"));
	assert_null(set);
	bs_symbols_free(&symbols);
}

/* --- Limits --- */

static void recursion_without_end_is_an_error(void **state)
{
	(void)state;
	assert_fails(BS_LIMIT, "page.mustache:1:2: sections and partials nest too deep", "{}", "x{{>page}}");
	assert_fails(BS_LIMIT, "nest too deep", "{}", "{{>a}}", "a", "{{<b}}{{/b}}", "b", "{{>a}}");
	assert_fails(BS_LIMIT, "nest too deep", "{\"k\":\"page\"}", "{{>*k}}");
	assert_fails(BS_LIMIT, "nest too deep", "{}", "{{<p}}{{$b}}{{<p}}{{/p}}{{/b}}{{/p}}", "p", "{{$b}}{{/b}}{{<p}}{{/p}}");
}

static void recursion_as_deep_as_the_data_works(void **state)
{
	struct bs_buf json = BS_BUF(1024), want = BS_BUF(256);

	(void)state;
	for (int depth = 0; depth < 30; depth++) {
		bs_buf_lit(&json, "{\"n\":1,\"t\":");
		bs_buf_putc(&want, '1');
	}
	bs_buf_lit(&json, "null");
	for (int depth = 0; depth < 30; depth++)
		bs_buf_putc(&json, '}');
	bs_buf_putc(&json, '\0');
	bs_buf_putc(&want, '\0');
	assert_renders(json.data, want.data, "{{>node}}", "node", "{{n}}{{#t}}{{>node}}{{/t}}");
	bs_buf_free(&json);
	bs_buf_free(&want);
}

static void sections_nest_to_the_limit_and_no_further(void **state)
{
	struct bs_buf page = BS_BUF(4096), deeper = BS_BUF(4096);

	(void)state;
	for (int depth = 0; depth < BS_MAX_TEMPLATE_DEPTH; depth++)
		bs_buf_lit(&page, "{{#a}}");
	for (int depth = 0; depth < BS_MAX_TEMPLATE_DEPTH; depth++)
		bs_buf_lit(&page, "{{/a}}");
	bs_buf_printf(&deeper, "{{#a}}%.*s{{/a}}", (int)page.len, page.data);
	bs_buf_putc(&page, '\0');
	bs_buf_putc(&deeper, '\0');
	assert_renders("{}", "", page.data);
	assert_fails(BS_INVALID, "nested more than 64 deep", "{}", deeper.data);
	bs_buf_free(&page);
	bs_buf_free(&deeper);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Partials that include the next one twice: 2^40 pages of nothing. */
static void partials_that_double_end_soon(void **state)
{
	static char names[41][8], texts[41][32];
	const char *theme[2 * 41 + 1];
	struct bs_buf page = BS_BUF(1 << 20);
	struct bs_err err;
	double start = seconds();

	(void)state;
	for (size_t at = 0; at < 41; at++) {
		snprintf(names[at], sizeof(names[at]), "p%zu", at);
		snprintf(texts[at], sizeof(texts[at]), "{{>p%zu}}{{>p%zu}}", at + 1, at + 1);
		theme[2 * at] = names[at];
		theme[2 * at + 1] = texts[at];
	}
	theme[82] = NULL;
	assert_int_equal(theme_render(theme, "{}", &page, &err), BS_LIMIT);
	assert_non_null(strstr(err.text, "too many steps"));
	assert_true(seconds() - start < 20);
	bs_buf_free(&page);
}

static void a_template_over_the_cap_is_refused(void **state)
{
	char *text = bs_alloc(BS_MAX_TEMPLATE + 2);

	(void)state;
	memset(text, 'a', BS_MAX_TEMPLATE + 1);
	assert_fails(BS_LIMIT, "over the limit", "{}", text);
	free(text);
}

static void a_page_over_its_cap_is_refused(void **state)
{
	struct bs_buf page = BS_BUF(10);
	struct bs_err err;

	(void)state;
	assert_int_equal(theme_render((const char *const[]){ "page", "{{#l}}abc{{/l}}", NULL }, "{\"l\":[1,2,3,4]}", &page, &err), BS_LIMIT);
	bs_buf_free(&page);
}

/* Half a megabyte of each compiles and renders in time that grows with its length, not with its square. */
static void awkward_templates_take_no_awkward_time(void **state)
{
	static const char *const pieces[] = { "{{a}}", "{{#a}}\n{{/a}}\n", "{{{a}}}", "{ ", "   ", "\n", "{{! }}", "{{a.a}}", "  {{>p}}\n",
		"{{$a}}\n  x\n{{/a}}\n", "{{<p}}{{$a}}\n x\n{{/a}}{{/p}}\n", "{{=<% %>=}}<%={{ }}=%>", "}}", "{{>*a}}" };
	const size_t size = BS_MAX_TEMPLATE / 2;
	char *text = bs_alloc(size + 1);
	struct bs_buf page = BS_BUF(BS_MAX_PAGE);
	struct bs_err err;

	(void)state;
	for (size_t piece = 0; piece < BS_COUNT(pieces); piece++) {
		size_t len = strlen(pieces[piece]);
		double start = seconds();
		for (size_t at = 0; at + len <= size; at += len) {
			memcpy(text + at, pieces[piece], len);
			text[at + len] = '\0';
		}
		bs_buf_reset(&page);
		assert_ok(theme_render((const char *const[]){ "page", text, "p", "x\n", NULL }, "{\"a\":{}}", &page, &err), &err);
		assert_true(seconds() - start < 1);
	}
	free(text);
	bs_buf_free(&page);
}

/* --- Values from C --- */

static void write_body(const struct bs_call *call, struct bs_buf *out)
{
	bs_out_raw(out, *(const struct bs_str *)call->data); /* a literal of this test */
}

/* Render `text` with two contexts: {site} below {x, m, c}. */
static void assert_made_by_c(const char *text, const char *want)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_symbols *symbols = bs_symbols_new();
	struct bs_str body = BS_STR("<p>body</p>"), page_name = BS_STR("page");
	struct bs_call call = { write_body, &body };
	struct bs_template_loader loader = { theme_load, (void *)(uintptr_t)(const char *const[]){ "page", text, NULL } };
	struct bs_dict *site = bs_dict_new(arena, 0), *view = bs_dict_new(arena, 0);
	struct bs_templates *set = NULL;
	struct bs_buf page = BS_BUF(4096);
	struct bs_err err;

	bs_dict_set(site, bs_symbols_intern(symbols, BS_STR("site")), bs_value_text(BS_STR("News & Co")));
	bs_dict_set(view, bs_symbols_intern(symbols, BS_STR("x")), bs_value_text(BS_STR("<x>")));
	bs_dict_set(view, bs_symbols_intern(symbols, BS_STR("m")), bs_value_markup(BS_STR("<b>x</b>")));
	bs_dict_set(view, bs_symbols_intern(symbols, BS_STR("c")), bs_value_call(&call));
	assert_ok(bs_templates_load(symbols, &loader, &page_name, 1, &set, &err), &err);
	assert_ok(bs_template_render(bs_templates_find(set, page_name), (struct bs_value[]){ bs_value_dict(site), bs_value_dict(view) }, 2,
	                             &page, &err), &err);
	assert_str(bs_buf_str(&page), want);
	bs_buf_free(&page);
	bs_templates_unref(&set);
	bs_symbols_free(&symbols);
	bs_arena_free(&arena);
}

static void safety_is_in_the_value(void **state)
{
	(void)state;
	assert_made_by_c("{{x}} {{m}} {{{m}}} {{#c}}{{c}}{{/c}}{{^c}}none{{/c}}", "&lt;x&gt; <b>x</b> <b>x</b> <p>body</p>");
	assert_made_by_c("{{site}} {{#x}}{{site}}{{/x}} {{unknown}}", "News &amp; Co News &amp; Co ");
}

static void more_contexts_than_there_is_room_for_are_refused(void **state)
{
	static const char *const theme[] = { "page", "x", NULL };
	struct bs_value contexts[BS_MAX_CONTEXTS + 1] = { 0 };
	struct bs_templates *set = NULL;
	struct bs_buf page = BS_BUF(100);
	struct bs_err err;

	(void)state;
	assert_ok(theme_compile(theme, &set, &err), &err);
	assert_int_equal(bs_template_render(bs_templates_find(set, BS_STR("page")), contexts, BS_MAX_CONTEXTS + 1, &page, &err), BS_LIMIT);
	assert_ok(bs_template_render(bs_templates_find(set, BS_STR("page")), NULL, 0, &page, &err), &err);
	assert_str(bs_buf_str(&page), "x");
	bs_buf_free(&page);
	bs_templates_unref(&set);
}

/* --- Findings --- */

static void theme_makers_are_told_what_is_not_there(void **state)
{
	static const char *const theme[] = { "page",
		"{{titel}}\n{{#story}}\n  {{>parts/crad}} {{story.titel}}{{>*knid}}\n{{/story}}{{title}}{{.}}",
		"parts/card", "{{qqqq}}", NULL };
	struct bs_arena *arena = bs_arena_new();
	struct bs_symbols *known = bs_symbols_new();
	struct bs_templates *set = NULL;
	struct bs_template_finding *found;
	struct bs_err err;
	size_t count;

	(void)state;
	bs_symbols_intern(known, BS_STR("title"));
	bs_symbols_intern(known, BS_STR("story"));
	bs_symbols_intern(known, BS_STR("kind"));
	assert_ok(theme_compile(theme, &set, &err), &err);
	bs_templates_check(arena, set, known, &found, &count);
	assert_int_equal(count, 5);
	assert_str(found[0].text, "nothing is called 'titel'; did you mean 'title'?");
	assert_int_equal(found[0].line, 1);
	assert_int_equal(found[0].column, 1);
	assert_str(found[1].text, "there is no template 'parts/crad'; did you mean 'parts/card'?");
	assert_int_equal(found[1].line, 3);
	assert_int_equal(found[1].column, 3);
	assert_str(found[2].text, "nothing is called 'titel'; did you mean 'title'?");
	assert_str(found[3].text, "nothing is called 'knid'; did you mean 'kind'?");
	assert_str(found[4].text, "nothing is called 'qqqq'");
	assert_str(found[4].file, "parts/card.mustache");
	bs_templates_unref(&set);
	bs_symbols_free(&known);
	bs_arena_free(&arena);
}

static void an_argument_that_no_block_takes_is_a_finding(void **state)
{
	static const char *const theme[] = { "page",
		"{{<layout}}{{$main}}1{{/main}}\n{{$asdie}}2{{/asdie}}{{$inner}}3{{/inner}}{{/layout}}"
		"{{<loose}}{{$any}}4{{/any}}{{/loose}}{{<gone}}{{$any}}5{{/any}}{{/gone}}",
		"layout", "{{<frame}}{{$content}}{{$main}}{{/main}}{{$aside}}{{/aside}}{{/content}}{{/frame}}",
		"frame", "{{$content}}{{/content}}{{>part}}", "part", "{{$inner}}{{/inner}}{{>frame}}", "loose", "{{>*.}}", NULL };
	struct bs_arena *arena = bs_arena_new();
	struct bs_symbols *known = bs_symbols_new();
	struct bs_templates *set = NULL;
	struct bs_template_finding *found;
	struct bs_err err;
	size_t count;

	(void)state;
	assert_ok(theme_compile(theme, &set, &err), &err);
	bs_templates_check(arena, set, known, &found, &count);
	assert_int_equal(count, 2);
	assert_str(found[0].text, "'layout' has no block 'asdie'; did you mean 'aside'?");
	assert_int_equal(found[0].line, 2);
	assert_int_equal(found[0].column, 1);
	assert_str(found[1].text, "there is no template 'gone'");
	bs_templates_unref(&set);
	bs_symbols_free(&known);
	bs_arena_free(&arena);
}

/* --- Reloading --- */

static struct bs_theme_slot slot = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void *render_many(void *unused)
{
	struct bs_buf page = BS_BUF(100);
	struct bs_err err;
	size_t bad = 0;

	(void)unused;
	for (int round = 0; round < 2000; round++) {
		struct bs_templates *set = bs_theme_slot_get(&slot);
		bs_buf_reset(&page);
		if (bs_template_render(bs_templates_find(set, BS_STR("page")), NULL, 0, &page, &err) != BS_OK || page.len != 3)
			bad++;
		bs_templates_unref(&set);
	}
	bs_buf_free(&page);
	return (void *)(uintptr_t)bad;
}

static void a_reload_never_disturbs_a_page_that_is_being_rendered(void **state)
{
	static const char *const themes[2][3] = { { "page", "one", NULL }, { "page", "two", NULL } };
	struct bs_templates *set = NULL;
	pthread_t readers[2];
	struct bs_err err;
	void *bad;

	(void)state;
	assert_null(bs_theme_slot_get(&slot));
	assert_ok(theme_compile(themes[0], &set, &err), &err);
	bs_theme_slot_put(&slot, set);
	for (size_t at = 0; at < 2; at++)
		assert_int_equal(pthread_create(&readers[at], NULL, render_many, NULL), 0);
	for (size_t round = 0; round < 200; round++) {
		assert_ok(theme_compile(themes[round % 2], &set, &err), &err);
		bs_theme_slot_put(&slot, set);
	}
	for (size_t at = 0; at < 2; at++) {
		assert_int_equal(pthread_join(readers[at], &bad), 0);
		assert_null(bad);
	}
	bs_theme_slot_put(&slot, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_name_file_line_and_column),
		cmocka_unit_test(a_fault_in_a_partial_is_a_fault_of_the_set),
		cmocka_unit_test(a_partial_cannot_leave_the_theme),
		cmocka_unit_test(a_missing_page_is_said_to_be_missing),
		cmocka_unit_test(recursion_without_end_is_an_error),
		cmocka_unit_test(recursion_as_deep_as_the_data_works),
		cmocka_unit_test(sections_nest_to_the_limit_and_no_further),
		cmocka_unit_test(partials_that_double_end_soon),
		cmocka_unit_test(a_template_over_the_cap_is_refused),
		cmocka_unit_test(a_page_over_its_cap_is_refused),
		cmocka_unit_test(awkward_templates_take_no_awkward_time),
		cmocka_unit_test(safety_is_in_the_value),
		cmocka_unit_test(more_contexts_than_there_is_room_for_are_refused),
		cmocka_unit_test(theme_makers_are_told_what_is_not_there),
		cmocka_unit_test(an_argument_that_no_block_takes_is_a_finding),
		cmocka_unit_test(a_reload_never_disturbs_a_page_that_is_being_rendered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
