/* sign_in.c - signing in, with a code where the account has a second factor; signing out. */
#include "desk/sign_in.h"

#include "desk/kept.h"
#include "desk/pages.h"

enum { MINUTE = 60 };

static void cookie_set(struct bs_visit *visit, struct bs_str token, int seconds)
{
	bs_visit_set_cookie(visit, bs_arena_printf(visit->arena, "__Host-desk=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=%d",
	                    (int)token.len, token.len > 0 ? token.ptr : "", seconds));
}

void bs_visit_begin_session(struct bs_visit *visit, struct bs_str token)
{
	cookie_set(visit, token, BS_SESSION_LENGTH);
	visit->token = token;
}

/* Only addresses of the desk: a link to the sign-in page must not lead elsewhere afterwards. */
static struct bs_str next_of(struct bs_visit *visit, struct bs_str wanted)
{
	struct bs_target target;
	char *room = bs_arena_alloc(visit->arena, BS_MAX_REQUEST_TARGET);

	if (!bs_str_starts(wanted, BS_STR("/desk/")) || bs_target_parse(wanted, room, &target) != BS_OK || target.moved)
		return BS_STR("");
	return bs_target_write(visit->arena, target.path, target.query);
}

enum bs_rc bs_desk_sign_in_page(struct bs_visit *visit, const struct bs_sign_in_page *page, struct bs_err *err)
{
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_sign_in_title));
	struct bs_value fields[2];
	size_t count = 0;

	if (page->pending.len > 0) {
		fields[count++] = bs_field_value(visit, &(struct bs_field){ .name = "code", .label = bs_word(visit, BS_DESK_MSG_sign_in_code),
			.hint = bs_word(visit, BS_DESK_MSG_sign_in_code_hint), .autocomplete = "one-time-code", .required = true });
	} else {
		fields[count++] = bs_field_value(visit, &(struct bs_field){ .name = "email", .label = bs_word(visit, BS_DESK_MSG_sign_in_email),
			.value = page->email, .type = "email", .autocomplete = "username", .required = true });
		fields[count++] = bs_field_value(visit, &(struct bs_field){ .name = "password", .type = "password", .required = true,
			.label = bs_word(visit, BS_DESK_MSG_sign_in_password), .autocomplete = "current-password" });
	}
	bs_put(view, BS_D_fields, bs_value_list(fields, count));
	bs_put(view, BS_D_error, page->error.len > 0 ? bs_notice_value(visit, BS_TONE_BAD, page->error) : bs_value_null());
	bs_put_text(view, BS_D_pending, page->pending);
	bs_put_text(view, BS_D_kept, page->kept);
	bs_put_text(view, BS_D_path, page->next);
	bs_put_text(view, BS_D_action, page->pending.len > 0 ? BS_STR("/desk/sign-in/code") : BS_STR("/desk/sign-in"));
	return bs_desk_print(visit, "sign-in", view, err);
}

BS_DESK_SHOW(sign_in)
{
	struct bs_str next = next_of(visit, bs_visit_asked(visit, "next"));

	if (visit->signed_in) {
		bs_visit_redirect(visit, next.len > 0 ? next : BS_STR("/desk/"), NULL);
		return BS_OK;
	}
	return bs_desk_sign_in_page(visit, &(struct bs_sign_in_page){ .next = next }, err);
}

struct bs_sign_in bs_visit_sign_in(struct bs_visit *visit)
{
	return (struct bs_sign_in){ .arena = visit->arena, .pool = visit->options->pool, .vault = visit->options->vault, .now = visit->now,
		                    .address = bs_visit_address(visit), .agent = bs_request_header(visit->request, "User-Agent") };
}

struct bs_str bs_visit_wait(struct bs_visit *visit, int64_t seconds)
{
	return bs_desk_say_sign_in_wait(visit->arena, visit->lang, (seconds + MINUTE - 1) / MINUTE);
}

