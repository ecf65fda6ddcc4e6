/* index.h - where every story of an import will stand, known before any is written: so that references between
 * documents find their way, language versions find each other, and two files that want one address are told apart.
 *
 * Filled in two steps: each document's front matter is read (by several threads, each with an arena of its own), then
 * one thread settles what needs all of them. From then on it is only read, by any thread. */
#ifndef BS_SYNDICATE_IMPORT_INDEX_H
#define BS_SYNDICATE_IMPORT_INDEX_H

#include "base/map.h"
#include "lang/date.h"
#include "store/db.h"
#include "syndicate/import/read/incoming.h"
#include "syndicate/import/scan.h"

struct bs_import_story {
	const struct bs_import_file *file;
	bool read; /* its front matter could be read; what is wrong with it otherwise is told when it is imported */
	const struct bs_lang *lang;
	bool lang_given, slug_given;
	bool draft; /* has no address yet */
	bool page;  /* has one without a date */
	int64_t accession; /* its place in the order of writing, given by an export; or 0 */
	struct bs_str slug;
	struct bs_str id;
	struct bs_str old_path; /* where it stood on the old site, "/2016/05/slug"; or empty */
	struct bs_str own_url;
	struct bs_str group;          /* language versions of one story have it in common */
	struct bs_str translation_of; /* as the document says it */
	struct bs_str *aliases;       /* other paths of the old site that led to it */
	size_t alias_count;
	int64_t published_at;

	/* Settled. */
	struct bs_str key;                      /* in import_source */
	int64_t story_id;                       /* of the story that the document was read into before; 0: none */
	struct bs_str public_id;                /* of it, or the id that the document gives; or empty */
	uint8_t content_hash[32];               /* of what was read then */
	int year, month;                        /* of its address */
	struct bs_str address;                  /* path on the site: "/2016/05/slug"; empty when it has none */
	const struct bs_import_story *original; /* in this import; or NULL */
	const struct bs_import_story *rival;    /* another document has this explicit address; this one is refused */
};

/* A site that documents are from, as the settings of the tool that makes it say. */
struct bs_import_site {
	struct bs_str folder; /* in which it lies */
	struct bs_str base;   /* "a.example/blog": without scheme, and without a slash at its end */
};

struct bs_import_index {
	struct bs_arena *arena;
	struct bs_import_story *stories; /* in the order of the files */
	size_t count;
	size_t *order; /* the order of writing: originals before their translations */

	const struct bs_lang *lang; /* of the publication */
	const struct bs_zone *zone;
	int64_t now;

	/* To entries; an ambiguous name is there with `bs_import_ambiguous`. */
	struct bs_map by_path, by_name, by_address, by_id, by_url, by_slug, by_key, by_page;
	struct bs_map addresses; /* on this site, of the stories of the import */
	struct bs_import_site *sites;
	size_t site_count, site_room;
	struct bs_map terms; /* "theme/open-data" of the term pages in the import */
};

/* Read the front matter of story `i` into the index; texts go to `arena`, which must live as long as the index; `scratch`
 * is reset. Different stories from different threads. */
void bs_import_index_read(struct bs_import_index *index, size_t i, enum bs_format format, struct bs_arena *arena,
                          struct bs_arena *scratch);

/* Settle it all, once every story is read. `db` is any connection. */
enum bs_rc bs_import_index_settle(struct bs_import_index *index, const struct bs_import_files *files, struct bs_db *db,
                                  struct bs_err *err) BS_CHECK;

/* Learn the address of a site from the settings of its tool; before stories are read. */
void bs_import_index_site(struct bs_import_index *index, const struct bs_import_file *file);
/* The path within the site that a story is from, "/a" or "?p=1", of a whole address on it; empty for any other address. */
struct bs_str bs_import_index_own(const struct bs_import_index *index, const struct bs_import_story *from, struct bs_str address);

/* What a document calls by `target` (a path beside it, a file's name, a path of the old site, a term's page): its address
 * on this site with the fragment that stood behind it, or empty. In the arena or the index. */
struct bs_str bs_import_index_address(const struct bs_import_index *index, struct bs_arena *arena,
                                      const struct bs_import_story *from, struct bs_str target);

/* The story that a document says it translates, in this import; NULL when it is not in it. */
const struct bs_import_story *bs_import_index_original(const struct bs_import_index *index, struct bs_str name);

#endif
