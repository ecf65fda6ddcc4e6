/* cmd_translate.c - translations: by engines (run.c), and from and for files: `take` brings them in, `give` writes what
 * translators are to have. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/sys.h"
#include "main/house.h"
#include "main/options.h"
#include "main/translate/run.h"
#include "translate/exchange.h"

enum verb { NONE, RUN, TAKE, GIVE };

struct job {
	struct bs_house house;
	struct bs_arena *arena;
	struct bs_db *db;
	const char *path; /* of the file being taken */
	struct bs_str text, lang, source_lang; /* the languages as the options say, or empty */
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
	struct bs_exchange how = { .refused = show_refused, .ctx = job, .lang = job->lang, .source_lang = job->source_lang,
		                   .csv = bs_str_ends(bs_str_c(job->path), BS_STR(".csv")) };
	struct bs_exchanged one;
	enum bs_rc rc = bs_exchange_take(job->arena, db, job->text, &how, bs_now(), &one, err);

	if (rc == BS_OK) {
		job->sum.entries += one.entries;
		job->sum.written += one.written;
		job->sum.unknown += one.unknown;
		job->sum.refused += one.refused;
		job->sum.terms += one.terms;
	}
	return rc;
}

/* A file that cannot be read is said and passed over; a database that cannot be written ends it all. */
static enum bs_rc take_file(struct job *job, const char *path, struct bs_err *err)
{
	enum bs_rc rc;

	bs_arena_reset(job->arena);
	job->path = path;
	rc = bs_file_read(job->arena, path, BS_MAX_EXCHANGE, &job->text, err);
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
	if (job->sum.terms > 0)
		printf("%zu terms of glossaries\n", job->sum.terms);
	printf("%zu translations: %zu new or changed, %zu of passages that no story has, %zu refused\n", job->sum.entries,
	       job->sum.written, job->sum.unknown, job->sum.refused);
	return job->refused || job->sum.refused > 0 ? BS_EXIT_PARTLY : BS_EXIT_DONE;
}

static const char *const formats[] = { [BS_FORMAT_PO] = "po", [BS_FORMAT_XLIFF] = "xliff", [BS_FORMAT_TMX] = "tmx",
	                               [BS_FORMAT_TBX] = "tbx", [BS_FORMAT_CSV] = "csv" };

/* *out is untouched when there is no such format. */
static bool format_of(const char *name, enum bs_format *out)
{
	for (size_t i = 0; name != NULL && i < BS_COUNT(formats); i++) {
		if (strcmp(formats[i], name) != 0)
			continue;
		*out = (enum bs_format)i;
		return true;
	}
	return name == NULL;
}

static enum bs_exit give(struct job *job, const struct bs_exchange_order *order)
{
	struct bs_buf out = BS_BUF(BS_MAX_EXCHANGE);
	struct bs_err err = { 0 };
	enum bs_rc rc = bs_pool_read(job->house.pool, &job->db, &err);

	if (rc == BS_OK)
		rc = bs_exchange_give(job->arena, job->db, order, &out, &err);
	bs_pool_return(&job->db);
	if (rc == BS_OK && (fwrite(out.data, 1, out.len, stdout) != out.len || fflush(stdout) != 0))
		rc = bs_fail(&err, BS_IO, "the file could not be written; is there room where it goes?");
	bs_buf_free(&out);
	return rc == BS_OK ? BS_EXIT_DONE : bs_complain(BS_EXIT_FAILED, "%s", err.text);
}

static enum verb verb_of(int count, char **words, const struct bs_translate_order *order, const char *from)
{
	if (count == 0)
		return order->to != NULL ? RUN : NONE;
	if (strcmp(words[1], "take") == 0)
		return count > 1 ? TAKE : NONE;
	return strcmp(words[1], "give") == 0 && count == 1 && order->to != NULL && (order->story != NULL || from != NULL) ? GIVE : NONE;
}

enum bs_exit bs_cmd_translate(int argc, char **argv)
{
	const char *data = NULL, *from = NULL, *format = NULL;
	struct bs_translate_order order = { 0 };
	struct bs_exchange_order gift = { .format = BS_FORMAT_PO };
	const struct bs_option options[] = { { "--data", BS_OPTION_TEXT, &data }, { "--to", BS_OPTION_TEXT, &order.to },
		                             { "--story", BS_OPTION_TEXT, &order.story }, { "--engine", BS_OPTION_TEXT, &order.engine },
		                             { "--again", BS_OPTION_FLAG, &order.again }, { "--dry-run", BS_OPTION_FLAG, &order.dry_run },
		                             { "--from", BS_OPTION_TEXT, &from }, { "--format", BS_OPTION_TEXT, &format },
		                             { "--json", BS_OPTION_FLAG, &order.json } };
	struct job job = { 0 };
	enum bs_exit code;
	enum verb verb;
	int rest;

	if (bs_options_take(argc, argv, options, BS_COUNT(options), &rest) != BS_EXIT_DONE)
		return BS_EXIT_USAGE;
	verb = verb_of(rest, argv, &order, from);
	if (verb == NONE || !format_of(format, &gift.format))
		return bs_usage(argv[0]);
	if (!bs_house_for(data, verb == TAKE ? BS_HOUSE_WRITE : BS_HOUSE_READ, 1, &job.house))
		return data == NULL ? BS_EXIT_USAGE : BS_EXIT_FAILED;
	job.arena = bs_arena_new();
	gift.public_id = bs_str_c(order.story);
	gift.from = bs_str_c(from);
	gift.lang = bs_str_c(order.to);
	job.lang = gift.lang;
	job.source_lang = gift.from;
	if (verb == TAKE)
		code = take(&job, rest - 1, argv + 2);
	else if (verb == GIVE)
		code = give(&job, &gift);
	else
		code = bs_translate_run(&job.house, &order);
	bs_arena_free(&job.arena);
	bs_house_close(&job.house);
	return code;
}
