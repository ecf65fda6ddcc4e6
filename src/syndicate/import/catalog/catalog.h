/* catalog.h - one file of a newsroom that is no story, while it is read and saved; for the files of this folder alone.
 *
 *   catalog.c   the order of the files, and each in its savepoint
 *   settings.c  settings, the home page's sections, the text about the publication
 *   terms.c     terms, from lists and from pages of their own
 *   people.c    people, and the houses that stories were taken from
 *   notices.c   notices
 *   values.c    what these have in common: texts by language, pictures, bodies
 *
 * The first fault is kept in `rc` and *err; from then on nothing is saved, while the rest of the file is still read. */
#ifndef BS_SYNDICATE_IMPORT_CATALOG_H
#define BS_SYNDICATE_IMPORT_CATALOG_H

#include "newsroom/catalog.h"
#include "syndicate/import/run.h"

struct bs_catalog {
	struct bs_import_run *run;
	struct bs_arena *arena; /* of the file */
	const struct bs_import_file *file;
	struct bs_document document;
	struct bs_remarks remarks;
	struct bs_fields fields;
	enum bs_rc rc;
	struct bs_err *err;
	struct bs_data *map;
};

/* --- values.c --- */

/* A text by language: one text in the publication's, or a mapping. `lines`: line breaks stay. */
size_t bs_catalog_texts(struct bs_catalog *c, struct bs_fields *f, const struct bs_entry *entry, bool lines, struct bs_term_name **out);
/* The text in the publication's language, else the first. */
struct bs_str bs_catalog_own_text(const struct bs_catalog *c, const struct bs_term_name *texts, size_t count);
struct bs_str bs_catalog_plain(struct bs_catalog *c, struct bs_str markup);
/* The picture of a person or term as media; 0 where there is none. */
int64_t bs_catalog_picture(struct bs_catalog *c, const struct bs_front_image *image);
/* Markdown that begins at this line of the file. */
void bs_catalog_body(struct bs_catalog *c, struct bs_str markdown, int line, struct bs_str lang, struct bs_body *out);
/* What the file says, else what it is called. */
struct bs_str bs_catalog_slug(struct bs_catalog *c);
struct bs_str bs_catalog_json(struct bs_catalog *c, const struct bs_json *json);

/* --- what is taken from a file: see the steps in catalog.c --- */

void bs_catalog_settings(struct bs_catalog *c);
void bs_catalog_sections(struct bs_catalog *c);
void bs_catalog_about(struct bs_catalog *c);
void bs_catalog_terms(struct bs_catalog *c);
/* topics/NAME/_index.md of other tools: a term with a page of its own. */
void bs_catalog_term_page(struct bs_catalog *c);
void bs_catalog_person(struct bs_catalog *c);
void bs_catalog_source(struct bs_catalog *c);
/* A notice in the publication's language; and one in another, which takes the rule of that one. */
void bs_catalog_own_notice(struct bs_catalog *c);
void bs_catalog_other_notice(struct bs_catalog *c);

#endif
