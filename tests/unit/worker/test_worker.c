/* Crews of programs that behave as workers do and as they must not: cat answers each job with itself, so that its operation is
 * the status and its text and bytes are the result. */
#include "tests/unit/unit.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "base/sys.h"
#include "worker/worker.h"

static struct bs_crew *crew_of(const char *program, const char *const *args, unsigned count, unsigned seconds)
{
	struct bs_crew *crew = NULL;
	struct bs_err err = { 0 };
	struct bs_crew_options options = { .program = program, .args = args, .count = count, .seconds = seconds };

	assert_ok(bs_crew_open(&options, &crew, &err), &err);
	return crew;
}

static enum bs_rc say(struct bs_crew *crew, uint32_t operation, struct bs_str text, struct bs_str bytes, struct bs_buf *text_out,
                      struct bs_buf *bytes_out, struct bs_err *err)
{
	struct bs_task task = { .operation = operation, .text = text, .bytes = bytes, .text_out = text_out, .bytes_out = bytes_out };

	return bs_crew_do(crew, &task, err);
}

static void one_process_does_many_jobs(void **state)
{
	struct bs_crew *crew = crew_of("/bin/cat", NULL, 1, 10);
	struct bs_buf text = BS_BUF(100), bytes = BS_BUF(10 * 1024 * 1024);
	char *large = bs_alloc(50 * 1024);
	struct bs_err err = { 0 };

	(void)state;
	memset(large, 'x', 50 * 1024);
	assert_ok(say(crew, BS_FRAME_WELL, BS_STR("width=640\n"), BS_STR("abc"), &text, &bytes, &err), &err);
	assert_str(bs_buf_str(&text), "width=640\n");
	assert_str(bs_buf_str(&bytes), "abc");
	assert_str(bs_frame_field(bs_buf_str(&text), BS_STR("width")), "640");
	assert_null(bs_frame_field(bs_buf_str(&text), BS_STR("height")).ptr);
	bs_buf_reset(&text);
	bs_buf_reset(&bytes);
	/* cat answers while it reads: a job has to be longer than what the socket holds to stop there, and this one is not. */
	assert_ok(say(crew, BS_FRAME_WELL, BS_STR(""), bs_str_n(large, 50 * 1024), &text, &bytes, &err), &err);
	assert_int_equal(bytes.len, 50 * 1024);
	for (int i = 0; i < 20; i++) {
		bs_buf_reset(&text);
		assert_ok(say(crew, BS_FRAME_WELL, BS_STR(""), BS_STR("12345"), &text, &bytes, &err), &err);
	}
	bs_crew_close(&crew);
	free(large);
	bs_buf_free(&text);
	bs_buf_free(&bytes);
}

static void a_refusal_carries_its_reason(void **state)
{
	struct bs_crew *crew = crew_of("/bin/cat", NULL, 1, 10);
	struct bs_buf text = BS_BUF(100), bytes = BS_BUF(100);
	struct bs_err err = { 0 };

	(void)state;
	assert_int_equal(say(crew, BS_FRAME_REFUSED, BS_STR("it is half a picture"), BS_STR(""), &text, &bytes, &err), BS_INVALID);
	assert_string_equal(err.text, "it is half a picture");
	bs_buf_reset(&text);
	assert_int_equal(say(crew, BS_FRAME_FAILED, BS_STR("no memory"), BS_STR(""), &text, &bytes, &err), BS_IO);
	bs_crew_close(&crew);
	bs_buf_free(&text);
	bs_buf_free(&bytes);
}

static void a_process_that_dies_costs_one_job(void **state)
{
	/* The first of them ends by a signal, those after it are well. */
	char flag[] = "/tmp/broadsheet-worker-XXXXXX", script[200];
	const char *args[] = { "-c", script, NULL };
	struct bs_buf text = BS_BUF(100), bytes = BS_BUF(100);
	struct bs_err err = { 0 };
	struct bs_crew *crew;
	int fd = mkstemp(flag);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	snprintf(script, sizeof(script), "if [ -e %s ]; then rm %s; kill -SEGV $$; fi; exec cat", flag, flag);
	crew = crew_of("/bin/sh", args, 1, 10);
	assert_int_equal(say(crew, BS_FRAME_WELL, BS_STR(""), BS_STR("a"), &text, &bytes, &err), BS_IO);
	assert_non_null(strstr(err.text, "signal 11"));
	assert_ok(say(crew, BS_FRAME_WELL, BS_STR(""), BS_STR("b"), &text, &bytes, &err), &err);
	assert_str(bs_buf_str(&bytes), "b");
	bs_crew_close(&crew);
	bs_buf_free(&text);
	bs_buf_free(&bytes);
}

