/* cmd_export.c - the site as a tree of files, or the stories as documents. */
#include <inttypes.h>
#include <stdio.h>

#include "base/sys.h"
#include "main/house.h"
#include "main/options.h"
#include "main/progress.h"
#include "newsroom/catalog.h"
#include "page/export.h"
#include "site/site.h"
#include "syndicate/export/export.h"

/* Of what many pages show alike: the entries of feeds of 5,000 stories take some 60 MB. */
enum { SHELF_BYTES = 96 * 1024 * 1024 };

struct order {
	const char *folder;
	int64_t threads;
	bool json;
	struct bs_progress progress;
};

/* --- the site ------------------------------------------------------------------------------------------------------------- */

static void progress(void *ctx, size_t done, size_t all)
{
	bs_progress_show(ctx, (int64_t)done, (int64_t)all);
}

/* Where nothing serves, nothing else lets scheduled stories out. */
static enum bs_rc publish_due(struct bs_house *house, int64_t now, struct bs_err *err)
{
	struct bs_queue *queue = bs_queue_new(&(struct bs_queue_options){ .pool = house->pool });
	struct bs_queue_result result;
	enum bs_rc rc = bs_queue_add(queue, bs_site_jobs, bs_site_job_count, NULL, err);

	if (rc == BS_OK)
		rc = bs_queue_run_due(queue, now, &result, err);
	bs_queue_free(&queue);
	return rc;
}

static enum bs_rc list_pictures(struct bs_house *house, struct bs_str **hashes, size_t *count, struct bs_err *err)
{
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_read(house->pool, &db, err);

	if (rc == BS_OK)
		rc = bs_media_hashes(house->arena, db, hashes, count, err);
	bs_pool_return(&db);
	return rc;
}

/* Every picture's renditions, before its pages name them. A picture that can't be made smaller goes out as it is. */
static enum bs_rc develop_all(struct bs_house *house, struct order *order, struct bs_err *err)
{
	struct bs_progress progress = bs_progress_of("pictures", order->json);
	struct bs_darkroom *darkroom = NULL;
	struct bs_str *hashes = NULL;
	size_t count = 0;
	enum bs_rc rc = bs_house_darkroom(house, &darkroom, err);

	if (rc == BS_OK && !bs_darkroom_works(darkroom))
		fprintf(stderr, "broadsheet: pictures are exported in one size only, since broadsheet-image is not installed\n");
	else if (rc == BS_OK)
		rc = list_pictures(house, &hashes, &count, err);
	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		struct bs_err why = { 0 };
		size_t made;

		bs_progress_show(&progress, (int64_t)i, (int64_t)count);
		if (bs_darkroom_develop(darkroom, hashes[i], &made, &why) != BS_OK)
			fprintf(stderr, "broadsheet: the picture %.64s is exported as it is: %s\n", hashes[i].ptr, why.text);
	}
	bs_progress_clear(&progress);
	bs_darkroom_close(&darkroom);
	return rc;
}

static enum bs_rc export_site(struct bs_house *house, struct order *order, struct bs_export_result *result,
                              struct bs_err *err)
{
	struct bs_pages_options options = { .pool = house->pool, .error = bs_site_error, .shelf_bytes = SHELF_BYTES,
		                            .theme_dir = house->config.theme[0] != '\0' ? house->config.theme : NULL };
	struct bs_export_options export = { .folder = order->folder, .media_dir = house->media_dir,
		                            .renditions_dir = house->renditions_dir, .threads = (unsigned)order->threads,
		                            .now = bs_now(), .progress = progress, .ctx = &order->progress };
	struct bs_router *router = NULL;
	struct bs_pages *pages = NULL;
	const struct bs_route *routes;
	size_t count;
	enum bs_rc rc = publish_due(house, export.now, err);

