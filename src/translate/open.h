/* open.h - the translator's state, for the files of this room. */
#ifndef BS_TRANSLATE_OPEN_H
#define BS_TRANSLATE_OPEN_H

#include <pthread.h>

#include "queue/queue.h"
#include "translate/translator.h"

enum { BS_VISITS_WANTED = 64 }; /* over these, readers come again */

struct bs_translator {
	const struct bs_translate_config *config;
	struct bs_pool *pool;
	struct bs_engine *engines[BS_TRANSLATE_ENGINES];
	size_t count;
	/* What readers asked for since then, of the minute that began then (bs_monotonic_usec); and that which no job has been made of yet. */
	pthread_mutex_t visits_lock;
	int64_t visits_since, visits;
	struct bs_visit_wanted {
		int64_t story_id;
		const struct bs_lang *lang;
	} wanted[BS_VISITS_WANTED];
	size_t wanted_count;
};

/* A plan (queue/queue.h): readers' visits become jobs. */
enum bs_rc bs_visits_plan(struct bs_plan *plan, struct bs_db *db, struct bs_err *err) BS_CHECK;

#endif
