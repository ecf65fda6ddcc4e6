/* story_form.c - see story_form.h. Reading and applying are in story_apply.c. */
#include "desk/story_form.h"

#include <inttypes.h>

#include "base/limits.h"
#include "base/sys.h"
#include "lang/date.h"
#include "text/html.h"
#include "text/markdown.h"
#include "text/markup.h"

const char *bs_story_field_name(enum bs_story_field field)
{
	static const char *const names[BS_SF_COUNT] = {
		[BS_SF_TITLE] = "title", [BS_SF_SUBTITLE] = "subtitle", [BS_SF_SUMMARY] = "summary", [BS_SF_BODY] = "body",
		[BS_SF_FORMAT] = "format", [BS_SF_LANG] = "lang", [BS_SF_KIND] = "kind", [BS_SF_SLUG] = "slug",
		[BS_SF_AUTHORS] = "authors", [BS_SF_TRANSLATORS] = "translators", [BS_SF_PHOTOGRAPHERS] = "photographers",
		[BS_SF_EDITORS] = "editors", [BS_SF_AUTHOR_LINE] = "author-line", [BS_SF_REGIONS] = "regions", [BS_SF_THEMES] = "themes",
		[BS_SF_REPORTS] = "reports", [BS_SF_TAGS] = "tags", [BS_SF_IMAGE] = "image", [BS_SF_IMAGE_ALT] = "image-alt",
		[BS_SF_IMAGE_CAPTION] = "image-caption", [BS_SF_IMAGE_CREDIT] = "image-credit",
		[BS_SF_IMAGE_CREDIT_URL] = "image-credit-url", [BS_SF_IMAGE_LICENCE] = "image-licence",
		[BS_SF_IMAGE_SYNDICATE] = "image-syndicate", [BS_SF_SOURCE_NAME] = "source-name", [BS_SF_SOURCE_URL] = "source-url",
		[BS_SF_SOURCE_DATE] = "source-date", [BS_SF_SOURCE_PERMISSION] = "source-permission", [BS_SF_LICENCE] = "licence",
		[BS_SF_CANONICAL] = "canonical", [BS_SF_MEDIA_CONTACT] = "media-contact", [BS_SF_NOTICES] = "notices",
		[BS_SF_PUBLISH_AT] = "publish-at", [BS_SF_REASON] = "reason",
		[BS_SF_CORRECTION] = "correction", [BS_SF_NOTE] = "note",
	};

	return names[field];
}

enum { DAY_LEN = 10 }; /* of "2027-03-28" */

/* --- times ------------------------------------------------------------------------------------------------------------------ */

struct bs_str bs_local_time(const struct bs_visit *visit, int64_t time)
{
	struct bs_civil c = bs_civil_of(time, bs_zone_offset(visit->publication->zone, time));

	return time == 0 ? BS_STR("") : bs_arena_printf(visit->arena, "%04d-%02d-%02dT%02d:%02d", c.year, c.month, c.day, c.hour, c.minute);
}

enum bs_rc bs_local_time_read(const struct bs_visit *visit, struct bs_str text, int64_t *out)
{
	int64_t time;

	if (bs_time_parse(text, &time, NULL) != BS_OK)
		return BS_INVALID;
	/* The offset that holds at that time, not at the same digits in UTC: asked for twice, for the hours around a change. */
	*out = time - (int64_t)bs_zone_offset(visit->publication->zone, time) * 60;
	*out = time - (int64_t)bs_zone_offset(visit->publication->zone, *out) * 60;
	/* A day whose midnight is left out begins when the clocks have gone on. */
	return text.len > DAY_LEN && *out + (int64_t)bs_zone_offset(visit->publication->zone, *out) * 60 != time ? BS_NOT_FOUND : BS_OK;
}

/* --- from a draft ------------------------------------------------------------------------------------------------------------ */

static struct bs_str markdown_of(struct bs_visit *visit, struct bs_str markup)
{
	struct bs_buf out = BS_BUF(4 * BS_MAX_PASSAGE);
	struct bs_str text;

	bs_markup_markdown(visit->arena, &out, markup);
	text = bs_arena_copy(visit->arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return text;
}

static struct bs_str body_of(struct bs_visit *visit, const struct bs_body *body)
{
	struct bs_buf out = BS_BUF(2 * BS_MAX_STORY_HTML);
	struct bs_str text;

	bs_body_markdown(visit->arena, &out, body);
	text = bs_arena_copy(visit->arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return text;
}

static struct bs_str people_of(struct bs_visit *visit, const struct bs_draft *draft, enum bs_role role)
{
	struct bs_str *lines = BS_ARRAY(visit->arena, draft->byline_count, struct bs_str);
	size_t count = 0;

