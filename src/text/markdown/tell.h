/* tell.h - the nodes of parsed Markdown, told to the builder of a story one by one.
 *
 * A node is cmark's, a void pointer here. read.c walks over the tree and chooses what is told so; what is raw HTML on the whole never comes
 * here, only tags without attributes that are well nested. */
#ifndef BS_TEXT_MARKDOWN_TELL_H
#define BS_TEXT_MARKDOWN_TELL_H

#include "text/story/build.h"

struct teller {
	struct bs_arena *arena;
	struct build *build;
	struct bs_str base; /* of addresses; or empty */
	bool notes;         /* the list of notes is open */
	size_t note_number;
};

/* The node begins; true when what is in it has been told, too. */
bool tell_enter(struct teller *t, void *node);
/* It ends; not for one of which tell_enter told all. */
void tell_leave(struct teller *t, void *node);

#endif
