/* flow.c - see flow.h. */
#include "desk/flow.h"

enum {
	DRAFT = 1 << BS_STATUS_DRAFT, REVIEW = 1 << BS_STATUS_REVIEW, SCHEDULED = 1 << BS_STATUS_SCHEDULED,
	PUBLISHED = 1 << BS_STATUS_PUBLISHED, WITHDRAWN = 1 << BS_STATUS_WITHDRAWN,
	ALL = DRAFT | REVIEW | SCHEDULED | PUBLISHED | WITHDRAWN,
};

const struct bs_step_rule bs_steps[BS_STEP_COUNT] = {
	[BS_STEP_SAVE] = { BS_STR_INIT("save"), BS_DESK_MSG_step_save, ALL, BS_STATUS_DRAFT, BS_ACT_WRITE, "saved" },
	[BS_STEP_SUBMIT] = { BS_STR_INIT("submit"), BS_DESK_MSG_step_submit, DRAFT, BS_STATUS_REVIEW, BS_ACT_SUBMIT, "submitted" },
	[BS_STEP_RETURN] = { BS_STR_INIT("return"), BS_DESK_MSG_step_return, REVIEW, BS_STATUS_DRAFT, BS_ACT_SUBMIT, "returned" },
	[BS_STEP_SCHEDULE] = { BS_STR_INIT("schedule"), BS_DESK_MSG_step_schedule, DRAFT | REVIEW | SCHEDULED, BS_STATUS_SCHEDULED, BS_ACT_SCHEDULE,
	                       "scheduled" },
	[BS_STEP_PUBLISH] = { BS_STR_INIT("publish"), BS_DESK_MSG_step_publish, DRAFT | REVIEW | SCHEDULED, BS_STATUS_PUBLISHED, BS_ACT_PUBLISH,
	                      "published" },
	[BS_STEP_UNSCHEDULE] = { BS_STR_INIT("unschedule"), BS_DESK_MSG_step_unschedule, SCHEDULED, BS_STATUS_DRAFT, BS_ACT_SCHEDULE, "unscheduled" },
	[BS_STEP_WITHDRAW] = { BS_STR_INIT("withdraw"), BS_DESK_MSG_step_withdraw, PUBLISHED, BS_STATUS_WITHDRAWN, BS_ACT_WITHDRAW, "withdrawn" },
	[BS_STEP_RESTORE] = { BS_STR_INIT("restore"), BS_DESK_MSG_step_restore, WITHDRAWN, BS_STATUS_PUBLISHED, BS_ACT_WITHDRAW, "restored" },
};

enum bs_rc bs_step_of(struct bs_str name, enum bs_step *out)
{
	for (size_t i = 0; i < BS_STEP_COUNT; i++) {
		if (bs_str_eq(bs_steps[i].name, name)) {
			*out = (enum bs_step)i;
			return BS_OK;
		}
	}
	return BS_NOT_FOUND;
}

enum bs_action bs_action_of_saving(enum bs_status status)
{
	switch (status) {
	case BS_STATUS_PUBLISHED:
		return BS_ACT_PUBLISH;
	case BS_STATUS_SCHEDULED:
		return BS_ACT_SCHEDULE;
	case BS_STATUS_WITHDRAWN:
		return BS_ACT_WITHDRAW;
	default:
		return BS_ACT_WRITE;
	}
}

bool bs_step_from(enum bs_step step, enum bs_status status)
{
	return (bs_steps[step].from & 1u << status) != 0;
}
