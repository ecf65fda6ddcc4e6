/* links.c - see links.h.
 *
 * Bounded and polite. One run asks at most LINKS_A_RUN addresses, each once and of each host no more than one; what is left comes in the next run,
 * PAUSE seconds later. It asks for the head alone, and for a page only where a server does not know how to answer that. It follows nothing, so no
 * address can send it on to another. Only "not found" and "gone" (404, 410) call a link dead: a server that is ill today, a name that does
 * not resolve just now or a wall for machines (401, 403, 429) says nothing about the page. */
#include "desk/flow/links.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/sys.h"
#include "http/client.h"

enum { LEASE_SECONDS = 300, ATTEMPTS = 5, LINKS_A_RUN = 10, SECONDS_A_LINK = 10, PAUSE = 2, PAGE_MAX = 64 * 1024, FRESH_SECONDS = 7 * 86400 };

struct looking {
	struct bs_work *work;
	int64_t story_id;
	struct bs_str urls[LINKS_A_RUN];
	struct bs_str healths[LINKS_A_RUN];
	size_t count;
	bool more;
};

enum bs_rc bs_links_look(struct bs_db *db, int64_t story_id, int64_t at, struct bs_err *err)
{
	char key[24];
	int len = snprintf(key, sizeof(key), "%" PRId64, story_id);

	return bs_job_add(db, &(struct bs_job){ .kind = BS_STR("links"), .key = bs_str_n(key, (size_t)len), .run_at = at, .replace = true },
	                  NULL, err);
}

struct bs_str bs_link_health(int status)
{
	if (status == 404 || status == 410)
		return BS_STR("gone");
	if (status == 301 || status == 308)
		return BS_STR("moved");
	return status >= 200 && status < 400 ? BS_STR("ok") : BS_STR("unreached");
}

static struct bs_str host_of(struct bs_str url)
{
	size_t at = bs_str_find(url, BS_STR("://"), 0);
	struct bs_str rest = at == SIZE_MAX ? url : bs_str_sub(url, at + 3, SIZE_MAX);
	size_t end = 0;

	while (end < rest.len && rest.ptr[end] != '/' && rest.ptr[end] != '?' && rest.ptr[end] != '#')
		end++;
	return bs_str_sub(rest, 0, end);
}

/* Links that are due, of each host one. */
static enum bs_rc choose(struct looking *l, struct bs_db *db, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_links_due, BS_VALUES(bs_int(l->story_id), bs_int(l->work->now - FRESH_SECONDS)), &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_str url = bs_stmt_str(stmt, BS_C_links_due_url);
		bool same = l->count == LINKS_A_RUN, web = bs_str_starts(url, BS_STR("http://")) || bs_str_starts(url, BS_STR("https://"));
		for (size_t i = 0; i < l->count && !same; i++)
			same = bs_str_eq_nocase(host_of(l->urls[i]), host_of(url));
		if (web && !same)
			l->urls[l->count++] = bs_arena_copy(l->work->arena, url);
		l->more |= web && same;
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static struct bs_str look_at(struct bs_client *client, struct bs_work *work, struct bs_str url)
{
	const struct bs_links_options *options = work->ctx;
	struct bs_client_request request = { .url = url.ptr, .seconds = SECONDS_A_LINK, .max = PAGE_MAX, .head = true,
		.reach = options->local ? BS_REACH_LOCAL : BS_REACH_PUBLIC };
	struct bs_client_answer answer = { 0 };
	struct bs_err err;
	enum bs_rc rc = bs_client_ask(client, work->arena, &request, &answer, &err);

	/* Many servers know no HEAD, or answer it as they would nothing else. */
	if (rc == BS_OK && answer.status >= 400 && answer.status != 429) {
		request.head = false;
		rc = bs_client_ask(client, work->arena, &request, &answer, &err);
	}
	if (rc == BS_OK || rc == BS_LIMIT)
		return bs_link_health(answer.status);
	bs_log(BS_LOG_DEBUG, "a link was not reached: %s", err.text);
	return BS_STR("unreached");
}

static enum bs_rc write_down(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct looking *l = ctx;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < l->count && rc == BS_OK; i++)
		rc = bs_db_exec(db, BS_Q_link_health, BS_VALUES(bs_int(l->story_id), bs_text(l->urls[i]), bs_text(l->healths[i]),
		                bs_int(l->work->now)), err);
	if (rc == BS_OK && l->more)
		rc = bs_links_look(db, l->story_id, l->work->now + PAUSE, err);
	return rc == BS_OK ? bs_work_done(l->work, db, err) : rc;
}

static enum bs_rc look(struct bs_work *work, struct bs_err *err)
{
	const struct bs_links_options *options = work->ctx;
	struct looking l = { .work = work };
	struct bs_client *client;
	struct bs_db *db = NULL;
	enum bs_rc rc;

	if (!options->check)
		return BS_OK;
	if (bs_str_int(work->key, &l.story_id) != BS_OK)
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no story's number", BS_ARG(work->key));
	rc = bs_pool_read(work->pool, &db, err);
	if (rc == BS_OK)
		rc = choose(&l, db, err);
	bs_pool_return(&db);
	if (rc != BS_OK)
		return rc;
	client = bs_client_new();
	for (size_t i = 0; i < l.count; i++)
		l.healths[i] = look_at(client, work, l.urls[i]);
	bs_client_free(&client);
	return bs_pool_transact(work->pool, write_down, &l, err);
}

const struct bs_job_kind bs_desk_jobs[] = {
	{ .name = "links", .handle = look, .lease_seconds = LEASE_SECONDS, .max_attempts = ATTEMPTS },
};
const size_t bs_desk_job_count = BS_COUNT(bs_desk_jobs);
