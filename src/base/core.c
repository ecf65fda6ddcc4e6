/* core.c - results, errors and string slices; see core.h. */
#include "base/core.h"

#include <stdarg.h>
#include <stdio.h>

static const char *const rc_names[] = {
	[BS_OK] = "ok",         [BS_NOT_FOUND] = "not-found", [BS_INVALID] = "invalid",
	[BS_CONFLICT] = "conflict", [BS_LIMIT] = "limit",     [BS_DENIED] = "denied",
	[BS_BUSY] = "busy",     [BS_IO] = "io",               [BS_CORRUPT] = "corrupt",
};

const char *bs_rc_name(enum bs_rc rc)
{
	return (size_t)rc < BS_COUNT(rc_names) ? rc_names[rc] : "unknown";
}

enum bs_rc bs_fail(struct bs_err *err, enum bs_rc rc, const char *fmt, ...)
{
	va_list args;

	if (err == NULL)
		return rc;
	err->rc = rc;
	va_start(args, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, args);
	va_end(args);
	return rc;
}

enum bs_rc bs_fail_at(struct bs_err *err, const char *fmt, ...)
{
	char below[sizeof(err->text)];
	va_list args;
	int used;

	if (err == NULL)
		return BS_IO;
	memcpy(below, err->text, sizeof(below));
	va_start(args, fmt);
	used = vsnprintf(err->text, sizeof(err->text), fmt, args);
	va_end(args);
	if (used >= 0 && (size_t)used < sizeof(err->text))
		snprintf(err->text + used, sizeof(err->text) - (size_t)used, ": %s", below);
	return err->rc;
}

struct bs_str bs_str_sub(struct bs_str s, size_t start, size_t len)
{
	if (start > s.len)
		start = s.len;
	if (len > s.len - start)
		len = s.len - start;
	return (struct bs_str){ s.len > 0 ? s.ptr + start : s.ptr, len };
}

int bs_str_cmp(struct bs_str a, struct bs_str b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len > 0 ? memcmp(a.ptr, b.ptr, len) : 0;

	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

static char ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool bs_str_eq_nocase(struct bs_str a, struct bs_str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		if (ascii_lower(a.ptr[i]) != ascii_lower(b.ptr[i]))
			return false;
	}
	return true;
}

enum { SHORT_NEEDLE = 8 };

/* The first byte is found many at a time; where it is everywhere, comparing so few bytes costs little. */
static const char *find_short(const char *at, size_t len, struct bs_str needle)
{
	const char *last = at + (len - needle.len);

	while (at <= last && (at = memchr(at, needle.ptr[0], (size_t)(last - at) + 1)) != NULL) {
		if (memcmp(at, needle.ptr, needle.len) == 0)
			return at;
		at++;
	}
	return NULL;
}

size_t bs_str_find(struct bs_str s, struct bs_str needle, size_t from)
{
	const char *hit;

	if (from > s.len || needle.len > s.len - from)
		return SIZE_MAX;
	if (needle.len == 0)
		return from;
	hit = needle.len <= SHORT_NEEDLE ? find_short(s.ptr + from, s.len - from, needle)
	                                 : memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
	return hit != NULL ? (size_t)(hit - s.ptr) : SIZE_MAX;
}

