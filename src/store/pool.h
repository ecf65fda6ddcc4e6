/* pool.h - the connections of one process: one writer, and readers that threads take for the length of one request.
 *
 *   struct bs_db *db = NULL;
 *   rc = bs_pool_read(pool, &db, err);
 *   …
 *   bs_pool_return(&db);
 *
 * Taking a free connection costs well under a microsecond, on PostgreSQL a system call that shows whether it is still there.
 * One that was lost is made again when it is next taken, with a pause that grows from 100 ms to 10 s between attempts. When the
 * server gives no further one, those that there are go round; when there are none, taking one returns BS_BUSY at once.
 * Safe from any thread. */
#ifndef BS_STORE_POOL_H
#define BS_STORE_POOL_H

#include "store/db.h"

struct bs_pool;

struct bs_pool_options {
	const char *dsn; /* as in bs_db_options */
	const struct bs_schema *schema;
	int readers;      /* at most this many at once, 1 … 64; each opened when all others are in use. 0: 4 */
	int wait_ms;      /* how long to wait for a free connection; 0: 5,000 */
	int lock_ms;      /* as in bs_db_options */
	int statement_ms; /* of readers; 0: 10,000 */
	int cache_kb;     /* of each reader, as in bs_db_options */
	int writer_cache_kb;
};

/* Opens the writer (which makes the file when it is not there) and one reader. */
enum bs_rc bs_pool_open(const struct bs_pool_options *options, struct bs_pool **out, struct bs_err *err) BS_CHECK;
/* Every connection must have been returned. Accepts NULL, leaves NULL. */
void bs_pool_close(struct bs_pool **pool);

/* BS_BUSY: all are taken and none came back in time, or the database is away. */
enum bs_rc bs_pool_read(struct bs_pool *pool, struct bs_db **out, struct bs_err *err) BS_CHECK;
/* The one writer; others of this process wait for it. */
enum bs_rc bs_pool_write(struct bs_pool *pool, struct bs_db **out, struct bs_err *err) BS_CHECK;
/* bs_db_transact by the writer, taken and returned. */
#define bs_pool_transact(pool, fn, ctx, err) bs_pool_transact_at((pool), (fn), (ctx), __FILE__, __LINE__, (err))
enum bs_rc bs_pool_transact_at(struct bs_pool *pool, enum bs_rc (*fn)(struct bs_db *db, void *ctx, struct bs_err *err), void *ctx,
                               const char *file, int line, struct bs_err *err) BS_CHECK;
/* Rolls back what was left open (and logs where it began). Accepts NULL, leaves NULL. */
void bs_pool_return(struct bs_db **db);

#endif
