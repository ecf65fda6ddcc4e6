/* copy.h - a whole newsroom from one database into another, of either kind.
 *
 * Tables go over one after the other, each behind those it refers to, in the order of their keys, so that a copy that was
 * stopped at any moment goes on behind the last row that arrived. At the end every row is read on both sides and
 * compared. Until then the target is marked as unfinished, and nothing but this opens it for work. What a database derives
 * from tables for itself (a search index) is not copied: `finish` makes it again. */
#ifndef BS_STORE_COPY_H
#define BS_STORE_COPY_H

#include "store/db.h"

struct bs_copy_progress {
	const char *doing; /* "copy", "link", "compare" */
	const char *table;
	int64_t rows;      /* done so far in this step, all tables together */
	int tables_done, tables;
};

struct bs_copy_options {
	/* Called now and then; false stops the copy. May be NULL. */
	bool (*progress)(const struct bs_copy_progress *progress, void *ctx);
	/* Called when all rows are there and compared, in the write transaction that takes the mark away. May be NULL. */
	enum bs_rc (*finish)(struct bs_db *to, void *ctx, struct bs_err *err);
	void *ctx;
};

/* Copy `from` (at this program's schema) to `to` (a writer; empty, or left by a copy from the same newsroom that was
 * stopped). Both are outside a transaction and have the same schema. `from` is read in one snapshot: what is written
 * there meanwhile is not copied.
 *   BS_BUSY      stopped by progress, or a connection was lost: the same call again goes on
 *   BS_CONFLICT  `to` holds a newsroom of its own; or a row differs at the end, because `from` was changed between two
 *                attempts: begin again with an empty target
 * and what bs_store_check says of `from`, and finish. */
enum bs_rc bs_store_copy(struct bs_db *from, struct bs_db *to, const struct bs_copy_options *options,
                         struct bs_err *err) BS_CHECK;

#endif
