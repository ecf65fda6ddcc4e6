-- name: exchange-story
-- columns: id, lang
SELECT id, lang FROM story WHERE public_id = ?1;

-- Every story in the order of writing, for those who translate the whole newsroom.
-- name: exchange-stories
-- columns: id, public_id, lang
SELECT id, public_id, lang FROM story WHERE id > ?1 AND status = 'published' ORDER BY id LIMIT 500;
