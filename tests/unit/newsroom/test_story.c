#include "tests/unit/unit.h"

#include <sys/stat.h>

#include "fixture.h"
#include "newsroom/catalog.h"
#include "newsroom/publication.h"
#include "text/markup.h"

static int64_t count_of(struct fixture *f, enum bs_rc expected, const struct bs_query *query, struct bs_values values)
{
	struct bs_err err = { 0 };
	int64_t count = 0;

	assert_int_equal(bs_db_int(f->db, query, values, &count, &err), expected);
	return count;
}

static void the_same_draft_again_changes_nothing(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "It was cold.");
	struct bs_saved first = save(f, &draft, NOW), again;

	assert_true(first.changed);
	assert_int_equal(first.number, 1);
	draft.public_id = public_id_of(f, first.story_id);
	again = save(f, &draft, NOW + 60);
	assert_false(again.changed);
	assert_true(again.revision_id == first.revision_id);
}

static void an_edit_of_one_paragraph_adds_one_passage(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "It was cold.");
	struct bs_saved first = save(f, &draft, NOW), second;
	struct bs_stmt *stmt = NULL;
	struct bs_err err;
	int64_t before, after;

	assert_ok(bs_db_query(f->db, BS_Q_revision_counts, BS_NO_VALUES, &stmt, &err), &err);
	assert_ok(bs_stmt_next(stmt, &err), &err);
	before = bs_stmt_int(stmt, BS_C_revision_counts_passages);
	bs_stmt_free(&stmt);
	draft = a_story(f, "It was very cold.");
	draft.public_id = public_id_of(f, first.story_id);
	second = save(f, &draft, NOW + 60);
	assert_int_equal(second.number, 2);
	assert_true(second.story_id == first.story_id);
	assert_ok(bs_db_query(f->db, BS_Q_revision_counts, BS_NO_VALUES, &stmt, &err), &err);
	assert_ok(bs_stmt_next(stmt, &err), &err);
	after = bs_stmt_int(stmt, BS_C_revision_counts_passages);
	bs_stmt_free(&stmt);
	assert_int_equal(after - before, 1);
}

static void a_passage_that_stands_twice_is_stored_once(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "The pilots met the <em>minister</em>.");
	struct bs_body body;
	struct bs_err err;
	struct bs_saved saved = save(f, &draft, NOW);
	struct bs_verify_result result;

	(void)saved;
	assert_ok(bs_body_load(f->arena, f->db, count_of(f, BS_OK, BS_Q_revision_newest, BS_VALUES(bs_int(saved.story_id))), &body, &err), &err);
	assert_ok(bs_ledger_verify(f->db, NULL, &result, &err), &err);
	assert_int_equal(result.passages, 2); /* the title and the one paragraph */
}

static void the_ledger_names_the_revision_that_was_tampered_with(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "It was cold.");
	struct bs_saved first = save(f, &draft, NOW);
	struct bs_verify_result result;
	struct bs_err err = { 0 };

	draft = a_story(f, "It was colder.");
	draft.public_id = public_id_of(f, first.story_id);
	save(f, &draft, NOW + 60);
	assert_ok(bs_ledger_verify(f->db, NULL, &result, &err), &err);
	assert_int_equal(result.revisions, 2);
	database_run(f->db, "UPDATE revision SET meta = '{}' WHERE number = 2");
	assert_int_equal(bs_ledger_verify(f->db, NULL, &result, &err), BS_CORRUPT);
	assert_true(result.bad_revision == first.revision_id + 1);
}

static void a_changed_passage_is_found_by_its_hash(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "It was cold.");
	struct bs_verify_result result;
	struct bs_err err = { 0 };

	save(f, &draft, NOW);
	database_run(f->db, "UPDATE passage SET markup = 'It was warm.' WHERE markup = 'It was cold.'");
	assert_int_equal(bs_ledger_verify(f->db, NULL, &result, &err), BS_CORRUPT);
	assert_non_null(strstr(result.text, "does not have the text that its hash names"));
}

