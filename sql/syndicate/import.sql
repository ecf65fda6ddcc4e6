-- Which documents stories were read from, and what an import asks of the newsroom before it writes.

-- name: import-source-find
-- columns: story_id, content_hash, public_id, lang, slug, year, month
SELECT i.story_id, i.content_hash, s.public_id, s.lang, s.slug, s.year, s.month
FROM import_source i JOIN story s ON s.id = i.story_id WHERE i.key = ?1;

-- name: import-source-of-story
-- columns: key, content_hash
SELECT key, content_hash FROM import_source WHERE story_id = ?1 ORDER BY seen_at DESC, key LIMIT 1;

-- A document that was not known; nothing changes when it is. An upsert would have SQLite keep all that the statement changes as it was.
-- name: import-source-add
INSERT INTO import_source (key, content_hash, story_id, seen_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (key) DO NOTHING;

-- name: import-source-put
INSERT INTO import_source (key, content_hash, story_id, seen_at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (key) DO UPDATE SET content_hash = excluded.content_hash, story_id = excluded.story_id, seen_at = excluded.seen_at;

-- The story has come from another path than these before: there it is not known any more.
-- name: import-source-moved
DELETE FROM import_source WHERE story_id = ?1 AND key <> ?2;

-- Who holds an address, or the slug among what has no date.
-- name: import-address-holder
-- columns: id, public_id
SELECT s.id, s.public_id FROM address a JOIN story s ON s.id = a.story_id
WHERE a.lang = ?1 AND a.year = ?2 AND a.month = ?3 AND a.slug = ?4
UNION ALL
SELECT s.id, s.public_id FROM story s WHERE s.year = 0 AND s.year = ?2 AND s.lang = ?1 AND s.slug = ?4;

-- The original that a translation calls by its slug alone: the newest story of that slug.
-- name: import-story-of-slug
-- columns: public_id
SELECT s.public_id FROM address a JOIN story s ON s.id = a.story_id
WHERE a.slug = ?1 AND s.original_id IS NULL ORDER BY a.year DESC, a.month DESC, s.id DESC LIMIT 1;

-- What a translation takes from its original.
-- name: import-original
-- columns: id, content_hash
SELECT s.id, r.content_hash FROM story s JOIN revision r ON r.id = s.revision_id WHERE s.public_id = ?1;

-- The home page's sections in their order.
-- name: import-sections
-- columns: slug
SELECT slug FROM term WHERE vocabulary = 'theme' AND section <> 0 ORDER BY section, slug;
