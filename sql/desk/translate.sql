-- What the translation desk reads and writes besides the newsroom's own (sql/newsroom/translation.sql).

-- name: claim-get
-- columns: account_id, name, claimed_at, expires_at
SELECT c.account_id, a.name, c.claimed_at, c.expires_at FROM translation_claim c JOIN account a ON a.id = c.account_id
WHERE c.story_id = ?1 AND c.lang = ?2 AND c.expires_at > ?3;
-- name: claim-put
INSERT INTO translation_claim (story_id, lang, account_id, claimed_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (story_id, lang) DO UPDATE SET account_id = excluded.account_id, claimed_at = excluded.claimed_at, expires_at = excluded.expires_at;
-- Work goes on: the claim of the one who works lasts longer.
-- name: claim-renew
UPDATE translation_claim SET expires_at = ?4 WHERE story_id = ?1 AND lang = ?2 AND account_id = ?3;
-- name: claim-remove
DELETE FROM translation_claim WHERE story_id = ?1 AND lang = ?2;

-- What an entry says, of which passage, in which language.
-- name: entry-text
-- columns: passage_id, lang, markup, maker
SELECT e.passage_id, e.lang, p.markup, e.maker FROM translation_entry e JOIN passage p ON p.id = e.target_id WHERE e.id = ?1;
-- Other things that were ever said of a passage, newest first.
-- name: entry-others
-- columns: id, maker, origin, made_at, markup
SELECT max(e.id), e.maker, e.origin, max(e.made_at), p.markup FROM translation_entry e JOIN passage p ON p.id = e.target_id
WHERE e.passage_id = ?1 AND e.lang = ?2 GROUP BY e.maker, e.origin, p.markup ORDER BY max(e.id) DESC LIMIT 6;

-- name: person-name
-- columns: name
SELECT name FROM person WHERE id = ?1;

-- The grid: stories that may be translated, with the states of their languages. As desk-list (sql/desk/list.sql): ?1 says along which index
-- candidates are taken, newest first, at most ?4 of them behind the place (?2, ?3); the rest of the filter is held against these.
-- SQLite must begin with the candidates (CROSS JOIN) and look each of them up by its key (coalesce: not by its state).
--   ?1: 0 all, 1 state ?6 in language ?5, 2 state ?6 in any language, 3 term ?7, 4 those that account ?8 has claimed
-- ?5 '' any language; ?6 '' any state, 'none' not begun
-- name: translate-grid
-- columns: id, key, title, lang, status
WITH c AS (
	SELECT id, key FROM (SELECT id, revision_id AS key FROM story
		WHERE CAST(?1 AS BIGINT) = 0 AND revision_id < ?2 ORDER BY revision_id DESC LIMIT ?4) a
	UNION ALL SELECT id, key FROM (SELECT story_id AS id, updated_at AS key FROM story_translation
		WHERE CAST(?1 AS BIGINT) = 1 AND lang = ?5 AND state = ?6 AND (updated_at, story_id) < (?2, ?3)
		ORDER BY updated_at DESC, story_id DESC LIMIT ?4) b
	UNION ALL SELECT id, key FROM (SELECT t.story_id AS id, t.updated_at AS key FROM story_translation t
		WHERE CAST(?1 AS BIGINT) = 2 AND t.state = ?6 AND (t.updated_at, t.story_id) < (?2, ?3)
			AND NOT EXISTS (SELECT 1 FROM story_translation n WHERE n.story_id = t.story_id AND coalesce(n.state, '') = ?6
				AND (n.updated_at, n.lang) > (t.updated_at, t.lang))
		ORDER BY t.updated_at DESC, t.story_id DESC LIMIT ?4) d
	UNION ALL SELECT id, key FROM (SELECT s.id, s.revision_id AS key FROM story_term t JOIN story s ON s.id = t.story_id
		WHERE CAST(?1 AS BIGINT) = 3 AND t.term_id = ?7 AND s.revision_id < ?2 ORDER BY s.revision_id DESC LIMIT ?4) e
	UNION ALL SELECT id, key FROM (SELECT DISTINCT s.id, s.revision_id AS key FROM translation_claim m JOIN story s ON s.id = m.story_id
		WHERE CAST(?1 AS BIGINT) = 4 AND m.account_id = ?8 AND m.expires_at > ?9 AND s.revision_id < ?2
		ORDER BY s.revision_id DESC LIMIT ?4) f)
SELECT s.id, c.key, p.markup, s.lang, s.status
FROM c CROSS JOIN story s JOIN passage p ON p.id = s.title_id
WHERE s.id = c.id AND s.status IN ('published', 'scheduled', 'review') AND s.lang <> ?5
	AND (CAST(?7 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM story_term t WHERE t.story_id = s.id AND t.term_id = ?7))
	AND (CAST(?6 AS TEXT) = '' OR (CAST(?6 AS TEXT) = 'none'
			AND NOT EXISTS (SELECT 1 FROM story_translation t WHERE t.story_id = s.id AND t.lang = ?5 AND t.state <> ''))
		OR EXISTS (SELECT 1 FROM story_translation t WHERE t.story_id = s.id AND coalesce(t.state, '') = ?6 AND (CAST(?5 AS TEXT) = '' OR t.lang = ?5)))
	AND (CAST(?8 AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM translation_claim m WHERE m.story_id = s.id AND m.account_id = ?8
		AND m.expires_at > ?9 AND (CAST(?5 AS TEXT) = '' OR m.lang = ?5)))
ORDER BY c.key DESC, c.id DESC LIMIT ?10;

-- How far the candidates of it reach, where they are taken along 0, 1 and 2.
-- name: translate-grid-edge
-- columns: count, key, id
WITH c AS (
	SELECT id, key FROM (SELECT id, revision_id AS key FROM story
		WHERE CAST(?1 AS BIGINT) = 0 AND revision_id < ?2 ORDER BY revision_id DESC LIMIT ?4) a
	UNION ALL SELECT id, key FROM (SELECT story_id AS id, updated_at AS key FROM story_translation
		WHERE CAST(?1 AS BIGINT) = 1 AND lang = ?5 AND state = ?6 AND (updated_at, story_id) < (?2, ?3)
		ORDER BY updated_at DESC, story_id DESC LIMIT ?4) b
	UNION ALL SELECT id, key FROM (SELECT story_id AS id, updated_at AS key FROM story_translation t
		WHERE CAST(?1 AS BIGINT) = 2 AND state = ?6 AND (updated_at, story_id) < (?2, ?3)
		ORDER BY updated_at DESC, story_id DESC LIMIT ?4) d)
SELECT (SELECT count(*) FROM c), c.key, c.id FROM c ORDER BY c.key, c.id LIMIT 1;

-- name: claims-of-story
-- columns: lang, name
SELECT c.lang, a.name FROM translation_claim c JOIN account a ON a.id = c.account_id WHERE c.story_id = ?1 AND c.expires_at > ?2;

-- Passages that came back, newest first: those of account ?3, those of nobody, all.
-- name: back-list
-- columns: story_id, lang, passage_id, since, title, story_lang, markup
SELECT k.story_id, k.lang, k.passage_id, k.since, t.markup, s.lang, p.markup
FROM translation_back k JOIN story s ON s.id = k.story_id JOIN passage t ON t.id = s.title_id JOIN passage p ON p.id = k.passage_id
WHERE k.account_id = ?3 AND k.since < ?1 ORDER BY k.since DESC, k.story_id, k.lang, k.passage_id LIMIT ?2;
-- name: back-list-nobody
-- columns: story_id, lang, passage_id, since, title, story_lang, markup
SELECT k.story_id, k.lang, k.passage_id, k.since, t.markup, s.lang, p.markup
FROM translation_back k JOIN story s ON s.id = k.story_id JOIN passage t ON t.id = s.title_id JOIN passage p ON p.id = k.passage_id
WHERE k.account_id IS NULL AND k.since < ?1 ORDER BY k.since DESC, k.story_id, k.lang, k.passage_id LIMIT ?2;
-- name: back-list-all
-- columns: story_id, lang, passage_id, since, title, story_lang, markup
SELECT k.story_id, k.lang, k.passage_id, k.since, t.markup, s.lang, p.markup
FROM translation_back k JOIN story s ON s.id = k.story_id JOIN passage t ON t.id = s.title_id JOIN passage p ON p.id = k.passage_id
WHERE k.since < ?1 ORDER BY k.since DESC, k.story_id, k.lang, k.passage_id LIMIT ?2;
-- name: back-count
-- columns: count
SELECT count(*) FROM (SELECT 1 FROM translation_back WHERE account_id = ?1 LIMIT 1000) c;

-- A passage by itself, with what translators have of it in language ?2: one that the story had when a form was made.
-- name: passage-alone
-- columns: markup, lang, entry_id, said, by_hand, maker
SELECT p.markup, p.lang, e.id, q.markup, CASE WHEN o.entry_id IS NOT NULL THEN 1 ELSE coalesce(t.by_person, 0) END, e.maker
FROM passage p LEFT JOIN translation t ON t.lang = ?2 AND t.passage_id = p.id
LEFT JOIN translation_offer o ON o.lang = ?2 AND o.passage_id = p.id
LEFT JOIN translation_entry e ON e.id = coalesce(o.entry_id, t.entry_id) LEFT JOIN passage q ON q.id = e.target_id
WHERE p.id = ?1;
