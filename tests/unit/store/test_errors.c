/* What a person is told when the database cannot be used: what happened, and what to do. */
#include <fcntl.h>
#include <sys/stat.h>

#include "base/sys.h"
#include "fixture.h"

/* Opening fails with rc, and the message has both parts in it. */
static void refused(const char *dsn, enum bs_db_role role, enum bs_rc rc, const char *what, const char *advice)
{
	struct bs_db_options options = { .dsn = dsn, .role = role, .schema = &test_schema };
	struct bs_db *db = NULL;
	struct bs_err err = { BS_OK, "" };

	assert_int_equal(bs_db_open(&options, &db, &err), rc);
	assert_int_equal(err.rc, rc);
	assert_null(db);
	if (strstr(err.text, what) == NULL || strstr(err.text, advice) == NULL)
		fail_msg("\"%s\" does not say \"%s\" and \"%s\"", err.text, what, advice);
}

static void a_dsn_that_is_none(void **state)
{
	(void)state;
	refused("", BS_DB_WRITER, BS_INVALID, "no database was named", "path of a file");
	refused("mysql://localhost/news", BS_DB_WRITER, BS_INVALID, "mysql://", "postgresql://");
	refused("postgresql://[::1/news", BS_DB_WRITER, BS_INVALID, "DSN", "postgresql://USER");
	refused("host=/tmp wrong", BS_DB_WRITER, BS_INVALID, "DSN", "host=");
	refused("host=/tmp nonsense=1", BS_DB_WRITER, BS_INVALID, "DSN", "host=");
}

static void a_file_that_cannot_be_opened(void **state)
{
	char path[200], inside[260];
	int file;

	(void)state;
	snprintf(path, sizeof(path), "/tmp/broadsheet-test-%d-x", (int)getpid());
	(void)unlink(path);
	refused(path, BS_DB_READER, BS_NOT_FOUND, "there is no database at", "broadsheet init");
	refused("/tmp", BS_DB_WRITER, BS_IO, "/tmp", "look at the path");
	snprintf(inside, sizeof(inside), "%s/no/such/folder.db", path);
	refused(inside, BS_DB_WRITER, BS_IO, "No such file", "look at the path");
	file = open(path, O_CREAT | O_WRONLY, 0600);
	assert_true(file >= 0);
	assert_int_equal(write(file, "This is a letter and no database, although it is long enough to be one.", 71), 71);
	for (int i = 0; i < 100; i++)
		assert_int_equal(write(file, "This is a letter and no database, although it is long enough to be one.", 71), 71);
	close(file);
	refused(path, BS_DB_WRITER, BS_CORRUPT, "no SQLite database", "backup");
	refused(path, BS_DB_READER, BS_CORRUPT, "no SQLite database", "backup");
	(void)unlink(path);
}

static void a_file_that_may_only_be_read(void **state)
{
	struct fixture *f = *state;
	struct bs_db_options options = { .dsn = f->dsn, .role = BS_DB_WRITER, .schema = &test_schema };
	struct bs_db *db = NULL;
	struct bs_err err;
	enum bs_rc rc;

	if (on_postgres() || geteuid() == 0)
		skip(); /* root may write anything */
	bs_db_close(&f->db);
	assert_int_equal(chmod(f->dsn, 0400), 0);
	rc = bs_db_open(&options, &db, &err);
	if (rc == BS_OK)
		rc = bs_store_migrate(db, NULL, &err);
	bs_db_close(&db);
	assert_int_equal(chmod(f->dsn, 0600), 0);
	assert_int_equal(rc, BS_DENIED);
	f->db = database_open_at(f->dsn, BS_DB_WRITER, &test_schema);
}

static void a_server_that_is_not_there(void **state)
{
	(void)state;
	refused("host=/nowhere/at/all dbname=news", BS_DB_WRITER, BS_BUSY, "news on /nowhere/at/all", "start the server");
	refused("postgresql://someone:secret@127.0.0.1:1/news", BS_DB_WRITER, BS_BUSY, "news on 127.0.0.1", "start the server");
}

static void passwords_are_not_repeated(void **state)
{
	struct bs_db_options options = { .dsn = "postgresql://someone:hunter2@127.0.0.1:1/news" };
	struct bs_db *db = NULL;
	struct bs_err err;

	(void)state;
	assert_int_not_equal(bs_db_open(&options, &db, &err), BS_OK);
	assert_null(strstr(err.text, "hunter2"));
}

/* --- PostgreSQL alone --------------------------------------------------------------------------------------------- */

static const char *dsn_for(const char *user, const char *password, const char *name)
{
	static char dsn[400];
	const char *cluster = getenv("BS_TEST_POSTGRES");

	assert_non_null(cluster);
	snprintf(dsn, sizeof(dsn), "%s user=%s password=%s dbname=%s", cluster, user, password, name);
	return dsn;
}

