/* story.c - one story of an import: parsed in any thread, settled and written in the writer's; see run.h.
 *
 * A document is left alone while nothing of it has changed since it was read: its own bytes, its pictures', and what it takes
 * from its original. Otherwise its draft is completed (pictures as media, names as slugs, statements as notices, the
 * original's fields) and handed to the ledger, which itself writes nothing for a draft that says what is stored. */
#include <unistd.h>

#include "base/limits.h"
#include "base/sys.h"
#include "newsroom/catalog.h"
#include "newsroom/reckon.h"
#include "syndicate/import/read/links.h"
#include "syndicate/import/run.h"
#include "text/address.h"
#include "text/markdown.h"
#include "text/markup.h"

/* --- parsing --- */

struct reference_ctx {
	const struct bs_import_run *run;
	struct bs_arena *arena;
	const struct bs_import_story *story;
};

static struct bs_str reference_address(void *ctx, struct bs_str target)
{
	const struct reference_ctx *r = ctx;

	return bs_import_index_address(&r->run->index, r->arena, r->story, target);
}

static bool reference_own(void *ctx, struct bs_str address)
{
	const struct reference_ctx *r = ctx;

	return bs_import_index_own(&r->run->index, r->story, address).len > 0;
}

static bool has_file(void *ctx, struct bs_str name)
{
	const struct reference_ctx *r = ctx;
	const struct bs_import_file *file = r->story->file;
	bool outside = false;

	return bs_is_local_file(name) && bs_import_find_file(r->arena, file->path, file->root, name, &outside).len > 0;
}

/* Papers of a folder that are no stories of it: README.md and the like, where nothing in them says otherwise. */
static bool is_house_paper(struct bs_str path)
{
	static const struct bs_str names[] = { BS_STR_INIT("readme"),          BS_STR_INIT("license"),
		                               BS_STR_INIT("licence"),         BS_STR_INIT("copying"),
		                               BS_STR_INIT("notices"),         BS_STR_INIT("notice"),
		                               BS_STR_INIT("changelog"),       BS_STR_INIT("contributing"),
		                               BS_STR_INIT("code_of_conduct"), BS_STR_INIT("security"),
		                               BS_STR_INIT("authors") };
	size_t start = path.len, dot;

	while (start > 0 && path.ptr[start - 1] != '/')
		start--;
	path = bs_str_sub(path, start, SIZE_MAX);
	dot = bs_str_find_byte(path, '.', 0);
	path = bs_str_sub(path, 0, dot);
	for (size_t i = 0; i < BS_COUNT(names); i++) {
		if (bs_str_eq_nocase(path, names[i]))
			return true;
	}
	return false;
}

static bool is_list_page(struct bs_str path)
{
	return bs_str_ends(path, BS_STR("/_index.md")) || bs_str_ends(path, BS_STR("/_index.markdown")) ||
	       bs_str_ends(path, BS_STR("/_index.html"));
}

/* Why a document in a folder is no story, or NULL. What was named on the command line always is one. */
static const char *why_none(const struct bs_import_story *story, const struct bs_import_parsed *parsed)
{
	const struct bs_draft *draft = &parsed->in.draft;

	if (story->file->named || parsed->in.accession > 0)
		return NULL;
	if (is_list_page(story->file->path))
		return "the page of a list, no story";
	if (parsed->document.format == BS_FORMAT_MARKDOWN && parsed->document.front_kind == BS_FRONT_NONE &&
	    is_house_paper(story->file->path))
		return "a paper of the folder, without front matter";
	if (parsed->in.untitled && parsed->document.front_kind != BS_FRONT_NONE &&
	    (bs_str_ends(story->file->path, BS_STR(".html")) || bs_str_ends(story->file->path, BS_STR(".htm"))))
		return "a template of the site, no story";
	if (parsed->rc == BS_OK && draft->body.count == 0 && draft->subtitle.len == 0 && draft->summary.len == 0 &&
	    draft->source.url.len == 0)
		return "nothing but a title";
	return NULL;
}

