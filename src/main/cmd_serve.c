/* cmd_serve.c - serve the newsroom until told to stop: SIGTERM or SIGINT ends it in good order, SIGHUP reads the theme
 * again and opens the access log anew. */
#include <signal.h>
#include <stdio.h>

#include "base/limits.h"
#include "base/sys.h"
#include "darkroom/darkroom.h"
#include "desk/desk.h"
#include "http/server.h"
#include "main/house.h"
#include "main/jobs.h"
#include "main/options.h"
#include "newsroom/catalog.h"
#include "newsroom/listing.h"
#include "site/site.h"

enum { STOP_SECONDS = 10, READERS = 16 };

struct serving {
	struct bs_house house;
	struct bs_policy policy; /* of answers that are no pages */
	struct bs_metrics *metrics;
	struct bs_queue *queue;
	struct bs_pages *pages;
	struct bs_vault *vault;
	struct bs_desk *desk;
	struct bs_router *router;
	struct bs_server *server;
	struct bs_darkroom *darkroom;
};

/* --- routes that are not pages ------------------------------------------------------------------------------------------- */

static void answer_text(struct bs_request *request, int status, struct bs_buf *text, struct bs_str type, const struct bs_policy *policy)
{
	struct bs_response_options options = { .status = status, .type = type, .body = text, .cache_control = BS_STR("no-store"), .policy = policy };
	struct bs_response *response = NULL;
	struct bs_err err;

	if (bs_response_new(&options, &response, &err) == BS_OK)
		bs_request_answer(request, response);
	bs_buf_free(text);
}

/* What every page begins with: a setting, and the newest story by its index. */
static enum bs_rc read_some(struct bs_pool *pool, struct bs_arena *arena, struct bs_err *err)
{
	struct bs_list all = { .kind = BS_LIST_ALL };
	struct bs_list_place newest;
	struct bs_str language;
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_read(pool, &db, err);

	if (rc == BS_OK)
		rc = bs_setting_get(arena, db, BS_STR("language"), &language, err);
	if (rc == BS_OK)
		rc = bs_list_place_of(db, all, language, 0, &newest, err);
	bs_pool_return(&db);
	return rc == BS_NOT_FOUND ? BS_OK : rc; /* no story yet */
}

/* In words that tell a stranger nothing of the machine; the log has all of it. */
static const char *complaint(struct serving *serving, struct bs_arena *arena)
{
	struct bs_err err = { 0 };
	enum bs_rc rc = read_some(serving->house.pool, arena, &err);

	if (rc == BS_CORRUPT || (rc == BS_OK && bs_pages_found_damage(serving->pages)))
		return "the database is damaged";
	return rc == BS_OK ? NULL : rc == BS_BUSY ? "the database is away" : "the database can't be read";
}

static void serve_health(struct bs_request *request, void *ctx)
{
	struct serving *serving = ctx;
	struct bs_buf text = BS_BUF(1024);
	const char *why = complaint(serving, request->arena);

	bs_buf_printf(&text, "%s\n", why == NULL ? "ok" : why);
	answer_text(request, why == NULL ? 200 : 503, &text, BS_STR("text/plain; charset=utf-8"), &serving->policy);
}

/* A proxy on this machine speaks for others. */
static bool is_this_machine(struct bs_request *request)
{
	char room[BS_ADDRESS_MAX];

	return bs_address_is_local(bs_request_address(request, room)) && !bs_request_is_forwarded(request);
}

static void serve_metrics(struct bs_request *request, void *ctx)
{
	struct serving *serving = ctx;
	struct bs_buf text = BS_BUF(1024 * 1024);

	if (!serving->house.config.metrics_public && !is_this_machine(request)) {
		bs_request_refuse(request, 404);
		return;
	}
	bs_metrics_write(serving->metrics, &text);
	answer_text(request, 200, &text, BS_STR("text/plain; version=0.0.4; charset=utf-8"), &serving->policy);
}

static const struct bs_route own_routes[] = {
	{ BS_GET, "/healthz", serve_health, 0 },
	{ BS_GET, "/metrics", serve_metrics, 0 },
};

/* --- putting it together --------------------------------------------------------------------------------------------------- */

static void translation_wanted(int64_t story_id, const struct bs_lang *written, const struct bs_lang *lang, void *ctx)
{
	struct serving *serving = ctx;

	if (bs_translator_visited(serving->house.translator, story_id, written, lang))
		bs_queue_changed(BS_STR("translate"), serving->queue);
}

static enum bs_rc open_pages(struct serving *s, struct bs_err *err)
{
	const struct bs_config *config = &s->house.config;
	struct bs_pages_options options = {
		.pool = s->house.pool, .dsn = s->house.dsn, .metrics = s->metrics, .error = bs_site_error,
		.theme_dir = config->theme[0] != '\0' ? config->theme : NULL, .hsts = config->hsts[0] != '\0' ? config->hsts : NULL,
		.cache_bytes = (size_t)config->cache_mb * 1024 * 1024, .changed = bs_queue_changed, .changed_ctx = s->queue,
		.wanted = translation_wanted, .wanted_ctx = s,
	};
	const struct bs_route *routes;
	size_t count;
	enum bs_rc rc = bs_pages_open(&options, &s->pages, err);