struct bs_str bs_password_fault_word(struct bs_visit *visit, enum bs_password_fault fault)
{
	static const enum bs_desk_msg texts[] = {
		[BS_PASSWORD_SHORT] = BS_DESK_MSG_password_short, [BS_PASSWORD_LONG] = BS_DESK_MSG_password_long,
		[BS_PASSWORD_SIMPLE] = BS_DESK_MSG_password_simple, [BS_PASSWORD_BROKEN] = BS_DESK_MSG_password_broken,
	};

	return fault == BS_PASSWORD_GOOD ? BS_STR("") : bs_word(visit, texts[fault]);
}

/* Signed in: to where they were going, or with what they had sent. */
static enum bs_rc welcome(struct bs_visit *visit, const struct bs_signed_in *in, const struct bs_sign_in_page *page, struct bs_err *err)
{
	bs_visit_begin_session(visit, in->session);
	if (page->kept.len > 0) {
		enum bs_rc rc;
		visit->signed_in = true;
		visit->session.account = in->account;
		rc = bs_kept_page_sealed(visit, page->kept, err);
		if (rc != BS_NOT_FOUND)
			return rc;
	}
	bs_visit_redirect(visit, page->next.len > 0 ? page->next : BS_STR("/desk/"), in->failures > 0 ? "sign-in-after-failures" : NULL);
	return BS_OK;
}

static enum bs_rc settle(struct bs_visit *visit, const struct bs_signed_in *in, struct bs_sign_in_page *page, struct bs_err *err)
{
	switch (in->end) {
	case BS_SIGN_IN_DONE:
		return welcome(visit, in, page, err);
	case BS_SIGN_IN_CODE:
		page->pending = in->pending;
		break;
	case BS_SIGN_IN_WAIT:
		visit->status = 429;
		visit->retry_after = in->wait;
		page->error = bs_visit_wait(visit, in->wait);
		break;
	case BS_SIGN_IN_LATE:
		visit->status = 403;
		page->pending = BS_STR("");
		page->error = bs_word(visit, BS_DESK_MSG_sign_in_late);
		break;
	case BS_SIGN_IN_WRONG:
		visit->status = 403;
		page->error = bs_word(visit, page->pending.len > 0 ? BS_DESK_MSG_sign_in_wrong_code : BS_DESK_MSG_sign_in_wrong);
		break;
	}
	return bs_desk_sign_in_page(visit, page, err);
}

static struct bs_sign_in_page page_of(struct bs_visit *visit)
{
	return (struct bs_sign_in_page){ .email = bs_visit_field(visit, "email"), .pending = bs_visit_field(visit, "pending"),
		                         .kept = bs_visit_field(visit, "kept"), .next = next_of(visit, bs_visit_field(visit, "next")) };
}

BS_DESK_ACT(sign_in)
{
	struct bs_sign_in with = bs_visit_sign_in(visit);
	struct bs_sign_in_page page = page_of(visit);
	struct bs_signed_in in;
	enum bs_rc rc;

	page.pending = BS_STR("");
	rc = bs_sign_in_password(&with, page.email, bs_visit_field(visit, "password"), &in, err);
	return rc == BS_OK ? settle(visit, &in, &page, err) : rc;
}

BS_DESK_ACT(sign_in_code)
{
	struct bs_sign_in with = bs_visit_sign_in(visit);
	struct bs_sign_in_page page = page_of(visit);
	struct bs_signed_in in;
	enum bs_rc rc = bs_sign_in_code(&with, page.pending, bs_visit_field(visit, "code"), &in, err);

	return rc == BS_OK ? settle(visit, &in, &page, err) : rc;
}

static enum bs_rc sign_out(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct bs_visit *visit = ctx;
	enum bs_rc rc = bs_session_end(db, visit->session.account.id, visit->session.id, err);

	if (rc == BS_OK)
		rc = bs_visit_tell(visit, db, (struct bs_audit_entry){ .action = BS_STR("session.end"),
		                   .subject = visit->session.account.email }, err);
	return rc;
}

BS_DESK_ACT(sign_out)
{
	enum bs_rc rc = bs_visit_write(visit, sign_out, visit, err);

	cookie_set(visit, BS_STR(""), 0);
	bs_visit_redirect(visit, BS_STR("/desk/sign-in"), "signed-out");
	return rc;
}
