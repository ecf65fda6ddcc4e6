/* build.h - blocks in the making: what the readers of HTML and Markdown tell, in document order, becomes a body in
 * canonical form (body.h).
 *
 * A reader opens and closes elements and inline tags as it meets them and hands over text and pictures. Whatever does not
 * fit (a cell outside of a row, text straight in a list, a paragraph in a caption) is brought into a shape that does; a
 * reader need not know what may stand where. Nothing here recurses.
 *
 * Errors are sticky and come out at build_finish. Everything lives in the arena. Not safe from two threads at once. */
#ifndef BS_TEXT_STORY_BUILD_H
#define BS_TEXT_STORY_BUILD_H

#include "text/body.h"
#include "text/story/phrasing.h"

struct element {
	enum part part;
	struct bs_str attrs; /* of this element, as in a block's attrs, without lang and dir */
	struct bs_str lang;  /* or empty */
	struct bs_str dir;   /* or empty */
};

struct build;

/* `lang` is that of the text around, which need not be said; or empty. */
struct build *build_new(struct bs_arena *arena, struct bs_str lang);
void build_open(struct build *b, const struct element *element);
/* The innermost element that is open. */
void build_close(struct build *b);
/* attrs: canonical, each with a space before it, in the arena. */
void build_tag(struct build *b, enum tag tag, struct bs_str attrs);
void build_untag(struct build *b);
/* UTF-8; faults become U+FFFD. */
void build_text(struct build *b, struct bs_str text);
void build_line_break(struct build *b);
/* `id` as in build_id, of the rule. */
void build_rule(struct build *b, struct bs_str id);
/* A notice of the newsroom stands here, unless it is in a footnote; slug is valid, `id` that of the notice. */
void build_notice(struct build *b, struct bs_str slug, struct bs_str id);
/* image->attrs has src, width, height, href; its part does not matter. */
void build_image(struct build *b, const struct element *image, struct bs_str alt);
/* A picture whose address `src`, as it stands, is none that a page can have: its alternative text stands in its place. */
void build_lost_image(struct build *b, struct bs_str src, struct bs_str alt);
/* The place here has this id in the document. */
void build_id(struct build *b, struct bs_str id);
/* The body, with its links; b is of no use after it. BS_LIMIT as html.h says. */
enum bs_rc build_finish(struct build *b, struct bs_body *out, struct bs_err *err) BS_CHECK;
/* A limit was met; what else comes is ignored. */
bool build_has_failed(const struct build *b);

/* The blocks as one passage, a space between them; pictures and rules left out. */
enum bs_rc body_join(struct bs_arena *arena, const struct bs_body *body, struct bs_str *out, struct bs_err *err) BS_CHECK;

/* Within the builder: a growing list of blocks, and the ids that lead to them. */
struct block_list {
	struct bs_block *items;
	size_t count, room;
};

struct place_id { /* an id of the document */
	struct bs_str id; /* as the document has it */
	bool in_notes;
	size_t block; /* index into body or notes; may be past the end */
};

/* Make ids and links within the text work, or go: only ids that a link leads to are kept, under a name that no script or page
 * uses; notes stand in the order in which the text refers to them. Puts the notes behind the body. */
void notes_settle(struct bs_arena *arena, struct block_list *body, struct block_list *notes, const struct place_id *ids,
                  size_t id_count);
void block_list_add(struct bs_arena *arena, struct block_list *list, struct bs_block block);

#endif
