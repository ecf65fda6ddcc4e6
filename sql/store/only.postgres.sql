-- What only one of the two says so. Its counterpart is only.sqlite.sql.

-- name: tx-read
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;

-- name: tx-write
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;

-- name: table-exists
-- columns: found
SELECT COUNT(*) FROM pg_catalog.pg_class WHERE oid = to_regclass(CAST(?1 AS TEXT));

-- Whose tables are here, when schema_version is not? Those of extensions are no stranger's.
-- name: version-strangers
-- columns: found
SELECT COUNT(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
WHERE c.relkind IN ('r', 'p', 'f') AND NOT EXISTS
	(SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e');

-- name: version-create
CREATE TABLE IF NOT EXISTS schema_version (number BIGINT PRIMARY KEY, name TEXT COLLATE "C" NOT NULL, hash TEXT COLLATE "C" NOT NULL);

-- Writers take turns, in every process on this database; given back when the transaction ends. The number means nothing.
-- name: tx-turn
-- only
-- columns: turn
SELECT COUNT(*) FROM pg_advisory_xact_lock(4787814230301);

-- name: change-listen
-- only
LISTEN broadsheet_change;
