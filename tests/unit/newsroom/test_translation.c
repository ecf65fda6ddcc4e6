/* Translations of passages, on either database. */
#include "tests/unit/unit.h"

#include "fixture.h"
#include "newsroom/catalog.h"
#include "newsroom/translation.h"

static const struct bs_translation_by engine = { BS_ORIGIN_ENGINE, BS_STR_INIT("Apertium"), 0, 0 };
static const struct bs_translation_by person = { BS_ORIGIN_PERSON, BS_STR_INIT("Ilse Brandt"), 0, 0 };

static size_t rows_of(struct fixture *f, int64_t story_id, const char *lang, struct bs_translation_row **rows)
{
	struct bs_err err;
	size_t count;

	assert_ok(bs_translation_of_story(f->arena, f->db, story_id, bs_str_c(lang), rows, &count, &err), &err);
	return count;
}

/* Says each passage of the story in the language, but those from `but` on: "[de] The pilots met …". */
static size_t translate(struct fixture *f, int64_t story_id, const char *lang, const struct bs_translation_by *by, size_t but)
{
	struct bs_translation_row *rows;
	size_t count = rows_of(f, story_id, lang, &rows), written = 0;
	struct bs_translation *list = BS_ARRAY(f->arena, count, struct bs_translation);
	struct bs_err err;

	for (size_t i = 0; i < count; i++)
		list[i] = (struct bs_translation){ rows[i].passage_id,
			bs_arena_printf(f->arena, "[%.*s] %.*s", BS_ARG(by->maker), BS_ARG(rows[i].source)) };
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_translation_save(f->arena, f->db, bs_str_c(lang), list, count < but ? count : but, by, NOW + 60, &written, &err), &err);
	assert_ok(bs_db_commit(f->db, &err), &err);
	return written;
}

static struct bs_translation_state state_of(struct fixture *f, int64_t story_id, const char *lang)
{
	struct bs_translation_state *states;
	struct bs_err err;
	size_t count;

	assert_ok(bs_translation_states(f->arena, f->db, story_id, &states, &count, &err), &err);
	for (size_t i = 0; i < count; i++) {
		if (bs_str_eq(states[i].lang, bs_str_c(lang)))
			return states[i];
	}
	fail_msg("nobody began %s", lang);
	return (struct bs_translation_state){ 0 };
}

static int64_t listed_in(struct fixture *f, const char *lang)
{
	int64_t stories = 0;
	struct bs_err err;

	enum bs_rc rc = bs_db_int(f->db, BS_Q_listing_stories, BS_VALUES(bs_int(0), bs_int(0), bs_text(bs_str_c(lang))), &stories, &err);

	assert_true(rc == BS_OK || rc == BS_NOT_FOUND);
	return stories;
}

static void a_story_is_its_passages_each_once_and_those_with_letters(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "The pilots met the <em>minister</em>.");
	struct bs_translation_row *rows;
	int64_t story = save(f, &draft, NOW).story_id;

	assert_int_equal(rows_of(f, story, "de", &rows), 2);
	assert_str(rows[0].path, "@title");
	assert_str(rows[0].source, "Ice &amp; pilots");
	assert_int_equal(rows[0].target.len, 0);
	draft.body.blocks[1] = (struct bs_block){ BS_STR("pre"), BS_STR("code="), BS_STR("int main(void)") };
	draft.body.blocks[0] = (struct bs_block){ BS_STR("p"), BS_STR(""), BS_STR("1997 – <b>40</b>") };
	draft.public_id = public_id_of(f, story);
	save(f, &draft, NOW);
	assert_int_equal(rows_of(f, story, "de", &rows), 1);
}

static void an_edited_paragraph_leaves_one_passage_untranslated(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "It was cold.");
	int64_t story = save(f, &draft, NOW).story_id;
	struct bs_translation_state now;

	assert_int_equal(translate(f, story, "de", &person, 9), 3);
	now = state_of(f, story, "de");
	assert_int_equal(now.done, 3);
	assert_int_equal(now.by_person, 3);
	assert_int_equal(now.number, 1);
	draft.body.blocks[1].markup = BS_STR("It was very cold.");
	draft.public_id = public_id_of(f, story);
	save(f, &draft, NOW + 100);
	now = state_of(f, story, "de");
	assert_int_equal(now.passages, 3);
	assert_int_equal(now.done, 2);
	assert_int_equal(now.number, 1); /* the revision that was translated whole */
	assert_int_equal(translate(f, story, "de", &person, 9), 1);
	assert_int_equal(state_of(f, story, "de").number, 2);
}

