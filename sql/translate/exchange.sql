-- name: exchange-story
-- columns: id, lang
SELECT id, lang FROM story WHERE public_id = ?1;

-- Published stories, newest first, for those who translate the whole newsroom; or the one that ?2 names.
-- name: exchange-stories
-- columns: id, public_id, lang
SELECT id, public_id, lang FROM story WHERE id < ?1 AND status = 'published' AND (?2 = '' OR public_id = ?2) ORDER BY id DESC LIMIT 500;

-- name: exchange-story-count
-- columns: stories
SELECT count(*) FROM story WHERE status = 'published' AND (?1 = '' OR public_id = ?1);
