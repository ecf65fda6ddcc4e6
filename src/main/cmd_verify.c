/* cmd_verify.c - hold the ledger against itself. */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "main/house.h"
#include "main/options.h"

static void progress(void *ctx, int64_t done, int64_t all)
{
	if (*(bool *)ctx)
		fprintf(stderr, "\r%" PRId64 " of %" PRId64 " revisions", done, all);
}

static void report_json(const struct bs_verify_result *result)
{
	printf("{\"good\":%s,\"stories\":%" PRId64 ",\"revisions\":%" PRId64 ",\"passages\":%" PRId64 "}\n",
	       result->text[0] == '\0' ? "true" : "false", result->stories, result->revisions, result->passages);
}

static enum bs_exit report(const struct bs_verify_result *result, enum bs_rc rc, const struct bs_err *err, bool json)
{
	if (rc != BS_OK && rc != BS_CORRUPT)
		return bs_complain(BS_EXIT_FAILED, "%s", err->text);
	if (json)
		report_json(result);
	if (rc == BS_CORRUPT)
		return bs_complain(BS_EXIT_FAILED, "the ledger is broken: %s. Restore the database from a backup made before this happened",
		                   result->text[0] != '\0' ? result->text : err->text);
	if (!json)
		printf("All is as it was signed: %" PRId64 " stories, %" PRId64 " revisions, %" PRId64 " passages.\n", result->stories,
		       result->revisions, result->passages);
	return BS_EXIT_DONE;
}

enum bs_exit bs_cmd_verify(int argc, char **argv)
{
	const char *data = NULL;
	bool json = false, terminal = isatty(STDERR_FILENO) == 1;
	const struct bs_option options[] = { { "--data", BS_OPTION_TEXT, &data }, { "--json", BS_OPTION_FLAG, &json } };
	struct bs_verify_result result = { 0 };
	struct bs_house house;
	struct bs_db *db = NULL;
	struct bs_err err = { 0 };
	enum bs_rc rc;
	int rest;

	if (bs_options_take(argc, argv, options, BS_COUNT(options), &rest) != BS_EXIT_DONE)
		return BS_EXIT_USAGE;
	if (rest > 0)
		return bs_usage(argv[0]);
	if (!bs_house_for(data, BS_HOUSE_READ, 1, &house))
		return data == NULL ? BS_EXIT_USAGE : BS_EXIT_FAILED;
	rc = bs_pool_read(house.pool, &db, &err);
	if (rc == BS_OK)
		rc = bs_ledger_verify(db, progress, &terminal, &result, &err);
	if (terminal && result.revisions >= 500)
		fputc('\n', stderr);
	bs_pool_return(&db);
	bs_house_close(&house);
	return report(&result, rc, &err, json);
}
