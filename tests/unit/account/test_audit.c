/* The audit log: whole, it verifies; whatever was done to it behind its back, it does not. */
#include "staff.h"

static void tell(struct staff *staff, const char *action)
{
	struct bs_audit_entry entry = { .who = BS_STR("Ida"), .action = bs_str_c(action), .subject = BS_STR("x"), .detail = BS_STR("y") };
	struct bs_err err;

	in_transaction(staff, bs_audit_add(staff->arena, staff->db, staff->vault, &entry, NEWSROOM_NOW, &err));
}

static void tell_five(struct staff *staff)
{
	for (int i = 0; i < 5; i++)
		tell(staff, "story.save");
}

static enum bs_rc verify(struct staff *staff, int64_t *entries)
{
	struct bs_err err = { 0 };

	return bs_audit_verify(staff->db, staff->vault, entries, &err);
}

static void a_whole_log_verifies_and_so_does_an_empty_one(void **state)
{
	struct staff *staff = *state;
	int64_t entries;

	assert_int_equal(verify(staff, &entries), BS_OK);
	assert_int_equal(entries, 0);
	tell_five(staff);
	assert_int_equal(verify(staff, &entries), BS_OK);
	assert_int_equal(entries, 5);
}

static void broken_by(struct staff *staff, const char *sql, int64_t good)
{
	int64_t entries;

	tell_five(staff);
	database_run(staff->db, sql);
	assert_int_equal(verify(staff, &entries), BS_CORRUPT);
	assert_int_equal(entries, good);
}

static void an_entry_that_was_changed_is_noticed(void **state)
{
	broken_by(*state, "UPDATE audit SET who = 'Mallory' WHERE number = 3", 2);
}

static void an_entry_that_was_removed_is_noticed(void **state)
{
	broken_by(*state, "DELETE FROM audit WHERE number = 2", 1);
}

static void the_newest_entry_that_was_removed_is_noticed(void **state)
{
	broken_by(*state, "DELETE FROM audit WHERE number = 5", 4);
}

static void the_whole_log_that_was_removed_is_noticed(void **state)
{
	broken_by(*state, "DELETE FROM audit", 0);
}

static void the_end_cut_off_with_its_head_moved_back_is_noticed(void **state)
{
	struct staff *staff = *state;

	int64_t entries;

	tell_five(staff);
	database_run(staff->db, "DELETE FROM audit WHERE number = 5");
	database_run(staff->db, "UPDATE audit_head SET number = 4");
	assert_int_equal(verify(staff, &entries), BS_CORRUPT);
	assert_int_equal(entries, 4);
}

static void a_head_that_was_removed_is_noticed(void **state)
{
	broken_by(*state, "DELETE FROM audit_head", 5);
}

static void an_entry_put_behind_the_last_is_noticed(void **state)
{
	broken_by(*state, "INSERT INTO audit (number, at, who, action, subject, detail, hash) "
	                  "SELECT 6, at, who, action, subject, detail, hash FROM audit WHERE number = 5", 5);
}

static void entries_come_newest_first_and_by_story_or_account(void **state)
{
	struct staff *staff = *state;
	struct bs_draft draft = newsroom_draft(staff->room, "Ice", "Text");
	int64_t story = newsroom_save(staff->room, &draft, NEWSROOM_NOW);
	struct bs_account account = staff_add(staff, "a@example.org", BS_STAFF_EDITOR);
	struct bs_audit_entry entry = { .who = BS_STR("A"), .action = BS_STR("story.save"), .account_id = account.id, .story_id = story,
		                        .subject = BS_STR(""), .detail = BS_STR("") }, *found;
	struct bs_err err;
	size_t count;

	in_transaction(staff, bs_audit_add(staff->arena, staff->db, staff->vault, &entry, NEWSROOM_NOW, &err));
	tell(staff, "story.publish");
	assert_ok(bs_audit_list(staff->arena, staff->db, &(struct bs_audit_filter){ .limit = 10 }, &found, &count, &err), &err);
	assert_int_equal(count, 3);
	assert_str(found[0].action, "story.publish");
	assert_str(found[1].title, "Ice");
	assert_ok(bs_audit_list(staff->arena, staff->db, &(struct bs_audit_filter){ .limit = 10, .story_id = story }, &found, &count, &err), &err);
	assert_int_equal(count, 1);
	assert_ok(bs_audit_list(staff->arena, staff->db, &(struct bs_audit_filter){ .limit = 10, .account_id = account.id }, &found, &count, &err),
	          &err);
	assert_int_equal(count, 1);
	assert_ok(bs_audit_list(staff->arena, staff->db, &(struct bs_audit_filter){ .limit = 1, .before = 3 }, &found, &count, &err), &err);
	assert_int_equal(count, 1);
	assert_int_equal(found[0].number, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		staff_test(a_whole_log_verifies_and_so_does_an_empty_one),
		staff_test(an_entry_that_was_changed_is_noticed),
		staff_test(an_entry_that_was_removed_is_noticed),
		staff_test(the_newest_entry_that_was_removed_is_noticed),
		staff_test(the_whole_log_that_was_removed_is_noticed),
		staff_test(the_end_cut_off_with_its_head_moved_back_is_noticed),
		staff_test(a_head_that_was_removed_is_noticed),
		staff_test(an_entry_put_behind_the_last_is_noticed),
		staff_test(entries_come_newest_first_and_by_story_or_account),
	};

	return cmocka_run_group_tests_name("account/audit", tests, NULL, newsroom_remove);
}
