/* cmd_import.c - bring documents into the newsroom: files and folders, whatever they are. A bar on a terminal, plain
 * lines in a pipe, one JSON object a line with --json. What is refused goes to stderr as FILE:LINE:BYTE: reason. */
#include <inttypes.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/sys.h"
#include "main/house.h"
#include "main/options.h"
#include "main/progress.h"
#include "syndicate/import/import.h"
#include "text/json.h"

struct show {
	struct bs_progress progress;
	bool json;
	struct bs_arena *arena;
};

static const char *const words[] = {
	[BS_IMPORT_BEGUN] = "begun",         [BS_IMPORT_ADDED] = "added",     [BS_IMPORT_CHANGED] = "changed",
	[BS_IMPORT_UNCHANGED] = "unchanged", [BS_IMPORT_SKIPPED] = "skipped", [BS_IMPORT_REFUSED] = "refused",
	[BS_IMPORT_REMARK] = "remark",
};

static void print_json(const struct bs_json *json)
{
	struct bs_err err;

	if (bs_print_json(json, &err) != BS_OK)
		bs_complain(BS_EXIT_FAILED, "%s", err.text);
}

static void show_json(struct show *show, const struct bs_import_event *event)
{
	struct bs_json *json = bs_json_new_object(show->arena);

	bs_json_add_string(json, BS_STR("event"), bs_str_c(words[event->kind]));
	if (event->path.len > 0)
		bs_json_add_string(json, BS_STR("path"), event->path);
	if (event->line > 0)
		bs_json_add_int(json, BS_STR("line"), event->line);
	if (event->byte > 0)
		bs_json_add_int(json, BS_STR("byte"), event->byte);
	if (event->text != NULL)
		bs_json_add_string(json, BS_STR("text"), bs_str_c(event->text));
	if (event->subject.len > 0)
		bs_json_add_string(json, BS_STR("subject"), event->subject);
	if (event->times > 0)
		bs_json_add_int(json, BS_STR("times"), event->times);
	if (event->public_id.len > 0)
		bs_json_add_string(json, BS_STR("id"), event->public_id);
	if (event->kind != BS_IMPORT_REMARK) {
		bs_json_add_int(json, BS_STR("done"), event->done);
		bs_json_add_int(json, BS_STR("total"), event->total);
	}
	print_json(json);
	bs_arena_reset(show->arena);
}

static void show_refused(const struct show *show, const struct bs_import_event *event)
{
	bs_progress_clear(&show->progress);
	if (event->byte > 0)
		fprintf(stderr, "%s:%d:%d: %s\n", event->path.ptr, event->line, event->byte, event->text);
	else if (event->line > 0)
		fprintf(stderr, "%s:%d: %s\n", event->path.ptr, event->line, event->text);
	else
		fprintf(stderr, "%s: %s\n", event->path.ptr, event->text);
}

static void show_remark(const struct bs_import_event *event)
{
	printf("%s%s%.*s", event->text, event->text[0] != '\0' ? ": " : "", (int)event->subject.len,
	       event->subject.len > 0 ? event->subject.ptr : "");
	if (event->times > 1)
		printf(" (%" PRId64 " times, first in ", event->times);
	else
		fputs(" (", stdout);
	printf("%s", event->path.ptr);
	if (event->line > 0)
		printf(":%d", event->line);
	puts(")");
}

static void show_event(void *ctx, const struct bs_import_event *event)
{
	struct show *show = ctx;
	bool story = event->kind != BS_IMPORT_BEGUN && event->kind != BS_IMPORT_REMARK;

	if (event->kind == BS_IMPORT_REFUSED)
		show_refused(show, event);
	if (show->json) {
		show_json(show, event);
		return;
	}
	if (event->kind == BS_IMPORT_REMARK)
		show_remark(event);
	else if (event->kind == BS_IMPORT_SKIPPED) {
		bs_progress_clear(&show->progress);
		printf("%s: skipped: %s\n", event->path.ptr, event->text);
	}
	if (story && event->done > 0)
		bs_progress_show(&show->progress, event->done, event->total);
}

