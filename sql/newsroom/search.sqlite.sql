-- The index of words; its counterpart is search.postgres.sql.

-- name: search-remove
DELETE FROM story_search WHERE rowid = ?1;

-- ?3, ?4, ?5: the terms of title, summary and body.
-- name: search-add
INSERT INTO story_search (rowid, lang, title, summary, body) VALUES (?1, ?2, ?3, ?4, ?5);
