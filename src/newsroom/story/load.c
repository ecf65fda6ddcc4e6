/* load.c - bs_draft_load: the newest revision of a story becomes the draft that it was saved from. The inverse of save.c and
 * meta.c: what these write in one place is read here from the same. */
#include "newsroom/ledger.h"

#include "base/sys.h"
#include "text/json.h"

struct loading {
	struct bs_arena *arena;
	struct bs_db *db;
	const struct bs_json *meta;
	struct bs_draft *draft;
};

static struct bs_str text_of(const struct bs_json *object, const char *name)
{
	return bs_json_string(bs_json_get(object, bs_str_c(name)));
}

static int64_t time_of(const struct bs_json *object, const char *name)
{
	struct bs_str text = text_of(object, name);
	int64_t time = 0;

	return text.len > 0 && bs_time_parse(text, &time, NULL) == BS_OK ? time : 0;
}

static const struct bs_json *list_of(const struct bs_json *object, const char *name)
{
	const struct bs_json *list = bs_json_get(object, bs_str_c(name));

	return list != NULL && list->kind == BS_JSON_ARRAY ? list : NULL;
}

/* --- meta ----------------------------------------------------------------------------------------------------------------- */

static void load_byline(struct loading *l)
{
	const struct bs_json *list = list_of(l->meta, "byline");
	struct bs_draft *draft = l->draft;

	if (list == NULL)
		return;
	draft->byline = BS_ARRAY(l->arena, list->count, struct bs_draft_credit);
	for (const struct bs_json *item = list->first; item != NULL; item = item->next) {
		struct bs_draft_credit *credit = &draft->byline[draft->byline_count++];
		*credit = (struct bs_draft_credit){ .slug = text_of(item, "person"), .name = text_of(item, "name") };
		if (bs_role_of(text_of(item, "role"), &credit->role) != BS_OK)
			credit->role = BS_ROLE_AUTHOR;
	}
}

static void load_terms(struct loading *l)
{
	const struct bs_json *terms = bs_json_get(l->meta, BS_STR("terms")), *lists[BS_VOCABULARY_COUNT];
	struct bs_draft *draft = l->draft;
	size_t count = 0;

	for (enum bs_vocabulary v = 0; v < BS_VOCABULARY_COUNT; v++) {
		lists[v] = list_of(terms, bs_vocabulary_name(v).ptr);
		count += lists[v] != NULL ? lists[v]->count : 0;
	}
	draft->terms = BS_ARRAY(l->arena, count, struct bs_draft_term);
	for (enum bs_vocabulary v = 0; v < BS_VOCABULARY_COUNT; v++) {
		for (const struct bs_json *item = lists[v] != NULL ? lists[v]->first : NULL; item != NULL; item = item->next)
			draft->terms[draft->term_count++] = (struct bs_draft_term){ .vocabulary = v, .slug = bs_json_string(item) };
	}
}

/* Those that were removed since are left out: no story can name them any more. */
static enum bs_rc load_notices(struct loading *l, struct bs_err *err)
{
	const struct bs_json *notices = list_of(l->meta, "notices");
	struct bs_draft *draft = l->draft;
	enum bs_rc rc = BS_OK;

	if (notices != NULL)
		draft->notices = BS_ARRAY(l->arena, notices->count, struct bs_str);
	for (const struct bs_json *item = notices != NULL ? notices->first : NULL; item != NULL && rc == BS_OK; item = item->next) {
		int64_t id;
		rc = bs_db_int(l->db, BS_Q_notice_known, BS_VALUES(bs_text(bs_json_string(item))), &id, err);
		if (rc == BS_OK)
			draft->notices[draft->notice_count++] = bs_json_string(item);
		rc = rc == BS_NOT_FOUND ? BS_OK : rc;
	}
	return rc;
}

static void load_lists(struct loading *l)
{
	const struct bs_json *corrections = list_of(l->meta, "corrections");
	struct bs_draft *draft = l->draft;

	if (corrections != NULL)
		draft->corrections = BS_ARRAY(l->arena, corrections->count, struct bs_draft_correction);
	for (const struct bs_json *item = corrections != NULL ? corrections->first : NULL; item != NULL; item = item->next) {
		struct bs_draft_correction *correction = &draft->corrections[draft->correction_count++];
		correction->made_at = time_of(item, "made");
		if (bs_correction_kind_of(text_of(item, "kind"), &correction->kind) != BS_OK)
			correction->kind = BS_CORRECTION;
	}
}

