/* schedule.c - see schedule.h. An entry's next time is either due or the first one that its rule names from now on; so one
 * that lies further away was reckoned by a clock that was wrong, and is reckoned again. Several processes may look at once:
 * an entry is moved on by whoever still finds it at the time that was read, in the transaction that adds its job. */
#include "queue/schedule.h"

#include "base/limits.h"
#include "base/sys.h"
#include "queue/job.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400, DAYS_AHEAD = 62 };

enum rule_kind { EVERY, DAILY, WEEKLY, MONTHLY };

struct rule {
	enum rule_kind kind;
	int seconds; /* every so many; else the time of day */
	int day;     /* of the week from Sunday, or of the month */
};

static bool parse_span(struct bs_str text, int *seconds)
{
	struct bs_str number = bs_str_sub(text, 0, text.len - (text.len > 0));
	char unit = text.len > 0 ? text.ptr[text.len - 1] : '\0';
	int64_t n = 0;

	if ((unit != 'm' && unit != 'h') || bs_str_int(number, &n) != BS_OK || n < 1 || n > DAY / MINUTE)
		return false;
	n *= unit == 'm' ? MINUTE : HOUR;
	*seconds = (int)n;
	return n <= DAY;
}

/* "07:30" */
static bool parse_clock(struct bs_str text, int *seconds)
{
	int64_t hour = 0, minute = 0;

	if (text.len != 5 || text.ptr[2] != ':' || bs_str_int(bs_str_sub(text, 0, 2), &hour) != BS_OK ||
	    bs_str_int(bs_str_sub(text, 3, 2), &minute) != BS_OK || hour < 0 || hour > 23 || minute < 0 || minute > 59)
		return false;
	*seconds = (int)(hour * HOUR + minute * MINUTE);
	return true;
}

static bool parse_weekday(struct bs_str text, int *day)
{
	static const struct bs_str names[] = { BS_STR_INIT("sun"), BS_STR_INIT("mon"), BS_STR_INIT("tue"), BS_STR_INIT("wed"),
		                               BS_STR_INIT("thu"), BS_STR_INIT("fri"), BS_STR_INIT("sat") };

	for (*day = 0; *day < (int)BS_COUNT(names); ++*day) {
		if (bs_str_eq(names[*day], text))
			return true;
	}
	return false;
}

static bool parse_monthday(struct bs_str text, int *day)
{
	int64_t n = 0;

	if (bs_str_int(text, &n) != BS_OK || n < 1 || n > 28)
		return false;
	*day = (int)n;
	return true;
}

static enum bs_rc parse_rule(struct bs_str text, struct rule *out, struct bs_err *err)
{
	struct bs_str words[4], rest = text;
	size_t count = 0;
	bool good = false;

	while (count < BS_COUNT(words) && bs_str_split(&rest, ' ', &words[count]))
		count++;
	if (count == 2 && bs_str_eq(words[0], BS_STR("every"))) {
		out->kind = EVERY;
		good = parse_span(words[1], &out->seconds);
	} else if (count == 2 && bs_str_eq(words[0], BS_STR("daily"))) {
		out->kind = DAILY;
		good = parse_clock(words[1], &out->seconds);
	} else if (count == 3 && bs_str_eq(words[0], BS_STR("weekly"))) {
		out->kind = WEEKLY;
		good = parse_weekday(words[1], &out->day) && parse_clock(words[2], &out->seconds);
	} else if (count == 3 && bs_str_eq(words[0], BS_STR("monthly"))) {
		out->kind = MONTHLY;
		good = parse_monthday(words[1], &out->day) && parse_clock(words[2], &out->seconds);
	}
	return good ? BS_OK : bs_fail(err, BS_INVALID, "'" BS_FMT "' is no rule of time; write 'every 15m', 'daily 07:30', 'weekly mon 07:30' "
	                              "or 'monthly 1 07:30'", BS_ARG(text));
}

/* The moment that a clock on the wall of this zone shows so. `wall` is in seconds as if it were UTC. A time that is left out
 * counts by the offset before, so it is as much later; of one that comes twice it is the first. */
static int64_t moment_of(const struct bs_zone *zone, int64_t wall)
{
	int64_t before = (int64_t)bs_zone_offset(zone, wall - DAY) * MINUTE, after = (int64_t)bs_zone_offset(zone, wall + DAY) * MINUTE;
	int64_t first = wall - before, second = wall - after;

	if ((int64_t)bs_zone_offset(zone, first) * MINUTE != before && (int64_t)bs_zone_offset(zone, second) * MINUTE == after)
		return second;
	return first;
}

static bool is_day_of(const struct rule *rule, int64_t wall)
{
	struct bs_civil civil = bs_civil_of(wall, 0);

	return rule->kind == DAILY || (rule->kind == WEEKLY && civil.weekday == rule->day) ||
	       (rule->kind == MONTHLY && civil.day == rule->day);
}

static int64_t next_of(const struct rule *rule, const struct bs_zone *zone, int64_t now)
{
	int64_t wall = now + (int64_t)bs_zone_offset(zone, now) * MINUTE, midnight = wall - wall % DAY;

	if (rule->kind == EVERY)
		return now - now % rule->seconds + rule->seconds;
	for (int day = 0; day <= DAYS_AHEAD; day++) {
		int64_t at = midnight + (int64_t)day * DAY;
		int64_t moment = moment_of(zone, at + rule->seconds);
		if (is_day_of(rule, at) && moment > now)
			return moment;
	}
	return now + DAY; /* not reached: two months hold each day */
}

