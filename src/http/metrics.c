/* metrics.c - see metrics.h. Each metric has a few cells, a cache line each; a thread keeps to one of them, so that counting
 * threads don't fight over a line. Reading adds the cells up. */
#include "http/metrics.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { CELLS = 8, LINE = 64, BUCKETS = 16 };

/* Upper bounds in microseconds; the last bucket takes the rest. */
static const int64_t bounds[BUCKETS - 1] = { 50,    100,   250,    500,    1000,   2500,    5000,   10000,
	                                     25000, 50000, 100000, 250000, 500000, 1000000, 2500000 };

struct bs_counter {
	struct {
		_Alignas(LINE) _Atomic uint64_t count;
	} cells[CELLS];
};

struct bs_histogram {
	struct {
		_Alignas(LINE) _Atomic uint64_t counts[BUCKETS];
		_Atomic uint64_t usec;
	} cells[CELLS];
};

enum metric_kind { COUNTER, GAUGE, HISTOGRAM };

struct metric {
	enum metric_kind kind;
	const char *name, *labels, *help;
	union {
		struct bs_counter *counter;
		struct bs_histogram *histogram;
		void *cells; /* either of the two: their memory */
		struct {
			double (*read)(void *ctx);
			void *ctx;
		} gauge;
	} is;
};

struct bs_metrics {
	pthread_mutex_t lock; /* of the list, not of the counts */
	struct metric *list;  /* sorted by name, then labels */
	size_t count;
};

struct bs_metrics *bs_metrics_new(void)
{
	struct bs_metrics *metrics = bs_alloc(sizeof(*metrics));

	pthread_mutex_init(&metrics->lock, NULL);
	return metrics;
}

void bs_metrics_free(struct bs_metrics **registry)
{
	struct bs_metrics *metrics = *registry;

	if (metrics == NULL)
		return;
	for (size_t i = 0; i < metrics->count; i++) {
		if (metrics->list[i].kind != GAUGE)
			free(metrics->list[i].is.cells);
	}
	free(metrics->list);
	pthread_mutex_destroy(&metrics->lock);
	free(metrics);
	*registry = NULL;
}

/* Zeroed, on a cache line of its own. */
static void *lines_new(size_t size)
{
	void *ptr = aligned_alloc(LINE, size);

	if (ptr == NULL)
		bs_out_of_memory(size);
	return memset(ptr, 0, size);
}

/* The metric of that name and labels, put into its place when it is new. Call with the lock held. */
static struct metric *metric_at(struct bs_metrics *metrics, const struct metric *like, bool *is_new)
{
	size_t at = 0;

	*is_new = false;
	for (; at < metrics->count; at++) {
		int order = strcmp(metrics->list[at].name, like->name);
		if (order == 0)
			order = strcmp(metrics->list[at].labels, like->labels);
		if (order == 0) {
			assert(metrics->list[at].kind == like->kind);
			return &metrics->list[at];
		}
		if (order > 0)
			break;
	}
	*is_new = true;
	metrics->list = bs_realloc(metrics->list, (metrics->count + 1) * sizeof(*metrics->list));
	memmove(&metrics->list[at + 1], &metrics->list[at], (metrics->count - at) * sizeof(*metrics->list));
	metrics->list[at] = *like;
	metrics->count++;
	return &metrics->list[at];
}

/* The cells of the metric of that name and labels, `size` bytes, zero when it is new; NULL without metrics. */
static void *cells_of(struct bs_metrics *metrics, const struct metric *like, size_t size)
{
	struct metric *metric;
	void *cells;
	bool is_new;

	if (metrics == NULL)
		return NULL;
	pthread_mutex_lock(&metrics->lock);
	metric = metric_at(metrics, like, &is_new);
	if (is_new)
		metric->is.cells = lines_new(size);
	cells = metric->is.cells;
	pthread_mutex_unlock(&metrics->lock);
	return cells;
}

struct bs_counter *bs_metrics_counter(struct bs_metrics *metrics, const char *name, const char *labels, const char *help)
{
	struct metric like = { .kind = COUNTER, .name = name, .labels = labels, .help = help };

	return cells_of(metrics, &like, sizeof(struct bs_counter));
}

struct bs_histogram *bs_metrics_histogram(struct bs_metrics *metrics, const char *name, const char *labels, const char *help)
{
	struct metric like = { .kind = HISTOGRAM, .name = name, .labels = labels, .help = help };

	return cells_of(metrics, &like, sizeof(struct bs_histogram));
}

