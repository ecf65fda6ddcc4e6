/* test_story_file.c - a story written as a file is read back as it was, whatever it says; and how such a file looks. */
#include "tests/unit/unit.h"

#include "random.h"
#include "base/limits.h"
#include "syndicate/export/story_file.h"
#include "text/html.h"
#include "text/markdown.h"
#include "text/markup.h"

struct fixture {
	struct bs_arena *arena;
	struct bs_buf out;
	const struct bs_zone *zone;
};

static int set_up(void **state)
{
	struct fixture *f = bs_alloc(sizeof(*f));
	struct bs_err err;

	*f = (struct fixture){ .arena = bs_arena_new(), .out = BS_BUF(BS_MAX_DOCUMENT) };
	assert_ok(bs_zone_find(BS_STR("Europe/Helsinki"), &f->zone, &err), &err);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	bs_buf_free(&f->out);
	bs_arena_free(&f->arena);
	free(f);
	return 0;
}

static enum bs_rc write_story(struct fixture *f, const struct bs_incoming *story, struct bs_err *err)
{
	const struct bs_story_file file = { .story = story, .home = &bs_langs[BS_LANG_en], .zone = f->zone };

	bs_buf_reset(&f->out);
	return bs_story_file_write(f->arena, &file, &f->out, err);
}

static enum bs_rc read_story(struct fixture *f, struct bs_str bytes, struct bs_incoming *out, struct bs_err *err)
{
	struct bs_remarks *remarks = BS_NEW(f->arena, struct bs_remarks);
	struct bs_document *document = BS_NEW(f->arena, struct bs_document);
	const struct bs_reading reading = { .arena = f->arena, .document = document, .path = BS_STR("stories/2019-01-01-other-name.de.md"),
		                            .lang = &bs_langs[BS_LANG_de], .home = &bs_langs[BS_LANG_en], .zone = f->zone, .remarks = remarks };
	enum bs_rc rc;

	*remarks = BS_REMARKS(f->arena);
	rc = bs_document_read(bytes, BS_FORMAT_AUTO, document, remarks, err);
	return rc == BS_OK ? bs_incoming_read(&reading, out, err) : rc;
}

static struct bs_incoming a_story(struct fixture *f, const char *title)
{
	return (struct bs_incoming){ .accession = 7, .draft = { .lang = BS_STR("en"), .public_id = BS_STR("abc"), .slug = BS_STR("ice"),
	                             .status = BS_STATUS_PUBLISHED, .published_at = 1763094600,
	                             .title = bs_markup_of_text(f->arena, bs_str_c(title)) } };
}

static void a_file_looks_as_a_person_would_write_it(void **state)
{
	static struct bs_draft_credit byline[] = { { .slug = BS_STR_INIT("ann-moe"), .role = BS_ROLE_AUTHOR } };
	static struct bs_draft_term terms[] = { { .vocabulary = BS_THEME, .slug = BS_STR_INIT("ice") },
		                                { .vocabulary = BS_REGION, .slug = BS_STR_INIT("north") },
		                                { .vocabulary = BS_THEME, .slug = BS_STR_INIT("science") } };
	struct fixture *f = *state;
	struct bs_incoming story = a_story(f, "The First Ice");
	struct bs_err err = { 0 };

	story.draft.subtitle = BS_STR("Aboard the <em>Varg</em>");
	story.draft.byline = byline;
	story.draft.byline_count = 1;
	story.draft.terms = terms;
	story.draft.term_count = 3;
	story.image_file = BS_STR("../pictures/ice.webp");
	story.draft.image.alt = BS_STR("Ice &amp; sea");
	assert_ok(bs_markdown_blocks(f->arena, BS_STR("It began.\n\n## Then"), NULL, &story.draft.body, &err), &err);
	assert_ok(write_story(f, &story, &err), &err);
	assert_str(bs_buf_str(&f->out), "---\ntitle: The First Ice\nsubtitle: Aboard the *Varg*\nslug: ice\nid: abc\naccession: 7\nlanguage: en\n"
	                                "published: 2025-11-14T06:30:00+02:00\nbyline:\n  - {person: ann-moe, role: author}\nregions: [north]\n"
	                                "themes: [ice, science]\nimage:\n  file: ../pictures/ice.webp\n  alt: Ice & sea\n---\n\nIt began.\n\n"
	                                "## Then\n");
}

