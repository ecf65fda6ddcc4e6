/* guard.c - connections and their time; see internal.h.
 *
 * Every connection has a place in one array, made at the start, so that nothing is allocated when someone connects and the
 * sweeper can look at all of them. The threads that serve write one word per change of phase; the sweeper reads it a few
 * times a second and ends a connection by shutting its socket down, which the serving thread then notices and cleans up.
 *
 * How long a phase may last shrinks as places get scarce: those who hold one without using it make room for those who come.
 * Whoever reads an answer too slowly is told by the kernel's count of acknowledged bytes. Connections are counted per
 * address in a table of cells found by a keyed hash: two addresses may share a cell, one in thousands, but nobody outside can
 * choose which. IPv6 counts per /64, which is what one person has. */
#include "http/internal.h"

#include <linux/tcp.h> /* the C library's struct tcp_info ends before what is needed */
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "base/map.h"

enum { ADDRESS_CELLS = 1 << 14, PHASE_BITS = 3, NOBODY = -1 };
enum { SECOND = 1000000 }; /* microseconds */

/* Why the server ends a connection. */
enum fault { FAULTLESS, TOO_SLOW, READS_TOO_SLOWLY, IDLE, FAULTS };

struct bs_guard {
	struct bs_guard_options options;
	pthread_mutex_t lock; /* of the free list, and held while a socket is shut down */
	struct bs_connection *places;
	unsigned free, used, most; /* `most`: places that were ever taken */
	atomic_bool closed;
	atomic_ushort by_address[ADDRESS_CELLS];
	struct bs_counter *accepted, *turned_away, *ended[FAULTS];
};

static const char open_name[] = "broadsheet_http_connections", open_help[] = "Connections open now.";

static double count_open(void *ctx)
{
	return bs_guard_count(ctx, NULL);
}

struct bs_guard *bs_guard_new(const struct bs_guard_options *options)
{
	static const char name[] = "broadsheet_http_closed_total", help[] = "Connections that the server ended, by reason.";
	struct bs_guard *guard = bs_alloc(sizeof(*guard));

	guard->options = *options;
	pthread_mutex_init(&guard->lock, NULL);
	guard->places = bs_alloc(options->max_connections * sizeof(*guard->places));
	guard->free = (unsigned)NOBODY;
	guard->accepted = bs_metrics_counter(options->metrics, "broadsheet_http_connections_total", "", "Connections accepted.");
	guard->turned_away = bs_metrics_counter(options->metrics, name, "reason=\"address\"", help);
	guard->ended[TOO_SLOW] = bs_metrics_counter(options->metrics, name, "reason=\"slow-request\"", help);
	guard->ended[READS_TOO_SLOWLY] = bs_metrics_counter(options->metrics, name, "reason=\"slow-reader\"", help);
	guard->ended[IDLE] = bs_metrics_counter(options->metrics, name, "reason=\"idle\"", help);
	bs_metrics_gauge(options->metrics, open_name, "", open_help, count_open, guard);
	return guard;
}

void bs_guard_free(struct bs_guard **guard)
{
	if (*guard == NULL)
		return;
	bs_metrics_gauge((*guard)->options.metrics, open_name, "", open_help, NULL, NULL);
	pthread_mutex_destroy(&(*guard)->lock);
	free((*guard)->places);
	free(*guard);
	*guard = NULL;
}

/* ---- coming and going ---- */

static unsigned cell_of(const struct sockaddr *peer)
{
	char bytes[9] = { 0 };

	if (peer != NULL && peer->sa_family == AF_INET) {
		memcpy(bytes + 1, &((const struct sockaddr_in *)(const void *)peer)->sin_addr, 4);
	} else if (peer != NULL && peer->sa_family == AF_INET6) {
		const struct in6_addr *address = &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr;
		bool mapped = IN6_IS_ADDR_V4MAPPED(address);
		bytes[0] = mapped ? 0 : 6;
		memcpy(bytes + 1, address->s6_addr + (mapped ? 12 : 0), mapped ? 4 : 8);
	}
	return (unsigned)(bs_hash(bs_str_n(bytes, sizeof(bytes))) % ADDRESS_CELLS);
}

bool bs_guard_admits(struct bs_guard *guard, const struct sockaddr *peer)
{
	if (atomic_load_explicit(&guard->closed, memory_order_relaxed))
		return false;
	if (guard->options.max_per_address == BS_SERVER_UNLIMITED)
		return true;
	if (atomic_load_explicit(&guard->by_address[cell_of(peer)], memory_order_relaxed) < guard->options.max_per_address)
		return true;
	bs_counter_add(guard->turned_away, 1);
	return false;
}

struct bs_connection *bs_guard_enter(struct bs_guard *guard, int socket, const struct sockaddr *peer)
{
	struct bs_connection *connection = NULL;

	pthread_mutex_lock(&guard->lock);
	if (guard->free != (unsigned)NOBODY) {
		connection = &guard->places[guard->free];
		guard->free = connection->next_free;
	} else if (guard->most < guard->options.max_connections) {
		connection = &guard->places[guard->most++];
	}
	if (connection != NULL) {
		guard->used++;
		connection->socket = socket;
		connection->address = cell_of(peer);
		atomic_fetch_add_explicit(&guard->by_address[connection->address], 1, memory_order_relaxed);
		bs_connection_turn(connection, BS_PHASE_NEW, bs_monotonic_usec());
	}
	pthread_mutex_unlock(&guard->lock);
	bs_counter_add(guard->accepted, 1);
	return connection;
}

