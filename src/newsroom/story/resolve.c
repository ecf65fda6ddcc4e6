/* resolve.c - the first step of a save: check the draft, find or make what it names, settle its address.
 *
 * New people and terms get a slug of their own from their name; their pages exist from then on. Nobody who is there already is changed. */
#include "newsroom/saving.h"

#include "base/limits.h"
#include "base/sys.h"
#include "lang/date.h"
#include "lang/lang.h"
#include "newsroom/catalog.h"
#include "newsroom/naming.h"
#include "text/markup.h"
#include "text/slug.h"

/* A slug from a name; never taken from outside unchecked. `fallback` when the name has nothing that fits. */
static struct bs_str slug_of(const struct bs_saving *saving, struct bs_str name, struct bs_str fallback)
{
	const struct bs_lang *lang = bs_lang_find(saving->draft->lang);

	return bs_slug_make(saving->arena, bs_lang_ascii(saving->arena, lang, name), fallback);
}

/* Random, since it is also the name under which partners know the story. */
static struct bs_str new_public_id(struct bs_arena *arena)
{
	uint8_t bytes[BS_PUBLIC_ID_LEN / 2];
	char hex[BS_PUBLIC_ID_LEN];

	bs_random_bytes(bytes, sizeof(bytes));
	bs_hex_encode(bytes, sizeof(bytes), hex);
	return bs_arena_copy(arena, bs_str_n(hex, sizeof(hex)));
}

static enum bs_rc check_draft(const struct bs_draft *draft, struct bs_err *err)
{
	if (draft->title.len == 0)
		return bs_fail(err, BS_INVALID, "a story needs a title");
	if (bs_lang_find(draft->lang) == NULL)
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no language that is known; write a BCP 47 tag such as en or zh-Hans",
		               BS_ARG(draft->lang));
	if (draft->slug.len > 0 && !bs_slug_valid(draft->slug))
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no slug: small letters, digits and single hyphens, at most %d",
		               BS_ARG(draft->slug), BS_MAX_SLUG);
	for (size_t i = 0; i < draft->address_count; i++) {
		if (!bs_slug_valid(draft->addresses[i].slug) || bs_lang_find(draft->addresses[i].lang) == NULL)
			return bs_fail(err, BS_INVALID, "'" BS_FMT "' in '" BS_FMT "' is no address of a story", BS_ARG(draft->addresses[i].slug),
			               BS_ARG(draft->addresses[i].lang));
	}
	if (draft->public_id.len > BS_MAX_PUBLIC_ID || bs_str_utf8_fault(draft->public_id) != SIZE_MAX)
		return bs_fail(err, BS_INVALID, "a story's id is text of at most %d bytes", BS_MAX_PUBLIC_ID);
	if (draft->body.count > BS_MAX_PASSAGES)
		return bs_fail(err, BS_LIMIT, "%zu passages; a story may have %d", draft->body.count, BS_MAX_PASSAGES);
	if (draft->byline_count > BS_MAX_BYLINE)
		return bs_fail(err, BS_LIMIT, "%zu people in the byline; a story may have %d", draft->byline_count, BS_MAX_BYLINE);
	if (draft->term_count > BS_MAX_TERMS)
		return bs_fail(err, BS_LIMIT, "%zu regions, themes, reports and tags; a story may have %d", draft->term_count,
		               BS_MAX_TERMS);
	if (draft->status == BS_STATUS_SCHEDULED && draft->published_at == 0)
		return bs_fail(err, BS_INVALID, "a scheduled story needs the time when it is to be published");
	if (draft->status == BS_STATUS_WITHDRAWN && draft->reason.len == 0)
		return bs_fail(err, BS_INVALID, "a withdrawn story needs a reason, which its readers will be shown");
	return BS_OK;
}

