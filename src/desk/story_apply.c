/* story_apply.c - from the form that was sent into a draft; see story_form.h. */
#include "base/sys.h"
#include "desk/story_form.h"
#include "text/address.h"
#include "text/html.h"
#include "text/markdown.h"
#include "text/markup.h"
#include "text/slug.h"

struct applying {
	struct bs_visit *visit;
	struct bs_arena *arena;
	struct bs_db *db;
	const struct bs_story_form *shown;
	struct bs_story_form *sent;
	struct bs_draft *draft;
	struct bs_err *err;
};

void bs_story_form_read(struct bs_visit *visit, struct bs_story_form *out)
{
	*out = (struct bs_story_form){ .public_id = bs_visit_field(visit, "public-id"), .copy = bs_visit_field(visit, "copy") };
	for (size_t i = 0; i < BS_SF_COUNT; i++)
		out->value[i] = bs_visit_field(visit, bs_story_field_name((enum bs_story_field)i));
	/* Names that were typed behind a list. */
	for (enum bs_story_field i = BS_SF_AUTHORS; i <= BS_SF_TAGS; i++) {
		struct bs_str parts[] = { bs_str_trim(out->value[i]), bs_str_trim(bs_visit_field(visit,
			bs_arena_printf(visit->arena, "%s-add", bs_story_field_name(i)).ptr)) };
		if (parts[1].len > 0)
			out->value[i] = bs_arena_join(visit->arena, parts[0].len > 0 ? parts : parts + 1, parts[0].len > 0 ? 2 : 1, BS_STR("\n"));
	}
	/* A box for each notice. */
	for (size_t i = 0, first = 1; i < visit->form.count; i++) {
		if (!bs_str_eq(visit->form.fields[i].name, BS_STR("notices")))
			continue;
		out->value[BS_SF_NOTICES] = first ? visit->form.fields[i].value
			: bs_arena_printf(visit->arena, "%.*s\n%.*s", (int)out->value[BS_SF_NOTICES].len, out->value[BS_SF_NOTICES].ptr,
			                  (int)visit->form.fields[i].value.len, visit->form.fields[i].value.ptr);
		first = 0;
	}
	if (bs_str_int(bs_visit_field(visit, "base"), &out->base) != BS_OK)
		out->base = 0;
	if (bs_str_int(bs_visit_field(visit, "turn"), &out->turn) != BS_OK)
		out->turn = 0;
}

static bool differs(const struct applying *a, enum bs_story_field field)
{
	return !bs_str_eq(bs_str_trim(a->shown->value[field]), bs_str_trim(a->sent->value[field]));
}

static void complain(const struct applying *a, enum bs_story_field field, struct bs_str text)
{
	a->sent->error[field] = text;
}

static struct bs_str word(const struct applying *a, enum bs_desk_msg id)
{
	return bs_word(a->visit, id);
}

/* --- one kind of field each --------------------------------------------------------------------------------------------------- */

static void apply_markup(struct applying *a, enum bs_story_field field, struct bs_str *to)
{
	struct bs_markdown_options options = { .lang = a->draft->lang };

	if (!differs(a, field))
		return;
	if (a->sent->value[field].len > BS_MAX_FIELD) {
		complain(a, field, word(a, BS_DESK_MSG_fault_long));
		return;
	}
	if (bs_markdown_markup(a->arena, a->sent->value[field], &options, to, a->err) != BS_OK)
		complain(a, field, word(a, BS_DESK_MSG_fault_text));
}

static void apply_plain(struct applying *a, enum bs_story_field field, struct bs_str *to)
{
	if (!differs(a, field))
		return;
	if (a->sent->value[field].len > BS_MAX_FIELD)
		complain(a, field, word(a, BS_DESK_MSG_fault_long));
	else
		*to = bs_str_trim(a->sent->value[field]);
}

static void apply_url(struct applying *a, enum bs_story_field field, struct bs_str *to)
{
	struct bs_str url = bs_str_trim(a->sent->value[field]);

	if (!differs(a, field))
		return;
	if (url.len > 0 && !bs_url_is_web(url))
		complain(a, field, word(a, BS_DESK_MSG_fault_url));
	else
		*to = bs_url_tidy(a->arena, url);
}

