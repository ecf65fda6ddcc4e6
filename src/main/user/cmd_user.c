/* cmd_user.c - accounts from the command line: the first one, and help when nobody gets in. */
#include <inttypes.h>
#include <stdio.h>

#include "account/password.h"
#include "account/session.h"
#include "account/totp.h"
#include "base/sys.h"
#include "main/house.h"
#include "main/options.h"
#include "main/user/secret.h"
#include "newsroom/catalog.h"
#include "text/json.h"

enum { LIST_MAX = 10000 };

struct user {
	struct bs_house house;
	struct bs_vault *vault;
	const char *name, *role, *lang, *person; /* person: slug or name; NULL: nobody */
	bool json, link, no_factor, end, nobody;
	struct bs_str email, hash, token;
	enum bs_staff_role as;
	struct bs_account account;
};

static struct bs_account_change change_of(struct user *user, struct bs_db *db)
{
	return (struct bs_account_change){ .arena = user->house.arena, .db = db, .vault = user->vault, .by = BS_COMMAND_LINE, .now = bs_now() };
}

static enum bs_rc write(struct user *user, enum bs_rc (*fn)(struct bs_db *db, void *ctx, struct bs_err *err), struct bs_err *err)
{
	return bs_pool_transact(user->house.pool, fn, user, err);
}

static enum bs_rc find(struct user *user, struct bs_err *err)
{
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_read(user->house.pool, &db, err);

	if (rc == BS_OK)
		rc = bs_account_by_email(user->house.arena, db, user->email, &user->account, err);
	bs_pool_return(&db);
	return rc;
}

/* The name that was given, else what stands before the @. */
static struct bs_str name_of(const struct user *user)
{
	return user->name != NULL ? bs_str_c(user->name) : bs_str_sub(user->email, 0, bs_str_find_byte(user->email, '@', 0));
}

static enum bs_rc read_password(struct user *user, struct bs_err *err)
{
	struct bs_str password;
	enum bs_password_fault fault;
	enum bs_rc rc = bs_secret_read(user->house.arena, &password, err);

	if (rc != BS_OK)
		return rc;
	fault = bs_password_fault(password, user->email);
	if (fault != BS_PASSWORD_GOOD)
		return bs_fail(err, BS_INVALID, "%s", bs_password_fault_text(fault));
	return bs_password_hash(user->house.arena, password, &user->hash, err);
}

/* --- what changes ---------------------------------------------------------------------------------------------------------- */

static enum bs_rc add_in(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct user *user = ctx;
	struct bs_account_change change = change_of(user, db);

	user->account = (struct bs_account){ .email = user->email, .name = name_of(user), .role = user->as,
		                             .lang = bs_str_c(user->lang), .password = user->hash };
	return bs_account_add(&change, &user->account, err);
}

static enum bs_rc add(struct user *user, struct bs_err *err)
{
	enum bs_rc rc = find(user, err);

	if (rc == BS_OK)
		return bs_fail(err, BS_CONFLICT, "there is an account '" BS_FMT "' already", BS_ARG(user->email));
	rc = rc == BS_NOT_FOUND ? read_password(user, err) : rc;
	if (rc == BS_OK)
		rc = write(user, add_in, err);
	if (rc == BS_OK)
		printf("%.*s is %.*s now.\n", (int)user->email.len, user->email.ptr, (int)bs_staff_role_name(user->as).len,
		       bs_staff_role_name(user->as).ptr);
	return rc;
}

static enum bs_rc link_in(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct user *user = ctx;
	struct bs_account_change change = change_of(user, db);
	struct bs_invitation invitation = { .account_id = user->account.id, .email = user->email, .role = user->as,
		                            .name = user->account.id != 0 ? user->account.name : name_of(user), .lang = bs_str_c(user->lang) };

	return bs_invitation_add(&change, &invitation, &user->token, err);
}

static enum bs_rc make_link(struct user *user, struct bs_err *err)
{
	struct bs_db *db = NULL;
	struct bs_str url = { 0 };
	enum bs_rc rc = write(user, link_in, err);

