/* scan.h - the files of an import: what was named on the command line, folders with all that is in them.
 *
 * What a file is for is told from its place, as docs/handbook/story-files.md says; what it holds is looked at later.
 * Files come in the order of their paths, so that the same folder gives the same import. A folder or file that is reached twice
 * (a link, a loop of links) is taken once. Nothing is read here but folders. Results live in the arena. */
#ifndef BS_SYNDICATE_IMPORT_SCAN_H
#define BS_SYNDICATE_IMPORT_SCAN_H

#include "base/mem.h"

enum bs_import_role {
	BS_IMPORT_SETTINGS, /* settings.yml */
	BS_IMPORT_TERMS,    /* terms.yml */
	BS_IMPORT_TERM,     /* topics/NAME/_index.md, tags/NAME.md … of other tools */
	BS_IMPORT_PERSON,   /* authors/NAME.md, authors/NAME/_index.md */
	BS_IMPORT_NOTICE,   /* notices/NAME.md */
	BS_IMPORT_SOURCE, /* sources/NAME.md of other tools: what their stories call the houses they were taken from */
	BS_IMPORT_SITE, /* hugo.toml, _config.yml …: what another tool is told of its site */
	BS_IMPORT_ARCHIVE, /* *.xml, *.json: an export of another system, if it is one */
	BS_IMPORT_STORY,  /* every other text */
	BS_IMPORT_ROLE_COUNT
};

struct bs_import_file {
	struct bs_str path; /* as it is told to people, and opened */
	size_t root; /* bytes of path that are the folder being imported: pictures are never looked for outside */
	enum bs_import_role role;
	bool named; /* on the command line, not found in a folder */

	/* Of a story that stands in the export of another system; path is then a name below that of the export's. */
	struct bs_str archive; /* the export's path; empty for all others */
	struct bs_str bytes;   /* the story as a file: front matter and HTML */
	int line;              /* of the export */
};

enum { BS_IMPORT_DOCUMENT_KINDS = 19 };

struct bs_import_files {
	struct bs_import_file *items;
	size_t count;
	size_t others; /* files that are nothing an import reads: pictures, styles, programs */
	size_t documents[BS_IMPORT_DOCUMENT_KINDS]; /* of them what holds text in a form that is not read, by ending */
	struct bs_str document; /* the first of these */
};

/* ".docx" …, by its place in `documents`. */
extern const char *const bs_import_document_endings[];

enum { BS_MAX_IMPORT_FILES = 2000000, BS_MAX_IMPORT_DEPTH = 64 };

/* `refused` is called for what cannot be looked at (no permission, too deep, gone) and for what is named but is no file;
 * the rest is listed. Returns how many were refused.
 *   BS_LIMIT  more than BS_MAX_IMPORT_FILES */
enum bs_rc bs_import_scan(struct bs_arena *arena, const char *const *paths, size_t count,
                          void (*refused)(void *ctx, struct bs_str path, const char *why), void *ctx,
                          struct bs_import_files *out, struct bs_err *err) BS_CHECK;

/* The folder that authors/, topics/ … stand in, and the vocabulary of a term's page: "theme" for topics. Empty when it is
 * none of a term's folders. */
struct bs_str bs_import_vocabulary_of(struct bs_str path);

#endif
