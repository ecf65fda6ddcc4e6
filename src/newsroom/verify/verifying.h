/* verifying.h - the state of one bs_ledger_verify, shared by its steps: passages and the chain (verify.c), then what pages are made from
 * (shown.c, differs.c). Private to the room. */
#ifndef BS_NEWSROOM_VERIFYING_H
#define BS_NEWSROOM_VERIFYING_H

#include "base/map.h"
#include "newsroom/saving.h"

struct bs_json;

struct bs_verifying {
	struct bs_db *db;
	struct bs_arena *arena; /* reset for each revision and each story */
	struct bs_verify_result *result;
	const struct bs_verify_options *options;
	int64_t all; /* revisions there are */
};

/* Note the first break; BS_CORRUPT. `revision` 0: it is none's. */
enum bs_rc bs_verify_broken(struct bs_verifying *v, int64_t revision, struct bs_err *err, const char *fmt, ...) BS_PRINTF(4, 5);

/* Every row of a query that begins behind an id, a part at a time: no statement stays open for as long as the whole takes. `begin` (or
 * NULL) is called before each part with the id that it begins behind, `check` with each row. */
struct bs_verify_walk {
	const struct bs_query *query;
	int id_column;
	enum bs_rc (*begin)(void *ctx, int64_t behind, struct bs_err *err);
	enum bs_rc (*check)(void *ctx, const struct bs_stmt *row, struct bs_err *err);
	void *ctx;
};
enum bs_rc bs_verify_walk(struct bs_db *db, const struct bs_verify_walk *walk, struct bs_err *err) BS_CHECK;

/* Hold what pages are made from against the newest revision of each story. */
enum bs_rc bs_verify_shown(struct bs_verifying *v, struct bs_err *err) BS_CHECK;

/* The member of `signed_meta` that `shown` does not say, or says otherwise, NULL: there is none; both as meta.c writes it. People, terms and
 * notices are the same when they were renamed, merged or removed since; *renamed then. `notices`: those that there are, by slug. */
enum bs_rc bs_verify_differs(struct bs_arena *arena, struct bs_db *db, const struct bs_map *notices, const struct bs_json *signed_meta,
                             const struct bs_json *shown, const char **out, bool *renamed, struct bs_err *err) BS_CHECK;

#endif
