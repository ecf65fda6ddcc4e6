/* import.c - the whole of an import; see import.h and run.h.
 *
 *   scan → settings, terms, people, notices → front matter of all stories (threads) → index → stories → remarks
 *
 * Stories go through a ring of slots: threads take the next story, parse it into a free slot's arena and mark it ready; the
 * caller's thread writes the slots in order (batch.c) and gives them back. So at most SLOTS documents are in memory, whatever the number of
 * files, and the order of writing does not depend on the threads. */
#include "syndicate/import/import.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/sys.h"
#include "syndicate/import/run.h"

enum { SLOTS = 256, GIVEN_BACK = 16 /* slots at once, so that threads are not woken for each */, THREADS_MAX = 16 };

bool bs_import_stopped(const struct bs_import_run *run)
{
	return run->options->stop != NULL && atomic_load(run->options->stop);
}

/* --- threads --- */

static int thread_count(const struct bs_import_options *options)
{
	int count = options->threads > 0 ? options->threads : (int)bs_cores() - 1;

	return count < 1 ? 1 : count > THREADS_MAX ? THREADS_MAX : count;
}

struct crew {
	pthread_t threads[THREADS_MAX];
	int count;
};

/* A thread that cannot be had is done without, as long as there is one. */
static enum bs_rc crew_start(struct crew *crew, int wanted, void *(*work)(void *), void *const *ctx, struct bs_err *err)
{
	for (crew->count = 0; crew->count < wanted; crew->count++) {
		if (pthread_create(&crew->threads[crew->count], NULL, work, ctx[crew->count]) != 0)
			break;
	}
	return crew->count > 0 ? BS_OK : bs_fail(err, BS_IO, "no thread could be started");
}

static void crew_join(struct crew *crew)
{
	for (int i = 0; i < crew->count; i++)
		pthread_join(crew->threads[i], NULL);
}

/* --- front matter --- */

struct reader {
	struct bs_import_run *run;
	atomic_size_t *next;
	struct bs_arena *arena; /* of what it found; as long as the run */
};

static void *read_fronts(void *ctx)
{
	struct reader *reader = ctx;
	struct bs_arena *scratch = bs_arena_new();

	for (size_t i = atomic_fetch_add(reader->next, 1); i < reader->run->index.count;
	     i = atomic_fetch_add(reader->next, 1)) {
		if (bs_import_stopped(reader->run))
			break;
		bs_import_index_read(&reader->run->index, i, reader->run->options->format, reader->arena, scratch);
	}
	bs_arena_free(&scratch);
	return NULL;
}

static void free_arena(void *ptr)
{
	struct bs_arena *arena = ptr;

	bs_arena_free(&arena);
}

static enum bs_rc make_index(struct bs_import_run *run, struct bs_err *err)
{
	struct reader readers[THREADS_MAX];
	void *ctx[THREADS_MAX];
	int wanted = thread_count(run->options) + 1; /* nothing is written meanwhile */
	atomic_size_t next = 0;
	struct crew crew;
	enum bs_rc rc;

	run->index.arena = run->arena;
	run->index.now = run->options->now;
	run->index.stories = BS_ARRAY(run->arena, run->files.count, struct bs_import_story);
	for (size_t i = 0; i < run->files.count; i++) {
		if (run->files.items[i].role == BS_IMPORT_STORY)
			run->index.stories[run->index.count++].file = &run->files.items[i];
		else if (run->files.items[i].role == BS_IMPORT_SITE)
			bs_import_index_site(&run->index, &run->files.items[i]);
	}
	wanted = wanted > THREADS_MAX ? THREADS_MAX : wanted;
	for (int i = 0; i < wanted; i++) {
		readers[i] = (struct reader){ .run = run, .next = &next, .arena = bs_arena_new() };
		bs_arena_defer(run->arena, free_arena, readers[i].arena);
		ctx[i] = &readers[i];
	}
	rc = crew_start(&crew, wanted, read_fronts, ctx, err);
	crew_join(&crew);
	return rc == BS_OK ? bs_import_index_settle(&run->index, &run->files, run->db, err) : rc;
}

/* --- the ring --- */

struct slot {
	struct bs_import_parsed parsed;
	bool ready;
};

struct ring {
	struct bs_import_run *run;
	struct slot slots[SLOTS];
	pthread_mutex_t lock;
	pthread_cond_t is_ready, is_free;
	size_t next;    /* to be parsed */
	size_t written; /* before it all slots are free again */
	bool stopped;
};

static void *parse_stories(void *ctx)
{
	struct ring *ring = ctx;

	pthread_mutex_lock(&ring->lock);
	for (;;) {
		struct slot *slot;
		size_t at = ring->next;

		if (ring->stopped || at >= ring->run->index.count)
			break;
		if (at >= ring->written + SLOTS) {
			pthread_cond_wait(&ring->is_free, &ring->lock);
			continue;
		}
		ring->next++;
		slot = &ring->slots[at % SLOTS];
		pthread_mutex_unlock(&ring->lock);
		bs_arena_reset(slot->parsed.arena);
		bs_import_parse(ring->run, ring->run->index.order[at], &slot->parsed);
		pthread_mutex_lock(&ring->lock);
		slot->ready = true;
		pthread_cond_signal(&ring->is_ready);
	}
	pthread_mutex_unlock(&ring->lock);
	return NULL;
}

static struct slot *wait_for(struct ring *ring, size_t at)
{
	struct slot *slot = &ring->slots[at % SLOTS];

	pthread_mutex_lock(&ring->lock);
	while (!slot->ready)
		pthread_cond_wait(&ring->is_ready, &ring->lock);
	pthread_mutex_unlock(&ring->lock);
	return slot;
}

