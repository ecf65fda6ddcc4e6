/* permission.h - who may do what: the one table that decides it, told in docs/handbook/people.md.
 *
 * Everybody who signs in has one role. Of each action a role has a reach: none of it, on their own stories alone, or on all.
 * What is no story has no owner: there "own" and "any" are the same, and the table says "any". Pure; safe from any thread. */
#ifndef BS_ACCOUNT_PERMISSION_H
#define BS_ACCOUNT_PERMISSION_H

#include "base/core.h"

enum bs_staff_role {
	BS_STAFF_CONTRIBUTOR,
	BS_STAFF_AUTHOR,
	BS_STAFF_TRANSLATOR,
	BS_STAFF_EDITOR,
	BS_STAFF_ADMINISTRATOR,
	BS_STAFF_ROLE_COUNT
};

enum bs_action {
	BS_ACT_SEE,       /* stories that are not published, in lists and by address */
	BS_ACT_WRITE,     /* begin a story, and change one that readers do not see */
	BS_ACT_SUBMIT,    /* hand it in for review, and take it back */
	BS_ACT_SCHEDULE,
	BS_ACT_PUBLISH,   /* and change what is published, as an update */
	BS_ACT_CORRECT,   /* with a note in the public log */
	BS_ACT_WITHDRAW,
	BS_ACT_COMMENT,   /* on passages, to colleagues */
	BS_ACT_TRANSLATE,
	BS_ACT_APPROVE_TRANSLATION,
	BS_ACT_MEDIA,     /* bring pictures in and describe them */
	BS_ACT_TERMS,
	BS_ACT_PEOPLE,
	BS_ACT_NOTICES,
	BS_ACT_HOME,      /* what stands where on the front page */
	BS_ACT_MENUS,
	BS_ACT_STYLE,     /* the rules of the house style */
	BS_ACT_SETTINGS,
	BS_ACT_AUDIT,     /* read the log */
	BS_ACT_ACCOUNTS,
	BS_ACTION_COUNT
};

enum bs_reach { BS_REACH_NONE, BS_REACH_OWN, BS_REACH_ANY };

enum bs_reach bs_reach_of(enum bs_staff_role role, enum bs_action action);
/* Whether the role may do it to something; `own`: it is theirs. */
bool bs_permits(enum bs_staff_role role, enum bs_action action, bool own);

/* "editor", and back; ASCII case does not matter. BS_NOT_FOUND: no such role. */
struct bs_str bs_staff_role_name(enum bs_staff_role role);
enum bs_rc bs_staff_role_of(struct bs_str name, enum bs_staff_role *out) BS_CHECK;
/* "approve-translation": as docs/handbook/people.md has it. */
struct bs_str bs_action_name(enum bs_action action);

#endif
