#include "tests/unit/unit.h"

#include "newsroom/picture.h"

#define BYTES(literal) bs_str_n(literal, sizeof(literal) - 1)

static void assert_measured(struct bs_str bytes, const char *mime, int width, int height)
{
	struct bs_picture picture = { 0 };
	struct bs_err err = { 0 };

	assert_ok(bs_picture_measure(bytes, &picture, &err), &err);
	assert_string_equal(picture.mime, mime);
	assert_int_equal(picture.width, width);
	assert_int_equal(picture.height, height);
}

static void pictures_are_told_and_measured_by_their_first_bytes(void **state)
{
	(void)state;
	assert_measured(BYTES("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x06\x40\0\0\x04\x2B"), "image/png", 1600, 1067);
	assert_measured(BYTES("GIF89a\x10\0\x08\0\0\0\0"), "image/gif", 16, 8);
	assert_measured(BYTES("\xFF\xD8\xFF\xE0\0\x04\0\0\xFF\xC0\0\x11\x08\x01\x00\x02\x00\x03"), "image/jpeg", 512, 256);
	assert_measured(BYTES("RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\x3F\x06\0\x2A\x04\0"), "image/webp", 1600, 1067);
}

static void a_jpeg_that_exif_turns_is_measured_as_it_is_shown(void **state)
{
	(void)state;
	assert_measured(BYTES("\xFF\xD8\xFF\xE1\0\x22" "Exif\0\0" "MM\0\x2A\0\0\0\x08" "\0\x01" "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"
	                      "\0\0\0\0" "\xFF\xC0\0\x11\x08\x01\x00\x02\x00\x03"), "image/jpeg", 256, 512);
}

static void anything_else_is_refused_with_what_to_use(void **state)
{
	struct bs_picture picture;
	struct bs_err err = { 0 };

	(void)state;
	assert_int_equal(bs_picture_measure(BYTES("<svg xmlns='http://www.w3.org/2000/svg'/>"), &picture, &err), BS_INVALID);
	assert_non_null(strstr(err.text, "use JPEG, PNG, WebP, AVIF or GIF"));
	assert_int_equal(bs_picture_measure(BYTES("\xFF\xD8\xFF\xE0\0\x04"), &picture, &err), BS_INVALID);
	assert_non_null(strstr(err.text, "damaged or cut jpeg"));
	assert_int_equal(bs_picture_measure(BYTES(""), &picture, &err), BS_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_are_told_and_measured_by_their_first_bytes),
		cmocka_unit_test(a_jpeg_that_exif_turns_is_measured_as_it_is_shown),
		cmocka_unit_test(anything_else_is_refused_with_what_to_use),
	};

	return cmocka_run_group_tests_name("newsroom-picture", tests, NULL, NULL);
}
