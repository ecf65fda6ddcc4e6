/* picture.c - sizes of pictures from their headers; see picture.h. Every read is bounded by `take`: beyond the end it
 * gives zero and the length checks that follow refuse the file. */
#include "newsroom/picture.h"

#include "base/limits.h"

enum { MAX_SIDE = 65535 };

static uint32_t be(struct bs_str s, size_t at, size_t bytes)
{
	uint32_t value = 0;

	for (size_t i = 0; i < bytes; i++)
		value = value << 8 | (at + i < s.len ? (uint8_t)s.ptr[at + i] : 0u);
	return value;
}

static uint32_t le(struct bs_str s, size_t at, size_t bytes)
{
	uint32_t value = 0;

	for (size_t i = bytes; i-- > 0;)
		value = value << 8 | (at + i < s.len ? (uint8_t)s.ptr[at + i] : 0u);
	return value;
}

static bool is_at(struct bs_str s, size_t at, struct bs_str mark)
{
	return bs_str_eq(bs_str_sub(s, at, mark.len), mark);
}

/* Exif orientation 5 … 8 turns the picture by a quarter. `tiff` starts at the byte-order mark. */
static bool exif_turns(struct bs_str tiff)
{
	bool little = is_at(tiff, 0, BS_STR("II"));
	uint32_t (*number)(struct bs_str, size_t, size_t) = little ? le : be;
	uint32_t ifd = number(tiff, 4, 4), count;

	if (!little && !is_at(tiff, 0, BS_STR("MM")))
		return false;
	count = number(tiff, ifd, 2);
	for (uint32_t i = 0; i < count && i < 512; i++) {
		size_t entry = (size_t)ifd + 2 + (size_t)i * 12;
		if (number(tiff, entry, 2) == 0x0112)
			return number(tiff, entry + 8, 2) >= 5 && number(tiff, entry + 8, 2) <= 8;
	}
	return false;
}

static void jpeg_size(struct bs_str s, struct bs_picture *out)
{
	bool turned = false;
	size_t at = 2;

	while (at + 4 <= s.len && (uint8_t)s.ptr[at] == 0xFF) {
		uint32_t marker = be(s, at + 1, 1), len = be(s, at + 2, 2);
		bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
		if (marker == 0xFF || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
			at += marker == 0xFF ? 1 : 2;
			continue;
		}
		if (marker == 0xE1 && is_at(s, at + 4, BS_STR("Exif\0\0")))
			turned = exif_turns(bs_str_sub(s, at + 10, len));
		if (frame) {
			out->height = (int)be(s, at + (turned ? 7 : 5), 2);
			out->width = (int)be(s, at + (turned ? 5 : 7), 2);
			return;
		}
		if (len < 2 || marker == 0xDA)
			return;
		at += 2 + (size_t)len;
	}
}

static void webp_size(struct bs_str s, struct bs_picture *out)
{
	if (is_at(s, 12, BS_STR("VP8X"))) {
		out->width = (int)le(s, 24, 3) + 1;
		out->height = (int)le(s, 27, 3) + 1;
	} else if (is_at(s, 12, BS_STR("VP8L")) && s.len >= 25) {
		uint32_t bits = le(s, 21, 4);
		out->width = (int)(bits & 0x3FFF) + 1;
		out->height = (int)(bits >> 14 & 0x3FFF) + 1;
	} else if (is_at(s, 12, BS_STR("VP8 ")) && is_at(s, 23, BS_STR("\x9D\x01\x2A"))) {
		out->width = (int)(le(s, 26, 2) & 0x3FFF);
		out->height = (int)(le(s, 28, 2) & 0x3FFF);
	}
}

/* The size stands in an `ispe` property; the largest one is the picture's own, smaller ones are tiles or thumbnails. */
static void avif_size(struct bs_str s, struct bs_picture *out)
{
	struct bs_str head = bs_str_sub(s, 0, 64 * 1024);

	for (size_t at = bs_str_find(head, BS_STR("ispe"), 0); at != SIZE_MAX;
	     at = bs_str_find(head, BS_STR("ispe"), at + 4)) {
		uint32_t width = be(head, at + 8, 4), height = be(head, at + 12, 4);
		if (width <= MAX_SIDE && height <= MAX_SIDE && (int)width > out->width) {
			out->width = (int)width;
			out->height = (int)height;
		}
	}
}

/* PNG: chunks of a length each, to the one called IEND. */
static bool png_ends(struct bs_str s)
{
	for (size_t at = 8; at + 12 <= s.len; at += 12 + (size_t)be(s, at, 4)) {
		if (is_at(s, at + 4, BS_STR("IEND")))
			return true;
	}
	return false;
}

