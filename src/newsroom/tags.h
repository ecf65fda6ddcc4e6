/* tags.h - the names of the change feed: what a page was made from, and what a change touches. A page carries the tag
 * of everything that it read; a write touches the tag of everything that it changed; nothing else is needed to know
 * which pages are stale. */
#ifndef BS_NEWSROOM_TAGS_H
#define BS_NEWSROOM_TAGS_H

#include "base/core.h"

enum { BS_TAG_MAX = 40 }; /* bytes of the longest tag, NUL included */

enum bs_tag_kind {
	BS_TAG_STORY,    /* story:ID    what a story page or a card of it shows */
	BS_TAG_TERM,     /* term:ID     name, description and list of stories of a term */
	BS_TAG_PERSON,   /* person:ID */
	BS_TAG_KIND,     /* kind:N      list of stories of a kind */
	BS_TAG_MONTH,    /* month:N     stories of a month (202511) and its list; month:0: which months have any */
	BS_TAG_LATEST,   /* latest      the list of all stories: home, archive, main feeds */
	BS_TAG_STORIES,  /* stories     any story at all: the index of the sitemaps */
	BS_TAG_SITE,     /* site        settings, notices, vocabularies' lists: what every page's frame shows */
	BS_TAG_CORRECTIONS, /* corrections   the public log */
	BS_TAG_HOME,     /* home        what was put on the home page by hand */
};

/* Written into out, NUL-terminated; id is left out where the kind has none. */
struct bs_str bs_tag(enum bs_tag_kind kind, int64_t id, char out[BS_TAG_MAX]);

#endif
