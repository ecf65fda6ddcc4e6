/* story.c - a story with all that its page shows; see read.h. */
#include "site/read/rows.h"

#include "newsroom/ledger.h"
#include "text/markup.h"

static void story_row(struct bs_page *page, const struct bs_stmt *s, struct bs_story *out)
{
	*out = (struct bs_story){
		.id = bs_stmt_int(s, BS_C_story_at_id),
		.original_id = bs_stmt_int(s, BS_C_story_at_original_id),
		.public_id = bs_row_text(page, s, BS_C_story_at_public_id),
		.address = { .lang = bs_row_lang(page, bs_stmt_str(s, BS_C_story_at_lang)), .year = (int)bs_stmt_int(s, BS_C_story_at_year),
		             .month = (int)bs_stmt_int(s, BS_C_story_at_month), .slug = bs_row_text(page, s, BS_C_story_at_slug) },
		.written = bs_row_lang(page, bs_stmt_str(s, BS_C_story_at_lang)),
		.published_at = bs_stmt_int(s, BS_C_story_at_published_at),
		.updated_at = bs_stmt_int(s, BS_C_story_at_updated_at),
		.body_id = bs_stmt_int(s, BS_C_story_at_body_id),
		.words = bs_stmt_int(s, BS_C_story_at_words),
		.revision = (int)bs_stmt_int(s, BS_C_story_at_number),
		.manifest_hash = bs_row_hex(page, s, BS_C_story_at_manifest_hash),
		.licence = bs_row_text(page, s, BS_C_story_at_licence),
		.canonical = bs_row_text(page, s, BS_C_story_at_canonical),
		.media_contact = bs_row_text(page, s, BS_C_story_at_media_contact),
		.reason = bs_row_text(page, s, BS_C_story_at_reason),
		.source_name = bs_row_text(page, s, BS_C_story_at_source_name),
		.source_url = bs_row_text(page, s, BS_C_story_at_source_url),
		.source_at = bs_stmt_int(s, BS_C_story_at_source_at),
		.source_permission = bs_row_text(page, s, BS_C_story_at_source_permission),
		.section_id = bs_stmt_int(s, BS_C_story_at_section_id),
		.related_id = bs_stmt_int(s, BS_C_story_at_related_id),
		.author_ids = { bs_stmt_int(s, BS_C_story_at_author_id), bs_stmt_int(s, BS_C_story_at_second_author_id) },
		.authors = bs_row_text(page, s, BS_C_story_at_authors),
		.image = bs_row_media(page, s, BS_C_story_at_image_hash),
		.image_credit_url = bs_row_text(page, s, BS_C_story_at_image_credit_url),
		.image_licence = bs_row_text(page, s, BS_C_story_at_image_licence),
		.image_syndicate = bs_stmt_int(s, BS_C_story_at_image_syndicate) != 0,
		.has_notices = bs_stmt_int(s, BS_C_story_at_has_notices) != 0,
		.has_corrections = bs_stmt_int(s, BS_C_story_at_has_corrections) != 0,
		.has_versions = bs_stmt_int(s, BS_C_story_at_has_versions) != 0,
	};
	if (bs_kind_of(bs_stmt_str(s, BS_C_story_at_kind), &out->kind) != BS_OK)
		out->kind = BS_KIND_NEWS;
	if (bs_status_of(bs_stmt_str(s, BS_C_story_at_status), &out->status) != BS_OK)
		out->status = BS_STATUS_DRAFT;
	out->image.bytes = bs_stmt_int(s, BS_C_story_at_image_bytes);
}

/* The row of story-at or story-by-id, which have the same columns, of whatever status. */
static enum bs_rc story_take(struct bs_page *page, struct bs_stmt **stmt, struct bs_story *out, struct bs_err *err)
{
	enum bs_rc rc = bs_stmt_next(*stmt, err);

	if (rc == BS_OK) {
		story_row(page, *stmt, out);
		bs_page_tag(page, BS_TAG_STORY, out->id);
	}
	bs_stmt_free(stmt);
	return rc;
}

/* What readers may know of. */
static enum bs_rc public_take(struct bs_page *page, struct bs_stmt **stmt, struct bs_story *out, struct bs_err *err)
{
	enum bs_rc rc = story_take(page, stmt, out, err);
	bool known = out->status == BS_STATUS_PUBLISHED || out->status == BS_STATUS_WITHDRAWN;