static void what_an_import_would_refuse_is_told(void **state)
{
	struct fixture *f = *state;
	struct bs_incoming story = a_story(f, "Ice");
	struct bs_err err = { 0 };

	story.draft.canonical = BS_STR("elsewhere.example/a");
	assert_int_equal(write_story(f, &story, &err), BS_INVALID);
	assert_non_null(strstr(err.text, "canonical"));
	assert_true(f->out.len > 0);
}

static void an_export_says_all_there_is_to_say(void **state)
{
	struct fixture *f = *state;
	struct bs_incoming story;
	struct bs_err err = { 0 };

	/* Without the number the date would be that of the file's name, the heading and the shortcode be gone, the author be one. */
	assert_ok(read_story(f, BS_STR("---\ntitle: Ice\nslug: ice\naccession: 1\nlanguage: en\nstatus: draft\nupdated: 2020-01-01\nauthor: Bo\n"
	                               "Title: x\n---\n\n## Ice\n\nText {{< x >}}\n"), &story, &err), &err);
	assert_true(story.draft.published_at == 0);
	assert_true(story.draft.updated_at != 0);
	assert_int_equal(story.draft.byline_count, 0);
	assert_int_equal(story.draft.body.count, 2);
	assert_str(story.draft.body.blocks[1].markup, "Text {{&lt; x &gt;}}");
	assert_str(bs_json_string(bs_json_get(story.draft.extra, BS_STR("author"))), "Bo");
	assert_str(bs_json_string(bs_json_get(story.draft.extra, BS_STR("Title"))), "x");
}

/* --- any story -------------------------------------------------------------------------------------------------------------- */

static struct bs_str markup(struct random *r, size_t pieces)
{
	struct bs_str made = { 0 };

	if (random_chance(r, 3))
		return made;
	if (random_chance(r, 2))
		return bs_markup_of_text(r->arena, random_text(r, pieces, false));
	assert_int_equal(bs_html_markup(r->arena, random_text(r, pieces, true), NULL, &made, NULL), BS_OK);
	return made;
}

static struct bs_str line(struct random *r, size_t pieces)
{
	return random_chance(r, 3) ? (struct bs_str){ 0 } : bs_str_trim(random_text(r, pieces, false));
}

static int64_t some_time(struct random *r)
{
	if (random_chance(r, 3))
		return 0;
	return random_chance(r, 3) ? 3600 * (int64_t)random_below(r, 500000) : (int64_t)random_below(r, 4000000000) - 1000000000;
}

static struct bs_str slug(struct random *r)
{
	static const char *const slugs[] = { "ice", "yes", "null", "1984", "2025-11-14", "con", "a-b", "0x1f", "1e3" };

	return bs_str_c(slugs[random_below(r, BS_COUNT(slugs))]);
}

/* As a story may have them (bs_url_tidy). */
static struct bs_str url(struct random *r)
{
	static const char *const urls[] = { "", "https://a.example/", "http://b.example/?c=d&e=%5Bf%5D#g", "https://c.example/,%7B%7D'" };

	return bs_str_c(urls[random_below(r, BS_COUNT(urls))]);
}

