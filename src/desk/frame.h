/* frame.h - printing pages of the desk: the view that all share, and the components that pages are made of.
 *
 * Templates are in themes/desk/: a page is {{<frame}}{{$content}}…{{/content}}{{/frame}}, its parts are partials (field, notice, badge,
 * pagination, empty …), whose data the functions here make. Every name that a view uses stands in names.h. Text is escaped when it is
 * printed; words come from locale/desk. */
#ifndef BS_DESK_FRAME_H
#define BS_DESK_FRAME_H

#include "desk/visit.h"

/* A view with all that the frame has; the page's own names come on top. `title` is plain. */
struct bs_dict *bs_desk_view(struct bs_visit *visit, struct bs_str title);
/* Print the view by the template of this name into visit->out. */
enum bs_rc bs_desk_print(struct bs_visit *visit, const char *template, struct bs_dict *view, struct bs_err *err) BS_CHECK;
/* The page of an error: what happened, what to do. */
enum bs_rc bs_desk_error_page(struct bs_visit *visit, int status, struct bs_err *err) BS_CHECK;
/* Have the page load a script of the desk (themes/desk or assets); `name` as "editor.js". */
void bs_desk_script(struct bs_visit *visit, struct bs_dict *view, const char *name);

static inline void bs_put(struct bs_dict *view, enum bs_desk_name name, struct bs_value value)
{
	bs_dict_set(view, (uint16_t)name, value);
}

static inline void bs_put_text(struct bs_dict *view, enum bs_desk_name name, struct bs_str text)
{
	bs_put(view, name, bs_value_text(text));
}

static inline void bs_put_flag(struct bs_dict *view, enum bs_desk_name name, bool flag)
{
	bs_put(view, name, bs_value_bool(flag));
}

/* The message of this name in the language of the page. */
struct bs_str bs_word(const struct bs_visit *visit, enum bs_desk_msg id);
/* The message that is called PREFIX and then the word ("status." "draft"); the word itself when there is none. For the fixed
 * words of the database. */
struct bs_str bs_word_of(const struct bs_visit *visit, const char *prefix, struct bs_str word);
/* A date and time in the publication's zone, as {iso, text}; null when it is 0. */
struct bs_value bs_when(const struct bs_visit *visit, int64_t time);

/* --- forms ---- */

struct bs_choice {
	struct bs_str value, label;
};

struct bs_field {
	const char *name;      /* of the field */
	struct bs_str id;      /* with "f-" before it its id; empty: the name, which does where a page has one of that name */
	struct bs_str label;
	struct bs_str value;
	const char *type;      /* of an input, "text" when it is NULL; or "area", "select", "check" */
	struct bs_str hint;    /* or empty */
	struct bs_str error;   /* or empty; is read out with the field */
	const char *autocomplete; /* or NULL */
	const char *list;      /* id of a datalist, or NULL */
	const char *pick;      /* of an area of names, one a line: what is proposed, "people" or a vocabulary; or NULL */
	bool required;
	bool checked;          /* of a check */
	int rows;              /* of an area; 0: 3 */
	size_t max;            /* characters; 0: not said */
	struct bs_str lang;    /* of what is written in it; or empty */
	bool rtl;
	const struct bs_choice *choices; /* of a select */
	size_t choice_count;
	struct bs_str fold;    /* label of the fold in which it stands with its neighbours of the same label; or empty */
};
/* The data of the partial "field". */
struct bs_value bs_field_value(struct bs_visit *visit, const struct bs_field *field);
/* The same for a filter of a list, in which `name` of the query is what was chosen: `count` choices, the first of which is a free place and
 * becomes "any". */
struct bs_value bs_filter_choice(struct bs_visit *visit, const char *name, enum bs_desk_msg label, struct bs_choice *choices, size_t count);

/* The address of a filtered list behind a place: `path`, then what the query has of `names`. */
struct bs_filter_address {
	const char *path;
	const char *const *names;
	size_t name_count;
	size_t value_max; /* bytes of each value that are kept */
};
/* Key 0: from the newest. */
struct bs_str bs_filter_address(struct bs_visit *visit, const struct bs_filter_address *list, int64_t key, int64_t id);

/* --- components ---- */

enum bs_tone { BS_TONE_PLAIN, BS_TONE_GOOD, BS_TONE_WARN, BS_TONE_BAD };
/* Of the partial "notice": a message above the content. */
struct bs_value bs_notice_value(struct bs_visit *visit, enum bs_tone tone, struct bs_str text);
/* Of the partial "badge": a state in a word. */
struct bs_value bs_badge_value(struct bs_visit *visit, enum bs_tone tone, struct bs_str text);
/* The badge of a story's status. */
struct bs_value bs_status_badge(struct bs_visit *visit, struct bs_str status);
/* Of the partial "pagination"; either may be empty. */
struct bs_value bs_pagination_value(struct bs_visit *visit, struct bs_str newer, struct bs_str older);

#endif