static void a_removed_revision_breaks_the_chain(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "One.");
	struct bs_verify_result result;
	struct bs_err err = { 0 };
	struct bs_saved first = save(f, &draft, NOW);

	draft = a_story(f, "Two.");
	draft.slug = BS_STR("another");
	save(f, &draft, NOW + 1);
	draft.slug = BS_STR("a-third");
	save(f, &draft, NOW + 2);
	(void)first;
	database_run(f->db, "DELETE FROM revision WHERE story_id = 2");
	assert_int_equal(bs_ledger_verify(f->db, NULL, &result, &err), BS_CORRUPT);
}

static void a_taken_slug_is_refused_and_a_made_one_finds_a_free_form(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "One.");
	struct bs_saved saved;
	struct bs_err err = { 0 };

	save(f, &draft, NOW);
	draft = a_story(f, "Two.");
	draft.slug = BS_STR("ice-pilots");
	assert_int_equal(try_save(f, &draft, NOW, &saved, &err), BS_CONFLICT);
	assert_non_null(strstr(err.text, "ice-pilots"));
	draft.slug = BS_STR("");
	saved = save(f, &draft, NOW);
	assert_true(count_of(f, BS_OK, BS_Q_address_find, BS_VALUES(bs_text(BS_STR("en")), bs_int(2025), bs_int(11),
	            bs_text(BS_STR("ice-pilots-2")))) == saved.story_id);
	draft = a_story(f, "Three.");
	draft.slug = BS_STR("ice-pilots");
	draft.slug_yields = true;
	saved = save(f, &draft, NOW);
	assert_true(count_of(f, BS_OK, BS_Q_address_find, BS_VALUES(bs_text(BS_STR("en")), bs_int(2025), bs_int(11),
	            bs_text(BS_STR("ice-pilots-3")))) == saved.story_id);
}

static void an_old_address_still_leads_to_the_story(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "One.");
	struct bs_saved saved = save(f, &draft, NOW);

	draft.public_id = public_id_of(f, saved.story_id);
	draft.slug = BS_STR("renamed");
	save(f, &draft, NOW + 1);
	assert_true(count_of(f, BS_OK, BS_Q_address_find, BS_VALUES(bs_text(BS_STR("en")), bs_int(2025), bs_int(11),
	            bs_text(BS_STR("ice-pilots")))) == saved.story_id);
	assert_true(count_of(f, BS_OK, BS_Q_address_find, BS_VALUES(bs_text(BS_STR("en")), bs_int(2025), bs_int(11),
	            bs_text(BS_STR("renamed")))) == saved.story_id);
}

static int64_t listed(struct fixture *f, int kind, int64_t of)
{
	int64_t count = 0;
	struct bs_err err;

	if (bs_db_int(f->db, BS_Q_listing_stories, BS_VALUES(bs_int(kind), bs_int(of), bs_text(BS_STR("en"))), &count, &err) != BS_OK)
		return 0;
	return count;
}

static void only_what_is_published_stands_in_the_lists(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "One.");
	struct bs_saved saved;

	draft.published_at = NOW + 3600;
	saved = save(f, &draft, NOW);
	assert_int_equal(listed(f, 0, 0), 0);
	draft.public_id = public_id_of(f, saved.story_id);
	draft.published_at = NOW - 10;
	save(f, &draft, NOW + 1);
	assert_int_equal(listed(f, 0, 0), 1);
	assert_int_equal(listed(f, 1, 1), 1);
	draft.status = BS_STATUS_WITHDRAWN;
	draft.reason = BS_STR("It was wrong.");
	save(f, &draft, NOW + 2);
	assert_int_equal(listed(f, 0, 0), 0);
	assert_int_equal(listed(f, 1, 1), 0);
}