static void make_role(struct bs_db *db, const char *name, const char *with)
{
	char sql[300];

	snprintf(sql, sizeof(sql), "DROP ROLE IF EXISTS %s", name);
	database_run(db, sql);
	snprintf(sql, sizeof(sql), "CREATE ROLE %s LOGIN %s", name, with);
	database_run(db, sql);
}

static void a_wrong_password_or_name(void **state)
{
	struct fixture *f = *state;

	if (!on_postgres())
		skip();
	make_role(f->db, "locked", "PASSWORD 'right'");
	refused(dsn_for("locked", "wrong", "postgres"), BS_DB_WRITER, BS_DENIED, "password authentication failed", "correct the password");
	refused(dsn_for("locked", "''", "postgres"), BS_DB_WRITER, BS_DENIED, "postgres on ", "~/.pgpass");
	refused(dsn_for("nobody_of_that_name", "x", "postgres"), BS_DB_WRITER, BS_DENIED, "does not exist", "correct the user");
	refused(dsn_for("postgres", "x", "no_such_newsroom"), BS_DB_WRITER, BS_NOT_FOUND, "no_such_newsroom", "createdb");
	database_run(f->db, "DROP ROLE locked");
}

static void a_full_connection_table(void **state)
{
	struct fixture *f = *state;
	struct bs_db *db;
	char role[40], sql[100];

	if (!on_postgres())
		skip();
	snprintf(role, sizeof(role), "single_%d", (int)getpid());
	make_role(f->db, role, "CONNECTION LIMIT 1");
	db = database_open_at(dsn_for(role, "x", "postgres"), BS_DB_READER, NULL);
	refused(dsn_for(role, "x", "postgres"), BS_DB_READER, BS_BUSY, "too many connections", "max_connections");
	bs_db_close(&db);
	snprintf(sql, sizeof(sql), "DROP ROLE %s", role);
	database_run(f->db, sql);
}

static void a_user_without_rights(void **state)
{
	struct fixture *f = *state;
	struct bs_db *db;
	struct bs_err err;
	char role[40], sql[100], name[40];
	int64_t id;

	if (!on_postgres())
		skip();
	snprintf(role, sizeof(role), "guest_%d", (int)getpid());
	snprintf(name, sizeof(name), "test_%d", (int)getpid());
	make_role(f->db, role, "");
	db = database_open_at(dsn_for(role, "x", name), BS_DB_WRITER, &test_schema);
	assert_int_equal(bs_db_int(db, TEST_Q_author_add, BS_VALUES(bs_text(BS_STR("x")), bs_null()), &id, &err), BS_DENIED);
	assert_non_null(strstr(err.text, "GRANT"));
	bs_db_close(&db);
	/* and an empty database that he may not fill */
	bs_db_close(&f->db);
	f->db = database_open_at(database_empty(), BS_DB_WRITER, &test_schema);
	db = database_open_at(dsn_for(role, "x", name), BS_DB_WRITER, &test_schema);
	assert_int_equal(bs_store_migrate(db, NULL, &err), BS_DENIED);
	assert_non_null(strstr(err.text, "GRANT"));
	bs_db_close(&db);
	snprintf(sql, sizeof(sql), "DROP ROLE %s", role);
	database_run(f->db, sql);
}

static void a_database_in_another_encoding(void **state)
{
	char name[40], sql[160];
	struct bs_db *db;

	(void)state;
	if (!on_postgres())
		skip();
	snprintf(name, sizeof(name), "latin_%d", (int)getpid());
	db = database_open(&(struct bs_db_options){ .dsn = getenv("BS_TEST_POSTGRES"), .role = BS_DB_WRITER, .lock_ms = 60000 });
	snprintf(sql, sizeof(sql), "CREATE DATABASE %s ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0", name);
	database_run(db, sql);
	refused(dsn_for("postgres", "x", name), BS_DB_WRITER, BS_INVALID, "LATIN1", "createdb -E UTF8");
	snprintf(sql, sizeof(sql), "DROP DATABASE %s WITH (FORCE)", name);
	database_run(db, sql);
	bs_db_close(&db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		store_test(a_dsn_that_is_none),
		store_test(a_file_that_cannot_be_opened),
		store_test(a_file_that_may_only_be_read),
		store_test(a_server_that_is_not_there),
		store_test(passwords_are_not_repeated),
		store_test(a_wrong_password_or_name),
		store_test(a_full_connection_table),
		store_test(a_user_without_rights),
		store_test(a_database_in_another_encoding),
	};

	return cmocka_run_group_tests(tests, NULL, fixture_remove);
}
