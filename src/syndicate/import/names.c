/* names.c - people and terms that documents name: found under that name or slug, else made. See run.h.
 *
 * What was found once is remembered for the run. A name that is new gets its slug here and not in the ledger, because a slug made
 * from a name may belong to somebody who is there under another spelling: "THE ICE SEASON" is The Ice Season. */
#include "newsroom/naming.h"
#include "syndicate/import/run.h"

/* One question to the newsroom: the slug of a row, or empty. */
static enum bs_rc ask(struct bs_db *db, struct bs_arena *arena, const struct bs_query *query, struct bs_values values,
                      int column, struct bs_str *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, query, values, &stmt, err);

	*out = (struct bs_str){ 0 };
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		*out = column < 0 ? BS_STR("+") : bs_arena_copy(arena, bs_stmt_str(stmt, column));
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* What is remembered under a key; NULL: not asked for yet. */
static struct bs_str *remembered(struct bs_map *map, struct bs_str key)
{
	return bs_map_get(map, key);
}

static struct bs_str *remember(struct bs_import_run *run, struct bs_map *map, struct bs_str key, struct bs_str slug)
{
	struct bs_str *copy = BS_NEW(run->arena, struct bs_str);

	*copy = bs_arena_copy(run->arena, slug);
	*bs_map_put(map, bs_arena_copy(run->arena, key)) = copy;
	return copy;
}

/* For a name that leaves nothing in ASCII: the same name, the same slug. */
static struct bs_str nameless_slug(struct bs_arena *arena, const char *what, struct bs_str name)
{
	uint8_t hash[BS_IMPORT_HASH_SIZE];
	char hex[8];

	bs_import_hash(&name, 1, hash);
	bs_hex_encode(hash, 4, hex);
	return bs_arena_printf(arena, "%s-%.8s", what, hex);
}

/* --- people --- */

static enum bs_rc person_of_slug(struct bs_import_run *run, struct bs_arena *arena, struct bs_str slug, bool *known,
                                 struct bs_err *err)
{
	struct bs_str found, *memory = remembered(&run->people, slug);
	enum bs_rc rc;

	*known = true;
	if (memory != NULL)
		return BS_OK;
	rc = ask(run->db, arena, BS_Q_person_by_slug, BS_VALUES(bs_text(slug)), -1, &found, err);
	*known = found.len > 0;
	if (rc == BS_OK)
		(void)remember(run, &run->people, slug, slug);
	return rc;
}

static enum bs_rc person_of_name(struct bs_import_run *run, struct bs_arena *arena, struct bs_str name,
                                 const struct bs_lang *lang, struct bs_str *slug, struct bs_err *err)
{
	struct bs_str key = bs_arena_printf(arena, "=%.*s", (int)name.len, name.ptr),
		      *memory = remembered(&run->people, key);
	enum bs_rc rc;

	if (memory != NULL) {
		*slug = *memory;
		return BS_OK;
	}
	rc = ask(run->db, arena, BS_Q_person_by_name, BS_VALUES(bs_text(name)), BS_C_person_by_name_slug, slug, err);
	if (rc == BS_OK && slug->len == 0)
		*slug = bs_front_slug_of(arena, lang, name);
	if (rc == BS_OK && slug->len == 0)
		*slug = nameless_slug(arena, "person", name);
	if (rc == BS_OK)
		*slug = *remember(run, &run->people, key, *slug);
	return rc;
}

static enum bs_rc settle_credit(struct bs_import_run *run, struct bs_arena *arena, struct bs_str path,
                                struct bs_draft_credit *credit, const struct bs_lang *lang, struct bs_err *err)
{
	bool known = true, by_name = credit->slug.len == 0;
	enum bs_rc rc = BS_OK;

	if (by_name)
		rc = person_of_name(run, arena, credit->name, lang, &credit->slug, err);
	if (rc == BS_OK)
		rc = person_of_slug(run, arena, credit->slug, &known, err);
	if (rc == BS_OK && !known && !by_name)
		bs_import_remark(run, path, BS_REMARK_REFERENCE, credit->slug,
		                 "a person whom no file introduces; named after the slug");
	return rc;
}

/* --- terms --- */

static enum bs_rc term_of_slug(struct bs_import_run *run, struct bs_arena *arena, struct bs_str vocabulary,
                               struct bs_str slug, bool *known, struct bs_err *err)
{
	struct bs_str key = bs_arena_printf(arena, BS_FMT "/%.*s", BS_ALL(vocabulary), (int)slug.len, slug.ptr), found;
	enum bs_rc rc;

	*known = true;
	if (remembered(&run->terms, key) != NULL)
		return BS_OK;
	rc = ask(run->db, arena, BS_Q_term_by_slug, BS_VALUES(bs_text(vocabulary), bs_text(slug)), -1, &found, err);
	*known = found.len > 0;
	if (rc == BS_OK)
		(void)remember(run, &run->terms, key, slug);
	return rc;
}