/* Load what is stored of the story, when it is not new. */
static enum bs_rc find_story(struct bs_saving *saving, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc;

	if (saving->draft->public_id.len == 0) {
		saving->public_id = new_public_id(saving->arena);
		return BS_OK;
	}
	saving->public_id = saving->draft->public_id;
	rc = bs_db_query(saving->db, BS_Q_story_by_public_id, BS_VALUES(bs_text(saving->public_id)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		saving->story_id = bs_stmt_int(stmt, BS_C_story_by_public_id_id);
		saving->slug = bs_arena_copy(saving->arena, bs_stmt_str(stmt, BS_C_story_by_public_id_slug));
		saving->year = (int)bs_stmt_int(stmt, BS_C_story_by_public_id_year);
		saving->month = (int)bs_stmt_int(stmt, BS_C_story_by_public_id_month);
		saving->published_at = bs_stmt_int(stmt, BS_C_story_by_public_id_published_at);
		if (bs_str_eq(bs_stmt_str(stmt, BS_C_story_by_public_id_status), bs_status_name(BS_STATUS_PUBLISHED)))
			saving->public_since = saving->published_at;
	} else if (rc == BS_NOT_FOUND) {
		rc = BS_OK; /* a new story that brings its id along */
	}
	bs_stmt_free(&stmt);
	return rc;
}

static enum bs_rc find_original(struct bs_saving *saving, struct bs_err *err)
{
	struct bs_str id = saving->draft->translation_of;
	enum bs_rc rc;

	if (id.len == 0)
		return BS_OK;
	saving->original = id;
	rc = bs_db_int(saving->db, BS_Q_story_by_public_id, BS_VALUES(bs_text(id)), &saving->original_id, err);
	if (rc == BS_NOT_FOUND)
		return bs_fail(err, BS_NOT_FOUND, "the story it translates ('" BS_FMT "') is not here", BS_ARG(id));
	return rc;
}

/* When it is or becomes public, and what its status is at this moment. */
static void settle_time(struct bs_saving *saving)
{
	const struct bs_draft *draft = saving->draft;
	bool public = draft->status == BS_STATUS_PUBLISHED || draft->status == BS_STATUS_SCHEDULED ||
	              draft->status == BS_STATUS_WITHDRAWN;

	if (draft->published_at != 0)
		saving->published_at = draft->published_at;
	else if (saving->published_at == 0 && public)
		saving->published_at = saving->now;
	saving->status = draft->status;
	if (!public || draft->status == BS_STATUS_WITHDRAWN)
		return;
	/* What is out stays out when the clock was set back, unless somebody gives it another time. */
	saving->status = saving->published_at <= saving->now || saving->published_at == saving->public_since ? BS_STATUS_PUBLISHED
	                                                                                                     : BS_STATUS_SCHEDULED;
}

/* The date in a story's address is its day in the newsroom's own time zone. */
static enum bs_rc settle_month(struct bs_saving *saving, struct bs_err *err)
{
	const struct bs_zone *zone = NULL;
	struct bs_civil civil;
	struct bs_str name;
	enum bs_rc rc;

	if (saving->draft->kind == BS_KIND_PAGE || saving->published_at == 0) {
		saving->year = saving->month = 0;
		return BS_OK;
	}
	rc = bs_setting_get(saving->arena, saving->db, BS_STR("timezone"), &name, err);
	if (rc == BS_OK)
		rc = bs_zone_find(name, &zone, err);
	if (rc != BS_OK)
		return rc;
	civil = bs_civil_of(saving->published_at, bs_zone_offset(zone, saving->published_at));
	saving->year = civil.year;
	saving->month = civil.month;
	return BS_OK;
}

/* BS_OK: the address is free or this story's own. BS_CONFLICT: it is another's, or the site's. */
static enum bs_rc address_free(struct bs_saving *saving, struct bs_str slug, struct bs_err *err)
{
	int64_t holder = 0;
	enum bs_rc rc;

	if (saving->draft->kind == BS_KIND_PAGE && !bs_page_slug_free(slug))
		return bs_fail(err, BS_CONFLICT, "'" BS_FMT "' is an address of the site itself; give the page another slug", BS_ARG(slug));
	rc = bs_db_int(saving->db, BS_Q_address_find, BS_VALUES(bs_text(saving->draft->lang),
	               bs_int(saving->year), bs_int(saving->month), bs_text(slug)), &holder, err);
	if (rc == BS_NOT_FOUND || (rc == BS_OK && holder == saving->story_id))
		return BS_OK;
	if (rc != BS_OK)
		return rc;
	return bs_fail(err, BS_CONFLICT, "the slug '" BS_FMT "' is the address of another story of that month; give it another",
	               BS_ARG(slug));
}

static enum bs_rc settle_slug(struct bs_saving *saving, struct bs_err *err)
{
	struct bs_str wanted = saving->draft->slug.len > 0 ? saving->draft->slug : saving->slug;
	bool yields = true;
	enum bs_rc rc;

	if (wanted.len == 0)
		wanted = slug_of(saving, bs_markup_plain(saving->arena, saving->draft->title), BS_STR("story"));
	else
		yields = saving->draft->slug.len > 0 && saving->draft->slug_yields;
	saving->slug = wanted;
	rc = address_free(saving, wanted, err);
	for (int n = 2; yields && rc == BS_CONFLICT && n < 1000; n++) {
		saving->slug = bs_arena_printf(saving->arena, "%.*s-%d", (int)wanted.len, wanted.ptr, n);
		rc = address_free(saving, saving->slug, err);
	}
	return rc;
}

/* Who is known, and which terms, is asked for all at once and then read name by name: one round trip where the database
 * is far. */
static enum bs_rc ask_names(struct bs_saving *saving, struct bs_stmt **people, struct bs_stmt **terms, struct bs_err *err)
{
	const struct bs_draft *draft = saving->draft;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < draft->byline_count && rc == BS_OK; i++) {
		const struct bs_draft_credit *credit = &draft->byline[i];
		bool by_slug = credit->slug.len > 0;
		rc = bs_db_query(saving->db, by_slug ? BS_Q_person_by_slug : BS_Q_person_by_name,
		                 BS_VALUES(bs_text(by_slug ? credit->slug : credit->name)), &people[i], err);
	}
	for (size_t i = 0; i < draft->term_count && rc == BS_OK; i++) {
		const struct bs_draft_term *term = &draft->terms[i];
		bool by_slug = term->slug.len > 0;
		rc = bs_db_query(saving->db, by_slug ? BS_Q_term_by_slug : BS_Q_term_by_name,
		                 BS_VALUES(bs_text(bs_vocabulary_name(term->vocabulary)), bs_text(by_slug ? term->slug : term->name)),
		                 &terms[i], err);
	}
	return rc;
}

