/* out.c - escaping by context; see out.h.
 *
 * All work alike: find the run of bytes that may stay (clean.h), copy it in one piece, write what stands for the byte
 * behind it. */
#include "text/out.h"

#include "text/clean.h"

static const char HEX_UPPER[] = "0123456789ABCDEF";
static const char HEX_LOWER[] = "0123456789abcdef";
#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

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

static inline void html_escape(struct bs_buf *out, struct bs_str text, enum bs_clean_place place)
{
	for (;;) {
		size_t clean = bs_clean_run(text, place);
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
	html_escape(out, text, BS_CLEAN_TEXT);
}

void bs_out_attr(struct bs_buf *out, struct bs_str text)
{
	html_escape(out, text, BS_CLEAN_ATTR);
}

static bool url_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
	       c == '_' || c == '~';
}

void bs_out_url(struct bs_buf *out, struct bs_str component)
{
	size_t done = 0;

	for (size_t at = 0; at < component.len; at++) {
		unsigned char c = (unsigned char)component.ptr[at];
		if (url_unreserved((char)c))
			continue;
		bs_buf_put(out, bs_str_n(component.ptr + done, at - done));
		bs_buf_put(out, bs_str_n((char[]){ '%', HEX_UPPER[c >> 4], HEX_UPPER[c & 15] }, 3));
		done = at + 1;
	}
	bs_buf_put(out, bs_str_sub(component, done, SIZE_MAX));
}

/* Bytes of the well-formed UTF-8 sequence that starts with this byte >= 0x80, or 0 when it is none. */
static size_t sequence(const char *at, size_t len)
{
	unsigned char lead = (unsigned char)*at;
	size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

	return need <= len && bs_str_utf8_fault(bs_str_n(at, need)) == SIZE_MAX ? need : 0;
}

static size_t ascii_run(struct bs_str text, size_t at)
{
	uint64_t word;

	for (; text.len - at >= sizeof(word); at += sizeof(word)) {
		memcpy(&word, text.ptr + at, sizeof(word));
		if ((word & UINT64_C(0x8080808080808080)) != 0)
			break;
	}
	while (at < text.len && (unsigned char)text.ptr[at] < 0x80)
		at++;
	return at;
}

/* Two characters of three bytes, the last of which differs in its lowest bit, and what is written for them. */
struct forbidden {
	char bytes[4];
	struct bs_str instead[2];
};

/* Write a run that only bytes >= 0x80 may spoil: those that are not UTF-8 become U+FFFD. */
static void put_wide(struct bs_buf *out, struct bs_str run, const struct forbidden *two)
{
	size_t done = 0, at = 0;

	while ((at = ascii_run(run, at)) < run.len) {
		const char *c = run.ptr + at;
		size_t wide = sequence(c, run.len - at);
		bool forbidden = wide == 3 && c[0] == two->bytes[0] && c[1] == two->bytes[1] && (c[2] | 1) == two->bytes[2];
		if (wide > 0 && !forbidden) {
			at += wide;
			continue;
		}
		bs_buf_put(out, bs_str_n(run.ptr + done, at - done));
		bs_buf_put(out, forbidden ? two->instead[c[2] & 1] : BS_STR(REPLACEMENT));
		at += wide > 0 ? wide : 1;
		done = at;
	}
	bs_buf_put(out, bs_str_n(run.ptr + done, run.len - done));
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

void bs_out_json(struct bs_buf *out, struct bs_str text)
{
	/* Line ends to JavaScript: U+2028 and U+2029 are E2 80 A8 and A9. */
	static const struct forbidden lines = { "\xE2\x80\xA9", { BS_STR_INIT("\\u2028"), BS_STR_INIT("\\u2029") } };

	for (;;) {
		size_t clean = bs_clean_run(text, BS_CLEAN_HTML_JSON);
		put_wide(out, bs_str_n(text.ptr, clean), &lines);
		if (clean == text.len)
			return;
		json_escape(out, (unsigned char)text.ptr[clean]);
		text = bs_str_sub(text, clean + 1, SIZE_MAX);
	}
}

static void xml_escape(struct bs_buf *out, char c)
{
	if (c == '\t' || c == '\n')
		bs_buf_putc(out, c);
	else if (c == '\r')
		bs_buf_lit(out, "&#13;");
	else if ((unsigned char)c < 0x20)
		bs_buf_lit(out, REPLACEMENT);
	else
		bs_buf_put(out, html_reference(c));
}

void bs_out_xml(struct bs_buf *out, struct bs_str text)
{
	/* U+FFFE and U+FFFF are no XML characters; every other sequence of well-formed UTF-8 is one. EF BF BE and BF. */
	static const struct forbidden none = { "\xEF\xBF\xBF", { BS_STR_INIT(REPLACEMENT), BS_STR_INIT(REPLACEMENT) } };

	for (;;) {
		size_t clean = bs_clean_run(text, BS_CLEAN_XML);
		put_wide(out, bs_str_n(text.ptr, clean), &none);
		if (clean == text.len)
			return;
		xml_escape(out, text.ptr[clean]);
		text = bs_str_sub(text, clean + 1, SIZE_MAX);
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
