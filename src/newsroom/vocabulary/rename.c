/* rename.c - where terms are named by their slugs: see parts.h. */
#include "newsroom/vocabulary/parts.h"
#include "text/json.h"

/* {"themes":["a","b"]} with another slug in a's place, and none twice. *changed: it was there. */
static enum bs_rc rule_renamed(struct bs_arena *arena, struct bs_str rule, struct bs_str set, struct bs_str from, struct bs_str to,
                               struct bs_str *out, bool *changed, struct bs_err *err)
{
	const struct bs_json *json = NULL;
	struct bs_json *made = bs_json_new_object(arena);
	struct bs_buf buf = BS_BUF(64 * 1024);
	enum bs_rc rc = bs_json_parse(arena, rule, &json, err);

	*changed = false;
	for (const struct bs_json *words = rc == BS_OK ? json->first : NULL; words != NULL; words = words->next) {
		struct bs_json *list = bs_json_add_array(made, words->name);
		bool here = bs_str_eq(words->name, set), stands = false;
		for (const struct bs_json *word = words->kind == BS_JSON_ARRAY ? words->first : NULL; word != NULL; word = word->next) {
			bool meant = here && (bs_str_eq(bs_json_string(word), from) || bs_str_eq(bs_json_string(word), to));
			*changed |= here && bs_str_eq(bs_json_string(word), from);
			if (!meant || !stands)
				bs_json_add_string(list, BS_STR(""), meant ? to : bs_json_string(word));
			stands |= meant;
		}
	}
	if (rc == BS_OK)
		rc = bs_json_write(made, &buf, err);
	*out = bs_arena_copy(arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return rc;
}

/* Notices that are placed by this term are placed by its new slug. */
enum bs_rc bs_vocabulary_rename_in_rules(struct bs_arena *arena, struct bs_db *db, enum bs_vocabulary vocabulary, struct bs_str from,
                                         struct bs_str to, struct bs_err *err)
{
	struct bs_str set = bs_arena_printf(arena, BS_FMT "s", BS_ALL(bs_vocabulary_name(vocabulary))), *rules = NULL, rule;
	int64_t *ids = NULL;
	size_t count = 0, room = 0, id_room = 0;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_notice_rules, BS_NO_VALUES, &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		BS_GROW(arena, rules, count, room, 8);
		BS_GROW(arena, ids, count, id_room, 8);
		rules[count] = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_notice_rules_applies));
		ids[count++] = bs_stmt_int(stmt, BS_C_notice_rules_id);
	}
	bs_stmt_free(&stmt);
	if (rc == BS_NOT_FOUND)
		rc = BS_OK;
	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		bool changed;
		rc = rule_renamed(arena, rules[i], set, from, to, &rule, &changed, err);
		if (rc == BS_OK && changed)
			rc = bs_db_exec(db, BS_Q_notice_rule_put, BS_VALUES(bs_int(ids[i]), bs_text(rule)), err);
		if (rc == BS_OK && changed)
			rc = bs_vocabulary_touch(db, BS_TAG_SITE, 0, err);
	}
	return rc;
}

/* The entries of menus that lead to a term lead to its new address. */
enum bs_rc bs_vocabulary_rename_in_menus(struct bs_arena *arena, struct bs_db *db, enum bs_vocabulary vocabulary, struct bs_str from,
                                         struct bs_str to, struct bs_err *err)
{
	static const struct bs_str menus[] = { BS_STR_INIT("menu.header"), BS_STR_INIT("menu.footer") };
	struct bs_str kind = bs_vocabulary_name(vocabulary), text;
	struct bs_str old = bs_arena_printf(arena, "\"/" BS_FMT "/" BS_FMT "\"", BS_ALL(kind), BS_ALL(from));
	struct bs_str now = bs_arena_printf(arena, "\"/" BS_FMT "/" BS_FMT "\"", BS_ALL(kind), BS_ALL(to));
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < BS_COUNT(menus) && rc == BS_OK; i++) {
		size_t at;
		bool changed;
		rc = bs_setting_get(arena, db, menus[i], &text, err);
		at = rc == BS_OK ? bs_str_find(text, old, 0) : SIZE_MAX;
		if (at == SIZE_MAX)
			continue;
		struct bs_str parts[] = { bs_str_sub(text, 0, at), bs_str_sub(text, at + old.len, SIZE_MAX) };
		rc = bs_setting_set(db, menus[i], bs_arena_join(arena, parts, 2, now), &changed, err);
	}
	return rc;
}
