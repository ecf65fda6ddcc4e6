-- What bs_draft_load reads of a story besides its passages.

-- name: draft-load
-- columns: public_id, meta, body_id
SELECT s.public_id, r.meta, r.body_id FROM story s JOIN revision r ON r.id = s.revision_id WHERE s.id = ?1;

-- The same of an earlier revision.
-- name: draft-load-revision
-- columns: public_id, meta, body_id
SELECT s.public_id, r.meta, r.body_id FROM story s JOIN revision r ON r.story_id = s.id WHERE s.id = ?1 AND r.number = ?2;

-- Whom and what its newest revision names, as they are called now.
-- name: draft-people
-- columns: slug, name, role
SELECT p.slug, p.name, sp.role FROM story_person sp JOIN person p ON p.id = sp.person_id WHERE sp.story_id = ?1 ORDER BY sp.pos;
-- name: draft-terms
-- columns: vocabulary, slug
SELECT t.vocabulary, t.slug FROM story_term st JOIN term t ON t.id = st.term_id WHERE st.story_id = ?1 ORDER BY st.pos;

-- name: draft-addresses
-- columns: lang, year, month, slug
SELECT lang, year, month, slug FROM address WHERE story_id = ?1 ORDER BY lang, year, month, slug;

-- Links of whose targets more is known than their words.
-- name: draft-citations
-- columns: url, title, publisher, seen_at, health, archived_url
SELECT url, title, publisher, seen_at, health, archived_url FROM citation
WHERE story_id = ?1 AND (publisher <> '' OR archived_url <> '' OR health NOT IN ('', 'unknown-target')) ORDER BY url, pos;
