/* target.c - request targets; see target.h. The usual path has nothing to decode and is returned as the view it came in;
 * only a path with "%" or doubled slashes is written anew, into `room`. */
#include "http/target.h"

/* Printable ASCII that RFC 3986 forbids but browsers send ("|", "{" …) stands for itself: it means one thing only. The
 * backslash doesn't, as browsers take it for a slash. */
static bool path_may_hold(unsigned char c)
{
	return c > ' ' && c != 0x7F && c != '#' && c != '?' && c != '\\';
}

static bool query_may_hold(unsigned char c)
{
	return c > ' ' && c != 0x7F && c != '#';
}

/* Needs no "%" in a path or a query: unreserved and sub-delims of RFC 3986, ":" and "@". */
static bool stands_for_itself(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("-._~!$&'()*+,;=:@/", c) != NULL);
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The byte that "%XX" at `at` stands for, or -1. */
static int escaped_byte(struct bs_str s, size_t at)
{
	int high, low;

	if (s.len - at < 3)
		return -1;
	high = hex_value(s.ptr[at + 1]);
	low = hex_value(s.ptr[at + 2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* In a name or an address of IPv4, or (`literal`) between the brackets around one of IPv6. */
static bool host_may_hold(char c, bool literal)
{
	if (literal)
		return hex_value(c) >= 0 || c == ':' || c == '.';
	return c == '%' || (c != ':' && c != '@' && c != '/' && stands_for_itself((unsigned char)c));
}

bool bs_authority_is_good(struct bs_str s)
{
	bool literal = s.len > 0 && s.ptr[0] == '[';
	size_t start = literal ? 1 : 0, at = start;
	uint32_t port = 0;

	while (at < s.len && host_may_hold(s.ptr[at], literal))
		at++;
	if (at == start || (literal && (at == s.len || s.ptr[at++] != ']')) || (at < s.len && s.ptr[at] != ':'))
		return false;
	while (++at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9' && port <= UINT16_MAX)
		port = port * 10 + (uint32_t)(s.ptr[at] - '0');
	return at >= s.len && port <= UINT16_MAX;
}

/* Take "http://authority" off. The authority is not used for anything, so it is only asked to be one: no user information.
 * Of what is left, an empty path stands for "/". */
static bool drop_authority(struct bs_str *raw)
{
	struct bs_str rest = *raw;
	size_t end = 0;

	if (rest.len >= 7 && bs_str_eq_nocase(bs_str_sub(rest, 0, 7), BS_STR("http://")))
		rest = bs_str_sub(rest, 7, SIZE_MAX);
	else if (rest.len >= 8 && bs_str_eq_nocase(bs_str_sub(rest, 0, 8), BS_STR("https://")))
		rest = bs_str_sub(rest, 8, SIZE_MAX);
	else
		return false;
	while (end < rest.len && rest.ptr[end] != '/' && rest.ptr[end] != '?')
		end++;
	if (!bs_authority_is_good(bs_str_sub(rest, 0, end)))
		return false;
	*raw = bs_str_sub(rest, end, SIZE_MAX);
	return true;
}

/* Whether a path that needs no decoding is canonical as it is: *clean is false where it has a doubled slash. */
static bool segments_are_good(struct bs_str path, bool *clean)
{
	size_t start = 1;

	*clean = true;
	for (size_t i = 1; i <= path.len; i++) {
		if (i < path.len && path.ptr[i] != '/')
			continue;
		if (i == start && i < path.len)
			*clean = false;
		if ((i - start == 1 || i - start == 2) && path.ptr[start] == '.' && path.ptr[i - 1] == '.')
			return false;
		start = i + 1;
	}
	return true;
}

/* Decode into room, writing each run of slashes once. False where a byte comes out that a path can't have. */
static bool decode_path(struct bs_str raw, char *room, struct bs_str *path)
{
	size_t len = 0;

	for (size_t i = 0; i < raw.len; i++) {
		int byte = (unsigned char)raw.ptr[i];
		if (byte == '/' && len > 0 && room[len - 1] == '/')
			continue;
		if (byte == '%') {
			byte = escaped_byte(raw, i);
			if (byte < ' ' || byte == 0x7F || byte == '/' || byte == '\\')
				return false;
			i += 2;
		}
		room[len++] = (char)byte;
	}
	*path = bs_str_n(room, len);
	return true;
}

static bool parse_path(struct bs_str raw, char *room, struct bs_target *out)
{
	bool plain = true, ascii = true, clean;

	for (size_t i = 0; i < raw.len; i++) {
		unsigned char c = (unsigned char)raw.ptr[i];
		if (!path_may_hold(c))
			return false;
		plain = plain && c != '%';
		ascii = ascii && c < 0x80;
	}
	if (!segments_are_good(raw, &clean))
		return false;
	out->path = raw;
	out->moved = !clean;
	if (plain && clean)
		return ascii || bs_str_utf8_fault(raw) == SIZE_MAX;
	return decode_path(raw, room, &out->path) && segments_are_good(out->path, &clean) &&
	       bs_str_utf8_fault(out->path) == SIZE_MAX;
}

enum bs_rc bs_target_parse(struct bs_str raw, char room[BS_MAX_REQUEST_TARGET], struct bs_target *out)
{
	bool absolute;
	size_t mark;

	*out = (struct bs_target){ 0 };
	if (raw.len > BS_MAX_REQUEST_TARGET)
		return BS_LIMIT;
	absolute = raw.len > 0 && raw.ptr[0] != '/' && drop_authority(&raw);
	mark = bs_str_find_byte(raw, '?', 0);
	if (mark != SIZE_MAX) {
		out->query = bs_str_sub(raw, mark + 1, SIZE_MAX);
		raw = bs_str_sub(raw, 0, mark);
	}
	for (size_t i = 0; i < out->query.len; i++) {
		if (!query_may_hold((unsigned char)out->query.ptr[i]))
			return BS_INVALID;
	}
	if (absolute && raw.len == 0)
		raw = BS_STR("/");
	if (raw.len == 0 || raw.ptr[0] != '/' || !parse_path(raw, room, out))
		return BS_INVALID;
	return BS_OK;
}

/* `kept` is left as it is, too. */
static void put_encoded(struct bs_buf *out, struct bs_str s, const char *kept)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (stands_for_itself(c) || (c != '\0' && strchr(kept, c) != NULL)) {
			bs_buf_putc(out, (char)c);
		} else {
			bs_buf_putc(out, '%');
			bs_buf_putc(out, digits[c >> 4]);
			bs_buf_putc(out, digits[c & 15]);
		}
	}
}

struct bs_str bs_target_write(struct bs_arena *arena, struct bs_str path, struct bs_str query)
{
	struct bs_buf out = BS_BUF(3 * (path.len + query.len) + 1);
	struct bs_str text;

	put_encoded(&out, path, "");
	if (query.len > 0) {
		bs_buf_putc(&out, '?');
		put_encoded(&out, query, "%?");
	}
	text = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return text;
}

size_t bs_form_decode(struct bs_str s, char *out)
{
	size_t len = 0;

	for (size_t i = 0; i < s.len; i++) {
		int byte = s.ptr[i] == '+' ? ' ' : (unsigned char)s.ptr[i];
		if (byte == '%') {
			byte = escaped_byte(s, i);
			if (byte < 0)
				return SIZE_MAX;
			i += 2;
		}
		out[len++] = (char)byte;
	}
	return len;
}

static bool field_is(struct bs_arena *arena, struct bs_str written, struct bs_str name)
{
	char *room;
	size_t len;

	if (bs_str_find_byte(written, '%', 0) == SIZE_MAX && bs_str_find_byte(written, '+', 0) == SIZE_MAX)
		return bs_str_eq(written, name);
	if (written.len > 3 * name.len)
		return false;
	room = bs_arena_alloc(arena, written.len);
	len = bs_form_decode(written, room);
	return len != SIZE_MAX && bs_str_eq(bs_str_n(room, len), name);
}

enum bs_rc bs_form_get(struct bs_arena *arena, struct bs_str form, struct bs_str name, struct bs_str *out)
{
	struct bs_str field, key;
	char *room;
	size_t len;

	*out = (struct bs_str){ 0 };
	while (bs_str_split(&form, '&', &field)) {
		struct bs_str value = field;
		if (!bs_str_split(&value, '=', &key) || !field_is(arena, key, name))
			continue;
		room = bs_arena_alloc(arena, value.len + 1);
		len = bs_form_decode(value, room);
		if (len == SIZE_MAX || bs_str_utf8_fault(bs_str_n(room, len)) != SIZE_MAX)
			return BS_INVALID;
		*out = bs_str_n(room, len);
		return BS_OK;
	}
	return BS_NOT_FOUND;
}
