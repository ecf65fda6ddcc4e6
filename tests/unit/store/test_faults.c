/* Input and output made to fail, one call after the other: whatever happens, an acknowledged change is there, another is
 * there whole or not at all, the caller gets an error that he can act on, and the next attempt finds all in order. */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <signal.h>
#include <sys/un.h>

#include "base/sys.h"
#include "fixture.h"
#include "store/pool.h"

enum { ADDED = 3 };

static enum bs_rc add_some(struct bs_db *db, void *ctx, struct bs_err *err)
{
	const int *round = ctx;
	enum bs_rc rc = BS_OK;
	char name[40];

	for (int i = 0; rc == BS_OK && i < ADDED; i++) {
		snprintf(name, sizeof(name), "author %d of round %d", i, *round);
		rc = bs_db_post(db, TEST_Q_author_add, BS_VALUES(bs_text(bs_str_c(name)), bs_null()), err);
	}
	return rc == BS_OK ? bs_change_touch(db, BS_STR("authors"), err) : rc;
}

/* The state of the database after a round in which writing gave `rc`. */
static int64_t check_round(const struct fixture *f, int64_t before, enum bs_rc rc)
{
	struct bs_db *db = database_open_at(f->dsn, BS_DB_READER, &test_schema);
	int64_t after = count_authors(db);

	if (rc == BS_OK)
		assert_int_equal(after, before + ADDED);
	else
		assert_true(after == before || after == before + ADDED);
	bs_db_close(&db);
	return after;
}

/* --- SQLite: its system calls ------------------------------------------------------------------------------------- */

static int calls_left = -1; /* until one fails; -1: none does */
static int failing_errno;
static bool stays_failed; /* every call after that fails, too */
static bool has_failed;

static bool must_fail(void)
{
	if (calls_left < 0)
		return false;
	if (calls_left > 0) {
		calls_left--;
		return false;
	}
	calls_left = stays_failed ? 0 : -1;
	has_failed = true;
	errno = failing_errno;
	return true;
}

static ssize_t failing_pwrite(int fd, const void *bytes, size_t len, off64_t at)
{
	return must_fail() ? -1 : pwrite64(fd, bytes, len, at);
}

static ssize_t failing_pread(int fd, void *bytes, size_t len, off64_t at)
{
	return must_fail() ? -1 : pread64(fd, bytes, len, at);
}

static int failing_ftruncate(int fd, off_t len)
{
	return must_fail() ? -1 : ftruncate(fd, len);
}

static void hook_calls(bool on)
{
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);

	vfs->xSetSystemCall(vfs, "pwrite64", on ? (sqlite3_syscall_ptr)(void (*)(void))failing_pwrite : NULL);
	vfs->xSetSystemCall(vfs, "pread64", on ? (sqlite3_syscall_ptr)(void (*)(void))failing_pread : NULL);
	vfs->xSetSystemCall(vfs, "ftruncate", on ? (sqlite3_syscall_ptr)(void (*)(void))failing_ftruncate : NULL);
}

static void every_system_call_may_fail(int error)
{
	struct fixture fixture = { .dsn = database_empty() };
	int64_t authors = 0;
	enum bs_rc rc;
	struct bs_err err;
	int round = 0, failures = 0;

	fixture.db = database_open_at(fixture.dsn, BS_DB_WRITER, &test_schema);
	assert_ok(bs_store_migrate(fixture.db, NULL, &err), &err);
	bs_db_close(&fixture.db);
	failing_errno = error;
	hook_calls(true);
	do {
		struct bs_db_options options = { .dsn = fixture.dsn, .role = BS_DB_WRITER, .schema = &test_schema };
		struct bs_db *db = NULL;

		has_failed = false;
		calls_left = round++;
		rc = bs_db_open(&options, &db, &err);
		if (rc == BS_OK)
			rc = bs_db_transact(db, add_some, &round, &err);
		if (rc != BS_OK) {
			assert_true(rc == BS_IO || rc == BS_BUSY || rc == BS_CORRUPT || rc == BS_CONFLICT);
			failures++;
		}
		calls_left = -1;
		bs_db_close(&db);
		authors = check_round(&fixture, authors, rc);
		assert_true(round < 500);
	} while (has_failed);
	hook_calls(false);
	assert_true(failures > 5);
	assert_int_equal(rc, BS_OK);
}

