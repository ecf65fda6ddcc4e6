/* read.c - see read.h. */
#include "site/read.h"

static struct bs_str copy(struct bs_page *page, const struct bs_stmt *stmt, int column)
{
	return bs_arena_copy(page->arena, bs_stmt_str(stmt, column));
}

static struct bs_str hex_at(struct bs_page *page, const struct bs_stmt *stmt, int column)
{
	struct bs_str hash = bs_stmt_blob(stmt, column);
	char *hex = bs_arena_alloc(page->arena, 2 * hash.len + 1);

	bs_hex_encode((const uint8_t *)hash.ptr, hash.len, hex);
	return bs_str_n(hex, 2 * hash.len);
}

/* The four columns of a picture: hash, mime, width, height. */
static struct bs_media_ref media_at(struct bs_page *page, const struct bs_stmt *stmt, int column)
{
	if (bs_stmt_is_null(stmt, column))
		return (struct bs_media_ref){ 0 };
	return (struct bs_media_ref){ .hash = hex_at(page, stmt, column), .mime = copy(page, stmt, column + 1),
	                              .width = (int)bs_stmt_int(stmt, column + 2), .height = (int)bs_stmt_int(stmt, column + 3) };
}

/* Languages are checked when a story is saved. */
static const struct bs_lang *lang_of(struct bs_page *page, struct bs_str code)
{
	const struct bs_lang *lang = bs_lang_find(code);

	return lang != NULL ? lang : page->publication->lang;
}

/* A list that grows in the page's arena: room for one more item of `size`. */
static void *grow(struct bs_page *page, void *list, size_t count, size_t size)
{
	void *more;

	if (count > 0 && (count < 8 || (count & (count - 1)) != 0))
		return list;
	more = bs_arena_array(page->arena, count == 0 ? 8 : 2 * count, size);
	if (count > 0)
		memcpy(more, list, count * size);
	return more;
}

/* --- cards ------------------------------------------------------------------------------------------------------------ */

static struct bs_card card_row(struct bs_page *page, const struct bs_stmt *s)
{
	struct bs_card card = {
		.id = bs_stmt_int(s, BS_C_card_listing_id),
		.address = { .lang = lang_of(page, bs_stmt_str(s, BS_C_card_listing_lang)),
		             .year = (int)bs_stmt_int(s, BS_C_card_listing_year), .month = (int)bs_stmt_int(s, BS_C_card_listing_month),
		             .slug = copy(page, s, BS_C_card_listing_slug) },
		.published_at = bs_stmt_int(s, BS_C_card_listing_published_at),
		.updated_at = bs_stmt_int(s, BS_C_card_listing_updated_at),
		.source_name = copy(page, s, BS_C_card_listing_source_name),
		.section_id = bs_stmt_int(s, BS_C_card_listing_section_id),
		.authors = copy(page, s, BS_C_card_listing_authors),
		.featured = (int)bs_stmt_int(s, BS_C_card_listing_featured),
		.title = copy(page, s, BS_C_card_listing_title),
		.summary = copy(page, s, BS_C_card_listing_summary),
		.image = media_at(page, s, BS_C_card_listing_image_hash),
		.image_alt = copy(page, s, BS_C_card_listing_image_alt),
	};

	if (bs_kind_of(bs_stmt_str(s, BS_C_card_listing_kind), &card.kind) != BS_OK)
		card.kind = BS_KIND_NEWS;
	return card;
}

enum bs_rc bs_cards_read(struct bs_page *page, struct bs_stmt **stmt, struct bs_cards *out, struct bs_err *err)
{
	enum bs_rc rc;

