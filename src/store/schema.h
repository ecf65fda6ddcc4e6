/* schema.h - what tools/sql-to-c makes of the folder sql/: named queries, migrations, tables; each for both databases.
 *
 * store/queries.h declares every named query as `BS_Q_story_find` (from "-- name: story-find"), so that a misspelt name
 * does not compile, and the position of each of its columns as `BS_C_story_find_title` (from "-- columns: id, title").
 * Everything here is constant data, safe from any thread. How the SQL is written: docs/rooms/store.md. */
#ifndef BS_STORE_SCHEMA_H
#define BS_STORE_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

enum { BS_PARAMS_MAX = 64 }; /* the most that a query may have; tools/sql-to-c holds them to it */

enum bs_dialect { BS_SQLITE, BS_POSTGRES, BS_DIALECT_COUNT };

struct bs_query {
	const char *name; /* "story-find" */
	const char *sql[BS_DIALECT_COUNT]; /* NULL where the one has no need of it ("-- only") */
	uint16_t id;      /* its place in the schema's queries and in each connection's statement cache */
	uint8_t params;   /* highest ?N */
	uint8_t columns;  /* as the "-- columns:" line lists them; 0 for a query without rows */
	bool differs;     /* it has one file per database */
	bool gives_id;    /* INSERT … RETURNING id, for SQLite without that clause: see sqlite.c */
};

struct bs_migration {
	int number;       /* 1 of "001-newsroom.sql" */
	const char *name; /* "001-newsroom" */
	const char *const *sql[BS_DIALECT_COUNT]; /* statements, NULL behind the last */
	const char *hash; /* SHA-256 of the migration's source, hexadecimal */
};

enum bs_column_kind { BS_COLUMN_INT, BS_COLUMN_REAL, BS_COLUMN_TEXT, BS_COLUMN_BLOB };

struct bs_column {
	const char *name;
	enum bs_column_kind kind;
	int key;   /* its place in the primary key, from 0; -1: not part of it */
	bool link; /* it refers to a row of its own table, or is NULL */
};

/* A table, and the queries that copy it from one database to another (copy.c). */
struct bs_table {
	const char *name;
	const struct bs_column *columns;
	int column_count;
	int key_count;
	const struct bs_query *first;   /* ?1 rows in the order of the key, all columns */
	const struct bs_query *after;   /* the same behind the key ?1 … */
	const struct bs_query *last;    /* the largest key */
	const struct bs_query *insert;
	const struct bs_query *link;    /* set the columns that link rows, ?2 …, of the row with key ?1; NULL: there are none */
	const struct bs_query *clear;
	const struct bs_query *restart; /* PostgreSQL: number new rows behind the largest key; NULL: it is not numbered */
};

struct bs_schema {
	const struct bs_query *const *queries; /* by id */
	int query_count;
	const struct bs_migration *migrations; /* in order of number */
	int migration_count;
	const struct bs_table *tables; /* each behind those it refers to */
	int table_count;
};

/* Broadsheet's own. */
extern const struct bs_schema bs_schema;

#endif
