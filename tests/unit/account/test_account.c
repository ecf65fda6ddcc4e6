/* Accounts, invitations, the vault. */
#include "staff.h"

#include <sys/stat.h>

#include "account/password.h"

static struct bs_str normalised(struct staff *staff, const char *text)
{
	struct bs_str out = BS_STR("(refused)");
	struct bs_err err;

	if (bs_email_normalise(staff->arena, bs_str_c(text), &out, &err) != BS_OK)
		return BS_STR("(refused)");
	return out;
}

static void an_address_is_one_however_it_is_typed(void **state)
{
	struct staff *staff = *state;

	assert_str(normalised(staff, "  Ada.Reed@Example.ORG\n"), "ada.reed@example.org");
	assert_str(normalised(staff, "müller@example.org"), "müller@example.org");
	assert_str(normalised(staff, "ada"), "(refused)");
	assert_str(normalised(staff, "@example.org"), "(refused)");
	assert_str(normalised(staff, "ada@"), "(refused)");
	assert_str(normalised(staff, "a@b@c"), "(refused)");
	assert_str(normalised(staff, "a b@example.org"), "(refused)");
	assert_str(normalised(staff, "a\r\nBcc: x@example.org"), "(refused)");
}

static void an_address_has_one_account(void **state)
{
	struct staff *staff = *state;
	struct bs_account_change change = staff_change(staff);
	struct bs_account second = { .email = BS_STR("a@example.org"), .name = BS_STR("B"), .role = BS_STAFF_AUTHOR, .lang = BS_STR("") };
	struct bs_err err;

	staff_add(staff, "a@example.org", BS_STAFF_EDITOR);
	assert_ok(bs_db_begin(staff->db, BS_TX_WRITE, &err), &err);
	assert_int_equal(bs_account_add(&change, &second, &err), BS_CONFLICT);
	bs_db_rollback(staff->db);
}

static void the_only_administrator_cannot_be_disabled_or_made_less(void **state)
{
	struct staff *staff = *state;
	struct bs_account_change change = staff_change(staff);
	struct bs_account admin = staff_add(staff, "a@example.org", BS_STAFF_ADMINISTRATOR), less = admin;
	struct bs_err err;

	less.role = BS_STAFF_EDITOR;
	assert_ok(bs_db_begin(staff->db, BS_TX_WRITE, &err), &err);
	assert_int_equal(bs_account_save(&change, &less, &err), BS_CONFLICT);
	bs_db_rollback(staff->db);
	staff_add(staff, "b@example.org", BS_STAFF_ADMINISTRATOR);
	in_transaction(staff, bs_account_save(&change, &less, &err));
}

static void disabling_ends_sessions_at_once(void **state)
{
	struct staff *staff = *state;
	struct bs_account_change change = staff_change(staff);
	struct bs_account account = staff_add(staff, "a@example.org", BS_STAFF_EDITOR);
	struct bs_session session;
	struct bs_str token;
	struct bs_err err;

	in_transaction(staff, bs_session_begin(staff->arena, staff->db, staff->vault, account.id, BS_STR("x"), NEWSROOM_NOW, &token, &err));
	assert_ok(bs_session_find(staff->arena, staff->db, staff->vault, token, NEWSROOM_NOW, &session, &err), &err);
	assert_str(session.account.email, "a@example.org");
	account.active = false;
	in_transaction(staff, bs_account_save(&change, &account, &err));
	assert_int_equal(bs_session_find(staff->arena, staff->db, staff->vault, token, NEWSROOM_NOW, &session, &err), BS_NOT_FOUND);
}

