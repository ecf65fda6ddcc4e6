/* Signing in: passwords, tries, second factors. */
#include "staff.h"

#include "account/attempt.h"
#include "account/password.h"
#include "account/sign_in.h"
#include "account/totp.h"

/* RFC 6238, appendix B: the secret "12345678901234567890"; its codes of eight digits, of which applications show the last six. */
static const char rfc_secret[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

static void codes_are_those_of_the_standard(void **state)
{
	static const struct {
		int64_t time;
		const char *code;
	} known[] = { { 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" }, { 1234567890, "005924" }, { 2000000000, "279037" } };
	struct staff *staff = *state;

	for (size_t i = 0; i < BS_COUNT(known); i++)
		assert_int_equal(bs_totp_step(staff->arena, bs_str_c(rfc_secret), bs_str_c(known[i].code), known[i].time, 0), known[i].time / 30);
	assert_int_equal(bs_totp_step(staff->arena, bs_str_c(rfc_secret), BS_STR("28 70 82"), 59 + 30, 0), 1);
	assert_int_equal(bs_totp_step(staff->arena, bs_str_c(rfc_secret), BS_STR("287082"), 59 + 60, 0), 0);
	assert_int_equal(bs_totp_step(staff->arena, bs_str_c(rfc_secret), BS_STR("287082"), 59, 1), 0);
	/* Used at the end of what is taken now, it blocks; used beyond that, the clock was ahead. */
	assert_int_equal(bs_totp_step(staff->arena, bs_str_c(rfc_secret), BS_STR("287082"), 59, 2), 0);
	assert_int_equal(bs_totp_step(staff->arena, bs_str_c(rfc_secret), BS_STR("287082"), 59, 3), 1);
	assert_int_equal(bs_totp_step(staff->arena, bs_str_c(rfc_secret), BS_STR(""), 59, 0), 0);
	assert_int_equal(bs_totp_step(staff->arena, bs_str_c(rfc_secret), BS_STR("28708"), 59, 0), 0);
}

static void a_secret_for_an_application_names_publication_and_account(void **state)
{
	struct staff *staff = *state;
	struct bs_str secret = bs_totp_new(staff->arena), svg;
	struct bs_str uri = bs_totp_uri(staff->arena, bs_str_c(rfc_secret), BS_STR("The Courier"), BS_STR("a@example.org"));
	struct bs_err err;

	assert_int_equal(secret.len, 32);
	assert_str(uri, "otpauth://totp/The%20Courier:a%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=The%20Courier");
	assert_ok(bs_totp_svg(staff->arena, uri, &svg, &err), &err);
	assert_true(bs_str_starts(svg, BS_STR("<svg ")));
}

/* The sealed secret, and a code of it, used twice. */
static void a_code_and_a_recovery_code_count_once(void **state)
{
	struct staff *staff = *state;
	struct bs_account_change change = staff_change(staff);
	struct bs_account account = staff_add(staff, "a@example.org", BS_STAFF_EDITOR);
	struct bs_str *codes;
	struct bs_err err;
	bool good, recovery;
	int64_t left;

	in_transaction(staff, bs_totp_set(&change, &account, bs_str_c(rfc_secret), 0, &codes, &err));
	assert_ok(bs_account_by_id(staff->arena, staff->db, account.id, &account, &err), &err);
	assert_int_equal(bs_str_find(account.totp_secret, bs_str_c(rfc_secret), 0), SIZE_MAX);
	in_transaction(staff, bs_totp_use(staff->arena, staff->db, staff->vault, &account, BS_STR("287082"), 59, &good, &recovery, &err));
	assert_true(good && !recovery);
	in_transaction(staff, bs_totp_use(staff->arena, staff->db, staff->vault, &account, BS_STR("287082"), 59, &good, &recovery, &err));
	assert_false(good);
	in_transaction(staff, bs_totp_use(staff->arena, staff->db, staff->vault, &account, codes[4], 59, &good, &recovery, &err));
	assert_true(good && recovery);
	in_transaction(staff, bs_totp_use(staff->arena, staff->db, staff->vault, &account, codes[4], 59, &good, &recovery, &err));
	assert_false(good);
	assert_ok(bs_recovery_left(staff->db, account.id, &left, &err), &err);
	assert_int_equal(left, BS_RECOVERY_CODES - 1);
}

static int64_t try(struct staff *staff, const char *email, const char *address, int64_t now)
{
	struct bs_attempt attempt = { bs_str_c(email), bs_str_c(address) };
	struct bs_err err;
	int64_t wait;
	enum bs_rc rc;

	assert_ok(bs_db_begin(staff->db, BS_TX_WRITE, &err), &err);
	rc = bs_attempt_begin(staff->db, staff->vault, &attempt, now, &wait, &err);
	assert_true(rc == BS_OK || rc == BS_LIMIT);
	assert_ok(bs_db_commit(staff->db, &err), &err);
	return wait;
}

static void each_failure_beyond_five_doubles_the_wait_up_to_a_quarter_of_an_hour(void **state)
{
	struct staff *staff = *state;
	int64_t now = NEWSROOM_NOW, wanted = 2;

	for (int i = 0; i < 6; i++)
		assert_int_equal(try(staff, "a@example.org", "192.0.2.1", now), 0);
	for (int i = 0; i < 12; i++) {
		assert_int_equal(try(staff, "a@example.org", "192.0.2.1", now), wanted);
		now += wanted;
		assert_int_equal(try(staff, "a@example.org", "192.0.2.1", now), 0);
		wanted = wanted * 2 < 900 ? wanted * 2 : 900;
	}
	assert_int_equal(try(staff, "a@example.org", "192.0.2.1", now + 86400 + 1), 0);
	assert_int_equal(try(staff, "a@example.org", "192.0.2.1", now + 86400 + 1), 0);
}

static void a_clock_that_was_set_back_locks_nobody_out_for_longer(void **state)
{
	struct staff *staff = *state;

	for (int i = 0; i < 6; i++)
		assert_int_equal(try(staff, "a@example.org", "192.0.2.1", NEWSROOM_NOW + 10 * 86400), 0);
	assert_int_equal(try(staff, "a@example.org", "192.0.2.1", NEWSROOM_NOW), 0);
	assert_int_equal(try(staff, "a@example.org", "192.0.2.1", NEWSROOM_NOW), 4);
	assert_int_equal(try(staff, "a@example.org", "192.0.2.1", NEWSROOM_NOW + 4), 0);
}

static void one_network_of_many_addresses_is_one(void **state)
{
	struct staff *staff = *state;
	char email[64], address[64];
	int free = 0;

	for (int i = 0; i < 40; i++) {
		snprintf(email, sizeof(email), "user%d@example.org", i);
		snprintf(address, sizeof(address), "2001:db8:1:2:%x::%x", i + 1, i + 7);
		free += try(staff, email, address, NEWSROOM_NOW) == 0;
	}
	assert_int_equal(free, 21);
	assert_int_equal(try(staff, "user1@example.org", "2001:db8:1:3::1", NEWSROOM_NOW), 0);
}

static void somebody_who_signs_in_elsewhere_is_not_held_up_by_who_fails_here(void **state)
{
	struct staff *staff = *state;

	for (int i = 0; i < 6; i++)
		(void)try(staff, "a@example.org", "192.0.2.1", NEWSROOM_NOW);
	assert_true(try(staff, "a@example.org", "192.0.2.1", NEWSROOM_NOW) > 0);
	assert_int_equal(try(staff, "a@example.org", "198.51.100.7", NEWSROOM_NOW), 0);
}

static void a_password_matches_its_hash_alone(void **state)
{
	struct staff *staff = *state;
	struct bs_str hash;
	struct bs_err err;

	assert_ok(bs_password_hash(staff->arena, BS_STR("correct horse"), &hash, &err), &err);
	assert_true(bs_str_starts(hash, BS_STR("$argon2id$v=19$m=65536,t=2,p=1$")));
	assert_true(bs_password_matches(hash, BS_STR("correct horse")));
	assert_false(bs_password_matches(hash, BS_STR("correct horse ")));
	assert_false(bs_password_matches(BS_STR(""), BS_STR("correct horse")));
	assert_false(bs_password_matches(BS_STR(""), BS_STR("")));
	assert_false(bs_password_outdated(hash));
	assert_true(bs_password_outdated(BS_STR("$argon2id$v=19$m=8192,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		staff_test(codes_are_those_of_the_standard),
		staff_test(a_secret_for_an_application_names_publication_and_account),
		staff_test(a_code_and_a_recovery_code_count_once),
		staff_test(each_failure_beyond_five_doubles_the_wait_up_to_a_quarter_of_an_hour),
		staff_test(a_clock_that_was_set_back_locks_nobody_out_for_longer),
		staff_test(one_network_of_many_addresses_is_one),
		staff_test(somebody_who_signs_in_elsewhere_is_not_held_up_by_who_fails_here),
		staff_test(a_password_matches_its_hash_alone),
	};

	return cmocka_run_group_tests_name("account/sign_in", tests, NULL, newsroom_remove);
}
