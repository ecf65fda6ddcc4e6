/* incoming.c - the reader for each format, and where in a document something stands; see incoming.h. */
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

int bs_reading_line(const struct bs_reading *reading, struct bs_str text)
{
	struct bs_str body = reading->document->body;
	size_t at = text.len > 0 && !reading->html_body ? bs_str_find(body, text, 0) : SIZE_MAX;
	int line = reading->document->body_line;

	for (size_t i = 0; at != SIZE_MAX && i < at; i++)
		line += body.ptr[i] == '\n';
	return at != SIZE_MAX ? line : 0;
}
