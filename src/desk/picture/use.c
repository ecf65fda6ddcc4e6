/* use.c - what a picture of a story takes from the library, and must have. See use.h. */
#include "desk/picture/use.h"

#include "base/limits.h"
#include "desk/picture/lacks.h"
#include "text/markdown.h"
#include "text/markup.h"

/* --- its words ---------------------------------------------------------------------------------------------------------------- */

/* Plain text as the fields for Markdown have it. */
static struct bs_str in_markdown(struct bs_arena *arena, struct bs_str text)
{
	struct bs_buf out = BS_BUF(4 * BS_MAX_PASSAGE);
	struct bs_str made;

	bs_markup_markdown(arena, &out, bs_markup_of_text(arena, text));
	made = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return made;
}

struct words {
	struct bs_str value[BS_SF_COUNT]; /* from BS_SF_IMAGE_ALT to BS_SF_IMAGE_SYNDICATE */
};

/* BS_OK and empty words when there is no such picture. */
static enum bs_rc words_of(struct bs_visit *visit, struct bs_db *db, struct bs_str id_text, struct words *out, struct bs_err *err)
{
	struct bs_library_picture picture = { 0 };
	int64_t id = 0;
	enum bs_rc rc = BS_NOT_FOUND;

	*out = (struct words){ 0 };
	if (bs_str_int(bs_str_trim(id_text), &id) == BS_OK)
		rc = bs_library_get(visit->arena, db, id, &picture, err);
	if (rc != BS_OK)
		return rc == BS_NOT_FOUND ? BS_OK : rc;
	out->value[BS_SF_IMAGE_ALT] = picture.alt;
	out->value[BS_SF_IMAGE_CAPTION] = in_markdown(visit->arena, picture.caption);
	out->value[BS_SF_IMAGE_CREDIT] = in_markdown(visit->arena, picture.credit);
	out->value[BS_SF_IMAGE_CREDIT_URL] = picture.credit_url;
	out->value[BS_SF_IMAGE_LICENCE] = picture.licence;
	out->value[BS_SF_IMAGE_SYNDICATE] = picture.may_syndicate ? BS_STR("1") : BS_STR("");
	return BS_OK;
}

static bool same(struct bs_str a, struct bs_str b)
{
	return bs_str_eq(bs_str_trim(a), bs_str_trim(b));
}

enum bs_rc bs_picture_fill(struct bs_visit *visit, struct bs_db *db, const struct bs_story_form *shown, struct bs_story_form *sent,
                           struct bs_err *err)
{
	struct bs_str was = bs_visit_field(visit, "image-was"), now = bs_str_trim(sent->value[BS_SF_IMAGE]);
	bool stored = same(was, shown->value[BS_SF_IMAGE]);
	struct words old, new;
	enum bs_rc rc;

	if (now.len == 0 || same(was, now))
		return BS_OK;
	rc = words_of(visit, db, was, &old, err);
	if (rc == BS_OK)
		rc = words_of(visit, db, now, &new, err);
	for (enum bs_story_field i = BS_SF_IMAGE_ALT; i <= BS_SF_IMAGE_SYNDICATE && rc == BS_OK; i++) {
		struct bs_str value = bs_str_trim(sent->value[i]);
		if (value.len == 0 || same(value, old.value[i]) || (stored && same(value, shown->value[i])))
			sent->value[i] = new.value[i];
	}
	return rc;
}

/* --- what it must have ---------------------------------------------------------------------------------------------------------- */

