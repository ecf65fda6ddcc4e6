/* media.c - the files of the pictures, each held against the hash that it is named by. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "newsroom/catalog.h"
#include "newsroom/verify/verifying.h"

enum { CHUNK = 256 * 1024 };

struct files {
	struct bs_arena *arena;
	const char *dir;
	uint8_t *chunk;
	struct bs_media_result *result;
};

static enum bs_rc broken(struct files *files, struct bs_err *err, const char *what, const char *path)
{
	snprintf(files->result->text, sizeof(files->result->text), "the picture %s %s", path, what);
	return bs_fail(err, BS_CORRUPT, "%s", files->result->text);
}

static enum bs_rc hash_file(struct files *files, int fd, const char *path, uint8_t out[BS_HASH_SIZE], struct bs_err *err)
{
	crypto_hash_sha256_state state;
	ssize_t got;

	crypto_hash_sha256_init(&state);
	while ((got = read(fd, files->chunk, CHUNK)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return bs_fail(err, BS_IO, "cannot read %s: %s", path, strerror(errno));
		crypto_hash_sha256_update(&state, files->chunk, (unsigned long long)got);
	}
	crypto_hash_sha256_final(&state, out);
	return BS_OK;
}

static enum bs_rc check(void *ctx, const struct bs_stmt *row, struct bs_err *err)
{
	struct files *files = ctx;
	struct bs_str stored = bs_stmt_blob(row, BS_C_media_files_hash);
	const char *path;
	uint8_t hash[BS_HASH_SIZE];
	enum bs_rc rc;
	int fd;

	if (stored.len != BS_HASH_SIZE)
		return broken(files, err, "has no hash in the database", bs_arena_copy(files->arena, bs_stmt_str(row, BS_C_media_files_name)).ptr);
	path = bs_media_path(files->arena, files->dir, stored, bs_stmt_str(row, BS_C_media_files_mime)).ptr;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return broken(files, err, "is missing", path);
	if (fd < 0)
		return bs_fail(err, BS_DENIED, "cannot read %s: %s", path, strerror(errno));
	rc = hash_file(files, fd, path, hash, err);
	close(fd);
	if (rc == BS_OK && memcmp(hash, stored.ptr, BS_HASH_SIZE) != 0)
		rc = broken(files, err, "is not what its name says: its content was changed", path);
	files->result->files += rc == BS_OK;
	bs_arena_reset(files->arena);
	return rc;
}

enum bs_rc bs_media_verify(struct bs_db *db, const char *media_dir, struct bs_media_result *out, struct bs_err *err)
{
	struct bs_arena *arena = bs_arena_new();
	struct files files = { .arena = arena, .dir = media_dir, .chunk = bs_alloc(CHUNK), .result = out };
	const struct bs_verify_walk walk = { BS_Q_media_files, BS_C_media_files_id, NULL, check, &files };
	enum bs_rc rc;

	*out = (struct bs_media_result){ 0 };
	rc = bs_verify_walk(db, &walk, err);
	free(files.chunk);
	bs_arena_free(&arena);
	return rc;
}
