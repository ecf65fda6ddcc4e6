/* cmd_export.c - the site as a tree of files, or the stories as documents. */
#include <stdio.h>
#include <unistd.h>

#include "base/sys.h"
#include "main/house.h"
#include "main/options.h"
#include "page/export.h"
#include "site/site.h"

static void progress(void *ctx, size_t done, size_t all)
{
	if (*(bool *)ctx)
		fprintf(stderr, "\r%zu of %zu pages%s", done, all, done == all ? "\n" : "");
}

static enum bs_rc export_site(struct bs_house *house, const char *folder, int64_t threads, struct bs_export_result *result,
                              struct bs_err *err)
{
	struct bs_pages_options options = { .pool = house->pool, .error = bs_site_error,
		                            .theme_dir = house->config.theme[0] != '\0' ? house->config.theme : NULL };
	bool terminal = isatty(STDERR_FILENO) == 1;
	struct bs_export_options export = { .folder = folder, .media_dir = house->media_dir, .threads = (unsigned)threads,
		                            .now = bs_now(), .progress = progress, .ctx = &terminal };
	struct bs_router *router = NULL;
	struct bs_pages *pages = NULL;
	const struct bs_route *routes;
	size_t count;
	enum bs_rc rc = bs_pages_open(&options, &pages, err);

	if (rc == BS_OK)
		rc = bs_pages_add(pages, bs_site_routes, bs_site_route_count, err);
	if (rc == BS_OK) {
		router = bs_router_new(bs_pages_is_lang, pages);
		routes = bs_pages_routes(pages, &count);
		rc = bs_router_add(router, routes, count, pages, err);
	}
	export.router = router;
	if (rc == BS_OK)
		rc = bs_export_tree(pages, house->pool, &export, result, err);
	bs_router_free(&router);
	bs_pages_close(&pages);
	return rc;
}

enum bs_exit bs_cmd_export(int argc, char **argv)
{
	const char *data = NULL;
	int64_t threads = 0;
	bool json = false;
	const struct bs_option options[] = { { "--data", BS_OPTION_TEXT, &data }, { "--threads", BS_OPTION_INT, &threads },
		                             { "--json", BS_OPTION_FLAG, &json } };
	struct bs_export_result result = { 0 };
	struct bs_house house;
	struct bs_err err = { 0 };
	enum bs_rc rc;
	int rest;

	if (bs_options_take(argc, argv, options, BS_COUNT(options), &rest) != BS_EXIT_DONE)
		return BS_EXIT_USAGE;
	if (rest != 1)
		return bs_complain(BS_EXIT_USAGE, "usage: broadsheet export --data DIR [--threads N] [--json] FOLDER");
	if (!bs_house_for(data, BS_HOUSE_READ, 33, &house))
		return data == NULL ? BS_EXIT_USAGE : BS_EXIT_FAILED;
	rc = export_site(&house, argv[1], threads, &result, &err);
	bs_house_close(&house);
	if (rc != BS_OK)
		return bs_complain(BS_EXIT_FAILED, "%s", err.text);
	if (json)
		printf("{\"pages\":%zu,\"written\":%zu,\"pictures\":%zu,\"bytes\":%llu}\n", result.pages, result.written, result.pictures,
		       (unsigned long long)result.bytes);
	else
		printf("%zu pages and %zu pictures are in %s; %zu pages were new or had changed.\n", result.pages, result.pictures, argv[1],
		       result.written);
	return BS_EXIT_DONE;
}
