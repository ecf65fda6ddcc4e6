/* visit.c - the door of the desk: from a request to the page that was asked for, and out again. See visit.h.
 *
 * The order matters. A form from another site is turned away before anything of it is looked at, or it could be brought in by way of the
 * form that is kept for after sign-in. Then the session, then the token, then the role. */
#include <inttypes.h>

#include "base/sys.h"
#include "desk/kept.h"
#include "desk/pages.h"
#include "desk/sign_in.h"
#include "text/out.h"

static const struct bs_str session_cookie = BS_STR_INIT("__Host-desk"), guest_cookie = BS_STR_INIT("__Host-desk-guest");

/* --- what comes with the request ------------------------------------------------------------------------------------------ */

static struct bs_str cookie_of(const struct bs_request *request, struct bs_str name)
{
	struct bs_str rest = bs_request_header(request, "Cookie"), pair;

	while (rest.len > 0 && bs_str_split(&rest, ';', &pair)) {
		struct bs_str value = bs_str_trim(pair), key;
		if (bs_str_split(&value, '=', &key) && bs_str_eq(key, name) && value.ptr != NULL)
			return value;
	}
	return BS_STR("");
}

struct bs_str bs_visit_address(struct bs_visit *visit)
{
	struct bs_str forwarded = bs_request_header(visit->request, "X-Forwarded-For"), part, last = { 0 };
	char room[BS_ADDRESS_MAX];
	struct bs_str peer = bs_request_address(visit->request, room);
	bool local = bs_address_is_local(peer);

	/* Only who is on this machine is believed, and only what it added itself, which stands last. */
	while (local && forwarded.len > 0 && bs_str_split(&forwarded, ',', &part))
		last = bs_str_trim(part);
	return bs_arena_copy(visit->arena, last.len > 0 && last.len < BS_ADDRESS_MAX ? last : peer);
}

static struct bs_str without_scheme(struct bs_str url)
{
	size_t at = bs_str_find(url, BS_STR("://"), 0);

	return at == SIZE_MAX ? BS_STR("") : bs_str_sub(url, at + 3, SIZE_MAX);
}

enum origin { ORIGIN_OWN, ORIGIN_UNSAID, ORIGIN_FOREIGN };

/* Where a form was sent from, by what browsers say of it (RFC 6454, Fetch metadata): our own pages are those of the Host that was asked,
 * or of the address that the publication has. */
static enum origin origin_of(const struct bs_visit *visit)
{
	struct bs_str origin = bs_request_header(visit->request, "Origin"), site = bs_request_header(visit->request, "Sec-Fetch-Site");
	struct bs_str host = bs_request_header(visit->request, "Host"), from;

	if (site.len > 0 && !bs_str_eq(site, BS_STR("same-origin")) && !bs_str_eq(site, BS_STR("none")))
		return ORIGIN_FOREIGN;
	if (origin.len == 0)
		return site.len > 0 ? ORIGIN_OWN : ORIGIN_UNSAID;
	from = without_scheme(origin);
	if (from.len > 0 && (bs_str_eq_nocase(from, host) || bs_str_eq_nocase(from, without_scheme(visit->publication->url))))
		return ORIGIN_OWN;
	return ORIGIN_FOREIGN;
}

/* --- the database and the session ---------------------------------------------------------------------------------------------- */

static enum bs_rc reader_take(struct bs_visit *visit, struct bs_err *err)
{
	enum bs_rc rc = bs_pool_read(visit->options->pool, &visit->db, err);

	return rc == BS_OK ? bs_db_begin(visit->db, BS_TX_READ, err) : rc;
}

static void reader_leave(struct bs_visit *visit)
{
	if (visit->db != NULL)
		bs_db_rollback(visit->db);
	bs_pool_return(&visit->db);
}

/* fn by the writer, for good or to be taken back. */
static enum bs_rc with_writer(struct bs_visit *visit, bool keep, enum bs_rc (*fn)(struct bs_db *db, void *ctx, struct bs_err *err), void *ctx,
                              struct bs_err *err)
{
	struct bs_err second = { 0 };
	enum bs_rc rc, after;

	reader_leave(visit);
	rc = bs_pool_write(visit->options->pool, &visit->db, err);
	if (rc == BS_OK && keep)
		rc = bs_db_transact(visit->db, fn, ctx, err);
	else if (rc == BS_OK)
		rc = bs_db_begin(visit->db, BS_TX_WRITE, err);
	if (rc == BS_OK && !keep)
		rc = fn(visit->db, ctx, err);
	if (visit->db != NULL && !keep)
		bs_db_rollback(visit->db);
	bs_pool_return(&visit->db);
	after = reader_take(visit, &second);
	if (rc == BS_OK && after != BS_OK)
		*err = second;
	return rc == BS_OK ? after : rc;
}