static void an_engine_never_replaces_a_persons_words(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "It was cold.");
	int64_t story = save(f, &draft, NOW).story_id;
	struct bs_translation_row *rows;
	struct bs_err err;
	int64_t entry = 0;

	assert_int_equal(translate(f, story, "de", &engine, 9), 3);
	assert_int_equal(translate(f, story, "de", &person, 1), 1);
	assert_int_equal(translate(f, story, "de", &(struct bs_translation_by){ BS_ORIGIN_ENGINE, BS_STR("Other"), 0, 0 }, 9), 2);
	rows_of(f, story, "de", &rows);
	assert_str(rows[0].target, "[Ilse Brandt] Ice &amp; pilots");
	assert_true(rows[0].by_person);
	assert_str(rows[1].maker, "Other");
	assert_false(rows[1].by_person);
	/* What it offered is kept, and a person may yet take it. */
	assert_ok(bs_db_int(f->db, BS_Q_translation_entries, BS_VALUES(bs_int(rows[0].passage_id), bs_text(BS_STR("de"))), &entry, &err), &err);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_translation_approve(f->arena, f->db, &entry, 1, 0, NOW + 90, &err), &err);
	entry += 99;
	assert_int_equal(bs_translation_approve(f->arena, f->db, &entry, 1, 0, NOW + 90, &err), BS_NOT_FOUND);
	bs_db_rollback(f->db);
}

static void set_approval(struct fixture *f, const char *value)
{
	struct bs_err err;
	bool changed;

	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_setting_set(f->db, BS_STR("translation.approval"), bs_str_c(value), &changed, &err), &err);
	assert_ok(bs_db_commit(f->db, &err), &err);
}

static void what_waits_for_a_second_person_is_neither_readers_nor_lost_to_an_engine(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "It was cold.");
	int64_t story = save(f, &draft, NOW).story_id, entries[3];
	struct bs_translation_row *rows;
	struct bs_err err;
	size_t count;

	set_approval(f, "hidden");
	assert_int_equal(translate(f, story, "de", &person, 9), 3);
	assert_int_equal(state_of(f, story, "de").done, 0);
	assert_str(state_of(f, story, "de").state, "human");
	assert_int_equal(translate(f, story, "de", &engine, 9), 3);
	count = rows_of(f, story, "de", &rows);
	assert_int_equal(count, 3);
	for (size_t i = 0; i < count; i++) {
		assert_false(rows[i].by_person);
		assert_true(rows[i].offered.len > 0 && bs_translation_by_hand(&rows[i]));
		entries[i] = rows[i].entry_id;
	}
	assert_str(bs_translation_said(&rows[0]), "[Ilse Brandt] Ice &amp; pilots");
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_translation_approve(f->arena, f->db, entries, 3, 0, NOW + 90, &err), &err);
	assert_ok(bs_db_commit(f->db, &err), &err);
	rows_of(f, story, "de", &rows);
	assert_str(rows[0].target, "[Ilse Brandt] Ice &amp; pilots");
	assert_int_equal(rows[0].offered.len, 0);
	assert_true(rows[0].by_person && rows[0].approved);
	assert_str(state_of(f, story, "de").state, "approved");
	set_approval(f, "off");
}

static void what_took_a_translated_passages_place_comes_back_until_a_person_did_it(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "The ship came in the night.");
	int64_t story = save(f, &draft, NOW).story_id;
	struct bs_translation_before *befores;
	struct bs_err err;
	size_t count;

	translate(f, story, "de", &person, 9);
	assert_int_equal(state_of(f, story, "de").stale, 0);
	draft.public_id = public_id_of(f, story);
	draft.body.blocks[1].markup = BS_STR("The ship came late in the night.");
	save(f, &draft, NOW + 100);
	assert_int_equal(state_of(f, story, "de").stale, 1);
	assert_ok(bs_translation_befores(f->arena, f->db, story, BS_STR("de"), &befores, &count, &err), &err);
	assert_int_equal(count, 1);
	assert_str(befores[0].source, "The ship came in the night.");
	assert_str(befores[0].target, "[Ilse Brandt] The ship came in the night.");
	translate(f, story, "de", &engine, 9);
	assert_int_equal(state_of(f, story, "de").stale, 1);
	translate(f, story, "de", &person, 9);
	assert_int_equal(state_of(f, story, "de").stale, 0);
}

