/* database.h - an empty database for each test, on the driver that BS_TEST_DRIVER names: "sqlite" (also when it is not set)
 * or "postgres", whose cluster script/postgres-cluster starts and names in BS_TEST_POSTGRES. A test program that uses
 * this is run once per driver. */
#ifndef BS_TESTS_DATABASE_H
#define BS_TESTS_DATABASE_H

#include <unistd.h>

#include "store/driver.h"
#include "unit.h"

static inline bool on_postgres(void)
{
	const char *driver = getenv("BS_TEST_DRIVER");

	return driver != NULL && strcmp(driver, "postgres") == 0;
}

static inline struct bs_db *database_open(const struct bs_db_options *options)
{
	struct bs_db *db = NULL;
	struct bs_err err;

	assert_ok(bs_db_open(options, &db, &err), &err);
	return db;
}

/* With little patience for locks, as the tests of those would have it. */
static inline struct bs_db *database_open_at(const char *dsn, enum bs_db_role role, const struct bs_schema *schema)
{
	return database_open(&(struct bs_db_options){ .dsn = dsn, .role = role, .schema = schema, .lock_ms = 300 });
}

/* One SQL statement from a test's own hand. */
static inline void database_run(struct bs_db *db, const char *sql)
{
	struct bs_err err;

	assert_ok(db->driver->run(db, sql, &err), &err);
}

/* A statement on the cluster, from outside of the test's database, whose name is put between the two parts. PostgreSQL
 * alone. */
static inline void cluster_run(const char *before, const char *after)
{
	struct bs_db *db;
	char sql[400];

	assert_non_null(getenv("BS_TEST_POSTGRES"));
	db = database_open(&(struct bs_db_options){ .dsn = getenv("BS_TEST_POSTGRES"), .role = BS_DB_WRITER, .lock_ms = 60000 });
	snprintf(sql, sizeof(sql), "%stest_%d%s", before, (int)getpid(), after);
	database_run(db, sql);
	bs_db_close(&db);
}

/* Have the server end every connection to the test's database, and wait until it has. */
static inline void database_disconnect_all(void)
{
	cluster_run("SELECT COUNT(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = '", "'");
}

/* Make the database empty (again) and return its DSN; both forms live until the program ends. */
static inline const char *database_empty(void)
{
	static char dsn[600], path[600];
	struct bs_db *db;

	if (on_postgres()) {
		if (dsn[0] == '\0') {
			cluster_run("CREATE DATABASE ", "");
			snprintf(dsn, sizeof(dsn), "%s dbname=test_%d", getenv("BS_TEST_POSTGRES"), (int)getpid());
			return dsn;
		}
		/* Much faster than another database. */
		database_disconnect_all();
		db = database_open_at(dsn, BS_DB_WRITER, NULL);
		database_run(db, "DROP SCHEMA public CASCADE");
		database_run(db, "CREATE SCHEMA public");
		database_run(db, "GRANT USAGE ON SCHEMA public TO PUBLIC");
		bs_db_close(&db);
		return dsn;
	}
	snprintf(dsn, sizeof(dsn), "/tmp/broadsheet-test-%d.db", (int)getpid());
	snprintf(path, sizeof(path), "%s-wal", dsn);
	(void)unlink(path);
	snprintf(path, sizeof(path), "%s-shm", dsn);
	(void)unlink(path);
	(void)unlink(dsn);
	return dsn;
}

/* Remove what database_empty made. */
static inline void database_remove(void)
{
	if (on_postgres()) {
		cluster_run("DROP DATABASE IF EXISTS ", " WITH (FORCE)");
		return;
	}
	(void)unlink(database_empty());
}

#endif