enum bs_rc bs_visit_write(struct bs_visit *visit, enum bs_rc (*fn)(struct bs_db *db, void *ctx, struct bs_err *err), void *ctx,
                          struct bs_err *err)
{
	return with_writer(visit, true, fn, ctx, err);
}

enum bs_rc bs_visit_try(struct bs_visit *visit, enum bs_rc (*fn)(struct bs_db *db, void *ctx, struct bs_err *err), void *ctx,
                        struct bs_err *err)
{
	return with_writer(visit, false, fn, ctx, err);
}

struct bs_account_change bs_visit_change(struct bs_visit *visit, struct bs_db *db)
{
	return (struct bs_account_change){ .arena = visit->arena, .db = db, .vault = visit->options->vault, .now = visit->now,
		                           .by = { visit->session.account.id, visit->session.account.name } };
}

enum bs_rc bs_visit_tell(struct bs_visit *visit, struct bs_db *db, struct bs_audit_entry entry, struct bs_err *err)
{
	struct bs_account_change change = bs_visit_change(visit, db);

	return bs_account_tell(&change, entry, err);
}

enum bs_rc bs_visit_may(struct bs_visit *visit, enum bs_action action, int64_t story_id, struct bs_err *err)
{
	const struct bs_account *me = &visit->session.account;
	bool own = true;
	enum bs_rc rc = BS_OK;

	if (!visit->signed_in)
		return bs_fail(err, BS_DENIED, "nobody is signed in");
	if (story_id != 0 && bs_reach_of(me->role, action) == BS_REACH_OWN)
		rc = bs_story_is_own(visit->db, story_id, me->id, me->person_id, &own, err);
	if (rc == BS_OK && !bs_permits(me->role, action, own))
		rc = bs_fail(err, BS_DENIED, "the role " BS_FMT " may not " BS_FMT " this", BS_ARG(bs_staff_role_name(me->role)),
		             BS_ARG(bs_action_name(action)));
	return rc;
}

bool bs_visit_can(const struct bs_visit *visit, enum bs_action action)
{
	return visit->signed_in && bs_reach_of(visit->session.account.role, action) != BS_REACH_NONE;
}

static enum bs_rc touch(struct bs_db *db, void *ctx, struct bs_err *err)
{
	const struct bs_visit *visit = ctx;

	return bs_session_touch(db, visit->session.id, visit->now, err);
}

static enum bs_rc find_session(struct bs_visit *visit, struct bs_err *err)
{
	struct bs_str token = cookie_of(visit->request, session_cookie);
	enum bs_rc rc = token.len > 0 ? bs_session_find(visit->arena, visit->db, visit->options->vault, token, visit->now, &visit->session, err)
	                              : BS_NOT_FOUND;

	visit->signed_in = rc == BS_OK;
	visit->token = token;
	if (rc == BS_OK && bs_session_needs_touch(&visit->session, visit->now))
		return bs_visit_write(visit, touch, visit, err);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* Forms before sign-in are bound to a cookie of their own. What a script asks for shows no form, and its cookie could come between a form and
 * the one that this was made with. */
static void know_guest(struct bs_visit *visit)
{
	struct bs_str mode = bs_request_header(visit->request, "Sec-Fetch-Mode");
	char random[32];

	if (visit->signed_in)
		return;
	visit->token = cookie_of(visit->request, guest_cookie);
	if (visit->token.len == BS_SESSION_TOKEN || (mode.len > 0 && !bs_str_eq(mode, BS_STR("navigate"))))
		return;
	bs_random_bytes(random, sizeof(random));
	visit->token = bs_token_text(visit->arena, bs_str_n(random, sizeof(random)));
	bs_visit_set_cookie(visit, bs_arena_printf(visit->arena, "%.*s=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax", (int)guest_cookie.len,
	                    guest_cookie.ptr, (int)visit->token.len, visit->token.ptr));
}

static void know_language(struct bs_visit *visit)
{
	const struct bs_lang *offered[BS_LANG_COUNT], *wanted = visit->publication->lang;
	size_t count = 0;

	if (visit->signed_in && visit->session.account.lang.len > 0) {
		wanted = bs_lang_find(visit->session.account.lang);
	} else if (!visit->signed_in) {
		for (size_t i = 0; i < BS_LANG_COUNT; i++) {
			if (bs_desk_lang(&bs_langs[i]) == &bs_langs[i])
				offered[count++] = &bs_langs[i];
		}
		wanted = bs_lang_negotiate(bs_request_header(visit->request, "Accept-Language"), offered, count);
	}
	visit->lang = bs_desk_lang(wanted != NULL ? wanted : visit->publication->lang);
}

/* --- fields and answers ------------------------------------------------------------------------------------------------------- */

struct bs_str bs_visit_field(const struct bs_visit *visit, const char *name)
{
	struct bs_str value = bs_form_value(&visit->form, bs_str_c(name));

