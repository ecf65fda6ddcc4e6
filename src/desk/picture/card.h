/* card.h - what the pages about pictures share. */
#ifndef BS_DESK_CARD_H
#define BS_DESK_CARD_H

#include "desk/frame.h"
#include "desk/picture/library.h"

/* The data of the partial "picture-card"; `chosen` is the id of the one that is ticked, or empty. */
struct bs_value bs_picture_card(struct bs_visit *visit, const struct bs_library_picture *picture, struct bs_str chosen);

/* Whether a script asks, and answering it. */
bool bs_wants_json(const struct bs_visit *visit);
enum bs_rc bs_answer_json(struct bs_visit *visit, int status, const struct bs_json *json, struct bs_err *err) BS_CHECK;

#endif
