/* picture.c - one picture: its words, where the eye goes, where it is used; another file in its place; taking it out. */
#include <inttypes.h>

#include "desk/pages.h"
#include "desk/picture/card.h"
#include "desk/picture/place.h"
#include "newsroom/tags.h"
#include "text/address.h"
#include "text/json.h"

struct describing {
	struct bs_visit *visit;
	struct bs_library_picture picture;
	struct bs_whole *whole;
	struct bs_str fault; /* above the page */
};

/* The form: what is said of it, then where the eye goes, which the page shows beside the others. */
enum { WORDS = 6, FOCUS_X = WORDS };

/* --- showing ------------------------------------------------------------------------------------------------------------------ */

/* Of a story that who asks may not see, only that there is one. */
static struct bs_value use_row(struct bs_visit *visit, const struct bs_library_use *use, bool seen)
{
	static const enum bs_desk_msg labels[BS_USE_KINDS] = {
		[BS_USE_LEAD] = BS_DESK_MSG_picture_use_lead,     [BS_USE_TEXT] = BS_DESK_MSG_picture_use_text,
		[BS_USE_PAST] = BS_DESK_MSG_picture_use_past,     [BS_USE_PERSON] = BS_DESK_MSG_picture_use_person,
		[BS_USE_TERM] = BS_DESK_MSG_picture_use_term,
	};
	struct bs_dict *dict = bs_dict_new(visit->arena, 4);
	bool story = use->kind <= BS_USE_PAST;

	bs_put_text(dict, BS_D_label, bs_word(visit, labels[use->kind]));
	bs_put_text(dict, BS_D_href, story && seen ? bs_arena_printf(visit->arena, "/desk/story/%" PRId64, use->id) : BS_STR(""));
	/* Of a story canonical markup of the ledger. */
	bs_put(dict, BS_D_title, story && seen ? bs_value_markup(use->title) : bs_value_text(seen ? use->title : bs_library_unseen));
	bs_put(dict, BS_D_status, story && seen ? bs_status_badge(visit, use->status) : bs_value_null());
	return bs_value_dict(dict);
}

struct bs_whole *bs_picture_form(struct bs_visit *visit, const struct bs_library_picture *p)
{
	struct bs_str proposed = bs_word(visit, BS_DESK_MSG_picture_proposed), usual = bs_word(visit, BS_DESK_MSG_picture_licence_hint);
	struct bs_whole *whole = bs_whole_new(visit);

	bs_whole_add(whole, (struct bs_field){ .name = "alt", .label = bs_word(visit, BS_DESK_MSG_field_image_alt), .type = "area",
		.hint = bs_word(visit, BS_DESK_MSG_picture_alt_hint), .value = p->alt, .rows = 2 });
	bs_whole_add(whole, (struct bs_field){ .name = "caption", .label = bs_word(visit, BS_DESK_MSG_field_image_caption),
		.type = "area", .value = p->caption, .rows = 2 });
	bs_whole_add(whole, (struct bs_field){ .name = "credit", .label = bs_word(visit, BS_DESK_MSG_field_image_credit),
		.value = p->credit, .hint = p->confirmed || p->credit.len == 0 ? BS_STR("") : proposed });
	bs_whole_add(whole, (struct bs_field){ .name = "credit-url", .label = bs_word(visit, BS_DESK_MSG_field_image_credit_url),
		.type = "url", .value = p->credit_url });
	bs_whole_add(whole, (struct bs_field){ .name = "licence", .label = bs_word(visit, BS_DESK_MSG_field_image_licence),
		.value = p->licence, .hint = p->confirmed || p->licence.len == 0 ? usual : proposed });
	bs_whole_add(whole, (struct bs_field){ .name = "syndicate", .label = bs_word(visit, BS_DESK_MSG_field_image_syndicate),
		.type = "check", .checked = p->may_syndicate });
	bs_whole_add(whole, (struct bs_field){ .name = "focus-x", .value = bs_arena_printf(visit->arena, "%d", p->focus_x) });
	bs_whole_add(whole, (struct bs_field){ .name = "focus-y", .value = bs_arena_printf(visit->arena, "%d", p->focus_y) });
	return whole;
}