static enum bs_rc slug_fits(struct bs_import_run *run, struct bs_arena *arena, const struct bs_naming *n, struct bs_str slug, bool *fits,
                            struct bs_err *err)
{
	struct bs_str key = bs_arena_printf(arena, BS_FMT "/" BS_FMT, BS_ALL(n->vocabulary), BS_ALL(slug));
	const struct bs_str *claimed = remembered(&run->claims, key); /* perhaps by the same story, which is not stored yet */
	enum bs_rc rc = BS_OK;

	if (claimed != NULL)
		*fits = bs_str_eq(*claimed, n->folded);
	else
		rc = bs_naming_fits(arena, run->db, n, slug, fits, err);
	if (rc == BS_OK && *fits && claimed == NULL)
		(void)remember(run, &run->claims, key, n->folded);
	return rc;
}

/* The slug of a name that no term has: that of the term which it spells otherwise, else one of its own. */
static enum bs_rc make_term_slug(struct bs_import_run *run, struct bs_arena *arena, struct bs_str vocabulary, struct bs_str name,
                                 const struct bs_lang *lang, struct bs_str *slug, struct bs_err *err)
{
	const struct bs_naming naming = bs_naming_of(arena, vocabulary, lang, name);
	struct bs_str made = naming.made;
	bool fits = false;
	enum bs_rc rc = BS_OK;

	*slug = made.len > 0 ? made : nameless_slug(arena, "term", name);
	for (int i = 2; rc == BS_OK && made.len > 0 && !fits && i < 1000; i++) {
		rc = slug_fits(run, arena, &naming, *slug, &fits, err);
		if (!fits)
			*slug = bs_arena_printf(arena, BS_FMT "-%d", BS_ALL(made), i);
	}
	return rc;
}

static enum bs_rc term_of_name(struct bs_import_run *run, struct bs_arena *arena, struct bs_str vocabulary,
                               struct bs_str name, const struct bs_lang *lang, struct bs_str *slug, struct bs_err *err)
{
	struct bs_str key = bs_arena_printf(arena, BS_FMT "=%.*s", BS_ALL(vocabulary), (int)name.len, name.ptr),
		      *memory = remembered(&run->terms, key);
	enum bs_rc rc;

	if (memory != NULL) {
		*slug = *memory;
		return BS_OK;
	}
	rc = ask(run->db, arena, BS_Q_term_by_name, BS_VALUES(bs_text(vocabulary), bs_text(name)),
	         BS_C_term_by_name_slug, slug, err);
	if (rc == BS_OK && slug->len == 0)
		rc = make_term_slug(run, arena, vocabulary, name, lang, slug, err);
	if (rc == BS_OK)
		*slug = *remember(run, &run->terms, key, *slug);
	return rc;
}

/* Whether a word that could be a slug is a name all the same, "marche" where "marché" has that slug: when that was made in this run, or
 * when a term goes by the word. */
static enum bs_rc is_name(struct bs_import_run *run, struct bs_arena *arena, struct bs_str vocabulary, struct bs_str word,
                          const struct bs_lang *lang, bool *is, struct bs_err *err)
{
	const struct bs_naming naming = bs_naming_of(arena, vocabulary, lang, bs_front_words_of_slug(arena, word, false));
	struct bs_str key = bs_arena_printf(arena, BS_FMT "/" BS_FMT, BS_ALL(vocabulary), BS_ALL(word)), found;
	bool claimed = remembered(&run->claims, key) != NULL, fits = true;
	enum bs_rc rc = slug_fits(run, arena, &naming, word, &fits, err);

	*is = claimed && !fits;
	if (rc != BS_OK || fits || claimed)
		return rc;
	rc = ask(run->db, arena, BS_Q_term_by_name, BS_VALUES(bs_text(vocabulary), bs_text(word)), BS_C_term_by_name_slug, &found, err);
	*is = found.len > 0;
	return rc;
}

static enum bs_rc settle_term(struct bs_import_run *run, struct bs_arena *arena, struct bs_str path,
                              struct bs_draft_term *term, const struct bs_lang *lang, bool exact, struct bs_err *err)
{
	struct bs_str vocabulary = bs_vocabulary_name(term->vocabulary);
	bool known = true, by_name = term->slug.len == 0;
	enum bs_rc rc = BS_OK;

