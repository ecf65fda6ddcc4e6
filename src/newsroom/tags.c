/* tags.c - see tags.h. */
#include "newsroom/tags.h"

#include <inttypes.h>
#include <stdio.h>

struct bs_str bs_tag(enum bs_tag_kind kind, int64_t id, char out[BS_TAG_MAX])
{
	static const char *const names[] = {
		[BS_TAG_STORY] = "story",   [BS_TAG_TERM] = "term", [BS_TAG_PERSON] = "person",
		[BS_TAG_KIND] = "kind",     [BS_TAG_LATEST] = "latest", [BS_TAG_SITE] = "site",
		[BS_TAG_CORRECTIONS] = "corrections",
	};
	int len = kind >= BS_TAG_LATEST ? snprintf(out, BS_TAG_MAX, "%s", names[kind])
	                                : snprintf(out, BS_TAG_MAX, "%s:%" PRId64, names[kind], id);

	return bs_str_n(out, (size_t)len);
}
