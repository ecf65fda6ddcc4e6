/* cmd_verify.c - hold the ledger against itself. */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "account/audit.h"
#include "main/house.h"
#include "main/options.h"

static void progress(void *ctx, int64_t done, int64_t all)
{
	if (*(bool *)ctx)
		fprintf(stderr, "\r%" PRId64 " of %" PRId64 " revisions", done, all);
}

/* The log of what was done at the desk; nothing to do where nobody ever used it. */
static enum bs_rc verify_audit(struct bs_house *house, struct bs_db *db, int64_t *entries, struct bs_err *err)
{
	struct bs_vault *vault = NULL;
	enum bs_rc rc = bs_audit_length(db, entries, err);

	if (rc != BS_OK || *entries == 0)
		return rc;
	rc = bs_vault_open(house->keys_dir, false, &vault, err);
	if (rc == BS_OK)
		rc = bs_audit_verify(db, vault, entries, err);
	bs_vault_close(&vault);
	return rc;
}

static void report_json(const struct bs_verify_result *result, int64_t entries, bool good)
{
	printf("{\"good\":%s,\"stories\":%" PRId64 ",\"revisions\":%" PRId64 ",\"passages\":%" PRId64 ",\"entries\":%" PRId64 "}\n",
	       good ? "true" : "false", result->stories, result->revisions, result->passages, entries);
}

static enum bs_exit report(const struct bs_verify_result *result, int64_t entries, enum bs_rc rc, const struct bs_err *err, bool json)
{
	if (rc != BS_OK && rc != BS_CORRUPT)
		return bs_complain(BS_EXIT_FAILED, "%s", err->text);
	if (json)
		report_json(result, entries, rc == BS_OK);
	if (rc == BS_CORRUPT && result->text[0] != '\0')
		return bs_complain(BS_EXIT_FAILED, "the ledger is broken: %s. Restore the database from a backup made before this happened",
		                   result->text);
	if (rc == BS_CORRUPT)
		return bs_complain(BS_EXIT_FAILED, "%s. Restore the database, and keys/desk.key, from a backup made before this happened", err->text);
	if (!json)
		printf("All is as it was signed: %" PRId64 " stories, %" PRId64 " revisions, %" PRId64 " passages, %" PRId64
		       " entries of the log.\n", result->stories, result->revisions, result->passages, entries);
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
	int64_t entries = 0;
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
	if (rc == BS_OK)
		rc = verify_audit(&house, db, &entries, &err);
	bs_pool_return(&db);
	bs_house_close(&house);
	return report(&result, entries, rc, &err, json);
}
