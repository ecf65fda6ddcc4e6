/* staff.h - what the pages about colleagues' accounts share. */
#ifndef BS_DESK_STAFF_STAFF_H
#define BS_DESK_STAFF_STAFF_H

#include "desk/frame.h"

/* The address that an invitation's token is part of. */
struct bs_str bs_join_link(struct bs_visit *visit, struct bs_str token);
/* The field that chooses a role. */
struct bs_field bs_role_field(struct bs_visit *visit, struct bs_str value);

#endif