static void a_published_correction_cannot_be_taken_back(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "One.");
	struct bs_draft_correction corrections[] = {
		{ BS_CORRECTION, NOW, BS_STR("It was two.") }, { BS_UPDATE, NOW + 5, BS_STR("Now three.") } };
	struct bs_saved saved;
	struct bs_err err = { 0 };

	draft.corrections = corrections;
	draft.correction_count = 1;
	saved = save(f, &draft, NOW);
	draft.public_id = public_id_of(f, saved.story_id);
	draft.correction_count = 2;
	save(f, &draft, NOW + 6);
	draft.correction_count = 0;
	assert_int_equal(try_save(f, &draft, NOW + 7, &saved, &err), BS_INVALID);
	assert_true(count_of(f, BS_OK, BS_Q_correction_count, BS_NO_VALUES) == 2);
}

static void a_person_who_is_renamed_is_renamed_on_the_cards(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "One.");
	struct bs_person_draft person = { .slug = BS_STR("mara-lindqvist"), .name = BS_STR("Mara Lind"), .lang = BS_STR("en") };
	struct bs_stmt *stmt = NULL;
	struct bs_err err;
	int64_t id;
	bool changed = false;

	save(f, &draft, NOW);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_person_save(f->arena, f->db, &person, &id, &changed, &err), &err);
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_true(changed);
	assert_ok(bs_db_query(f->db, BS_Q_card_one, BS_VALUES(bs_int(1), bs_text(BS_STR("en"))), &stmt, &err), &err);
	assert_ok(bs_stmt_next(stmt, &err), &err);
	assert_str(bs_stmt_str(stmt, BS_C_card_one_authors), "Mara Lind");
	bs_stmt_free(&stmt);
}

/* By their slugs, in their order. */
static void assert_named(struct fixture *f, int64_t story_id, const char *people, const char *tags)
{
	struct bs_str slugs[2][8];
	struct bs_draft draft;
	struct bs_err err;

	assert_ok(bs_draft_load(f->arena, f->db, story_id, &draft, &err), &err);
	assert_true(draft.byline_count <= 8 && draft.term_count <= 8);
	for (size_t i = 0; i < draft.byline_count; i++)
		slugs[0][i] = draft.byline[i].slug;
	for (size_t i = 0; i < draft.term_count; i++)
		slugs[1][i] = draft.terms[i].slug;
	assert_str(bs_arena_join(f->arena, slugs[0], draft.byline_count, BS_STR(" ")), people);
	assert_str(bs_arena_join(f->arena, slugs[1], draft.term_count, BS_STR(" ")), tags);
}

static struct bs_draft_term tag_of(const char *name)
{
	return (struct bs_draft_term){ .vocabulary = BS_TAG, .name = bs_str_c(name) };
}

