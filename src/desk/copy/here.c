/* here.c - see here.h. A table of fixed size under one lock: some dozens of people, asked every few seconds. */
#include "desk/copy/here.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/sys.h"
#include "desk/copy/copy.h"
#include "desk/copy/events.h"
#include "desk/flow.h"
#include "desk/pages.h"
#include "lang/date.h"
#include "text/json.h"

enum { NAMES_MAX = 20, USEC = 1000000 };

struct page { /* on which somebody writes */
	char story[BS_MAX_PUBLIC_ID], copy[BS_COPY_ID_LEN];
	size_t story_len;
	int64_t account_id;
	char name[BS_MAX_PERSON_NAME];
	size_t name_len;
	int64_t until; /* monotonic; 0: a free place */
};

struct bs_here {
	pthread_mutex_t lock;
	size_t most; /* places that were ever taken */
	struct page pages[BS_HERE_MAX];
};

struct bs_here *bs_here_new(void)
{
	struct bs_here *here = bs_alloc(sizeof(*here));

	pthread_mutex_init(&here->lock, NULL);
	return here;
}

void bs_here_free(struct bs_here **here)
{
	if (*here == NULL)
		return;
	pthread_mutex_destroy(&(*here)->lock);
	free(*here);
	*here = NULL;
}

/* Its place, else a free one, else NULL. The lock is held. */
static struct page *place_of(struct bs_here *here, struct bs_str copy, int64_t account_id, int64_t now)
{
	struct page *free_place = here->most < BS_HERE_MAX ? &here->pages[here->most] : NULL;

	for (size_t i = 0; i < here->most; i++) {
		struct page *page = &here->pages[i];
		if (page->until > now && page->account_id == account_id && bs_str_eq(bs_str_n(page->copy, BS_COPY_ID_LEN), copy))
			return page;
		if (page->until <= now)
			free_place = page;
	}
	return free_place;
}

/* Whether that is news to the others. */
static bool enter(struct bs_here *here, const struct bs_visit *visit, struct bs_str story, struct bs_str copy, bool leaves)
{
	bool news = false;
	struct bs_str name = bs_str_utf8_prefix(visit->session.account.name, BS_MAX_PERSON_NAME);
	int64_t now = bs_monotonic_usec();
	struct page *page;

	pthread_mutex_lock(&here->lock);
	page = place_of(here, copy, visit->session.account.id, now);
	if (page != NULL) {
		news = leaves == (page->until > now);
		here->most += page == &here->pages[here->most];
		memcpy(page->story, story.ptr, story.len);
		page->story_len = story.len;
		memcpy(page->copy, copy.ptr, BS_COPY_ID_LEN);
		memcpy(page->name, name.ptr, name.len);
		page->name_len = name.len;
		page->account_id = visit->session.account.id;
		page->until = leaves ? 0 : now + (int64_t)BS_HERE_SECONDS * USEC;
	}
	pthread_mutex_unlock(&here->lock);
	return news;
}

/* Each of the others once. */
static void names_put(struct bs_here *here, const struct bs_visit *visit, struct bs_str story, struct bs_json *names)
{
	int64_t now = bs_monotonic_usec(), seen[NAMES_MAX];
	size_t count = 0;

	pthread_mutex_lock(&here->lock);
	for (size_t i = 0; i < here->most && count < NAMES_MAX; i++) {
		const struct page *page = &here->pages[i];
		bool new = page->until > now && page->account_id != visit->session.account.id &&
		           bs_str_eq(bs_str_n(page->story, page->story_len), story);
		for (size_t k = 0; k < count; k++)
			new &= seen[k] != page->account_id;
		if (!new)
			continue;
		seen[count++] = page->account_id;
		bs_json_add_string(names, BS_STR(""), bs_arena_copy(visit->arena, bs_str_n(page->name, page->name_len)));
	}
	pthread_mutex_unlock(&here->lock);
}

/* --- answering ------------------------------------------------------------------------------------------------------------------ */

bool bs_here_same_person(const struct bs_visit *visit)
{
	return bs_str_eq(bs_visit_field(visit, "account"), visit->session.account.public_id);
}

static struct bs_str clock_text(const struct bs_visit *visit, enum bs_date_form form, int64_t time)
{
	return bs_date(visit->arena, visit->lang, form, visit->publication->zone, time);
}

static enum bs_rc print(struct bs_visit *visit, const struct bs_json *answer, struct bs_err *err)
{
	visit->type = BS_STR("application/json");
	return bs_json_write(answer, visit->out, err);
}

enum bs_rc bs_here_answer_other(struct bs_visit *visit, struct bs_err *err)
{
	struct bs_json *answer = bs_json_new_object(visit->arena);

	bs_json_add_bool(answer, BS_STR("other"), true);
	visit->status = 409;
	return print(visit, answer, err);
}

/* What the story's newest revision is, and who made it. */
static enum bs_rc story_put(struct bs_visit *visit, struct bs_json *answer, int64_t story_id, struct bs_err *err)
{
	struct bs_desk_story story;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_desk_story_head(visit->arena, visit->db, story_id, &story, err), may;

	if (rc == BS_OK)
		rc = bs_db_query(visit->db, BS_Q_desk_revisions, BS_VALUES(bs_int(story_id), bs_int(1)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		bs_json_add_string(answer, BS_STR("who"), bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_desk_revisions_who)));
	bs_stmt_free(&stmt);
	if (rc != BS_OK)
		return rc;
	may = bs_visit_may(visit, bs_action_of_saving(story.status), story_id, err);
	bs_json_add_int(answer, BS_STR("revision"), story.revision_id);
	bs_json_add_int(answer, BS_STR("number"), story.number);
	bs_json_add_string(answer, BS_STR("when"), clock_text(visit, BS_DATE_TIME, story.changed_at));
	bs_json_add_string(answer, BS_STR("status"), bs_word_of(visit, "status.", bs_status_name(story.status)));
	bs_json_add_bool(answer, BS_STR("may"), may == BS_OK);
	return may == BS_DENIED ? BS_OK : may;
}

enum bs_rc bs_here_answer(struct bs_visit *visit, struct bs_json *answer, struct bs_str story, int64_t story_id, struct bs_err *err)
{
	struct bs_here *here = visit->desk->here;
	enum bs_rc rc = BS_OK;

	if (enter(here, visit, story, bs_visit_field(visit, "copy"), bs_visit_field(visit, "leave").len > 0))
		bs_events_tell(visit->desk->events, story, 0, BS_STR("here"), story);
	bs_json_add_string(answer, BS_STR("time"), clock_text(visit, BS_DATE_CLOCK, visit->now));
	names_put(here, visit, story, bs_json_add_array(answer, BS_STR("here")));
	if (story_id != 0)
		rc = story_put(visit, answer, story_id, err);
	return rc == BS_OK ? print(visit, answer, err) : rc;
}

/* POST: public-id and copy of a page that is open; `leave` when it is not any more. */
BS_DESK_ACT(copy_here)
{
	struct bs_str story = bs_visit_field(visit, "public-id");
	int64_t id;
	enum bs_rc rc;

	if (!bs_copy_id_good(bs_visit_field(visit, "copy")))
		return bs_fail(err, BS_INVALID, "no copy");
	if (!bs_here_same_person(visit))
		return bs_here_answer_other(visit, err);
	rc = bs_copy_story(visit, visit->db, story, &id, err);
	return rc == BS_OK ? bs_here_answer(visit, bs_json_new_object(visit->arena), story, id, err) : rc;
}
