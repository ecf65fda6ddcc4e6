/* picture.c - one picture: its words, where the eye goes, where it is used; another file in its place; taking it out. */
#include <inttypes.h>

#include "desk/pages.h"
#include "desk/picture/card.h"
#include "desk/picture/place.h"
#include "desk/story_form.h"
#include "newsroom/tags.h"
#include "text/address.h"
#include "text/json.h"

struct faults {
	struct bs_str alt, caption, credit, credit_url, licence, focus;
	struct bs_str whole; /* above the page */
};

/* --- showing ------------------------------------------------------------------------------------------------------------------ */

static struct bs_value use_row(struct bs_visit *visit, const struct bs_library_use *use)
{
	static const enum bs_desk_msg labels[BS_USE_KINDS] = {
		[BS_USE_LEAD] = BS_DESK_MSG_picture_use_lead,     [BS_USE_TEXT] = BS_DESK_MSG_picture_use_text,
		[BS_USE_PAST] = BS_DESK_MSG_picture_use_past,     [BS_USE_PERSON] = BS_DESK_MSG_picture_use_person,
		[BS_USE_TERM] = BS_DESK_MSG_picture_use_term,
	};
	struct bs_dict *dict = bs_dict_new(visit->arena, 4);
	bool story = use->kind <= BS_USE_PAST;

	bs_put_text(dict, BS_D_label, bs_word(visit, labels[use->kind]));
	bs_put_text(dict, BS_D_href, story ? bs_arena_printf(visit->arena, "/desk/story/%" PRId64, use->id) : BS_STR(""));
	/* Of a story canonical markup of the ledger. */
	bs_put(dict, BS_D_title, story ? bs_value_markup(use->title) : bs_value_text(use->title));
	bs_put(dict, BS_D_status, story ? bs_status_badge(visit, use->status) : bs_value_null());
	return bs_value_dict(dict);
}

static struct bs_value fields_of(struct bs_visit *visit, const struct bs_library_picture *p, const struct faults *faults)
{
	struct bs_str proposed = bs_word(visit, BS_DESK_MSG_picture_proposed), usual = bs_word(visit, BS_DESK_MSG_picture_licence_hint);
	struct bs_value *fields = BS_ARRAY(visit->arena, 6, struct bs_value);

	fields[0] = bs_field_value(visit, &(struct bs_field){ .name = "alt", .label = bs_word(visit, BS_DESK_MSG_field_image_alt), .type = "area",
		.hint = bs_word(visit, BS_DESK_MSG_picture_alt_hint), .value = p->alt, .error = faults->alt, .rows = 2 });
	fields[1] = bs_field_value(visit, &(struct bs_field){ .name = "caption", .label = bs_word(visit, BS_DESK_MSG_field_image_caption),
		.type = "area", .value = p->caption, .error = faults->caption, .rows = 2 });
	fields[2] = bs_field_value(visit, &(struct bs_field){ .name = "credit", .label = bs_word(visit, BS_DESK_MSG_field_image_credit),
		.value = p->credit, .error = faults->credit, .hint = p->confirmed || p->credit.len == 0 ? BS_STR("") : proposed });
	fields[3] = bs_field_value(visit, &(struct bs_field){ .name = "credit-url", .label = bs_word(visit, BS_DESK_MSG_field_image_credit_url),
		.type = "url", .value = p->credit_url, .error = faults->credit_url });
	fields[4] = bs_field_value(visit, &(struct bs_field){ .name = "licence", .label = bs_word(visit, BS_DESK_MSG_field_image_licence),
		.value = p->licence, .error = faults->licence, .hint = p->confirmed || p->licence.len == 0 ? usual : proposed });
	fields[5] = bs_field_value(visit, &(struct bs_field){ .name = "syndicate", .label = bs_word(visit, BS_DESK_MSG_field_image_syndicate),
		.type = "check", .value = BS_STR("1"), .checked = p->may_syndicate });
	return bs_value_list(fields, 6);
}