	for (size_t i = 0; i < draft->byline_count; i++) {
		if (draft->byline[i].role == role)
			lines[count++] = draft->byline[i].name.len > 0 ? draft->byline[i].name : draft->byline[i].slug;
	}
	return bs_arena_join(visit->arena, lines, count, BS_STR("\n"));
}

/* The names of a story's terms, by vocabulary. */
static enum bs_rc terms_of(struct bs_visit *visit, struct bs_db *db, int64_t story_id, struct bs_str lang, struct bs_story_form *out,
                           struct bs_err *err)
{
	struct bs_str lines[BS_VOCABULARY_COUNT][BS_MAX_TERMS];
	size_t counts[BS_VOCABULARY_COUNT] = { 0 };
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_story_terms, BS_VALUES(bs_int(story_id), bs_text(lang), bs_text(visit->publication->lang->code)),
	                            &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		enum bs_vocabulary v;
		if (bs_vocabulary_of(bs_stmt_str(stmt, BS_C_story_terms_vocabulary), &v) == BS_OK && counts[v] < BS_MAX_TERMS)
			lines[v][counts[v]++] = bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_story_terms_name));
	}
	bs_stmt_free(&stmt);
	for (enum bs_vocabulary v = 0; v < BS_VOCABULARY_COUNT; v++)
		out->value[BS_SF_REGIONS + v] = bs_arena_join(visit->arena, lines[v], counts[v], BS_STR("\n"));
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static void image_of(struct bs_visit *visit, const struct bs_draft_image *image, struct bs_story_form *out)
{
	out->value[BS_SF_IMAGE] = image->media_id != 0 ? bs_arena_printf(visit->arena, "%" PRId64, image->media_id) : BS_STR("");
	out->value[BS_SF_IMAGE_ALT] = bs_markup_plain(visit->arena, image->alt);
	out->value[BS_SF_IMAGE_CAPTION] = markdown_of(visit, image->caption);
	out->value[BS_SF_IMAGE_CREDIT] = markdown_of(visit, image->credit);
	out->value[BS_SF_IMAGE_CREDIT_URL] = image->credit_url;
	out->value[BS_SF_IMAGE_LICENCE] = image->licence;
	out->value[BS_SF_IMAGE_SYNDICATE] = image->may_syndicate ? BS_STR("1") : BS_STR("");
}

enum bs_rc bs_story_form_of(struct bs_visit *visit, struct bs_db *db, int64_t story_id, const struct bs_draft *draft,
                            struct bs_story_form *out, struct bs_err *err)
{
	*out = (struct bs_story_form){ .public_id = draft->public_id };
	for (size_t i = 0; i < BS_SF_COUNT; i++)
		out->value[i] = BS_STR("");
	out->value[BS_SF_TITLE] = markdown_of(visit, draft->title);
	out->value[BS_SF_SUBTITLE] = markdown_of(visit, draft->subtitle);
	out->value[BS_SF_SUMMARY] = markdown_of(visit, draft->summary);
	out->value[BS_SF_BODY] = body_of(visit, &draft->body);
	out->value[BS_SF_FORMAT] = BS_STR("markdown");
	out->value[BS_SF_LANG] = draft->lang;
	out->value[BS_SF_KIND] = bs_kind_name(draft->kind);
	out->value[BS_SF_SLUG] = draft->slug;
	for (enum bs_role role = 0; role < BS_ROLE_COUNT; role++)
		out->value[BS_SF_AUTHORS + role] = people_of(visit, draft, role);
	out->value[BS_SF_AUTHOR_LINE] = markdown_of(visit, draft->author_line);
	image_of(visit, &draft->image, out);
	out->value[BS_SF_SOURCE_NAME] = draft->source.name;
	out->value[BS_SF_SOURCE_URL] = draft->source.url;
	out->value[BS_SF_SOURCE_DATE] = bs_str_sub(bs_local_time(visit, draft->source.published_at), 0, DAY_LEN);
	out->value[BS_SF_SOURCE_PERMISSION] = draft->source.permission;
	out->value[BS_SF_LICENCE] = draft->licence;
	out->value[BS_SF_CANONICAL] = draft->canonical;
	out->value[BS_SF_MEDIA_CONTACT] = draft->media_contact;
	out->value[BS_SF_NOTICES] = bs_arena_join(visit->arena, draft->notices, draft->notice_count, BS_STR("\n"));
	out->value[BS_SF_PUBLISH_AT] = bs_local_time(visit, draft->published_at);
	out->value[BS_SF_REASON] = draft->reason;
	return story_id != 0 ? terms_of(visit, db, story_id, draft->lang, out, err) : BS_OK;
}
