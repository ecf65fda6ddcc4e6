/* run.h - `broadsheet translate --to`: engines translate what is missing, story by story. */
#ifndef BS_MAIN_TRANSLATE_RUN_H
#define BS_MAIN_TRANSLATE_RUN_H

#include "main/house.h"

struct bs_translate_order {
	const char *to;     /* languages, separated by commas */
	const char *story;  /* public id; NULL: every published one, newest first */
	const char *engine; /* NULL: as configured */
	bool again;         /* also what engines have refused */
	bool dry_run, json;
};

/* Prints what was done, or would be and at what cost; what could not be done goes to stderr, a line each. */
enum bs_exit bs_translate_run(struct bs_house *house, const struct bs_translate_order *order);

#endif