	return rc == BS_OK && !known ? BS_NOT_FOUND : rc;
}

static enum bs_rc by_id(struct bs_page *page, int64_t id, struct bs_stmt **out, struct bs_err *err)
{
	return bs_db_query(page->db, BS_Q_story_by_id, BS_VALUES(bs_int(id)), out, err);
}

enum bs_rc bs_story_look(struct bs_page *page, int64_t id, struct bs_story *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = by_id(page, id, &stmt, err);

	if (rc == BS_OK)
		rc = story_take(page, &stmt, out, err);
	if (rc == BS_OK)
		page->lang = out->written;
	return rc;
}

/* How far it is in the language: the row of story-translation-get or story-translation-at, which begin with the same columns. */
static enum bs_rc words_take(struct bs_page *page, struct bs_stmt **stmt, const struct bs_lang *lang, struct bs_story *story,
                             struct bs_err *err)
{
	struct bs_story_words *words = &story->in_words;
	enum bs_rc rc = bs_stmt_next(*stmt, err);

	if (rc == BS_OK)
		*words = (struct bs_story_words){
			.passages = bs_stmt_int(*stmt, BS_C_story_translation_get_passages),
			.done = bs_stmt_int(*stmt, BS_C_story_translation_get_done),
			.by_person = bs_stmt_int(*stmt, BS_C_story_translation_get_by_person),
			.approved = bs_stmt_int(*stmt, BS_C_story_translation_get_approved),
			.makers = bs_row_text(page, *stmt, BS_C_story_translation_get_makers),
			.number = (int)bs_stmt_int(*stmt, BS_C_story_translation_get_number),
			.listed = bs_stmt_int(*stmt, BS_C_story_translation_get_listed) != 0,
		};
	bs_stmt_free(stmt);
	if (rc == BS_NOT_FOUND || (rc == BS_OK && words->done < words->passages))
		bs_page_want(page, story->id, story->written, lang);
	return rc == BS_OK && words->done == 0 ? BS_NOT_FOUND : rc;
}

/* Shown in a language that it was not written in. A canonical address is that of the text: what is translated of it has its home here. */
static void show_in(struct bs_story *story, const struct bs_lang *lang)
{
	story->address.lang = lang;
	story->canonical = BS_STR("");
}

/* A story by its address in a language, and how far it is in the one that is asked for: begun together. */
struct sought {
	struct bs_stmt *story, *words;
};

static enum bs_rc seek(struct bs_page *page, const struct bs_lang *lang, const struct bs_address *asked, struct sought *out,
                       struct bs_err *err)
{
	struct bs_param code = bs_text(lang->code), year = bs_int(asked->year), month = bs_int(asked->month), slug = bs_text(asked->slug);
	enum bs_rc rc = bs_db_query(page->db, BS_Q_story_at, BS_VALUES(code, year, month, slug), &out->story, err);

	if (rc == BS_OK && lang != asked->lang)
		rc = bs_db_query(page->db, BS_Q_story_translation_at, BS_VALUES(code, year, month, slug, bs_text(asked->lang->code)),
		                 &out->words, err);
	return rc;
}

static enum bs_rc sought_take(struct bs_page *page, struct sought *sought, const struct bs_lang *asked, struct bs_story *out,
                              struct bs_err *err)
{
	bool foreign = sought->words != NULL;
	enum bs_rc rc = public_take(page, &sought->story, out, err);

	if (rc == BS_OK && foreign && out->status == BS_STATUS_PUBLISHED)
		rc = words_take(page, &sought->words, asked, out, err);
	if (rc == BS_OK && foreign)
		show_in(out, asked);
	return rc;
}

static void sought_free(struct sought *sought)
{
	bs_stmt_free(&sought->story);
	bs_stmt_free(&sought->words);
}

/* Told in the language itself, else at the same place in another: the publication's own is the likeliest, and asked for in the same
 * round trip. */
enum bs_rc bs_story_find(struct bs_page *page, struct bs_address address, struct bs_story *out, struct bs_err *err)
{
	const struct bs_publication *p = page->publication;
	struct sought own = { 0 }, other = { 0 };
	enum bs_rc rc = seek(page, address.lang, &address, &own, err);

