/* stream.c - see stream.h.
 *
 * The library asks for bytes by a callback. When there are none, the callback suspends the connection, which takes it out of the loop of its
 * thread, and whoever has bytes later resumes it. Both happen under the stream's lock, so that no wake-up falls between looking and going to
 * sleep. A connection that is asleep lives: the library takes none down before it is resumed. So those of a server that stops are resumed
 * first, with nothing more to come. */
#include "http/internal.h"

#include <microhttpd.h>
#include <poll.h>
#include <stdlib.h>

#include "http/stream.h"

enum { PIECE = 4096, SECOND = 1000000 };

struct bs_stream {
	pthread_mutex_t lock;
	unsigned references;
	struct bs_server *server;
	struct bs_stream *next, **link; /* in the server's list, under its lock; NULL: not in it any more */
	struct MHD_Connection *wire;    /* NULL: not being sent, or no longer */
	int socket;
	bool asleep, ended;
	int64_t sent_at;                /* microseconds, monotonic */
	struct bs_buf waiting;
	size_t taken;                   /* bytes of it that are on their way */
};

/* --- under the lock ------------------------------------------------------------------------------------------------------------ */

static void wake(struct bs_stream *stream)
{
	if (stream->asleep)
		MHD_resume_connection(stream->wire);
	stream->asleep = false;
}

static void end(struct bs_stream *stream)
{
	stream->ended = true;
	wake(stream);
}

static void put_begin(struct bs_stream *stream)
{
	/* What is on its way already makes room. */
	if (stream->taken == stream->waiting.len)
		stream->taken = stream->waiting.len = 0;
}

static bool put_done(struct bs_stream *stream)
{
	stream->sent_at = bs_monotonic_usec();
	if (stream->waiting.failed)
		end(stream);
	else
		wake(stream);
	return !stream->ended;
}

/* --- references ---------------------------------------------------------------------------------------------------------------- */

static void release(struct bs_stream *stream)
{
	unsigned left;

	pthread_mutex_lock(&stream->lock);
	left = --stream->references;
	pthread_mutex_unlock(&stream->lock);
	if (left > 0)
		return;
	pthread_mutex_destroy(&stream->lock);
	bs_buf_free(&stream->waiting);
	free(stream);
}

/* The connection is done with it. */
static void connection_gone(void *cls)
{
	struct bs_stream *stream = cls;
	struct bs_server *server = stream->server;

	pthread_mutex_lock(&server->streams_lock);
	if (stream->next != NULL)
		stream->next->link = stream->link;
	*stream->link = stream->next;
	server->stream_count--;
	pthread_mutex_unlock(&server->streams_lock);
	pthread_mutex_lock(&stream->lock);
	stream->wire = NULL;
	stream->ended = true;
	stream->asleep = false;
	pthread_mutex_unlock(&stream->lock);
	release(stream);
}

void bs_stream_drop(struct bs_stream **dropped)
{
	struct bs_stream *stream = *dropped;

	*dropped = NULL;
	if (stream == NULL)
		return;
	pthread_mutex_lock(&stream->lock);
	end(stream);
	pthread_mutex_unlock(&stream->lock);
	release(stream);
}

/* --- sending ------------------------------------------------------------------------------------------------------------------- */

static ssize_t next_bytes(void *cls, uint64_t at, char *to, size_t room)
{
	struct bs_stream *stream = cls;
	ssize_t count = MHD_CONTENT_READER_END_OF_STREAM;
	size_t left;

	(void)at;
	pthread_mutex_lock(&stream->lock);
	left = stream->waiting.len - stream->taken;
	if (left > 0 && !stream->waiting.failed) {
		left = left < room ? left : room;
		memcpy(to, stream->waiting.data + stream->taken, left);
		stream->taken += left;
		count = (ssize_t)left;
	} else if (!stream->ended) {
		MHD_suspend_connection(stream->wire);
		stream->asleep = true;
		count = 0;
	}
	pthread_mutex_unlock(&stream->lock);
	return count;
}

bool bs_stream_send(struct bs_stream *stream, struct bs_str event, struct bs_str data)
{
	bool alive;

	pthread_mutex_lock(&stream->lock);
	put_begin(stream);
	bs_buf_lit(&stream->waiting, "event: ");
	bs_buf_put(&stream->waiting, event);
	bs_buf_lit(&stream->waiting, "\ndata: ");
	bs_buf_put(&stream->waiting, data);
	bs_buf_lit(&stream->waiting, "\n\n");
	alive = put_done(stream);
	pthread_mutex_unlock(&stream->lock);
	return alive;
}

