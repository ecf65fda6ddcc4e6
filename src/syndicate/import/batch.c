/* batch.c - what is written of an import: many stories in a transaction, some of them in a savepoint; see run.h.
 *
 * What became of a story is told when its transaction has been committed: what somebody was told is stored, whatever happens next.
 *
 * A story that is refused must leave nothing behind. Most imports have none, and a savepoint has SQLite keep each page as it was before
 * it is first changed; so a transaction is written without any, and taken back as a whole when a story in it is refused. Then those
 * before it are parsed and written once more, each by itself in a savepoint; they have told their remarks already. From there on
 * stories are written in groups, each in a savepoint, so that one more refusal costs its group alone: the group behind a refusal is of one
 * story and the next ones grow again. After TRUST stories of which none was refused there are transactions without savepoints again, so
 * that at most a fourth is written twice. */
#include <stdlib.h>

#include "base/sys.h"
#include "syndicate/import/run.h"

enum {
	BATCH = 2048,         /* stories of one transaction, at most */
	BATCH_USEC = 1000000, /* and how long it may keep other writers waiting */
	GROUP = 16,           /* stories of one savepoint, at most */
	TRUST = 4 * BATCH,
};

/* A story that is stored once its transaction commits. */
struct settled {
	enum bs_import_event_kind kind;
	size_t story;
	int64_t done; /* stories, this one included */
};

/* One of the open group. */
struct member {
	struct settled settled;
	int64_t story_id; /* what the index knew of the story before */
	struct bs_str public_id;
};

struct bs_import_batch {
	struct bs_import_run *run;
	bool open;
	bool whole;     /* the transaction is one group and has no savepoint */
	int64_t begun;  /* bs_monotonic_usec */
	size_t taken;
	size_t trusted; /* stories since the last refusal; TRUST and more are one */
	struct settled settled[BATCH];
	size_t settled_count;

	struct member group[BATCH];
	size_t group_count, group_most;
	bool group_open;
	struct bs_import_totals before; /* the group */
	struct bs_import_parsed again;  /* the one that is written once more */
};

static void free_arena(void *ptr)
{
	struct bs_arena *arena = ptr;

	bs_arena_free(&arena);
}

struct bs_import_batch *bs_import_batch_new(struct bs_import_run *run)
{
	struct bs_import_batch *batch = BS_NEW(run->arena, struct bs_import_batch);

	*batch = (struct bs_import_batch){ .run = run, .group_most = GROUP, .trusted = TRUST, .again.arena = bs_arena_new() };
	bs_arena_defer(run->arena, free_arena, batch->again.arena);
	return batch;
}

static bool is_refusal(enum bs_rc rc)
{
	return rc == BS_INVALID || rc == BS_CONFLICT || rc == BS_NOT_FOUND || rc == BS_LIMIT || rc == BS_DENIED;
}

static void count_event(struct bs_import_totals *totals, enum bs_import_event_kind kind)
{
	totals->added += kind == BS_IMPORT_ADDED;
	totals->changed += kind == BS_IMPORT_CHANGED;
	totals->unchanged += kind == BS_IMPORT_UNCHANGED;
	totals->skipped += kind == BS_IMPORT_SKIPPED;
}

/* Nothing of it is stored, so it can be told at once. */
static void pass_over(struct bs_import_run *run, const struct bs_import_file *file, const struct bs_import_parsed *parsed)
{
	struct bs_import_event event = { .kind = BS_IMPORT_SKIPPED, .path = file->path, .text = parsed->skipped };

	if (parsed->skipped == NULL) {
		bs_import_refuse_story(run, file, &parsed->remarks, &parsed->err);
		return;
	}
	count_event(run->totals, BS_IMPORT_SKIPPED);
	bs_import_tell(run, &event);
}

/* --- a group --- */

