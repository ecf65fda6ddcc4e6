/* visits.c - translations that readers ask for by coming; see translator.h. A page that is kept asks nothing, so what comes here is
 * little already. */
#include <inttypes.h>

#include "base/sys.h"
#include "translate/jobs.h"
#include "translate/open.h"

enum { USUAL = 6, MINUTE = 60 * 1000000 };

static bool may_ask(struct bs_translator *t)
{
	int64_t now = bs_monotonic_usec(), most = t->config->visits_per_minute > 0 ? t->config->visits_per_minute : USUAL;
	bool may;

	pthread_mutex_lock(&t->visits_lock);
	if (t->visits_since == 0 || now - t->visits_since >= MINUTE) {
		t->visits_since = now;
		t->visits = 0;
	}
	may = t->visits < most;
	t->visits += may;
	pthread_mutex_unlock(&t->visits_lock);
	return may;
}

struct visit {
	int64_t story_id;
	const struct bs_lang *lang;
};

static enum bs_rc ask(struct bs_db *db, void *ctx, struct bs_err *err)
{
	const struct visit *visit = ctx;

	return bs_translate_ask(db, visit->story_id, visit->lang->code, 0, err);
}

void bs_translator_visited(struct bs_translator *t, int64_t story_id, const struct bs_lang *written, const struct bs_lang *lang)
{
	struct visit visit = { story_id, lang };
	struct bs_err err = { 0 };
	enum bs_rc rc;

	if (written == NULL || !bs_translate_list_has(bs_str_c(t->config->on_visit), lang->code) || !bs_translator_has_path(t, written, lang) ||
	    !may_ask(t))
		return;
	rc = bs_pool_transact(t->pool, ask, &visit, &err);
	if (rc != BS_OK)
		bs_log(BS_LOG_WARN, "story %" PRId64 " in " BS_FMT ", which a reader asked for: %s", story_id, BS_ARG(lang->code), err.text);
}