bool bs_stream_alive(struct bs_stream *stream)
{
	bool alive;

	pthread_mutex_lock(&stream->lock);
	alive = !stream->ended;
	pthread_mutex_unlock(&stream->lock);
	return alive;
}

/* --- opening ------------------------------------------------------------------------------------------------------------------- */

static bool enter(struct bs_server *server, struct bs_stream *stream)
{
	bool room;

	pthread_mutex_lock(&server->streams_lock);
	room = !server->streams_closed && server->stream_count < BS_STREAMS_MAX && server->stream_count < server->options.max_connections / 4;
	if (room) {
		server->stream_count++;
		stream->link = &server->streams;
		stream->next = server->streams;
		if (stream->next != NULL)
			stream->next->link = &stream->next;
		server->streams = stream;
	}
	pthread_mutex_unlock(&server->streams_lock);
	return room;
}

enum bs_rc bs_stream_open(struct bs_request *request, const struct bs_policy *policy, struct bs_stream **out, struct bs_err *err)
{
	struct bs_connection *connection = request->connection;
	struct bs_header unbuffered = { BS_STR("X-Accel-Buffering"), BS_STR("no") }; /* said to nginx */
	struct bs_response_options options = { .type = BS_STR("text/event-stream"), .cache_control = BS_STR("no-store"), .policy = policy,
		                               .headers = &unbuffered, .header_count = 1 };
	struct bs_response *response = NULL;
	struct bs_stream *stream;
	enum bs_rc rc;

	*out = NULL;
	if (connection == NULL)
		return bs_fail(err, BS_INVALID, "a stream needs a connection");
	stream = bs_alloc(sizeof(*stream));
	pthread_mutex_init(&stream->lock, NULL);
	stream->references = 2;
	stream->server = connection->server;
	stream->wire = connection->wire;
	stream->socket = connection->socket;
	stream->sent_at = bs_monotonic_usec();
	stream->waiting = BS_BUF(BS_STREAM_BYTES);
	bs_buf_lit(&stream->waiting, "retry: 3000\n\n");
	if (!enter(stream->server, stream)) {
		stream->references = 1;
		release(stream);
		return bs_fail(err, BS_BUSY, "all %d streams are taken, or the server is stopping", BS_STREAMS_MAX);
	}
	rc = bs_response_from_callback(&options, MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, next_bytes, stream, connection_gone),
	                               &response, err);
	if (rc != BS_OK) { /* the connection's reference is gone with its response */
		bs_stream_drop(&stream);
		return rc;
	}
	connection->streams = true;
	bs_request_answer(request, response);
	*out = stream;
	return BS_OK;
}

/* --- by the clock, and at the end ------------------------------------------------------------------------------------------------ */

static bool has_hung_up(int socket)
{
	struct pollfd look = { .fd = socket, .events = POLLRDHUP };

	return poll(&look, 1, 0) > 0 && (look.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

void bs_streams_sweep(struct bs_server *server, int64_t now)
{
	pthread_mutex_lock(&server->streams_lock);
	for (struct bs_stream *stream = server->streams; stream != NULL; stream = stream->next) {
		pthread_mutex_lock(&stream->lock);
		if (stream->asleep && has_hung_up(stream->socket)) {
			end(stream);
		} else if (stream->asleep && now - stream->sent_at > (int64_t)BS_STREAM_BEAT_SECONDS * SECOND) {
			put_begin(stream);
			bs_buf_lit(&stream->waiting, ":\n\n");
			(void)put_done(stream);
		}
		pthread_mutex_unlock(&stream->lock);
	}
	pthread_mutex_unlock(&server->streams_lock);
}

void bs_streams_close(struct bs_server *server)
{
	pthread_mutex_lock(&server->streams_lock);
	server->streams_closed = true;
	for (struct bs_stream *stream = server->streams; stream != NULL; stream = stream->next) {
		pthread_mutex_lock(&stream->lock);
		end(stream);
		pthread_mutex_unlock(&stream->lock);
	}
	pthread_mutex_unlock(&server->streams_lock);
}
