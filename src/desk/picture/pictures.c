/* pictures.c - the library: the list, with its search, and bringing pictures in. Scripts ask for the same in JSON. */
#include <inttypes.h>

#include "desk/pages.h"
#include "desk/picture/card.h"
#include "desk/picture/lacks.h"
#include "desk/picture/place.h"
#include "desk/picture/upload.h"
#include "text/json.h"
#include "text/out.h"

bool bs_wants_json(const struct bs_visit *visit)
{
	return bs_str_find(bs_request_header(visit->request, "Accept"), BS_STR("application/json"), 0) != SIZE_MAX;
}

enum bs_rc bs_answer_json(struct bs_visit *visit, int status, const struct bs_json *json, struct bs_err *err)
{
	visit->status = status;
	visit->type = BS_STR("application/json");
	return bs_json_write(json, visit->out, err);
}

/* --- the list --------------------------------------------------------------------------------------------------------------- */

struct bs_value bs_picture_card(struct bs_visit *visit, const struct bs_library_picture *picture, struct bs_str chosen)
{
	struct bs_dict *dict = bs_dict_new(visit->arena, 12);
	struct bs_str id = bs_arena_printf(visit->arena, "%" PRId64, picture->id);
	bool usable = (bs_library_lacks(picture) & (BS_LACKS_CREDIT | BS_LACKS_LICENCE)) == 0;

	bs_put_text(dict, BS_D_value, id);
	bs_put_text(dict, BS_D_href, bs_arena_printf(visit->arena, "/desk/pictures/%" PRId64, picture->id));
	bs_put_text(dict, BS_D_src, bs_library_thumb(visit->arena, picture));
	bs_put(dict, BS_D_width, bs_value_int(picture->width));
	bs_put(dict, BS_D_height, bs_value_int(picture->height));
	bs_put_text(dict, BS_D_alt, picture->alt);
	bs_put_text(dict, BS_D_name, picture->name.len > 0 ? picture->name : bs_desk_say_image_number(visit->arena, visit->lang, id));
	bs_put_text(dict, BS_D_credit, picture->credit);
	bs_put(dict, BS_D_status, usable ? bs_value_null() : bs_badge_value(visit, BS_TONE_WARN, bs_word(visit, BS_DESK_MSG_pictures_unfinished)));
	bs_put_flag(dict, BS_D_checked, bs_str_eq(id, chosen));
	return bs_value_dict(dict);
}

static struct bs_str older_address(struct bs_visit *visit, struct bs_str words, int64_t next)
{
	struct bs_buf buf = BS_BUF(8 * BS_MAX_QUERY);
	struct bs_str made;

	if (next == 0)
		return BS_STR("");
	bs_buf_printf(&buf, "/desk/pictures?below=%" PRId64 "&q=", next);
	bs_out_url(&buf, words);
	made = bs_arena_copy(visit->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}

static enum bs_rc answer_list(struct bs_visit *visit, const struct bs_library_list *list, struct bs_err *err)
{
	struct bs_json *json = bs_json_new_object(visit->arena), *rows = bs_json_add_array(json, BS_STR("pictures"));

