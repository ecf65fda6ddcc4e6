/* address.c - see address.h. */
#include "text/address.h"

#include <ctype.h>
#include <string.h>

#include "base/limits.h"

static bool has_space(struct bs_str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if ((unsigned char)s.ptr[i] <= ' ' || s.ptr[i] == 0x7F)
			return true;
	}
	return false;
}

/* What follows the scheme; empty when it is another, or the text is no address at all. */
static struct bs_str behind(struct bs_str url, struct bs_str scheme)
{
	if (url.len > BS_MAX_URL || has_space(url) || !bs_str_eq_nocase(bs_str_sub(url, 0, scheme.len), scheme))
		return (struct bs_str){ 0 };
	return bs_str_sub(url, scheme.len, SIZE_MAX);
}

/* What follows http:// or https://: host, path and the rest. */
static struct bs_str from_host(struct bs_str url)
{
	struct bs_str rest = behind(url, BS_STR("https://"));

	return rest.len > 0 ? rest : behind(url, BS_STR("http://"));
}

/* The first byte of any of these; the length of the text when there is none. */
static size_t first_of(struct bs_str s, const char *bytes)
{
	size_t at = 0;

	while (at < s.len && (s.ptr[at] == '\0' || strchr(bytes, s.ptr[at]) == NULL))
		at++;
	return at;
}

bool bs_url_is_web(struct bs_str url)
{
	struct bs_str rest = from_host(url), host = bs_str_sub(rest, 0, first_of(rest, "/?#"));

	return host.len > 0 && host.ptr[0] != ':' && first_of(host, "\"<>\\^`{|}") == host.len;
}

static bool begins_escape(struct bs_str s)
{
	return s.len > 2 && isxdigit((unsigned char)s.ptr[1]) && isxdigit((unsigned char)s.ptr[2]);
}

struct bs_str bs_url_tidy(struct bs_arena *arena, struct bs_str url)
{
	struct bs_str rest = from_host(url);
	size_t done = url.len - rest.len + first_of(rest, "/?#"), at;
	struct bs_buf buf = BS_BUF(3 * BS_MAX_URL);
	struct bs_str made;

	if (!bs_url_is_web(url))
		return url;
	bs_buf_put(&buf, bs_str_sub(url, 0, done));
	while ((at = done + first_of(bs_str_sub(url, done, SIZE_MAX), "\"<>\\^`{|}[]%")) < url.len) {
		bool kept = url.ptr[at] == '%' && begins_escape(bs_str_sub(url, at, SIZE_MAX));
		bs_buf_put(&buf, bs_str_sub(url, done, at + kept - done));
		if (!kept)
			bs_buf_printf(&buf, "%%%02X", (unsigned)url.ptr[at]);
		done = at + 1;
	}
	bs_buf_put(&buf, bs_str_sub(url, done, SIZE_MAX));
	made = buf.len > url.len ? bs_arena_copy(arena, bs_buf_str(&buf)) : url;
	bs_buf_free(&buf);
	return made;
}

bool bs_url_is_mail(struct bs_str url)
{
	return behind(url, BS_STR("mailto:")).len > 0;
}

bool bs_email_is_valid(struct bs_str s)
{
	size_t at = bs_str_find_byte(s, '@', 0);

	return at != SIZE_MAX && at > 0 && at + 1 < s.len && bs_str_find_byte(s, '@', at + 1) == SIZE_MAX &&
	       !has_space(s) && s.len <= 254 && bs_str_find_byte(s, '<', 0) == SIZE_MAX &&
	       bs_str_find_byte(s, '>', 0) == SIZE_MAX;
}
