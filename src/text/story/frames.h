/* frames.h - within the builder: the elements that are open where the document stands, a stack of frames, and the path that
 * those of containers make.
 *
 * Each container has an instance number, and the chain of containers of the last block is kept: where the next block has the
 * same name with another number, the path gets its '+'. Not safe from two threads at once. */
#ifndef BS_TEXT_STORY_FRAMES_H
#define BS_TEXT_STORY_FRAMES_H

#include "base/limits.h"
#include "text/story/build.h"

enum { FRAME_DEPTH = 2 * BS_MAX_HTML_DEPTH };

struct frame {
	enum part part;
	bool implied; /* opened here, not by the document */
	bool filled;  /* a block has been written within */
	unsigned instance;
	unsigned last_item; /* instance of a list's newest item */
	bool last_filled;   /* that item has a block */
	size_t container;   /* index + 1 of the innermost container frame, this one included; 0 none */
	struct bs_str attrs, lang, dir;
};

struct frames {
	struct bs_arena *arena; /* borrowed; holds the items */
	struct frame *items;
	size_t depth, room;        /* in use, and allocated */
	size_t containers;         /* items that are one */
	unsigned open[PART_COUNT]; /* items of each part */
	unsigned instances;
};

struct chain { /* the containers that a block stands in, the outermost first */
	struct chain_link { enum part part; unsigned instance; } items[PATH_DEPTH + 2];
	size_t count;
};

void frames_push(struct frames *f, const struct element *element, bool implied);
void frames_pop(struct frames *f);
/* Those that the document did not open itself, down to one that it did. */
void frames_pop_implied(struct frames *f);
/* Open the item that a list, table or row needs around what comes next. A list straight in a list belongs to the item before it. */
void frames_imply_items(struct frames *f, bool for_list);

/* The innermost container, or NULL. */
struct frame *frames_container(struct frames *f);
bool frames_have(const struct frames *f, enum part part);
/* The part that says what a passage here is; PART_NONE straight in a container. */
enum part frames_leaf(const struct frames *f);
/* Is there room for the part, with the items that are implied around it and within it? */
bool frames_have_room(struct frames *f, enum part part);
/* The part as which an element is opened here: a div where it would be out of place. */
enum part frames_part(struct frames *f, enum part part);
/* A div in the language that is spoken here within the innermost frame of `part`; its own is left out. */
struct element frames_element_in(const struct frames *f, enum part part);

void frames_chain(const struct frames *f, struct chain *out);
/* How many containers, from the outermost, are the same ones. */
size_t chain_shared(const struct chain *a, const struct chain *b);
/* The path of a block: `last` is the chain of the block before and shares so many; `leaf` PART_NONE when the last container is the
 * block's own element. In the arena. */
struct bs_str chain_path(struct bs_arena *arena, const struct chain *chain, const struct chain *last, size_t shared, enum part leaf);

/* All text within it is one passage. */
bool part_holds_one_passage(enum part leaf);
/* It stands in a list, table or row and nowhere else. */
bool part_is_of_frame(enum part part);

#endif
