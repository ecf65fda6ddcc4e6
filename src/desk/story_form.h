/* story_form.h - a story as the form has it: text in fields, from a draft and back into one.
 *
 * The form shows the newest revision; what comes back is compared with what was shown, field by field, and only what differs is put into
 * the draft: so a form that was sent as it was shown changes nothing, whatever it cannot say. Names stand one a line. The text is
 * Markdown, or HTML when its author says so; either way the sanitiser decides what becomes of it. */
#ifndef BS_DESK_STORY_FORM_H
#define BS_DESK_STORY_FORM_H

#include "desk/frame.h"

enum bs_story_field { /* in the order of the page */
	BS_SF_TITLE, BS_SF_SUBTITLE, BS_SF_SUMMARY, BS_SF_BODY, BS_SF_FORMAT,
	BS_SF_LANG, BS_SF_KIND, BS_SF_SLUG,
	BS_SF_AUTHORS, BS_SF_TRANSLATORS, BS_SF_PHOTOGRAPHERS, BS_SF_EDITORS, BS_SF_AUTHOR_LINE,
	BS_SF_REGIONS, BS_SF_THEMES, BS_SF_REPORTS, BS_SF_TAGS,
	BS_SF_IMAGE, BS_SF_IMAGE_ALT, BS_SF_IMAGE_CAPTION, BS_SF_IMAGE_CREDIT, BS_SF_IMAGE_CREDIT_URL, BS_SF_IMAGE_LICENCE, BS_SF_IMAGE_SYNDICATE,
	BS_SF_SOURCE_NAME, BS_SF_SOURCE_URL, BS_SF_SOURCE_DATE, BS_SF_SOURCE_PERMISSION,
	BS_SF_LICENCE, BS_SF_CANONICAL, BS_SF_MEDIA_CONTACT, BS_SF_NOTICES,
	BS_SF_PUBLISH_AT, BS_SF_REASON,
	BS_SF_CORRECTION, BS_SF_NOTE, /* of the form of a correction (correct.c): its kind, and the words for readers */
	BS_SF_COUNT
};

/* The name that the field has in the form: "image-alt". */
const char *bs_story_field_name(enum bs_story_field field);

struct bs_story_form {
	struct bs_str value[BS_SF_COUNT]; /* as typed: text, names one a line, "1" or "" of a box */
	struct bs_str error[BS_SF_COUNT]; /* what is wrong with it, for the page; or empty */
	struct bs_str public_id;
	int64_t base; /* the revision that it was made from; 0: a new story */
	struct bs_str copy; /* id of the working copy that the page keeps it in (copy/copy.h); or empty */
	int64_t turn;       /* how often it was kept there */
};

/* The form of a draft that was loaded (bs_draft_load) of story_id; of a new one (0) with nothing in it but the language. */
enum bs_rc bs_story_form_of(struct bs_visit *visit, struct bs_db *db, int64_t story_id, const struct bs_draft *draft,
                            struct bs_story_form *out, struct bs_err *err) BS_CHECK;
/* What came with a POST. */
void bs_story_form_read(struct bs_visit *visit, struct bs_story_form *out);
/* Put what differs between `shown` and `sent` into the draft. *good is false, with sent->error filled, when something cannot be. */
enum bs_rc bs_story_form_apply(struct bs_visit *visit, struct bs_db *db, const struct bs_story_form *shown, struct bs_story_form *sent,
                               struct bs_draft *draft, bool *good, struct bs_err *err) BS_CHECK;

/* A time as a field of type datetime-local has it, in the publication's zone; and back.
 *   BS_INVALID    it is none
 *   BS_NOT_FOUND  the clocks leave it out on that day, as they are put forward */
struct bs_str bs_local_time(const struct bs_visit *visit, int64_t time);
enum bs_rc bs_local_time_read(const struct bs_visit *visit, struct bs_str text, int64_t *out) BS_CHECK;

#endif
