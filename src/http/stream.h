/* stream.h - an answer that goes on for as long as both sides want it: server-sent events (WHATWG HTML, section 9.2).
 *
 * A stream holds a connection, and no thread: while there is nothing to send its connection is suspended, and sending from any thread
 * wakes it. What waits to be sent is at most BS_STREAM_BYTES; who reads so slowly that more would wait is let go. Every
 * BS_STREAM_BEAT_SECONDS a comment goes out, for proxies that close what is silent; who has gone is noticed within a second.
 *
 * Reference counted: the connection has one, the caller of bs_stream_open the other. Safe from any thread. */
#ifndef BS_HTTP_STREAM_H
#define BS_HTTP_STREAM_H

#include "http/request.h"

enum { BS_STREAM_BYTES = 64 * 1024, BS_STREAM_BEAT_SECONDS = 15, BS_STREAMS_MAX = 256 /* of one server */ };

struct bs_stream;

/* Answer the request with a stream; *out is the caller's reference. `policy` as of bs_response_options.
 *   BS_BUSY  there are BS_STREAMS_MAX already, or the server is stopping. */
enum bs_rc bs_stream_open(struct bs_request *request, const struct bs_policy *policy, struct bs_stream **out, struct bs_err *err) BS_CHECK;
/* Send an event of this name; neither text has a line feed. False: nobody hears it any more, and what is left to do is bs_stream_drop. */
bool bs_stream_send(struct bs_stream *stream, struct bs_str event, struct bs_str data);
/* Whether somebody hears it still. */
bool bs_stream_alive(struct bs_stream *stream);
/* End it, if it has not, and give the reference back. Accepts NULL, leaves NULL. */
void bs_stream_drop(struct bs_stream **stream);

#endif
