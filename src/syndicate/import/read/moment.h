/* moment.h - times as documents write them. One without an offset is the publication's own, as its editors read it off their
 * clocks; a day alone is its midnight there. Pure; safe from any thread. */
#ifndef BS_SYNDICATE_IMPORT_READ_MOMENT_H
#define BS_SYNDICATE_IMPORT_READ_MOMENT_H

#include "lang/date.h"

/* The moment at which clocks of the zone show what those of UTC show at `civil`; 0 stays 0. zone NULL is UTC. */
int64_t bs_moment_in(const struct bs_zone *zone, int64_t civil);

/* As bs_time_parse, with the zone for what has no offset. */
enum bs_rc bs_moment_parse(struct bs_str text, const struct bs_zone *zone, int64_t *out, struct bs_err *err) BS_CHECK;

#endif
