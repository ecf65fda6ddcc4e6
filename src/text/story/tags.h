/* tags.h - the vocabulary of a story: the inline tags of markup and the elements of a path, one table each.
 * Constant data; safe from any thread. */
#ifndef BS_TEXT_STORY_TAGS_H
#define BS_TEXT_STORY_TAGS_H

#include "base/mem.h"

enum tag { /* in the order of their names, for the search */
	TAG_A,
	TAG_ABBR,
	TAG_BDI,
	TAG_BDO,
	TAG_BR,
	TAG_CITE,
	TAG_CODE,
	TAG_DEL,
	TAG_DFN,
	TAG_EM,
	TAG_INS,
	TAG_KBD,
	TAG_MARK,
	TAG_Q,
	TAG_RT,
	TAG_RUBY,
	TAG_S,
	TAG_SAMP,
	TAG_SMALL,
	TAG_SPAN,
	TAG_STRONG,
	TAG_SUB,
	TAG_SUP,
	TAG_TIME,
	TAG_U,
	TAG_VAR,
	TAG_COUNT,
	TAG_NONE = TAG_COUNT
};

struct bs_str tag_name(enum tag tag);
/* TAG_NONE for a name that is none of them. */
enum tag tag_of(struct bs_str name);
/* Neighbours that say the same are one: <em>a</em><em>b</em>. */
bool tag_merges(enum tag tag);
/* Means nothing within itself: <em><em>a</em></em>. */
bool tag_is_flat(enum tag tag);

enum part { /* the elements of a path */
	PART_P,
	PART_H2,
	PART_H3,
	PART_H4,
	PART_H5,
	PART_H6,
	PART_PRE,
	PART_HR,
	PART_BLOCKQUOTE,
	PART_ASIDE,
	PART_DETAILS,
	PART_SUMMARY,
	PART_UL,
	PART_OL,
	PART_LI,
	PART_DL,
	PART_DT,
	PART_DD,
	PART_TABLE,
	PART_CAPTION,
	PART_TR,
	PART_TH,
	PART_TD,
	PART_FIGURE,
	PART_IMG,
	PART_FIGCAPTION,
	PART_CREDIT,
	PART_FOOTNOTES,
	PART_NOTICE, /* a notice of the newsroom, which stands elsewhere */
	PART_DIV, /* never in a path: what it wraps begins and ends a paragraph */
	PART_COUNT,
	PART_NONE = PART_COUNT
};

struct bs_str part_name(enum part part);
/* PART_NONE for a name that is none of them, and for "div". */
enum part part_of(struct bs_str name);
/* Holds blocks. An item (li, dd, td, th) holds text of its own as well. */
bool part_is_container(enum part part);
bool part_is_item(enum part part);
/* Holds text, and all of it in one passage: dt, summary, caption, figcaption, credit. */
bool part_is_single(enum part part);
/* Holds items only: ul, ol, dl, table, tr. */
bool part_is_frame(enum part part);

/* One name of a path: "li", or "li+" with *fresh set. False at the end. */
bool path_next(struct bs_str *path, enum part *part, bool *fresh);
enum { PATH_DEPTH = 24 }; /* names in a path, at most */

#endif
