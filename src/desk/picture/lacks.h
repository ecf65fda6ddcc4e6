/* lacks.h - the pictures of a story, and what each lacks of what a picture must have: words for those who do not see it, a credit and a
 * licence. The list before publishing (flow/check.h), the faults of the form (use.h) and the library's cards all ask here.
 *
 * A lead says all of it in the story itself. A picture of the text has its words and its credit there, where readers see them; its licence
 * stands in the library alone. Pure; everything lives in the arena. */
#ifndef BS_DESK_LACKS_H
#define BS_DESK_LACKS_H

#include "desk/picture/library.h"
#include "newsroom/draft.h"

enum { BS_LACKS_ALT = 1, BS_LACKS_CREDIT = 2, BS_LACKS_LICENCE = 4 };

struct bs_pictured {
	size_t number;         /* in the text, from 1; 0: the lead */
	int64_t media_id;      /* in the library; 0: it is elsewhere */
	struct bs_str src;     /* of a picture of the text: "media:12", or an address */
	struct bs_str alt;     /* markup */
	struct bs_str caption; /* plain; where there is none, the words */
	unsigned lacks;        /* by what the story says of it */
};

/* Those of a draft, the lead first. */
void bs_pictures_of(struct bs_arena *arena, const struct bs_draft *draft, struct bs_pictured **out, size_t *count);
/* Those of a text alone. */
void bs_pictures_in(struct bs_arena *arena, const struct bs_body *body, struct bs_pictured **out, size_t *count);

/* Of what the library says of one. */
unsigned bs_library_lacks(const struct bs_library_picture *picture);

#endif