	if (rc == BS_OK && p->lang != address.lang)
		rc = seek(page, p->lang, &address, &other, err);
	if (rc == BS_OK)
		rc = sought_take(page, &own, address.lang, out, err);
	if (rc == BS_NOT_FOUND && other.story != NULL)
		rc = sought_take(page, &other, address.lang, out, err);
	for (size_t i = 0; i < p->lang_count && rc == BS_NOT_FOUND; i++) {
		if (p->langs[i] == address.lang || p->langs[i] == p->lang)
			continue;
		sought_free(&other);
		rc = seek(page, p->langs[i], &address, &other, err);
		if (rc == BS_OK)
			rc = sought_take(page, &other, address.lang, out, err);
	}
	sought_free(&own);
	sought_free(&other);
	return rc;
}

enum bs_rc bs_story_load(struct bs_page *page, int64_t id, struct bs_story *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = by_id(page, id, &stmt, err);

	if (rc == BS_OK)
		rc = public_take(page, &stmt, out, err);
	if (rc != BS_OK || out->status != BS_STATUS_PUBLISHED)
		return rc == BS_OK ? BS_NOT_FOUND : rc;
	if (out->written == page->lang)
		return BS_OK;
	rc = bs_db_query(page->db, BS_Q_story_translation_get, BS_VALUES(bs_int(id), bs_text(page->lang->code)), &stmt, err);
	if (rc == BS_OK)
		rc = words_take(page, &stmt, page->lang, out, err);
	if (rc == BS_OK && out->in_words.listed)
		show_in(out, page->lang);
	return rc == BS_NOT_FOUND ? BS_OK : rc; /* it is told in its own language alone */
}

/* Take the fields out of the list of passages; what is left is the body. */
static void body_row(struct bs_page *page, const struct bs_stmt *s, struct bs_story *story)
{
	const struct {
		struct bs_str path;
		struct bs_str *field;
	} fields[] = {
		{ BS_STR("@title"), &story->title },           { BS_STR("@subtitle"), &story->subtitle },
		{ BS_STR("@summary"), &story->summary },       { BS_STR("@author-line"), &story->author_line },
		{ BS_STR("@image-alt"), &story->image_alt },   { BS_STR("@image-caption"), &story->image_caption },
		{ BS_STR("@image-credit"), &story->image_credit },
	};
	struct bs_str path = bs_stmt_str(s, BS_C_body_load_path), attrs = bs_stmt_str(s, BS_C_body_load_attrs);
	const struct bs_lang *lang = bs_row_lang(page, bs_stmt_str(s, BS_C_body_load_lang));
	struct bs_body *body = &story->body;

	for (size_t i = 0; path.len > 0 && path.ptr[0] == '@' && i < BS_COUNT(fields); i++) {
		if (bs_str_eq(path, fields[i].path))
			*fields[i].field = bs_in_its_language(page, bs_row_text(page, s, BS_C_body_load_markup), lang, story->address.lang);
	}
	if (path.len > 0 && path.ptr[0] == '@')
		return;
	body->blocks = bs_rows_grow(page, body->blocks, body->count, sizeof(*body->blocks));
	if (lang == story->address.lang)
		attrs = bs_arena_copy(page->arena, attrs);
	else
		attrs = bs_attrs_in(page->arena, attrs, lang);
	body->blocks[body->count++] = (struct bs_block){ bs_row_text(page, s, BS_C_body_load_path), attrs,
	                                                 bs_row_text(page, s, BS_C_body_load_markup) };
}

static void person_row(struct bs_page *page, const struct bs_stmt *s, struct bs_story *story)
{
	struct bs_person_row *person;

	story->people = bs_rows_grow(page, story->people, story->person_count, sizeof(*story->people));
	person = &story->people[story->person_count++];
	*person = (struct bs_person_row){
		.id = bs_stmt_int(s, BS_C_story_people_id),
		.slug = bs_row_text(page, s, BS_C_story_people_slug),
		.name = bs_row_text(page, s, BS_C_story_people_name),
		.url = bs_row_text(page, s, BS_C_story_people_url),
		.email = bs_row_text(page, s, BS_C_story_people_email),
		.portrait = bs_row_media(page, s, BS_C_story_people_portrait_hash),
		.portrait_alt = bs_row_text(page, s, BS_C_story_people_portrait_alt),
	};
	bs_row_job(page, s, person);
	if (bs_role_of(bs_stmt_str(s, BS_C_story_people_role), &person->role) != BS_OK)
		person->role = BS_ROLE_AUTHOR;
	bs_page_tag(page, BS_TAG_PERSON, person->id);
}