static void a_session_ends_unused_and_in_any_case(void **state)
{
	struct staff *staff = *state;
	struct bs_account account = staff_add(staff, "a@example.org", BS_STAFF_EDITOR);
	struct bs_session session;
	struct bs_str token;
	struct bs_err err;
	int64_t now = NEWSROOM_NOW;

	in_transaction(staff, bs_session_begin(staff->arena, staff->db, staff->vault, account.id, BS_STR("x"), now, &token, &err));
	assert_int_equal(bs_session_find(staff->arena, staff->db, staff->vault, token, now + BS_SESSION_IDLE, &session, &err), BS_NOT_FOUND);
	for (; now < NEWSROOM_NOW + BS_SESSION_LENGTH - BS_SESSION_IDLE / 2; now += BS_SESSION_IDLE / 2) {
		assert_ok(bs_session_find(staff->arena, staff->db, staff->vault, token, now, &session, &err), &err);
		in_transaction(staff, bs_session_touch(staff->db, session.id, now, &err));
	}
	now = NEWSROOM_NOW + BS_SESSION_LENGTH;
	in_transaction(staff, bs_session_touch(staff->db, session.id, now, &err));
	assert_int_equal(bs_session_find(staff->arena, staff->db, staff->vault, token, now, &session, &err), BS_NOT_FOUND);
}

static void the_database_holds_no_token(void **state)
{
	struct staff *staff = *state;
	struct bs_account account = staff_add(staff, "a@example.org", BS_STAFF_EDITOR);
	struct bs_session session;
	struct bs_str token, altered;
	struct bs_err err;

	in_transaction(staff, bs_session_begin(staff->arena, staff->db, staff->vault, account.id, BS_STR("x"), NEWSROOM_NOW, &token, &err));
	altered = bs_arena_copy(staff->arena, token);
	((char *)altered.ptr)[7] = altered.ptr[7] == 'A' ? 'B' : 'A';
	assert_int_equal(bs_session_find(staff->arena, staff->db, staff->vault, altered, NEWSROOM_NOW, &session, &err), BS_NOT_FOUND);
	assert_false(bs_csrf_good(staff->arena, token, bs_csrf_token(staff->arena, altered)));
	assert_true(bs_csrf_good(staff->arena, token, bs_csrf_token(staff->arena, token)));
	assert_false(bs_csrf_good(staff->arena, token, BS_STR("")));
}

static void an_invitation_is_used_once_and_before_it_is_over(void **state)
{
	struct staff *staff = *state;
	struct bs_account_change change = staff_change(staff);
	struct bs_invitation given = { .email = BS_STR("n@example.org"), .name = BS_STR("N"), .role = BS_STAFF_AUTHOR, .lang = BS_STR("") }, found;
	struct bs_account account;
	struct bs_str token;
	struct bs_err err;

	in_transaction(staff, bs_invitation_add(&change, &given, &token, &err));
	assert_int_equal(bs_invitation_find(staff->arena, staff->db, staff->vault, token, NEWSROOM_NOW + BS_LINK_HOURS * 3600, &found, &err),
	                 BS_NOT_FOUND);
	assert_ok(bs_invitation_find(staff->arena, staff->db, staff->vault, token, NEWSROOM_NOW + 60, &found, &err), &err);
	in_transaction(staff, bs_invitation_use(&change, &found, BS_STR("hash"), &account, &err));
	assert_int_equal(account.role, BS_STAFF_AUTHOR);
	assert_int_equal(bs_invitation_find(staff->arena, staff->db, staff->vault, token, NEWSROOM_NOW, &found, &err), BS_NOT_FOUND);
	assert_ok(bs_db_begin(staff->db, BS_TX_WRITE, &err), &err);
	assert_int_equal(bs_invitation_use(&change, &found, BS_STR("hash"), &account, &err), BS_NOT_FOUND);
	bs_db_rollback(staff->db);
}

