-- What the translator reads and writes.

-- name: translate-story
-- columns: lang, status, published_at
SELECT lang, status, published_at FROM story WHERE id = ?1;

-- Names that stay as they are in a story: those of its people.
-- name: translate-story-names
-- columns: name
SELECT p.name FROM story_person s JOIN person p ON p.id = s.person_id WHERE s.story_id = ?1 ORDER BY s.pos;

-- … and in what the paper says of itself: those of all people.
-- name: translate-people-names
-- columns: name
SELECT name FROM person ORDER BY id LIMIT 2000;

-- name: translate-spent
-- columns: characters, cost
SELECT characters, cost FROM translate_day WHERE day = ?1 AND engine = ?2;

-- name: translate-spent-all
-- columns: cost
SELECT CAST(coalesce(sum(cost), 0) AS BIGINT) FROM translate_day WHERE day = ?1;

-- name: translate-spend
INSERT INTO translate_day (day, engine, characters, cost) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (day, engine) DO UPDATE SET characters = translate_day.characters + excluded.characters, cost = translate_day.cost + excluded.cost;

-- name: translate-refusal-set
INSERT INTO translate_refusal (lang, passage_id, engine, reason, made_at) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (lang, passage_id) DO UPDATE SET engine = excluded.engine, reason = excluded.reason, made_at = excluded.made_at;

-- name: translate-refusal-remove
DELETE FROM translate_refusal WHERE lang = ?1 AND passage_id = ?2;

-- Those of a story's newest revision that still wait for a person.
-- name: translate-refusals-of-story
-- columns: passage_id, engine, reason
SELECT r.passage_id, r.engine, r.reason FROM story s JOIN body_passage b ON b.body_id = s.body_id
JOIN translate_refusal r ON r.lang = ?2 AND r.passage_id = b.passage_id
WHERE s.id = ?1 AND NOT EXISTS (SELECT 1 FROM translation t WHERE t.lang = ?2 AND t.passage_id = b.passage_id) ORDER BY b.pos;

-- Those of what the paper says of itself.
-- name: translate-refusals-of-paper
-- columns: passage_id
SELECT r.passage_id FROM paper_passage x JOIN translate_refusal r ON r.lang = ?1 AND r.passage_id = x.passage_id
WHERE NOT EXISTS (SELECT 1 FROM translation t WHERE t.lang = ?1 AND t.passage_id = x.passage_id) GROUP BY r.passage_id;

-- name: translate-newest-revision
-- columns: id
SELECT coalesce(max(id), 0) FROM revision;

-- name: translate-cursors
-- columns: lang, revision_id
SELECT lang, revision_id FROM translate_cursor;

-- name: translate-cursor-set
INSERT INTO translate_cursor (lang, revision_id) VALUES (?1, ?2)
ON CONFLICT (lang) DO UPDATE SET revision_id = excluded.revision_id;

-- Stories with a revision behind ?1, in the order of their newest one. A withdrawn one or a draft has nothing to translate.
-- name: translate-revised
-- columns: revision_id, story_id, lang, status, published_at
SELECT s.revision_id, s.id, s.lang, s.status, s.published_at FROM revision r JOIN story s ON s.revision_id = r.id
WHERE r.id > ?1 ORDER BY r.id LIMIT 200;
