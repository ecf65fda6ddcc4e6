/* publication.c - see publication.h. Each kind of row is one query, gathered into a list that grows in the arena. */
#include "newsroom/publication.h"

#include "newsroom/catalog.h"
#include "newsroom/ledger.h"
#include "text/json.h"
#include "text/markup.h"

/* A list that grows in an arena. */
struct list {
	struct bs_arena *arena;
	size_t size, count, room;
	char *items;
};

static void *list_add(struct list *list)
{
	list->items = bs_arena_grow(list->arena, list->items, list->count, &list->room, 8, list->size);
	return list->items + list->size * list->count++;
}

static struct bs_str copy(struct bs_publication *p, const struct bs_stmt *stmt, int column)
{
	return bs_arena_copy(p->arena, bs_stmt_str(stmt, column));
}

typedef void row_fn(struct bs_publication *p, const struct bs_stmt *stmt, struct list *list);

/* Call `row` for each row of a query. */
static enum bs_rc each_row_of(struct bs_publication *p, struct bs_db *db, const struct bs_query *query, struct bs_values values,
                              row_fn *row, struct list *list, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, query, values, &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK)
		row(p, stmt, list);
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* Of one without values. */
static enum bs_rc each_row(struct bs_publication *p, struct bs_db *db, const struct bs_query *query, row_fn *row, struct list *list,
                           struct bs_err *err)
{
	return each_row_of(p, db, query, BS_NO_VALUES, row, list, err);
}

static enum bs_rc setting(struct bs_publication *p, struct bs_db *db, const char *name, struct bs_str *out,
                          struct bs_err *err)
{
	return bs_setting_get(p->arena, db, bs_str_c(name), out, err);
}

static enum bs_rc load_settings(struct bs_publication *p, struct bs_db *db, struct bs_err *err)
{
	struct bs_str lang, zone, approval;
	const struct {
		const char *name;
		struct bs_str *out;
	} texts[] = {
		{ "language", &lang },          { "timezone", &zone },         { "url", &p->url },
		{ "licence", &p->licence },     { "contact.email", &p->email }, { "contact.media", &p->email_media },
		{ "contact.permissions", &p->email_permissions }, { "contact.corrections", &p->email_corrections },
		{ "contact.phone", &p->phone }, { "contact.address", &p->address }, { "translation.approval", &approval },
	};
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < BS_COUNT(texts) && rc == BS_OK; i++)
		rc = setting(p, db, texts[i].name, texts[i].out, err);
	if (rc != BS_OK)
		return rc;
	p->tells_unapproved = bs_str_eq(approval, BS_STR("shown"));
	p->lang = bs_lang_find(lang);
	if (p->lang == NULL)
		p->lang = &bs_langs[0];
	return bs_zone_find(zone, &p->zone, err);
}

/* "name" is the publication's own language, "name.de" German. */
static void name_row(struct bs_publication *p, const struct bs_stmt *stmt, struct list *lists)
{
	static const struct bs_str prefixes[] = { BS_STR_INIT("name"), BS_STR_INIT("tagline") };
	struct bs_str name = bs_stmt_str(stmt, BS_C_publication_settings_name);

	for (size_t i = 0; i < BS_COUNT(prefixes); i++) {
		struct bs_publication_name *text;
		if (!bs_str_starts(name, prefixes[i]) || (name.len > prefixes[i].len && name.ptr[prefixes[i].len] != '.'))
			continue;
		text = list_add(&lists[i]);
		text->lang = name.len > prefixes[i].len ? bs_arena_copy(p->arena, bs_str_sub(name, prefixes[i].len + 1, SIZE_MAX))
		                                        : p->lang->code;
		text->text = copy(p, stmt, BS_C_publication_settings_value);
	}
}

static enum bs_rc load_names(struct bs_publication *p, struct bs_db *db, struct bs_err *err)
{
	struct list lists[2] = { { .arena = p->arena, .size = sizeof(struct bs_publication_name) },
	                         { .arena = p->arena, .size = sizeof(struct bs_publication_name) } };
	enum bs_rc rc = each_row(p, db, BS_Q_publication_settings, name_row, lists, err);

