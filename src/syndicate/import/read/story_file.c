/* story_file.c - a Markdown file with front matter becomes a draft: docs/handbook/story-files.md is its specification.
 *
 * Other tools' spellings of the same fields are taken too (Hugo's, Jekyll's and what themes commonly use); what nothing
 * reads is kept with the story as `extra`. Order: everything of the front matter, then the text, then what only the text
 * can give (a title from its first heading). A file with an `accession` number is an export's and is taken at its word: no other
 * spellings, no shortcodes, nothing got from its name. */
#include <stdlib.h>

#include "base/limits.h"
#include "syndicate/import/printed/printed.h"
#include "syndicate/import/read/front.h"
#include "syndicate/import/read/incoming.h"
#include "syndicate/import/read/moment.h"
#include "text/html.h"
#include "text/markdown.h"
#include "text/markup.h"
#include "text/slug.h"

struct story {
	const struct bs_reading *reading;
	struct bs_arena *arena;
	struct bs_fields *f;
	struct bs_incoming *out;
	const struct bs_lang *lang;
};

/* --- words with a meaning --- */

/* A folder of Jekyll's, which it treats in its own way. */
static bool is_in(const struct story *s, struct bs_str folder)
{
	size_t at = bs_str_find(s->reading->path, folder, 0);

	return !s->f->exact && at != SIZE_MAX && (at == 0 || s->reading->path.ptr[at - 1] == '/');
}

static void read_language(struct story *s)
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
static bool is_page(const struct story *s)
{
	static const struct bs_str keys[] = { BS_STR_INIT("layout"), BS_STR_INIT("type") };

	for (size_t i = 0; i < BS_COUNT(keys); i++) {
		const struct bs_data *value = bs_data_get(s->f->map, keys[i]);

		if (value != NULL && value->kind == BS_DATA_TEXT && bs_str_eq(value->text, BS_STR("page")))
			return !s->f->exact && s->out->draft.published_at == 0;
	}
	return false;
}

static void read_kind(struct story *s)
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
static void read_status(struct story *s)
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

static void read_times(struct story *s, int64_t day)
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
	/* Tools that always write both say nothing with the second. */
	if (draft->updated_at <= draft->published_at && !s->f->exact)
		draft->updated_at = 0;
}

/* --- addresses --- */

/* Other tools take more for a slug than an address of this site has: it is made to fit, and told. */
static struct bs_str fitting_slug(struct story *s, const struct bs_entry *entry, struct bs_str slug)
{
	struct bs_str made;

	if (slug.len == 0 || bs_slug_valid(slug))
		return slug;
	made = bs_front_slug_of(s->arena, s->lang, slug);
	bs_remark(
		s->f->remarks, BS_REMARK_TEXT, entry->line, BS_STR("slug"),
		bs_arena_printf(s->arena, "'" BS_FMT "' is no slug; became '" BS_FMT "'", BS_ALL(slug), BS_ALL(made)));
	return made;
}

static void read_address(struct story *s)
{
	const struct bs_entry *entry = bs_field(s->f, "slug"), *path = NULL;
	struct bs_draft *draft = &s->out->draft;
	int64_t day;

	draft->slug = fitting_slug(s, entry, bs_field_text(s->f, entry));
	path = s->f->exact ? NULL : bs_field(s->f, "permalink url");
	s->out->old_path = bs_front_old_path(bs_field_text(s->f, path));
	if (draft->slug.len == 0)
		draft->slug = bs_front_slug_of_address(s->out->old_path);
	if (draft->slug.len > 0) {
		s->out->given |= BS_GIVEN_SLUG;
		s->out->lines.slug = entry != NULL ? entry->line : path->line;
	} else {
		draft->slug = bs_front_slug_of_path(s->arena, s->reading->path, s->lang, &day);
	}
	draft->canonical = bs_field_url(s->f, bs_field(s->f, "canonical canonical_url canonicalurl"), false);
	draft->public_id = bs_field_text(s->f, bs_field(s->f, "id"));
	if (draft->public_id.len > BS_MAX_PUBLIC_ID)
		bs_field_refuse(s->f, bs_data_entry(s->f->map, BS_STR("id")), BS_LIMIT,
		                "%zu bytes; at most %d are allowed", draft->public_id.len, BS_MAX_PUBLIC_ID);
	entry = bs_field(s->f, "translation_of");
	s->out->translation_of = bs_field_text(s->f, entry);
	s->out->lines.translation_of = entry != NULL ? entry->line : 0;
	if (!s->f->exact)
		s->out->group = bs_field_text(s->f, bs_field(s->f, "translationkey translation_key"));
}

