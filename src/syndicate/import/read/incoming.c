/* incoming.c - the reader for each format; see incoming.h. */
#include "syndicate/import/read/incoming.h"

enum bs_rc bs_incoming_read(const struct bs_reading *reading, struct bs_incoming *out, struct bs_err *err)
{
	switch (reading->document->format) {
	case BS_FORMAT_HTML:
		return bs_incoming_web_page(reading, out, err);
	case BS_FORMAT_PRINTED:
		return bs_incoming_printed(reading, out, err);
	default:
		return bs_incoming_story_file(reading, out, err);
	}
}
