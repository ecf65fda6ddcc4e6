/* printed_story.c - a printed page as a draft: each field of printed.h to its place in the newsroom. */
#include "syndicate/import/printed/printed.h"

#include "syndicate/import/printed/parts.h"
#include "syndicate/import/read/front.h"
#include "syndicate/import/read/moment.h"
#include "text/markdown.h"
#include "text/markup.h"

struct draft_maker {
	const struct bs_reading *reading;
	const struct bs_lang *lang; /* of the page */
	struct bs_arena *arena;
	struct bs_incoming *out;
	enum bs_rc rc;
	struct bs_err *err;
};

static struct bs_str markup_of(struct draft_maker *m, struct bs_str markdown)
{
	struct bs_str markup = { 0 };

	if (m->rc == BS_OK && markdown.len > 0)
		m->rc = bs_markdown_markup(m->arena, markdown, NULL, &markup, m->err);
	return markup;
}

static void take_people(struct draft_maker *m, const struct bs_printed *page)
{
	struct bs_draft *draft = &m->out->draft;

	draft->byline = BS_ARRAY(m->arena, page->person_count, struct bs_draft_credit);
	for (size_t i = 0; i < page->person_count; i++)
		draft->byline[draft->byline_count++] =
			(struct bs_draft_credit){ .name = page->people[i].name, .role = page->people[i].role };
}

static void take_terms(struct draft_maker *m, const struct bs_printed *page)
{
	struct bs_draft *draft = &m->out->draft;

	draft->terms = BS_ARRAY(m->arena, page->term_count, struct bs_draft_term);
	for (size_t i = 0; i < page->term_count; i++)
		draft->terms[draft->term_count++] =
			(struct bs_draft_term){ .vocabulary = page->terms[i].vocabulary, .name = page->terms[i].name };
}

static void take_notices(struct draft_maker *m, const struct bs_printed *page)
{
	static const char *const kinds[BS_PRINTED_NOTICE_COUNT] = { "note", "disclaimer", "permission", "fair-use",
		                                                    "copyright" };

	for (size_t i = 0; i < BS_PRINTED_NOTICE_COUNT; i++) {
		if (page->notices[i].len > 0)
			m->out->notices[m->out->notice_count++] =
				(struct bs_incoming_notice){
				.kind = kinds[i], .title = page->notice_titles[i], .markdown = page->notices[i]
			};
	}
}

static void take_corrections(struct draft_maker *m, const struct bs_printed *page)
{
	struct bs_draft *draft = &m->out->draft;

	draft->corrections = BS_ARRAY(m->arena, page->correction_count, struct bs_draft_correction);
	for (size_t i = 0; i < page->correction_count; i++)
		draft->corrections[draft->correction_count++] =
			(struct bs_draft_correction){ .kind = page->corrections[i].kind,
			                              .made_at = bs_moment_in(m->reading->zone, page->corrections[i].made_at),
			                              .note = markup_of(m, page->corrections[i].note) };
}

static void take_channels(struct draft_maker *m, const struct bs_printed *page)
{
	struct bs_incoming_channel *channels = BS_ARRAY(m->arena, page->channel_count, struct bs_incoming_channel);

	for (size_t i = 0; i < page->channel_count; i++)
		channels[i] =
			(struct bs_incoming_channel){ .name = page->channels[i].name, .url = page->channels[i].url };
	m->out->channels = channels;
	m->out->channel_count = page->channel_count;
}

/* What a page that lets others carry it stands under: a Creative Commons licence that it names, else its own permission. */
static struct bs_str licence_of(struct draft_maker *m, struct bs_str permission)
{
	struct bs_str low = bs_printed_low(m->arena, permission);
	bool sa = bs_words_any(low, "sharealike|share-alike|share alike|by-sa|by-nc-sa"), nd = bs_words_any(low, "noderiv|no deriv|by-nd|by-nc-nd"),
	     nc = bs_words_any(low, "noncommercial|non-commercial|by-nc");

