/* test_out.c - text keeps its meaning in every place it is written to. */
#include "tests/unit/unit.h"

#include "text/out.h"

/* What fn makes of the text, in a buffer that the caller frees. */
static struct bs_buf made(void (*fn)(struct bs_buf *out, struct bs_str text), struct bs_str text)
{
	struct bs_buf out = BS_BUF(1 << 20);

	fn(&out, text);
	assert_false(out.failed);
	return out;
}

#define assert_made(fn, text, want) \
	do { \
		struct bs_buf got = made((fn), (text)); \
		assert_str(bs_buf_str(&got), (want)); \
		bs_buf_free(&got); \
	} while (0)

static void text_cannot_open_a_tag(void **state)
{
	(void)state;
	assert_made(bs_out_text, BS_STR("a < b && c > d \"x\" 'y'"), "a &lt; b &amp;&amp; c &gt; d \"x\" 'y'");
	assert_made(bs_out_text, BS_STR(""), "");
	assert_made(bs_out_text, BS_STR("ž&ж"), "ž&amp;ж");
}

static void attribute_text_cannot_leave_either_quote(void **state)
{
	(void)state;
	assert_made(bs_out_attr, BS_STR("\" onload='x' <&>"), "&quot; onload=&#39;x&#39; &lt;&amp;&gt;");
}

/* The vector scan, its tail and the byte scan must agree: try a special byte at each place of each length. */
static void every_place_of_a_special_byte_is_seen(void **state)
{
	static const char special[] = "&<>\"'";
	char text[50], want[64];

	(void)state;
	for (size_t len = 1; len < sizeof(text); len++) {
		for (size_t at = 0; at < len; at++) {
			const char *c = &special[(len + at) % 5];
			const char *reference[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };
			memset(text, '=', len);
			text[at] = *c;
			snprintf(want, sizeof(want), "%.*s%s%.*s", (int)at, text, reference[c - special], (int)(len - at - 1),
			         text + at + 1);
			assert_made(bs_out_attr, bs_str_n(text, len), want);
		}
	}
}

static void all_other_bytes_pass_html_unchanged(void **state)
{
	char text[256];
	size_t len = 0;
	struct bs_buf out;

	(void)state;
	for (int c = 0; c < 256; c++) {
		if (strchr("&<>\"'", c) == NULL || c == 0)
			text[len++] = (char)c;
	}
	out = made(bs_out_attr, bs_str_n(text, len));
	assert_true(bs_str_eq(bs_buf_str(&out), bs_str_n(text, len)));
	bs_buf_free(&out);
}

static void address_component_holds_only_unreserved_bytes(void **state)
{
	(void)state;
	assert_made(bs_out_url, BS_STR("a b/c?d=e&f#g%"), "a%20b%2Fc%3Fd%3De%26f%23g%25");
	assert_made(bs_out_url, BS_STR("AZaz09-._~"), "AZaz09-._~");
	assert_made(bs_out_url, BS_STR("é\xFF"), "%C3%A9%FF");
}

static void json_string_cannot_leave_a_script_element(void **state)
{
	(void)state;
	assert_made(bs_out_json, BS_STR("</script>&\"\\\n\t\x01"),
	            "\\u003c/script\\u003e\\u0026\\\"\\\\\\n\\u0009\\u0001");
	assert_made(bs_out_json, BS_STR("a\xE2\x80\xA8z\xE2\x80\xA9 ž 😀"), "a\\u2028z\\u2029 ž 😀");
}

static void json_replaces_bytes_that_are_not_utf8(void **state)
{
	(void)state;
	assert_made(bs_out_json, BS_STR("a\xC3(b\xF0\x9F\x98"), "a\xEF\xBF\xBD(b\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void xml_never_holds_what_xml_forbids(void **state)
{
	(void)state;
	assert_made(bs_out_xml, BS_STR("<a b='\"'>&\t\n"), "&lt;a b=&#39;&quot;&#39;&gt;&amp;\t\n");
	assert_made(bs_out_xml, BS_STR("\x01\x1F\r"), "\xEF\xBF\xBD\xEF\xBF\xBD&#13;");
	assert_made(bs_out_xml, BS_STR("\xEF\xBF\xBE|\xEF\xBF\xBF|\xEF\xBF\xBD|\xC0\xAF"),
	            "\xEF\xBF\xBD|\xEF\xBF\xBD|\xEF\xBF\xBD|\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void numbers_are_written_whole(void **state)
{
	struct bs_buf out = BS_BUF(200);

	(void)state;
	bs_out_int(&out, 0);
	bs_buf_putc(&out, ' ');
	bs_out_int(&out, INT64_MAX);
	bs_buf_putc(&out, ' ');
	bs_out_int(&out, INT64_MIN);
	assert_str(bs_buf_str(&out), "0 9223372036854775807 -9223372036854775808");
	bs_buf_free(&out);
}

static void escaping_over_the_cap_fails_and_adds_nothing_later(void **state)
{
	struct bs_buf out = BS_BUF(8);

	(void)state;
	bs_out_text(&out, BS_STR("abc<<<"));
	assert_true(out.failed);
	assert_true(out.len <= 8);
	bs_buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_cannot_open_a_tag),
		cmocka_unit_test(attribute_text_cannot_leave_either_quote),
		cmocka_unit_test(every_place_of_a_special_byte_is_seen),
		cmocka_unit_test(all_other_bytes_pass_html_unchanged),
		cmocka_unit_test(address_component_holds_only_unreserved_bytes),
		cmocka_unit_test(json_string_cannot_leave_a_script_element),
		cmocka_unit_test(json_replaces_bytes_that_are_not_utf8),
		cmocka_unit_test(xml_never_holds_what_xml_forbids),
		cmocka_unit_test(numbers_are_written_whole),
		cmocka_unit_test(escaping_over_the_cap_fails_and_adds_nothing_later),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
