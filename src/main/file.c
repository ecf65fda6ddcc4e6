/* file.c - reading whole files for commands; see command.h. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "main/command.h"

static enum bs_rc file_fault(struct bs_err *err, const char *path)
{
	enum bs_rc rc = errno == ENOENT || errno == ENOTDIR ? BS_NOT_FOUND : errno == EACCES ? BS_DENIED : BS_IO;

	return bs_fail(err, rc, "%.160s: %s", path, strerror(errno));
}

static enum bs_rc read_whole(int fd, const char *path, char *bytes, size_t size, struct bs_str *out, struct bs_err *err)
{
	size_t len = 0;

	while (len < size) {
		ssize_t more = read(fd, bytes + len, size - len);
		if (more < 0 && errno == EINTR)
			continue;
		if (more < 0)
			return file_fault(err, path);
		if (more == 0)
			break;
		len += (size_t)more;
	}
	*out = bs_str_n(bytes, len);
	return BS_OK;
}

enum bs_rc bs_file_read(struct bs_arena *arena, const char *path, size_t cap, struct bs_str *out, struct bs_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat stat;
	enum bs_rc rc;

	if (fd < 0 || fstat(fd, &stat) != 0) {
		rc = file_fault(err, path);
	} else if (!S_ISREG(stat.st_mode)) {
		rc = bs_fail(err, BS_INVALID, "%.160s: not a file", path);
	} else if ((uint64_t)stat.st_size > cap) {
		rc = bs_fail(err, BS_LIMIT, "%.160s: %lld bytes, over the limit of %zu", path, (long long)stat.st_size, cap);
	} else {
		rc = read_whole(fd, path, bs_arena_alloc(arena, (size_t)stat.st_size), (size_t)stat.st_size, out, err);
	}
	if (fd >= 0)
		close(fd);
	return rc;
}