static void read_accession(struct story *s)
{
	const struct bs_entry *entry = bs_field(s->f, "accession");
	struct bs_str text = bs_field_text(s->f, entry);

	if (text.len == 0)
		return;
	if (bs_str_int(text, &s->out->accession) != BS_OK || s->out->accession < 1)
		bs_field_refuse(s->f, entry, BS_INVALID, "'" BS_FMT "' is no number from 1", BS_ARG(text));
	s->f->exact = true;
}

/* "/2025/11/slug", "/slug" of what has no date, each with a language in front where it isn't the publication's. */
static bool parse_address(const struct story *s, struct bs_str path, struct bs_draft_address *out)
{
	const struct bs_lang *lang = s->reading->home != NULL ? s->reading->home : s->reading->lang;
	struct bs_str parts[5], rest = bs_str_sub(path, 1, SIZE_MAX);
	int64_t year = 0, month = 0;
	size_t count = 0, at = 0;

	if (!bs_str_starts(path, BS_STR("/")))
		return false;
	while (count < BS_COUNT(parts) && bs_str_split(&rest, '/', &parts[count]))
		count++;
	if (count == 2 || count == 4)
		lang = bs_lang_find(parts[at++]);
	if (count >= 3 && count <= 4 && (bs_str_int(parts[at], &year) != BS_OK || bs_str_int(parts[at + 1], &month) != BS_OK ||
	                                 parts[at].len != 4 || parts[at + 1].len != 2 || year < 1 || month < 1 || month > 12))
		return false;
	if (lang == NULL || count < 1 || count > 4 || !bs_slug_valid(parts[count - 1]))
		return false;
	*out = (struct bs_draft_address){ lang->code, (int)year, (int)month, parts[count - 1] };
	return true;
}

static void read_addresses(struct story *s)
{
	struct bs_draft *draft = &s->out->draft;
	struct bs_entry *items;
	size_t count = bs_field_list(s->f, bs_field(s->f, "former_addresses"), BS_MAX_TERMS, &items);

	draft->addresses = BS_ARRAY(s->arena, count, struct bs_draft_address);
	for (size_t i = 0; i < count; i++) {
		struct bs_str path = bs_field_text(s->f, &items[i]);

		if (parse_address(s, path, &draft->addresses[draft->address_count]))
			draft->address_count++;
		else
			bs_field_refuse(s->f, &items[i], BS_INVALID,
			                "'" BS_FMT "' is no address of a story here; write it as /2025/11/the-slug", BS_ARG(path));
	}
}

/* --- people --- */

static void add_credit(struct story *s, struct bs_str word, struct bs_str name, enum bs_role role)
{
	struct bs_draft *draft = &s->out->draft;
	bool slug = bs_slug_valid(word);

	if (word.len == 0 && name.len == 0)
		return;
	if (name.len == 0)
		name = slug ? bs_front_words_of_slug(s->arena, word, true) : word;
	draft->byline[draft->byline_count++] =
		(struct bs_draft_credit){ .slug = slug ? word : (struct bs_str){ 0 }, .name = name, .role = role };
}

static void read_credit_map(struct story *s, struct bs_fields *f, const struct bs_entry *entry)
{
	struct bs_fields map = bs_fields_in(f, entry);
	const struct bs_entry *role_entry = bs_field(&map, "role");
	struct bs_str word = bs_field_text(&map, role_entry),
		      person = bs_field_text(&map, bs_field(&map, "person slug"));
	struct bs_str name = bs_field_text(&map, bs_field(&map, "name display_name"));
	enum bs_role role = BS_ROLE_AUTHOR;

	if (word.len > 0 && bs_role_of(word, &role) != BS_OK)
		bs_field_refuse(&map, role_entry, BS_INVALID,
		                "'" BS_FMT "' is none of author, translator, photographer, editor", BS_ARG(word));
	if (person.len == 0 && name.len == 0)
		bs_field_refuse(&map, entry, BS_INVALID, "`person` is missing: the slug of a person, or a name");
	bs_fields_unread(&map);
	add_credit(s, person.len > 0 ? person : name, name, role);
}

