/* jobs.c - see jobs.h. Which stories are new is told by the ledger itself: revisions are numbered in the order of writing, and for each
 * language of on_publish it is kept up to which one all were looked at. So a story that an import beside the server
 * publishes is noticed like any other, and nothing is asked for twice. */
#include "translate/jobs.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/sys.h"
#include "newsroom/translation.h"
#include "translate/memory.h"
#include "translate/open.h"

enum { LEASE_SECONDS = 1800, ATTEMPTS = 12, LOOK_LEASE_SECONDS = 120, LOOK_SIZE = 200, DAY = 86400 };

struct bs_str bs_translate_key(int64_t story_id, struct bs_str lang, char key[BS_TRANSLATE_KEY])
{
	int len = snprintf(key, BS_TRANSLATE_KEY, "%" PRId64 " %.*s", story_id, (int)lang.len, lang.ptr);

	return bs_str_n(key, (size_t)len);
}

enum bs_rc bs_translate_ask(struct bs_db *db, int64_t story_id, struct bs_str lang, int64_t at, struct bs_err *err)
{
	char key[BS_TRANSLATE_KEY];

	return bs_job_add(db, &(struct bs_job){ .kind = BS_STR("translate"), .key = bs_translate_key(story_id, lang, key), .run_at = at,
	                  .replace = true }, NULL, err);
}

/* --- translate ---------------------------------------------------------------------------------------------------------------- */

static enum bs_rc read_key(struct bs_str key, struct bs_translate_task *task, struct bs_err *err)
{
	struct bs_str id;

	task->lang = key;
	if (!bs_str_split(&task->lang, ' ', &id) || bs_str_int(id, &task->story_id) != BS_OK || task->lang.len == 0)
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' does not name a story and a language", BS_ARG(key));
	return BS_OK;
}

struct tomorrow {
	const struct bs_translate_task *task;
	int64_t at;
};

static enum bs_rc ask_tomorrow(struct bs_db *db, void *ctx, struct bs_err *err)
{
	const struct tomorrow *tomorrow = ctx;

	return bs_translate_ask(db, tomorrow->task->story_id, tomorrow->task->lang, tomorrow->at, err);
}

/* What may be spent today is spent: no attempt is lost by that. */
static enum bs_rc wait_for_tomorrow(struct bs_work *work, const struct bs_translate_task *task, struct bs_err *err)
{
	struct tomorrow tomorrow = { task, (work->now / DAY + 1) * DAY };

	return bs_pool_transact(work->pool, ask_tomorrow, &tomorrow, err);
}

static enum bs_rc translate(struct bs_work *work, struct bs_err *err)
{
	struct bs_translate_task task = { 0 };
	struct bs_translated done;
	enum bs_rc rc = read_key(work->key, &task, err);

	if (rc == BS_OK)
		rc = task.story_id == 0 ? bs_translator_paper(work->ctx, work->arena, &task, work->now, &done, err)
		                        : bs_translator_story(work->ctx, work->arena, &task, work->now, &done, err);
	if (rc == BS_LIMIT)
		return wait_for_tomorrow(work, &task, err);
	if (rc == BS_OK && done.written + done.refused > 0 && task.story_id == 0)
		bs_log(BS_LOG_INFO, "the paper itself in " BS_FMT ": %zu passages translated, %zu left to a person", BS_ARG(task.lang), done.written,
		       done.refused);
	else if (rc == BS_OK && done.written + done.refused > 0)
		bs_log(BS_LOG_INFO, "story %" PRId64 " in " BS_FMT ": %zu passages translated, %zu left to a person", task.story_id,
		       BS_ARG(task.lang), done.written, done.refused);
	return rc;
}

/* --- translate-look ------------------------------------------------------------------------------------------------------------ */

static enum bs_rc cursor_of(struct bs_db *db, struct bs_str lang, int64_t *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_translate_cursors, BS_NO_VALUES, &stmt, err);

	*out = 0;
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		if (bs_str_eq(bs_stmt_str(stmt, BS_C_translate_cursors_lang), lang))
			*out = bs_stmt_int(stmt, BS_C_translate_cursors_revision_id);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc plan_look(struct bs_plan *plan, struct bs_db *db, struct bs_err *err)
{
	struct bs_str list = bs_str_c(bs_translator_config(bs_plan_ctx(plan))->on_publish), lang;
	int64_t newest = 0, cursor;
	enum bs_rc rc;

	if (list.len == 0)
		return BS_OK;
	rc = bs_db_int(db, BS_Q_translate_newest_revision, BS_NO_VALUES, &newest, err);
	while (rc == BS_OK && bs_translate_list_next(&list, &lang)) {
		rc = cursor_of(db, lang, &cursor, err);
		if (rc == BS_OK && cursor < newest)
			bs_plan_job(plan, lang, 0);
	}
	return rc;
}

struct looking {
	struct bs_work *work;
	const struct bs_lang *lang;
};

