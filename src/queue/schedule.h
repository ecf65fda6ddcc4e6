/* schedule.h - work that recurs: at each of its times a job is added, whose key is the entry's name.
 *
 * A rule is text, told in a time zone:
 *
 *   every 15m            m or h, at most 24h; at the multiples of it since midnight UTC
 *   daily 07:30
 *   weekly mon 07:30     mon tue wed thu fri sat sun
 *   monthly 1 07:30      1 … 28
 *
 * A time that a change of the clock leaves out is as much later; one that comes twice is meant once. Times that
 * passed while no process was running make one job, not many. An entry whose last job is still pending adds none. */
#ifndef BS_QUEUE_SCHEDULE_H
#define BS_QUEUE_SCHEDULE_H

#include "base/mem.h"
#include "lang/date.h"
#include "store/db.h"

struct bs_schedule {
	struct bs_str name; /* unique; at most BS_MAX_JOB_KEY bytes */
	struct bs_str kind, payload;
	struct bs_str rule;
	struct bs_str zone; /* IANA name */
	int64_t next_at;    /* filled by bs_schedule_list */
};

/* Make it so: an entry that is there with the same rule keeps its next time. Inside a write transaction. BS_INVALID for a
 * rule that is none, BS_NOT_FOUND for a zone. */
enum bs_rc bs_schedule_put(struct bs_db *db, const struct bs_schedule *entry, int64_t now, struct bs_err *err) BS_CHECK;
/* BS_OK also when there is none. A job that it has added stays. */
enum bs_rc bs_schedule_remove(struct bs_db *db, struct bs_str name, struct bs_err *err) BS_CHECK;
/* All of them by their next time, in the arena. */
enum bs_rc bs_schedule_list(struct bs_arena *arena, struct bs_db *db, struct bs_schedule **out, size_t *count,
                            struct bs_err *err) BS_CHECK;

/* The first time behind `now` that the rule names. BS_INVALID as above. */
enum bs_rc bs_schedule_next(struct bs_str rule, const struct bs_zone *zone, int64_t now, int64_t *out,
                            struct bs_err *err) BS_CHECK;

/* For the queue. Look whether the time of any entry has come (*due), or lies further away than its rule allows because the
 * clock was set back; *next is the earliest time to come, or what it was when that is earlier. */
enum bs_rc bs_schedule_look(struct bs_arena *arena, struct bs_db *db, int64_t now, bool *due, int64_t *next,
                            struct bs_err *err) BS_CHECK;
/* Add the jobs of those whose time has come, and give each of those found by bs_schedule_look its next time. Inside a write transaction. */
enum bs_rc bs_schedule_fire(struct bs_arena *arena, struct bs_db *db, int64_t now, struct bs_err *err) BS_CHECK;

#endif
