/* values.c - what the kinds of files have in common; see catalog.h. */
#include "syndicate/import/catalog/catalog.h"

#include "base/limits.h"
#include "text/markdown.h"
#include "text/markup.h"

size_t bs_catalog_texts(struct bs_catalog *c, struct bs_fields *f, const struct bs_entry *entry, bool lines,
                        struct bs_term_name **out)
{
	struct bs_fields map;
	size_t count = 0;

	*out = NULL;
	if (entry == NULL)
		return 0;
	if (entry->value->kind != BS_DATA_MAP) {
		*out = BS_NEW(c->arena, struct bs_term_name);
		**out = (struct bs_term_name){ .lang = c->run->index.lang->code,
			                       .name = lines ? bs_field_lines(f, entry) : bs_field_text(f, entry) };
		return 1;
	}
	map = bs_fields_in(f, entry);
	*out = BS_ARRAY(c->arena, map.map->count, struct bs_term_name);
	for (size_t i = 0; i < map.map->count; i++) {
		struct bs_entry *text = &map.map->entries[i];
		const struct bs_lang *lang = bs_lang_find(text->key);

		text->read = true;
		if (lang == NULL)
			bs_field_refuse(&map, text, BS_INVALID, "'" BS_FMT "' is no language that is known",
			                BS_ARG(text->key));
		else if (text->value->kind != BS_DATA_NONE)
			(*out)[count++] = (struct bs_term_name){ .lang = lang->code,
				                                 .name = lines ? bs_field_lines(&map, text)
				                                               : bs_field_text(&map, text) };
	}
	return count;
}

struct bs_str bs_catalog_own_text(const struct bs_catalog *c, const struct bs_term_name *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (bs_str_eq(texts[i].lang, c->run->index.lang->code))
			return texts[i].name;
	}
	return count > 0 ? texts[0].name : (struct bs_str){ 0 };
}

struct bs_str bs_catalog_plain(struct bs_catalog *c, struct bs_str markup)
{
	return markup.len > 0 ? bs_markup_plain(c->arena, markup) : markup;
}

int64_t bs_catalog_picture(struct bs_catalog *c, const struct bs_front_image *image)
{
	struct bs_import_picture picture = { 0 };

	if (image->file.len > 0 && c->rc == BS_OK)
		c->rc = bs_import_picture(c->run, c->arena, c->file, (struct bs_import_named){ image->file, image->line }, &picture, c->err);
	return picture.media_id;
}

void bs_catalog_body(struct bs_catalog *c, struct bs_str markdown, int line, struct bs_str lang, struct bs_body *out)
{
	struct bs_markdown_options options = { .lang = lang, .converted = true, .first_line = line, .fault_line = &c->remarks.line };

	*out = (struct bs_body){ 0 };
	if (c->rc == BS_OK && bs_str_trim(markdown).len > 0)
		c->rc = bs_markdown_blocks(c->arena, markdown, &options, out, c->err);
}

struct bs_str bs_catalog_slug(struct bs_catalog *c)
{
	struct bs_str slug = bs_field_slug(&c->fields, bs_field(&c->fields, "slug"));
	int64_t day;

	return slug.len > 0 ? slug : bs_front_slug_of_path(c->arena, bs_import_shown(c->arena, c->file->path), c->run->index.lang, &day);
}

struct bs_str bs_catalog_json(struct bs_catalog *c, const struct bs_json *json)
{
	struct bs_buf out = BS_BUF(BS_MAX_FIELD);
	struct bs_str text = { 0 };

	if (c->rc == BS_OK)
		c->rc = bs_json_write(json, &out, c->err);
	if (c->rc == BS_OK)
		text = bs_arena_copy(c->arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return text;
}
