/* parts.h - how the reader of printed pages is built; for the files of this folder alone.
 *
 *   lines.c    bytes → lines → blocks
 *   pages.c    lines of the paper: page numbers, running heads, a browser's headers
 *   cuts.c     paragraphs and words that the end of a page parted
 *   words.c    finding words in folded text
 *   dates.c    days as people write them
 *   heads.c    lines that stand over a story: byline, publication and day, source
 *   labels.c   lines that begin with a label
 *   furniture.c invitations, buttons and the like
 *   about.c    the line about the author
 *   shapes.c   what stands around it: notices, credits, and which shape a block has
 *   takes.c    what those say, to its field
 *   ends.c     what stands under the text
 *   printed.c  the order of things: title, head, text, end; which shape counts where
 *
 * A block has its text three times: `raw` as it stands, with its links; `plain` without links' targets and emphasis;
 * `low`, plain in lower case, byte for byte as long as plain, so that a find in one is a place in the other. */
#ifndef BS_SYNDICATE_IMPORT_PRINTED_PARTS_H
#define BS_SYNDICATE_IMPORT_PRINTED_PARTS_H

#include "syndicate/import/printed/printed.h"

enum bs_printed_shape {
	BS_PRINTED_SHAPE_TEXT,
	BS_PRINTED_SHAPE_RULE,      /* "*", "* * *", "---" */
	BS_PRINTED_SHAPE_FURNITURE, /* invitations: translate, subscribe, share, follow, comment, join */
	BS_PRINTED_SHAPE_BYLINE,
	BS_PRINTED_SHAPE_DATELINE, /* a publication with a day, or a day alone */
	BS_PRINTED_SHAPE_LABELS,   /* "Region: [A](#), [B](#)" */
	BS_PRINTED_SHAPE_NOTE,
	BS_PRINTED_SHAPE_AUTHOR_LINE,
	BS_PRINTED_SHAPE_IMAGE_CREDIT,
	BS_PRINTED_SHAPE_ORIGIN, /* "The original source of this article is …" */
	BS_PRINTED_SHAPE_DISCLAIMER,
	BS_PRINTED_SHAPE_FAIR_USE,
	BS_PRINTED_SHAPE_MEDIA_CONTACT,
	BS_PRINTED_SHAPE_COPYRIGHT,
	BS_PRINTED_SHAPE_CORRECTION, /* "Correction, May 6: …" */
	BS_PRINTED_SHAPE_COUNT
};

struct bs_piece { /* one block of a page: lines with nothing between them */
	struct bs_str raw, plain, low;
	int line;        /* of the file */
	bool after_page; /* a page break, a page number or a browser's header stood before it */
	enum bs_printed_shape shape;
};

struct bs_pieces {
	struct bs_arena *arena;
	struct bs_piece *items;
	size_t count, room;
	struct bs_str low; /* the whole text in lower case */
	int looks;         /* how often a word may yet be looked for in it */
	struct bs_str own_url; /* where the page stood, as the paper says; or empty */
};

struct bs_printed_line {
	struct bs_str text; /* trimmed; empty: parts blocks; "\f": a page ends */
	int no;
	bool after_page;
};

struct bs_printed_link {
	size_t start, end; /* of the whole link in its text */
	struct bs_str text;
	struct bs_str url; /* empty: the target is lost */
};

/* --- lines.c --- */

/* The blocks of a text, furniture of pages taken out. At most BS_MAX_PASSAGES, then false. */
bool bs_printed_pieces(struct bs_arena *arena, struct bs_str text, int first_line, struct bs_pieces *out);
/* Add a block; its plain and low are made here. */
struct bs_piece *bs_pieces_add(struct bs_pieces *pieces, struct bs_str raw, int line);
/* The next link at or after *at: [words](target), or "words (https://…)" of one whole line is none. */
bool bs_printed_next_link(struct bs_str raw, size_t *at, struct bs_printed_link *out);
/* The address that stands in plain text, "Name (https://…)"; *before is what stands before it, when that is asked for. */
struct bs_str bs_printed_bare_url(struct bs_str plain, struct bs_str *before);
/* Without link targets and the marks of emphasis. */
struct bs_str bs_printed_plain(struct bs_arena *arena, struct bs_str raw);
/* Lower case of Latin, Greek and Cyrillic letters, where it is as long in bytes as the capital is. */
struct bs_str bs_printed_low(struct bs_arena *arena, struct bs_str plain);
/* Is the first letter a small one? For scripts without case: *uncased. */
bool bs_printed_starts_small(struct bs_str plain, bool *uncased);

/* --- pages.c --- */

/* Take the lines of the paper out, with a mark on what stands behind each; how many lines are left. An address among them is the page's own. */
size_t bs_printed_drop_pages(struct bs_arena *arena, struct bs_printed_line *lines, size_t count, struct bs_str *own_url);

/* --- cuts.c --- */

bool bs_printed_ends_sentence(struct bs_str plain);
/* Does the sentence in `a` go on in `b`, so that only the end of a page parted them? */
bool bs_printed_goes_on(const struct bs_piece *a, const struct bs_piece *b);
/* Whether `before` ends in the middle of a word that `after` goes on with. Its hyphen is taken off where it only says so. */
bool bs_printed_mend_hyphen(struct bs_pieces *pieces, struct bs_str *before, struct bs_str after);
/* Does a blank belong between the two? Not within Chinese, Thai and their like. */
bool bs_printed_needs_blank(struct bs_str before, struct bs_str after);
/* The number of digits that `s` has at `at`, up to four; 0 for none or more. */
size_t bs_printed_digits(struct bs_str s, size_t at);

