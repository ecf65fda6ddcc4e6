/* Scheduled stories: hidden until their time, then just what they would be had they been published at once. */
#include "newsroom.h"

#include "newsroom/search.h"
#include "newsroom/listing.h"
#include "newsroom/translation.h"

enum { LATER = NEWSROOM_NOW + 3600 };

static struct bs_draft scheduled(struct newsroom *room, const char *title)
{
	struct bs_draft draft = newsroom_draft(room, title, "The harbour office says nothing until noon.");
	struct bs_draft_credit *credit = BS_NEW(room->arena, struct bs_draft_credit);
	struct bs_draft_term *terms = BS_ARRAY(room->arena, 2, struct bs_draft_term);

	*credit = (struct bs_draft_credit){ .name = BS_STR("Mara Lindqvist") };
	terms[0] = (struct bs_draft_term){ BS_THEME, BS_STR("shipping"), BS_STR("Shipping") };
	terms[1] = (struct bs_draft_term){ BS_TAG, BS_STR("merger"), BS_STR("Merger") };
	draft.status = BS_STATUS_SCHEDULED;
	draft.published_at = LATER;
	draft.summary = BS_STR("Two lines <em>merge</em>");
	draft.subtitle = BS_STR("Behind the scenes");
	draft.byline = credit;
	draft.byline_count = 1;
	draft.terms = terms;
	draft.term_count = 2;
	return draft;
}