void bs_metrics_gauge(struct bs_metrics *metrics, const char *name, const char *labels, const char *help,
                      double (*read)(void *ctx), void *ctx)
{
	struct metric like = { .kind = GAUGE, .name = name, .labels = labels, .help = help };
	struct metric *metric;
	bool is_new;

	if (metrics == NULL)
		return;
	pthread_mutex_lock(&metrics->lock);
	metric = metric_at(metrics, &like, &is_new);
	metric->is.gauge.read = read;
	metric->is.gauge.ctx = ctx;
	pthread_mutex_unlock(&metrics->lock);
}

static unsigned own_cell(void)
{
	static atomic_uint threads;
	static _Thread_local unsigned cell = CELLS;

	if (cell == CELLS)
		cell = atomic_fetch_add(&threads, 1) % CELLS;
	return cell;
}

void bs_counter_add(struct bs_counter *counter, uint64_t by)
{
	if (counter != NULL)
		atomic_fetch_add_explicit(&counter->cells[own_cell()].count, by, memory_order_relaxed);
}

uint64_t bs_counter_value(const struct bs_counter *counter)
{
	uint64_t sum = 0;

	for (size_t i = 0; counter != NULL && i < CELLS; i++)
		sum += atomic_load_explicit(&counter->cells[i].count, memory_order_relaxed);
	return sum;
}

void bs_histogram_add(struct bs_histogram *histogram, int64_t usec)
{
	size_t bucket = 0;
	unsigned cell;

	if (histogram == NULL)
		return;
	while (bucket < BUCKETS - 1 && usec > bounds[bucket])
		bucket++;
	cell = own_cell();
	atomic_fetch_add_explicit(&histogram->cells[cell].counts[bucket], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&histogram->cells[cell].usec, usec > 0 ? (uint64_t)usec : 0, memory_order_relaxed);
}

static void write_name(const struct metric *metric, const char *ending, struct bs_buf *out)
{
	bs_buf_printf(out, "%s%s", metric->name, ending);
	if (metric->labels[0] != '\0')
		bs_buf_printf(out, "{%s}", metric->labels);
}

static void write_histogram(const struct metric *metric, struct bs_buf *out)
{
	const char *comma = metric->labels[0] != '\0' ? "," : "";
	uint64_t sum = 0, usec = 0;

	for (size_t b = 0; b < BUCKETS; b++) {
		for (size_t i = 0; i < CELLS; i++)
			sum += atomic_load_explicit(&metric->is.histogram->cells[i].counts[b], memory_order_relaxed);
		bs_buf_printf(out, "%s_bucket{%s%sle=\"", metric->name, metric->labels, comma);
		if (b < BUCKETS - 1)
			bs_buf_printf(out, "%g\"} %llu\n", (double)bounds[b] / 1e6, (unsigned long long)sum);
		else
			bs_buf_printf(out, "+Inf\"} %llu\n", (unsigned long long)sum);
	}
	for (size_t i = 0; i < CELLS; i++)
		usec += atomic_load_explicit(&metric->is.histogram->cells[i].usec, memory_order_relaxed);
	write_name(metric, "_sum", out);
	bs_buf_printf(out, " %.6f\n", (double)usec / 1e6);
	write_name(metric, "_count", out);
	bs_buf_printf(out, " %llu\n", (unsigned long long)sum);
}

static void write_simple(const struct metric *metric, struct bs_buf *out)
{
	write_name(metric, "", out);
	if (metric->kind == COUNTER)
		bs_buf_printf(out, " %llu\n", (unsigned long long)bs_counter_value(metric->is.counter));
	else
		bs_buf_printf(out, " %.17g\n", metric->is.gauge.read(metric->is.gauge.ctx));
}

void bs_metrics_write(struct bs_metrics *metrics, struct bs_buf *out)
{
	static const char *const types[] = { [COUNTER] = "counter", [GAUGE] = "gauge", [HISTOGRAM] = "histogram" };
	const char *last = "";

	pthread_mutex_lock(&metrics->lock);
	for (size_t i = 0; i < metrics->count; i++) {
		const struct metric *metric = &metrics->list[i];
		if (metric->kind == GAUGE && metric->is.gauge.read == NULL)
			continue;
		if (strcmp(metric->name, last) != 0)
			bs_buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", metric->name, metric->help, metric->name,
			              types[metric->kind]);
		last = metric->name;
		if (metric->kind == HISTOGRAM)
			write_histogram(metric, out);
		else
			write_simple(metric, out);
	}
	pthread_mutex_unlock(&metrics->lock);
}
