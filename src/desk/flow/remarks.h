/* remarks.h - how many conversations about a story wait for somebody. */
#ifndef BS_DESK_FLOW_REMARKS_H
#define BS_DESK_FLOW_REMARKS_H

#include "base/mem.h"
#include "store/db.h"

/* Conversations that nobody has resolved: counts[i] of stories[i], of which there are `count`. One round trip. */
enum bs_rc bs_remarks_open(struct bs_arena *arena, struct bs_db *db, const int64_t *stories, size_t count, int64_t *counts,
                           struct bs_err *err) BS_CHECK;

#endif