enum bs_rc bs_schedule_next(struct bs_str text, const struct bs_zone *zone, int64_t now, int64_t *out,
                            struct bs_err *err)
{
	struct rule rule;
	enum bs_rc rc = parse_rule(text, &rule, err);

	if (rc == BS_OK)
		*out = next_of(&rule, zone, now);
	return rc;
}

static enum bs_rc next_for(const struct bs_schedule *entry, int64_t now, int64_t *out, struct bs_err *err)
{
	const struct bs_zone *zone = NULL;
	enum bs_rc rc = bs_zone_find(entry->zone, &zone, err);

	return rc == BS_OK ? bs_schedule_next(entry->rule, zone, now, out, err) : rc;
}

/* --- entries --------------------------------------------------------------------------------------------------------------- */

/* Whether it is stored just so. */
static enum bs_rc entry_same(struct bs_db *db, const struct bs_schedule *entry, bool *same, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_schedule_find, BS_VALUES(bs_text(entry->name)), &stmt, err);

	*same = false;
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		*same = bs_str_eq(bs_stmt_str(stmt, BS_C_schedule_find_kind), entry->kind) &&
		        bs_str_eq(bs_stmt_str(stmt, BS_C_schedule_find_payload), entry->payload) &&
		        bs_str_eq(bs_stmt_str(stmt, BS_C_schedule_find_rule), entry->rule) &&
		        bs_str_eq(bs_stmt_str(stmt, BS_C_schedule_find_zone), entry->zone);
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_schedule_put(struct bs_db *db, const struct bs_schedule *entry, int64_t now, struct bs_err *err)
{
	int64_t next = 0;
	bool same = false;
	enum bs_rc rc = next_for(entry, now, &next, err);

	if (rc == BS_OK && (entry->name.len == 0 || entry->name.len > BS_MAX_JOB_KEY || entry->payload.len > BS_MAX_JOB_PAYLOAD))
		rc = bs_fail(err, BS_LIMIT, "an entry of the schedule has a name of 1 to %d bytes, and a payload of at most %d", BS_MAX_JOB_KEY,
		             BS_MAX_JOB_PAYLOAD);
	if (rc == BS_OK)
		rc = entry_same(db, entry, &same, err);
	if (rc != BS_OK || same)
		return rc;
	rc = bs_db_post(db, BS_Q_schedule_put, BS_VALUES(bs_text(entry->name), bs_text(entry->kind), bs_text(entry->payload),
	                bs_text(entry->rule), bs_text(entry->zone), bs_int(next)), err);
	return rc == BS_OK ? bs_change_touch(db, BS_STR("job"), err) : rc;
}

enum bs_rc bs_schedule_remove(struct bs_db *db, struct bs_str name, struct bs_err *err)
{
	return bs_db_post(db, BS_Q_schedule_remove, BS_VALUES(bs_text(name)), err);
}

enum bs_rc bs_schedule_list(struct bs_arena *arena, struct bs_db *db, struct bs_schedule **out, size_t *count,
                            struct bs_err *err)
{
	struct bs_schedule *list = NULL;
	struct bs_stmt *stmt = NULL;
	size_t room = 0;
	enum bs_rc rc = bs_db_query(db, BS_Q_schedule_list, BS_NO_VALUES, &stmt, err);

	for (*count = 0; rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK; ++*count) {
		BS_GROW(arena, list, *count, room, 16);
		list[*count] = (struct bs_schedule){
			.name = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_schedule_list_name)),
			.kind = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_schedule_list_kind)),
			.payload = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_schedule_list_payload)),
			.rule = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_schedule_list_rule)),
			.zone = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_schedule_list_zone)),
			.next_at = bs_stmt_int(stmt, BS_C_schedule_list_next_at),
		};
	}
	bs_stmt_free(&stmt);
	*out = list;
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* --- for the queue ----------------------------------------------------------------------------------------------------------- */

enum bs_rc bs_schedule_look(struct bs_arena *arena, struct bs_db *db, int64_t now, bool *due, int64_t *next,
                            struct bs_err *err)
{
	struct bs_schedule *list;
	size_t count;
	enum bs_rc rc = bs_schedule_list(arena, db, &list, &count, err);

	*due = false;
	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		int64_t at = 0;
		rc = next_for(&list[i], now, &at, err);
		*due |= list[i].next_at <= now || list[i].next_at > at;
		if (rc == BS_OK && at < *next)
			*next = at;
	}
	return rc;
}

static enum bs_rc fire(struct bs_db *db, const struct bs_schedule *entry, int64_t now, struct bs_err *err)
{
	struct bs_job job = { .kind = entry->kind, .key = entry->name, .payload = entry->payload, .run_at = entry->next_at };
	int64_t at = 0;
	enum bs_rc rc = next_for(entry, now, &at, err);

	if (rc != BS_OK || (entry->next_at > now && entry->next_at <= at))
		return rc;
	rc = bs_db_exec(db, BS_Q_schedule_move, BS_VALUES(bs_text(entry->name), bs_int(entry->next_at), bs_int(at)), err);
	if (rc == BS_OK && bs_db_changed(db) > 0 && entry->next_at <= now)
		rc = bs_job_add(db, &job, NULL, err);
	return rc;
}

enum bs_rc bs_schedule_fire(struct bs_arena *arena, struct bs_db *db, int64_t now, struct bs_err *err)
{
	struct bs_schedule *list;
	size_t count;
	enum bs_rc rc = bs_schedule_list(arena, db, &list, &count, err);

	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = fire(db, &list[i], now, err);
	return rc;
}
