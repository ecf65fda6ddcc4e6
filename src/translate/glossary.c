/* glossary.c - see glossary.h. */
#include "translate/glossary.h"

enum bs_rc bs_glossary_put(struct bs_db *db, const struct bs_terms *terms, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < terms->count && rc == BS_OK; i++) {
		const struct bs_term_entry *entry = &terms->list[i];
		rc = bs_db_post(db, BS_Q_glossary_put, BS_VALUES(bs_text(terms->source_lang), bs_text(terms->lang), bs_text(entry->source),
		                bs_text(entry->target), bs_text(entry->note)), err);
	}
	return rc;
}

/* By pages: a result is held whole in memory on PostgreSQL. */
enum bs_rc bs_glossary_list(struct bs_arena *arena, struct bs_db *db, struct bs_str source_lang, struct bs_str lang, struct bs_terms *out,
                            struct bs_err *err)
{
	struct bs_str after = BS_STR("");
	size_t room = 0, before;
	enum bs_rc rc;

	*out = (struct bs_terms){ .source_lang = source_lang, .lang = lang };
	do {
		struct bs_stmt *stmt = NULL;
		before = out->count;
		rc = bs_db_query(db, BS_Q_glossary_of_pair, BS_VALUES(bs_text(source_lang), bs_text(lang), bs_text(after)), &stmt, err);
		while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
			BS_GROW(arena, out->list, out->count, room, 64);
			after = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_glossary_of_pair_source));
			out->list[out->count++] = (struct bs_term_entry){
				.source = after, .target = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_glossary_of_pair_target)),
				.note = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_glossary_of_pair_note)),
			};
		}
		bs_stmt_free(&stmt);
	} while (rc == BS_NOT_FOUND && out->count > before);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}