/* Reckon here, beside the writer, what saving will want: unless the document seems to be as it was. */
static void reckon(const struct bs_import_story *story, struct bs_import_parsed *parsed)
{
	struct bs_draft *draft = &parsed->in.draft;

	bs_import_hash(&parsed->bytes, 1, parsed->hash);
	if (story->story_id == 0 || memcmp(parsed->hash, story->content_hash, sizeof(parsed->hash)) != 0)
		draft->reckoned = bs_reckon(parsed->arena, story->lang != NULL ? story->lang->code : draft->lang, draft);
}

void bs_import_parse(const struct bs_import_run *run, size_t i, struct bs_import_parsed *out)
{
	const struct bs_import_story *story = &run->index.stories[i];
	struct reference_ctx ctx = { .run = run, .arena = out->arena, .story = story };
	struct bs_references refs = { .address = reference_address, .own = reference_own, .has_file = has_file, .ctx = &ctx };
	struct bs_reading reading = { .arena = out->arena,
		                      .document = &out->document,
		                      .path = bs_import_shown(out->arena, story->file->path),
		                      .home = run->index.lang,
		                      .refs = &refs,
		                      .html_body = story->file->archive.len > 0,
		                      .remarks = &out->remarks };

	out->remarks = BS_REMARKS(out->arena);
	out->err = (struct bs_err){ 0 };
	out->in = (struct bs_incoming){ 0 };
	out->document = (struct bs_document){ 0 };
	reading.zone = run->index.zone;
	reading.lang = story->lang != NULL ? story->lang : run->index.lang;
	out->rc = bs_import_read_story(out->arena, story->file, &out->bytes, &out->err);
	if (out->rc == BS_OK)
		out->rc = bs_document_read(out->bytes, run->options->format, &out->document, &out->remarks, &out->err);
	if (out->rc == BS_OK)
		out->rc = bs_incoming_read(&reading, &out->in, &out->err);
	if (out->rc == BS_OK && out->in.accession == 0) /* an export's are addresses of this site */
		out->rc = bs_links_resolve(out->arena, &out->in.draft.body, &refs, &out->remarks, &out->err);
	if (out->rc == BS_OK)
		bs_pictures_remark(&reading, &out->in);
	out->skipped = why_none(story, out);
	if (out->rc == BS_OK && out->skipped == NULL)
		reckon(story, out);
}

/* --- writing --- */

enum { PICTURES_MAX = 400 };

struct writing {
	struct bs_import_run *run;
	struct bs_arena *arena;
	const struct bs_import_story *story;
	struct bs_import_parsed *parsed;
	struct bs_incoming *in;
	struct bs_draft *draft;
	struct bs_str hashed[PICTURES_MAX + 4]; /* what the content hash is over */
	size_t hashed_count;
	struct bs_str original; /* public id */
	uint8_t hash[BS_IMPORT_HASH_SIZE];
	struct known {           /* the story that the document was read into before, as far as there is one */
		int64_t story_id;
		struct bs_str public_id;
		uint8_t hash[BS_IMPORT_HASH_SIZE]; /* of what was read then */
		bool moved;                        /* it was read from another path */
	} known;
};

static void hash_also(struct writing *w, struct bs_str part)
{
	if (w->hashed_count < BS_COUNT(w->hashed))
		w->hashed[w->hashed_count++] = bs_arena_copy(w->arena, part);
}

static enum bs_rc keep_picture(struct writing *w, struct bs_import_named named, int64_t *media_id, struct bs_err *err)
{
	struct bs_import_picture picture;
	enum bs_rc rc = bs_import_picture(w->run, w->arena, w->story->file, named, &picture, err);

	*media_id = picture.media_id;
	if (rc == BS_OK)
		hash_also(w, bs_str_n((const char *)picture.hash, sizeof(picture.hash)));
	return rc;
}

/* Pictures beside the document become media, those that are not there leave the text; those of other sites stay, and pages have a
 * link in their place. */
static enum bs_rc settle_pictures(struct writing *w, struct bs_err *err)
{
	struct bs_body *body = &w->draft->body;
	enum bs_rc rc = BS_OK;
	bool dropped = false;

