/* pool.c - the connections of one process; see pool.h.
 *
 * A lane is a row of slots, each with one connection: one lane of readers, one with the single writer. A thread takes
 * a slot by flipping its state, those with a connection first, beginning at a place of its own, so that threads seldom meet
 * and keep finding the same one. Only when every slot is taken does it sleep on the lane's condition. A slot's connection
 * is opened by whoever takes the slot and finds none, or finds it dead. Failed attempts are counted for the whole pool: while
 * the database is away one attempt is made per pause, and nobody else tries. Who gets no new connection waits for one of
 * those that there are, and is refused at once when there are none. */
#include "store/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "base/sys.h"
#include "store/driver.h"

enum {
	READERS = 4,
	READERS_MAX = 64,
	WAIT_MS = 5000,
	STATEMENT_MS = 10000,
	PAUSE_FIRST_MS = 100,
	PAUSE_LAST_MS = 10000,
};

struct slot {
	atomic_bool taken;
	atomic_bool warm; /* it has a connection; changed by who has taken it */
	struct lane *lane;
	struct bs_db *db;
};

struct lane {
	struct bs_pool *pool;
	struct bs_db_options options;
	struct slot *slots;
	unsigned count;
	atomic_int waiting;
	pthread_mutex_t lock; /* only for sleeping */
	pthread_cond_t freed;
};

struct bs_pool {
	struct lane readers, writer;
	char *dsn;
	int wait_ms;
	pthread_mutex_t lock; /* the rest */
	int pause_ms;         /* until the next attempt to connect; 0: the last one succeeded */
	int64_t retry_at;     /* bs_monotonic_usec */
	struct bs_err why;    /* of the last failed attempt */
};

/* --- taking and giving back a slot -------------------------------------------------------------------------------- */

/* A small number of this thread's own, so that threads begin to look at different places. */
static unsigned my_place(void)
{
	static atomic_uint threads;
	static _Thread_local unsigned mine;

	if (mine == 0)
		mine = atomic_fetch_add(&threads, 1) + 1;
	return mine;
}

static struct slot *take_where(struct lane *lane, bool warm)
{
	unsigned from = my_place();

	for (unsigned i = 0; i < lane->count; i++) {
		struct slot *slot = &lane->slots[(from + i) % lane->count];
		bool expected = false;

		if (atomic_load_explicit(&slot->warm, memory_order_relaxed) == warm &&
		    !atomic_load_explicit(&slot->taken, memory_order_relaxed) &&
		    atomic_compare_exchange_strong(&slot->taken, &expected, true))
			return slot;
	}
	return NULL;
}

/* `warm`: none but one with a connection. */
static struct slot *try_take(struct lane *lane, bool warm)
{
	struct slot *slot = take_where(lane, true);

	return slot != NULL || warm ? slot : take_where(lane, false);
}

static bool any_warm(struct lane *lane)
{
	bool any = false;

	for (unsigned i = 0; i < lane->count && !any; i++)
		any = atomic_load(&lane->slots[i].warm);
	return any;
}

static struct slot *wait_and_take(struct lane *lane, bool warm)
{
	int wait_ms = lane->pool->wait_ms;
	struct slot *slot;
	struct timespec until;
	int timed_out = 0;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += wait_ms / 1000;
	until.tv_nsec += (long)(wait_ms % 1000) * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	pthread_mutex_lock(&lane->lock);
	atomic_fetch_add(&lane->waiting, 1);
	/* Look again after `waiting` was raised: whoever frees a slot later sees it and wakes us. */
	while ((slot = try_take(lane, warm)) == NULL && timed_out == 0 && (!warm || any_warm(lane)))
		timed_out = pthread_cond_timedwait(&lane->freed, &lane->lock, &until);
	atomic_fetch_sub(&lane->waiting, 1);
	pthread_mutex_unlock(&lane->lock);
	return slot;
}

