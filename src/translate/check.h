/* check.h - what a person typed as the translation of a passage: is it one, and if not, what is wrong with it.
 *
 * The reader of HTML mends what is left open and drops what it does not know; a translator is told instead. Results live in the
 * arena. Pure; safe from any thread. */
#ifndef BS_TRANSLATE_CHECK_H
#define BS_TRANSLATE_CHECK_H

#include "lang/lang.h"

enum bs_typed_fault {
	BS_TYPED_GOOD,
	BS_TYPED_EMPTY,
	BS_TYPED_OPEN,    /* `tag` is opened and not closed */
	BS_TYPED_CLOSED,  /* `tag` is closed and was not opened, or not in this order */
	BS_TYPED_LACKS,   /* the tags and links in `tag` are in the passage and not here, or less often */
	BS_TYPED_ADDS,    /* those in `tag` are here and not in the passage */
	BS_TYPED_LONG,    /* over what a passage may have */
};

struct bs_typed {
	enum bs_typed_fault fault;
	struct bs_str tag;    /* as typed, "<em>"; of LACKS and ADDS several, with spaces between */
	struct bs_str markup; /* canonical, in `lang`; of faults from LACKS on, and of GOOD */
};

/* `source` is the passage's canonical markup. */
struct bs_typed bs_typed_check(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str source, struct bs_str typed);

/* Markup as a person is shown it to type: an ampersand between words stands for itself. What is not changed comes back as it was. */
struct bs_str bs_typed_show(struct bs_arena *arena, struct bs_str markup);

#endif