	if (w->in->image_file.len > 0 && bs_is_local_file(w->in->image_file))
		rc = keep_picture(w, (struct bs_import_named){ w->in->image_file, w->in->lines.image }, &w->draft->image.media_id, err);
	for (size_t i = 0; i < body->count && rc == BS_OK;) {
		struct bs_str src = bs_block_is_picture(&body->blocks[i]) ? bs_attrs_get(body->blocks[i].attrs, BS_STR("src"))
		                                                    : (struct bs_str){ 0 };
		int64_t id = 0;

		if (src.len == 0 || !bs_is_local_file(src)) {
			i++;
			continue;
		}
		rc = keep_picture(w, (struct bs_import_named){ .file = src }, &id, err);
		if (rc == BS_OK && id == 0) {
			i = bs_picture_drop(body, i);
			dropped = true;
		} else {
			body->blocks[i].attrs = bs_attrs_set(w->arena, body->blocks[i].attrs, BS_STR("src"),
			                                     bs_arena_printf(w->arena, "media:%lld", (long long)id));
			i++;
		}
	}
	return rc == BS_OK && dropped ? bs_body_mend(w->arena, body, err) : rc;
}

/* --- the original of a translation --- */

static enum bs_rc find_original(struct writing *w, struct bs_err *err)
{
	struct bs_str name = w->in->translation_of;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = BS_OK;

	if (w->in->accession > 0) {
		w->draft->translation_of = name;
		return BS_OK;
	}
	if (w->story->original != NULL) {
		w->original = w->story->original->public_id;
		return w->original.len > 0 ? BS_OK
		                           : bs_refuse(&w->parsed->remarks, w->in->lines.translation_of, err, BS_NOT_FOUND,
		                                       "translation_of: its original %s was refused",
		                                     w->story->original->file->path.ptr);
	}
	if (name.len == 0)
		return BS_OK;
	rc = bs_db_query(w->run->db, BS_Q_story_by_public_id, BS_VALUES(bs_text(name)), &stmt, err);
	if (rc == BS_OK && bs_stmt_next(stmt, err) == BS_OK)
		w->original = name;
	bs_stmt_free(&stmt);
	if (rc != BS_OK || w->original.len > 0)
		return rc;
	name = bs_front_slug_of_address(name);
	rc = bs_db_query(w->run->db, BS_Q_import_story_of_slug, BS_VALUES(bs_text(name)), &stmt, err);
	if (rc == BS_OK && bs_stmt_next(stmt, err) == BS_OK)
		w->original = bs_arena_copy(w->arena, bs_stmt_str(stmt, 0));
	bs_stmt_free(&stmt);
	if (rc == BS_OK && w->original.len == 0)
		return bs_refuse(&w->parsed->remarks, w->in->lines.translation_of, err, BS_NOT_FOUND,
		                 "translation_of: no story '" BS_FMT "' in this import or in the newsroom",
		                 BS_ARG(w->in->translation_of));
	return rc;
}

/* The original's people come before the translation's own. */
static void take_byline(struct writing *w, const struct bs_draft *original)
{
	struct bs_draft *draft = w->draft;
	struct bs_draft_credit *all = BS_ARRAY(w->arena, original->byline_count + draft->byline_count, struct bs_draft_credit);
	size_t count = 0;

	for (size_t n = 0; n < original->byline_count; n++) {
		all[count++] = original->byline[n];
		for (size_t i = 0; i < draft->byline_count; i++) { /* named by both */
			if (bs_str_eq(draft->byline[i].slug, original->byline[n].slug) &&
			    draft->byline[i].role == original->byline[n].role) {
				count--;
				break;
			}
		}
	}
	for (size_t i = 0; i < draft->byline_count; i++)
		all[count++] = draft->byline[i];
	draft->byline = all;
	draft->byline_count = count;
}

