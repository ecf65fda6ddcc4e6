/* place.c - the focal point in a form. */
#include "desk/picture/place.h"

enum { PLACES = 3 };

static const int percent[PLACES] = { 0, 50, 100 };

struct bs_value bs_place_value(struct bs_visit *visit, const struct bs_field *x, const struct bs_field *y)
{
	static const enum bs_desk_msg words[PLACES * PLACES] = {
		BS_DESK_MSG_focus_top_left, BS_DESK_MSG_focus_top, BS_DESK_MSG_focus_top_right, BS_DESK_MSG_focus_left, BS_DESK_MSG_focus_middle,
		BS_DESK_MSG_focus_right, BS_DESK_MSG_focus_bottom_left, BS_DESK_MSG_focus_bottom, BS_DESK_MSG_focus_bottom_right,
	};
	struct bs_choice choices[PLACES * PLACES + 1] = { { BS_STR(""), bs_word(visit, BS_DESK_MSG_focus_numbers) } };
	struct bs_value *fields = BS_ARRAY(visit->arena, 3, struct bs_value);

	for (size_t i = 0; i < PLACES * PLACES; i++)
		choices[i + 1] = (struct bs_choice){ bs_arena_printf(visit->arena, "%d %d", percent[i % PLACES], percent[i / PLACES]),
			                             bs_word(visit, words[i]) };
	fields[0] = bs_field_value(visit, &(struct bs_field){ .name = "focus", .label = bs_word(visit, BS_DESK_MSG_focus_choice), .type = "select",
		.choices = choices, .choice_count = BS_COUNT(choices) });
	fields[1] = bs_field_value(visit, &(struct bs_field){ .name = "focus-x", .label = bs_word(visit, BS_DESK_MSG_focus_x), .type = "number",
		.value = x->value, .error = x->error });
	fields[2] = bs_field_value(visit, &(struct bs_field){ .name = "focus-y", .label = bs_word(visit, BS_DESK_MSG_focus_y), .type = "number",
		.value = y->value, .error = y->error });
	return bs_value_list(fields, 3);
}

static bool number_read(struct bs_str text, int *out)
{
	int64_t number;

	if (bs_str_int(bs_str_trim(text), &number) != BS_OK || number < 0 || number > 100)
		return false;
	*out = (int)number;
	return true;
}

bool bs_place_read(struct bs_visit *visit, int *x, int *y)
{
	struct bs_str choice = bs_visit_field(visit, "focus"), first;

	if (choice.len == 0)
		return number_read(bs_visit_field(visit, "focus-x"), x) && number_read(bs_visit_field(visit, "focus-y"), y);
	return bs_str_split(&choice, ' ', &first) && number_read(first, x) && number_read(choice, y);
}