	return value.ptr != NULL ? value : BS_STR("");
}

struct bs_str bs_visit_asked(const struct bs_visit *visit, const char *name)
{
	struct bs_str value = bs_form_value(&visit->query, bs_str_c(name));

	return value.ptr != NULL ? value : BS_STR("");
}

void bs_visit_set_cookie(struct bs_visit *visit, struct bs_str value)
{
	if (visit->cookie_count < BS_VISIT_COOKIES)
		visit->cookies[visit->cookie_count++] = value;
}

void bs_visit_redirect(struct bs_visit *visit, struct bs_str location, const char *done)
{
	char between = bs_str_find_byte(location, '?', 0) == SIZE_MAX ? '?' : '&';

	visit->location = done == NULL ? location : bs_arena_printf(visit->arena, "%.*s%cdone=%s", (int)location.len, location.ptr, between, done);
}

static void answer(struct bs_visit *visit)
{
	struct bs_header headers[BS_VISIT_COOKIES + 2];
	struct bs_response *response = NULL;
	struct bs_err err = { 0 };
	struct bs_response_options options = {
		.status = visit->location.len > 0 ? 303 : visit->status, .headers = headers,
		.type = visit->type.len > 0 ? visit->type : BS_STR("text/html; charset=utf-8"), .body = visit->out,
		.cache_control = visit->immutable ? BS_STR("private, max-age=31536000, immutable") : BS_STR("no-store"),
		.policy = visit->policy != NULL ? visit->policy : &visit->desk->policy,
	};

	if (visit->response != NULL) {
		bs_request_answer(visit->request, visit->response);
		return;
	}
	for (size_t i = 0; i < visit->cookie_count; i++)
		headers[options.header_count++] = (struct bs_header){ BS_STR("Set-Cookie"), visit->cookies[i] };
	if (visit->retry_after > 0)
		headers[options.header_count++] = (struct bs_header){ BS_STR("Retry-After"),
			bs_arena_printf(visit->arena, "%" PRId64, visit->retry_after) };
	if (visit->location.len > 0) {
		headers[options.header_count++] = (struct bs_header){ BS_STR("Location"), visit->location };
		options.type = BS_STR("");
		options.body = NULL;
	}
	if (bs_response_new(&options, &response, &err) == BS_OK)
		bs_request_answer(visit->request, response);
	else
		bs_log(BS_LOG_ERROR, BS_FMT ": %s", BS_ARG(visit->request->target.path), err.text);
}

/* --- through the door ------------------------------------------------------------------------------------------------------------ */

static enum bs_rc refuse(struct bs_visit *visit, int status, struct bs_err *err)
{
	return bs_desk_error_page(visit, status, err);
}

/* Nobody is signed in, and somebody has to be. What a form brought is kept. */
static enum bs_rc ask_who(struct bs_visit *visit, struct bs_err *err)
{
	struct bs_str target = bs_target_write(visit->arena, visit->request->target.path, visit->request->target.query);
	struct bs_buf next = BS_BUF(3 * BS_MAX_REQUEST_TARGET + 64);

	if (visit->request->method == BS_POST) {
		visit->status = 403;
		return bs_desk_sign_in_page(visit, &(struct bs_sign_in_page){ .kept = bs_kept_seal(visit) }, err);
	}
	bs_buf_lit(&next, "/desk/sign-in");
	if (!bs_str_eq(target, BS_STR("/desk/"))) {
		bs_buf_lit(&next, "?next=");
		bs_out_url(&next, target);
	}
	visit->location = bs_arena_copy(visit->arena, bs_buf_str(&next));
	bs_buf_free(&next);
	return BS_OK;
}

/* What a POST must bring. *come is false when an answer was made instead. */
static enum bs_rc check_form(struct bs_visit *visit, bool *come, struct bs_err *err)
{
	struct bs_str type = bs_request_header(visit->request, "Content-Type");
	enum origin origin = origin_of(visit);
	enum bs_rc rc;

	*come = false;
	if (origin == ORIGIN_FOREIGN)
		return refuse(visit, 403, err);
	rc = bs_form_parse(visit->arena, type, visit->request->body, &visit->form, err);
	if (rc != BS_OK)
		return refuse(visit, 400, err);
	if (!visit->signed_in && visit->route->door != BS_DOOR_OPEN)
		return ask_who(visit, err);
	if (!bs_csrf_good(visit->arena, visit->token, bs_visit_field(visit, "csrf"))) {
		/* From a form that was made for an earlier session, or before the cookie: whoever sent it says so once more. */
		if (origin != ORIGIN_OWN)
			return refuse(visit, 403, err);
		return bs_kept_page(visit, visit->request->target.path, &visit->form, err);
	}
	*come = true;
	return BS_OK;
}

static enum bs_rc go_in(struct bs_visit *visit, struct bs_err *err)
{
	const struct bs_desk_route *route = visit->route;
	bool post = visit->request->method == BS_POST, come = true;
	enum bs_rc rc = BS_OK;

