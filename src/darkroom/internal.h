/* internal.h - what the files of this room share. */
#ifndef BS_DARKROOM_INTERNAL_H
#define BS_DARKROOM_INTERNAL_H

#include <pthread.h>

#include "base/mem.h"
#include "darkroom/darkroom.h"
#include "worker/worker.h"

enum { HASH_HEX = 64, WAITING = 256, PATH_MAX_BYTES = 4096 };

struct bs_darkroom {
	char *media_dir, *renditions_dir;
	int media; /* the folder, open */
	struct bs_crew *crew; /* NULL: no program */
	struct bs_policy policy;

	/* Pictures that somebody asked for, and the thread that sees to them, started with the first. What finds no place is
	 * asked for again with its next reader. */
	pthread_mutex_t lock;
	pthread_cond_t wanted;
	pthread_t thread;
	bool started, stopping;
	char waiting[WAITING][HASH_HEX];
	size_t count;
	char failed[WAITING][HASH_HEX]; /* the last that could not be made: not to be tried with every reader */
	size_t failures;
};

/* "ab/HASH.EXT" of the master with that hash, NUL-terminated in `out`; false when there is none. */
enum { MASTER_NAME = 3 + HASH_HEX + 6 };
bool bs_darkroom_master(const struct bs_darkroom *darkroom, struct bs_str hash, char out[MASTER_NAME]);

/* What the master is and how large, from its first bytes where they tell. BS_NOT_FOUND: there is none. */
enum bs_rc bs_darkroom_measure(const struct bs_darkroom *darkroom, struct bs_str hash, struct bs_picture *out, struct bs_err *err) BS_CHECK;

/* Have its renditions made soon. Never waits. */
void bs_darkroom_want(struct bs_darkroom *darkroom, struct bs_str hash);

#endif
