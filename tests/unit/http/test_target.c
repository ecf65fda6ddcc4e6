#include "tests/unit/unit.h"

#include "http/target.h"

static struct bs_target target_of(const char *raw)
{
	static char room[BS_MAX_REQUEST_TARGET];
	struct bs_target target;

	if (bs_target_parse(bs_str_c(raw), room, &target) != BS_OK)
		fail_msg("'%s' was refused", raw);
	return target;
}

static void ordinary_targets_are_views_of_what_came_in(void **state)
{
	char room[BS_MAX_REQUEST_TARGET];
	struct bs_str raw = BS_STR("/2025/11/a-story.html?q=x&y");
	struct bs_target target;

	(void)state;
	assert_int_equal(bs_target_parse(raw, room, &target), BS_OK);
	assert_str(target.path, "/2025/11/a-story.html");
	assert_ptr_equal(target.path.ptr, raw.ptr);
	assert_str(target.query, "q=x&y");
	assert_false(target.moved);
}

static void escapes_are_undone_once(void **state)
{
	(void)state;
	assert_str(target_of("/caf%C3%A9").path, "/café");
	assert_str(target_of("/%61%62").path, "/ab");
	assert_str(target_of("/50%2525").path, "/50%25");
	assert_str(target_of("/a%20b+c").path, "/a b+c");
	assert_str(target_of("/%D8%B3%D9%84%D8%A7%D9%85/").path, "/سلام/");
	assert_str(target_of("/caf\xC3\xA9").path, "/café");
}

static void doubled_slashes_ask_for_a_redirect_to_the_path_without(void **state)
{
	(void)state;
	assert_str(target_of("//evil.example/x").path, "/evil.example/x");
	assert_true(target_of("//evil.example/x").moved);
	assert_str(target_of("/a//b///").path, "/a/b/");
	assert_true(target_of("/a//b///").moved);
	assert_str(target_of("/a//%C3%A9//").path, "/a/é/");
	assert_true(target_of("//").moved);
	assert_str(target_of("//").path, "/");
	assert_false(target_of("/a/b/").moved);
}

static void absolute_targets_lose_their_authority(void **state)
{
	(void)state;
	assert_str(target_of("http://news.example:8080/a?b").path, "/a");
	assert_str(target_of("http://news.example:8080/a?b").query, "b");
	assert_str(target_of("HTTPS://news.example").path, "/");
	assert_str(target_of("http://news.example?x").path, "/");
	assert_str(target_of("http://news.example?x").query, "x");
}

static void whatever_could_mean_two_things_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "a", "*", "?x", "#", "/#x", "/a b", "/a\tb", "/a\x01", "/a\x7F", "/a\\b", "/a%5Cb", "/%2F", "/a%2fb", "/%00",
		"/%0A", "/%0d%0aX:y", "/%7F", "/%", "/%4", "/%zz", "/%C3", "/%C3%28", "/\xC3\x28", "/%C0%AE%C0%AE/", "/%ED%A0%80",
		"/..", "/.", "/a/..", "/a/../b", "/a/./b", "/%2e%2e/etc/passwd", "/a/%2E", "/.%2e/", "//..//", "/a?b c", "/?\x01",
		"/?a#b", "http://", "http:///x", "http://u@h/", "ftp://h/", "http:/x", "news.example:80", "http://h\\x/",
		"http://h#/", "/%F4%90%80%80",
	};
	char room[BS_MAX_REQUEST_TARGET];
	struct bs_target target;

	(void)state;
	for (size_t i = 0; i < BS_COUNT(bad); i++) {
		if (bs_target_parse(bs_str_c(bad[i]), room, &target) != BS_INVALID)
			fail_msg("'%s' was let in", bad[i]);
	}
	assert_int_equal(bs_target_parse(bs_str_n("/a\0b", 4), room, &target), BS_INVALID);
	assert_str(target_of("/...").path, "/...");
	assert_str(target_of("/.well-known/x..y").path, "/.well-known/x..y");
}

static void the_longest_target_fits_and_one_byte_more_does_not(void **state)
{
	char raw[BS_MAX_REQUEST_TARGET + 1], room[BS_MAX_REQUEST_TARGET];
	struct bs_target target;

	(void)state;
	memset(raw, 'a', sizeof(raw));
	memcpy(raw, "/a//b%20", 8);
	assert_int_equal(bs_target_parse(bs_str_n(raw, sizeof(raw) - 1), room, &target), BS_OK);
	assert_int_equal(target.path.len, sizeof(raw) - 1 - 1 - 2);
	assert_int_equal(bs_target_parse(bs_str_n(raw, sizeof(raw)), room, &target), BS_LIMIT);
}

