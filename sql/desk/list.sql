-- The list of all stories. ?1 says along which index candidates are taken, newest first, at most ?4 of them behind the place (?2, ?3); the rest of
-- the filter is held against these. So a list costs no more than ?4 candidates, however rare what is asked for (docs/rooms/desk.md).
--   ?1: 0 all, 1 state ?5, 2 language ?6, 3 term ?7, 4 person ?8, 5 those that account ?9 began or is named in, 6 time from ?10 to ?11 (by time; the others by last save)

-- name: desk-list
-- columns: id, key, title, lang, kind, status, authors, published_at, number, changed_at
WITH c AS (
	SELECT id, key FROM (SELECT id, revision_id AS key FROM story
		WHERE CAST(?1 AS BIGINT) = 0 AND revision_id < ?2 ORDER BY revision_id DESC LIMIT ?4) a
	UNION ALL SELECT id, key FROM (SELECT id, revision_id AS key FROM story
		WHERE CAST(?1 AS BIGINT) = 1 AND status = ?5 AND revision_id < ?2 ORDER BY revision_id DESC LIMIT ?4) b
	UNION ALL SELECT id, key FROM (SELECT id, revision_id AS key FROM story
		WHERE CAST(?1 AS BIGINT) = 2 AND lang = ?6 AND revision_id < ?2 ORDER BY revision_id DESC LIMIT ?4) d
	UNION ALL SELECT id, key FROM (SELECT s.id, s.revision_id AS key FROM story_term t JOIN story s ON s.id = t.story_id
		WHERE CAST(?1 AS BIGINT) = 3 AND t.term_id = ?7 AND s.revision_id < ?2 ORDER BY s.revision_id DESC LIMIT ?4) e
	UNION ALL SELECT id, key FROM (SELECT DISTINCT s.id, s.revision_id AS key FROM story_person p JOIN story s ON s.id = p.story_id
		WHERE CAST(?1 AS BIGINT) = 4 AND p.person_id = ?8 AND s.revision_id < ?2 ORDER BY s.revision_id DESC LIMIT ?4) f
	UNION ALL SELECT id, key FROM (SELECT s.id, s.revision_id AS key FROM (SELECT story_id FROM story_owner WHERE account_id = ?9
			UNION SELECT p.story_id FROM story_person p JOIN account a ON a.person_id = p.person_id WHERE a.id = ?9) o
		JOIN story s ON s.id = o.story_id
		WHERE CAST(?1 AS BIGINT) = 5 AND s.revision_id < ?2 ORDER BY s.revision_id DESC LIMIT ?4) g
	UNION ALL SELECT id, key FROM (SELECT id, published_at AS key FROM story
		WHERE CAST(?1 AS BIGINT) = 6 AND published_at >= ?10 AND published_at < ?11 AND (published_at, id) < (?2, ?3)
		ORDER BY published_at DESC, id DESC LIMIT ?4) h)
SELECT s.id, c.key, p.markup, s.lang, s.kind, s.status, s.authors, s.published_at, r.number, r.created_at
FROM c JOIN story s ON s.id = c.id JOIN passage p ON p.id = s.title_id JOIN revision r ON r.id = s.revision_id
WHERE (CAST(?5 AS TEXT) = '' OR s.status = ?5) AND (CAST(?6 AS TEXT) = '' OR s.lang = ?6)
	AND (CAST(?7 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM story_term t WHERE t.story_id = s.id AND t.term_id = ?7))
	AND (CAST(?8 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM story_person t WHERE t.story_id = s.id AND t.person_id = ?8))
	AND (CAST(?9 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM story_owner t WHERE t.story_id = s.id AND t.account_id = ?9)
		OR EXISTS (SELECT 1 FROM story_person t JOIN account a ON a.person_id = t.person_id WHERE t.story_id = s.id AND a.id = ?9))
	AND (CAST(?11 AS BIGINT) = 0 OR (s.published_at >= ?10 AND s.published_at < ?11))
