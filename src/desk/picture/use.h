/* use.h - pictures in stories: choosing the lead from the library, its words taken over, and what a picture must have to be used.
 *
 * A lead picture that is newly chosen, or whose words are changed, needs a credit and a licence. What readers get to see needs words for
 * those who do not see it, the lead as well as pictures of the text; and pictures that come new into a public text need credit and licence
 * in the library. What was public before stays as it is: an old story can be mended without describing its pictures anew. */
#ifndef BS_DESK_USE_H
#define BS_DESK_USE_H

#include "desk/story_form.h"

/* The data of the partial "picture-choice": pictures found by the words of the field "image-q", and the one that is chosen. */
enum bs_rc bs_picture_choice(struct bs_visit *visit, const struct bs_story_form *form, struct bs_value *out, struct bs_err *err) BS_CHECK;

/* Where another picture was chosen than the form came with ("image-was"), its words from the library go into the fields that are empty or
 * still have those of the other one, stored (`shown`) or the library's. */
enum bs_rc bs_picture_fill(struct bs_visit *visit, struct bs_db *db, const struct bs_story_form *shown, struct bs_story_form *sent,
                           struct bs_err *err) BS_CHECK;

struct bs_picture_rules {
	const struct bs_story_form *shown;
	const struct bs_body *before; /* the text as it is stored */
	const struct bs_draft *draft; /* as it is to be saved */
	bool going_public;            /* this step shows it to readers, now or later */
	bool is_public;               /* they see it already */
};
/* What is missing goes to sent->error. */
enum bs_rc bs_picture_check(struct bs_visit *visit, struct bs_db *db, const struct bs_picture_rules *rules, struct bs_story_form *sent,
                            struct bs_err *err) BS_CHECK;

#endif
