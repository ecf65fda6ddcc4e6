/* cmd_verify.c - hold the newsroom against what was signed: the file of the database, the ledger, whose key signed it, the pictures,
 * the audit log, in this order, up to the first break. Nothing is written: a backup on a disk that cannot be written to will do. */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "account/audit.h"
#include "base/sys.h"
#include "main/house.h"
#include "main/options.h"
#include "newsroom/catalog.h"
#include "store/migrate.h"
#include "text/json.h"

enum { REPORT_MAX = 4096 };

struct verifying {
	struct bs_house house;
	struct bs_db *db;
	bool json, terminal;
	struct bs_verify_result ledger;
	struct bs_signer signer;
	struct bs_media_result pictures;
	int64_t entries; /* of the log */
	bool log_compared; /* or is being; false too when it was not come to */
};

static void progress(void *ctx, int64_t done, int64_t all)
{
	const struct verifying *v = ctx;

	if (v->terminal)
		fprintf(stderr, "\r%" PRId64 " of %" PRId64 " revisions", done, all);
}

static enum bs_rc verify_ledger(struct verifying *v, struct bs_err *err)
{
	enum bs_rc rc = bs_ledger_verify(v->db, &(struct bs_verify_options){ .now = bs_now(), .progress = progress, .ctx = v }, &v->ledger, err);

	if (v->terminal && v->ledger.revisions >= 500)
		fputc('\n', stderr);
	return rc;
}

static enum bs_rc verify_file(struct verifying *v, struct bs_err *err)
{
	return bs_store_check_file(v->db, err);
}

static enum bs_rc verify_rows(struct verifying *v, struct bs_err *err)
{
	return bs_store_check_rows(v->db, err);
}

static enum bs_rc verify_signer(struct verifying *v, struct bs_err *err)
{
	return bs_ledger_signer(v->house.keys_dir, v->db, &v->signer, err);
}

static enum bs_rc verify_pictures(struct verifying *v, struct bs_err *err)
{
	return bs_media_verify(v->db, v->house.media_dir, &v->pictures, err);
}

/* The log of what was done at the desk; nothing to do where nobody ever used it. Where the keys are kept elsewhere, it cannot be checked. */
static enum bs_rc verify_log(struct verifying *v, struct bs_err *err)
{
	struct bs_vault *vault = NULL;
	enum bs_rc rc = bs_audit_length(v->db, &v->entries, err);

	v->log_compared = true;
	if (rc != BS_OK || v->entries == 0)
		return rc;
	rc = bs_vault_open(v->house.keys_dir, false, &vault, err);
	if (rc == BS_OK)
		rc = bs_audit_verify(v->db, vault, &v->entries, err);
	else if (!v->signer.compared && (rc == BS_NOT_FOUND || rc == BS_DENIED))
		v->log_compared = false;
	bs_vault_close(&vault);
	return v->log_compared ? rc : BS_OK;
}

static enum bs_rc verify(struct verifying *v, struct bs_err *err)
{
	static enum bs_rc (*const steps[])(struct verifying *v, struct bs_err *err) = {
		verify_file, verify_ledger, verify_rows, verify_signer, verify_pictures, verify_log,
	};
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < BS_COUNT(steps) && rc == BS_OK; i++)
		rc = steps[i](v, err);
	return rc;
}

/* --- what was found ---------------------------------------------------------------------------------------------------------- */

static void report_json(const struct verifying *v, const struct bs_err *fault)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_json *report = bs_json_new_object(arena);
	struct bs_buf out = BS_BUF(REPORT_MAX);
	struct bs_err ignored;

	bs_json_add_bool(report, BS_STR("good"), fault == NULL);
	if (fault != NULL)
		bs_json_add_string(report, BS_STR("break"), bs_str_c(fault->text));
	bs_json_add_int(report, BS_STR("stories"), v->ledger.stories);
	bs_json_add_int(report, BS_STR("revisions"), v->ledger.revisions);
	bs_json_add_int(report, BS_STR("passages"), v->ledger.passages);
	bs_json_add_int(report, BS_STR("renamed"), v->ledger.renamed);
	bs_json_add_int(report, BS_STR("pictures"), v->pictures.files);
	bs_json_add_int(report, BS_STR("entries"), v->entries);
	bs_json_add_bool(report, BS_STR("log_compared"), v->log_compared);
	bs_json_add_string(report, BS_STR("key"), bs_str_c(v->signer.key));
	bs_json_add_bool(report, BS_STR("key_compared"), v->signer.compared);
	bs_json_add_int(report, BS_STR("other_keys"), v->signer.others);
	if (bs_json_write(report, &out, &ignored) == BS_OK)
		printf(BS_FMT "\n", BS_ALL(bs_buf_str(&out)));
	bs_buf_free(&out);
	bs_arena_free(&arena);
}