static void take_terms(struct writing *w, const struct bs_draft *original)
{
	struct bs_draft *draft = w->draft;
	struct bs_draft_term *all = BS_ARRAY(w->arena, original->term_count + draft->term_count, struct bs_draft_term);
	size_t count = 0;

	for (size_t i = 0; i < original->term_count; i++) {
		if ((w->in->given & ((unsigned)BS_GIVEN_REGIONS << original->terms[i].vocabulary)) == 0)
			all[count++] = original->terms[i];
	}
	for (size_t i = 0; i < draft->term_count; i++)
		all[count++] = draft->terms[i];
	draft->terms = all;
	draft->term_count = count;
}

/* The picture, with what the translation says of it in its own words. */
static void take_image(struct writing *w, const struct bs_draft *original)
{
	struct bs_draft_image *own = &w->draft->image, image = original->image;

	if (w->in->image_file.len > 0 || image.media_id == 0)
		return;
	image.alt = own->alt.len > 0 ? own->alt : image.alt;
	image.caption = own->caption.len > 0 ? own->caption : image.caption;
	image.credit = own->credit.len > 0 ? own->credit : image.credit;
	image.credit_url = own->credit_url.len > 0 ? own->credit_url : image.credit_url;
	image.licence = own->licence.len > 0 ? own->licence : image.licence;
	*own = image;
}

static void take_rest(struct writing *w, const struct bs_draft *original)
{
	struct bs_draft *draft = w->draft;
	unsigned given = w->in->given;

	if ((given & BS_GIVEN_PUBLISHED) == 0)
		draft->published_at = original->published_at;
	if ((given & BS_GIVEN_KIND) == 0)
		draft->kind = original->kind;
	if ((given & BS_GIVEN_LICENCE) == 0)
		draft->licence = original->licence;
	if ((given & BS_GIVEN_SOURCE) == 0)
		draft->source = original->source;
	if ((given & BS_GIVEN_FEATURED) == 0)
		draft->featured = original->featured;
	if ((given & BS_GIVEN_NOTICES) == 0) {
		draft->notices = original->notices;
		draft->notice_count = original->notice_count;
	}
}

/* What a translation leaves out is the original's. */
static enum bs_rc take_from_original(struct writing *w, struct bs_err *err)
{
	struct bs_draft original;
	struct bs_stmt *stmt = NULL;
	int64_t id = 0;
	enum bs_rc rc;

	if (w->original.len == 0)
		return BS_OK;
	w->draft->translation_of = w->original;
	rc = bs_db_query(w->run->db, BS_Q_import_original, BS_VALUES(bs_text(w->original)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		id = bs_stmt_int(stmt, BS_C_import_original_id);
		hash_also(w, bs_stmt_blob(stmt, BS_C_import_original_content_hash));
	}
	bs_stmt_free(&stmt);
	if (rc == BS_OK)
		rc = bs_draft_load(w->arena, w->run->db, id, &original, err);
	if (rc != BS_OK)
		return rc;
	take_byline(w, &original);
	take_terms(w, &original);
	take_image(w, &original);
	take_rest(w, &original);
	return BS_OK;
}

/* Words for a picture that neither the document nor its original names. A credit alone stands below the text: printed pages have it so. */
static void tell_nameless_picture(struct writing *w)
{
	const struct bs_draft_image *image = &w->draft->image;

	if (w->in->image_file.len == 0 && image->media_id == 0 && image->alt.len + image->caption.len > 0)
		bs_import_remark(w->run, w->story->file->path, BS_REMARK_PICTURE, BS_STR("image"),
		                 "`file` is missing; what is said of the picture is seen nowhere");
}

/* --- statements and the publication --- */

/* A statement is stored once, whatever number of pages carry it: its slug is its kind and its text's hash. */
static enum bs_rc settle_notices(struct writing *w, struct bs_err *err)
{
	struct bs_draft *draft = w->draft;
	struct bs_str *slugs = BS_ARRAY(w->arena, draft->notice_count + w->in->notice_count, struct bs_str);
	enum bs_rc rc = BS_OK;

