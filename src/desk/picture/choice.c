/* choice.c - the lead picture of a story is chosen: thumbnails with a search, in the story's own form. */
#include "desk/picture/card.h"
#include "desk/picture/use.h"

enum { OFFERED = 12 };

enum bs_rc bs_picture_choice(struct bs_visit *visit, const struct bs_story_form *form, struct bs_value *out, struct bs_err *err)
{
	struct bs_library_list *list = BS_NEW(visit->arena, struct bs_library_list);
	struct bs_value *cards = BS_ARRAY(visit->arena, OFFERED + 1, struct bs_value);
	struct bs_str chosen = bs_str_trim(form->value[BS_SF_IMAGE]), words = bs_str_utf8_prefix(bs_visit_field(visit, "image-q"), BS_MAX_QUERY);
	struct bs_dict *dict = bs_dict_new(visit->arena, 8);
	struct bs_library_picture picture;
	int64_t id = 0;
	size_t count = 0;
	enum bs_rc rc = bs_library_find(visit, words, 0, OFFERED, list, err);

	/* The one that the story has stands first, whatever is searched for. */
	if (rc == BS_OK && chosen.len > 0 && bs_str_int(chosen, &id) == BS_OK) {
		rc = bs_library_get(visit->arena, visit->db, id, &picture, err);
		if (rc == BS_OK)
			cards[count++] = bs_picture_card(visit, &picture, chosen);
		rc = rc == BS_NOT_FOUND ? BS_OK : rc;
	}
	for (size_t i = 0; i < list->count && rc == BS_OK; i++) {
		if (list->rows[i].id != id)
			cards[count++] = bs_picture_card(visit, &list->rows[i], chosen);
	}
	bs_put_flag(dict, BS_D_is_pictures, true);
	bs_put_text(dict, BS_D_value, chosen);
	bs_put_text(dict, BS_D_words, words);
	bs_put_text(dict, BS_D_error, form->error[BS_SF_IMAGE]);
	bs_put_flag(dict, BS_D_none, chosen.len == 0);
	bs_put(dict, BS_D_rows, bs_value_list(cards, count));
	bs_put_flag(dict, BS_D_has_rows, count > 0);
	*out = bs_value_dict(dict);
	return rc;
}
