-- FTS5 over search_terms; its rows are taken out by saying what they hold.

-- name: search-index-remove
INSERT INTO search (search, rowid, title, summary, body, lang)
SELECT 'delete', key, title, summary, body, lang FROM search_terms t
WHERE t.story_id = ?1 AND (?2 = '' OR t.lang = ?2) AND NOT EXISTS (SELECT 1 FROM search_pending p WHERE p.key = t.key);
-- In the order of keys, so that FTS5 gathers them instead of writing each. CROSS JOIN says which way to go, from the few that are pending
-- to their texts; left to itself, SQLite reads every text there is.
-- name: search-index-pending
INSERT INTO search (rowid, title, summary, body, lang)
SELECT t.key, t.title, t.summary, t.body, t.lang
FROM search_pending p CROSS JOIN search_terms t ON t.key = p.key ORDER BY p.key;
-- name: search-rebuild-begin
INSERT INTO search (search) VALUES ('delete-all');
-- name: search-rebuild
INSERT INTO search (search) VALUES ('rebuild');
-- name: search-rebuild-end
INSERT INTO search (search) VALUES ('optimize');

-- Stories in language ?2 that match ?1 (FTS5's language): of the newest ?3, those from ?5 on, ?4 at most; best first, or newest
-- first when ?6 is 1.
-- name: search-find
-- columns: story_id, found
SELECT t.story_id, m.found
FROM (SELECT c.key, c.place, count(*) OVER () AS found
	FROM (SELECT rowid AS key, CASE WHEN ?6 = 1 THEN 0 ELSE best_place(search) END AS place FROM search
		WHERE search MATCH 'lang : "' || ?2 || '" AND {title summary body} : (' || ?1 || ')' ORDER BY rowid DESC LIMIT ?3) c
	ORDER BY c.place DESC, c.key DESC LIMIT ?4 OFFSET ?5) m
JOIN search_terms t ON t.key = m.key
ORDER BY m.place DESC, m.key DESC;
