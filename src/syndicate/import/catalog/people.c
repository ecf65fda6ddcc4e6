/* people.c - people, and the houses that stories were taken from; see catalog.h. */
#include "syndicate/import/catalog/catalog.h"

static struct bs_str person_name(struct bs_catalog *c)
{
	struct bs_fields *f = &c->fields;
	struct bs_term_name *names;
	size_t count = bs_catalog_texts(c, f, bs_field(f, "name display_name displayname"), false, &names);
	struct bs_str first = bs_field_text(f, bs_field(f, "first_name firstname")),
		      last = bs_field_text(f, bs_field(f, "last_name lastname"));

	if (count > 0)
		return bs_catalog_own_text(c, names, count);
	if (first.len + last.len > 0)
		return bs_str_trim(bs_arena_printf(c->arena, "%.*s %.*s", (int)first.len,
		                                   first.len > 0 ? first.ptr : "", (int)last.len,
		                                   last.len > 0 ? last.ptr : ""));
	return bs_catalog_plain(c, bs_front_plain(f, bs_field(f, "title"))); /* Hugo's page of an author */
}

void bs_catalog_person(struct bs_catalog *c)
{
	struct bs_person_draft person = { .lang = c->run->index.lang->code };
	struct bs_fields *f = &c->fields;
	const struct bs_entry *language = bs_field(f, "language lang"), *bio;
	struct bs_str tag = bs_field_text(f, language);
	struct bs_front_image portrait;
	struct bs_term_name *jobs;
	size_t job_count;
	int64_t id;
	bool changed = false;

	if (tag.len > 0 && bs_lang_find(tag) != c->run->index.lang) {
		bs_remark(&c->remarks, BS_REMARK_TEXT, language->line, tag,
		          BS_STR("a person's text in another language than the publication's; left out"));
		return;
	}
	person.slug = bs_catalog_slug(c);
	person.name = person_name(c);
	job_count = bs_catalog_texts(c, f, bs_field(f, "title job position agency_full_name organization"), false, &jobs);
	person.job = bs_catalog_own_text(c, jobs, job_count);
	person.url = bs_field_url(f, bs_field(f, "url website homepage"), false);
	person.email = bs_field_email(f, bs_field(f, "email"));
	bs_front_image(f, bs_field(f, "portrait avatar photo image"), &portrait);
	bio = bs_field(f, "bio biography description summary");
	bs_catalog_body(c, bs_str_trim(c->document.body).len > 0 ? c->document.body : bs_field_lines(f, bio),
	          c->document.body_line, person.lang, &person.bio);
	bs_fields_unread(f);
	if (person.name.len == 0 && c->rc == BS_OK)
		c->rc = bs_refuse(&c->remarks, c->document.front_line, c->err, BS_INVALID,
		                  "name: missing; what is the person called?");
	person.portrait_id = bs_catalog_picture(c, &portrait);
	person.portrait_alt = bs_catalog_plain(c, portrait.alt);
	if (c->rc == BS_OK)
		c->rc = bs_person_save(c->arena, c->run->db, &person, &id, &changed, c->err);
	c->run->totals->people += changed;
}

void bs_catalog_source(struct bs_catalog *c)
{
	struct bs_str slug = bs_catalog_slug(c), name = bs_field_text(&c->fields, bs_field(&c->fields, "name title"));
	struct bs_str *kept = BS_NEW(c->run->arena, struct bs_str);

	if (name.len == 0 || slug.len == 0)
		return;
	*kept = bs_arena_copy(c->run->arena, name);
	*bs_map_put(&c->run->sources, bs_arena_copy(c->run->arena, slug)) = kept;
}
