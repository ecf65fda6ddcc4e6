/* url.c - addresses in a story; see url.h. */
#include "text/story/url.h"

#include "base/limits.h"
#include "text/story/chars.h"

struct url {
	struct bs_str scheme; /* lower case, without ':'; ptr NULL: relative */
	struct bs_str host;   /* with port and user; ptr NULL: none */
	struct bs_str path;
	struct bs_str query;    /* with '?', or empty */
	struct bs_str fragment; /* with '#', or empty */
};

static bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_scheme_char(char c)
{
	return is_alpha(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

/* Without controls and spaces at the ends and without tabs and line breaks anywhere: browsers drop them before they
 * look for a scheme. */
static struct bs_str strip(struct bs_arena *arena, struct bs_str raw)
{
	char *copy;
	size_t len = 0;

	while (raw.len > 0 && (uint8_t)raw.ptr[0] <= ' ')
		raw = bs_str_sub(raw, 1, SIZE_MAX);
	while (raw.len > 0 && (uint8_t)raw.ptr[raw.len - 1] <= ' ')
		raw.len--;
	copy = bs_arena_alloc(arena, raw.len + 1);
	for (size_t i = 0; i < raw.len; i++) {
		char c = raw.ptr[i];
		if (c != '\t' && c != '\n' && c != '\r')
			copy[len++] = c;
	}
	return bs_str_n(copy, len);
}

/* Take "scheme:" off the front. */
static void take_scheme(struct bs_arena *arena, struct bs_str *rest, struct url *url)
{
	size_t len = 0;
	char *lower;

	if (rest->len == 0 || !is_alpha(rest->ptr[0]))
		return;
	while (len < rest->len && is_scheme_char(rest->ptr[len]))
		len++;
	if (len == rest->len || rest->ptr[len] != ':')
		return;
	lower = bs_arena_alloc(arena, len + 1);
	for (size_t i = 0; i < len; i++)
		lower[i] = (char)(rest->ptr[i] >= 'A' && rest->ptr[i] <= 'Z' ? rest->ptr[i] + 32 : rest->ptr[i]);
	url->scheme = bs_str_n(lower, len);
	*rest = bs_str_sub(*rest, len + 1, SIZE_MAX);
}

static struct bs_str take_from(struct bs_str *rest, char mark)
{
	size_t at = bs_str_find_byte(*rest, mark, 0);
	struct bs_str tail = bs_str_sub(*rest, at == SIZE_MAX ? rest->len : at, SIZE_MAX);

	rest->len -= tail.len;
	return tail;
}

static bool is_web(struct bs_str scheme)
{
	return bs_str_eq(scheme, BS_STR("http")) || bs_str_eq(scheme, BS_STR("https"));
}

static bool is_slash(struct bs_str s, size_t at)
{
	return at < s.len && (s.ptr[at] == '/' || s.ptr[at] == '\\');
}

/* Take the host off the front of what follows the scheme. Browsers take any number of slashes, of either kind, as "//" behind
 * http: and https:. */
static void take_host(struct bs_str *rest, struct url *url)
{
	size_t at = 0;

	if (url->scheme.ptr == NULL && !(is_slash(*rest, 0) && is_slash(*rest, 1)))
		return;
	while (is_slash(*rest, at))
		at++;
	*rest = bs_str_sub(*rest, at, SIZE_MAX);
	for (at = 0; at < rest->len && !is_slash(*rest, at); at++)
		;
	url->host = bs_str_sub(*rest, 0, at);
	*rest = bs_str_sub(*rest, at, SIZE_MAX);
}

static struct url split(struct bs_arena *arena, struct bs_str s)
{
	struct url url = { 0 };

	take_scheme(arena, &s, &url);
	if (url.scheme.ptr != NULL && !is_web(url.scheme)) {
		url.path = s;
		return url;
	}
	url.fragment = take_from(&s, '#');
	url.query = take_from(&s, '?');
	take_host(&s, &url);
	url.path = s;
	return url;
}

/* Printable ASCII that no text around an address gives a meaning of its own. */
static bool is_safe(uint8_t c)
{
	switch (c) {
	case '"':
	case '<':
	case '>':
	case '[':
	case '\\':
	case ']':
	case '^':
	case '`':
	case '{':
	case '|':
	case '}': return false;
	default: return c > ' ' && c < 0x7F;
	}
}

static void put_encoded(struct bs_buf *out, struct bs_str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (is_safe((uint8_t)s.ptr[i]))
			continue;
		bs_buf_put(out, bs_str_n(s.ptr + from, i - from));
		bs_buf_printf(out, "%%%02X", (unsigned)(uint8_t)s.ptr[i]);
		from = i + 1;
	}
	if (from < s.len)
		bs_buf_put(out, bs_str_n(s.ptr + from, s.len - from));
}

/* Hosts may be in any script; what cannot stand in one makes the address useless. */
static bool put_host(struct bs_buf *out, struct bs_str host)
{
	struct bs_buf lower = BS_BUF(BS_MAX_URL);
	bool good = host.len > 0;

	for (size_t at = 0; at < host.len && good;) {
		size_t start = at;
		uint32_t c = bs_str_utf8_next(host, &at);
		good = c >= 0x80 ? char_class_of(c) == CHAR_TEXT : is_safe((uint8_t)c) || c == '[' || c == ']';
		if (c >= 'A' && c <= 'Z')
			bs_buf_putc(&lower, (char)(c + 32));
		else
			bs_buf_put(&lower, bs_str_n(host.ptr + start, at - start));
	}
	chars_compose(out, bs_buf_str(&lower));
	good = good && !lower.failed;
	bs_buf_free(&lower);
	return good;
}

/* Append a segment to the path in `out`, which begins at `start`; "." and ".." as RFC 3986, 5.2.4. */
static void put_segment(struct bs_buf *out, size_t start, struct bs_str segment, bool last)
{
	bool up = bs_str_eq(segment, BS_STR(".."));

	if (up) {
		while (out->len > start && out->data[--out->len] != '/')
			;
	}
	if (!up && !bs_str_eq(segment, BS_STR("."))) {
		bs_buf_putc(out, '/');
		put_encoded(out, segment);
	} else if (last) {
		bs_buf_putc(out, '/');
	}
}

static void put_segments(struct bs_buf *out, size_t start, struct bs_str path, bool more)
{
	if (is_slash(path, 0))
		path = bs_str_sub(path, 1, SIZE_MAX);
	for (;;) {
		size_t at = 0;
		while (at < path.len && !is_slash(path, at))
			at++;
		put_segment(out, start, bs_str_sub(path, 0, at), at == path.len && !more);
		if (at == path.len)
			return;
		path = bs_str_sub(path, at + 1, SIZE_MAX);
	}
}

/* The folder of a path: what stands before its last slash. */
static struct bs_str folder_of(struct bs_str path)
{
	while (path.len > 0 && path.ptr[path.len - 1] != '/')
		path.len--;
	if (path.len > 0)
		path.len--;
	return path;
}

static void put_path(struct bs_buf *out, const struct url *url, const struct url *base)
{
	size_t start = out->len;

	if (base == NULL || url->host.ptr != NULL || is_slash(url->path, 0)) {
		if (url->path.len > 0)
			put_segments(out, start, url->path, false);
	} else if (url->path.len == 0) {
		bs_buf_put(out, base->path);
	} else {
		if (folder_of(base->path).len > 0)
			put_segments(out, start, folder_of(base->path), true);
		put_segments(out, start, url->path, false);
	}
}

/* Does an address without a scheme begin with one that runs or shows something, once its escapes are resolved and what cannot be seen
 * is gone? No browser reads it so; whatever resolves it twice would. */
static bool hides_scheme(struct bs_arena *arena, struct bs_str path)
{
	static const struct bs_str schemes[] = { BS_STR_INIT("javascript:"), BS_STR_INIT("vbscript:"), BS_STR_INIT("data:") };
	char *bytes, *seen;
	struct bs_str text;
	size_t len = 0, count = 0;

	if (bs_str_find_byte(path, ':', 0) == SIZE_MAX && bs_str_find_byte(path, '%', 0) == SIZE_MAX)
		return false;
	bytes = bs_arena_alloc(arena, path.len + 1);
	seen = bs_arena_alloc(arena, path.len + 1);
	for (size_t i = 0; i < path.len; i++, len++) {
		uint8_t byte = (uint8_t)path.ptr[i];
		if (byte == '%' && bs_hex_decode(bs_str_sub(path, i + 1, 2), &byte, 1) == BS_OK)
			i += 2;
		bytes[len] = (char)byte;
	}
	text = chars_valid(arena, bs_str_n(bytes, len));
	for (size_t at = 0; at < text.len;) {
		uint32_t c = bs_str_utf8_next(text, &at);
		if (c > ' ' && c != 0xFFFD && char_class_of(c) == CHAR_TEXT)
			seen[count++] = (char)(c < 0x80 ? c : 0x7F);
	}
	for (size_t i = 0; i < BS_COUNT(schemes); i++) {
		if (bs_str_eq_nocase(bs_str_sub(bs_str_n(seen, count), 0, schemes[i].len), schemes[i]))
			return true;
	}
	return false;
}

/* The path of an address that stays relative. */
static void put_relative(struct bs_buf *out, struct bs_str path)
{
	for (size_t i = 0; i < path.len; i++)
		put_encoded(out, is_slash(path, i) ? BS_STR("/") : bs_str_n(path.ptr + i, 1));
}

static void put_web(struct bs_arena *arena, struct bs_buf *out, const struct url *url, struct bs_str base_text)
{
	struct url base = split(arena, base_text);
	bool based = base.scheme.ptr != NULL && is_web(base.scheme) && base.host.len > 0;
	const struct url *from = url->host.ptr != NULL ? url : &base;

	if (url->host.ptr == NULL && !based) {
		put_relative(out, url->path);
	} else {
		bs_buf_put(out, url->scheme.ptr != NULL ? url->scheme : based ? base.scheme : BS_STR("https"));
		bs_buf_lit(out, "://");
		out->failed |= !put_host(out, from->host);
		put_path(out, url, based ? &base : NULL);
	}
	if (url->query.len > 0 || url->path.len > 0 || url->host.ptr != NULL || !based)
		put_encoded(out, url->query);
	else
		put_encoded(out, base.query);
	put_encoded(out, url->fragment);
}

/* Does the address only lead to another place of the base document? */
static bool is_within(struct bs_str url, struct bs_str base)
{
	size_t hash = bs_str_find_byte(base, '#', 0);

	base = bs_str_sub(base, 0, hash);
	return base.len > 0 && bs_str_starts(url, base) && url.len > base.len && url.ptr[base.len] == '#';
}

static bool put_url(struct bs_arena *arena, struct bs_buf *out, struct bs_str s, struct bs_str base, enum url_use use)
{
	struct url url = split(arena, s);

	if (url.scheme.ptr == NULL && url.host.ptr == NULL && hides_scheme(arena, url.path))
		return false;
	if (url.scheme.ptr == NULL || is_web(url.scheme)) {
		put_web(arena, out, &url, base);
		return true;
	}
	if (use == URL_LINK ? !bs_str_eq(url.scheme, BS_STR("mailto")) && !bs_str_eq(url.scheme, BS_STR("tel"))
	                    : use != URL_IMAGE || !bs_str_eq(url.scheme, BS_STR("media")))
		return false;
	if (bs_str_trim(url.path).len == 0)
		return false;
	bs_buf_put(out, url.scheme);
	bs_buf_putc(out, ':');
	put_encoded(out, bs_str_trim(url.path));
	return true;
}

struct bs_str url_clean(struct bs_arena *arena, struct bs_str raw, struct bs_str base, enum url_use use)
{
	struct bs_buf out = BS_BUF(BS_MAX_URL);
	struct bs_str s, result = { 0 };

	if (raw.len > 4 * BS_MAX_URL)
		return result;
	s = strip(arena, raw);
	if (s.len == 0 || bs_str_eq(s, BS_STR("#")))
		return result;
	if (s.ptr[0] == '#') {
		if (use == URL_LINK)
			put_encoded(&out, s);
	} else if (put_url(arena, &out, s, base, use) && use == URL_LINK && is_within(bs_buf_str(&out), base)) {
		size_t hash = bs_str_find_byte(bs_buf_str(&out), '#', 0);
		memmove(out.data, out.data + hash, out.len - hash);
		out.len -= hash;
	}
	if (!out.failed && out.len > 0 && !bs_str_eq(bs_buf_str(&out), BS_STR("#")))
		result = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return result;
}

struct bs_str url_host(struct bs_str url)
{
	struct bs_str host;
	size_t at = bs_str_find(url, BS_STR("://"), 0);

	if (at == SIZE_MAX || !is_web(bs_str_sub(url, 0, at)))
		return (struct bs_str){ 0 };
	host = bs_str_sub(url, at + 3, SIZE_MAX);
	for (at = 0; at < host.len && !strchr("/?#", host.ptr[at]); at++)
		;
	host.len = at;
	return bs_str_starts(host, BS_STR("www.")) ? bs_str_sub(host, 4, SIZE_MAX) : host;
}