/* "Ann Moe and Bo Lie" in one text, as Jekyll has it. */
static size_t split_names(struct story *s, struct bs_str text, struct bs_str out[BS_MAX_BYLINE])
{
	struct bs_str names[BS_MAX_BYLINE];
	size_t count = bs_printed_names(s->arena, text, names, BS_MAX_BYLINE);

	if (bs_slug_valid(text) || count == 0) {
		out[0] = text;
		return 1;
	}
	memcpy(out, names, count * sizeof(*names));
	return count;
}

static void read_byline_of(struct story *s, const struct bs_entry *entry, struct bs_fields *f)
{
	struct bs_str names[BS_MAX_BYLINE];
	struct bs_entry *items;
	size_t count = bs_field_list(f, entry, BS_MAX_BYLINE, &items);

	s->out->draft.byline = BS_ARRAY(s->arena, count + BS_MAX_BYLINE, struct bs_draft_credit);
	for (size_t i = 0; i < count; i++) {
		struct bs_str text;

		if (items[i].value->kind == BS_DATA_MAP) {
			read_credit_map(s, f, &items[i]);
			continue;
		}
		text = bs_field_text(f, &items[i]);
		names[0] = text;
		for (size_t n = 0, all = count == 1 ? split_names(s, text, names) : 1; n < all; n++)
			add_credit(s, names[n], (struct bs_str){ 0 }, BS_ROLE_AUTHOR);
	}
}

/* --- terms --- */

static const struct terms_field {
	enum bs_vocabulary vocabulary;
	const char *names;
	unsigned given;
} terms_fields[] = {
	{ BS_REGION, "regions region", BS_GIVEN_REGIONS },
	{ BS_THEME, "themes theme topics topic categories category section sections", BS_GIVEN_THEMES },
	{ BS_REPORT, "reports report series", BS_GIVEN_REPORTS },
	{ BS_TAG, "tags tag keywords", BS_GIVEN_TAGS },
};

static void add_term(struct story *s, enum bs_vocabulary vocabulary, struct bs_str word)
{
	struct bs_draft *draft = &s->out->draft;
	struct bs_draft_term term = { .vocabulary = vocabulary };

	word = bs_str_trim(word);
	if (word.len == 0)
		return;
	if (bs_slug_valid(word))
		term.slug = word;
	else
		term.name = word;
	for (size_t i = 0; i < draft->term_count; i++) {
		if (draft->terms[i].vocabulary == vocabulary && bs_str_eq(draft->terms[i].slug, term.slug) &&
		    bs_str_eq(draft->terms[i].name, term.name))
			return;
	}
	if (draft->term_count < BS_MAX_TERMS)
		draft->terms[draft->term_count++] = term;
}

static void read_terms_of(struct story *s, struct bs_fields *f)
{
	for (size_t t = 0; t < BS_COUNT(terms_fields); t++) {
		const struct bs_entry *entry = bs_field(f, terms_fields[t].names);
		struct bs_entry *items;
		size_t count = bs_field_list(f, entry, BS_MAX_TERMS, &items);
		/* Jekyll's "categories: a b" and "tags: a b" are two; "category: a b" is one. */
		bool words = entry != NULL && is_in(s, BS_STR("_posts/")) && bs_str_ends(entry->key, BS_STR("s")) &&
		             bs_str_find_byte(entry->value->text, ',', 0) == SIZE_MAX;

		if (entry != NULL)
			s->out->given |= terms_fields[t].given;
		for (size_t i = 0; i < count; i++) {
			struct bs_str rest = bs_field_text(f, &items[i]), word;

			/* "a, b" in one text is a list, too. */
			while (entry->value->kind != BS_DATA_LIST && bs_str_split(&rest, words ? ' ' : ',', &word))
				add_term(s, terms_fields[t].vocabulary, word);
			if (entry->value->kind == BS_DATA_LIST)
				add_term(s, terms_fields[t].vocabulary, rest);
		}
	}
}

