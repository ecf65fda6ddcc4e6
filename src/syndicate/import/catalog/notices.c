/* notices.c - the notices of a newsroom; see catalog.h. */
#include "base/limits.h"
#include "syndicate/import/catalog/catalog.h"

/* {kinds: [opinion], themes: [energy]} as the canonical JSON that the newsroom keeps. */
static struct bs_str read_rule(struct bs_catalog *c, const struct bs_entry *entry)
{
	static const char *const lists[] = { "kinds", "regions", "reports", "tags", "themes" };
	struct bs_fields map = bs_fields_in(&c->fields, entry);
	struct bs_json *rule = bs_json_new_object(c->arena);

	for (size_t i = 0; i < BS_COUNT(lists); i++) {
		struct bs_entry *items;
		size_t count = bs_field_list(&map, bs_field(&map, lists[i]), BS_MAX_TERMS, &items);
		struct bs_json *list = count > 0 ? bs_json_add_array(rule, bs_str_c(lists[i])) : NULL;

		for (size_t n = 0; n < count; n++)
			bs_json_add_string(list, BS_STR(""), bs_field_slug(&map, &items[n]));
	}
	bs_fields_unread(&map);
	return bs_catalog_json(c, rule);
}

/* What a notice in another language takes from the one in the publication's. */
static void take_rule_of_original(struct bs_catalog *c, struct bs_notice_draft *notice)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(c->run->db, BS_Q_notice_by_slug,
	                            BS_VALUES(bs_text(notice->slug), bs_text(c->run->index.lang->code)), &stmt, c->err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, c->err);
	if (rc == BS_OK) {
		notice->kind = bs_arena_copy(c->arena, bs_stmt_str(stmt, BS_C_notice_by_slug_kind));
		notice->placement = bs_arena_copy(c->arena, bs_stmt_str(stmt, BS_C_notice_by_slug_placement));
		notice->applies = bs_arena_copy(c->arena, bs_stmt_str(stmt, BS_C_notice_by_slug_applies));
	} else if (rc != BS_NOT_FOUND) {
		c->rc = rc;
	}
	bs_stmt_free(&stmt);
}

static void read_notice(struct bs_catalog *c)
{
	struct bs_fields *f = &c->fields;
	struct bs_notice_draft notice = { 0 };
	const struct bs_entry *kind = bs_field(f, "kind"), *where = bs_field(f, "where"),
			      *stories = bs_field(f, "stories"), *language = bs_field(f, "language lang");
	struct bs_str tag = bs_field_text(f, language);
	const struct bs_lang *lang = tag.len > 0 ? bs_lang_find(tag) : c->run->index.lang;
	int64_t id;
	bool changed = false;

	if (lang == NULL)
		bs_field_refuse(f, language, BS_INVALID, "'" BS_FMT "' is no language that is known", BS_ARG(tag));
	notice.lang = lang != NULL ? lang->code : tag;
	notice.slug = bs_catalog_slug(c);
	notice.kind = bs_field_text(f, kind);
	notice.placement = bs_field_text(f, where);
	if (notice.placement.len == 0)
		notice.placement = bs_str_eq(notice.kind, BS_STR("note")) ? BS_STR("after") : BS_STR("end");
	notice.applies = stories == NULL                       ? BS_STR("all")
	                 : stories->value->kind == BS_DATA_MAP ? read_rule(c, stories)
	                                                       : bs_field_text(f, stories);
	if (stories != NULL && stories->value->kind != BS_DATA_MAP && !bs_str_eq(notice.applies, BS_STR("all")) &&
	    !bs_str_eq(notice.applies, BS_STR("listed")) && !bs_str_eq(notice.applies, BS_STR("elsewhere")))
		bs_field_refuse(f, stories, BS_INVALID,
		                "'" BS_FMT "' is none of all, listed, elsewhere, nor a mapping of kinds, themes …",
		                BS_ARG(notice.applies));
	notice.title = bs_catalog_plain(c, bs_front_plain(f, bs_field(f, "title")));
	bs_catalog_body(c, c->document.body, c->document.body_line, notice.lang, &notice.body);
	bs_fields_unread(f);
	if (c->rc == BS_OK && lang != c->run->index.lang)
		take_rule_of_original(c, &notice);
	if (c->rc == BS_OK)
		c->rc = bs_notice_save(c->arena, c->run->db, &notice, &id, &changed, c->err);
	c->run->totals->notices += changed;
}

static bool in_other_language(struct bs_catalog *c)
{
	const struct bs_data *tag = bs_data_get(c->map, BS_STR("language"));

	return tag != NULL && tag->kind == BS_DATA_TEXT && bs_lang_find(tag->text) != c->run->index.lang;
}

void bs_catalog_own_notice(struct bs_catalog *c)
{
	if (!in_other_language(c))
		read_notice(c);
}

void bs_catalog_other_notice(struct bs_catalog *c)
{
	if (in_other_language(c))
		read_notice(c);
}