	if (rc == BS_OK && lists[0].count == 0) {
		struct bs_publication_name *text = list_add(&lists[0]);
		text->lang = p->lang->code;
		rc = setting(p, db, "name", &text->text, err);
	}
	p->names = (struct bs_publication_name *)lists[0].items;
	p->name_count = lists[0].count;
	p->taglines = (struct bs_publication_name *)lists[1].items;
	p->tagline_count = lists[1].count;
	return rc;
}

static enum bs_rc load_channels(struct bs_publication *p, struct bs_db *db, struct bs_err *err)
{
	struct list list = { .arena = p->arena, .size = sizeof(struct bs_channel) };
	const struct bs_json *json = NULL;
	struct bs_str text;
	enum bs_rc rc = setting(p, db, "channels", &text, err);

	if (rc == BS_OK)
		rc = bs_json_parse(p->arena, text, &json, err);
	if (rc == BS_OK && json->kind == BS_JSON_ARRAY) {
		for (const struct bs_json *item = json->first; item != NULL; item = item->next)
			*(struct bs_channel *)list_add(&list) = (struct bs_channel){
				bs_json_string(bs_json_get(item, BS_STR("name"))), bs_json_string(bs_json_get(item, BS_STR("url"))) };
	}
	p->channels = (struct bs_channel *)list.items;
	p->channel_count = list.count;
	return rc;
}

static enum bs_rc load_menu(struct bs_publication *p, struct bs_db *db, const char *name, struct bs_menu *out, struct bs_err *err)
{
	struct list entries = { .arena = p->arena, .size = sizeof(struct bs_menu_entry) };
	const struct bs_json *json = NULL, *labels;
	struct bs_str text;
	enum bs_rc rc = setting(p, db, name, &text, err);

	if (rc == BS_OK)
		rc = bs_json_parse(p->arena, text, &json, err);
	for (const struct bs_json *item = rc == BS_OK && json->kind == BS_JSON_ARRAY ? json->first : NULL; item != NULL; item = item->next) {
		struct list own = { .arena = p->arena, .size = sizeof(struct bs_publication_name) };
		struct bs_menu_entry *entry = list_add(&entries);
		labels = bs_json_get(item, BS_STR("labels"));
		for (const struct bs_json *label = labels != NULL && labels->kind == BS_JSON_OBJECT ?
				labels->first : NULL; label != NULL; label = label->next)
			*(struct bs_publication_name *)list_add(&own) = (struct bs_publication_name){ label->name, bs_json_string(label) };
		*entry = (struct bs_menu_entry){ bs_json_string(bs_json_get(item, BS_STR("to"))),
			(struct bs_publication_name *)own.items, own.count };
	}
	*out = (struct bs_menu){ (struct bs_menu_entry *)entries.items, entries.count };
	return rc;
}

static enum bs_rc load_menus(struct bs_publication *p, struct bs_db *db, struct bs_err *err)
{
	enum bs_rc rc = load_menu(p, db, "menu.header", &p->header, err);

	return rc == BS_OK ? load_menu(p, db, "menu.footer", &p->footer, err) : rc;
}

static void section_row(struct bs_publication *p, const struct bs_stmt *stmt, struct list *list)
{
	struct bs_section *section = list_add(list);

	*section = (struct bs_section){
		.id = bs_stmt_int(stmt, BS_C_publication_terms_id),
		.slug = copy(p, stmt, BS_C_publication_terms_slug),
		.place = (int)bs_stmt_int(stmt, BS_C_publication_terms_section),
		.colour = copy(p, stmt, BS_C_publication_terms_colour),
		.colour_dark = copy(p, stmt, BS_C_publication_terms_colour_dark),
		.stories = bs_stmt_int(stmt, BS_C_publication_terms_stories),
	};
	if (bs_vocabulary_of(bs_stmt_str(stmt, BS_C_publication_terms_vocabulary), &section->vocabulary) != BS_OK)
		section->vocabulary = BS_THEME;
}

