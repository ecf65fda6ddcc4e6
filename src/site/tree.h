/* tree.h - building JSON of what a story has: what is empty is left out, times are RFC 3339 in UTC. */
#ifndef BS_SITE_TREE_H
#define BS_SITE_TREE_H

#include "base/sys.h"
#include "text/json.h"

static inline void bs_tree_text(struct bs_json *to, const char *name, struct bs_str text)
{
	if (text.len > 0)
		bs_json_add_string(to, bs_str_c(name), text);
}

/* The text lives in the arena. */
static inline void bs_tree_time(struct bs_arena *arena, struct bs_json *to, const char *name, int64_t time)
{
	char iso[BS_TIME_ISO_MAX];

	if (time != 0)
		bs_json_add_string(to, bs_str_c(name), bs_arena_copy(arena, bs_time_iso(time, iso)));
}

#endif