	*out = (struct bs_cards){ 0 };
	while ((rc = bs_stmt_next(*stmt, err)) == BS_OK) {
		out->list = grow(page, out->list, out->count, sizeof(*out->list));
		out->list[out->count] = card_row(page, *stmt);
		bs_page_tag(page, BS_TAG_STORY, out->list[out->count++].id);
	}
	bs_stmt_free(stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_cards_list(struct bs_page *page, struct bs_list list, int64_t from, int64_t count, struct bs_cards *out,
                         struct bs_err *err)
{
	struct bs_list_place place;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_list_place_of(page->db, list, page->lang->code, page->now, from, &place, err);

	*out = (struct bs_cards){ 0 };
	bs_page_tag(page, bs_list_tag(list), list.of);
	if (rc == BS_OK)
		rc = bs_db_query(page->db, BS_Q_card_listing, BS_VALUES(bs_int(list.kind), bs_int(list.of), bs_text(page->lang->code),
		                 bs_int(place.published_at), bs_int(place.story_id), bs_int(count)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_cards_read(page, &stmt, out, err);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_list_count(struct bs_page *page, struct bs_list list, int64_t *out, struct bs_err *err)
{
	bs_page_tag(page, bs_list_tag(list), list.of);
	return bs_list_length(page->db, list, page->lang->code, out, err);
}

/* --- a story ------------------------------------------------------------------------------------------------------------ */

static void story_row(struct bs_page *page, const struct bs_stmt *s, struct bs_story *out)
{
	*out = (struct bs_story){
		.id = bs_stmt_int(s, BS_C_story_at_id),
		.original_id = bs_stmt_int(s, BS_C_story_at_original_id),
		.public_id = copy(page, s, BS_C_story_at_public_id),
		.address = { .lang = lang_of(page, bs_stmt_str(s, BS_C_story_at_lang)), .year = (int)bs_stmt_int(s, BS_C_story_at_year),
		             .month = (int)bs_stmt_int(s, BS_C_story_at_month), .slug = copy(page, s, BS_C_story_at_slug) },
		.published_at = bs_stmt_int(s, BS_C_story_at_published_at),
		.updated_at = bs_stmt_int(s, BS_C_story_at_updated_at),
		.body_id = bs_stmt_int(s, BS_C_story_at_body_id),
		.words = bs_stmt_int(s, BS_C_story_at_words),
		.revision = (int)bs_stmt_int(s, BS_C_story_at_number),
		.manifest_hash = hex_at(page, s, BS_C_story_at_manifest_hash),
		.licence = copy(page, s, BS_C_story_at_licence),
		.canonical = copy(page, s, BS_C_story_at_canonical),
		.media_contact = copy(page, s, BS_C_story_at_media_contact),
		.reason = copy(page, s, BS_C_story_at_reason),
		.source_name = copy(page, s, BS_C_story_at_source_name),
		.source_url = copy(page, s, BS_C_story_at_source_url),
		.source_at = bs_stmt_int(s, BS_C_story_at_source_at),
		.source_permission = copy(page, s, BS_C_story_at_source_permission),
		.section_id = bs_stmt_int(s, BS_C_story_at_section_id),
		.authors = copy(page, s, BS_C_story_at_authors),
		.image = media_at(page, s, BS_C_story_at_image_hash),
		.image_credit_url = copy(page, s, BS_C_story_at_image_credit_url),
		.image_licence = copy(page, s, BS_C_story_at_image_licence),
		.image_syndicate = bs_stmt_int(s, BS_C_story_at_image_syndicate) != 0,
	};
	if (bs_kind_of(bs_stmt_str(s, BS_C_story_at_kind), &out->kind) != BS_OK)
		out->kind = BS_KIND_NEWS;
	if (bs_status_of(bs_stmt_str(s, BS_C_story_at_status), &out->status) != BS_OK)
		out->status = BS_STATUS_DRAFT;
	out->image.bytes = bs_stmt_int(s, BS_C_story_at_image_bytes);
}

/* The row of story-at or story-by-id, which have the same columns. */
static enum bs_rc story_read(struct bs_page *page, const struct bs_query *query, struct bs_values values,
                             struct bs_story *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(page->db, query, values, &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		story_row(page, stmt, out);
		bs_page_tag(page, BS_TAG_STORY, out->id);
		if (out->status != BS_STATUS_PUBLISHED && out->status != BS_STATUS_WITHDRAWN)
			rc = BS_NOT_FOUND;
	}
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_story_find(struct bs_page *page, struct bs_address address, struct bs_story *out, struct bs_err *err)
{
	return story_read(page, BS_Q_story_at, BS_VALUES(bs_text(address.lang->code), bs_int(address.year), bs_int(address.month),
	                  bs_text(address.slug)), out, err);
}

enum bs_rc bs_story_load(struct bs_page *page, int64_t id, struct bs_story *out, struct bs_err *err)
{
	enum bs_rc rc = story_read(page, BS_Q_story_by_id, BS_VALUES(bs_int(id)), out, err);

	return rc == BS_OK && out->status != BS_STATUS_PUBLISHED ? BS_NOT_FOUND : rc;
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
	struct bs_str path = bs_stmt_str(s, BS_C_body_load_path);
	struct bs_body *body = &story->body;

	for (size_t i = 0; path.len > 0 && path.ptr[0] == '@' && i < BS_COUNT(fields); i++) {
		if (bs_str_eq(path, fields[i].path))
			*fields[i].field = copy(page, s, BS_C_body_load_markup);
	}
	if (path.len > 0 && path.ptr[0] == '@')
		return;
	body->blocks = grow(page, body->blocks, body->count, sizeof(*body->blocks));
	body->blocks[body->count++] = (struct bs_block){ copy(page, s, BS_C_body_load_path), copy(page, s, BS_C_body_load_attrs),
	                                                 copy(page, s, BS_C_body_load_markup) };
}

static void person_row(struct bs_page *page, const struct bs_stmt *s, struct bs_story *story)
{
	struct bs_person_row *person;

	story->people = grow(page, story->people, story->person_count, sizeof(*story->people));
	person = &story->people[story->person_count++];
	*person = (struct bs_person_row){
		.id = bs_stmt_int(s, BS_C_story_people_id),
		.slug = copy(page, s, BS_C_story_people_slug),
		.name = copy(page, s, BS_C_story_people_name),
		.job = copy(page, s, BS_C_story_people_job),
		.url = copy(page, s, BS_C_story_people_url),
		.email = copy(page, s, BS_C_story_people_email),
		.portrait = media_at(page, s, BS_C_story_people_portrait_hash),
		.portrait_alt = copy(page, s, BS_C_story_people_portrait_alt),
	};
	if (bs_role_of(bs_stmt_str(s, BS_C_story_people_role), &person->role) != BS_OK)
		person->role = BS_ROLE_AUTHOR;
	bs_page_tag(page, BS_TAG_PERSON, person->id);
}

static void term_row(struct bs_page *page, const struct bs_stmt *s, struct bs_story *story)
{
	struct bs_term_row *term;

	story->terms = grow(page, story->terms, story->term_count, sizeof(*story->terms));
	term = &story->terms[story->term_count++];
	*term = (struct bs_term_row){ .id = bs_stmt_int(s, BS_C_story_terms_id), .slug = copy(page, s, BS_C_story_terms_slug),
		                      .name = copy(page, s, BS_C_story_terms_name), .code = copy(page, s, BS_C_story_terms_code) };
	if (bs_vocabulary_of(bs_stmt_str(s, BS_C_story_terms_vocabulary), &term->vocabulary) != BS_OK)
		term->vocabulary = BS_TAG;
	bs_page_tag(page, BS_TAG_TERM, term->id);
}

static void notice_row(struct bs_page *page, const struct bs_stmt *s, struct bs_story *story)
{
	story->notices = grow(page, story->notices, story->notice_count, sizeof(*story->notices));
	story->notices[story->notice_count++] = copy(page, s, BS_C_story_notices_slug);
}

static void correction_row(struct bs_page *page, const struct bs_stmt *s, struct bs_story *story)
{
	struct bs_correction_row *correction;

	story->corrections = grow(page, story->corrections, story->correction_count, sizeof(*story->corrections));
	correction = &story->corrections[story->correction_count++];
	*correction = (struct bs_correction_row){ .made_at = bs_stmt_int(s, BS_C_story_corrections_made_at),
		                                  .note = copy(page, s, BS_C_story_corrections_markup) };
	if (bs_correction_kind_of(bs_stmt_str(s, BS_C_story_corrections_kind), &correction->kind) != BS_OK)
		correction->kind = BS_CORRECTION;
}

/* Kept in the order of their codes. */
static void version_row(struct bs_page *page, const struct bs_stmt *s, struct bs_story *story)
{
	struct bs_version version = {
		.id = bs_stmt_int(s, BS_C_story_versions_id),
		.public_id = copy(page, s, BS_C_story_versions_public_id),
		.address = { .lang = lang_of(page, bs_stmt_str(s, BS_C_story_versions_lang)),
		             .year = (int)bs_stmt_int(s, BS_C_story_versions_year), .month = (int)bs_stmt_int(s, BS_C_story_versions_month),
		             .slug = copy(page, s, BS_C_story_versions_slug) },
		.published_at = bs_stmt_int(s, BS_C_story_versions_published_at),
		.canonical = copy(page, s, BS_C_story_versions_canonical),
	};
	size_t at = story->version_count++;

	story->versions = grow(page, story->versions, at, sizeof(*story->versions));
	for (; at > 0 && bs_str_cmp(story->versions[at - 1].address.lang->code, version.address.lang->code) > 0; at--)
		story->versions[at] = story->versions[at - 1];
	story->versions[at] = version;
	bs_page_tag(page, BS_TAG_STORY, version.id);
}

/* Biographies come as passages with the author's place in the byline, which need not be its index here. */
static void bio_row(struct bs_page *page, const struct bs_stmt *s, struct bs_story *story)
{
	size_t pos = (size_t)bs_stmt_int(s, BS_C_story_bios_pos);
	struct bs_person_row *person;

	if (pos >= story->person_count)
		return;
	person = &story->people[pos];
	person->bio.blocks = grow(page, person->bio.blocks, person->bio.count, sizeof(struct bs_block));
	person->bio.blocks[person->bio.count++] = (struct bs_block){
		copy(page, s, BS_C_story_bios_path), copy(page, s, BS_C_story_bios_attrs), copy(page, s, BS_C_story_bios_markup) };
	person->bio_lang = lang_of(page, bs_stmt_str(s, BS_C_story_bios_lang));
}

/* What is read beside the story's own row, in this order. */
enum { BODY, PEOPLE, TERMS, NOTICES, CORRECTIONS, VERSIONS, BIOS, RELATED, AUTHOR, AUTHORS = 2, QUERIES = AUTHOR + AUTHORS };

static enum bs_rc begin_all(struct bs_page *page, const struct bs_story *story, bool extras,
                            struct bs_stmt *stmts[QUERIES], struct bs_err *err)
{
	struct bs_param id = bs_int(story->id), lang = bs_text(story->address.lang->code), now = bs_int(page->now);
	struct bs_param group = bs_int(story->original_id != 0 ? story->original_id : story->id);
	const struct {
		const struct bs_query *query;
		struct bs_values values;
	} all[QUERIES] = {
		[BODY] = { BS_Q_body_load, BS_VALUES(bs_int(story->body_id)) },
		[PEOPLE] = { BS_Q_story_people, BS_VALUES(id) },
		[TERMS] = { BS_Q_story_terms, BS_VALUES(id, bs_text(page->lang->code), bs_text(page->publication->lang->code)) },
		[NOTICES] = { BS_Q_story_notices, BS_VALUES(id) },
		[CORRECTIONS] = { BS_Q_story_corrections, BS_VALUES(id) },
		[VERSIONS] = { BS_Q_story_versions, BS_VALUES(group) },
		[BIOS] = { BS_Q_story_bios, BS_VALUES(id) },
		[RELATED] = { BS_Q_card_related, BS_VALUES(id, lang, now) },
		[AUTHOR] = { BS_Q_card_by_author, BS_VALUES(id, lang, now, bs_int(0)) },
		[AUTHOR + 1] = { BS_Q_card_by_author, BS_VALUES(id, lang, now, bs_int(1)) },
	};
	bool several = bs_str_find_byte(story->authors, '\n', 0) != SIZE_MAX;
	size_t count = !extras ? BIOS : several ? QUERIES : QUERIES - 1;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = bs_db_query(page->db, all[i].query, all[i].values, &stmts[i], err);
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

static enum bs_rc read_others(struct bs_page *page, struct bs_stmt *stmts[QUERIES], struct bs_story *story,
                              struct bs_err *err)
{
	enum bs_rc rc = bs_cards_read(page, &stmts[RELATED], &story->related, err);
	size_t author = 0;

	for (size_t i = 0; i < story->person_count && author < AUTHORS && stmts[AUTHOR + author] != NULL && rc == BS_OK; i++) {
		if (story->people[i].role == BS_ROLE_AUTHOR)
			rc = bs_cards_read(page, &stmts[AUTHOR + author++], &story->people[i].cards, err);
	}
	return rc;
}

enum bs_rc bs_story_fill(struct bs_page *page, struct bs_story *story, bool extras, struct bs_err *err)
{
	static void (*const rows[])(struct bs_page *, const struct bs_stmt *, struct bs_story *) = {
		[BODY] = body_row, [PEOPLE] = person_row, [TERMS] = term_row, [NOTICES] = notice_row,
		[CORRECTIONS] = correction_row, [VERSIONS] = version_row, [BIOS] = bio_row,
	};
	struct bs_stmt *stmts[QUERIES] = { NULL };
	enum bs_rc rc = begin_all(page, story, extras, stmts, err);

	for (size_t i = BODY; i <= (extras ? BIOS : VERSIONS) && rc == BS_OK; i++)
		rc = read_rows(page, &stmts[i], story, rows[i], err);
	if (rc == BS_OK && extras)
		rc = read_others(page, stmts, story, err);
	for (size_t i = 0; i < QUERIES; i++)
		bs_stmt_free(&stmts[i]);
	return rc;
}
