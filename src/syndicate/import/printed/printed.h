/* printed.h - a page that somebody printed or saved as text, taken apart by its shapes.
 *
 * Such a page is text with the furniture of a site around it: links that lost their targets ("[the report](#)", or all
 * of their marks), paragraphs that a page break cut in two, invitations to translate, subscribe, share and follow,
 * and at the end the disclaimers. Nothing says which is which but its shape: a name behind "By", a day behind a comma, a
 * label with a list, a sentence that asks the reader to click. No publication's own words are known here.
 *
 * Text in the result is Markdown where a field says so, with lost links as "[words](#)", and plain otherwise. It views
 * into the input or lives in the arena. Pure; safe from any thread. Time is linear in the input, but for dates and names,
 * which are looked for in short lines only. */
#ifndef BS_SYNDICATE_IMPORT_PRINTED_H
#define BS_SYNDICATE_IMPORT_PRINTED_H

#include "newsroom/draft.h"
#include "syndicate/import/read/remarks.h"

struct bs_printed_person {
	struct bs_str name; /* plain */
	enum bs_role role;
	struct bs_str url; /* of the person, when the link kept its target; else empty */
};

struct bs_printed_term {
	enum bs_vocabulary vocabulary;
	struct bs_str name; /* plain, as it stands */
};

struct bs_printed_channel {
	struct bs_str name;
	struct bs_str url; /* http or https: those without a target are left out */
};

struct bs_printed_correction {
	enum bs_correction_kind kind;
	int64_t made_at; /* midnight UTC; never 0 */
	struct bs_str note; /* markdown */
};

struct bs_printed_left_out { /* what the page says and a story has no field for */
	struct bs_str words;
	int line;
};

/* A statement that stands on every page of such a site: a notice once it is in the newsroom. Empty: the page has none. */
enum bs_printed_notice {
	BS_PRINTED_NOTE,       /* "Note to readers", without these words */
	BS_PRINTED_DISCLAIMER, /* who answers for the content */
	BS_PRINTED_PERMISSION, /* who may carry it, and whom to ask */
	BS_PRINTED_FAIR_USE,   /* what others' material is used under */
	BS_PRINTED_COPYRIGHT,
	BS_PRINTED_NOTICE_COUNT
};

struct bs_printed {
	struct bs_str title;    /* markdown, one line; never empty */
	struct bs_str subtitle; /* markdown */
	enum bs_kind kind;      /* told by a word over the title, "OPINION" */
	bool has_kind;
	struct bs_printed_person *people;
	size_t person_count;
	struct bs_str publication; /* plain: whose page it was */
	int64_t published_at;      /* midnight UTC of the day; 0 when the page has none */
	int64_t updated_at;
	struct bs_str source_name, source_url; /* first published elsewhere */
	int64_t source_at;
	struct bs_str source_permission;
	struct bs_printed_term *terms;
	size_t term_count;
	struct bs_str body;         /* markdown */
	struct bs_str author_line;  /* markdown */
	struct bs_str image_credit; /* markdown */
	struct bs_str image_credit_url;
	struct bs_str notices[BS_PRINTED_NOTICE_COUNT]; /* markdown */
	struct bs_str notice_titles[BS_PRINTED_NOTICE_COUNT]; /* plain: what stood before its colon, "Note to readers"; or empty */
	struct bs_str media_contact;                    /* e-mail address, or words when there is none */
	struct bs_str permission_contact;
	struct bs_printed_channel *channels;
	size_t channel_count;
	struct bs_printed_correction *corrections; /* oldest first */
	size_t correction_count;
	struct bs_str own_url; /* where the page stood: http or https, or empty */
	struct bs_printed_left_out *left_out; /* remarks tell of them */
	size_t left_out_count;
};

/* Whether the text has the shapes of a printed page, enough of them that it is nothing else; or no sign of being Markdown
 * with a title of its own, so that its first line must be the title. */
bool bs_printed_recognise(struct bs_str text);

/* The names in "Ann Moe, Bo Lie and Kim Ro, PhD"; none when something in it is no name. At most `max`. */
size_t bs_printed_names(struct bs_arena *arena, struct bs_str text, struct bs_str *out, size_t max);

/* The first day in a short text, midnight UTC, as people write it in many languages. */
bool bs_printed_day(struct bs_arena *arena, struct bs_str text, int64_t *out);

/* Take it apart. `text` is UTF-8 without NUL; its first line is `first_line` of the file.
 *   BS_INVALID  nothing in it can be a title, or nothing is left as its text, or a line says that it came out on a day that
 *               does not exist
 *   BS_LIMIT    over BS_MAX_PASSAGES paragraphs, BS_MAX_BYLINE people or BS_MAX_TERMS terms */
enum bs_rc bs_printed_read(struct bs_arena *arena, struct bs_str text, int first_line, struct bs_printed *out,
                           struct bs_remarks *remarks, struct bs_err *err) BS_CHECK;

#endif