static void put_form(const struct describing *d, struct bs_dict *view)
{
	struct bs_visit *visit = d->visit;
	const struct bs_field *fields = d->whole->fields, *x = &fields[FOCUS_X], *y = x + 1;
	struct bs_value *words = BS_ARRAY(visit->arena, WORDS, struct bs_value);

	bs_whole_put(d->whole, view);
	for (size_t i = 0; i < WORDS; i++)
		words[i] = bs_field_value(visit, &fields[i]);
	bs_put(view, BS_D_fields, bs_value_list(words, WORDS));
	bs_put(view, BS_D_focus, bs_place_value(visit, x, y));
	if (d->fault.len > 0)
		bs_put(view, BS_D_error, bs_notice_value(visit, BS_TONE_BAD, d->fault));
}

static enum bs_rc put_uses(struct bs_visit *visit, struct bs_dict *view, const struct bs_library_picture *picture, struct bs_err *err)
{
	struct bs_library_use *uses = NULL;
	struct bs_value *rows;
	size_t count = 0;
	enum bs_rc rc = bs_library_uses(visit->arena, visit->db, picture, &uses, &count, err);

	rows = BS_ARRAY(visit->arena, count, struct bs_value);
	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		bool seen = true;
		if (uses[i].kind <= BS_USE_PAST)
			rc = bs_library_use_is_seen(visit, &uses[i], &seen, err);
		rows[i] = use_row(visit, &uses[i], seen);
	}
	bs_put(view, BS_D_rows, bs_value_list(rows, count));
	bs_put_flag(view, BS_D_has_rows, count > 0);
	return rc;
}

static enum bs_rc print(const struct describing *d, struct bs_err *err)
{
	struct bs_visit *visit = d->visit;
	const struct bs_library_picture *picture = &d->picture;
	struct bs_str id = bs_arena_printf(visit->arena, "%" PRId64, picture->id);
	struct bs_dict *view = bs_desk_view(visit, picture->name.len > 0 ? picture->name : bs_desk_say_image_number(visit->arena, visit->lang, id));
	enum bs_rc rc = put_uses(visit, view, picture, err);

	put_form(d, view);
	bs_put_text(view, BS_D_src, bs_library_url(visit->arena, picture));
	bs_put(view, BS_D_width, bs_value_int(picture->width));
	bs_put(view, BS_D_height, bs_value_int(picture->height));
	bs_put_text(view, BS_D_alt, picture->alt);
	bs_put_text(view, BS_D_detail, bs_desk_say_picture_size(visit->arena, visit->lang, bs_arena_printf(visit->arena, "%d", picture->width),
		bs_arena_printf(visit->arena, "%d", picture->height), bs_arena_printf(visit->arena, "%.1f", (double)picture->bytes / 1e6)));
	bs_put(view, BS_D_when, bs_when(visit, picture->added_at));
	bs_put_flag(view, BS_D_pending, !picture->confirmed && picture->added_at != 0);
	bs_desk_script(visit, view, "picture.js");
	return rc == BS_OK ? bs_desk_print(visit, "picture", view, err) : rc;
}

static enum bs_rc load(struct describing *d, struct bs_db *db, struct bs_err *err)
{
	struct bs_visit *visit = d->visit;
	enum bs_rc rc = bs_library_get(visit->arena, db, visit->request->captures.number[BS_CAPTURE_ID], &d->picture, err);

	if (rc == BS_OK)
		d->whole = bs_picture_form(visit, &d->picture);
	return rc;
}

static enum bs_rc answer_picture(const struct describing *d, struct bs_err *err)
{
	struct bs_visit *visit = d->visit;
	struct bs_json *json = bs_json_new_object(visit->arena);

	bs_library_json(visit->arena, &d->picture, json);
	bs_json_add_string(json, BS_STR("base"), bs_whole_base(d->whole));
	return bs_answer_json(visit, 200, json, err);
}

BS_DESK_SHOW(picture)
{
	struct describing d = { .visit = visit };
	enum bs_rc rc = load(&d, visit->db, err);

	if (rc != BS_OK)
		return rc;
	return bs_wants_json(visit) ? answer_picture(&d, err) : print(&d, err);
}

/* --- its words ---------------------------------------------------------------------------------------------------------------- */

