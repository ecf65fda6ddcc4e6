/* forms.h - the other forms of a story's page, at its address with an ending: ".txt" plain text, ".json" ninjs 2.1. Both
 * redirect and end (410) as the page does. */
#ifndef BS_SITE_MACHINE_FORMS_H
#define BS_SITE_MACHINE_FORMS_H

#include "page/page.h"

/* The number of a route. bs_story_walk finds each story in all of them. */
enum bs_story_form { BS_FORM_PAGE, BS_FORM_TEXT, BS_FORM_JSON, BS_STORY_FORMS };
const char *bs_story_ending(enum bs_story_form form);

enum bs_rc bs_plain_page(struct bs_page *page, struct bs_err *err) BS_CHECK;
enum bs_rc bs_ninjs_page(struct bs_page *page, struct bs_err *err) BS_CHECK;

#endif