/* One that is scheduled is asked for at its time: a language's readers get it with all others. */
static enum bs_rc ask_for(struct bs_db *db, struct bs_stmt *stmt, const struct looking *l, struct bs_err *err)
{
	struct bs_str status = bs_stmt_str(stmt, BS_C_translate_revised_status);
	bool scheduled = bs_str_eq(status, BS_STR("scheduled"));
	const struct bs_lang *from = bs_lang_find(bs_stmt_str(stmt, BS_C_translate_revised_lang));

	if ((!scheduled && !bs_str_eq(status, BS_STR("published"))) || from == NULL || !bs_translator_has_path(l->work->ctx, from, l->lang))
		return BS_OK;
	return bs_translate_ask(db, bs_stmt_int(stmt, BS_C_translate_revised_story_id), l->lang->code,
	                        scheduled ? bs_stmt_int(stmt, BS_C_translate_revised_published_at) : 0, err);
}

static enum bs_rc look_in(struct bs_db *db, void *ctx, struct bs_err *err)
{
	const struct looking *l = ctx;
	struct bs_stmt *stmt = NULL;
	int64_t cursor = 0, newest = 0;
	int rows = 0;
	enum bs_rc rc = bs_db_int(db, BS_Q_translate_newest_revision, BS_NO_VALUES, &newest, err);

	if (rc == BS_OK)
		rc = cursor_of(db, l->lang->code, &cursor, err);
	if (rc == BS_OK)
		rc = bs_db_query(db, BS_Q_translate_revised, BS_VALUES(bs_int(cursor)), &stmt, err);
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		cursor = bs_stmt_int(stmt, BS_C_translate_revised_revision_id);
		rows++;
		rc = ask_for(db, stmt, l, err);
	}
	bs_stmt_free(&stmt);
	if (rc != BS_NOT_FOUND)
		return rc;
	/* And what the paper says of itself, which may have changed with them: an import brings both. */
	rc = bs_translate_ask(db, 0, l->lang->code, 0, err);
	if (rc != BS_OK)
		return rc;
	/* The last ones: also past revisions that are not their stories' newest any more. */
	rc = bs_db_exec(db, BS_Q_translate_cursor_set, BS_VALUES(bs_text(l->lang->code), bs_int(rows < LOOK_SIZE ? newest : cursor)), err);
	return rc == BS_OK ? bs_work_done(l->work, db, err) : rc;
}

static enum bs_rc look(struct bs_work *work, struct bs_err *err)
{
	struct looking l = { work, bs_lang_find(work->key) };

	if (l.lang == NULL)
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no language that Broadsheet knows", BS_ARG(work->key));
	return bs_pool_transact(work->pool, look_in, &l, err);
}

/* --- memory-index ---------------------------------------------------------------------------------------------------------------- */

static enum bs_rc plan_index(struct bs_plan *plan, struct bs_db *db, struct bs_err *err)
{
	bool behind = false;
	enum bs_rc rc = bs_memory_is_behind(db, &behind, err);

	if (rc == BS_OK && behind)
		bs_plan_job(plan, BS_STR(""), 0);
	return rc;
}

static enum bs_rc index_in(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct bs_work *work = ctx;
	bool more;
	enum bs_rc rc = bs_memory_index(work->arena, db, &more, err);

	return rc == BS_OK ? bs_work_done(work, db, err) : rc; /* the plan asks for what is left */
}

static enum bs_rc index_memory(struct bs_work *work, struct bs_err *err)
{
	return bs_pool_transact(work->pool, index_in, work, err);
}

/* --- search-languages ------------------------------------------------------------------------------------------------------------ */

static enum bs_rc plan_search(struct bs_plan *plan, struct bs_db *db, struct bs_err *err)
{
	bool due = false;
	enum bs_rc rc = bs_translation_index_is_due(db, &due, err);

	if (rc == BS_OK && due)
		bs_plan_job(plan, BS_STR(""), 0);
	return rc;
}

static enum bs_rc index_due(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct bs_work *work = ctx;
	enum bs_rc rc = bs_translation_index_due(work->arena, db, err);

	return rc == BS_OK ? bs_work_done(work, db, err) : rc; /* the plan asks for what is left */
}

static enum bs_rc index_search(struct bs_work *work, struct bs_err *err)
{
	return bs_pool_transact(work->pool, index_due, work, err);
}

const struct bs_job_kind bs_translate_jobs[] = {
	{ .name = "translate", .handle = translate, .lease_seconds = LEASE_SECONDS, .max_attempts = ATTEMPTS, .plan = bs_visits_plan },
	{ .name = "translate-look", .handle = look, .lease_seconds = LOOK_LEASE_SECONDS, .max_attempts = ATTEMPTS, .quick = true, .plan = plan_look },
	{ .name = "search-languages", .handle = index_search, .lease_seconds = LOOK_LEASE_SECONDS, .max_attempts = ATTEMPTS, .plan = plan_search },
	{ .name = "memory-index", .handle = index_memory, .lease_seconds = LOOK_LEASE_SECONDS, .max_attempts = ATTEMPTS, .plan = plan_index },
};

const size_t bs_translate_job_count = BS_COUNT(bs_translate_jobs);
