/* factor.c - the second factor of one's own account: setting it up with a code that shows it works, new recovery codes, taking it off. The
 * new secret is not stored before that; it stands, sealed, in the form. */
#include "account/totp.h"

#include "desk/me/me.h"
#include "desk/pages.h"

static const struct bs_str purpose = BS_STR_INIT("new factor");

struct factor {
	struct bs_visit *visit;
	struct bs_account account;
	struct bs_str secret;
	int64_t step;
	struct bs_str *codes;
};

static struct bs_str site_name(struct bs_visit *visit)
{
	return bs_publication_text(visit->publication, visit->publication->names, visit->publication->name_count, visit->publication->lang);
}

/* "ABCD EFGH …", easier to type. */
static struct bs_str in_groups(struct bs_arena *arena, struct bs_str secret)
{
	char *text = bs_arena_alloc(arena, secret.len * 2 + 1);
	size_t len = 0;

	for (size_t i = 0; i < secret.len; i++) {
		if (i > 0 && i % 4 == 0)
			text[len++] = ' ';
		text[len++] = secret.ptr[i];
	}
	return bs_str_n(text, len);
}

static struct bs_value code_field(struct bs_visit *visit, struct bs_str fault)
{
	return bs_field_value(visit, &(struct bs_field){ .name = "code", .label = bs_word(visit, BS_DESK_MSG_sign_in_code), .required = true,
		.hint = bs_word(visit, BS_DESK_MSG_factor_code_hint), .autocomplete = "one-time-code", .error = fault });
}

/* The page on which it is set up. */
static enum bs_rc print_new(struct factor *factor, struct bs_str confirm_fault, struct bs_str code_fault, struct bs_err *err)
{
	struct bs_visit *visit = factor->visit;
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_factor_title));
	struct bs_value fields[] = { code_field(visit, code_fault), bs_confirm_field(visit, "password", confirm_fault) };
	struct bs_str uri = bs_totp_uri(visit->arena, factor->secret, site_name(visit), factor->account.email), svg = BS_STR("");
	enum bs_rc rc = bs_totp_svg(visit->arena, uri, &svg, err);

	bs_put(view, BS_D_fields, bs_value_list(fields, BS_COUNT(fields)));
	bs_put_text(view, BS_D_secret, in_groups(visit->arena, factor->secret));
	bs_put_text(view, BS_D_uri, uri);
	/* Squares, by totp.c. */
	bs_put(view, BS_D_qr, rc == BS_OK ? bs_value_markup(svg) : bs_value_null());
	bs_put_text(view, BS_D_pending, bs_token_text(visit->arena, bs_vault_seal(visit->arena, visit->options->vault, purpose, factor->secret)));
	return bs_desk_print(visit, "factor-new", view, err);
}

static enum bs_rc print_set(struct factor *factor, struct bs_str fault, struct bs_err *err)
{
	struct bs_visit *visit = factor->visit;
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_factor_title));
	struct bs_value field = bs_confirm_field(visit, "password", fault);
	int64_t left = 0;
	enum bs_rc rc = bs_recovery_left(visit->db, factor->account.id, &left, err);

	bs_put_text(view, BS_D_text, bs_desk_say_factor_left(visit->arena, visit->lang, left));
	bs_put(view, BS_D_fields, bs_value_list(&field, 1));
	return rc == BS_OK ? bs_desk_print(visit, "factor", view, err) : rc;
}

static enum bs_rc print_codes(struct factor *factor, struct bs_err *err)
{
	struct bs_visit *visit = factor->visit;
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_factor_codes));
	struct bs_value *codes = BS_ARRAY(visit->arena, BS_RECOVERY_CODES, struct bs_value);

	for (size_t i = 0; i < BS_RECOVERY_CODES; i++) {
		struct bs_dict *dict = bs_dict_new(visit->arena, 1);
		bs_put_text(dict, BS_D_code, factor->codes[i]);
		codes[i] = bs_value_dict(dict);
	}
	bs_put(view, BS_D_codes, bs_value_list(codes, BS_RECOVERY_CODES));
	return bs_desk_print(visit, "factor-codes", view, err);
}

BS_DESK_SHOW(factor)
{
	struct factor factor = { .visit = visit, .secret = bs_totp_new(visit->arena) };
	enum bs_rc rc = bs_visit_account(visit, &factor.account, err);

	if (rc != BS_OK)
		return rc;
	if (factor.account.totp_secret.len > 0)
		return print_set(&factor, BS_STR(""), err);
	return print_new(&factor, BS_STR(""), BS_STR(""), err);
}

static enum bs_rc set(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct factor *factor = ctx;
	struct bs_account_change change = bs_visit_change(factor->visit, db);

	return bs_totp_set(&change, &factor->account, factor->secret, factor->step, &factor->codes, err);
}

static enum bs_rc clear(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct factor *factor = ctx;
	struct bs_account_change change = bs_visit_change(factor->visit, db);

	return bs_totp_clear(&change, &factor->account, err);
}

/* Whether the code is that of the new secret. */
static enum bs_rc set_up(struct factor *factor, struct bs_str confirm_fault, struct bs_err *err)
{
	struct bs_visit *visit = factor->visit;
	struct bs_str sealed;
	enum bs_rc rc;

	if (bs_token_bytes(visit->arena, bs_visit_field(visit, "pending"), &sealed) != BS_OK ||
	    bs_vault_open_sealed(visit->arena, visit->options->vault, purpose, sealed, &factor->secret) != BS_OK)
		return bs_fail(err, BS_INVALID, "no secret of ours");
	factor->step = bs_totp_step(visit->arena, factor->secret, bs_visit_field(visit, "code"), visit->now, 0);
	if (factor->step == 0 || confirm_fault.len > 0) {
		visit->status = 422;
		return print_new(factor, confirm_fault, factor->step == 0 ? bs_word(visit, BS_DESK_MSG_factor_wrong) : BS_STR(""), err);
	}
	rc = bs_visit_write(visit, set, factor, err);
	return rc == BS_OK ? print_codes(factor, err) : rc;
}

BS_DESK_ACT(factor)
{
	struct factor factor = { .visit = visit };
	struct bs_str fault = BS_STR("");
	enum bs_rc rc = bs_visit_account(visit, &factor.account, err);

	if (rc == BS_OK)
		rc = bs_visit_confirm(visit, &factor.account, &fault, err);
	if (rc != BS_OK)
		return rc;
	if (factor.account.totp_secret.len == 0)
		return set_up(&factor, fault, err);
	if (fault.len > 0) {
		visit->status = 422;
		return print_set(&factor, fault, err);
	}
	rc = bs_visit_write(visit, clear, &factor, err);
	bs_visit_redirect(visit, BS_STR("/desk/me"), "factor-off");
	return rc;
}
