/* translator.c - see translator.h. */
#include "translate/translator.h"

#include <stdlib.h>

#include "newsroom/translation.h"
#include "translate/glossary.h"
#include "translate/open.h"

enum { CHUNK = 200, KEPT_MAX = 4096, DAY = 86400 };

enum bs_rc bs_translator_open(const struct bs_translate_config *config, struct bs_pool *pool, const char *folder,
                              struct bs_translator **out, struct bs_err *err)
{
	struct bs_translator *t = bs_alloc(sizeof(*t));
	enum bs_rc rc = BS_OK;

	*t = (struct bs_translator){ .config = config, .pool = pool };
	pthread_mutex_init(&t->visits_lock, NULL);
	for (size_t i = 0; i < config->engine_count && rc == BS_OK; i++) {
		rc = bs_engine_open(&config->engines[i], folder, &t->engines[i], err);
		t->count += rc == BS_OK;
	}
	if (rc == BS_OK)
		*out = t;
	else
		bs_translator_free(&t);
	return rc;
}

void bs_translator_free(struct bs_translator **translator)
{
	if (*translator == NULL)
		return;
	for (size_t i = 0; i < (*translator)->count; i++)
		bs_engine_free(&(*translator)->engines[i]);
	pthread_mutex_destroy(&(*translator)->visits_lock);
	free(*translator);
	*translator = NULL;
}

const struct bs_translate_config *bs_translator_config(const struct bs_translator *translator)
{
	return translator->config;
}

static struct bs_engine *engine_of(const struct bs_translator *t, struct bs_str name)
{
	for (size_t i = 0; i < t->count; i++) {
		if (bs_str_eq(bs_str_c(bs_engine_about(t->engines[i])->name), name))
			return t->engines[i];
	}
	return NULL;
}

bool bs_translator_has_path(struct bs_translator *t, const struct bs_lang *from, const struct bs_lang *to)
{
	struct bs_str chain = bs_translate_chain_of(t->config, from, to), name;

	while (bs_translate_list_next(&chain, &name)) {
		struct bs_engine *engine = engine_of(t, name);
		if (engine != NULL && bs_engine_has_path(engine, from, to))
			return true;
	}
	return false;
}

/* --- what is to be done ---------------------------------------------------------------------------------------------------------- */

struct run {
	struct bs_translator *t;
	struct bs_arena *arena;
	const struct bs_translate_task *task;
	int64_t now;
	struct bs_translated *out;
	const struct bs_lang *from, *to;
	struct bs_kept kept[KEPT_MAX];
	size_t kept_count;
	struct bs_engine_passage *passages; /* that are missing */
	int64_t *ids;                       /* of these */
	size_t count;
	/* The chunk that an engine works on. */
	struct bs_engine *engine;
	size_t first, end;
	size_t written; /* of it */
};