/* Zola keeps its terms in a table of their own. */
static void read_terms(struct story *s)
{
	const struct bs_entry *entry = s->f->exact ? NULL : bs_data_entry(s->f->map, BS_STR("taxonomies"));
	struct bs_fields map;

	s->out->draft.terms = BS_ARRAY(s->arena, BS_MAX_TERMS, struct bs_draft_term);
	read_terms_of(s, s->f);
	if (entry == NULL || entry->value->kind != BS_DATA_MAP)
		return;
	map = bs_fields_in(s->f, bs_field(s->f, "taxonomies"));
	read_terms_of(s, &map);
	if (s->out->draft.byline_count == 0)
		read_byline_of(s, bs_field(&map, "authors author"), &map);
	for (size_t i = 0; i < map.map->count; i++) {
		if (!map.map->entries[i].read)
			bs_remark(map.remarks, BS_REMARK_LOST_KEY, map.map->entries[i].line,
			          bs_arena_printf(s->arena, "taxonomies." BS_FMT, BS_ALL(map.map->entries[i].key)), BS_STR(""));
	}
}

/* --- first published elsewhere --- */

static void read_source(struct story *s)
{
	const struct bs_entry *entry = bs_field(s->f, "source original_source");
	struct bs_draft_source *source = &s->out->draft.source;

	if (entry != NULL && entry->value->kind == BS_DATA_MAP) {
		struct bs_fields map = bs_fields_in(s->f, entry);

		source->name = bs_field_text(&map, bs_field(&map, "name"));
		source->url = bs_field_url(&map, bs_field(&map, "url link"), false);
		source->published_at = bs_field_time(&map, bs_field(&map, "date published"));
		source->permission = bs_field_text(&map, bs_field(&map, "permission"));
		bs_fields_unread(&map);
		if (source->name.len == 0 && source->url.len == 0)
			bs_field_refuse(&map, entry, BS_INVALID, "`name` is missing: who published it first");
	} else if (!s->f->exact) {
		source->name = bs_field_text(s->f, entry);
		source->url = bs_field_url(s->f, bs_field(s->f, "source_url original_url source_link"), false);
		source->published_at = bs_field_time(s->f, bs_field(s->f, "source_date original_date"));
	}
	if (source->name.len == 0 && !s->f->exact)
		source->name = bs_front_host_of(source->url);
	if (source->name.len > 0)
		s->out->given |= BS_GIVEN_SOURCE;
}

/* --- the rest --- */

static void read_image(struct story *s)
{
	const struct bs_entry *entry = bs_field(
		s->f, "image images cover featured_image featuredimage feature_image primary_image thumbnail banner");
	struct bs_draft_image *image = &s->out->draft.image;
	struct bs_front_image front;

	bs_front_image(s->f, entry, &front);
	s->out->image_file = front.file;
	s->out->lines.image = front.line;
	image->alt = front.alt;
	image->caption = front.caption;
	image->credit = front.credit;
	image->credit_url = front.credit_url;
	image->licence = front.licence;
	image->may_syndicate = front.may_syndicate;
	if (entry != NULL)
		s->out->given |= BS_GIVEN_IMAGE;
}

static void read_notices(struct story *s)
{
	const struct bs_entry *entry = bs_field(s->f, "notices");
	struct bs_entry *items;
	size_t count = bs_field_list(s->f, entry, BS_MAX_TERMS, &items);

	if (entry != NULL)
		s->out->given |= BS_GIVEN_NOTICES;
	s->out->draft.notices = BS_ARRAY(s->arena, count, struct bs_str);
	for (size_t i = 0; i < count; i++)
		s->out->draft.notices[s->out->draft.notice_count++] = bs_field_slug(s->f, &items[i]);
}

static int by_time(const void *a, const void *b)
{
	const struct bs_draft_correction *x = a, *y = b;

	return (x->made_at > y->made_at) - (x->made_at < y->made_at);
}

static void read_correction(struct story *s, const struct bs_entry *entry)
{
	struct bs_fields map = bs_fields_in(s->f, entry);
	const struct bs_entry *kind = bs_field(&map, "kind"), *date = bs_field(&map, "date"),
			      *note = bs_field(&map, "note");
	struct bs_draft_correction *out = &s->out->draft.corrections[s->out->draft.correction_count++];
	struct bs_str word = bs_field_text(&map, kind);

	out->kind = BS_CORRECTION;
	if (word.len > 0 && bs_correction_kind_of(word, &out->kind) != BS_OK)
		bs_field_refuse(&map, kind, BS_INVALID,
		                "'" BS_FMT "' is none of update, clarification, correction, retraction", BS_ARG(word));
	out->made_at = bs_field_time(&map, date);
	out->note = bs_front_inline(&map, note);
	if (date == NULL || note == NULL)
		bs_field_refuse(&map, entry, BS_INVALID, "`%s` is missing", date == NULL ? "date" : "note");
	bs_fields_unread(&map);
}

