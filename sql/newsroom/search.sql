-- The terms of stories; what makes them an index and asks it stands in search-index.*.sql.

-- name: search-text-remove
DELETE FROM search_text WHERE story_id = ?1;
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
SELECT name FROM (SELECT p.name FROM listing_count c JOIN person p ON p.id = c.of
	WHERE c.kind = 2 AND c.lang = ?1 AND c.stories > 0 LIMIT ?2) people
UNION ALL
SELECT name FROM (SELECT n.name FROM listing_count c JOIN term_name n ON n.term_id = c.of AND n.lang = c.lang
	WHERE c.kind = 1 AND c.lang = ?1 AND c.stories > 0 LIMIT ?2) terms;
