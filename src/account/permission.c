/* permission.c - see permission.h. */
#include "account/permission.h"

#include <assert.h>

#define NONE BS_REACH_NONE
#define OWN BS_REACH_OWN
#define ANY BS_REACH_ANY

static const struct {
	struct bs_str name;
	uint8_t reach[BS_STAFF_ROLE_COUNT]; /* contributor, author, translator, editor, administrator */
} actions[BS_ACTION_COUNT] = {
	[BS_ACT_SEE] = { BS_STR_INIT("see"), { OWN, ANY, ANY, ANY, ANY } },
	[BS_ACT_WRITE] = { BS_STR_INIT("write"), { OWN, OWN, NONE, ANY, ANY } },
	[BS_ACT_SUBMIT] = { BS_STR_INIT("submit"), { OWN, OWN, NONE, ANY, ANY } },
	[BS_ACT_SCHEDULE] = { BS_STR_INIT("schedule"), { NONE, OWN, NONE, ANY, ANY } },
	[BS_ACT_PUBLISH] = { BS_STR_INIT("publish"), { NONE, OWN, NONE, ANY, ANY } },
	[BS_ACT_CORRECT] = { BS_STR_INIT("correct"), { NONE, OWN, NONE, ANY, ANY } },
	[BS_ACT_WITHDRAW] = { BS_STR_INIT("withdraw"), { NONE, NONE, NONE, ANY, ANY } },
	[BS_ACT_COMMENT] = { BS_STR_INIT("comment"), { OWN, ANY, ANY, ANY, ANY } },
	[BS_ACT_TRANSLATE] = { BS_STR_INIT("translate"), { NONE, NONE, ANY, ANY, ANY } },
	[BS_ACT_APPROVE_TRANSLATION] = { BS_STR_INIT("approve-translation"), { NONE, NONE, NONE, ANY, ANY } },
	[BS_ACT_MEDIA] = { BS_STR_INIT("media"), { ANY, ANY, NONE, ANY, ANY } },
	[BS_ACT_TERMS] = { BS_STR_INIT("terms"), { NONE, NONE, NONE, ANY, ANY } },
	[BS_ACT_PEOPLE] = { BS_STR_INIT("people"), { NONE, NONE, NONE, ANY, ANY } },
	[BS_ACT_NOTICES] = { BS_STR_INIT("notices"), { NONE, NONE, NONE, ANY, ANY } },
	[BS_ACT_HOME] = { BS_STR_INIT("home"), { NONE, NONE, NONE, ANY, ANY } },
	[BS_ACT_MENUS] = { BS_STR_INIT("menus"), { NONE, NONE, NONE, ANY, ANY } },
	[BS_ACT_STYLE] = { BS_STR_INIT("style"), { NONE, NONE, NONE, ANY, ANY } },
	[BS_ACT_SETTINGS] = { BS_STR_INIT("settings"), { NONE, NONE, NONE, NONE, ANY } },
	[BS_ACT_AUDIT] = { BS_STR_INIT("audit"), { NONE, NONE, NONE, ANY, ANY } },
	[BS_ACT_ACCOUNTS] = { BS_STR_INIT("accounts"), { NONE, NONE, NONE, NONE, ANY } },
};

static const struct bs_str roles[BS_STAFF_ROLE_COUNT] = {
	[BS_STAFF_CONTRIBUTOR] = BS_STR_INIT("contributor"), [BS_STAFF_AUTHOR] = BS_STR_INIT("author"),
	[BS_STAFF_TRANSLATOR] = BS_STR_INIT("translator"),   [BS_STAFF_EDITOR] = BS_STR_INIT("editor"),
	[BS_STAFF_ADMINISTRATOR] = BS_STR_INIT("administrator"),
};

enum bs_reach bs_reach_of(enum bs_staff_role role, enum bs_action action)
{
	assert(role < BS_STAFF_ROLE_COUNT && action < BS_ACTION_COUNT);
	return actions[action].reach[role];
}

bool bs_permits(enum bs_staff_role role, enum bs_action action, bool own)
{
	enum bs_reach reach = bs_reach_of(role, action);

	return reach == BS_REACH_ANY || (reach == BS_REACH_OWN && own);
}

struct bs_str bs_staff_role_name(enum bs_staff_role role)
{
	return roles[role];
}

enum bs_rc bs_staff_role_of(struct bs_str name, enum bs_staff_role *out)
{
	for (size_t i = 0; i < BS_COUNT(roles); i++) {
		if (bs_str_eq_nocase(roles[i], name)) {
			*out = (enum bs_staff_role)i;
			return BS_OK;
		}
	}
	return BS_NOT_FOUND;
}

struct bs_str bs_action_name(enum bs_action action)
{
	return actions[action].name;
}
