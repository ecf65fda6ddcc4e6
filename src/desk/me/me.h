/* me.h - what the pages of one's own account share. */
#ifndef BS_DESK_ME_ME_H
#define BS_DESK_ME_ME_H

#include "desk/frame.h"
#include "desk/sign_in.h"

/* Who is signed in, with what the session does not carry. */
enum bs_rc bs_visit_account(struct bs_visit *visit, struct bs_account *out, struct bs_err *err) BS_CHECK;
/* Have who is signed in show the password once more. *fault is what to say when it is not right; empty when it is. */
enum bs_rc bs_visit_confirm(struct bs_visit *visit, const struct bs_account *account, struct bs_str *fault, struct bs_err *err) BS_CHECK;
/* The field for that. */
struct bs_value bs_confirm_field(struct bs_visit *visit, const char *name, struct bs_str fault);

#endif
