/* phrasing.h - one passage of markup in the making.
 *
 * The reader of a document keeps the inline tags that are open where it stands (struct open_tags) and hands over pieces
 * of text; a phrasing writes the tags only when text comes that needs them. So tags that hold nothing never appear, white space
 * ends up outside of tags, equal neighbours are one, and a tag that spans several passages is closed and opened again.
 *
 * Not safe from two threads at once. */
#ifndef BS_TEXT_STORY_PHRASING_H
#define BS_TEXT_STORY_PHRASING_H

#include "text/story/tags.h"

enum { TAG_DEPTH = 24 }; /* tags within each other in one passage; those deeper are left out */

struct open_tag {
	enum tag tag;
	unsigned serial; /* two with the same serial are the same tag of the document */
	struct bs_str attrs; /* canonical, each with a space before it: ` href="…"`; lives as long as the phrasing's arena */
};

struct open_tags {
	struct open_tag items[TAG_DEPTH];
	size_t count; /* may be more than TAG_DEPTH: those have no item */
	unsigned serial;
};

void open_tags_push(struct open_tags *tags, enum tag tag, struct bs_str attrs);
void open_tags_pop(struct open_tags *tags);

struct phrasing {
	struct bs_buf markup; /* what is finished; failed when the passage is over BS_MAX_PASSAGE */
	struct bs_buf run;    /* text since the last tag, not yet composed or escaped */
	struct bs_buf gap;    /* space that waits for text behind it */
	struct bs_buf held;   /* weightless characters that do */
	struct bs_buf composed; /* scratch */
	struct open_tag open[TAG_DEPTH]; /* written and not closed */
	size_t open_count;
	unsigned breaks; /* line breaks that wait for text */
	bool white;      /* the gap holds white space */
	bool ascii;      /* the run does not need composing */
	bool pre;        /* white space means itself */
};

void phrasing_init(struct phrasing *p);
void phrasing_free(struct phrasing *p);
/* Well-formed UTF-8 without NUL. */
void phrasing_text(struct phrasing *p, const struct open_tags *tags, struct bs_str text);
/* A line break; several in a row, and those at the ends, count as one or none. */
void phrasing_break(struct phrasing *p);
/* The border of an element within the passage: a line break, where none stands already. */
void phrasing_border(struct phrasing *p);
/* Nothing that can be seen has come yet. */
bool phrasing_is_empty(const struct phrasing *p);
/* The markup, copied into the arena, and an empty phrasing again. BS_LIMIT when it was over BS_MAX_PASSAGE. */
enum bs_rc phrasing_finish(struct bs_arena *arena, struct phrasing *p, struct bs_str *out, struct bs_err *err) BS_CHECK;

/* Markup again, piece by piece, with what it opens added to `tags`; arena for its attributes and text. */
void phrasing_markup(struct bs_arena *arena, struct phrasing *p, struct open_tags *tags, struct bs_str markup);

/* Append text, and the value of an attribute in double quotes, with as few references as canonical markup has. */
void markup_put_text(struct bs_buf *out, struct bs_str text);
void markup_put_value(struct bs_buf *out, struct bs_str value);

#endif
