/* run.h - the state of one export of stories, shared by its parts; for the files of this folder alone.
 *
 *   export.c   the whole: snapshot, folder, order
 *   catalog.c  settings, terms, people, notices
 *   stories.c  stories and pages without a date
 *   pictures.c pictures that any of these show */
#ifndef BS_SYNDICATE_EXPORT_RUN_H
#define BS_SYNDICATE_EXPORT_RUN_H

#include "lang/date.h"
#include "page/tree.h"
#include "syndicate/export/export.h"

struct bs_export_run {
	struct bs_db *db; /* in a snapshot */
	const struct bs_story_export_options *options;
	struct bs_story_export_result *result;
	struct bs_tree tree;
	const struct bs_lang *home; /* of the publication */
	const struct bs_zone *zone;
};

/* Write a file of text and count it. */
enum bs_rc bs_export_put(struct bs_export_run *run, struct bs_arena *arena, struct bs_str file, const struct bs_buf *text,
                         struct bs_err *err) BS_CHECK;
void bs_export_remark(struct bs_export_run *run, struct bs_str file, const char *why);
/* The name of a file for what has this slug, fit for every file system: "ice.md", "ice.de.md" with a language, "con_.md" where
 * some system has a device of that name. */
struct bs_str bs_export_name(struct bs_arena *arena, struct bs_str slug, struct bs_str lang);
bool bs_export_is_device(struct bs_str name);

enum bs_rc bs_export_catalog(struct bs_export_run *run, struct bs_err *err) BS_CHECK;
enum bs_rc bs_export_stories(struct bs_export_run *run, struct bs_err *err) BS_CHECK;

/* Put the picture into the folder, when it is not there yet; *path is how `file` calls it, empty for media_id 0. A picture that
 * is lost is remarked. */
enum bs_rc bs_export_picture(struct bs_export_run *run, struct bs_arena *arena, struct bs_str file, int64_t media_id,
                             struct bs_str *path, struct bs_err *err) BS_CHECK;

#endif
