/* tree.h - a folder that is replaced as a whole: the new tree grows beside the old, then they change places. Private to
 * export. put may be called from several threads at once. */
#ifndef BS_PAGE_TREE_H
#define BS_PAGE_TREE_H

#include <pthread.h>

#include "base/map.h"
#include "store/pool.h"

#define BS_TREE_RECORD ".broadsheet"

struct bs_tree {
	struct bs_arena *arena;
	const char *folder, *fresh; /* FOLDER and FOLDER.new */
	int old_fd, new_fd;         /* -1: not open */
	bool replaces;              /* there was a tree */
	struct bs_map old;          /* file -> its ETag, from the old record */
	struct bs_map folders;      /* made in the new tree */
	pthread_mutex_t lock;       /* of folders */
};

/* BS_CONFLICT: FOLDER is neither empty nor an export. */
enum bs_rc bs_tree_begin(struct bs_tree *tree, const char *folder, struct bs_err *err) BS_CHECK;
/* A file of the new tree; linked from the old one when that had it with this ETag (an empty one never matches).
 * *written: it was not there so. */
enum bs_rc bs_tree_put(struct bs_tree *tree, struct bs_arena *arena, struct bs_str file, struct bs_str etag,
                       struct bs_str bytes, bool *written, struct bs_err *err) BS_CHECK;
/* Every picture of the newsroom as media/HASH/WIDTH.EXT. */
enum bs_rc bs_tree_media(struct bs_tree *tree, struct bs_pool *pool, const char *media_dir, size_t *pictures,
                         struct bs_err *err) BS_CHECK;
/* With rc BS_OK the trees change places, otherwise the new one is removed; returns the first failure. */
enum bs_rc bs_tree_end(struct bs_tree *tree, enum bs_rc rc, struct bs_err *err) BS_CHECK;

#endif