	if (draft->notice_count > 0)
		memcpy(slugs, draft->notices, draft->notice_count * sizeof(*slugs));
	draft->notices = slugs;
	for (size_t i = 0; i < w->in->notice_count && rc == BS_OK; i++) {
		const struct bs_incoming_notice *statement = &w->in->notices[i];
		struct bs_notice_draft notice = { .lang = draft->lang,
			                          .kind = bs_str_c(statement->kind),
			                          .title = statement->title,
			                          .applies = BS_STR("listed") };
		uint8_t hash[BS_IMPORT_HASH_SIZE];
		char hex[8];
		int64_t id;
		bool changed = false;

		notice.placement = strcmp(statement->kind, "note") == 0 ? BS_STR("after") : BS_STR("end");
		bs_import_hash((struct bs_str[]){ statement->markdown, statement->title }, statement->title.len > 0 ? 2 : 1, hash);
		bs_hex_encode(hash, sizeof(hex) / 2, hex);
		notice.slug = bs_arena_printf(w->arena, "%s-%.8s", statement->kind, hex);
		rc = bs_markdown_blocks(w->arena, statement->markdown, NULL, &notice.body, err);
		if (rc == BS_OK)
			rc = bs_notice_save(w->arena, w->run->db, &notice, &id, &changed, err);
		w->run->totals->notices += changed;
		slugs[draft->notice_count++] = notice.slug;
	}
	return rc;
}

/* Whose page it was: ours, or another house's where the story then stood first. */
static void settle_publication(struct writing *w)
{
	struct bs_draft *draft = w->draft;
	const struct bs_str *named = w->in->accession > 0 ? NULL : bs_map_get(&w->run->sources, draft->source.name);
	bool ours =
		w->in->publication.len == 0 || !w->run->has_name || bs_str_eq_nocase(w->in->publication, w->run->name);

	if (w->in->accession > 0)
		return;
	if (named != NULL)
		draft->source.name = *named;
	if (!ours && draft->source.name.len == 0)
		draft->source = (struct bs_draft_source){ .name = w->in->publication,
			                                  .url = w->in->own_url,
			                                  .published_at = draft->published_at };
	if (!ours && draft->canonical.len == 0)
		draft->canonical = w->in->own_url;
	draft->canonical = bs_url_tidy(w->arena, draft->canonical);
	draft->source.url = bs_url_tidy(w->arena, draft->source.url);
	if (bs_str_eq_nocase(draft->source.name, w->run->name))
		draft->source = (struct bs_draft_source){ 0 };
	if (bs_str_eq(draft->media_contact, w->run->media))
		draft->media_contact = (struct bs_str){ 0 };
}

/* --- identity --- */

/* Whether two paths are of files in one folder, both there. */
static bool are_neighbours(struct bs_str one, struct bs_str other)
{
	while (one.len > 0 && one.ptr[one.len - 1] != '/')
		one.len--;
	return bs_str_starts(other, one) && bs_str_find_byte(other, '/', one.len) == SIZE_MAX && access(other.ptr, F_OK) == 0;
}

/* The story that has this document's address is the document's own where it came from a path that is not in this run: of a second
 * copy of the folder, or before the file was moved. Else *other says where it is from. */
static enum bs_rc take_holder(struct writing *w, int64_t holder, struct bs_str public_id, struct bs_str *other, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(w->run->db, BS_Q_import_source_of_story, BS_VALUES(bs_int(holder)), &stmt, err);
	struct bs_str key = { 0 }, hash = { 0 };

	*other = BS_STR("the newsroom");
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		key = bs_arena_copy(w->arena, bs_stmt_str(stmt, BS_C_import_source_of_story_key));
		hash = bs_arena_copy(w->arena, bs_stmt_blob(stmt, BS_C_import_source_of_story_content_hash));
	}
	bs_stmt_free(&stmt);
	if (rc != BS_OK || !bs_str_starts(key, BS_STR("path:")))
		return rc == BS_NOT_FOUND ? BS_OK : rc;
	*other = bs_str_sub(key, 5, SIZE_MAX);
	if (bs_map_get(&w->run->index.by_key, key) != NULL || are_neighbours(bs_str_sub(w->story->key, 5, SIZE_MAX), *other))
		return BS_OK;
	*other = (struct bs_str){ 0 };
	w->known = (struct known){ .story_id = holder, .public_id = public_id, .moved = true };
	if (hash.len == sizeof(w->known.hash))
		memcpy(w->known.hash, hash.ptr, hash.len);
	return BS_OK;
}

