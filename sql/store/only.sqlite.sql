-- What only one of the two says so. Its counterpart is only.postgres.sql.

-- name: tx-read
BEGIN DEFERRED;

-- name: tx-write
BEGIN IMMEDIATE;

-- name: table-exists
-- columns: found
SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1;

-- Whose tables are here, when schema_version is not?
-- name: version-strangers
-- columns: found
SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table';

-- name: version-create
CREATE TABLE IF NOT EXISTS schema_version (number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL) STRICT;

-- name: change-version
-- only
-- columns: version
PRAGMA data_version;

-- name: rank-interface
-- only
-- columns: nothing
SELECT fts5(?1);

-- The first damage of the file, or ok.
-- name: file-damage
-- only
-- columns: damage
PRAGMA integrity_check(1);

-- A row that refers to one that is not there.
-- name: row-orphan
-- only
-- columns: child, row, parent, key
SELECT * FROM pragma_foreign_key_check LIMIT 1;