static void give_back(struct slot *slot)
{
	struct lane *lane = slot->lane;

	atomic_store(&slot->taken, false);
	if (atomic_load(&lane->waiting) > 0) {
		pthread_mutex_lock(&lane->lock);
		pthread_cond_broadcast(&lane->freed); /* not each is content with any slot */
		pthread_mutex_unlock(&lane->lock);
	}
}

/* --- making a slot's connection good ------------------------------------------------------------------------------ */

static bool may_try(struct bs_pool *pool, struct bs_err *err)
{
	int64_t now = bs_monotonic_usec();
	bool may = true;

	pthread_mutex_lock(&pool->lock);
	if (pool->pause_ms > 0 && now < pool->retry_at) {
		may = false;
		(void)bs_fail(err, BS_BUSY, "the database is away (%.160s); trying again in %d ms", pool->why.text,
		              (int)((pool->retry_at - now) / 1000));
	} else if (pool->pause_ms > 0) {
		pool->retry_at = now + (int64_t)pool->pause_ms * 1000; /* ours is the attempt; others wait for its outcome */
	}
	pthread_mutex_unlock(&pool->lock);
	return may;
}

static void note_attempt(struct bs_pool *pool, enum bs_rc rc, const struct bs_err *why)
{
	pthread_mutex_lock(&pool->lock);
	if (rc == BS_OK) {
		if (pool->pause_ms > 0)
			bs_log(BS_LOG_INFO, "the database gives connections again");
		pool->pause_ms = 0;
	} else {
		if (pool->pause_ms == 0)
			bs_log(BS_LOG_ERROR, "the database gives no connection: %s", why->text);
		pool->pause_ms = pool->pause_ms == 0 ? PAUSE_FIRST_MS : 2 * pool->pause_ms;
		if (pool->pause_ms > PAUSE_LAST_MS)
			pool->pause_ms = PAUSE_LAST_MS;
		pool->retry_at = bs_monotonic_usec() + (int64_t)pool->pause_ms * 1000;
		pool->why = *why;
	}
	pthread_mutex_unlock(&pool->lock);
}

static enum bs_rc make_good(struct slot *slot, struct bs_err *err)
{
	struct bs_pool *pool = slot->lane->pool;
	struct bs_err why = { BS_OK, "" };
	enum bs_rc rc;

	if (slot->db != NULL && slot->db->driver->alive(slot->db))
		return BS_OK;
	atomic_store(&slot->warm, false);
	bs_db_close(&slot->db);
	if (!may_try(pool, err))
		return BS_BUSY;
	rc = bs_db_open(&slot->lane->options, &slot->db, &why);
	note_attempt(pool, rc, &why);
	if (rc != BS_OK)
		return bs_fail(err, rc, "%s", why.text);
	slot->db->slot = slot;
	atomic_store(&slot->warm, true);
	return BS_OK;
}

static enum bs_rc lane_take(struct lane *lane, struct bs_db **out, struct bs_err *err)
{
	struct slot *slot = try_take(lane, false);
	enum bs_rc rc;

	if (slot == NULL)
		slot = wait_and_take(lane, false);
	if (slot == NULL)
		return bs_fail(err, BS_BUSY, "all %u %s of the database stayed in use for %d ms; try again", lane->count,
		               lane == &lane->pool->writer ? "writing connections" : "reading connections", lane->pool->wait_ms);
	while ((rc = make_good(slot, err)) != BS_OK) {
		give_back(slot);
		slot = wait_and_take(lane, true);
		if (slot == NULL)
			return rc;
	}
	*out = slot->db;
	return BS_OK;
}

enum bs_rc bs_pool_read(struct bs_pool *pool, struct bs_db **out, struct bs_err *err)
{
	return lane_take(&pool->readers, out, err);
}

enum bs_rc bs_pool_write(struct bs_pool *pool, struct bs_db **out, struct bs_err *err)
{
	return lane_take(&pool->writer, out, err);
}

