/* terms.h - glossaries in files: TBX (ISO 30042, version 3 written, version 2 read too) and CSV (RFC 4180).
 *
 * CSV has three columns: term, translation, note; the first row names them by languages ("en,es,note"). An empty translation keeps
 * the term as it is. Everything lives in the arena. Pure; safe from any thread. */
#ifndef BS_TRANSLATE_FILES_TERMS_H
#define BS_TRANSLATE_FILES_TERMS_H

#include "translate/files/xml.h"

struct bs_term_entry {
	int line;
	struct bs_str source, target, note; /* plain text */
};

struct bs_terms {
	struct bs_str source_lang, lang;
	struct bs_term_entry *list;
	size_t count;
};

/* BS_INVALID with line and reason; BS_LIMIT over BS_MAX_GLOSSARY or BS_MAX_TERM_TEXT. */
enum bs_rc bs_terms_read_csv(struct bs_arena *arena, struct bs_str text, struct bs_terms *out, struct bs_err *err) BS_CHECK;
/* Of a tree whose root is <tbx> or <martif>: each concept's first term in the two languages of the first concept that has two. */
enum bs_rc bs_terms_read_tbx(struct bs_arena *arena, const struct bs_element *root, struct bs_terms *out, struct bs_err *err) BS_CHECK;

void bs_terms_write_csv(struct bs_buf *out, const struct bs_terms *terms);
void bs_terms_write_tbx(struct bs_buf *out, const struct bs_terms *terms);

#endif
