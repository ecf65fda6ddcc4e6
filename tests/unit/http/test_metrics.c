#include "tests/unit/unit.h"

#include <pthread.h>

#include "http/metrics.h"

static double seven(void *ctx)
{
	(void)ctx;
	return 7.5;
}

static void the_text_is_what_prometheus_reads(void **state)
{
	struct bs_metrics *metrics = bs_metrics_new();
	struct bs_counter *hits = bs_metrics_counter(metrics, "page_hits_total", "kind=\"story\"", "Pages from the cache.");
	struct bs_buf out = BS_BUF(64 * 1024);

	(void)state;
	bs_metrics_gauge(metrics, "a_gauge", "", "A gauge.", seven, NULL);
	bs_counter_add(bs_metrics_counter(metrics, "page_hits_total", "kind=\"list\"", "Pages from the cache."), 2);
	bs_counter_add(hits, 3);
	bs_counter_add(bs_metrics_counter(metrics, "page_hits_total", "kind=\"story\"", ""), 1);
	assert_int_equal(bs_counter_value(hits), 4);
	bs_metrics_write(metrics, &out);
	assert_str(bs_buf_str(&out), "# HELP a_gauge A gauge.\n"
	                             "# TYPE a_gauge gauge\n"
	                             "a_gauge 7.5\n"
	                             "# HELP page_hits_total Pages from the cache.\n"
	                             "# TYPE page_hits_total counter\n"
	                             "page_hits_total{kind=\"list\"} 2\n"
	                             "page_hits_total{kind=\"story\"} 4\n");
	bs_metrics_gauge(metrics, "a_gauge", "", "A gauge.", NULL, NULL);
	bs_buf_reset(&out);
	bs_metrics_write(metrics, &out);
	assert_true(bs_str_starts(bs_buf_str(&out), BS_STR("# HELP page_hits_total")));
	bs_buf_free(&out);
	bs_metrics_free(&metrics);
	assert_null(metrics);
}

static bool has_line(const struct bs_buf *out, const char *line)
{
	return bs_str_find(bs_buf_str(out), bs_str_c(line), 0) != SIZE_MAX;
}

static void a_histogram_counts_up_through_its_buckets(void **state)
{
	struct bs_metrics *metrics = bs_metrics_new();
	struct bs_histogram *seconds = bs_metrics_histogram(metrics, "x_seconds", "", "X.");
	struct bs_buf out = BS_BUF(64 * 1024);

	(void)state;
	bs_histogram_add(seconds, 50);
	bs_histogram_add(seconds, 51);
	bs_histogram_add(seconds, 5000000);
	bs_metrics_write(metrics, &out);
	assert_true(has_line(&out, "# TYPE x_seconds histogram\nx_seconds_bucket{le=\"5e-05\"} 1\nx_seconds_bucket{le=\"0.0001\"} 2\n"));
	assert_true(has_line(&out, "x_seconds_bucket{le=\"2.5\"} 2\nx_seconds_bucket{le=\"+Inf\"} 3\nx_seconds_sum 5.000101\nx_seconds_count 3\n"));
	bs_buf_free(&out);
	bs_metrics_free(&metrics);
}

static void *count_a_lot(void *counter)
{
	for (int i = 0; i < 10000; i++)
		bs_counter_add(counter, 1);
	return NULL;
}

static void threads_count_without_losing_any(void **state)
{
	struct bs_metrics *metrics = bs_metrics_new();
	struct bs_counter *counter = bs_metrics_counter(metrics, "n_total", "", "N.");
	pthread_t threads[12];

	(void)state;
	for (size_t i = 0; i < BS_COUNT(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, count_a_lot, counter), 0);
	for (size_t i = 0; i < BS_COUNT(threads); i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(bs_counter_value(counter), 120000);
	bs_metrics_free(&metrics);
}

static void without_a_registry_nothing_is_counted(void **state)
{
	(void)state;
	assert_null(bs_metrics_counter(NULL, "n_total", "", ""));
	assert_null(bs_metrics_histogram(NULL, "n_seconds", "", ""));
	bs_metrics_gauge(NULL, "n", "", "", seven, NULL);
	bs_counter_add(NULL, 1);
	bs_histogram_add(NULL, 1);
	assert_int_equal(bs_counter_value(NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_text_is_what_prometheus_reads),
		cmocka_unit_test(a_histogram_counts_up_through_its_buckets),
		cmocka_unit_test(threads_count_without_losing_any),
		cmocka_unit_test(without_a_registry_nothing_is_counted),
	};

	return cmocka_run_group_tests_name("metrics", tests, NULL, NULL);
}