static bool release(struct newsroom *room, int64_t story_id, int64_t now)
{
	bool released = false;
	struct bs_err err;

	assert_ok(bs_db_begin(room->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_story_release(room->arena, room->db, story_id, now, &released, &err), &err);
	assert_ok(bs_db_commit(room->db, &err), &err);
	return released;
}

static bool is_public(struct newsroom *room, int64_t story_id)
{
	struct bs_stmt *stmt = NULL;
	struct bs_err err;
	enum bs_rc rc;

	assert_ok(bs_db_query(room->db, BS_Q_card_one, BS_VALUES(bs_int(story_id), bs_text(BS_STR("en"))), &stmt, &err), &err);
	rc = bs_stmt_next(stmt, &err);
	bs_stmt_free(&stmt);
	return rc == BS_OK;
}

/* "0:0 1:3 …" the lists it stands in. */
static const char *lists_of(struct newsroom *room, int64_t story_id, char *out, size_t size)
{
	struct bs_stmt *stmt = NULL;
	size_t len = 0;
	struct bs_err err;

	out[0] = '\0';
	assert_ok(bs_db_query(room->db, BS_Q_listing_of_story, BS_VALUES(bs_int(story_id)), &stmt, &err), &err);
	while (bs_stmt_next(stmt, &err) == BS_OK)
		len += (size_t)snprintf(out + len, size - len, "%d:%d ", (int)bs_stmt_int(stmt, BS_C_listing_of_story_kind),
		                        (int)bs_stmt_int(stmt, BS_C_listing_of_story_of));
	bs_stmt_free(&stmt);
	return out;
}

static size_t found(struct newsroom *room, const char *words)
{
	struct bs_search search;
	struct bs_search_result result;
	struct bs_err err;

	bs_search_parse(room->arena, bs_lang_find(BS_STR("en")), bs_str_c(words), false, &search);
	assert_ok(bs_search_find(room->arena, room->db, &search, BS_STR("en"), (struct bs_search_range){ .count = 10 }, &result, &err), &err);
	return result.count;
}

static void it_is_nowhere_until_its_time_has_come(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = scheduled(room, "Merger");
	int64_t id = newsroom_save(room, &draft, NEWSROOM_NOW);
	char lists[200];

	assert_false(is_public(room, id));
	assert_string_equal(lists_of(room, id, lists, sizeof(lists)), "");
	assert_int_equal(found(room, "merger"), 0);
	assert_false(release(room, id, LATER - 1));
	assert_false(is_public(room, id));
	assert_true(release(room, id, LATER));
	assert_true(is_public(room, id));
	assert_int_equal(found(room, "merger"), 1);
	assert_false(release(room, id, LATER)); /* once */
}

static void released_it_is_what_it_would_be_had_it_been_published(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = scheduled(room, "Merger");
	int64_t late = newsroom_save(room, &draft, NEWSROOM_NOW), prompt;
	char a[200], b[200];

	assert_true(release(room, late, LATER));
	prompt = newsroom_save(room, &draft, LATER);
	assert_string_equal(lists_of(room, late, a, sizeof(a)), lists_of(room, prompt, b, sizeof(b)));
	assert_true(strlen(a) > 10);
	assert_int_equal(found(room, "merger"), 2);
	assert_int_equal(found(room, "\"two lines\""), 2);       /* summary */
	assert_int_equal(found(room, "\"behind the scenes\""), 2); /* subtitle */
	assert_int_equal(found(room, "harbour"), 2);
}

static void its_release_writes_no_revision_and_the_ledger_stays_whole(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = scheduled(room, "Merger");
	struct bs_verify_result result = { 0 };
	struct bs_err err;

	assert_true(release(room, newsroom_save(room, &draft, NEWSROOM_NOW), LATER));
	assert_ok(bs_ledger_verify(room->db, NULL, &result, &err), &err);
	assert_int_equal(result.revisions, 1);
}

static void its_release_touches_whatever_shows_it(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = scheduled(room, "Merger");
	int64_t id = newsroom_save(room, &draft, NEWSROOM_NOW), last = 0;
	char tag[BS_TAG_MAX], seen[400] = " ";
	struct bs_stmt *stmt = NULL;
	struct bs_err err;

	assert_ok(bs_db_query(room->db, BS_Q_change_bounds, BS_NO_VALUES, &stmt, &err), &err);
	assert_ok(bs_stmt_next(stmt, &err), &err);
	last = bs_stmt_int(stmt, BS_C_change_bounds_newest);
	bs_stmt_free(&stmt);
	assert_true(release(room, id, LATER));
	assert_ok(bs_db_query(room->db, BS_Q_change_after, BS_VALUES(bs_int(last), bs_int(100)), &stmt, &err), &err);
	while (bs_stmt_next(stmt, &err) == BS_OK) {
		struct bs_str text = bs_stmt_str(stmt, BS_C_change_after_tag);
		size_t len = strlen(seen);
		snprintf(seen + len, sizeof(seen) - len, "%.*s ", (int)text.len, text.ptr);
	}
	bs_stmt_free(&stmt);
	(void)bs_tag(BS_TAG_STORY, id, tag);
	assert_non_null(strstr(seen, tag));
	assert_non_null(strstr(seen, " latest "));
	assert_non_null(strstr(seen, " term:1 "));
	assert_non_null(strstr(seen, " term:2 "));
	assert_non_null(strstr(seen, " person:1 "));
	assert_non_null(strstr(seen, " site ")); /* the first of its language and section */
}

static void only_what_is_still_scheduled_is_released(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = scheduled(room, "Merger");
	int64_t id;

	draft.public_id = BS_STR("merger");
	id = newsroom_save(room, &draft, NEWSROOM_NOW);
	draft.status = BS_STATUS_DRAFT;
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_false(release(room, id, LATER));
	draft.status = BS_STATUS_SCHEDULED;
	draft.published_at = LATER + 60;
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_false(release(room, id, LATER));
	assert_true(release(room, id, LATER + 60));
	assert_false(release(room, 999, LATER));
}

static void what_is_out_stays_out_when_the_clock_goes_back(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = scheduled(room, "Merger");
	int64_t id;

	draft.public_id = BS_STR("merger");
	id = newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_true(release(room, id, LATER));
	draft.summary = BS_STR("Another summary");
	(void)newsroom_save(room, &draft, LATER - 5);
	assert_true(is_public(room, id));
	draft.published_at = LATER + 60; /* but a person may take it back */
	(void)newsroom_save(room, &draft, LATER - 5);
	assert_false(is_public(room, id));
}

/* "de" in the listings of the original, by what its passages say in German, until readers have a German story of its own. */
static void a_scheduled_story_takes_the_place_of_translated_passages_only_at_its_time(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft original = newsroom_draft(room, "Ice", "It is cold."), german = scheduled(room, "Eis");
	struct bs_translation_by by = { .origin = BS_ORIGIN_ENGINE, .maker = BS_STR("engine") };
	struct bs_translation words[2];
	struct bs_translation_row *rows;
	struct bs_translation_state *states;
	int64_t id, native, length = 0;
	size_t count = 0, written = 0;
	struct bs_err err;

	original.public_id = BS_STR("ice");
	id = newsroom_save(room, &original, NEWSROOM_NOW);
	assert_ok(bs_translation_of_story(room->arena, room->db, id, BS_STR("de"), &rows, &count, &err), &err);
	assert_int_equal(count, 2);
	words[0] = (struct bs_translation){ rows[0].passage_id, BS_STR("Eis") };
	words[1] = (struct bs_translation){ rows[1].passage_id, BS_STR("Es ist kalt.") };
	assert_ok(bs_db_begin(room->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_translation_save(room->arena, room->db, BS_STR("de"), words, 2, &by, NEWSROOM_NOW, &written, &err), &err);
	assert_ok(bs_db_commit(room->db, &err), &err);
	german.lang = BS_STR("de");
	german.translation_of = BS_STR("ice");
	native = newsroom_save(room, &german, NEWSROOM_NOW);
	assert_ok(bs_list_length(room->db, (struct bs_list){ BS_LIST_ALL, 0 }, BS_STR("de"), &length, &err), &err);
	assert_int_equal(length, 1); /* the translated passages still */
	assert_true(release(room, native, LATER));
	assert_ok(bs_list_length(room->db, (struct bs_list){ BS_LIST_ALL, 0 }, BS_STR("de"), &length, &err), &err);
	assert_int_equal(length, 1); /* the German story alone */
	assert_ok(bs_translation_states(room->arena, room->db, id, &states, &count, &err), &err);
	assert_int_equal(count, 1);
	assert_false(states[0].listed);
}

static void the_next_ones_are_told_in_their_order(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft a = scheduled(room, "A"), b = scheduled(room, "B"), c = scheduled(room, "C");
	struct bs_scheduled *list;
	size_t count;
	int64_t first, second;
	struct bs_err err;

	a.published_at = LATER + 200;
	b.published_at = LATER + 100;
	c.status = BS_STATUS_DRAFT;
	second = newsroom_save(room, &a, NEWSROOM_NOW);
	first = newsroom_save(room, &b, NEWSROOM_NOW);
	(void)newsroom_save(room, &c, NEWSROOM_NOW);
	assert_ok(bs_story_scheduled(room->arena, room->db, &list, &count, &err), &err);
	assert_int_equal(count, 2);
	assert_int_equal(list[0].story_id, first);
	assert_int_equal(list[0].at, LATER + 100);
	assert_int_equal(list[1].story_id, second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		newsroom_test(it_is_nowhere_until_its_time_has_come),
		newsroom_test(released_it_is_what_it_would_be_had_it_been_published),
		newsroom_test(its_release_writes_no_revision_and_the_ledger_stays_whole),
		newsroom_test(its_release_touches_whatever_shows_it),
		newsroom_test(only_what_is_still_scheduled_is_released),
		newsroom_test(what_is_out_stays_out_when_the_clock_goes_back),
		newsroom_test(a_scheduled_story_takes_the_place_of_translated_passages_only_at_its_time),
		newsroom_test(the_next_ones_are_told_in_their_order),
	};

	return cmocka_run_group_tests(tests, NULL, newsroom_remove);
}