static void term_row(struct bs_page *page, const struct bs_stmt *s, struct bs_story *story)
{
	struct bs_term_row *term;

	story->terms = bs_rows_grow(page, story->terms, story->term_count, sizeof(*story->terms));
	term = &story->terms[story->term_count++];
	*term = (struct bs_term_row){ .id = bs_stmt_int(s, BS_C_story_terms_id), .slug = bs_row_text(page, s, BS_C_story_terms_slug),
		                      .name = bs_row_text(page, s, BS_C_story_terms_name), .code = bs_row_text(page, s, BS_C_story_terms_code) };
	if (bs_vocabulary_of(bs_stmt_str(s, BS_C_story_terms_vocabulary), &term->vocabulary) != BS_OK)
		term->vocabulary = BS_TAG;
	bs_page_tag(page, BS_TAG_TERM, term->id);
}

static void notice_row(struct bs_page *page, const struct bs_stmt *s, struct bs_story *story)
{
	story->notices = bs_rows_grow(page, story->notices, story->notice_count, sizeof(*story->notices));
	story->notices[story->notice_count++] = bs_row_text(page, s, BS_C_story_notices_slug);
}

static void correction_row(struct bs_page *page, const struct bs_stmt *s, struct bs_story *story)
{
	struct bs_correction_row *correction;

	story->corrections = bs_rows_grow(page, story->corrections, story->correction_count, sizeof(*story->corrections));
	correction = &story->corrections[story->correction_count++];
	*correction = (struct bs_correction_row){ .made_at = bs_stmt_int(s, BS_C_story_corrections_made_at),
		                                  .note = bs_row_text(page, s, BS_C_story_corrections_markup) };
	if (bs_correction_kind_of(bs_stmt_str(s, BS_C_story_corrections_kind), &correction->kind) != BS_OK)
		correction->kind = BS_CORRECTION;
}

/* Kept in the order of their codes. */
static void version_add(struct bs_page *page, struct bs_story *story, const struct bs_version *version)
{
	size_t at = story->version_count++;

	story->versions = bs_rows_grow(page, story->versions, at, sizeof(*story->versions));
	for (; at > 0 && bs_str_cmp(story->versions[at - 1].address.lang->code, version->address.lang->code) > 0; at--)
		story->versions[at] = story->versions[at - 1];
	story->versions[at] = *version;
}

static void version_row(struct bs_page *page, const struct bs_stmt *s, struct bs_story *story)
{
	struct bs_version version = {
		.id = bs_stmt_int(s, BS_C_story_versions_id),
		.public_id = bs_row_text(page, s, BS_C_story_versions_public_id),
		.address = { .lang = bs_row_lang(page, bs_stmt_str(s, BS_C_story_versions_lang)),
		             .year = (int)bs_stmt_int(s, BS_C_story_versions_year), .month = (int)bs_stmt_int(s, BS_C_story_versions_month),
		             .slug = bs_row_text(page, s, BS_C_story_versions_slug) },
		.written = bs_row_lang(page, bs_stmt_str(s, BS_C_story_versions_written)),
		.published_at = bs_stmt_int(s, BS_C_story_versions_published_at),
		.canonical = bs_row_text(page, s, BS_C_story_versions_canonical),
	};

	version_add(page, story, &version);
	bs_page_tag(page, BS_TAG_STORY, version.id);
}

/* Of a story that can be read in its own language alone. */
static void only_version(struct bs_page *page, struct bs_story *story)
{
	struct bs_version version = { .id = story->id, .public_id = story->public_id, .address = story->address, .written = story->written,
		                      .published_at = story->published_at, .canonical = story->canonical };

	version.address.lang = story->written;
	if (story->status == BS_STATUS_PUBLISHED)
		version_add(page, story, &version);
}

