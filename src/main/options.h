/* options.h - the options of a command: "--listen ADDR", "--json". Borrowed strings of argv throughout. */
#ifndef BS_MAIN_OPTIONS_H
#define BS_MAIN_OPTIONS_H

#include "main/command.h"

enum bs_option_kind {
	BS_OPTION_FLAG, /* bool */
	BS_OPTION_TEXT, /* const char * */
	BS_OPTION_INT,  /* int64_t, not negative */
};

struct bs_option {
	const char *name; /* with its dashes: "--listen" */
	enum bs_option_kind kind;
	void *to;
};

/* Take the options out of argv[1 … argc - 1]; what is left moves to the front of argv, its number to *rest (argv[0] not
 * counted, so the first is argv[1]). "--" ends them. BS_EXIT_USAGE, after saying what is wrong, for an unknown option or
 * one without its value. */
enum bs_exit bs_options_take(int argc, char **argv, const struct bs_option *options, size_t count, int *rest);

#endif