	if (rc == BS_OK)
		rc = bs_pool_read(user->house.pool, &db, err);
	if (rc == BS_OK)
		rc = bs_setting_get(user->house.arena, db, BS_STR("url"), &url, err);
	bs_pool_return(&db);
	if (rc == BS_OK)
		printf("%.*s/desk/join/%.*s\n", (int)url.len, url.ptr, (int)user->token.len, user->token.ptr);
	if (rc == BS_OK)
		fprintf(stderr, "The link is good for %d hours and once; give it to nobody else.\n", BS_LINK_HOURS);
	return rc;
}

static enum bs_rc save_in(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct user *user = ctx;
	struct bs_account_change change = change_of(user, db);

	return bs_account_save(&change, &user->account, err);
}

static enum bs_rc set_role(struct user *user, struct bs_err *err)
{
	enum bs_rc rc = find(user, err);

	user->account.role = user->as;
	return rc == BS_OK ? write(user, save_in, err) : rc;
}

static enum bs_rc set_active(struct user *user, bool active, struct bs_err *err)
{
	enum bs_rc rc = find(user, err);

	user->account.active = active;
	return rc == BS_OK ? write(user, save_in, err) : rc;
}

static enum bs_rc disable(struct user *user, struct bs_err *err)
{
	return set_active(user, false, err);
}

static enum bs_rc enable(struct user *user, struct bs_err *err)
{
	return set_active(user, true, err);
}

/* Found and written in one transaction, so that the person is there. */
static enum bs_rc byline_in(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct user *user = ctx;
	struct bs_account_change change = change_of(user, db);
	struct bs_byline byline = { 0 };
	enum bs_rc rc = user->person != NULL ? bs_byline_find(user->house.arena, db, bs_str_c(user->person), &byline, err) : BS_OK;

	user->account.person_id = byline.person_id;
	return rc == BS_OK ? bs_account_save(&change, &user->account, err) : rc;
}

static enum bs_rc set_byline(struct user *user, struct bs_err *err)
{
	enum bs_rc rc = find(user, err);

	return rc == BS_OK ? write(user, byline_in, err) : rc;
}

static enum bs_rc reset_in(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct user *user = ctx;
	struct bs_account_change change = change_of(user, db);
	enum bs_rc rc = BS_OK;

	if (user->no_factor && user->account.totp_secret.len > 0)
		rc = bs_totp_clear(&change, &user->account, err);
	if (rc == BS_OK && user->hash.len > 0)
		rc = bs_account_set_password(&change, &user->account, user->hash, 0, err);
	return rc;
}

static enum bs_rc reset_password(struct user *user, struct bs_err *err)
{
	enum bs_rc rc = find(user, err);

	user->as = user->account.role;
	if (rc == BS_OK && !user->link)
		rc = read_password(user, err);
	if (rc == BS_OK)
		rc = write(user, reset_in, err);
	return rc == BS_OK && user->link ? make_link(user, err) : rc;
}

static enum bs_rc end_in(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct user *user = ctx;
	struct bs_account_change change = change_of(user, db);
	enum bs_rc rc = bs_session_end_others(db, user->account.id, 0, err);

	if (rc == BS_OK)
		rc = bs_account_tell(&change, (struct bs_audit_entry){ .action = BS_STR("session.end-all"), .subject = user->account.email }, err);
	return rc;
}

/* --- what is shown ----------------------------------------------------------------------------------------------------------- */

static enum bs_rc byline_of(struct user *user, struct bs_db *db, const struct bs_account *account, struct bs_byline *out, struct bs_err *err)
{
	*out = (struct bs_byline){ 0 };
	return account->person_id != 0 ? bs_byline_of(user->house.arena, db, account->person_id, out, err) : BS_OK;
}

static enum bs_rc print_json(struct bs_arena *arena, const struct bs_account *list, const struct bs_byline *bylines, size_t count,
                             struct bs_err *err)
{
	struct bs_json *all = bs_json_new_object(arena), *users = bs_json_add_array(all, BS_STR("users"));