/* Read the answer to either question after a person, and free it. */
static enum bs_rc person_known(struct bs_saving *saving, size_t i, bool by_slug, struct bs_stmt **stmt, struct bs_err *err)
{
	enum bs_rc rc = bs_stmt_next(*stmt, err);

	if (rc == BS_OK) {
		saving->person_ids[i] = bs_stmt_int(*stmt, 0);
		/* By the slug that they have now, whatever the draft calls them. */
		saving->people[i] = bs_arena_copy(saving->arena, bs_stmt_str(*stmt, by_slug ? BS_C_person_by_slug_slug : BS_C_person_by_name_slug));
		saving->names[i] = by_slug ? bs_arena_copy(saving->arena, bs_stmt_str(*stmt, BS_C_person_by_slug_name))
		                           : saving->draft->byline[i].name;
	}
	bs_stmt_free(stmt);
	return rc;
}

/* A name that nobody has: of somebody who spells it otherwise, or of nobody yet (BS_NOT_FOUND), who then has *slug. */
static enum bs_rc person_named(struct bs_saving *saving, size_t i, struct bs_str *slug, struct bs_err *err)
{
	const struct bs_lang *lang = bs_lang_find(saving->draft->lang);
	const struct bs_naming naming = bs_naming_of(saving->arena, BS_STR(""), lang, saving->draft->byline[i].name);
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_naming_slug(saving->arena, saving->db, &naming, BS_STR("person"), slug, err);

	if (rc == BS_OK)
		rc = bs_db_query(saving->db, BS_Q_person_by_slug, BS_VALUES(bs_text(*slug)), &stmt, err);
	return rc == BS_OK ? person_known(saving, i, true, &stmt, err) : rc;
}

static enum bs_rc resolve_person(struct bs_saving *saving, size_t i, struct bs_stmt **stmt, struct bs_err *err)
{
	const struct bs_draft_credit *credit = &saving->draft->byline[i];
	struct bs_person_draft person = { .slug = credit->slug, .name = credit->name, .lang = saving->draft->lang };
	bool changed;
	enum bs_rc rc = person_known(saving, i, credit->slug.len > 0, stmt, err);

