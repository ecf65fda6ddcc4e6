/* moment.c - times as documents write them; see moment.h. */
#include "syndicate/import/read/moment.h"

#include "base/sys.h"

int64_t bs_moment_in(const struct bs_zone *zone, int64_t civil)
{
	int64_t first;

	if (zone == NULL || civil == 0)
		return civil;
	first = civil - (int64_t)bs_zone_offset(zone, civil) * 60;
	/* Around a change of the clocks the offset at the moment itself counts. */
	return civil - (int64_t)bs_zone_offset(zone, first) * 60;
}

/* Does a well-formed time say its offset: "Z", "+01:00"? */
static bool has_offset(struct bs_str text)
{
	for (size_t i = sizeof("2025-11-14T") - 1; i < text.len; i++) {
		if (strchr("0123456789:., ", text.ptr[i]) == NULL)
			return true;
	}
	return false;
}

enum bs_rc bs_moment_parse(struct bs_str text, const struct bs_zone *zone, int64_t *out, struct bs_err *err)
{
	enum bs_rc rc = bs_time_parse(text, out, err);

	if (rc == BS_OK && !has_offset(bs_str_trim(text)))
		*out = bs_moment_in(zone, *out);
	return rc;
}
