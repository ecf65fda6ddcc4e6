/* staff.h - a newsroom with a vault, and accounts made in one call. */
#ifndef BS_TESTS_STAFF_H
#define BS_TESTS_STAFF_H

#include "account/session.h"
#include "newsroom.h"

struct staff {
	struct newsroom *room;
	struct bs_arena *arena;
	struct bs_db *db;
	struct bs_vault *vault;
};

static inline int staff_set_up(void **state)
{
	static struct staff staff;
	struct bs_err err;

	newsroom_set_up(state);
	staff = (struct staff){ .room = *state };
	staff.arena = staff.room->arena;
	staff.db = staff.room->db;
	assert_ok(bs_vault_open(staff.room->keys, true, &staff.vault, &err), &err);
	*state = &staff;
	return 0;
}

static inline int staff_tear_down(void **state)
{
	struct staff *staff = *state;
	char path[128];

	bs_vault_close(&staff->vault);
	snprintf(path, sizeof(path), "%s/desk.key", staff->room->keys);
	(void)unlink(path);
	*state = staff->room;
	return newsroom_tear_down(state);
}

#define staff_test(name) cmocka_unit_test_setup_teardown(name, staff_set_up, staff_tear_down)

static inline struct bs_account_change staff_change(struct staff *staff)
{
	return (struct bs_account_change){ .arena = staff->arena, .db = staff->db, .vault = staff->vault, .by = BS_COMMAND_LINE,
		                           .now = NEWSROOM_NOW };
}

/* In a transaction of its own. */
#define in_transaction(staff, call) \
	do { \
		struct bs_err err_; \
		assert_ok(bs_db_begin((staff)->db, BS_TX_WRITE, &err_), &err_); \
		assert_ok((call), &err); \
		assert_ok(bs_db_commit((staff)->db, &err_), &err_); \
	} while (0)

static inline struct bs_account staff_add(struct staff *staff, const char *email, enum bs_staff_role role)
{
	struct bs_account_change change = staff_change(staff);
	struct bs_account account = { .email = bs_str_c(email), .name = bs_str_c(email), .role = role, .lang = BS_STR("") };
	struct bs_err err;

	in_transaction(staff, bs_account_add(&change, &account, &err));
	return account;
}

#endif
