/* open.h - the translator's state, for the files of this room. */
#ifndef BS_TRANSLATE_OPEN_H
#define BS_TRANSLATE_OPEN_H

#include <pthread.h>

#include "translate/translator.h"

struct bs_translator {
	const struct bs_translate_config *config;
	struct bs_pool *pool;
	struct bs_engine *engines[BS_TRANSLATE_ENGINES];
	size_t count;
	/* What readers asked for since then, of the minute that began then (bs_monotonic_usec). */
	pthread_mutex_t visits_lock;
	int64_t visits_since, visits;
};

#endif
