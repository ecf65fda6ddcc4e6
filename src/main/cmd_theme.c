/* cmd_theme.c - `broadsheet theme render`: what a template makes of data, for theme makers to try things out.
 *
 * Any file in the partials' folder, at any depth, is a template under its path without extension, but for faces; where two differ
 * by extension only, .mustache is taken. */
#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/limits.h"
#include "base/map.h"
#include "main/command.h"
#include "text/json.h"
#include "text/template.h"

/* The name of the template given on the command line; no partial is called so. */
#define MAIN_NAME BS_STR("template-of-the-command-line")

struct options {
	const char *template;
	const char *json;
	const char *partials; /* or NULL */
};

struct folder {
	struct bs_arena *arena;
	const char *template;
	struct bs_map paths; /* name → path, NUL-terminated */
};

static struct bs_str without_extension(struct bs_str path)
{
	for (size_t at = path.len; at > 1 && path.ptr[at - 1] != '/'; at--) {
		if (path.ptr[at - 1] == '.')
			return bs_str_sub(path, 0, at - 1);
	}
	return path;
}

/* Note a file of the folder whose path is `root` bytes long under the name that partials call it by. */
static void add_file(struct folder *folder, struct bs_str path, size_t root)
{
	struct bs_str name = bs_str_sub(path, root, SIZE_MAX);
	void **place;

	while (bs_str_starts(name, BS_STR("/")))
		name = bs_str_sub(name, 1, SIZE_MAX);
	name = without_extension(name);
	if (!bs_template_name_valid(name) || bs_str_ends(path, BS_STR(".woff2")))
		return;
	place = bs_map_put(&folder->paths, bs_arena_copy(folder->arena, name));
	if (*place == NULL || bs_str_ends(path, BS_STR(".mustache")))
		*place = (void *)(uintptr_t)bs_arena_copy(folder->arena, path).ptr;
}

static enum bs_rc walk(struct folder *folder, const char *root, struct bs_err *err)
{
	struct bs_str start = bs_arena_copy(folder->arena, bs_str_c(root));
	char *roots[] = { (char *)(uintptr_t)start.ptr, NULL };
	struct stat found;
	FTSENT *entry;
	FTS *tree;

	if (stat(root, &found) != 0 || !S_ISDIR(found.st_mode))
		return bs_fail(err, BS_NOT_FOUND, "%.160s: not a folder; --partials takes the folder of the partials", root);
	tree = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, NULL);
	if (tree == NULL)
		return bs_fail(err, BS_IO, "%.160s: %s", root, strerror(errno));
	while ((entry = fts_read(tree)) != NULL) {
		if (entry->fts_info == FTS_F)
			add_file(folder, bs_str_n(entry->fts_path, entry->fts_pathlen), start.len);
	}
	(void)fts_close(tree);
	return BS_OK;
}

static enum bs_rc load(void *ctx, struct bs_arena *arena, struct bs_str name, struct bs_template_source *out,
                       struct bs_err *err)
{
	struct folder *folder = ctx;
	const char *path = bs_str_eq(name, MAIN_NAME) ? folder->template : bs_map_get(&folder->paths, name);

	if (path == NULL)
		return bs_fail(err, BS_NOT_FOUND, "there is no partial '" BS_FMT "'", BS_ARG(name));
	out->file = bs_str_c(path);
	return bs_file_read(arena, path, BS_MAX_TEMPLATE, &out->text, err);
}

/* Compile the template with every partial of the folder: data may name any of them. */
static enum bs_rc load_all(struct folder *folder, struct bs_templates **out, struct bs_err *err)
{
	struct bs_str *names = BS_ARRAY(folder->arena, folder->paths.count + 1, struct bs_str);
	struct bs_template_loader loader = { load, folder };
	struct bs_symbols *none = bs_symbols_new();
	size_t count = 0, at = 0;
	enum bs_rc rc;
	void *path;

	names[count++] = MAIN_NAME;
	while (bs_map_next(&folder->paths, &at, &names[count], &path))
		count++;
	rc = bs_templates_load(none, &loader, names, count, out, err);
	bs_symbols_free(&none);
	return rc;
}

static enum bs_rc render(struct bs_arena *arena, const struct options *options, struct bs_buf *page, struct bs_err *err)
{
	struct folder folder = { .arena = arena, .template = options->template, .paths = BS_MAP(arena) };
	struct bs_templates *set = NULL;
	const struct bs_json *json;
	struct bs_value view;
	struct bs_str text;
	enum bs_rc rc;

	if (options->partials != NULL && (rc = walk(&folder, options->partials, err)) != BS_OK)
		return rc;
	rc = bs_file_read(arena, options->json, BS_MAX_DOCUMENT, &text, err);
	if (rc != BS_OK)
		return rc;
	rc = bs_json_parse(arena, text, &json, err);
	if (rc != BS_OK)
		return bs_fail_at(err, "%.120s", options->json);
	rc = load_all(&folder, &set, err);
	if (rc != BS_OK)
		return rc;
	view = bs_value_of_json(arena, bs_templates_symbols(set), json);
	rc = bs_template_render(bs_templates_find(set, MAIN_NAME), &view, 1, page, err);
	bs_templates_unref(&set);
	return rc;
}

static bool read_options(int argc, char **argv, struct options *out)
{
	if (argc < 3 || strcmp(argv[1], "render") != 0)
		return false;
	for (int at = 2; at < argc; at++) {
		if (strcmp(argv[at], "--json") == 0 && at + 1 < argc)
			out->json = argv[++at];
		else if (strcmp(argv[at], "--partials") == 0 && at + 1 < argc)
			out->partials = argv[++at];
		else if (argv[at][0] != '-' && out->template == NULL)
			out->template = argv[at];
		else
			return false;
	}
	return out->template != NULL && out->json != NULL;
}

enum bs_exit bs_cmd_theme(int argc, char **argv)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_buf page = BS_BUF(BS_MAX_PAGE);
	struct options options = { 0 };
	enum bs_exit code = BS_EXIT_DONE;
	struct bs_err err;

	if (!read_options(argc, argv, &options))
		code = bs_usage(argv[0]);
	else if (render(arena, &options, &page, &err) != BS_OK)
		code = bs_complain(BS_EXIT_FAILED, "%s", err.text);
	else
		fwrite(bs_buf_str(&page).ptr, 1, page.len, stdout);
	bs_buf_free(&page);
	bs_arena_free(&arena);
	return code;
}