static void random_lists(struct random *r, struct bs_draft *draft)
{
	draft->byline_count = random_below(r, 4);
	draft->byline = BS_ARRAY(r->arena, 4, struct bs_draft_credit);
	draft->notice_count = random_below(r, 3);
	draft->notices = BS_ARRAY(r->arena, 3, struct bs_str);
	draft->correction_count = random_below(r, 3);
	draft->corrections = BS_ARRAY(r->arena, 3, struct bs_draft_correction);
	draft->address_count = random_below(r, 3);
	draft->addresses = BS_ARRAY(r->arena, 3, struct bs_draft_address);
	draft->citation_count = random_below(r, 3);
	draft->citations = BS_ARRAY(r->arena, 3, struct bs_draft_citation);
	draft->terms = BS_ARRAY(r->arena, BS_VOCABULARY_COUNT, struct bs_draft_term);
	for (size_t i = 0; i < draft->byline_count; i++)
		draft->byline[i] = (struct bs_draft_credit){ .slug = slug(r), .role = (enum bs_role)random_below(r, BS_ROLE_COUNT) };
	for (size_t i = 0; i < draft->notice_count; i++)
		draft->notices[i] = slug(r);
	for (size_t i = 0; i < draft->correction_count; i++) {
		struct bs_str note = markup(r, 12);
		draft->corrections[i] = (struct bs_draft_correction){ (enum bs_correction_kind)random_below(r, BS_CORRECTION_KIND_COUNT),
			                                              some_time(r), note.len > 0 ? note : BS_STR("A note") };
	}
	for (size_t i = 0; i < draft->address_count; i++) {
		int year = random_chance(r, 3) ? 0 : 1 + (int)random_below(r, 9999);
		int month = year > 0 ? 1 + (int)random_below(r, 12) : 0;
		draft->addresses[i] = (struct bs_draft_address){ bs_langs[random_below(r, 52)].code, year, month, slug(r) };
	}
	for (size_t i = 0; i < draft->citation_count; i++)
		draft->citations[i] = (struct bs_draft_citation){ .url = BS_STR("https://a.example/?b=[c]"), .title = line(r, 8),
			                                          .publisher = line(r, 4),
			                                          .health = random_chance(r, 2) ? BS_STR("gone") : BS_STR(""),
			                                          .archived_url = url(r), .seen_at = some_time(r) };
	for (size_t i = 0; i < BS_VOCABULARY_COUNT; i++) {
		if (random_chance(r, 2))
			draft->terms[draft->term_count++] = (struct bs_draft_term){ .vocabulary = (enum bs_vocabulary)i, .slug = slug(r) };
	}
}

static struct bs_incoming random_story(struct random *r)
{
	struct bs_incoming story = { .accession = 1 + (int64_t)random_below(r, 100000) };
	struct bs_draft *draft = &story.draft;
	struct bs_json *extra = bs_json_new_object(r->arena);

	draft->lang = bs_langs[random_below(r, 52)].code;
	draft->title = markup(r, 20);
	if (draft->title.len == 0)
		draft->title = BS_STR("A title");
	draft->subtitle = markup(r, 20);
	draft->summary = markup(r, 20);
	draft->author_line = markup(r, 12);
	draft->slug = slug(r);
	draft->public_id = line(r, 6);
	draft->kind = (enum bs_kind)random_below(r, BS_KIND_COUNT);
	draft->status = (enum bs_status)random_below(r, BS_STATUS_COUNT);
	draft->reason = draft->status == BS_STATUS_WITHDRAWN ? BS_STR("- wrong: yes") : line(r, 5);
	draft->published_at = some_time(r);
	draft->updated_at = some_time(r);
	draft->source = (struct bs_draft_source){ line(r, 8), url(r), 0, BS_STR("") };
	if (draft->source.name.len + draft->source.url.len > 0) {
		draft->source.permission = line(r, 8);
		draft->source.published_at = some_time(r);
	}
	draft->image = (struct bs_draft_image){ 0, markup(r, 12), markup(r, 12), markup(r, 12), url(r), line(r, 3), random_chance(r, 2) };
	story.image_file = random_chance(r, 2) ? BS_STR("../../pictures/a.webp") : BS_STR("");
	story.translation_of = line(r, 4);
	draft->licence = line(r, 4);
	draft->canonical = url(r);
	draft->media_contact = line(r, 4);
	draft->featured = (int)random_below(r, 3);
	for (size_t i = random_below(r, 4); i > 0; i--)
		random_json(r, extra, bs_arena_printf(r->arena, "x%s%zu", random_text(r, 3, true).ptr, i), 3);
	draft->extra = extra->count > 0 ? extra : NULL;
	random_lists(r, draft);
	return story;
}

static void any_story_is_read_back_as_it_was(void **state)
{
	struct fixture *f = *state;
	struct random r = { f->arena, 4 };

	for (int n = 0; n < 1000; n++) {
		struct bs_incoming story = random_story(&r), again;
		struct bs_err err = { 0 };
		const char *field;
		if (write_story(f, &story, &err) != BS_OK || read_story(f, bs_buf_str(&f->out), &again, &err) != BS_OK)
			fail_msg("story %d: %s\n%.*s", n, err.text, (int)f->out.len, f->out.data);
		field = bs_story_file_differs(f->arena, &story, &again);
		if (field != NULL)
			fail_msg("story %d: %s\n%.*s", n, field, (int)f->out.len, f->out.data);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_file_looks_as_a_person_would_write_it),
		TEST(what_an_import_would_refuse_is_told),
		TEST(an_export_says_all_there_is_to_say),
		TEST(any_story_is_read_back_as_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
