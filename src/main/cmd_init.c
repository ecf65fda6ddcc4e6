/* cmd_init.c - make a newsroom. */
#include <stdio.h>

#include "main/house.h"
#include "main/options.h"

enum bs_exit bs_cmd_init(int argc, char **argv)
{
	const char *data = NULL, *dsn = NULL;
	const struct bs_option options[] = { { "--data", BS_OPTION_TEXT, &data }, { "--store", BS_OPTION_TEXT, &dsn } };
	struct bs_err err = { 0 };
	int rest;

	if (bs_options_take(argc, argv, options, BS_COUNT(options), &rest) != BS_EXIT_DONE)
		return BS_EXIT_USAGE;
	if (rest > 0 || data == NULL)
		return bs_usage(argv[0]);
	if (bs_house_init(data, dsn, &err) != BS_OK)
		return bs_complain(BS_EXIT_FAILED, "%s", err.text);
	printf("A newsroom was made in %s.\n"
	       "Its signing key is %s/keys/ledger.key: keep a copy in a safe place, whoever has it can sign in your name.\n"
	       "Next: broadsheet import --data %s FOLDER, then broadsheet serve --data %s\n", data, data, data, data);
	return BS_EXIT_DONE;
}
