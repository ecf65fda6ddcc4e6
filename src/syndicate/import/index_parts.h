/* index_parts.h - what the parts of the index (index.h) share; for these files alone.
 *
 *   index.c            front matter, names of documents, what the newsroom knows of them
 *   index_references.c sites, references between documents
 *   index_versions.c   which documents are language versions of one story, and which of them is the original
 *   index_addresses.c  where each will stand, and the order in which they are written
 *
 * All work on an index whose stories are read, by one thread; texts go to the index's arena. */
#ifndef BS_SYNDICATE_IMPORT_INDEX_PARTS_H
#define BS_SYNDICATE_IMPORT_INDEX_PARTS_H

#include "syndicate/import/index.h"

/* --- index.c --- */

/* What stands behind the last '/', and in *before what stands before it. */
struct bs_str bs_import_last_part(struct bs_str path, struct bs_str *before);
/* Without ".md" and its like; a folder's own page is called by the folder. */
struct bs_str bs_import_without_ending(struct bs_str path);
/* The story of a name; one that several stories have is nobody's: NULL, as is one that nobody has. */
void bs_import_name_put(struct bs_map *map, struct bs_str name, struct bs_import_story *story);
const struct bs_import_story *bs_import_name_get(const struct bs_map *map, struct bs_str name);

/* --- index_versions.c --- */

/* Language and original of each story. Names must be put. */
void bs_import_settle_versions(struct bs_import_index *index);

/* --- index_addresses.c --- */

/* Month, slug and address of each story, and its rival. Originals must be settled. */
void bs_import_settle_addresses(struct bs_import_index *index);
/* First what an export has numbered, in that order, so that ids stand to each other as they did; then originals, then translations. */
void bs_import_settle_order(struct bs_import_index *index);

#endif
