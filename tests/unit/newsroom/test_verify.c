#include "tests/unit/unit.h"

#include "fixture.h"
#include "newsroom/catalog.h"
#include "newsroom/vocabulary.h"

/* A story with all that one can have, and two beside it. */
static struct bs_saved save_whole(struct fixture *f)
{
	struct bs_draft draft = a_story(f, "It was cold."), other = a_story(f, "Another.");
	struct bs_notice_draft notice = { .slug = BS_STR("weather"), .lang = BS_STR("en"), .kind = BS_STR("note"), .placement = BS_STR("end"),
		                          .applies = BS_STR("listed"), .body = draft.body };
	struct bs_draft_correction correction = { .kind = BS_CLARIFICATION, .made_at = NOW - 60, .note = BS_STR("It was colder.") };
	struct bs_saved saved = save(f, &other, NOW);
	struct bs_err err = { 0 };
	int64_t id;
	bool changed;

	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_notice_save(f->arena, f->db, &notice, &id, &changed, &err), &err);
	assert_ok(bs_db_commit(f->db, &err), &err);
	draft.slug = BS_STR("whole");
	draft.summary = BS_STR("In short.");
	draft.source = (struct bs_draft_source){ .name = BS_STR("The Gull"), .url = BS_STR("https://gull.example/") };
	draft.notices = &notice.slug;
	draft.notice_count = 1;
	draft.corrections = &correction;
	draft.correction_count = 1;
	draft.translation_of = public_id_of(f, saved.story_id);
	return save(f, &draft, NOW);
}

/* The statement in a transaction that is taken back, and what verify says of it. */
static enum bs_rc verify_changed(struct fixture *f, const char *sql, struct bs_verify_result *result)
{
	struct bs_err err = { 0 };
	enum bs_rc rc;

	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	database_run(f->db, sql);
	rc = bs_ledger_verify(f->db, &(struct bs_verify_options){ .now = NOW }, result, &err);
	bs_db_rollback(f->db);
	return rc;
}

static void whatever_pages_are_made_from_is_held_against_the_signed_revision(void **state)
{
	static const struct {
		const char *sql, *says;
	} changes[] = {
		{ "UPDATE story SET title_id = (SELECT MAX(id) FROM passage) WHERE slug = 'whole'", "title" },
		{ "UPDATE story SET summary_id = NULL WHERE slug = 'whole'", "summary" },
		{ "UPDATE story SET body_id = (SELECT MIN(id) FROM body) WHERE slug = 'whole'", "newest revision" },
		{ "UPDATE story SET revision_id = 1 WHERE slug = 'whole'", "newest revision" },
		{ "UPDATE story SET slug = 'other' WHERE slug = 'whole'", "slug" },
		{ "UPDATE story SET lang = 'de' WHERE slug = 'whole'", "language" },
		{ "UPDATE story SET kind = 'opinion' WHERE slug = 'whole'", "kind" },
		{ "UPDATE story SET status = 'withdrawn' WHERE slug = 'whole'", "status" },
		{ "UPDATE story SET status = 'scheduled' WHERE slug = 'whole'", "status" },
		{ "UPDATE story SET published_at = published_at + 1 WHERE slug = 'whole'", "published" },
		{ "UPDATE story SET updated_at = 1 WHERE slug = 'whole'", "updated" },
		{ "UPDATE story SET year = 2019 WHERE slug = 'whole'", "month of its address" },
		{ "UPDATE story SET original_id = NULL WHERE slug = 'whole'", "original" },
		{ "UPDATE story SET featured = 2 WHERE slug = 'whole'", "featured" },
		{ "UPDATE story SET licence = 'CC0-1.0' WHERE slug = 'whole'", "licence" },
		{ "UPDATE story SET canonical = 'https://other.example/' WHERE slug = 'whole'", "canonical" },
		{ "UPDATE story SET source_name = 'The Crow' WHERE slug = 'whole'", "source" },
		{ "UPDATE story SET media_contact = 'crow@example.org' WHERE slug = 'whole'", "media_contact" },
		{ "UPDATE story SET reason = 'None.' WHERE slug = 'whole'", "reason" },
		{ "UPDATE story SET authors = 'Somebody' WHERE slug = 'whole'", "authors" },
		{ "UPDATE story SET section_id = NULL WHERE slug = 'whole'", "section" },
		{ "UPDATE story SET related_id = NULL WHERE slug = 'whole'", "section" },
		{ "UPDATE person SET name = 'Somebody'", "authors" },
		{ "UPDATE person SET slug = 'somebody'", "byline" },
		{ "UPDATE story_person SET role = 'editor'", "byline" },
		{ "DELETE FROM story_person", "byline" },
		{ "UPDATE term SET slug = 'trade' WHERE slug = 'shipping'", "terms" },
		{ "DELETE FROM story_term", "terms" },
		{ "DELETE FROM story_notice", "notices" },
		{ "UPDATE story_notice SET placed = 1", "notices" },
		{ "DELETE FROM correction", "corrections" },
		{ "UPDATE correction SET kind = 'update'", "corrections" },
		{ "UPDATE correction SET note_id = 1", "corrections" },
		{ "DELETE FROM listing WHERE kind = 0", "lists" },
		{ "UPDATE listing SET published_at = 0 WHERE kind = 1", "lists" },
		{ "DELETE FROM address WHERE slug = 'whole'", "address" },
		{ "UPDATE revision SET content_hash = hash", "hash of its content" },
	};
	struct fixture *f = *state;
	struct bs_verify_result result;
	struct bs_err err = { 0 };

	save_whole(f);
	assert_ok(bs_ledger_verify(f->db, NULL, &result, &err), &err);
	assert_int_equal(result.stories, 2);
	assert_int_equal(result.renamed, 0);
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		if (verify_changed(f, changes[i].sql, &result) != BS_CORRUPT || strstr(result.text, changes[i].says) == NULL)
			fail_msg("%s: %s", changes[i].sql, result.text);
	}
	assert_ok(bs_ledger_verify(f->db, NULL, &result, &err), &err);
}