	for (size_t i = 0; i < count; i++) {
		struct bs_json *user = bs_json_add_object(users, BS_STR(""));
		char iso[BS_TIME_ISO_MAX];
		bs_json_add_string(user, BS_STR("email"), list[i].email);
		bs_json_add_string(user, BS_STR("name"), list[i].name);
		bs_json_add_string(user, BS_STR("role"), bs_staff_role_name(list[i].role));
		bs_json_add_string(user, BS_STR("byline"), bylines[i].slug);
		bs_json_add_bool(user, BS_STR("active"), list[i].active);
		bs_json_add_bool(user, BS_STR("factor"), list[i].totp_secret.len > 0);
		bs_json_add_string(user, BS_STR("created"), bs_arena_copy(arena, bs_time_iso(list[i].created_at, iso)));
	}
	return bs_print_json(all, err);
}

static void print_account(const struct bs_account *account, const struct bs_byline *byline)
{
	struct bs_str role = bs_staff_role_name(account->role);

	printf("%-13.*s  %.*s  %.*s", (int)role.len, role.ptr, (int)account->email.len, account->email.ptr, (int)account->name.len,
	       account->name.ptr);
	if (byline->person_id != 0)
		printf("  (byline %.*s)", (int)byline->slug.len, byline->slug.ptr);
	printf("%s%s\n", account->totp_secret.len > 0 ? "  (second factor)" : "", account->active ? "" : "  (disabled)");
}

static enum bs_rc list(struct user *user, struct bs_err *err)
{
	struct bs_account *accounts = NULL;
	struct bs_byline *bylines = NULL;
	struct bs_db *db = NULL;
	size_t count = 0;
	enum bs_rc rc = bs_pool_read(user->house.pool, &db, err);

	if (rc == BS_OK)
		rc = bs_account_list(user->house.arena, db, BS_STR(""), LIST_MAX, &accounts, &count, err);
	bylines = BS_ARRAY(user->house.arena, count, struct bs_byline);
	for (size_t i = 0; rc == BS_OK && i < count; i++)
		rc = byline_of(user, db, &accounts[i], &bylines[i], err);
	bs_pool_return(&db);
	if (rc == BS_OK && user->json)
		return print_json(user->house.arena, accounts, bylines, count, err);
	for (size_t i = 0; rc == BS_OK && i < count; i++)
		print_account(&accounts[i], &bylines[i]);
	if (rc == BS_OK && count == 0)
		puts("There are no accounts; 'broadsheet user add' makes one.");
	return rc;
}

static enum bs_rc show_sessions(struct user *user, struct bs_err *err)
{
	struct bs_session *sessions = NULL;
	struct bs_db *db = NULL;
	size_t count = 0;
	enum bs_rc rc = bs_pool_read(user->house.pool, &db, err);

	if (rc == BS_OK)
		rc = bs_session_list(user->house.arena, db, user->account.id, bs_now(), &sessions, &count, err);
	bs_pool_return(&db);
	for (size_t i = 0; rc == BS_OK && i < count; i++) {
		char since[BS_TIME_ISO_MAX], seen[BS_TIME_ISO_MAX];
		printf("%6" PRId64 "  since %s  last seen %s  %.*s\n", sessions[i].id, bs_time_iso(sessions[i].created_at, since).ptr,
		       bs_time_iso(sessions[i].seen_at, seen).ptr, (int)sessions[i].agent.len, sessions[i].agent.ptr);
	}
	if (rc == BS_OK && count == 0)
		puts("Not signed in anywhere.");
	return rc;
}

static enum bs_rc sessions(struct user *user, struct bs_err *err)
{
	enum bs_rc rc = find(user, err);

	if (rc != BS_OK)
		return rc;
	return user->end ? write(user, end_in, err) : show_sessions(user, err);
}

/* --- which it is ---------------------------------------------------------------------------------------------------------------- */

