/* A story read back as a draft says everything that was saved: saved again, it changes nothing. */
#include "tests/unit/unit.h"

#include "newsroom.h"
#include "text/json.h"

#define SAME(field) assert_true(bs_str_eq(again.field, draft.field))

static struct bs_draft load(struct newsroom *room, int64_t id)
{
	struct bs_draft draft;
	struct bs_err err;

	assert_ok(bs_draft_load(room->arena, room->db, id, &draft, &err), &err);
	return draft;
}

static int64_t a_picture(struct newsroom *room)
{
	static const uint8_t hash[BS_HASH_SIZE] = { 0xAB, 1, 2, 3 };
	struct bs_err err;
	int64_t id = 0;

	assert_ok(bs_db_begin(room->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_db_int(room->db, BS_Q_media_add, BS_VALUES(bs_blob(bs_str_n((const char *)hash, sizeof(hash))),
	          bs_text(BS_STR("image/jpeg")), bs_int(10), bs_int(640), bs_int(480), bs_text(BS_STR("ice.jpg"))), &id, &err), &err);
	assert_ok(bs_db_commit(room->db, &err), &err);
	return id;
}

static struct bs_block blocks[3] = {
	{ BS_STR_INIT("p"), BS_STR_INIT(""), BS_STR_INIT("See <a href=\"https://a.example/\">the report</a> and <a>another</a>.") },
	{ BS_STR_INIT("figure/img"), BS_STR_INIT("src=media:1"), BS_STR_INIT("Ice") },
	{ BS_STR_INIT("ol/li"), BS_STR_INIT("start=3"), BS_STR_INIT("Third") },
};
static struct bs_draft_credit byline[] = {
	{ .name = BS_STR_INIT("Ada Moe"), .role = BS_ROLE_AUTHOR }, { .name = BS_STR_INIT("Bo Lie"), .role = BS_ROLE_TRANSLATOR },
};
static struct bs_draft_term terms[] = {
	{ .vocabulary = BS_REGION, .slug = BS_STR_INIT("baltic") }, { .vocabulary = BS_THEME, .slug = BS_STR_INIT("ice") },
	{ .vocabulary = BS_TAG, .slug = BS_STR_INIT("a-tag") },
};
static struct bs_draft_correction corrections[] = {
	{ BS_UPDATE, NEWSROOM_NOW + 1, BS_STR_INIT("More.") }, { BS_RETRACTION, NEWSROOM_NOW + 2, BS_STR_INIT("It was <em>wrong</em>.") },
};
static struct bs_draft_citation citations[] = {
	{ .url = BS_STR_INIT("https://a.example/"), .title = BS_STR_INIT("A report"), .publisher = BS_STR_INIT("A"),
	  .health = BS_STR_INIT("moved"), .archived_url = BS_STR_INIT("https://archive.example/a"), .seen_at = 1000 },
	{ .url = BS_STR_INIT("https://nobody-links-here.example/"), .health = BS_STR_INIT("gone") },
};

static struct bs_draft everything(struct newsroom *room)
{
	struct bs_draft draft = newsroom_draft(room, "Ice & pilots", "");
	struct bs_json *extra = bs_json_new_object(room->arena);
	struct bs_err err;

	blocks[1].attrs = bs_arena_printf(room->arena, "src=media:%d", (int)a_picture(room));
	bs_json_add_string(extra, BS_STR("weight"), BS_STR("heavy"));
	draft.kind = BS_KIND_REVIEW;
	draft.status = BS_STATUS_WITHDRAWN;
	draft.reason = BS_STR("It was wrong");
	draft.updated_at = NEWSROOM_NOW + 60;
	draft.subtitle = BS_STR("A <em>standfirst</em>");
	draft.summary = BS_STR("A summary");
	draft.author_line = BS_STR("About the author");
	draft.source = (struct bs_draft_source){ BS_STR("Review"), BS_STR("https://r.example/"), NEWSROOM_NOW - 9, BS_STR("Granted") };
	assert_ok(bs_str_int(bs_str_sub(blocks[1].attrs, 10, SIZE_MAX), &draft.image.media_id), &err);
	draft.image.alt = BS_STR("Ice");
	draft.image.caption = BS_STR("Ice in <em>May</em>");
	draft.image.credit = BS_STR("Jo");
	draft.image.credit_url = BS_STR("https://jo.example/");
	draft.image.licence = BS_STR("CC-BY-4.0");
	draft.image.may_syndicate = true;
	draft.body = (struct bs_body){ .blocks = blocks, .count = BS_COUNT(blocks) };
	assert_ok(bs_body_links(room->arena, &draft.body, &err), &err);
	draft.byline = byline;
	draft.byline_count = BS_COUNT(byline);
	draft.terms = terms;
	draft.term_count = BS_COUNT(terms);
	draft.corrections = corrections;
	draft.correction_count = BS_COUNT(corrections);
	draft.citations = citations;
	draft.citation_count = BS_COUNT(citations);
	draft.licence = BS_STR("permission");
	draft.canonical = BS_STR("https://elsewhere.example/");
	draft.media_contact = BS_STR("press@a.example");
	draft.featured = 2;
	draft.extra = extra;
	return draft;
}

static void a_story_read_back_and_saved_again_changes_nothing(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = everything(room), again;
	int64_t id = newsroom_save(room, &draft, NEWSROOM_NOW);
	struct bs_saved saved;
	struct bs_err err;

	again = load(room, id);
	assert_ok(bs_db_begin(room->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_story_save(room->arena, room->ledger, room->db, &again, NEWSROOM_NOW + 500, &saved, &err), &err);
	bs_db_rollback(room->db);
	assert_false(saved.changed);
	assert_int_equal(saved.story_id, id);
}

static void everything_a_story_says_is_in_the_draft(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = everything(room), again = load(room, newsroom_save(room, &draft, NEWSROOM_NOW));

	SAME(title);
	SAME(subtitle);
	SAME(author_line);
	SAME(reason);
	SAME(source.permission);
	SAME(image.caption);
	SAME(image.credit_url);
	SAME(body.blocks[1].attrs);
	assert_int_equal(again.body.count, 3);
	assert_int_equal(again.body.link_count, 2);
	assert_int_equal(again.image.media_id, draft.image.media_id);
	assert_true(again.image.may_syndicate);
	assert_int_equal(again.byline_count, 2);
	assert_int_equal(again.byline[1].role, BS_ROLE_TRANSLATOR);
	assert_int_equal(again.term_count, 3);
	assert_int_equal(again.correction_count, 2);
	assert_true(bs_str_eq(again.corrections[1].note, corrections[1].note));
	assert_int_equal(again.source.published_at, draft.source.published_at);
	assert_true(bs_str_eq(bs_json_string(bs_json_get(again.extra, BS_STR("weight"))), BS_STR("heavy")));
}

static void what_is_known_of_a_link_is_kept(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = everything(room), again = load(room, newsroom_save(room, &draft, NEWSROOM_NOW));

	assert_int_equal(again.citation_count, 1);
	SAME(citations[0].url);
	SAME(citations[0].title);
	SAME(citations[0].publisher);
	SAME(citations[0].health);
	SAME(citations[0].archived_url);
	assert_int_equal(again.citations[0].seen_at, 1000);
}

static void addresses_are_added_even_when_nothing_else_is_new(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = newsroom_draft(room, "Ice", "It froze."), again;
	struct bs_draft_address old = { BS_STR("en"), 2019, 3, BS_STR("old-ice") };
	int64_t id;

	draft.public_id = BS_STR("one");
	id = newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_int_equal(load(room, id).address_count, 1);
	draft.addresses = &old;
	draft.address_count = 1;
	assert_int_equal(newsroom_save(room, &draft, NEWSROOM_NOW), id);
	again = load(room, id);
	assert_int_equal(again.address_count, 2);
	assert_true(bs_str_eq(again.addresses[0].slug, old.slug));
}

static void the_address_of_another_story_is_no_former_one(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft first = newsroom_draft(room, "Ice", "It froze."), second = newsroom_draft(room, "Thaw", "It melted.");
	struct bs_draft_address taken = { BS_STR("en"), 2025, 11, BS_STR("ice") };
	struct bs_saved saved;
	struct bs_err err;

	newsroom_save(room, &first, NEWSROOM_NOW);
	second.addresses = &taken;
	second.address_count = 1;
	assert_ok(bs_db_begin(room->db, BS_TX_WRITE, &err), &err);
	assert_int_equal(bs_story_save(room->arena, room->ledger, room->db, &second, NEWSROOM_NOW, &saved, &err), BS_CONFLICT);
	bs_db_rollback(room->db);
	assert_non_null(strstr(err.text, "is that of another story"));
}

static void a_story_that_is_not_there_is_not_found(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft;
	struct bs_err err;

	assert_int_equal(bs_draft_load(room->arena, room->db, 4711, &draft, &err), BS_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		newsroom_test(a_story_read_back_and_saved_again_changes_nothing),
		newsroom_test(everything_a_story_says_is_in_the_draft),
		newsroom_test(what_is_known_of_a_link_is_kept),
		newsroom_test(addresses_are_added_even_when_nothing_else_is_new),
		newsroom_test(the_address_of_another_story_is_no_former_one),
		newsroom_test(a_story_that_is_not_there_is_not_found),
	};

	return cmocka_run_group_tests(tests, NULL, newsroom_remove);
}
