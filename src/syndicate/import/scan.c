/* scan.c - walking folders; see scan.h. */
#include "syndicate/import/scan.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/map.h"

struct scan {
	struct bs_arena *arena;
	void (*refused)(void *ctx, struct bs_str path, const char *why);
	void *ctx;
	struct bs_import_files *out;
	size_t room;
	struct bs_map seen; /* device and inode: what was taken already */
	size_t root;
	bool full;
};

static void refuse(struct scan *s, struct bs_str path, const char *why)
{
	s->refused(s->ctx, path, why);
}

/* True the first time. */
static bool first_time(struct scan *s, const struct stat *stat)
{
	struct {
		dev_t dev;
		ino_t ino;
	} key = { .dev = stat->st_dev, .ino = stat->st_ino };
	struct bs_str bytes = { (const char *)&key, sizeof(key) };

	if (bs_map_get(&s->seen, bytes) != NULL)
		return false;
	*bs_map_put(&s->seen, bs_arena_copy(s->arena, bytes)) = s;
	return true;
}

/* --- what a file is for --- */

static struct bs_str last_part(struct bs_str path, struct bs_str *before)
{
	size_t start = path.len;

	while (start > 0 && path.ptr[start - 1] != '/')
		start--;
	*before = bs_str_sub(path, 0, start > 0 ? start - 1 : 0);
	return bs_str_sub(path, start, SIZE_MAX);
}

static bool has_ending(struct bs_str name, const char *endings)
{
	struct bs_str rest = bs_str_c(endings), ending;

	while (bs_str_split(&rest, ' ', &ending)) {
		if (name.len >= ending.len &&
		    bs_str_eq_nocase(bs_str_sub(name, name.len - ending.len, SIZE_MAX), ending))
			return true;
	}
	return false;
}

static bool is_word_of(struct bs_str word, const char *list)
{
	struct bs_str rest = bs_str_c(list), item;

	while (bs_str_split(&rest, ' ', &item)) {
		if (bs_str_eq(word, item))
			return true;
	}
	return false;
}

/* The folder that speaks for a file: of authors/ann.md and of authors/ann/_index.md "authors". */
static struct bs_str speaking_folder(struct bs_str path)
{
	struct bs_str folder, name = last_part(path, &folder), outer;

	if (has_ending(name, "_index.md _index.markdown _index.html")) {
		(void)last_part(folder, &outer);
		return last_part(outer, &folder);
	}
	return last_part(folder, &outer);
}

struct bs_str bs_import_vocabulary_of(struct bs_str path)
{
	static const struct {
		const char *folders;
		struct bs_str vocabulary;
	} table[] = {
		{ "topics themes categories sections", BS_STR_INIT("theme") },
		{ "tags keywords", BS_STR_INIT("tag") },
		{ "regions", BS_STR_INIT("region") },
		{ "reports series dossiers", BS_STR_INIT("report") },
	};
	struct bs_str folder = speaking_folder(path);

	for (size_t i = 0; i < BS_COUNT(table); i++) {
		if (is_word_of(folder, table[i].folders))
			return table[i].vocabulary;
	}
	return (struct bs_str){ 0 };
}

const char *const bs_import_document_endings[BS_IMPORT_DOCUMENT_KINDS] = {
	".docx", ".doc", ".odt", ".rtf", ".pages", ".pdf", ".epub", ".mdx", ".rst", ".adoc", ".asciidoc", ".org", ".textile", ".tex", ".wiki",
	".mediawiki", ".ipynb", ".wpd", ".sxw",
};

static void count_other(struct scan *s, struct bs_str path)
{
	s->out->others++;
	for (size_t i = 0; i < BS_IMPORT_DOCUMENT_KINDS; i++) {
		if (!has_ending(path, bs_import_document_endings[i]))
			continue;
		s->out->documents[i]++;
		s->out->document = s->out->document.len > 0 ? s->out->document : path;
		return;
	}
}

/* False: nothing that an import reads. */
static bool role_of(struct bs_str path, bool named, enum bs_import_role *role)
{
	struct bs_str folder, name = last_part(path, &folder);
	bool markdown = has_ending(name, ".md .markdown .mdown .mkd");

	*role = BS_IMPORT_STORY;
	if (is_word_of(name, "settings.yml settings.yaml"))
		*role = BS_IMPORT_SETTINGS;
	else if (is_word_of(name, "terms.yml terms.yaml"))
		*role = BS_IMPORT_TERMS;
	else if (markdown && is_word_of(speaking_folder(path), "authors people _authors"))
		*role = BS_IMPORT_PERSON;
	else if (markdown && bs_str_eq(speaking_folder(path), BS_STR("notices")))
		*role = BS_IMPORT_NOTICE;
	else if (markdown && bs_str_eq(speaking_folder(path), BS_STR("sources")) && !named)
		*role = BS_IMPORT_SOURCE;
	else if (has_ending(name, "_index.md _index.markdown") && bs_import_vocabulary_of(path).len > 0)
		*role = BS_IMPORT_TERM;
	else if (!named && is_word_of(name, "hugo.toml hugo.yaml hugo.yml hugo.json config.toml config.yaml config.yml _config.yml"))
		*role = BS_IMPORT_SITE;
	else if (has_ending(name, ".xml .json"))
		*role = BS_IMPORT_ARCHIVE;
	else
		return named || markdown || has_ending(name, ".html .htm .xhtml .txt .text");
	return true;
}