static enum bs_rc put_uses(struct bs_visit *visit, struct bs_dict *view, const struct bs_library_picture *picture, struct bs_err *err)
{
	struct bs_library_use *uses = NULL;
	struct bs_value *rows;
	size_t count = 0;
	enum bs_rc rc = bs_library_uses(visit->arena, visit->db, picture, &uses, &count, err);

	rows = BS_ARRAY(visit->arena, count, struct bs_value);
	for (size_t i = 0; i < count; i++)
		rows[i] = use_row(visit, &uses[i]);
	bs_put(view, BS_D_rows, bs_value_list(rows, count));
	bs_put_flag(view, BS_D_has_rows, count > 0);
	return rc;
}

static enum bs_rc print(struct bs_visit *visit, const struct bs_library_picture *picture, const struct faults *faults, struct bs_err *err)
{
	struct bs_str id = bs_arena_printf(visit->arena, "%" PRId64, picture->id);
	struct bs_dict *view = bs_desk_view(visit, picture->name.len > 0 ? picture->name : bs_desk_say_image_number(visit->arena, visit->lang, id));
	enum bs_rc rc = put_uses(visit, view, picture, err);

	bs_put_text(view, BS_D_action, visit->request->target.path);
	bs_put_text(view, BS_D_src, bs_library_url(visit->arena, picture));
	bs_put(view, BS_D_width, bs_value_int(picture->width));
	bs_put(view, BS_D_height, bs_value_int(picture->height));
	bs_put_text(view, BS_D_alt, picture->alt);
	bs_put_text(view, BS_D_detail, bs_desk_say_picture_size(visit->arena, visit->lang, bs_arena_printf(visit->arena, "%d", picture->width),
		bs_arena_printf(visit->arena, "%d", picture->height), bs_arena_printf(visit->arena, "%.1f", (double)picture->bytes / 1e6)));
	bs_put(view, BS_D_when, bs_when(visit, picture->added_at));
	bs_put(view, BS_D_fields, fields_of(visit, picture, faults));
	bs_put(view, BS_D_focus, bs_place_value(visit, picture->focus_x, picture->focus_y, faults->focus));
	bs_put_flag(view, BS_D_pending, !picture->confirmed && picture->added_at != 0);
	bs_put(view, BS_D_error, faults->whole.len > 0 ? bs_notice_value(visit, BS_TONE_BAD, faults->whole) : bs_value_null());
	bs_desk_script(visit, view, "picture.js");
	return rc == BS_OK ? bs_desk_print(visit, "picture", view, err) : rc;
}

static enum bs_rc find(struct bs_visit *visit, struct bs_library_picture *out, struct bs_err *err)
{
	return bs_library_get(visit->arena, visit->db, visit->request->captures.number[BS_CAPTURE_ID], out, err);
}

static enum bs_rc answer_picture(struct bs_visit *visit, const struct bs_library_picture *picture, struct bs_err *err)
{
	struct bs_json *json = bs_json_new_object(visit->arena);

	bs_library_json(visit->arena, picture, json);
	return bs_answer_json(visit, 200, json, err);
}

BS_DESK_SHOW(picture)
{
	struct bs_library_picture picture;
	enum bs_rc rc = find(visit, &picture, err);

	if (rc != BS_OK || bs_wants_json(visit))
		return rc == BS_OK ? answer_picture(visit, &picture, err) : rc;
	return print(visit, &picture, &(struct faults){ 0 }, err);
}

/* --- its words ---------------------------------------------------------------------------------------------------------------- */

struct saving {
	struct bs_visit *visit;
	bool moved; /* the eye goes elsewhere: pages that show it are made anew */
	struct bs_library_picture picture;
};

