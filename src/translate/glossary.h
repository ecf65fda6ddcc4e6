/* glossary.h - how terms are said, for pairs of languages: engines keep to it, translators see it.
 *
 * Results live in the arena. */
#ifndef BS_TRANSLATE_GLOSSARY_H
#define BS_TRANSLATE_GLOSSARY_H

#include "store/db.h"
#include "translate/files/terms.h"

/* Take these terms in; those that are there already get the new translation and note. Inside a write transaction. */
enum bs_rc bs_glossary_put(struct bs_db *db, const struct bs_terms *terms, struct bs_err *err) BS_CHECK;
/* The terms of a pair, by term. */
enum bs_rc bs_glossary_list(struct bs_arena *arena, struct bs_db *db, struct bs_str source_lang, struct bs_str lang, struct bs_terms *out,
                            struct bs_err *err) BS_CHECK;

#endif
