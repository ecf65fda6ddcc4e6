/* rank.c - the full-text rank on SQLite, an auxiliary function of FTS5; see rank.h. PostgreSQL computes the same number
 * in SQL. */
#include "store/rank.h"

#include <sqlite3.h>
#include <stddef.h>

static void best_place(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context, int count,
                       sqlite3_value **values)
{
	static const int weights[] = { 4, 2 };
	int phrases = api->xPhraseCount(fts);
	int rank = 0;

	(void)count;
	(void)values;
	for (int i = 0; i < phrases; i++) {
		Fts5PhraseIter iter;
		int column = -1;
		int code = api->xPhraseFirstColumn(fts, i, &iter, &column);

		if (code != SQLITE_OK) {
			sqlite3_result_error_code(context, code);
			return;
		}
		/* Columns come in order: the first is the best. */
		if (column >= 0)
			rank += (size_t)column < sizeof(weights) / sizeof(weights[0]) ? weights[column] : 1;
	}
	sqlite3_result_int(context, rank);
}

bool bs_rank_register(struct sqlite3 *handle)
{
	sqlite3_stmt *stmt = NULL;
	fts5_api *api = NULL;
	bool done = false;

	/* The way that FTS5 gives its interface out: through a bound pointer. */
	if (sqlite3_prepare_v2(handle, "SELECT fts5(?1)", -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_bind_pointer(stmt, 1, (void *)&api, "fts5_api_ptr", NULL) == SQLITE_OK) {
		(void)sqlite3_step(stmt);
		done = api != NULL && api->xCreateFunction(api, "best_place", NULL, best_place, NULL) == SQLITE_OK;
	}
	sqlite3_finalize(stmt);
	return done;
}
