/* document.h - a file that may be a story: which kind it is, told from its bytes, and its outer parts.
 *
 * Nothing is believed of a file's name. A document is UTF-8 text of at most BS_MAX_DOCUMENT bytes without NUL; anything
 * else is refused with what it is, when that can be seen (an archive, a picture, a word processor's file), and what to
 * do. Pure: bytes in, views into these bytes out. Safe from any thread. */
#ifndef BS_SYNDICATE_IMPORT_READ_DOCUMENT_H
#define BS_SYNDICATE_IMPORT_READ_DOCUMENT_H

#include "syndicate/import/read/remarks.h"

enum bs_format {
	BS_FORMAT_AUTO,
	BS_FORMAT_MARKDOWN, /* with or without front matter */
	BS_FORMAT_HTML,     /* a page of the web */
	BS_FORMAT_PRINTED,  /* text of a page that somebody printed */
};

enum bs_front {
	BS_FRONT_NONE,
	BS_FRONT_YAML, /* between --- and ---, or KEY: VALUE lines before the first empty one */
	BS_FRONT_TOML, /* between +++ and +++ */
	BS_FRONT_JSON, /* from { alone on its line to } alone on its line, or an object that begins {" */
};

struct bs_document {
	enum bs_format format;    /* never BS_FORMAT_AUTO */
	enum bs_front front_kind; /* only ever of Markdown */
	struct bs_str front;      /* what stands between the fences; for JSON with its braces */
	int front_line;           /* line of the file in which it starts, from 1 */
	struct bs_str body;       /* the rest, or all of it */
	int body_line;
};

/* The words of --format: auto, markdown, html, printed. BS_NOT_FOUND for any other. */
enum bs_rc bs_format_of(struct bs_str word, enum bs_format *out) BS_CHECK;
const char *bs_format_name(enum bs_format format);

/* Take a file's bytes apart. `wanted` other than auto is obeyed.
 *   BS_OK       *out views into `bytes`, or into a copy in the remarks' arena where lines end with CR alone.
 *   BS_INVALID  empty, not text, not UTF-8 (remarks->line and ->byte say where), or front matter that never ends.
 *   BS_LIMIT    over BS_MAX_DOCUMENT. */
enum bs_rc bs_document_read(struct bs_str bytes, enum bs_format wanted, struct bs_document *out,
                            struct bs_remarks *remarks, struct bs_err *err) BS_CHECK;

#endif
