/* events.c - see events.h. */
#include "desk/copy/events.h"

#include <pthread.h>
#include <stdlib.h>

#include "desk/copy/copy.h"
#include "desk/pages.h"
#include "http/stream.h"

struct listener {
	struct bs_stream *stream; /* NULL: a free place */
	char story[BS_MAX_PUBLIC_ID];
	size_t story_len;
	int64_t account_id;
};

struct bs_events {
	pthread_mutex_t lock;
	struct listener listeners[BS_STREAMS_MAX];
};

struct bs_events *bs_events_new(void)
{
	struct bs_events *events = bs_alloc(sizeof(*events));

	pthread_mutex_init(&events->lock, NULL);
	return events;
}

void bs_events_free(struct bs_events **events)
{
	if (*events == NULL)
		return;
	for (size_t i = 0; i < BS_STREAMS_MAX; i++)
		bs_stream_drop(&(*events)->listeners[i].stream);
	pthread_mutex_destroy(&(*events)->lock);
	free(*events);
	*events = NULL;
}

void bs_events_tell(struct bs_events *events, struct bs_str story, int64_t account_id, struct bs_str event, struct bs_str data)
{
	pthread_mutex_lock(&events->lock);
	for (size_t i = 0; i < BS_STREAMS_MAX; i++) {
		struct listener *listener = &events->listeners[i];
		if (listener->stream == NULL || (account_id != 0 && listener->account_id != account_id) ||
		    !bs_str_eq(bs_str_n(listener->story, listener->story_len), story))
			continue;
		if (!bs_stream_send(listener->stream, event, data))
			bs_stream_drop(&listener->stream);
	}
	pthread_mutex_unlock(&events->lock);
}

/* A free place, or NULL. Those that nobody hears any more are given up. The lock is held. */
static struct listener *place_for(struct bs_events *events, int64_t account_id)
{
	struct listener *place = NULL;
	size_t own = 0;

	for (size_t i = 0; i < BS_STREAMS_MAX; i++) {
		struct listener *listener = &events->listeners[i];
		if (listener->stream != NULL && !bs_stream_alive(listener->stream))
			bs_stream_drop(&listener->stream);
		if (listener->stream == NULL)
			place = listener;
		else
			own += listener->account_id == account_id;
	}
	return own < BS_EVENTS_PER_ACCOUNT ? place : NULL;
}

/* GET: ?story=, its public id. The answer is a stream. */
BS_DESK_SHOW(copy_events)
{
	struct bs_events *events = visit->desk->events;
	struct bs_str story = bs_visit_asked(visit, "story");
	struct bs_stream *stream = NULL;
	struct listener *place;
	int64_t id;
	enum bs_rc rc;

	rc = bs_copy_story(visit, visit->db, story, &id, err);
	if (rc != BS_OK)
		return rc;
	pthread_mutex_lock(&events->lock);
	place = place_for(events, visit->session.account.id);
	rc = place == NULL ? bs_fail(err, BS_BUSY, "more than %d pages of one person listen", BS_EVENTS_PER_ACCOUNT)
	                   : bs_stream_open(visit->request, &visit->desk->policy, &stream, err);
	if (rc == BS_OK) {
		visit->response = visit->request->response; /* which the visit hands back */
		visit->request->response = NULL;
		*place = (struct listener){ .stream = stream, .account_id = visit->session.account.id };
		memcpy(place->story, story.ptr, story.len);
		place->story_len = story.len;
	}
	pthread_mutex_unlock(&events->lock);
	return rc;
}