static void report_key(const struct verifying *v)
{
	if (v->signer.key[0] == '\0')
		return;
	printf("The newest revision is signed by the key %s, %s %s.\n", v->signer.key,
	       v->signer.compared ? "which is that in" : "which could not be compared: no key can be read in", v->house.keys_dir);
	if (v->signer.others > 0)
		printf("%" PRId64 " revisions before it are signed by another key.\n", v->signer.others);
}

static void report_good(const struct verifying *v)
{
	printf("All is as it was signed: %" PRId64 " stories, %" PRId64 " revisions, %" PRId64 " passages, %" PRId64 " pictures, %" PRId64
	       " entries of the log.\n", v->ledger.stories, v->ledger.revisions, v->ledger.passages, v->pictures.files, v->entries);
	report_key(v);
	if (!v->log_compared)
		printf("The entries of the log could not be checked: no key can be read in %s.\n", v->house.keys_dir);
	if (v->ledger.renamed > 0)
		printf("%" PRId64 " stories name people, terms or notices otherwise than when they were signed: these were renamed, merged or "
		       "removed since.\n", v->ledger.renamed);
	puts("Not signed, so not looked at: names and texts of people, terms and notices, settings, translations, word counts, "
	     "what is known of links.");
}

static enum bs_exit report(const struct verifying *v, enum bs_rc rc, const struct bs_err *err)
{
	bool broken = rc == BS_CORRUPT;

	if (rc != BS_OK && !broken)
		return bs_complain(BS_EXIT_FAILED, "%s", err->text);
	if (v->json)
		report_json(v, broken ? err : NULL);
	if (broken && v->ledger.text[0] != '\0')
		return bs_complain(BS_EXIT_FAILED, "the ledger is broken: %s. Restore the database from a backup made before this happened",
		                   v->ledger.text);
	if (broken && v->pictures.text[0] != '\0')
		return bs_complain(BS_EXIT_FAILED, "%s. Restore it from a backup", v->pictures.text);
	if (broken && v->log_compared)
		return bs_complain(BS_EXIT_FAILED, "%s. Restore the database, and keys/desk.key, from a backup made before this happened", err->text);
	if (broken)
		return bs_complain(BS_EXIT_FAILED, "%s", err->text);
	if (!v->json)
		report_good(v);
	return BS_EXIT_DONE;
}

enum bs_exit bs_cmd_verify(int argc, char **argv)
{
	const char *data = NULL;
	struct verifying v = { .terminal = isatty(STDERR_FILENO) == 1 };
	const struct bs_option options[] = { { "--data", BS_OPTION_TEXT, &data }, { "--json", BS_OPTION_FLAG, &v.json } };
	struct bs_err err = { 0 };
	enum bs_exit exit;
	enum bs_rc rc;
	int rest;

	if (bs_options_take(argc, argv, options, BS_COUNT(options), &rest) != BS_EXIT_DONE)
		return BS_EXIT_USAGE;
	if (rest > 0)
		return bs_usage(argv[0]);
	if (data == NULL)
		return bs_complain(BS_EXIT_USAGE, "say where the newsroom is: --data DIR");
	rc = bs_house_look(data, &v.house, &v.db, &err);
	if (rc == BS_OK)
		rc = verify(&v, &err);
	exit = report(&v, rc, &err);
	bs_db_close(&v.db);
	bs_house_close(&v.house);
	return exit;
}
