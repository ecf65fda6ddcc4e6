-- The terms of stories; what makes them an index and asks it stands in search-index.*.sql.

-- name: search-text-remove
DELETE FROM search_text WHERE story_id = ?1;
-- name: search-pending-add
INSERT INTO search_pending (story_id) VALUES (?1) ON CONFLICT (story_id) DO NOTHING;
-- name: search-pending-remove
DELETE FROM search_pending WHERE story_id = ?1;
-- name: search-pending-clear
DELETE FROM search_pending;
-- name: search-text-add
INSERT INTO search_text (key, story_id, lang, title, summary, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- Where the words of story ?1 stand: its passages but for the title, summary first.
-- name: search-passages
-- columns: markup
SELECT p.markup FROM story s JOIN body_passage b ON b.body_id = s.body_id JOIN passage p ON p.id = b.passage_id
WHERE s.id = ?1 AND b.path NOT IN ('@title', '@author-line', '@image-alt', '@image-caption', '@image-credit')
ORDER BY b.pos;

-- The words that readers may have meant: headlines of the newest ?3 stories in language ?1 …
-- name: search-known-titles
-- columns: markup
SELECT p.markup FROM (SELECT story_id FROM listing WHERE kind = 0 AND of = 0 AND lang = ?1 AND published_at <= ?2
	ORDER BY published_at DESC, story_id DESC LIMIT ?3) l
JOIN story s ON s.id = l.story_id JOIN passage p ON p.id = s.title_id;

-- … and what people and terms are called, at most ?2 of each.
-- name: search-known-names
-- columns: name
SELECT name FROM (SELECT p.name FROM person p
	WHERE EXISTS (SELECT 1 FROM listing_part c WHERE c.kind = 2 AND c.of = p.id AND c.lang = ?1) LIMIT ?2) people
UNION ALL
SELECT name FROM (SELECT n.name FROM term_name n
	WHERE n.lang = ?1 AND EXISTS (SELECT 1 FROM listing_part c WHERE c.kind = 1 AND c.of = n.term_id AND c.lang = ?1) LIMIT ?2) terms;
