-- The terms of stories; what makes them an index and asks it stands in search-index.*.sql.

-- name: search-text-remove
DELETE FROM search_text WHERE story_id = ?1;
-- name: search-text-add
INSERT INTO search_text (key, story_id, lang, title, summary, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
