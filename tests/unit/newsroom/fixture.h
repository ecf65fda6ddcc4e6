/* fixture.h - an empty newsroom for each test, with its key and a story to save in it; on the driver of database.h. */
#ifndef BS_TESTS_NEWSROOM_FIXTURE_H
#define BS_TESTS_NEWSROOM_FIXTURE_H

#include "database.h"
#include "newsroom/ledger.h"
#include "store/migrate.h"

enum { NOW = 1763112600 }; /* 14 November 2025, 09:30 UTC */

struct fixture {
	struct bs_db *db;
	struct bs_arena *arena;
	struct bs_ledger *ledger;
	char keys[64];
};

static inline int set_up(void **state)
{
	static struct fixture f;
	struct bs_err err;

	f.db = database_open_at(database_empty(), BS_DB_WRITER, NULL);
	f.arena = bs_arena_new();
	assert_ok(bs_store_migrate(f.db, NULL, &err), &err);
	snprintf(f.keys, sizeof(f.keys), "/tmp/broadsheet-keys-XXXXXX");
	assert_non_null(mkdtemp(f.keys));
	assert_ok(bs_ledger_init(f.keys, &err), &err);
	assert_ok(bs_ledger_open(f.keys, f.db, NOW, &f.ledger, &err), &err);
	*state = &f;
	return 0;
}

static inline int tear_down(void **state)
{
	struct fixture *f = *state;
	char path[128];

	bs_ledger_close(&f->ledger);
	bs_db_close(&f->db);
	bs_arena_free(&f->arena);
	snprintf(path, sizeof(path), "%s/ledger.key", f->keys);
	unlink(path);
	snprintf(path, sizeof(path), "%s/ledger.pub", f->keys);
	unlink(path);
	rmdir(f->keys);
	return 0;
}

/* A story of two paragraphs, in the form that an importer hands over. */
static inline struct bs_draft a_story(struct fixture *f, const char *second_paragraph)
{
	struct bs_block *blocks = BS_ARRAY(f->arena, 2, struct bs_block);
	struct bs_draft_credit *byline = BS_NEW(f->arena, struct bs_draft_credit);
	struct bs_draft_term *terms = BS_ARRAY(f->arena, 2, struct bs_draft_term);
	struct bs_link *links = BS_ARRAY(f->arena, 1, struct bs_link);

	blocks[0] = (struct bs_block){ BS_STR("p"), BS_STR(""), BS_STR("The pilots met the <em>minister</em>.") };
	blocks[1] = (struct bs_block){ BS_STR("p"), BS_STR(""), bs_str_c(second_paragraph) };
	*byline = (struct bs_draft_credit){ .name = BS_STR("Mara Lindqvist") };
	terms[0] = (struct bs_draft_term){ BS_THEME, BS_STR("shipping"), BS_STR("Shipping") };
	terms[1] = (struct bs_draft_term){ BS_REGION, BS_STR(""), BS_STR("Nordic Countries") };
	links[0] = (struct bs_link){ .block = 0, .href = BS_STR(""), .text = BS_STR("minister") };
	return (struct bs_draft){ .lang = BS_STR("en"), .status = BS_STATUS_PUBLISHED, .published_at = NOW - 3600,
		                  .title = BS_STR("Ice &amp; pilots"), .body = { .blocks = blocks, .count = 2, .links = links, .link_count = 1 },
		                  .byline = byline, .byline_count = 1,
		                  .terms = terms, .term_count = 2 };
}

static inline enum bs_rc try_save(struct fixture *f, const struct bs_draft *draft, int64_t now, struct bs_saved *out, struct bs_err *err)
{
	enum bs_rc rc;

	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, err), err);
	rc = bs_story_save(f->arena, f->ledger, f->db, draft, now, out, err);
	if (rc == BS_OK)
		return bs_db_commit(f->db, err);
	bs_db_rollback(f->db);
	return rc;
}

static inline struct bs_saved save(struct fixture *f, const struct bs_draft *draft, int64_t now)
{
	struct bs_saved saved = { 0 };
	struct bs_err err = { 0 };

	assert_ok(try_save(f, draft, now, &saved, &err), &err);
	return saved;
}

static inline struct bs_str public_id_of(struct fixture *f, int64_t story_id)
{
	struct bs_stmt *stmt = NULL;
	struct bs_str id;
	struct bs_err err;

	assert_ok(bs_db_query(f->db, BS_Q_story_public_id, BS_VALUES(bs_int(story_id)), &stmt, &err), &err);
	assert_ok(bs_stmt_next(stmt, &err), &err);
	id = bs_arena_copy(f->arena, bs_stmt_str(stmt, 0));
	bs_stmt_free(&stmt);
	return id;
}

#endif
