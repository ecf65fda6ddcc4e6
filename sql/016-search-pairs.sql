-- Phrases on PostgreSQL: its index of words knows no places, so that for "climate change" every story that has both words would be read and
-- looked through. Each two terms that stand one behind the other are a term of their own there now, "+climate change", which begins like
-- none of a text; SQLite's FTS5 knows the places itself.

-- only: postgres
CREATE OR REPLACE FUNCTION search_words(title TEXT, summary TEXT, body TEXT, lang TEXT) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS '
	SELECT CAST(''''''='' || lang || '''''''' || coalesce(string_agg('' '''''' || term || '''''':'' || place || weight, ''''), '''') AS tsvector)
		|| array_to_tsvector(coalesce(array_agg(''+'' || term || '' '' || next) FILTER (WHERE next IS NOT NULL), ''{}'')) FROM (
		SELECT a.term, a.next, a.n AS place, ''A'' AS weight
			FROM unnest(string_to_array(title, '' ''), (string_to_array(title, '' ''))[2:]) WITH ORDINALITY a (term, next, n)
		UNION ALL SELECT b.term, b.next, b.n + 1001, ''B''
			FROM unnest(string_to_array(summary, '' ''), (string_to_array(summary, '' ''))[2:]) WITH ORDINALITY b (term, next, n)
		UNION ALL SELECT c.term, c.next, c.n + 2002, ''C''
			FROM unnest(string_to_array(body, '' ''), (string_to_array(body, '' ''))[2:]) WITH ORDINALITY c (term, next, n)) terms';

-- What the index alone can tell of one part: a term, or the pairs of a phrase, which are the phrase itself when it has two terms.
CREATE FUNCTION search_pairs(terms TEXT, star TEXT) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS '
	SELECT CAST(concat(string_agg(concat('''''''', coalesce(concat(''+'', term, '' '') || next, term), ''''''''), '' & '' ORDER BY n),
		'':'', star) AS tsquery)
	FROM unnest(string_to_array(terms, '' ''), (string_to_array(terms, '' ''))[2:]) WITH ORDINALITY pair (term, next, n)
	WHERE next IS NOT NULL OR n = 1';

CREATE OR REPLACE FUNCTION search_query(match TEXT, lang TEXT) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS '
	SELECT CAST(concat(''''''='', lang, '''''''', string_agg(concat(CASE WHEN p.excluded THEN '' & !('' ELSE '' & ('' END, search_pairs(p.terms, p.star),
		CASE WHEN p.terms LIKE ''% % %'' THEN concat('' & ('', search_phrase(p.terms, p.star, ''''), '')'') ELSE '''' END, '')''), '''')) AS tsquery)
	FROM search_parts(match) p';

DROP INDEX search_words_index;
UPDATE search SET words = made.words
FROM (SELECT key, search_words(title, summary, body, lang) AS words FROM search_terms OFFSET 0) made WHERE made.key = search.key;
CREATE INDEX search_words_index ON search USING gin (words);
-- end
