/* tags.c - see tags.h. */
#include "newsroom/tags.h"

struct bs_str bs_tag(enum bs_tag_kind kind, int64_t id, char out[BS_TAG_MAX])
{
	static const struct bs_str names[] = {
		[BS_TAG_STORY] = BS_STR_INIT("story:"),   [BS_TAG_TERM] = BS_STR_INIT("term:"),
		[BS_TAG_PERSON] = BS_STR_INIT("person:"), [BS_TAG_KIND] = BS_STR_INIT("kind:"),
		[BS_TAG_MONTH] = BS_STR_INIT("month:"),   [BS_TAG_LATEST] = BS_STR_INIT("latest"),
		[BS_TAG_STORIES] = BS_STR_INIT("stories"), [BS_TAG_SITE] = BS_STR_INIT("site"),
		[BS_TAG_CORRECTIONS] = BS_STR_INIT("corrections"), [BS_TAG_HOME] = BS_STR_INIT("home"),
	};
	char *at = mempcpy(out, names[kind].ptr, names[kind].len);
	uint64_t number = id > 0 ? (uint64_t)id : 0, rest = number;
	unsigned width = 1;

	if (kind < BS_TAG_LATEST) {
		while ((rest /= 10) > 0)
			width++;
		at = bs_digits_write(at, number, width);
	}
	*at = '\0';
	return bs_str_n(out, (size_t)(at - out));
}
