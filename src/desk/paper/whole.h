/* whole.h - one form that shows something whole and replaces it: fields in a row, and a digest of them as its base.
 *
 * It is filled from what is stored, once to be shown and once more inside the transaction that saves it. Both have the same digest
 * unless somebody has changed what is stored in between; then nothing is written, and the form comes back with what was typed and, at
 * each field that differs, what stands there now; unless all that was typed is what stands there now, which is the same form sent twice.
 * So it needs no version in the database. Everything lives in the visit's arena. */
#ifndef BS_DESK_PAPER_WHOLE_H
#define BS_DESK_PAPER_WHOLE_H

#include "desk/frame.h"

enum { BS_WHOLE_FIELDS = 400 };

struct bs_whole {
	struct bs_visit *visit;
	struct bs_field fields[BS_WHOLE_FIELDS];
	struct bs_str stored[BS_WHOLE_FIELDS]; /* what stood there, once bs_whole_take has been called */
	size_t count;
	struct bs_str base;  /* digest of what is stored */
	bool moved;          /* by bs_whole_take: it was changed meanwhile, to something else than what was typed */
	bool good;           /* nothing is wrong so far */
};

struct bs_whole *bs_whole_new(struct bs_visit *visit);
/* A field with the stored value; beyond BS_WHOLE_FIELDS it is left out. */
void bs_whole_add(struct bs_whole *whole, struct bs_field field);
/* The digest of what is stored. */
struct bs_str bs_whole_base(const struct bs_whole *whole);
/* All fields are there: put in what was typed. */
void bs_whole_take(struct bs_whole *whole);
/* The form has a button alone, to do something with what its page showed (merge, remove): whether that is still what is stored. If not, the
 * status is 409 and *fault says so. */
bool bs_whole_is_as_shown(struct bs_whole *whole, struct bs_str *fault);
/* What was typed is saved: send the visitor to `address`, which says so. False when the form has to be shown again instead, because it was
 * changed meanwhile or something is wrong. */
bool bs_whole_saved(struct bs_whole *whole, struct bs_str address);
/* What a field holds, without white space around it; empty when there is none. "1" of a box that is ticked. */
struct bs_str bs_whole_value(const struct bs_whole *whole, const char *name);
/* Something is wrong with this field. */
void bs_whole_complain(struct bs_whole *whole, const char *name, struct bs_str fault);
/* Names in arena, for fields that are many: "name-de". */
const char *bs_whole_name(struct bs_visit *visit, const char *prefix, struct bs_str word);

/* Put fields, base, action and the notice above them into the view; the status when there is one. */
void bs_whole_put(struct bs_whole *whole, struct bs_dict *view);

/* The tabs above every page of the paper. */
void bs_paper_tabs(struct bs_visit *visit, struct bs_dict *view);
/* What stands there in many languages: the label of the field of one, and of the fold with those that have no words yet. */
struct bs_str bs_paper_label(struct bs_visit *visit, struct bs_str what, const struct bs_lang *lang);
struct bs_str bs_paper_fold(struct bs_visit *visit, struct bs_str what, size_t count);
/* A text of several passages, as Markdown; and back: false, and complained of, when it cannot be. */
struct bs_str bs_paper_markdown(struct bs_visit *visit, const struct bs_body *body);
bool bs_paper_body(struct bs_whole *whole, const char *name, struct bs_str lang, struct bs_body *out);
/* Whether the form that merges `own_id` into another of its kind is filled in: *into is chosen, another one, and the box is ticked. */
bool bs_paper_merge_asked(struct bs_visit *visit, int64_t own_id, int64_t *into);
/* A list in parts, or what is found in all of it: how many rows to ask the database for, and from which on. */
struct bs_paper_part {
	struct bs_str words; /* that are looked for; or empty */
	int64_t part, limit, offset;
};
enum { BS_PAPER_PART = 100 };
struct bs_paper_part bs_paper_part_asked(struct bs_visit *visit);
/* Whether the name or the slug has what is looked for; ASCII case does not matter. */
bool bs_paper_found(const struct bs_paper_part *part, struct bs_str name, struct bs_str slug);
/* Its rows, what was looked for and the links to the parts beside it into the view; `address` with its "?". `count`: rows that were there, one
 * more than are shown if it goes on. */
void bs_paper_part_put(struct bs_visit *visit, struct bs_dict *view, const struct bs_paper_part *part, struct bs_value *rows, size_t count,
                       struct bs_str address);

#endif