static enum bs_rc media_of(struct loading *l, struct bs_str hex, int64_t *id, struct bs_err *err)
{
	uint8_t hash[BS_HASH_SIZE];
	enum bs_rc rc = bs_hex_decode(hex, hash, sizeof(hash));

	if (rc == BS_OK)
		rc = bs_db_int(l->db, BS_Q_media_by_hash, BS_VALUES(bs_blob(bs_str_n((const char *)hash, sizeof(hash)))), id, err);
	if (rc == BS_NOT_FOUND || rc == BS_INVALID)
		return bs_fail(err, BS_CORRUPT, "a picture of story '" BS_FMT "' is not among the media", BS_ARG(l->draft->public_id));
	return rc;
}

static enum bs_rc load_image(struct loading *l, struct bs_err *err)
{
	const struct bs_json *image = bs_json_get(l->meta, BS_STR("image")), *may;
	struct bs_draft_image *out = &l->draft->image;

	if (image == NULL)
		return BS_OK;
	out->credit_url = text_of(image, "credit_url");
	out->licence = text_of(image, "licence");
	may = bs_json_get(image, BS_STR("may_syndicate"));
	out->may_syndicate = may != NULL && may->kind == BS_JSON_BOOL && may->boolean;
	return media_of(l, text_of(image, "media"), &out->media_id, err);
}

static enum bs_rc load_meta(struct loading *l, struct bs_err *err)
{
	const struct bs_json *source = bs_json_get(l->meta, BS_STR("source")), *featured = bs_json_get(l->meta, BS_STR("featured")),
			     *extra = bs_json_get(l->meta, BS_STR("extra"));
	struct bs_draft *draft = l->draft;

	draft->lang = text_of(l->meta, "language");
	draft->slug = text_of(l->meta, "slug");
	draft->published_at = time_of(l->meta, "published");
	draft->updated_at = time_of(l->meta, "updated");
	draft->translation_of = text_of(l->meta, "original");
	draft->licence = text_of(l->meta, "licence");
	draft->canonical = text_of(l->meta, "canonical");
	draft->media_contact = text_of(l->meta, "media_contact");
	draft->reason = text_of(l->meta, "reason");
	draft->source = (struct bs_draft_source){ .name = text_of(source, "name"), .url = text_of(source, "url"),
		                                  .published_at = time_of(source, "published"),
		                                  .permission = text_of(source, "permission") };
	draft->featured = featured != NULL && featured->kind == BS_JSON_INT ? (int)featured->integer : 0;
	draft->extra = extra;
	if (bs_kind_of(text_of(l->meta, "kind"), &draft->kind) != BS_OK ||
	    bs_status_of(text_of(l->meta, "status"), &draft->status) != BS_OK)
		return bs_fail(err, BS_CORRUPT, "story '" BS_FMT "' has a revision without kind or status", BS_ARG(draft->public_id));
	load_byline(l);
	load_terms(l);
	load_lists(l);
	if (load_notices(l, err) != BS_OK)
		return err->rc;
	return load_image(l, err);
}

/* --- passages ------------------------------------------------------------------------------------------------------------- */

/* "src=media:HASH.webp" with width and height is "src=media:18" again. */
static enum bs_rc picture_numbered(struct loading *l, struct bs_block *block, struct bs_err *err)
{
	struct bs_str src = bs_attrs_get(block->attrs, BS_STR("src"));
	int64_t id;
	enum bs_rc rc;

	if (!bs_str_starts(src, BS_STR("media:")))
		return BS_OK;
	rc = media_of(l, bs_str_sub(src, 6, 2 * BS_HASH_SIZE), &id, err);
	if (rc != BS_OK)
		return rc;
	block->attrs = bs_attrs_set(l->arena, block->attrs, BS_STR("src"), bs_arena_printf(l->arena, "media:%lld", (long long)id));
	block->attrs = bs_attrs_set(l->arena, block->attrs, BS_STR("width"), (struct bs_str){ 0 });
	block->attrs = bs_attrs_set(l->arena, block->attrs, BS_STR("height"), (struct bs_str){ 0 });
	return BS_OK;
}

