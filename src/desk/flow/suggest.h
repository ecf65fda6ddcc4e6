/* suggest.h - names of people and terms that a form proposes without the script: lists that its fields refer to. */
#ifndef BS_DESK_FLOW_SUGGEST_H
#define BS_DESK_FLOW_SUGGEST_H

#include "desk/frame.h"

/* Put the list of people alone. */
enum bs_rc bs_suggest_put_people(struct bs_visit *visit, struct bs_dict *view, struct bs_err *err) BS_CHECK;
/* Put a list of names for each kind ("people", "region" …) into the view. */
enum bs_rc bs_suggest_put(struct bs_visit *visit, struct bs_dict *view, struct bs_err *err) BS_CHECK;

#endif