void bs_pool_return(struct bs_db **db)
{
	struct slot *slot;

	if (db == NULL || *db == NULL)
		return;
	slot = (*db)->slot;
	while ((*db)->depth > 0) {
		bs_log(BS_LOG_ERROR, "a transaction begun at %s:%d was left open and is rolled back",
		       (*db)->levels[(*db)->depth - 1].file, (*db)->levels[(*db)->depth - 1].line);
		bs_db_rollback(*db);
	}
	if ((*db)->lost)
		atomic_store(&slot->warm, false);
	*db = NULL;
	give_back(slot);
}

/* --- the pool itself ---------------------------------------------------------------------------------------------- */

static void lane_init(struct bs_pool *pool, struct lane *lane, unsigned count)
{
	pthread_condattr_t monotonic;

	lane->pool = pool;
	lane->count = count;
	lane->slots = bs_alloc(count * sizeof(struct slot));
	for (unsigned i = 0; i < count; i++)
		lane->slots[i] = (struct slot){ .lane = lane };
	pthread_mutex_init(&lane->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&lane->freed, &monotonic);
	pthread_condattr_destroy(&monotonic);
}

static void lane_close(struct lane *lane)
{
	for (unsigned i = 0; i < lane->count; i++)
		bs_db_close(&lane->slots[i].db);
	free(lane->slots);
	pthread_mutex_destroy(&lane->lock);
	pthread_cond_destroy(&lane->freed);
}

void bs_pool_close(struct bs_pool **pool)
{
	if (pool == NULL || *pool == NULL)
		return;
	lane_close(&(*pool)->readers);
	lane_close(&(*pool)->writer); /* last: it tidies up */
	pthread_mutex_destroy(&(*pool)->lock);
	free((*pool)->dsn);
	free(*pool);
	*pool = NULL;
}

static struct bs_pool *pool_new(const struct bs_pool_options *options)
{
	struct bs_pool *pool = bs_alloc(sizeof(*pool));
	size_t size = strlen(options->dsn) + 1;
	int readers = options->readers > 0 ? options->readers : READERS;

	memset(pool, 0, sizeof(*pool));
	pthread_mutex_init(&pool->lock, NULL);
	pool->wait_ms = options->wait_ms > 0 ? options->wait_ms : WAIT_MS;
	pool->dsn = bs_alloc(size);
	memcpy(pool->dsn, options->dsn, size);
	lane_init(pool, &pool->readers, (unsigned)(readers < READERS_MAX ? readers : READERS_MAX));
	lane_init(pool, &pool->writer, 1);
	pool->writer.options = (struct bs_db_options){
		.dsn = pool->dsn, .role = BS_DB_WRITER, .schema = options->schema, .lock_ms = options->lock_ms,
		.cache_kb = options->writer_cache_kb,
	};
	pool->readers.options = (struct bs_db_options){
		.dsn = pool->dsn, .role = BS_DB_READER, .schema = options->schema, .lock_ms = options->lock_ms,
		.statement_ms = options->statement_ms > 0 ? options->statement_ms : STATEMENT_MS,
		.cache_kb = options->cache_kb,
	};
	return pool;
}

enum bs_rc bs_pool_open(const struct bs_pool_options *options, struct bs_pool **out, struct bs_err *err)
{
	struct bs_pool *pool = pool_new(options);
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_write(pool, &db, err);

	bs_pool_return(&db);
	if (rc == BS_OK)
		rc = bs_pool_read(pool, &db, err);
	bs_pool_return(&db);
	if (rc == BS_OK) {
		*out = pool;
		pool = NULL;
	}
	bs_pool_close(&pool);
	return rc;
}

enum bs_rc bs_pool_transact_at(struct bs_pool *pool, enum bs_rc (*fn)(struct bs_db *db, void *ctx, struct bs_err *err), void *ctx,
                               const char *file, int line, struct bs_err *err)
{
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_write(pool, &db, err);

	if (rc == BS_OK)
		rc = bs_db_transact_at(db, fn, ctx, file, line, err);
	bs_pool_return(&db);
	return rc;
}
