/* progress.h - how far a long command has come: a bar on a terminal, a plain line now and then in a pipe, one JSON object a line for
 * programs ({"event":"progress","done":256,"total":5000}). The bar is on stderr, where it is in nobody's way. Not safe from
 * two threads at once. */
#ifndef BS_MAIN_PROGRESS_H
#define BS_MAIN_PROGRESS_H

#include "main/command.h"

struct bs_progress {
	const char *what; /* "stories" */
	bool json, terminal;
	int64_t shown; /* when something was last shown */
};

/* `json` wins over the terminal. */
struct bs_progress bs_progress_of(const char *what, bool json);
/* Call it as often as there is something new: what is shown is seldom enough. */
void bs_progress_show(struct bs_progress *progress, int64_t done, int64_t total);
/* Take the bar away, before a line of something else. */
void bs_progress_clear(const struct bs_progress *progress);

#endif