static void read_corrections(struct story *s)
{
	struct bs_entry *items;
	size_t count = bs_field_list(s->f, bs_field(s->f, "corrections"), 1000, &items);

	s->out->draft.corrections = BS_ARRAY(s->arena, count, struct bs_draft_correction);
	for (size_t i = 0; i < count; i++)
		read_correction(s, &items[i]);
	/* Oldest first, whatever the order of the file; in an export they stand in the order in which they were made. */
	if (count > 1 && !s->f->exact)
		qsort(s->out->draft.corrections, count, sizeof(struct bs_draft_correction), by_time);
}

/* lead, second; true, as themes of other tools have it, is second. */
static void read_featured(struct story *s)
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

static void read_texts(struct story *s)
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

/* --- what is known of links --- */

static void read_citation(struct story *s, const struct bs_entry *entry)
{
	struct bs_fields map = bs_fields_in(s->f, entry);
	const struct bs_entry *health = bs_field(&map, "health");
	struct bs_draft_citation *out = &s->out->draft.citations[s->out->draft.citation_count++];

	out->url = bs_field_text(&map, bs_field(&map, "url"));
	out->title = bs_field_text(&map, bs_field(&map, "title"));
	out->publisher = bs_field_text(&map, bs_field(&map, "publisher"));
	out->health = bs_field_text(&map, health);
	out->archived_url = bs_field_url(&map, bs_field(&map, "archived"), false);
	out->seen_at = bs_field_time(&map, bs_field(&map, "seen"));
	if (out->url.len == 0)
		bs_field_refuse(&map, entry, BS_INVALID, "`url` is missing: the link that it is about");
	if (out->health.len > 0 && !bs_str_eq(out->health, BS_STR("ok")) && !bs_str_eq(out->health, BS_STR("moved")) &&
	    !bs_str_eq(out->health, BS_STR("gone")) && !bs_str_eq(out->health, BS_STR("unreached")))
		bs_field_refuse(&map, health, BS_INVALID, "'" BS_FMT "' is none of ok, moved, gone, unreached", BS_ARG(out->health));
	bs_fields_unread(&map);
}

static void read_citations(struct story *s)
{
	struct bs_entry *items;
	size_t count = bs_field_list(s->f, bs_field(s->f, "citations"), BS_MAX_CITATIONS, &items);

	s->out->draft.citations = BS_ARRAY(s->arena, count, struct bs_draft_citation);
	for (size_t i = 0; i < count; i++)
		read_citation(s, &items[i]);
}

static enum bs_rc read_front(struct story *s, struct bs_data **map, struct bs_err *err)
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
	if (is_in(s, BS_STR("_drafts/")) && bs_data_entry(s->f->map, BS_STR("status")) == NULL)
		s->out->draft.status = BS_STATUS_DRAFT;
	read_times(s, day);
	read_kind(s);
	read_address(s);
	read_byline_of(s, bs_field(s->f, "byline authors author"), s->f);
	read_terms(s);
	read_source(s);
	read_image(s);
	read_notices(s);
	read_corrections(s);
	read_featured(s);
	read_addresses(s);
	read_citations(s);
	bs_fields_unread(s->f);
	s->out->draft.extra = bs_fields_rest(s->f);
	return *s->f->rc;
}

enum bs_rc bs_incoming_front(const struct bs_reading *reading, struct bs_incoming *out, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;
	struct bs_fields fields = {
		.arena = reading->arena, .remarks = reading->remarks, .err = err, .zone = reading->zone, .rc = &rc
	};
	struct story story = { .reading = reading, .arena = reading->arena, .f = &fields, .out = out };
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

static enum bs_rc read_body(struct story *s, struct bs_err *err)
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
	struct story story = { .reading = reading, .arena = reading->arena, .f = &fields, .out = out };
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
