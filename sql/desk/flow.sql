-- Around a story on its way to readers: remarks of colleagues, house style, links that are looked at, names that are proposed.

-- The passages of a story as it is now, in order; fields ('@title' …) among them.
-- name: desk-passages
-- columns: path, passage_id, markup
SELECT b.path, b.passage_id, p.markup FROM story s JOIN body_passage b ON b.body_id = s.body_id JOIN passage p ON p.id = b.passage_id
WHERE s.id = ?1 ORDER BY b.pos;

-- Whether a passage stands in the story now.
-- name: desk-passage-in
-- columns: passage_id
SELECT b.passage_id FROM story s JOIN body_passage b ON b.body_id = s.body_id WHERE s.id = ?1 AND b.passage_id = ?2 ORDER BY b.pos LIMIT 1;

-- The newest ?2 remarks on a story, the oldest first, with the text that each is about.
-- name: remarks-of-story
-- columns: id, thread_id, passage_id, who, made_at, text, resolved_at, resolver, markup
SELECT r.id, coalesce(r.thread_id, r.id), coalesce(r.passage_id, 0), a.name, r.made_at, r.words, r.resolved_at, coalesce(b.name, ''),
	coalesce(p.markup, '')
FROM (SELECT * FROM remark WHERE story_id = ?1 ORDER BY id DESC LIMIT ?2) r JOIN account a ON a.id = r.account_id
LEFT JOIN account b ON b.id = r.resolved_by LEFT JOIN passage p ON p.id = r.passage_id
ORDER BY r.id;

-- The remark that began a conversation on this story.
-- name: remark-thread
-- columns: passage_id
SELECT coalesce(passage_id, 0) FROM remark WHERE id = ?1 AND story_id = ?2 AND thread_id IS NULL;

-- What somebody said last in a story.
-- name: remark-last
-- columns: thread_id, passage_id, text
SELECT coalesce(thread_id, 0), coalesce(passage_id, 0), words FROM remark WHERE story_id = ?1 AND account_id = ?2 AND made_at >= ?3
ORDER BY id DESC LIMIT 1;

-- name: remark-add
INSERT INTO remark (story_id, thread_id, passage_id, account_id, made_at, words, resolved_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0);

-- ?2 0: opened again.
-- name: remark-resolve
UPDATE remark SET resolved_at = ?2, resolved_by = ?3 WHERE id = ?1;

-- Conversations that nobody has resolved.
-- name: remarks-open
-- columns: count
SELECT count(*) FROM remark WHERE story_id = ?1 AND thread_id IS NULL AND resolved_at = 0;

-- Whether a passage stood in any revision of the story.
-- name: desk-passage-ever
-- columns: passage_id
SELECT b.passage_id FROM revision r JOIN body_passage b ON b.body_id = r.body_id WHERE r.story_id = ?1 AND b.passage_id = ?2
ORDER BY r.id DESC LIMIT 1;

-- Links of a story that nobody has looked at since ?2, each once. What has just been saved counts as never looked at.
-- name: links-due
-- columns: url
SELECT url FROM citation WHERE story_id = ?1 AND url <> '' AND (health = '' OR seen_at < ?2) GROUP BY url ORDER BY min(pos);

-- name: link-health
UPDATE citation SET health = ?3, seen_at = ?4 WHERE story_id = ?1 AND url = ?2;

-- Rules of the house style: for stories in a language, or all of them ('').
-- name: house-rules
-- columns: id, lang, pattern, reason, suggestion
SELECT id, lang, pattern, reason, suggestion FROM house_rule WHERE CAST(?1 AS TEXT) = '' OR lang = '' OR lang = ?1
ORDER BY pattern, lang, id LIMIT ?2;

-- name: house-rule-find
-- columns: id
SELECT id FROM house_rule WHERE lang = ?1 AND pattern = ?2;
-- name: house-rule-count
-- columns: count
SELECT count(*) FROM house_rule;
-- name: house-rule-put
INSERT INTO house_rule (lang, pattern, reason, suggestion, changed_at) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (lang, pattern) DO UPDATE SET reason = excluded.reason, suggestion = excluded.suggestion, changed_at = excluded.changed_at;
-- name: house-rule-set
UPDATE house_rule SET lang = ?2, pattern = ?3, reason = ?4, suggestion = ?5, changed_at = ?6 WHERE id = ?1;
-- name: house-rule-remove
DELETE FROM house_rule WHERE id = ?1;

-- Names from one on to another, which is the end of those that begin with the first.
-- name: desk-people-from
-- columns: name
SELECT name FROM person WHERE name >= ?1 AND name < ?2 ORDER BY name, id LIMIT ?3;
-- name: desk-terms-from
-- columns: name
SELECT n.name FROM term_name n JOIN term t ON t.id = n.term_id WHERE t.vocabulary = ?1 AND n.name >= ?2 AND n.name < ?3
ORDER BY n.name, t.id LIMIT ?4;