ORDER BY c.key DESC, c.id DESC LIMIT ?12;

-- How far the candidates of that list reach.
-- name: desk-list-edge
-- columns: count, key, id
WITH c AS (
	SELECT id, key FROM (SELECT id, revision_id AS key FROM story
		WHERE CAST(?1 AS BIGINT) = 0 AND revision_id < ?2 ORDER BY revision_id DESC LIMIT ?4) a
	UNION ALL SELECT id, key FROM (SELECT id, revision_id AS key FROM story
		WHERE CAST(?1 AS BIGINT) = 1 AND status = ?5 AND revision_id < ?2 ORDER BY revision_id DESC LIMIT ?4) b
	UNION ALL SELECT id, key FROM (SELECT id, revision_id AS key FROM story
		WHERE CAST(?1 AS BIGINT) = 2 AND lang = ?6 AND revision_id < ?2 ORDER BY revision_id DESC LIMIT ?4) d
	UNION ALL SELECT id, key FROM (SELECT id, published_at AS key FROM story
		WHERE CAST(?1 AS BIGINT) = 6 AND published_at >= ?7 AND published_at < ?8 AND (published_at, id) < (?2, ?3)
		ORDER BY published_at DESC, id DESC LIMIT ?4) h)
SELECT (SELECT count(*) FROM c), c.key, c.id FROM c ORDER BY c.key, c.id LIMIT 1;

-- One of the stories that a search found, if the rest of the filter lets it in; columns as above.
-- name: desk-list-one
-- columns: id, key, title, lang, kind, status, authors, published_at, number, changed_at
SELECT s.id, s.revision_id, p.markup, s.lang, s.kind, s.status, s.authors, s.published_at, r.number, r.created_at
FROM story s JOIN passage p ON p.id = s.title_id JOIN revision r ON r.id = s.revision_id
WHERE s.id = ?1 AND (CAST(?2 AS TEXT) = '' OR s.status = ?2) AND (CAST(?3 AS TEXT) = '' OR s.lang = ?3)
	AND (CAST(?4 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM story_term t WHERE t.story_id = s.id AND t.term_id = ?4))
	AND (CAST(?5 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM story_person t WHERE t.story_id = s.id AND t.person_id = ?5))
	AND (CAST(?6 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM story_owner t WHERE t.story_id = s.id AND t.account_id = ?6)
		OR EXISTS (SELECT 1 FROM story_person t JOIN account a ON a.person_id = t.person_id WHERE t.story_id = s.id AND a.id = ?6))
	AND (CAST(?8 AS BIGINT) = 0 OR (s.published_at >= ?7 AND s.published_at < ?8));

-- Titles of the newest ?2 stories of a state that the public index does not have.
-- name: desk-list-titles
-- columns: id, lang, markup
SELECT s.id, s.lang, p.markup FROM story s JOIN passage p ON p.id = s.title_id WHERE s.status = ?1 ORDER BY s.revision_id DESC LIMIT ?2;

-- How many stories, counted up to ?2.
-- name: desk-count-term
-- columns: count
SELECT count(*) FROM (SELECT 1 FROM story_term WHERE term_id = ?1 LIMIT ?2) c;
-- name: desk-count-person
-- columns: count
SELECT count(*) FROM (SELECT 1 FROM story_person WHERE person_id = ?1 LIMIT ?2) c;

-- A term of any vocabulary by name or slug.
-- name: desk-term-find
-- columns: id
SELECT id FROM (SELECT t.id FROM term t WHERE t.slug = ?1 UNION ALL SELECT n.term_id FROM term_name n WHERE n.name = ?1) found ORDER BY id LIMIT 1;
-- name: desk-person-find
-- columns: id
SELECT id FROM person WHERE name = ?1 OR slug = ?1 ORDER BY id LIMIT 1;
