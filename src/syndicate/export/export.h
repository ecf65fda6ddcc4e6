/* export.h - a newsroom as a folder of story files: everything that an import reads, so that importing it into an empty newsroom
 * and exporting again gives the same bytes, and the public site of the second is that of the first.
 *
 * The folder is laid out as docs/handbook/story-files.md says: settings.yml, terms.yml, authors/, notices/, stories/YEAR/MONTH/,
 * stories/undated/, pages/, pictures/. Not in it: what revisions before the newest said, and pictures that only they showed
 * (docs/decisions/005). All is read from one snapshot, story by story: memory does not grow with the newsroom. The
 * folder is replaced as a whole at the end (page/tree.h). */
#ifndef BS_SYNDICATE_EXPORT_EXPORT_H
#define BS_SYNDICATE_EXPORT_EXPORT_H

#include "store/db.h"

struct bs_story_export_options {
	const char *folder;    /* new, empty or an earlier export of stories */
	const char *media_dir; /* pictures are copied from here */
	void (*progress)(void *ctx, int64_t done, int64_t stories); /* or NULL */
	/* Something is not in the folder as it is in the newsroom: the file, and why. */
	void (*remark)(void *ctx, struct bs_str file, const char *why);
	void *ctx;
};

struct bs_story_export_result {
	int64_t stories, people, terms, notices, pictures;
	int64_t files;   /* of text */
	int64_t written; /* of them and of the pictures: new or changed */
	int64_t remarks;
};

/* `db` is a reader outside of a transaction. On anything but BS_OK the folder is as it was.
 *   BS_CONFLICT  the folder has something in it that no export put there
 *   BS_BUSY      another export is writing there
 *   BS_IO, BS_DENIED and what the database says */
enum bs_rc bs_story_export(struct bs_db *db, const struct bs_story_export_options *options,
                           struct bs_story_export_result *result, struct bs_err *err) BS_CHECK;

#endif
