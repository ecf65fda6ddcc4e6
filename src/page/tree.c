/* tree.c - see tree.h. */
#include "page/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RECORD_MAX = 512 * 1024 * 1024, CHUNK = 64 * 1024 };

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

static void remove_tree(const char *path)
{
	(void)nftw(path, remove_one, 64, FTW_DEPTH | FTW_PHYS);
}

/* Whoever exports into a folder holds a lock on it and on the new tree, which ends with the process however that ends. */
static bool locked(int fd)
{
	return flock(fd, LOCK_EX | LOCK_NB) == 0;
}

static enum bs_rc is_busy(const struct bs_tree *tree, struct bs_err *err)
{
	return bs_fail(err, BS_BUSY, "another export is writing %.160s; wait until it has ended", tree->folder);
}

/* --- the old tree ----------------------------------------------------------------------------------------------------------- */

static struct bs_str file_bytes(struct bs_arena *arena, int fd)
{
	struct stat st;
	char *bytes;
	size_t len = 0;

	if (fstat(fd, &st) != 0 || st.st_size > RECORD_MAX)
		return BS_STR("");
	bytes = bs_arena_alloc(arena, (size_t)st.st_size + 1);
	while (len < (size_t)st.st_size) {
		ssize_t got = read(fd, bytes + len, (size_t)st.st_size - len);
		if (got <= 0)
			break;
		len += (size_t)got;
	}
	return bs_str_n(bytes, len);
}

static struct bs_str first_part(struct bs_str file)
{
	return bs_str_sub(file, 0, bs_str_find_byte(file, '/', 0));
}

/* Fills tree->old, and `own` with the names at the top of the old tree. */
static void record_read(struct bs_tree *tree, int fd, struct bs_map *own)
{
	struct bs_str rest = file_bytes(tree->arena, fd), line;
	struct stat st;

	if (fstat(fd, &st) == 0)
		tree->old_time = st.st_mtim;
	while (tree->options.etags && rest.len > 0 && bs_str_split(&rest, '\n', &line)) {
		size_t space = bs_str_find_byte(line, ' ', 0);
		struct bs_str *etag, file;
		if (space == SIZE_MAX)
			continue;
		file = bs_str_sub(line, space + 1, SIZE_MAX);
		etag = BS_NEW(tree->arena, struct bs_str);
		*etag = bs_str_sub(line, 0, space);
		*bs_map_put(&tree->old, file) = etag;
		*bs_map_put(own, first_part(file)) = tree;
	}
	for (size_t i = 0; i < tree->options.own_count; i++)
		*bs_map_put(own, bs_str_c(tree->options.own[i])) = tree;
	*bs_map_put(own, bs_str_c(tree->options.record)) = tree;
}

/* What stands at the top of the folder and is none of `own`; empty when there is nothing. */
static struct bs_str stranger_in(struct bs_tree *tree, const struct bs_map *own)
{
	int again = openat(tree->old_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = again >= 0 ? fdopendir(again) : NULL;
	const struct dirent *entry;
	struct bs_str found = { 0 };

	while (dir != NULL && found.len == 0 && (entry = readdir(dir)) != NULL) {
		struct bs_str name = bs_str_c(entry->d_name);
		if (!bs_str_eq(name, BS_STR(".")) && !bs_str_eq(name, BS_STR("..")) && bs_map_get(own, name) == NULL)
			found = bs_arena_copy(tree->arena, name);
	}
	if (dir != NULL)
		closedir(dir);
	return found;
}

static enum bs_rc old_open(struct bs_tree *tree, struct bs_err *err)
{
	struct bs_map own = BS_MAP(tree->arena);
	struct bs_str stranger;
	int record;