static enum bs_phase phase_of(uint64_t stamp)
{
	return (enum bs_phase)(stamp & ((1 << PHASE_BITS) - 1));
}

bool bs_guard_was_refused(const struct bs_connection *connection)
{
	struct tcp_info info = { 0 };
	socklen_t size = sizeof(info);

	return phase_of(atomic_load(&connection->stamp)) == BS_PHASE_NEW &&
	       getsockopt(connection->socket, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 && info.tcpi_bytes_sent > 0;
}

void bs_guard_leave(struct bs_guard *guard, struct bs_connection *connection)
{
	pthread_mutex_lock(&guard->lock);
	atomic_store(&connection->stamp, BS_PHASE_FREE);
	atomic_fetch_sub_explicit(&guard->by_address[connection->address], 1, memory_order_relaxed);
	connection->next_free = guard->free;
	guard->free = (unsigned)(connection - guard->places);
	guard->used--;
	pthread_mutex_unlock(&guard->lock);
}

void bs_guard_close(struct bs_guard *guard)
{
	atomic_store(&guard->closed, true);
}

unsigned bs_guard_count(struct bs_guard *guard, unsigned *busy)
{
	unsigned used, working = 0;

	pthread_mutex_lock(&guard->lock);
	used = guard->used;
	for (unsigned i = 0; busy != NULL && i < guard->most; i++)
		working += phase_of(atomic_load(&guard->places[i].stamp)) >= BS_PHASE_RECEIVING;
	pthread_mutex_unlock(&guard->lock);
	if (busy != NULL)
		*busy = working;
	return used;
}

/* ---- time ---- */

void bs_connection_turn(struct bs_connection *connection, enum bs_phase phase, int64_t now)
{
	atomic_store_explicit(&connection->stamp, (uint64_t)now << PHASE_BITS | phase, memory_order_release);
}

/* Whether the peer has read less than it must since it was last looked at. Called with the lock held, so that the socket is
 * still that of the connection. */
static bool reads_too_slowly(struct bs_guard *guard, struct bs_connection *connection, uint64_t stamp, int64_t now)
{
	struct tcp_info info = { 0 };
	socklen_t size = sizeof(info);
	uint64_t least = (uint64_t)guard->options.min_rate * guard->options.request_seconds, before = connection->seen_acked;
	bool same = connection->seen_stamp == stamp;

	if (same && now - connection->seen_at < (int64_t)guard->options.request_seconds * SECOND)
		return false;
	if (getsockopt(connection->socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
		return false;
	connection->seen_stamp = stamp;
	connection->seen_acked = info.tcpi_bytes_acked;
	connection->seen_at = now;
	return same && info.tcpi_bytes_acked - before < least;
}

/* The reason to end a connection. `divide` is what its time is divided by. */
static enum fault fault_of(struct bs_guard *guard, struct bs_connection *connection, uint64_t stamp, int64_t now, unsigned divide)
{
	int64_t age = now - (int64_t)(stamp >> PHASE_BITS);
	int64_t request = (int64_t)guard->options.request_seconds * SECOND / divide;
	int64_t idle = (int64_t)guard->options.idle_seconds * SECOND / divide;

	switch (phase_of(stamp)) {
	case BS_PHASE_NEW:
	case BS_PHASE_RECEIVING:
		return age > request ? TOO_SLOW : FAULTLESS;
	case BS_PHASE_IDLE:
		return age > idle || atomic_load(&guard->closed) ? IDLE : FAULTLESS;
	case BS_PHASE_SENDING:
		return reads_too_slowly(guard, connection, stamp, now) ? READS_TOO_SLOWLY : FAULTLESS;
	case BS_PHASE_FREE:
	case BS_PHASE_ANSWERING:
	case BS_PHASE_STREAMING:
		break;
	}
	return FAULTLESS;
}

/* The serving thread sees this and closes. What a slow reader has not read is thrown away, or the kernel would keep it and
 * go on offering it. */
static void end_connection(const struct bs_connection *connection, bool throw_away)
{
	const struct linger none = { .l_onoff = 1, .l_linger = 0 };

	if (throw_away)
		(void)setsockopt(connection->socket, SOL_SOCKET, SO_LINGER, &none, sizeof(none));
	shutdown(connection->socket, SHUT_RDWR);
}

void bs_guard_sweep(struct bs_guard *guard, int64_t now)
{
	unsigned used, most, divide;

	pthread_mutex_lock(&guard->lock);
	used = guard->used;
	most = guard->most;
	pthread_mutex_unlock(&guard->lock);
	divide = used > guard->options.max_connections / 10 * 9 ? 16 : used > guard->options.max_connections / 4 * 3 ? 4 : 1;
	for (unsigned i = 0; i < most; i++) {
		struct bs_connection *connection = &guard->places[i];
		enum fault fault;
		pthread_mutex_lock(&guard->lock);
		fault = fault_of(guard, connection, atomic_load(&connection->stamp), now, divide);
		if (fault != FAULTLESS)
			end_connection(connection, fault == READS_TOO_SLOWLY);
		pthread_mutex_unlock(&guard->lock);
		bs_counter_add(guard->ended[fault], 1);
	}
}
