/* flow.h - the way of a story: draft, in review, scheduled, published, withdrawn; which step leads where and who may take it. */
#ifndef BS_DESK_FLOW_H
#define BS_DESK_FLOW_H

#include "account/permission.h"
#include "desk/messages.h"
#include "newsroom/draft.h"

enum bs_step {
	BS_STEP_SAVE,     /* as it is: what readers see is changed with it */
	BS_STEP_SUBMIT,   /* for review */
	BS_STEP_RETURN,   /* to its author */
	BS_STEP_SCHEDULE,
	BS_STEP_PUBLISH,
	BS_STEP_UNSCHEDULE,
	BS_STEP_WITHDRAW, /* 410, with a reason */
	BS_STEP_RESTORE,  /* to the readers, after it was withdrawn */
	BS_STEP_COUNT
};

struct bs_step_rule {
	struct bs_str name;      /* of the button: "publish"; and "story." with it of the log's action */
	enum bs_desk_msg label;
	unsigned from;           /* a set of 1 << status; a story that was never saved counts as a draft */
	enum bs_status to;       /* of BS_STEP_SAVE: as it was */
	enum bs_action action;   /* that must be permitted */
	const char *done;        /* message on the page afterwards, "done.…" */
};

extern const struct bs_step_rule bs_steps[BS_STEP_COUNT];

/* BS_NOT_FOUND: no such step. */
enum bs_rc bs_step_of(struct bs_str name, enum bs_step *out) BS_CHECK;
/* What has to be permitted to save a story of this status: what readers see, only those change who may publish. */
enum bs_action bs_action_of_saving(enum bs_status status);
bool bs_step_from(enum bs_step step, enum bs_status status);

#endif