static void apply_body(struct applying *a)
{
	struct bs_str text = a->sent->value[BS_SF_BODY];
	bool html = bs_str_eq(a->sent->value[BS_SF_FORMAT], BS_STR("html"));
	struct bs_html_options in_html = { .lang = a->draft->lang };
	struct bs_markdown_options in_markdown = { .lang = a->draft->lang };
	enum bs_rc rc;

	if (!html && !differs(a, BS_SF_BODY))
		return;
	if (html)
		rc = bs_html_blocks(a->arena, text, &in_html, &a->draft->body, a->err);
	else
		rc = bs_markdown_blocks(a->arena, text, &in_markdown, &a->draft->body, a->err);
	a->draft->reckoned = NULL;
	if (rc != BS_OK)
		complain(a, BS_SF_BODY, rc == BS_LIMIT ? word(a, BS_DESK_MSG_fault_body_long) : word(a, BS_DESK_MSG_fault_text));
}

static void apply_language(struct applying *a)
{
	const struct bs_lang *lang = bs_lang_find(a->sent->value[BS_SF_LANG]);

	if (lang == NULL)
		complain(a, BS_SF_LANG, word(a, BS_DESK_MSG_fault_lang));
	else
		a->draft->lang = lang->code;
	if (bs_kind_of(a->sent->value[BS_SF_KIND], &a->draft->kind) != BS_OK)
		complain(a, BS_SF_KIND, word(a, BS_DESK_MSG_fault_kind));
}

static void apply_slug(struct applying *a)
{
	struct bs_str slug = bs_str_trim(a->sent->value[BS_SF_SLUG]);

	if (a->draft->kind == BS_KIND_PAGE && !bs_page_slug_free(slug))
		complain(a, BS_SF_SLUG, word(a, BS_DESK_MSG_fault_slug_own));
	if (!differs(a, BS_SF_SLUG))
		return;
	if (slug.len > 0 && !bs_slug_valid(slug))
		complain(a, BS_SF_SLUG, word(a, BS_DESK_MSG_fault_slug));
	else
		a->draft->slug = slug;
}

/* --- names -------------------------------------------------------------------------------------------------------------------- */

/* The next line that has something in it. */
static bool next_line(struct bs_str *rest, struct bs_str *line)
{
	while (rest->len > 0 && bs_str_split(rest, '\n', line)) {
		*line = bs_str_trim(*line);
		if (line->len > 0)
			return true;
	}
	return false;
}

static size_t lines_in(struct bs_str text)
{
	struct bs_str line;
	size_t count = 0;

	while (next_line(&text, &line))
		count++;
	return count;
}

/* Who stood there under this name before, else who is known by it, else somebody new, whom not everybody may introduce. */
static enum bs_rc credit_of(struct applying *a, enum bs_story_field field, enum bs_role role, struct bs_str name, const struct bs_draft *before,
                            struct bs_draft_credit *out)
{
	int64_t id;
	enum bs_rc rc;