	if (rc == BS_NOT_FOUND && credit->name.len == 0)
		return bs_fail(err, BS_NOT_FOUND, "the byline names '" BS_FMT "', whom nobody has introduced; add the name", BS_ARG(credit->slug));
	if (rc == BS_NOT_FOUND && credit->slug.len == 0)
		rc = person_named(saving, i, &person.slug, err);
	if (rc != BS_NOT_FOUND)
		return rc;
	saving->people[i] = person.slug;
	saving->names[i] = credit->name;
	return bs_person_save(saving->arena, saving->db, &person, &saving->person_ids[i], &changed, err);
}

static enum bs_rc term_known(struct bs_saving *saving, size_t i, bool by_slug, struct bs_stmt **stmt, struct bs_err *err)
{
	enum bs_rc rc = bs_stmt_next(*stmt, err);

	if (rc == BS_OK) {
		saving->term_ids[i] = bs_stmt_int(*stmt, 0);
		saving->term_slugs[i] = bs_arena_copy(saving->arena, bs_stmt_str(*stmt, by_slug ? BS_C_term_by_slug_slug : BS_C_term_by_name_slug));
	}
	bs_stmt_free(stmt);
	return rc;
}

/* As of people. */
static enum bs_rc term_named(struct bs_saving *saving, size_t i, struct bs_str *slug, struct bs_err *err)
{
	const struct bs_draft_term *term = &saving->draft->terms[i];
	struct bs_str vocabulary = bs_vocabulary_name(term->vocabulary);
	const struct bs_naming naming = bs_naming_of(saving->arena, vocabulary, bs_lang_find(saving->draft->lang), term->name);
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_naming_slug(saving->arena, saving->db, &naming, BS_STR("term"), slug, err);

	if (rc == BS_OK)
		rc = bs_db_query(saving->db, BS_Q_term_by_slug, BS_VALUES(bs_text(vocabulary), bs_text(*slug)), &stmt, err);
	return rc == BS_OK ? term_known(saving, i, true, &stmt, err) : rc;
}

/* "ice-season" as a name until somebody gives a better one: "Ice season". */
static struct bs_str name_of_slug(struct bs_arena *arena, struct bs_str slug)
{
	struct bs_str name = bs_arena_copy(arena, slug);
	char *text = (char *)name.ptr;

	for (size_t i = 0; i < name.len; i++) {
		if (text[i] == '-')
			text[i] = ' ';
		if (i == 0 && text[i] >= 'a' && text[i] <= 'z')
			text[i] = (char)(text[i] - 'a' + 'A');
	}
	return name;
}

static enum bs_rc resolve_term(struct bs_saving *saving, size_t i, struct bs_stmt **stmt, struct bs_err *err)
{
	const struct bs_draft_term *term = &saving->draft->terms[i];
	struct bs_term_draft fresh = { .vocabulary = term->vocabulary, .slug = term->slug, .name_count = 1 };
	struct bs_term_name name = { .lang = saving->draft->lang, .name = term->name };
	bool changed;
	enum bs_rc rc = term_known(saving, i, term->slug.len > 0, stmt, err);

	if (rc == BS_NOT_FOUND && term->slug.len == 0)
		rc = term_named(saving, i, &fresh.slug, err);
	if (rc != BS_NOT_FOUND)
		return rc;
	if (name.name.len == 0)
		name.name = name_of_slug(saving->arena, fresh.slug);
	fresh.names = &name;
	saving->term_slugs[i] = fresh.slug;
	return bs_term_save(saving->arena, saving->db, &fresh, &saving->term_ids[i], &changed, err);
}

/* Several names may turn out to be one person, in one role, or one term: a draft of its own for the save, each in it once. */
static void drop_doubles(struct bs_saving *saving)
{
	struct bs_draft *draft = BS_NEW(saving->arena, struct bs_draft);
	size_t people = 0, terms = 0, k;

	*draft = *saving->draft;
	draft->byline = BS_ARRAY(saving->arena, draft->byline_count, struct bs_draft_credit);
	draft->terms = BS_ARRAY(saving->arena, draft->term_count, struct bs_draft_term);
	for (size_t i = 0; i < draft->byline_count; i++) {
		draft->byline[people] = saving->draft->byline[i];
		saving->person_ids[people] = saving->person_ids[i];
		saving->people[people] = saving->people[i];
		saving->names[people] = saving->names[i];
		for (k = 0; saving->person_ids[k] != saving->person_ids[people] || draft->byline[k].role != draft->byline[people].role; k++)
			;
		people += k == people;
	}
	for (size_t i = 0; i < draft->term_count; i++) {
		draft->terms[terms] = saving->draft->terms[i];
		saving->term_ids[terms] = saving->term_ids[i];
		saving->term_slugs[terms] = saving->term_slugs[i];
		for (k = 0; saving->term_ids[k] != saving->term_ids[terms]; k++)
			;
		terms += k == terms;
	}
	draft->byline_count = people;
	draft->term_count = terms;
	saving->draft = draft;
}