static enum bs_rc group_begin(struct bs_import_batch *batch, struct bs_err *err)
{
	enum bs_rc rc = batch->whole || batch->group_open ? BS_OK : bs_db_begin(batch->run->db, BS_TX_WRITE, err);

	if (rc == BS_OK && !batch->group_open)
		batch->before = *batch->run->totals;
	batch->group_open = batch->group_open || rc == BS_OK;
	return rc;
}

static enum bs_rc group_end(struct bs_import_batch *batch, struct bs_err *err)
{
	enum bs_rc rc = batch->group_open && !batch->whole ? bs_db_commit(batch->run->db, err) : BS_OK;

	if (rc != BS_OK)
		return rc;
	bs_import_pictures_settle(batch->run, true);
	for (size_t i = 0; i < batch->group_count; i++)
		batch->settled[batch->settled_count++] = batch->group[i].settled;
	batch->group_open = false;
	batch->group_count = 0;
	batch->group_most = 2 * batch->group_most < GROUP ? 2 * batch->group_most : GROUP;
	return rc;
}

static bool group_full(const struct bs_import_batch *batch)
{
	return !batch->whole && batch->group_count >= batch->group_most;
}

/* Take the group back, and with it what the run knew of its stories: the members, and one more that was refused. */
static enum bs_rc group_undo(struct bs_import_batch *batch, struct bs_err *err)
{
	struct bs_import_run *run = batch->run;
	bool settings = run->totals->settings != batch->before.settings;

	bs_db_rollback(run->db);
	batch->group_open = false;
	batch->trusted = 0;
	bs_import_pictures_settle(run, false);
	run->totals->notices = batch->before.notices;
	run->totals->settings = batch->before.settings;
	for (size_t i = 0; i < batch->group_count; i++) {
		struct bs_import_story *story = &run->index.stories[batch->group[i].settled.story];

		story->story_id = batch->group[i].story_id;
		story->public_id = batch->group[i].public_id;
	}
	return settings ? bs_import_settings_again(run, err) : BS_OK;
}

/* Write it into the open group. `why` is of a refusal, or of a failure that ends the import. */
static enum bs_rc add_member(struct bs_import_batch *batch, struct settled settled, struct bs_import_parsed *parsed, struct bs_err *why)
{
	struct bs_import_story *story = &batch->run->index.stories[settled.story];
	struct member member = { .settled = settled, .story_id = story->story_id, .public_id = story->public_id };
	struct bs_import_event event = { .path = story->file->path };
	enum bs_rc rc = bs_import_write(batch->run, settled.story, parsed, &event, why);

	if (rc != BS_OK) {
		story->story_id = member.story_id;
		story->public_id = member.public_id;
		return rc;
	}
	member.settled.kind = event.kind;
	batch->group[batch->group_count++] = member;
	batch->trusted++;
	if (!batch->run->muted)
		bs_import_remarks(batch->run, story->file->path, &parsed->remarks);
	return BS_OK;
}

/* A group of it alone. */
static enum bs_rc write_alone(struct bs_import_batch *batch, struct settled settled, struct bs_err *err)
{
	struct bs_import_run *run = batch->run;
	const struct bs_import_file *file = run->index.stories[settled.story].file;
	struct bs_import_parsed *parsed = &batch->again;
	struct bs_err why = { 0 };
	enum bs_rc rc;

	bs_arena_reset(parsed->arena);
	bs_import_parse(run, settled.story, parsed);
	if (parsed->skipped != NULL || parsed->rc != BS_OK) { /* the file has changed meanwhile */
		pass_over(run, file, parsed);
		return BS_OK;
	}
	rc = group_begin(batch, err);
	if (rc != BS_OK)
		return rc;
	run->muted = true;
	rc = add_member(batch, settled, parsed, &why);
	run->muted = false;
	if (rc == BS_OK)
		return group_end(batch, err);
	if (!is_refusal(rc))
		return bs_fail(err, rc, "%s", why.text);
	rc = group_undo(batch, err);
	bs_import_refuse_story(run, file, &parsed->remarks, &why);
	return rc;
}