	for (size_t i = 0; i < before->byline_count; i++) {
		if (bs_str_eq(before->byline[i].name, name)) {
			*out = before->byline[i];
			out->role = role;
			return BS_OK;
		}
	}
	*out = (struct bs_draft_credit){ .name = name, .role = role };
	rc = bs_db_int(a->db, BS_Q_person_by_name, BS_VALUES(bs_text(name)), &id, a->err);
	if (rc == BS_NOT_FOUND && !bs_visit_can(a->visit, BS_ACT_PEOPLE))
		complain(a, field, bs_desk_say_fault_person(a->arena, a->visit->lang, name));
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc apply_byline(struct applying *a)
{
	struct bs_draft before = *a->draft;
	bool changed = false;
	size_t room = 0;
	enum bs_rc rc = BS_OK;

	for (enum bs_role role = 0; role < BS_ROLE_COUNT; role++) {
		changed |= differs(a, BS_SF_AUTHORS + role);
		room += lines_in(a->sent->value[BS_SF_AUTHORS + role]);
	}
	if (!changed)
		return BS_OK;
	if (room > BS_MAX_BYLINE) {
		complain(a, BS_SF_AUTHORS, word(a, BS_DESK_MSG_fault_many));
		return BS_OK;
	}
	a->draft->byline = BS_ARRAY(a->arena, room, struct bs_draft_credit);
	a->draft->byline_count = 0;
	for (enum bs_role role = 0; role < BS_ROLE_COUNT; role++) {
		struct bs_str rest = a->sent->value[BS_SF_AUTHORS + role], name;
		while (rc == BS_OK && next_line(&rest, &name))
			rc = credit_of(a, BS_SF_AUTHORS + role, role, name, &before, &a->draft->byline[a->draft->byline_count++]);
	}
	return rc;
}

/* By its name, by its slug, or new. */
static enum bs_rc term_of(struct applying *a, enum bs_vocabulary v, struct bs_str name, struct bs_draft_term *out)
{
	struct bs_str vocabulary = bs_vocabulary_name(v);
	int64_t id;
	enum bs_rc rc = bs_db_int(a->db, BS_Q_term_by_name, BS_VALUES(bs_text(vocabulary), bs_text(name)), &id, a->err);

	*out = (struct bs_draft_term){ .vocabulary = v, .name = name };
	if (rc != BS_NOT_FOUND || !bs_slug_valid(name))
		goto done;
	rc = bs_db_int(a->db, BS_Q_term_by_slug, BS_VALUES(bs_text(vocabulary), bs_text(name)), &id, a->err);
	if (rc == BS_OK)
		*out = (struct bs_draft_term){ .vocabulary = v, .slug = name };
done:
	if (rc == BS_NOT_FOUND && !bs_visit_can(a->visit, BS_ACT_TERMS))
		complain(a, BS_SF_REGIONS + v, bs_desk_say_fault_term(a->arena, a->visit->lang, name));
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc apply_terms(struct applying *a)
{
	struct bs_draft before = *a->draft;
	size_t room = before.term_count;
	enum bs_rc rc = BS_OK;

	for (enum bs_vocabulary v = 0; v < BS_VOCABULARY_COUNT; v++)
		room += lines_in(a->sent->value[BS_SF_REGIONS + v]);
	a->draft->terms = BS_ARRAY(a->arena, room, struct bs_draft_term);
	a->draft->term_count = 0;
	for (enum bs_vocabulary v = 0; v < BS_VOCABULARY_COUNT && rc == BS_OK; v++) {
		struct bs_str rest = a->sent->value[BS_SF_REGIONS + v], name;
		for (size_t i = 0; i < before.term_count && !differs(a, BS_SF_REGIONS + v); i++) {
			if (before.terms[i].vocabulary == v)
				a->draft->terms[a->draft->term_count++] = before.terms[i];
		}
		while (rc == BS_OK && differs(a, BS_SF_REGIONS + v) && next_line(&rest, &name))
			rc = term_of(a, v, name, &a->draft->terms[a->draft->term_count++]);
	}
	if (a->draft->term_count > BS_MAX_TERMS)
		complain(a, BS_SF_REGIONS, word(a, BS_DESK_MSG_fault_many));
	return rc;
}

static enum bs_rc apply_notices(struct applying *a)
{
	struct bs_str rest = a->sent->value[BS_SF_NOTICES], slug;
	enum bs_rc rc = BS_OK;

	if (!differs(a, BS_SF_NOTICES))
		return BS_OK;
	a->draft->notices = BS_ARRAY(a->arena, lines_in(rest), struct bs_str);
	a->draft->notice_count = 0;
	while (rc == BS_OK && next_line(&rest, &slug)) {
		int64_t id;
		rc = bs_db_int(a->db, BS_Q_notice_known, BS_VALUES(bs_text(slug)), &id, a->err);
		if (rc == BS_OK)
			a->draft->notices[a->draft->notice_count++] = slug;
		rc = rc == BS_NOT_FOUND ? BS_OK : rc;
	}
	return rc;
}

/* --- picture, source -------------------------------------------------------------------------------------------------------------- */

static enum bs_rc apply_image(struct applying *a)
{
	struct bs_draft_image *image = &a->draft->image;
	struct bs_str chosen = bs_str_trim(a->sent->value[BS_SF_IMAGE]);
	struct bs_stmt *stmt = NULL;
	int64_t id = 0;
	enum bs_rc rc = BS_OK;