static void a_new_name_takes_nobodys_place(void **state)
{
	struct fixture *f = *state;
	struct bs_draft_credit before[] = { { .name = BS_STR("J\u00E1n Nov\u00E1k") } };
	struct bs_draft_credit after[] = {
		{ .name = BS_STR("Jan Novak") }, { .name = BS_STR("jan  NOVAK") }, { .name = BS_STR("!!!") }, { .name = BS_STR("???") } };
	struct bs_draft_term first[] = { tag_of("C"), tag_of("\u00C9conomie") };
	struct bs_draft_term then[] = { tag_of("C#"), tag_of("C++"), tag_of("C"), tag_of("c"), tag_of("Economie"), tag_of(" economie"),
		tag_of("c++") };
	struct bs_draft draft = a_story(f, "One.");
	struct bs_saved old, fresh;
	struct bs_stmt *stmt = NULL;
	struct bs_err err;

	draft.byline = before;
	draft.byline_count = BS_COUNT(before);
	draft.terms = first;
	draft.term_count = BS_COUNT(first);
	old = save(f, &draft, NOW);
	draft.byline = after;
	draft.byline_count = BS_COUNT(after);
	draft.terms = then;
	draft.term_count = BS_COUNT(then);
	fresh = save(f, &draft, NOW);
	assert_named(f, old.story_id, "jan-novak", "c economie");
	assert_named(f, fresh.story_id, "jan-novak-2 person person-2", "c-sharp c-plus-plus c economie-2");
	assert_ok(bs_db_query(f->db, BS_Q_card_one, BS_VALUES(bs_int(old.story_id), bs_text(BS_STR("en"))), &stmt, &err), &err);
	assert_ok(bs_stmt_next(stmt, &err), &err);
	assert_str(bs_stmt_str(stmt, BS_C_card_one_authors), "J\u00E1n Nov\u00E1k");
	bs_stmt_free(&stmt);
	assert_ok(bs_db_query(f->db, BS_Q_term_by_name, BS_VALUES(bs_text(BS_STR("tag")), bs_text(BS_STR("C"))), &stmt, &err), &err);
	assert_ok(bs_stmt_next(stmt, &err), &err);
	assert_str(bs_stmt_str(stmt, BS_C_term_by_name_slug), "c");
	bs_stmt_free(&stmt);
}

static void the_manifest_is_canonical_json_that_the_public_key_signed(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "One \"quoted\" line.");
	struct bs_saved saved = save(f, &draft, NOW);
	struct bs_str manifest;
	struct bs_err err;

	assert_ok(bs_manifest_make(f->arena, f->db, saved.revision_id, &manifest, &err), &err);
	assert_true(bs_str_starts(manifest, BS_STR("{\"broadsheet\":1,\"chain\":null,\"created\":\"2025-11-14T09:30:00Z\",\"key\":\"")));
	assert_true(bs_str_find(manifest, BS_STR("\"previous\":null,\"revision\":1,\"story\":\""), 0) != SIZE_MAX);
}

static void the_publication_is_read_whole(void **state)
{
	struct fixture *f = *state;
	struct bs_publication *p = NULL;
	struct bs_draft draft = a_story(f, "One.");
	struct bs_err err = { 0 };
	bool changed;

	save(f, &draft, NOW);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_setting_set(f->db, BS_STR("name"), BS_STR("The Northern Courier"), &changed, &err), &err);
	assert_int_equal(bs_setting_set(f->db, BS_STR("nam"), BS_STR("x"), &changed, &err), BS_NOT_FOUND);
	assert_non_null(strstr(err.text, "did you mean 'name'"));
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_ok(bs_publication_load(f->db, &p, &err), &err);
	assert_str(bs_publication_text(p, p->names, p->name_count, p->lang), "The Northern Courier");
	assert_int_equal(p->section_count, 1);
	assert_str(p->sections[0].slug, "shipping");
	bs_publication_free(&p);
}

static int remove_database(void **state)
{
	(void)state;
	database_remove();
	return 0;
}

#define story_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		story_test(the_same_draft_again_changes_nothing),
		story_test(an_edit_of_one_paragraph_adds_one_passage),
		story_test(a_passage_that_stands_twice_is_stored_once),
		story_test(the_ledger_names_the_revision_that_was_tampered_with),
		story_test(a_changed_passage_is_found_by_its_hash),
		story_test(a_removed_revision_breaks_the_chain),
		story_test(a_taken_slug_is_refused_and_a_made_one_finds_a_free_form),
		story_test(an_old_address_still_leads_to_the_story),
		story_test(only_what_is_published_stands_in_the_lists),
		story_test(a_published_correction_cannot_be_taken_back),
		story_test(a_person_who_is_renamed_is_renamed_on_the_cards),
		story_test(a_new_name_takes_nobodys_place),
		story_test(the_manifest_is_canonical_json_that_the_public_key_signed),
		story_test(the_publication_is_read_whole),
	};

	return cmocka_run_group_tests_name("newsroom-story", tests, NULL, remove_database);
}
