/* story.h - a story as the desk has it open: what is stored of it, shared by the pages about one story. */
#ifndef BS_DESK_STORY_H
#define BS_DESK_STORY_H

#include "desk/flow/check.h"
#include "desk/story_form.h"

struct bs_desk_story {
	int64_t id; /* 0: not saved yet */
	struct bs_str public_id;
	enum bs_status status;
	struct bs_str lang;
	bool page;         /* about, contact …: has an address without a date */
	struct bs_str slug;
	int year, month;
	int64_t published_at;
	int64_t revision_id;
	int number;
	int64_t changed_at;
	struct bs_str title; /* markup */
};

/* Whether it could be the public id of a story: they are made with the first form. */
bool bs_public_id_good(struct bs_str id);

/* BS_NOT_FOUND: there is none. */
enum bs_rc bs_desk_story_head(struct bs_arena *arena, struct bs_db *db, int64_t id, struct bs_desk_story *out, struct bs_err *err) BS_CHECK;
/* The story of the address's {id}, if who asks may do this to it; BS_DENIED, BS_NOT_FOUND. */
enum bs_rc bs_desk_story_asked(struct bs_visit *visit, enum bs_action action, struct bs_desk_story *out, struct bs_err *err) BS_CHECK;
/* Its path on the public site; empty while it is not published. */
struct bs_str bs_desk_story_path(struct bs_visit *visit, const struct bs_desk_story *story);
/* The same in another language. */
struct bs_str bs_desk_story_path_in(struct bs_visit *visit, const struct bs_desk_story *story, const struct bs_lang *in);

/* The newest revision as a draft, and the form that shows it; of a story that was never saved (id 0) an empty one. */
enum bs_rc bs_desk_story_load(struct bs_visit *visit, struct bs_db *db, const struct bs_desk_story *story, struct bs_draft *draft,
                              struct bs_story_form *form, struct bs_err *err) BS_CHECK;

/* The newsroom's notices into the view, for the partial "editor": as they are in this language, where they are. */
void bs_placeable_put(struct bs_visit *visit, struct bs_dict *view, struct bs_str lang);

struct bs_story_page {
	const struct bs_desk_story *story;
	const struct bs_story_form *form;
	struct bs_value notice; /* what stands above it, or a null value */
	int64_t kept_at; /* when what it shows was kept, if it is a working copy; or 0 */
	bool fresh; /* it shows what is stored, or a working copy, and offers others */
	const struct bs_draft *draft; /* what is stored or was sent; for hints of the house style; or NULL */
	const struct bs_checks *checks; /* what is missing or doubtful in it; or NULL */
	const struct bs_draft *theirs, *mine; /* set: what was saved meanwhile, and what the form says, side by side below it */
};
/* The fields of the text itself, title to body, as a list of the partial "field". */
enum bs_rc bs_story_text_fields(struct bs_visit *visit, const struct bs_story_form *form, struct bs_value *out, struct bs_err *err) BS_CHECK;
/* Add a note for readers to those that the draft has, made now. What is wrong with its words, for the page; empty: nothing. */
struct bs_str bs_correction_add(struct bs_visit *visit, struct bs_draft *draft, enum bs_correction_kind kind, struct bs_str note);
/* Whether it is one of these. */
bool bs_story_field_is_text(enum bs_story_field field);
enum bs_rc bs_desk_story_page(struct bs_visit *visit, const struct bs_story_page *page, struct bs_err *err) BS_CHECK;

#endif
