/* address.c - see address.h. */
#include "text/address.h"

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

bool bs_url_is_web(struct bs_str url)
{
	struct bs_str rest = behind(url, BS_STR("https://"));

	if (rest.len == 0)
		rest = behind(url, BS_STR("http://"));
	return rest.len > 0 && strchr("/?#:", rest.ptr[0]) == NULL;
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
