/* kept.h - a form whose session was over when it came: nothing of it is lost.
 *
 * It is not stored. Sealed, it stands in a hidden field of the sign-in page and comes back with the password; then its fields stand in a
 * form that goes where it was to go, with the token of the new session. Only forms from our own pages get this far (visit.c). */
#ifndef BS_DESK_KEPT_H
#define BS_DESK_KEPT_H

#include "desk/visit.h"

/* The form and its address, sealed, for the hidden field "kept". */
struct bs_str bs_kept_seal(struct bs_visit *visit);
/* Print the page on which a form is sent once more to `path`, its text visible. */
enum bs_rc bs_kept_page(struct bs_visit *visit, struct bs_str path, const struct bs_form *form, struct bs_err *err) BS_CHECK;
/* The same of what was sealed. BS_NOT_FOUND: it is none of ours; nothing was printed. */
enum bs_rc bs_kept_page_sealed(struct bs_visit *visit, struct bs_str kept, struct bs_err *err) BS_CHECK;

#endif