static void sqlite_survives_a_disk_that_fails_once(void **state)
{
	(void)state;
	if (on_postgres())
		skip();
	stays_failed = false;
	every_system_call_may_fail(EIO);
	every_system_call_may_fail(ENOSPC);
}

static void sqlite_survives_a_disk_that_fails_from_then_on(void **state)
{
	(void)state;
	if (on_postgres())
		skip();
	stays_failed = true;
	every_system_call_may_fail(EIO);
	every_system_call_may_fail(ENOSPC);
}

static void a_full_disk_is_named_and_reading_goes_on(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;
	int round = 1;

	if (on_postgres())
		skip();
	hook_calls(true);
	failing_errno = ENOSPC;
	calls_left = 0;
	stays_failed = true;
	assert_int_equal(bs_db_transact(f->db, add_some, &round, &err), BS_IO);
	calls_left = -1;
	hook_calls(false);
	assert_non_null(strstr(err.text, "is full; nothing of this change was stored. Make room"));
	assert_int_equal(count_authors(f->db), 0);
	assert_ok(bs_db_transact(f->db, add_some, &round, &err), &err);
}

static void a_quota_that_is_met_loses_nothing(void **state)
{
	struct fixture *f = *state;
	struct rlimit before, low;
	enum bs_rc rc = BS_OK;
	struct bs_err err;
	int round = 0;
	int64_t authors = 0;

	if (on_postgres())
		skip();
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	low = before;
	low.rlim_cur = 300 * 1024;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
	while (rc == BS_OK && ++round < 1000)
		rc = bs_db_transact(f->db, add_some, &round, &err);
	assert_int_equal(rc, BS_IO);
	assert_non_null(strstr(err.text, "nothing of this change was stored"));
	assert_non_null(strstr(err.text, "full"));
	authors = count_authors(f->db); /* reading goes on */
	assert_int_equal(authors, (round - 1) * ADDED);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_ok(bs_db_transact(f->db, add_some, &round, &err), &err);
	assert_int_equal(count_authors(f->db), authors + ADDED);
}

/* --- PostgreSQL: a line that is cut ------------------------------------------------------------------------------- */

enum { LINES = 8 };

/* Stands between libpq and the server, passes pieces on in both directions, and cuts every line after so many of them. */
static struct proxy {
	char folder[64];
	struct sockaddr_un server;
	int listener;
	int ends[LINES][2];
	atomic_int pieces_left; /* until it cuts; negative: it does not */
	atomic_bool has_cut, stop;
	atomic_bool silent; /* what the server says is swallowed */
	pthread_t thread;
} proxy;

static void hang_up(int line)
{
	for (int side = 0; side < 2; side++) {
		if (proxy.ends[line][side] >= 0)
			close(proxy.ends[line][side]);
		proxy.ends[line][side] = -1;
	}
}

static void accept_line(void)
{
	int client = accept(proxy.listener, NULL, NULL), server = socket(AF_UNIX, SOCK_STREAM, 0);

	for (int line = 0; line < LINES; line++) {
		if (proxy.ends[line][0] >= 0)
			continue;
		if (connect(server, (struct sockaddr *)&proxy.server, sizeof(proxy.server)) != 0)
			break;
		proxy.ends[line][0] = client;
		proxy.ends[line][1] = server;
		return;
	}
	close(client);
	close(server);
}

static void pass_on(int line, int from)
{
	char piece[512];
	ssize_t len;

	if (proxy.pieces_left == 0) {
		proxy.pieces_left = -1;
		proxy.has_cut = true;
		for (int i = 0; i < LINES; i++)
			hang_up(i);
		return;
	}
	if (proxy.pieces_left > 0)
		proxy.pieces_left--;
	len = recv(proxy.ends[line][from], piece, sizeof(piece), 0);
	if (len > 0 && from == 1 && proxy.silent)
		return;
	if (len <= 0 || send(proxy.ends[line][!from], piece, (size_t)len, MSG_NOSIGNAL) != len)
		hang_up(line);
}

