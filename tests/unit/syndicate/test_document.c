/* test_document.c - what a file is, told from its bytes. */
#include "tests/unit/unit.h"

#include "base/limits.h"
#include "syndicate/import/read/document.h"

struct fixture {
	struct bs_arena *arena;
	struct bs_remarks remarks;
	struct bs_err err;
	struct bs_document doc;
};

#include "tests/unit/syndicate/reading.h"

static enum bs_rc read_as(struct fixture *f, struct bs_str bytes, enum bs_format wanted)
{
	return bs_document_read(bytes, wanted, &f->doc, &f->remarks, &f->err);
}

static void the_format_is_told_from_the_content(void **state)
{
	static const struct {
		const char *text;
		enum bs_format format;
	} texts[] = {
		{ "---\ntitle: A\n---\nText\n", BS_FORMAT_MARKDOWN },
		{ "\n\n---\ntitle: A\n---\n<p>Text</p>\n", BS_FORMAT_MARKDOWN },
		{ "+++\ntitle = 'A'\n+++\nText\n", BS_FORMAT_MARKDOWN },
		{ "{\n\"title\": \"A\"\n}\nText\n", BS_FORMAT_MARKDOWN },
		{ "# A title\n\nText with <b>tags</b>.\n", BS_FORMAT_MARKDOWN },
		{ "<!DOCTYPE html>\n<title>A</title><p>Text", BS_FORMAT_HTML },
		{ "\n<!-- saved -->\n<html><body><p>Text</p></body></html>", BS_FORMAT_HTML },
		{ "<?xml version=\"1.0\"?>\n<html xmlns=\"x\"><head><title>A</title></head></html>", BS_FORMAT_HTML },
		{ "<article><h1>A</h1><p>Text</p></article>", BS_FORMAT_HTML },
		{ "<h1>A</h1>\n<p>Text</p>\n<p>More</p>", BS_FORMAT_HTML },
		{ "A title\n\nBy Mara Lindqvist\n\nThe Courier, November 14, 2025\n\nText.\n", BS_FORMAT_PRINTED },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < BS_COUNT(texts); i++) {
		assert_ok(read_as(f, bs_str_c(texts[i].text), BS_FORMAT_AUTO), &f->err);
		if (f->doc.format != texts[i].format)
			fail_msg("%s is taken for %s", texts[i].text, bs_format_name(f->doc.format));
	}
	assert_ok(read_as(f, BS_STR("<p>x</p>"), BS_FORMAT_PRINTED), &f->err);
	assert_int_equal(f->doc.format, BS_FORMAT_PRINTED);
}

static void front_matter_is_parted_from_the_body_with_its_lines(void **state)
{
	struct fixture *f = *state;

	assert_ok(read_as(f, BS_STR("\xEF\xBB\xBF---\r\ntitle: A\r\n---  \r\n\r\nText\r\n---\r\n"), BS_FORMAT_AUTO),
	          &f->err);
	assert_str(f->doc.front, "title: A\r\n");
	assert_int_equal(f->doc.front_line, 2);
	assert_str(f->doc.body, "\r\nText\r\n---\r\n");
	assert_int_equal(f->doc.body_line, 4);
	assert_ok(read_as(f, BS_STR("\n\n+++\na = 1\n+++"), BS_FORMAT_AUTO), &f->err);
	assert_str(f->doc.front, "a = 1\n");
	assert_int_equal(f->doc.front_line, 4);
	assert_str(f->doc.body, "");
	assert_ok(read_as(f, BS_STR("{\n\"a\": 1\n}\nText"), BS_FORMAT_AUTO), &f->err);
	assert_str(f->doc.front, "{\n\"a\": 1\n}");
	assert_int_equal(f->doc.front_line, 1);
	assert_int_equal(f->doc.body_line, 4);
	/* A rule over a paragraph is no fence. */
	assert_ok(read_as(f, BS_STR("---\nOnce there was a port.\n"), BS_FORMAT_MARKDOWN), &f->err);
	assert_int_equal(f->doc.front_kind, BS_FRONT_NONE);
}

static void a_file_that_is_no_text_is_refused_with_what_it_is(void **state)
{
	static const struct {
		struct bs_str bytes;
		const char *words;
	} files[] = {
		{ BS_STR_INIT("PK\x03\x04\x14\0\0\0"), "zip archive" },
		{ BS_STR_INIT("\x1f\x8b\x08\0"), "gzip" },
		{ BS_STR_INIT("\x89PNG\r\n\x1a\n\0"), "PNG" },
		{ BS_STR_INIT("%PDF-1.7\n"), "PDF" },
		{ BS_STR_INIT("{\\rtf1 hello}"), "RTF" },
		{ BS_STR_INIT("\xff\xfe"
		              "a\0b\0"),
		  "UTF-16" },
		{ BS_STR_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "office" },
		{ BS_STR_INIT("a\0b"), "NUL" },
		{ BS_STR_INIT(" \n\n\t\n"), "empty" },
		{ BS_STR_INIT(""), "empty" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < BS_COUNT(files); i++) {
		if (read_as(f, files[i].bytes, BS_FORMAT_AUTO) != BS_INVALID ||
		    strstr(f->err.text, files[i].words) == NULL)
			fail_msg("%s: %s", files[i].words, f->err.text);
	}
	/* Letters are letters where the rest is text. */
	assert_ok(read_as(f, BS_STR("# RIFF\n\nRIFF is a reef.\n"), BS_FORMAT_AUTO), &f->err);
}

static void invalid_utf8_is_refused_with_line_and_byte(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(read_as(f,
	                         BS_STR("---\ntitle: A\n---\nGr\xFC\xDF"
	                                "e\n"),
	                         BS_FORMAT_AUTO),
	                 BS_INVALID);
	assert_int_equal(f->remarks.line, 4);
	assert_int_equal(f->remarks.byte, 3);
	assert_non_null(strstr(f->err.text, "0xFC is not UTF-8"));
}

static void too_much_is_refused_by_size(void **state)
{
	struct fixture *f = *state;
	char *big = bs_alloc(BS_MAX_DOCUMENT + 1);

	memset(big, 'a', BS_MAX_DOCUMENT + 1);
	assert_int_equal(read_as(f, bs_str_n(big, BS_MAX_DOCUMENT + 1), BS_FORMAT_AUTO), BS_LIMIT);
	free(big);
}

static void front_matter_that_never_ends_is_refused_at_its_beginning(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(read_as(f, BS_STR("\n---\ntitle: A\n\nText\n"), BS_FORMAT_AUTO), BS_INVALID);
	assert_int_equal(f->remarks.line, 2);
	assert_non_null(strstr(f->err.text, "never ends"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_format_is_told_from_the_content, setup, teardown),
		cmocka_unit_test_setup_teardown(front_matter_is_parted_from_the_body_with_its_lines, setup, teardown),
		cmocka_unit_test_setup_teardown(a_file_that_is_no_text_is_refused_with_what_it_is, setup, teardown),
		cmocka_unit_test_setup_teardown(invalid_utf8_is_refused_with_line_and_byte, setup, teardown),
		cmocka_unit_test_setup_teardown(too_much_is_refused_by_size, setup, teardown),
		cmocka_unit_test_setup_teardown(front_matter_that_never_ends_is_refused_at_its_beginning, setup,
		                                teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
