-- The list of all stories, last changed first.

-- name: desk-list
-- columns: id, title, lang, kind, status, authors, published_at, revision_id, number, changed_at
SELECT s.id, p.markup, s.lang, s.kind, s.status, s.authors, s.published_at, s.revision_id, r.number, r.created_at
FROM story s JOIN passage p ON p.id = s.title_id JOIN revision r ON r.id = s.revision_id
WHERE s.revision_id < ?1 ORDER BY s.revision_id DESC LIMIT ?2;
