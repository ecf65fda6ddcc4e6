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

/* Whether the account may be called as it is now: *fault says why not, or is empty. */
enum bs_rc bs_name_check(struct bs_visit *visit, struct bs_db *db, const struct bs_account *account, struct bs_str *fault,
                         struct bs_err *err) BS_CHECK;

/* What a browser that called itself so is known as: "Firefox on Windows"; what it called itself when nobody knows it. */
struct bs_str bs_agent_name(struct bs_visit *visit, struct bs_str agent);

/* --- whose byline an account writes under ---- */

struct bs_byline_typed {
	struct bs_str text, fault; /* what was typed; what is wrong with it, or empty */
};
/* The field, with the name of this person (0: nobody), or with what was `typed` unless that is NULL. */
enum bs_rc bs_byline_field(struct bs_visit *visit, int64_t person_id, const struct bs_byline_typed *typed, struct bs_field *out,
                           struct bs_err *err) BS_CHECK;
/* What the form has in it: *person_id, or typed->fault. */
enum bs_rc bs_byline_take(struct bs_visit *visit, int64_t *person_id, struct bs_byline_typed *typed, struct bs_err *err) BS_CHECK;
/* Whether who asks may say it of themselves. */
bool bs_byline_is_mine_to_say(const struct bs_visit *visit);

#endif
