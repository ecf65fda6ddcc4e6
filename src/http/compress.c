/* compress.c - gzip and brotli of a finished body; see internal.h. Qualities are those where a page of 20 KB takes well
 * under a millisecond: a body is compressed by the thread that serves the first client who wants it so. */
#include "http/internal.h"

#include <brotli/encode.h>
#include <stdlib.h>
#include <zlib.h>

enum { GZIP_LEVEL = 6, GZIP_WINDOW = 15 + 16, GZIP_MEMORY = 8, BROTLI_QUALITY = 5, SMALLEST = 512 };

bool bs_worth_compressing(struct bs_str body, struct bs_str type)
{
	static const struct bs_str inside[] = { BS_STR_INIT("json"), BS_STR_INIT("xml"), BS_STR_INIT("javascript") };

	if (body.len < SMALLEST || body.len > BS_MAX_PAGE)
		return false;
	for (size_t i = 0; i < BS_COUNT(inside); i++) {
		if (bs_str_find(type, inside[i], 0) != SIZE_MAX)
			return true;
	}
	return bs_str_starts(type, BS_STR("text/"));
}

static size_t gzip(struct bs_str plain, uint8_t *out, size_t room)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)plain.ptr, .avail_in = (uInt)plain.len, .next_out = out, .avail_out = (uInt)room };
	size_t len = 0;

	if (deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
		return 0;
	if (deflate(&z, Z_FINISH) == Z_STREAM_END)
		len = z.total_out;
	deflateEnd(&z);
	return len;
}

static size_t brotli(struct bs_str plain, uint8_t *out, size_t room)
{
	size_t len = room;

	if (!BrotliEncoderCompress(BROTLI_QUALITY, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, plain.len, (const uint8_t *)plain.ptr,
	                           &len, out))
		return 0;
	return len;
}

struct bs_str bs_compress(struct bs_str plain, enum bs_coding coding)
{
	size_t room = plain.len - plain.len / 20, len;
	uint8_t *out;

	out = bs_alloc(room);
	len = coding == BS_CODING_GZIP ? gzip(plain, out, room) : brotli(plain, out, room);
	if (len == 0) {
		free(out);
		return (struct bs_str){ 0 };
	}
	return bs_str_n(bs_realloc(out, len), len);
}
