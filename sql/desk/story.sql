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

-- Names to choose from.
-- name: desk-people
-- columns: name
SELECT name FROM person ORDER BY name, id LIMIT ?1;

-- name: desk-terms
-- columns: name
SELECT n.name FROM term t JOIN term_name n ON n.term_id = t.id WHERE t.vocabulary = ?1 AND n.lang = ?2 ORDER BY n.name, t.id LIMIT ?3;

-- Notices that are listed by the stories which carry them.
-- name: desk-notices
-- columns: slug, title
SELECT slug, min(title) FROM notice WHERE applies = 'listed' GROUP BY slug ORDER BY slug LIMIT ?1;