	if (post)
		rc = check_form(visit, &come, err);
	else if (!visit->signed_in && route->door != BS_DOOR_OPEN)
		return ask_who(visit, err);
	if (rc != BS_OK || !come)
		return rc;
	if ((route->door == BS_DOOR_ROLE || route->door == BS_DOOR_FILES) && !bs_visit_can(visit, route->action))
		return refuse(visit, 403, err);
	return post ? route->act(visit, err) : route->show(visit, err);
}

static int status_of(enum bs_rc rc)
{
	switch (rc) {
	case BS_NOT_FOUND:
		return 404;
	case BS_DENIED:
		return 403;
	case BS_BUSY:
	case BS_IO:
		return 503;
	case BS_LIMIT:
		return 413;
	case BS_INVALID:
		return 400;
	default:
		return 500;
	}
}

/* What went wrong becomes a page; a form that was sent is offered again with it. */
static enum bs_rc fail(struct bs_visit *visit, enum bs_rc rc, struct bs_err *err)
{
	int status = status_of(rc);

	if (status >= 500)
		bs_log(BS_LOG_ERROR, BS_FMT ": %s", BS_ARG(visit->request->target.path), err->text);
	bs_buf_reset(visit->out);
	visit->location = BS_STR("");
	visit->type = BS_STR("");
	visit->retry_after = status == 503 ? 5 : 0;
	if (visit->publication == NULL)
		return rc;
	return bs_desk_error_page(visit, status, err);
}

static void drop_press(void *ptr)
{
	struct bs_press *press = ptr;

	bs_press_drop(&press);
}

static enum bs_rc visit_begin(struct bs_visit *visit, struct bs_err *err)
{
	struct bs_press *press = NULL;
	enum bs_rc rc = reader_take(visit, err);

	if (rc == BS_OK)
		rc = bs_pages_press(visit->options->pages, visit->db, &press, err);
	if (rc != BS_OK)
		return rc;
	bs_arena_defer(visit->arena, drop_press, press);
	visit->publication = bs_press_publication(press);
	rc = find_session(visit, err);
	know_guest(visit);
	know_language(visit);
	return rc;
}

static void free_buf(void *ptr)
{
	bs_buf_free(ptr);
}

/* Whether this thread may do it. What people send about their own account, before sign-in or after it, has a password in it that is to be hashed;
 * pictures are developed by another program. */
static bool is_its_turn(struct bs_request *request)
{
	enum bs_door door = bs_desk_pages[request->which].door;
	bool files = bs_str_starts(bs_request_header(request, "Content-Type"), BS_STR("multipart/"));

	if (request->method != BS_POST || door == BS_DOOR_ROLE || (door == BS_DOOR_FILES && !files))
		return true;
	return bs_request_may_wait(request, door == BS_DOOR_FILES ? BS_WAIT_LONG : BS_WAIT_BRIEF);
}

void bs_desk_handle(struct bs_request *request, void *ctx)
{
	struct bs_desk *desk = ctx;
	struct bs_visit *visit = BS_NEW(request->arena, struct bs_visit);
	struct bs_err err = { 0 };
	enum bs_rc rc;

	if (!is_its_turn(request))
		return;
	*visit = (struct bs_visit){
		.desk = desk, .options = &desk->options, .route = &bs_desk_pages[request->which], .request = request, .arena = request->arena,
		.now = request->now, .lang = &bs_langs[BS_LANG_en], .out = BS_NEW(request->arena, struct bs_buf),
	};
	*visit->out = BS_BUF(BS_MAX_DESK_PAGE);
	bs_arena_defer(request->arena, free_buf, visit->out);
	if (bs_form_parse(visit->arena, BS_STR("application/x-www-form-urlencoded"), request->target.query, &visit->query, &err) != BS_OK)
		visit->query = (struct bs_form){ 0 };
	rc = visit_begin(visit, &err);
	if (rc == BS_OK)
		rc = go_in(visit, &err);
	if (rc == BS_OK && visit->location.len == 0 && visit->response == NULL)
		rc = bs_buf_check(visit->out, "the page", &err);
	if (rc != BS_OK)
		rc = fail(visit, rc, &err);
	reader_leave(visit);
	if (rc == BS_OK)
		answer(visit);
	else
		bs_request_refuse(request, status_of(rc));
}
