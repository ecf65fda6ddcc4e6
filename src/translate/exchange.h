/* exchange.h - translations and terms in files: what translators' tools take and give back.
 *
 *   PO, XLIFF   the passages of a story, or of all stories in a language and what the paper says of itself in it, with what they say in
 *               another one
 *   TMX         the memory: every translation between two languages
 *   TBX, CSV    the glossary of two languages
 *
 * A passage is found by what it says in its language, so a file may come from anywhere: from an export, from another newsroom,
 * from a folder of the demo. What no passage says is counted and left alone (but in a memory, where it becomes one); a
 * translation whose markup is not that of its passage is refused, and the rest is taken in. What an engine made goes out
 * as to be looked at (fuzzy, state initial), and counts when it comes back without that mark. A file that is broken is
 * refused whole. Runs inside the caller's write transaction. */
#ifndef BS_TRANSLATE_EXCHANGE_H
#define BS_TRANSLATE_EXCHANGE_H

#include "newsroom/translation.h"

struct bs_exchange {
	struct bs_str lang, source_lang; /* empty: as the file says */
	struct bs_str maker;             /* empty: as the file says, else the language's own name */
	bool csv;                        /* what is no XML is a glossary, not PO */
	/* Called for each entry that is refused, with its line and the reason. */
	void (*refused)(void *ctx, int line, const char *why);
	void *ctx;
};

struct bs_exchanged {
	size_t entries, written, unknown, refused;
	size_t terms; /* of a glossary */
};

/* Take in a file; of which format it is, its beginning says.
 *   BS_INVALID  it is of none, is broken (with the line), or neither it nor the caller says which languages; nothing was taken
 *   BS_LIMIT    larger than such a file may be */
enum bs_rc bs_exchange_take(struct bs_arena *arena, struct bs_db *db, struct bs_str text, const struct bs_exchange *how, int64_t now,
                            struct bs_exchanged *out, struct bs_err *err) BS_CHECK;

enum bs_format { BS_FORMAT_PO, BS_FORMAT_XLIFF, BS_FORMAT_TMX, BS_FORMAT_TBX, BS_FORMAT_CSV };

struct bs_exchange_order {
	enum bs_format format;
	struct bs_str public_id; /* PO, XLIFF: of a story; empty: all that were written in `from` */
	struct bs_str from, lang; /* `from` is not looked at with a story */
};

/* Write it. BS_NOT_FOUND: no such story; BS_LIMIT: `out` is full. */
enum bs_rc bs_exchange_give(struct bs_arena *arena, struct bs_db *db, const struct bs_exchange_order *order, struct bs_buf *out,
                            struct bs_err *err) BS_CHECK;

#endif