static void what_is_sealed_opens_for_its_purpose_alone_and_unchanged(void **state)
{
	struct staff *staff = *state;
	struct bs_str sealed = bs_vault_seal(staff->arena, staff->vault, BS_STR("one"), BS_STR("secret")), out, back;

	assert_int_equal(bs_vault_open_sealed(staff->arena, staff->vault, BS_STR("one"), sealed, &out), BS_OK);
	assert_str(out, "secret");
	assert_int_equal(bs_vault_open_sealed(staff->arena, staff->vault, BS_STR("two"), sealed, &out), BS_DENIED);
	for (size_t i = 0; i < sealed.len; i++) {
		struct bs_str altered = bs_arena_copy(staff->arena, sealed);
		((char *)altered.ptr)[i] ^= 1;
		assert_int_equal(bs_vault_open_sealed(staff->arena, staff->vault, BS_STR("one"), altered, &out), BS_DENIED);
		assert_int_equal(bs_vault_open_sealed(staff->arena, staff->vault, BS_STR("one"), bs_str_sub(sealed, 0, i), &out), BS_DENIED);
	}
	assert_int_equal(bs_token_bytes(staff->arena, bs_token_text(staff->arena, sealed), &back), BS_OK);
	assert_true(bs_str_eq(back, sealed));
	assert_int_equal(bs_token_bytes(staff->arena, BS_STR("no token!"), &back), BS_INVALID);
}

static void the_key_stays_and_others_may_not_read_it(void **state)
{
	struct staff *staff = *state;
	struct bs_str sealed = bs_vault_seal(staff->arena, staff->vault, BS_STR("one"), BS_STR("secret")), out;
	struct bs_vault *again = NULL;
	char path[128];
	struct bs_err err;

	assert_ok(bs_vault_open(staff->room->keys, true, &again, &err), &err);
	assert_int_equal(bs_vault_open_sealed(staff->arena, again, BS_STR("one"), sealed, &out), BS_OK);
	bs_vault_close(&again);
	snprintf(path, sizeof(path), "%s/desk.key", staff->room->keys);
	assert_int_equal(chmod(path, 0644), 0);
	assert_int_equal(bs_vault_open(staff->room->keys, true, &again, &err), BS_DENIED);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(bs_vault_open(staff->room->keys, false, &again, &err), BS_NOT_FOUND);
}

static void passwords_that_are_easy_to_guess_are_refused(void **state)
{
	struct bs_str email = BS_STR("ada.reed@example.org");

	(void)state;
	assert_int_equal(bs_password_fault(BS_STR("correct horse"), email), BS_PASSWORD_GOOD);
	assert_int_equal(bs_password_fault(BS_STR("пароль длинный"), email), BS_PASSWORD_GOOD);
	assert_int_equal(bs_password_fault(BS_STR("elevenchars"), email), BS_PASSWORD_SHORT);
	assert_int_equal(bs_password_fault(BS_STR("ééééééééééé"), email), BS_PASSWORD_SHORT);
	assert_int_equal(bs_password_fault(BS_STR("aaaaaaaaaaaaaaaa"), email), BS_PASSWORD_SIMPLE);
	assert_int_equal(bs_password_fault(BS_STR("Ada.Reed@Example.org"), email), BS_PASSWORD_SIMPLE);
	assert_int_equal(bs_password_fault(BS_STR("correct\nhorse battery"), email), BS_PASSWORD_BROKEN);
	assert_int_equal(bs_password_fault(BS_STR("correct horse \xFF\xFE"), email), BS_PASSWORD_BROKEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		staff_test(an_address_is_one_however_it_is_typed),
		staff_test(an_address_has_one_account),
		staff_test(the_only_administrator_cannot_be_disabled_or_made_less),
		staff_test(disabling_ends_sessions_at_once),
		staff_test(a_session_ends_unused_and_in_any_case),
		staff_test(the_database_holds_no_token),
		staff_test(an_invitation_is_used_once_and_before_it_is_over),
		staff_test(what_is_sealed_opens_for_its_purpose_alone_and_unchanged),
		staff_test(the_key_stays_and_others_may_not_read_it),
		cmocka_unit_test(passwords_that_are_easy_to_guess_are_refused),
	};

	return cmocka_run_group_tests_name("account/account", tests, NULL, newsroom_remove);
}
