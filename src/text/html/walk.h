/* walk.h - the walk of a tree that makes a body of it, and what the parts of it share. Within src/text/html only. */
#ifndef BS_TEXT_HTML_WALK_H
#define BS_TEXT_HTML_WALK_H

#include "text/html.h"
#include "text/html/dom.h"
#include "text/story/build.h"

struct walk {
	struct bs_arena *arena; /* of the result */
	struct build *build;
	struct bs_str base;
	struct bs_str lang;
	unsigned pre, figures, notes; /* open elements of the kind */
	bool titles; /* the title of a picture alone in its paragraph is its caption, as in Markdown */
	bool (*is_there)(void *ctx, struct bs_str src); /* as in bs_html_options */
	void *ctx;
	/* For a whole page: what to leave out. */
	bool is_page;
	const struct node *heading; /* left out of the body; or NULL */
};

/* Walk what is below `root`. */
void walk_tree(struct walk *w, const struct node *root);

/* page.c: part of the page round a story, not of the story? */
bool is_furniture(const struct node *node);

/* byline.c: does the element mark the name of an author? Is it the line of a page that says who wrote it? Never a text or the root. The
 * first mark of an author below `root`, but in furniture, quotations and figures; or NULL. */
bool names_author(const struct node *node);
bool is_byline(const struct node *line);
const struct node *first_author(const struct node *root);

/* media.c */
void walk_image(struct walk *w, const struct node *img);
void walk_frame(struct walk *w, const struct node *frame);
/* Does it hold a picture, and nothing that a figure cannot hold? */
bool is_figure(const struct node *node);
/* Is the element not to be seen? */
bool is_hidden(const struct node *node);
/* Does the style attribute give this property this value? `value` is the beginning of it. */
bool has_style(const struct node *node, const char *property, const char *value);

/* Does a picture with this address as its link lead anywhere but to a larger copy of itself? */
bool leads_elsewhere(struct bs_str href);

/* attributes.c: canonical attributes of inline tags and of blocks */
struct bs_str tag_attrs(struct walk *w, const struct node *node, enum tag tag);
struct bs_str part_attrs(struct walk *w, const struct node *node, enum part part);
/* BCP 47 in its usual case; ptr NULL for what is none. */
struct bs_str lang_of(struct bs_arena *arena, const struct node *node);
struct bs_str dir_of(const struct node *node);
/* May this name the language of program text? */
bool is_code_language(struct bs_str name);

#endif
