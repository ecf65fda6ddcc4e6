/* story_file.c - a Markdown file with front matter becomes a draft: docs/handbook/story-files.md is its specification.
 *
 * Other tools' spellings of the same fields are taken too (Hugo's, Jekyll's and what themes commonly use); what nothing
 * reads is kept with the story as `extra`. Order: everything of the front matter, then the text, then what only the text
 * can give (a title from its first heading). A file with an `accession` number is an export's and is taken at its word: no other
 * spellings, no shortcodes, nothing got from its name. */
#include "base/limits.h"
#include "syndicate/import/read/moment.h"
#include "syndicate/import/read/story_file/parts.h"
#include "text/html.h"
#include "text/markdown.h"
#include "text/markup.h"

/* --- words with a meaning --- */

bool bs_front_is_in(const struct bs_story_front *s, struct bs_str folder)
{
	size_t at = bs_str_find(s->reading->path, folder, 0);

	return !s->f->exact && at != SIZE_MAX && (at == 0 || s->reading->path.ptr[at - 1] == '/');
}

static void read_accession(struct bs_story_front *s)
{
	const struct bs_entry *entry = bs_field(s->f, "accession");
	struct bs_str text = bs_field_text(s->f, entry);

	if (text.len == 0)
		return;
	if (bs_str_int(text, &s->out->accession) != BS_OK || s->out->accession < 1)
		bs_field_refuse(s->f, entry, BS_INVALID, "'" BS_FMT "' is no number from 1", BS_ARG(text));
	s->f->exact = true;
}

static void read_language(struct bs_story_front *s)
{
	const struct bs_entry *entry = bs_field(s->f, "language lang locale");
	struct bs_str tag = bs_field_text(s->f, entry);

	s->lang = s->reading->lang;
	if (tag.len > 0) {
		const struct bs_lang *found = bs_lang_find(tag);

		if (found == NULL)
			bs_field_refuse(s->f, entry, BS_INVALID,
			                "'" BS_FMT
			                "' is no language that is known; write a BCP 47 tag such as en or zh-Hans",
			                BS_ARG(tag));
		else
			s->lang = found;
		s->out->given |= BS_GIVEN_LANGUAGE;
	}
	s->out->draft.lang = s->lang->code;
}

/* Jekyll's `layout: page` and Hugo's `type: page`, of what has no date; the key is kept, since more is meant by it. */
static bool is_page(const struct bs_story_front *s)
{
	static const struct bs_str keys[] = { BS_STR_INIT("layout"), BS_STR_INIT("type") };

	for (size_t i = 0; i < BS_COUNT(keys); i++) {
		const struct bs_data *value = bs_data_get(s->f->map, keys[i]);

		if (value != NULL && value->kind == BS_DATA_TEXT && bs_str_eq(value->text, BS_STR("page")))
			return !s->f->exact && s->out->draft.published_at == 0;
	}
	return false;
}

static void read_kind(struct bs_story_front *s)
{
	const struct bs_entry *entry = bs_field(s->f, "kind");
	struct bs_str word = bs_field_text(s->f, entry);

	if (word.len == 0 && is_page(s))
		s->out->draft.kind = BS_KIND_PAGE;
	if (word.len == 0)
		return;
	s->out->given |= BS_GIVEN_KIND;
	if (bs_kind_of(word, &s->out->draft.kind) != BS_OK)
		bs_field_refuse(s->f, entry, BS_INVALID,
		                "'" BS_FMT
		                "' is none of news, analysis, opinion, interview, report, explainer, obituary, review",
		                BS_ARG(word));
}

