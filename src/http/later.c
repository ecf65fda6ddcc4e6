/* later.c - requests whose handler has to wait: put aside by the thread that serves them, handled by a few others; see bs_request_may_wait.
 *
 * The connection of a request that is put aside is suspended, which takes it out of the loop of its thread; then it belongs to the threads
 * here until it is resumed with its answer in `ready`, and wire.c queues that. A connection that is suspended lives: the library takes none
 * down before it is resumed. So a server that stops has each of them answered first, those that nobody has begun on with 503. */
#include "http/internal.h"

#include <microhttpd.h>

static struct bs_connection *next_of(struct bs_line *line)
{
	struct bs_connection *connection = line->first;

	line->first = connection->next_later;
	if (line->first == NULL)
		line->last = NULL;
	return connection;
}

/* The threads come in order of their ids: those for what is brief, then those for what is long. */
static enum bs_wait wait_of(const struct bs_worker *worker)
{
	return worker->id < worker->server->options.threads + BS_SERVER_WAITERS_BRIEF ? BS_WAIT_BRIEF : BS_WAIT_LONG;
}

static void *handle_all(void *cls)
{
	struct bs_worker *worker = cls;
	struct bs_later *later = &worker->server->later;
	struct bs_line *line = &later->lines[wait_of(worker)];

	pthread_mutex_lock(&later->lock);
	while (line->count > 0 || !later->closed) {
		struct bs_connection *connection;
		bool closed = later->closed;

		if (line->first == NULL) {
			pthread_cond_wait(&later->change, &later->lock);
			continue;
		}
		connection = next_of(line);
		pthread_mutex_unlock(&later->lock);
		bs_wire_handle(connection, worker, closed);
		MHD_resume_connection(connection->wire); /* from here on it is its own thread's */
		pthread_mutex_lock(&later->lock);
		if (--line->count == 0 && later->closed)
			pthread_cond_broadcast(&later->change);
	}
	pthread_mutex_unlock(&later->lock);
	return NULL;
}

bool bs_request_may_wait(struct bs_request *request, enum bs_wait wait)
{
	struct bs_connection *connection = request->connection;
	struct bs_later *later;

	if (connection == NULL || connection->turn == BS_TURN_AGAIN)
		return true;
	later = &connection->server->later;
	pthread_mutex_lock(&later->lock);
	if (later->closed || later->lines[wait].count >= BS_SERVER_LATER) {
		bs_request_refuse(request, 503);
	} else {
		later->lines[wait].count++;
		connection->wait = wait;
		connection->turn = BS_TURN_LATER;
	}
	pthread_mutex_unlock(&later->lock);
	return false;
}

void bs_later_put(struct bs_connection *connection)
{
	struct bs_later *later = &connection->server->later;
	struct bs_line *line = &later->lines[connection->wait];

	connection->turn = BS_TURN_AGAIN;
	connection->next_later = NULL;
	MHD_suspend_connection(connection->wire);
	pthread_mutex_lock(&later->lock);
	if (line->last != NULL)
		line->last->next_later = connection;
	else
		line->first = connection;
	line->last = connection;
	pthread_cond_broadcast(&later->change); /* some of those who wait are for the other line */
	pthread_mutex_unlock(&later->lock);
}

enum bs_rc bs_later_start(struct bs_server *server, struct bs_err *err)
{
	struct bs_later *later = &server->later;

	for (; later->thread_count < BS_SERVER_WAITERS; later->thread_count++) {
		struct bs_worker *worker = &server->workers[server->options.threads + later->thread_count];
		if (pthread_create(&later->threads[later->thread_count], NULL, handle_all, worker) != 0)
			return bs_fail(err, BS_IO, "the threads for what has to wait could not be started: the system gives none");
	}
	return BS_OK;
}

void bs_later_stop(struct bs_server *server)
{
	struct bs_later *later = &server->later;

	pthread_mutex_lock(&later->lock);
	later->closed = true;
	pthread_cond_broadcast(&later->change);
	pthread_mutex_unlock(&later->lock);
	while (later->thread_count > 0)
		pthread_join(later->threads[--later->thread_count], NULL);
}