	if (!by_name && !exact)
		rc = is_name(run, arena, vocabulary, term->slug, lang, &by_name, err);
	if (by_name && term->name.len == 0)
		term->name = term->slug;
	if (rc == BS_OK && by_name)
		rc = term_of_name(run, arena, vocabulary, term->name, lang, &term->slug, err);
	if (rc == BS_OK)
		rc = term_of_slug(run, arena, vocabulary, term->slug, &known, err);
	if (rc == BS_OK && !known && !by_name)
		bs_import_remark(run, path, BS_REMARK_REFERENCE,
		                 bs_arena_printf(arena, BS_FMT " " BS_FMT, BS_ALL(vocabulary), BS_ALL(term->slug)),
		                 "explained by no file; named after its slug");
	return rc;
}

/* --- notices in the text --- */

static enum bs_rc look_for_notice(struct bs_import_run *run, struct bs_str path, struct bs_str slug, struct bs_err *err)
{
	int64_t id;
	enum bs_rc rc = bs_db_int(run->db, BS_Q_notice_known, BS_VALUES(bs_text(slug)), &id, err);

	if (rc == BS_NOT_FOUND)
		bs_import_remark(run, path, BS_REMARK_REFERENCE, slug, "a notice in a text that no file explains; readers see nothing there");
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_import_names(struct bs_import_run *run, struct bs_arena *arena, struct bs_str path,
                           struct bs_draft *draft, bool exact, struct bs_err *err)
{
	const struct bs_lang *lang = bs_lang_find(draft->lang);
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < draft->byline_count && rc == BS_OK; i++)
		rc = settle_credit(run, arena, path, &draft->byline[i], lang, err);
	for (size_t i = 0; i < draft->term_count && rc == BS_OK; i++)
		rc = settle_term(run, arena, path, &draft->terms[i], lang, exact, err);
	for (size_t i = 0; i < draft->body.count && rc == BS_OK; i++) {
		struct bs_str notice = bs_block_notice(&draft->body.blocks[i]);
		if (notice.len > 0)
			rc = look_for_notice(run, path, notice, err);
	}
	return rc;
}

/* --- links into the own site --- */

/* What a path of this site names: a story or page, a term, a person. */
static enum bs_rc look_up_path(struct bs_import_run *run, struct bs_arena *arena, struct bs_str path, bool *known, struct bs_err *err)
{
	const struct bs_lang *lang = run->index.lang;
	struct bs_str parts[4], rest = bs_str_sub(path, 1, SIZE_MAX), found = { 0 };
	size_t count = 0, at = 0;
	int64_t year = 0, month = 0;
	enum bs_rc rc = BS_OK;

	while (count < BS_COUNT(parts) && bs_str_split(&rest, '/', &parts[count]))
		count++;
	if (count > 1 && bs_lang_find(parts[0]) != NULL)
		lang = bs_lang_find(parts[at++]);
	if (count - at == 3 && (bs_str_int(parts[at], &year) != BS_OK || bs_str_int(parts[at + 1], &month) != BS_OK))
		year = -1;
	if (rest.ptr == NULL && (count - at == 1 || count - at == 3))
		rc = ask(run->db, arena, BS_Q_import_address_holder,
		         BS_VALUES(bs_text(lang->code), bs_int(year), bs_int(month), bs_text(parts[count - 1])), -1, &found, err);
	else if (rest.ptr == NULL && count - at == 2 && bs_str_eq(parts[at], BS_STR("author")))
		rc = ask(run->db, arena, BS_Q_person_by_slug, BS_VALUES(bs_text(parts[at + 1])), -1, &found, err);
	else if (rest.ptr == NULL && count - at == 2)
		rc = ask(run->db, arena, BS_Q_term_by_slug, BS_VALUES(bs_text(parts[at]), bs_text(parts[at + 1])), -1, &found, err);
	*known = found.len > 0;
	return rc;
}

enum bs_rc bs_import_dangling(struct bs_import_run *run, struct bs_arena *arena, const struct bs_import_story *story,
                              const struct bs_body *body, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < body->link_count && rc == BS_OK; i++) {
		struct bs_str href = body->links[i].href, own = bs_import_index_own(&run->index, story, href);
		struct bs_str path = own.len > 0 ? own : href;
		bool known = false;

		path = bs_str_sub(path, 0, bs_str_find_byte(path, '#', 0));
		if (own.len == 0)
			path = bs_str_sub(path, 0, bs_str_find_byte(path, '?', 0));
		while (path.len > 1 && path.ptr[path.len - 1] == '/')
			path.len--;
		if (path.len < 2 || (own.len == 0 && (path.ptr[0] != '/' || path.ptr[1] == '/')) || bs_map_get(&run->index.addresses, path) != NULL)
			continue;
		if (own.len == 0)
			rc = look_up_path(run, arena, path, &known, err);
		if (rc == BS_OK && !known)
			bs_import_remark(run, story->file->path, BS_REMARK_REFERENCE, href,
			                 "neither among the documents nor in the newsroom; the link stays as it is");
	}
	return rc;
}