	if (rc == BS_OK)
		rc = bs_pages_add(s->pages, bs_site_routes, bs_site_route_count, err);
	if (rc != BS_OK)
		return rc;
	s->router = bs_router_new(bs_pages_is_lang, s->pages);
	routes = bs_pages_routes(s->pages, &count);
	rc = bs_router_add(s->router, routes, count, s->pages, err);
	if (rc == BS_OK)
		rc = bs_router_add(s->router, bs_darkroom_routes, bs_darkroom_route_count, s->darkroom, err);
	return rc == BS_OK ? bs_router_add(s->router, own_routes, BS_COUNT(own_routes), s, err) : rc;
}

static enum bs_rc open_desk(struct serving *s, struct bs_err *err)
{
	const struct bs_config *config = &s->house.config;
	struct bs_desk_options options = { .pool = s->house.pool, .ledger = s->house.ledger, .pages = s->pages, .preview = bs_site_preview,
		                           .translator = s->house.translator,
		                           .darkroom = s->darkroom, .media_dir = s->house.media_dir, .renditions_dir = s->house.renditions_dir,
		                           .preview_share = bs_site_preview_share, .preview_home = bs_site_preview_home,
		                           .hsts = config->hsts[0] != '\0' ? config->hsts : NULL };
	const struct bs_route *routes;
	size_t count;
	enum bs_rc rc = bs_vault_open(s->house.keys_dir, true, &s->vault, err);

	options.vault = s->vault;
	if (rc == BS_OK)
		rc = bs_desk_open(&options, &s->desk, err);
	if (rc != BS_OK)
		return rc;
	routes = bs_desk_routes(s->desk, &count);
	return bs_router_add(s->router, routes, count, s->desk, err);
}

static enum bs_rc start(struct serving *s, struct bs_err *err)
{
	const struct bs_config *config = &s->house.config;
	struct bs_server_options options = {
		.listen = bs_str_c(config->listen), .threads = (unsigned)config->threads, .lookup = bs_pages_lookup,
		.refuse = bs_pages_refuse, .log_addresses = config->log_addresses,
		.access_log = config->access_log[0] != '\0' ? config->access_log : NULL,
		.max_connections = (unsigned)config->max_connections,
		.max_per_address = config->max_per_address < 0 ? BS_SERVER_UNLIMITED : (unsigned)config->max_per_address,
		.roomy = { { BS_STR("/desk/pictures"), BS_MAX_UPLOAD }, { BS_STR("/desk/"), BS_MAX_DESK_BODY } },
	};
	enum bs_rc rc;

	s->policy.hsts = bs_str_c(config->hsts);
	s->metrics = bs_metrics_new();
	rc = bs_house_darkroom(&s->house, &s->darkroom, err);
	if (rc == BS_OK)
		rc = bs_jobs_open(&s->house, s->metrics, &s->queue, err);
	if (rc == BS_OK)
		rc = open_pages(s, err);
	if (rc == BS_OK)
		rc = open_desk(s, err);
	if (rc != BS_OK)
		return rc;
	options.ctx = s->pages;
	options.router = s->router;
	options.metrics = s->metrics;
	options.policy = &s->policy;
	rc = bs_server_start(&options, &s->server, err);
	return rc == BS_OK ? bs_queue_start(s->queue, (int)config->workers, err) : rc;
}

static void stop(struct serving *s)
{
	bs_server_stop(&s->server, STOP_SECONDS);
	if (s->queue != NULL)
		bs_queue_stop(s->queue);
	bs_desk_close(&s->desk);
	bs_pages_close(&s->pages);
	bs_vault_close(&s->vault);
	bs_queue_free(&s->queue);
	bs_router_free(&s->router);
	bs_metrics_free(&s->metrics);
	bs_darkroom_close(&s->darkroom);
	bs_house_close(&s->house);
}

static void reload(struct serving *s)
{
	struct bs_err err = { 0 };

	bs_server_reopen_log(s->server);
	if (bs_pages_reload(s->pages, &err) == BS_OK)
		bs_log(BS_LOG_INFO, "theme and settings were read again");
	else
		bs_log(BS_LOG_ERROR, "the old theme stays in use: %s", err.text);
}

/* Signals are blocked in every thread and waited for here. */
static void wait_for_end(struct serving *s, const sigset_t *signals)
{
	int signal = 0;

	while (sigwait(signals, &signal) == 0 && signal == SIGHUP)
		reload(s);
}

enum bs_exit bs_cmd_serve(int argc, char **argv)
{
	const char *data = NULL, *listen = NULL;
	const struct bs_option options[] = { { "--data", BS_OPTION_TEXT, &data }, { "--listen", BS_OPTION_TEXT, &listen } };
	struct serving s = { 0 };
	struct bs_err err = { 0 };
	sigset_t signals;
	enum bs_rc rc;
	int rest;

	if (bs_options_take(argc, argv, options, BS_COUNT(options), &rest) != BS_EXIT_DONE)
		return BS_EXIT_USAGE;
	if (rest > 0)
		return bs_usage(argv[0]);
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	if (!bs_house_for(data, BS_HOUSE_WRITE, READERS, &s.house)) /* the desk signs what it saves */
		return data == NULL ? BS_EXIT_USAGE : BS_EXIT_FAILED;
	if (listen != NULL)
		snprintf(s.house.config.listen, sizeof(s.house.config.listen), "%s", listen);
	rc = start(&s, &err);
	if (rc == BS_OK) {
		printf("serving http://%.*s\n", BS_ALL(bs_server_address(s.server)));
		fflush(stdout);
		bs_house_check_url(&s.house, bs_server_address(s.server));
		wait_for_end(&s, &signals);
	}
	stop(&s);
	return rc == BS_OK ? BS_EXIT_DONE : bs_complain(BS_EXIT_FAILED, "%s", err.text);
}