/* `published` is a time; Jekyll's `published: false` and Hugo's `draft: true` are a status. */
static void read_status(struct bs_story_front *s)
{
	struct bs_draft *draft = &s->out->draft;
	const struct bs_entry *entry = bs_field(s->f, "status"),
			      *switched = bs_data_entry(s->f->map, BS_STR("published"));
	struct bs_str word = bs_field_text(s->f, entry);
	bool yes = true;

	draft->status = BS_STATUS_PUBLISHED;
	if (!s->f->exact && bs_field_bool(s->f, bs_field(s->f, "draft"), false))
		draft->status = BS_STATUS_DRAFT;
	if (!s->f->exact && switched != NULL && bs_data_is_bool(switched->value, &yes)) {
		(void)bs_field(s->f, "published");
		draft->status = yes ? draft->status : BS_STATUS_DRAFT;
	}
	if (word.len > 0 && bs_status_of(word, &draft->status) != BS_OK)
		bs_field_refuse(s->f, entry, BS_INVALID,
		                "'" BS_FMT "' is none of draft, review, scheduled, published, withdrawn", BS_ARG(word));
	draft->reason = bs_field_text(s->f, bs_field(s->f, "reason"));
	if (draft->status == BS_STATUS_WITHDRAWN && draft->reason.len == 0 && *s->f->rc == BS_OK)
		bs_field_refuse(s->f, entry, BS_INVALID,
		                "a withdrawn story needs a `reason`, which its readers will be shown");
}

/* A day that there is not must not become today. Names within an export are no files'. */
static void refuse_false_day(struct bs_story_front *s)
{
	struct bs_str day = bs_front_false_day(s->reading->path);

	if (day.len > 0 && !s->reading->html_body && *s->f->rc == BS_OK)
		*s->f->rc = bs_refuse(s->f->remarks, 0, s->f->err, BS_INVALID,
		                      "the file's name says " BS_FMT ", a day that there is not; rename it, or say when it was `published`",
		                      BS_ARG(day));
}

static void read_times(struct bs_story_front *s, int64_t day)
{
	struct bs_draft *draft = &s->out->draft;

	draft->published_at = bs_field_time(
		s->f, bs_field(s->f, "published date publishdate publish_date pubdate published_at datepublished"));
	draft->updated_at = bs_field_time(
		s->f, bs_field(s->f, "updated lastmod last_modified_at modified datemodified updated_at"));
	if (draft->published_at == 0 && !s->f->exact)
		draft->published_at = bs_moment_in(s->reading->zone, day);
	if (draft->published_at != 0)
		s->out->given |= BS_GIVEN_PUBLISHED;
	else if (!s->f->exact)
		refuse_false_day(s);
	/* Tools that always write both say nothing with the second. */
	if (draft->updated_at <= draft->published_at && !s->f->exact)
		draft->updated_at = 0;
}

/* --- the whole --- */

/* lead, second; true, as themes of other tools have it, is second. */
static void read_featured(struct bs_story_front *s)
{
	const struct bs_entry *entry = bs_field(s->f, "featured");
	struct bs_str word;
	bool yes = false;

	if (entry == NULL)
		return;
	s->out->given |= BS_GIVEN_FEATURED;
	if (bs_data_is_bool(entry->value, &yes)) {
		s->out->draft.featured = yes ? 1 : 0;
		return;
	}
	word = bs_field_text(s->f, entry);
	if (bs_str_eq_nocase(word, BS_STR("lead")))
		s->out->draft.featured = 2;
	else if (bs_str_eq_nocase(word, BS_STR("second")))
		s->out->draft.featured = 1;
	else
		bs_field_refuse(s->f, entry, BS_INVALID, "'" BS_FMT "' is neither lead nor second", BS_ARG(word));
}

static void read_texts(struct bs_story_front *s)
{
	struct bs_draft *draft = &s->out->draft;

	draft->title = bs_front_plain(s->f, bs_field(s->f, "title headline"));
	draft->subtitle = bs_front_inline(s->f, bs_field(s->f, "subtitle deck standfirst dek"));
	draft->summary = bs_front_inline(s->f, bs_field(s->f, "summary description excerpt abstract"));
	draft->author_line = bs_front_inline(s->f, bs_field(s->f, "author_line"));
	draft->licence = bs_field_text(s->f, bs_field(s->f, "licence license"));
	draft->media_contact = s->f->exact ? bs_field_text(s->f, bs_field(s->f, "media_contact"))
	                                   : bs_field_email(s->f, bs_field(s->f, "media_contact"));
	if (draft->licence.len > 0)
		s->out->given |= BS_GIVEN_LICENCE;
	s->out->has_title = draft->title.len > 0;
}

static enum bs_rc read_front(struct bs_story_front *s, struct bs_data **map, struct bs_err *err)
{
	int64_t day;
	enum bs_rc rc = bs_front_parse(s->reading, map, err);

