-- What only one of the two says so. Its counterpart is only.postgres.sql.

-- name: tx-read
BEGIN DEFERRED;

-- name: tx-write
BEGIN IMMEDIATE;

-- name: version-exists
-- columns: found
SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version';

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