static void what_two_stories_share_is_translated_once(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "It was cold.");
	int64_t first = save(f, &draft, NOW).story_id, second;
	struct bs_translation_row *rows;

	draft.title = BS_STR("Another");
	second = save(f, &draft, NOW).story_id;
	translate(f, first, "ar", &engine, 9);
	assert_int_equal(rows_of(f, second, "ar", &rows), 3);
	assert_int_equal(rows[0].target.len, 0);
	assert_true(rows[1].target.len > 0 && rows[2].target.len > 0);
	assert_int_equal(state_of(f, second, "ar").done, 2);
}

static void a_story_is_listed_in_a_language_when_it_is_far_enough(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "It was cold.");
	int64_t story = save(f, &draft, NOW).story_id;

	translate(f, story, "de", &engine, 1);
	assert_false(state_of(f, story, "de").listed);
	assert_int_equal(listed_in(f, "de"), 0);
	translate(f, story, "de", &engine, 9);
	assert_true(state_of(f, story, "de").listed);
	assert_int_equal(listed_in(f, "de"), 1);
	/* A new revision keeps it there, a withdrawn story leaves every language. */
	draft.public_id = public_id_of(f, story);
	draft.body.blocks[1].markup = BS_STR("Now it thaws.");
	draft.title = BS_STR("Thaw");
	save(f, &draft, NOW + 5);
	assert_int_equal(state_of(f, story, "de").done, 1);
	assert_int_equal(listed_in(f, "de"), 1);
	draft.status = BS_STATUS_WITHDRAWN;
	draft.reason = BS_STR("wrong");
	save(f, &draft, NOW + 9);
	assert_int_equal(listed_in(f, "de"), 0);
	assert_int_equal(listed_in(f, "en"), 0);
}

static void a_story_told_anew_takes_the_place_of_translated_passages(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "It was cold.");
	int64_t story = save(f, &draft, NOW).story_id;
	struct bs_draft own = a_story(f, "Es war kalt.");

	translate(f, story, "de", &engine, 9);
	own.lang = BS_STR("de");
	own.title = BS_STR("Eis");
	own.translation_of = public_id_of(f, story);
	save(f, &own, NOW);
	assert_int_equal(listed_in(f, "de"), 1);
	assert_false(state_of(f, story, "de").listed);
}

static void what_cannot_be_a_translation_is_refused(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "It was cold.");
	int64_t story = save(f, &draft, NOW).story_id;
	struct bs_translation_row *rows;
	struct bs_translation one = { 0, BS_STR("x") };
	struct bs_translation_by nobody = { BS_ORIGIN_PERSON, BS_STR(""), 0, 0 };
	size_t written;
	struct bs_err err;
	const struct {
		int64_t passage;
		const char *lang, *markup;
		const struct bs_translation_by *by;
		enum bs_rc rc;
	} bad[] = { { 4711, "de", "x", &person, BS_NOT_FOUND }, { 0, "en", "x", &person, BS_INVALID }, { 0, "de", "", &person, BS_INVALID },
		    { 0, "xx", "x", &person, BS_INVALID }, { 0, "de", "x", &nobody, BS_INVALID } };

	rows_of(f, story, "de", &rows);
	for (size_t i = 0; i < BS_COUNT(bad); i++) {
		one = (struct bs_translation){ bad[i].passage != 0 ? bad[i].passage : rows[0].passage_id, bs_str_c(bad[i].markup) };
		assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
		assert_int_equal(bs_translation_save(f->arena, f->db, bs_str_c(bad[i].lang), &one, 1, bad[i].by, NOW, &written, &err), bad[i].rc);
		bs_db_rollback(f->db);
	}
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_story_is_its_passages_each_once_and_those_with_letters),
		CASE(an_edited_paragraph_leaves_one_passage_untranslated),
		CASE(an_engine_never_replaces_a_persons_words),
		CASE(what_waits_for_a_second_person_is_neither_readers_nor_lost_to_an_engine),
		CASE(what_took_a_translated_passages_place_comes_back_until_a_person_did_it),
		CASE(what_two_stories_share_is_translated_once),
		CASE(a_story_is_listed_in_a_language_when_it_is_far_enough),
		CASE(a_story_told_anew_takes_the_place_of_translated_passages),
		CASE(what_cannot_be_a_translation_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