/* What was typed, put into the picture; what is wrong with it, at its field. */
static void take(struct describing *d, struct bs_library_picture *picture)
{
	static const char *const texts[] = { "alt", "caption", "credit", "credit-url", "licence" };
	struct bs_visit *visit = d->visit;
	struct bs_whole *whole = d->whole;

	picture->alt = bs_whole_value(whole, "alt");
	picture->caption = bs_whole_value(whole, "caption");
	picture->credit = bs_whole_value(whole, "credit");
	picture->credit_url = bs_url_tidy(visit->arena, bs_whole_value(whole, "credit-url"));
	picture->licence = bs_whole_value(whole, "licence");
	picture->may_syndicate = bs_whole_value(whole, "syndicate").len > 0;
	for (size_t i = 0; i < BS_COUNT(texts); i++) {
		if (bs_whole_value(whole, texts[i]).len > BS_MAX_FIELD)
			bs_whole_complain(whole, texts[i], bs_word(visit, BS_DESK_MSG_fault_long));
	}
	if (picture->credit_url.len > 0 && !bs_url_is_web(picture->credit_url))
		bs_whole_complain(whole, "credit-url", bs_word(visit, BS_DESK_MSG_fault_url));
	/* A form without it leaves the eye where it is. */
	if (bs_form_has(&visit->form, BS_STR("focus-x")) && !bs_place_read(visit, &picture->focus_x, &picture->focus_y))
		bs_whole_complain(whole, "focus-x", bs_word(visit, BS_DESK_MSG_fault_focus));
}

static enum bs_rc save(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct describing *d = ctx;
	struct bs_library_picture before;
	char tag[BS_TAG_MAX];
	enum bs_rc rc = load(d, db, err);

	if (rc != BS_OK)
		return rc;
	bs_whole_take(d->whole);
	before = d->picture;
	if (!d->whole->moved)
		take(d, &d->picture);
	if (d->whole->moved || !d->whole->good)
		return BS_OK;
	rc = bs_library_save(d->visit, db, &d->picture, err);
	/* The eye goes elsewhere: pages that show it are made anew. */
	if (rc == BS_OK && (before.focus_x != d->picture.focus_x || before.focus_y != d->picture.focus_y))
		rc = bs_change_touch(db, bs_tag(BS_TAG_SITE, 0, tag), err);
	return rc == BS_OK ? bs_visit_tell(d->visit, db, (struct bs_audit_entry){ .action = BS_STR("picture.save"), .subject = d->picture.name }, err)
	                   : rc;
}

/* To a script: what is wrong with the first field, or that somebody else was quicker. */
static enum bs_rc answer_fault(const struct describing *d, struct bs_err *err)
{
	struct bs_visit *visit = d->visit;
	struct bs_json *json = bs_json_new_object(visit->arena);
	size_t i = 0;

	while (i + 1 < d->whole->count && d->whole->fields[i].error.len == 0)
		i++;
	bs_json_add_string(json, BS_STR("error"), d->whole->moved ? bs_word(visit, BS_DESK_MSG_paper_moved_undone) : d->whole->fields[i].error);
	return bs_answer_json(visit, d->whole->moved ? 409 : 422, json, err);
}

static enum bs_rc save_words(struct describing *d, struct bs_err *err)
{
	struct bs_visit *visit = d->visit;
	enum bs_rc rc = bs_visit_write(visit, save, d, err);

	if (rc != BS_OK)
		return rc;
	if (bs_wants_json(visit) && (d->whole->moved || !d->whole->good))
		return answer_fault(d, err);
	if (bs_wants_json(visit)) {
		d->whole = bs_picture_form(visit, &d->picture);
		return answer_picture(d, err);
	}
	return bs_whole_saved(d->whole, visit->request->target.path) ? BS_OK : print(d, err);
}

BS_DESK_ACT(picture)
{
	struct bs_str what = bs_visit_field(visit, "do");
	struct describing d = { .visit = visit };
	enum bs_rc rc = load(&d, visit->db, err);

	if (rc != BS_OK)
		return rc;
	if (bs_str_eq(what, BS_STR("replace")))
		rc = bs_picture_replace(visit, &d.picture, &d.fault, err);
	else if (bs_str_eq(what, BS_STR("delete")))
		rc = bs_picture_delete(visit, &d.picture, &d.fault, err);
	else
		return save_words(&d, err);
	if (rc != BS_OK || d.fault.len == 0)
		return rc;
	visit->status = 422;
	return print(&d, err);
}
