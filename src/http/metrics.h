/* metrics.h - counters, gauges and histograms that rooms count in, and their text for Prometheus (exposition format 0.0.4).
 *
 * Register at the start, count from any thread: a count is one relaxed addition in a cell of the thread's own. Metrics live as
 * long as the registry. Names follow Prometheus: broadsheet_<room>_<what>_<unit>, counters ending in _total. */
#ifndef BS_HTTP_METRICS_H
#define BS_HTTP_METRICS_H

#include "base/mem.h"

struct bs_metrics;
struct bs_counter;   /* only goes up */
struct bs_histogram; /* of durations */

struct bs_metrics *bs_metrics_new(void);
void bs_metrics_free(struct bs_metrics **metrics);

/* Register, or get what was registered under the same name and labels. `labels` as they are written between the braces,
 * "class=\"2xx\"", or "". Strings are borrowed: literals. With metrics NULL they return NULL, which counts nothing. */
struct bs_counter *bs_metrics_counter(struct bs_metrics *metrics, const char *name, const char *labels, const char *help);
struct bs_histogram *bs_metrics_histogram(struct bs_metrics *metrics, const char *name, const char *labels, const char *help);
/* A gauge is asked when the text is written; with `read` NULL it is left out: call so before `ctx` dies. */
void bs_metrics_gauge(struct bs_metrics *metrics, const char *name, const char *labels, const char *help,
                      double (*read)(void *ctx), void *ctx);

void bs_counter_add(struct bs_counter *counter, uint64_t by);
uint64_t bs_counter_value(const struct bs_counter *counter);
void bs_histogram_add(struct bs_histogram *histogram, int64_t usec);

/* All of them, sorted by name. */
void bs_metrics_write(struct bs_metrics *metrics, struct bs_buf *out);

#endif