static void show_totals(struct show *show, const struct bs_import_totals *totals)
{
	const struct {
		const char *name;
		int64_t count;
	} parts[] = {
		{ "people", totals->people },     { "terms", totals->terms },       { "notices", totals->notices },
		{ "settings", totals->settings }, { "pictures", totals->pictures },
	};
	struct bs_json *json = bs_json_new_object(show->arena);

	if (!show->json) {
		printf("%" PRId64 " stories new, %" PRId64 " changed, %" PRId64 " unchanged; %" PRId64
		       " skipped, %" PRId64 " refused",
		       totals->added, totals->changed, totals->unchanged, totals->skipped, totals->refused);
		for (size_t i = 0; i < BS_COUNT(parts); i++) {
			if (parts[i].count > 0)
				printf("; %" PRId64 " %s", parts[i].count, parts[i].name);
		}
		putchar('\n');
		return;
	}
	bs_json_add_string(json, BS_STR("event"), BS_STR("done"));
	bs_json_add_int(json, BS_STR("added"), totals->added);
	bs_json_add_int(json, BS_STR("changed"), totals->changed);
	bs_json_add_int(json, BS_STR("unchanged"), totals->unchanged);
	bs_json_add_int(json, BS_STR("skipped"), totals->skipped);
	bs_json_add_int(json, BS_STR("refused"), totals->refused);
	for (size_t i = 0; i < BS_COUNT(parts); i++)
		bs_json_add_int(json, bs_str_c(parts[i].name), parts[i].count);
	bs_json_add_bool(json, BS_STR("stopped"), totals->stopped);
	print_json(json);
}

/* Ctrl-C and SIGTERM let the story that is being written be finished; a second one ends the program at once, which loses no more. */
static atomic_bool stop;

static void ask_to_stop(int signal)
{
	(void)signal;
	atomic_store(&stop, true);
}

static void listen_for_stop(void)
{
	struct sigaction action = { .sa_handler = ask_to_stop, .sa_flags = (int)(SA_RESETHAND | SA_RESTART) };

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

static enum bs_exit run(struct bs_house *house, struct bs_import_options *options, struct show *show)
{
	struct bs_import_totals totals = { 0 };
	struct bs_err err = { 0 };
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_write(house->pool, &db, &err);

	options->media_dir = house->media_dir;
	if (rc == BS_OK)
		rc = bs_import(db, house->ledger, options, &totals, &err);
	bs_pool_return(&db);
	bs_progress_clear(&show->progress);
	show_totals(show, &totals);
	if (rc != BS_OK)
		return bs_complain(BS_EXIT_FAILED, "the import stopped: %s", err.text);
	if (totals.stopped)
		return bs_complain(BS_EXIT_FAILED, "stopped before the end; what was imported is whole, and the same command goes on from there");
	return totals.refused > 0 ? BS_EXIT_PARTLY : BS_EXIT_DONE;
}

enum bs_exit bs_cmd_import(int argc, char **argv)
{
	const char *data = NULL, *format = "auto";
	struct show show = { 0 };
	const struct bs_option options[] = { { "--data", BS_OPTION_TEXT, &data },
		                             { "--format", BS_OPTION_TEXT, &format },
		                             { "--json", BS_OPTION_FLAG, &show.json } };
	struct bs_import_options import = { .now = bs_now(), .event = show_event, .ctx = &show, .stop = &stop };
	struct bs_house house;
	enum bs_exit code;
	int rest;

	if (bs_options_take(argc, argv, options, BS_COUNT(options), &rest) != BS_EXIT_DONE)
		return BS_EXIT_USAGE;
	if (rest < 1)
		return bs_usage(argv[0]);
	if (bs_format_of(bs_str_c(format), &import.format) != BS_OK)
		return bs_complain(BS_EXIT_USAGE, "--format is one of markdown, html, printed, auto; not '%.40s'",
		                   format);
	if (!bs_house_for(data, BS_HOUSE_WRITE, 1, &house))
		return data == NULL ? BS_EXIT_USAGE : BS_EXIT_FAILED;
	import.paths = (const char *const *)argv + 1;
	import.path_count = (size_t)rest;
	show.progress = bs_progress_of("stories", show.json);
	show.arena = bs_arena_new();
	listen_for_stop();
	code = run(&house, &import, &show);
	bs_arena_free(&show.arena);
	bs_house_close(&house);
	return code;
}
