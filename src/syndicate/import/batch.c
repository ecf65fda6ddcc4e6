/* batch.c - what is written of an import: many stories in a transaction, some of them in a savepoint; see run.h.
 *
 * What became of a story is told when its transaction has been committed: what somebody was told is stored, whatever happens next.
 *
 * A story that is refused must leave nothing behind, so it is written in a savepoint. SQLite then keeps each page as it was before it is
 * first changed, which for one story is a fifth of all that writing it costs, and for a group of stories hardly more. When one of a group
 * is refused, those before it are parsed and written once more, each by itself; they have told their remarks already. The group behind a
 * refusal is of one story and the next ones grow again, so that an import where much is refused writes little twice. */
#include "base/sys.h"
#include "syndicate/import/run.h"

enum {
	BATCH = 512,         /* stories of one transaction, at most */
	BATCH_USEC = 500000, /* and how long it may keep other writers waiting */
};

/* A story that is stored once its transaction commits. */
struct settled {
	enum bs_import_event_kind kind;
	size_t story;
	int64_t done; /* stories, this one included */
};

/* One of the open savepoint. */
struct member {
	struct settled settled;
	struct bs_import_parsed *parsed;
	int64_t story_id; /* what the index knew of the story before */
	struct bs_str public_id;
};

struct bs_import_batch {
	struct bs_import_run *run;
	bool open;
	int64_t begun; /* bs_monotonic_usec */
	size_t taken;
	struct settled settled[BATCH];
	size_t settled_count;

	struct member group[BS_IMPORT_GROUP];
	size_t group_count, group_most;
	size_t group_span; /* documents since its first story, those that are none included */
	bool group_open;
	struct bs_import_totals before; /* the group */
};

struct bs_import_batch *bs_import_batch_new(struct bs_import_run *run)
{
	struct bs_import_batch *batch = BS_NEW(run->arena, struct bs_import_batch);

	*batch = (struct bs_import_batch){ .run = run, .group_most = BS_IMPORT_GROUP };
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
	enum bs_rc rc = batch->group_open ? BS_OK : bs_db_begin(batch->run->db, BS_TX_WRITE, err);

	if (rc == BS_OK && !batch->group_open)
		batch->before = *batch->run->totals;
	batch->group_open = batch->group_open || rc == BS_OK;
	return rc;
}

static enum bs_rc group_end(struct bs_import_batch *batch, struct bs_err *err)
{
	enum bs_rc rc = batch->group_open ? bs_db_commit(batch->run->db, err) : BS_OK;

	if (rc != BS_OK)
		return rc;
	bs_import_pictures_settle(batch->run, true);
	for (size_t i = 0; i < batch->group_count; i++) {
		const struct member *member = &batch->group[i];

		batch->settled[batch->settled_count++] = member->settled;
		bs_import_remarks(batch->run, batch->run->index.stories[member->settled.story].file->path, &member->parsed->remarks);
	}
	batch->group_open = false;
	batch->group_count = batch->group_span = 0;
	batch->group_most = 2 * batch->group_most < BS_IMPORT_GROUP ? 2 * batch->group_most : BS_IMPORT_GROUP;
	return rc;
}

static bool group_full(const struct bs_import_batch *batch)
{
	return batch->group_count >= batch->group_most || batch->group_span >= BS_IMPORT_GROUP;
}

/* Take the savepoint back, and with it what the run knew of its stories: the members, and one more that was refused. */
static enum bs_rc group_undo(struct bs_import_batch *batch, struct bs_err *err)
{
	struct bs_import_run *run = batch->run;
	bool settings = run->totals->settings != batch->before.settings;

	bs_db_rollback(run->db);
	batch->group_open = false;
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

/* Write it into the open savepoint. `why` is of a refusal, or of a failure that ends the import. */
static enum bs_rc add_member(struct bs_import_batch *batch, struct settled settled, struct bs_import_parsed *parsed, struct bs_err *why)
{
	struct bs_import_story *story = &batch->run->index.stories[settled.story];
	struct member member = { .settled = settled, .parsed = parsed, .story_id = story->story_id, .public_id = story->public_id };
	struct bs_import_event event = { .path = story->file->path };
	enum bs_rc rc = bs_import_write(batch->run, settled.story, parsed, &event, why);

	if (rc != BS_OK) {
		story->story_id = member.story_id;
		story->public_id = member.public_id;
		return rc;
	}
	member.settled.kind = event.kind;
	batch->group[batch->group_count++] = member;
	return BS_OK;
}

/* A group of it alone. */
static enum bs_rc write_alone(struct bs_import_batch *batch, const struct member *member, struct bs_err *err)
{
	struct bs_import_run *run = batch->run;
	const struct bs_import_file *file = run->index.stories[member->settled.story].file;
	struct bs_err why = { 0 };
	enum bs_rc rc;

	bs_arena_reset(member->parsed->arena);
	bs_import_parse(run, member->settled.story, member->parsed);
	if (member->parsed->skipped != NULL || member->parsed->rc != BS_OK) { /* the file has changed meanwhile */
		pass_over(run, file, member->parsed);
		return BS_OK;
	}
	rc = group_begin(batch, err);
	if (rc != BS_OK)
		return rc;
	run->muted = true;
	rc = add_member(batch, member->settled, member->parsed, &why);
	run->muted = false;
	if (rc == BS_OK)
		return group_end(batch, err);
	if (!is_refusal(rc))
		return bs_fail(err, rc, "%s", why.text);
	rc = group_undo(batch, err);
	bs_import_refuse_story(run, file, &member->parsed->remarks, &why);
	return rc;
}

/* One was refused: all of its group but that one once more. */
static enum bs_rc write_again(struct bs_import_batch *batch, struct bs_err *err)
{
	struct member group[BS_IMPORT_GROUP];
	size_t count = batch->group_count;
	enum bs_rc rc = group_undo(batch, err);

	memcpy(group, batch->group, count * sizeof(group[0]));
	batch->group_count = batch->group_span = 0;
	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = write_alone(batch, &group[i], err);
	batch->group_most = 1;
	return rc;
}

/* --- the batch --- */

static enum bs_rc batch_begin(struct bs_import_batch *batch, struct bs_err *err)
{
	batch->open = true;
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
	batch->group_span += batch->group_open;
	if (rc == BS_OK && batch_full(batch))
		return bs_import_batch_commit(batch, err);
	return rc == BS_OK && group_full(batch) ? group_end(batch, err) : rc;
}

bool bs_import_batch_holds(const struct bs_import_batch *batch)
{
	return batch->group_count > 0;
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