	if (rc != BS_OK)
		return rc;
	s->f->map = *map;
	read_accession(s);
	read_language(s);
	(void)bs_front_slug_of_path(s->arena, s->reading->path, s->lang, &day);
	read_texts(s);
	read_status(s);
	if (bs_front_is_in(s, BS_STR("_drafts/")) && bs_data_entry(s->f->map, BS_STR("status")) == NULL)
		s->out->draft.status = BS_STATUS_DRAFT;
	read_times(s, day);
	read_kind(s);
	bs_front_address(s);
	bs_front_byline(s);
	bs_front_terms(s);
	bs_front_source(s);
	bs_front_lead_image(s);
	bs_front_notices(s);
	bs_front_corrections(s);
	read_featured(s);
	bs_front_former_addresses(s);
	bs_front_citations(s);
	s->out->draft.extra = bs_fields_rest(s->f);
	bs_fields_unread(s->f);
	return *s->f->rc;
}

enum bs_rc bs_incoming_front(const struct bs_reading *reading, struct bs_incoming *out, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;
	struct bs_fields fields = {
		.arena = reading->arena, .remarks = reading->remarks, .err = err, .zone = reading->zone, .rc = &rc
	};
	struct bs_story_front story = { .reading = reading, .arena = reading->arena, .f = &fields, .out = out };
	struct bs_data *map;

	*out = (struct bs_incoming){ 0 };
	return read_front(&story, &map, err);
}

/* --- the text --- */

/* The first heading is the title where nothing else is; where it says the title again, once is enough, but in an export. */
static void take_heading(struct bs_arena *arena, struct bs_incoming *out)
{
	struct bs_body *body = &out->draft.body;
	struct bs_str heading;

	if (body->count == 0 || !bs_str_eq(body->blocks[0].path, BS_STR("h2")))
		return;
	heading = body->blocks[0].markup;
	if (out->has_title && (out->accession > 0 ||
	    !bs_str_eq_nocase(bs_markup_plain(arena, heading), bs_markup_plain(arena, out->draft.title))))
		return;
	if (!out->has_title)
		out->draft.title = heading;
	out->has_title = true;
	body->blocks++;
	body->count--;
	for (size_t i = 0; i < body->link_count; i++)
		body->links[i].block -= body->links[i].block > 0;
}

static enum bs_rc read_body(struct bs_story_front *s, struct bs_err *err)
{
	const struct bs_document *doc = s->reading->document;
	struct bs_markdown_options options = { .lang = s->lang->code, .converted = s->out->accession == 0,
		                               .first_line = doc->body_line,
		                               .fault_line = &s->reading->remarks->line };
	struct bs_str text = doc->body;
	enum bs_rc rc = BS_OK;

	if (s->reading->html_body) {
		struct bs_html_options html = { .lang = s->lang->code };

		return bs_html_blocks(s->arena, text, &html, &s->out->draft.body, err);
	}
	if (s->out->accession == 0)
		rc = bs_shortcodes_resolve(s->arena, doc->body, doc->body_line, s->reading->refs, &text,
		                           s->reading->remarks, err);
	if (rc == BS_OK)
		rc = bs_markdown_blocks(s->arena, text, &options, &s->out->draft.body, err);
	if (rc == BS_OK)
		take_heading(s->arena, s->out);
	return rc;
}

enum bs_rc bs_incoming_story_file(const struct bs_reading *reading, struct bs_incoming *out, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;
	struct bs_fields fields = {
		.arena = reading->arena, .remarks = reading->remarks, .err = err, .zone = reading->zone, .rc = &rc
	};
	struct bs_story_front story = { .reading = reading, .arena = reading->arena, .f = &fields, .out = out };
	struct bs_data *map = NULL;

	*out = (struct bs_incoming){ 0 };
	rc = read_front(&story, &map, err);
	if (rc != BS_OK)
		return rc;
	rc = read_body(&story, err);
	out->untitled = rc == BS_OK && !out->has_title;
	if (out->untitled)
		return bs_refuse(reading->remarks,
		                 reading->document->front_kind != BS_FRONT_NONE ? reading->document->front_line : 1,
		                 err, BS_INVALID,
		                 "title: missing; every story needs one, in its front matter or as its first heading");
	return rc;
}
