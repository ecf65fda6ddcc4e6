/* charset.c - pages in another encoding than UTF-8; see charset.h. */
#include "syndicate/import/read/charset.h"

#include <errno.h>
#include <iconv.h>

#include "base/limits.h"

enum { HEAD = 1024, LABEL = 40 }; /* where browsers look for a declaration; and how long its word may be */

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static bool is_of_label(char c)
{
	return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == ':';
}

/* Where `word`, in small letters, is found in either case; SIZE_MAX. */
static size_t find_nocase(struct bs_str s, struct bs_str word)
{
	for (size_t at = 0; at + word.len <= s.len; at++) {
		if (bs_str_eq_nocase(bs_str_sub(s, at, word.len), word))
			return at;
	}
	return SIZE_MAX;
}

/* The word behind `charset =` of a tag. */
static struct bs_str label_in(struct bs_str tag)
{
	const struct bs_str name = BS_STR("charset");
	size_t at = find_nocase(tag, name), len = 0;
	struct bs_str rest;

	if (at == SIZE_MAX)
		return (struct bs_str){ 0 };
	rest = bs_str_trim(bs_str_sub(tag, at + name.len, SIZE_MAX));
	if (!bs_str_starts(rest, BS_STR("=")))
		return (struct bs_str){ 0 };
	rest = bs_str_trim(bs_str_sub(rest, 1, SIZE_MAX));
	if (rest.len > 0 && (rest.ptr[0] == '"' || rest.ptr[0] == '\''))
		rest = bs_str_trim(bs_str_sub(rest, 1, SIZE_MAX));
	while (len < rest.len && is_of_label(rest.ptr[len]))
		len++;
	return len <= LABEL ? bs_str_sub(rest, 0, len) : (struct bs_str){ 0 };
}

struct bs_str bs_charset_declared(struct bs_str page)
{
	const struct bs_str meta = BS_STR("<meta");
	struct bs_str head = bs_str_sub(page, 0, HEAD), label = { 0 };

	for (size_t at = find_nocase(head, meta); at != SIZE_MAX && label.len == 0; at = find_nocase(head, meta)) {
		head = bs_str_sub(head, at + meta.len, SIZE_MAX);
		label = label_in(bs_str_sub(head, 0, bs_str_find_byte(head, '>', 0)));
	}
	return bs_str_eq_nocase(bs_str_sub(label, 0, 3), BS_STR("utf")) ? (struct bs_str){ 0 } : label;
}

/* What the web calls ISO 8859-1 or ASCII is windows-1252: https://encoding.spec.whatwg.org/#names-and-labels */
static struct bs_str meant(struct bs_str charset)
{
	static const struct bs_str names[] = { BS_STR_INIT("iso-8859-1"), BS_STR_INIT("iso8859-1"), BS_STR_INIT("iso_8859-1"),
		                               BS_STR_INIT("latin1"),     BS_STR_INIT("l1"),        BS_STR_INIT("us-ascii"),
		                               BS_STR_INIT("ascii"),      BS_STR_INIT("x-cp1252") };

	for (size_t i = 0; i < BS_COUNT(names); i++) {
		if (bs_str_eq_nocase(charset, names[i]))
			return BS_STR("windows-1252");
	}
	return charset;
}

/* Convert piece by piece; *fault is SIZE_MAX while all is well. */
static void convert(iconv_t cd, struct bs_str page, struct bs_buf *out, size_t *fault)
{
	char *in = (char *)page.ptr; /* iconv reads it only */
	size_t left = page.len, done;

	*fault = SIZE_MAX;
	do {
		char piece[4096], *to = piece;
		size_t room = sizeof(piece);

		done = iconv(cd, left > 0 ? &in : NULL, &left, &to, &room);
		bs_buf_put(out, bs_str_n(piece, sizeof(piece) - room));
		if (done == (size_t)-1 && errno != E2BIG)
			*fault = page.len - left;
	} while (*fault == SIZE_MAX && !out->failed && (done == (size_t)-1 || left > 0));
}

enum bs_rc bs_charset_convert(struct bs_arena *arena, struct bs_str page, struct bs_str charset, struct bs_str *out, size_t *fault)
{
	iconv_t cd = iconv_open("UTF-8", bs_arena_copy(arena, meant(charset)).ptr);
	struct bs_buf text = BS_BUF(BS_MAX_DOCUMENT);
	enum bs_rc rc;

	*fault = 0;
	if (cd == (iconv_t)-1)
		return BS_NOT_FOUND;
	convert(cd, page, &text, fault);
	rc = *fault != SIZE_MAX ? BS_INVALID : text.failed ? BS_LIMIT : BS_OK;
	if (rc == BS_OK)
		*out = bs_arena_copy(arena, bs_buf_str(&text));
	bs_buf_free(&text);
	iconv_close(cd);
	return rc;
}