	tree->old_fd = open(tree->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (tree->old_fd < 0 && errno == ENOENT)
		return BS_OK;
	if (tree->old_fd < 0)
		return bs_fail(err, errno == EACCES ? BS_DENIED : BS_IO, "cannot open %.160s: %s", tree->folder, strerror(errno));
	if (!locked(tree->old_fd))
		return is_busy(tree, err);
	record = openat(tree->old_fd, tree->options.record, O_RDONLY | O_CLOEXEC);
	if (record >= 0) {
		record_read(tree, record, &own);
		close(record);
	}
	stranger = stranger_in(tree, &own);
	if (stranger.len == 0)
		return BS_OK;
	if (record < 0)
		return bs_fail(err, BS_CONFLICT, "%.120s has something else in it (%.60s); export into a new or empty folder, or one "
		               "that was exported before", tree->folder, stranger.ptr);
	return bs_fail(err, BS_CONFLICT, "%.100s/%.60s was put there by somebody else and would be lost; move it away, or export "
	               "into a folder of its own", tree->folder, stranger.ptr);
}

/* --- the new tree ------------------------------------------------------------------------------------------------------------ */

/* Remove what a stopped export left. */
static enum bs_rc leftover_remove(struct bs_tree *tree, struct bs_err *err)
{
	int fd = open(tree->fresh, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	enum bs_rc rc = BS_OK;

	if (fd < 0 && errno == ENOENT)
		return BS_OK;
	if (fd < 0)
		return bs_fail(err, BS_IO, "%.160s is in the way: %s", tree->fresh, strerror(errno));
	if (locked(fd))
		remove_tree(tree->fresh);
	else
		rc = is_busy(tree, err);
	close(fd);
	return rc;
}

static enum bs_rc new_make(struct bs_tree *tree, struct bs_err *err)
{
	struct stat made, there;
	enum bs_rc rc = leftover_remove(tree, err);
	bool ours;

	if (rc != BS_OK)
		return rc;
	if (mkdir(tree->fresh, 0755) != 0 && errno != EEXIST)
		return bs_fail(err, errno == EACCES ? BS_DENIED : BS_IO, "cannot make the folder %.160s: %s", tree->fresh, strerror(errno));
	tree->new_fd = open(tree->fresh, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (tree->new_fd < 0)
		return bs_fail(err, BS_IO, "cannot open %.160s: %s", tree->fresh, strerror(errno));
	/* Another may have begun at the same moment: the lock says who goes on, and the name must still lead to what is locked. */
	ours = locked(tree->new_fd) && fstat(tree->new_fd, &made) == 0 && stat(tree->fresh, &there) == 0 && made.st_ino == there.st_ino;
	if (ours)
		return BS_OK;
	close(tree->new_fd);
	tree->new_fd = -1;
	return is_busy(tree, err);
}

enum bs_rc bs_tree_begin(struct bs_tree *tree, const struct bs_tree_options *options, struct bs_err *err)
{
	size_t len = strlen(options->folder);
	char real[PATH_MAX];
	enum bs_rc rc;