static enum bs_rc save(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct saving *s = ctx;
	char tag[BS_TAG_MAX];
	enum bs_rc rc = bs_library_save(s->visit, db, &s->picture, err);

	if (rc == BS_OK && s->moved)
		rc = bs_change_touch(db, bs_tag(BS_TAG_SITE, 0, tag), err);
	return rc == BS_OK ? bs_visit_tell(s->visit, db, (struct bs_audit_entry){ .action = BS_STR("picture.save"), .subject = s->picture.name }, err)
	                   : rc;
}

static struct bs_str text_of(struct bs_visit *visit, const char *name, struct bs_str *fault)
{
	struct bs_str text = bs_str_trim(bs_visit_field(visit, name));

	if (text.len > BS_MAX_FIELD)
		*fault = bs_word(visit, BS_DESK_MSG_fault_long);
	return text;
}

static bool good(const struct faults *f)
{
	return f->alt.len + f->caption.len + f->credit.len + f->credit_url.len + f->licence.len + f->focus.len == 0;
}

static enum bs_rc answer_faults(struct bs_visit *visit, const struct faults *f, struct bs_err *err)
{
	const struct bs_str each[] = { f->alt, f->caption, f->credit, f->credit_url, f->licence, f->focus };
	struct bs_json *json = bs_json_new_object(visit->arena);
	size_t i = 0;

	while (i + 1 < BS_COUNT(each) && each[i].len == 0)
		i++;
	bs_json_add_string(json, BS_STR("error"), each[i]);
	return bs_answer_json(visit, 422, json, err);
}

static enum bs_rc save_words(struct bs_visit *visit, struct bs_library_picture *picture, struct bs_err *err)
{
	struct faults faults = { 0 };
	struct saving s = { .visit = visit };
	int x = picture->focus_x, y = picture->focus_y;
	enum bs_rc rc;

	picture->alt = text_of(visit, "alt", &faults.alt);
	picture->caption = text_of(visit, "caption", &faults.caption);
	picture->credit = text_of(visit, "credit", &faults.credit);
	picture->credit_url = bs_url_tidy(visit->arena, text_of(visit, "credit-url", &faults.credit_url));
	picture->licence = text_of(visit, "licence", &faults.licence);
	picture->may_syndicate = bs_form_has(&visit->form, BS_STR("syndicate"));
	if (picture->credit_url.len > 0 && !bs_url_is_web(picture->credit_url))
		faults.credit_url = bs_word(visit, BS_DESK_MSG_fault_url);
	/* A form without it leaves the eye where it is. */
	if (bs_form_has(&visit->form, BS_STR("focus-x")) && !bs_place_read(visit, &picture->focus_x, &picture->focus_y))
		faults.focus = bs_word(visit, BS_DESK_MSG_fault_focus);
	if (!good(&faults) && bs_wants_json(visit))
		return answer_faults(visit, &faults, err);
	if (!good(&faults)) {
		visit->status = 422;
		return print(visit, picture, &faults, err);
	}
	s.picture = *picture;
	s.moved = x != picture->focus_x || y != picture->focus_y;
	rc = bs_visit_write(visit, save, &s, err);
	if (rc != BS_OK || bs_wants_json(visit))
		return rc == BS_OK ? answer_picture(visit, picture, err) : rc;
	bs_visit_redirect(visit, visit->request->target.path, "saved");
	return rc;
}

BS_DESK_ACT(picture)
{
	struct bs_str what = bs_visit_field(visit, "do");
	struct bs_library_picture picture;
	struct faults faults = { 0 };
	enum bs_rc rc = find(visit, &picture, err);

	if (rc != BS_OK)
		return rc;
	if (bs_str_eq(what, BS_STR("replace")))
		rc = bs_picture_replace(visit, &picture, &faults.whole, err);
	else if (bs_str_eq(what, BS_STR("delete")))
		rc = bs_picture_delete(visit, &picture, &faults.whole, err);
	else
		return save_words(visit, &picture, err);
	if (rc != BS_OK || faults.whole.len == 0)
		return rc;
	visit->status = 422;
	return print(visit, &picture, &faults, err);
}
