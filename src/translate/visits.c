/* visits.c - translations that readers ask for by coming; see translator.h. A page that is kept asks nothing, so what comes here is
 * little already, and it is remembered only: a job is made of it by the queue's own threads. */
#include "base/sys.h"
#include "translate/jobs.h"
#include "translate/open.h"

enum { USUAL = 6, MINUTE = 60 * 1000000 };

/* Under the lock. */
static bool may_ask(struct bs_translator *t)
{
	int64_t now = bs_monotonic_usec(), most = t->config->visits_per_minute > 0 ? t->config->visits_per_minute : USUAL;
	bool may;

	if (t->visits_since == 0 || now - t->visits_since >= MINUTE) {
		t->visits_since = now;
		t->visits = 0;
	}
	may = t->visits < most;
	t->visits += may;
	return may;
}

static bool is_wanted(const struct bs_translator *t, int64_t story_id, const struct bs_lang *lang)
{
	for (size_t i = 0; i < t->wanted_count; i++) {
		if (t->wanted[i].story_id == story_id && t->wanted[i].lang == lang)
			return true;
	}
	return false;
}

bool bs_translator_visited(struct bs_translator *t, int64_t story_id, const struct bs_lang *written, const struct bs_lang *lang)
{
	bool taken = false;

	if (written == NULL || !bs_translate_list_has(bs_str_c(t->config->on_visit), lang->code) || !bs_translator_has_path(t, written, lang))
		return false;
	pthread_mutex_lock(&t->visits_lock);
	if (t->wanted_count < BS_VISITS_WANTED && !is_wanted(t, story_id, lang) && may_ask(t)) {
		t->wanted[t->wanted_count++] = (struct bs_visit_wanted){ story_id, lang };
		taken = true;
	}
	pthread_mutex_unlock(&t->visits_lock);
	return taken;
}

enum bs_rc bs_visits_plan(struct bs_plan *plan, struct bs_db *db, struct bs_err *err)
{
	struct bs_translator *t = bs_plan_ctx(plan);
	char key[BS_TRANSLATE_KEY];

	(void)db;
	(void)err;
	pthread_mutex_lock(&t->visits_lock);
	for (size_t i = 0; i < t->wanted_count; i++)
		bs_plan_job(plan, bs_translate_key(t->wanted[i].story_id, t->wanted[i].lang->code, key), 0);
	if (bs_plan_writes(plan))
		t->wanted_count = 0;
	pthread_mutex_unlock(&t->visits_lock);
	return BS_OK;
}
