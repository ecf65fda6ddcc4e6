/* names.c - whom and what the front matter of a story names; see parts.h. */
#include "base/limits.h"
#include "syndicate/import/printed/printed.h"
#include "syndicate/import/read/story_file/parts.h"
#include "text/slug.h"

/* --- people --- */

static void add_credit(struct bs_story_front *s, struct bs_str word, struct bs_str name, enum bs_role role)
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

static void read_credit_map(struct bs_story_front *s, struct bs_fields *f, const struct bs_entry *entry)
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
static size_t split_names(struct bs_story_front *s, struct bs_str text, struct bs_str out[BS_MAX_BYLINE])
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

static void read_byline_of(struct bs_story_front *s, const struct bs_entry *entry, struct bs_fields *f)
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

void bs_front_byline(struct bs_story_front *s)
{
	read_byline_of(s, bs_field(s->f, "byline authors author"), s->f);
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

static void add_term(struct bs_story_front *s, enum bs_vocabulary vocabulary, struct bs_str word)
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

static void read_terms_of(struct bs_story_front *s, struct bs_fields *f)
{
	for (size_t t = 0; t < BS_COUNT(terms_fields); t++) {
		const struct bs_entry *entry = bs_field(f, terms_fields[t].names);
		struct bs_entry *items;
		size_t count = bs_field_list(f, entry, BS_MAX_TERMS, &items);
		/* Jekyll's "categories: a b" and "tags: a b" are two; "category: a b" is one. */
		bool words = entry != NULL && bs_front_is_in(s, BS_STR("_posts/")) && bs_str_ends(entry->key, BS_STR("s")) &&
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
void bs_front_terms(struct bs_story_front *s)
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

void bs_front_source(struct bs_story_front *s)
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