static void a_process_that_is_killed_while_it_waits_costs_no_job(void **state)
{
	char file[] = "/tmp/broadsheet-worker-XXXXXX", script[200], pid[32];
	const char *args[] = { "-c", script, NULL };
	struct bs_buf text = BS_BUF(100), bytes = BS_BUF(100);
	struct bs_crew *crew;
	struct bs_err err = { 0 };
	int fd = mkstemp(file);
	int64_t number = 0;
	ssize_t got;

	(void)state;
	assert_true(fd >= 0);
	snprintf(script, sizeof(script), "echo $$ > %s; exec cat", file);
	crew = crew_of("/bin/sh", args, 1, 10);
	for (int i = 0; i < 3; i++) {
		bs_buf_reset(&text);
		assert_ok(say(crew, BS_FRAME_WELL, BS_STR("well"), BS_STR(""), &text, &bytes, &err), &err);
		assert_str(bs_buf_str(&text), "well");
		got = pread(fd, pid, sizeof(pid), 0);
		assert_true(got > 1);
		assert_int_equal(bs_str_int(bs_str_n(pid, (size_t)got - 1), &number), BS_OK);
		assert_int_equal(kill((pid_t)number, SIGKILL), 0);
		poll(NULL, 0, 50); /* the system closes its sockets when it gets to it */
	}
	bs_crew_close(&crew);
	close(fd);
	unlink(file);
	bs_buf_free(&text);
	bs_buf_free(&bytes);
}

static void a_process_that_takes_too_long_is_stopped(void **state)
{
	const char *args[] = { "60", NULL };
	struct bs_crew *crew = crew_of("/bin/sleep", args, 1, 1);
	struct bs_buf text = BS_BUF(100), bytes = BS_BUF(100);
	int64_t start = bs_monotonic_usec();
	struct bs_err err = { 0 };

	(void)state;
	assert_int_equal(say(crew, BS_FRAME_WELL, BS_STR(""), BS_STR("a"), &text, &bytes, &err), BS_LIMIT);
	assert_true(bs_monotonic_usec() - start < 10 * 1000000);
	bs_crew_close(&crew);
	bs_buf_free(&text);
	bs_buf_free(&bytes);
}

static void a_result_over_the_cap_is_not_taken(void **state)
{
	struct bs_crew *crew = crew_of("/bin/cat", NULL, 1, 10);
	struct bs_buf text = BS_BUF(100), bytes = BS_BUF(4);
	struct bs_err err = { 0 };

	(void)state;
	assert_int_equal(say(crew, BS_FRAME_WELL, BS_STR(""), BS_STR("12345"), &text, &bytes, &err), BS_LIMIT);
	assert_ok(say(crew, BS_FRAME_WELL, BS_STR(""), BS_STR("1234"), &text, &bytes, &err), &err); /* a fresh process, in step */
	bs_crew_close(&crew);
	bs_buf_free(&text);
	bs_buf_free(&bytes);
}

static void *many(void *crew)
{
	struct bs_buf text = BS_BUF(100), bytes = BS_BUF(100);
	struct bs_err err = { 0 };

	for (int i = 0; i < 50; i++) {
		char mine[20];
		int len = snprintf(mine, sizeof(mine), "%p %d", (void *)&text, i);

		bs_buf_reset(&bytes);
		if (say(crew, BS_FRAME_WELL, BS_STR(""), bs_str_n(mine, (size_t)len), &text, &bytes, &err) != BS_OK ||
		    !bs_str_eq(bs_buf_str(&bytes), bs_str_n(mine, (size_t)len)))
			return crew;
	}
	bs_buf_free(&text);
	bs_buf_free(&bytes);
	return NULL;
}

static void threads_share_a_crew_and_each_gets_its_own_result(void **state)
{
	struct bs_crew *crew = crew_of("/bin/cat", NULL, 2, 10);
	pthread_t threads[6];
	void *wrong = NULL;

	(void)state;
	for (size_t i = 0; i < BS_COUNT(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, many, crew), 0);
	for (size_t i = 0; i < BS_COUNT(threads); i++) {
		assert_int_equal(pthread_join(threads[i], &wrong), 0);
		assert_null(wrong);
	}
	bs_crew_close(&crew);
}

static void a_program_that_is_not_there_is_told_at_once(void **state)
{
	struct bs_crew_options options = { .program = "/nowhere/at-all", .count = 1, .seconds = 1 };
	struct bs_crew *crew = NULL;
	struct bs_err err = { 0 };

	(void)state;
	assert_int_equal(bs_crew_open(&options, &crew, &err), BS_NOT_FOUND);
	assert_non_null(strstr(err.text, "/nowhere/at-all"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_process_does_many_jobs),
		cmocka_unit_test(a_refusal_carries_its_reason),
		cmocka_unit_test(a_process_that_dies_costs_one_job),
		cmocka_unit_test(a_process_that_is_killed_while_it_waits_costs_no_job),
		cmocka_unit_test(a_process_that_takes_too_long_is_stopped),
		cmocka_unit_test(a_result_over_the_cap_is_not_taken),
		cmocka_unit_test(threads_share_a_crew_and_each_gets_its_own_result),
		cmocka_unit_test(a_program_that_is_not_there_is_told_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
