/* Forms as browsers send them. */
#include "tests/unit/unit.h"

#include "http/form.h"

static struct bs_arena *arena;
static struct bs_form form;

static enum bs_rc parse(const char *type, const char *body)
{
	struct bs_err err;

	return bs_form_parse(arena, bs_str_c(type), bs_str_c(body), &form, &err);
}

#define URLENCODED "application/x-www-form-urlencoded"
#define MULTIPART "multipart/form-data; boundary=----b1"

static void urlencoded_fields_are_decoded_in_their_order(void **state)
{
	(void)state;
	assert_int_equal(parse(URLENCODED, "a=1&b=two+words&c=%C3%A9%26&a=2&empty=&bare"), BS_OK);
	assert_int_equal(form.count, 6);
	assert_str(bs_form_value(&form, BS_STR("a")), "1");
	assert_str(bs_form_value(&form, BS_STR("b")), "two words");
	assert_str(bs_form_value(&form, BS_STR("c")), "é&");
	assert_str(form.fields[3].value, "2");
	assert_true(bs_form_has(&form, BS_STR("empty")));
	assert_false(bs_form_has(&form, BS_STR("none")));
	assert_int_equal(parse(URLENCODED "; charset=UTF-8", ""), BS_OK);
	assert_int_equal(form.count, 0);
}

static void line_ends_become_line_feeds(void **state)
{
	(void)state;
	assert_int_equal(parse(URLENCODED, "t=a%0D%0Ab%0Dc%0Ad"), BS_OK);
	assert_str(bs_form_value(&form, BS_STR("t")), "a\nb\nc\nd");
	assert_int_equal(parse(MULTIPART, "------b1\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\na\r\nb\r\n------b1--\r\n"), BS_OK);
	assert_str(bs_form_value(&form, BS_STR("t")), "a\nb");
}

static void what_is_no_text_is_refused(void **state)
{
	(void)state;
	assert_int_equal(parse(URLENCODED, "a=%FF"), BS_INVALID);
	assert_int_equal(parse(URLENCODED, "a=%00"), BS_INVALID);
	assert_int_equal(parse(URLENCODED, "a=%4"), BS_INVALID);
	assert_int_equal(parse("text/plain", "a=1"), BS_INVALID);
	assert_int_equal(parse("", "a=1"), BS_INVALID);
}

static void parts_have_names_values_and_files(void **state)
{
	const struct bs_form_field *file;

	(void)state;
	assert_int_equal(parse(MULTIPART,
		"------b1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n"
		"------b1\r\nContent-Disposition: form-data; name=\"a%22b\"\r\n\r\n\r\n"
		"------b1\r\nContent-Disposition: form-data; name=\"f\"; filename=\"C:\\\\dir\\\\ice; map.png\"\r\n"
		"Content-Type: image/png\r\n\r\n\x89PNG\r\n\r\n"
		"------b1\r\nContent-Disposition: form-data; name=\"none\"; filename=\"\"\r\n"
		"Content-Type: application/octet-stream\r\n\r\n\r\n------b1--\r\n"), BS_OK);
	assert_int_equal(form.count, 4);
	assert_str(bs_form_value(&form, BS_STR("a")), "one");
	assert_str(bs_form_value(&form, BS_STR("a\"b")), "");
	file = bs_form_file(&form, BS_STR("f"));
	assert_non_null(file);
	assert_str(file->file, "ice; map.png");
	assert_str(file->type, "image/png");
	assert_str(file->value, "\x89PNG\r\n");
	assert_null(bs_form_file(&form, BS_STR("none")));
}

static void a_form_that_was_cut_off_is_refused(void **state)
{
	static const char whole[] = "------b1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n------b1--";
	char part[sizeof(whole)];

	(void)state;
	for (size_t len = 0; len + 1 < sizeof(whole); len++) {
		memcpy(part, whole, len);
		part[len] = '\0';
		assert_int_equal(parse(MULTIPART, part), BS_INVALID);
	}
	assert_int_equal(parse(MULTIPART, whole), BS_OK);
	assert_int_equal(parse("multipart/form-data", whole), BS_INVALID);
	assert_int_equal(parse("multipart/form-data; boundary=other", whole), BS_INVALID);
}

static void fields_beyond_the_cap_are_refused(void **state)
{
	struct bs_buf body = BS_BUF(64 * 1024);
	struct bs_err err;

	(void)state;
	for (int i = 0; i < BS_MAX_FORM_FIELDS; i++)
		bs_buf_lit(&body, "a=1&");
	assert_int_equal(bs_form_parse(arena, BS_STR(URLENCODED), bs_buf_str(&body), &form, &err), BS_OK);
	bs_buf_lit(&body, "a=1");
	assert_int_equal(bs_form_parse(arena, BS_STR(URLENCODED), bs_buf_str(&body), &form, &err), BS_LIMIT);
	bs_buf_free(&body);
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
		cmocka_unit_test_setup_teardown(urlencoded_fields_are_decoded_in_their_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(line_ends_become_line_feeds, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_text_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(parts_have_names_values_and_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_form_that_was_cut_off_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(fields_beyond_the_cap_are_refused, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("http/form", tests, NULL, NULL);
}