/* --- words.c --- */

/* Whether `low` has one of these words at the start, or anywhere. A list is words parted by '|'; each must begin at the
 * beginning of a word, and end at the end of one if it is written with a blank behind it: "share |translat". */
bool bs_words_any(struct bs_str low, const char *list);
/* The number of different words of the list that stand in it. */
size_t bs_words_count(struct bs_str low, const char *list);
/* The length of the word of the list that `low` starts with; 0 for none. */
size_t bs_words_start(struct bs_str low, const char *list);
/* Letter, digit or part of a code point beyond ASCII. */
bool bs_is_word_byte(char c);

/* --- dates.c --- */

struct bs_printed_date {
	int64_t time;      /* midnight UTC; 0 when there is no such day */
	bool exists;       /* false: the form of a day that no calendar has, "November 31, 2025" */
	size_t start, end; /* of the day in the text, weekday and clock included */
};
/* The first day in a short text, as given in `low`, whether it exists or not. False when nothing has the form of one. */
bool bs_printed_find_date(struct bs_str low, struct bs_printed_date *out);

/* --- heads.c, labels.c --- */

struct bs_str bs_printed_slice(struct bs_str s, size_t start, size_t end);
/* Without blanks and what joins parts of a line, at both ends. */
struct bs_str bs_printed_strip(struct bs_str s);
/* Without the marks of emphasis around the whole: "**By [A](#)**". */
struct bs_str bs_printed_unwrapped(struct bs_str raw);

/* Each returns true when the whole block has the shape; what it says goes to `out` when that is not NULL. */
bool bs_head_byline(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out);
bool bs_head_dateline(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out);
bool bs_head_labels(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out);
/* Does it name those who translated, edited, photographed or helped, and not those who wrote? */
bool bs_head_begins_other_role(struct bs_str low);
/* "loneliness runs through all of her books." behind a label is a sentence and no name: it ends as one, and more than three words together
 * are small as often as not. */
bool bs_printed_is_sentence(struct bs_str plain);
/* A name or several, linked or not, and nothing else: a byline where one is missing. */
bool bs_head_names(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out);
void bs_head_add_person(struct bs_arena *arena, struct bs_printed *out, struct bs_str name, struct bs_str url,
                        enum bs_role role);

/* Lists of words as in words.c that join the last name of a list to the others. */
extern const char bs_printed_conjunctions[];

/* --- furniture.c --- */

/* One sentence out of *rest: up to a full stop, question or exclamation mark with a blank behind it. */
bool bs_printed_next_sentence(struct bs_str *rest, struct bs_str *out);
bool bs_printed_is_quoted(struct bs_str low);
/* "Home > News > Ports": where the page stood in its site. */
bool bs_printed_is_path(struct bs_str low);
/* `within_text`: a story may say much of that itself, so more must speak for it. */
bool bs_printed_is_furniture(const struct bs_piece *piece, bool within_text);

/* --- about.c --- */

/* Is it a heading that announces the line about the author: "About the author"? */
bool bs_printed_announces_author(struct bs_str low);
/* The length of a label that announces the line about the author, its colon included: "About the author:"; 0 for none. */
size_t bs_printed_author_label(struct bs_str low);
/* Is it about one of these people, or several? */
bool bs_printed_about_author(struct bs_arena *arena, const struct bs_piece *piece, const struct bs_printed *page);

/* --- shapes.c --- */

/* Lists of words as in words.c, with which such blocks begin. */
extern const char bs_printed_disclaimer_labels[], bs_printed_origin_words[];
/* One of the words with a colon or dash behind it. */
bool bs_printed_has_label(struct bs_str low, const char *words);
/* The length of the words with which low begins to give credit for a picture; 0 when it does not. */
size_t bs_printed_credit_words(struct bs_str low);
/* Does it say who answers for the content; who may copy it? */
bool bs_printed_on_responsibility(struct bs_str low);
bool bs_printed_on_permission(struct bs_str low);
/* The kind of correction that its label names. */
enum bs_correction_kind bs_printed_correction_kind(struct bs_str low);
/* The first e-mail address in it, or empty. */
struct bs_str bs_printed_email(struct bs_str s);

/* What a block is by itself; BS_PRINTED_SHAPE_TEXT when it is nothing known. Bylines, datelines and labels are the heads'. */
enum bs_printed_shape bs_printed_shape_of(const struct bs_piece *piece, bool within_text);

/* --- ends.c --- */

struct bs_printed_page {
	struct bs_arena *arena;
	struct bs_pieces pieces;
	struct bs_printed *out;
	size_t title, subtitle; /* pieces; SIZE_MAX: none */
	size_t text;            /* the first piece of the text */
};

/* Tell what is the end of the page from its text, and take what it says. */
void bs_printed_read_end(struct bs_printed_page *page);

/* --- takes.c --- */

/* Note what the page says and a story has no field for. */
void bs_printed_leave_out(struct bs_arena *arena, struct bs_printed *out, struct bs_str words, int line);

/* What the block says by its shape; nothing for those of the head. */
void bs_printed_take(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out);

#endif
