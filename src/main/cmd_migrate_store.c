/* cmd_migrate_store.c - a whole newsroom from one database into another: there, and back. A line that counts on a terminal,
 * plain lines in a pipe, one JSON object a line with --json. SIGINT and SIGTERM stop it between two batches of rows. */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "main/house.h"
#include "main/options.h"
#include "newsroom/search.h"
#include "store/copy.h"
#include "store/migrate.h"

enum { LINES_EVERY = 100000, CACHE_KB = 65536 };

static volatile sig_atomic_t stopped;

struct moving {
	bool json, terminal;
	struct bs_db *from, *to;
	struct bs_copy_progress last;
	int64_t copied; /* rows that this run has brought over; those of an earlier one are only compared */
	struct bs_verify_result ledger;
};

static void stop_soon(int signal)
{
	(void)signal;
	stopped = 1;
}

static void watch_signals(void)
{
	struct sigaction action = { .sa_handler = stop_soon };

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

/* --- showing how far it has come ------------------------------------------------------------------------------------ */

static void show_line(const struct moving *moving, const struct bs_copy_progress *now)
{
	bool fresh = moving->last.doing == NULL || strcmp(now->doing, moving->last.doing) != 0;

	if (moving->terminal)
		fprintf(stderr, "\r\033[K%s: table %d of %d, %s; %" PRId64 " rows", now->doing, now->tables_done + 1, now->tables, now->table,
		        now->rows);
	else if (fresh || now->rows / LINES_EVERY != moving->last.rows / LINES_EVERY)
		printf("%s: table %d of %d, %s; %" PRId64 " rows\n", now->doing, now->tables_done + 1, now->tables, now->table, now->rows);
	fflush(stdout);
}

static void show_json(const struct bs_copy_progress *now)
{
	printf("{\"event\":\"%s\",\"table\":\"%s\",\"tables_done\":%d,\"tables\":%d,\"rows\":%" PRId64 "}\n", now->doing, now->table,
	       now->tables_done, now->tables, now->rows);
	fflush(stdout);
}

static bool progress(const struct bs_copy_progress *now, void *ctx)
{
	struct moving *moving = ctx;

	if (moving->json)
		show_json(now);
	else
		show_line(moving, now);
	moving->last = *now;
	if (strcmp(now->doing, "copy") == 0)
		moving->copied = now->rows;
	return stopped == 0;
}

static void clear_line(const struct moving *moving)
{
	if (moving->terminal)
		fputs("\r\033[K", stderr);
}

static void show_done(const struct moving *moving)
{
	clear_line(moving);
	if (moving->json) {
		printf("{\"event\":\"done\",\"tables\":%d,\"rows\":%" PRId64 ",\"copied\":%" PRId64 ",\"stories\":%" PRId64 ",\"revisions\":%" PRId64
		       ",\"passages\":%" PRId64 "}\n", moving->last.tables, moving->last.rows, moving->copied, moving->ledger.stories,
		       moving->ledger.revisions, moving->ledger.passages);
		return;
	}
	printf("The newsroom is in the new database: %d tables with %" PRId64 " rows, each compared with the old one; %" PRId64 " stories, %" PRId64
	       " revisions and %" PRId64 " passages are as they were signed.\n"
	       "To work with it, stop what uses the old one, write what you gave as --to into broadsheet.conf, as dsn below [store], and "
	       "start again. What was written to the old one since the copy began is not in the new one.\n",
	       moving->last.tables, moving->last.rows, moving->ledger.stories, moving->ledger.revisions, moving->ledger.passages);
}

/* --- moving ---------------------------------------------------------------------------------------------------------- */

static enum bs_rc finish(struct bs_db *to, void *ctx, struct bs_err *err)
{
	const struct moving *moving = ctx;

	clear_line(moving);
	if (!moving->json)
		puts("index: making the search index");
	fflush(stdout);
	return bs_search_rebuild(to, err);
}

/* A data directory stands for the database that its configuration names. */
static enum bs_rc source_of(struct bs_arena *arena, const char *given, const char **dsn, struct bs_err *err)
{
	struct stat info;

	*dsn = given;
	if (stat(given, &info) == 0 && S_ISDIR(info.st_mode))
		return bs_house_dsn(arena, given, dsn, err);
	return BS_OK;
}

static enum bs_rc check_target(const char *from, const char *to, struct bs_err *err)
{
	struct stat info;

	if (strcmp(from, to) == 0)
		return bs_fail(err, BS_INVALID, "--from and --to are the same database");
	if (stat(to, &info) == 0 && S_ISDIR(info.st_mode))
		return bs_fail(err, BS_INVALID, "%.160s is a folder; --to is a database: postgresql://USER@HOST/NAME, or a file such as "
		               "%.40s/broadsheet.db", to, to);
	return BS_OK;
}

/* The source is looked at before the target is made. */
static enum bs_rc open_both(struct moving *moving, const char *from, const char *to, struct bs_err *err)
{
	struct bs_db_options source = { .dsn = from, .role = BS_DB_READER };
	struct bs_db_options target = { .dsn = to, .role = BS_DB_WRITER, .cache_kb = CACHE_KB };
	enum bs_rc rc = bs_db_open(&source, &moving->from, err);

	if (rc == BS_OK)
		rc = bs_store_check(moving->from, err);
	if (rc != BS_OK)
		return bs_fail_at(err, "--from");
	rc = bs_db_open(&target, &moving->to, err);
	return rc == BS_OK ? rc : bs_fail_at(err, "--to");
}

static enum bs_rc move(struct moving *moving, const char *from, const char *to, struct bs_err *err)
{
	struct bs_copy_options options = { .progress = progress, .finish = finish, .ctx = moving };
	enum bs_rc rc = check_target(from, to, err);

	if (rc == BS_OK)
		rc = open_both(moving, from, to, err);
	if (rc == BS_OK)
		rc = bs_store_copy(moving->from, moving->to, &options, err);
	if (rc == BS_OK)
		rc = bs_ledger_verify(moving->to, NULL, &moving->ledger, err);
	if (rc == BS_CORRUPT && moving->ledger.text[0] != '\0')
		return bs_fail_at(err, "the copy is complete, but the ledger that was copied is broken");
	return rc;
}

enum bs_exit bs_cmd_migrate_store(int argc, char **argv)
{
	const char *from = NULL, *to = NULL;
	struct moving moving = { .terminal = isatty(STDERR_FILENO) == 1 };
	const struct bs_option options[] = { { "--from", BS_OPTION_TEXT, &from }, { "--to", BS_OPTION_TEXT, &to },
		                             { "--json", BS_OPTION_FLAG, &moving.json } };
	struct bs_arena *arena;
	struct bs_err err = { 0 };
	enum bs_rc rc;
	int rest;

	if (bs_options_take(argc, argv, options, BS_COUNT(options), &rest) != BS_EXIT_DONE)
		return BS_EXIT_USAGE;
	if (rest > 0 || from == NULL || to == NULL)
		return bs_usage(argv[0]);
	moving.terminal = moving.terminal && !moving.json;
	watch_signals();
	arena = bs_arena_new();
	rc = source_of(arena, from, &from, &err);
	if (rc == BS_OK)
		rc = move(&moving, from, to, &err);
	if (rc == BS_OK)
		show_done(&moving);
	else
		clear_line(&moving);
	bs_db_close(&moving.from);
	bs_db_close(&moving.to);
	bs_arena_free(&arena);
	return rc == BS_OK ? BS_EXIT_DONE : bs_complain(BS_EXIT_FAILED, "%s", err.text);
}