static enum bs_rc check_notice(struct bs_saving *saving, struct bs_str slug, struct bs_err *err)
{
	int64_t id;
	enum bs_rc rc = bs_db_int(saving->db, BS_Q_notice_known, BS_VALUES(bs_text(slug)), &id, err);

	if (rc == BS_NOT_FOUND)
		return bs_fail(err, BS_NOT_FOUND, "there is no notice '" BS_FMT "'", BS_ARG(slug));
	return rc;
}

static enum bs_rc find_media(struct bs_saving *saving, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	char hex[2 * BS_HASH_SIZE];
	struct bs_str hash;
	enum bs_rc rc;

	if (saving->draft->image.media_id == 0)
		return BS_OK;
	rc = bs_db_query(saving->db, BS_Q_media_get, BS_VALUES(bs_int(saving->draft->image.media_id)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		hash = bs_stmt_blob(stmt, BS_C_media_get_hash);
		bs_hex_encode((const uint8_t *)hash.ptr, hash.len < BS_HASH_SIZE ? hash.len : BS_HASH_SIZE, hex);
		saving->media_hash = bs_arena_copy(saving->arena, bs_str_n(hex, sizeof(hex)));
	} else if (rc == BS_NOT_FOUND) {
		rc = bs_fail(err, BS_NOT_FOUND, "the lead image is not among the media");
	}
	bs_stmt_free(&stmt);
	return rc;
}

static enum bs_rc resolve_names(struct bs_saving *saving, struct bs_err *err)
{
	const struct bs_draft *draft = saving->draft;
	struct bs_stmt **people = BS_ARRAY(saving->arena, draft->byline_count, struct bs_stmt *);
	struct bs_stmt **terms = BS_ARRAY(saving->arena, draft->term_count, struct bs_stmt *);
	enum bs_rc rc = ask_names(saving, people, terms, err);

	saving->people = BS_ARRAY(saving->arena, draft->byline_count, struct bs_str);
	saving->names = BS_ARRAY(saving->arena, draft->byline_count, struct bs_str);
	saving->person_ids = BS_ARRAY(saving->arena, draft->byline_count, int64_t);
	saving->term_slugs = BS_ARRAY(saving->arena, draft->term_count, struct bs_str);
	saving->term_ids = BS_ARRAY(saving->arena, draft->term_count, int64_t);
	for (size_t i = 0; i < draft->byline_count && rc == BS_OK; i++)
		rc = resolve_person(saving, i, &people[i], err);
	for (size_t i = 0; i < draft->term_count && rc == BS_OK; i++)
		rc = resolve_term(saving, i, &terms[i], err);
	for (size_t i = 0; i < draft->notice_count && rc == BS_OK; i++)
		rc = check_notice(saving, draft->notices[i], err);
	for (size_t i = 0; i < draft->byline_count; i++)
		bs_stmt_free(&people[i]);
	for (size_t i = 0; i < draft->term_count; i++)
		bs_stmt_free(&terms[i]);
	if (rc == BS_OK)
		drop_doubles(saving);
	return rc;
}

enum bs_rc bs_saving_resolve(struct bs_saving *saving, struct bs_err *err)
{
	enum bs_rc rc = check_draft(saving->draft, err);

	if (rc == BS_OK)
		rc = find_story(saving, err);
	if (rc == BS_OK)
		rc = find_original(saving, err);
	if (rc != BS_OK)
		return rc;
	settle_time(saving);
	rc = settle_month(saving, err);
	if (rc == BS_OK)
		rc = settle_slug(saving, err);
	if (rc == BS_OK)
		rc = find_media(saving, err);
	return rc == BS_OK ? resolve_names(saving, err) : rc;
}