/* Biographies come as passages with the author's place in the byline, which need not be its index here. */
static void bio_row(struct bs_page *page, const struct bs_stmt *s, struct bs_story *story)
{
	size_t pos = (size_t)bs_stmt_int(s, BS_C_story_bios_pos);
	struct bs_person_row *person;
	const struct bs_lang *lang;
	struct bs_str attrs;

	if (pos >= story->person_count)
		return;
	person = &story->people[pos];
	person->bio.blocks = bs_rows_grow(page, person->bio.blocks, person->bio.count, sizeof(struct bs_block));
	lang = bs_row_lang(page, bs_stmt_str(s, BS_C_story_bios_lang));
	if (person->bio.count == 0)
		person->bio_lang = lang;
	attrs = bs_row_text(page, s, BS_C_story_bios_attrs);
	person->bio.blocks[person->bio.count++] = (struct bs_block){
		bs_row_text(page, s, BS_C_story_bios_path), lang == person->bio_lang ? attrs : bs_attrs_in(page->arena, attrs, lang),
		bs_row_text(page, s, BS_C_story_bios_markup) };
}

/* What is read beside the story's own row, in this order. */
enum { BODY, PEOPLE, TERMS, NOTICES, CORRECTIONS, VERSIONS, BIOS, QUERIES };
enum { SHOWN_OTHERS = 4 }; /* related stories, and as many of an author */

struct rest {
	struct bs_stmt *stmts[QUERIES];
	struct bs_cards_wait related, by_author[BS_STORY_AUTHORS];
};

static enum bs_rc begin_rows(struct bs_page *page, const struct bs_story *story, size_t count, struct rest *rest, struct bs_err *err)
{
	struct bs_param id = bs_int(story->id), lang = bs_text(story->address.lang->code), here = bs_text(page->lang->code);
	struct bs_param group = bs_int(story->original_id != 0 ? story->original_id : story->id);
	bool foreign = story->written != story->address.lang;
	const struct {
		bool there;
		const struct bs_query *query;
		struct bs_values values;
	} all[QUERIES] = {
		[BODY] = { true, foreign ? BS_Q_body_load_in : BS_Q_body_load,
		           foreign ? BS_VALUES(bs_int(story->body_id), lang) : BS_VALUES(bs_int(story->body_id)) },
		[PEOPLE] = { true, BS_Q_story_people, BS_VALUES(id, here) },
		[TERMS] = { true, BS_Q_story_terms, BS_VALUES(id, here, bs_text(page->publication->lang->code)) },
		[NOTICES] = { story->has_notices, BS_Q_story_notices, BS_VALUES(id) },
		[CORRECTIONS] = { story->has_corrections, BS_Q_story_corrections, BS_VALUES(id) },
		[VERSIONS] = { story->has_versions, BS_Q_story_versions, BS_VALUES(group) },
		[BIOS] = { true, BS_Q_story_bios, BS_VALUES(id, here) },
	};
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < count && rc == BS_OK; i++)
		if (all[i].there)
			rc = bs_db_query(page->db, all[i].query, all[i].values, &rest->stmts[i], err);
	return rc;
}

/* Lists that the story itself may stand in: one more than are shown. */
static enum bs_rc begin_others(struct bs_page *page, const struct bs_story *story, struct rest *rest, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	if (story->related_id != 0)
		rc = bs_cards_begin(page, (struct bs_list){ BS_LIST_TERM, story->related_id }, 0, SHOWN_OTHERS + 1, &rest->related, err);
	for (size_t i = 0; i < BS_STORY_AUTHORS && rc == BS_OK; i++) {
		if (story->author_ids[i] != 0)
			rc = bs_cards_begin(page, (struct bs_list){ BS_LIST_PERSON, story->author_ids[i] }, 0, SHOWN_OTHERS + 1,
			                    &rest->by_author[i], err);
	}
	return rc;
}