/* What a lead lacks is said at its fields, when it is new or these were changed. */
static void check_lead(struct bs_visit *visit, const struct bs_picture_rules *rules, unsigned lacks, struct bs_story_form *sent)
{
	bool changed = false, shown_now = rules->going_public || rules->is_public;

	for (enum bs_story_field i = BS_SF_IMAGE; i <= BS_SF_IMAGE_LICENCE; i++)
		changed |= !same(sent->value[i], rules->shown->value[i]);
	if (!changed && !rules->going_public)
		return;
	if ((lacks & BS_LACKS_CREDIT) != 0)
		sent->error[BS_SF_IMAGE_CREDIT] = bs_word(visit, BS_DESK_MSG_fault_image_credit);
	if ((lacks & BS_LACKS_LICENCE) != 0)
		sent->error[BS_SF_IMAGE_LICENCE] = bs_word(visit, BS_DESK_MSG_fault_image_licence);
	if (shown_now && (lacks & BS_LACKS_ALT) != 0)
		sent->error[BS_SF_IMAGE_ALT] = bs_word(visit, BS_DESK_MSG_fault_image_alt);
}

/* Whether the text had it before, with as many words. */
static bool was_there(const struct bs_pictured *before, size_t count, const struct bs_pictured *picture)
{
	for (size_t i = 0; i < count; i++) {
		if (bs_str_eq(before[i].src, picture->src) && bs_str_eq(before[i].alt, picture->alt))
			return true;
	}
	return false;
}

static struct bs_str gone(struct bs_visit *visit, const struct bs_pictured *picture)
{
	return bs_desk_say_fault_body_picture_gone(visit->arena, visit->lang, bs_arena_printf(visit->arena, "%zu", picture->number));
}

/* A picture of the text: its words, then what the library has to say of it. That it has no credit is said by the list before publishing. */
static enum bs_rc check_picture(struct bs_visit *visit, struct bs_db *db, const struct bs_pictured *picture, struct bs_str *fault,
                                struct bs_err *err)
{
	struct bs_str place = bs_arena_printf(visit->arena, "%zu", picture->number);
	struct bs_library_picture kept;
	enum bs_rc rc;

	if ((picture->lacks & BS_LACKS_ALT) != 0) {
		*fault = bs_desk_say_fault_body_alt(visit->arena, visit->lang, place);
		return BS_OK;
	}
	if (picture->media_id == 0)
		return BS_OK;
	rc = bs_library_get(visit->arena, db, picture->media_id, &kept, err);
	if (rc == BS_NOT_FOUND)
		*fault = gone(visit, picture);
	else if (rc == BS_OK && (bs_library_lacks(&kept) & (BS_LACKS_CREDIT | BS_LACKS_LICENCE)) != 0)
		*fault = bs_desk_say_fault_body_credit(visit->arena, visit->lang, place, kept.name);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* A text can be kept with pictures that lack something, but not with any that is not there: a revision names them by what is in them. */
static enum bs_rc check_there(struct bs_visit *visit, struct bs_db *db, const struct bs_pictured *pictures, size_t count,
                              struct bs_story_form *sent, struct bs_err *err)
{
	struct bs_library_picture kept;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		if (pictures[i].number > 0 && pictures[i].media_id != 0)
			rc = bs_library_get(visit->arena, db, pictures[i].media_id, &kept, err);
		if (rc == BS_NOT_FOUND)
			sent->error[BS_SF_BODY] = gone(visit, &pictures[i]);
	}
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_picture_check(struct bs_visit *visit, struct bs_db *db, const struct bs_picture_rules *rules, struct bs_story_form *sent,
                            struct bs_err *err)
{
	struct bs_pictured *pictures, *before;
	size_t count, before_count;
	enum bs_rc rc = BS_OK;

	bs_pictures_of(visit->arena, rules->draft, &pictures, &count);
	bs_pictures_in(visit->arena, rules->before, &before, &before_count);
	if (count > 0 && pictures[0].number == 0)
		check_lead(visit, rules, pictures[0].lacks, sent);
	if (!rules->going_public && !rules->is_public)
		return check_there(visit, db, pictures, count, sent, err);
	for (size_t i = 0; i < count && rc == BS_OK && sent->error[BS_SF_BODY].len == 0; i++) {
		if (pictures[i].number > 0 && (rules->going_public || !was_there(before, before_count, &pictures[i])))
			rc = check_picture(visit, db, &pictures[i], &sent->error[BS_SF_BODY], err);
	}
	return rc;
}
