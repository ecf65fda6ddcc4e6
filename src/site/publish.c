/* publish.c - scheduled stories become public when their time comes: one job for each, planned from the stories themselves,
 * so that there is nothing to keep in step with them. See docs/decisions/008-publishing-on-time.md. */
#include <inttypes.h>
#include <stdio.h>

#include "base/sys.h"
#include "newsroom/ledger.h"
#include "site/site.h"

enum { LEASE_SECONDS = 60, ATTEMPTS = 12 };

static enum bs_rc plan(struct bs_plan *plan, struct bs_db *db, struct bs_err *err)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_scheduled *list;
	size_t count;
	enum bs_rc rc = bs_story_scheduled(arena, db, &list, &count, err);

	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		char key[24];
		int len = snprintf(key, sizeof(key), "%" PRId64, list[i].story_id);
		bs_plan_job(plan, bs_str_n(key, (size_t)len), list[i].at);
	}
	bs_arena_free(&arena);
	return rc;
}

struct publishing {
	struct bs_work *work;
	int64_t story_id;
	bool released;
};

/* The story is out and the job is done, or neither. A story that is not scheduled any more, or for later, needs nothing. */
static enum bs_rc publish_in(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct publishing *p = ctx;
	enum bs_rc rc = bs_story_release(p->work->arena, db, p->story_id, p->work->now, &p->released, err);

	return rc == BS_OK ? bs_work_done(p->work, db, err) : rc;
}

static enum bs_rc publish(struct bs_work *work, struct bs_err *err)
{
	struct publishing p = { .work = work };
	enum bs_rc rc;

	if (bs_str_int(work->key, &p.story_id) != BS_OK)
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no story's number", BS_ARG(work->key));
	rc = bs_pool_transact(work->pool, publish_in, &p, err);
	if (rc == BS_OK && p.released)
		bs_log(BS_LOG_INFO, "story %" PRId64 " was published, as scheduled", p.story_id);
	return rc;
}

const struct bs_job_kind bs_site_jobs[] = {
	{ .name = "publish", .handle = publish, .lease_seconds = LEASE_SECONDS, .max_attempts = ATTEMPTS, .quick = true, .plan = plan },
};

const size_t bs_site_job_count = BS_COUNT(bs_site_jobs);