static void people_may_be_renamed_and_merged_without_breaking_what_was_signed(void **state)
{
	struct fixture *f = *state;
	struct bs_saved saved = save_whole(f);
	struct bs_draft draft = a_story(f, "By two.");
	struct bs_draft_credit both[] = { { .name = BS_STR("Jon Ask") }, { .name = BS_STR("Mara Lindqvist") } };
	struct bs_person_record person;
	struct bs_verify_result result;
	struct bs_err err = { 0 };

	(void)saved;
	draft.slug = BS_STR("by-two");
	draft.byline = both;
	draft.byline_count = 2;
	save(f, &draft, NOW);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_person_record_read(f->arena, f->db, 1, &person, &err), &err);
	person.slug = BS_STR("mara-ask");
	person.name = BS_STR("Mara Ask");
	assert_ok(bs_person_write(f->arena, f->db, &person, &err), &err);
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_ok(bs_ledger_verify(f->db, NULL, &result, &err), &err);
	assert_int_equal(result.renamed, 3);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_person_merge(f->arena, f->db, 2, 1, &err), &err);
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_ok(bs_ledger_verify(f->db, NULL, &result, &err), &err);
	assert_int_equal(verify_changed(f, "DELETE FROM story_person WHERE story_id = 3", &result), BS_CORRUPT);
}

static void terms_may_be_merged_and_notices_removed_and_made_anew(void **state)
{
	struct fixture *f = *state;
	struct bs_draft_term three[] = { { BS_THEME, BS_STR("ports"), BS_STR("") }, { BS_THEME, BS_STR("ice"), BS_STR("") },
		                         { BS_THEME, BS_STR("shipping"), BS_STR("") } };
	struct bs_draft draft = a_story(f, "Of three.");
	struct bs_notice_draft notice = { .slug = BS_STR("weather"), .lang = BS_STR("en"), .kind = BS_STR("note"), .placement = BS_STR("end"),
		                          .applies = BS_STR("listed"), .body = draft.body };
	struct bs_verify_result result;
	struct bs_err err = { 0 };
	int64_t ports = 0, shipping = 0, id;
	bool changed;

	save_whole(f);
	draft.slug = BS_STR("of-three");
	draft.terms = three;
	draft.term_count = 3;
	save(f, &draft, NOW);
	assert_ok(bs_db_int(f->db, BS_Q_term_by_slug, BS_VALUES(bs_text(BS_STR("theme")), bs_text(BS_STR("ports"))), &ports, &err), &err);
	assert_ok(bs_db_int(f->db, BS_Q_term_by_slug, BS_VALUES(bs_text(BS_STR("theme")), bs_text(BS_STR("shipping"))), &shipping, &err), &err);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_term_merge(f->arena, f->db, ports, shipping, &err), &err);
	assert_ok(bs_notice_remove(f->db, BS_STR("weather"), &err), &err);
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_ok(bs_ledger_verify(f->db, NULL, &result, &err), &err);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_notice_save(f->arena, f->db, &notice, &id, &changed, &err), &err);
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_ok(bs_ledger_verify(f->db, NULL, &result, &err), &err);
}