static enum bs_rc read_story_lang(struct run *r, struct bs_db *db, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_translate_story, BS_VALUES(bs_int(r->task->story_id)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		r->from = bs_lang_find(bs_stmt_str(stmt, BS_C_translate_story_lang));
	else if (rc == BS_NOT_FOUND)
		rc = bs_fail(err, BS_NOT_FOUND, "there is no story %lld", (long long)r->task->story_id);
	bs_stmt_free(&stmt);
	return rc;
}

static bool is_paper(const struct run *r)
{
	return r->task->story_id == 0;
}

static enum bs_rc read_languages(struct run *r, struct bs_db *db, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	r->from = r->task->from;
	if (!is_paper(r))
		rc = read_story_lang(r, db, err);
	r->to = bs_lang_find(r->task->lang);
	if (rc == BS_OK && r->to == NULL)
		rc = bs_fail(err, BS_INVALID, "'" BS_FMT "' is no language that Broadsheet knows", BS_ARG(r->task->lang));
	return rc;
}

static void keep(struct run *r, struct bs_str text, struct bs_str said)
{
	if (text.len > 0 && r->kept_count < KEPT_MAX)
		r->kept[r->kept_count++] = (struct bs_kept){ bs_arena_copy(r->arena, text), bs_arena_copy(r->arena, said.len > 0 ? said : text) };
}

static enum bs_rc read_kept(struct run *r, struct bs_db *db, struct bs_err *err)
{
	struct bs_stmt *names = NULL;
	struct bs_terms terms;
	enum bs_rc rc = bs_glossary_list(r->arena, db, r->from->code, r->to->code, &terms, err);

	for (size_t i = 0; i < terms.count && rc == BS_OK; i++)
		keep(r, terms.list[i].source, terms.list[i].target);
	if (rc == BS_OK)
		rc = is_paper(r) ? bs_db_query(db, BS_Q_translate_people_names, BS_NO_VALUES, &names, err)
		                 : bs_db_query(db, BS_Q_translate_story_names, BS_VALUES(bs_int(r->task->story_id)), &names, err);
	while (rc == BS_OK && (rc = bs_stmt_next(names, err)) == BS_OK)
		keep(r, bs_stmt_str(names, 0), BS_STR(""));
	bs_stmt_free(&names);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc read_refused(struct run *r, struct bs_db *db, int64_t *ids, size_t room, size_t *count, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	struct bs_param lang = bs_text(r->to->code);
	enum bs_rc rc = is_paper(r) ? bs_db_query(db, BS_Q_translate_refusals_of_paper, BS_VALUES(lang), &stmt, err)
	                            : bs_db_query(db, BS_Q_translate_refusals_of_story, BS_VALUES(bs_int(r->task->story_id), lang), &stmt, err);

	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK && *count < room)
		ids[(*count)++] = bs_stmt_int(stmt, 0);
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static bool is_among(const int64_t *ids, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++) {
		if (ids[i] == id)
			return true;
	}
	return false;
}

static bool is_asked(const struct run *r, const struct bs_translation_row *row)
{
	return r->task->passage_id != 0 ? row->passage_id == r->task->passage_id : row->target.len == 0;
}

static enum bs_rc read_missing(struct run *r, struct bs_db *db, struct bs_err *err)
{
	struct bs_translation_row *rows;
	size_t count, refused_count = 0;
	int64_t *refused;
	enum bs_rc rc = is_paper(r) ? bs_translation_of_paper(r->arena, db, r->from->code, r->to->code, &rows, &count, err)
	                            : bs_translation_of_story(r->arena, db, r->task->story_id, r->to->code, &rows, &count, err);

	if (rc != BS_OK)
		return rc;
	refused = BS_ARRAY(r->arena, count + 1, int64_t);
	if (!r->task->again && r->task->passage_id == 0)
		rc = read_refused(r, db, refused, count, &refused_count, err);
	r->passages = BS_ARRAY(r->arena, count + 1, struct bs_engine_passage);
	r->ids = BS_ARRAY(r->arena, count + 1, int64_t);
	r->out->passages = count;
	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		if (!is_asked(r, &rows[i]))
			continue;
		r->out->missing++;
		if (is_among(refused, refused_count, rows[i].passage_id))
			continue;
		bs_inlines_of(r->arena, r->from, rows[i].source, r->kept, r->kept_count, &r->passages[r->count].pieces);
		r->ids[r->count++] = rows[i].passage_id;
	}
	return rc;
}

static enum bs_rc prepare(struct run *r, struct bs_err *err)
{
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_read(r->t->pool, &db, err);

	if (rc == BS_OK)
		rc = read_languages(r, db, err);
	if (rc == BS_OK && r->from != r->to)
		rc = read_kept(r, db, err);
	if (rc == BS_OK && r->from != r->to)
		rc = read_missing(r, db, err);
	bs_pool_return(&db);
	return rc;
}

/* --- what it costs --------------------------------------------------------------------------------------------------------------- */

static int64_t characters_of(const struct run *r)
{
	size_t characters = 0;

	for (size_t i = r->first; i < r->end; i++) {
		if (r->passages[i].markup.len == 0)
			characters += bs_inlines_characters(&r->passages[i].pieces);
	}
	return (int64_t)characters;
}

static enum bs_rc read_spent(struct run *r, struct bs_db *db, int64_t *characters, int64_t *cost, int64_t *all, struct bs_err *err)
{
	const char *name = bs_engine_about(r->engine)->name;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_int(db, BS_Q_translate_spent_all, BS_VALUES(bs_int(r->now / DAY)), all, err);