struct term_name {
	int64_t term_id;
	struct bs_publication_name name;
};

static void term_name_row(struct bs_publication *p, const struct bs_stmt *stmt, struct list *list)
{
	*(struct term_name *)list_add(list) = (struct term_name){
		bs_stmt_int(stmt, BS_C_publication_term_names_term_id),
		{ copy(p, stmt, BS_C_publication_term_names_lang), copy(p, stmt, BS_C_publication_term_names_name) },
	};
}

/* By place, those without one behind all that have one; the query has them by place and id. */
static void sections_order(struct bs_section *sections, size_t count, struct bs_section *ordered)
{
	size_t at = 0;

	for (int placed = 1; placed >= 0; placed--) {
		for (size_t i = 0; i < count; i++) {
			if ((sections[i].place > 0) == (placed == 1))
				ordered[at++] = sections[i];
		}
	}
}

static enum bs_rc load_sections(struct bs_publication *p, struct bs_db *db, struct bs_err *err)
{
	struct list sections = { .arena = p->arena, .size = sizeof(struct bs_section) };
	struct list names = { .arena = p->arena, .size = sizeof(struct term_name) };
	struct bs_section *ordered;
	enum bs_rc rc = each_row(p, db, BS_Q_publication_terms, section_row, &sections, err);

	if (rc == BS_OK)
		rc = each_row(p, db, BS_Q_publication_term_names, term_name_row, &names, err);
	if (rc != BS_OK)
		return rc;
	ordered = BS_ARRAY(p->arena, sections.count, struct bs_section);
	sections_order((struct bs_section *)sections.items, sections.count, ordered);
	for (size_t i = 0; i < sections.count; i++) {
		struct list own = { .arena = p->arena, .size = sizeof(struct bs_publication_name) };
		for (size_t k = 0; k < names.count; k++) {
			const struct term_name *name = &((struct term_name *)names.items)[k];
			if (name->term_id == ordered[i].id)
				*(struct bs_publication_name *)list_add(&own) = name->name;
		}
		ordered[i].names = (struct bs_publication_name *)own.items;
		ordered[i].name_count = own.count;
	}
	p->sections = ordered;
	p->section_count = sections.count;
	return BS_OK;
}

struct notice_row {
	struct bs_notice notice;
	int64_t body_id;
};

static void notice_row(struct bs_publication *p, const struct bs_stmt *stmt, struct list *list)
{
	*(struct notice_row *)list_add(list) = (struct notice_row){
		.notice = { .slug = copy(p, stmt, BS_C_publication_notices_slug), .lang = copy(p, stmt, BS_C_publication_notices_lang),
		            .kind = copy(p, stmt, BS_C_publication_notices_kind),
		            .placement = copy(p, stmt, BS_C_publication_notices_placement),
		            .applies = copy(p, stmt, BS_C_publication_notices_applies),
		            .title = copy(p, stmt, BS_C_publication_notices_title) },
		.body_id = bs_stmt_int(stmt, BS_C_publication_notices_body_id),
	};
}

/* {"kinds":["opinion"],"themes":["energy"]} becomes "kind:opinion", "theme:energy". */
static enum bs_rc rule_read(struct bs_publication *p, struct bs_notice *notice, struct bs_err *err)
{
	struct list rules = { .arena = p->arena, .size = sizeof(struct bs_str) };
	const struct bs_json *json = NULL;
	enum bs_rc rc;

	if (notice->applies.len == 0 || notice->applies.ptr[0] != '{')
		return BS_OK;
	rc = bs_json_parse(p->arena, notice->applies, &json, err);
	if (rc != BS_OK)
		return rc;
	for (const struct bs_json *set = json->first; set != NULL; set = set->next) {
		for (const struct bs_json *word = set->kind == BS_JSON_ARRAY ? set->first : NULL; word != NULL; word = word->next) {
			struct bs_str text = bs_json_string(word);
			*(struct bs_str *)list_add(&rules) =
				bs_arena_printf(p->arena, "%.*s:%.*s", (int)set->name.len - 1, set->name.ptr, BS_ALL(text));
		}
	}
	notice->applies = BS_STR("");
	notice->rules = (struct bs_str *)rules.items;
	notice->rule_count = rules.count;
	return BS_OK;
}

