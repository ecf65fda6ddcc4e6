/* tree.c - see tree.h. */
#include "page/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RECORD_MAX = 512 * 1024 * 1024 };

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

/* --- the old tree ----------------------------------------------------------------------------------------------------------- */

static bool folder_empty(int fd)
{
	int again = dup(fd);
	DIR *dir = again >= 0 ? fdopendir(again) : NULL;
	struct dirent *entry;
	bool empty = true;

	if (dir == NULL)
		return false;
	while ((entry = readdir(dir)) != NULL)
		empty = empty && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
	closedir(dir);
	return empty;
}

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

static void record_read(struct bs_tree *tree, int fd)
{
	struct bs_str rest = file_bytes(tree->arena, fd), line;

	while (rest.len > 0 && bs_str_split(&rest, '\n', &line)) {
		size_t space = bs_str_find_byte(line, ' ', 0);
		struct bs_str *etag;
		if (space == SIZE_MAX)
			continue;
		etag = BS_NEW(tree->arena, struct bs_str);
		*etag = bs_str_sub(line, 0, space);
		*bs_map_put(&tree->old, bs_str_sub(line, space + 1, SIZE_MAX)) = etag;
	}
}

static enum bs_rc old_open(struct bs_tree *tree, struct bs_err *err)
{
	int record;

	tree->old_fd = open(tree->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (tree->old_fd < 0 && errno == ENOENT)
		return BS_OK;
	if (tree->old_fd < 0)
		return bs_fail(err, errno == EACCES ? BS_DENIED : BS_IO, "cannot open %.160s: %s", tree->folder, strerror(errno));
	tree->replaces = true;
	record = openat(tree->old_fd, BS_TREE_RECORD, O_RDONLY | O_CLOEXEC);
	if (record < 0)
		return folder_empty(tree->old_fd) ? BS_OK : bs_fail(err, BS_CONFLICT, "%.160s has something else in it; export into "
		       "a new or empty folder, or one that was exported before", tree->folder);
	record_read(tree, record);
	close(record);
	return BS_OK;
}

enum bs_rc bs_tree_begin(struct bs_tree *tree, const char *folder, struct bs_err *err)
{
	size_t len = strlen(folder);
	enum bs_rc rc;

	while (len > 1 && folder[len - 1] == '/')
		len--;
	*tree = (struct bs_tree){ .arena = bs_arena_new(), .old_fd = -1, .new_fd = -1 };
	pthread_mutex_init(&tree->lock, NULL);
	tree->folder = bs_arena_copy(tree->arena, bs_str_n(folder, len)).ptr;
	tree->old = BS_MAP(tree->arena);
	tree->folders = BS_MAP(tree->arena);
	rc = old_open(tree, err);
	if (rc != BS_OK)
		return rc;
	/* Left by an export that was stopped. */
	tree->fresh = bs_arena_printf(tree->arena, "%s.new", tree->folder).ptr;
	remove_tree(tree->fresh);
	if (mkdir(tree->fresh, 0755) != 0)
		return bs_fail(err, BS_IO, "cannot make the folder %.160s: %s", tree->fresh, strerror(errno));
	tree->new_fd = open(tree->fresh, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return tree->new_fd >= 0 ? BS_OK : bs_fail(err, BS_IO, "cannot open %.160s: %s", tree->fresh, strerror(errno));
}

/* --- the new tree ------------------------------------------------------------------------------------------------------------ */

static bool folder_made(struct bs_tree *tree, struct bs_str folder)
{
	bool made;

	pthread_mutex_lock(&tree->lock);
	made = bs_map_get(&tree->folders, folder) != NULL;
	pthread_mutex_unlock(&tree->lock);
	return made;
}

/* Make the folders of a file, each once. `file` is NUL-terminated and writable: it is cut at each slash in turn. */
static enum bs_rc folders_make(struct bs_tree *tree, char *file, struct bs_err *err)
{
	char *last = strrchr(file, '/');

	if (last == NULL || folder_made(tree, bs_str_n(file, (size_t)(last - file))))
		return BS_OK;
	for (char *slash = strchr(file, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdirat(tree->new_fd, file, 0755) != 0 && errno != EEXIST) {
			enum bs_rc rc = bs_fail(err, BS_IO, "cannot make the folder %.100s/%.100s: %s", tree->fresh, file, strerror(errno));
			*slash = '/';
			return rc;
		}
		*slash = '/';
	}
	pthread_mutex_lock(&tree->lock);
	*bs_map_put(&tree->folders, bs_arena_copy(tree->arena, bs_str_n(file, (size_t)(last - file)))) = tree;
	pthread_mutex_unlock(&tree->lock);
	return BS_OK;
}

static enum bs_rc file_write(struct bs_tree *tree, const char *file, struct bs_str bytes, struct bs_err *err)
{
	int fd = openat(tree->new_fd, file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	bool failed = fd < 0;

	while (!failed && bytes.len > 0) {
		ssize_t put = write(fd, bytes.ptr, bytes.len);
		if (put < 0 && errno == EINTR)
			continue;
		failed = put < 0;
		bytes = bs_str_sub(bytes, put > 0 ? (size_t)put : 0, SIZE_MAX);
	}
	if (failed)
		(void)bs_fail(err, BS_IO, "cannot write %.100s/%.100s: %s", tree->fresh, file, strerror(errno));
	if (fd >= 0)
		close(fd);
	return failed ? BS_IO : BS_OK;
}

enum bs_rc bs_tree_put(struct bs_tree *tree, struct bs_arena *arena, struct bs_str file, struct bs_str etag,
                       struct bs_str bytes, bool *written, struct bs_err *err)
{
	char *name = (char *)bs_arena_copy(arena, file).ptr;
	const struct bs_str *before = bs_map_get(&tree->old, file);
	enum bs_rc rc = folders_make(tree, name, err);

