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

static inline struct bs_db *database_open_at(const char *dsn, enum bs_db_role role, const struct bs_schema *schema)
{
	struct bs_db_options options = { .dsn = dsn, .role = role, .schema = schema, .lock_ms = 300 };
	struct bs_db *db = NULL;
	struct bs_err err;

	assert_ok(bs_db_open(&options, &db, &err), &err);
	return db;
}

/* One SQL statement from a test's own hand. */
static inline void database_run(struct bs_db *db, const char *sql)
{
	struct bs_err err;

	assert_ok(db->driver->run(db, sql, &err), &err);
}

/* Make the database empty (again) and return its DSN; both forms live until the program ends. */
static inline const char *database_empty(void)
{
	static char dsn[600], path[600];

	if (on_postgres()) {
		const char *cluster = getenv("BS_TEST_POSTGRES");
		char sql[200];
		struct bs_db *db;

		assert_non_null(cluster);
		db = database_open_at(cluster, BS_DB_WRITER, NULL);
		snprintf(sql, sizeof(sql), "DROP DATABASE IF EXISTS test_%d WITH (FORCE)", (int)getpid());
		database_run(db, sql);
		snprintf(sql, sizeof(sql), "CREATE DATABASE test_%d", (int)getpid());
		database_run(db, sql);
		bs_db_close(&db);
		snprintf(dsn, sizeof(dsn), "%s dbname=test_%d", cluster, (int)getpid());
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
		struct bs_db *db = database_open_at(getenv("BS_TEST_POSTGRES"), BS_DB_WRITER, NULL);
		char sql[200];

		snprintf(sql, sizeof(sql), "DROP DATABASE IF EXISTS test_%d WITH (FORCE)", (int)getpid());
		database_run(db, sql);
		bs_db_close(&db);
		return;
	}
	(void)unlink(database_empty());
}

#endif
