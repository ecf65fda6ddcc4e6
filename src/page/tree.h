/* tree.h - a folder that is replaced as a whole: the new tree grows beside the old one, in FOLDER.new, then the two change
 * places in one step. For every export; the rooms above use it, too.
 *
 * A stop at any moment leaves the old tree whole; what a stopped run left is removed by the next one. A file that says what
 * the old tree's did is a link to that: it keeps its inode and time. The folder is the export's alone: anything in it that no
 * export put there refuses the run, so that nothing of anybody's is ever removed. Between begin and end, put, link and copy
 * may be called from several threads at once. */
#ifndef BS_PAGE_TREE_H
#define BS_PAGE_TREE_H

#include <stdatomic.h>
#include <time.h>

#include "base/map.h"

struct bs_tree_options {
	const char *folder;
	/* The file that marks a tree of this kind, ".broadsheet". Its lines are "ETAG FILE" when `etags`, else whatever. */
	const char *record;
	bool etags;
	/* What may stand in the folder besides the record and what the record names: "media", "404.html". */
	const char *const *own;
	size_t own_count;
};

struct bs_tree {
	struct bs_tree_options options;
	struct bs_arena *arena;
	const char *folder, *fresh; /* FOLDER and FOLDER.new */
	int old_fd, new_fd;         /* -1: not open */
	struct bs_map old;          /* file -> its ETag, from the old record */
	struct timespec old_time;   /* when that was written, as the last file of its run */
	atomic_bool wrote;          /* a file of the new tree is none of the old one's */
};

/*   BS_CONFLICT  FOLDER is neither empty nor a tree of this kind, or has something of somebody else's in it
 *   BS_BUSY      another export is writing there
 *   BS_DENIED, BS_IO
 * Call end after any of these, too. */
enum bs_rc bs_tree_begin(struct bs_tree *tree, const struct bs_tree_options *options, struct bs_err *err) BS_CHECK;
/* A file of the new tree, `file` relative to it. The old one's is taken when it has this ETag, and is as long as these bytes and not
 * younger than its record, so that what was damaged or edited there is mended; with an empty ETag when it has these bytes.
 * *written: it was not there so. BS_CONFLICT when the new tree has that file. */
enum bs_rc bs_tree_put(struct bs_tree *tree, struct bs_arena *arena, struct bs_str file, struct bs_str etag,
                       struct bs_str bytes, bool *written, struct bs_err *err) BS_CHECK;
/* A large file from elsewhere whose name says what is in it, for a tree that nobody edits: a link to it, or a copy where it is on
 * another file system. `from` is NUL-terminated. A file that the new tree has already stays. BS_NOT_FOUND: no such file. */
enum bs_rc bs_tree_link(struct bs_tree *tree, struct bs_arena *arena, struct bs_str file, const char *from,
                        struct bs_err *err) BS_CHECK;
/* The same for a tree that people edit: always a copy, with the time of the original; the old tree's when size and time
 * are those. */
enum bs_rc bs_tree_copy(struct bs_tree *tree, struct bs_arena *arena, struct bs_str file, const char *from, bool *written,
                        struct bs_err *err) BS_CHECK;
/* Whether the new tree has this file. `file` is NUL-terminated. */
bool bs_tree_has(const struct bs_tree *tree, struct bs_str file);
/* With rc BS_OK all is brought to the disk and the trees change places, otherwise the new one is removed; returns the first
 * failure. */
enum bs_rc bs_tree_end(struct bs_tree *tree, enum bs_rc rc, struct bs_err *err) BS_CHECK;

#endif
