-- The terms of stories; what makes them an index and asks it stands in search-index.*.sql.

-- Of story ?1 what is in language ?2; '': all.
-- name: search-terms-remove
DELETE FROM search_terms WHERE story_id = ?1 AND (?2 = '' OR lang = ?2);
-- name: search-pending-add
INSERT INTO search_pending (key) VALUES (?1) ON CONFLICT (key) DO NOTHING;
-- name: search-pending-remove
DELETE FROM search_pending WHERE key IN (SELECT key FROM search_terms WHERE story_id = ?1 AND (?2 = '' OR lang = ?2));
-- name: search-pending-clear
DELETE FROM search_pending;
-- name: search-terms-add
INSERT INTO search_terms (key, story_id, lang, title, summary, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- Where the words of story ?1 in language ?2 stand: its passages but for the title, summary first.
-- name: search-passages
-- columns: markup, lang
SELECT p.markup, p.lang FROM story s JOIN body_passage b ON b.body_id = s.body_id
LEFT JOIN translation t ON t.lang = ?2 AND t.passage_id = b.passage_id JOIN passage p ON p.id = coalesce(t.target_id, b.passage_id)
WHERE s.id = ?1 AND b.path NOT IN ('@title', '@author-line', '@image-alt', '@image-caption', '@image-credit')
ORDER BY b.pos;

-- The words that readers may have meant: headlines of the newest ?3 stories in language ?1 …
-- name: search-known-titles
-- columns: markup
SELECT p.markup FROM (SELECT story_id FROM listing WHERE kind = 0 AND of = 0 AND lang = ?1 AND published_at <= ?2
	ORDER BY published_at DESC, story_id DESC LIMIT ?3) l
JOIN story s ON s.id = l.story_id LEFT JOIN translation t ON t.lang = ?1 AND t.passage_id = s.title_id
JOIN passage p ON p.id = coalesce(t.target_id, s.title_id);

-- … and what people and terms with stories in language ?1 are called there, else in ?2 (the publication's), else anywhere; ?3 at most.
-- The program folds them and keeps them.
-- name: search-names
-- columns: id, kind, slug, name
SELECT p.id, 'author', p.slug, p.name FROM person p
WHERE EXISTS (SELECT 1 FROM listing_part c WHERE c.kind = 2 AND c.of = p.id AND c.lang = ?1 AND c.stories > 0)
UNION ALL
SELECT t.id, t.vocabulary, t.slug, coalesce((SELECT n.name FROM term_name n WHERE n.term_id = t.id AND n.lang = ?1),
		(SELECT n.name FROM term_name n WHERE n.term_id = t.id AND n.lang = ?2),
		(SELECT min(n.name) FROM term_name n WHERE n.term_id = t.id), t.slug) FROM term t
WHERE EXISTS (SELECT 1 FROM listing_part c WHERE c.kind = 1 AND c.of = t.id AND c.lang = ?1 AND c.stories > 0)
LIMIT ?3;

-- Stories whose terms in a language are to be made: listed in it before it was searched, or folded in another way now. One that is
-- found in its own language goes on being so.
-- name: search-due
-- columns: story_id, lang, own, published_at, body_id, listed
SELECT d.story_id, d.lang, CASE WHEN s.lang = d.lang THEN 1 ELSE 0 END, s.published_at, s.body_id,
	coalesce(t.listed, (SELECT 1 FROM search_terms x WHERE x.story_id = d.story_id AND x.lang = d.lang AND x.lang = s.lang), 0)
FROM search_due d JOIN story s ON s.id = d.story_id
LEFT JOIN story_translation t ON t.story_id = d.story_id AND t.lang = d.lang ORDER BY d.story_id, d.lang LIMIT ?1;
-- name: search-is-due
-- columns: due
SELECT count(*) FROM (SELECT story_id FROM search_due LIMIT 1) d;
-- name: search-due-remove
DELETE FROM search_due WHERE story_id = ?1 AND lang = ?2;