/* All slots before that of `at`. */
static void give_back(struct ring *ring, size_t at)
{
	pthread_mutex_lock(&ring->lock);
	for (; ring->written < at; ring->written++)
		ring->slots[ring->written % SLOTS].ready = false;
	pthread_cond_broadcast(&ring->is_free);
	pthread_mutex_unlock(&ring->lock);
}

/* --- writing --- */

static enum bs_rc write_stories(struct bs_import_run *run, struct ring *ring, struct bs_err *err)
{
	struct bs_import_batch *batch = bs_import_batch_new(run);
	bool stopped = bs_import_stopped(run);
	enum bs_rc rc = BS_OK;

	for (size_t at = 0; at < run->index.count && rc == BS_OK && !stopped; at++) {
		struct slot *slot = wait_for(ring, at);

		rc = bs_import_batch_take(batch, run->index.order[at], &slot->parsed, err);
		stopped = bs_import_stopped(run);
		if (rc == BS_OK && (at + 1 == run->index.count || stopped))
			rc = bs_import_batch_commit(batch, err);
		if (at + 1 - ring->written >= GIVEN_BACK)
			give_back(ring, at + 1);
	}
	return rc;
}

static enum bs_rc import_stories(struct bs_import_run *run, struct bs_err *err)
{
	struct ring *ring = BS_NEW(run->arena, struct ring);
	void *ctx[THREADS_MAX];
	struct crew crew;
	enum bs_rc rc;

	ring->run = run;
	pthread_mutex_init(&ring->lock, NULL);
	pthread_cond_init(&ring->is_ready, NULL);
	pthread_cond_init(&ring->is_free, NULL);
	for (size_t i = 0; i < SLOTS; i++)
		ring->slots[i].parsed.arena = bs_arena_new();
	for (size_t i = 0; i < THREADS_MAX; i++)
		ctx[i] = ring;
	rc = crew_start(&crew, thread_count(run->options), parse_stories, ctx, err);
	if (rc == BS_OK)
		rc = write_stories(run, ring, err);
	pthread_mutex_lock(&ring->lock);
	ring->stopped = true;
	pthread_cond_broadcast(&ring->is_free);
	pthread_mutex_unlock(&ring->lock);
	crew_join(&crew);
	for (size_t i = 0; i < SLOTS; i++)
		bs_arena_free(&ring->slots[i].parsed.arena);
	pthread_cond_destroy(&ring->is_free);
	pthread_cond_destroy(&ring->is_ready);
	pthread_mutex_destroy(&ring->lock);
	return rc;
}

/* --- the whole --- */

static void scan_refused(void *ctx, struct bs_str path, const char *why)
{
	struct bs_err err = { 0 };

	(void)bs_fail(&err, BS_IO, "%s", why);
	bs_import_refuse(ctx, path, NULL, &err);
}

/* One line for all that an author may have meant to be read. */
static void tell_unread(struct bs_import_run *run)
{
	struct bs_str kinds[BS_IMPORT_DOCUMENT_KINDS];
	size_t count = 0;

	for (size_t i = 0; i < BS_IMPORT_DOCUMENT_KINDS; i++) {
		if (run->files.documents[i] > 0)
			kinds[count++] = bs_arena_printf(run->arena, "%zu × %s", run->files.documents[i], bs_import_document_endings[i]);
	}
	if (count > 0)
		bs_import_remark(run, run->files.document, BS_REMARK_TEXT, bs_arena_join(run->arena, kinds, count, BS_STR(", ")),
		                 "documents that are not read; save them as Markdown, HTML or plain text");
}

static enum bs_rc import_catalog(struct bs_import_run *run, struct bs_err *err)
{
	enum bs_rc rc = bs_db_begin(run->db, BS_TX_WRITE, err);

	if (rc == BS_OK)
		rc = bs_import_catalog(run, err);
	return rc == BS_OK ? bs_db_commit(run->db, err) : rc;
}

enum bs_rc bs_import(struct bs_db *db, struct bs_ledger *ledger, const struct bs_import_options *options,
                     struct bs_import_totals *totals, struct bs_err *err)
{
	struct bs_import_run run = {
		.arena = bs_arena_new(), .db = db, .ledger = ledger, .options = options, .totals = totals
	};
	struct bs_map *const maps[] = { &run.remarks, &run.pictures, &run.people, &run.terms, &run.claims, &run.sources };
	enum bs_rc rc;

	*totals = (struct bs_import_totals){ 0 };
	for (size_t i = 0; i < BS_COUNT(maps); i++)
		*maps[i] = BS_MAP(run.arena);
	rc = bs_import_scan(run.arena, options->paths, options->path_count, scan_refused, &run, &run.files, err);
	if (rc == BS_OK)
		rc = bs_import_archives(&run, err);
	if (rc == BS_OK)
		rc = bs_import_settings_read(&run, err);
	if (rc == BS_OK)
		rc = import_catalog(&run, err);
	if (rc == BS_OK)
		rc = bs_import_settings_read(&run, err);
	if (rc == BS_OK && !bs_import_stopped(&run))
		rc = make_index(&run, err);
	if (rc == BS_OK && !bs_import_stopped(&run))
		bs_import_tell(&run, &(struct bs_import_event){ .kind = BS_IMPORT_BEGUN });
	if (rc == BS_OK && !bs_import_stopped(&run))
		rc = import_stories(&run, err);
	if (rc != BS_OK)
		bs_db_rollback(db); /* the batch that was open; nothing is left of it */
	totals->stopped = rc == BS_OK && bs_import_stopped(&run) && (run.index.order == NULL || run.done < (int64_t)run.index.count);
	tell_unread(&run);
	bs_import_tell_remarks(&run);
	bs_arena_free(&run.arena);
	return rc;
}