static void add_file(struct scan *s, struct bs_str path, enum bs_import_role role, bool named)
{
	struct bs_import_files *out = s->out;

	if (out->count == BS_MAX_IMPORT_FILES) {
		s->full = true;
		return;
	}
	BS_GROW(s->arena, out->items, out->count, s->room, 256);
	out->items[out->count++] =
		(struct bs_import_file){ .path = path, .root = s->root, .role = role, .named = named };
}

/* --- folders --- */

struct names {
	struct bs_str *items;
	size_t count, room;
};

static int by_name(const void *a, const void *b)
{
	return bs_str_cmp(*(const struct bs_str *)a, *(const struct bs_str *)b);
}

/* What is in the folder, in order; hidden things are not looked at. */
static void list_folder(struct scan *s, DIR *dir, struct names *out)
{
	const struct dirent *entry;

	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		BS_GROW(s->arena, out->items, out->count, out->room, 32);
		out->items[out->count++] = bs_arena_copy(s->arena, bs_str_c(entry->d_name));
	}
	if (out->count > 1)
		qsort(out->items, out->count, sizeof(*out->items), by_name);
}

static void scan_at(struct scan *s, int folder, const char *name, struct bs_str path, int depth);

static void scan_folder(struct scan *s, int fd, struct bs_str path, int depth)
{
	DIR *dir = depth < BS_MAX_IMPORT_DEPTH ? fdopendir(fd) : NULL;
	struct names names = { 0 };

	if (dir == NULL) {
		refuse(s, path, depth < BS_MAX_IMPORT_DEPTH ? strerror(errno) : "folders are nested too deep");
		close(fd);
		return;
	}
	list_folder(s, dir, &names);
	for (size_t i = 0; i < names.count && !s->full; i++) {
		bool slash = path.len > 0 && path.ptr[path.len - 1] == '/';

		scan_at(s, dirfd(dir), names.items[i].ptr,
		        bs_arena_printf(s->arena, "%.*s%s%s", (int)path.len, path.ptr, slash ? "" : "/",
		                        names.items[i].ptr),
		        depth + 1);
	}
	closedir(dir);
}

static const char *kind_of(mode_t mode)
{
	return S_ISFIFO(mode)   ? "a named pipe, not a file"
	       : S_ISSOCK(mode) ? "a socket, not a file"
	                        : "a device, not a file";
}

static void scan_file(struct scan *s, struct bs_str path, const struct stat *stat, bool named)
{
	enum bs_import_role role;

	if (!role_of(path, named, &role))
		count_other(s, path);
	else if (!S_ISREG(stat->st_mode))
		refuse(s, path, kind_of(stat->st_mode));
	else if (first_time(s, stat))
		add_file(s, path, role, named);
}

static void scan_at(struct scan *s, int folder, const char *name, struct bs_str path, int depth)
{
	struct stat stat;
	int fd;

	if (fstatat(folder, name, &stat, 0) != 0) {
		refuse(s, path,
		       errno == ELOOP    ? "a loop of symbolic links"
		       : errno == ENOENT ? "a link to nothing, or gone"
		                         : strerror(errno));
		return;
	}
	if (!S_ISDIR(stat.st_mode)) {
		scan_file(s, path, &stat, depth == 0);
		return;
	}
	if (!first_time(s, &stat))
		return;
	fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		refuse(s, path, strerror(errno));
	else
		scan_folder(s, fd, path, depth);
}

/* Of a folder named on the command line the folder itself; of a file the one that it stands in, or the one above
 * authors/, notices/, pages/, printed/ or stories/, however deep the file is in them. */
static size_t root_of(const char *path)
{
	struct bs_str s = bs_str_c(path), folder, outer, name;
	struct stat info;

	while (s.len > 1 && s.ptr[s.len - 1] == '/')
		s.len--;
	if (stat(path, &info) == 0 && S_ISDIR(info.st_mode))
		return s.len;
	(void)last_part(s, &folder);
	for (struct bs_str at = folder; at.len > 0; at = outer) {
		name = last_part(at, &outer);
		if (is_word_of(name, "authors notices pages printed stories"))
			return outer.len;
	}
	return folder.len;
}

enum bs_rc bs_import_scan(struct bs_arena *arena, const char *const *paths, size_t count,
                          void (*refused)(void *ctx, struct bs_str path, const char *why), void *ctx,
                          struct bs_import_files *out, struct bs_err *err)
{
	struct scan s = { .arena = arena, .refused = refused, .ctx = ctx, .out = out, .seen = BS_MAP(arena) };

	*out = (struct bs_import_files){ 0 };
	for (size_t i = 0; i < count && !s.full; i++) {
		struct bs_str path = bs_str_c(paths[i]);

		while (path.len > 1 && path.ptr[path.len - 1] == '/')
			path.len--;
		s.root = root_of(paths[i]);
		scan_at(&s, AT_FDCWD, paths[i], bs_arena_copy(arena, path), 0);
	}
	if (s.full)
		return bs_fail(err, BS_LIMIT, "more than %d files; import the folder in parts", BS_MAX_IMPORT_FILES);
	return BS_OK;
}
