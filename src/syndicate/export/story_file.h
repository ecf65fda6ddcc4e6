/* story_file.h - a story as a Markdown file with front matter: the inverse of import/read/story_file/.
 *
 * What is written holds an `accession` number, with which the reader takes the file for all there is to say: nothing is
 * got from its name, its neighbours or the story's original. The same story is always the same bytes. Pure; safe from any
 * thread. */
#ifndef BS_SYNDICATE_EXPORT_STORY_FILE_H
#define BS_SYNDICATE_EXPORT_STORY_FILE_H

#include "lang/date.h"
#include "syndicate/import/read/incoming.h"

struct bs_story_file {
	/* accession from 1, image_file, translation_of, and the draft but image.media_id and translation_of; the body's pictures
	 * are paths of files. Everything else is not looked at. */
	const struct bs_incoming *story;
	const struct bs_lang *home;  /* of the publication: addresses in it have no language in front */
	const struct bs_zone *zone;  /* in which times are told, and days begin */
};

/* Append the file, and read its front matter again: an importer will find there what was written.
 *   BS_INVALID  it would not, or refuse the file; err says which field. The file is in `out` all the same.
 *   BS_LIMIT    over the cap of `out` */
enum bs_rc bs_story_file_write(struct bs_arena *arena, const struct bs_story_file *file, struct bs_buf *out,
                               struct bs_err *err) BS_CHECK;

/* The first field in which two stories differ that were read from files, or NULL. */
const char *bs_story_file_differs(struct bs_arena *arena, const struct bs_incoming *a, const struct bs_incoming *b);

/* Text as a plain-text field of front matter that is read as markup (a title, alternative text): as it is, or where it has
 * markup or looks as if, {inline: "…"}. Nothing when it is empty. */
void bs_front_put_phrase(struct bs_arena *arena, struct bs_buf *out, int indent, const char *key, struct bs_str markup);
/* The same of plain text. */
void bs_front_put_plain(struct bs_arena *arena, struct bs_buf *out, int indent, const char *key, struct bs_str text);
/* Markup as a field of one line of Markdown. */
void bs_front_put_inline(struct bs_arena *arena, struct bs_buf *out, int indent, const char *key, struct bs_str markup);
/* A field of one line. */
void bs_front_put_line(struct bs_arena *arena, struct bs_buf *out, int indent, const char *key, struct bs_str text);

#endif