static void *run_proxy(void *unused)
{
	(void)unused;
	while (!proxy.stop) {
		struct pollfd wait[1 + 2 * LINES];

		wait[0] = (struct pollfd){ proxy.listener, POLLIN, 0 };
		for (int i = 0; i < 2 * LINES; i++)
			wait[1 + i] = (struct pollfd){ proxy.ends[i / 2][i % 2], POLLIN, 0 };
		if (poll(wait, 1 + 2 * LINES, 50) <= 0)
			continue;
		for (int i = 0; i < 2 * LINES; i++)
			if (wait[1 + i].revents != 0 && proxy.ends[i / 2][i % 2] == wait[1 + i].fd)
				pass_on(i / 2, i % 2);
		if (wait[0].revents != 0)
			accept_line();
	}
	return NULL;
}

static void start_proxy(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const char *host = strstr(getenv("BS_TEST_POSTGRES"), "host=");
	int len = host != NULL ? (int)strcspn(host + 5, " ") : 0;

	assert_non_null(host);
	proxy.server.sun_family = AF_UNIX;
	snprintf(proxy.server.sun_path, sizeof(proxy.server.sun_path), "%.*s/.s.PGSQL.5432", len < 80 ? len : 80, host + 5);
	snprintf(proxy.folder, sizeof(proxy.folder), "/tmp/broadsheet-proxy-XXXXXX");
	assert_non_null(mkdtemp(proxy.folder));
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/.s.PGSQL.5432", proxy.folder);
	proxy.listener = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(proxy.listener, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(listen(proxy.listener, LINES), 0);
	memset(proxy.ends, -1, sizeof(proxy.ends));
	proxy.pieces_left = -1;
	proxy.stop = false;
	assert_int_equal(pthread_create(&proxy.thread, NULL, run_proxy, NULL), 0);
}

static void stop_proxy(void)
{
	char path[128];

	proxy.stop = true;
	pthread_join(proxy.thread, NULL);
	for (int i = 0; i < LINES; i++)
		hang_up(i);
	close(proxy.listener);
	snprintf(path, sizeof(path), "%s/.s.PGSQL.5432", proxy.folder);
	unlink(path);
	rmdir(proxy.folder);
}

static enum bs_rc read_page(struct bs_pool *pool, struct bs_err *err)
{
	struct bs_stmt *names = NULL, *list = NULL;
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_read(pool, &db, err);

	if (rc == BS_OK)
		rc = bs_db_begin(db, BS_TX_READ, err);
	if (rc == BS_OK)
		rc = bs_db_query(db, TEST_Q_author_names, BS_NO_VALUES, &names, err);
	if (rc == BS_OK)
		rc = bs_db_query(db, TEST_Q_item_list, BS_VALUES(bs_int(1), bs_int(10)), &list, err);
	while (rc == BS_OK)
		rc = bs_stmt_next(names, err);
	if (rc == BS_NOT_FOUND)
		rc = bs_stmt_next(list, err);
	bs_stmt_free(&names);
	bs_stmt_free(&list);
	if (rc == BS_NOT_FOUND)
		rc = bs_db_commit(db, err);
	if (rc != BS_OK && db != NULL)
		bs_db_rollback(db);
	bs_pool_return(&db);
	return rc;
}

static enum bs_rc write_some(struct bs_pool *pool, int round, struct bs_err *err)
{
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_write(pool, &db, err);

	if (rc == BS_OK)
		rc = bs_db_transact(db, add_some, &round, err);
	bs_pool_return(&db);
	return rc;
}

/* What the pool did not manage at once it manages soon. */
static void recovers(struct bs_pool *pool)
{
	enum bs_rc rc = BS_BUSY;
	struct bs_err err;

	for (int tries = 0; rc != BS_OK && tries < 60; tries++) {
		rc = read_page(pool, &err);
		if (rc != BS_OK)
			usleep(50000);
	}
	assert_ok(rc, &err);
}

static void postgres_survives_a_line_that_is_cut_anywhere(void **state)
{
	struct fixture *f = *state;
	struct bs_pool_options options = { .schema = &test_schema, .readers = 2 };
	int64_t authors = 0;
	int round = 0, failures = 0;
	enum bs_rc rc;
	struct bs_err err;
	char dsn[200];

	if (!on_postgres())
		skip();
	start_proxy();
	snprintf(dsn, sizeof(dsn), "host=%s user=postgres dbname=test_%d", proxy.folder, (int)getpid());
	options.dsn = dsn;
	bs_log_level_set((enum bs_log_level)-1);
	do {
		struct bs_pool *pool = NULL;

		proxy.has_cut = false;
		proxy.pieces_left = round++;
		rc = bs_pool_open(&options, &pool, &err);
		if (rc != BS_OK) {
			assert_int_equal(rc, BS_BUSY);
			continue;
		}
		rc = write_some(pool, round, &err);
		if (rc == BS_OK) {
			enum bs_rc read = read_page(pool, &err);

			assert_true(read == BS_OK || read == BS_BUSY);
		}
		assert_true(rc == BS_OK || rc == BS_BUSY);
		failures += rc != BS_OK;
		if (proxy.has_cut)
			recovers(pool);
		bs_pool_close(&pool);
		authors = check_round(f, authors, rc);
		assert_true(round < 500);
	} while (proxy.has_cut);
	bs_log_level_set(BS_LOG_INFO);
	stop_proxy();
	assert_true(failures > 3);
	print_message("cut at %d places, %d of them while writing\n", round - 1, failures);
}

static void a_server_that_falls_silent_is_not_waited_for_forever(void **state)
{
	struct fixture *f = *state;
	struct bs_pool_options options = { .schema = &test_schema, .readers = 1, .statement_ms = 200 };
	struct bs_pool *pool = NULL;
	struct bs_err err;
	int64_t begun;
	char dsn[200];

	if (!on_postgres())
		skip();
	start_proxy();
	snprintf(dsn, sizeof(dsn), "host=%s user=postgres dbname=test_%d", proxy.folder, (int)getpid());
	options.dsn = dsn;
	bs_log_level_set((enum bs_log_level)-1);
	add_author(f->db, "Ada", 0);
	assert_ok(bs_pool_open(&options, &pool, &err), &err);
	assert_ok(read_page(pool, &err), &err);
	proxy.silent = true;
	begun = bs_monotonic_usec();
	assert_int_equal(read_page(pool, &err), BS_BUSY);
	assert_non_null(strstr(err.text, "did not answer within 2200 ms"));
	assert_in_range(bs_monotonic_usec() - begun, 2200000, 5000000);
	proxy.silent = false;
	recovers(pool);
	bs_pool_close(&pool);
	bs_log_level_set(BS_LOG_INFO);
	stop_proxy();
}

static void a_transaction_whose_server_goes_away_can_be_left(void **state)
{
	struct fixture *f = *state;
	struct bs_err err;
	int64_t id;

	if (!on_postgres())
		skip();
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	add_author(f->db, "Ada", 0);
	assert_ok(bs_db_begin(f->db, BS_TX_WRITE, &err), &err);
	database_disconnect_all();
	assert_int_equal(bs_db_int(f->db, TEST_Q_author_add, BS_VALUES(bs_text(BS_STR("Bea")), bs_null()), &id, &err), BS_BUSY);
	bs_db_rollback(f->db);
	assert_int_equal(bs_db_commit(f->db, &err), BS_CONFLICT);
	assert_int_equal(bs_db_begin(f->db, BS_TX_WRITE, &err), BS_BUSY);
	assert_int_equal(bs_db_int(f->db, TEST_Q_author_count, BS_NO_VALUES, &id, &err), BS_BUSY);
	bs_db_close(&f->db);
	f->db = database_open_at(f->dsn, BS_DB_WRITER, &test_schema);
	assert_int_equal(count_authors(f->db), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		store_test(sqlite_survives_a_disk_that_fails_once),
		store_test(sqlite_survives_a_disk_that_fails_from_then_on),
		store_test(a_full_disk_is_named_and_reading_goes_on),
		store_test(a_quota_that_is_met_loses_nothing),
		store_test(postgres_survives_a_line_that_is_cut_anywhere),
		store_test(a_server_that_falls_silent_is_not_waited_for_forever),
		store_test(a_transaction_whose_server_goes_away_can_be_left),
	};

	return cmocka_run_group_tests(tests, NULL, fixture_remove);
}