/* The place in the draft of a passage that is a field; NULL for one of the text. */
static struct bs_str *field_of(struct bs_draft *draft, struct bs_str path)
{
	const struct {
		struct bs_str path;
		struct bs_str *field;
	} fields[] = {
		{ BS_STR("@title"), &draft->title },           { BS_STR("@subtitle"), &draft->subtitle },
		{ BS_STR("@summary"), &draft->summary },       { BS_STR("@author-line"), &draft->author_line },
		{ BS_STR("@image-alt"), &draft->image.alt },   { BS_STR("@image-caption"), &draft->image.caption },
		{ BS_STR("@image-credit"), &draft->image.credit },
	};

	for (size_t i = 0; i < BS_COUNT(fields); i++) {
		if (bs_str_eq(fields[i].path, path))
			return fields[i].field;
	}
	return NULL;
}

static enum bs_rc load_passages(struct loading *l, int64_t body_id, struct bs_err *err)
{
	struct bs_draft *draft = l->draft;
	struct bs_body all;
	size_t notes = 0;
	enum bs_rc rc = bs_body_load(l->arena, l->db, body_id, &all, err);

	draft->body.blocks = rc == BS_OK ? all.blocks : NULL; /* those of the text move to the front */
	for (size_t i = 0; rc == BS_OK && i < all.count; i++) {
		struct bs_block block = all.blocks[i];
		struct bs_str *field = field_of(draft, block.path);
		if (field != NULL) {
			*field = block.markup;
		} else if (!bs_str_eq(block.path, BS_STR("@correction"))) {
			rc = picture_numbered(l, &block, err);
			draft->body.blocks[draft->body.count++] = block;
		} else if (notes < draft->correction_count) {
			draft->corrections[notes++].note = block.markup;
		}
	}
	return rc == BS_OK ? bs_body_links(l->arena, &draft->body, err) : rc;
}

/* --- what no revision says ------------------------------------------------------------------------------------------------ */

static struct bs_str column(const struct loading *l, const struct bs_stmt *row, int at)
{
	return bs_arena_copy(l->arena, bs_stmt_str(row, at));
}

static enum bs_rc load_addresses(struct loading *l, int64_t story_id, struct bs_err *err)
{
	struct bs_draft *draft = l->draft;
	struct bs_stmt *row = NULL;
	size_t room = 0;
	enum bs_rc rc = bs_db_query(l->db, BS_Q_draft_addresses, BS_VALUES(bs_int(story_id)), &row, err);

