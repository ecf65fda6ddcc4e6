/* archive.h - the one file into which other systems write all that they have: WordPress's export (WXR 1.2, an RSS feed with
 * names of its own) and Ghost's (JSON). Each of its stories becomes a story file, front matter as JSON and the text as HTML, which
 * is then imported like any other; what a newsroom has no place for (comments, menus, revisions) is counted and told.
 *
 * Everything lives in the arena. Pure: bytes in, story files out. Safe from any thread. */
#ifndef BS_SYNDICATE_IMPORT_ARCHIVE_H
#define BS_SYNDICATE_IMPORT_ARCHIVE_H

#include "syndicate/import/read/remarks.h"
#include "text/json.h"

enum bs_archive_kind {
	BS_ARCHIVE_NONE,
	BS_ARCHIVE_WORDPRESS,
	BS_ARCHIVE_GHOST,
};

struct bs_archive_story {
	struct bs_str name;  /* by which people know it there: its slug, else its number */
	struct bs_str bytes; /* of the story file */
	int line;            /* of the export; 0: not known */
	const char *held;    /* why it is a draft although the old site has published it: not for everybody there; or NULL */
};

struct bs_archive {
	struct bs_archive_story *stories; /* in the order of the export */
	size_t count, room;
};

/* From the first BS_ARCHIVE_HEAD bytes of a file. */
enum { BS_ARCHIVE_HEAD = 16 * 1024 };
enum bs_archive_kind bs_archive_kind_of(struct bs_str head);

/* Take it apart.
 *   BS_INVALID  damaged (remarks->line says where, if it can be told): *out has what stands before the damage */
enum bs_rc bs_archive_read(struct bs_arena *arena, enum bs_archive_kind kind, struct bs_str bytes, struct bs_archive *out,
                           struct bs_remarks *remarks, struct bs_err *err) BS_CHECK;

/* --- for the readers of this folder --- */

enum bs_rc bs_archive_wordpress(struct bs_arena *arena, struct bs_str bytes, struct bs_archive *out, struct bs_remarks *remarks,
                                struct bs_err *err) BS_CHECK;
enum bs_rc bs_archive_ghost(struct bs_arena *arena, struct bs_str bytes, struct bs_archive *out, struct bs_remarks *remarks,
                            struct bs_err *err) BS_CHECK;
/* Add a story of these fields and this HTML. */
enum bs_rc bs_archive_add(struct bs_arena *arena, struct bs_archive *out, struct bs_archive_story story, const struct bs_json *fields,
                          struct bs_str html, struct bs_err *err) BS_CHECK;
/* `text` without each `site`, an address without a slash at its end: addresses of the site, with whatever scheme, become those within it.
 * One within another address, behind "?url=", stays. */
struct bs_str bs_archive_own(struct bs_arena *arena, struct bs_str text, struct bs_str site);
/* What WordPress makes of a text when it shows it: paragraphs at blank lines, captions, no shortcodes (remarked). */
struct bs_str bs_wordpress_html(struct bs_arena *arena, struct bs_str text, struct bs_remarks *remarks);

#endif