static enum bs_rc read_rows(struct bs_page *page, struct bs_stmt **stmt, struct bs_story *story,
                            void (*row)(struct bs_page *, const struct bs_stmt *, struct bs_story *), struct bs_err *err)
{
	enum bs_rc rc;

	while ((rc = bs_stmt_next(*stmt, err)) == BS_OK)
		row(page, *stmt, story);
	bs_stmt_free(stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* The newest of a list, without the story itself. */
static enum bs_rc read_others(struct bs_page *page, struct bs_cards_wait *wait, int64_t story_id, struct bs_cards *out,
                              struct bs_err *err)
{
	struct bs_cards all;
	struct bs_card *others;
	size_t count = 0;
	enum bs_rc rc = bs_cards_end(page, wait, &all, err);

	if (rc != BS_OK)
		return rc;
	others = BS_ARRAY(page->arena, SHOWN_OTHERS, struct bs_card);
	for (size_t i = 0; i < all.count && count < SHOWN_OTHERS; i++) {
		if (all.list[i].id != story_id)
			others[count++] = all.list[i];
	}
	*out = (struct bs_cards){ others, count };
	return BS_OK;
}

static enum bs_rc read_all_others(struct bs_page *page, struct rest *rest, struct bs_story *story, struct bs_err *err)
{
	enum bs_rc rc = read_others(page, &rest->related, story->id, &story->related, err);
	size_t author = 0;

	for (size_t i = 0; i < story->person_count && author < BS_STORY_AUTHORS && rc == BS_OK; i++) {
		if (story->people[i].role == BS_ROLE_AUTHOR)
			rc = read_others(page, &rest->by_author[author++], story->id, &story->people[i].cards, err);
	}
	return rc;
}

static void rest_free(struct rest *rest)
{
	for (size_t i = 0; i < QUERIES; i++)
		bs_stmt_free(&rest->stmts[i]);
	bs_stmt_free(&rest->related.stmt);
	for (size_t i = 0; i < BS_STORY_AUTHORS; i++)
		bs_stmt_free(&rest->by_author[i].stmt);
}

/* --- notices in the text ---------------------------------------------------------------------------------------------------- */

struct telling {
	struct bs_page *page;
	const struct bs_lang *lang; /* of the text */
};

/* Its name above what it says, all of it marked as far as it is in another language than the text. */
static const struct bs_body *words_of_notice(void *ctx, struct bs_str slug)
{
	const struct telling *t = ctx;
	const struct bs_notice *notice = bs_publication_notice(t->page->publication, slug, t->lang->code);
	const struct bs_lang *lang = notice != NULL ? bs_lang_find(notice->lang) : NULL;
	struct bs_arena *arena = t->page->arena;
	struct bs_body *body;

	if (lang == NULL)
		return NULL;
	body = BS_NEW(arena, struct bs_body);
	body->blocks = BS_ARRAY(arena, notice->body.count + 1, struct bs_block);
	if (notice->title.len > 0) {
		const struct bs_lang *title_lang = notice->title_lang != NULL ? notice->title_lang : lang;
		struct bs_str parts[] = { BS_STR("<strong>"), bs_markup_of_text(arena, notice->title), BS_STR("</strong>") };
		body->blocks[body->count++] = (struct bs_block){ BS_STR("p"),
			title_lang == t->lang ? BS_STR("") : bs_attrs_in(arena, BS_STR(""), title_lang), bs_arena_join(arena, parts, 3, BS_STR("")) };
	}
	for (size_t i = 0; i < notice->body.count; i++) {
		struct bs_block block = notice->body.blocks[i];
		if (lang != t->lang && bs_attrs_get(block.attrs, BS_STR("lang")).len == 0)
			block.attrs = bs_attrs_in(arena, block.attrs, lang);
		body->blocks[body->count++] = block;
	}
	return body;
}

/* The words were counted when the story was saved: in its own language, without the notices that it places. */
static void body_finish(struct bs_page *page, struct bs_story *story)
{
	size_t own = story->body.count;

	bs_body_place(page->arena, &story->body, words_of_notice, &(struct telling){ page, story->address.lang });
	if (story->written != story->address.lang || story->body.count != own)
		story->words = (int64_t)bs_body_words(&story->body);
}

enum bs_rc bs_story_fill(struct bs_page *page, struct bs_story *story, bool extras, struct bs_err *err)
{
	static void (*const rows[QUERIES])(struct bs_page *, const struct bs_stmt *, struct bs_story *) = {
		[BODY] = body_row, [PEOPLE] = person_row, [TERMS] = term_row, [NOTICES] = notice_row,
		[CORRECTIONS] = correction_row, [VERSIONS] = version_row, [BIOS] = bio_row,
	};
	size_t count = extras ? QUERIES : BIOS;
	struct rest rest = { 0 };
	enum bs_rc rc = begin_rows(page, story, count, &rest, err);

	if (rc == BS_OK && extras)
		rc = begin_others(page, story, &rest, err);
	for (size_t i = 0; i < count && rc == BS_OK; i++)
		if (rest.stmts[i] != NULL)
			rc = read_rows(page, &rest.stmts[i], story, rows[i], err);
	if (!story->has_versions)
		only_version(page, story);
	if (rc == BS_OK && extras)
		rc = read_all_others(page, &rest, story, err);
	rest_free(&rest);
	body_finish(page, story);
	return rc;
}