	while (rc == BS_OK && (rc = bs_stmt_next(row, err)) == BS_OK) {
		BS_GROW(l->arena, draft->addresses, draft->address_count, room, 2);
		draft->addresses[draft->address_count++] = (struct bs_draft_address){
			.lang = column(l, row, BS_C_draft_addresses_lang),
			.year = (int)bs_stmt_int(row, BS_C_draft_addresses_year),
			.month = (int)bs_stmt_int(row, BS_C_draft_addresses_month),
			.slug = column(l, row, BS_C_draft_addresses_slug),
		};
	}
	bs_stmt_free(&row);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc load_citations(struct loading *l, int64_t story_id, struct bs_err *err)
{
	struct bs_draft *draft = l->draft;
	struct bs_stmt *row = NULL;
	enum bs_rc rc;

	if (draft->body.link_count == 0)
		return BS_OK;
	draft->citations = BS_ARRAY(l->arena, draft->body.link_count, struct bs_draft_citation);
	rc = bs_db_query(l->db, BS_Q_draft_citations, BS_VALUES(bs_int(story_id)), &row, err);
	while (rc == BS_OK && draft->citation_count < draft->body.link_count && (rc = bs_stmt_next(row, err)) == BS_OK) {
		struct bs_draft_citation *citation = &draft->citations[draft->citation_count];
		*citation = (struct bs_draft_citation){
			.url = column(l, row, BS_C_draft_citations_url),
			.title = column(l, row, BS_C_draft_citations_title),
			.publisher = column(l, row, BS_C_draft_citations_publisher),
			.archived_url = column(l, row, BS_C_draft_citations_archived_url),
			.health = column(l, row, BS_C_draft_citations_health),
			.seen_at = bs_stmt_int(row, BS_C_draft_citations_seen_at),
		};
		/* Twice in the text is once. */
		draft->citation_count += draft->citation_count == 0 || !bs_str_eq(citation[-1].url, citation->url);
	}
	bs_stmt_free(&row);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* --- what is called otherwise since ----------------------------------------------------------------------------------------- */

/* A revision says what people and terms were called when it was made; where two are one since, it names that one twice. */
static enum bs_rc load_people_of_today(struct loading *l, int64_t story_id, struct bs_err *err)
{
	struct bs_draft *draft = l->draft;
	struct bs_stmt *row = NULL;
	size_t room = 0;
	enum bs_rc rc = bs_db_query(l->db, BS_Q_draft_people, BS_VALUES(bs_int(story_id)), &row, err);

	draft->byline = NULL;
	draft->byline_count = 0;
	while (rc == BS_OK && (rc = bs_stmt_next(row, err)) == BS_OK) {
		struct bs_draft_credit credit = { .slug = column(l, row, BS_C_draft_people_slug), .name = column(l, row, BS_C_draft_people_name) };
		if (bs_role_of(bs_stmt_str(row, BS_C_draft_people_role), &credit.role) != BS_OK)
			credit.role = BS_ROLE_AUTHOR;
		BS_GROW(l->arena, draft->byline, draft->byline_count, room, 2);
		draft->byline[draft->byline_count++] = credit;
	}
	bs_stmt_free(&row);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc load_terms_of_today(struct loading *l, int64_t story_id, struct bs_err *err)
{
	struct bs_draft *draft = l->draft;
	struct bs_stmt *row = NULL;
	size_t room = 0;
	enum bs_rc rc = bs_db_query(l->db, BS_Q_draft_terms, BS_VALUES(bs_int(story_id)), &row, err);

	draft->terms = NULL;
	draft->term_count = 0;
	while (rc == BS_OK && (rc = bs_stmt_next(row, err)) == BS_OK) {
		struct bs_draft_term term = { .slug = column(l, row, BS_C_draft_terms_slug) };
		if (bs_vocabulary_of(bs_stmt_str(row, BS_C_draft_terms_vocabulary), &term.vocabulary) != BS_OK)
			continue;
		BS_GROW(l->arena, draft->terms, draft->term_count, room, 8);
		draft->terms[draft->term_count++] = term;
	}
	bs_stmt_free(&row);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* Both queries have the same columns. */
static enum bs_rc load(struct bs_arena *arena, struct bs_db *db, const struct bs_query *query, struct bs_values values, int64_t story_id,
                       struct bs_draft *out, struct bs_err *err)
{
	struct loading l = { .arena = arena, .db = db, .draft = out };
	struct bs_stmt *row = NULL;
	int64_t body_id = 0;
	enum bs_rc rc = bs_db_query(db, query, values, &row, err);

	*out = (struct bs_draft){ 0 };
	if (rc == BS_OK)
		rc = bs_stmt_next(row, err);
	if (rc == BS_OK) {
		out->public_id = column(&l, row, BS_C_draft_load_public_id);
		body_id = bs_stmt_int(row, BS_C_draft_load_body_id);
		rc = bs_json_parse(arena, column(&l, row, BS_C_draft_load_meta), &l.meta, err);
	}
	bs_stmt_free(&row);
	if (rc == BS_OK)
		rc = load_meta(&l, err);
	if (rc == BS_OK)
		rc = load_passages(&l, body_id, err);
	if (rc == BS_OK)
		rc = load_addresses(&l, story_id, err);
	return rc == BS_OK ? load_citations(&l, story_id, err) : rc;
}

enum bs_rc bs_draft_load(struct bs_arena *arena, struct bs_db *db, int64_t story_id, struct bs_draft *out, struct bs_err *err)
{
	struct loading l = { .arena = arena, .db = db, .draft = out };
	enum bs_rc rc = load(arena, db, BS_Q_draft_load, BS_VALUES(bs_int(story_id)), story_id, out, err);

	if (rc == BS_OK)
		rc = load_people_of_today(&l, story_id, err);
	return rc == BS_OK ? load_terms_of_today(&l, story_id, err) : rc;
}

enum bs_rc bs_draft_load_revision(struct bs_arena *arena, struct bs_db *db, int64_t story_id, int number, struct bs_draft *out,
                                  struct bs_err *err)
{
	return load(arena, db, BS_Q_draft_load_revision, BS_VALUES(bs_int(story_id), bs_int(number)), story_id, out, err);
}