size_t bs_str_find_byte(struct bs_str s, char byte, size_t from)
{
	const char *hit;

	if (from >= s.len)
		return SIZE_MAX;
	hit = memchr(s.ptr + from, byte, s.len - from);
	return hit != NULL ? (size_t)(hit - s.ptr) : SIZE_MAX;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct bs_str bs_str_trim(struct bs_str s)
{
	while (s.len > 0 && is_space(s.ptr[0])) {
		s.ptr++;
		s.len--;
	}
	while (s.len > 0 && is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

bool bs_str_split(struct bs_str *rest, char sep, struct bs_str *part)
{
	size_t at;

	if (rest->ptr == NULL)
		return false;
	at = bs_str_find_byte(*rest, sep, 0);
	if (at == SIZE_MAX) {
		*part = *rest;
		*rest = (struct bs_str){ 0 };
	} else {
		*part = bs_str_sub(*rest, 0, at);
		*rest = bs_str_sub(*rest, at + 1, SIZE_MAX);
	}
	return true;
}

enum bs_rc bs_str_int(struct bs_str s, int64_t *out)
{
	bool negative = s.len > 0 && s.ptr[0] == '-';
	size_t i = s.len > 0 && (s.ptr[0] == '-' || s.ptr[0] == '+') ? 1 : 0;
	int64_t value = 0;

	if (i == s.len)
		return BS_INVALID;
	for (; i < s.len; i++) {
		int digit = s.ptr[i] - '0';
		if (digit < 0 || digit > 9)
			return BS_INVALID;
		/* Built up below zero, where INT64_MIN fits. */
		if (__builtin_mul_overflow(value, 10, &value) || __builtin_sub_overflow(value, digit, &value))
			return BS_INVALID;
	}
	if (!negative && value == INT64_MIN)
		return BS_INVALID;
	*out = negative ? value : -value;
	return BS_OK;
}

/* How long the sequence is that the lead byte begins, and the range of its second byte; 0 for no lead byte. */
static size_t utf8_shape(uint8_t lead, uint8_t *low, uint8_t *high)
{
	*low = 0x80;
	*high = 0xBF;
	if (lead < 0xC2)
		return 0;
	if (lead < 0xE0)
		return 2;
	if (lead < 0xF0) {
		if (lead == 0xE0)
			*low = 0xA0;
		if (lead == 0xED)
			*high = 0x9F;
		return 3;
	}
	if (lead == 0xF0)
		*low = 0x90;
	if (lead == 0xF4)
		*high = 0x8F;
	return lead < 0xF5 ? 4 : 0;
}

size_t bs_str_utf8_fault(struct bs_str s)
{
	const uint8_t *p = (const uint8_t *)s.ptr;
	size_t i = 0;

	while (i < s.len) {
		uint8_t low, high;
		uint64_t word;
		size_t need;
		/* Eight bytes of ASCII without NUL at a time. */
		while (s.len - i >= sizeof(word)) {
			memcpy(&word, p + i, sizeof(word));
			if (((word | (word - 0x0101010101010101U)) & 0x8080808080808080U) != 0)
				break;
			i += sizeof(word);
		}
		if (i == s.len)
			break;
		if (p[i] < 0x80) {
			if (p[i] == 0)
				return i;
			i++;
			continue;
		}
		need = utf8_shape(p[i], &low, &high);
		if (need == 0 || need > s.len - i || p[i + 1] < low || p[i + 1] > high)
			return i;
		for (size_t k = 2; k < need; k++) {
			if ((p[i + k] & 0xC0) != 0x80)
				return i;
		}
		i += need;
	}
	return SIZE_MAX;
}

uint32_t bs_str_utf8_next(struct bs_str s, size_t *at)
{
	const uint8_t *p = (const uint8_t *)s.ptr + *at;
	size_t left = s.len - *at;

	if (p[0] < 0x80 || left < 2) {
		*at += 1;
		return p[0];
	}
	if (p[0] < 0xE0 || left < 3) {
		*at += 2;
		return (uint32_t)(p[0] & 0x1F) << 6 | (uint32_t)(p[1] & 0x3F);
	}
	if (p[0] < 0xF0 || left < 4) {
		*at += 3;
		return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (uint32_t)(p[2] & 0x3F);
	}
	*at += 4;
	return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 |
	       (uint32_t)(p[3] & 0x3F);
}

struct bs_str bs_str_utf8_prefix(struct bs_str s, size_t max)
{
	if (s.len <= max)
		return s;
	while (max > 0 && ((uint8_t)s.ptr[max] & 0xC0) == 0x80)
		max--;
	return bs_str_n(s.ptr, max);
}

char *bs_digits_write(char *to, uint64_t number, unsigned width)
{
	for (unsigned at = width; at-- > 0; number /= 10)
		to[at] = (char)('0' + number % 10);
	return to + width;
}

void bs_hex_encode(const uint8_t *bytes, size_t len, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
}

static int hex_digit(char c)
{
	c = ascii_lower(c);
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

enum bs_rc bs_hex_decode(struct bs_str hex, uint8_t *out, size_t len)
{
	if (hex.len != 2 * len)
		return BS_INVALID;
	for (size_t i = 0; i < len; i++) {
		int high = hex_digit(hex.ptr[2 * i]);
		int low = hex_digit(hex.ptr[2 * i + 1]);
		if (high < 0 || low < 0)
			return BS_INVALID;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return BS_OK;
}
