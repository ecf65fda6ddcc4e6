/* cmd_jobs.c - the queue from the outside: what waits or has failed, and doing what is due where no server runs. */
#include <inttypes.h>
#include <stdio.h>

#include "base/sys.h"
#include "main/jobs.h"
#include "main/options.h"
#include "text/json.h"

enum { LIST_MAX = 1000 };

static enum bs_rc print_json(struct bs_arena *arena, const struct bs_job_row *rows, size_t count, struct bs_err *err)
{
	struct bs_json *all = bs_json_new_object(arena), *list = bs_json_add_array(all, BS_STR("jobs"));

	for (size_t i = 0; i < count; i++) {
		struct bs_json *job = bs_json_add_object(list, BS_STR(""));
		char iso[BS_TIME_ISO_MAX];
		bs_json_add_int(job, BS_STR("id"), rows[i].id);
		bs_json_add_string(job, BS_STR("kind"), rows[i].kind);
		bs_json_add_string(job, BS_STR("key"), rows[i].key);
		bs_json_add_string(job, BS_STR("state"), bs_job_state_name(rows[i].state));
		bs_json_add_string(job, BS_STR("at"), bs_arena_copy(arena, bs_time_iso(rows[i].due_at, iso)));
		bs_json_add_int(job, BS_STR("attempts"), rows[i].attempts);
		bs_json_add_string(job, BS_STR("error"), rows[i].error);
	}
	return bs_print_json(all, err);
}

static void print_row(const struct bs_job_row *row)
{
	char iso[BS_TIME_ISO_MAX];
	struct bs_str at = bs_time_iso(row->due_at, iso), state = bs_job_state_name(row->state);

	printf("%6" PRId64 "  %-8.*s %.*s  " BS_FMT " " BS_FMT "\n", row->id, (int)state.len, state.ptr, (int)at.len, at.ptr,
	       BS_ARG(row->kind), BS_ARG(row->key));
	if (row->error.len > 0)
		printf("        after %d attempt%s: %.*s\n", row->attempts, row->attempts == 1 ? "" : "s", (int)row->error.len, row->error.ptr);
}

static enum bs_rc list(struct bs_house *house, bool json, struct bs_err *err)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_job_row *rows = NULL;
	struct bs_db *db = NULL;
	size_t count = 0;
	enum bs_rc rc = bs_pool_read(house->pool, &db, err);

	if (rc == BS_OK)
		rc = bs_job_list(arena, db, LIST_MAX, &rows, &count, err);
	bs_pool_return(&db);
	if (rc == BS_OK && json)
		rc = print_json(arena, rows, count, err);
	for (size_t i = 0; rc == BS_OK && !json && i < count; i++)
		print_row(&rows[i]);
	if (rc == BS_OK && !json && count == 0)
		puts("Nothing waits, and nothing has failed.");
	bs_arena_free(&arena);
	return rc;
}

static enum bs_rc run(struct bs_house *house, bool json, struct bs_queue_result *result, struct bs_err *err)
{
	struct bs_queue *queue = NULL;
	enum bs_rc rc = bs_jobs_open(house, NULL, &queue, err);

	if (rc == BS_OK)
		rc = bs_queue_run_due(queue, bs_now(), result, err);
	bs_queue_free(&queue);
	if (rc == BS_OK && json)
		printf("{\"done\":%d,\"retried\":%d,\"failed\":%d}\n", result->done, result->retried, result->failed);
	else if (rc == BS_OK)
		printf("%d done, %d to be tried again, %d failed.\n", result->done, result->retried, result->failed);
	return rc;
}

struct change {
	bool retry;
	int64_t id;
};

static enum bs_rc change_in(struct bs_db *db, void *ctx, struct bs_err *err)
{
	const struct change *change = ctx;

	return change->retry ? bs_job_retry(db, change->id, bs_now(), err) : bs_job_forget(db, change->id, err);
}

static enum bs_rc change(struct bs_house *house, struct change *change, struct bs_err *err)
{
	return bs_pool_transact(house->pool, change_in, change, err);
}

enum verb { LIST, RUN, RETRY, FORGET, NONE };

static enum verb verb_of(int count, char **words, int64_t *id)
{
	static const char *const names[] = { [LIST] = "list", [RUN] = "run", [RETRY] = "retry", [FORGET] = "forget" };
	enum verb verb = LIST;

	if (count == 0)
		return LIST;
	while (verb < NONE && strcmp(names[verb], words[1]) != 0)
		verb++;
	if (verb == RETRY || verb == FORGET)
		return count == 2 && bs_str_int(bs_str_c(words[2]), id) == BS_OK ? verb : NONE;
	return count == 1 ? verb : NONE;
}

enum bs_exit bs_cmd_jobs(int argc, char **argv)
{
	const char *data = NULL;
	bool json = false;
	const struct bs_option options[] = { { "--data", BS_OPTION_TEXT, &data }, { "--json", BS_OPTION_FLAG, &json } };
	struct bs_queue_result result = { 0 };
	struct bs_house house;
	struct bs_err err = { 0 };
	int64_t id = 0;
	enum verb verb;
	enum bs_rc rc;
	int rest;

	if (bs_options_take(argc, argv, options, BS_COUNT(options), &rest) != BS_EXIT_DONE)
		return BS_EXIT_USAGE;
	verb = verb_of(rest, argv, &id);
	if (verb == NONE)
		return bs_usage(argv[0]);
	if (!bs_house_for(data, BS_HOUSE_READ, 2, &house))
		return data == NULL ? BS_EXIT_USAGE : BS_EXIT_FAILED;
	if (verb == LIST)
		rc = list(&house, json, &err);
	else if (verb == RUN)
		rc = run(&house, json, &result, &err);
	else
		rc = change(&house, &(struct change){ .retry = verb == RETRY, .id = id }, &err);
	bs_house_close(&house);
	if (rc != BS_OK)
		return bs_complain(BS_EXIT_FAILED, "%s", err.text);
	return result.failed > 0 || result.retried > 0 ? BS_EXIT_PARTLY : BS_EXIT_DONE;
}
