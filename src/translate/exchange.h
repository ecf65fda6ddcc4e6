/* exchange.h - translations in files: what translators' tools take and give back.
 *
 * A passage is found by what it says in its language, so a file may come from anywhere: from an export, from another newsroom,
 * from a folder of the demo. What no passage says is counted and left alone; a translation whose markup is not that of its
 * passage is refused, and the rest is taken in. Runs inside the caller's write transaction. */
#ifndef BS_TRANSLATE_EXCHANGE_H
#define BS_TRANSLATE_EXCHANGE_H

#include "newsroom/translation.h"

struct bs_exchange {
	struct bs_str lang, source_lang; /* empty: as the file says */
	struct bs_str maker;             /* empty: as the file says, else the language's own name */
	/* Called for each entry that is refused, with its line and the reason. */
	void (*refused)(void *ctx, int line, const char *why);
	void *ctx;
};

struct bs_exchanged {
	size_t entries, written, unknown, refused;
};

/* Take in a PO file (po.h).
 *   BS_INVALID  it is no PO file, or neither it nor the caller says which languages; nothing was taken */
enum bs_rc bs_exchange_po(struct bs_arena *arena, struct bs_db *db, struct bs_str text, const struct bs_exchange *how, int64_t now,
                          struct bs_exchanged *out, struct bs_err *err) BS_CHECK;

/* Write a story's passages with what they say in the language (or nothing yet) as PO. BS_NOT_FOUND: no such story. */
enum bs_rc bs_exchange_po_write(struct bs_arena *arena, struct bs_db *db, struct bs_str public_id, struct bs_str lang,
                                struct bs_buf *out, struct bs_err *err) BS_CHECK;

#endif
