/* run.h - the state of one import, shared by its parts; for the files of this folder alone.
 *
 *   import.c   the whole: scan, catalogue, index, stories, remarks
 *   archives.c stories that stand in the export of another system
 *   catalog/   settings, terms, people, notices
 *   settings.c what the newsroom has set already
 *   batch.c    transactions and savepoints of stories; what became of each
 *   story.c    one story: from an incoming document to a saved draft
 *   names.c    people and terms by name, so that "Ice Season" finds what is there
 *   pictures.c files that documents name, kept as media
 *   tally.c    events and remarks */
#ifndef BS_SYNDICATE_IMPORT_RUN_H
#define BS_SYNDICATE_IMPORT_RUN_H

#include "base/map.h"
#include "syndicate/import/files.h"
#include "syndicate/import/import.h"
#include "syndicate/import/index.h"
#include "syndicate/import/read/front.h"

struct bs_import_run {
	struct bs_arena *arena; /* as long as the run */
	struct bs_db *db;
	struct bs_ledger *ledger;
	const struct bs_import_options *options;
	struct bs_import_totals *totals;
	struct bs_import_files files;
	struct bs_import_index index;
	int64_t done;
	bool muted; /* stories are written again that have told their remarks and refusals */

	struct bs_map remarks;        /* kind and subject → struct tally */
	struct bs_map pictures;       /* path → struct bs_import_kept */
	struct bs_import_kept *fresh; /* pictures kept in the open transaction or savepoint */
	struct bs_map people;         /* "slug" or "=Name" → slug, as found in the newsroom */
	struct bs_map terms;          /* "theme/slug", "theme=Name" → slug */
	struct bs_map claims;         /* "theme/slug" → struct bs_str: the name it was made of in this run, folded */
	struct bs_map sources;        /* slug → struct bs_str: the name of a house that stories were taken from */
	bool has_name, has_language, has_media, has_permissions, has_channels; /* settings that are made, not defaults */
	struct bs_str name;                                      /* of the publication, when it has one */
	struct bs_str media;
};

/* --- import.c --- */

/* Whether to come to an end now. In any thread. */
bool bs_import_stopped(const struct bs_import_run *run);

/* --- tally.c --- */

void bs_import_tell(struct bs_import_run *run, const struct bs_import_event *event);
/* Count the remarks on a document. */
void bs_import_remarks(struct bs_import_run *run, struct bs_str path, const struct bs_remarks *remarks);
/* One remark of the writing side. */
void bs_import_remark(struct bs_import_run *run, struct bs_str path, enum bs_remark_kind kind, struct bs_str subject,
                      const char *text);
/* Tell them all, most frequent kinds of each sort first. */
void bs_import_tell_remarks(struct bs_import_run *run);
void bs_import_refuse(struct bs_import_run *run, struct bs_str path, const struct bs_remarks *remarks,
                      const struct bs_err *err);

/* A story is refused: of an export by the line where it stands there. */
void bs_import_refuse_story(struct bs_import_run *run, const struct bs_import_file *file, const struct bs_remarks *remarks,
                            const struct bs_err *err);

/* --- archives.c --- */

/* Put the stories of exports in place of these among the files; what looked like one and is none is a story, if it was named. */
enum bs_rc bs_import_archives(struct bs_import_run *run, struct bs_err *err) BS_CHECK;

/* --- catalog/catalog.c --- */

/* All files but stories, in the order that lets each find what it names. Runs inside a transaction. */
enum bs_rc bs_import_catalog(struct bs_import_run *run, struct bs_err *err) BS_CHECK;
/* --- settings.c --- */

/* What the newsroom's settings are at this moment: language, zone, what is set. Not while threads parse. */
enum bs_rc bs_import_settings_read(struct bs_import_run *run, struct bs_err *err) BS_CHECK;
/* What is set, once more; language and zone stay for the rest of the run. */
enum bs_rc bs_import_settings_again(struct bs_import_run *run, struct bs_err *err) BS_CHECK;
/* Take for the publication's what it has not said itself, from a page of it. */
enum bs_rc bs_import_settings_adopt(struct bs_import_run *run, struct bs_arena *arena, const struct bs_incoming *in,
                                    struct bs_err *err) BS_CHECK;

/* --- names.c --- */

/* Bring the draft's people and terms to slugs: of those that have the name, else made from it. New ones are remarked. In an `exact`
 * draft slugs are slugs; in any other a word that could be one may be a name. */
enum bs_rc bs_import_names(struct bs_import_run *run, struct bs_arena *arena, struct bs_str path,
                           struct bs_draft *draft, bool exact, struct bs_err *err) BS_CHECK;

/* Remark the links into the own site that lead to nothing which this import or the newsroom has. */
enum bs_rc bs_import_dangling(struct bs_import_run *run, struct bs_arena *arena, const struct bs_import_story *story,
                              const struct bs_body *body, struct bs_err *err) BS_CHECK;

/* --- pictures.c --- */

struct bs_import_picture {
	int64_t media_id; /* 0: there is none, remarked */
	uint8_t hash[BS_IMPORT_HASH_SIZE];
};
struct bs_import_named {
	struct bs_str file; /* as the document calls it */
	int line;           /* of the document; or 0 */
};
/* The picture that a document names, kept as media. Anything but BS_OK is the database's or the disk's fault; one that is
 * missing is remarked, one that is damaged, too large, no picture or outside of what is imported is refused, each file once. */
enum bs_rc bs_import_picture(struct bs_import_run *run, struct bs_arena *arena, const struct bs_import_file *document,
                             struct bs_import_named named, struct bs_import_picture *out, struct bs_err *err) BS_CHECK;
/* The transaction or savepoint has ended: what was kept in it is there for good, or is not. */
void bs_import_pictures_settle(struct bs_import_run *run, bool kept);

/* --- story.c --- */

/* What a thread makes of a document. */
struct bs_import_parsed {
	struct bs_arena *arena;
	struct bs_str bytes;
	uint8_t hash[BS_IMPORT_HASH_SIZE]; /* of them, when rc is BS_OK and it is a story */
	struct bs_document document;
	struct bs_incoming in;
	struct bs_remarks remarks;
	struct bs_err err;
	enum bs_rc rc;
	const char *skipped; /* why it is no story; or NULL */
};
/* In any thread. */
void bs_import_parse(const struct bs_import_run *run, size_t i, struct bs_import_parsed *out);
/* In the writer's, inside a transaction or savepoint that the caller opened and ends: rolls back unless BS_OK. What it leaves in `parsed` is not fit
 * to be written again: parse it anew.
 *   BS_INVALID, BS_CONFLICT, BS_NOT_FOUND, BS_LIMIT  refused; anything else ends the run */
enum bs_rc bs_import_write(struct bs_import_run *run, size_t i, struct bs_import_parsed *parsed,
                           struct bs_import_event *event, struct bs_err *err) BS_CHECK;

/* --- batch.c --- */

struct bs_import_batch;
struct bs_import_batch *bs_import_batch_new(struct bs_import_run *run);
/* Write story `i`, or tell why not; nothing of the document is needed afterwards. Anything but BS_OK ends the run. */
enum bs_rc bs_import_batch_take(struct bs_import_batch *batch, size_t i, struct bs_import_parsed *parsed, struct bs_err *err) BS_CHECK;
/* All that was taken is stored and told. */
enum bs_rc bs_import_batch_commit(struct bs_import_batch *batch, struct bs_err *err) BS_CHECK;

#endif