	for (size_t i = 0; i < list->count; i++)
		bs_library_json(visit->arena, &list->rows[i], bs_json_add_object(rows, BS_STR("")));
	if (list->next != 0)
		bs_json_add_int(json, BS_STR("next"), list->next);
	return bs_answer_json(visit, 200, json, err);
}

static enum bs_rc print(struct bs_visit *visit, const struct bs_upload *uploads, size_t count, struct bs_str fault, struct bs_err *err)
{
	struct bs_library_list *list = BS_NEW(visit->arena, struct bs_library_list);
	struct bs_str words = bs_str_utf8_prefix(bs_visit_asked(visit, "q"), BS_MAX_QUERY);
	struct bs_value *cards, *faults = BS_ARRAY(visit->arena, count + 1, struct bs_value);
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_pictures_title));
	int64_t below = 0;
	size_t fault_count = 0;
	enum bs_rc rc;

	if (bs_str_int(bs_visit_asked(visit, "below"), &below) != BS_OK || below < 0)
		below = 0;
	rc = bs_library_find(visit, words, below, BS_LIBRARY_PAGE, list, err);
	if (rc == BS_OK && bs_wants_json(visit))
		return answer_list(visit, list, err);
	if (rc != BS_OK)
		return rc;
	cards = BS_ARRAY(visit->arena, list->count, struct bs_value);
	for (size_t i = 0; i < list->count; i++)
		cards[i] = bs_picture_card(visit, &list->rows[i], BS_STR(""));
	if (fault.len > 0)
		faults[fault_count++] = bs_notice_value(visit, BS_TONE_BAD, fault);
	for (size_t i = 0; i < count; i++) {
		if (uploads[i].refusal.len > 0)
			faults[fault_count++] = bs_notice_value(visit, BS_TONE_BAD, uploads[i].refusal);
	}
	bs_put(view, BS_D_errors, bs_value_list(faults, fault_count));
	bs_put(view, BS_D_rows, bs_value_list(cards, list->count));
	bs_put_flag(view, BS_D_has_rows, list->count > 0);
	bs_put_text(view, BS_D_words, words);
	bs_put_text(view, BS_D_text, bs_word(visit, words.len > 0 ? BS_DESK_MSG_pictures_none : BS_DESK_MSG_pictures_empty));
	bs_put(view, BS_D_pagination, bs_pagination_value(visit, below > 0 ? BS_STR("/desk/pictures") : BS_STR(""),
	                                                  older_address(visit, words, list->next)));
	bs_desk_script(visit, view, "pictures.js");
	return bs_desk_print(visit, "pictures", view, err);
}

BS_DESK_SHOW(pictures)
{
	return print(visit, NULL, 0, BS_STR(""), err);
}

/* --- bringing in -------------------------------------------------------------------------------------------------------------- */

static enum bs_rc answer_upload(struct bs_visit *visit, const struct bs_upload *upload, struct bs_err *err)
{
	struct bs_json *json = bs_json_new_object(visit->arena);

	if (upload->refusal.len == 0) {
		bs_library_json(visit->arena, &upload->picture, json);
		bs_json_add_string(json, BS_STR("base"), bs_whole_base(bs_picture_form(visit, &upload->picture)));
		return bs_answer_json(visit, 201, json, err);
	}
	bs_json_add_string(json, BS_STR("error"), upload->refusal);
	return bs_answer_json(visit, 422, json, err);
}

BS_DESK_ACT(pictures)
{
	struct bs_upload *uploads = BS_ARRAY(visit->arena, visit->form.count, struct bs_upload);
	size_t count = 0, kept = 0;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < visit->form.count && rc == BS_OK; i++) {
		const struct bs_form_field *field = &visit->form.fields[i];
		if (field->file.len == 0 || !bs_str_eq(field->name, BS_STR("file")))
			continue;
		rc = bs_upload_take(visit, field, &uploads[count], err);
		kept += rc == BS_OK && uploads[count].refusal.len == 0;
		count++;
	}
	if (rc != BS_OK)
		return rc;
	if (bs_wants_json(visit)) {
		struct bs_upload nothing = { .refusal = bs_word(visit, BS_DESK_MSG_upload_none) };
		return answer_upload(visit, count > 0 ? &uploads[0] : &nothing, err);
	}
	/* One alone goes to its page, where its words are written; of several, back to the list. */
	if (count == 1 && kept == 1) {
		bs_visit_redirect(visit, bs_arena_printf(visit->arena, "/desk/pictures/%" PRId64, uploads[0].picture.id),
		                  uploads[0].known ? "picture-known" : "picture-added");
		return BS_OK;
	}
	if (count > 0 && kept == count) {
		bs_visit_redirect(visit, BS_STR("/desk/pictures"), "pictures-added");
		return BS_OK;
	}
	visit->status = 422;
	return print(visit, uploads, count, count == 0 ? bs_word(visit, BS_DESK_MSG_upload_none) : BS_STR(""), err);
}
