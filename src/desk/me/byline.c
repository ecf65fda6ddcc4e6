/* byline.c - the field that says whose byline an account writes under: a name of somebody who is among the people of the byline. See me.h.
 *
 * Stories in whose byline somebody stands are their own, so who says this gives rights: editors, who reach every story as it is, say
 * it of themselves, administrators of everybody. */
#include "desk/me/me.h"

#include "desk/flow/suggest.h"

/* The name, or the slug where several have that name. */
static enum bs_rc text_of(struct bs_visit *visit, int64_t person_id, struct bs_str *out, struct bs_err *err)
{
	struct bs_byline byline, found;
	enum bs_rc rc = BS_OK;

	*out = BS_STR("");
	if (person_id == 0)
		return BS_OK;
	rc = bs_byline_of(visit->arena, visit->db, person_id, &byline, err);
	if (rc == BS_OK)
		*out = byline.name;
	if (rc == BS_OK && (bs_byline_find(visit->arena, visit->db, byline.name, &found, err) != BS_OK || found.person_id != person_id))
		*out = byline.slug;
	return rc;
}

enum bs_rc bs_byline_field(struct bs_visit *visit, int64_t person_id, const struct bs_byline_typed *typed, struct bs_field *out,
                           struct bs_err *err)
{
	bool own = visit->route->door == BS_DOOR_STAFF;
	enum bs_rc rc = BS_OK;

	*out = (struct bs_field){ .name = "byline", .label = bs_word(visit, BS_DESK_MSG_byline_label), .pick = "people",
		.hint = bs_word(visit, own ? BS_DESK_MSG_byline_hint_own : BS_DESK_MSG_byline_hint), .max = BS_MAX_PERSON_NAME };
	if (typed != NULL) {
		out->value = typed->text;
		out->error = typed->fault;
	} else {
		rc = text_of(visit, person_id, &out->value, err);
	}
	return rc;
}

enum bs_rc bs_byline_take(struct bs_visit *visit, int64_t *person_id, struct bs_byline_typed *typed, struct bs_err *err)
{
	struct bs_byline byline = { 0 };
	enum bs_rc rc = BS_OK;

	*typed = (struct bs_byline_typed){ .text = bs_str_trim(bs_visit_field(visit, "byline")) };
	if (typed->text.len > 0)
		rc = bs_byline_find(visit->arena, visit->db, typed->text, &byline, err);
	if (rc == BS_NOT_FOUND)
		typed->fault = bs_word(visit, BS_DESK_MSG_byline_nobody);
	else if (rc == BS_CONFLICT)
		typed->fault = bs_desk_say_byline_several(visit->arena, visit->lang, byline.slug);
	else if (rc == BS_OK)
		*person_id = byline.person_id;
	return rc == BS_NOT_FOUND || rc == BS_CONFLICT ? BS_OK : rc;
}

bool bs_byline_is_mine_to_say(const struct bs_visit *visit)
{
	return bs_visit_can(visit, BS_ACT_PEOPLE);
}
