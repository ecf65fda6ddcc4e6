-- name: change-add
INSERT INTO change (tag) VALUES (?1);

-- name: change-prune
DELETE FROM change WHERE id <= (SELECT MAX(id) FROM change) - CAST(?1 AS BIGINT);

-- name: change-bounds
-- columns: oldest, newest
SELECT MIN(id), MAX(id) FROM change;

-- name: change-after
-- columns: id, tag
SELECT id, tag FROM change WHERE id > ?1 ORDER BY id LIMIT ?2;
