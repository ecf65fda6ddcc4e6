-- name: search-index-remove
DELETE FROM search WHERE key IN (SELECT key FROM search_terms WHERE story_id = ?1 AND (?2 = '' OR lang = ?2));
-- name: search-index-pending
INSERT INTO search (key, head, words)
SELECT key, ts_filter(words, '{a,b}'), words FROM (
	SELECT t.key, search_words(t.title, t.summary, t.body, t.lang) AS words
	FROM search_pending p JOIN search_terms t ON t.key = p.key OFFSET 0) made; -- the offset has each made once

-- An index over rows that are there is made many times faster than one that grows with them, and the faster, the more of it is gathered
-- before it is written: this transaction may take so much memory for it.
-- name: search-rebuild-begin
DROP INDEX search_words_index;
-- name: search-rebuild
WITH room AS MATERIALIZED (SELECT set_config('maintenance_work_mem', '512MB', TRUE) AS size)
INSERT INTO search (key, head, words)
SELECT key, ts_filter(words, '{a,b}'), words FROM (
	SELECT key, search_words(title, summary, body, lang) AS words FROM room, search_terms OFFSET 0) made
ON CONFLICT (key) DO UPDATE SET head = excluded.head, words = excluded.words;
-- name: search-rebuild-end
CREATE INDEX search_words_index ON search USING gin (words);

-- As in search-index.sqlite.sql, whose best_place is the sum here.
-- name: search-find
-- columns: story_id, found
WITH part AS MATERIALIZED (SELECT search_phrase(p.terms, p.star, 'A') AS title, search_phrase(p.terms, p.star, 'B') AS summary
	FROM search_parts(?1) p WHERE NOT p.excluded)
SELECT t.story_id, m.found
FROM (SELECT c.key, count(*) OVER () AS found,
		CASE WHEN ?6 = 1 THEN 0
			ELSE (SELECT sum(CASE WHEN c.head @@ p.title THEN 4 WHEN c.head @@ p.summary THEN 2 ELSE 1 END) FROM part p) END AS place
	FROM (SELECT key, head FROM search WHERE words @@ search_query(?1, ?2) ORDER BY key DESC LIMIT ?3) c
	ORDER BY place DESC, c.key DESC LIMIT ?4 OFFSET ?5) m
JOIN search_terms t ON t.key = m.key
ORDER BY m.place DESC, m.key DESC;
