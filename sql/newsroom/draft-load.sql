-- What bs_draft_load reads of a story besides its passages.

-- name: draft-load
-- columns: public_id, meta, body_id
SELECT s.public_id, r.meta, r.body_id FROM story s JOIN revision r ON r.id = s.revision_id WHERE s.id = ?1;

-- The same of an earlier revision.
-- name: draft-load-revision
-- columns: public_id, meta, body_id
SELECT s.public_id, r.meta, r.body_id FROM story s JOIN revision r ON r.story_id = s.id WHERE s.id = ?1 AND r.number = ?2;

-- name: draft-addresses
-- columns: lang, year, month, slug
SELECT lang, year, month, slug FROM address WHERE story_id = ?1 ORDER BY lang, year, month, slug;

-- Links of whose targets more is known than their words.
-- name: draft-citations
-- columns: url, title, publisher, seen_at, health, archived_url
SELECT url, title, publisher, seen_at, health, archived_url FROM citation
WHERE story_id = ?1 AND (publisher <> '' OR archived_url <> '' OR health NOT IN ('', 'unknown-target')) ORDER BY url, pos;
