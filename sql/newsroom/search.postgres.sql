-- The index of words; its counterpart is search.sqlite.sql. Terms become a tsvector with their positions, so that phrases
-- can be found; the parser of PostgreSQL, which depends on the locale, has no part in it.

-- name: search-remove
DELETE FROM story_search WHERE story_id = ?1;

-- name: search-add
INSERT INTO story_search (story_id, lang, title, summary, body)
SELECT ?1, ?2, w.v[1], w.v[2], w.v[3]
FROM (SELECT array_agg(p.v ORDER BY p.k) AS v FROM (
	SELECT x.k, coalesce((SELECT CAST(string_agg(quote_literal(t.term) || ':' || least(t.n, 16383), ' ') AS TSVECTOR)
		FROM unnest(string_to_array(x.terms, ' ')) WITH ORDINALITY AS t(term, n) WHERE t.term <> ''), CAST('' AS TSVECTOR)) AS v
	FROM (VALUES (1, CAST(?3 AS TEXT)), (2, CAST(?4 AS TEXT)), (3, CAST(?5 AS TEXT))) AS x(k, terms)) p) w;