/* One passage of a notice in a language that it was not written in. */
struct notice_word {
	struct bs_str slug, lang;
	struct bs_str title; /* plain; empty: not translated */
	struct bs_block block;
};

static void notice_word_row(struct bs_publication *p, const struct bs_stmt *stmt, struct list *list)
{
	const struct bs_lang *lang = bs_lang_find(bs_stmt_str(stmt, BS_C_publication_notices_in_passage_lang));
	struct bs_str attrs = copy(p, stmt, BS_C_publication_notices_in_attrs), in = copy(p, stmt, BS_C_publication_notices_in_lang);

	*(struct notice_word *)list_add(list) = (struct notice_word){
		.slug = copy(p, stmt, BS_C_publication_notices_in_slug), .lang = in,
		.title = bs_markup_plain(p->arena, bs_stmt_str(stmt, BS_C_publication_notices_in_title)),
		.block = { .path = copy(p, stmt, BS_C_publication_notices_in_path), .markup = copy(p, stmt, BS_C_publication_notices_in_markup),
		           .attrs = lang == NULL || bs_str_eq(lang->code, in) ? attrs : bs_attrs_in(p->arena, attrs, lang) },
	};
}

/* The notice that these words of one language belong to, told in it. */
static struct bs_notice told_in(struct bs_publication *p, const struct list *notices, const struct notice_word *words, size_t count)
{
	struct bs_notice told = { .lang = words[0].lang };

	for (size_t i = 0; i < notices->count; i++) {
		const struct bs_notice *notice = &((struct bs_notice *)notices->items)[i];
		if (bs_str_eq(notice->slug, words[0].slug) && bs_str_eq(notice->lang, p->lang->code))
			told = *notice;
	}
	told.lang = words[0].lang;
	if (words[0].title.len > 0)
		told.title = words[0].title;
	else
		told.title_lang = p->lang;
	told.body = (struct bs_body){ .blocks = BS_ARRAY(p->arena, count, struct bs_block), .count = count };
	for (size_t i = 0; i < count; i++)
		told.body.blocks[i] = words[i].block;
	return told;
}

static enum bs_rc load_notices_in(struct bs_publication *p, struct bs_db *db, struct list *notices, struct bs_err *err)
{
	struct list words = { .arena = p->arena, .size = sizeof(struct notice_word) };
	const struct notice_word *all;
	size_t end;
	enum bs_rc rc = each_row_of(p, db, BS_Q_publication_notices_in, BS_VALUES(bs_text(p->lang->code)), notice_word_row, &words, err);

	all = (const struct notice_word *)words.items;
	for (size_t at = 0; at < words.count && rc == BS_OK; at = end) {
		for (end = at; end < words.count && bs_str_eq(all[end].slug, all[at].slug) && bs_str_eq(all[end].lang, all[at].lang);)
			end++;
		*(struct bs_notice *)list_add(notices) = told_in(p, notices, &all[at], end - at);
	}
	return rc;
}

static enum bs_rc load_notices(struct bs_publication *p, struct bs_db *db, struct bs_err *err)
{
	struct list rows = { .arena = p->arena, .size = sizeof(struct notice_row) };
	struct list notices = { .arena = p->arena, .size = sizeof(struct bs_notice) };
	enum bs_rc rc = each_row(p, db, BS_Q_publication_notices, notice_row, &rows, err);

	for (size_t i = 0; i < rows.count && rc == BS_OK; i++) {
		const struct notice_row *row = &((struct notice_row *)rows.items)[i];
		struct bs_notice *notice = list_add(&notices);
		*notice = row->notice;
		rc = bs_body_load(p->arena, db, row->body_id, &notice->body, err);
		if (rc == BS_OK)
			rc = rule_read(p, notice, err);
	}
	if (rc == BS_OK)
		rc = load_notices_in(p, db, &notices, err);
	p->notices = (struct bs_notice *)notices.items;
	p->notice_count = notices.count;
	return rc;
}

