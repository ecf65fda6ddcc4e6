/* out.c - escaping by context; see out.h.
 *
 * All work alike: find the run of bytes that may stay, copy it in one piece, write what stands for the byte behind it.
 * HTML is what pages are made of, so its runs are found 16 bytes at a time where the machine can (SSE2, part of every
 * x86-64). */
#include "text/out.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static const char HEX_UPPER[] = "0123456789ABCDEF";
static const char HEX_LOWER[] = "0123456789abcdef";
#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

static inline bool html_special(char c, bool quotes)
{
	return c == '&' || c == '<' || c == '>' || (quotes && (c == '"' || c == '\''));
}

#ifdef __SSE2__
/* A bit for each of 16 bytes that HTML cannot hold as it is. '<' and '>' differ in one bit, '&' and '\'' in another. */
static inline unsigned html_mask(const char *at, bool quotes)
{
	__m128i bytes, angle, special;

	memcpy(&bytes, at, sizeof(bytes));
	angle = _mm_cmpeq_epi8(_mm_or_si128(bytes, _mm_set1_epi8(2)), _mm_set1_epi8('>'));
	if (quotes)
		special = _mm_or_si128(_mm_cmpeq_epi8(_mm_or_si128(bytes, _mm_set1_epi8(1)), _mm_set1_epi8('\'')),
		                       _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
	else
		special = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('&'));
	return (unsigned)_mm_movemask_epi8(_mm_or_si128(angle, special));
}
#endif

/* How many bytes from the start may stay. */
static inline size_t html_clean(const char *text, size_t len, bool quotes)
{
	size_t at = 0;

#ifdef __SSE2__
	for (; len - at >= 16; at += 16) {
		unsigned mask = html_mask(text + at, quotes);
		if (mask != 0)
			return at + (size_t)__builtin_ctz(mask);
	}
#endif
	while (at < len && !html_special(text[at], quotes))
		at++;
	return at;
}

static struct bs_str html_reference(char c)
{
	switch (c) {
	case '&':
		return BS_STR("&amp;");
	case '<':
		return BS_STR("&lt;");
	case '>':
		return BS_STR("&gt;");
	case '"':
		return BS_STR("&quot;");
	default:
		return BS_STR("&#39;");
	}
}

static inline void html_escape(struct bs_buf *out, struct bs_str text, bool quotes)
{
	for (;;) {
		size_t clean = html_clean(text.ptr, text.len, quotes);
		bs_buf_put(out, bs_str_n(text.ptr, clean));
		if (clean == text.len)
			return;
		bs_buf_put(out, html_reference(text.ptr[clean]));
		text.ptr += clean + 1;
		text.len -= clean + 1;
	}
}

void bs_out_text(struct bs_buf *out, struct bs_str text)
{
	html_escape(out, text, false);
}

void bs_out_attr(struct bs_buf *out, struct bs_str text)
{
	html_escape(out, text, true);
}

static bool url_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
	       c == '_' || c == '~';
}

void bs_out_url(struct bs_buf *out, struct bs_str component)
{
	for (size_t at = 0; at < component.len; at++) {
		unsigned char c = (unsigned char)component.ptr[at];
		if (url_unreserved((char)c)) {
			bs_buf_putc(out, (char)c);
			continue;
		}
		bs_buf_put(out, bs_str_n((char[]){ '%', HEX_UPPER[c >> 4], HEX_UPPER[c & 15] }, 3));
	}
}

/* Bytes of the well-formed UTF-8 sequence that starts with this byte >= 0x80, or 0 when it is none. */
static size_t sequence(const char *at, size_t len)
{
	unsigned char lead = (unsigned char)*at;
	size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

	return need <= len && bs_str_utf8_fault(bs_str_n(at, need)) == SIZE_MAX ? need : 0;
}

static bool json_clean(unsigned char c)
{
	return c >= 0x20 && c < 0x80 && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
}

static void json_escape(struct bs_buf *out, unsigned char c)
{
	switch (c) {
	case '"':
		bs_buf_lit(out, "\\\"");
		break;
	case '\\':
		bs_buf_lit(out, "\\\\");
		break;
	case '\n':
		bs_buf_lit(out, "\\n");
		break;
	default:
		bs_buf_put(out, bs_str_n((char[]){ '\\', 'u', '0', '0', HEX_LOWER[c >> 4], HEX_LOWER[c & 15] }, 6));
	}
}

/* Write one sequence of bytes >= 0x80; returns how many of the text's bytes that were. */
static size_t json_wide(struct bs_buf *out, const char *at, size_t len)
{
	size_t wide = sequence(at, len);

	if (wide == 0) {
		bs_buf_lit(out, REPLACEMENT);
		return 1;
	}
	if (wide == 3 && memcmp(at, "\xE2\x80\xA8", 3) == 0)
		bs_buf_lit(out, "\\u2028");
	else if (wide == 3 && memcmp(at, "\xE2\x80\xA9", 3) == 0)
		bs_buf_lit(out, "\\u2029");
	else
		bs_buf_put(out, bs_str_n(at, wide));
	return wide;
}

void bs_out_json(struct bs_buf *out, struct bs_str text)
{
	size_t at = 0;

	while (at < text.len) {
		size_t start = at;
		while (at < text.len && json_clean((unsigned char)text.ptr[at]))
			at++;
		bs_buf_put(out, bs_str_n(text.ptr + start, at - start));
		if (at == text.len)
			return;
		if ((unsigned char)text.ptr[at] >= 0x80)
			at += json_wide(out, text.ptr + at, text.len - at);
		else
			json_escape(out, (unsigned char)text.ptr[at++]);
	}
}

/* Write one sequence of bytes >= 0x80; returns how many of the text's bytes that were. */
static size_t xml_wide(struct bs_buf *out, const char *at, size_t len)
{
	size_t wide = sequence(at, len);

	/* U+FFFE and U+FFFF are no XML characters; every other sequence of well-formed UTF-8 is one. */
	if (wide == 0 || (wide == 3 && memcmp(at, "\xEF\xBF", 2) == 0 && (unsigned char)at[2] >= 0xBE)) {
		bs_buf_lit(out, REPLACEMENT);
		return wide > 0 ? wide : 1;
	}
	bs_buf_put(out, bs_str_n(at, wide));
	return wide;
}

void bs_out_xml(struct bs_buf *out, struct bs_str text)
{
	size_t at = 0;

	while (at < text.len) {
		unsigned char c = (unsigned char)text.ptr[at];
		if (c >= 0x80) {
			at += xml_wide(out, text.ptr + at, text.len - at);
			continue;
		}
		if (html_special((char)c, true))
			bs_buf_put(out, html_reference((char)c));
		else if (c >= 0x20 || c == '\t' || c == '\n')
			bs_buf_putc(out, (char)c);
		else if (c == '\r')
			bs_buf_lit(out, "&#13;");
		else
			bs_buf_lit(out, REPLACEMENT);
		at++;
	}
}

void bs_out_raw(struct bs_buf *out, struct bs_str bytes)
{
	bs_buf_put(out, bytes);
}

void bs_out_int(struct bs_buf *out, int64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0)
		digits[--at] = '-';
	bs_buf_put(out, bs_str_n(digits + at, sizeof(digits) - at));
}
