/* files.c - reading files and finding those that documents name; see files.h. */
#include "syndicate/import/files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "syndicate/import/scan.h"

static enum bs_rc system_fault(struct bs_err *err)
{
	enum bs_rc rc = errno == ENOENT || errno == ENOTDIR ? BS_NOT_FOUND
	                : errno == EACCES || errno == EPERM ? BS_DENIED
	                                                    : BS_IO;

	return bs_fail(err, rc, "%s", strerror(errno));
}

static enum bs_rc read_whole(struct bs_arena *arena, int fd, size_t size, struct bs_str *out, struct bs_err *err)
{
	char *bytes = bs_arena_alloc(arena, size + 1);
	size_t len = 0;

	while (len < size) {
		ssize_t more = read(fd, bytes + len, size - len);

		if (more < 0 && errno == EINTR)
			continue;
		if (more < 0)
			return system_fault(err);
		if (more == 0)
			break;
		len += (size_t)more;
	}
	*out = bs_str_n(bytes, len);
	return BS_OK;
}

enum bs_rc bs_import_read_file(struct bs_arena *arena, struct bs_str path, size_t cap, struct bs_str *out,
                               struct bs_err *err)
{
	int fd = open(path.ptr, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat stat;
	enum bs_rc rc;

	if (fd < 0)
		return system_fault(err);
	if (fstat(fd, &stat) != 0)
		rc = system_fault(err);
	else if (!S_ISREG(stat.st_mode))
		rc = bs_fail(err, BS_INVALID, "not a file");
	else if ((uint64_t)stat.st_size > cap)
		rc = bs_fail(err, BS_LIMIT, "%lld bytes; at most %zu are read", (long long)stat.st_size, cap);
	else
		rc = read_whole(arena, fd, (size_t)stat.st_size, out, err);
	close(fd);
	return rc;
}

enum bs_rc bs_import_read_story(struct bs_arena *arena, const struct bs_import_file *file, struct bs_str *out, struct bs_err *err)
{
	if (file->archive.len == 0)
		return bs_import_read_file(arena, file->path, BS_MAX_DOCUMENT, out, err);
	*out = file->bytes;
	return BS_OK;
}

/* Is the file, with all links followed, within the folder? *outside where it is elsewhere. */
static bool is_within(const char *path, struct bs_str root, bool *outside)
{
	char file[PATH_MAX], folder[PATH_MAX], name[PATH_MAX];
	struct stat info;
	size_t len;

	if (root.len >= sizeof(name) || stat(path, &info) != 0 || !S_ISREG(info.st_mode))
		return false;
	memcpy(name, root.len > 0 ? root.ptr : ".", root.len > 0 ? root.len : 1);
	name[root.len > 0 ? root.len : 1] = '\0';
	if (realpath(path, file) == NULL || realpath(name, folder) == NULL)
		return false;
	len = strlen(folder);
	if (strncmp(file, folder, len) == 0 && (file[len] == '/' || folder[len - 1] == '/'))
		return true;
	*outside = true;
	return false;
}

static struct bs_str try_file(struct bs_arena *arena, struct bs_str folder, const char *between, struct bs_str name,
                              struct bs_str root, bool *outside)
{
	struct bs_str path = bs_arena_printf(arena, "%.*s%s%s%.*s", (int)folder.len, folder.len > 0 ? folder.ptr : "",
	                                     folder.len > 0 ? "/" : "", between, (int)name.len, name.ptr);

	return is_within(path.ptr, root, outside) ? path : (struct bs_str){ 0 };
}

/* "%20" and the like in a link are bytes of the name; a query is none of it. */
static struct bs_str file_name(struct bs_arena *arena, struct bs_str name)
{
	size_t query = bs_str_find_byte(name, '?', 0), len = 0;
	char *out;

