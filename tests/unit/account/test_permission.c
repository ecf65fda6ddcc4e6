/* The table of roles and actions, cell by cell, against the one that users read: docs/handbook/people.md, named by the first argument. */
#include "unit.h"

#include "account/permission.h"

enum { FILE_MAX = 64 * 1024 };

static const char *people;
static char text[FILE_MAX];

/* "| `see` | own | any | … |" of the handbook; the cells behind the name. */
static bool row_of(struct bs_str action, struct bs_str cells[BS_STAFF_ROLE_COUNT])
{
	struct bs_str rest = bs_str_c(text), line;
	char wanted[80];

	snprintf(wanted, sizeof(wanted), "| `%.*s` |", (int)action.len, action.ptr);
	while (bs_str_split(&rest, '\n', &line)) {
		struct bs_str cell;
		if (!bs_str_starts(line, bs_str_c(wanted)))
			continue;
		line = bs_str_sub(line, strlen(wanted), SIZE_MAX);
		for (size_t i = 0; i < BS_STAFF_ROLE_COUNT; i++) {
			assert_true(bs_str_split(&line, '|', &cell));
			cells[i] = bs_str_trim(cell);
		}
		return true;
	}
	return false;
}

static void each_role_reaches_of_each_action_what_the_handbook_says(void **state)
{
	static const char *const words[] = { [BS_REACH_NONE] = "–", [BS_REACH_OWN] = "own", [BS_REACH_ANY] = "any" };

	(void)state;
	for (enum bs_action action = 0; action < BS_ACTION_COUNT; action++) {
		struct bs_str cells[BS_STAFF_ROLE_COUNT];
		if (!row_of(bs_action_name(action), cells))
			fail_msg("people.md has no row of %.*s", (int)bs_action_name(action).len, bs_action_name(action).ptr);
		for (enum bs_staff_role role = 0; role < BS_STAFF_ROLE_COUNT; role++) {
			enum bs_reach reach = bs_reach_of(role, action);
			print_message("%.*s %.*s\n", (int)bs_action_name(action).len, bs_action_name(action).ptr,
			              (int)bs_staff_role_name(role).len, bs_staff_role_name(role).ptr);
			assert_str(cells[role], words[reach]);
			assert_int_equal(bs_permits(role, action, true), reach != BS_REACH_NONE);
			assert_int_equal(bs_permits(role, action, false), reach == BS_REACH_ANY);
		}
	}
}

static void the_handbook_has_no_action_that_there_is_none_of(void **state)
{
	struct bs_str rest = bs_str_c(text), line;
	size_t rows = 0;

	(void)state;
	while (bs_str_split(&rest, '\n', &line))
		rows += bs_str_starts(line, BS_STR("| `"));
	assert_int_equal(rows, BS_ACTION_COUNT);
}

static void who_publishes_may_also_write_and_who_manages_accounts_may_everything(void **state)
{
	(void)state;
	for (enum bs_staff_role role = 0; role < BS_STAFF_ROLE_COUNT; role++) {
		assert_true(bs_reach_of(role, BS_ACT_WRITE) >= bs_reach_of(role, BS_ACT_PUBLISH));
		assert_true(bs_reach_of(role, BS_ACT_SEE) >= bs_reach_of(role, BS_ACT_WRITE));
	}
	for (enum bs_action action = 0; action < BS_ACTION_COUNT; action++)
		assert_int_equal(bs_reach_of(BS_STAFF_ADMINISTRATOR, action), BS_REACH_ANY);
}

static void roles_are_found_by_their_names(void **state)
{
	enum bs_staff_role role;

	(void)state;
	for (enum bs_staff_role each = 0; each < BS_STAFF_ROLE_COUNT; each++) {
		assert_int_equal(bs_staff_role_of(bs_staff_role_name(each), &role), BS_OK);
		assert_int_equal(role, each);
	}
	assert_int_equal(bs_staff_role_of(BS_STR("Editor"), &role), BS_OK);
	assert_int_equal(bs_staff_role_of(BS_STR("root"), &role), BS_NOT_FOUND);
	assert_int_equal(bs_staff_role_of(BS_STR(""), &role), BS_NOT_FOUND);
}

static int read_people(void **state)
{
	FILE *file = fopen(people, "rb");
	size_t len;

	(void)state;
	if (file == NULL)
		return -1;
	len = fread(text, 1, sizeof(text) - 1, file);
	text[len] = '\0';
	return fclose(file);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_role_reaches_of_each_action_what_the_handbook_says),
		cmocka_unit_test(the_handbook_has_no_action_that_there_is_none_of),
		cmocka_unit_test(who_publishes_may_also_write_and_who_manages_accounts_may_everything),
		cmocka_unit_test(roles_are_found_by_their_names),
	};

	people = argc > 1 ? argv[1] : "docs/handbook/people.md";
	return cmocka_run_group_tests_name("account/permission", tests, read_people, NULL);
}
