/* import.h - bringing documents into the newsroom: files and folders of story files, web pages and printed pages.
 *
 * Each document is settled in a savepoint of its own, so that one that is refused leaves nothing behind and the rest is
 * imported; many share a transaction, so that disks are waited for seldom. Parsing is done by threads, writing by the caller's,
 * in the order of the files' paths with originals before their translations. The same files again change nothing: a document
 * is known by its `id`, else its path, else language, slug and month, and is left alone while its bytes, pictures and original are what they were. */
#ifndef BS_SYNDICATE_IMPORT_IMPORT_H
#define BS_SYNDICATE_IMPORT_IMPORT_H

#include <stdatomic.h>

#include "newsroom/ledger.h"
#include "syndicate/import/read/document.h"

enum bs_import_event_kind {
	BS_IMPORT_BEGUN, /* total: stories to look at */
	BS_IMPORT_ADDED, /* path, public_id: it is stored, as with the next two */
	BS_IMPORT_CHANGED,
	BS_IMPORT_UNCHANGED,
	BS_IMPORT_SKIPPED, /* path, text: no story, as far as can be seen */
	BS_IMPORT_REFUSED, /* path, line, byte, text */
	BS_IMPORT_REMARK,  /* at the end: path and line of the first, text, and how many */
};

/* Texts are one line of UTF-8 without control characters, fit for a terminal, and live as long as the call. */
struct bs_import_event {
	enum bs_import_event_kind kind;
	struct bs_str path;
	int line, byte; /* from 1; 0: no certain place */
	const char *text;
	struct bs_str subject; /* of a remark: the key, the shortcode, the file */
	int64_t times;         /* of a remark */
	struct bs_str public_id;
	int64_t done, total; /* stories */
};

struct bs_import_totals {
	int64_t added, changed, unchanged, skipped, refused; /* stories; refused counts other files, too */
	int64_t people, terms, notices, settings;            /* of files, brought to what they say */
	int64_t pictures;                                    /* new in the newsroom */
	bool stopped;                                        /* before the end, because options.stop said so */
};

struct bs_import_options {
	const char *const *paths;
	size_t path_count;
	enum bs_format format; /* of stories */
	int64_t now;
	const char *media_dir;
	int threads; /* that parse; 0: one fewer than there are cores, at least one */
	const atomic_bool *stop; /* once it is true, the run ends behind the document it is at, and keeps what it has; or NULL */
	void (*event)(void *ctx, const struct bs_import_event *event); /* in the caller's thread */
	void *ctx;
};

/* `db` is the writer, outside of a transaction. On anything but BS_OK (the database or the disk failed, too many files) what was
 * committed until then stays, and *totals counts it. */
enum bs_rc bs_import(struct bs_db *db, struct bs_ledger *ledger, const struct bs_import_options *options,
                     struct bs_import_totals *totals, struct bs_err *err) BS_CHECK;

#endif