static void lang_row(struct bs_publication *p, const struct bs_stmt *stmt, struct list *list)
{
	const struct bs_lang *lang = bs_lang_find(bs_stmt_str(stmt, BS_C_publication_languages_lang));

	if (lang != NULL && lang != p->lang)
		*(const struct bs_lang **)list_add(list) = lang;
}

static void page_row(struct bs_publication *p, const struct bs_stmt *stmt, struct list *list)
{
	*(struct bs_dateless *)list_add(list) = (struct bs_dateless){
		copy(p, stmt, BS_C_publication_pages_slug), copy(p, stmt, BS_C_publication_pages_lang),
		copy(p, stmt, BS_C_publication_pages_title) };
}

static enum bs_rc load_rest(struct bs_publication *p, struct bs_db *db, struct bs_err *err)
{
	struct list langs = { .arena = p->arena, .size = sizeof(struct bs_lang *) };
	struct list pages = { .arena = p->arena, .size = sizeof(struct bs_dateless) };
	enum bs_rc rc;

	*(const struct bs_lang **)list_add(&langs) = p->lang;
	rc = each_row(p, db, BS_Q_publication_languages, lang_row, &langs, err);
	if (rc == BS_OK)
		rc = each_row(p, db, BS_Q_publication_pages, page_row, &pages, err);
	p->langs = (const struct bs_lang *const *)langs.items;
	p->lang_count = langs.count;
	p->pages = (struct bs_dateless *)pages.items;
	p->page_count = pages.count;
	return rc;
}

enum bs_rc bs_publication_load(struct bs_db *db, struct bs_publication **out, struct bs_err *err)
{
	static enum bs_rc (*const steps[])(struct bs_publication *, struct bs_db *, struct bs_err *) = {
		load_settings, load_names, load_channels, load_menus, load_sections, load_notices, load_rest,
	};
	struct bs_arena *arena = bs_arena_new();
	struct bs_publication *p = BS_NEW(arena, struct bs_publication);
	enum bs_rc rc = BS_OK;

	p->arena = arena;
	for (size_t i = 0; i < BS_COUNT(steps) && rc == BS_OK; i++)
		rc = steps[i](p, db, err);
	if (rc == BS_OK)
		*out = p;
	else
		bs_arena_free(&arena);
	return rc;
}

void bs_publication_free(struct bs_publication **publication)
{
	struct bs_arena *arena = *publication != NULL ? (*publication)->arena : NULL;

	bs_arena_free(&arena);
	*publication = NULL;
}

struct bs_str bs_publication_text(const struct bs_publication *publication, const struct bs_publication_name *texts,
                                  size_t count, const struct bs_lang *lang)
{
	const struct bs_str wanted[] = { lang->code, publication->lang->code };

	for (size_t k = 0; k < BS_COUNT(wanted); k++) {
		for (size_t i = 0; i < count; i++) {
			if (bs_str_eq(texts[i].lang, wanted[k]))
				return texts[i].text;
		}
	}
	return count > 0 ? texts[0].text : BS_STR("");
}

const struct bs_notice *bs_publication_notice(const struct bs_publication *publication, struct bs_str slug, struct bs_str lang)
{
	const struct bs_notice *found = NULL;

	for (size_t i = 0; i < publication->notice_count; i++) {
		const struct bs_notice *notice = &publication->notices[i];
		if (!bs_str_eq(notice->slug, slug))
			continue;
		if (bs_str_eq(notice->lang, lang))
			return notice;
		if (found == NULL || bs_str_eq(notice->lang, publication->lang->code))
			found = notice;
	}
	return found;
}

const struct bs_section *bs_publication_section(const struct bs_publication *publication, int64_t term_id)
{
	for (size_t i = 0; i < publication->section_count; i++) {
		if (publication->sections[i].id == term_id)
			return &publication->sections[i];
	}
	return NULL;
}