/* Which story the document is: that of its id, of its path, or of its address. */
static enum bs_rc identify(struct writing *w, struct bs_err *err)
{
	struct bs_draft *draft = w->draft;
	const struct bs_import_story *story = w->story;
	struct bs_stmt *stmt = NULL;
	struct bs_str holder = { 0 }, other;
	int64_t holder_id = 0;
	enum bs_rc rc;

	if (draft->public_id.len > 0 || story->story_id != 0 || story->slug.len == 0)
		return BS_OK;
	rc = bs_db_query(
		w->run->db, BS_Q_import_address_holder,
		BS_VALUES(bs_text(draft->lang), bs_int(story->year), bs_int(story->month), bs_text(story->slug)), &stmt,
		err);
	if (rc == BS_OK && bs_stmt_next(stmt, err) == BS_OK) {
		holder_id = bs_stmt_int(stmt, BS_C_import_address_holder_id);
		holder = bs_arena_copy(w->arena, bs_stmt_str(stmt, BS_C_import_address_holder_public_id));
	}
	bs_stmt_free(&stmt);
	if (rc != BS_OK || holder_id == 0)
		return rc;
	rc = take_holder(w, holder_id, holder, &other, err);
	if (rc == BS_OK && other.len > 0 && story->slug_given)
		return bs_refuse(&w->parsed->remarks, w->in->lines.slug, err, BS_CONFLICT,
		                 "slug: '" BS_FMT "' is the address of a story of that month from " BS_FMT "; give it another",
		                 BS_ARG(story->slug), BS_ARG(other));
	return rc;
}

/* A slug that only a file's name gave yields to what is stored, and is made free where it collides. */
static enum bs_rc save(struct writing *w, struct bs_saved *saved, struct bs_err *err)
{
	struct bs_draft *draft = w->draft;
	bool given = w->story->slug_given;

	draft->slug = given || w->known.story_id == 0 ? w->story->slug : (struct bs_str){ 0 };
	draft->slug_yields = !given;
	if (given && draft->kind == BS_KIND_PAGE && !bs_page_slug_free(draft->slug))
		return bs_refuse(&w->parsed->remarks, w->in->lines.slug, err, BS_CONFLICT,
		                 "slug: '" BS_FMT "' is an address of the site itself; give the page another", BS_ARG(draft->slug));
	return bs_story_save(w->arena, w->run->ledger, w->run->db, draft, w->run->options->now, saved, err);
}

static enum bs_rc complete(struct writing *w, struct bs_err *err)
{
	int64_t settings = w->run->totals->settings;
	enum bs_rc rc = settle_notices(w, err);

	if (rc == BS_OK)
		rc = bs_import_settings_adopt(w->run, w->arena, w->in, err);
	if (rc == BS_OK && w->run->totals->settings != settings)
		rc = bs_import_settings_again(w->run, err);
	settle_publication(w);
	tell_nameless_picture(w);
	if (rc == BS_OK)
		rc = bs_import_names(w->run, w->arena, w->story->file->path, w->draft,
		                     w->in->accession > 0 || w->original.len > 0, err);
	return rc == BS_OK && w->in->accession == 0 ? bs_import_dangling(w->run, w->arena, w->story, &w->draft->body, err) : rc;
}

static enum bs_rc remember(struct writing *w, const struct bs_saved *saved, struct bs_err *err)
{
	struct bs_import_story *story = &w->run->index.stories[w->story - w->run->index.stories];
	struct bs_stmt *stmt = NULL;
	struct bs_values source = BS_VALUES(bs_text(story->key), bs_blob(bs_str_n((const char *)w->hash, sizeof(w->hash))),
	                                    bs_int(saved->story_id), bs_int(w->run->options->now));
	bool known = saved->number > 1 || !saved->changed;
	enum bs_rc rc = known ? BS_OK : bs_db_exec(w->run->db, BS_Q_import_source_add, source, err);

