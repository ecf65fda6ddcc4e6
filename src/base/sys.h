/* sys.h - what the machine gives: time, randomness, the log, its cores.
 *
 * Times are int64_t seconds since 1970-01-01T00:00:00Z without leap seconds; 0 stands for "none" in stored data.
 * Only main, the server and the jobs read the clock; everything below is given `now`. Safe from any thread. */
#ifndef BS_BASE_SYS_H
#define BS_BASE_SYS_H

#include "base/mem.h"

int64_t bs_now(void);            /* seconds UTC */
int64_t bs_monotonic_usec(void); /* microseconds from an arbitrary start, never back */

/* A moment in the Gregorian calendar at an offset from UTC. */
struct bs_civil {
	int year;   /* 1 … 9999 */
	int month;  /* 1 … 12 */
	int day;    /* 1 … 31 */
	int hour;   /* 0 … 23 */
	int minute; /* 0 … 59 */
	int second; /* 0 … 59 */
	int weekday; /* 0 Sunday … 6; only ever filled by bs_civil_of */
};

struct bs_civil bs_civil_of(int64_t time, int offset_minutes);
/* BS_INVALID for a day that does not exist, such as 2025-02-30. */
enum bs_rc bs_civil_time(const struct bs_civil *civil, int offset_minutes, int64_t *out) BS_CHECK;

/* ISO 8601 / RFC 3339 as documents write it: "2025-11-14", "2025-11-14T09:30Z", "2025-11-14 09:30:00 +0100",
 * "2025-11-14T09:30:00.250+01:00". No zone means UTC. BS_INVALID with the reason in err. */
enum bs_rc bs_time_parse(struct bs_str text, int64_t *out, struct bs_err *err) BS_CHECK;
enum { BS_TIME_ISO_MAX = 21, BS_TIME_HTTP_MAX = 30 };
/* "2025-11-14T09:30:00Z" (RFC 3339). */
struct bs_str bs_time_iso(int64_t time, char out[BS_TIME_ISO_MAX]);
/* "Fri, 14 Nov 2025 09:30:00 GMT" (RFC 9110, IMF-fixdate). */
struct bs_str bs_time_http(int64_t time, char out[BS_TIME_HTTP_MAX]);

/* How many cores there are to work on, at least 1. */
unsigned bs_cores(void);
/* Call fn with each of `count` contexts, which stand `size` bytes apart, all at once: the first in this thread, the others in threads of
 * their own, or in this one afterwards where no thread can be had. Returns when all calls have. `size` 0: all have the same context. */
void bs_at_once(void (*fn)(void *ctx), void *contexts, size_t size, unsigned count);

/* Bytes from the system's generator, fit for keys. */
void bs_random_bytes(void *out, size_t len);

enum bs_log_level { BS_LOG_ERROR, BS_LOG_WARN, BS_LOG_INFO, BS_LOG_DEBUG };
/* Lines above this level are dropped; BS_LOG_INFO at the start. */
void bs_log_level_set(enum bs_log_level level);
/* One line to stderr, with the time; line breaks in the text become spaces. */
void bs_log(enum bs_log_level level, const char *fmt, ...) BS_PRINTF(2, 3);

#endif
