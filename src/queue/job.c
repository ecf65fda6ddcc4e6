/* job.c - see job.h. */
#include "queue/job.h"

#include "base/limits.h"
#include "queue/queue.h"

enum bs_rc bs_job_add(struct bs_db *db, const struct bs_job *job, bool *added, struct bs_err *err)
{
	int64_t id = 0;
	enum bs_rc rc;

	if (added != NULL)
		*added = true;
	if (job->key.len > BS_MAX_JOB_KEY)
		return bs_fail(err, BS_LIMIT, "the key of a job has at most %d bytes", BS_MAX_JOB_KEY);
	if (job->payload.len > BS_MAX_JOB_PAYLOAD)
		return bs_fail(err, BS_LIMIT, "a job of kind '" BS_FMT "' was given %zu bytes; it may have %d", BS_ARG(job->kind),
		               job->payload.len, BS_MAX_JOB_PAYLOAD);
	rc = bs_db_int(db, job->replace ? BS_Q_job_replace : BS_Q_job_add,
	               BS_VALUES(bs_text(job->kind), bs_text(job->key), bs_text(job->payload), bs_int(job->run_at)), &id, err);
	if (rc == BS_NOT_FOUND) { /* one is pending */
		if (added != NULL)
			*added = false;
		return BS_OK;
	}
	return rc == BS_OK ? bs_change_touch(db, BS_STR("job"), err) : rc;
}

struct bs_str bs_job_state_name(enum bs_job_state state)
{
	static const struct bs_str names[] = {
		[BS_JOB_WAITING] = BS_STR_INIT("waiting"), [BS_JOB_RUNNING] = BS_STR_INIT("running"),
		[BS_JOB_PAUSED] = BS_STR_INIT("paused"),   [BS_JOB_FAILED] = BS_STR_INIT("failed"),
	};

	return names[state];
}

static enum bs_job_state state_of(const struct bs_stmt *stmt)
{
	if (bs_str_eq(bs_stmt_str(stmt, BS_C_job_list_status), BS_STR("failed")))
		return BS_JOB_FAILED;
	if (bs_stmt_str(stmt, BS_C_job_list_owner).len > 0)
		return BS_JOB_RUNNING;
	return bs_stmt_int(stmt, BS_C_job_list_attempts) > 0 ? BS_JOB_PAUSED : BS_JOB_WAITING;
}

enum bs_rc bs_job_list(struct bs_arena *arena, struct bs_db *db, int64_t max, struct bs_job_row **out, size_t *count,
                       struct bs_err *err)
{
	struct bs_job_row *rows = BS_ARRAY(arena, (size_t)max, struct bs_job_row);
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_job_list, BS_VALUES(bs_int(max)), &stmt, err);

	*out = rows;
	for (*count = 0; rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK; ++*count) {
		rows[*count] = (struct bs_job_row){
			.id = bs_stmt_int(stmt, BS_C_job_list_id),
			.kind = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_job_list_kind)),
			.key = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_job_list_key)),
			.state = state_of(stmt),
			.run_at = bs_stmt_int(stmt, BS_C_job_list_run_at),
			.due_at = bs_stmt_int(stmt, BS_C_job_list_due_at),
			.attempts = (int)bs_stmt_int(stmt, BS_C_job_list_attempts),
			.error = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_job_list_error)),
		};
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_job_count(struct bs_db *db, struct bs_job_counts *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_job_count, BS_NO_VALUES, &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		*out = (struct bs_job_counts){ .waiting = bs_stmt_int(stmt, BS_C_job_count_waiting),
		                               .running = bs_stmt_int(stmt, BS_C_job_count_running),
		                               .failed = bs_stmt_int(stmt, BS_C_job_count_failed) };
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_job_retry(struct bs_db *db, int64_t id, int64_t now, struct bs_err *err)
{
	enum bs_rc rc = bs_db_exec(db, BS_Q_job_retry, BS_VALUES(bs_int(id), bs_int(now)), err);

	if (rc == BS_OK && bs_db_changed(db) == 0)
		return bs_fail(err, BS_NOT_FOUND, "no job that failed has the number %lld", (long long)id);
	return rc == BS_OK ? bs_change_touch(db, BS_STR("job"), err) : rc;
}

enum bs_rc bs_job_forget(struct bs_db *db, int64_t id, struct bs_err *err)
{
	enum bs_rc rc = bs_db_exec(db, BS_Q_job_forget, BS_VALUES(bs_int(id)), err);

	if (rc == BS_OK && bs_db_changed(db) == 0)
		return bs_fail(err, BS_NOT_FOUND, "no job that could be forgotten has the number %lld; one that is being done ends first",
		               (long long)id);
	return rc;
}
