/* newsroom.h - a newsroom for each test: a migrated database on the driver of this run, a ledger with a key of its own, and
 * stories made in one call. */
#ifndef BS_TESTS_NEWSROOM_H
#define BS_TESTS_NEWSROOM_H

#include "database.h"
#include "newsroom/catalog.h"
#include "newsroom/ledger.h"
#include "store/migrate.h"
#include "text/markup.h"

enum { NEWSROOM_NOW = 1763100000 }; /* 14 November 2025 */

struct newsroom {
	struct bs_arena *arena;
	struct bs_db *db;
	struct bs_ledger *ledger;
	char keys[64];
};

static inline void newsroom_forget_keys(const struct newsroom *room)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/ledger.key", room->keys);
	(void)unlink(path);
	snprintf(path, sizeof(path), "%s/ledger.pub", room->keys);
	(void)unlink(path);
	(void)rmdir(room->keys);
}

static inline int newsroom_set_up(void **state)
{
	static struct newsroom room;
	struct bs_err err;

	room = (struct newsroom){ .arena = bs_arena_new() };
	room.db = database_open_at(database_empty(), BS_DB_WRITER, NULL);
	assert_ok(bs_store_migrate(room.db, NULL, &err), &err);
	snprintf(room.keys, sizeof(room.keys), "/tmp/broadsheet-keys-XXXXXX");
	assert_non_null(mkdtemp(room.keys));
	assert_ok(bs_ledger_init(room.keys, &err), &err);
	assert_ok(bs_ledger_open(room.keys, room.db, NEWSROOM_NOW, &room.ledger, &err), &err);
	*state = &room;
	return 0;
}

static inline int newsroom_tear_down(void **state)
{
	struct newsroom *room = *state;

	bs_ledger_close(&room->ledger);
	newsroom_forget_keys(room);
	bs_db_close(&room->db);
	bs_arena_free(&room->arena);
	return 0;
}

static inline int newsroom_remove(void **state)
{
	(void)state;
	database_remove();
	return 0;
}

#define newsroom_test(name) cmocka_unit_test_setup_teardown(name, newsroom_set_up, newsroom_tear_down)

/* A draft of one paragraph, published now; change what the test is about. */
static inline struct bs_draft newsroom_draft(struct newsroom *room, const char *title, const char *text)
{
	struct bs_block *block = BS_NEW(room->arena, struct bs_block);

	*block = (struct bs_block){ BS_STR("p"), BS_STR(""), bs_markup_of_text(room->arena, bs_str_c(text)) };
	return (struct bs_draft){ .lang = BS_STR("en"), .status = BS_STATUS_PUBLISHED, .published_at = NEWSROOM_NOW,
	                          .title = bs_markup_of_text(room->arena, bs_str_c(title)), .body = { .blocks = block, .count = 1 } };
}

/* Save in a transaction of its own; the story's id. */
static inline int64_t newsroom_save(struct newsroom *room, const struct bs_draft *draft, int64_t now)
{
	struct bs_saved saved = { 0 };
	struct bs_err err;

	assert_ok(bs_db_begin(room->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_story_save(room->arena, room->ledger, room->db, draft, now, &saved, &err), &err);
	assert_ok(bs_db_commit(room->db, &err), &err);
	return saved.story_id;
}

#endif
