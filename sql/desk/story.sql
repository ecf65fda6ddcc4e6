-- What the desk reads of stories, whatever their status.

-- name: desk-story-head
-- columns: id, public_id, lang, status, kind, slug, year, month, published_at, revision_id, number, changed_at, title
SELECT s.id, s.public_id, s.lang, s.status, s.kind, s.slug, s.year, s.month, s.published_at, s.revision_id, r.number, r.created_at, p.markup
FROM story s JOIN revision r ON r.id = s.revision_id JOIN passage p ON p.id = s.title_id WHERE s.id = ?1;

-- name: desk-story-by-public-id
-- columns: id
SELECT id FROM story WHERE public_id = ?1;

-- The newest ?2 revisions of a story, with who made each, where the log has it.
-- name: desk-revisions
-- columns: number, created_at, who, action
SELECT r.number, r.created_at, coalesce(a.who, ''), coalesce(a.action, '')
FROM revision r LEFT JOIN audit a ON a.story_id = r.story_id AND a.revision_id = r.id
WHERE r.story_id = ?1 ORDER BY r.number DESC LIMIT ?2;

-- Pictures to choose from, newest first.
-- name: desk-media
-- columns: id, name, hash, mime
SELECT id, name, hash, mime FROM media ORDER BY id DESC LIMIT ?1;

-- Names to choose from.
-- name: desk-people
-- columns: name
SELECT name FROM person ORDER BY name, id LIMIT ?1;

-- name: desk-terms
-- columns: vocabulary, name
SELECT t.vocabulary, n.name FROM term t JOIN term_name n ON n.term_id = t.id WHERE n.lang = ?1 ORDER BY t.vocabulary, n.name, t.id LIMIT ?2;

-- Notices that are listed by the stories which carry them, with how they begin.
-- name: desk-notices
-- columns: slug, title, markup
SELECT n.slug, min(n.title), min(p.markup) FROM notice n LEFT JOIN body_passage b ON b.body_id = n.body_id AND b.pos = 0
LEFT JOIN passage p ON p.id = b.passage_id WHERE n.applies = 'listed' GROUP BY n.slug ORDER BY n.slug LIMIT ?1;

-- name: working-copy-get
-- columns: base, fields, saved_at
SELECT base, fields, saved_at FROM working_copy WHERE story = ?1 AND account_id = ?2;
-- name: working-copy-put
INSERT INTO working_copy (story, account_id, base, fields, saved_at) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (story, account_id) DO UPDATE SET base = excluded.base, fields = excluded.fields, saved_at = excluded.saved_at;
-- name: working-copy-remove
DELETE FROM working_copy WHERE story = ?1 AND account_id = ?2;
