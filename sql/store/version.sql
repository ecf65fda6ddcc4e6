-- name: version-list
-- columns: number, name, hash
SELECT number, name, hash FROM schema_version ORDER BY number;

-- name: version-add
INSERT INTO schema_version (number, name, hash) VALUES (?1, ?2, ?3);
