-- name: exchange-story
-- columns: id, lang
SELECT id, lang FROM story WHERE public_id = ?1;

-- Published stories, newest first, for those who translate the whole newsroom; or the one that ?2 names.
-- name: exchange-stories
-- columns: id, public_id, lang
SELECT id, public_id, lang FROM story WHERE id < ?1 AND NOT status <> 'published' AND (?2 = '' OR public_id = ?2) ORDER BY id DESC LIMIT 500;

-- name: exchange-story-count
-- columns: stories
SELECT count(*) FROM story WHERE status = 'published' AND (?1 = '' OR public_id = ?1);

-- name: exchange-stories-in
-- columns: id
SELECT id FROM story WHERE id < ?1 AND status = 'published' AND lang = ?2 ORDER BY id DESC LIMIT 500;

-- Every translation from language ?2 into ?1.
-- name: exchange-memory
-- columns: passage_id, source, target, by_person, maker
SELECT t.passage_id, p.markup, q.markup, t.by_person, e.maker FROM translation t JOIN passage p ON p.id = t.passage_id
JOIN passage q ON q.id = t.target_id JOIN translation_entry e ON e.id = t.entry_id
WHERE t.lang = ?1 AND p.lang = ?2 AND t.passage_id > ?3 ORDER BY t.passage_id LIMIT 500;
