/* internal.h - what the files of this room share and no other room sees: variants of a response, the connection, the
 * guard against slow and many clients, the access log. Where something belongs to libmicrohttpd it is a void pointer here;
 * only response.c (its responses), stream.c (those that go on), later.c (suspending), head.c and request.c (what came in) and wire.c
 * (all else) know its types. */
#ifndef BS_HTTP_INTERNAL_H
#define BS_HTTP_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>

#include "http/negotiate.h"
#include "http/server.h"

#include "base/sys.h"

/* ---- response.c ---- */

enum { BS_ETAG_MAX = 48 }; /* bytes of an entity tag with its quotes, NUL included */

/* One coding of a response. Immutable but for the library's two objects, which are made when first sent. */
struct bs_variant {
	enum bs_coding coding;
	struct bs_str body;             /* malloc'd; empty for a file */
	uint64_t length;                /* bytes that go out */
	char etag[BS_ETAG_MAX];         /* "" where there is none */
	_Atomic(void *) whole;          /* the library's response */
	_Atomic(void *) unchanged;      /* the same for 304 */
};

/* The variant for a client that would like this coding; another where that one is no smaller. Lives as long as the response. */
const struct bs_variant *bs_response_variant(struct bs_response *response, enum bs_coding wanted);
/* What to queue for the whole of it, and for 304. Borrowed from the response. */
void *bs_response_whole(struct bs_response *response, const struct bs_variant *variant);
void *bs_response_unchanged(struct bs_response *response, const struct bs_variant *variant);
int64_t bs_response_modified(const struct bs_response *response);

/* A response whose body is `range` of an open file; used once, not shared. Takes the descriptor over, whatever comes of it.
 * `etag` is sent as it is. Errors as bs_response_new. */
enum bs_rc bs_response_from_file(const struct bs_response_options *options, int file, struct bs_range range, struct bs_str etag,
                                 struct bs_response **out, struct bs_err *err) BS_CHECK;

/* A response whose body the library's object `whole` makes as it goes; used once, not shared. Takes the object over, whatever comes of it. */
enum bs_rc bs_response_from_callback(const struct bs_response_options *options, void *whole, struct bs_response **out,
                                     struct bs_err *err) BS_CHECK;

/* ---- compress.c ---- */

/* Whether a body of this media type is of a kind and a size that gets smaller. */
bool bs_worth_compressing(struct bs_str body, struct bs_str type);
/* The bytes in gzip or brotli, malloc'd; an empty slice when that is not smaller by a twentieth at least. The same bytes
 * give the same result in every process. */
struct bs_str bs_compress(struct bs_str plain, enum bs_coding coding);

/* ---- access_log.c: one line per request, gathered per thread, written by the clock or when there is a block of them ---- */

struct bs_access_log;

struct bs_access {
	const char *address;  /* "-" where it is not to be known */
	const char *method, *version; /* NULL: the request could not be read */
	struct bs_str target; /* as it was sent */
	int status;
	uint64_t bytes;       /* of the body */
};

enum bs_rc bs_access_log_open(const char *path, unsigned workers, struct bs_access_log **out, struct bs_err *err) BS_CHECK;
/* Writes what is left and closes. Accepts NULL, leaves NULL. */
void bs_access_log_close(struct bs_access_log **log);
void bs_access_log_put(struct bs_access_log *log, unsigned worker, const struct bs_access *access);
void bs_access_log_flush(struct bs_access_log *log);
/* Close the file and open it again under its name. Any thread. */
void bs_access_log_reopen(struct bs_access_log *log);

/* ---- guard.c: who is connected, since when, and who has to go ---- */

/* What a connection is doing, which says whose turn it is, and so whose time runs. */
enum bs_phase {
	BS_PHASE_FREE,      /* no connection */
	BS_PHASE_NEW,       /* connected, no request line yet */
	BS_PHASE_IDLE,      /* answered, waits for the next */
	BS_PHASE_RECEIVING, /* has sent a request line, not yet all of the request */
	BS_PHASE_ANSWERING, /* our turn: a handler works */
	BS_PHASE_SENDING,   /* the answer goes out as fast as the peer reads */
	BS_PHASE_STREAMING, /* it has no end: see stream.c, which looks after it */
};

struct bs_connection {
	_Atomic uint64_t stamp; /* phase and its start, in one word so that the sweeper sees both or neither; see guard.c */
	int socket;
	unsigned next_free;
	unsigned address;       /* its cell of the guard's counts */

	/* Of the sweeper alone: how far the peer had read, when that was looked at, and in which phase. */
	uint64_t seen_stamp, seen_acked;
	int64_t seen_at;

	/* Of the request in progress. Its strings live in the library's memory until it is done. */
	struct bs_server *server;
	void *wire;             /* the library's connection */
	int64_t started;        /* microseconds, monotonic */
	enum bs_method method;
	bool head_checked;
	bool has_query;         /* the target is in `target`: the library takes queries apart in place */
	int refused;            /* a status: what is still coming is thrown away and then answered with it */
	bool streams;           /* the answer is a stream */
	enum bs_turn {
		BS_TURN_HERE,   /* the thread that serves it handles it */
		BS_TURN_LATER,  /* its handler has to wait: it is about to be put aside */
		BS_TURN_AGAIN,  /* it is put aside, or back with `ready` */
	} turn;
	enum bs_wait wait;      /* of one that is put aside */
	struct bs_connection *next_later;
	struct bs_response *ready; /* made while it was put aside */
	bool roomy;             /* it holds a place of server->roomy */
	size_t thrown_away;
	size_t target_len;
	struct bs_str accept_encoding;
	struct bs_preconditions has;
	const char *method_text, *version, *path;
	struct bs_buf body;
	int status;             /* of the answer that was queued; 0: none yet */
	uint64_t length;        /* bytes of its body */
	char target[BS_MAX_REQUEST_TARGET];
};