	name = bs_str_sub(name, 0, query);
	out = bs_arena_alloc(arena, name.len + 1);
	for (size_t i = 0; i < name.len; i++) {
		uint8_t byte;

		if (name.ptr[i] == '%' && bs_hex_decode(bs_str_sub(name, i + 1, 2), &byte, 1) == BS_OK && byte != 0) {
			out[len++] = (char)byte;
			i += 2;
		} else {
			out[len++] = name.ptr[i];
		}
	}
	return bs_str_n(out, len);
}

/* "../../x" of a document that stands one folder below the root. */
static bool climbs_out(struct bs_str document, size_t root, struct bs_str name)
{
	int depth = 0;
	struct bs_str part;

	for (size_t i = root + 1; i < document.len; i++)
		depth += document.ptr[i] == '/';
	while (depth >= 0 && bs_str_split(&name, '/', &part)) {
		if (part.len > 0 && !bs_str_eq(part, BS_STR(".")))
			depth += bs_str_eq(part, BS_STR("..")) ? -1 : 1;
	}
	return depth < 0;
}

struct bs_str bs_import_find_file(struct bs_arena *arena, struct bs_str document, size_t root_len, struct bs_str name, bool *outside)
{
	static const char *const served[] = { "static/", "assets/", "public/" };
	struct bs_str root = bs_str_sub(document, 0, root_len), folder = document, found = { 0 };
	bool rooted;

	name = file_name(arena, name);
	*outside = climbs_out(document, root_len, name);
	rooted = bs_str_starts(name, BS_STR("/"));
	while (bs_str_starts(name, BS_STR("/")))
		name = bs_str_sub(name, 1, SIZE_MAX);
	if (name.len == 0 || name.len > 1024 || bs_str_find(name, BS_STR("://"), 0) != SIZE_MAX)
		return found;
	do {
		while (folder.len > root.len && folder.ptr[folder.len - 1] != '/')
			folder.len--;
		folder.len -= folder.len > root.len;
		found = try_file(arena, folder, "", name, root, outside);
		for (size_t i = 0; found.len == 0 && rooted && i < BS_COUNT(served); i++)
			found = try_file(arena, folder, served[i], name, root, outside);
	} while (found.len == 0 && folder.len > root.len);
	return found;
}

/* The bytes at `at` that must not be shown as they are: of a control character, or one that is no text; 0 for none. */
static size_t unfit_at(struct bs_str s, size_t at, size_t fault)
{
	unsigned char c = (unsigned char)s.ptr[at];

	if (at == fault || c < ' ' || c == 0x7F)
		return 1;
	return c == 0xC2 && (unsigned char)s.ptr[at + 1] < 0xA0 ? 2 : 0; /* U+0080 to U+009F */
}

static size_t first_unfit(struct bs_str s, size_t from, size_t *fault)
{
	if (*fault < from) {
		size_t next = bs_str_utf8_fault(bs_str_sub(s, from, SIZE_MAX));
		*fault = next == SIZE_MAX ? SIZE_MAX : from + next;
	}
	while (from < s.len && unfit_at(s, from, *fault) == 0)
		from++;
	return from;
}

struct bs_str bs_import_shown(struct bs_arena *arena, struct bs_str bytes)
{
	size_t fault = bs_str_utf8_fault(bytes), at = first_unfit(bytes, 0, &fault), done = 0;
	struct bs_buf out = BS_BUF(bytes.len * 4);
	struct bs_str shown;

	if (at == bytes.len)
		return bytes;
	for (; at < bytes.len; at = first_unfit(bytes, done, &fault)) {
		size_t unfit = unfit_at(bytes, at, fault);

		bs_buf_put(&out, bs_str_sub(bytes, done, at - done));
		for (done = at + unfit; at < done; at++) {
			if (bytes.ptr[at] == '\n')
				bs_buf_lit(&out, "\\n");
			else
				bs_buf_printf(&out, "\\x%02x", (unsigned)(unsigned char)bytes.ptr[at]);
		}
	}
	bs_buf_put(&out, bs_str_sub(bytes, done, SIZE_MAX));
	shown = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return shown;
}

void bs_import_hash(const struct bs_str *parts, size_t count, uint8_t out[BS_IMPORT_HASH_SIZE])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, BS_IMPORT_HASH_SIZE);
	for (size_t i = 0; i < count; i++) {
		uint64_t len = parts[i].len;

		crypto_generichash_update(&state, (const unsigned char *)&len, sizeof(len));
		crypto_generichash_update(&state, (const unsigned char *)(parts[i].len > 0 ? parts[i].ptr : ""),
		                          parts[i].len);
	}
	crypto_generichash_final(&state, out, BS_IMPORT_HASH_SIZE);
}