	if (rc == BS_OK)
		rc = develop_all(house, order, err);
	if (rc == BS_OK)
		rc = bs_pages_open(&options, &pages, err);
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

static void report_site(const struct order *order, const struct bs_export_result *result)
{
	if (order->progress.json)
		printf("{\"bytes\":%llu,\"event\":\"done\",\"pages\":%zu,\"pictures\":%zu,\"written\":%zu}\n",
		       (unsigned long long)result->bytes, result->pages, result->pictures, result->written);
	else
		printf("%zu pages and %zu pictures are in %s; %zu pages were new or had changed.\n", result->pages, result->pictures,
		       order->folder, result->written);
}

static enum bs_exit run_site(struct bs_house *house, struct order *order, struct bs_err *err)
{
	struct bs_export_result result = { 0 };

	bs_house_check_url(house, BS_STR(""));
	order->progress = bs_progress_of("pages", order->json);
	if (export_site(house, order, &result, err) != BS_OK)
		return BS_EXIT_FAILED;
	report_site(order, &result);
	return BS_EXIT_DONE;
}

/* --- the stories ---------------------------------------------------------------------------------------------------------- */

static void story_progress(void *ctx, int64_t done, int64_t stories)
{
	bs_progress_show(&((struct order *)ctx)->progress, done, stories);
}

static void story_remark(void *ctx, struct bs_str file, const char *why)
{
	const struct order *order = ctx;

	bs_progress_clear(&order->progress);
	fprintf(stderr, "%s/%.*s: %s\n", order->folder, (int)file.len, file.ptr, why);
}

static void report_stories(const struct order *order, const struct bs_story_export_result *result)
{
	if (order->progress.json)
		printf("{\"event\":\"done\",\"files\":%" PRId64 ",\"notices\":%" PRId64 ",\"people\":%" PRId64 ",\"pictures\":%" PRId64
		       ",\"remarks\":%" PRId64 ",\"stories\":%" PRId64 ",\"terms\":%" PRId64 ",\"written\":%" PRId64 "}\n",
		       result->files, result->notices, result->people, result->pictures, result->remarks, result->stories,
		       result->terms, result->written);
	else
		printf("%" PRId64 " stories, %" PRId64 " people, %" PRId64 " terms, %" PRId64 " notices and %" PRId64
		       " pictures are in %s; %" PRId64 " files were new or had changed.\n", result->stories, result->people, result->terms,
		       result->notices, result->pictures, order->folder, result->written);
}

static enum bs_exit run_stories(struct bs_house *house, struct order *order, struct bs_err *err)
{
	const struct bs_story_export_options options = { .folder = order->folder, .media_dir = house->media_dir,
		                                         .progress = story_progress, .remark = story_remark, .ctx = order };
	struct bs_story_export_result result;
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_read(house->pool, &db, err);

	order->progress = bs_progress_of("stories", order->json);
	if (rc == BS_OK)
		rc = bs_story_export(db, &options, &result, err);
	bs_pool_return(&db);
	if (rc != BS_OK)
		return BS_EXIT_FAILED;
	report_stories(order, &result);
	return result.remarks > 0 ? BS_EXIT_PARTLY : BS_EXIT_DONE;
}

enum bs_exit bs_cmd_export(int argc, char **argv)
{
	const char *data = NULL;
	struct order order = { 0 };
	bool stories = false;
	const struct bs_option options[] = { { "--data", BS_OPTION_TEXT, &data },
		                             { "--stories", BS_OPTION_FLAG, &stories },
		                             { "--threads", BS_OPTION_INT, &order.threads },
		                             { "--json", BS_OPTION_FLAG, &order.json } };
	struct bs_house house;
	struct bs_err err = { 0 };
	enum bs_exit code;
	int rest;

	if (bs_options_take(argc, argv, options, BS_COUNT(options), &rest) != BS_EXIT_DONE)
		return BS_EXIT_USAGE;
	if (rest != 1)
		return bs_usage(argv[0]);
	if (!bs_house_for(data, BS_HOUSE_READ, stories ? 1 : 33, &house))
		return data == NULL ? BS_EXIT_USAGE : BS_EXIT_FAILED;
	order.folder = argv[1];
	code = stories ? run_stories(&house, &order, &err) : run_site(&house, &order, &err);
	bs_house_close(&house);
	if (code != BS_EXIT_FAILED)
		return code;
	bs_progress_clear(&order.progress);
	return bs_complain(code, "%s", err.text);
}
