/* parts.h - the front matter of a story while it becomes a draft; for the files of this folder alone.
 *
 *   story_file.c  the order; language, kind, status, times, titles; the text
 *   names.c       whom and what a story names: byline, terms, where it was first published
 *   kept.c        where it stands and what is kept with it: addresses, picture, notices, corrections, what is known of links
 *
 * Each function reads its fields and puts what they say into out->draft; the first fault is kept as fields.h says. Pure. */
#ifndef BS_SYNDICATE_IMPORT_READ_STORY_FILE_PARTS_H
#define BS_SYNDICATE_IMPORT_READ_STORY_FILE_PARTS_H

#include "syndicate/import/read/front.h"
#include "syndicate/import/read/incoming.h"

struct bs_story_front {
	const struct bs_reading *reading;
	struct bs_arena *arena;
	struct bs_fields *f;
	struct bs_incoming *out;
	const struct bs_lang *lang;
};

/* --- story_file.c --- */

/* A folder of Jekyll's, which it treats in its own way. */
bool bs_front_is_in(const struct bs_story_front *s, struct bs_str folder);

/* --- names.c --- */

void bs_front_byline(struct bs_story_front *s);
/* Behind the byline: Zola keeps authors among its terms. */
void bs_front_terms(struct bs_story_front *s);
void bs_front_source(struct bs_story_front *s);

/* --- kept.c --- */

void bs_front_address(struct bs_story_front *s);
void bs_front_former_addresses(struct bs_story_front *s);
void bs_front_lead_image(struct bs_story_front *s);
void bs_front_notices(struct bs_story_front *s);
void bs_front_corrections(struct bs_story_front *s);
void bs_front_citations(struct bs_story_front *s);

#endif