	while (len > 1 && options->folder[len - 1] == '/')
		len--;
	*tree = (struct bs_tree){ .options = *options, .arena = bs_arena_new(), .old_fd = -1, .new_fd = -1 };
	tree->folder = bs_arena_copy(tree->arena, bs_str_n(options->folder, len)).ptr;
	/* Of a link the folder that it leads to is replaced, not the link. */
	if (realpath(tree->folder, real) != NULL)
		tree->folder = bs_arena_copy(tree->arena, bs_str_c(real)).ptr;
	tree->fresh = bs_arena_printf(tree->arena, "%s.new", tree->folder).ptr;
	tree->old = BS_MAP(tree->arena);
	rc = old_open(tree, err);
	return rc == BS_OK ? new_make(tree, err) : rc;
}

/* Make the folders of a file, the innermost first: mostly it is the only one that is missing. `file` is NUL-terminated and writable. */
static void folders_make(struct bs_tree *tree, char *file)
{
	char *slash = strrchr(file, '/');

	if (slash == NULL)
		return;
	*slash = '\0';
	/* What is wrong shows when the file is opened. */
	if (mkdirat(tree->new_fd, file, 0755) != 0 && errno == ENOENT) {
		folders_make(tree, file);
		(void)mkdirat(tree->new_fd, file, 0755);
	}
	*slash = '/';
}

/* A link to the old tree's file. */
static bool old_taken(struct bs_tree *tree, char *file)
{
	if (linkat(tree->old_fd, file, tree->new_fd, file, 0) == 0)
		return true;
	if (errno != ENOENT)
		return false;
	folders_make(tree, file);
	return linkat(tree->old_fd, file, tree->new_fd, file, 0) == 0;
}

/* A page mostly has a folder of its own, which is missing. */
static bool has_own_folder(const char *file)
{
	return bs_str_ends(bs_str_c(file), BS_STR("/index.html"));
}

static int file_open(struct bs_tree *tree, char *file)
{
	int fd;

	if (has_own_folder(file))
		folders_make(tree, file);
	fd = openat(tree->new_fd, file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd >= 0 || errno != ENOENT)
		return fd;
	folders_make(tree, file);
	return openat(tree->new_fd, file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
}

static bool bytes_write(int fd, struct bs_str bytes)
{
	while (bytes.len > 0) {
		ssize_t put = write(fd, bytes.ptr, bytes.len);
		if (put < 0 && errno != EINTR)
			return false;
		bytes = bs_str_sub(bytes, put > 0 ? (size_t)put : 0, SIZE_MAX);
	}
	return true;
}

static enum bs_rc write_failed(struct bs_tree *tree, const char *file, struct bs_err *err)
{
	if (errno == EEXIST)
		return bs_fail(err, BS_CONFLICT, "%.200s would be written twice", file);
	return bs_fail(err, BS_IO, "cannot write %.100s/%.100s: %s", tree->fresh, file, strerror(errno));
}

static enum bs_rc file_write(struct bs_tree *tree, char *file, struct bs_str bytes, struct bs_err *err)
{
	int fd = file_open(tree, file);
	enum bs_rc rc = fd >= 0 && bytes_write(fd, bytes) ? BS_OK : write_failed(tree, file, err);

	if (fd >= 0 && close(fd) != 0 && rc == BS_OK)
		rc = write_failed(tree, file, err);
	return rc;
}

/* Whether the old tree has the file with these bytes. */
static bool old_says(struct bs_tree *tree, const char *file, struct bs_str bytes)
{
	int fd = openat(tree->old_fd, file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char chunk[CHUNK];
	struct stat st;
	bool same = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size == bytes.len;

	while (same && bytes.len > 0) {
		ssize_t got = read(fd, chunk, sizeof(chunk));
		same = got > 0 && bs_str_starts(bytes, bs_str_n(chunk, (size_t)got));
		bytes = bs_str_sub(bytes, got > 0 ? (size_t)got : 0, SIZE_MAX);
	}
	if (fd >= 0)
		close(fd);
	return same;
}

static bool is_later(struct timespec a, struct timespec b)
{
	return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

/* Whether the old tree's file is still as its run left it, without reading it: nobody cut it, nobody wrote in it since. */
static bool old_whole(struct bs_tree *tree, const char *file, size_t len)
{
	struct stat st;

	return fstatat(tree->old_fd, file, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size == len &&
	       !is_later(st.st_mtim, tree->old_time);
}

static bool old_same(struct bs_tree *tree, const char *name, struct bs_str file, struct bs_str etag, struct bs_str bytes)
{
	const struct bs_str *before;

	if (tree->old_fd < 0)
		return false;
	/* The record is as young as the youngest file that it names. */
	if (tree->options.etags && bs_str_eq(file, bs_str_c(tree->options.record)) && atomic_load(&tree->wrote))
		return false;
	if (etag.len == 0)
		return old_says(tree, name, bytes);
	before = bs_map_get(&tree->old, file);
	return before != NULL && bs_str_eq(*before, etag) && old_whole(tree, name, bytes.len);
}

enum bs_rc bs_tree_put(struct bs_tree *tree, struct bs_arena *arena, struct bs_str file, struct bs_str etag,
                       struct bs_str bytes, bool *written, struct bs_err *err)
{
	char *name = (char *)bs_arena_copy(arena, file).ptr;

	*written = !old_same(tree, name, file, etag, bytes) || !old_taken(tree, name);
	if (!*written)
		return BS_OK;
	atomic_store(&tree->wrote, true);
	return file_write(tree, name, bytes, err);
}

/* --- files from elsewhere ----------------------------------------------------------------------------------------------------- */

/* Where the two are on file systems of different kinds, the kernel copies nothing and says EXDEV. */
static bool bytes_copy(int in, int out)
{
	char chunk[CHUNK];
	ssize_t moved = copy_file_range(in, NULL, out, NULL, 1 << 30, 0);

	while (moved > 0)
		moved = copy_file_range(in, NULL, out, NULL, 1 << 30, 0);
	if (moved == 0)
		return true;
	if (errno != EXDEV && errno != EINVAL && errno != EOPNOTSUPP && errno != ENOSYS)
		return false;
	while ((moved = read(in, chunk, sizeof(chunk))) != 0) {
		if (moved < 0 && errno != EINTR)
			return false;
		if (moved > 0 && !bytes_write(out, bs_str_n(chunk, (size_t)moved)))
			return false;
	}
	return true;
}

/* `in` is open at its beginning. */
static enum bs_rc file_copy(struct bs_tree *tree, int in, const struct stat *st, char *file, struct bs_err *err)
{
	const struct timespec times[2] = { st->st_atim, st->st_mtim };
	int out = file_open(tree, file);
	enum bs_rc rc = BS_OK;

	if (out < 0 && errno == EEXIST)
		return BS_OK;
	if (out < 0 || !bytes_copy(in, out) || futimens(out, times) != 0)
		rc = write_failed(tree, file, err);
	if (out >= 0 && close(out) != 0 && rc == BS_OK)
		rc = write_failed(tree, file, err);
	return rc;
}

static enum bs_rc source_open(const char *from, int *in, struct stat *st, struct bs_err *err)
{
	*in = open(from, O_RDONLY | O_CLOEXEC);
	if (*in >= 0 && fstat(*in, st) == 0)
		return BS_OK;
	if (*in >= 0)
		close(*in);
	return bs_fail(err, errno == ENOENT ? BS_NOT_FOUND : BS_IO, "cannot read %.200s: %s", from, strerror(errno));
}

/* Whether the old tree has a file of this name, size and time. */
static bool old_like(struct bs_tree *tree, const char *file, const struct stat *st)
{
	struct stat old;

	return tree->old_fd >= 0 && fstatat(tree->old_fd, file, &old, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(old.st_mode) &&
	       old.st_size == st->st_size && old.st_mtim.tv_sec == st->st_mtim.tv_sec && old.st_mtim.tv_nsec == st->st_mtim.tv_nsec;
}

enum bs_rc bs_tree_copy(struct bs_tree *tree, struct bs_arena *arena, struct bs_str file, const char *from, bool *written,
                        struct bs_err *err)
{
	char *name = (char *)bs_arena_copy(arena, file).ptr;
	struct stat st;
	int in = -1;
	enum bs_rc rc = source_open(from, &in, &st, err);

	*written = false;
	if (rc != BS_OK)
		return rc;
	if (!old_like(tree, name, &st) || (!old_taken(tree, name) && errno != EEXIST)) {
		*written = true;
		rc = file_copy(tree, in, &st, name, err);
	}
	close(in);
	return rc;
}

bool bs_tree_has(const struct bs_tree *tree, struct bs_str file)
{
	return faccessat(tree->new_fd, file.ptr, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

enum bs_rc bs_tree_link(struct bs_tree *tree, struct bs_arena *arena, struct bs_str file, const char *from, struct bs_err *err)
{
	char *name = (char *)bs_arena_copy(arena, file).ptr;
	bool written;

	if (linkat(AT_FDCWD, from, tree->new_fd, name, 0) == 0 || errno == EEXIST)
		return BS_OK;
	folders_make(tree, name);
	if (linkat(AT_FDCWD, from, tree->new_fd, name, 0) == 0 || errno == EEXIST)
		return BS_OK;
	return bs_tree_copy(tree, arena, file, from, &written, err);
}

/* --- the change ---------------------------------------------------------------------------------------------------------------- */

static enum bs_rc change_places(struct bs_tree *tree, struct bs_err *err)
{
	int failed;

	/* A name must never lead to files whose bytes are lost when the power fails a moment later. */
	if (syncfs(tree->new_fd) != 0)
		return bs_fail(err, BS_IO, "cannot bring %.160s to the disk: %s", tree->fresh, strerror(errno));
	failed = tree->old_fd >= 0 ? renameat2(AT_FDCWD, tree->fresh, AT_FDCWD, tree->folder, RENAME_EXCHANGE)
	                           : rename(tree->fresh, tree->folder);
	if (failed == 0)
		return BS_OK;
	if (tree->old_fd >= 0 && (errno == EINVAL || errno == ENOSYS))
		return bs_fail(err, BS_IO, "the file system of %.120s cannot let two folders change places; export into a new folder",
		               tree->folder);
	if (errno == EBUSY || errno == EXDEV)
		return bs_fail(err, BS_IO, "%.120s is a mount point, which cannot be replaced; export into a folder in it", tree->folder);
	return bs_fail(err, BS_IO, "cannot put %.90s in the place of %.90s: %s", tree->fresh, tree->folder, strerror(errno));
}

enum bs_rc bs_tree_end(struct bs_tree *tree, enum bs_rc rc, struct bs_err *err)
{
	bool begun = tree->new_fd >= 0;

	if (rc == BS_OK)
		rc = change_places(tree, err);
	/* What is there now under that name is the old tree, or a new one that did not come to its end. */
	if (begun && (rc != BS_OK || tree->old_fd >= 0))
		remove_tree(tree->fresh);
	if (tree->old_fd >= 0)
		close(tree->old_fd);
	if (tree->new_fd >= 0)
		close(tree->new_fd);
	bs_arena_free(&tree->arena);
	return rc;
}