	if (bs_words_any(low, "creative commons|cc by|cc-by") && bs_str_find(low, BS_STR("4.0"), 0) != SIZE_MAX)
		return bs_arena_printf(m->arena, "CC-BY%s%s-4.0", nc ? "-NC" : "", sa ? "-SA" : nd ? "-ND" : "");
	if (bs_words_any(low, "grants permission|permission is granted|allows |permits |"
	                      "may be re|may re|can be re|free to re|may carry|may copy|gestattet|"
	                      "dürfen|accorde|peut être re|peuvent être re|concede|puede re|pueden re|se permite|concede"))
		return BS_STR("permission");
	return (struct bs_str){ 0 };
}

/* Such a page seldom says its language; its text does. */
static void guess_language(struct draft_maker *m, const struct bs_printed *page)
{
	const struct bs_lang *guess = bs_lang_guess(bs_str_utf8_prefix(page->body, 16 * 1024));

	m->lang = guess != NULL ? guess : m->reading->lang;
	m->out->given |= guess != NULL ? BS_GIVEN_LANGUAGE : 0;
}

static void take_fields(struct draft_maker *m, const struct bs_printed *page)
{
	struct bs_draft *draft = &m->out->draft;
	const struct bs_zone *zone = m->reading->zone;

	draft->lang = m->lang->code;
	draft->status = BS_STATUS_PUBLISHED;
	if (page->has_kind) {
		draft->kind = page->kind;
		m->out->given |= BS_GIVEN_KIND;
	}
	draft->title = markup_of(m, page->title);
	draft->subtitle = markup_of(m, page->subtitle);
	draft->author_line = markup_of(m, page->author_line);
	draft->image.credit = markup_of(m, page->image_credit);
	draft->image.credit_url = page->image_credit_url;
	draft->published_at = bs_moment_in(zone, page->published_at);
	draft->updated_at = page->updated_at > page->published_at ? bs_moment_in(zone, page->updated_at) : 0;
	draft->source = (struct bs_draft_source){ .name = page->source_name,
		                                  .url = page->source_url,
		                                  .published_at = bs_moment_in(zone, page->source_at),
		                                  .permission = page->source_permission };
	draft->media_contact = page->media_contact;
	draft->licence = licence_of(m, page->notices[BS_PRINTED_PERMISSION]);
	m->out->given |= draft->licence.len > 0 ? BS_GIVEN_LICENCE : 0;
	m->out->publication = page->publication;
	m->out->permission_contact = page->permission_contact;
	m->out->has_title = true;
	m->out->own_url = page->own_url;
	m->out->old_path = bs_front_old_path(page->own_url);
	if (draft->published_at == 0) { /* "2025-11-14-title.txt" */
		(void)bs_front_slug_of_path(m->arena, m->reading->path, m->reading->lang, &draft->published_at);
		draft->published_at = bs_moment_in(zone, draft->published_at);
	}
}

enum bs_rc bs_incoming_printed(const struct bs_reading *reading, struct bs_incoming *out, struct bs_err *err)
{
	struct draft_maker m = { .reading = reading, .arena = reading->arena, .out = out, .err = err };
	struct bs_markdown_options options = { .first_line = reading->document->body_line };
	struct bs_printed page;

	*out = (struct bs_incoming){ 0 };
	m.rc = bs_printed_read(reading->arena, reading->document->body, reading->document->body_line, &page,
	                       reading->remarks, err);
	if (m.rc != BS_OK)
		return m.rc;
	guess_language(&m, &page);
	take_fields(&m, &page);
	take_people(&m, &page);
	take_terms(&m, &page);
	take_notices(&m, &page);
	take_corrections(&m, &page);
	take_channels(&m, &page);
	options.lang = m.lang->code;
	if (m.rc == BS_OK)
		m.rc = bs_markdown_blocks(reading->arena, page.body, &options, &out->draft.body, err);
	return m.rc;
}