static void a_scheduled_story_may_wait_and_may_not_be_early(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "Tomorrow.");
	struct bs_verify_result result;
	struct bs_err err = { 0 };
	bool released;
	struct bs_saved saved;

	draft.status = BS_STATUS_SCHEDULED;
	draft.published_at = NOW + 3600;
	saved = save(f, &draft, NOW);
	assert_ok(bs_ledger_verify(f->db, &(struct bs_verify_options){ .now = NOW }, &result, &err), &err);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_story_release(f->arena, f->db, saved.story_id, NOW + 3600, &released, &err), &err);
	assert_ok(bs_db_commit(f->db, &err), &err);
	assert_true(released);
	assert_ok(bs_ledger_verify(f->db, &(struct bs_verify_options){ .now = NOW + 3600 }, &result, &err), &err);
	assert_int_equal(bs_ledger_verify(f->db, &(struct bs_verify_options){ .now = NOW + 3599 }, &result, &err), BS_CORRUPT);
	assert_non_null(strstr(result.text, "status"));
}

static void the_newest_revision_is_signed_by_the_key_of_the_folder(void **state)
{
	struct fixture *f = *state;
	struct bs_draft draft = a_story(f, "It was cold.");
	struct bs_signer signer;
	struct bs_err err = { 0 };
	char path[128];

	assert_ok(bs_ledger_signer(f->keys, f->db, &signer, &err), &err);
	assert_string_equal(signer.key, "");
	save(f, &draft, NOW);
	assert_ok(bs_ledger_signer(f->keys, f->db, &signer, &err), &err);
	assert_true(signer.compared);
	assert_int_equal(strlen(signer.key), 64);
	assert_ok(bs_ledger_signer("/nowhere", f->db, &signer, &err), &err);
	assert_false(signer.compared);
	snprintf(path, sizeof(path), "%s/ledger.key", f->keys);
	unlink(path);
	assert_ok(bs_ledger_signer(f->keys, f->db, &signer, &err), &err); /* by its public half */
	assert_true(signer.compared);
	snprintf(path, sizeof(path), "%s/ledger.pub", f->keys);
	unlink(path);
	assert_ok(bs_ledger_init(f->keys, &err), &err);
	assert_int_equal(bs_ledger_signer(f->keys, f->db, &signer, &err), BS_CORRUPT);
	assert_non_null(strstr(err.text, "is not this newsroom's"));

	/* Another key goes on with the chain, and so vouches for what the first has signed. */
	bs_ledger_close(&f->ledger);
	assert_ok(bs_ledger_open(f->keys, f->db, NOW, &f->ledger, &err), &err);
	draft.slug = BS_STR("second");
	save(f, &draft, NOW + 1);
	assert_ok(bs_ledger_signer(f->keys, f->db, &signer, &err), &err);
	assert_int_equal(signer.others, 1);
}

static int remove_all(void **state)
{
	(void)state;
	database_remove();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(whatever_pages_are_made_from_is_held_against_the_signed_revision, set_up, tear_down),
		cmocka_unit_test_setup_teardown(people_may_be_renamed_and_merged_without_breaking_what_was_signed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(terms_may_be_merged_and_notices_removed_and_made_anew, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_scheduled_story_may_wait_and_may_not_be_early, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_newest_revision_is_signed_by_the_key_of_the_folder, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, remove_all);
}