	if (rc == BS_OK && (known || bs_db_changed(w->run->db) == 0))
		rc = bs_db_exec(w->run->db, BS_Q_import_source_put, source, err);
	if (rc == BS_OK && w->known.moved)
		rc = bs_db_exec(w->run->db, BS_Q_import_source_moved, BS_VALUES(bs_int(saved->story_id), bs_text(story->key)), err);
	if (rc == BS_OK && w->draft->public_id.len == 0) {
		rc = bs_db_query(w->run->db, BS_Q_story_public_id, BS_VALUES(bs_int(saved->story_id)), &stmt, err);
		if (rc == BS_OK)
			rc = bs_stmt_next(stmt, err);
		if (rc == BS_OK)
			w->draft->public_id = bs_arena_copy(w->run->arena, bs_stmt_str(stmt, 0));
		bs_stmt_free(&stmt);
	}
	story->story_id = saved->story_id;
	story->public_id = bs_arena_copy(w->run->arena, w->draft->public_id);
	return rc;
}

/* Others may name it as their original. */
static enum bs_rc leave_alone(const struct writing *w)
{
	struct bs_import_story *story = &w->run->index.stories[w->story - w->run->index.stories];

	story->story_id = w->known.story_id;
	story->public_id = bs_arena_copy(w->run->arena, w->known.public_id);
	return BS_OK;
}

enum bs_rc bs_import_write(struct bs_import_run *run, size_t i, struct bs_import_parsed *parsed,
                           struct bs_import_event *event, struct bs_err *err)
{
	struct writing *w = BS_NEW(parsed->arena, struct writing);
	const struct bs_import_story *story = &run->index.stories[i];
	struct bs_saved saved = { 0 };
	enum bs_rc rc;

	*w = (struct writing){ .run = run,
		               .arena = parsed->arena,
		               .story = story,
		               .parsed = parsed,
		               .in = &parsed->in,
		               .draft = &parsed->in.draft,
		               .known = { .story_id = story->story_id, .public_id = story->public_id } };
	memcpy(w->known.hash, story->content_hash, sizeof(w->known.hash));
	if (story->rival != NULL)
		return bs_refuse(&parsed->remarks, parsed->in.lines.slug, err, BS_CONFLICT,
		                 "slug: '" BS_FMT "' is that of %s already; give it another",
		               BS_ARG(story->slug), story->rival->file->path.ptr);
	if (story->lang != NULL)
		w->draft->lang = story->lang->code;
	w->hashed[w->hashed_count++] = parsed->bytes;
	rc = settle_pictures(w, err);
	if (rc == BS_OK)
		rc = find_original(w, err);
	if (rc == BS_OK)
		rc = take_from_original(w, err);
	if (rc != BS_OK)
		return rc;
	if (w->hashed_count > 1)
		bs_import_hash(w->hashed, w->hashed_count, w->hash);
	else
		memcpy(w->hash, parsed->hash, sizeof(w->hash));
	rc = identify(w, err);
	if (rc != BS_OK)
		return rc;
	event->public_id = w->known.public_id;
	event->kind = BS_IMPORT_UNCHANGED;
	if (w->known.story_id != 0 && memcmp(w->hash, w->known.hash, sizeof(w->hash)) == 0)
		return leave_alone(w);
	if (w->draft->public_id.len == 0)
		w->draft->public_id = w->known.public_id;
	rc = complete(w, err);
	if (rc == BS_OK)
		rc = save(w, &saved, err);
	if (rc == BS_OK)
		rc = remember(w, &saved, err);
	if (rc == BS_OK && saved.changed)
		event->kind = saved.number == 1 ? BS_IMPORT_ADDED : BS_IMPORT_CHANGED;
	event->public_id = w->draft->public_id;
	return rc;
}