	*written = false;
	if (rc != BS_OK)
		return rc;
	if (before != NULL && etag.len > 0 && bs_str_eq(*before, etag) &&
	    linkat(tree->old_fd, name, tree->new_fd, name, 0) == 0)
		return BS_OK;
	*written = true;
	return file_write(tree, name, bytes, err);
}

/* --- pictures ----------------------------------------------------------------------------------------------------------------- */

static enum bs_rc file_copy(struct bs_tree *tree, const char *from, const char *file, struct bs_err *err)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = in >= 0 ? openat(tree->new_fd, file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644) : -1;
	ssize_t moved = out >= 0 ? 1 : -1;

	while (moved > 0)
		moved = copy_file_range(in, NULL, out, NULL, 1 << 30, 0);
	if (moved < 0)
		(void)bs_fail(err, BS_IO, "cannot copy %.160s: %s", from, strerror(errno));
	if (out >= 0)
		close(out);
	if (in >= 0)
		close(in);
	return moved < 0 ? BS_IO : BS_OK;
}

static enum bs_rc picture_put(struct bs_tree *tree, struct bs_arena *arena, const char *media_dir, const struct bs_stmt *row,
                              struct bs_err *err)
{
	struct bs_str hash = bs_stmt_blob(row, BS_C_media_walk_hash), kind = bs_stmt_str(row, BS_C_media_walk_mime);
	char hex[64];
	struct bs_str from, file;
	enum bs_rc rc;

	if (hash.len != sizeof(hex) / 2 || kind.len < 7)
		return bs_fail(err, BS_CORRUPT, "a picture without its hash");
	bs_hex_encode((const uint8_t *)hash.ptr, hash.len, hex);
	kind = bs_str_eq(kind, BS_STR("image/jpeg")) ? BS_STR("jpg") : bs_str_sub(kind, 6, SIZE_MAX);
	from = bs_arena_printf(arena, "%s/%.2s/%.64s.%.*s", media_dir, hex, hex, (int)kind.len, kind.ptr);
	file = bs_arena_printf(arena, "media/%.64s/%d.%.*s", hex, (int)bs_stmt_int(row, BS_C_media_walk_width), (int)kind.len, kind.ptr);
	rc = folders_make(tree, (char *)file.ptr, err);
	if (rc != BS_OK || linkat(AT_FDCWD, from.ptr, tree->new_fd, file.ptr, 0) == 0)
		return rc;
	return file_copy(tree, from.ptr, file.ptr, err);
}

enum bs_rc bs_tree_media(struct bs_tree *tree, struct bs_pool *pool, const char *media_dir, size_t *pictures,
                         struct bs_err *err)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_stmt *stmt = NULL;
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_read(pool, &db, err);

	if (rc == BS_OK)
		rc = bs_db_query(db, BS_Q_media_walk, BS_NO_VALUES, &stmt, err);
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		rc = picture_put(tree, arena, media_dir, stmt, err);
		bs_arena_reset(arena);
		++*pictures;
	}
	bs_stmt_free(&stmt);
	bs_pool_return(&db);
	bs_arena_free(&arena);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* --- the change ---------------------------------------------------------------------------------------------------------------- */

static enum bs_rc change_places(struct bs_tree *tree, struct bs_err *err)
{
	int failed = tree->replaces ? renameat2(AT_FDCWD, tree->fresh, AT_FDCWD, tree->folder, RENAME_EXCHANGE)
	                            : rename(tree->fresh, tree->folder);

	if (failed != 0)
		return bs_fail(err, BS_IO, "cannot put %.100s in the place of %.100s: %s", tree->fresh, tree->folder, strerror(errno));
	return BS_OK;
}

enum bs_rc bs_tree_end(struct bs_tree *tree, enum bs_rc rc, struct bs_err *err)
{
	bool begun = tree->new_fd >= 0;

	if (rc == BS_OK)
		rc = change_places(tree, err);
	/* What is there now under that name is the old tree, or a new one that did not come to its end. */
	if (begun && (rc != BS_OK || tree->replaces))
		remove_tree(tree->fresh);
	if (tree->old_fd >= 0)
		close(tree->old_fd);
	if (tree->new_fd >= 0)
		close(tree->new_fd);
	pthread_mutex_destroy(&tree->lock);
	bs_arena_free(&tree->arena);
	return rc;
}
