/* media.c - keeping picture files: DIR/ab/abcdef….jpg, named by the hash of their bytes, written once. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "newsroom/catalog.h"
#include "newsroom/ledger.h"
#include "newsroom/picture.h"

static enum bs_rc write_all(int fd, struct bs_str bytes)
{
	while (bytes.len > 0) {
		ssize_t put = write(fd, bytes.ptr, bytes.len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return BS_IO;
		bytes = bs_str_sub(bytes, (size_t)put, SIZE_MAX);
	}
	return BS_OK;
}

/* Write beside the final name, bring it to disk, then give it its name: a crash leaves no half file under a hash. */
static enum bs_rc file_keep(struct bs_arena *arena, struct bs_str path, struct bs_str bytes, struct bs_err *err)
{
	struct bs_str temporary = bs_arena_printf(arena, "%s.%d.new", path.ptr, (int)getpid());
	enum bs_rc rc = BS_OK;
	int fd;

	if (access(path.ptr, F_OK) == 0)
		return BS_OK;
	fd = open(temporary.ptr, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0 || write_all(fd, bytes) != BS_OK || fsync(fd) != 0 || rename(temporary.ptr, path.ptr) != 0) {
		rc = bs_fail(err, BS_IO, "cannot write %s: %s", path.ptr, strerror(errno));
		unlink(temporary.ptr);
	}
	if (fd >= 0)
		close(fd);
	return rc;
}

static enum bs_rc folder_make(const char *path, struct bs_err *err)
{
	if (mkdir(path, 0755) == 0 || errno == EEXIST)
		return BS_OK;
	return bs_fail(err, BS_IO, "cannot make the folder %s: %s", path, strerror(errno));
}

struct bs_str bs_media_ending(struct bs_str mime)
{
	return bs_str_eq(mime, BS_STR("image/jpeg")) ? BS_STR("jpg") : bs_str_sub(mime, sizeof("image/") - 1, SIZE_MAX);
}

struct bs_str bs_media_path(struct bs_arena *arena, const char *media_dir, struct bs_str hash, struct bs_str mime)
{
	struct bs_str ending = bs_media_ending(mime);
	char hex[2 * BS_HASH_SIZE];

	bs_hex_encode((const uint8_t *)hash.ptr, BS_HASH_SIZE, hex);
	return bs_arena_printf(arena, "%s/%.2s/%.64s.%.*s", media_dir, hex, hex, (int)ending.len, ending.ptr);
}

enum bs_rc bs_media_save(struct bs_arena *arena, struct bs_db *db, const char *media_dir,
                         const struct bs_media_file *file, int64_t *id, struct bs_err *err)
{
	struct bs_picture picture;
	uint8_t hash[BS_HASH_SIZE];
	struct bs_str folder, path;
	enum bs_rc rc;

	if (file->bytes.len > BS_MAX_MEDIA_FILE)
		return bs_fail(err, BS_LIMIT, "the picture has %zu bytes; %d are allowed", file->bytes.len, BS_MAX_MEDIA_FILE);
	rc = bs_picture_measure(file->bytes, &picture, err);
	if (rc != BS_OK)
		return rc;
	crypto_hash_sha256(hash, (const uint8_t *)file->bytes.ptr, file->bytes.len);
	rc = bs_db_int(db, BS_Q_media_by_hash, BS_VALUES(bs_blob(bs_str_n((const char *)hash, sizeof(hash)))), id, err);
	path = bs_media_path(arena, media_dir, bs_str_n((const char *)hash, sizeof(hash)), bs_str_c(picture.mime));
	folder = bs_arena_copy(arena, bs_str_sub(path, 0, strlen(media_dir) + 3));
	if (rc != BS_NOT_FOUND && (rc != BS_OK || access(path.ptr, F_OK) == 0))
		return rc;
	if (folder_make(media_dir, err) != BS_OK || folder_make(folder.ptr, err) != BS_OK ||
	    file_keep(arena, path, file->bytes, err) != BS_OK)
		return BS_IO;
	if (rc == BS_OK) /* recorded before, and its file had been lost */
		return rc;
	return bs_db_int(db, BS_Q_media_add, BS_VALUES(bs_blob(bs_str_n((const char *)hash, sizeof(hash))),
	                 bs_text(bs_str_c(picture.mime)), bs_int((int64_t)file->bytes.len), bs_int(picture.width),
	                 bs_int(picture.height), bs_text(file->name)), id, err);
}

enum bs_rc bs_media_hashes(struct bs_arena *arena, struct bs_db *db, struct bs_str **out, size_t *count,
                           struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	size_t room = 0;
	enum bs_rc rc = bs_db_query(db, BS_Q_media_walk, BS_NO_VALUES, &stmt, err);

	*out = NULL;
	*count = 0;
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_str hash = bs_stmt_blob(stmt, BS_C_media_walk_hash);
		char hex[2 * BS_HASH_SIZE];

		BS_GROW(arena, *out, *count, room, 64);
		bs_hex_encode((const uint8_t *)hash.ptr, BS_HASH_SIZE, hex);
		(*out)[(*count)++] = bs_arena_copy(arena, bs_str_n(hex, sizeof(hex)));
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}
