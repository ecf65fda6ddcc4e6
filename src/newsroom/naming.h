/* naming.h - what a name that nobody has yet is called in addresses, and whose name it is when it is only spelt otherwise.
 *
 * Names that differ in capitals, spaces and marks of punctuation alone are one; whoever goes by another name keeps it, and its slug: the
 * new name gets one with a number. Text is borrowed, results lie in the arena. Safe from any thread, each with its own bs_db. */
#ifndef BS_NEWSROOM_NAMING_H
#define BS_NEWSROOM_NAMING_H

#include "base/mem.h"
#include "lang/lang.h"
#include "store/db.h"

struct bs_naming {
	struct bs_str vocabulary; /* "region", "tag" …; empty for people */
	const struct bs_lang *lang;
	struct bs_str name;   /* plain */
	struct bs_str made;   /* the slug that it makes; empty when nothing of it can stand in one */
	struct bs_str folded; /* what is compared of it */
};
struct bs_naming bs_naming_of(struct bs_arena *arena, struct bs_str vocabulary, const struct bs_lang *lang, struct bs_str name);

/* *fits: whether who has the slug goes by this name, or was given a slug that is not made of its own name and says this one; true where
 * nobody has it. */
enum bs_rc bs_naming_fits(struct bs_arena *arena, struct bs_db *db, const struct bs_naming *naming, struct bs_str slug, bool *fits,
                          struct bs_err *err) BS_CHECK;

/* The slug of who goes by the name, else one that is free or a former one of theirs. `fallback` when nothing can be made of the name.
 *   BS_LIMIT  a thousand have slugs like it */
enum bs_rc bs_naming_slug(struct bs_arena *arena, struct bs_db *db, const struct bs_naming *naming, struct bs_str fallback,
                          struct bs_str *slug, struct bs_err *err) BS_CHECK;

#endif