enum takes { NOTHING, EMAIL, EMAIL_ROLE, EMAIL_PERSON };

static const struct verb {
	const char *name;
	enum takes takes; /* behind the verb */
	bool needs_role;  /* by --role */
	enum bs_rc (*run)(struct user *user, struct bs_err *err);
} verbs[] = {
	{ "add", EMAIL, true, add },             { "invite", EMAIL, true, make_link },   { "list", NOTHING, false, list },
	{ "role", EMAIL_ROLE, false, set_role }, { "disable", EMAIL, false, disable },   { "enable", EMAIL, false, enable },
	{ "byline", EMAIL_PERSON, false, set_byline }, { "sessions", EMAIL, false, sessions },
	{ "reset-password", EMAIL, false, reset_password },
};

/* --nobody stands in for the person. */
static int words_of(const struct user *user, enum takes takes)
{
	return takes == NOTHING ? 0 : takes == EMAIL || (takes == EMAIL_PERSON && user->nobody) ? 1 : 2;
}

static const struct verb *verb_of(const struct user *user, int count, char **words)
{
	for (size_t i = 0; i < BS_COUNT(verbs) && count > 0; i++) {
		if (strcmp(verbs[i].name, words[1]) == 0)
			return words_of(user, verbs[i].takes) == count - 1 ? &verbs[i] : NULL;
	}
	return NULL;
}

static enum bs_rc prepare(struct user *user, const struct verb *verb, char **words, struct bs_err *err)
{
	const char *role = verb->takes == EMAIL_ROLE ? words[3] : user->role;
	enum bs_rc rc = bs_vault_open(user->house.keys_dir, true, &user->vault, err);

	user->person = verb->takes == EMAIL_PERSON && !user->nobody ? words[3] : NULL;
	if (rc == BS_OK && verb->takes != NOTHING)
		rc = bs_email_normalise(user->house.arena, bs_str_c(words[2]), &user->email, err);
	if (rc == BS_OK && (verb->needs_role || verb->takes == EMAIL_ROLE) && bs_staff_role_of(bs_str_c(role), &user->as) != BS_OK)
		rc = bs_fail(err, BS_INVALID, "'%.80s' is no role; these are: contributor, author, translator, editor, administrator",
		             role != NULL ? role : "");
	return rc;
}

enum bs_exit bs_cmd_user(int argc, char **argv)
{
	struct user user = { .name = NULL };
	const char *data = NULL;
	const struct bs_option options[] = {
		{ "--data", BS_OPTION_TEXT, &data },       { "--name", BS_OPTION_TEXT, &user.name }, { "--role", BS_OPTION_TEXT, &user.role },
		{ "--lang", BS_OPTION_TEXT, &user.lang },  { "--json", BS_OPTION_FLAG, &user.json }, { "--link", BS_OPTION_FLAG, &user.link },
		{ "--no-factor", BS_OPTION_FLAG, &user.no_factor }, { "--end", BS_OPTION_FLAG, &user.end },
		{ "--nobody", BS_OPTION_FLAG, &user.nobody },
	};
	const struct verb *verb;
	struct bs_err err = { 0 };
	enum bs_rc rc;
	int rest;

	if (bs_options_take(argc, argv, options, BS_COUNT(options), &rest) != BS_EXIT_DONE)
		return BS_EXIT_USAGE;
	verb = verb_of(&user, rest, argv);
	if (verb == NULL || (verb->needs_role && user.role == NULL))
		return bs_usage(argv[0]);
	if (!bs_house_for(data, BS_HOUSE_READ, 1, &user.house))
		return data == NULL ? BS_EXIT_USAGE : BS_EXIT_FAILED;
	rc = prepare(&user, verb, argv, &err);
	if (rc == BS_OK)
		rc = verb->run(&user, &err);
	bs_vault_close(&user.vault);
	bs_house_close(&user.house);
	return rc == BS_OK ? BS_EXIT_DONE : bs_complain(BS_EXIT_FAILED, "%s", err.text);
}