/* The whole transaction was taken back: one with savepoints in its place. */
static enum bs_rc begin_again(struct bs_import_batch *batch, struct bs_err *err)
{
	batch->whole = false;
	batch->begun = bs_monotonic_usec();
	return bs_db_begin(batch->run->db, BS_TX_WRITE, err);
}

/* One was refused: all of its group but that one once more. */
static enum bs_rc write_again(struct bs_import_batch *batch, struct bs_err *err)
{
	size_t count = batch->group_count;
	struct settled *group = bs_alloc(count * sizeof(*group));
	enum bs_rc rc = group_undo(batch, err);

	if (rc == BS_OK && batch->whole)
		rc = begin_again(batch, err);
	for (size_t i = 0; i < count; i++)
		group[i] = batch->group[i].settled;
	batch->group_count = 0;
	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = write_alone(batch, group[i], err);
	batch->group_most = 1;
	free(group);
	return rc;
}

/* --- the batch --- */

static enum bs_rc batch_begin(struct bs_import_batch *batch, struct bs_err *err)
{
	batch->open = true;
	batch->whole = batch->trusted >= TRUST;
	batch->begun = bs_monotonic_usec();
	return bs_db_begin(batch->run->db, BS_TX_WRITE, err);
}

static void tell_settled(struct bs_import_batch *batch)
{
	struct bs_import_run *run = batch->run;

	for (size_t i = 0; i < batch->settled_count; i++) {
		const struct settled *settled = &batch->settled[i];
		const struct bs_import_story *story = &run->index.stories[settled->story];
		struct bs_import_event event = { .kind = settled->kind, .path = story->file->path, .public_id = story->public_id,
			                         .done = settled->done };
		count_event(run->totals, settled->kind);
		bs_import_tell(run, &event);
	}
}

static bool batch_full(const struct bs_import_batch *batch)
{
	return batch->taken == BATCH || bs_monotonic_usec() - batch->begun > BATCH_USEC;
}

static enum bs_rc take(struct bs_import_batch *batch, size_t i, struct bs_import_parsed *parsed, struct bs_err *err)
{
	struct bs_import_run *run = batch->run;
	const struct bs_import_file *file = run->index.stories[i].file;
	struct bs_err why = { 0 };
	enum bs_rc rc;

	run->done++;
	if (parsed->skipped != NULL || parsed->rc != BS_OK) {
		pass_over(run, file, parsed);
		return BS_OK;
	}
	rc = group_begin(batch, err);
	if (rc != BS_OK)
		return rc;
	rc = add_member(batch, (struct settled){ .story = i, .done = run->done }, parsed, &why);
	if (rc == BS_OK)
		return BS_OK;
	if (!is_refusal(rc))
		return bs_fail(err, rc, "%s", why.text);
	bs_import_refuse_story(run, file, &parsed->remarks, &why);
	return write_again(batch, err);
}

enum bs_rc bs_import_batch_take(struct bs_import_batch *batch, size_t i, struct bs_import_parsed *parsed, struct bs_err *err)
{
	enum bs_rc rc = batch->open ? BS_OK : batch_begin(batch, err);

	if (rc == BS_OK)
		rc = take(batch, i, parsed, err);
	batch->taken++;
	if (rc == BS_OK && batch_full(batch))
		return bs_import_batch_commit(batch, err);
	return rc == BS_OK && group_full(batch) ? group_end(batch, err) : rc;
}

enum bs_rc bs_import_batch_commit(struct bs_import_batch *batch, struct bs_err *err)
{
	enum bs_rc rc = group_end(batch, err);

	if (rc == BS_OK && batch->open)
		rc = bs_db_commit(batch->run->db, err);
	if (rc == BS_OK)
		tell_settled(batch);
	batch->open = false;
	batch->taken = batch->settled_count = 0;
	return rc;
}
