/* png.c - see png.h. */
#include "site/machine/icon/png.h"

#include <stdlib.h>
#include <zlib.h>

static void put_u32(struct bs_buf *out, uint32_t n)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		bs_buf_putc(out, (char)(n >> shift & 0xFF));
}

static void put_chunk(struct bs_buf *out, const char *type, struct bs_str data)
{
	uLong crc = crc32(0, (const Bytef *)type, 4);

	put_u32(out, (uint32_t)data.len);
	bs_buf_put(out, bs_str_n(type, 4));
	bs_buf_put(out, data);
	put_u32(out, (uint32_t)crc32(crc, (const Bytef *)data.ptr, (uInt)data.len));
}

static void put_pixels(struct bs_buf *out, const struct bs_raster *raster)
{
	size_t row = (size_t)raster->size * 3, len = (row + 1) * (size_t)raster->size;
	Bytef *plain = bs_alloc(len), *packed;
	uLongf packed_len = compressBound(len);

	/* Each row begins with its filter: none. */
	for (size_t y = 0; y < (size_t)raster->size; y++)
		memcpy(plain + y * (row + 1) + 1, raster->pixels + y * row, row);
	packed = bs_alloc(packed_len);
	/* Cannot fail: there is room, and memory that is not there ends the process. */
	if (compress2(packed, &packed_len, plain, len, Z_DEFAULT_COMPRESSION) == Z_OK)
		put_chunk(out, "IDAT", bs_str_n((const char *)packed, packed_len));
	free(plain);
	free(packed);
}

void bs_png_write(struct bs_buf *out, const struct bs_raster *raster)
{
	struct bs_buf head = BS_BUF(16);

	bs_buf_lit(out, "\x89PNG\r\n\x1a\n");
	put_u32(&head, (uint32_t)raster->size);
	put_u32(&head, (uint32_t)raster->size);
	bs_buf_put(&head, bs_str_n("\x08\x02\0\0\0", 5)); /* 8 bits, RGB, deflate, the usual filters, not interlaced */
	put_chunk(out, "IHDR", bs_buf_str(&head));
	put_pixels(out, raster);
	put_chunk(out, "IEND", BS_STR(""));
	bs_buf_free(&head);
}

/* --- ICO --------------------------------------------------------------------------------------------------------------------- */

enum { DIRECTORY = 6, ENTRY = 16, ICONS_MAX = 8 };

static void put_le(struct bs_buf *out, uint32_t n, int bytes)
{
	for (int i = 0; i < bytes; i++)
		bs_buf_putc(out, (char)(n >> (8 * i) & 0xFF));
}

void bs_ico_write(struct bs_buf *out, const struct bs_raster *rasters, size_t count)
{
	struct bs_buf files[ICONS_MAX];
	size_t at = DIRECTORY + count * ENTRY;

	put_le(out, 0, 2);
	put_le(out, 1, 2); /* icons, no cursors */
	put_le(out, (uint32_t)count, 2);
	for (size_t i = 0; i < count; i++) {
		files[i] = BS_BUF(4 * 1024 * 1024);
		bs_png_write(&files[i], &rasters[i]);
		put_le(out, (uint32_t)rasters[i].size & 0xFF, 1); /* 256 is 0 */
		put_le(out, (uint32_t)rasters[i].size & 0xFF, 1);
		put_le(out, 0, 2); /* no palette */
		put_le(out, 1, 2); /* planes */
		put_le(out, 24, 2);
		put_le(out, (uint32_t)files[i].len, 4);
		put_le(out, (uint32_t)at, 4);
		at += files[i].len;
	}
	for (size_t i = 0; i < count; i++) {
		bs_buf_put(out, bs_buf_str(&files[i]));
		bs_buf_free(&files[i]);
	}
}
