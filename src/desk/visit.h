/* visit.h - one request to the desk: who asks, what for, and the answer; and the table by which pages are offered.
 *
 * A page is one file with a function `show` (GET) and, where it does something, `act` (POST). Before they are called, the door has
 * been kept (visit.c): the session is known, the form is parsed, came from our own page and carries the session's token, and the role
 * has some reach of the route's action. Whether it reaches this very story is for the page: bs_visit_may.
 *
 * show fills a view and prints it (frame.h). act does its work in bs_visit_write and then either redirects (so that loading the page
 * again sends nothing twice) or prints the form again with what is wrong. A visit lives for one request, in one thread. */
#ifndef BS_DESK_VISIT_H
#define BS_DESK_VISIT_H

#include "account/session.h"
#include "desk/desk.h"
#include "desk/messages.h"
#include "desk/names.h"
#include "http/form.h"

enum { BS_VISIT_COOKIES = 3 };

struct bs_desk_route;

struct bs_visit {
	struct bs_desk *desk;
	const struct bs_desk_options *options;
	const struct bs_desk_route *route;
	struct bs_request *request;
	struct bs_arena *arena;
	struct bs_db *db; /* a reader, in one snapshot; given back before bs_visit_write writes */
	const struct bs_publication *publication;
	const struct bs_lang *lang; /* that the desk speaks here: one that it has words in */
	int64_t now;

	bool signed_in;
	struct bs_session session; /* when signed_in; .account is who asks */
	struct bs_str token;       /* of the session's cookie, or of the guest's: what forms are bound to */
	struct bs_form form;       /* of a POST */
	struct bs_form query;      /* of the address */

	/* The answer. */
	struct bs_buf *out;
	int status;              /* 0 is 200 */
	struct bs_str type;      /* empty: HTML */
	struct bs_str location;  /* set: 303 there */
	struct bs_str cookies[BS_VISIT_COOKIES]; /* values of Set-Cookie */
	size_t cookie_count;
	const struct bs_policy *policy; /* NULL: the desk's own */
	bool immutable;          /* may be kept for ever: files */
	int64_t retry_after;     /* seconds; 0: not said */
	struct bs_response *response; /* set: the answer is this, made elsewhere; a reference of the visit's */
};

/* Who may come in. */
enum bs_door {
	BS_DOOR_OPEN,  /* everybody: sign-in, files */
	BS_DOOR_STAFF, /* whoever is signed in: their own account */
	BS_DOOR_ROLE,  /* whose role has some reach of the route's action */
	BS_DOOR_FILES, /* the same; a form that may bring files takes long, and no thread that serves readers waits for it */
};

struct bs_desk_route {
	const char *pattern; /* as in http/router.h */
	enum bs_door door;
	enum bs_action action; /* of BS_DOOR_ROLE and BS_DOOR_FILES */
	/* BS_OK: visit->out is the page, or location is set. BS_NOT_FOUND, BS_DENIED: the pages of these; BS_BUSY and BS_IO: 503; others:
	 * 500, and err goes to the log. NULL: the address takes no such request. */
	enum bs_rc (*show)(struct bs_visit *visit, struct bs_err *err);
	enum bs_rc (*act)(struct bs_visit *visit, struct bs_err *err);
	int which; /* for functions that serve several routes */
};

/* fn in a write transaction, with the process's writer in visit->db meanwhile; a reader again afterwards, which sees it. */
enum bs_rc bs_visit_write(struct bs_visit *visit, enum bs_rc (*fn)(struct bs_db *db, void *ctx, struct bs_err *err), void *ctx,
                          struct bs_err *err) BS_CHECK;
/* The same, but what it writes is taken back again: to see what would be. fn runs once. */
enum bs_rc bs_visit_try(struct bs_visit *visit, enum bs_rc (*fn)(struct bs_db *db, void *ctx, struct bs_err *err), void *ctx,
                        struct bs_err *err) BS_CHECK;
/* What changes of accounts are given, inside of that. */
struct bs_account_change bs_visit_change(struct bs_visit *visit, struct bs_db *db);
/* Tell the audit log, inside of that. */
enum bs_rc bs_visit_tell(struct bs_visit *visit, struct bs_db *db, struct bs_audit_entry entry, struct bs_err *err) BS_CHECK;

/* Whether who asks may do it to this story (0: to something that is no story). BS_DENIED if not. */
enum bs_rc bs_visit_may(struct bs_visit *visit, enum bs_action action, int64_t story_id, struct bs_err *err) BS_CHECK;
/* Whether the role has any reach of it: for showing links. */
bool bs_visit_can(const struct bs_visit *visit, enum bs_action action);

/* Answer 303 to this address of the desk; `done` names a message "done.…" that the page there shows, or is NULL. */
void bs_visit_redirect(struct bs_visit *visit, struct bs_str location, const char *done);
void bs_visit_set_cookie(struct bs_visit *visit, struct bs_str value);
/* The peer's address; behind a proxy on this machine the one that it names. */
struct bs_str bs_visit_address(struct bs_visit *visit);

/* A field of the form or of the address; empty when there is none. */
struct bs_str bs_visit_field(const struct bs_visit *visit, const char *name);
struct bs_str bs_visit_asked(const struct bs_visit *visit, const char *name);

#endif