struct bs_guard_options {
	unsigned max_connections, max_per_address;
	unsigned request_seconds, idle_seconds, min_rate;
	struct bs_metrics *metrics;
};

struct bs_guard;
struct sockaddr;

struct bs_guard *bs_guard_new(const struct bs_guard_options *options);
void bs_guard_free(struct bs_guard **guard);
/* Whether another connection from this address may come in. */
bool bs_guard_admits(struct bs_guard *guard, const struct sockaddr *peer);
/* A place for the connection on this socket; NULL when all are taken. */
struct bs_connection *bs_guard_enter(struct bs_guard *guard, int socket, const struct sockaddr *peer);
/* Whether it was answered though none of its requests has begun: the library itself refused the first bytes that came. */
bool bs_guard_was_refused(const struct bs_connection *connection);
/* Call before the socket is closed: the sweeper might otherwise end whoever gets the same number next. */
void bs_guard_leave(struct bs_guard *guard, struct bs_connection *connection);
/* Nobody new comes in, and who is idle has to go. */
void bs_guard_close(struct bs_guard *guard);
/* End those whose time is over. `now` in microseconds, monotonic. Called by one thread. */
void bs_guard_sweep(struct bs_guard *guard, int64_t now);
/* Connections in any phase, and those with a request in progress. */
unsigned bs_guard_count(struct bs_guard *guard, unsigned *busy);

void bs_connection_turn(struct bs_connection *connection, enum bs_phase phase, int64_t now);

/* ---- stream.c ---- */

struct bs_stream;

/* Wake those that have been silent for long, end those whose peer has gone. Called by one thread. `now` in microseconds, monotonic. */
void bs_streams_sweep(struct bs_server *server, int64_t now);
/* End all, and let no further one begin. */
void bs_streams_close(struct bs_server *server);

/* ---- later.c ---- */

struct bs_later {
	pthread_mutex_t lock; /* of all of it */
	pthread_cond_t change;
	struct bs_line {
		struct bs_connection *first, *last;
		unsigned count; /* that are put aside, or about to be */
	} lines[BS_WAITS];
	bool closed;          /* nobody further is */
	unsigned thread_count;
	pthread_t threads[BS_SERVER_WAITERS];
};

enum bs_rc bs_later_start(struct bs_server *server, struct bs_err *err) BS_CHECK;
/* Put aside one with BS_TURN_LATER: suspended when this returns, and its thread's no more. */
void bs_later_put(struct bs_connection *connection);
/* Have all that are put aside answered, and end the threads. The library's must still be running. */
void bs_later_stop(struct bs_server *server);

/* ---- head.c ---- */

/* 0 and how long the body is, 0 when the head does not say; or the status to refuse the request with. Takes method, preconditions and
 * codings from the head into the connection. */
int bs_head_check(struct bs_connection *connection, uint64_t *length) BS_CHECK;

/* ---- request.c ---- */

struct bs_worker;

/* A line of text for programs and for people whom nothing nicer reached. `allow`: methods that the answer names; 0: none. */
struct bs_response *bs_response_line(const struct bs_server *server, int status, unsigned allow);
/* The answer that the request's handler makes; it has the worker's arena as long as it runs. NULL when the connection has to wait for it. */
struct bs_response *bs_request_handle(struct bs_connection *connection, struct bs_worker *worker);

/* ---- wire.c: libmicrohttpd's side ---- */

struct bs_worker {
	struct bs_server *server;
	unsigned id;
	unsigned refusal; /* status of the last answer that the library gave by itself in this thread */
	struct bs_arena *arena;
	char room[BS_MAX_REQUEST_TARGET]; /* of the target being decoded */
};

struct bs_server {
	struct bs_server_options options; /* with the defaults put in */
	void *daemon;                     /* libmicrohttpd's */
	int listener;
	char address[64];
	struct bs_worker *workers;        /* of its threads, then of those of `later` */
	atomic_uint roomy;                /* bodies over max_body that are being taken in, or answered */
	atomic_uint workers_known;        /* threads that have shown up and got their struct bs_worker */
	struct bs_guard *guard;
	pthread_mutex_t streams_lock;     /* of the next three; taken before the lock of a stream */
	struct bs_stream *streams;
	unsigned stream_count;
	bool streams_closed;
	struct bs_later later;
	struct bs_access_log *log;        /* NULL: none */
	struct bs_counter *requests[6];   /* by the first digit of the status */
	struct bs_counter *bytes;
	struct bs_histogram *seconds;
	pthread_t sweeper;
	atomic_bool stopping;
};

/* Serve on server->listener from now on. */
enum bs_rc bs_wire_start(struct bs_server *server, struct bs_err *err) BS_CHECK;
/* Handle a request that is put aside; `closed`: answer 503. */
void bs_wire_handle(struct bs_connection *connection, struct bs_worker *worker, bool closed);
/* End all connections and threads. The listener is closed. */
void bs_wire_stop(struct bs_server *server);

/* --- whom a client may reach ---- */

struct sockaddr;
enum bs_reach_of_address {
	BS_ADDRESS_PUBLIC,
	BS_ADDRESS_LOCAL,   /* this machine */
	BS_ADDRESS_PRIVATE, /* of a house or a link, for special uses, or of another family */
};
enum bs_reach_of_address bs_reach_of_address(const struct sockaddr *address);

#endif