	if (chosen.len > 0 && bs_str_int(chosen, &id) == BS_OK) {
		rc = bs_db_query(a->db, BS_Q_media_get, BS_VALUES(bs_int(id)), &stmt, a->err);
		if (rc == BS_OK)
			rc = bs_stmt_next(stmt, a->err);
		bs_stmt_free(&stmt);
	}
	if (rc == BS_NOT_FOUND || (chosen.len > 0 && id == 0)) {
		complain(a, BS_SF_IMAGE, word(a, BS_DESK_MSG_fault_image));
		return BS_OK;
	}
	if (rc != BS_OK)
		return rc;
	image->media_id = id;
	if (differs(a, BS_SF_IMAGE_ALT))
		image->alt = bs_markup_of_text(a->arena, bs_str_utf8_prefix(a->sent->value[BS_SF_IMAGE_ALT], BS_MAX_FIELD));
	apply_markup(a, BS_SF_IMAGE_CAPTION, &image->caption);
	apply_markup(a, BS_SF_IMAGE_CREDIT, &image->credit);
	apply_url(a, BS_SF_IMAGE_CREDIT_URL, &image->credit_url);
	apply_plain(a, BS_SF_IMAGE_LICENCE, &image->licence);
	image->may_syndicate = a->sent->value[BS_SF_IMAGE_SYNDICATE].len > 0;
	return BS_OK;
}

static void apply_source(struct applying *a)
{
	struct bs_draft_source *source = &a->draft->source;
	struct bs_str date = bs_str_trim(a->sent->value[BS_SF_SOURCE_DATE]);

	apply_plain(a, BS_SF_SOURCE_NAME, &source->name);
	apply_url(a, BS_SF_SOURCE_URL, &source->url);
	apply_plain(a, BS_SF_SOURCE_PERMISSION, &source->permission);
	if (!differs(a, BS_SF_SOURCE_DATE))
		return;
	source->published_at = 0;
	if (date.len > 0 && bs_local_time_read(a->visit, date, &source->published_at) != BS_OK)
		complain(a, BS_SF_SOURCE_DATE, word(a, BS_DESK_MSG_fault_date));
}

enum bs_rc bs_story_form_apply(struct bs_visit *visit, struct bs_db *db, const struct bs_story_form *shown, struct bs_story_form *sent,
                               struct bs_draft *draft, bool *good, struct bs_err *err)
{
	struct applying a = { .visit = visit, .arena = visit->arena, .db = db, .shown = shown, .sent = sent, .draft = draft, .err = err };
	enum bs_rc rc;

	apply_language(&a);
	apply_markup(&a, BS_SF_TITLE, &draft->title);
	apply_markup(&a, BS_SF_SUBTITLE, &draft->subtitle);
	apply_markup(&a, BS_SF_SUMMARY, &draft->summary);
	apply_markup(&a, BS_SF_AUTHOR_LINE, &draft->author_line);
	apply_body(&a);
	apply_slug(&a);
	apply_source(&a);
	apply_plain(&a, BS_SF_LICENCE, &draft->licence);
	apply_url(&a, BS_SF_CANONICAL, &draft->canonical);
	apply_plain(&a, BS_SF_MEDIA_CONTACT, &draft->media_contact);
	if (draft->title.len == 0)
		complain(&a, BS_SF_TITLE, word(&a, BS_DESK_MSG_fault_title));
	rc = apply_byline(&a);
	if (rc == BS_OK)
		rc = apply_terms(&a);
	if (rc == BS_OK)
		rc = apply_notices(&a);
	if (rc == BS_OK)
		rc = apply_image(&a);
	*good = true;
	for (size_t i = 0; i < BS_SF_COUNT; i++)
		*good &= sent->error[i].len == 0;
	return rc;
}
