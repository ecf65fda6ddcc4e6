/* cmd_translate.c - translations: by engines (translate_run.c), and from and for files: `take` brings PO files in, `give` writes a
 * story's passages as one. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/sys.h"
#include "main/house.h"
#include "main/options.h"
#include "main/translate_run.h"
#include "translate/exchange.h"

static const char usage[] = "usage: broadsheet translate --data DIR --to LANG[,LANG…] [--story ID] [--engine NAME] [--again] [--dry-run] [--json]\n"
	"       broadsheet translate --data DIR take FILE.po… | give --to LANG --story ID";

enum verb { NONE, RUN, TAKE, GIVE };

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

static enum verb verb_of(int count, char **words, const struct bs_translate_order *order)
{
	if (count == 0)
		return order->to != NULL ? RUN : NONE;
	if (strcmp(words[1], "take") == 0)
		return count > 1 ? TAKE : NONE;
	return strcmp(words[1], "give") == 0 && count == 1 && order->to != NULL && order->story != NULL ? GIVE : NONE;
}

enum bs_exit bs_cmd_translate(int argc, char **argv)
{
	const char *data = NULL;
	struct bs_translate_order order = { 0 };
	const struct bs_option options[] = { { "--data", BS_OPTION_TEXT, &data }, { "--to", BS_OPTION_TEXT, &order.to },
		                             { "--story", BS_OPTION_TEXT, &order.story }, { "--engine", BS_OPTION_TEXT, &order.engine },
		                             { "--again", BS_OPTION_FLAG, &order.again }, { "--dry-run", BS_OPTION_FLAG, &order.dry_run },
		                             { "--json", BS_OPTION_FLAG, &order.json } };
	struct job job = { 0 };
	enum bs_exit code;
	enum verb verb;
	int rest;

	if (bs_options_take(argc, argv, options, BS_COUNT(options), &rest) != BS_EXIT_DONE)
		return BS_EXIT_USAGE;
	verb = verb_of(rest, argv, &order);
	if (verb == NONE)
		return bs_complain(BS_EXIT_USAGE, "%s", usage);
	if (!bs_house_for(data, verb == TAKE ? BS_HOUSE_WRITE : BS_HOUSE_READ, 1, &job.house))
		return data == NULL ? BS_EXIT_USAGE : BS_EXIT_FAILED;
	job.arena = bs_arena_new();
	if (verb == TAKE)
		code = take(&job, rest - 1, argv + 2);
	else if (verb == GIVE)
		code = give(&job, order.story, order.to);
	else
		code = bs_translate_run(&job.house, &order);
	bs_arena_free(&job.arena);
	bs_house_close(&job.house);
	return code;
}