	*characters = *cost = 0;
	if (rc == BS_OK)
		rc = bs_db_query(db, BS_Q_translate_spent, BS_VALUES(bs_int(r->now / DAY), bs_text(bs_str_c(name))), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		*characters = bs_stmt_int(stmt, BS_C_translate_spent_characters);
		*cost = bs_stmt_int(stmt, BS_C_translate_spent_cost);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static bool is_over(int64_t spent, int64_t more, int64_t limit)
{
	return limit > 0 && spent + more > limit;
}

/* Counted before it is sent: two processes cannot spend the same. */
static enum bs_rc spend(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct run *r = ctx;
	const struct bs_engine_options *about = bs_engine_about(r->engine);
	int64_t characters = characters_of(r), cost = bs_engine_cost(r->engine, characters), spent, spent_cost, spent_all;
	enum bs_rc rc = read_spent(r, db, &spent, &spent_cost, &spent_all, err);

	if (rc != BS_OK)
		return rc;
	if (is_over(spent, characters, about->daily_characters) || is_over(spent_cost, cost, about->daily_cost))
		return bs_fail(err, BS_LIMIT, "engine '%s' has had what it may have today (daily_characters, daily_cost); more tomorrow",
		               about->name);
	if (is_over(spent_all, cost, r->t->config->daily_cost))
		return bs_fail(err, BS_LIMIT, "what may be spent on translation today is spent ([translate] daily_cost); more tomorrow");
	return bs_db_exec(db, BS_Q_translate_spend, BS_VALUES(bs_int(r->now / DAY), bs_text(bs_str_c(about->name)), bs_int(characters),
	                  bs_int(cost)), err);
}

/* --- one engine ------------------------------------------------------------------------------------------------------------------ */

static enum bs_rc transact(struct run *r, enum bs_rc (*fn)(struct bs_db *db, void *ctx, struct bs_err *err), struct bs_err *err)
{
	return bs_pool_transact(r->t->pool, fn, r, err);
}

static enum bs_rc save(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct run *r = ctx;
	struct bs_translation *list = BS_ARRAY(r->arena, r->end - r->first + 1, struct bs_translation);
	struct bs_translation_by by = { .origin = BS_ORIGIN_ENGINE, .maker = bs_engine_label(r->engine) };
	size_t count = 0;
	enum bs_rc rc = BS_OK;

	for (size_t i = r->first; i < r->end; i++) {
		if (r->passages[i].markup.len > 0)
			list[count++] = (struct bs_translation){ r->ids[i], r->passages[i].markup };
	}
	rc = bs_translation_save(r->arena, db, r->to->code, list, count, &by, r->now, &r->written, err);
	for (size_t i = 0; i < count && rc == BS_OK; i++)
		rc = bs_db_post(db, BS_Q_translate_refusal_remove, BS_VALUES(bs_text(r->to->code), bs_int(list[i].passage_id)), err);
	return rc;
}

/* The one passage that was asked for. */
static void take_said(struct run *r)
{
	for (size_t i = r->first; i < r->end; i++) {
		r->out->said = r->passages[i].markup;
		r->out->said_by = bs_engine_label(r->engine);
	}
}

/* What an engine made is kept whether or not it went on to the end. */
static enum bs_rc run_chunk(struct run *r, struct bs_err *err)
{
	struct bs_engine_batch batch = { r->from, r->to, &r->passages[r->first], r->end - r->first };
	enum bs_rc rc = transact(r, spend, err), saved;
	struct bs_err why = { 0 };

	if (rc != BS_OK)
		return rc;
	r->out->characters += characters_of(r);
	r->out->cost += bs_engine_cost(r->engine, characters_of(r));
	for (size_t i = r->first; i < r->end; i++)
		r->passages[i].refused = BS_STR(""); /* by the engine before */
	rc = bs_engine_translate(r->engine, r->arena, &batch, err);
	if (r->task->passage_id != 0) {
		take_said(r);
		return rc;
	}
	saved = transact(r, save, &why);
	if (saved != BS_OK) {
		*err = why;
		return saved;
	}
	r->out->written += r->written;
	return rc;
}

/* What has no translation moves together; returns how much that is. */
static size_t left_over(struct run *r)
{
	size_t left = 0;

	for (size_t i = 0; i < r->count; i++) {
		if (r->passages[i].markup.len > 0)
			continue;
		r->passages[left] = r->passages[i];
		r->ids[left++] = r->ids[i];
	}
	return left;
}

static enum bs_rc run_engine(struct run *r, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	if (r->task->dry_run) {
		r->first = 0;
		r->end = r->count;
		r->out->characters = characters_of(r);
		r->out->cost = bs_engine_cost(r->engine, r->out->characters);
		r->count = 0;
		return BS_OK;
	}
	for (r->first = 0; r->first < r->count && rc == BS_OK; r->first = r->end) {
		r->end = r->first + CHUNK < r->count ? r->first + CHUNK : r->count;
		rc = run_chunk(r, err);
	}
	r->count = left_over(r);
	return rc;
}

/* --- the chain -------------------------------------------------------------------------------------------------------------------- */

static enum bs_rc save_refused(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct run *r = ctx;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < r->count && rc == BS_OK; i++) {
		if (r->passages[i].refused.len > 0)
			rc = bs_db_post(db, BS_Q_translate_refusal_set, BS_VALUES(bs_text(r->to->code), bs_int(r->ids[i]),
			                bs_text(bs_str_c(bs_engine_about(r->engine)->name)), bs_text(r->passages[i].refused), bs_int(r->now)), err);
	}
	return rc;
}

/* An engine that fails leaves the rest to the next one; when none is left, its failure is the answer. */
static enum bs_rc run_chain(struct run *r, struct bs_err *err)
{
	struct bs_str chain = r->task->engine.len > 0 ? r->task->engine : bs_translate_chain_of(r->t->config, r->from, r->to), name;
	bool any = false;
	enum bs_rc rc = BS_OK;

