/* sign_in.h - the sign-in page, as the door prints it when a form came without a session. */
#ifndef BS_DESK_SIGN_IN_H
#define BS_DESK_SIGN_IN_H

#include "account/password.h"
#include "account/sign_in.h"
#include "desk/visit.h"

struct bs_sign_in_page {
	struct bs_str email;   /* as it was typed */
	struct bs_str error;   /* what is wrong; or empty */
	struct bs_str pending; /* set: the password was right, a code is asked for */
	struct bs_str kept;    /* kept.h; or empty */
	struct bs_str next;    /* where to go afterwards; or empty */
};
enum bs_rc bs_desk_sign_in_page(struct bs_visit *visit, const struct bs_sign_in_page *page, struct bs_err *err) BS_CHECK;

/* The cookie of a session that has begun. */
void bs_visit_begin_session(struct bs_visit *visit, struct bs_str token);

/* What account/sign_in.h wants to know of the visit. */
struct bs_sign_in bs_visit_sign_in(struct bs_visit *visit);
/* "Too many tries. Try again in …" */
struct bs_str bs_visit_wait(struct bs_visit *visit, int64_t seconds);
/* What is wrong with a password that somebody chose; empty when it is good. */
struct bs_str bs_password_fault_word(struct bs_visit *visit, enum bs_password_fault fault);

#endif
