/* files.h - reading the files of an import, and finding those that documents name. Safe from any thread. */
#ifndef BS_SYNDICATE_IMPORT_FILES_H
#define BS_SYNDICATE_IMPORT_FILES_H

#include "base/mem.h"

/* The whole of a regular file; its size is looked at before anything is read or allocated for.
 *   BS_LIMIT over `cap`; BS_NOT_FOUND, BS_DENIED, BS_INVALID (no regular file), BS_IO */
enum bs_rc bs_import_read_file(struct bs_arena *arena, struct bs_str path, size_t cap, struct bs_str *out,
                               struct bs_err *err) BS_CHECK;

struct bs_import_file;
/* The bytes of a story: of its file, or as it stands in an export. As above, with BS_MAX_DOCUMENT. */
enum bs_rc bs_import_read_story(struct bs_arena *arena, const struct bs_import_file *file, struct bs_str *out, struct bs_err *err) BS_CHECK;

/* The file that a document calls `name`: beside the document, then in each folder above it up to the root (the first
 * `root` bytes of `document`); for names that begin with a slash too, and there also in static/, assets/ and public/. Never
 * one outside of the root, whatever links there are. In the arena, NUL-terminated; empty when there is none: then *outside says
 * whether the name leads out of the root. */
struct bs_str bs_import_find_file(struct bs_arena *arena, struct bs_str document, size_t root, struct bs_str name, bool *outside);

/* Bytes as people and programs may be shown them: one line of UTF-8 in which control characters and bytes that are no text
 * stand as \n, \x1b, \xff. `bytes` themselves where nothing is to be done, else a copy in the arena. */
struct bs_str bs_import_shown(struct bs_arena *arena, struct bs_str bytes);

/* BLAKE2b-256 (RFC 7693) of the parts, one behind the other, each with its length before it: it tells a document that has
 * changed from one that has not, and stays within this newsroom, so it need not be what the ledger uses. */
enum { BS_IMPORT_HASH_SIZE = 32 };
void bs_import_hash(const struct bs_str *parts, size_t count, uint8_t out[BS_IMPORT_HASH_SIZE]);

#endif