	while (r->count > 0 && bs_translate_list_next(&chain, &name)) {
		struct bs_engine *engine = engine_of(r->t, name);
		if (engine == NULL)
			return bs_fail(err, BS_INVALID, "there is no engine '" BS_FMT "' in broadsheet.conf", BS_ARG(name));
		if (!bs_engine_has_path(engine, r->from, r->to))
			continue;
		any = true;
		r->engine = engine;
		rc = run_engine(r, err);
	}
	if (r->count > 0 && !any)
		return bs_fail(err, BS_INVALID, "no engine translates from " BS_FMT " to " BS_FMT "; install a pair of Apertium, or name "
		               "other engines in broadsheet.conf", BS_ARG(r->from->name), BS_ARG(r->to->name));
	return rc;
}

enum bs_rc bs_translator_story(struct bs_translator *t, struct bs_arena *arena, const struct bs_translate_task *task, int64_t now,
                               struct bs_translated *out, struct bs_err *err)
{
	struct run *r = BS_NEW(arena, struct run);
	enum bs_rc rc, saved;

	*out = (struct bs_translated){ 0 };
	*r = (struct run){ .t = t, .arena = arena, .task = task, .now = now, .out = out };
	rc = prepare(r, err);
	if (rc != BS_OK || r->count == 0)
		return rc;
	rc = run_chain(r, err);
	if (r->engine == NULL || task->dry_run || task->passage_id != 0)
		return rc;
	for (size_t i = 0; i < r->count; i++)
		out->refused += r->passages[i].refused.len > 0;
	if (out->refused == 0)
		return rc;
	saved = transact(r, save_refused, err);
	return saved != BS_OK ? saved : rc;
}

/* --- what the paper says of itself ------------------------------------------------------------------------------------------------ */

void bs_translated_add(struct bs_translated *sum, const struct bs_translated *one)
{
	sum->passages += one->passages;
	sum->missing += one->missing;
	sum->written += one->written;
	sum->refused += one->refused;
	sum->characters += one->characters;
	sum->cost += one->cost;
}

static enum bs_rc read_paper_languages(struct bs_translator *t, const struct bs_lang **list, size_t *count, struct bs_err *err)
{
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_read(t->pool, &db, err);

	*count = 0;
	if (rc == BS_OK)
		rc = bs_paper_languages(db, list, count, err);
	bs_pool_return(&db);
	return rc;
}

enum bs_rc bs_translator_paper(struct bs_translator *t, struct bs_arena *arena, const struct bs_translate_task *task, int64_t now,
                               struct bs_translated *out, struct bs_err *err)
{
	const struct bs_lang *from[BS_LANG_COUNT], *to = bs_lang_find(task->lang);
	struct bs_translated one;
	size_t count;
	enum bs_rc rc = read_paper_languages(t, from, &count, err);

	*out = (struct bs_translated){ 0 };
	for (size_t i = 0; i < count && rc == BS_OK; i++) {
		struct bs_translate_task part = { .from = from[i], .lang = task->lang, .engine = task->engine, .again = task->again,
			                          .dry_run = task->dry_run };
		if (to == NULL || from[i] == to || (task->engine.len == 0 && !bs_translator_has_path(t, from[i], to)))
			continue;
		rc = bs_translator_story(t, arena, &part, now, &one, err);
		bs_translated_add(out, &one);
	}
	return rc;
}
