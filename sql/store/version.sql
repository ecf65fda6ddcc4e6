-- name: version-list
-- columns: number, name, hash
SELECT number, name, hash FROM schema_version ORDER BY number;

-- name: version-add
INSERT INTO schema_version (number, name, hash) VALUES (?1, ?2, ?3);

-- name: version-remove
DELETE FROM schema_version WHERE number = ?1;

-- name: version-named
-- columns: rows
SELECT COUNT(*) FROM schema_version WHERE name = ?1;