static void a_written_target_reads_back_as_the_same(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	char room[BS_MAX_REQUEST_TARGET];
	struct bs_str path = BS_STR("/é %?#&\"/\xF0\x9F\x98\x80;x=1");
	struct bs_target target;
	struct bs_str text = bs_target_write(arena, path, BS_STR("q=a%20b&c=\"é|"));

	(void)state;
	assert_str(text, "/%C3%A9%20%25%3F%23&%22/%F0%9F%98%80;x=1?q=a%20b&c=%22%C3%A9%7C");
	assert_int_equal(bs_target_parse(text, room, &target), BS_OK);
	assert_true(bs_str_eq(target.path, path));
	assert_str(bs_target_write(arena, BS_STR("/x"), BS_STR("")), "/x");
	bs_arena_free(&arena);
}

static void a_forms_fields_are_found_and_decoded(void **state)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_str form = BS_STR("a=1&q=caf%C3%A9+au+lait&q=second&b&c=&n%61me=v&=x&bad=%zz&nul=%00&utf=%C3");
	struct bs_str value;

	(void)state;
	assert_int_equal(bs_form_get(arena, form, BS_STR("q"), &value), BS_OK);
	assert_str(value, "café au lait");
	assert_int_equal(bs_form_get(arena, form, BS_STR("name"), &value), BS_OK);
	assert_str(value, "v");
	assert_int_equal(bs_form_get(arena, form, BS_STR("b"), &value), BS_OK);
	assert_str(value, "");
	assert_int_equal(bs_form_get(arena, form, BS_STR("c"), &value), BS_OK);
	assert_str(value, "");
	assert_int_equal(bs_form_get(arena, form, BS_STR("d"), &value), BS_NOT_FOUND);
	assert_int_equal(bs_form_get(arena, BS_STR(""), BS_STR("d"), &value), BS_NOT_FOUND);
	assert_int_equal(bs_form_get(arena, form, BS_STR("bad"), &value), BS_INVALID);
	assert_int_equal(bs_form_get(arena, form, BS_STR("nul"), &value), BS_INVALID);
	assert_int_equal(bs_form_get(arena, form, BS_STR("utf"), &value), BS_INVALID);
	bs_arena_free(&arena);
}

static void an_authority_is_a_host_and_perhaps_a_port(void **state)
{
	static const char *const good[] = { "x", "news.example", "news.example:8080", "127.0.0.1:80", "[::1]", "[2001:db8::1]:443", "x:", "x:65535",
		                            "caf%C3%A9.example", "a_b", "xn--caf-dma.example" };
	static const char *const bad[] = { "", ":80", "a b", "<x>", "a/b", "x:99999999", "x:65536", "x:8a", "x:-1", "x:80:80", "u@x", "[::1", "::1",
		                           "[]", "[::1]x", "[g::]", "a\\b", "a?b", "a#b", "\"x\"", "x,y\tz", "caf\xC3\xA9" };

	(void)state;
	for (size_t i = 0; i < BS_COUNT(good); i++) {
		if (!bs_authority_is_good(bs_str_c(good[i])))
			fail_msg("'%s' was refused", good[i]);
	}
	for (size_t i = 0; i < BS_COUNT(bad); i++) {
		if (bs_authority_is_good(bs_str_c(bad[i])))
			fail_msg("'%s' was taken", bad[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_authority_is_a_host_and_perhaps_a_port),
		cmocka_unit_test(ordinary_targets_are_views_of_what_came_in),
		cmocka_unit_test(escapes_are_undone_once),
		cmocka_unit_test(doubled_slashes_ask_for_a_redirect_to_the_path_without),
		cmocka_unit_test(absolute_targets_lose_their_authority),
		cmocka_unit_test(whatever_could_mean_two_things_is_refused),
		cmocka_unit_test(the_longest_target_fits_and_one_byte_more_does_not),
		cmocka_unit_test(a_written_target_reads_back_as_the_same),
		cmocka_unit_test(a_forms_fields_are_found_and_decoded),
	};

	return cmocka_run_group_tests_name("target", tests, NULL, NULL);
}