/* JPEG: the mark of the end behind that of the first scan; a small picture within Exif has marks of its own before them. */
static bool jpeg_ends(struct bs_str s)
{
	size_t at = 2;

	while (at + 4 <= s.len && (uint8_t)s.ptr[at] == 0xFF && be(s, at + 1, 1) != 0xDA)
		at += be(s, at + 1, 1) == 0xFF ? 1 : 2 + (size_t)be(s, at + 2, 2);
	return bs_str_find(s, BS_STR("\xFF\xD9"), at) != SIZE_MAX;
}

enum bs_rc bs_picture_check_whole(struct bs_str bytes, struct bs_err *err)
{
	bool cut = false;

	if (is_at(bytes, 0, BS_STR("\x89PNG")))
		cut = !png_ends(bytes);
	else if (is_at(bytes, 0, BS_STR("\xFF\xD8\xFF")))
		cut = !jpeg_ends(bytes);
	else if (is_at(bytes, 0, BS_STR("GIF8")))
		cut = bs_str_find_byte(bytes, ';', 13) == SIZE_MAX;
	else if (is_at(bytes, 0, BS_STR("RIFF")))
		cut = bytes.len < 8 || bytes.len - 8 < le(bytes, 4, 4);
	return cut ? bs_fail(err, BS_INVALID, "the picture is cut: its end is missing") : BS_OK;
}

static bool measure(struct bs_str s, struct bs_picture *out)
{
	if (is_at(s, 0, BS_STR("\xFF\xD8\xFF"))) {
		*out = (struct bs_picture){ .mime = "image/jpeg", .extension = "jpg" };
		jpeg_size(s, out);
	} else if (is_at(s, 0, BS_STR("\x89PNG\r\n\x1A\n")) && is_at(s, 12, BS_STR("IHDR"))) {
		*out = (struct bs_picture){ .mime = "image/png", .extension = "png" };
		out->width = (int)(be(s, 16, 4) & 0x7FFFFFFF);
		out->height = (int)(be(s, 20, 4) & 0x7FFFFFFF);
	} else if (is_at(s, 0, BS_STR("GIF87a")) || is_at(s, 0, BS_STR("GIF89a"))) {
		*out = (struct bs_picture){ .mime = "image/gif", .extension = "gif" };
		out->width = (int)le(s, 6, 2);
		out->height = (int)le(s, 8, 2);
	} else if (is_at(s, 0, BS_STR("RIFF")) && is_at(s, 8, BS_STR("WEBP"))) {
		*out = (struct bs_picture){ .mime = "image/webp", .extension = "webp" };
		webp_size(s, out);
	} else if (is_at(s, 4, BS_STR("ftypavif")) || is_at(s, 4, BS_STR("ftypavis"))) {
		*out = (struct bs_picture){ .mime = "image/avif", .extension = "avif" };
		avif_size(s, out);
	} else {
		return false;
	}
	return true;
}

enum bs_rc bs_picture_measure(struct bs_str bytes, struct bs_picture *out, struct bs_err *err)
{
	struct bs_picture picture;

	if (!measure(bytes, &picture))
		return bs_fail(err, BS_INVALID, "not a picture that can be published; use JPEG, PNG, WebP, AVIF or GIF");
	if (picture.width < 1 || picture.height < 1 || picture.width > MAX_SIDE || picture.height > MAX_SIDE)
		return bs_fail(err, BS_INVALID, "a damaged or cut %s file: it does not say how large the picture is",
		               picture.mime + sizeof("image/") - 1);
	if ((int64_t)picture.width * picture.height > BS_MAX_PIXELS)
		return bs_fail(err, BS_LIMIT, "a picture of %d × %d pixels; at most %d million are taken", picture.width, picture.height,
		               BS_MAX_PIXELS / 1000000);
	*out = picture;
	return BS_OK;
}

/* --- renditions ----------------------------------------------------------------------------------------------------------- */

size_t bs_picture_widths(int width, int out[BS_PICTURE_WIDTHS])
{
	static const int ladder[BS_PICTURE_WIDTHS] = { 320, 480, 640, 768, 960, 1280, BS_PICTURE_WIDEST };
	size_t count = 0;

	while (count < BS_PICTURE_WIDTHS - 1 && ladder[count] < width) {
		out[count] = ladder[count];
		count++;
	}
	out[count++] = width < BS_PICTURE_WIDEST ? width : BS_PICTURE_WIDEST;
	return count;
}

int bs_picture_usual_width(int width)
{
	return width < 960 ? width : 960;
}
