/* terms.c - the terms of a newsroom, from lists and from pages of their own; see catalog.h. */
#include "syndicate/import/catalog/catalog.h"

enum { TERMS_MAX = 300000 }; /* of a vocabulary in one file */

static void read_term(struct bs_catalog *c, enum bs_vocabulary vocabulary, const struct bs_entry *entry,
                      struct bs_term_draft *term, struct bs_front_image *image)
{
	struct bs_fields map = bs_fields_in(&c->fields, entry);
	struct bs_term_name *names, *texts;
	const struct bs_entry *description = bs_field(&map, "description");
	size_t count;

	*term = (struct bs_term_draft){ .vocabulary = vocabulary, .lang = c->run->index.lang->code };
	term->slug = bs_field_slug(&map, bs_field(&map, "slug"));
	term->name_count = bs_catalog_texts(c, &map, bs_field(&map, "name"), false, &names);
	term->names = names;
	term->parent = bs_field_slug(&map, bs_field(&map, "parent"));
	term->code = bs_field_text(&map, bs_field(&map, "code"));
	term->colour = bs_field_text(&map, bs_field(&map, "colour color"));
	term->colour_dark = bs_field_text(&map, bs_field(&map, "colour_dark color_dark"));
	bs_front_image(&map, bs_field(&map, "image"), image);
	count = bs_catalog_texts(c, &map, description, true, &texts);
	if (description != NULL)
		bs_catalog_body(c, bs_catalog_own_text(c, texts, count), description->line, term->lang, &term->description);
	if (term->slug.len == 0 || term->name_count == 0)
		bs_field_refuse(&map, entry, BS_INVALID, "`%s` is missing", term->slug.len == 0 ? "slug" : "name");
	bs_fields_unread(&map);
}

/* True when there was something to change. */
static bool save_term(struct bs_catalog *c, struct bs_term_draft *term, const struct bs_front_image *image)
{
	int64_t id;
	bool changed = false;

	term->image_id = bs_catalog_picture(c, image);
	term->image_alt = bs_catalog_plain(c, image->alt);
	term->image_credit = bs_catalog_plain(c, image->credit);
	if (c->rc == BS_OK)
		c->rc = bs_term_save(c->arena, c->run->db, term, &id, &changed, c->err);
	return changed;
}

/* Of terms that are each other's parents none could be shown; the name of the first, or empty. */
static struct bs_str circle_in(const struct bs_term_draft *terms, size_t count, const struct bs_map *by_slug)
{
	for (size_t i = 0; i < count; i++) {
		const struct bs_term_draft *term = &terms[i];

		for (size_t steps = 0; term != NULL && term->parent.len > 0; steps++) {
			if (steps == count)
				return terms[i].slug;
			term = bs_map_get(by_slug, term->parent);
		}
	}
	return (struct bs_str){ 0 };
}

/* In the order of the file, which is that of readers: a term whose parent comes later is saved without it first. */
static void save_terms(struct bs_catalog *c, struct bs_term_draft *terms, const struct bs_front_image *images,
                       size_t count)
{
	struct bs_map by_slug = BS_MAP(c->arena);
	bool *changed = BS_ARRAY(c->arena, count, bool);
	struct bs_str circle;

	for (size_t i = 0; i < count; i++)
		*bs_map_put(&by_slug, terms[i].slug) = &terms[i];
	circle = circle_in(terms, count, &by_slug);
	if (circle.len > 0)
		c->rc = bs_refuse(&c->remarks, c->fields.map->line, c->err, BS_INVALID, "the term '" BS_FMT "' is its own parent, by some way",
		                  BS_ARG(circle));
	for (size_t i = 0; i < count && c->rc == BS_OK; i++) {
		struct bs_term_draft first = terms[i];

		if (first.parent.len > 0 && (struct bs_term_draft *)bs_map_get(&by_slug, first.parent) > &terms[i])
			first.parent = (struct bs_str){ 0 };
		changed[i] = save_term(c, &first, &images[i]);
	}
	for (size_t i = 0; i < count && c->rc == BS_OK; i++) {
		if (terms[i].parent.len > 0 && (struct bs_term_draft *)bs_map_get(&by_slug, terms[i].parent) > &terms[i])
			changed[i] |= save_term(c, &terms[i], &images[i]);
		c->run->totals->terms += changed[i];
	}
}

void bs_catalog_terms(struct bs_catalog *c)
{
	for (enum bs_vocabulary v = 0; v < BS_VOCABULARY_COUNT && c->rc == BS_OK; v++) {
		struct bs_entry *items;
		size_t count = bs_field_list(&c->fields, bs_field(&c->fields, bs_vocabulary_name(v).ptr), TERMS_MAX, &items);
		struct bs_term_draft *terms = BS_ARRAY(c->arena, count, struct bs_term_draft);
		struct bs_front_image *images = BS_ARRAY(c->arena, count, struct bs_front_image);

		for (size_t i = 0; i < count; i++)
			read_term(c, v, &items[i], &terms[i], &images[i]);
		if (c->rc == BS_OK)
			save_terms(c, terms, images, count);
	}
	bs_fields_unread(&c->fields);
}

void bs_catalog_term_page(struct bs_catalog *c)
{
	struct bs_term_name name = { .lang = c->run->index.lang->code };
	struct bs_term_draft term = { .lang = name.lang, .names = &name, .name_count = 1 };
	struct bs_fields *f = &c->fields;
	struct bs_front_image image;
	struct bs_str summary;

	if (bs_vocabulary_of(bs_import_vocabulary_of(c->file->path), &term.vocabulary) != BS_OK)
		return;
	term.slug = bs_catalog_slug(c);
	name.name = bs_catalog_plain(c, bs_front_plain(f, bs_field(f, "title name")));
	if (name.name.len == 0)
		name.name = bs_front_words_of_slug(c->arena, term.slug, false);
	bs_front_image(f, bs_field(f, "image cover featured_image primary_image"), &image);
	summary = bs_field_text(f, bs_field(f, "description deck summary"));
	bs_catalog_body(c, bs_str_trim(c->document.body).len > 0 ? c->document.body : summary, c->document.body_line,
	          term.lang, &term.description);
	bs_fields_unread(f);
	if (c->rc == BS_OK)
		c->run->totals->terms += save_term(c, &term, &image);
}
