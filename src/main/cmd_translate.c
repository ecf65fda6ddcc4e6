/* cmd_translate.c - translations from and for files: `take` brings PO files in, `give` writes a story's passages as one. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/sys.h"
#include "main/house.h"
#include "main/options.h"
#include "translate/exchange.h"

struct job {
	struct bs_house house;
	struct bs_arena *arena;
	struct bs_db *db;
	const char *path; /* of the file being taken */
	struct bs_str text;
	struct bs_exchanged sum;
	bool refused;
};

static void show_refused(void *ctx, int line, const char *why)
{
	const struct job *job = ctx;

	fprintf(stderr, "%s:%d: %s\n", job->path, line, why);
}

static enum bs_rc take_in(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct job *job = ctx;
	struct bs_exchange how = { .refused = show_refused, .ctx = job };
	struct bs_exchanged one;
	enum bs_rc rc = bs_exchange_po(job->arena, db, job->text, &how, bs_now(), &one, err);

	if (rc == BS_OK) {
		job->sum.entries += one.entries;
		job->sum.written += one.written;
		job->sum.unknown += one.unknown;
		job->sum.refused += one.refused;
	}
	return rc;
}

/* A file that cannot be read is said and passed over; a database that cannot be written ends it all. */
static enum bs_rc take_file(struct job *job, const char *path, struct bs_err *err)
{
	enum bs_rc rc;

	bs_arena_reset(job->arena);
	job->path = path;
	rc = bs_file_read(job->arena, path, BS_MAX_DOCUMENT, &job->text, err);
	if (rc == BS_OK)
		rc = bs_db_transact(job->db, take_in, job, err);
	if (rc == BS_OK || rc == BS_BUSY || rc == BS_IO || rc == BS_CORRUPT)
		return rc;
	fprintf(stderr, "%s: %s\n", path, err->text);
	job->refused = true;
	return BS_OK;
}

static enum bs_exit take(struct job *job, int count, char **paths)
{
	struct bs_err err = { 0 };
	enum bs_rc rc = bs_pool_write(job->house.pool, &job->db, &err);

	for (int i = 0; i < count && rc == BS_OK; i++)
		rc = take_file(job, paths[i], &err);
	bs_pool_return(&job->db);
	if (rc != BS_OK)
		return bs_complain(BS_EXIT_FAILED, "%s", err.text);
	printf("%zu translations: %zu new or changed, %zu of passages that no story has, %zu refused\n", job->sum.entries,
	       job->sum.written, job->sum.unknown, job->sum.refused);
	return job->refused || job->sum.refused > 0 ? BS_EXIT_PARTLY : BS_EXIT_DONE;
}

static enum bs_exit give(struct job *job, const char *story, const char *to)
{
	struct bs_buf out = BS_BUF(BS_MAX_DOCUMENT);
	struct bs_err err = { 0 };
	enum bs_rc rc = bs_pool_read(job->house.pool, &job->db, &err);

	if (rc == BS_OK)
		rc = bs_exchange_po_write(job->arena, job->db, bs_str_c(story), bs_str_c(to), &out, &err);
	bs_pool_return(&job->db);
	if (rc == BS_OK && (fwrite(out.data, 1, out.len, stdout) != out.len || fflush(stdout) != 0))
		rc = bs_fail(&err, BS_IO, "the PO file could not be written; is there room where it goes?");
	bs_buf_free(&out);
	return rc == BS_OK ? BS_EXIT_DONE : bs_complain(BS_EXIT_FAILED, "%s", err.text);
}

enum bs_exit bs_cmd_translate(int argc, char **argv)
{
	const char *data = NULL, *to = NULL, *story = NULL;
	const struct bs_option options[] = { { "--data", BS_OPTION_TEXT, &data }, { "--to", BS_OPTION_TEXT, &to },
		                             { "--story", BS_OPTION_TEXT, &story } };
	struct job job = { 0 };
	enum bs_exit code;
	bool taking;
	int rest;

	if (bs_options_take(argc, argv, options, BS_COUNT(options), &rest) != BS_EXIT_DONE)
		return BS_EXIT_USAGE;
	taking = rest > 1 && strcmp(argv[1], "take") == 0;
	if (!taking && (rest != 1 || strcmp(argv[1], "give") != 0 || to == NULL || story == NULL))
		return bs_usage(argv[0]);
	if (!bs_house_for(data, taking ? BS_HOUSE_WRITE : BS_HOUSE_READ, 1, &job.house))
		return data == NULL ? BS_EXIT_USAGE : BS_EXIT_FAILED;
	job.arena = bs_arena_new();
	code = taking ? take(&job, rest - 1, argv + 2) : give(&job, story, to);
	bs_arena_free(&job.arena);
	bs_house_close(&job.house);
	return code;
}
