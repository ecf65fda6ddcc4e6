/* kept.c - where a story stands, and what its front matter keeps with it; see parts.h. */
#include <stdlib.h>

#include "base/limits.h"
#include "syndicate/import/read/story_file/parts.h"
#include "text/slug.h"

/* --- addresses --- */

/* Other tools take more for a slug than an address of this site has: it is made to fit, and told. */
static struct bs_str fitting_slug(struct bs_story_front *s, const struct bs_entry *entry, struct bs_str slug)
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

/* Other paths that led to it on the old site: for links within that. What is said of them is kept with the story. */
static void read_aliases(struct bs_story_front *s)
{
	static const struct bs_str names[] = { BS_STR_INIT("aliases"), BS_STR_INIT("redirect_from") };
	size_t count = 0;

	for (size_t i = 0; count == 0 && i < BS_COUNT(names) && !s->f->exact; i++) {
		const struct bs_data *value = bs_data_get(s->f->map, names[i]);

		count = value == NULL || value->kind == BS_DATA_MAP ? 0 : value->kind == BS_DATA_LIST ? value->count : 1;
		s->out->aliases = BS_ARRAY(s->arena, count, struct bs_str);
		for (size_t k = 0; k < count; k++) {
			struct bs_str path = bs_front_old_path(value->kind == BS_DATA_LIST ? value->entries[k].value->text : value->text);

			if (path.len > 0)
				s->out->aliases[s->out->alias_count++] = path;
		}
	}
}

void bs_front_address(struct bs_story_front *s)
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
	read_aliases(s);
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

/* "/2025/11/slug", "/slug" of what has no date, each with a language in front where it isn't the publication's. */
static bool parse_address(const struct bs_story_front *s, struct bs_str path, struct bs_draft_address *out)
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

void bs_front_former_addresses(struct bs_story_front *s)
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

/* --- picture, notices, corrections --- */

void bs_front_lead_image(struct bs_story_front *s)
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

void bs_front_notices(struct bs_story_front *s)
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

static void read_correction(struct bs_story_front *s, const struct bs_entry *entry)
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

void bs_front_corrections(struct bs_story_front *s)
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

/* --- what is known of links --- */

static void read_citation(struct bs_story_front *s, const struct bs_entry *entry)
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

void bs_front_citations(struct bs_story_front *s)
{
	struct bs_entry *items;
	size_t count = bs_field_list(s->f, bs_field(s->f, "citations"), BS_MAX_CITATIONS, &items);

	s->out->draft.citations = BS_ARRAY(s->arena, count, struct bs_draft_citation);
	for (size_t i = 0; i < count; i++)
		read_citation(s, &items[i]);
}
